//! All routes of a shift that a better plan could still use.
//!
//! With duals that prove a bound, a route whose reduced cost exceeds the gap cannot be part of a better plan (Baldacci,
//! Christofides and Mingozzi 2008, *Mathematical Programming* 115, section 5). So what is proven over all other
//! routes holds for every better plan. They are enumerated by labels that remember the kinds of their visits in full; a label is given
//! up where even the best completion — a lower bound from the relaxation in which slots may repeat and pairs are free —
//! exceeds the gap.

use rustc_hash::FxHashMap;

use super::day::{Choice, Node, ShiftDay};
use super::pricing::{MICRO, Route};
use super::stop::Stop;
use super::tariff::{Parity, Tariff};
use super::walk::{Onward, State};

/// No completion exists.
const NEVER: i64 = i64::MAX / 4;

/// A route has no more visits than this; a shift in which one could have more is not enumerated.
const VISITS_MAX: usize = 15;

/// How many completions are looked up for each label that may be made.
const COMPLETIONS_A_LABEL: usize = 4;

/// Labels extended between two looks at the clock.
const LABELS_A_LOOK: usize = 1_024;

const NONE: u32 = u32::MAX;

const LIMITS_MAX: usize = 2;

/// What a route may cost by some duals.
#[derive(Clone, Copy)]
pub(super) struct Limit<'a> {
    pub tariff: &'a Tariff,
    pub most: i64,
}

/// The routes of a shift that no limit rules out, two of which there may be, of those with the same kinds of visits the cheapest. Their
/// reduced cost is that of the first limit. `None` where more than `labels_max` labels would be needed, or the search is to stop.
pub(super) fn routes(day: &ShiftDay, limits: &[Limit<'_>], (labels_max, stop): (usize, &Stop)) -> Option<Vec<Route>> {
    Enumeration::new(day, limits, labels_max).routes(stop)
}

/// The kinds of a route's visits, ascending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct KindSet {
    count: u16,
    kinds: [u16; VISITS_MAX],
}

impl KindSet {
    fn iter(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.kinds[..usize::from(self.count)].iter().map(|kind| usize::from(*kind))
    }

    /// With one more; `None` where there is no room.
    fn with(&self, kind: u32) -> Option<Self> {
        let (count, kind) = (usize::from(self.count), u16::try_from(kind).ok()?);
        if count == VISITS_MAX {
            return None;
        }
        let mut set = *self;
        let at = self.kinds[..count].partition_point(|k| *k < kind);
        set.kinds.copy_within(at..count, at + 1);
        set.kinds[at] = kind;
        set.count += 1;
        Some(set)
    }
}

/// What the duals of a limit say of a label.
#[derive(Clone, Copy, Debug, Default)]
struct Bill {
    reduced_cost: i64,
    /// The rows of halves in which an odd visit waits for its partner.
    waiting: Parity,
}

/// A limit as the search goes by it.
struct Criterion<'a> {
    limit: Limit<'a>,
    /// Reduced cost of each choice, its kind's value taken off.
    prices: Vec<i64>,
    completions: FxHashMap<State, i64>,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    here: State,
    /// By each limit's duals.
    bills: [Bill; LIMITS_MAX],
    kinds: KindSet,
    parent: u32,
    /// The last visit's choice and start; `NONE` at a fixed stop.
    choice: u32,
    start: i32,
    dead: bool,
}

/// The search for the routes of a shift. What it knows of completions holds whatever routes may cost.
pub(super) struct Enumeration<'a> {
    day: &'a ShiftDay,
    criteria: Vec<Criterion<'a>>,
    labels_max: usize,
    travel: i64,
    by_gap: Vec<Vec<u32>>,
    labels: Vec<Label>,
    /// Labels with the same place and kinds.
    alike: FxHashMap<(u16, Node, bool, KindSet), Vec<u32>>,
    home: FxHashMap<KindSet, (i64, u32)>,
}

impl<'a> Enumeration<'a> {
    /// By these limits, with at most so many labels.
    pub fn new(day: &'a ShiftDay, limits: &[Limit<'a>], labels_max: usize) -> Self {
        let criterion = |limit: &Limit<'a>| {
            let price = |choice: &Choice| choice.cost * MICRO - limit.tariff.values[choice.kind as usize];
            let prices = day.choices.iter().map(price).collect();
            Criterion { limit: *limit, prices, completions: FxHashMap::default() }
        };
        let mut by_gap = vec![Vec::new(); day.gaps.len()];
        for (index, choice) in (0..).zip(&day.choices) {
            by_gap[usize::from(choice.gap)].push(index);
        }
        Enumeration {
            day,
            criteria: limits.iter().map(criterion).collect(),
            labels_max,
            travel: day.travel_minute * MICRO,
            by_gap,
            labels: Vec::new(),
            alike: FxHashMap::default(),
            home: FxHashMap::default(),
        }
    }

    /// The routes that cost at most so much by the only limit.
    pub fn routes_within(&mut self, most: i64, stop: &Stop) -> Option<Vec<Route>> {
        self.criteria[0].limit.most = most;
        self.routes(stop)
    }

    fn routes(&mut self, stop: &Stop) -> Option<Vec<Route>> {
        self.labels.clear();
        self.alike.clear();
        self.home.clear();
        self.start();
        let mut at = 0;
        while at < self.labels.len() {
            if self.labels.len() > self.labels_max || (at.is_multiple_of(LABELS_A_LOOK) && stop.now()) {
                return None;
            }
            self.extend(at)?;
            at += 1;
        }
        Some(self.routes_home())
    }

    fn start(&mut self) {
        let reduced_cost = -self.day.fixed_travel * self.travel;
        let mut bills = [Bill::default(); LIMITS_MAX];
        for (bill, criterion) in bills.iter_mut().zip(&self.criteria) {
            *bill = Bill { reduced_cost, waiting: criterion.limit.tariff.first };
        }
        self.add(Label {
            here: self.day.beginning(),
            bills,
            kinds: KindSet::default(),
            parent: NONE,
            choice: NONE,
            start: 0,
            dead: false,
        });
    }

    /// Extends a label by every visit, and to the next stop; `None` where a route has too many visits.
    fn extend(&mut self, at: usize) -> Option<()> {
        let label = self.labels[at];
        if label.dead {
            return Some(());
        }
        let parent = u32::try_from(at).ok()?;
        let slots = self.slots_of(at);
        let choices = std::mem::take(&mut self.by_gap[usize::from(label.here.gap)]);
        for index in &choices {
            if !slots.contains(&self.day.choices[*index as usize].slot) {
                self.visit(parent, *index)?;
            }
        }
        self.by_gap[usize::from(label.here.gap)] = choices;
        match self.day.going_on(label.here) {
            Onward::Stop(leg, here) => {
                let bills = self.after_leg(label.bills, leg);
                self.add(Label { here, bills, parent, choice: NONE, ..label });
            }
            Onward::Home(leg) => self.come_home(parent, self.after_leg(label.bills, leg)),
            Onward::Late | Onward::Restless => {}
        }
        Some(())
    }

    fn visit(&mut self, parent: u32, index: u32) -> Option<()> {
        let (label, choice) = (self.labels[parent as usize], self.day.choices[index as usize]);
        let leg = self.day.leg(label.here.node, choice.node);
        let bills = self.after_leg(self.after_visit(&label, index), leg);
        for (start, here) in self.day.after_visit(label.here, &choice).into_iter().flatten() {
            let kinds = label.kinds.with(choice.kind)?;
            self.add(Label { here, bills, kinds, parent, choice: index, start, dead: false });
        }
        Some(())
    }

    fn after_visit(&self, label: &Label, index: u32) -> [Bill; LIMITS_MAX] {
        let kind = self.day.choices[index as usize].kind as usize;
        let mut bills = label.bills;
        for (bill, criterion) in bills.iter_mut().zip(&self.criteria) {
            let tariff = criterion.limit.tariff;
            let charged = tariff.charge(bill.waiting & tariff.odd[kind]) + tariff.steps.more(&label.kinds.iter(), kind);
            bill.reduced_cost += criterion.prices[index as usize] + charged;
            bill.waiting ^= tariff.odd[kind];
        }
        bills
    }

    fn after_leg(&self, mut bills: [Bill; LIMITS_MAX], leg: i32) -> [Bill; LIMITS_MAX] {
        bills.iter_mut().for_each(|bill| bill.reduced_cost += i64::from(leg) * self.travel);
        bills
    }

    fn come_home(&mut self, at: u32, bills: [Bill; LIMITS_MAX]) {
        let kinds = self.labels[at as usize].kinds;
        let is_within = |(bill, criterion): (&Bill, &Criterion<'_>)| bill.reduced_cost <= criterion.limit.most;
        if kinds.count == 0 || !bills.iter().zip(&self.criteria).all(is_within) {
            return;
        }
        let [Bill { reduced_cost, .. }, ..] = bills;
        let best = self.home.entry(kinds).or_insert((reduced_cost, at));
        if reduced_cost < best.0 {
            *best = (reduced_cost, at);
        }
    }

    fn add(&mut self, label: Label) {
        for at in 0..self.criteria.len() {
            let least = label.bills[at].reduced_cost.saturating_add(self.completion(at, label.here));
            if least > self.criteria[at].limit.most {
                return;
            }
        }
        let key = (label.here.gap, label.here.node, label.here.rested, label.kinds);
        let alike = self.alike.entry(key).or_default();
        // Labels with the same kinds are charged the same, so any limit tells which is cheaper.
        let cost = |label: &Label| label.bills[0].reduced_cost;
        let better = |a: &Label, b: &Label| a.here.time <= b.here.time && cost(a) <= cost(b);
        if alike.iter().any(|other| better(&self.labels[*other as usize], &label)) {
            return;
        }
        for other in alike.iter() {
            let worse = better(&label, &self.labels[*other as usize]);
            self.labels[*other as usize].dead |= worse;
        }
        alike.push(u32::try_from(self.labels.len()).expect("fewer than 2^32 labels"));
        self.labels.push(label);
    }

    /// The least reduced cost, by a criterion, of going on from here to the shift's end, slots repeated at will and pairs free.
    fn completion(&mut self, by: usize, here: State) -> i64 {
        if let Some(known) = self.criteria[by].completions.get(&here) {
            return *known;
        }
        if self.criteria[by].completions.len() > self.labels_max * COMPLETIONS_A_LABEL {
            return -NEVER;
        }
        let mut best = match self.day.going_on(here) {
            Onward::Stop(leg, next) => self.completion(by, next).saturating_add(i64::from(leg) * self.travel),
            Onward::Home(leg) => i64::from(leg) * self.travel,
            Onward::Late | Onward::Restless => NEVER,
        };
        for at in 0..self.by_gap[usize::from(here.gap)].len() {
            let index = self.by_gap[usize::from(here.gap)][at];
            let choice = self.day.choices[index as usize];
            let leg = i64::from(self.day.leg(here.node, choice.node));
            let own = leg * self.travel + self.criteria[by].prices[index as usize];
            for (_, next) in self.day.after_visit(here, &choice).into_iter().flatten() {
                best = best.min(self.completion(by, next).saturating_add(own));
            }
        }
        self.criteria[by].completions.insert(here, best);
        best
    }

    fn slots_of(&self, at: usize) -> Vec<u16> {
        self.visits_of(at).iter().map(|(choice, _)| self.day.choices[*choice as usize].slot).collect()
    }

    /// The visits on the way to a label, with their starts, in order.
    fn visits_of(&self, at: usize) -> Vec<(u32, i32)> {
        let mut visits = Vec::new();
        let mut label = &self.labels[at];
        loop {
            if label.choice != NONE {
                visits.push((label.choice, label.start));
            }
            if label.parent == NONE {
                visits.reverse();
                return visits;
            }
            label = &self.labels[label.parent as usize];
        }
    }

    fn routes_home(&self) -> Vec<Route> {
        let route = |(reduced_cost, at): &(i64, u32)| {
            let visits = self.visits_of(*at as usize);
            Route {
                reduced_cost: *reduced_cost,
                cost: self.day.cost_of(visits.iter().map(|(choice, _)| *choice)),
                visits,
            }
        };
        let mut routes: Vec<Route> = self.home.values().map(route).collect();
        routes.sort_by(|a, b| (a.reduced_cost, &a.visits).cmp(&(b.reduced_cost, &b.visits)));
        routes
    }
}
