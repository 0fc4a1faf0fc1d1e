//! Cuts over listed routes: which are looked for, and how long.

use super::super::branch::{Solved, Tree};
use super::super::cuts;
use super::super::fractions::Times;
use super::super::levels;
use super::super::master::Relaxed;
use super::super::modular;
use super::super::pricing::MICRO;
use super::super::stop::Stop;
use super::Settlement;

/// Cutting ends when so many rounds of cuts have closed less than this share of the gap and of all that cuts have raised the bound
/// by, or after so many.
const TAIL_ROUNDS: usize = 4;
const TAIL_SHARE: i64 = 40;
const TAIL_GAIN: i64 = MICRO / 20;
const ROUNDS_MAX: usize = 120;

/// Which cuts are looked for: each with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cuts {
    /// That count kinds of visits.
    Kinds,
    /// Halves of sums of rows, and levels.
    Halves,
    /// Thirds and fifths, which make the linear program slow.
    Parts,
}

impl Settlement {
    /// Raises the bound by cuts until they hardly help or it reaches `enough` points: by the cuts that branching adds too, then by all.
    pub fn cut(&mut self, enough: i64, stop: &Stop) {
        self.drop_dear(enough);
        self.cut_by(Cuts::Halves, enough, stop);
        self.cut_by(Cuts::Parts, enough, stop);
        let mut tree = self.tree.take().unwrap_or_else(|| Tree::new(self.bound));
        tree.clear(self);
        self.tree = Some(tree);
    }

    fn cut_by(&mut self, cuts: Cuts, enough: i64, stop: &Stop) {
        let mut bounds = Vec::new();
        for round in 0..ROUNDS_MAX {
            if stop.now() {
                return;
            }
            let Some(Solved { relaxed, bound, .. }) = self.solve_again(stop) else { return };
            self.drop_dear(enough);
            // Branching may have proven more than cuts ever will: what counts is how far these come.
            bounds.push(bound);
            self.taken = self.routes_taken(&relaxed);
            let gap = enough * MICRO - self.bound;
            let enough_gain = ((enough * MICRO - bound).min(bound - self.uncut) / TAIL_SHARE).max(TAIL_GAIN);
            let is_tail = round >= TAIL_ROUNDS && bound - bounds[round - TAIL_ROUNDS] < enough_gain;
            if is_tail || gap < MICRO || self.cut_off(cuts, &relaxed) == 0 {
                return;
            }
        }
    }

    /// Adds the cuts that a solution violates; gives how many.
    pub(super) fn cut_off(&mut self, cuts: Cuts, relaxed: &Relaxed) -> usize {
        let mut found = self.cut_off_by_kind(relaxed);
        if cuts >= Cuts::Halves {
            found += self.cut_off_by_halves_and_levels(relaxed);
        }
        if cuts >= Cuts::Parts {
            found += self.cut_off_by_parts(relaxed);
        }
        found
    }

    fn cut_off_by_halves_and_levels(&mut self, relaxed: &Relaxed) -> usize {
        let columns = self.columns_entered();
        let halves = modular::separate::<2>(&self.rows, &columns, relaxed);
        let levels = levels::separate(&self.rows, &columns, relaxed);
        let found = halves.len() + levels.len();
        for times in halves {
            let half = self.rows.half(&times.into_keys().collect());
            self.rows.add_half(&half, |_| true);
        }
        levels.iter().for_each(|cut| self.rows.add_levels(cut));
        self.duals.resize(self.rows.rows.len(), 0);
        found
    }

    fn cut_off_by_parts(&mut self, relaxed: &Relaxed) -> usize {
        let columns = self.columns_entered();
        let thirds = modular::separate::<3>(&self.rows, &columns, relaxed).into_iter().map(|times| (times, 3));
        let fifths = modular::separate::<5>(&self.rows, &columns, relaxed).into_iter().map(|times| (times, 5));
        let found: Vec<(Times, i64)> = thirds.chain(fifths).collect();
        for (times, of) in &found {
            let fraction = self.rows.fraction(times, *of);
            self.rows.add_fraction(&fraction);
        }
        self.duals.resize(self.rows.rows.len(), 0);
        found.len()
    }

    fn cut_off_by_kind(&mut self, relaxed: &Relaxed) -> usize {
        let columns = self.entered.iter().map(|at| &self.columns[*at]);
        let cuts = cuts::separate(&mut self.rows, columns, relaxed);
        self.duals.resize(self.rows.rows.len(), 0);
        cuts
    }
}
