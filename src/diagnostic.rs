//! What is wrong with an input, where, and what to do about it.
//!
//! Reading never stops at the first problem: every reader adds to one list, and the list is shown whole.
//! No cell that looks like a civil registration number is ever put into a diagnostic's value.

use crate::language::Language;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub danish: String,
    pub english: String,
}

impl Text {
    pub fn new(danish: impl Into<String>, english: impl Into<String>) -> Self {
        Text { danish: danish.into(), english: english.into() }
    }

    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.danish, &self.english)
    }
}

/// An error stops the run with exit code 2; a warning is shown and put into `notes.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// One problem of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable code such as `unknown-provider`; the index of codes in the docs explains each.
    pub code: &'static str,
    /// The file's name inside the week folder, such as `grants.csv`.
    pub file: String,
    /// The line in the file, from 1 for the header; absent where the whole file is meant.
    pub line: Option<u64>,
    pub column: Option<String>,
    /// The offending value as it stands in the file, where it may be shown.
    pub value: Option<String>,
    pub problem: Text,
    pub cure: Text,
}
