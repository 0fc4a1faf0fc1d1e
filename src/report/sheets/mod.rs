//! Tables for spreadsheets: one description, written as `.xlsx` or as the CSV that Danish Excel opens with a double click.

mod columns;
mod csv;
mod xlsx;

use chrono::NaiveDate;

use crate::units::Minutes;

pub(super) use columns::Columns;
pub(super) use csv::excel_csv;
pub(super) use xlsx::workbook;

/// A table under a header row.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// At most 31 characters, none of `[]:*?/\`, unlike all others of its workbook.
    pub name: String,
    pub heads: Vec<String>,
    /// So many columns from the left stay in sight.
    pub frozen_columns: u16,
    /// Each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
    /// The whole of which the rows are parts, below them.
    pub total: Option<Vec<Cell>>,
}

/// What stands in a cell; how it looks depends on the format and the language.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    /// What is said in place of a figure.
    Word(String),
    Count(i64),
    /// Shown in hours.
    Hours(Minutes),
    /// Of a whole: 0.85 is 85 %.
    Share(f64),
    /// Shown to the tenth.
    Mean(f64),
    Date(NaiveDate),
    /// A time of day, up to 24:00.
    Time(Minutes),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// Whether it stands at the right edge of its column, as figures, dates and times do.
    fn stands_right(&self) -> bool {
        !matches!(self, Cell::Empty | Cell::Text(_) | Cell::Word(_))
    }

    pub(super) fn count(count: usize) -> Cell {
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<Option<Cell>> for Cell {
    fn from(cell: Option<Cell>) -> Cell {
        cell.unwrap_or(Cell::Empty)
    }
}
