//! One independent group of shifts on its way from nothing to a proven plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;

use super::branch::Tree;
use super::colgen::{Generation, Round};
use super::column::Column;
use super::day::ShiftDay;
use super::dive;
use super::draft::Ground;
use super::enumerate;
use super::improve::{self, Terrain};
use super::integer::{self, Limit};
use super::pricing::{MICRO, Route};
use super::recreate;
use super::rows::{Rows, SharedGrant};
use super::settle::Settlement;
use super::stop::{Stop, Work};
use crate::ids::{CarerId, GrantId, ShiftId};
use crate::plan::proof::{self, GroupProof, Leaf};
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;

/// A group is not enumerated where one shift would need more labels than this, or all shifts more routes than this.
const ENUMERATION_LABELS_MAX: usize = 600_000;
const ENUMERATION_ROUTES_MAX: usize = 600_000;

/// Routes are listed within a reduced cost that doubles from this, until it covers the gap or they are so many.
const FIRST_COST: i64 = 8 * MICRO;
const LISTED_ROUTES_ENOUGH: usize = 60_000;

/// The integer problem is asked about no more routes than this.
const FEW_ROUTES: usize = 5_000;

/// Nor, before the routes are listed, where the relaxation brought more than this.
const FEW_GENERATED: usize = 1_500;

/// The integer solver's bound may be off by its tolerances; points are whole, so a hundredth costs nothing.
const FLOAT_SLACK: f64 = 0.01;

/// In one attempt to settle a plan so many nodes are looked at: fewer the more routes there are, as each takes longer.
const NODES: std::ops::RangeInclusive<u64> = 5..=200;
const NODES_BY_ROUTES_SQUARED: u64 = 4_000_000_000;

/// A group's search.
pub(super) struct Group {
    days: Vec<ShiftDay>,
    /// The most new minutes of each grant.
    most: Vec<(GrantId, i32)>,
    generation: Generation,
    /// Positions in the pool of the best plan's routes.
    best: Vec<usize>,
    /// Points of the best plan: what the group adds to the plan without new visits; 0 for no visits.
    pub points: i64,
    /// No plan of the group has fewer points.
    pub bound: Option<i64>,
    /// What proves `bound`, or a lower one, to anyone who asks.
    pub proof: Option<Arc<GroupProof>>,
    /// Whether the pool holds every route that a better plan could use.
    complete: bool,
    /// Routes are listed where the gap in points is no wider than this.
    listable: i64,
    /// The points at which the integer problem was last asked for a better plan.
    chosen_at: Option<i64>,
    /// All routes that a better plan could use, once the pool is complete.
    settlement: Option<Settlement>,
    /// Cases of the relaxation, with pricing in each.
    tree: Option<Tree>,
    random: ChaCha8Rng,
    /// Shifts that the next improvement frees.
    neighbourhood: usize,
}

impl Group {
    pub fn new(problem: &Problem, book: &Rulebook, days: Vec<ShiftDay>, seed: u64) -> Self {
        let rows = Rows::new(problem, book, &days);
        let grants: BTreeSet<GrantId> = rows.kinds.iter().map(|kind| kind.grant).collect();
        let most = grants.into_iter().map(|grant| (grant, book.grants[grant].lengths.most().0)).collect();
        Group {
            most,
            generation: Generation::new(rows, &days),
            days,
            best: Vec::new(),
            points: 0,
            bound: None,
            proof: None,
            complete: false,
            listable: i64::MAX,
            settlement: None,
            tree: None,
            chosen_at: None,
            random: ChaCha8Rng::seed_from_u64(seed),
            neighbourhood: improve::FIRST_SHIFTS,
        }
    }

    /// Whether no plan of the group is better by a point.
    pub fn is_proven(&self) -> bool {
        self.bound.is_some_and(|bound| bound >= self.points)
    }

    /// How many points better another plan could be at the most; very many where nothing is proven.
    pub fn gap(&self) -> i64 {
        self.bound.map_or(i64::MAX, |bound| self.points - bound)
    }

    /// The visits of the best plan.
    pub fn visits(&self) -> impl Iterator<Item = Visit> {
        self.best.iter().flat_map(|column| &self.generation.pool.columns[*column].visits).copied()
    }

    /// A first plan.
    pub fn start(&mut self, problem: &Problem, book: &Rulebook, stop: &Stop) {
        let ground = Ground::new(problem, book, &self.generation.rows, &self.days);
        let columns = recreate::plan(&ground, &mut self.random, stop);
        self.offer_columns(columns);
    }

    /// A better plan near the best one, if there is one to be found by moving a few visits.
    pub fn polish(&mut self, problem: &Problem, book: &Rulebook, stop: &Stop) {
        let visits: Vec<Visit> = self.visits().collect();
        let ground = Ground::new(problem, book, &self.generation.rows, &self.days);
        let columns = recreate::polish(&ground, &visits, (&mut self.random, stop));
        self.offer_columns(columns);
    }

    fn offer_columns(&mut self, columns: Vec<Column>) {
        let positions = columns.into_iter().map(|column| self.generation.pool.place(column)).collect();
        self.offer(positions);
    }

    /// Whether the relaxation is solved.
    pub fn is_relaxed(&self) -> bool {
        self.generation.converged
    }

    /// Whether the relaxation is nearly solved.
    pub fn is_nearly_relaxed(&self) -> bool {
        self.generation.is_nearly_converged()
    }

    /// One round of column generation; false when the relaxation is solved or the clock has run out.
    pub fn generate(&mut self, stop: &Stop) -> bool {
        let round = self.generation.round(&self.days, stop);
        self.note_bound();
        round == Round::Improved
    }

    /// What the relaxation would pay for each shift, in millionths of a point; nothing before it has a bound.
    pub fn shift_values(&self) -> impl Iterator<Item = (ShiftId, i64)> {
        self.days.iter().zip(self.generation.shift_bounds()).map(|(day, least)| (day.shift, -least))
    }

    /// A plan near the relaxation.
    pub fn dive(&mut self, stop: &Stop) {
        self.dive_around(Vec::new(), stop);
    }

    fn dive_around(&mut self, keep: Vec<usize>, stop: &Stop) {
        let plan = dive::dive(&mut self.generation.slope(&self.days), keep, stop);
        if let Some(columns) = plan {
            self.offer(columns);
        }
    }

    /// One improvement: some shifts may change, the others keep their route. By diving, which prices new routes, and
    /// where that gives nothing by the integer problem over the routes known.
    pub fn improve(&mut self, limit: Limit, stop: &Stop) {
        let wanting = self.wanting();
        let terrain = Terrain { rows: &self.generation.rows, days: &self.days, wanting: &wanting };
        let free = terrain.related_shifts(self.neighbourhood, &mut self.random);
        let before = self.points;
        let keep: Vec<usize> = self.best.iter().copied().filter(|at| !free.contains(&self.column(*at).shift)).collect();
        self.dive_around(keep, stop);
        if self.points == before {
            self.choose_around(&free, limit, stop);
        }
        if self.points == before {
            self.neighbourhood = improve::wider(self.neighbourhood, self.days.len());
        }
    }

    /// Grants of which a longer pattern of lengths is open than the best plan gives.
    fn wanting(&self) -> Vec<GrantId> {
        let mut given: BTreeMap<GrantId, i32> = BTreeMap::new();
        for visit in self.visits() {
            *given.entry(visit.grant).or_default() += visit.span.length().0;
        }
        let short = |(grant, most): &(GrantId, i32)| given.get(grant).is_none_or(|minutes| minutes < most);
        self.most.iter().copied().filter(short).map(|(grant, _)| grant).collect()
    }

    fn choose_around(&mut self, free: &BTreeSet<usize>, limit: Limit, stop: &Stop) {
        let best: BTreeSet<usize> = self.best.iter().copied().collect();
        let promising = self.promising().into_iter();
        let pool: Vec<usize> =
            promising.filter(|at| free.contains(&self.column(*at).shift) || best.contains(at)).collect();
        self.choose_among(&pool, limit, stop);
    }

    /// Takes the best plan over some columns of the pool, ascending, if it is better; gives a bound of all such plans.
    fn choose_among(&mut self, pool: &[usize], limit: Limit, stop: &Stop) -> Option<f64> {
        let columns: Vec<&Column> = pool.iter().map(|at| self.column(*at)).collect();
        let start: Vec<usize> = self.best.iter().filter_map(|at| pool.binary_search(at).ok()).collect();
        let chosen = integer::choose(&self.generation.rows, &columns, &start, (limit, stop))?;
        self.offer(chosen.columns.into_iter().map(|at| pool[at]).collect());
        Some(chosen.bound).filter(|bound| bound.is_finite())
    }

    /// The best plan over the routes that the relaxation brought, where they are few.
    pub fn choose(&mut self, limit: Limit, stop: &Stop) {
        let pool = self.promising();
        if pool.len() <= FEW_GENERATED {
            self.choose_among(&pool, limit, stop);
        }
    }

    /// A better plan by the integer problem, over all routes that one could use, where they are few; or the proof that
    /// there is none.
    fn choose_among_few(&mut self, limit: Limit, stop: &Stop) {
        let pool = self.promising();
        if pool.len() <= FEW_ROUTES
            && let Some(bound) = self.choose_among(&pool, limit, stop)
        {
            // A better plan would use these columns alone, so it has at least their bound. Points are whole.
            self.raise_bound((bound - FLOAT_SLACK).ceil() as i64);
        }
    }

    fn column(&self, at: usize) -> &Column {
        &self.generation.pool.columns[at]
    }

    /// Lists the routes that a better plan could use and settles the plan over them: over all, which proves it, or where
    /// these are too many over the most attractive ones, which only finds a better plan.
    pub fn prove(&mut self, limit: Limit, stop: &Stop) {
        if self.is_proven() || !self.generation.converged {
            return;
        }
        if !self.complete && self.gap() <= self.listable {
            self.list_routes(stop);
        }
        if self.complete {
            self.settle(limit, stop);
        }
    }

    /// Lists the routes within reduced costs that double until the gap is covered or the routes are too many.
    fn list_routes(&mut self, stop: &Stop) {
        let gap = self.gap_in_millionths();
        let (mut most, mut listed) = (FIRST_COST.min(gap), None);
        while let Some(routes) = self.enumerate(most, stop) {
            let is_enough = most == gap || count(&routes) > LISTED_ROUTES_ENOUGH;
            listed = Some((most, routes));
            if is_enough {
                break;
            }
            most = (most * 2).min(gap);
        }
        let Some((most, routes)) = listed else {
            self.listable = FIRST_COST / MICRO / 2;
            return;
        };
        self.add_routes(&routes);
        self.complete = most == gap;
        if !self.complete {
            self.listable = most / MICRO;
            self.settle_some(most / 2, stop);
        }
    }

    /// Settles the plan over the routes whose reduced cost is at most so much above the least.
    fn settle_some(&mut self, most: i64, stop: &Stop) {
        let Some((bound, duals)) = self.generation.bound.clone() else { return };
        let columns = self.cheaper_than(most).into_iter().map(|at| (at, self.column(at).clone())).collect();
        let mut settlement = Settlement::new(&self.generation.rows, columns, (bound, &duals));
        settlement.cut(self.points, stop);
        if let Some(plan) = settlement.dive(stop) {
            self.offer(plan);
        }
    }

    /// Settles the plan over all routes that a better one could use: by cuts, a dive, branching, and where they are few
    /// the integer problem.
    fn settle(&mut self, limit: Limit, stop: &Stop) {
        let mut settlement = self.settlement.take().unwrap_or_else(|| self.all_promising());
        settlement.cut(self.points, stop);
        self.raise_bound(whole(settlement.bound));
        if !self.is_proven()
            && let Some(plan) = settlement.dive(stop)
        {
            self.offer(plan);
        }
        if !self.is_proven() {
            let work = Work::rounds(Some(nodes_for(&settlement)));
            if let Some(columns) = settlement.branch(self.points, work, stop) {
                self.offer(columns);
            }
            self.raise_bound(whole(settlement.bound));
        }
        if !self.is_proven() && self.chosen_at != Some(self.points) {
            self.choose_among_few(limit, stop);
            self.chosen_at = Some(self.points);
        }
        self.settlement = Some(settlement);
    }

    fn all_promising(&self) -> Settlement {
        let columns = self.promising().into_iter().map(|at| (at, self.column(at).clone())).collect();
        let (bound, duals) = self.generation.bound.as_ref().expect("a group that is enumerated has a bound");
        Settlement::new(&self.generation.rows, columns, (*bound, duals))
    }

    /// Branches with pricing at every node: it needs no list of routes, and what it proves goes into the proof.
    pub fn branch(&mut self, nodes: u64, stop: &Stop) {
        let Some((bound, duals)) = self.generation.bound.clone() else { return };
        let mut tree = self.tree.take().unwrap_or_else(|| Tree::recorded(&self.generation.rows, (bound, &duals)));
        let work = Work::rounds(Some(nodes));
        let found = tree.search(&mut self.generation.slope(&self.days), self.points, (work, stop));
        if let Some(columns) = found {
            self.offer(columns);
        }
        self.raise_bound(whole(tree.bound(self.points)));
        self.note_proof(&tree);
        self.tree = Some(tree);
    }

    /// Whether the proof proves the bound.
    pub fn is_certified(&self) -> bool {
        self.proof.as_ref().map(|proof| proof.bound) >= self.bound
    }

    fn note_proof(&mut self, tree: &Tree) {
        let Some(record) = tree.record() else { return };
        let bound = whole(record.bound()).min(self.points);
        if self.proof.as_ref().is_none_or(|proof| proof.bound < bound) {
            let shifts: Vec<ShiftId> = self.days.iter().map(|day| day.shift).collect();
            let tree = record.tree(&self.generation.rows, &shifts);
            self.proof = Some(Arc::new(GroupProof { shifts, tree, bound }));
        }
    }

    /// Notes a bound on all plans that are better than the best one.
    fn raise_bound(&mut self, bound: i64) {
        self.bound = self.bound.max(Some(bound.min(self.points)));
    }

    /// The routes of each shift whose reduced cost is at most so much above the least, if they are few enough.
    fn enumerate(&self, most: i64, stop: &Stop) -> Option<Vec<Vec<Route>>> {
        let (_, duals) = self.generation.bound.as_ref()?;
        let rows = &self.generation.rows;
        let least = self.generation.shift_bounds();
        let routes = |(shift, day): (usize, &ShiftDay)| {
            let values = rows.values(shift, duals);
            if stop.now() {
                return None;
            }
            enumerate::routes(day, &values, most + least[shift], ENUMERATION_LABELS_MAX)
        };
        let found: Option<Vec<_>> = self.days.par_iter().enumerate().map(routes).collect();
        found.filter(|routes| count(routes) <= ENUMERATION_ROUTES_MAX)
    }

    fn add_routes(&mut self, routes: &[Vec<Route>]) {
        for (shift, routes) in routes.iter().enumerate() {
            for route in routes {
                let column = Column::new(&self.generation.rows, &self.days[shift], shift, route);
                self.generation.pool.add(column);
            }
        }
    }

    /// The columns that a better plan could use, as far as the bound's duals tell, and those of the best plan.
    fn promising(&self) -> Vec<usize> {
        self.cheaper_than(self.gap_in_millionths())
    }

    /// How much more than the relaxation a better plan can cost.
    fn gap_in_millionths(&self) -> i64 {
        let bound = self.generation.bound.as_ref().map_or(0, |(bound, _)| *bound);
        (self.points - 1) * MICRO - bound
    }

    /// The columns whose reduced cost is at most so much above the least of their shift, and those of the best plan.
    fn cheaper_than(&self, most: i64) -> Vec<usize> {
        let pool = &self.generation.pool;
        let useful = pool.useful();
        let Some((_, duals)) = &self.generation.bound else { return useful };
        let least = self.generation.shift_bounds();
        let best: BTreeSet<usize> = self.best.iter().copied().collect();
        let (rows, prices) = (&self.generation.rows, self.generation.rows.prices(duals));
        let keep = |at: &usize| {
            let column = &pool.columns[*at];
            best.contains(at) || column.reduced_cost(rows, &prices) <= most + least[column.shift]
        };
        let kept = useful.into_iter().chain(self.best.iter().copied()).filter(keep);
        kept.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// Takes the routes as the best plan if they are one and better.
    fn offer(&mut self, columns: Vec<usize>) {
        let points = self.points_of(&columns);
        let routes: Vec<&Column> = columns.iter().map(|at| self.column(*at)).collect();
        if points < self.points && self.generation.rows.allow(&routes) {
            self.points = points;
            self.best = columns;
        }
    }

    /// What the routes cost, further carers included.
    fn points_of(&self, columns: &[usize]) -> i64 {
        let columns = columns.iter().map(|at| &self.generation.pool.columns[*at]);
        let rows = &self.generation.rows;
        let mut carers: BTreeMap<GrantId, BTreeSet<CarerId>> = BTreeMap::new();
        for visit in columns.clone().flat_map(|column| &column.visits) {
            carers.entry(visit.grant).or_default().insert(visit.carer);
        }
        let beyond_first = |grant: &SharedGrant| {
            let carers = carers.get(&grant.grant).into_iter().flatten().filter(|c| !grant.pinned.contains(c));
            let first = i64::from(grant.pinned.is_empty());
            (carers.count() as i64 - first).max(0) * rows.side[grant.extra].cost
        };
        let further: i64 = rows.shared.iter().map(beyond_first).sum();
        columns.map(|column| column.cost).sum::<i64>() + further
    }

    fn note_bound(&mut self) {
        let Some((bound, duals)) = &self.generation.bound else { return };
        let whole = whole(*bound);
        self.bound = self.bound.max(Some(whole));
        if self.proof.as_ref().is_none_or(|proof| proof.bound < whole) {
            let tree = proof::Tree::Leaf(Leaf { duals: self.generation.rows.named(duals) });
            let shifts = self.days.iter().map(|day| day.shift).collect();
            self.proof = Some(Arc::new(GroupProof { shifts, tree, bound: whole }));
        }
    }
}

/// Points are whole: a bound in millionths, rounded up.
fn whole(millionths: i64) -> i64 {
    millionths.div_euclid(MICRO) + i64::from(millionths.rem_euclid(MICRO) != 0)
}

fn count(routes: &[Vec<Route>]) -> usize {
    routes.iter().map(Vec::len).sum()
}

/// How many nodes to look at in one attempt.
fn nodes_for(settlement: &Settlement) -> u64 {
    (NODES_BY_ROUTES_SQUARED / settlement.routes().pow(2).max(1)).clamp(*NODES.start(), *NODES.end())
}
