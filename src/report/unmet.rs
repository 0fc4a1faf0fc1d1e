//! `unmet.csv`: every grant that is delivered less than was granted, and why (model, section 6).

use std::io;

use serde::Serialize;

use super::reasons::Reasons;
use super::table;
use crate::ids::GrantId;
use crate::pipeline::Planned;
use crate::units::Minutes;

const COLUMNS: [&str; 10] = [
    "grant_id",
    "client_id",
    "state",
    "granted_minutes",
    "due_minutes",
    "delivered_minutes",
    "unmet_minutes",
    "reason",
    "reason_da",
    "reason_en",
];

#[derive(Serialize)]
struct Row<'a> {
    grant_id: &'a str,
    client_id: &'a str,
    state: &'static str,
    granted_minutes: Minutes,
    due_minutes: Minutes,
    delivered_minutes: Minutes,
    /// Of what is due; 0 where nothing is.
    unmet_minutes: Minutes,
    reason: &'static str,
    reason_da: String,
    reason_en: String,
}

/// One row for each grant that is delivered less than its weekly minutes, in the order of the grants.
pub(super) fn csv(planned: &Planned, reasons: &Reasons<'_>) -> io::Result<Vec<u8>> {
    table::csv(&COLUMNS, less_than_granted(planned).map(|id| row(planned, reasons, id)))
}

/// The grants that are delivered less than their weekly minutes.
pub(super) fn less_than_granted(planned: &Planned) -> impl Iterator<Item = GrantId> {
    let grants = planned.problem.grants.iter();
    grants.filter(|(id, grant)| planned.report.grants[*id].delivered < grant.weekly_minutes).map(|(id, _)| id)
}

fn row<'a>(planned: &'a Planned, reasons: &Reasons<'_>, id: GrantId) -> Row<'a> {
    let (grant, report) = (&planned.problem.grants[id], &planned.report.grants[id]);
    let reason = reasons.of_grant(id);
    Row {
        grant_id: &grant.id,
        client_id: &planned.problem.clients[grant.client].id,
        state: planned.book.grants[id].state.code(),
        granted_minutes: grant.weekly_minutes,
        due_minutes: report.due,
        delivered_minutes: report.delivered,
        unmet_minutes: (report.due - report.delivered).max(Minutes(0)),
        reason: reason.code,
        reason_da: reason.words.danish,
        reason_en: reason.words.english,
    }
}
