//! All routes of a shift that a better plan could still use.
//!
//! With duals that prove a bound, a route whose reduced cost exceeds the gap cannot be part of a better plan (Baldacci,
//! Christofides and Mingozzi 2008, *Mathematical Programming* 115, section 5). So what is proven over all other
//! routes holds for every better plan. They are enumerated by labels that remember the kinds of their visits in full; a label is given
//! up where even the best completion — a lower bound from the relaxation in which slots may repeat — exceeds the gap.

use std::collections::HashMap;

use super::day::{Node, ShiftDay};
use super::pricing::{MICRO, Route};
use super::walk::{Onward, State};

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
        let here = self.day.beginning();
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
            for (start, next) in self.day.after_visit(label.here, &choice).into_iter().flatten() {
                let leg = i64::from(self.day.leg(label.here.node, choice.node));
                let reduced_cost = label.reduced_cost + leg * self.travel + self.prices[index as usize];
                self.add(label.with_visit(next, reduced_cost, (choice.kind, index, start)));
            }
        }
        match self.day.going_on(label.here) {
            Onward::Stop(leg, here) => {
                let reduced_cost = label.reduced_cost + i64::from(leg) * self.travel;
                self.add(Label { here, reduced_cost, ..label });
            }
            Onward::Home(leg) => self.come_home(at, label.reduced_cost + i64::from(leg) * self.travel),
            Onward::Late | Onward::Restless => {}
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
        let mut best = match self.day.going_on(here) {
            Onward::Stop(leg, next) => self.completion(next).saturating_add(i64::from(leg) * self.travel),
            Onward::Home(leg) => i64::from(leg) * self.travel,
            Onward::Late | Onward::Restless => NEVER,
        };
        for at in 0..self.by_gap[usize::from(here.gap)].len() {
            let index = self.by_gap[usize::from(here.gap)][at];
            let choice = self.day.choices[index as usize];
            let own = i64::from(self.day.leg(here.node, choice.node)) * self.travel + self.prices[index as usize];
            for (_, next) in self.day.after_visit(here, &choice).into_iter().flatten() {
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
