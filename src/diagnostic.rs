//! What is wrong with an input, where, and what to do about it.
//!
//! Reading never stops at the first problem: every reader adds to one list, and the list is shown whole.
//! Texts never repeat a cell; only `value` does, and it is left out where the cell holds what looks like a civil
//! registration number, so none is ever printed.

pub mod civil_number;
pub mod codes;
mod nearest;

use crate::language::Language;

pub use nearest::nearest;

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
    /// The file's name inside the week folder, such as `grants.csv`; empty where the folder is meant.
    pub file: String,
    /// The line in the file, from 1 for the header; absent where the whole file is meant.
    pub line: Option<u64>,
    pub column: Option<String>,
    /// The offending value as it stands in the file, where it may be shown.
    pub value: Option<String>,
    pub problem: Text,
    pub cure: Text,
}

/// What is wrong and what to do about it; where it stands is added later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub problem: Text,
    pub cure: Text,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    pub file: &'a str,
    pub line: u64,
    pub column: &'a str,
}

/// Longer values are cut when they are shown.
const SHOWN_CHARACTERS: usize = 60;

impl Fault {
    /// A fault from its texts, each in Danish and English.
    pub fn new(code: &'static str, problem: [&str; 2], cure: [&str; 2]) -> Self {
        Fault { code, problem: Text::new(problem[0], problem[1]), cure: Text::new(cure[0], cure[1]) }
    }

    /// The diagnostic of this fault as an error of a whole file.
    pub fn in_file(self, file: &str) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: self.code,
            file: file.to_owned(),
            line: None,
            column: None,
            value: None,
            problem: self.problem,
            cure: self.cure,
        }
    }
}

impl Cell<'_> {
    /// An error about this cell; the value is shown unless it may not be.
    pub fn error(self, value: &str, fault: Fault) -> Diagnostic {
        fault.in_file(self.file).on_line(self.line).in_column(self.column).with_value(value)
    }

    /// A warning about this cell; the value is shown unless it may not be.
    pub fn warning(self, value: &str, fault: Fault) -> Diagnostic {
        self.error(value, fault).as_warning()
    }
}

impl Diagnostic {
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Names the column or key, unless it looks like a civil registration number itself.
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = (!civil_number::stands_in(column)).then(|| column.to_owned());
        self
    }

    /// Adds the offending value, unless it is empty or looks like a civil registration number.
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = (!value.is_empty() && !civil_number::stands_in(value)).then(|| value.to_owned());
        self
    }

    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// One line for people: place, value, problem, cure and the code to look up.
    pub fn render(&self, language: Language) -> String {
        let value = self.value.as_deref().map(|v| format!("`{}` – ", shown(v))).unwrap_or_default();
        let (problem, cure) = (self.problem.in_language(language), self.cure.in_language(language));
        let stop = if cure.ends_with('?') { "" } else { "." };
        format!("{}{value}{problem}. {cure}{stop} [{}]", self.place(language), self.code)
    }

    fn place(&self, language: Language) -> String {
        let line = self.line.map(|l| format!(" {} {l}", language.pick("linje", "line"))).unwrap_or_default();
        let part = match self.file.ends_with(".toml") {
            true => language.pick("nøgle", "key"),
            false => language.pick("kolonne", "column"),
        };
        let column = self.column.as_deref().map(|c| format!(", {part} {}", shown(c))).unwrap_or_default();
        // What concerns the folder itself has no file.
        if self.file.is_empty() { String::new() } else { format!("{}{line}{column}: ", self.file) }
    }
}

/// Brings diagnostics into the order of their files and lines; within a line they keep their order.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
}

/// A value fit for one line of a terminal: control characters escaped, long ones cut.
fn shown(value: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().collect() } else { c.to_string() };
    let start: String = value.chars().take(SHOWN_CHARACTERS).map(escape).collect();
    if value.chars().nth(SHOWN_CHARACTERS).is_some() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault() -> Fault {
        Fault::new(codes::UNKNOWN_CODE, ["ukendt kode", "unknown code"], ["Skriv high", "Write high"])
    }

    const CELL: Cell<'static> = Cell { file: "grants.csv", line: 7, column: "need" };

    #[test]
    fn rendered_in_one_style_in_both_languages() {
        let diagnostic = CELL.error("hihg", fault());
        assert_eq!(
            diagnostic.render(Language::English),
            "grants.csv line 7, column need: `hihg` – unknown code. Write high. [unknown-code]"
        );
        assert_eq!(
            diagnostic.render(Language::Danish),
            "grants.csv linje 7, kolonne need: `hihg` – ukendt kode. Skriv high. [unknown-code]"
        );
    }

    #[test]
    fn a_civil_registration_number_is_no_value_to_show() {
        assert_eq!(CELL.error("ring 010203-0000", fault()).value, None);
    }

    #[test]
    fn long_and_unprintable_values_are_tamed() {
        let rendered = CELL.error(&format!("a\u{1b}{}", "x".repeat(200)), fault()).render(Language::English);
        assert!(!rendered.contains('\u{1b}') && rendered.chars().count() < 200, "{rendered}");
    }

    #[test]
    fn sorted_by_file_and_line() {
        let mut all = [CELL.error("b", fault()), fault().in_file("grants.csv"), fault().in_file("clients.csv")];
        sort(&mut all);
        assert_eq!(
            all.map(|d| (d.file, d.line)),
            [("clients.csv".to_owned(), None), ("grants.csv".to_owned(), None), ("grants.csv".to_owned(), Some(7))]
        );
    }
}
