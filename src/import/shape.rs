//! What the tables look like: their files, their columns and what stands in these.

use super::grid::Grid;
use super::header::Wanted;
use super::inspect::Inspected;
use super::table::{self, Row, Stored};
use super::words::Spoken;
use crate::tables::{
    AbsenceRow, BookingRow, ClientRow, ClosingDayRow, GrantRow, HistoryRow, PinRow, ProviderRow, ShiftRow, StaffRow,
    TravelRow, WishRow,
};

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    pub name: &'static str,
    /// Whether the header must have it.
    pub required: bool,
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// The names and places of people: never shown.
    Private,
    Id,
    List,
    YesNo,
    Count,
    Minutes,
    Split,
    Date,
    Moment,
    Time,
    WishDay,
    Degrees,
    Place,
    Code(Codes),
}

/// The words that a column takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Codes {
    pub knows: fn(&str) -> bool,
    pub all: fn() -> Vec<&'static str>,
}

/// The kind of a column with the codes of a choice.
pub(super) const fn choice<T: Spoken>() -> Kind {
    Kind::Code(Codes { knows: knows::<T>, all: all::<T> })
}

fn knows<T: Spoken>(word: &str) -> bool {
    T::from_word(word).is_some()
}

fn all<T: Spoken>() -> Vec<&'static str> {
    T::CODES.iter().map(|(code, _)| *code).collect()
}

/// A column that the header must have.
pub(super) const fn required(name: &'static str, kind: Kind) -> Column {
    Column { name, required: true, kind }
}

/// A column that may be left out.
pub(super) const fn optional(name: &'static str, kind: Kind) -> Column {
    Column { name, required: false, kind }
}

/// A table of a week folder.
#[derive(Debug)]
pub(super) struct Shape {
    pub file: &'static str,
    /// Whether every week needs it.
    pub required: bool,
    pub columns: &'static [Column],
    /// Reads rows for nothing but to see what they give.
    pub inspect: fn(&Grid<'_>) -> Inspected,
}

impl Shape {
    const fn of<R: Stored>() -> Shape {
        Shape { file: R::FILE, required: R::REQUIRED, columns: <R as Row>::COLUMNS, inspect: inspect::<R> }
    }

    /// The table's name in a mapping: its file without `.csv`.
    pub(super) fn name(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }
}

fn inspect<R: Stored>(grid: &Grid<'_>) -> Inspected {
    let wanted = Wanted { file: R::FILE, own_file: R::FILE, table: R::FILE, columns: R::COLUMNS, entry: None };
    let read = table::read::<R>(grid, wanted);
    Inspected { rows: read.rows.len(), diagnostics: read.diagnostics }
}

/// The tables of a week folder, those first that others name.
pub(super) static SHAPES: [Shape; 12] = [
    Shape::of::<ProviderRow>(),
    Shape::of::<StaffRow>(),
    Shape::of::<ShiftRow>(),
    Shape::of::<BookingRow>(),
    Shape::of::<ClientRow>(),
    Shape::of::<GrantRow>(),
    Shape::of::<WishRow>(),
    Shape::of::<AbsenceRow>(),
    Shape::of::<PinRow>(),
    Shape::of::<HistoryRow>(),
    Shape::of::<ClosingDayRow>(),
    Shape::of::<TravelRow>(),
];
