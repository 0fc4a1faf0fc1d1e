//! A table as cells of text, whatever file it came out of.

use csv::StringRecord;

use super::records::Records;

/// The rows of a file or sheet.
pub(super) enum Grid<'t> {
    Text { text: &'t str, delimiter: u8 },
    Sheet(&'t [(u64, StringRecord)]),
}

impl<'t> Grid<'t> {
    pub(super) fn records(&self) -> Records<'t> {
        match self {
            Grid::Text { text, delimiter } => Records::of_text(text, *delimiter),
            Grid::Sheet(rows) => Records::Sheet(rows.iter()),
        }
    }
}
