//! A table as cells of text, whatever file it came out of.

use csv::StringRecord;

use super::records::Records;
use crate::pseudonym::Key;

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

    /// The rows with a pseudonym in place of every civil registration number, headings among them, where there is a key
    /// for it. Each cell is looked at on its own: what stands in two cells is no number.
    pub(super) fn pseudonymised(&self, key: Option<&Key>) -> Option<Vec<(u64, StringRecord)>> {
        let key = key?;
        let (mut records, mut rows) = (self.records(), Vec::new());
        while let Some((line, record)) = records.next() {
            rows.push((line, pseudonymised(record, key)));
        }
        Some(rows)
    }
}

/// The row with a pseudonym in place of every civil registration number.
pub(super) fn pseudonymised(record: &StringRecord, key: &Key) -> StringRecord {
    record.iter().map(|cell| key.pseudonymised(cell)).collect()
}
