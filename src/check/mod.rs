//! Recomputes every rule and every term of the score from problem and roster alone.
//!
//! It answers one question: does this roster keep the model's rules, and what is its score? It takes nothing from
//! the search's word: grant states, windows, routes and costs are derived here a second time, with code of their
//! own, so that a mistake in the search cannot hide behind the same mistake in the check. Only travel minutes are
//! shared. Every broken rule is listed, with whom it concerns, what was expected and what was found; rules that
//! pinned visits break are the planner's word (H15) and stand apart.

mod day;
mod facts;
mod finding;
mod grant;
mod own;
mod pause;
mod roster;
mod serving;
mod shared;
mod terms;
#[cfg(test)]
mod tests;
mod timing;
mod visit;
mod wishes;

use crate::ids::{BookingId, CarerId, GrantId, IdVec};
use crate::import::RosterRow;
use crate::plan::{Plan, Terms};
use crate::problem::{Problem, Visit};
use crate::units::Minutes;

use facts::Facts;
use finding::Findings;
use roster::Roster;

pub use finding::{Finding, Who};
pub use grant::GrantState;

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Rules broken by visits that the planner has not fixed, and pins that are missing.
    pub broken: Vec<Finding>,
    /// Rules that pinned visits break: the planner's word, reported as overrides.
    pub overrides: Vec<Finding>,
    pub terms: Terms,
    /// Rows of the roster, also those that cannot be counted anywhere else.
    pub visits: usize,
    pub due_minutes: Minutes,
    /// The minutes of all rows.
    pub delivered_minutes: Minutes,
    pub grants: IdVec<GrantId, GrantReport>,
    /// Travel that the visits add to that of the bookings alone; less than nothing where a visit spares a way.
    pub added_travel: Minutes,
    /// Bookings that their own carer no longer has to do, in the order of the bookings.
    pub released: Vec<Released>,
}

/// What a week makes of one grant, and what a roster delivers of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantReport {
    pub state: GrantState,
    /// The grant's weekly minutes where its state is [`GrantState::Due`], else 0.
    pub due: Minutes,
    pub delivered: Minutes,
}

/// A booking that a visit of another carer absorbs (H14), so that the planner can release it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Released {
    pub booking: BookingId,
    /// Whose booking it is.
    pub carer: CarerId,
    /// The visit within which it is done.
    pub absorbed_by: Visit,
}

impl Report {
    /// Whether the roster is a plan: no rule is broken.
    pub fn is_kept(&self) -> bool {
        self.broken.is_empty()
    }

    /// The minutes that are due and not delivered.
    pub fn undelivered_minutes(&self) -> Minutes {
        self.grants.values().iter().map(|grant| (grant.due - grant.delivered).max(Minutes(0))).sum()
    }
}

/// Checks the rows of a roster file.
///
/// Rows of an unknown grant or carer and rows outside the week are broken and count nowhere but in the number of
/// visits and the delivered minutes.
pub fn check_roster(problem: &Problem, rows: &[RosterRow]) -> Report {
    let mut findings = Findings::new(problem);
    let roster = Roster::from_rows(problem, rows, &mut findings);
    examine(problem, &roster, findings)
}

/// Checks a plan as it would be written.
pub fn check_plan(problem: &Problem, plan: &Plan) -> Report {
    let mut findings = Findings::new(problem);
    let roster = Roster::from_plan(problem, plan, &mut findings);
    examine(problem, &roster, findings)
}

fn examine(problem: &Problem, roster: &Roster, mut findings: Findings) -> Report {
    let facts = Facts::of(problem);
    roster::pins_are_kept(problem, roster, &mut findings);
    for listed in &roster.listed {
        for fault in visit::faults(&facts, listed) {
            findings.visit(listed, fault);
        }
    }
    own::grants(&facts, roster, &mut findings);
    shared::clients(&facts, roster, &mut findings);
    shared::carers(&facts, roster, &mut findings);
    shared::providers(&facts, roster, &mut findings);
    let routes = day::routes(&facts, roster);
    for route in &routes {
        day::faults(&facts, route, &mut findings);
    }
    Report {
        broken: findings.broken,
        overrides: findings.overrides,
        terms: terms::of(&facts, roster, &routes),
        visits: roster.rows,
        due_minutes: facts.grants.values().iter().map(|grant| grant.due).sum(),
        delivered_minutes: roster.minutes,
        grants: terms::grant_reports(&facts, roster),
        added_travel: terms::added_travel(&facts, &routes),
        released: terms::released(&facts, roster),
    }
}
