//! Column generation: the master's duals price new routes until no route can improve it.

mod entering;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bound;
use super::branch::{Solved, Wood};
use super::column::{Column, Pool};
use super::counted::Counted;
use super::cuts;
use super::day::ShiftDay;
use super::dive::Slope;
use super::learned::Lesson;
use super::master::{Master, Relaxed};
use super::pace::Pace;
use super::pricing::{self, Effort, Neighbourhoods, Priced};
use super::rows::Rows;
use super::stop::Stop;
use super::{modular, triples};
use entering::Entered;

/// New columns of a shift in one round.
const COLUMNS_A_ROUND: usize = 12;

/// Cutting ends when the last rounds of cuts have raised the relaxation by less than a half point, or than this share of all that
/// cuts have raised it by.
const TAIL_GAIN: f64 = 0.5;
const TAIL_SHARE: f64 = 50.0;

/// A shift takes part in no more rows of halves than this.
const PAIRED_ROWS_MAX: usize = 100;

/// Of so few shifts pairs are counted in all: routes would only move to another day.
const FEW_SHIFTS: usize = 40;

/// Routes taken less than this do not tell where pairs matter.
const TAKEN_MIN: f64 = 1e-6;

/// The relaxation is nearly solved when a round, and not one of the first, gains less than so small a part of its points.
const GAINED_PART: f64 = 2_000.0;
const FIRST_ROUNDS: u32 = 6;

/// The relaxation of a group and what is proven of it.
pub(super) struct Generation {
    pub rows: Rows,
    pub pool: Pool,
    /// The best bound so far, in millionths of a point, and the duals that prove it.
    pub bound: Option<(i64, Vec<i64>)>,
    /// The least reduced cost of each shift at these duals, 0 at the most.
    least: Vec<i64>,
    /// Whether no route can improve the relaxation any more, and cuts hardly.
    pub converged: bool,
    /// Whether rows of halves are among the cuts.
    pub halving: bool,
    last: Last,
    is_nearly_converged: bool,
    /// Whether the last routes gained so little that cuts need not wait for more.
    is_stalling: bool,
    pace: &'static Pace,
    /// The relaxation's points before each round of cuts.
    points_before_cuts: Vec<f64>,
    master: Master,
    entered: Entered,
    /// The duals of its last solution.
    duals: Vec<i64>,
    memories: Vec<Neighbourhoods>,
}

/// The rounds so far, and what the last one's relaxation came to.
#[derive(Default)]
struct Last {
    rounds: u32,
    points: f64,
    /// Whether cuts were added after it.
    cut: bool,
}

/// How a round went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    Improved,
    Converged,
    /// The clock or a numerical failure ended it.
    Cut,
}

impl Generation {
    pub fn new(rows: Rows, days: &[ShiftDay]) -> Self {
        let master = Master::new(&rows);
        let memories = days.par_iter().map(Neighbourhoods::nearest).collect();
        Generation {
            rows,
            pool: Pool::default(),
            bound: None,
            least: Vec::new(),
            converged: false,
            halving: false,
            last: Last::default(),
            is_nearly_converged: false,
            is_stalling: false,
            pace: Pace::of(days.len()),
            points_before_cuts: Vec::new(),
            master,
            entered: Entered::default(),
            duals: Vec::new(),
            memories,
        }
    }

    /// Solves the master, prices with its duals, and adds what it finds: quick routes, exact ones, or cuts.
    pub fn round(&mut self, days: &[ShiftDay], stop: &Stop) -> Round {
        self.lean();
        let Some(relaxed) = self.solve(stop) else { return Round::Cut };
        self.note_gain(relaxed.points);
        let outcome = self.improve(days, &relaxed, stop);
        self.converged = outcome == Round::Converged;
        outcome
    }

    /// Whether the relaxation is so near its end that it tells which routes are good.
    pub fn is_nearly_converged(&self) -> bool {
        self.converged || self.is_nearly_converged
    }

    fn note_gain(&mut self, points: f64) {
        let (rounds, gain) = (self.last.rounds + 1, self.last.points - points);
        self.is_stalling = !self.last.cut && gain < self.pace.stalling;
        self.is_nearly_converged |= rounds > FIRST_ROUNDS && gain * GAINED_PART < points.abs();
        self.last = Last { rounds, points, cut: false };
    }

    /// Solves the master with the new columns and rows.
    fn solve(&mut self, stop: &Stop) -> Option<Relaxed> {
        self.enter_columns();
        let relaxed = self.master.solve(&self.rows, stop)?;
        self.duals.clone_from(&relaxed.duals);
        Some(relaxed)
    }

    /// To dive or branch in the relaxation; the master gets the new columns first.
    pub(super) fn slope<'g>(&'g mut self, days: &'g [ShiftDay]) -> impl Wood {
        self.enter_columns();
        Pricing { generation: self, days }
    }

    /// Adds the cuts that a solution violates; gives how many.
    fn separate(&mut self, relaxed: &Relaxed) -> usize {
        let columns = self.entered.of(&self.pool);
        let cuts = cuts::separate(&mut self.rows, columns, relaxed);
        self.extend_duals();
        cuts
    }

    /// Lets the cuts include rows of halves from now on; false where they do already.
    pub fn halve(&mut self) -> bool {
        let begins = !self.halving;
        if begins {
            (self.halving, self.converged) = (true, false);
            self.points_before_cuts.clear();
        }
        begins
    }

    /// Adds the rows of halves that a solution violates, with pairs where it has some; gives how many.
    fn separate_halves(&mut self, relaxed: &Relaxed) -> usize {
        let columns: Vec<&Column> = self.entered.of(&self.pool).collect();
        let taken = || columns.iter().zip(&relaxed.routes).filter(|(_, value)| **value > TAKEN_MIN);
        let mut added = 0;
        let shifts = self.rows.of_shift.len();
        let mut charged: Vec<usize> =
            (0..shifts).into_par_iter().map(|shift| self.rows.charged_rows(shift, &relaxed.duals).len()).collect();
        let mut found = triples::separate(&self.rows, &columns, relaxed);
        let halves = modular::separate::<2>(&self.rows, &columns, relaxed);
        found.extend(halves.into_iter().map(|times| times.into_keys().collect()));
        for sources in found {
            let half = self.rows.half(&sources);
            let paired: BTreeSet<usize> =
                taken().filter(|(column, _)| half.pairs(column) > 0).map(|(column, _)| column.shift).collect();
            if paired.iter().all(|shift| charged[*shift] < PAIRED_ROWS_MAX) {
                paired.iter().for_each(|shift| charged[*shift] += 1);
                let everywhere = shifts <= FEW_SHIFTS;
                self.rows.add_half(&half, |shift| everywhere || paired.contains(&shift));
                added += 1;
            }
        }
        self.extend_duals();
        added
    }

    /// Takes over the cuts that have a price over listed routes, and the routes taken there; from now on the cuts include rows of halves.
    pub fn learn(&mut self, lesson: Lesson<'_>) {
        self.rows.learn(&lesson);
        for column in lesson.taken {
            self.pool.add(column.clone());
        }
        self.extend_duals();
        self.halve();
    }

    /// A row that the bound's duals do not know yet has none of the price.
    fn extend_duals(&mut self) {
        if let Some((_, duals)) = &mut self.bound {
            duals.resize(self.rows.rows.len(), 0);
        }
    }

    /// Whether the last rounds of cuts hardly raised the relaxation, this one among them.
    fn is_tailing_off(&mut self, points: f64) -> bool {
        self.points_before_cuts.push(points);
        let Some(before) = self.points_before_cuts.len().checked_sub(1 + self.pace.tail_rounds) else { return false };
        let gain = TAIL_GAIN.max((points - self.points_before_cuts[0]) / TAIL_SHARE);
        points - self.points_before_cuts[before] < gain
    }

    /// The least reduced cost of each shift at the bound's duals; empty without a bound.
    pub fn shift_bounds(&self) -> &[i64] {
        &self.least
    }

    fn improve(&mut self, days: &[ShiftDay], relaxed: &Relaxed, stop: &Stop) -> Round {
        let Some((quick, _)) = self.price(days, &relaxed.duals, Effort::Quick, stop) else { return Round::Cut };
        if quick > 0 {
            if self.is_stalling && !self.is_tailing_off(relaxed.points) {
                self.cut_off(relaxed);
            }
            return Round::Improved;
        }
        let Some((added, shifts)) = self.price(days, &relaxed.duals, Effort::Exact, stop) else { return Round::Cut };
        let proven = bound::lagrangian(&self.rows, &relaxed.duals, &shifts);
        if self.bound.as_ref().is_none_or(|(best, _)| proven > *best) {
            self.bound = Some((proven, relaxed.duals.clone()));
            self.least = shifts;
        }
        if added > 0 {
            return Round::Improved;
        }
        let is_done = self.is_tailing_off(relaxed.points) || self.cut_off(relaxed) == 0;
        if is_done { Round::Converged } else { Round::Improved }
    }

    /// Adds the cuts of all kinds that a solution violates; gives how many.
    fn cut_off(&mut self, relaxed: &Relaxed) -> usize {
        let halves = if self.halving { self.separate_halves(relaxed) } else { 0 };
        let found = halves + self.separate(relaxed);
        self.last.cut = found > 0;
        found
    }

    /// Prices every shift; gives how many columns were new and each shift's bound, or nothing if it was stopped.
    fn price(&mut self, days: &[ShiftDay], duals: &[i64], effort: Effort, stop: &Stop) -> Option<(usize, Vec<i64>)> {
        let all: Vec<usize> = (0..days.len()).collect();
        self.price_some(days, &all, (duals, effort), stop)
    }

    /// The same for some shifts, ascending.
    fn price_some(
        &mut self,
        days: &[ShiftDay],
        shifts: &[usize],
        (duals, effort): (&[i64], Effort),
        stop: &Stop,
    ) -> Option<(usize, Vec<i64>)> {
        let priced = self.priced(days, shifts, (duals, effort), stop)?;
        let mut added = 0;
        for (shift, found) in &priced {
            for route in &found.routes {
                added += usize::from(self.add_column(Column::new(&self.rows, &days[*shift], *shift, route)));
            }
        }
        Some((added, priced.iter().map(|(_, p)| p.bound).collect()))
    }

    /// The best routes of some shifts, ascending, and what bounds all of them.
    fn priced(
        &mut self,
        days: &[ShiftDay],
        shifts: &[usize],
        (duals, effort): (&[i64], Effort),
        stop: &Stop,
    ) -> Option<Vec<(usize, Priced)>> {
        let rows = &self.rows;
        let memories =
            self.memories.par_iter_mut().enumerate().filter(|(shift, _)| shifts.binary_search(shift).is_ok());
        let one = |(shift, memory): (usize, &mut Neighbourhoods)| -> Option<(usize, Priced)> {
            let tariff = rows.tariff(shift, duals);
            (!stop.now()).then(|| (shift, pricing::price(&days[shift], &tariff, memory, (effort, COLUMNS_A_ROUND))))
        };
        memories.map(one).collect()
    }

    /// Prices all shifts at the bound's duals without adding a route; gives the least reduced cost of each.
    pub fn least_reduced_costs(&mut self, days: &[ShiftDay], effort: Effort, stop: &Stop) -> Vec<i64> {
        let Some((_, duals)) = self.bound.clone() else { return Vec::new() };
        let all: Vec<usize> = (0..days.len()).collect();
        let priced = self.priced(days, &all, (&duals, effort), stop);
        priced.into_iter().flatten().map(|(_, found)| found.bound).collect()
    }
}

/// Diving while new routes are priced.
struct Pricing<'g> {
    generation: &'g mut Generation,
    days: &'g [ShiftDay],
}

impl Slope for Pricing<'_> {
    fn rows(&self) -> &Rows {
        &self.generation.rows
    }

    fn column(&self, at: usize) -> &Column {
        self.generation.column(at)
    }

    fn master(&mut self) -> &mut Master {
        &mut self.generation.master
    }

    fn solve(&mut self, stop: &Stop) -> Option<Relaxed> {
        self.generation.lean_rows();
        self.generation.solve(stop)
    }

    fn separate(&mut self, relaxed: &Relaxed) -> usize {
        self.generation.separate(relaxed)
    }

    fn price(&mut self, open: &[usize], relaxed: &Relaxed, stop: &Stop) -> Option<usize> {
        let asked = (relaxed.duals.as_slice(), Effort::Quick);
        self.generation.price_some(self.days, open, asked, stop).map(|(added, _)| added)
    }
}

impl Wood for Pricing<'_> {
    fn solve_all(&mut self, enough: i64, stop: &Stop) -> Option<Solved> {
        let mut best: Option<(i64, Vec<i64>)> = None;
        self.generation.lean_rows();
        loop {
            let relaxed = self.generation.solve(stop)?;
            let (quick, _) = self.generation.price(self.days, &relaxed.duals, Effort::Quick, stop)?;
            if quick > 0 {
                continue;
            }
            let (exact, shifts) = self.generation.price(self.days, &relaxed.duals, Effort::Exact, stop)?;
            let proven = bound::lagrangian(&self.generation.rows, &relaxed.duals, &shifts);
            if best.as_ref().is_none_or(|(bound, _)| proven > *bound) {
                best = Some((proven, relaxed.duals.clone()));
            }
            if exact == 0 || proven >= enough {
                let (bound, duals) = best?;
                return Some(Solved { relaxed, bound, duals });
            }
        }
    }

    fn add_count(&mut self, set: Counted) -> usize {
        let generation = &mut *self.generation;
        let count = generation.rows.add_count(set);
        generation.extend_duals();
        generation.enter_rows();
        count
    }

    fn tidy(&mut self, counted: &BTreeSet<usize>) {
        self.generation.leave_out(Generation::cheapest, |column| counted.contains(&column));
    }

    fn limit(&mut self, column: usize, least: i64, most: i64) {
        let generation = &mut *self.generation;
        for column in generation.rows.limit_count(column, (least, most)) {
            generation.master.limit(&generation.rows, column);
        }
    }

    fn taken(&self, relaxed: &Relaxed) -> Vec<usize> {
        let taken = relaxed.routes.iter().enumerate().filter(|(_, value)| **value > 0.5);
        taken.map(|(at, _)| at).collect()
    }
}
