//! Reads a roster file.

use std::path::Path;

use chrono::NaiveDate;

use super::folder::no_such_file;
use super::header::Wanted;
use super::inspect::Inspected;
use super::inventory::{self, Place};
use super::origin::in_own_words;
use super::shape::{Column, Kind, optional, required};
use super::source::{Content, Opened, Source};
use super::table::{self as tables, Cells, Row, TableRead};
use super::value;
use crate::diagnostic::Diagnostic;
use crate::units::Minutes;

/// A row of a roster as it stands in the file, ids not yet looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    pub line: u64,
    /// Empty where the file has no such column.
    pub visit_id: String,
    pub date: NaiveDate,
    pub start: Minutes,
    pub end: Minutes,
    pub grant_id: String,
    pub client_id: String,
    pub provider_id: String,
    pub staff_id: String,
}

/// The words that a roster's columns may be called by.
pub(super) const ROSTER_TABLE: &str = "roster";

/// The columns of a roster.
pub(super) const ROSTER_COLUMNS: &[Column] = &[
    optional("visit_id", Kind::Id),
    required("date", Kind::Date),
    required("start", Kind::Time),
    required("end", Kind::Time),
    required("grant_id", Kind::Id),
    required("client_id", Kind::Id),
    required("provider_id", Kind::Id),
    required("staff_id", Kind::Id),
    optional("service", Kind::Text),
    optional("status", Kind::Text),
];

/// The row without its line, which the table adds.
struct Unplaced(RosterRow);

impl Row for Unplaced {
    const COLUMNS: &'static [Column] = ROSTER_COLUMNS;

    /// Ids may be empty here: a visit of nobody is a broken rule to report, not an unreadable file.
    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let date = cells.required("date", value::date);
        let start = cells.required("start", value::time);
        let end = cells.required("end", value::time);
        let mut id = |column| cells.optional(column, value::text).map(Option::unwrap_or_default);
        let visit_id = id("visit_id");
        let (grant_id, client_id) = (id("grant_id"), id("client_id"));
        let (provider_id, staff_id) = (id("provider_id"), id("staff_id"));
        Some(Unplaced(RosterRow {
            line: 0,
            visit_id: visit_id?,
            date: date?,
            start: start?,
            end: end?,
            grant_id: grant_id?,
            client_id: client_id?,
            provider_id: provider_id?,
            staff_id: staff_id?,
        }))
    }
}

/// A roster file: its rows, warnings, and the fingerprint of what was read.
pub(super) struct RosterRead {
    pub rows: Vec<RosterRow>,
    pub diagnostics: Vec<Diagnostic>,
    pub sha256: Option<String>,
}

/// The rows of a roster file.
///
/// # Errors
/// Every unreadable cell at once.
pub fn read_roster(path: &Path) -> Result<Vec<RosterRow>, Vec<Diagnostic>> {
    let read = read_file(path);
    if read.diagnostics.iter().any(Diagnostic::is_error) { Err(read.diagnostics) } else { Ok(read.rows) }
}

pub(super) fn read_file(path: &Path) -> RosterRead {
    let name = file_name(path);
    let (table, sha256) = read_own::<Unplaced>(path, &name, ROSTER_TABLE);
    let rows = table.rows.into_iter().map(|r| RosterRow { line: r.line, ..r.row.0 }).collect();
    let diagnostics = in_own_words(table.diagnostics, &table.told.renamed);
    RosterRead { rows, diagnostics, sha256 }
}

/// The rows of a file that Pusterum writes, which may have been through a spreadsheet since, and its fingerprint. `table`
/// is the word for what it holds.
pub(super) fn read_own<R: Row>(path: &Path, name: &str, table: &'static str) -> (TableRead<R>, Option<String>) {
    match Source::read(path, name).map(|source| source.map(|source| source.open(None))) {
        Ok(Some(Opened { sha256, content })) => {
            (content.map_or_else(TableRead::failed, |content| table_of(&content, name, table)), sha256)
        }
        Ok(None) => (TableRead::failed(no_such_file(name)), None),
        Err(diagnostic) => (TableRead::failed(diagnostic), None),
    }
}

/// What a file gives that is read as a roster.
pub(super) fn inspect(content: &Content, place: &Place<'_>) -> Inspected {
    let read: TableRead<Unplaced> = table_of(content, &place.file, ROSTER_TABLE);
    Inspected { rows: read.rows.len(), diagnostics: read.diagnostics }
}

fn table_of<R: Row>(content: &Content, name: &str, table: &'static str) -> TableRead<R> {
    let place = Place { file: name.to_owned(), sheet: None, entry: None };
    let wanted = Wanted { file: name, own_file: name, table, columns: R::COLUMNS, entry: None };
    match inventory::grid(content, &place, R::COLUMNS, table) {
        Some(grid) => tables::read(&grid, wanted),
        None => TableRead::failed(tables::empty_file(name)),
    }
}

/// The name by which diagnostics call a file that may lie anywhere.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
