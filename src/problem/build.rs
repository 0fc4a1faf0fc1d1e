//! Rows to problem: every reference found, every order and overlap checked.

use super::Problem;
use crate::diagnostic::Diagnostic;
use crate::tables::Tables;

/// A problem and the warnings that its rows gave.
#[derive(Clone, Debug)]
pub struct Built {
    pub problem: Problem,
    pub warnings: Vec<Diagnostic>,
}

impl Problem {
    /// The problem that the rows of a week make.
    ///
    /// # Errors
    /// Every fault of every table at once.
    pub fn build(tables: &Tables) -> Result<Built, Vec<Diagnostic>> {
        let _ = tables;
        todo!()
    }
}
