//! Reads a roster file.

use std::path::Path;

use chrono::NaiveDate;

use super::folder::missing_file;
use super::source::Source;
use super::table::{self, Cells, Column, Row, TableRead, optional, required};
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

/// The row without its line, which the table adds.
struct Unplaced(RosterRow);

impl Row for Unplaced {
    const COLUMNS: &'static [Column] = &[
        optional("visit_id"),
        required("date"),
        required("start"),
        required("end"),
        required("grant_id"),
        required("client_id"),
        required("provider_id"),
        required("staff_id"),
        optional("service"),
        optional("status"),
    ];

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
    let (table, sha256) = match Source::read(path, &name) {
        Ok(Some(source)) => (table::read::<Unplaced>(&source), Some(source.sha256())),
        Ok(None) => (TableRead::failed(missing_file(&name)), None),
        Err(diagnostic) => (TableRead::failed(diagnostic), None),
    };
    let rows = table.rows.into_iter().map(|r| RosterRow { line: r.line, ..r.row.0 }).collect();
    RosterRead { rows, diagnostics: table.diagnostics, sha256 }
}

/// The name by which diagnostics call a file that may lie anywhere.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
