//! The first rows of an unknown file or sheet.

use csv::StringRecord;

use crate::diagnostic::{Diagnostic, civil_number};
use crate::import::encoding::Encoding;
use crate::import::grid::{self, Grid};
use crate::import::header::shown_name;
use crate::import::shape::SHAPES;
use crate::import::workbook::Sheet;
use crate::import::{delimiter, source, words};
use crate::pseudonym::Key;

/// Among so many rows the header is looked for.
const HEADER_WITHIN: usize = 15;
/// So many rows show what stands in the columns.
const ROWS: usize = 500;

/// A file or sheet, with the rows that tell what it is.
pub(super) struct Sample<'c> {
    pub file: String,
    pub sheet: Option<String>,
    pub encoding: Option<Encoding>,
    pub grid: Grid<'c>,
    pub header_line: u64,
    pub header: Vec<String>,
    pub rows: Vec<StringRecord>,
    /// Lines that hold what looks like a civil registration number.
    private: Vec<u64>,
}

/// Whether any table has a column of that name.
fn is_known(word: &str) -> bool {
    SHAPES.iter().any(|shape| shape.columns.iter().any(|column| words::fit(shape.file, column.name, word).is_some()))
}

impl<'c> Sample<'c> {
    pub(super) fn of_text(name: &str, (text, encoding): (&'c str, Encoding), key: Option<&Key>) -> Option<Self> {
        let grid = Grid::Text { text, delimiter: delimiter::delimiter(text, &is_known) };
        Sample::of((name, None), grid, key).map(|sample| Sample { encoding: Some(encoding), ..sample })
    }

    pub(super) fn of_sheet(name: &str, sheet: &'c Sheet, key: Option<&Key>) -> Option<Self> {
        Sample::of((name, Some(sheet.name.clone())), Grid::Sheet(&sheet.rows), key)
    }

    fn of((name, sheet): (&str, Option<String>), grid: Grid<'c>, key: Option<&Key>) -> Option<Self> {
        let safe = |record: &StringRecord| key.map_or_else(|| record.clone(), |key| grid::pseudonymised(record, key));
        let (header_line, header) = header(&grid)?;
        let header = safe(&header).iter().map(|cell| cell.trim().to_owned()).collect();
        let mut records = grid.records();
        let (mut rows, mut private) = (Vec::new(), Vec::new());
        while let Some((line, record)) = records.next() {
            let is_private = record.iter().any(civil_number::stands_in);
            if is_private && key.is_none() {
                private.push(line);
            }
            if line > header_line && rows.len() < ROWS {
                rows.push(safe(record));
            }
        }
        Some(Sample { file: name.to_owned(), sheet, encoding: None, grid, header_line, header, rows, private })
    }

    /// How the file or sheet is called.
    pub(super) fn shown(&self) -> String {
        let sheet = self.sheet.as_ref().map(|sheet| format!(" [{}]", shown_name(sheet))).unwrap_or_default();
        shown_name(&self.file) + &sheet
    }

    /// Whether one line of a mapping can name the files of both.
    pub(super) fn is_read_like(&self, other: &Sample<'_>) -> bool {
        let delimiter = |grid: &Grid<'_>| match grid {
            Grid::Text { delimiter, .. } => Some(*delimiter),
            Grid::Sheet(_) => None,
        };
        let how = |sample: &Sample<'_>| (sample.encoding, delimiter(&sample.grid), sample.header_line);
        how(self) == how(other) && self.sheet == other.sheet
    }

    /// The name by which words may tell the table: that of the sheet, or else of the file.
    pub(super) fn table_named(&self) -> Option<&'static str> {
        let stem = self.file.rsplit_once('.').map_or(self.file.as_str(), |(stem, _)| stem);
        let sheet = self.sheet.as_deref();
        let exact = sheet.and_then(words::table_named).or_else(|| words::table_named(stem));
        exact.or_else(|| sheet.and_then(words::table_hinted)).or_else(|| words::table_hinted(stem))
    }

    /// The texts of a column that are not empty.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(place)).map(str::trim);
        cells.filter(|cell| !cell.is_empty())
    }

    /// A fault for every line that must not be kept.
    pub(super) fn civil_numbers(&self) -> Vec<Diagnostic> {
        self.private.iter().map(|line| source::civil_number(&self.shown(), *line)).collect()
    }
}

/// The header: the row with most known words, or else the first one with more than one cell filled in.
fn header(grid: &Grid<'_>) -> Option<(u64, StringRecord)> {
    let mut records = grid.records();
    let (mut best, mut most) = (None, 0);
    for _ in 0..HEADER_WITHIN {
        let Some((line, record)) = records.next() else { break };
        let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let known = record.iter().filter(|cell| is_known(cell)).count();
        if !delimiter::names_it(record) && (best.is_none() && filled > 1 || known > most) {
            best = Some((line, record.clone()));
            most = known;
        }
    }
    best
}
