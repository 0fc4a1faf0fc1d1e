//! A shift as it is given: what does not move, the ways between all its places, and the break (H10 to H12).

use std::collections::HashMap;

use super::offers::{self, Kind, Offer};
use crate::ids::{BookingId, CarerId, ShiftId};
use crate::problem::{Place, Problem, Task, Visit};
use crate::rules::Rulebook;
use crate::travel;
use crate::units::{Day, Span};

/// Detours are looked at place by place where a shift has no more places than this.
const PLACES_LOOKED_AT: usize = 128;

/// A shift. Places are numbered: 0 is where it starts and ends, then the stops, then the homes of clients.
pub(super) struct Shift {
    pub id: ShiftId,
    pub carer: CarerId,
    pub day: Day,
    pub span: Span,
    pub grid: i32,
    /// Points of a minute of travel.
    pub travel_minute: i64,
    /// Bookings and pins in the order of start, then end, without bookings that a pin of the shift absorbs.
    pub stops: Vec<Stop>,
    /// The break that it must have once it has a new visit.
    pub pause: Option<Pause>,
    /// The grants and lengths that could be visited.
    pub kinds: Vec<Kind>,
    pub offers: Vec<Offer>,
    /// So many offers exclude all others of their slot; see [`Offer::slot`].
    pub slots: usize,
    places: usize,
    legs: Vec<i32>,
    /// By place: the least that coming by there adds to a way, and the longest way to or from it.
    detours: Vec<(i32, i32)>,
}

/// A booking or pin.
pub(super) struct Stop {
    pub span: Span,
    pub place: Place,
    pub booking: Option<BookingId>,
}

/// The break: so many minutes in one piece between two moments.
#[derive(Clone, Copy)]
pub(super) struct Pause {
    pub minutes: i32,
    pub from: i32,
    pub to: i32,
}

impl Pause {
    /// When the break is over if it starts as soon as possible from a moment on; `None` where it ends too late.
    pub fn over(self, from: i32) -> Option<i32> {
        let over = from.max(self.from) + self.minutes;
        (over <= self.to).then_some(over)
    }

    /// Whether it fits between `free` and `due`, wholly before or wholly after a way of so many minutes.
    pub fn fits(self, free: i32, way: i32, due: i32) -> bool {
        [(free, due - way), (free + way, due)].iter().any(|(from, to)| self.over(*from).is_some_and(|over| over <= *to))
    }
}

impl Shift {
    pub fn new(problem: &Problem, book: &Rulebook, id: ShiftId, published: &HashMap<Visit, i64>) -> Self {
        let row = &problem.shifts[id];
        let given = given(problem, id);
        let pause = pause(problem, id, &given);
        let pins: Vec<Visit> = pins(problem, id).collect();
        let done = |stop: &Stop| pins.iter().any(|pin| offers::absorbs(problem, book, *pin, stop.booking));
        let stops: Vec<Stop> = given.into_iter().filter(|stop| !done(stop)).collect();
        let found = offers::of_shift(&offers::Asked { problem, book, carer: row.carer, row, stops: &stops, published });
        let base = problem.carers[row.carer].start;
        let places: Vec<Place> = [base].into_iter().chain(stops.iter().map(|s| s.place)).chain(found.homes).collect();
        let mut shift = Shift {
            id,
            carer: row.carer,
            day: row.day,
            span: row.span,
            grid: problem.policy.start_grid.0,
            travel_minute: problem.policy.weights.travel_minute.0,
            stops,
            pause,
            kinds: found.kinds,
            offers: found.offers,
            slots: found.slots,
            places: places.len(),
            legs: legs(problem, row.carer, &places),
            detours: Vec::new(),
        };
        shift.detours = (0..shift.places).map(|place| shift.detour_at(place)).collect();
        shift
    }

    pub fn leg(&self, from: usize, to: usize) -> i32 {
        self.legs[from * self.places + to]
    }

    pub fn places(&self) -> usize {
        self.places
    }

    /// The place before a gap: the stop before it, or the base.
    pub fn place_before(&self, gap: usize) -> usize {
        gap
    }

    /// The place after a gap: the stop after it, or the base.
    pub fn place_after(&self, gap: usize) -> usize {
        if gap < self.stops.len() { gap + 1 } else { 0 }
    }

    /// When the carer is free for a gap: all stops before it have ended.
    pub fn free_at(&self, gap: usize) -> i32 {
        let ends = self.stops[..gap].iter().map(|stop| stop.span.end);
        ends.fold(self.span.start, Ord::max).0
    }

    /// When a gap ends: its stop begins, or the shift is over.
    pub fn due_at(&self, gap: usize) -> i32 {
        self.stops.get(gap).map_or(self.span.end, |stop| stop.span.start).0
    }

    /// Travel without new visits; a shift without stops has none.
    pub fn given_travel(&self) -> i64 {
        let gaps = if self.stops.is_empty() { 0..0 } else { 0..self.stops.len() + 1 };
        gaps.map(|gap| i64::from(self.leg(self.place_before(gap), self.place_after(gap)))).sum()
    }

    /// The least detour over a place, and the longest way to or from it.
    pub fn detour(&self, place: usize) -> (i32, i32) {
        self.detours[place]
    }

    fn detour_at(&self, place: usize) -> (i32, i32) {
        let ways = (0..self.places).flat_map(|other| [self.leg(place, other), self.leg(other, place)]);
        let longest = ways.max().unwrap_or(0);
        if self.places > PLACES_LOOKED_AT {
            return (-self.legs.iter().copied().max().unwrap_or(0), longest);
        }
        let pairs = (0..self.places).flat_map(|from| (0..self.places).map(move |to| (from, to)));
        let added = pairs.map(|(from, to)| self.leg(from, place) + self.leg(place, to) - self.leg(from, to));
        (added.min().unwrap_or(0), longest)
    }
}

fn legs(problem: &Problem, carer: CarerId, places: &[Place]) -> Vec<i32> {
    let minutes = |from: &Place, to: &Place| travel::minutes(problem, problem.carers[carer].transport, *from, *to).0;
    places.iter().flat_map(|from| places.iter().map(move |to| minutes(from, to))).collect()
}

fn pins(problem: &Problem, id: ShiftId) -> impl Iterator<Item = Visit> {
    let row = &problem.shifts[id];
    problem.pins.iter().copied().filter(|pin| pin.carer == row.carer && pin.span.overlaps(row.span))
}

/// All bookings and pins of a shift in order.
fn given(problem: &Problem, id: ShiftId) -> Vec<Stop> {
    let row = &problem.shifts[id];
    let bookings = problem.bookings.iter().filter(|(_, b)| b.carer == row.carer && b.span.overlaps(row.span));
    let bookings = bookings.map(|(id, b)| Stop { span: b.span, place: b.place, booking: Some(id) });
    let home = |pin: &Visit| problem.client_of(pin.grant).home;
    let pins = pins(problem, id).map(|pin| Stop { span: pin.span, place: home(&pin), booking: None });
    let mut stops: Vec<Stop> = bookings.chain(pins).collect();
    stops.sort_by_key(|stop| stop.span);
    stops
}

/// H12: the break, if the shift is long enough and over the right hours, none is booked, and what is given leaves one.
fn pause(problem: &Problem, id: ShiftId, given: &[Stop]) -> Option<Pause> {
    let (policy, row) = (&problem.policy.pause, &problem.shifts[id]);
    let hours = Span::new(row.day.at(policy.from), row.day.at(policy.to));
    let within = Span::new(hours.start.max(row.span.start), hours.end.min(row.span.end)).length();
    let is_break = |stop: &Stop| stop.booking.is_some_and(|b| problem.bookings[b].task == Task::Break);
    let asked = policy.minutes.0 > 0
        && row.span.length() >= policy.shift_minutes_min
        && within >= policy.minutes
        && !given.iter().any(is_break);
    let pause = Pause { minutes: policy.minutes.0, from: hours.start.0, to: hours.end.0 };
    (asked && leaves(problem, id, given, pause)).then_some(pause)
}

fn leaves(problem: &Problem, id: ShiftId, given: &[Stop], pause: Pause) -> bool {
    let row = &problem.shifts[id];
    let carer = &problem.carers[row.carer];
    let back = Stop { span: Span::new(row.span.end, row.span.end), place: carer.start, booking: None };
    let (mut free, mut place) = (row.span.start, carer.start);
    given.iter().chain([&back]).any(|stop| {
        let way = travel::minutes(problem, carer.transport, place, stop.place).0;
        let fits = pause.fits(free.0, way, stop.span.start.0);
        (free, place) = (free.max(stop.span.end), stop.place);
        fits
    })
}
