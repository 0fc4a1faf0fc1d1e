//! Which new visits a shift could hold, and what each costs by itself (H1 to H10, H14 and section 5 of the model).

use std::collections::HashMap;

use super::shift::Stop;
use crate::ids::{BookingId, CarerId, ClientId, GrantId};
use crate::problem::{Place, Problem, Service, Shift, Visit};
use crate::rules::{GrantRules, Rulebook};
use crate::units::{Minutes, Moment, Span};

/// A visit to a grant of one length, whenever it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub grant: GrantId,
    pub length: i32,
}

/// A visit that may start at `first`, or on the grid after it up to `last`: all these starts have the same points and
/// the same stops before and after them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// Which of the shift's kinds it is.
    pub kind: usize,
    /// A route has no two visits of one slot: of one grant, or of one client's relief, on a day (H3).
    pub slot: usize,
    pub place: usize,
    /// So many stops stand before it.
    pub gap: usize,
    /// So many stops are over or absorbed once it has ended.
    pub next_gap: usize,
    pub length: i32,
    pub first: i32,
    pub last: i32,
    /// Points without travel.
    pub points: i64,
}

/// Whose offers are asked for.
pub(super) struct Asked<'a> {
    pub problem: &'a Problem,
    pub book: &'a Rulebook,
    pub carer: CarerId,
    pub row: &'a Shift,
    pub stops: &'a [Stop],
    /// How often a visit stands in the published roster.
    pub published: &'a HashMap<Visit, i64>,
}

#[derive(Default)]
pub(super) struct Found {
    pub kinds: Vec<Kind>,
    pub offers: Vec<Offer>,
    pub slots: usize,
    /// The homes of clients, in the order of their places.
    pub homes: Vec<Place>,
}

/// How often each visit stands in the published roster.
pub(super) fn published(problem: &Problem) -> HashMap<Visit, i64> {
    let mut published = HashMap::new();
    for visit in problem.published.iter().flat_map(|published| &published.visits) {
        *published.entry(*visit).or_insert(0) += 1;
    }
    published
}

/// H14: whether a booking is done within a visit.
pub(super) fn absorbs(problem: &Problem, book: &Rulebook, visit: Visit, booking: Option<BookingId>) -> bool {
    booking.is_some_and(|id| {
        book.grants[visit.grant].absorbable.contains(&id) && visit.span.covers(problem.bookings[id].span)
    })
}

/// All offers of a shift.
pub(super) fn of_shift(asked: &Asked<'_>) -> Found {
    let mut found = Found::default();
    let mut slots: HashMap<(Option<ClientId>, Option<GrantId>), usize> = HashMap::new();
    let mut homes: HashMap<ClientId, usize> = HashMap::new();
    for (grant, rules) in asked.book.grants.iter() {
        if rules.blocked[usize::from(asked.row.day.0)] || rules.carers.binary_search(&asked.carer).is_err() {
            continue;
        }
        for length in &rules.lengths.each {
            let starts = asked.starts(grant, rules, *length);
            if starts.is_empty() {
                continue;
            }
            let row = &asked.problem.grants[grant];
            let relief = row.service != Service::PracticalRelief;
            let exclusive = (relief.then_some(row.client), (!relief).then_some(grant));
            let slot = slots.len();
            let slot = *slots.entry(exclusive).or_insert(slot);
            let place = *homes.entry(row.client).or_insert_with(|| {
                found.homes.push(asked.problem.clients[row.client].home);
                asked.stops.len() + found.homes.len()
            });
            let kind = found.kinds.len();
            found.kinds.push(Kind { grant, length: length.0 });
            found.offers.extend(starts.into_iter().map(|offer| Offer { kind, slot, place, ..offer }));
        }
    }
    found.slots = slots.len();
    found
}

impl Asked<'_> {
    /// The offers of a grant and length, still without kind, slot and place.
    fn starts(&self, grant: GrantId, rules: &GrantRules, length: Minutes) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        for window in &rules.windows {
            let (from, to) = (window.start.max(self.row.span.start), window.end.min(self.row.span.end) - length);
            let midnight = self.row.day.span().start.0;
            let allowed =
                |start: &i32| *start == window.start.0 || (start - midnight) % self.problem.policy.start_grid.0 == 0;
            let mut goes_on = false;
            for start in (from.0..=to.0).filter(allowed) {
                let span = Span::new(Moment(start), Moment(start) + length);
                let offer = self.offer(Visit { grant, carer: self.carer, span }, rules);
                let like = |a: &Offer, b: &Offer| (a.points, a.gap, a.next_gap) == (b.points, b.gap, b.next_gap);
                match (offer, offers.last_mut()) {
                    (Some(offer), Some(last)) if goes_on && like(&offer, last) => last.last = start,
                    (Some(offer), _) => offers.push(offer),
                    (None, _) => {}
                }
                goes_on = offer.is_some();
            }
        }
        offers
    }

    /// A visit at one start, if the carer is there and free of all stops but those that it absorbs (H10, H14).
    fn offer(&self, visit: Visit, rules: &GrantRules) -> Option<Offer> {
        let span = visit.span;
        let absent = self.problem.carers[self.carer].absences.iter().any(|away| away.overlaps(span));
        let in_the_way =
            |stop: &Stop| stop.span.overlaps(span) && !absorbs(self.problem, self.book, visit, stop.booking);
        if absent || self.stops.iter().any(in_the_way) {
            return None;
        }
        let (gap, next_gap) = (self.stops_before(span.start), self.stops_before(span.end));
        let (first, last) = (span.start.0, span.start.0);
        let (points, length) = (self.points(visit, rules), span.length().0);
        Some(Offer { kind: 0, slot: 0, place: 0, gap, next_gap, length, first, last, points })
    }

    fn stops_before(&self, moment: Moment) -> usize {
        self.stops.iter().take_while(|stop| stop.span.start < moment).count()
    }

    /// What the visit adds to the score by itself: travel, and carers that depend on other visits, are left out.
    fn points(&self, visit: Visit, rules: &GrantRules) -> i64 {
        let (problem, weights) = (self.problem, &self.problem.policy.weights);
        let client = problem.grants[visit.grant].client;
        let mut points = -rules.unmet_weight.0 * i64::from(visit.span.length().0);
        if !problem.familiar.contains(&(client, visit.carer)) {
            points += weights.new_carer.0;
        }
        if !rules.preferred.is_empty() && !rules.preferred.iter().any(|window| window.covers(visit.span)) {
            points += weights.not_preferred.0;
        }
        // Beside pins by others the only new visit that there can be is by one more carer.
        let pinned = rules.pins.iter().any(|pin| pin.carer == visit.carer);
        if rules.lengths.visits == 1 && !rules.pins.is_empty() && !pinned {
            points += weights.extra_carer.0;
        }
        let absorbed = rules.absorbable.iter().map(|booking| problem.bookings[*booking].span);
        let minutes: i32 = absorbed.filter(|span| visit.span.covers(*span)).map(|span| span.length().0).sum();
        points -= weights.absorbed_minute.0 * i64::from(minutes);
        points - weights.changed.0 * self.published.get(&visit).copied().unwrap_or(0)
    }
}
