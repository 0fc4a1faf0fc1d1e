//! `unmet.csv`: every grant that is delivered less than was granted, and why (model, section 6).
//!
//! Where verdicts were asked for they stand in further columns.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::reasons::{Reason, Reasons};
use super::table;
use crate::check::Report;
use crate::explain::{GrantVerdict, Layout, Subject, Verdict, Voice, written};
use crate::ids::GrantId;
use crate::pipeline::Planned;
use crate::problem::Problem;
use crate::rules::{GrantState, Rulebook};
use crate::units::{Minutes, Points};
use crate::words::{Naming, clauses};

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

/// The columns of verdicts.
const FURTHER: [&str; 9] = [
    "verdict",
    "impossible_alone_minutes",
    "impossible_together_minutes",
    "traded_off_minutes",
    "at_no_cost_minutes",
    "not_proven_minutes",
    "price_points",
    "verdict_da",
    "verdict_en",
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

/// What is known of the missing minutes; all empty where none are missing of what is due.
#[derive(Default, Serialize)]
struct Further {
    verdict: &'static str,
    impossible_alone_minutes: Option<Minutes>,
    impossible_together_minutes: Option<Minutes>,
    traded_off_minutes: Option<Minutes>,
    at_no_cost_minutes: Option<Minutes>,
    not_proven_minutes: Option<Minutes>,
    /// Of the cheapest way to deliver more.
    price_points: Option<Points>,
    verdict_da: String,
    verdict_en: String,
}

/// What the rows are made of.
struct Week<'a> {
    problem: &'a Problem,
    book: &'a Rulebook,
    report: &'a Report,
}

/// One row for each grant that is delivered less than its weekly minutes, in the order of the grants.
pub(super) fn csv(planned: &Planned, reasons: &Reasons<'_>, verdicts: Option<&[GrantVerdict]>) -> io::Result<Vec<u8>> {
    let week = Week { problem: &planned.problem, book: &planned.book, report: &planned.report };
    let rows = week.rows(|grant| reasons.of_grant(grant));
    match verdicts {
        None => table::csv(&COLUMNS, rows.map(|(_, row)| row)),
        Some(verdicts) => with_verdicts(week.problem, rows, verdicts),
    }
}

/// The grants that are delivered less than their weekly minutes.
pub(super) fn less_than_granted(planned: &Planned) -> impl Iterator<Item = GrantId> {
    less(&planned.problem, &planned.report)
}

fn less(problem: &Problem, report: &Report) -> impl Iterator<Item = GrantId> {
    let grants = problem.grants.iter();
    grants.filter(|(id, grant)| report.grants[*id].delivered < grant.weekly_minutes).map(|(id, _)| id)
}

/// The same of a roster that was not planned just now: the reasons are the verdicts themselves.
pub(super) fn of_roster(subject: &Subject, verdicts: &[GrantVerdict]) -> io::Result<Vec<u8>> {
    let week = Week { problem: &subject.problem, book: &subject.book, report: &subject.report };
    let voice = Voice { problem: &subject.problem, naming: Naming::Ids };
    let by_grant: BTreeMap<GrantId, &GrantVerdict> = verdicts.iter().map(|verdict| (verdict.grant, verdict)).collect();
    let reason = |grant: GrantId| match (by_grant.get(&grant), subject.book.grants[grant].state) {
        (Some(verdict), _) => {
            let code = verdict.first().map_or("", Verdict::code);
            Reason { code, words: written::told(voice, verdict, Layout::Paragraph) }
        }
        (None, GrantState::Due) => super::reasons::cut_to_standard(&subject.report.grants[grant]),
        (None, state) => Reason { code: state.code(), words: clauses::not_due(&subject.problem, grant, state) },
    };
    with_verdicts(&subject.problem, week.rows(reason), verdicts)
}

fn with_verdicts<'a>(
    problem: &Problem,
    rows: impl Iterator<Item = (GrantId, Row<'a>)>,
    verdicts: &[GrantVerdict],
) -> io::Result<Vec<u8>> {
    let voice = Voice { problem, naming: Naming::Ids };
    let of_grant = |grant| verdicts.iter().find(|verdict| verdict.grant == grant);
    let further = |grant| of_grant(grant).map_or_else(Further::default, |verdict| Further::new(voice, verdict));
    let columns: Vec<&str> = COLUMNS.into_iter().chain(FURTHER).collect();
    table::csv(&columns, rows.map(|(grant, row)| (row, further(grant))))
}

impl<'a> Week<'a> {
    fn rows(&self, reason: impl Fn(GrantId) -> Reason) -> impl Iterator<Item = (GrantId, Row<'a>)> {
        let (problem, book, report) = (self.problem, self.book, self.report);
        less(problem, report).map(move |id| {
            let (grant, reason, report) = (&problem.grants[id], reason(id), &report.grants[id]);
            let row = Row {
                grant_id: &grant.id,
                client_id: &problem.clients[grant.client].id,
                state: book.grants[id].state.code(),
                granted_minutes: grant.weekly_minutes,
                due_minutes: report.due,
                delivered_minutes: report.delivered,
                unmet_minutes: (report.due - report.delivered).max(Minutes(0)),
                reason: reason.code,
                reason_da: reason.words.danish,
                reason_en: reason.words.english,
            };
            (id, row)
        })
    }
}

impl Further {
    fn new(voice: Voice<'_>, verdict: &GrantVerdict) -> Self {
        let minutes = |kind| Some(verdict.minutes_of(kind));
        let words = written::told(voice, verdict, Layout::Paragraph);
        Further {
            verdict: verdict.first().map_or("", Verdict::code),
            impossible_alone_minutes: minutes(Verdict::ImpossibleAlone),
            impossible_together_minutes: minutes(Verdict::ImpossibleTogether),
            traded_off_minutes: minutes(Verdict::TradedOff),
            at_no_cost_minutes: minutes(Verdict::AtNoCost),
            not_proven_minutes: minutes(Verdict::NotProven),
            price_points: verdict.cheapest().map(|(_, found)| found.price),
            verdict_da: words.danish,
            verdict_en: words.english,
        }
    }
}
