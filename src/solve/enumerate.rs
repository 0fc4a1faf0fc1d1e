//! All routes of a shift that a better plan could still use.
//!
//! With duals that prove a bound, a route whose reduced cost exceeds the gap cannot be part of a better plan (Baldacci,
//! Christofides and Mingozzi 2008, *Mathematical Programming* 115, section 5). So what is proven over all other
//! routes holds for every better plan. They are enumerated by labels that remember the kinds of their visits in full; a label is given
//! up where even the best completion — a lower bound from the relaxation in which slots may repeat — exceeds the gap.

use std::collections::HashMap;

use super::day::{BASE, Choice, Node, ShiftDay};
use super::pricing::{MICRO, Route};

/// No completion exists.
const NEVER: i64 = i64::MAX / 4;

/// The routes of a shift with reduced cost at most `most`, of those with the same kinds of visits the cheapest.
/// `None` where more than `labels_max` labels would be needed.
pub(super) fn routes(day: &ShiftDay, values: &[i64], most: i64, labels_max: usize) -> Option<Vec<Route>> {
    let mut search = Enumeration::new(day, values, most, labels_max);
    search.start();
    let mut at = 0;
    while at < search.labels.len() {
        if search.labels.len() > labels_max {
            return None;
        }
        search.extend(at);
        at += 1;
    }
    Some(search.into_routes())
}

#[derive(Clone, Debug)]
struct Label {
    here: State,
    reduced_cost: i64,
    /// The kinds of its visits, ascending.
    kinds: Vec<u32>,
    visits: Vec<(u32, i32)>,
    dead: bool,
}

/// Where a carer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct State {
    gap: u16,
    node: Node,
    rested: bool,
    /// Whether the carer comes from a visit, so that the next leg has to fit.
    from_visit: bool,
    time: i32,
}

struct Enumeration<'a> {
    day: &'a ShiftDay,
    most: i64,
    labels_max: usize,
    travel: i64,
    prices: Vec<i64>,
    by_gap: Vec<Vec<u32>>,
    labels: Vec<Label>,
    /// Labels with the same place and kinds.
    alike: HashMap<(u16, Node, bool, Vec<u32>), Vec<usize>>,
    completions: HashMap<State, i64>,
    home: HashMap<Vec<u32>, (i64, usize)>,
}

impl<'a> Enumeration<'a> {
    fn new(day: &'a ShiftDay, values: &[i64], most: i64, labels_max: usize) -> Self {
        let prices = day.choices.iter().map(|c| c.cost * MICRO - values[c.kind as usize]).collect();
        let mut by_gap = vec![Vec::new(); day.gaps.len()];
        for (index, choice) in (0..).zip(&day.choices) {
            by_gap[usize::from(choice.gap)].push(index);
        }
        Enumeration {
            day,
            most,
            labels_max,
            travel: day.travel_minute * MICRO,
            prices,
            by_gap,
            labels: Vec::new(),
            alike: HashMap::new(),
            completions: HashMap::new(),
            home: HashMap::new(),
        }
    }

    fn start(&mut self) {
        let rested = self.day.pause.is_none();
        let here = State { gap: 0, node: BASE, rested, from_visit: false, time: self.day.span.start.0 };
        let reduced_cost = -self.day.fixed_travel * self.travel;
        self.add(Label { here, reduced_cost, kinds: Vec::new(), visits: Vec::new(), dead: false });
    }

    fn extend(&mut self, at: usize) {
        if self.labels[at].dead {
            return;
        }
        let label = self.labels[at].clone();
        for index in self.by_gap[usize::from(label.here.gap)].clone() {
            let choice = self.day.choices[index as usize];
            if label.visits.iter().any(|(c, _)| self.day.choices[*c as usize].slot == choice.slot) {
                continue;
            }
            for (start, next) in self.after_visit(label.here, &choice).into_iter().flatten() {
                let leg = i64::from(self.day.leg(label.here.node, choice.node));
                let reduced_cost = label.reduced_cost + leg * self.travel + self.prices[index as usize];
                self.add(label.with_visit(next, reduced_cost, (choice.kind, index, start)));
            }
        }
        match self.going_on(label.here) {
            Some((travel, Some(next))) => {
                self.add(Label { here: next, reduced_cost: label.reduced_cost + travel, ..label });
            }
            Some((travel, None)) => self.come_home(at, label.reduced_cost + travel),
            None => {}
        }
    }

    fn come_home(&mut self, at: usize, reduced_cost: i64) {
        if reduced_cost > self.most || self.labels[at].kinds.is_empty() {
            return;
        }
        let kinds = self.labels[at].kinds.clone();
        let best = self.home.entry(kinds).or_insert((reduced_cost, at));
        if reduced_cost < best.0 {
            *best = (reduced_cost, at);
        }
    }

    /// The state after a visit, started as early as possible, and also after the break where that is later.
    fn after_visit(&self, here: State, choice: &Choice) -> [Option<(i32, State)>; 2] {
        let leg = self.day.leg(here.node, choice.node);
        let state = |start: i32, rested: bool| {
            let time = start + choice.length;
            (start, State { gap: choice.next_gap, node: choice.node, rested, from_visit: true, time })
        };
        let Some(start) = self.day.start_from(choice, here.time + leg) else { return [None, None] };
        let rested = here.rested || self.day.pause.is_some_and(|p| p.fits(here.time, leg, start));
        let first = Some(state(start, rested));
        if rested {
            return [first, None];
        }
        let after_break = self.day.pause.and_then(|p| p.earliest_after(here.time, leg));
        [first, after_break.and_then(|time| self.day.start_from(choice, time)).map(|start| state(start, true))]
    }

    /// The travel to the fixed stop after a gap and the state there; no state where that is home.
    fn going_on(&self, here: State) -> Option<(i64, Option<State>)> {
        let gap = self.day.gaps[usize::from(here.gap)];
        let leg = self.day.leg(here.node, gap.after);
        if here.from_visit && here.time + leg > gap.closes {
            return None;
        }
        let rested = here.rested || self.day.pause.is_some_and(|p| p.fits(here.time, leg, gap.closes));
        let travel = i64::from(leg) * self.travel;
        let Some(next) = self.day.gaps.get(usize::from(here.gap) + 1) else {
            return rested.then_some((travel, None));
        };
        let state = State { gap: here.gap + 1, node: next.before, rested, from_visit: false, time: next.opens };
        Some((travel, Some(state)))
    }

    fn add(&mut self, label: Label) {
        if label.reduced_cost.saturating_add(self.completion(label.here)) > self.most {
            return;
        }
        let key = (label.here.gap, label.here.node, label.here.rested, label.kinds.clone());
        let alike = self.alike.entry(key).or_default();
        let better = |a: &Label, b: &Label| a.here.time <= b.here.time && a.reduced_cost <= b.reduced_cost;
        if alike.iter().any(|other| better(&self.labels[*other], &label)) {
            return;
        }
        for other in alike.iter() {
            let worse = better(&label, &self.labels[*other]);
            self.labels[*other].dead |= worse;
        }
        alike.push(self.labels.len());
        self.labels.push(label);
    }

    /// The least reduced cost of going on from here to the shift's end, slots repeated at will.
    fn completion(&mut self, here: State) -> i64 {
        if let Some(known) = self.completions.get(&here) {
            return *known;
        }
        if self.completions.len() > self.labels_max * 4 {
            return -NEVER;
        }
        let mut best = match self.going_on(here) {
            Some((travel, Some(next))) => self.completion(next).saturating_add(travel),
            Some((travel, None)) => travel,
            None => NEVER,
        };
        for at in 0..self.by_gap[usize::from(here.gap)].len() {
            let index = self.by_gap[usize::from(here.gap)][at];
            let choice = self.day.choices[index as usize];
            let own = i64::from(self.day.leg(here.node, choice.node)) * self.travel + self.prices[index as usize];
            for (_, next) in self.after_visit(here, &choice).into_iter().flatten() {
                best = best.min(self.completion(next).saturating_add(own));
            }
        }
        self.completions.insert(here, best);
        best
    }

    fn into_routes(self) -> Vec<Route> {
        let route = |(reduced_cost, at): &(i64, usize)| {
            let visits = self.labels[*at].visits.clone();
            let paid: i64 = visits.iter().map(|(c, _)| self.prices[*c as usize]).sum();
            let own: i64 = visits.iter().map(|(c, _)| self.day.choices[*c as usize].cost).sum();
            Route { reduced_cost: *reduced_cost, cost: (reduced_cost - paid) / MICRO + own, visits }
        };
        let mut routes: Vec<Route> = self.home.values().map(route).collect();
        routes.sort_by(|a, b| (a.reduced_cost, &a.visits).cmp(&(b.reduced_cost, &b.visits)));
        routes
    }
}

impl Label {
    fn with_visit(&self, here: State, reduced_cost: i64, (kind, index, start): (u32, u32, i32)) -> Label {
        let mut kinds = self.kinds.clone();
        kinds.insert(kinds.partition_point(|k| *k < kind), kind);
        let visits = self.visits.iter().copied().chain([(index, start)]).collect();
        Label { here, reduced_cost, kinds, visits, dead: false }
    }
}
