//! A week folder in, a validated problem out.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::diagnostic::Diagnostic;
use crate::problem::Problem;
use crate::tables::Tables;

/// A week folder as read.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub problem: Problem,
    pub warnings: Vec<Diagnostic>,
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: BTreeMap<String, String>,
}

/// The roster that was published before.
#[derive(Clone, Debug)]
pub struct PublishedSource {
    pub roster: PathBuf,
    /// Its visits that begin before this moment are kept, as pins.
    pub freeze_before: Option<NaiveDateTime>,
}

/// Reads and validates a week folder named `YYYY-Www`.
///
/// # Errors
/// Every fault of every file at once.
pub fn load_week(folder: &Path, published: Option<&PublishedSource>) -> Result<Loaded, Vec<Diagnostic>> {
    let _ = (folder, published);
    todo!()
}

/// Writes the tables as a week folder in the canonical form; the folder is made where it is missing.
///
/// # Errors
/// What the file system says.
pub fn write_week(tables: &Tables, folder: &Path) -> io::Result<()> {
    let _ = (tables, folder);
    todo!()
}
