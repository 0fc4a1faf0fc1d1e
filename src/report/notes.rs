//! `notes.csv`: what the planner should see: overrides of pins, bookings to release, warnings of reading.

use std::io;

use serde::Serialize;

use super::{Outcome, table};
use crate::check::{Finding, Released};
use crate::diagnostic::{Diagnostic, Text};
use crate::language::Language;
use crate::problem::Problem;
use crate::units::{Day, Minutes, Span, clock};

const COLUMNS: [&str; 9] = ["kind", "code", "subject", "id", "date", "start", "end", "text_da", "text_en"];

/// Something that the planner should see.
pub(super) struct Note<'a> {
    /// `override`, `release` or `warning`.
    pub kind: &'static str,
    /// The rule, or the code of the warning.
    pub code: &'a str,
    /// What the id names: `grant`, `booking`, or the file of a warning.
    pub subject: &'a str,
    /// For warnings the line and column.
    pub id: String,
    /// When, where it is about a time.
    pub day: Option<(Day, Times)>,
    pub words: Text,
}

/// Start and end as times of day.
pub(super) type Times = (Minutes, Minutes);

#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    code: &'a str,
    subject: &'a str,
    id: String,
    date: String,
    start: String,
    end: String,
    text_da: String,
    text_en: String,
}

/// Overrides, then bookings to release, then warnings.
pub(super) fn notes<'a>(outcome: &Outcome<'a>) -> impl Iterator<Item = Note<'a>> {
    let (problem, report) = (&*outcome.planned.problem, &outcome.planned.report);
    let overrides = report.overrides.iter().map(move |finding| of_override(problem, finding));
    let released = report.released.iter().map(move |released| of_release(problem, released));
    overrides.chain(released).chain(outcome.warnings.iter().map(of_warning))
}

pub(super) fn csv(outcome: &Outcome<'_>) -> io::Result<Vec<u8>> {
    table::csv(&COLUMNS, notes(outcome).map(|note| row(&outcome.planned.problem, note)))
}

fn row<'a>(problem: &Problem, note: Note<'a>) -> Row<'a> {
    let when = note.day.map(|(day, (start, end))| [problem.week.date(day).to_string(), clock(start), clock(end)]);
    let [date, start, end] = when.unwrap_or_default();
    let Text { danish: text_da, english: text_en } = note.words;
    Row { kind: note.kind, code: note.code, subject: note.subject, id: note.id, date, start, end, text_da, text_en }
}

fn of_override<'a>(problem: &'a Problem, finding: &'a Finding) -> Note<'a> {
    let Finding { rule, expected, got, .. } = finding;
    let who = &finding.who.told;
    let grant = finding.visit.map(|visit| problem.grants[visit.grant].id.clone());
    Note {
        kind: "override",
        code: rule,
        subject: grant.as_ref().map_or("", |_| "grant"),
        id: grant.unwrap_or_default(),
        day: finding.visit.and_then(|visit| on_its_day(visit.span)),
        words: Text::new(
            format!("Fast besøg bryder {rule} ({}): forventet {}, fundet {}", who.danish, expected.danish, got.danish),
            format!(
                "A fixed visit breaks {rule} ({}): expected {}, got {}",
                who.english, expected.english, got.english
            ),
        ),
    }
}

fn of_release<'a>(problem: &'a Problem, released: &Released) -> Note<'a> {
    let booking = &problem.bookings[released.booking];
    let (owner, visit) = (&problem.carers[released.carer].id, released.absorbed_by);
    let (grant, carer) = (&problem.grants[visit.grant].id, &problem.carers[visit.carer].id);
    Note {
        kind: "release",
        code: "H14",
        subject: "booking",
        id: booking.id.clone(),
        day: on_its_day(booking.span),
        words: Text::new(
            format!("{carer} gør det under afløsningen {grant}; {owner} kan frigives fra bookingen [B]"),
            format!("{carer} does it during the relief {grant}; {owner} can be released from the booking [B]"),
        ),
    }
}

fn of_warning(warning: &Diagnostic) -> Note<'_> {
    let line = warning.line.map(|line| line.to_string());
    let place: Vec<String> = line.into_iter().chain(warning.column.clone()).collect();
    Note {
        kind: "warning",
        code: warning.code,
        subject: &warning.file,
        id: place.join(" "),
        day: None,
        words: Text::new(warning.render(Language::Danish), warning.render(Language::English)),
    }
}

/// The day and times of day of a span.
fn on_its_day(span: Span) -> Option<(Day, Times)> {
    let day = span.start.day()?;
    let start = span.start.time_of_day();
    Some((day, (start, start + span.length())))
}
