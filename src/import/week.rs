//! A week folder in, a validated problem out.

use std::collections::BTreeMap;
use std::path::Path;

use super::folder::read_tables;
use super::published::{self, PublishedSource};
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
}

/// Reads and validates a week folder named `YYYY-Www`.
///
/// # Errors
/// Every fault of every file at once, warnings among them, in the order of files and lines.
pub fn load_week(folder: &Path, published: Option<&PublishedSource>) -> Result<Loaded, Vec<Diagnostic>> {
    let mut read = read_tables(folder);
    let problem = read.tables.as_ref().and_then(|tables| build(tables, &read.unread, &mut read.diagnostics));
    let problem = match published {
        Some(source) => published::add(problem, source, &mut read.diagnostics, &mut read.inputs),
        None => problem,
    };
    diagnostic::sort(&mut read.diagnostics);
    match problem.filter(|_| !read.diagnostics.iter().any(Diagnostic::is_error)) {
        Some(problem) => Ok(Loaded { problem, warnings: read.diagnostics, inputs: read.inputs }),
        None => Err(read.diagnostics),
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
