//! `summary.json`: what was planned from what, and how good it provably is (model, section 6).

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::{Outcome, TableReadFrom};
use crate::plan::{Status, Terms};
use crate::units::{Minutes, Points};

/// The version of the format; readers of results ask for it.
pub(super) const FORMAT: u32 = 1;

/// How a planning was run.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Run {
    /// From the start of the command to the writing of its result.
    pub seconds: f64,
    pub seed: u64,
    /// Improvements of each independent group at most; `None` where only the clock and the proof ended the search.
    pub effort: Option<u64>,
    /// Seconds after which the search was to end; `None` without a clock.
    pub time_limit: Option<f64>,
}

#[derive(Serialize)]
struct Summary<'a> {
    format: u32,
    version: &'static str,
    week: String,
    status: Status,
    score: Points,
    /// `null` where the search ended before it had proven any.
    bound: Option<Points>,
    gap_points: Option<Points>,
    gap: Option<f64>,
    terms: Terms,
    visits: usize,
    granted_minutes: Minutes,
    due_minutes: Minutes,
    /// Of what is due and of pins where nothing is.
    delivered_minutes: Minutes,
    undelivered_minutes: Minutes,
    undelivered_grants: usize,
    /// No plan leaves fewer undelivered; `null` where nothing was proven.
    undelivered_bound: Option<Minutes>,
    #[serde(flatten)]
    run: &'a Run,
    inputs: &'a BTreeMap<String, String>,
    /// What each table was read from, and how.
    tables: Vec<TableReadFrom<'a>>,
    /// Every file of the result, so that a later result can take its place and nothing else is touched.
    files: &'a [String],
}

/// The summary of a result with these files.
pub(super) fn json(outcome: &Outcome<'_>, files: &[String]) -> io::Result<Vec<u8>> {
    let (planned, solved) = (outcome.planned, &outcome.planned.solved);
    let undelivered = planned.report.grants.values().iter().filter(|grant| grant.delivered < grant.due);
    let summary = Summary {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION"),
        week: planned.problem.week.to_string(),
        status: solved.status,
        score: solved.terms.score(),
        bound: solved.bound,
        gap_points: solved.gap_points(),
        gap: solved.gap(),
        terms: solved.terms,
        visits: planned.report.visits,
        granted_minutes: planned.problem.grants.values().iter().map(|grant| grant.weekly_minutes).sum(),
        due_minutes: planned.report.due_minutes,
        delivered_minutes: planned.report.delivered_minutes,
        undelivered_minutes: planned.report.undelivered_minutes(),
        undelivered_grants: undelivered.count(),
        undelivered_bound: planned.undelivered_bound,
        run: outcome.run,
        inputs: outcome.inputs,
        tables: TableReadFrom::all(outcome.sources),
        files,
    };
    let mut text = serde_json::to_vec_pretty(&summary)?;
    text.push(b'\n');
    Ok(text)
}
