//! The points of a plan without any new visit: what every plan of the week starts from.

use std::collections::BTreeSet;

use super::day;
use crate::ids::{BookingId, CarerId};
use crate::problem::Problem;
use crate::rules::{GrantRules, Rulebook};
use crate::units::{Minutes, Points};

/// All minutes due that pins do not deliver, and the pins' own points.
pub(super) fn points(problem: &Problem, book: &Rulebook) -> Points {
    let grants: Points = book.grants.iter().map(|(_, rules)| of_grant(problem, rules)).sum();
    grants + pinned_travel(problem, book) - absorbed(problem, book) + unpinned_publications(problem)
}

fn of_grant(problem: &Problem, rules: &GrantRules) -> Points {
    let weights = &problem.policy.weights;
    let unmet = (rules.due - rules.pinned_minutes()).max(Minutes(0));
    let carers: BTreeSet<CarerId> = rules.pins.iter().map(|pin| pin.carer).collect();
    let further = weights.extra_carer * (carers.len() as i64 - 1).max(0);
    let new = rules.pins.iter().filter(|p| !problem.familiar.contains(&(problem.grants[p.grant].client, p.carer)));
    let inside = |span| rules.preferred.iter().any(|window| window.covers(span));
    let outside = rules.pins.iter().filter(|pin| !rules.preferred.is_empty() && !inside(pin.span));
    rules.unmet_weight * unmet
        + further
        + weights.new_carer * new.count() as i64
        + weights.not_preferred * outside.count() as i64
}

fn pinned_travel(problem: &Problem, book: &Rulebook) -> Points {
    let shifts = problem.shifts.ids().map(|shift| day::pinned_travel(problem, book, shift));
    problem.policy.weights.travel_minute * shifts.sum::<i64>()
}

/// Each booking that a pin absorbs counts once.
fn absorbed(problem: &Problem, book: &Rulebook) -> Points {
    let of_pin = |pin: &crate::problem::Visit| {
        let span = pin.span;
        let covered = book.grants[pin.grant].absorbable.iter().copied();
        covered.filter(move |b| span.covers(problem.bookings[*b].span)).collect::<Vec<BookingId>>()
    };
    let bookings: BTreeSet<BookingId> = problem.pins.iter().flat_map(of_pin).collect();
    let minutes: Minutes = bookings.iter().map(|b| problem.bookings[*b].span.length()).sum();
    problem.policy.weights.absorbed_minute * minutes
}

/// Published visits that are no pins count as changed until a route keeps them.
fn unpinned_publications(problem: &Problem) -> Points {
    let Some(published) = &problem.published else { return Points(0) };
    let unpinned = published.visits.iter().filter(|visit| !problem.is_pinned(**visit)).count() as i64;
    problem.policy.weights.changed * (unpinned + i64::from(published.lost_rows))
}
