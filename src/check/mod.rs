//! Recomputes every rule and every term of the score from problem and roster alone.

use crate::diagnostic::Text;
use crate::import::RosterRow;
use crate::plan::{Plan, Terms};
use crate::problem::Problem;
use crate::units::Minutes;

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Rules broken by visits that the planner has not fixed, and pins that are missing.
    pub broken: Vec<Finding>,
    /// Rules that pinned visits break: the planner's word, reported as overrides.
    pub overrides: Vec<Finding>,
    pub terms: Terms,
    pub visits: usize,
    pub due_minutes: Minutes,
    pub delivered_minutes: Minutes,
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `H1` … `H15`, or `roster` where a row contradicts the week's files.
    pub rule: &'static str,
    /// Whom and when it concerns: visit, carer, client or provider, by id and time.
    pub who: String,
    pub expected: Text,
    pub got: Text,
}

/// Checks the rows of a roster file.
pub fn check_roster(problem: &Problem, rows: &[RosterRow]) -> Report {
    let _ = (problem, rows);
    todo!()
}

/// Checks a plan as it would be written.
pub fn check_plan(problem: &Problem, plan: &Plan) -> Report {
    let _ = (problem, plan);
    todo!()
}
