//! Listing the routes that a better plan could use.
//!
//! First come the most attractive routes of each shift, by the relaxation's duals; over these the settlement finds cuts, and a dive
//! a good plan. A better plan can then only use routes that neither the relaxation's duals nor the settlement's rule out. The
//! latter know many more cuts and leave a far narrower gap, but what they say of routes that are not listed is a mere guess until all
//! those are listed that they find too cheap: so routes are priced by enumeration first, as pricing knows nothing of rows that count routes by
//! steps. Of a made-up week of Viborg the relaxation would have left 233,000 routes, both together left 31,000.

use rayon::prelude::*;

use super::super::column::Column;
use super::super::day::ShiftDay;
use super::super::enumerate::{self, Enumeration, Limit};
use super::super::pricing::{MICRO, Route};
use super::super::rows::Rows;
use super::super::settle::{Prices, Settlement};
use super::super::stop::Stop;
use super::Group;

/// Routes are not listed where one shift would need more labels than this, at first, as long as a higher bound may leave fewer of them,
/// and for all that a better plan could use.
const LABELS_AT_FIRST: usize = 100_000;
const LABELS_MAX: usize = 1_200_000;

/// Nor where all shifts have more routes than this, at first and for all that a better plan could use.
const FIRST_MAX: usize = 250_000;
const ROUTES_MAX: usize = 500_000;

/// The first routes of a shift are those within a reduced cost that doubles from this, until it covers the gap or all shifts with as
/// many would have enough. Where even these are too many it is halved, down to the least, from which it begins where it is known that
/// they are.
const FIRST_COST: i64 = 8 * MICRO;
const LEAST_COST: i64 = MICRO;
const ROUTES_ENOUGH: usize = 20_000;

/// A plan further than this from the bound over listed routes is better improved before more are listed; where it is no further from the
/// relaxation, all may be few.
const NEARLY: i64 = 50 * MICRO;

/// So often routes are looked for that the settlement lacks to be solved, so many of each shift.
const PRICING_ROUNDS: usize = 12;
const PRICED_A_ROUND: usize = 100;

/// All that the relaxation leaves are listed where it is so near, or where one shift needs no more labels than this, and all have no more
/// routes.
const NEAR: i64 = 8 * MICRO;
const LABELS_FEW: usize = 20_000;
const ROUTES_FEW: usize = 50_000;

/// The gap is covered in so many steps more, each twice as far as the one before.
const STEPS: u32 = 3;

/// Where more routes were listed in vain, that is tried again when this share of the gap is left, and what is listed must bring down
/// what is not covered to the same share.
const SHARE_LEFT: [i64; 2] = [3, 4];

/// How far the routes of a group are listed.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// All plans of at most so many millionths use listed routes alone.
    covers: Option<i64>,
    /// The gap, in millionths, when no more routes could be listed.
    in_vain: Option<i64>,
}

impl Group {
    /// Whether the listed routes are all that a better plan could use.
    pub(super) fn is_all_listed(&self) -> bool {
        self.listed_below() == Some(self.points)
    }

    /// All plans with fewer points than this, which is at most those of the best plan, use listed routes alone.
    pub(super) fn listed_below(&self) -> Option<i64> {
        self.listing.covers.map(|covers| self.points.min(covers.div_euclid(MICRO) + 1))
    }

    /// Whether routes are to be listed, or more of them.
    pub fn lacks_routes(&self) -> bool {
        self.is_relaxed() && !self.is_proven() && !self.is_all_listed() && self.may_list_more()
    }

    /// Whether even the most attractive routes were too many to be listed.
    pub fn has_too_many_routes(&self) -> bool {
        self.is_relaxed() && self.settlement.is_none() && self.listing.in_vain.is_some()
    }

    fn may_list_more(&self) -> bool {
        self.listing.in_vain.is_none_or(|before| is_share_left(self.settled_gap(), before))
    }

    /// Whether all routes that a better plan could use may be few.
    pub(super) fn can_be_listed(&self) -> bool {
        let is_near = self.settled_gap() <= NEARLY;
        self.settlement.is_some() && is_near && self.may_list_more()
    }

    /// How much more than the bound over listed routes, or the relaxation where none are, a better plan can cost.
    fn settled_gap(&self) -> i64 {
        let gap = |settlement: &Settlement| (self.points - 1) * MICRO - settlement.bound;
        self.settlement.as_ref().map_or_else(|| self.gap_in_millionths(), gap)
    }

    /// Lists routes, as far as these are not too many: the most attractive ones first, then all that a better plan could use.
    pub(super) fn list(&mut self, stop: &Stop) {
        let is_more = if self.settlement.is_some() { self.list_more(stop) } else { self.list_first(stop) };
        if !is_more {
            self.listing.in_vain = Some(self.settled_gap());
        }
    }

    /// Lists the most attractive routes; false where even a few are too many.
    pub(super) fn list_first(&mut self, stop: &Stop) -> bool {
        let Some(relaxed) = self.relaxed_prices() else { return false };
        let is_near = self.gap_in_millionths() <= NEARLY;
        let all = if is_near { self.all_routes(&relaxed, stop) } else { None };
        let Some((cost, routes)) = all.or_else(|| self.first_routes(&relaxed, stop)) else { return false };
        let Some((bound, duals)) = &self.generation.bound else { return false };
        let columns = columns_of(&self.generation.rows, &self.days, &routes);
        self.settlement = Some(Settlement::new(&self.generation.rows, columns, (*bound, duals)));
        self.note_listed(relaxed.bound + cost);
        true
    }

    /// Notes that all plans of at most so many millionths use listed routes alone.
    fn note_listed(&mut self, covers: i64) {
        self.listing = Listing { covers: Some(covers), in_vain: None };
        self.forget_settled();
    }

    /// Lists the routes that neither relaxation nor settlement rule out of a better plan, or of one that is better by so much that they
    /// are not too many; false where that covers little more than before.
    fn list_more(&mut self, stop: &Stop) -> bool {
        let (Some(relaxed), Some(before)) = (self.relaxed_prices(), self.listing.covers) else { return false };
        if self.list_by_relaxation(&relaxed, stop).is_some() {
            return true;
        }
        let priced = self.price_settlement(&relaxed, stop).unwrap_or(before).max(before);
        self.note_listed(priced);
        let Some(settled) = self.settlement.as_ref().map(Settlement::prices) else { return false };
        let goal = (self.points - 1) * MICRO;
        let covers = self.list_towards(goal, (&relaxed, &settled), stop).unwrap_or(priced).max(priced);
        self.note_listed(covers);
        is_share_left(goal - covers, goal - before)
    }

    /// Lists the routes that the relaxation does not rule out of a better plan, where these are few: that takes less time than to find out
    /// which of them the settlement rules out.
    fn list_by_relaxation(&mut self, relaxed: &Prices, stop: &Stop) -> Option<()> {
        let (cost, routes) = self.all_routes(relaxed, stop)?;
        let columns = columns_of(&self.generation.rows, &self.days, &routes);
        self.settlement.as_mut()?.add(columns);
        self.note_listed(relaxed.bound + cost);
        Some(())
    }

    /// All routes of each shift that the relaxation does not rule out of a better plan, and the reduced cost within which these are; nothing
    /// where they are many.
    fn all_routes(&self, relaxed: &Prices, stop: &Stop) -> Option<(i64, Vec<Vec<Route>>)> {
        let gap = self.gap_in_millionths();
        let (labels, most) = if gap <= NEAR { (LABELS_MAX, ROUTES_MAX) } else { (LABELS_FEW, ROUTES_FEW) };
        let limits = [(relaxed, relaxed.most(relaxed.bound + gap))];
        let routes = enumerated(&self.days, &limits, (labels, stop)).filter(|routes| count(routes) <= most)?;
        Some((gap, routes))
    }

    /// Covers the way from the settlement's bound to the goal as far as routes are not too many; how far that is.
    fn list_towards(&mut self, goal: i64, (relaxed, settled): (&Prices, &Prices), stop: &Stop) -> Option<i64> {
        let mut found = None;
        let way = (goal - settled.bound).max(0);
        for points in (0..=STEPS).rev().map(|step| settled.bound + (way >> step)) {
            let limits = [(settled, settled.most(points)), (relaxed, relaxed.most(points))];
            let Some(routes) =
                enumerated(&self.days, &limits, (LABELS_MAX, stop)).filter(|routes| count(routes) <= ROUTES_MAX)
            else {
                break;
            };
            found = Some((points, routes));
        }
        let (points, routes) = found?;
        let columns = columns_of(&self.generation.rows, &self.days, &routes);
        let settlement = self.settlement.as_mut()?;
        settlement.add(columns);
        // What the relaxation rules out is ruled out of plans of so many points alone.
        Some(settlement.covers(&settled.most(points)).min(points))
    }

    /// Lists routes that the settlement lacks to be solved over all that a better plan could use. Gives the points up to which all plans
    /// use listed routes alone, where it lacks none.
    fn price_settlement(&mut self, relaxed: &Prices, stop: &Stop) -> Option<i64> {
        let goal = (self.points - 1) * MICRO;
        let settlement = self.settlement.as_mut()?;
        for _ in 0..PRICING_ROUNDS {
            let settled = settlement.prices();
            let limits = [(&settled, settled.least.clone()), (relaxed, relaxed.most(goal))];
            let mut routes = enumerated(&self.days, &limits, (LABELS_MAX, stop))?;
            let is_all = routes.iter().all(|routes| routes.len() <= PRICED_A_ROUND);
            routes.iter_mut().for_each(|routes| routes.truncate(PRICED_A_ROUND));
            let before = settlement.columns().len();
            let columns = columns_of(&self.generation.rows, &self.days, &routes);
            settlement.add(columns);
            if settlement.columns().len() == before {
                return is_all.then(|| settlement.covers(&settled.least).min(goal));
            }
            settlement.solve_again(stop)?;
        }
        None
    }

    /// What the relaxation says of each shift.
    pub(super) fn relaxed_prices(&self) -> Option<Prices> {
        let (bound, duals) = self.generation.bound.as_ref()?;
        let least = self.generation.shift_bounds().to_vec();
        Some(Prices { tariffs: self.generation.rows.tariffs(duals), least, bound: *bound })
    }

    /// The most attractive routes of each shift, and the reduced cost within which they are all in every shift.
    fn first_routes(&self, relaxed: &Prices, stop: &Stop) -> Option<(i64, Vec<Vec<Route>>)> {
        let (gap, enough) = (self.gap_in_millionths(), ROUTES_ENOUGH / self.days.len().max(1));
        let (first, labels) = match self.generation.halving {
            true => (LEAST_COST, LABELS_MAX),
            false => (FIRST_COST, LABELS_AT_FIRST),
        };
        let of_shift = |(shift, day): (usize, &ShiftDay)| {
            let (tariff, least) = (&relaxed.tariffs[shift], relaxed.least[shift]);
            let mut search = Enumeration::new(day, &[Limit { tariff, most: least }], labels);
            let within = |cost: i64| search.routes_within(least + cost, stop);
            routes_within((first, gap), enough, within)
        };
        let found: Option<Vec<_>> = self.days.par_iter().enumerate().map(of_shift).collect();
        let (costs, routes): (Vec<i64>, Vec<_>) = found?.into_iter().unzip();
        let cost = costs.into_iter().min()?;
        (count(&routes) <= FIRST_MAX).then_some((cost, routes))
    }
}

/// Whether no more than the share that counts as progress is left of it.
fn is_share_left(left: i64, of: i64) -> bool {
    let [share, whole] = SHARE_LEFT;
    left <= of / whole * share
}

/// The routes of a shift within a reduced cost, and this cost: it doubles from the first one until it covers the gap or gives enough
/// routes, and is halved where those within the first one are too many.
fn routes_within<T>(
    (first, gap): (i64, i64),
    enough: usize,
    mut within: impl FnMut(i64) -> Option<Vec<T>>,
) -> Option<(i64, Vec<T>)> {
    let first = first.min(gap);
    let mut cost = first;
    let mut routes = loop {
        match within(cost) {
            Some(routes) => break routes,
            None if cost / 2 < LEAST_COST => return None,
            None => cost /= 2,
        }
    };
    while first <= cost && cost < gap && routes.len() <= enough {
        let more = (cost * 2).min(gap);
        let Some(found) = within(more) else { break };
        (cost, routes) = (more, found);
    }
    Some((cost, routes))
}

/// The routes of each shift whose reduced cost is at most that by all prices, if they are few enough.
fn enumerated(
    days: &[ShiftDay],
    limits: &[(&Prices, Vec<i64>)],
    (labels, stop): (usize, &Stop),
) -> Option<Vec<Vec<Route>>> {
    let routes = |(shift, day): (usize, &ShiftDay)| {
        let limits: Vec<Limit<'_>> =
            limits.iter().map(|(prices, most)| Limit { tariff: &prices.tariffs[shift], most: most[shift] }).collect();
        if stop.now() { None } else { enumerate::routes(day, &limits, (labels, stop)) }
    };
    days.par_iter().enumerate().map(routes).collect()
}

fn columns_of(rows: &Rows, days: &[ShiftDay], routes: &[Vec<Route>]) -> Vec<Column> {
    let routes = routes.iter().enumerate().flat_map(|(shift, routes)| routes.iter().map(move |route| (shift, route)));
    routes.map(|(shift, route)| Column::new(rows, &days[shift], shift, route)).collect()
}

fn count(routes: &[Vec<Route>]) -> usize {
    routes.iter().map(Vec::len).sum()
}
