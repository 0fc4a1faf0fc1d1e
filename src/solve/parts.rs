//! The parts of column generation, one at a time: for benches, which measure them alone.

use super::colgen::{Generation, Round};
use super::day::ShiftDay;
use super::master::Master;
use super::pricing::Effort;
use super::rows::Rows;
use super::stop::Stop;
use super::{groups, shift_days};
use crate::problem::Problem;
use crate::rules::Rulebook;

/// The relaxation of a week's largest independent group, solved.
pub struct Parts {
    days: Vec<ShiftDay>,
    generation: Generation,
    stop: Stop,
}

impl Parts {
    /// Solves the relaxation with the cuts that need no pairs; nothing where the week has no choice of a visit.
    pub fn relaxed(problem: &Problem, book: &Rulebook) -> Option<Self> {
        let days = groups::split(problem, shift_days(problem, book)).into_iter().next()?;
        let mut generation = Generation::new(Rows::new(problem, book, &days), &days);
        let stop = Stop::never();
        while generation.round(&days, &stop) == Round::Improved {}
        Some(Parts { days, generation, stop })
    }

    /// Prices every shift once at the duals of the bound; gives the sum of their least reduced costs, in millionths of a point.
    pub fn price(&mut self, effort: Effort) -> i64 {
        self.generation.least_reduced_costs(&self.days, effort, &self.stop).into_iter().sum()
    }

    /// A master over all columns and rows, solved but for so many of the last columns.
    pub fn master(&self, unsolved: usize) -> Option<Growing<'_>> {
        let first = self.generation.pool.columns.len().checked_sub(unsolved)?;
        let mut growing = Growing { parts: self, master: Master::new(&self.generation.rows), entered: 0 };
        growing.solve_to(first).map(|_| growing)
    }
}

/// A master that gets its columns bit by bit and keeps its basis.
pub struct Growing<'p> {
    parts: &'p Parts,
    master: Master,
    entered: usize,
}

impl Growing<'_> {
    /// Enters the columns that are missing and solves it again; gives its points.
    pub fn solve(&mut self) -> Option<f64> {
        self.solve_to(self.parts.generation.pool.columns.len())
    }

    fn solve_to(&mut self, last: usize) -> Option<f64> {
        let Generation { rows, pool, .. } = &self.parts.generation;
        pool.columns[self.entered..last].iter().for_each(|column| self.master.add_column(rows, column));
        self.entered = last;
        self.master.solve(rows, &self.parts.stop).map(|relaxed| relaxed.points)
    }
}
