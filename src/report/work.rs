//! What the carers do in the week: shifts, visits, bookings, the ways between them and breaks.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{BookingId, CarerId, ClientId, GrantId, IdVec};
use crate::plan::Plan;
use crate::problem::{Booking, Place, Problem, Shift, Task, Visit};
use crate::rules::Rulebook;
use crate::travel;
use crate::units::{Day, Minutes, Moment, Span, subtract};

/// What a stretch of a carer's time is. Later ones lie on top of earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Shift,
    Away,
    /// Free time within the policy's hours, long enough for the break that the policy asks for.
    RoomForBreak,
    Travel,
    Booking,
    /// A booking that is done within another carer's visit, so that it can be released (H14).
    Released,
    BookedBreak,
    Visit,
    Pinned,
    /// A booking that is done within a visit of the same carer (H14).
    Absorbed,
}

/// A stretch of a carer's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    pub kind: Kind,
    pub span: Span,
    pub what: What,
}

/// What in the week's files a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// The shift, or what lies between its stops.
    Nothing,
    Visit(GrantId),
    Booking(BookingId),
}

impl Block {
    fn new(kind: Kind, span: Span) -> Self {
        Block { kind, span, what: What::Nothing }
    }

    /// Who is relieved.
    pub(super) fn client(&self, problem: &Problem) -> Option<ClientId> {
        match self.what {
            What::Visit(grant) => Some(problem.grants[grant].client),
            What::Booking(_) | What::Nothing => None,
        }
    }
}

/// The blocks of every carer, those below others first.
pub(super) struct Work {
    pub carers: IdVec<CarerId, Vec<Block>>,
}

impl Work {
    pub(super) fn of(problem: &Problem, book: &Rulebook, plan: &Plan) -> Self {
        let mut desks = desks(problem, book, plan);
        for (_, shift) in problem.shifts.iter() {
            desks[shift.carer].add_shift(problem, shift);
        }
        let blocks = |carer| {
            let desk: &Desk = &desks[carer];
            let mut blocks = desk.blocks.clone();
            blocks.sort_unstable();
            blocks.dedup();
            blocks
        };
        Work { carers: IdVec::from_fn(problem.carers.len(), blocks) }
    }
}

/// A carer's fixed points, and the blocks that are known so far.
#[derive(Default)]
struct Desk {
    visits: Vec<Visit>,
    bookings: Vec<BookingId>,
    /// Bookings of this carer that a visit of the same carer absorbs: no stops.
    own_absorbed: BTreeSet<BookingId>,
    /// Those that a visit of another carer absorbs: they still stand in this carer's day.
    released: BTreeSet<BookingId>,
    blocks: Vec<Block>,
}

/// Somewhere that a carer is for a while.
#[derive(Clone, Copy)]
struct Stop {
    span: Span,
    place: Place,
}

fn desks(problem: &Problem, book: &Rulebook, plan: &Plan) -> IdVec<CarerId, Desk> {
    let mut desks: IdVec<CarerId, Desk> = IdVec::from_fn(problem.carers.len(), |_| Desk::default());
    for (id, booking) in problem.bookings.iter() {
        desks[booking.carer].bookings.push(id);
    }
    for (booking, absorbers) in absorbed(problem, book, plan) {
        let owner = problem.bookings[booking].carer;
        let desk = &mut desks[owner];
        let set = if absorbers.contains(&owner) { &mut desk.own_absorbed } else { &mut desk.released };
        set.insert(booking);
    }
    for visit in plan.visits() {
        let kind = if problem.is_pinned(*visit) { Kind::Pinned } else { Kind::Visit };
        let desk = &mut desks[visit.carer];
        desk.blocks.push(Block { kind, span: visit.span, what: What::Visit(visit.grant) });
        desk.visits.push(*visit);
    }
    desks
}

/// The bookings that visits absorb (H14), with the carers of those visits.
pub(super) fn absorbed(problem: &Problem, book: &Rulebook, plan: &Plan) -> BTreeMap<BookingId, BTreeSet<CarerId>> {
    let mut absorbed: BTreeMap<BookingId, BTreeSet<CarerId>> = BTreeMap::new();
    for visit in plan.visits() {
        for booking in &book.grants[visit.grant].absorbable {
            if visit.span.covers(problem.bookings[*booking].span) {
                absorbed.entry(*booking).or_default().insert(visit.carer);
            }
        }
    }
    absorbed
}

impl Desk {
    /// Adds a shift and what lies in it.
    fn add_shift(&mut self, problem: &Problem, shift: &Shift) {
        self.blocks.push(Block::new(Kind::Shift, shift.span));
        let absences = problem.carers[shift.carer].absences.iter();
        let away: Vec<Span> = absences.filter_map(|absence| absence.intersection(shift.span)).collect();
        self.blocks.extend(away.iter().map(|span| Block::new(Kind::Away, *span)));
        for id in self.bookings.iter().filter(|id| problem.bookings[**id].span.overlaps(shift.span)) {
            let booking = &problem.bookings[*id];
            self.blocks.push(Block { kind: self.kind(*id, booking), span: booking.span, what: What::Booking(*id) });
        }
        let stops = self.stops(problem, shift);
        let pause = Pause::of(problem, shift, &self.blocks);
        let mut between = between_stops(problem, shift, &stops, pause);
        between.retain(|block| !away.iter().any(|away| away.overlaps(block.span)));
        self.blocks.extend(between);
    }

    fn kind(&self, id: BookingId, booking: &Booking) -> Kind {
        if self.own_absorbed.contains(&id) {
            Kind::Absorbed
        } else if self.released.contains(&id) {
            Kind::Released
        } else if booking.task == Task::Break {
            Kind::BookedBreak
        } else {
            Kind::Booking
        }
    }

    /// The stops of a shift in order (H11).
    fn stops(&self, problem: &Problem, shift: &Shift) -> Vec<Stop> {
        let visits = self.visits.iter().map(|v| Stop { span: v.span, place: problem.client_of(v.grant).home });
        let kept = self.bookings.iter().filter(|id| !self.own_absorbed.contains(id)).map(|id| &problem.bookings[*id]);
        let stops = visits.chain(kept.map(|booking| Stop { span: booking.span, place: booking.place }));
        let mut stops: Vec<Stop> = stops.filter(|stop| stop.span.overlaps(shift.span)).collect();
        stops.sort_by_key(|stop| stop.span);
        stops
    }
}

/// The break that a long shift should have room for (H12).
#[derive(Clone, Copy)]
struct Pause {
    minutes: Minutes,
    within: Span,
}

impl Pause {
    /// Nothing where the shift is short, has little of the policy's hours, or has its break booked.
    fn of(problem: &Problem, shift: &Shift, blocks: &[Block]) -> Option<Pause> {
        let policy = &problem.policy.pause;
        let hours = Span::new(shift.day.at(policy.from), shift.day.at(policy.to));
        let booked = blocks.iter().any(|b| b.kind == Kind::BookedBreak && b.span.overlaps(shift.span));
        let long_enough = shift.span.length() >= policy.shift_minutes_min;
        let within = hours.intersection(shift.span).filter(|hours| hours.length() >= policy.minutes)?;
        (policy.minutes > Minutes(0) && long_enough && !booked).then_some(Pause { minutes: policy.minutes, within })
    }

    /// The first time for it within a stretch that is free.
    fn fits(self, from: Moment, to: Moment) -> Option<Span> {
        let start = self.within.start.max(from);
        let end = start + self.minutes;
        (end <= self.within.end.min(to)).then_some(Span::new(start, end))
    }
}

/// The ways from the shift's start through the stops and back, and the first time for a break.
///
/// Carers go as late as they can, so that a wait shows before the way; the way home they go at once.
fn between_stops(problem: &Problem, shift: &Shift, stops: &[Stop], mut pause: Option<Pause>) -> Vec<Block> {
    let carer = &problem.carers[shift.carer];
    let back = Stop { span: Span::new(shift.span.end, shift.span.end), place: carer.start };
    let mut from = Stop { span: Span::new(shift.span.start, shift.span.start), place: carer.start };
    let mut free = shift.span.start;
    let mut blocks = Vec::new();
    for (at, to) in stops.iter().chain([&back]).enumerate() {
        let way =
            if stops.is_empty() { Minutes(0) } else { travel::minutes(problem, carer.transport, from.place, to.place) };
        let leaves = if at == stops.len() { Leaves::AtOnce } else { Leaves::Late };
        let mut gap = Gap { free, due: to.span.start, way, leaves };
        let kept = pause.and_then(|pause| gap.keep(pause));
        blocks.extend(gap.travel().map(|span| Block::new(Kind::Travel, span)));
        if let Some(span) = kept {
            blocks.push(Block::new(Kind::RoomForBreak, span));
            pause = None;
        }
        free = free.max(to.span.end);
        from = *to;
    }
    blocks
}

/// The time between two stops.
struct Gap {
    free: Moment,
    due: Moment,
    way: Minutes,
    leaves: Leaves,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaves {
    AtOnce,
    Late,
}

impl Gap {
    /// A break wholly before or wholly after the way; the carer leaves so that it is kept.
    fn keep(&mut self, pause: Pause) -> Option<Span> {
        if let Some(before) = pause.fits(self.free, self.due - self.way) {
            if self.leaves == Leaves::AtOnce {
                let after = pause.fits(self.free + self.way, self.due);
                return after.or_else(|| {
                    self.leaves = Leaves::Late;
                    Some(before)
                });
            }
            return Some(before);
        }
        let after = pause.fits(self.free + self.way, self.due)?;
        self.leaves = Leaves::AtOnce;
        Some(after)
    }

    /// When the carer is under way, as far as there is time for it: ways between bookings are given and may be short.
    fn travel(&self) -> Option<Span> {
        let span = match self.leaves {
            Leaves::AtOnce => Span::new(self.free, self.due.min(self.free + self.way)),
            Leaves::Late => Span::new(self.free.max(self.due - self.way), self.due),
        };
        (!span.is_empty()).then_some(span)
    }
}

/// The travel of a day.
pub(super) fn travel_on(blocks: &[Block], day: Day) -> Minutes {
    let ways = blocks.iter().filter(|block| block.kind == Kind::Travel && block.span.start.day() == Some(day));
    ways.map(|way| way.span.length()).sum()
}

/// Whether a carer has a shift on the day and is not away for all of it.
pub(super) fn is_at_work(blocks: &[Block], day: Day) -> bool {
    let of = |kind: Kind| blocks.iter().filter(move |b| b.kind == kind && b.span.start.day() == Some(day));
    let away: Vec<Span> = of(Kind::Away).map(|block| block.span).collect();
    of(Kind::Shift).any(|shift| !subtract(shift.span, &away).is_empty())
}
