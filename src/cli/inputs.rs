//! Lists what is wrong with an input.

use crate::diagnostic::Diagnostic;
use crate::language::Language;

/// Prints every problem on a line of its own and how many there were, to the standard error.
pub(super) fn list(found: &[Diagnostic], language: Language) {
    for diagnostic in found {
        eprintln!("{}: {}", severity(diagnostic, language), diagnostic.render(language));
    }
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = found.len() - errors;
    eprintln!("{}", counted(errors, warnings, language));
}

/// How grave it is, as the start of a line.
pub(super) fn severity(diagnostic: &Diagnostic, language: Language) -> &'static str {
    if diagnostic.is_error() { language.pick("fejl", "error") } else { language.pick("advarsel", "warning") }
}

fn counted(errors: usize, warnings: usize, language: Language) -> String {
    let errors = numbered(errors, ["fejl", "fejl"], ["error", "errors"], language);
    format!("{errors}, {}.", warnings_counted(warnings, language))
}

/// `1 advarsel`, `2 warnings`.
pub(super) fn warnings_counted(warnings: usize, language: Language) -> String {
    numbered(warnings, ["advarsel", "advarsler"], ["warning", "warnings"], language)
}

/// A count with its noun in the singular or plural.
pub(super) fn numbered(count: usize, danish: [&str; 2], english: [&str; 2], language: Language) -> String {
    let noun = language.pick(danish, english)[usize::from(count != 1)];
    format!("{count} {noun}")
}
