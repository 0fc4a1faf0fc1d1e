//! What is wrong and with whom, sorted into broken rules and overrides.

use super::roster::Listed;
use crate::diagnostic::Text;
use crate::problem::{Problem, Visit};
use crate::units::{Span, clock};

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `H1` … `H15`, or `roster` where a row contradicts the week's files.
    pub rule: &'static str,
    /// Whom and when it concerns: visit, carer, client or provider, by id and time.
    pub who: String,
    pub expected: Text,
    pub got: Text,
    /// The visit that breaks it, where it is one of a known grant and carer; of several visits that break it
    /// together, the latest.
    pub visit: Option<Visit>,
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
    pub(super) fn group(&mut self, culprit: &Listed, who: String, fault: Fault) {
        let found = if culprit.pinned { &mut self.overrides } else { &mut self.broken };
        found.push(finding(who, fault, Some(culprit.visit)));
    }

    /// A rule that is broken whoever fixed what.
    pub(super) fn broken(&mut self, who: String, fault: Fault) {
        self.broken.push(finding(who, fault, None));
    }
}

fn finding(who: String, fault: Fault, visit: Option<Visit>) -> Finding {
    Finding { rule: fault.rule, who, expected: fault.expected, got: fault.got, visit }
}

/// A visit by its time and ids, such as `2026-11-23 08:30–09:30 G012 S07`.
pub(super) fn name_visit(problem: &Problem, visit: Visit) -> String {
    let (grant, carer) = (&problem.grants[visit.grant].id, &problem.carers[visit.carer].id);
    format!("{} {grant} {carer}", name_span(problem, visit.span))
}

/// A time by its date and clock, such as `2026-11-23 08:30–09:30`.
pub(super) fn name_span(problem: &Problem, span: Span) -> String {
    let monday = problem.week.monday();
    let days = span.start.0.div_euclid(crate::units::DAY.0);
    let date = monday + chrono::Duration::days(i64::from(days));
    format!("{date} {}", hours(span))
}

/// A time within its day, such as `08:30–09:30`; an end at midnight is `24:00`.
pub(super) fn hours(span: Span) -> String {
    let start = span.start.time_of_day();
    format!("{}–{}", clock(start), clock(start + span.length()))
}

/// Times within their days, or `–` where there are none.
pub(super) fn list_hours(spans: impl IntoIterator<Item = Span>) -> String {
    let listed: Vec<String> = spans.into_iter().map(hours).collect();
    if listed.is_empty() { "–".to_owned() } else { listed.join(", ") }
}
