//! The roster's rows with their references found, and what is wrong with rows as rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finding::{Fault, Findings, Who, name_visit};
use crate::diagnostic::Text;
use crate::ids::{CarerId, GrantId, Id, IdVec};
use crate::import::RosterRow;
use crate::plan::Plan;
use crate::problem::{Problem, Visit};
use crate::units::{Day, Minutes, Span};

/// A visit of the week as the roster lists it, of a known grant by a known carer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub visit: Visit,
    /// The day of the row's date.
    pub day: Day,
    /// Whether the planner has fixed it, exactly so.
    pub pinned: bool,
}

/// A roster as far as it can be understood.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// In the roster's order; a visit that stands there twice is here twice.
    pub listed: Vec<Listed>,
    /// Every visit that stands there, also outside the week.
    pub kept: HashSet<Visit>,
    /// The number of rows, understood or not.
    pub rows: usize,
    /// The minutes of all rows, understood or not.
    pub minutes: Minutes,
}

impl Roster {
    /// Looks the rows' ids up; what they say wrong of client or provider is found and then ignored.
    pub(super) fn from_rows(problem: &Problem, rows: &[RosterRow], findings: &mut Findings) -> Roster {
        let (grants, carers) = (by_name(&problem.grants, |g| &g.id), by_name(&problem.carers, |c| &c.id));
        let mut roster = Roster { rows: rows.len(), ..Roster::default() };
        for row in rows {
            roster.minutes += row.end - row.start;
            let (Some(grant), Some(carer)) = (grants.get(row.grant_id.as_str()), carers.get(row.staff_id.as_str()))
            else {
                findings.broken(name_row(row), unknown_ids(row));
                continue;
            };
            let midnight = problem.week.midnight(row.date);
            let visit =
                Visit { grant: *grant, carer: *carer, span: Span::new(midnight + row.start, midnight + row.end) };
            for contradiction in contradictions(problem, row, visit) {
                findings.broken(name_row(row), contradiction);
            }
            roster.add(problem, visit, problem.week.day_of(row.date), findings);
        }
        roster
    }

    pub(super) fn from_plan(problem: &Problem, plan: &Plan, findings: &mut Findings) -> Roster {
        let mut roster = Roster { rows: plan.visits().len(), ..Roster::default() };
        for &visit in plan.visits() {
            roster.minutes += visit.span.length();
            roster.add(problem, visit, visit.span.start.day(), findings);
        }
        roster
    }

    fn add(&mut self, problem: &Problem, visit: Visit, day: Option<Day>, findings: &mut Findings) {
        if !self.kept.insert(visit) {
            findings.broken(name_visit(problem, visit), twice());
        }
        match day {
            Some(day) => self.listed.push(Listed { visit, day, pinned: problem.is_pinned(visit) }),
            None => findings.broken(name_visit(problem, visit), outside_the_week(problem)),
        }
    }

    /// The visits in the roster's order, gathered by what `key` says of them; `None` leaves one out.
    pub(super) fn by<K: Ord>(&self, key: impl Fn(&Listed) -> Option<K>) -> BTreeMap<K, Vec<&Listed>> {
        let mut groups: BTreeMap<K, Vec<&Listed>> = BTreeMap::new();
        for listed in &self.listed {
            if let Some(key) = key(listed) {
                groups.entry(key).or_default().push(listed);
            }
        }
        groups
    }
}

/// The sets of visits whose total is asked of a rule, each with the visit that answers for it.
///
/// All visits together must keep the rule as soon as one of them is free; the pins alone may break it, as the
/// planner's word, and then count as an override. The answer is for the latest visit that can give it.
pub(super) fn asked<'r>(visits: &[&'r Listed]) -> impl Iterator<Item = (&'r Listed, Vec<&'r Listed>)> {
    let latest = |of: &[&'r Listed]| of.iter().copied().rev().max_by_key(|listed| listed.visit.span.start);
    let (pins, free): (Vec<&Listed>, Vec<&Listed>) = visits.iter().partition(|listed| listed.pinned);
    let answers = [latest(&pins).map(|pin| (pin, pins)), latest(&free).map(|visit| (visit, visits.to_vec()))];
    answers.into_iter().flatten()
}

/// H15: every pinned visit is in the roster as it stands.
pub(super) fn pins_are_kept(problem: &Problem, roster: &Roster, findings: &mut Findings) {
    for pin in problem.pins.iter().filter(|pin| !roster.kept.contains(pin)) {
        let expected = Text::new("det låste besøg, som det står", "the pinned visit as it stands");
        let got = Text::new("det står ikke i planen", "it is not in the roster");
        findings.broken(name_visit(problem, *pin), Fault::new("H15", expected, got));
    }
}

fn by_name<K: Id, V>(all: &IdVec<K, V>, name: impl Fn(&V) -> &String) -> HashMap<&str, K> {
    all.iter().map(|(id, value)| (name(value).as_str(), id)).collect()
}

fn name_row(row: &RosterRow) -> Who {
    Who::on(row.date, [row.start, row.end], &format!("{} {}", row.grant_id, row.staff_id))
}

fn unknown_ids(row: &RosterRow) -> Fault {
    let expected = Text::new("en kendt bevilling og medarbejder", "a known grant and carer");
    let got = format!("{} {}", row.grant_id, row.staff_id);
    Fault::new("roster", expected, Text::new(got.clone(), got))
}

fn contradictions(problem: &Problem, row: &RosterRow, visit: Visit) -> impl Iterator<Item = Fault> {
    let client = &problem.client_of(visit.grant).id;
    let provider = &problem.providers[problem.carers[visit.carer].provider].id;
    [("client_id", client, &row.client_id), ("provider_id", provider, &row.provider_id)]
        .into_iter()
        .filter(|(_, expected, got)| expected != got)
        .map(|(column, expected, got)| {
            let say = |value: &str| Text::new(format!("{column} {value}"), format!("{column} {value}"));
            Fault::new("roster", say(expected), say(if got.is_empty() { "–" } else { got }))
        })
}

fn twice() -> Fault {
    let expected = Text::new("hvert besøg én gang", "each visit once");
    Fault::new("roster", expected, Text::new("det står flere gange", "it is there more than once"))
}

fn outside_the_week(problem: &Problem) -> Fault {
    let week = problem.week;
    let expected = Text::new(format!("en dato i {week}"), format!("a date in {week}"));
    Fault::new("H1", expected, Text::new("en dato uden for ugen", "a date outside the week"))
}

/// What a grant's or carer's visits come to.
pub(super) fn total_minutes(visits: &[&Listed]) -> Minutes {
    visits.iter().map(|listed| listed.visit.span.length()).sum()
}

/// The grant's id, for [`Roster::by`].
pub(super) fn grant(listed: &Listed) -> Option<GrantId> {
    Some(listed.visit.grant)
}

/// The carer's id, for [`Roster::by`].
pub(super) fn carer(listed: &Listed) -> Option<CarerId> {
    Some(listed.visit.carer)
}
