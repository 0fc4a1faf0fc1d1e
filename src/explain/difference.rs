//! What a new roster changes for each client and each carer, and why.
//!
//! A visit that is gone is asked of today's week: if a rule forbids it now, the rule is the reason (the carer is ill, the
//! client is away, something was agreed). If nothing forbids it, the planner may have fixed something, or its time went
//! to somebody for whom something had changed; else the whole plan is better so.

use std::collections::BTreeMap;

use super::changes::{Change, changes};
use crate::check::{Finding, check_plan};
use crate::ids::{CarerId, ClientId, GrantId};
use crate::plan::Plan;
use crate::problem::{Problem, Visit};
use crate::units::Minutes;

/// Why a visit does not stay as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The carer is away at that time.
    CarerAway,
    /// The client is away at that time.
    ClientAway,
    /// The family's times are others now.
    Times,
    /// Another rule forbids it now.
    Rule(&'static str),
    /// The planner has fixed a visit of the grant.
    Fixed,
    /// The planner has fixed another visit in the carer's time.
    FixedElsewhere,
    /// The carer is with somebody else at that time: whom, and whether they were visited before.
    Needed { grant: GrantId, is_new: bool },
    /// Nothing forbids it: the plan as a whole is better so.
    Whole,
}

/// What changes for one grant.
#[derive(Clone, Debug)]
pub struct GrantChange {
    pub change: Change,
    /// For each visit of `change.before`.
    pub causes: Vec<Cause>,
    /// Whether the grant had no visit in the old roster.
    pub is_new: bool,
    /// All minutes of the grant in the old roster and in the new one.
    pub minutes: [Minutes; 2],
}

/// What changes for one carer: visits that are gone, and visits that are new.
#[derive(Clone, Debug, Default)]
pub struct CarerChange {
    pub before: Vec<Visit>,
    pub after: Vec<Visit>,
}

/// Two rosters of a week.
#[derive(Clone, Debug)]
pub struct Difference {
    pub clients: BTreeMap<ClientId, Vec<GrantChange>>,
    pub carers: BTreeMap<CarerId, CarerChange>,
    /// Rows of the old roster whose grant or carer the week no longer knows.
    pub lost_rows: u32,
    /// Visits that stand in both.
    pub kept: usize,
    /// Visits and minutes of the old roster and of the new one.
    pub totals: [(usize, Minutes); 2],
}

/// What is different between an old and a new roster; `lost_rows` of the old one are not among its visits.
pub fn difference(problem: &Problem, (old, lost_rows): (&[Visit], u32), new: &[Visit]) -> Difference {
    let mut clients: BTreeMap<ClientId, Vec<GrantChange>> = BTreeMap::new();
    let mut carers: BTreeMap<CarerId, CarerChange> = BTreeMap::new();
    let of = |visits: &[Visit], wanted: &dyn Fn(&Visit) -> bool| {
        visits.iter().filter(|visit| wanted(visit)).map(|visit| visit.span.length()).sum::<Minutes>()
    };
    for change in changes(old, new) {
        let change = paired(change);
        change.before.iter().for_each(|visit| carers.entry(visit.carer).or_default().before.push(*visit));
        change.after.iter().for_each(|visit| carers.entry(visit.carer).or_default().after.push(*visit));
        let causes = change.before.iter().map(|visit| cause(problem, *visit, (old, new))).collect();
        let is_new = old.iter().all(|visit| visit.grant != change.grant);
        let client = problem.grants[change.grant].client;
        let minutes = [old, new].map(|visits| of(visits, &|visit| visit.grant == change.grant));
        clients.entry(client).or_default().push(GrantChange { change, causes, is_new, minutes });
    }
    let kept = old.iter().filter(|visit| new.contains(visit)).count();
    let totals = [old, new].map(|visits| (visits.len(), of(visits, &|_| true)));
    Difference { clients, carers, lost_rows, kept, totals }
}

/// The change with its visits in such an order that each one that is gone stands at the place of the one that comes in
/// its stead: one of the same day if there is any.
fn paired(change: Change) -> Change {
    let (mut before, mut new) = (change.before, change.after);
    before.sort_by_key(|visit| visit.span);
    new.sort_by_key(|visit| visit.span);
    let mut same_day = |visit: &Visit| {
        let at = new.iter().position(|other| other.span.start.day() == visit.span.start.day());
        at.map(|at| new.remove(at))
    };
    let mut pairs: Vec<(Visit, Option<Visit>)> = before.into_iter().map(|visit| (visit, same_day(&visit))).collect();
    let mut rest = new.into_iter();
    for (_, instead) in pairs.iter_mut().filter(|(_, instead)| instead.is_none()) {
        *instead = rest.next();
    }
    // What is gone without anything in its stead comes last.
    pairs.sort_by_key(|(_, instead)| instead.is_none());
    let after = pairs.iter().filter_map(|(_, instead)| *instead).chain(rest).collect();
    Change { before: pairs.into_iter().map(|(visit, _)| visit).collect(), after, ..change }
}

fn cause(problem: &Problem, visit: Visit, (old, new): (&[Visit], &[Visit])) -> Cause {
    forbidden(problem, visit)
        .or_else(|| fixed(problem, visit, old))
        .or_else(|| needed(visit, (old, new)))
        .unwrap_or(Cause::Whole)
}

/// The rule that forbids a visit in the week as it is now.
fn forbidden(problem: &Problem, visit: Visit) -> Option<Cause> {
    let client = problem.client_of(visit.grant);
    if problem.carers[visit.carer].absences.iter().any(|away| away.overlaps(visit.span)) {
        return Some(Cause::CarerAway);
    }
    let report = check_plan(problem, &Plan::of_roster(&[visit]));
    let of_visit = |finding: &&Finding| finding.visit == Some(visit);
    match report.broken.iter().find(of_visit)?.rule {
        "H6" if client.absences.iter().any(|away| away.span.overlaps(visit.span)) => Some(Cause::ClientAway),
        "H4" | "H5" => Some(Cause::Times),
        rule => Some(Cause::Rule(rule)),
    }
}

/// A pin that the old roster did not have, in the carer's time or of the same grant.
fn fixed(problem: &Problem, visit: Visit, old: &[Visit]) -> Option<Cause> {
    let mut fresh = problem.pins.iter().filter(|pin| !old.contains(pin));
    let pin =
        fresh.find(|pin| pin.grant == visit.grant || (pin.carer == visit.carer && pin.span.overlaps(visit.span)))?;
    Some(if pin.grant == visit.grant { Cause::Fixed } else { Cause::FixedElsewhere })
}

/// A new visit in the carer's time.
fn needed(visit: Visit, (old, new): (&[Visit], &[Visit])) -> Option<Cause> {
    let in_time = |other: &&Visit| {
        other.carer == visit.carer
            && other.grant != visit.grant
            && other.span.overlaps(visit.span)
            && !old.contains(other)
    };
    let other = new.iter().find(in_time)?;
    Some(Cause::Needed { grant: other.grant, is_new: old.iter().all(|before| before.grant != other.grant) })
}
