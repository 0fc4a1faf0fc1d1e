//! The score (model, section 5), fewer points being better:
//!
//! ```text
//! score = Σ_grant  max(0, due − delivered) × (need + ⌊seniority × min(weeks, 52) / 52⌋)    unmet
//!       + Σ_visit  new_carer       where the carer is not familiar to the client
//!       + Σ_grant  extra_carer     × (distinct carers − 1)
//!       + Σ_visit  not_preferred   where the grant has preferred windows and the visit lies in none
//!       + Σ_shift  travel_minute   × (travel with the visits − travel of the bookings alone)
//!       − Σ_booking absorbed_minute × its minutes, where a visit absorbs it
//!       + Σ_published changed      where the roster does not keep the visit
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::day::{Route, absorbs, stops, total_travel};
use super::facts::Facts;
use super::roster::{Listed, Roster, grant, total_minutes};
use super::{GrantReport, Released};
use crate::ids::{BookingId, CarerId, GrantId, IdVec};
use crate::plan::Terms;
use crate::units::{Minutes, Points};

/// Every term of the roster's score.
pub(super) fn of(facts: &Facts, roster: &Roster, routes: &[Route]) -> Terms {
    let weights = &facts.problem.policy.weights;
    Terms {
        unmet: unmet(facts, roster),
        new_carer: weights.new_carer * count(roster, |listed| !is_familiar(facts, listed)),
        extra_carer: weights.extra_carer * extra_carers(roster),
        not_preferred: weights.not_preferred * count(roster, |listed| is_not_preferred(facts, listed)),
        travel: weights.travel_minute * added_travel(facts, routes),
        absorbed: -(weights.absorbed_minute * absorbed_minutes(facts, roster)),
        changed: weights.changed * changed(facts, roster),
    }
}

/// State, due and delivered minutes of every grant.
pub(super) fn grant_reports(facts: &Facts, roster: &Roster) -> IdVec<GrantId, GrantReport> {
    let delivered = delivered(facts, roster);
    let report = |id: GrantId| {
        let grant = &facts.grants[id];
        GrantReport { state: grant.state, due: grant.due, delivered: delivered[id] }
    };
    IdVec::from_fn(facts.grants.len(), report)
}

/// The bookings that visits of other carers absorb, and no visit of their own.
pub(super) fn released(facts: &Facts, roster: &Roster) -> Vec<Released> {
    let owner = |booking: BookingId| facts.problem.bookings[booking].carer;
    absorbed(facts, roster)
        .into_iter()
        .filter(|(booking, visits)| visits.iter().all(|listed| listed.visit.carer != owner(*booking)))
        .map(|(booking, visits)| Released { booking, carer: owner(booking), absorbed_by: visits[0].visit })
        .collect()
}

fn delivered(facts: &Facts, roster: &Roster) -> IdVec<GrantId, Minutes> {
    let mut delivered = IdVec::from_fn(facts.grants.len(), |_| Minutes(0));
    for (grant, visits) in roster.by(grant) {
        delivered[grant] = total_minutes(&visits);
    }
    delivered
}

fn unmet(facts: &Facts, roster: &Roster) -> Points {
    let delivered = delivered(facts, roster);
    facts.grants.iter().map(|(id, grant)| grant.unmet_minute * (grant.due - delivered[id]).max(Minutes(0))).sum()
}

fn count(roster: &Roster, counts: impl Fn(&Listed) -> bool) -> i64 {
    whole(roster.listed.iter().filter(|listed| counts(listed)).count())
}

fn is_familiar(facts: &Facts, listed: &Listed) -> bool {
    let client = facts.problem.grants[listed.visit.grant].client;
    facts.problem.familiar.contains(&(client, listed.visit.carer))
}

fn extra_carers(roster: &Roster) -> i64 {
    let carers = |visits: Vec<&Listed>| visits.iter().map(|v| v.visit.carer).collect::<BTreeSet<CarerId>>().len();
    roster.by(grant).into_values().map(|visits| whole(carers(visits)) - 1).sum()
}

fn is_not_preferred(facts: &Facts, listed: &Listed) -> bool {
    let preferred = &facts.grants[listed.visit.grant].preferred;
    !preferred.is_empty() && !preferred.iter().any(|window| window.covers(listed.visit.span))
}

/// The travel that the visits add in all shifts.
pub(super) fn added_travel(facts: &Facts, routes: &[Route]) -> Minutes {
    routes.iter().map(|route| added_by_route(facts, route)).sum()
}

/// The travel of the whole day's route minus that of the bookings alone, absorbed ones included.
fn added_by_route(facts: &Facts, route: &Route) -> Minutes {
    let shift = route.shift;
    total_travel(facts, shift, &route.stops) - total_travel(facts, shift, &stops(facts, shift, &[]))
}

/// The bookings that visits absorb, each with those visits.
fn absorbed<'r>(facts: &Facts, roster: &'r Roster) -> BTreeMap<BookingId, Vec<&'r Listed>> {
    let mut absorbed: BTreeMap<BookingId, Vec<&Listed>> = BTreeMap::new();
    for listed in &roster.listed {
        for booking in &facts.grants[listed.visit.grant].absorbable {
            if absorbs(facts, listed, *booking) {
                absorbed.entry(*booking).or_default().push(listed);
            }
        }
    }
    absorbed
}

fn absorbed_minutes(facts: &Facts, roster: &Roster) -> Minutes {
    absorbed(facts, roster).keys().map(|booking| facts.problem.bookings[*booking].span.length()).sum()
}

/// The published rows that are not kept; those of grants or carers that are gone cannot be.
fn changed(facts: &Facts, roster: &Roster) -> i64 {
    let Some(published) = &facts.problem.published else { return 0 };
    let moved = published.visits.iter().filter(|visit| !roster.kept.contains(visit)).count();
    whole(moved) + i64::from(published.lost_rows)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).expect("a roster has fewer than 2^63 rows")
}
