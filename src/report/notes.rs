//! `notes.csv`: what the planner should see: overrides of pins, bookings to release, warnings of reading.

use std::io;

use serde::Serialize;

use super::{Outcome, table};
use crate::check::{Finding, Released};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::problem::Problem;
use crate::units::{Span, clock};

const COLUMNS: [&str; 9] = ["kind", "code", "subject", "id", "date", "start", "end", "text_da", "text_en"];

#[derive(Default, Serialize)]
struct Row<'a> {
    /// `override`, `release` or `warning`.
    kind: &'static str,
    /// The rule, or the code of the warning.
    code: &'a str,
    /// What the id names: `grant`, `booking`, or the file of a warning.
    subject: &'a str,
    /// For warnings the line and column.
    id: String,
    date: String,
    start: String,
    end: String,
    text_da: String,
    text_en: String,
}

/// Overrides, then bookings to release, then warnings.
pub(super) fn csv(outcome: &Outcome<'_>) -> io::Result<Vec<u8>> {
    let (problem, report) = (&*outcome.planned.problem, &outcome.planned.report);
    let overrides = report.overrides.iter().map(|finding| of_override(problem, finding));
    let released = report.released.iter().map(|released| of_release(problem, released));
    let warnings = outcome.warnings.iter().map(of_warning);
    table::csv(&COLUMNS, overrides.chain(released).chain(warnings))
}

fn of_override<'a>(problem: &'a Problem, finding: &'a Finding) -> Row<'a> {
    let Finding { rule, who, expected, got, .. } = finding;
    let row = Row {
        kind: "override",
        code: rule,
        text_da: format!("Fast besøg bryder {rule} ({who}): forventet {}, fundet {}", expected.danish, got.danish),
        text_en: format!("A fixed visit breaks {rule} ({who}): expected {}, got {}", expected.english, got.english),
        ..Row::default()
    };
    match finding.visit {
        Some(visit) => {
            Row { subject: "grant", id: problem.grants[visit.grant].id.clone(), ..at(problem, visit.span, row) }
        }
        None => row,
    }
}

fn of_release<'a>(problem: &'a Problem, released: &Released) -> Row<'a> {
    let booking = &problem.bookings[released.booking];
    let (owner, visit) = (&problem.carers[released.carer].id, released.absorbed_by);
    let (grant, carer) = (&problem.grants[visit.grant].id, &problem.carers[visit.carer].id);
    let row = Row {
        kind: "release",
        code: "H14",
        subject: "booking",
        id: booking.id.clone(),
        text_da: format!("{carer} gør det under afløsningen {grant}; {owner} kan frigives fra bookingen [B]"),
        text_en: format!("{carer} does it during the relief {grant}; {owner} can be released from the booking [B]"),
        ..Row::default()
    };
    at(problem, booking.span, row)
}

fn of_warning(warning: &Diagnostic) -> Row<'_> {
    let line = warning.line.map(|line| line.to_string());
    let place: Vec<String> = line.into_iter().chain(warning.column.clone()).collect();
    Row {
        kind: "warning",
        code: warning.code,
        subject: &warning.file,
        id: place.join(" "),
        text_da: warning.render(Language::Danish),
        text_en: warning.render(Language::English),
        ..Row::default()
    }
}

/// The row with its time.
fn at<'a>(problem: &Problem, span: Span, row: Row<'a>) -> Row<'a> {
    let Some(day) = span.start.day() else { return row };
    let start = span.start - day.span().start;
    Row { date: problem.week.date(day).to_string(), start: clock(start), end: clock(start + span.length()), ..row }
}
