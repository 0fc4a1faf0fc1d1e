//! One independent group of shifts on its way from nothing to a proven plan.

mod listing;
mod proving;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::branch::Tree;
use super::colgen::{Generation, Round};
use super::column::Column;
use super::day::ShiftDay;
use super::dive::{self, Order};
use super::draft::Ground;
use super::improve::{self, Freed, Terrain};
use super::integer::{self, Asked, Limit};
use super::pace::Pace;
use super::pricing::MICRO;
use super::recreate;
use super::rows::{Rows, SharedGrant};
use super::settle::Settlement;
use super::stop::{Stop, Work};
use crate::ids::{CarerId, GrantId, ShiftId};
use crate::plan::proof::{self, GroupProof, Leaf};
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;
use listing::Listing;
use proving::Proving;

/// The integer problem around a plan is asked about so many of the cheapest.
const ROUTES_AROUND: usize = 3_000;

/// So many minutes more than a plan are no matter of rounding.
const MORE: f64 = 1.0;

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
    listing: Listing,
    /// Routes that a better plan could use, once they are listed: all, or the most attractive ones.
    settlement: Option<Settlement>,
    /// How far the plan is settled over them.
    proving: Proving,
    /// Cases of the relaxation, with pricing in each.
    tree: Option<Tree>,
    random: ChaCha8Rng,
    /// Shifts that the next improvement frees.
    neighbourhood: usize,
    /// How many improvements gave nothing since the last better plan.
    in_vain: u32,
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
            listing: Listing::default(),
            settlement: None,
            proving: Proving::default(),
            tree: None,
            random: ChaCha8Rng::seed_from_u64(seed),
            neighbourhood: improve::FIRST_SHIFTS,
            in_vain: 0,
        }
    }

    /// Whether no plan of the group is better by a point.
    pub fn is_proven(&self) -> bool {
        self.bound.is_some_and(|bound| bound >= self.points)
    }

    /// The visits of the best plan.
    pub fn visits(&self) -> impl Iterator<Item = Visit> {
        self.best.iter().flat_map(|column| &self.generation.pool.columns[*column].visits).copied()
    }

    /// A first plan; near the published roster, where there is one.
    pub fn start(&mut self, problem: &Problem, book: &Rulebook, stop: &Stop) {
        if let Some(published) = &problem.published {
            return self.start_from(&published.visits, (problem, book), stop);
        }
        let ground = Ground::new(problem, book, &self.generation.rows, &self.days);
        let columns = recreate::plan(&ground, &mut self.random, stop);
        self.offer_columns(columns);
    }

    /// A first plan of what fits of these visits.
    pub fn start_from(&mut self, visits: &[Visit], (problem, book): (&Problem, &Rulebook), stop: &Stop) {
        let ground = Ground::new(problem, book, &self.generation.rows, &self.days);
        let columns = recreate::kept(&ground, visits, (&mut self.random, stop));
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

    /// Whether the relaxation is solved, as far as it goes without rows of halves.
    pub fn is_relaxed(&self) -> bool {
        self.generation.converged || self.generation.halving
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

    /// Whether the first dive does not wait for the relaxation.
    pub fn dives_early(&self) -> bool {
        Pace::of(self.days.len()).dives_early
    }

    /// A plan near the relaxation.
    pub fn dive(&mut self, stop: &Stop) {
        self.dive_around(&[], Order::Taken { below: self.points }, stop);
    }

    /// The same in small steps, some of them taken back: a plan nearer to the relaxation, in more time. False where it is no better.
    pub fn dive_carefully(&mut self, stop: &Stop) -> bool {
        let below = self.points;
        self.dive_around(&[], Order::Carefully { below }, stop);
        self.points < below
    }

    fn dive_around(&mut self, keep: &[usize], order: Order, stop: &Stop) {
        let keep = self.generation.places(keep);
        let plan = dive::dive(&mut self.generation.slope(&self.days), (keep, order), stop);
        if let Some(places) = plan {
            self.offer(self.generation.pooled(&places));
        }
    }

    /// One improvement: some shifts may change, the others keep their route. By diving, which prices new routes, and
    /// where that gives nothing by the integer problem over the routes known.
    pub fn improve(&mut self, limit: Limit, stop: &Stop) {
        let before = self.points;
        let turn = if self.settlement.is_some() { improve::turn(self.in_vain) } else { Freed::Related };
        let free = match turn {
            Freed::Differing(count) => self.differing_shifts(&BTreeSet::new(), count),
            Freed::Crossing => self.crossing_shifts(stop),
            Freed::Related => self.related_shifts(),
        };
        self.choose_around(&free, limit, stop);
        if self.points == before && self.settlement.is_none() {
            let is_kept = |at: &usize| !free.contains(&self.column(*at).shift);
            let keep: Vec<usize> = self.best.iter().copied().filter(is_kept).collect();
            self.dive_around(&keep, Order::Taken { below: before }, stop);
        }
        if self.points == before {
            if turn == Freed::Related {
                self.neighbourhood = improve::wider(self.neighbourhood, self.days.len());
            }
            self.in_vain += 1;
        }
    }

    /// Shifts that have the most to do with each other.
    fn related_shifts(&mut self) -> BTreeSet<usize> {
        let wanting = self.wanting();
        let terrain = Terrain { rows: &self.generation.rows, days: &self.days, wanting: &wanting };
        terrain.related_shifts(self.neighbourhood, &mut self.random)
    }

    /// The shifts in which the best plan differs from that of another dive over the listed routes, and those in which it differs most from
    /// the relaxation.
    fn crossing_shifts(&mut self, stop: &Stop) -> BTreeSet<usize> {
        let Some(mut settlement) = self.settlement.take() else { return BTreeSet::new() };
        let plan = settlement.dive(Order::Roughly(&mut self.random), stop).unwrap_or_default();
        self.settlement = Some(settlement);
        let route = |column: &Column| (column.shift, column.kinds.clone());
        let own: BTreeSet<_> = self.best.iter().map(|at| route(self.column(*at))).collect();
        let others: BTreeSet<_> = plan.iter().map(route).collect();
        let crossing: BTreeSet<usize> = own.symmetric_difference(&others).map(|(shift, _)| *shift).collect();
        self.offer_columns(plan);
        self.differing_shifts(&crossing, improve::CROSSING_SHIFTS)
    }

    /// So many shifts: these, and those of whose best route the relaxation over listed routes takes least.
    fn differing_shifts(&self, first: &BTreeSet<usize>, count: usize) -> BTreeSet<usize> {
        let Some(settlement) = &self.settlement else { return BTreeSet::new() };
        let mut agreement = vec![0.0; self.days.len()];
        self.best.iter().map(|at| self.column(*at)).for_each(|c| agreement[c.shift] = settlement.agreement(c));
        first.iter().for_each(|shift| agreement[*shift] = -1.0);
        let mut shifts: Vec<usize> = (0..self.days.len()).collect();
        shifts.sort_by(|a, b| agreement[*a].total_cmp(&agreement[*b]));
        shifts.into_iter().take(count).collect()
    }

    /// Whether improvements may soon give more than a proof: that is not near, and not everything has been tried since the last better
    /// plan.
    pub fn is_promising(&self) -> bool {
        !self.is_proven() && !self.is_near_proof() && self.in_vain < improve::ROUND
    }

    /// Grants to which the relaxation over listed routes gives more than the best plan; where it gives more to none, those of which
    /// a longer pattern of lengths is open.
    fn wanting(&self) -> Vec<GrantId> {
        let mut given: BTreeMap<GrantId, i32> = BTreeMap::new();
        for visit in self.visits() {
            *given.entry(visit.grant).or_default() += visit.span.length().0;
        }
        let of_plan = |grant: GrantId| given.get(&grant).copied().unwrap_or(0);
        let relaxed = self.settlement.iter().flat_map(Settlement::given);
        let more = relaxed.filter(|(grant, minutes)| *minutes > f64::from(of_plan(*grant)) + MORE);
        let more: Vec<GrantId> = more.map(|(grant, _)| grant).collect();
        if more.is_empty() {
            return self.most.iter().filter(|(grant, most)| of_plan(*grant) < *most).map(|(grant, _)| *grant).collect();
        }
        more
    }

    /// The best plan in which only these shifts change, over the routes that are listed or known.
    fn choose_around(&mut self, free: &BTreeSet<usize>, limit: Limit, stop: &Stop) {
        let is_free = |at: &usize| free.contains(&self.column(*at).shift);
        let (own, kept): (Vec<usize>, Vec<usize>) = self.best.iter().partition(|at| is_free(at));
        let routes = match &self.settlement {
            Some(settlement) => settlement.cheapest(free, ROUTES_AROUND),
            None => self.promising().into_iter().filter(|at| is_free(at)).map(|at| self.column(at)).collect(),
        };
        let columns: Vec<&Column> =
            routes.into_iter().chain(own.iter().chain(&kept).map(|at| self.column(*at))).collect();
        let fixed_from = columns.len() - kept.len();
        let start: Vec<usize> = (fixed_from - own.len()..columns.len()).collect();
        let asked = Asked { columns: &columns, start: &start, fixed_from };
        let settled = self.settlement.as_ref().map(Settlement::priced_rows);
        let rows = settled.as_ref().unwrap_or(&self.generation.rows);
        let Some(chosen) = integer::choose(rows, &asked, (limit, stop)) else { return };
        let plan = chosen.iter().map(|at| columns[*at].clone()).collect();
        self.offer_columns(plan);
    }

    fn column(&self, at: usize) -> &Column {
        &self.generation.pool.columns[at]
    }

    /// The same as [`Group::cut_deeper`], as long as that is of use to the bound. It begins with the cuts that were found over listed
    /// routes.
    pub fn sharpen(&mut self, stop: &Stop) -> bool {
        if self.is_proven() || self.is_all_listed() {
            return false;
        }
        if let Some(settlement) = self.settlement.as_ref().filter(|_| !self.generation.halving) {
            self.generation.learn(settlement.lesson());
        }
        self.cut_deeper(stop)
    }

    /// One round of column generation with rows of halves among the cuts, once the relaxation is solved without them;
    /// false when they raise the bound no further.
    pub fn cut_deeper(&mut self, stop: &Stop) -> bool {
        let is_done = self.generation.converged && !self.generation.halve();
        !is_done && (self.generate(stop) || (self.generation.converged && self.generation.halve()))
    }

    /// Branches with pricing at every node: it needs no list of routes, and what it proves goes into the proof.
    pub fn branch(&mut self, nodes: u64, stop: &Stop) {
        let Some((bound, duals)) = self.generation.bound.clone() else { return };
        let mut tree = self.tree.take().unwrap_or_else(|| Tree::recorded(&self.generation.rows, (bound, &duals)));
        let work = Work::rounds(Some(nodes));
        let found = tree.search(&mut self.generation.slope(&self.days), self.points, (work, stop));
        if let Some(places) = found {
            self.offer(self.generation.pooled(&places));
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
        let (rows, tariffs) = (&self.generation.rows, self.generation.rows.tariffs(duals));
        let keep = |at: &usize| {
            let column = &pool.columns[*at];
            best.contains(at) || column.reduced_cost(rows, &tariffs) <= most + least[column.shift]
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
            self.in_vain = 0;
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
