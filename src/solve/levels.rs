//! Cuts for caps: what a carer's shifts can take together, each shift as a whole.
//!
//! A carer whose minutes are capped takes one route in each shift, and so one *level* of minutes. The relaxation mixes
//! levels: half of a long day and half of none, until the cap is met to the minute, where whole days leave some of it. Every inequality
//!
//! ```text
//! Σ_k α_k(minutes of the route of shift k) ≤ β
//! ```
//!
//! that holds for all choices of a level a shift within the cap is a cut: the facets of a knapsack with multiple choice. The one that is
//! violated most is a linear program over the longest ways through shifts and minutes spent (the polar of Fenchel cuts:
//! Boyd 1993, *Mathematical Programming* 62). Its weights are made whole, and then `β` and what more other levels can weigh are computed exactly,
//! shift by shift (lifting), so that no tolerance can make a cut wrong.

use std::collections::BTreeMap;

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};

use super::column::Column;
use super::master::Relaxed;
use super::rows::{KindId, RowId, Rows, at_most};
use super::stepped::Steps;
use crate::plan::proof::RowName;

/// A violation smaller than this, for a limit of 1, is none.
const VIOLATION_MIN: f64 = 1e-3;

/// Caps of which less than this share is taken are left alone.
const SHARE_MIN: f64 = 0.9;

/// Weights are multiples of 1 divided by a number up to the first; where they are none, they are rounded down to the second.
const WEIGHTS_MAX: i64 = 60;
const WEIGHTS_ROUNDED: f64 = 1_000.0;

/// A cut for one cap.
pub(super) struct LevelCut {
    cap: RowId,
    /// What each level of each shift weighs.
    weights: BTreeMap<usize, Vec<i64>>,
    limit: i64,
}

/// The most violated cut of each carer's cap.
pub(super) fn separate(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Vec<LevelCut> {
    let of_carer = |cap: &&RowId| matches!(rows.names[**cap as usize], RowName::CarerCap(..));
    let cut = |cap: &RowId| Knapsack::new(rows, *cap, (columns, relaxed)).and_then(|knapsack| knapsack.cut(*cap));
    rows.caps.iter().filter(of_carer).filter_map(cut).collect()
}

impl Rows {
    /// Adds the row where routes are listed.
    pub fn add_levels(&mut self, cut: &LevelCut) {
        let row = self.add_row(RowName::Inner, at_most(cut.limit), &[], &[]);
        for (shift, weights) in &cut.weights {
            let kinds: Vec<(KindId, i64)> =
                self.of_shift[*shift].clone().map(|kind| (kind as KindId, self.parts(kind, cut.cap))).collect();
            self.stepped.add(row, (*shift, Steps::Table(weights.as_slice().into())), &kinds);
        }
    }

    /// How much of a cap a visit of a kind takes.
    fn parts(&self, kind: usize, cap: RowId) -> i64 {
        self.of_kind[kind].iter().find(|(row, _)| *row == cap).map_or(0, |(_, n)| *n)
    }
}

/// What the relaxation takes of a cap.
struct Knapsack {
    cap: usize,
    /// How much of each level it takes in each shift, without the level of nothing.
    taken: BTreeMap<usize, BTreeMap<usize, f64>>,
}

impl Knapsack {
    /// Nothing where much of the cap is left.
    fn new(rows: &Rows, cap: RowId, (columns, relaxed): (&[&Column], &Relaxed)) -> Option<Self> {
        let mut taken: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
        for (column, value) in columns.iter().zip(&relaxed.routes).filter(|(_, value)| **value > 0.0) {
            let parts: i64 = column.kinds.iter().map(|kind| rows.parts(*kind as usize, cap)).sum();
            if parts > 0 {
                *taken.entry(column.shift).or_default().entry(parts as usize).or_default() += value;
            }
        }
        let all: f64 = taken.values().flatten().map(|(parts, value)| *parts as f64 * value).sum();
        let cap = rows.rows[cap as usize].rhs as usize;
        (all >= SHARE_MIN * cap as f64 && all > 0.0).then_some(Knapsack { cap, taken })
    }

    fn cut(&self, cap: RowId) -> Option<LevelCut> {
        let mut weights = self.whole(&self.most_violated()?);
        let limit = most(self.cap, weights.values())[self.cap];
        self.lift(&mut weights, limit);
        let value = |(shift, levels): (&usize, &BTreeMap<usize, f64>)| -> f64 {
            levels.iter().map(|(level, value)| weights[shift][(*level).min(self.cap + 1)] as f64 * value).sum()
        };
        let violation = self.taken.iter().map(value).sum::<f64>() - limit as f64;
        (violation > VIOLATION_MIN * limit as f64).then_some(LevelCut { cap, weights, limit })
    }

    /// The weights of the levels taken for which, with a limit of 1, what is taken weighs most.
    fn most_violated(&self) -> Option<BTreeMap<(usize, usize), f64>> {
        let mut variables = ProblemVariables::new();
        let mut constraints = Vec::new();
        let mut weights = BTreeMap::new();
        let mut value = Expression::default();
        // The most that the shifts so far can weigh within so much of the cap.
        let mut before: Vec<Option<Variable>> = vec![None; self.cap + 1];
        for (shift, levels) in &self.taken {
            let after: Vec<Variable> = before.iter().map(|_| variables.add(variable().min(0).max(1))).collect();
            let taken = levels.iter().filter(|(level, _)| **level <= self.cap);
            for (level, taken) in taken {
                let weight = variables.add(variable().min(0).max(1));
                value.add_mul(*taken, weight);
                weights.insert((*shift, *level), weight);
                constraints
                    .extend((*level..=self.cap).map(|spent| at_least(after[spent], before[spent - level], weight)));
            }
            let unchanged = before.iter().zip(&after).filter_map(|(before, after)| Some((*after, (*before)?)));
            constraints.extend(unchanged.map(|(after, before)| (after - before).geq(0.0)));
            before = after.into_iter().map(Some).collect();
        }
        let mut model = variables.maximise(value).using(good_lp::highs);
        for constraint in constraints {
            model.add_constraint(constraint);
        }
        let solution = model.solve().ok()?;
        let weights: BTreeMap<_, f64> = weights.into_iter().map(|(at, weight)| (at, solution.value(weight))).collect();
        let taken: f64 = weights.iter().map(|((shift, level), weight)| self.taken[shift][level] * weight).sum();
        (taken > 1.0 + VIOLATION_MIN).then_some(weights)
    }

    /// The same weights as whole numbers, of all levels up to those beyond the cap, which stand in the last place.
    fn whole(&self, weights: &BTreeMap<(usize, usize), f64>) -> BTreeMap<usize, Vec<i64>> {
        let is_whole = |times: i64| {
            let rest = |weight: f64| (weight * times as f64 - (weight * times as f64).round()).abs();
            weights.values().all(|weight| rest(*weight) < 1e-6 * times as f64)
        };
        let times = (1..=WEIGHTS_MAX).find(|times| is_whole(*times));
        let whole = |weight: f64| match times {
            Some(times) => (weight * times as f64).round() as i64,
            None => (weight * WEIGHTS_ROUNDED).floor() as i64,
        };
        let mut all: BTreeMap<usize, Vec<i64>> =
            self.taken.keys().map(|shift| (*shift, vec![0; self.cap + 2])).collect();
        for ((shift, level), weight) in weights {
            all.get_mut(shift).expect("weights are of shifts that are taken")[*level] = whole(*weight).max(0);
        }
        all
    }

    /// Lets every level of every shift weigh as much as the others, within the cap, leave of the limit.
    fn lift(&self, weights: &mut BTreeMap<usize, Vec<i64>>, limit: i64) {
        let shifts: Vec<usize> = weights.keys().copied().collect();
        for shift in shifts {
            let others = most(self.cap, weights.iter().filter(|(other, _)| **other != shift).map(|(_, own)| own));
            let lifted = (1..=self.cap).map(|level| limit - others[self.cap - level]);
            weights.insert(shift, std::iter::once(0).chain(lifted).chain([limit]).collect());
        }
    }
}

/// `after ≥ before + weight`.
fn at_least(after: Variable, before: Option<Variable>, weight: Variable) -> good_lp::Constraint {
    let spent = before.map_or_else(Expression::default, Expression::from);
    (Expression::from(after) - spent - weight).geq(0.0)
}

/// The most that one level of each shift weighs together, within so much of the cap, from nothing to all.
fn most<'w>(cap: usize, shifts: impl Iterator<Item = &'w Vec<i64>>) -> Vec<i64> {
    shifts.fold(vec![0; cap + 1], |before, weights| {
        let best = |spent: usize| (0..=spent).map(|level| before[spent - level] + weights[level]).max().unwrap_or(0);
        (0..=cap).map(best).collect()
    })
}
