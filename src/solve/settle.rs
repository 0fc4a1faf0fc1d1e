//! The last gap, over listed routes: every one that a better plan could use, or the most attractive ones.
//!
//! Once these routes are listed, pricing is looking them up, and rows may count routes in any way (`halves`). Their
//! cuts raise the bound; every rise makes more routes too dear for a better plan; what is left is small enough to branch
//! in. What is proven so holds for the plans of these routes: for all better plans, if every route is there.

mod branching;
mod cutting;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::areas::AreaId;
use super::bound;
use super::branch::{Solved, Tree, Wood};
use super::column::Column;
use super::counted::{Counted, of_visits};
use super::dive::{self, Order, Slope};
use super::lean::{self, retain};
use super::learned::Lesson;
use super::master::{Master, Relaxed};
use super::pricing::MICRO;
use super::rows::{Meaning, Rows};
use super::stop::Stop;
use super::tariff::Tariff;
use crate::ids::GrantId;
use cutting::Cuts;

/// New columns of a shift in one round.
const COLUMNS_A_ROUND: usize = 8;

/// Columns of a shift that a new master begins with.
const COLUMNS_AT_FIRST: usize = 60;

/// Reduced costs closer than this, in millionths, are alike to the linear program.
const ALIKE: i64 = 10;

/// Columns looked at by one thread at a time.
const CHUNK: usize = 4_096;

/// Listed routes, and the relaxation over them.
pub(super) struct Settlement {
    pub rows: Rows,
    /// No plan that uses these routes alone has fewer points, in millionths.
    pub bound: i64,
    /// The bound before the first cut.
    uncut: i64,
    columns: Vec<Column>,
    /// The columns of the master, in order, by their place above.
    entered: Vec<usize>,
    is_entered: Vec<bool>,
    master: Master,
    /// How many rows it had when idle ones were last left out.
    leaned: usize,
    duals: Vec<i64>,
    /// The routes that the relaxation took when it was last cut, in part or whole, with how much of each.
    taken: Vec<(Column, f64)>,
    tree: Option<Tree>,
    /// The search beside this one, over the routes that a plan as good as asked for could use when it began.
    other: Option<Box<Settlement>>,
    /// The cuts that dives and branching add.
    cuts: Cuts,
}

/// What duals say of each shift.
pub(super) struct Prices {
    pub tariffs: Vec<Tariff>,
    /// The least reduced cost of the shift's routes, 0 at the most.
    pub least: Vec<i64>,
    /// The bound that these prove.
    pub bound: i64,
}

impl Prices {
    /// The reduced cost above which no route of each shift is in a plan of at most so many millionths.
    pub fn most(&self, points: i64) -> Vec<i64> {
        self.least.iter().map(|least| least + points - self.bound).collect()
    }
}

impl Settlement {
    /// Over these routes; `bound` comes with the duals that prove it.
    pub fn new(rows: &Rows, columns: Vec<Column>, (bound, duals): (i64, &[i64])) -> Self {
        let mut rows = rows.clone();
        let kept = rows.leave_out(|row| duals[row] == 0, |_| true);
        let mut duals = duals.to_vec();
        retain(&mut duals, &kept);
        let mut settlement = Settlement {
            master: Master::new(&rows),
            leaned: rows.rows.len(),
            is_entered: vec![false; columns.len()],
            entered: Vec::new(),
            bound,
            uncut: bound,
            duals,
            tree: None,
            other: None,
            cuts: Cuts::Halves,
            taken: Vec::new(),
            rows,
            columns,
        };
        settlement.enter_cheapest(COLUMNS_A_ROUND);
        settlement
    }

    /// Enters so many routes of each shift, the cheapest.
    fn enter_cheapest(&mut self, most: usize) {
        let (costs, _) = self.inspect(&self.duals);
        let any = vec![i64::MAX; self.rows.of_shift.len()];
        let first = self.cheaper(&costs, &any, most);
        self.enter(first);
    }

    /// Begins a new master, without cuts that have no price and counts that nothing is branched on, and with the cheapest
    /// routes.
    fn renew(&mut self, counted: impl Fn(usize) -> bool) {
        let kept = self.rows.leave_out(|row| self.duals[row] == 0, counted);
        retain(&mut self.duals, &kept);
        self.leaned = self.rows.rows.len();
        self.master = Master::new(&self.rows);
        self.is_entered.fill(false);
        self.entered.clear();
        self.enter_cheapest(COLUMNS_AT_FIRST);
    }

    /// Solves the relaxation over the listed routes; nothing where that cannot be.
    pub fn solve_again(&mut self, stop: &Stop) -> Option<Solved> {
        let solved = self.solve_all(i64::MAX, stop)?;
        if solved.bound > self.bound {
            (self.bound, self.duals) = (solved.bound, solved.duals.clone());
        }
        Some(solved)
    }

    fn routes_taken(&self, relaxed: &Relaxed) -> Vec<(Column, f64)> {
        let taken = relaxed.routes.iter().enumerate().filter(|(_, value)| **value > 0.0);
        taken.map(|(place, value)| (self.column(place).clone(), *value)).collect()
    }

    /// What the relaxation can learn from it.
    pub fn lesson(&self) -> Lesson<'_> {
        let taken = self.taken.iter().map(|(column, _)| column).collect();
        Lesson { rows: &self.rows, duals: &self.duals, taken }
    }

    /// The rows without cuts that have no price.
    pub fn priced_rows(&self) -> Rows {
        let mut rows = self.rows.clone();
        rows.leave_out(|row| self.duals[row] == 0, |_| false);
        rows
    }

    /// How much of a route the relaxation took when it was last cut.
    pub fn agreement(&self, column: &Column) -> f64 {
        self.taken.iter().find(|(taken, _)| taken == column).map_or(0.0, |(_, value)| *value)
    }

    /// The minutes that it gave to each grant then.
    pub fn given(&self) -> BTreeMap<GrantId, f64> {
        let mut given = BTreeMap::new();
        for (column, value) in &self.taken {
            for kind in column.kinds.iter().map(|kind| &self.rows.kinds[*kind as usize]) {
                *given.entry(kind.grant).or_insert(0.0) += value * f64::from(kind.length);
            }
        }
        given
    }

    fn columns_at(&self, places: Vec<usize>) -> Vec<Column> {
        places.into_iter().map(|place| self.columns[self.entered[place]].clone()).collect()
    }

    /// What the bound's duals say of each shift, the least reduced cost of its listed routes, 0 at the most, and the bound that these prove.
    pub fn prices(&self) -> Prices {
        let (_, least) = self.inspect(&self.duals);
        let bound = bound::lagrangian(&self.rows, &self.duals, &least);
        Prices { tariffs: self.rows.tariffs(&self.duals), least, bound }
    }

    /// Lists these routes too.
    pub fn add(&mut self, columns: Vec<Column>) {
        let key = |column: &Column| (column.shift, column.kinds.clone());
        let listed: BTreeSet<_> = self.columns.iter().map(key).collect();
        let fresh: Vec<Column> = columns.into_iter().filter(|column| !listed.contains(&key(column))).collect();
        let is_more = !fresh.is_empty();
        self.columns.extend(fresh);
        self.is_entered.resize(self.columns.len(), false);
        if is_more {
            let Prices { bound, .. } = self.prices();
            // What branching has proven holds for the routes there were before.
            (self.bound, self.tree, self.other) = (self.bound.min(bound), None, None);
        }
    }

    /// The points, in millionths, up to which all plans use listed routes alone, where all routes are listed whose reduced cost is at most
    /// that of their shift.
    pub fn covers(&self, most: &[i64]) -> i64 {
        let Prices { least, bound, .. } = self.prices();
        let unlisted = least.iter().zip(most).map(|(least, most)| bound - least + most);
        unlisted.min().unwrap_or(i64::MAX)
    }

    /// The routes, those that no plan as good as asked for can use left out.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The routes of a plan near the relaxation. The dive that goes by what is taken adds all cuts on its way: it comes to better plans
    /// with them, but takes four times as long as one without.
    pub fn dive(&mut self, order: Order, stop: &Stop) -> Option<Vec<Column>> {
        let cuts = if matches!(order, Order::Roughly(_)) { Cuts::Kinds } else { Cuts::Parts };
        let before = std::mem::replace(&mut self.cuts, cuts);
        let plan = dive::dive(self, (Vec::new(), order), stop);
        self.cuts = before;
        Some(self.columns_at(plan?))
    }

    /// The same over the routes that a plan with fewer than `points` can use.
    pub fn below(&self, points: i64) -> Settlement {
        let usable = self.usable_below(points);
        let columns = self.columns.iter().zip(usable).filter(|(_, usable)| *usable);
        let columns = columns.map(|(column, _)| column.clone()).collect();
        Settlement { uncut: self.uncut, ..Settlement::new(&self.rows, columns, (self.bound, &self.duals)) }
    }

    /// Whether a plan with fewer than `points` can use each route, as far as the bound's duals tell.
    fn usable_below(&self, points: i64) -> Vec<bool> {
        let (costs, least) = self.inspect(&self.duals);
        let gap = (points - 1) * MICRO - bound::lagrangian(&self.rows, &self.duals, &least);
        self.columns.iter().zip(costs).map(|(column, cost)| cost <= gap + least[column.shift]).collect()
    }

    /// Drops the routes that no plan with fewer than `points` can use, save those that the master has.
    fn drop_dear(&mut self, points: i64) {
        let usable = self.usable_below(points).into_iter().zip(&self.is_entered);
        let kept: Vec<bool> = usable.map(|(usable, entered)| usable || *entered).collect();
        let place = |next: &mut usize, kept: &bool| Some(std::mem::replace(next, *next + usize::from(*kept)));
        let places: Vec<usize> = kept.iter().scan(0, place).collect();
        self.entered.iter_mut().for_each(|at| *at = places[*at]);
        retain(&mut self.columns, &kept);
        retain(&mut self.is_entered, &kept);
    }

    fn columns_entered(&self) -> Vec<&Column> {
        self.entered.iter().map(|at| &self.columns[*at]).collect()
    }

    /// Lets the master go on without the cuts that do nothing where it stands, once there are many.
    fn lean(&mut self) {
        if !lean::are_many(self.rows.rows.len(), self.leaned) {
            return;
        }
        let Some(standing) = self.master.standing() else { return };
        let is_idle = |row: usize| standing.is_idle(row) && self.duals[row] == 0;
        let kept = self.rows.leave_out(is_idle, |_| true);
        retain(&mut self.duals, &kept);
        self.leaned = self.rows.rows.len();
        let all = vec![true; self.entered.len()];
        let columns = self.entered.iter().map(|at| &self.columns[*at]);
        self.master = self.master.without(&self.rows, columns, (standing, &kept, &all));
    }

    fn enter_rows(&mut self) {
        let columns = self.entered.iter().map(|at| &self.columns[*at]);
        self.master.add_new_rows(&self.rows, columns);
    }

    fn enter(&mut self, fresh: Vec<usize>) {
        for at in fresh {
            self.is_entered[at] = true;
            self.master.add_column(&self.rows, &self.columns[at]);
            self.entered.push(at);
        }
    }

    /// The routes of some shifts, so many of the cheapest.
    pub fn cheapest(&self, shifts: &BTreeSet<usize>, most: usize) -> Vec<&Column> {
        let (costs, least) = self.inspect(&self.duals);
        let own = self.columns.iter().zip(costs).filter(|(column, _)| shifts.contains(&column.shift));
        let mut own: Vec<(i64, &Column)> = own.map(|(column, cost)| (cost - least[column.shift], column)).collect();
        own.sort_by_key(|(cost, _)| *cost);
        own.truncate(most);
        own.into_iter().map(|(_, column)| column).collect()
    }

    /// The reduced cost of every column, and the least of each shift.
    fn inspect(&self, duals: &[i64]) -> (Vec<i64>, Vec<i64>) {
        let rows = &self.rows;
        let tariffs = rows.tariffs(duals);
        let columns = self.columns.par_iter().with_min_len(CHUNK);
        let entries: Vec<(i64, AreaId)> = rows
            .of_area
            .iter()
            .map(|(row, area)| (duals[*row as usize], *area))
            .filter(|(dual, _)| *dual != 0)
            .collect();
        let paid = |column: &Column| -> i64 {
            entries.iter().map(|(dual, area)| dual * rows.areas.entries(*area, &column.visits)).sum()
        };
        let costs: Vec<i64> = columns.map(|column| column.reduced_cost(rows, &tariffs) - paid(column)).collect();
        let mut least = vec![0; rows.of_shift.len()];
        for (column, cost) in self.columns.iter().zip(&costs) {
            least[column.shift] = least[column.shift].min(*cost);
        }
        (costs, least)
    }

    /// The least reduced cost of each shift's columns in the master, 0 at the most.
    fn least_entered(&self, costs: &[i64]) -> Vec<i64> {
        let mut least = vec![0; self.rows.of_shift.len()];
        for at in &self.entered {
            let shift = self.columns[*at].shift;
            least[shift] = least[shift].min(costs[*at]);
        }
        least
    }

    /// The columns that are not in the master and cheaper than this for their shift, of each shift the cheapest.
    fn cheaper(&self, costs: &[i64], than: &[i64], most: usize) -> Vec<usize> {
        let mut of_shift: BTreeMap<usize, Vec<(i64, usize)>> = BTreeMap::new();
        for (at, column) in self.columns.iter().enumerate() {
            if !self.is_entered[at] && costs[at] < than[column.shift] - ALIKE {
                of_shift.entry(column.shift).or_default().push((costs[at], at));
            }
        }
        let cheapest = |mut found: Vec<(i64, usize)>| {
            found.sort_unstable();
            found.into_iter().take(most).map(|(_, at)| at)
        };
        of_shift.into_values().flat_map(cheapest).collect()
    }
}

impl Slope for Settlement {
    fn rows(&self) -> &Rows {
        &self.rows
    }

    fn column(&self, at: usize) -> &Column {
        &self.columns[self.entered[at]]
    }

    fn master(&mut self) -> &mut Master {
        &mut self.master
    }

    fn solve(&mut self, stop: &Stop) -> Option<Relaxed> {
        self.lean();
        self.enter_rows();
        self.master.solve(&self.rows, stop)
    }

    fn separate(&mut self, relaxed: &Relaxed) -> usize {
        self.cut_off(self.cuts, relaxed)
    }

    fn price(&mut self, open: &[usize], relaxed: &Relaxed, _: &Stop) -> Option<usize> {
        let (costs, _) = self.inspect(&relaxed.duals);
        let mut than = vec![i64::MIN / 2; self.rows.of_shift.len()];
        let entered = self.least_entered(&costs);
        open.iter().for_each(|shift| than[*shift] = entered[*shift]);
        let fresh = self.cheaper(&costs, &than, COLUMNS_A_ROUND);
        let added = fresh.len();
        self.enter(fresh);
        Some(added)
    }
}

impl Wood for Settlement {
    fn solve_all(&mut self, enough: i64, stop: &Stop) -> Option<Solved> {
        self.lean();
        self.enter_rows();
        let mut best: Option<(i64, Vec<i64>)> = None;
        loop {
            let relaxed = self.master.solve(&self.rows, stop)?;
            let (costs, least) = self.inspect(&relaxed.duals);
            let proven = bound::lagrangian(&self.rows, &relaxed.duals, &least);
            if best.as_ref().is_none_or(|(bound, _)| proven > *bound) {
                best = Some((proven, relaxed.duals.clone()));
            }
            let fresh = self.cheaper(&costs, &self.least_entered(&costs), COLUMNS_A_ROUND);
            if fresh.is_empty() || proven >= enough {
                let (bound, duals) = best?;
                return Some(Solved { relaxed, bound, duals });
            }
            self.enter(fresh);
        }
    }

    fn counted(&self, column: usize) -> Vec<Counted> {
        let column = self.column(column);
        let areas = self.rows.areas.entered(&column.visits).map(Counted::Entries);
        of_visits(&self.rows, column).chain(areas).collect()
    }

    fn patterns(&self, relaxed: &Relaxed) -> Vec<(Counted, f64)> {
        let side = self.rows.side.iter().zip(&relaxed.side).enumerate();
        let patterns = side.filter(|(_, (column, _))| matches!(column.meaning, Meaning::Pattern(_)));
        patterns.map(|(at, (_, value))| (Counted::Pattern(at), *value)).collect()
    }

    fn add_count(&mut self, set: Counted) -> usize {
        let count = self.rows.add_count(set);
        self.duals.resize(self.rows.rows.len(), 0);
        self.enter_rows();
        count
    }

    fn tidy(&mut self, counted: &BTreeSet<usize>) {
        self.renew(|column| counted.contains(&column));
    }

    fn limit(&mut self, column: usize, least: i64, most: i64) {
        for column in self.rows.limit_count(column, (least, most)) {
            self.master.limit(&self.rows, column);
        }
    }

    fn taken(&self, relaxed: &Relaxed) -> Vec<usize> {
        let taken = relaxed.routes.iter().enumerate().filter(|(_, value)| **value > 0.5);
        taken.map(|(place, _)| place).collect()
    }
}
