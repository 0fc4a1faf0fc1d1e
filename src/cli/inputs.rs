//! Lists what is wrong with an input.

use crate::diagnostic::Diagnostic;
use crate::language::Language;

/// Prints every problem on a line of its own and how many there were, to the standard error.
pub(super) fn list(found: &[Diagnostic], language: Language) {
    eprintln!("{}\n{}", lines(found, language), counted(found, language));
}

/// Every problem on a line of its own.
fn lines(found: &[Diagnostic], language: Language) -> String {
    let line = |diagnostic: &Diagnostic| format!("{}: {}", severity(diagnostic, language), diagnostic.render(language));
    found.iter().map(line).collect::<Vec<String>>().join("\n")
}

/// How grave it is, as the start of a line.
pub(super) fn severity(diagnostic: &Diagnostic, language: Language) -> &'static str {
    if diagnostic.is_error() { language.pick("fejl", "error") } else { language.pick("advarsel", "warning") }
}

/// How many there are: `2 errors, 0 warnings.`
fn counted(found: &[Diagnostic], language: Language) -> String {
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = warnings_counted(found.len() - errors, language);
    format!("{}, {warnings}.", numbered(errors, ["fejl", "fejl"], ["error", "errors"], language))
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
