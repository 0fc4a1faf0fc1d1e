//! A week folder in, a validated problem out.

use std::collections::BTreeMap;
use std::path::Path;

use super::folder::{Reading, WeekRead, read_folder, read_tables};
use super::origin::TableSource;
use super::published::{self, PublishedSource};
use super::roster::RosterRow;
use crate::diagnostic::{self, Diagnostic};
use crate::problem::{Problem, Unread};
use crate::tables::Tables;

/// A week folder as read.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub problem: Problem,
    pub warnings: Vec<Diagnostic>,
    /// SHA-256 in hex of each file read, by its name; that of the published roster as `published`.
    pub inputs: BTreeMap<String, String>,
    /// What was read from where.
    pub sources: Vec<TableSource>,
    /// The rows of the published roster as they stand in the file, also those that the week no longer knows.
    pub published: Vec<RosterRow>,
}

/// Reads and validates a week folder named `YYYY-Www`.
///
/// # Errors
/// Every fault of every file at once, warnings among them, in the order of files and lines.
pub fn load_week(folder: &Path, published: Option<&PublishedSource>) -> Result<Loaded, Vec<Diagnostic>> {
    let mut read = read_tables(folder);
    let mut found = std::mem::take(&mut read.diagnostics);
    let problem = read.tables.as_ref().and_then(|tables| build(tables, &read.unread, &mut found));
    let mut found = read.in_own_words(found);
    let (problem, published) = match published {
        Some(source) => published::add(problem, source, &mut found, &mut read.inputs),
        None => (problem, Vec::new()),
    };
    diagnostic::sort(&mut found);
    match problem.filter(|_| !found.iter().any(Diagnostic::is_error)) {
        Some(problem) => Ok(Loaded { problem, warnings: found, inputs: read.inputs, sources: read.sources, published }),
        None => Err(found),
    }
}

/// A week out of files of any dialect, as it will be written.
#[derive(Clone, Debug)]
pub struct Imported {
    pub tables: Tables,
    pub warnings: Vec<Diagnostic>,
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: BTreeMap<String, String>,
    pub sources: Vec<TableSource>,
    /// Files and sheets that could be tables, but are read by none.
    pub strange: Vec<String>,
}

/// Reads and validates the files of a folder as a week to be written.
///
/// # Errors
/// Every fault of every file at once, warnings among them, in the order of files and lines.
pub fn import_week(reading: Reading<'_>) -> Result<Imported, Vec<Diagnostic>> {
    let mut read = read_folder(reading);
    let mut found = std::mem::take(&mut read.diagnostics);
    let whole = read.tables.as_ref().is_some_and(|tables| build(tables, &read.unread, &mut found).is_some());
    let mut found = read.in_own_words(found);
    diagnostic::sort(&mut found);
    let WeekRead { tables, inputs, sources, strange, .. } = read;
    match tables.filter(|_| whole && !found.iter().any(Diagnostic::is_error)) {
        Some(tables) => Ok(Imported { tables, warnings: found, inputs, sources, strange }),
        None => Err(found),
    }
}

/// The problem of the tables, unless a row of them is missing or wrong.
fn build(tables: &Tables, unread: &Unread, diagnostics: &mut Vec<Diagnostic>) -> Option<Problem> {
    match Problem::build_except(tables, unread) {
        Ok(built) => {
            diagnostics.extend(built.warnings);
            (!unread.any()).then_some(built.problem)
        }
        Err(found) => {
            diagnostics.extend(found);
            None
        }
    }
}
