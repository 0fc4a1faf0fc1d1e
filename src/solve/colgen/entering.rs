//! Which columns of the pool the master has. It stays small: a tenth of its size is solved in a tenth of the time or less, and what is
//! left out comes back when pricing finds it again.

use std::collections::HashMap;

use rayon::prelude::*;

use super::super::column::{Column, Pool};
use super::super::lean::{self, retain};
use super::super::master::Standing;
use super::Generation;

/// Columns of a shift that are kept beside those that may be taken, the cheapest, once the master has twice as many.
const COLUMNS_KEPT: usize = 40;

/// The columns of the master, by their places in the pool.
#[derive(Default)]
pub(super) struct Entered {
    /// In the order of the master.
    order: Vec<usize>,
    /// Whether the master has each column of the pool, or is about to get it.
    is_in: Vec<bool>,
    /// Those it is about to get again.
    again: Vec<usize>,
    /// How many rows it had when idle ones were last left out.
    leaned: usize,
}

impl Entered {
    /// The columns of the master, in order.
    pub fn of<'p>(&self, pool: &'p Pool) -> impl Iterator<Item = &'p Column> {
        self.order.iter().map(|at| &pool.columns[*at])
    }
}

impl Generation {
    pub(super) fn column(&self, place: usize) -> &Column {
        &self.pool.columns[self.entered.order[place]]
    }

    /// The places in the pool of columns of the master.
    pub fn pooled(&self, places: &[usize]) -> Vec<usize> {
        places.iter().map(|place| self.entered.order[*place]).collect()
    }

    /// The places in the master, which has them all from now on, of columns of the pool.
    pub fn places(&mut self, columns: &[usize]) -> Vec<usize> {
        columns.iter().for_each(|at| _ = self.enter_again(*at));
        self.enter_columns();
        let places: HashMap<usize, usize> = self.entered.order.iter().copied().zip(0..).collect();
        columns.iter().map(|at| places[at]).collect()
    }

    /// Adds a column to the pool and to those that the master has or is about to get; false where it has it already.
    pub(super) fn add_column(&mut self, column: Column) -> bool {
        let known = self.pool.columns.len();
        let at = self.pool.place(column);
        at == known || self.enter_again(at)
    }

    /// Lets the master have a column again that was left out; false where it was not.
    fn enter_again(&mut self, at: usize) -> bool {
        let is_out = self.entered.is_in.get(at) == Some(&false);
        if is_out {
            self.entered.is_in[at] = true;
            self.entered.again.push(at);
        }
        is_out
    }

    /// Enters new rows into the master, then columns, which may count in them.
    pub(super) fn enter_columns(&mut self) {
        self.enter_rows();
        let Entered { order, is_in, again, .. } = &mut self.entered;
        let fresh = is_in.len()..self.pool.columns.len();
        is_in.resize(fresh.end, true);
        for at in std::mem::take(again).into_iter().chain(fresh) {
            self.master.add_column(&self.rows, &self.pool.columns[at]);
            order.push(at);
        }
    }

    pub(super) fn enter_rows(&mut self) {
        self.master.add_new_rows(&self.rows, self.entered.of(&self.pool));
    }

    /// Leaves out of the master what has become too much of it. The others keep their places but where columns are left out.
    pub(super) fn lean(&mut self) {
        let kept = COLUMNS_KEPT * self.rows.of_shift.len() + self.rows.rows.len();
        if self.entered.order.len() > 2 * kept {
            self.leave_out(Self::cheapest, |_| true);
        } else {
            self.lean_rows();
        }
    }

    /// Leaves out the cuts that do nothing, once there are many.
    pub(super) fn lean_rows(&mut self) {
        if lean::are_many(self.rows.rows.len(), self.entered.leaned.max(self.rows.first_cut)) {
            self.leave_out(|generation, _| vec![true; generation.entered.order.len()], |_| true);
        }
    }

    /// Leaves out the cuts that do nothing where the master stands, counts that are not `counted`, and all but some columns.
    pub(super) fn leave_out(
        &mut self,
        columns_kept: impl Fn(&Self, &Standing) -> Vec<bool>,
        counted: impl Fn(usize) -> bool,
    ) {
        let Some(standing) = self.master.standing() else { return };
        let columns_kept = columns_kept(self, &standing);
        let of_bound = self.bound.as_ref().map_or(&[][..], |(_, duals)| duals);
        let is_idle = |row: usize| standing.is_idle(row) && of_bound.get(row).is_none_or(|dual| *dual == 0);
        let rows_kept = self.rows.leave_out(is_idle, counted);
        self.duals.resize(rows_kept.len(), 0);
        retain(&mut self.duals, &rows_kept);
        if let Some((_, duals)) = &mut self.bound {
            retain(duals, &rows_kept);
        }
        let Entered { order, is_in, leaned, .. } = &mut self.entered;
        order.iter().zip(&columns_kept).for_each(|(at, kept)| is_in[*at] = *kept);
        retain(order, &columns_kept);
        *leaned = self.rows.rows.len();
        self.master =
            self.master.without(&self.rows, self.entered.of(&self.pool), (standing, &rows_kept, &columns_kept));
    }

    /// Marks the basic columns of the master, and of each shift the cheapest others.
    pub(super) fn cheapest(&self, standing: &Standing) -> Vec<bool> {
        let mut duals = self.duals.clone();
        duals.resize(self.rows.rows.len(), 0);
        let tariffs = self.rows.tariffs(&duals);
        let (rows, columns) = (&self.rows, &self.pool.columns);
        let order = self.entered.order.par_iter();
        let costs: Vec<i64> = order.map(|at| columns[*at].reduced_cost(rows, &tariffs)).collect();
        let mut of_shift: Vec<Vec<(i64, usize)>> = vec![Vec::new(); self.rows.of_shift.len()];
        let mut kept = vec![false; costs.len()];
        for (place, (column, cost)) in self.entered.of(&self.pool).zip(costs).enumerate() {
            kept[place] = standing.is_basic(place);
            if !kept[place] {
                of_shift[column.shift].push((cost, place));
            }
        }
        for mut others in of_shift {
            others.sort_unstable();
            others.iter().take(COLUMNS_KEPT).for_each(|(_, place)| kept[*place] = true);
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::groups;
    use super::super::super::rows::Rows;
    use super::super::super::shift_days;
    use super::super::super::stop::Stop;
    use super::super::Round;
    use super::*;
    use crate::generate::{Spec, generate};
    use crate::problem::Problem;
    use crate::rules::Rulebook;

    /// The solved relaxation of each group of a made-up week.
    fn relaxed(seed: u64, stop: &Stop) -> Vec<Generation> {
        let problem = Problem::build(&generate(&Spec::ballerup(60, seed))).expect("made-up weeks are valid").problem;
        let book = Rulebook::of(&problem);
        let begun = |days: Vec<_>| {
            let mut generation = Generation::new(Rows::new(&problem, &book, &days), &days);
            while generation.round(&days, stop) == Round::Improved {}
            generation
        };
        groups::split(&problem, shift_days(&problem, &book)).into_iter().map(begun).collect()
    }

    #[test]
    fn a_lean_master_stands_where_the_full_one_did_and_gets_back_what_was_left_out() {
        let (stop, mut left_out) = (Stop::never(), 0);
        for seed in 1..=3 {
            for mut generation in relaxed(seed, &stop) {
                let before = generation.solve(&stop).expect("it can be solved").points;
                let all = generation.entered.order.clone();
                generation.leave_out(Generation::cheapest, |_| true);
                left_out += all.len() - generation.entered.order.len();
                let at_once = generation.master.points_after(0, &stop).expect("it stands");
                let after = generation.solve(&stop).expect("it can be solved").points;
                assert!((after - before).abs() < 1e-6 && (at_once - before).abs() < 1e-6, "seed {seed}");
                let places = generation.places(&all);
                assert_eq!(generation.pooled(&places), all);
                let again = generation.solve(&stop).expect("it can be solved").points;
                assert!((again - before).abs() < 1e-6, "seed {seed}");
            }
        }
        assert!(left_out > 0, "some columns are left out");
    }
}
