//! The first rows of an unknown file or sheet.

use csv::StringRecord;

use crate::diagnostic::{Diagnostic, civil_number};
use crate::import::encoding::Encoding;
use crate::import::grid::Grid;
use crate::import::header::shown_name;
use crate::import::shape::SHAPES;
use crate::import::workbook::Sheet;
use crate::import::{delimiter, source, words};

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
    pub(super) fn of_text(name: &str, text: &'c str, encoding: Encoding) -> Option<Self> {
        let grid = Grid::Text { text, delimiter: delimiter::delimiter(text, &is_known) };
        Sample::of(name, None, grid).map(|sample| Sample { encoding: Some(encoding), ..sample })
    }

    pub(super) fn of_sheet(name: &str, sheet: &'c Sheet) -> Option<Self> {
        Sample::of(name, Some(sheet.name.clone()), Grid::Sheet(&sheet.rows))
    }

    fn of(name: &str, sheet: Option<String>, grid: Grid<'c>) -> Option<Self> {
        let (header_line, header) = header(&grid)?;
        let mut records = grid.records();
        let (mut rows, mut private) = (Vec::new(), Vec::new());
        while let Some((line, record)) = records.next() {
            if record.iter().any(civil_number::stands_in) {
                private.push(line);
            }
            if line > header_line && rows.len() < ROWS {
                rows.push(record.clone());
            }
        }
        Some(Sample { file: name.to_owned(), sheet, encoding: None, grid, header_line, header, rows, private })
    }

    /// How the file or sheet is called.
    pub(super) fn shown(&self) -> String {
        let sheet = self.sheet.as_ref().map(|sheet| format!(" [{}]", shown_name(sheet))).unwrap_or_default();
        shown_name(&self.file) + &sheet
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
fn header(grid: &Grid<'_>) -> Option<(u64, Vec<String>)> {
    let mut records = grid.records();
    let (mut best, mut most) = (None, 0);
    for _ in 0..HEADER_WITHIN {
        let Some((line, record)) = records.next() else { break };
        let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let known = record.iter().filter(|cell| is_known(cell)).count();
        if !delimiter::names_it(record) && (best.is_none() && filled > 1 || known > most) {
            best = Some((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
            most = known;
        }
    }
    best
}
