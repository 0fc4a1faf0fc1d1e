//! What can be planned but is hardly meant: a home 300 km away, no rest between two shifts, a row that stands there twice.
//!
//! Only asked of a week without faults, as rows that are missing make others look odd. Each room asks one kind of
//! question; none of them changes what is planned.

mod distances;
mod municipalities;
mod requests;
mod twins;
mod working_time;

use super::Problem;
use crate::diagnostic::Diagnostic;
use crate::tables::Tables;

/// Everything that looks odd about a week of which nothing is wrong.
pub(super) fn warnings(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let mut found = distances::warnings(tables);
    found.extend(municipalities::warnings(tables));
    found.extend(requests::warnings(tables, problem));
    found.extend(twins::warnings(tables, problem));
    found.extend(working_time::warnings(tables, problem));
    found
}
