//! The least reduced points of any route of a shift (H10 to H12).
//!
//! A route is followed gap by gap and minute by minute. A label is a carer who has ended a stop: when, where, with or
//! without the break, with which slots visited and at what points so far. One label makes another useless if it is at
//! the same place no later, no dearer, has had its break if the other has, and has visited nothing that the other could
//! still visit but the other itself has visited. Where pairs of odd visits are charged for (`half`), a label also carries the
//! rows in which an odd visit waits for its partner; and what waits in the first label alone must not cost it so much more
//! that it is the dearer one. Labels come up in the order of time, so each is compared once.
//!
//! Labels forget: after a visit only the slots are kept that the visited slot remembers (Baldacci, Mingozzi and Roberti
//! 2011, *Operations Research* 59(5), section 4). Routes may then visit a slot twice, which can only make the least lower. Where the
//! best route does, the slots in between learn to remember, until the best route is a real one: then its points are
//! the least of all real routes.

use super::offers::Offer;
use super::pairs::{Charge, Charges, RowSet};
use super::shift::Shift;
use crate::plan::proof::MICRO;

/// Slots that labels can remember; where there are more, the least attractive are not, and may come twice.
const REMEMBERED: usize = 128;

/// Each slot remembers so many of the nearest from the start.
const NEAREST: usize = 8;

/// So many of the best routes are looked at for slots that come twice.
const LOOKED_AT: usize = 8;

/// With charges for pairs no more labels are made, and labels no more often compared, than about this.
const LABELS_MAX: usize = 1_000_000;
const COMPARED_MAX: usize = 400_000_000;

const NONE: usize = usize::MAX;

/// Which slots each slot of a shift remembers; it grows from one pricing to the next.
pub(super) struct Memory(Vec<Vec<bool>>);

impl Memory {
    /// Every slot remembers itself and those nearest to it.
    pub fn new(shift: &Shift) -> Self {
        let mut place_of = vec![0; shift.slots];
        for offer in &shift.offers {
            place_of[offer.slot] = offer.place;
        }
        let remembers = |slot: usize| {
            let mut others: Vec<usize> = (0..shift.slots).collect();
            others.sort_by_key(|other| (*other != slot, shift.leg(place_of[slot], place_of[*other])));
            let mut kept = vec![false; shift.slots];
            others.iter().take(NEAREST + 1).for_each(|other| kept[*other] = true);
            kept
        };
        Memory((0..shift.slots).map(remembers).collect())
    }

    /// All that is visited between two visits of one slot learns to remember it; whether that was news.
    fn learn(&mut self, route: &[usize]) -> bool {
        let mut news = false;
        for (at, slot) in route.iter().enumerate() {
            let Some(again) = route[at + 1..].iter().position(|other| other == slot) else { continue };
            for between in &route[at..=at + again] {
                news |= !std::mem::replace(&mut self.0[*between][*slot], true);
            }
        }
        news
    }
}

/// What the duals say of a shift.
pub(super) struct Duals<'d> {
    /// What they take off for a visit of each kind, in millionths of a point.
    pub values: &'d [i64],
    /// What they charge for pairs of odd visits.
    pub charges: &'d [Charge],
}

/// The least reduced points of a route of the shift in millionths, 0 at the most. Where that takes too many labels, only
/// the dearest charges are asked for: the least is no more then.
pub(super) fn least(shift: &Shift, duals: &Duals<'_>, memory: &mut Memory) -> i64 {
    let mut charges = Charges::of(shift, duals.charges);
    loop {
        let mut search = Search::new(shift, (duals.values, &charges), memory);
        if !search.run() {
            charges = charges.fewer();
            continue;
        }
        search.home.sort_unstable();
        let routes: Vec<Vec<usize>> = search.home.iter().take(LOOKED_AT).map(|(_, at)| search.slots_of(*at)).collect();
        let best = search.home.first().map_or(0, |(points, _)| *points);
        let learnt = routes.iter().map(|route| memory.learn(route)).take_while(|news| *news).count();
        if learnt == 0 {
            return best.min(0);
        }
    }
}

#[derive(Clone, Copy)]
struct Label {
    time: i32,
    points: i64,
    place: usize,
    rested: bool,
    /// Whether the last stop was a new visit.
    visit: bool,
    seen: u128,
    parent: usize,
    /// The slot visited, `NONE` at a given stop.
    slot: usize,
}

struct Search<'a> {
    shift: &'a Shift,
    charges: &'a Charges,
    /// Millionths of a minute of travel.
    travel: i64,
    /// Offers that may be of use with their reduced points, by gap.
    offers: Vec<Vec<(Offer, i64)>>,
    bits: Vec<u128>,
    keeps: Vec<u128>,
    /// By gap and minute the remembered slots that can still be visited.
    reach: Vec<Vec<u128>>,
    /// By gap and minute the rows in which a visit that is still to come can be odd.
    odd: Vec<Vec<Vec<u64>>>,
    labels: Vec<Label>,
    /// For each label the rows in which an odd visit waits for its partner, one set after the other.
    waits: Vec<u64>,
    /// Labels to look at, by gap and minute.
    waiting: Vec<Vec<Vec<usize>>>,
    /// Labels that others are compared with, by place, with their points, the cheapest first.
    kept: Vec<Vec<(i64, usize)>>,
    /// How often a label has been compared with another one.
    compared: usize,
    /// Points of the routes that came home, and their last label.
    home: Vec<(i64, usize)>,
}

impl<'a> Search<'a> {
    fn new(shift: &'a Shift, (values, charges): (&[i64], &'a Charges), memory: &Memory) -> Self {
        let travel = shift.travel_minute * MICRO;
        let gaps = shift.stops.len() + 1;
        let mut offers = vec![Vec::new(); gaps];
        for offer in &shift.offers {
            let points = offer.points * MICRO - values[offer.kind];
            if !is_useless(shift, offer, points, travel) {
                offers[offer.gap].push((*offer, points));
            }
        }
        let bits = bits(shift, &offers);
        let kept_bits =
            |kept: &Vec<bool>| bits.iter().zip(kept).filter(|(_, k)| **k).fold(0, |all, (bit, _)| all | bit);
        let keeps = memory.0.iter().map(kept_bits).collect();
        let join = |open: &mut RowSet, later: &RowSet| open.iter_mut().zip(later).for_each(|(o, l)| *o |= l);
        let none = vec![0; charges.words()];
        let add = |open: &mut Vec<u64>, offer: &Offer| join(open, charges.odd(offer.kind));
        let odd = reach(shift, &offers, none, add, |open, later| join(open, later));
        let add = |open: &mut u128, offer: &Offer| *open |= bits[offer.slot];
        let reach = reach(shift, &offers, 0, add, |open, later| *open |= later);
        let waiting = vec![vec![Vec::new(); minutes(shift)]; gaps];
        let (labels, waits, kept, home) = (Vec::new(), Vec::new(), vec![Vec::new(); shift.places()], Vec::new());
        Search {
            shift,
            charges,
            travel,
            offers,
            bits,
            keeps,
            reach,
            odd,
            labels,
            waits,
            waiting,
            kept,
            compared: 0,
            home,
        }
    }

    /// Follows all routes; false where charges make that too many labels.
    fn run(&mut self) -> bool {
        if self.offers.iter().all(Vec::is_empty) {
            return true;
        }
        let points = -self.shift.given_travel() * self.travel;
        let (time, rested) = (self.shift.free_at(0), self.shift.pause.is_none());
        let start = Label { time, points, place: 0, rested, visit: false, seen: 0, parent: NONE, slot: NONE };
        self.waits.extend(self.charges.own());
        self.add(0, start);
        for gap in 0..self.waiting.len() {
            self.kept.iter_mut().for_each(Vec::clear);
            for minute in 0..self.waiting[gap].len() {
                let mut labels = std::mem::take(&mut self.waiting[gap][minute]);
                labels.sort_unstable_by_key(|at| (self.labels[*at].points, *at));
                for at in labels {
                    self.look_at(gap, minute, at);
                }
                if self.is_too_much() && !self.charges.is_empty() {
                    return false;
                }
            }
        }
        true
    }

    fn is_too_much(&self) -> bool {
        self.labels.len() > LABELS_MAX || self.compared > COMPARED_MAX
    }

    fn look_at(&mut self, gap: usize, minute: usize, at: usize) {
        let label = self.labels[at];
        let reach = self.reach[gap][minute];
        let makes_useless = |(points, at_other): &(i64, usize)| {
            let other = &self.labels[*at_other];
            other.time <= label.time
                && (other.rested || !label.rested)
                && other.seen & reach & !label.seen == 0
                && points + self.dearer_by(*at_other, at, &self.odd[gap][minute]) <= label.points
        };
        let dearer = self.kept[label.place].partition_point(|(points, _)| *points <= label.points);
        let is_useless = self.kept[label.place][..dearer].iter().any(makes_useless);
        self.compared += dearer;
        if is_useless {
            return;
        }
        self.kept[label.place].insert(dearer, (label.points, at));
        let offers = std::mem::take(&mut self.offers[gap]);
        for (offer, points) in &offers {
            if label.seen & self.bits[offer.slot] == 0 {
                self.visit(at, offer, *points);
            }
        }
        self.offers[gap] = offers;
        self.go_on(gap, at);
    }

    /// The rows in which an odd visit of the label waits for its partner.
    fn waits(&self, at: usize) -> &RowSet {
        let words = self.charges.words();
        &self.waits[at * words..(at + 1) * words]
    }

    /// What one label may have to pay for pairs that the other need not: the other lacks what waits in the one.
    fn dearer_by(&self, one: usize, other: usize, odd: &RowSet) -> i64 {
        let alone = self.waits(one).iter().zip(self.waits(other)).zip(odd);
        self.charges.sum(alone.map(|((one, other), odd)| one & !other & odd))
    }

    /// What a visit of this kind pays for pairs after a label.
    fn charged(&self, at: usize, kind: usize) -> i64 {
        self.charges.sum(self.waits(at).iter().zip(self.charges.odd(kind)).map(|(waits, odd)| waits & odd))
    }

    /// To a visit as soon as possible, and as soon as possible after a break on the way.
    fn visit(&mut self, at: usize, offer: &Offer, points: i64) {
        let label = self.labels[at];
        let way = self.shift.leg(label.place, offer.place);
        let Some(start) = self.start(offer, label.time + way) else { return };
        let points = points + self.charged(at, offer.kind);
        let arrive = |start: i32, rested: bool| Label {
            time: start + offer.length,
            points: label.points + i64::from(way) * self.travel + points,
            place: offer.place,
            rested,
            visit: true,
            seen: (label.seen & self.keeps[offer.slot]) | self.bits[offer.slot],
            parent: at,
            slot: offer.slot,
        };
        let Some(pause) = self.shift.pause.filter(|pause| !label.rested && !pause.fits(label.time, way, start)) else {
            return self.add_visit(offer, arrive(start, true));
        };
        let before = pause.over(label.time).map(|over| over + way);
        let after = pause.over(label.time + way);
        let later = [before, after].into_iter().flatten().min().and_then(|time| self.start(offer, time));
        let labels = [Some(arrive(start, false)), later.map(|start| arrive(start, true))];
        labels.into_iter().flatten().for_each(|label| self.add_visit(offer, label));
    }

    /// Adds the label of a visit: where its kind is odd, its partner has come, or it waits for one.
    fn add_visit(&mut self, offer: &Offer, label: Label) {
        let parent = label.parent * self.charges.words();
        for (word, odd) in self.charges.odd(offer.kind).iter().enumerate() {
            self.waits.push(self.waits[parent + word] ^ odd);
        }
        self.add(offer.next_gap, label);
    }

    /// The first start that the offer allows from a moment on.
    fn start(&self, offer: &Offer, from: i32) -> Option<i32> {
        let (midnight, grid) = (self.shift.day.span().start.0, self.shift.grid);
        let late = (from - midnight + grid - 1).div_euclid(grid) * grid + midnight;
        let start = if from <= offer.first { offer.first } else { late };
        (start <= offer.last).then_some(start)
    }

    /// To the given stop after the gap, or home. The ways between given stops are not asked to have their time (H11).
    fn go_on(&mut self, gap: usize, at: usize) {
        let (label, shift) = (self.labels[at], self.shift);
        let (way, due) = (shift.leg(label.place, shift.place_after(gap)), shift.due_at(gap));
        if label.visit && label.time + way > due {
            return;
        }
        let rested = label.rested || shift.pause.is_some_and(|pause| pause.fits(label.time, way, due));
        let points = label.points + i64::from(way) * self.travel;
        if gap < shift.stops.len() {
            let (time, place) = (shift.free_at(gap + 1), shift.place_before(gap + 1));
            let next = Label { time, points, place, rested, visit: false, parent: at, slot: NONE, ..label };
            let words = self.charges.words();
            self.waits.extend_from_within(at * words..(at + 1) * words);
            self.add(gap + 1, next);
        } else if rested && points < 0 {
            self.home.push((points, at));
        }
    }

    /// Adds a label; what waits in it is there.
    fn add(&mut self, gap: usize, label: Label) {
        let minute = minute(self.shift, label.time);
        self.waiting[gap][minute].push(self.labels.len());
        self.labels.push(label);
    }

    fn slots_of(&self, mut at: usize) -> Vec<usize> {
        let mut slots = Vec::new();
        while at != NONE {
            let label = &self.labels[at];
            if label.slot != NONE {
                slots.push(label.slot);
            }
            at = label.parent;
        }
        slots.reverse();
        slots
    }
}

fn minutes(shift: &Shift) -> usize {
    usize::try_from(shift.span.length().0).unwrap_or(0) + 1
}

/// The minute of the shift at a moment; given stops may end after the shift.
fn minute(shift: &Shift, moment: i32) -> usize {
    usize::try_from(moment - shift.span.start.0).unwrap_or(0).min(minutes(shift) - 1)
}

/// Whether the best route needs no such visit. Without it the points are no more where it costs at least what its
/// detour can save. If it absorbs no stop, the way without it takes no longer than the way with it, as long as its
/// length makes up for the detour; and a break beside it fits into the time that it leaves, if it also makes up for the
/// longest way there. (A route of no visit at all has no points.)
fn is_useless(shift: &Shift, offer: &Offer, points: i64, travel: i64) -> bool {
    let (detour, longest) = shift.detour(offer.place);
    let made_up = if shift.pause.is_some() { longest } else { 0 };
    offer.gap == offer.next_gap && offer.length + detour >= made_up && points + i64::from(detour) * travel >= 0
}

/// A bit for each slot that is remembered, the most attractive first; 0 for the others.
fn bits(shift: &Shift, offers: &[Vec<(Offer, i64)>]) -> Vec<u128> {
    let mut best = vec![i64::MAX; shift.slots];
    for (offer, points) in offers.iter().flatten() {
        best[offer.slot] = best[offer.slot].min(*points);
    }
    let mut slots: Vec<usize> = (0..shift.slots).filter(|slot| best[*slot] < i64::MAX).collect();
    slots.sort_by_key(|slot| best[*slot]);
    let mut bits = vec![0; shift.slots];
    slots.iter().take(REMEMBERED).enumerate().for_each(|(bit, slot)| bits[*slot] = 1 << bit);
    bits
}

/// By gap and minute what can still come from then on: `add` adds an offer to it, and `join` what is there later.
fn reach<R: Clone>(
    shift: &Shift,
    offers: &[Vec<(Offer, i64)>],
    none: R,
    add: impl Fn(&mut R, &Offer),
    join: impl Fn(&mut R, &R),
) -> Vec<Vec<R>> {
    let mut reach = vec![vec![none.clone(); minutes(shift)]; offers.len()];
    let mut later = none;
    for (gap, offers) in offers.iter().enumerate().rev() {
        for (offer, _) in offers {
            add(&mut reach[gap][minute(shift, offer.last)], offer);
        }
        let mut open = later;
        for here in reach[gap].iter_mut().rev() {
            join(&mut open, here);
            here.clone_from(&open);
        }
        later = open;
    }
    reach
}
