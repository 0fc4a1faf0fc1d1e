//! What is wrong and with whom, sorted into broken rules and overrides.

use chrono::NaiveDate;

use super::roster::Listed;
use crate::diagnostic::Text;
use crate::problem::{Problem, Visit};
use crate::units::{Minutes, Span, clock};
use crate::words;

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `H1` … `H15`, or `roster` where a row contradicts the week's files.
    pub rule: &'static str,
    /// Whom and when it concerns: visit, carer, client or provider, by id and time.
    pub who: Who,
    pub expected: Text,
    pub got: Text,
    /// The visit that breaks it, where it is one of a known grant and carer; of several visits that break it
    /// together, the latest.
    pub visit: Option<Visit>,
}

/// Whom and when something concerns, for programs and for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// With dates and times as the files have them, such as `2026-11-23 08:30–09:30 G012 S07`.
    pub canonical: String,
    /// `man. 23.11. 08.30–09.30 G012 S07`.
    pub told: Text,
}

/// What one rule says against something, before it is known whose word it was.
#[derive(Debug)]
pub(super) struct Fault {
    pub rule: &'static str,
    pub expected: Text,
    pub got: Text,
}

impl Fault {
    pub(super) fn new(rule: &'static str, expected: Text, got: Text) -> Self {
        Fault { rule, expected, got }
    }
}

/// The findings of a check so far.
pub(super) struct Findings<'a> {
    problem: &'a Problem,
    pub broken: Vec<Finding>,
    pub overrides: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Findings { problem, broken: Vec::new(), overrides: Vec::new() }
    }

    /// A rule that this visit breaks: an override where the planner has fixed it.
    pub(super) fn visit(&mut self, culprit: &Listed, fault: Fault) {
        self.group(culprit, name_visit(self.problem, culprit.visit), fault);
    }

    /// A rule that visits break together for somebody: an override where the culprit among them is fixed, which is
    /// where all of them are.
    pub(super) fn group(&mut self, culprit: &Listed, who: Who, fault: Fault) {
        let found = if culprit.pinned { &mut self.overrides } else { &mut self.broken };
        found.push(finding(who, fault, Some(culprit.visit)));
    }

    /// A rule that is broken whoever fixed what.
    pub(super) fn broken(&mut self, who: Who, fault: Fault) {
        self.broken.push(finding(who, fault, None));
    }
}

fn finding(who: Who, fault: Fault, visit: Option<Visit>) -> Finding {
    Finding { rule: fault.rule, who, expected: fault.expected, got: fault.got, visit }
}

impl Who {
    /// Somebody by id, at no time.
    pub(super) fn id(id: &str) -> Who {
        Who { canonical: id.to_owned(), told: Text::new(id, id) }
    }

    /// A span of time with the ids of whom it is about.
    pub(super) fn at(problem: &Problem, span: Span, ids: &str) -> Who {
        let days = span.start.0.div_euclid(crate::units::DAY.0);
        let date = problem.week.monday() + chrono::Duration::days(i64::from(days));
        let start = span.start.time_of_day();
        Who::on(date, [start, start + span.length()], ids)
    }

    /// A date and the times from and to, with the ids of whom it is about.
    pub(super) fn on(date: NaiveDate, [from, to]: [Minutes; 2], ids: &str) -> Who {
        let told = |language| {
            let [from, to] = [from, to].map(|time| words::clock(time, language));
            format!("{} {from}–{to} {ids}", words::day_of(date, language))
        };
        Who { canonical: format!("{date} {}–{} {ids}", clock(from), clock(to)), told: Text::spoken(told) }
    }
}

/// A visit by its time and ids.
pub(super) fn name_visit(problem: &Problem, visit: Visit) -> Who {
    let (grant, carer) = (&problem.grants[visit.grant].id, &problem.carers[visit.carer].id);
    Who::at(problem, visit.span, &format!("{grant} {carer}"))
}

/// A time within its day, such as `08.30–09.30`; an end at midnight is 24.
pub(super) fn hours(span: Span) -> Text {
    Text::spoken(|language| words::times(span, language))
}

/// Times within their days, or `–` where there are none.
pub(super) fn list_hours(spans: impl IntoIterator<Item = Span>) -> Text {
    let spans: Vec<Span> = spans.into_iter().collect();
    Text::spoken(|language| match spans.as_slice() {
        [] => "–".to_owned(),
        spans => spans.iter().map(|span| words::times(*span, language)).collect::<Vec<_>>().join(", "),
    })
}
