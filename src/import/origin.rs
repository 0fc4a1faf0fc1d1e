//! What was read from where, and how it turned out to be written.

use super::folder::WeekRead;
use super::grid::Grid;
use super::inventory::Place;
use super::records::CANONICAL_DELIMITER;
use super::table::Told;
use super::value::{Mark, Order, key};
use crate::diagnostic::table_lines::parted;
use crate::diagnostic::{Diagnostic, Text, civil_number};

/// Where a table was read from, and what there is to say of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSource {
    /// The table's canonical file, such as `staff.csv`.
    pub table: &'static str,
    /// The file, with its sheet in brackets where it has sheets.
    pub file: String,
    /// Rows that were read.
    pub rows: usize,
    /// Rows that a mapping leaves out.
    pub left_out: usize,
    /// Rows that said the same as one before, and were left out for that.
    pub repeated: usize,
    /// Columns of the table and what the file calls them, where that is something else.
    pub renamed: Vec<(&'static str, String)>,
    /// Columns that a mapping makes the same in every row, and what it says there.
    pub constants: Vec<(&'static str, String)>,
    /// Columns of the file that were not read.
    pub unread_columns: Vec<String>,
    /// How the file is written, as far as that is not the canonical form.
    pub dialect: Vec<Text>,
}

/// How a table was read.
pub(super) struct Read<'g> {
    pub grid: &'g Grid<'g>,
    pub encoding: Option<&'static str>,
    pub told: Told,
    pub rows: usize,
    pub repeated: usize,
}

const CANONICAL_ENCODING: &str = "UTF-8";

impl TableSource {
    pub(super) fn new(table: &'static str, place: &Place<'_>, read: Read<'_>) -> Self {
        let dialect = dialect(&read);
        let Told { renamed, constants, unread_columns, left_out, .. } = read.told;
        let (file, rows, repeated) = (place.shown(), read.rows, read.repeated);
        TableSource { table, file, rows, left_out, repeated, renamed, constants, unread_columns, dialect }
    }

    /// Whether the file has the canonical name and form, so that there is nothing to tell.
    pub fn is_canonical(&self) -> bool {
        self.file == self.table && self.dialect.is_empty() && self.constants.is_empty() && self.left_out == 0
    }

    /// One line on how the file was read.
    pub fn told(&self) -> Text {
        let says = |pick: fn(&Text) -> &str| self.dialect.iter().map(pick).collect::<Vec<_>>().join(", ");
        let table = self.table.trim_end_matches(".csv");
        let in_words = |parts: String| if parts.is_empty() { parts } else { format!(": {parts}") };
        Text::new(
            format!("{} er læst som {table}{}", self.file, in_words(says(|text| &text.danish))),
            format!("{} is read as {table}{}", self.file, in_words(says(|text| &text.english))),
        )
    }
}

fn dialect(read: &Read<'_>) -> Vec<Text> {
    let mut said = Vec::new();
    if let Some(encoding) = read.encoding.filter(|encoding| *encoding != CANONICAL_ENCODING) {
        said.push(Text::new(encoding, encoding));
    }
    if let Grid::Text { delimiter, .. } = read.grid
        && *delimiter != CANONICAL_DELIMITER
    {
        let [danish, english] = match delimiter {
            b'\t' => ["tabulator mellem cellerne".to_owned(), "a tab between cells".to_owned()],
            other => {
                [format!("`{}` mellem cellerne", char::from(*other)), format!("`{}` between cells", char::from(*other))]
            }
        };
        said.push(Text::new(danish, english));
    }
    said.extend(read.told.manners.dates.as_ref().map(|(date, order)| dates(date, *order)));
    said.extend(read.told.manners.mark.map(|mark| match mark {
        Mark::Comma => Text::new("decimalkomma", "decimal comma"),
        Mark::Point => Text::new("decimalpunktum", "decimal point"),
    }));
    if read.told.manners.crosses {
        said.push(Text::new("tomme celler ved siden af krydser er nej", "empty cells beside crosses are no"));
    }
    if read.told.manners.midnights {
        said.push(Text::new("midnat er hele dage", "midnights are whole days"));
    }
    let other_words = read.told.renamed.iter().filter(|(column, own)| key(column) != key(own)).count();
    if other_words > 0 {
        said.push(Text::new(
            format!("{other_words} kolonner under andre navne"),
            format!("{other_words} columns by other names"),
        ));
    }
    said
}

fn dates(example: &str, order: Order) -> Text {
    let (danish, english) = match order {
        Order::Day => ("dag-måned-år", "day-month-year"),
        Order::Month => ("måned-dag-år", "month-day-year"),
        Order::Year => ("år-måned-dag", "year-month-day"),
    };
    Text::new(format!("datoer som {example} ({danish})"), format!("dates like {example} ({english})"))
}

impl WeekRead {
    /// Diagnostics in the words of the files that were read: their names, and those of their columns.
    pub fn in_own_words(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut told = diagnostics;
        for diagnostic in &mut told {
            let (file, line) = diagnostic.line.map(parted).unzip();
            diagnostic.line = line.filter(|line| *line > 0);
            let mut sources = self.sources.iter().filter(|source| source.table == diagnostic.file);
            if let Some(source) = sources.nth(file.unwrap_or(0)) {
                rename_column(diagnostic, &source.renamed);
                diagnostic.file.clone_from(&source.file);
            }
        }
        told
    }
}

/// The diagnostics of one table with its columns called as in the file.
pub(super) fn in_own_words(mut diagnostics: Vec<Diagnostic>, renamed: &[(&'static str, String)]) -> Vec<Diagnostic> {
    diagnostics.iter_mut().for_each(|diagnostic| rename_column(diagnostic, renamed));
    diagnostics
}

/// Calls a column as the file does, with the canonical name where nobody would guess it.
fn rename_column(diagnostic: &mut Diagnostic, renamed: &[(&'static str, String)]) {
    let Some(column) = diagnostic.column.take() else { return };
    let own = renamed.iter().find(|(canonical, _)| *canonical == column).map(|(_, own)| own);
    let called = match own {
        Some(own) if key(own) == key(&column) => own.clone(),
        Some(own) => format!("{own} ({column})"),
        None => column,
    };
    // A heading that looks like a civil registration number is not shown.
    diagnostic.column = (!civil_number::stands_in(&called)).then_some(called);
}
