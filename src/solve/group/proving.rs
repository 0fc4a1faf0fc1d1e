//! Proving a group's plan: the routes that a better one could use are listed, and the plan is settled over them.

use rayon::prelude::*;

use super::super::column::Column;
use super::super::day::ShiftDay;
use super::super::enumerate;
use super::super::pricing::{MICRO, Route};
use super::super::settle::Settlement;
use super::super::stop::{Stop, Work};
use super::{Group, whole};

/// Routes are not listed where one shift would need more labels than this, or all shifts more routes than this.
const LABELS_MAX: usize = 600_000;
const ROUTES_MAX: usize = 600_000;

/// Routes are listed within a reduced cost that doubles from this, until it covers the gap or they are so many at first. Where
/// even these are too many it is halved, down to the least.
const FIRST_COST: i64 = 8 * MICRO;
const LEAST_COST: i64 = MICRO;
const ROUTES_ENOUGH: usize = 20_000;

/// Where a dive over the listed routes did not help, so many times more are listed the next time.
const MORE_ROUTES: usize = 4;

/// In one attempt to settle a plan so many nodes are looked at: fewer the more routes there are, as each takes longer.
const NODES: std::ops::RangeInclusive<u64> = 5..=400;
const NODES_BY_ROUTES_SQUARED: u64 = 40_000_000_000;

/// How far the routes of a group are listed.
#[derive(Debug)]
pub(super) struct Listing {
    /// So many are enough, when they are listed next.
    enough: usize,
    /// All plans below so many millionths use listed routes alone.
    covers: i64,
    /// The points at which a dive over the listed routes last began.
    settled_at: Option<i64>,
    /// The relaxation's bound and the plan's points when no more routes could be listed.
    in_vain: Option<(i64, i64)>,
}

impl Default for Listing {
    fn default() -> Self {
        Listing { enough: ROUTES_ENOUGH, covers: i64::MIN, settled_at: None, in_vain: None }
    }
}

impl Group {
    /// Lists the routes that a better plan could use and settles the plan over them: over all, which proves it, or where
    /// these are too many over the most attractive ones, which only finds a better plan – until the gap is so narrow that they
    /// are all.
    pub fn prove(&mut self, stop: &Stop) {
        if self.is_proven() || !self.is_relaxed() {
            return;
        }
        if self.lacks_routes() {
            self.list_routes(stop);
        }
        if let Some(settlement) = self.settlement.take() {
            self.settlement = Some(self.settle(settlement, stop));
        }
    }

    /// Whether the listed routes are all that a better plan could use.
    pub(super) fn is_all_listed(&self) -> bool {
        (self.points - 1) * MICRO <= self.listing.covers
    }

    /// Whether more routes are to be listed: there are none, or these are not all and no better plan was found in them.
    fn lacks_routes(&self) -> bool {
        let settled = self.settlement.is_none() || self.listing.settled_at == Some(self.points);
        settled && !self.is_all_listed() && self.listing.in_vain != self.standing()
    }

    /// What decides which routes are listed: the relaxation's bound and the plan's points.
    fn standing(&self) -> Option<(i64, i64)> {
        self.generation.bound.as_ref().map(|(bound, _)| (*bound, self.points))
    }

    fn list_routes(&mut self, stop: &Stop) {
        let gap = self.gap_in_millionths();
        let bound = (self.points - 1) * MICRO - gap;
        let first = FIRST_COST.max(self.listing.covers.saturating_sub(bound)).min(gap);
        let listed = self.most_routes(first, gap, stop).filter(|(most, _)| bound + most > self.listing.covers);
        let Some((most, routes)) = listed else {
            self.listing.in_vain = self.standing();
            return;
        };
        self.listing.covers = bound + most;
        self.listing.enough = count(&routes) * MORE_ROUTES;
        self.listing.settled_at = None;
        self.settlement = Some(self.settlement_of(&routes));
    }

    /// The routes within a reduced cost that covers the gap or gives enough of them, and this cost, the first one or more; less where
    /// these are too many, nothing where they are at any.
    fn most_routes(&self, first: i64, gap: i64, stop: &Stop) -> Option<(i64, Vec<Vec<Route>>)> {
        let mut most = first;
        let mut listed = loop {
            match self.enumerate(most, stop) {
                Some(routes) => break (most, routes),
                None if stop.now() || most / 2 < LEAST_COST => return None,
                None => most /= 2,
            }
        };
        if most < first {
            return Some(listed);
        }
        while most < gap && count(&listed.1) <= self.listing.enough {
            most = (most * 2).min(gap);
            let Some(routes) = self.enumerate(most, stop) else { break };
            listed = (most, routes);
        }
        Some(listed)
    }

    /// The routes of each shift whose reduced cost is at most so much above the least, if they are few enough.
    fn enumerate(&self, most: i64, stop: &Stop) -> Option<Vec<Vec<Route>>> {
        let (_, duals) = self.generation.bound.as_ref()?;
        let rows = &self.generation.rows;
        let least = self.generation.shift_bounds();
        let routes = |(shift, day): (usize, &ShiftDay)| {
            let tariff = rows.tariff(shift, duals);
            if stop.now() {
                return None;
            }
            enumerate::routes(day, &tariff, most + least[shift], LABELS_MAX)
        };
        let found: Option<Vec<_>> = self.days.par_iter().enumerate().map(routes).collect();
        found.filter(|routes| count(routes) <= ROUTES_MAX)
    }

    fn settlement_of(&self, routes: &[Vec<Route>]) -> Settlement {
        let rows = &self.generation.rows;
        let columns = routes.iter().enumerate().flat_map(|(shift, routes)| {
            routes.iter().map(move |route| Column::new(rows, &self.days[shift], shift, route))
        });
        let (bound, duals) = self.generation.bound.as_ref().expect("routes are listed by the bound's duals");
        Settlement::new(rows, columns.collect(), (*bound, duals))
    }

    /// Settles the plan over the listed routes, again after every better one: each makes more routes too dear.
    fn settle(&mut self, mut settlement: Settlement, stop: &Stop) -> Settlement {
        let mut before = None;
        while before != Some(self.points) && !self.is_proven() && !stop.now() {
            before = Some(self.points);
            self.settle_once(&mut settlement, stop);
        }
        settlement
    }

    /// By cuts and a dive; where the routes are all that a better plan could use, also by branching. Ends with the first
    /// better plan.
    fn settle_once(&mut self, settlement: &mut Settlement, stop: &Stop) {
        let before = self.points;
        if self.listing.settled_at != Some(self.points) {
            self.listing.settled_at = Some(self.points);
            settlement.cut(self.points, stop);
            self.raise_settled(settlement);
            if !self.is_proven() {
                settlement.dive(stop).into_iter().for_each(|plan| self.offer_columns(plan));
            }
        }
        if self.points == before && self.is_all_listed() && !self.is_proven() {
            let work = Work::rounds(Some(nodes_for(settlement)));
            settlement.branch(self.points, work, stop).into_iter().for_each(|plan| self.offer_columns(plan));
            self.raise_settled(settlement);
        }
    }

    /// Notes what is proven over the listed routes, if these are all.
    fn raise_settled(&mut self, settlement: &Settlement) {
        if self.is_all_listed() {
            self.raise_bound(whole(settlement.bound));
        }
    }
}

fn count(routes: &[Vec<Route>]) -> usize {
    routes.iter().map(Vec::len).sum()
}

/// How many nodes to look at in one attempt.
fn nodes_for(settlement: &Settlement) -> u64 {
    let routes = settlement.columns().len() as u64;
    (NODES_BY_ROUTES_SQUARED / routes.pow(2).max(1)).clamp(*NODES.start(), *NODES.end())
}
