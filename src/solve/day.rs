//! A shift as pricing sees it: the stops that do not move, the gaps between them, and every choice of a visit.
//!
//! Bookings and pins are the fixed stops `0..n` of a shift, in the order of start, then end (H11). Gap `i` lies
//! before fixed stop `i`; gap `n` before the way home. A visit stands in one gap, or spans several where it absorbs
//! the carer's own bookings between them (H14). A [`Choice`] is a visit of one length whose start may be anywhere
//! in a range in which nothing but the time changes: the same gap, the same points. So a route is a sequence of
//! choices, and starting each as early as possible is best.

use std::collections::HashMap;

use super::choices;
use crate::ids::{BookingId, CarerId, GrantId, ShiftId};
use crate::problem::{Place, Problem, Task, Visit};
use crate::rules::Rulebook;
use crate::travel;
use crate::units::{Day, Moment, Span};

/// A place of the shift: 0 is where it starts and ends, then the fixed stops, then the homes of clients.
pub(super) type Node = u16;

/// Of shifts with more places than this the detours are bounded by the longest way.
const NODES_LOOKED_AT: usize = 160;

/// Where the shift starts and ends.
pub(super) const BASE: Node = 0;

/// A shift with its fixed stops, gaps and choices. Times are minutes after Monday, costs whole points.
#[derive(Clone, Debug)]
pub(super) struct ShiftDay {
    pub shift: ShiftId,
    pub carer: CarerId,
    pub day: Day,
    pub span: Span,
    /// Minutes between the starts that the policy allows.
    pub grid: i32,
    /// Points per minute of travel.
    pub travel_minute: i64,
    pub gaps: Vec<Gap>,
    /// The break that the shift must keep once it has a visit that is not pinned (H12).
    pub pause: Option<Pause>,
    /// Travel of the fixed stops alone, pins' absorption considered.
    pub fixed_travel: i64,
    /// The grants and lengths that could be visited, in order; see [`Choice::kind`].
    pub kinds: Vec<DayKind>,
    /// In the order of kind, then window and start.
    pub choices: Vec<Choice>,
    /// How many of something exclusive there are: see [`Choice::slot`].
    pub slots: usize,
    /// The least that a visit at this node adds to the travel between any two others; indexed by node.
    pub least_detour: Vec<i32>,
    /// The longest way to or from this node; indexed by node.
    pub longest_leg: Vec<i32>,
    legs: Vec<i32>,
    nodes: usize,
}

/// The time between two fixed stops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// The fixed stop before it, or the base.
    pub before: Node,
    /// When the carer may leave that stop: it and all earlier ones have ended.
    pub opens: i32,
    /// The fixed stop after it, or the base.
    pub after: Node,
    /// When that stop starts, or the shift ends.
    pub closes: i32,
}

/// The break of a shift, as moments of its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pause {
    pub minutes: i32,
    pub from: i32,
    pub to: i32,
}

/// A visit to a grant of one length, whenever it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayKind {
    pub grant: GrantId,
    pub length: i32,
}

/// A visit of one length that may start anywhere in `first..=last` for the same points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// Which of the day's [`DayKind`]s it is.
    pub kind: u32,
    /// Choices of one slot exclude each other: one visit a grant, and one relief visit a client, on a day (H3).
    pub slot: u16,
    pub node: Node,
    pub gap: u16,
    /// The gap in which the carer is afterwards; beyond `gap` where bookings between are absorbed.
    pub next_gap: u16,
    pub length: i32,
    /// The first start; starts after it lie on the grid.
    pub first: i32,
    pub last: i32,
    /// All points that belong to the visit itself: not travel.
    pub cost: i64,
}

impl Pause {
    /// Whether the break fits between leaving a place at `free` and the next stop's `start`, before or after the way.
    pub fn fits(self, free: i32, leg: i32, start: i32) -> bool {
        free.max(self.from) + self.minutes <= self.to.min(start - leg)
            || (free + leg).max(self.from) + self.minutes <= self.to.min(start)
    }

    /// The earliest arrival when the break is kept on this way; `None` where it cannot be.
    pub fn earliest_after(self, free: i32, leg: i32) -> Option<i32> {
        let there = (free + leg).max(self.from) + self.minutes;
        let here = free.max(self.from) + self.minutes;
        if there <= self.to { Some(there) } else { (here <= self.to).then_some(here + leg) }
    }
}

/// What a shift is made of.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub problem: &'a Problem,
    pub book: &'a Rulebook,
    /// How often a visit stands in the published roster.
    pub published: &'a HashMap<Visit, i64>,
}

/// A stop that does not move.
#[derive(Clone, Copy, Debug)]
pub(super) struct FixedStop {
    pub span: Span,
    pub place: Place,
    /// The booking that it is; pins have none.
    pub booking: Option<BookingId>,
}

impl ShiftDay {
    pub fn leg(&self, from: Node, to: Node) -> i32 {
        self.legs[usize::from(from) * self.nodes + usize::from(to)]
    }

    /// Puts together a shift and everything in it that could be visited for one of `grants`.
    pub fn new(context: &Context<'_>, shift: ShiftId, grants: &[GrantId]) -> Self {
        let (problem, book) = (context.problem, context.book);
        let row = &problem.shifts[shift];
        let stops = fixed_stops(problem, book, shift);
        let gaps = gaps(row.span, &stops);
        let found = choices::of_shift(
            &choices::Asked { problem, book, shift, stops: &stops, published: context.published },
            grants,
        );
        let base = problem.carers[row.carer].start;
        let places: Vec<Place> = [base].into_iter().chain(stops.iter().map(|s| s.place)).chain(found.homes).collect();
        let mut day = ShiftDay {
            shift,
            carer: row.carer,
            day: row.day,
            span: row.span,
            grid: problem.policy.start_grid.0,
            travel_minute: problem.policy.weights.travel_minute.0,
            gaps,
            pause: pause(problem, shift),
            fixed_travel: 0,
            kinds: found.kinds,
            choices: found.choices,
            slots: found.slots,
            least_detour: Vec::new(),
            longest_leg: Vec::new(),
            legs: legs(problem, row.carer, &places),
            nodes: places.len(),
        };
        day.fixed_travel =
            if stops.is_empty() { 0 } else { day.gaps.iter().map(|g| i64::from(day.leg(g.before, g.after))).sum() };
        day.least_detour = day.least_detours(problem);
        day.longest_leg = (0..day.nodes).map(|v| day.longest_leg_at(v)).collect();
        day
    }

    /// The earliest start of a choice from `time` on.
    pub fn start_from(&self, choice: &Choice, time: i32) -> Option<i32> {
        if time <= choice.first {
            return Some(choice.first);
        }
        let start = choices::on_grid(time, self.day.span().start.0, self.grid);
        (start <= choice.last).then_some(start)
    }

    /// Computed ways break the triangle inequality only by rounding and where places less than 50 m apart count as
    /// one, so a bound will do; with `travel.csv` each place is looked at, as long as there are not too many.
    fn least_detours(&self, problem: &Problem) -> Vec<i32> {
        let longest = self.legs.iter().copied().max().unwrap_or(0);
        if problem.travel_overrides.is_empty() {
            let transport = problem.carers[self.carer].transport;
            return vec![-travel::broken_triangle(problem, transport).0.min(longest); self.nodes];
        }
        if self.nodes > NODES_LOOKED_AT {
            return vec![-longest; self.nodes];
        }
        (0..self.nodes).map(|v| self.least_detour_at(v)).collect()
    }

    fn longest_leg_at(&self, node: usize) -> i32 {
        let away = self.legs[node * self.nodes..(node + 1) * self.nodes].iter();
        let here = self.legs.iter().skip(node).step_by(self.nodes);
        away.chain(here).copied().max().unwrap_or(0)
    }

    fn least_detour_at(&self, via: usize) -> i32 {
        let row = |from: usize| &self.legs[from * self.nodes..(from + 1) * self.nodes];
        let onward = row(via);
        let from_each = (0..self.nodes).map(|from| {
            let (direct, to_via) = (row(from), self.legs[from * self.nodes + via]);
            direct.iter().zip(onward).map(|(direct, on)| to_via + on - direct).min().unwrap_or(0)
        });
        from_each.min().unwrap_or(0)
    }
}

fn legs(problem: &Problem, carer: CarerId, places: &[Place]) -> Vec<i32> {
    let transport = problem.carers[carer].transport;
    let pairs = places.iter().flat_map(|from| places.iter().map(move |to| (*from, *to)));
    pairs.map(|(from, to)| travel::minutes(problem, transport, from, to).0).collect()
}

fn gaps(span: Span, stops: &[FixedStop]) -> Vec<Gap> {
    let mut gaps = Vec::with_capacity(stops.len() + 1);
    let (mut before, mut opens) = (BASE, span.start.0);
    for (stop, node) in stops.iter().zip(1..) {
        gaps.push(Gap { before, opens, after: node, closes: stop.span.start.0 });
        (before, opens) = (node, opens.max(stop.span.end.0));
    }
    gaps.push(Gap { before, opens, after: BASE, closes: span.end.0 });
    gaps
}

/// Bookings and pins of a shift in order, without the bookings that its pins absorb.
pub(super) fn fixed_stops(problem: &Problem, book: &Rulebook, shift: ShiftId) -> Vec<FixedStop> {
    let pins = pins_of(problem, shift);
    let mut stops = booking_stops(problem, shift);
    stops.retain(|stop| {
        let absorbs = |pin: &Visit| {
            stop.booking.is_some_and(|b| book.grants[pin.grant].absorbable.contains(&b)) && pin.span.covers(stop.span)
        };
        !pins.iter().any(absorbs)
    });
    in_order(stops, &pins, problem)
}

fn in_order(mut stops: Vec<FixedStop>, pins: &[Visit], problem: &Problem) -> Vec<FixedStop> {
    let home = |pin: &Visit| problem.client_of(pin.grant).home;
    stops.extend(pins.iter().map(|pin| FixedStop { span: pin.span, place: home(pin), booking: None }));
    stops.sort_by_key(|stop| (stop.span.start, stop.span.end));
    stops
}

fn pins_of(problem: &Problem, shift: ShiftId) -> Vec<Visit> {
    let row = &problem.shifts[shift];
    problem.pins.iter().copied().filter(|pin| pin.carer == row.carer && pin.span.overlaps(row.span)).collect()
}

fn booking_stops(problem: &Problem, shift: ShiftId) -> Vec<FixedStop> {
    let row = &problem.shifts[shift];
    let own = problem.bookings.iter().filter(|(_, b)| b.carer == row.carer && b.span.overlaps(row.span));
    own.map(|(id, b)| FixedStop { span: b.span, place: b.place, booking: Some(id) }).collect()
}

/// Travel minutes from the base through the stops and back; none without stops.
fn route_travel(problem: &Problem, carer: CarerId, stops: &[FixedStop]) -> i64 {
    if stops.is_empty() {
        return 0;
    }
    let row = &problem.carers[carer];
    let base = [row.start];
    let places: Vec<Place> = base.into_iter().chain(stops.iter().map(|s| s.place)).chain(base).collect();
    let legs = places.windows(2).map(|leg| travel::minutes(problem, row.transport, leg[0], leg[1]));
    legs.map(|minutes| i64::from(minutes.0)).sum()
}

/// Travel minutes that the pins alone add to a shift: a constant of every plan.
pub(super) fn pinned_travel(problem: &Problem, book: &Rulebook, shift: ShiftId) -> i64 {
    let carer = problem.shifts[shift].carer;
    let bookings = in_order(booking_stops(problem, shift), &[], problem);
    route_travel(problem, carer, &fixed_stops(problem, book, shift)) - route_travel(problem, carer, &bookings)
}

/// H12's own conditions: long enough, over the break's hours, no break booked, and one is left by bookings and pins.
fn pause(problem: &Problem, shift: ShiftId) -> Option<Pause> {
    let (policy, row) = (&problem.policy.pause, &problem.shifts[shift]);
    let at = |time| row.day.at(time).0;
    let pause = Pause { minutes: policy.minutes.0, from: at(policy.from), to: at(policy.to) };
    let inside = pause.to.min(row.span.end.0) - pause.from.max(row.span.start.0);
    let booked = |b: &FixedStop| b.booking.is_some_and(|id| problem.bookings[id].task == Task::Break);
    let stops = booking_stops(problem, shift);
    if pause.minutes <= 0
        || row.span.length() < policy.shift_minutes_min
        || inside < pause.minutes
        || stops.iter().any(booked)
    {
        return None;
    }
    let stops = in_order(stops, &pins_of(problem, shift), problem);
    has_break(problem, shift, &stops, pause).then_some(pause)
}

fn has_break(problem: &Problem, shift: ShiftId, stops: &[FixedStop], pause: Pause) -> bool {
    let row = &problem.shifts[shift];
    let carer = &problem.carers[row.carer];
    let (mut free, mut place): (Moment, Place) = (row.span.start, carer.start);
    let home = FixedStop { span: Span::new(row.span.end, row.span.end), place: carer.start, booking: None };
    for stop in stops.iter().chain([&home]) {
        let leg = travel::minutes(problem, carer.transport, place, stop.place).0;
        if pause.fits(free.0, leg, stop.span.start.0) {
            return true;
        }
        (free, place) = (free.max(stop.span.end), stop.place);
    }
    false
}
