//! Pricing: the routes of one shift with the least reduced cost, by labelling.
//!
//! A label is a carer who stands at a place at a time, having visited some slots, with or without the break, at the
//! reduced cost so far. Label A dominates B at the same gap, place and break where A is no later and no dearer, and
//! remembers no slot that B has forgotten and could still reach. What a label remembers is its *memory*: the slots visited, but at each
//! node only those in the node's neighbourhood are kept (the ng-route relaxation of Baldacci, Mingozzi and Roberti
//! 2011, *Operations Research* 59(5), section 4). A route of the relaxation may visit a slot twice: its reduced cost
//! still bounds those of all real routes from below, and where it is the best route the neighbourhoods on its cycle
//! grow (Roberti and Mingozzi 2014, *Transportation Science* 48(3), section 4) until the best route is a real one.
//!
//! A label also carries a bit for each row of halves in which an odd visit waits for its partner (`tariff`); A dominates B only
//! if it is still no dearer when it has paid for what waits in A alone and may yet find a partner (Jepsen, Petersen,
//! Spoorendonk and Pisinger 2008, section 4).
//!
//! All reduced costs are whole millionths of a point, so no tolerance hides in a comparison.

mod neighbourhoods;
mod reach;

use super::day::{BASE, Choice, Node, ShiftDay};
use super::tariff::{Parity, Tariff};
use reach::{Reach, reachable};

pub(super) use crate::plan::proof::MICRO;
pub(super) use neighbourhoods::Neighbourhoods;

/// Slots of a shift that labels can remember; the most attractive ones where there are more.
const MEMORY_BITS: usize = 128;

/// A set of remembered slots.
type Memory = u128;

/// How exactly to price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Keeps one label per place and time whatever it has visited: quick, proves nothing.
    Quick,
    /// Exact within the ng-route relaxation: gives a bound.
    Exact,
}

/// A route found: choices with their starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// Millionths of a point.
    pub reduced_cost: i64,
    /// Points: travel beyond that of the fixed stops, and what its visits cost and deliver.
    pub cost: i64,
    /// Index of the choice and the visit's start, in order.
    pub visits: Vec<(u32, i32)>,
}

/// What pricing a shift gave.
#[derive(Clone, Debug, Default)]
pub(super) struct Priced {
    /// No route of the shift has a lower reduced cost, in millionths; 0 for the empty route. Holds for [`Effort::Exact`].
    pub bound: i64,
    /// Real routes of negative reduced cost, best first.
    pub routes: Vec<Route>,
    /// Labels made: the work done.
    pub labels: u64,
}

/// How often a shift is priced again with larger neighbourhoods before its relaxed bound is taken.
const GROWTH_ROUNDS: usize = 12;

/// Prices one shift.
pub(super) fn price(
    day: &ShiftDay,
    tariff: &Tariff,
    memory: &mut Neighbourhoods,
    (effort, wanted): (Effort, usize),
) -> Priced {
    let mut priced = Priced::default();
    for round in 0..=GROWTH_ROUNDS {
        let mut search = Search::new(day, tariff, memory, effort);
        search.run();
        priced.labels += search.labels.len() as u64;
        priced.bound = search.best_reduced_cost();
        let (routes, cyclic) = search.routes(wanted);
        priced.routes.extend(routes);
        if effort == Effort::Quick || cyclic.is_empty() || round == GROWTH_ROUNDS {
            break;
        }
        for slots in cyclic {
            memory.grow(&slots);
        }
    }
    priced.routes.sort_by(|a, b| (a.reduced_cost, &a.visits).cmp(&(b.reduced_cost, &b.visits)));
    priced.routes.dedup_by(|a, b| a.visits == b.visits);
    priced.routes.truncate(wanted);
    priced
}

const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Label {
    time: i32,
    /// The start of the last visit.
    start: i32,
    reduced_cost: i64,
    memory: Memory,
    /// The rows of halves in which an odd visit waits for its partner.
    waiting: Parity,
    parent: u32,
    /// The last visit's choice, `NONE` at a fixed stop.
    choice: u32,
    node: Node,
    gap: u16,
    rested: bool,
    dead: bool,
}

/// What dominance asks of a label.
#[derive(Clone, Copy)]
struct Entry {
    memory: Memory,
    reduced_cost: i64,
    waiting: Parity,
    time: i32,
    at: u32,
}

impl Entry {
    fn of(label: &Label, at: u32) -> Self {
        let Label { memory, reduced_cost, waiting, time, .. } = *label;
        Entry { memory, reduced_cost, waiting, time, at }
    }
}

struct Search<'a> {
    day: &'a ShiftDay,
    tariff: &'a Tariff,
    effort: Effort,
    travel: i64,
    /// Reduced cost of each choice, its kind's value taken off.
    prices: Vec<i64>,
    /// The choices worth looking at, by gap.
    by_gap: Vec<Vec<u32>>,
    /// The bit of a slot; none where it is not remembered.
    bit_of: Vec<Option<u32>>,
    /// What a label keeps of its memory when it visits a slot.
    keeps: Vec<Memory>,
    /// What can still be visited, by gap and minute of the shift.
    reachable: Vec<Vec<Reach>>,
    labels: Vec<Label>,
    /// Labels by gap, node and break that are not dominated, the cheapest first.
    fronts: Vec<Vec<Entry>>,
    /// Labels to extend, by minute, for each gap.
    waiting: Vec<Vec<Vec<u32>>>,
    /// Labels that have come home: their reduced cost and label.
    home: Vec<(i64, u32)>,
    nodes: usize,
}

impl<'a> Search<'a> {
    fn new(day: &'a ShiftDay, tariff: &'a Tariff, memory: &Neighbourhoods, effort: Effort) -> Self {
        let travel = day.travel_minute * MICRO;
        let prices: Vec<i64> = day.choices.iter().map(|c| c.cost * MICRO - tariff.values[c.kind as usize]).collect();
        let active = active_choices(day, &prices, travel);
        let (bit_of, mut keeps) = remembered(day, &prices, &active, memory);
        if effort == Effort::Quick {
            keeps.fill(Memory::MAX);
        }
        let minutes = usize::try_from(day.span.length().0 + 1).expect("shifts have a length");
        let gaps = day.gaps.len();
        let mut by_gap = vec![Vec::new(); gaps];
        for choice in active {
            by_gap[usize::from(day.choices[choice as usize].gap)].push(choice);
        }
        let nodes = day.least_detour.len();
        let reachable = reachable(day, tariff, (&by_gap, &bit_of), minutes);
        Search {
            day,
            tariff,
            effort,
            travel,
            prices,
            by_gap,
            bit_of,
            keeps,
            reachable,
            labels: Vec::new(),
            fronts: vec![Vec::new(); gaps * nodes * 2],
            waiting: vec![vec![Vec::new(); minutes]; gaps],
            home: Vec::new(),
            nodes,
        }
    }

    fn run(&mut self) {
        if self.by_gap.iter().all(Vec::is_empty) {
            return;
        }
        let start = Label {
            time: self.day.span.start.0,
            start: 0,
            reduced_cost: -self.day.fixed_travel * self.travel,
            memory: 0,
            waiting: self.tariff.first,
            parent: NONE,
            choice: NONE,
            node: BASE,
            gap: 0,
            rested: self.day.pause.is_none(),
            dead: false,
        };
        self.add(start);
        for gap in 0..self.day.gaps.len() {
            for minute in 0..self.waiting[gap].len() {
                for at in std::mem::take(&mut self.waiting[gap][minute]) {
                    if !self.labels[at as usize].dead {
                        self.extend(at);
                    }
                }
            }
        }
    }

    fn extend(&mut self, at: u32) {
        let label = self.labels[at as usize];
        let choices = std::mem::take(&mut self.by_gap[usize::from(label.gap)]);
        for index in &choices {
            let choice = self.day.choices[*index as usize];
            let bit = self.bit_of[usize::from(choice.slot)];
            if choice.last >= label.time && bit.is_none_or(|bit| label.memory >> bit & 1 == 0) {
                self.visit(at, &label, *index, &choice);
            }
        }
        self.by_gap[usize::from(label.gap)] = choices;
        self.go_on(at, &label);
    }

    /// Goes from a label to a visit: as early as possible, and also after the break where that is later.
    fn visit(&mut self, at: u32, label: &Label, index: u32, choice: &Choice) {
        let leg = self.day.leg(label.node, choice.node);
        let Some(start) = self.day.start_from(choice, label.time + leg) else { return };
        let rested = label.rested || self.day.pause.is_some_and(|p| p.fits(label.time, leg, start));
        self.add_visit(at, index, leg, start, rested);
        if rested {
            return;
        }
        let after_break = self.day.pause.and_then(|p| p.earliest_after(label.time, leg));
        if let Some(later) = after_break.and_then(|time| self.day.start_from(choice, time)) {
            self.add_visit(at, index, leg, later, true);
        }
    }

    fn add_visit(&mut self, parent: u32, index: u32, leg: i32, start: i32, rested: bool) {
        let (label, choice) = (self.labels[parent as usize], self.day.choices[index as usize]);
        let slot = usize::from(choice.slot);
        let seen = self.bit_of[slot].map_or(0, |bit| 1 << bit);
        let odd = self.tariff.odd[choice.kind as usize];
        let own = self.prices[index as usize] + self.tariff.charge(label.waiting & odd);
        self.add(Label {
            time: start + choice.length,
            start,
            reduced_cost: label.reduced_cost + i64::from(leg) * self.travel + own,
            memory: (label.memory & self.keeps[slot]) | seen,
            waiting: label.waiting ^ odd,
            parent,
            choice: index,
            node: choice.node,
            gap: choice.next_gap,
            rested,
            dead: false,
        });
    }

    /// Goes from a label to the fixed stop after its gap, or home after the last gap.
    fn go_on(&mut self, at: u32, label: &Label) {
        let gap = self.day.gaps[usize::from(label.gap)];
        let leg = self.day.leg(label.node, gap.after);
        if label.choice != NONE && label.time + leg > gap.closes {
            return;
        }
        let rested = label.rested || self.day.pause.is_some_and(|p| p.fits(label.time, leg, gap.closes));
        let last = usize::from(label.gap) + 1 == self.day.gaps.len();
        let stops = label.gap > 0 || label.choice != NONE;
        let travel = if stops || !last { i64::from(leg) * self.travel } else { 0 };
        let reduced_cost = label.reduced_cost + travel;
        if last {
            if rested && reduced_cost < 0 {
                self.home.push((reduced_cost, at));
            }
            return;
        }
        let next = self.day.gaps[usize::from(label.gap) + 1];
        let time = next.opens;
        self.add(Label {
            time,
            reduced_cost,
            node: next.before,
            gap: label.gap + 1,
            rested,
            parent: at,
            choice: NONE,
            ..*label
        });
    }

    fn add(&mut self, label: Label) {
        let gap = usize::from(label.gap);
        let minute = self.minute(gap, label.time);
        let reach = self.reachable[gap][minute];
        if self.is_dominated(&label, &reach) {
            return;
        }
        let at = u32::try_from(self.labels.len()).expect("fewer than 2^32 labels");
        self.drop_dominated(&label);
        self.labels.push(label);
        let front = self.front(gap, label.node, label.rested);
        let place = self.fronts[front].partition_point(|other| other.reduced_cost <= label.reduced_cost);
        self.fronts[front].insert(place, Entry::of(&label, at));
        self.waiting[gap][minute].push(at);
    }

    fn minute(&self, gap: usize, time: i32) -> usize {
        let minute = usize::try_from(time - self.day.span.start.0).unwrap_or(0);
        minute.min(self.waiting[gap].len() - 1)
    }

    fn front(&self, gap: usize, node: Node, rested: bool) -> usize {
        (gap * self.nodes + usize::from(node)) * 2 + usize::from(rested)
    }

    /// Whether `one` is at least as good as `other` whatever follows, given what `other` can still reach.
    fn covers(&self, one: &Entry, other: &Entry, reach: &Reach) -> bool {
        if one.time > other.time || one.reduced_cost > other.reduced_cost {
            return false;
        }
        if self.effort == Effort::Quick {
            return true;
        }
        // What waits in `one` alone may cost it a pair that `other` does not have.
        one.memory & reach.slots & !other.memory == 0
            && one.reduced_cost + self.tariff.charge(one.waiting & !other.waiting & reach.odd) <= other.reduced_cost
    }

    fn is_dominated(&self, label: &Label, reach: &Reach) -> bool {
        let entry = Entry::of(label, NONE);
        let by = |rested: bool| {
            let front = &self.fronts[self.front(usize::from(label.gap), label.node, rested)];
            let cheaper = front.iter().take_while(|other| other.reduced_cost <= entry.reduced_cost);
            cheaper.into_iter().any(|other| self.covers(other, &entry, reach))
        };
        by(true) || (!label.rested && by(false))
    }

    /// Drops the labels that a new one dominates; what they can still reach is judged at their own time.
    fn drop_dominated(&mut self, label: &Label) {
        let (gap, entry) = (usize::from(label.gap), Entry::of(label, NONE));
        for rested in [false, true] {
            if rested && !label.rested {
                continue;
            }
            let front = self.front(gap, label.node, rested);
            let mut entries = std::mem::take(&mut self.fronts[front]);
            let dearer = entries.partition_point(|other| other.reduced_cost < entry.reduced_cost);
            let mut kept = dearer;
            for at in dearer..entries.len() {
                let other = entries[at];
                if self.covers(&entry, &other, &self.reachable[gap][self.minute(gap, other.time)]) {
                    self.labels[other.at as usize].dead = true;
                } else {
                    entries[kept] = other;
                    kept += 1;
                }
            }
            entries.truncate(kept);
            self.fronts[front] = entries;
        }
    }

    fn best_reduced_cost(&self) -> i64 {
        self.home.iter().map(|(cost, _)| *cost).min().unwrap_or(0).min(0)
    }

    /// The best real routes, and the slots of the cyclic routes that are better than the best real one.
    fn routes(&mut self, wanted: usize) -> (Vec<Route>, Vec<Vec<u16>>) {
        self.home.sort_unstable();
        let (mut routes, mut cyclic) = (Vec::new(), Vec::new());
        for (reduced_cost, at) in &self.home {
            if routes.len() >= wanted {
                break;
            }
            let visits = self.visits_of(*at);
            let slots: Vec<u16> = visits.iter().map(|(c, _)| self.day.choices[*c as usize].slot).collect();
            let distinct = slots.iter().all(|slot| slots.iter().filter(|s| *s == slot).count() == 1);
            if distinct && !visits.is_empty() {
                let cost = self.day.cost_of(visits.iter().map(|(choice, _)| *choice));
                routes.push(Route { reduced_cost: *reduced_cost, cost, visits });
            } else if routes.is_empty() && cyclic.len() < 4 {
                cyclic.push(slots);
            }
        }
        (routes, cyclic)
    }

    fn visits_of(&self, mut at: u32) -> Vec<(u32, i32)> {
        let mut visits = Vec::new();
        while at != NONE {
            let label = &self.labels[at as usize];
            if label.choice != NONE {
                visits.push((label.choice, label.start));
            }
            at = label.parent;
        }
        visits.reverse();
        visits
    }
}

/// The choices that can be part of a best route. A visit whose price and least detour together are not negative can
/// be left out of any route without loss: the way without it is no dearer and, unless it absorbs a booking or is
/// shorter than the triangle inequality is wrong by, no later. A break beside it fits into the time it leaves, unless a
/// way to or from it is longer than the visit.
fn active_choices(day: &ShiftDay, prices: &[i64], travel: i64) -> Vec<u32> {
    let useful = |(choice, price): (&Choice, &i64)| {
        let detour = day.least_detour[usize::from(choice.node)];
        // With a break to keep, the visit must be long enough that the longest way at its place can stand in for it.
        let stands_in = if day.pause.is_some() { day.longest_leg[usize::from(choice.node)] } else { 0 };
        let can_be_left_out = choice.next_gap == choice.gap && choice.length + detour >= stands_in;
        !can_be_left_out || price + i64::from(detour) * travel < 0
    };
    let indices = 0..u32::try_from(day.choices.len()).expect("fewer than 2^32 choices");
    indices.zip(day.choices.iter().zip(prices)).filter(|(_, pair)| useful(*pair)).map(|(index, _)| index).collect()
}

/// The bit of each slot that labels remember, and what a label keeps when it visits a slot.
fn remembered(
    day: &ShiftDay,
    prices: &[i64],
    active: &[u32],
    memory: &Neighbourhoods,
) -> (Vec<Option<u32>>, Vec<Memory>) {
    let mut best: Vec<Option<i64>> = vec![None; day.slots];
    for index in active {
        let slot = usize::from(day.choices[*index as usize].slot);
        let price = prices[*index as usize];
        best[slot] = Some(best[slot].map_or(price, |b| b.min(price)));
    }
    let mut slots: Vec<(i64, usize)> = best.iter().enumerate().filter_map(|(s, b)| b.map(|b| (b, s))).collect();
    slots.sort_unstable();
    let mut bit_of = vec![None; day.slots];
    for (bit, (_, slot)) in (0..).zip(slots.iter().take(MEMORY_BITS)) {
        bit_of[*slot] = Some(bit);
    }
    let keep = |kept: &Vec<bool>| {
        let bits = kept.iter().zip(&bit_of).filter(|(kept, _)| **kept).filter_map(|(_, bit)| *bit);
        bits.fold(0, |memory, bit| memory | 1 << bit)
    };
    let keeps = memory.of_slot.iter().map(keep).collect();
    (bit_of, keeps)
}
