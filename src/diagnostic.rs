//! What is wrong with an input, where, and what to do about it.
//!
//! Reading never stops at the first problem: every reader adds to one list, and the list is shown whole.
//! Texts never repeat a cell; only `value` does, and it is left out where the cell holds what looks like a civil
//! registration number, so none is ever printed.

pub mod civil_number;
pub mod codes;
mod groups;
mod nearest;
mod system;
pub mod table_lines;

use crate::language::Language;

pub use groups::{Group, groups, lines};
pub use nearest::{nearest, nearest_id};
pub use system::{of_file, unreadable_file, unwritable};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    pub danish: String,
    pub english: String,
}

impl Text {
    pub fn new(danish: impl Into<String>, english: impl Into<String>) -> Self {
        Text { danish: danish.into(), english: english.into() }
    }

    /// What a function says in each of the languages.
    pub fn spoken(speak: impl Fn(Language) -> String) -> Self {
        Text { danish: speak(Language::Danish), english: speak(Language::English) }
    }

    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.danish, &self.english)
    }
}

/// An error stops the run with exit code 2; a warning is shown and put into `notes.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// The word that a line begins with.
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Severity::Error => language.pick("fejl", "error"),
            Severity::Warning => language.pick("advarsel", "warning"),
        }
    }
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
    /// A fault from its texts, each in Danish and English. What looks like a civil registration number is masked in
    /// them: a cure may name what stands in a file.
    pub fn new(code: &'static str, problem: [&str; 2], cure: [&str; 2]) -> Self {
        let text = |[danish, english]: [&str; 2]| {
            Text::new(civil_number::masked(danish).into_owned(), civil_number::masked(english).into_owned())
        };
        Fault { code, problem: text(problem), cure: text(cure) }
    }

    /// A fault whose cure asks whether something else was meant, where that is known.
    pub fn of_slip(code: &'static str, problem: [&str; 2], meant: Option<&str>, otherwise: [&str; 2]) -> Self {
        match meant {
            Some(meant) => {
                Fault::new(code, problem, [&format!("Mente du `{meant}`?"), &format!("Did you mean `{meant}`?")])
            }
            None => Fault::new(code, problem, otherwise),
        }
    }

    /// The diagnostic of this fault as an error of a whole file, whose name may be masked.
    pub fn in_file(self, file: &str) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: self.code,
            file: civil_number::masked(file).into_owned(),
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

    /// Whether some part of it is what must never be shown. Its parts are asked one by one, since a value that is a
    /// coordinate is none in a sentence.
    pub fn shows_a_civil_number(&self) -> bool {
        let Diagnostic { file, column, value, problem, cure, .. } = self;
        let texts = [file, &problem.danish, &problem.english, &cure.danish, &cure.english];
        texts.into_iter().chain(column).chain(value).any(|text| civil_number::stands_in(text))
    }

    /// One line for people: place, value, problem, cure and the code to look up.
    pub fn render(&self, language: Language) -> String {
        let line = self.line.map(|line| format!(" {} {line}", language.pick("linje", "line")));
        format!("{}{}{}", self.place(line.as_deref(), language), self.shown_value(), self.advice(language))
    }

    /// The value, set apart from what is said of it.
    fn shown_value(&self) -> String {
        self.value.as_deref().map(|value| format!("`{}` – ", shown(value))).unwrap_or_default()
    }

    /// Problem, cure and code.
    fn advice(&self, language: Language) -> String {
        let (problem, cure) = (self.problem.in_language(language), self.cure.in_language(language));
        let stop = if cure.ends_with('?') { "" } else { "." };
        format!("{problem}. {cure}{stop} [{}]", self.code)
    }

    /// File, lines and column as the beginning of a sentence.
    fn place(&self, lines: Option<&str>, language: Language) -> String {
        let part = match self.file.ends_with(".toml") {
            true => language.pick("nøgle", "key"),
            false => language.pick("kolonne", "column"),
        };
        let column = self.column.as_deref().map(|c| format!(", {part} {}", shown(c))).unwrap_or_default();
        // What concerns the folder itself has no file.
        if self.file.is_empty() {
            return String::new();
        }
        format!("{}{}{column}: ", shown(&self.file), lines.unwrap_or_default())
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
