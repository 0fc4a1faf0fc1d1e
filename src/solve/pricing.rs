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
//! All reduced costs are whole millionths of a point, so no tolerance hides in a comparison.

use super::day::{BASE, Choice, Node, ShiftDay};

pub(super) use crate::plan::proof::MICRO;

/// Slots of a shift that labels can remember; the most attractive ones where there are more.
const MEMORY_BITS: usize = 128;

/// A set of remembered slots.
type Memory = u128;

/// How exactly to price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
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

/// What a shift's neighbourhoods have grown to; kept from one pricing to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbourhoods {
    /// For each slot the slots that a label still remembers after visiting it.
    of_slot: Vec<Vec<bool>>,
}

/// Each slot's memory starts with this many of the nearest slots.
const NEAREST: usize = 8;

/// How often a shift is priced again with larger neighbourhoods before its relaxed bound is taken.
const GROWTH_ROUNDS: usize = 12;

impl Neighbourhoods {
    /// Every slot remembers itself and the nearest ones.
    pub fn nearest(day: &ShiftDay) -> Self {
        let mut node_of = vec![BASE; day.slots];
        for choice in &day.choices {
            node_of[usize::from(choice.slot)] = choice.node;
        }
        let of = |slot: usize| {
            let mut others: Vec<usize> = (0..day.slots).collect();
            others.sort_by_key(|other| (*other != slot, day.leg(node_of[slot], node_of[*other]), *other));
            let mut kept = vec![false; day.slots];
            others.iter().take(NEAREST + 1).for_each(|other| kept[*other] = true);
            kept
        };
        Neighbourhoods { of_slot: (0..day.slots).map(of).collect() }
    }

    /// Lets the slots between two visits of one slot remember it. Returns whether the route had such a cycle.
    fn grow(&mut self, slots: &[u16]) -> bool {
        let mut cyclic = false;
        for (at, slot) in slots.iter().enumerate() {
            let Some(again) = slots[at + 1..].iter().position(|s| s == slot) else { continue };
            cyclic = true;
            for between in &slots[at..at + 1 + again] {
                self.of_slot[usize::from(*between)][usize::from(*slot)] = true;
            }
        }
        cyclic
    }
}

/// Prices one shift: `values[kind]` is what the duals pay for a visit of that kind, in millionths.
pub(super) fn price(
    day: &ShiftDay,
    values: &[i64],
    memory: &mut Neighbourhoods,
    (effort, wanted): (Effort, usize),
) -> Priced {
    let mut priced = Priced::default();
    for round in 0..=GROWTH_ROUNDS {
        let mut search = Search::new(day, values, memory, effort);
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
    parent: u32,
    /// The last visit's choice, `NONE` at a fixed stop.
    choice: u32,
    node: Node,
    gap: u16,
    rested: bool,
    dead: bool,
}

struct Search<'a> {
    day: &'a ShiftDay,
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
    /// The slots that can still be visited, by gap and minute of the shift.
    reachable: Vec<Vec<Memory>>,
    labels: Vec<Label>,
    /// Labels by gap, node and break that are not dominated.
    fronts: Vec<Vec<u32>>,
    /// Labels to extend, by minute, for each gap.
    waiting: Vec<Vec<Vec<u32>>>,
    /// Labels that have come home: their reduced cost and label.
    home: Vec<(i64, u32)>,
    nodes: usize,
}

impl<'a> Search<'a> {
    fn new(day: &'a ShiftDay, values: &[i64], memory: &Neighbourhoods, effort: Effort) -> Self {
        let travel = day.travel_minute * MICRO;
        let prices: Vec<i64> = day.choices.iter().map(|c| c.cost * MICRO - values[c.kind as usize]).collect();
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
        let reachable = reachable(day, &by_gap, &bit_of, minutes);
        Search {
            day,
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
        self.add(Label {
            time: start + choice.length,
            start,
            reduced_cost: label.reduced_cost + i64::from(leg) * self.travel + self.prices[index as usize],
            memory: (label.memory & self.keeps[slot]) | seen,
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
        let minute = usize::try_from(label.time - self.day.span.start.0).unwrap_or(0);
        let gap = usize::from(label.gap);
        let minute = minute.min(self.waiting[gap].len() - 1);
        let reach = self.reachable[gap][minute];
        if self.is_dominated(&label, reach) {
            return;
        }
        let at = u32::try_from(self.labels.len()).expect("fewer than 2^32 labels");
        self.drop_dominated(&label);
        self.labels.push(label);
        let front = self.front(gap, label.node, label.rested);
        self.fronts[front].push(at);
        self.waiting[gap][minute].push(at);
    }

    fn front(&self, gap: usize, node: Node, rested: bool) -> usize {
        (gap * self.nodes + usize::from(node)) * 2 + usize::from(rested)
    }

    fn is_dominated(&self, label: &Label, reach: Memory) -> bool {
        let gap = usize::from(label.gap);
        let covers = |other: &Label| {
            other.time <= label.time
                && other.reduced_cost <= label.reduced_cost
                && (self.effort == Effort::Quick || other.memory & reach & !label.memory == 0)
        };
        let any = |rested: bool| {
            self.fronts[self.front(gap, label.node, rested)].iter().any(|at| covers(&self.labels[*at as usize]))
        };
        any(true) || (!label.rested && any(false))
    }

    /// Drops the labels that a new one dominates; what they can still reach is judged at their own time.
    fn drop_dominated(&mut self, label: &Label) {
        let gap = usize::from(label.gap);
        let (first, quick) = (self.day.span.start.0, self.effort == Effort::Quick);
        for rested in [false, true] {
            if rested && !label.rested {
                continue;
            }
            let front = self.front(gap, label.node, rested);
            let (labels, reachable) = (&mut self.labels, &self.reachable[gap]);
            self.fronts[front].retain(|at| {
                let other = &mut labels[*at as usize];
                if label.time > other.time || label.reduced_cost > other.reduced_cost {
                    return true;
                }
                let minute = usize::try_from(other.time - first).unwrap_or(0).min(reachable.len() - 1);
                other.dead = quick || label.memory & reachable[minute] & !other.memory == 0;
                !other.dead
            });
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
                let paid: i64 = visits.iter().map(|(c, _)| self.prices[*c as usize]).sum();
                let own: i64 = visits.iter().map(|(c, _)| self.day.choices[*c as usize].cost).sum();
                let cost = (reduced_cost - paid) / MICRO + own;
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

/// For each gap and minute of the shift the remembered slots that can still be visited from then on.
fn reachable(day: &ShiftDay, by_gap: &[Vec<u32>], bit_of: &[Option<u32>], minutes: usize) -> Vec<Vec<Memory>> {
    let mut later: Memory = 0;
    let mut by_minute = vec![Vec::new(); by_gap.len()];
    for gap in (0..by_gap.len()).rev() {
        let mut reach = vec![0; minutes];
        for index in &by_gap[gap] {
            let choice = &day.choices[*index as usize];
            let Some(bit) = bit_of[usize::from(choice.slot)] else { continue };
            let last = usize::try_from(choice.last - day.span.start.0).unwrap_or(0).min(minutes - 1);
            reach[last] |= 1 << bit;
        }
        for minute in (0..minutes - 1).rev() {
            reach[minute] |= reach[minute + 1];
        }
        let here = reach[0];
        reach.iter_mut().for_each(|memory| *memory |= later);
        later |= here;
        by_minute[gap] = reach;
    }
    by_minute
}
