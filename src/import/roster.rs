//! Reads a roster file.

use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::units::Minutes;

/// A row of a roster as it stands in the file, ids not yet looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    pub line: u64,
    pub date: NaiveDate,
    pub start: Minutes,
    pub end: Minutes,
    pub grant_id: String,
    pub client_id: String,
    pub provider_id: String,
    pub staff_id: String,
}

/// The rows of a roster file.
///
/// # Errors
/// Every unreadable cell at once.
pub fn read_roster(path: &Path) -> Result<Vec<RosterRow>, Vec<Diagnostic>> {
    let _ = path;
    todo!()
}
