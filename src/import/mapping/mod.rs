//! `mapping.toml`: how files that somebody else named become the tables of a week.
//!
//! One `[[table]]` says which files, and which sheet of them, rows of a table are read from, which columns feed its columns, which
//! words stand for its codes, what is the same in every row, and what is left out. What it does not say is found by the
//! built-in names, as without a mapping.

mod file_name;
mod parse;
mod reader;

use super::encoding::Encoding;
use super::survey::{Part, Settled};
use super::value::Unit;

pub(super) use file_name::FileName;
pub(super) use parse::{parse, two_sources};

/// The file's name in a week folder.
pub const MAPPING: &str = "mapping.toml";

/// What a mapping file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapping {
    pub entries: Vec<Entry>,
    /// Files that are known not to be tables.
    pub ignored_files: Vec<String>,
}

/// Where rows of one table come from. A table with several entries has the rows of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The table's canonical file, such as `staff.csv`.
    pub table: &'static str,
    /// Names in the same folder; each file feeds the table in turn.
    pub files: Vec<FileName>,
    /// The line of the mapping, for what turns out wrong later.
    pub line: u64,
    pub sheet: Option<String>,
    /// The line of the header row; lines above are left out.
    pub header_line: Option<u64>,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<u8>,
    pub settled: Settled,
    /// What feeds the table's columns, by their canonical names.
    pub rules: Vec<(&'static str, Rule)>,
    /// Columns of the file that nobody needs.
    pub ignore: Vec<String>,
    /// Only rows count that have one of these words in these columns of the file.
    pub only: Vec<(String, Vec<String>)>,
    /// Rows that say the same as one before are left out.
    pub distinct: bool,
}

/// What feeds a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    pub source: Origin,
    /// What words of the file stand for, by their [`normal`] form.
    pub values: Vec<(String, String)>,
    pub unit: Unit,
    pub part: Part,
}

/// Where the cells of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A column of the file.
    Column(String),
    /// The same in every row.
    Constant(String),
}

impl Default for Origin {
    fn default() -> Self {
        Origin::Constant(String::new())
    }
}

impl Mapping {
    /// Whether a file is known not to be a table.
    pub(super) fn ignores(&self, name: &str) -> bool {
        self.ignored_files.iter().any(|ignored| FileName::new(ignored).fits(name))
    }
}

impl Entry {
    pub(super) fn rule(&self, column: &str) -> Option<&Rule> {
        self.rules.iter().find(|(name, _)| *name == column).map(|(_, rule)| rule)
    }
}

impl Rule {
    /// What the mapping puts in the place of a cell's text, if anything.
    pub(super) fn translated(&self, cell: &str) -> Option<&str> {
        if self.values.is_empty() {
            return None;
        }
        let word = normal(cell);
        self.values.iter().find(|(known, _)| *known == word).map(|(_, value)| value.as_str())
    }
}

/// A word in lower case with single blanks: what a planner takes for the same word.
pub(super) fn normal(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
