//! A roster held fast, in whole or in part: its visits become pins of the week.
//!
//! What is planned then is planned around them. A pin is asked of no rule, but these visits keep all rules already, and
//! every plan that comes out is checked with the week as it is.

use std::collections::BTreeSet;

use super::clock::Turn;
use super::force::{Demand, search};
use super::narrow;
use super::subject::Subject;
use crate::check::{Report, check_plan};
use crate::ids::GrantId;
use crate::plan::Plan;
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;
use crate::units::{Day, Minutes};

/// The week with some visits pinned beside its own pins.
pub(super) fn frozen(problem: &Problem, visits: impl IntoIterator<Item = Visit>) -> Problem {
    let mut problem = problem.clone();
    let pins: BTreeSet<Visit> = problem.pins.iter().copied().chain(visits).collect();
    problem.pins = pins.into_iter().collect();
    problem
}

/// A small planning: some visits may change, the rest of the roster stays, and one grant is to get more.
pub(super) struct Around<'a> {
    /// The visits that may move, be shortened or be lost.
    pub loose: &'a [Visit],
    /// The grant that is to get something.
    pub grant: GrantId,
    /// Where the grant's new visit may lie; any day without.
    pub day: Option<Day>,
}

impl Subject {
    /// The best plan found in which the grant gets its total in minutes while all but the loose visits stay.
    pub(super) fn replan(&self, around: &Around<'_>, total: Minutes, turn: &Turn) -> Option<(Plan, Report)> {
        let kept = self.plan.visits().iter().copied().filter(|visit| !around.loose.contains(visit));
        let problem = frozen(&self.problem, kept);
        let open: BTreeSet<GrantId> = around.loose.iter().map(|visit| visit.grant).chain([around.grant]).collect();
        let mut book = narrow::only(&Rulebook::of(&problem), &open.into_iter().collect::<Vec<_>>());
        let rules = &mut book.grants[around.grant];
        if let Some(day) = around.day {
            Day::all().filter(|other| *other != day).for_each(|other| rules.blocked[usize::from(other.0)] = true);
        }
        narrow::exactly(rules, total);
        let found = search((&problem, &book), Demand { grant: around.grant, minutes: total }, turn);
        let plan = Plan::new(&problem, found.visits);
        let report = check_plan(&self.problem, &plan);
        (found.meets && report.is_kept()).then_some((plan, report))
    }
}
