//! Tells what is wrong with an input: as lines for people, or as JSON for programs.

use serde::Serialize;

use super::screen::tell;
use crate::diagnostic::{self, Diagnostic};
use crate::import::TableSource;
use crate::language::Language;
use crate::words::numbered;

/// How an answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Lines for people.
    Text,
    Json,
}

impl Form {
    /// The form that `--json` asks for.
    pub(super) fn of(json: bool) -> Form {
        if json { Form::Json } else { Form::Text }
    }
}

/// Prints everything that is wrong: as lines to the standard error, each cause on a line of its own and how many faults
/// there were, or as JSON to the standard output, where the answer would have stood.
pub(super) fn list(found: &[Diagnostic], form: Form, language: Language) {
    match form {
        Form::Text => eprintln!("{}\n{}", diagnostic::lines(found, language).join("\n"), counted(found, language)),
        Form::Json => tell(json(&Faults::of(found, language))),
    }
}

/// Faults for programs: `docs/diagnostics.md` gives the form, which only ever grows.
#[derive(Serialize)]
pub(super) struct Faults<'d> {
    format: u32,
    errors: Vec<Told<'d>>,
    warnings: Vec<Told<'d>>,
}

/// One fault; what does not apply is null.
#[derive(Serialize)]
struct Told<'d> {
    code: &'static str,
    file: Option<&'d str>,
    line: Option<u64>,
    column: Option<&'d str>,
    value: Option<&'d str>,
    problem: &'d str,
    cure: &'d str,
}

/// The version of the form; it changes only where what was there changes its meaning.
const FORMAT: u32 = 1;

impl<'d> Faults<'d> {
    pub(super) fn of(found: &'d [Diagnostic], language: Language) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) = found.iter().partition(|diagnostic| diagnostic.is_error());
        let told =
            |found: Vec<&'d Diagnostic>| found.into_iter().map(|diagnostic| Told::of(diagnostic, language)).collect();
        Faults { format: FORMAT, errors: told(errors), warnings: told(warnings) }
    }
}

impl<'d> Told<'d> {
    fn of(diagnostic: &'d Diagnostic, language: Language) -> Self {
        Told {
            code: diagnostic.code,
            file: Some(diagnostic.file.as_str()).filter(|file| !file.is_empty()),
            line: diagnostic.line,
            column: diagnostic.column.as_deref(),
            value: diagnostic.value.as_deref(),
            problem: diagnostic.problem.in_language(language),
            cure: diagnostic.cure.in_language(language),
        }
    }
}

/// An answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> String {
    serde_json::to_string_pretty(answer).expect("the answer is plain data")
}

/// What is only told: the word is the same in both languages.
const NOTE: &str = "note";

/// How files that are not in the canonical form were read, a line each.
pub(super) fn notes(sources: &[TableSource], language: Language) -> Vec<String> {
    let foreign = sources.iter().filter(|source| !source.is_canonical());
    foreign.map(|source| format!("{NOTE}: {}", source.told().in_language(language))).collect()
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
