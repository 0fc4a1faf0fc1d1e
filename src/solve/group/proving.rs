//! Proving a group's plan: the routes that a better one could use are listed, and the plan is settled over them.
//!
//! Where the plan is far above the bound, very many routes could be part of a better one. So plans are looked for below an
//! *aim* a little above the bound: few routes are cheap enough for those, and either such a plan is found, or there is none and
//! the bound is the aim (the destructive bounds of Klein and Scholl 1999, *European Journal of Operational Research* 112).
//! Then the aim is moved up, twice as far each time.

use rayon::prelude::*;

use super::super::column::Column;
use super::super::day::ShiftDay;
use super::super::dive::Order;
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

/// Where the bound is above all plans that use listed routes alone, this reduced cost is so many times greater the next time.
const MORE_COST: i64 = 2;

/// Routes are listed anew when the relaxation's bound has risen by one part in so many of the reduced cost up to which they are listed.
const MUCH_BETTER: i64 = 4;

/// The first aim is so many points above the bound.
const FIRST_AIM: i64 = 4;

/// No aim is needed where the plan is not further from the bound than this, or so few routes could be part of a better one.
const NEAR: i64 = 8;
const ROUTES_FEW: usize = 5_000;

/// In one attempt to settle a plan so many nodes are looked at: fewer the more routes and rows there are, as each takes longer.
const NODES: std::ops::RangeInclusive<usize> = 5..=400;
const NODES_BY_SIZE: usize = 160_000_000_000;

/// How far the routes of a group are listed and searched.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// All plans of at most so many millionths use listed routes alone.
    covers: Option<i64>,
    /// The relaxation's bound when they were listed.
    bound: i64,
    /// The points at which a dive over the listed routes last began.
    settled_at: Option<i64>,
    /// The relaxation's bound and the plan's points when no more routes could be listed.
    in_vain: Option<(i64, i64)>,
    /// How far above the bound the aim is.
    width: i64,
}

/// The search for a plan better than an aim.
pub(super) struct Aimed {
    aim: i64,
    /// The routes that such a plan could use.
    settlement: Settlement,
}

impl Aimed {
    /// Whether no plan of listed routes is better than the aim.
    fn is_done(&self) -> bool {
        whole(self.settlement.bound) >= self.aim
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

    /// Where a better plan could use very many routes, searches below one aim after the other, until one is left open or a better
    /// plan is found.
    pub fn aim(&mut self, stop: &Stop) {
        let before = self.points;
        let Some(mut settlement) = self.settlement.take() else { return };
        while self.points == before && !self.is_proven() && !self.is_near(&settlement) {
            if !self.search_below_aim(&mut settlement, stop) {
                break;
            }
        }
        self.settlement = Some(settlement);
    }

    /// Whether the listed routes are all that a better plan could use.
    pub(super) fn is_all_listed(&self) -> bool {
        self.listed_below() == Some(self.points)
    }

    /// All plans with fewer points than this, which is at most those of the best plan, use listed routes alone.
    fn listed_below(&self) -> Option<i64> {
        self.listing.covers.map(|covers| self.points.min(covers.div_euclid(MICRO) + 1))
    }

    /// Whether routes are to be listed, or more of them.
    pub fn lacks_routes(&self) -> bool {
        self.is_relaxed() && !self.is_all_listed() && self.listing.in_vain != self.standing() && self.is_worth_listing()
    }

    /// Where no better plan uses the listed routes alone, or little is missing to all, or the relaxation has become much better since
    /// they were listed.
    fn is_worth_listing(&self) -> bool {
        let (Some(settlement), Some(covers)) = (&self.settlement, self.listing.covers) else { return true };
        let (Some(below), Some((bound, _))) = (self.listed_below(), self.standing()) else { return true };
        whole(settlement.bound) >= below
            || self.can_be_listed()
            || (bound - self.listing.bound) * MUCH_BETTER > covers - self.listing.bound
    }

    /// Whether all routes that a better plan could use may be within the cost up to which they are listed next.
    pub(super) fn can_be_listed(&self) -> bool {
        let Some((covers, (bound, _))) = self.listing.covers.zip(self.standing()) else { return false };
        self.listing.in_vain != self.standing() && (covers - bound) * MORE_COST >= self.gap_in_millionths()
    }

    /// What decides which routes are listed: the relaxation's bound and the plan's points.
    fn standing(&self) -> Option<(i64, i64)> {
        self.generation.bound.as_ref().map(|(bound, _)| (*bound, self.points))
    }

    fn list_routes(&mut self, stop: &Stop) {
        let gap = self.gap_in_millionths();
        let bound = (self.points - 1) * MICRO - gap;
        let listed = self.listing.covers.map_or(0, |covers| covers - bound);
        let first = FIRST_COST.max(listed * MORE_COST).min(gap);
        let Some((most, routes)) = self.most_routes(first, gap, stop).filter(|(most, _)| *most > listed) else {
            self.listing.in_vain = self.standing();
            return;
        };
        self.listing = Listing { covers: Some(bound + most), bound, settled_at: None, in_vain: None, width: FIRST_AIM };
        self.aimed = None;
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
        while most < gap && count(&listed.1) <= ROUTES_ENOUGH {
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

    /// Settles the plan over the listed routes; where they are all, again after every better one: each makes more routes too dear.
    fn settle(&mut self, mut settlement: Settlement, stop: &Stop) -> Settlement {
        let mut before = None;
        let goes_on = |group: &Self, points| points != group.points && group.is_all_listed();
        while !self.is_proven() && !stop.now() && before.is_none_or(|points| goes_on(self, points)) {
            before = Some(self.points);
            self.settle_once(&mut settlement, stop);
        }
        settlement
    }

    /// By cuts and a dive; where the routes are all that a better plan could use, and few, also by branching. Ends with the first
    /// better plan.
    fn settle_once(&mut self, settlement: &mut Settlement, stop: &Stop) {
        let before = self.points;
        if self.listing.settled_at != Some(self.points) {
            self.listing.settled_at = Some(self.points);
            settlement.cut(self.points, stop);
            self.raise_settled(settlement);
            if !self.is_proven() {
                settlement.dive(Order::Taken, stop).into_iter().for_each(|plan| self.offer_columns(plan));
            }
        }
        if self.points == before && self.is_near(settlement) {
            let work = Work::rounds(Some(nodes_for(settlement)));
            settlement.branch(self.points, work, stop).into_iter().for_each(|plan| self.offer_columns(plan));
            self.raise_settled(settlement);
        }
    }

    /// Whether all routes that a better plan could use are listed, and plans or routes so few that no aim is needed.
    fn is_near(&self, settlement: &Settlement) -> bool {
        let is_narrow = self.points - whole(settlement.bound) <= NEAR || settlement.columns().len() <= ROUTES_FEW;
        self.is_all_listed() && !self.is_proven() && is_narrow
    }

    /// Whether a proof may soon give more than improvements: all routes that a better plan could use are listed and few, or may soon be.
    pub(super) fn is_near_proof(&self) -> bool {
        match &self.settlement {
            Some(settlement) if self.is_all_listed() => self.is_near(settlement),
            _ => self.can_be_listed(),
        }
    }

    /// Goes on with the search below the aim, or begins the next; false where there is no next one or this one is left open.
    fn search_below_aim(&mut self, settlement: &mut Settlement, stop: &Stop) -> bool {
        let begun = self.aimed.take().filter(|aimed| !aimed.is_done());
        let Some(mut aimed) = begun.or_else(|| self.next_aim(settlement, stop)) else { return false };
        aimed.aim = aimed.aim.min(self.points);
        let work = Work::rounds(Some(nodes_for(&aimed.settlement)));
        let found = aimed.settlement.branch(aimed.aim, work, stop);
        settlement.bound = settlement.bound.max(aimed.settlement.bound.min(aimed.aim * MICRO));
        self.raise_settled(settlement);
        found.into_iter().for_each(|plan| self.offer_columns(plan));
        let is_done = aimed.is_done();
        self.aimed = Some(aimed);
        is_done && !stop.now()
    }

    /// The search below the next aim; nothing where no plan of listed routes is better than those there are.
    fn next_aim(&mut self, settlement: &Settlement, stop: &Stop) -> Option<Aimed> {
        let bound = whole(settlement.bound);
        let most = self.listed_below().filter(|most| bound < *most)?;
        let aim = most.min(bound + self.listing.width);
        self.listing.width *= 2;
        let mut below = settlement.below(aim);
        below.cut(aim, stop);
        Some(Aimed { aim, settlement: below })
    }

    /// Notes what is proven over the listed routes, for the plans that use these alone.
    fn raise_settled(&mut self, settlement: &Settlement) {
        if let Some(most) = self.listed_below() {
            self.raise_bound(whole(settlement.bound).min(most));
        }
    }
}

fn count(routes: &[Vec<Route>]) -> usize {
    routes.iter().map(Vec::len).sum()
}

/// How many nodes to look at in one attempt.
fn nodes_for(settlement: &Settlement) -> u64 {
    let size = settlement.columns().len() * settlement.rows.rows.len().pow(2);
    (NODES_BY_SIZE / size.max(1)).clamp(*NODES.start(), *NODES.end()) as u64
}

#[cfg(test)]
mod tests {
    use super::super::super::integer::Limit;
    use super::super::super::{groups, shift_days};
    use super::*;
    use crate::generate::{Spec, generate};
    use crate::problem::Problem;
    use crate::rules::Rulebook;

    /// The groups of a made-up week, each with its relaxation solved and its first plan.
    fn relaxed(clients: usize, seed: u64, stop: &Stop) -> Vec<Group> {
        let problem =
            Problem::build(&generate(&Spec::ballerup(clients, seed))).expect("made-up weeks are valid").problem;
        let book = Rulebook::of(&problem);
        let split = groups::split(&problem, shift_days(&problem, &book));
        let begun = |days| {
            let mut group = Group::new(&problem, &book, days, seed);
            group.start(&problem, &book, stop);
            while group.generate(stop) {}
            group
        };
        split.into_iter().map(begun).collect()
    }

    #[test]
    fn plans_are_improved_between_rounds_of_cuts() {
        let stop = Stop::never();
        let limit = Limit { nodes: 20, share: 1.0 };
        for seed in 1..=4 {
            for mut group in relaxed(30, seed, &stop) {
                for _ in 0..12 {
                    group.cut_deeper(&stop);
                    group.improve(limit, &stop);
                }
                assert!(group.bound <= Some(group.points), "no bound is above a plan");
            }
        }
    }

    #[test]
    fn what_settling_has_learned_raises_the_relaxation_and_refutes_no_plan() {
        let stop = Stop::never();
        let mut learned = 0;
        for seed in 1..=12 {
            for (mut plain, mut taught) in relaxed(30, seed, &stop).into_iter().zip(relaxed(30, seed, &stop)) {
                while !plain.is_proven() {
                    plain.prove(&stop);
                }
                let before = taught.generation.bound.as_ref().map(|(bound, _)| *bound);
                if taught.is_proven() {
                    continue;
                }
                taught.list_routes(&stop);
                let Some(mut settlement) = taught.settlement.take() else { continue };
                settlement.cut(taught.points, &stop);
                let rows = taught.generation.rows.rows.len();
                taught.generation.learn(settlement.lesson());
                learned += taught.generation.rows.rows.len() - rows;
                while taught.generate(&stop) {}
                let after = taught.generation.bound.as_ref().map(|(bound, _)| *bound);
                assert!(after >= before && after.map(whole) <= Some(plain.points), "{before:?} to {after:?}");
            }
        }
        assert!(learned > 0, "some cut is taken over");
    }

    #[test]
    fn aims_end_at_the_points_that_a_proof_without_them_ends_at() {
        let stop = Stop::never();
        let mut searched = 0;
        for seed in 1..=12 {
            for (mut plain, mut aimed) in relaxed(18, seed, &stop).into_iter().zip(relaxed(18, seed, &stop)) {
                while !plain.is_proven() {
                    plain.prove(&stop);
                }
                while !aimed.is_proven() {
                    if aimed.lacks_routes() {
                        aimed.list_routes(&stop);
                    }
                    let mut settlement = aimed.settlement.take().expect("routes are listed");
                    searched += u32::from(aimed.search_below_aim(&mut settlement, &stop));
                    assert!(aimed.bound <= Some(plain.points), "no plan is refuted that there is");
                    aimed.settlement = Some(settlement);
                }
                assert_eq!(aimed.points, plain.points);
            }
        }
        assert!(searched > 0, "some plan is looked for below an aim");
    }
}
