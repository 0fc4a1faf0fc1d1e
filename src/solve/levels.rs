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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All choices of a level a shift within the cap.
    fn choices(cap: usize, shifts: usize) -> Vec<Vec<usize>> {
        let one_more = |choices: Vec<Vec<usize>>, _: usize| {
            let with = |choice: Vec<usize>| {
                let left = cap - choice.iter().sum::<usize>();
                (0..=left).map(move |level| choice.iter().copied().chain([level]).collect())
            };
            choices.into_iter().flat_map(with).collect()
        };
        (0..shifts).fold(vec![Vec::new()], one_more)
    }

    fn knapsack(cap: usize, taken: &[Vec<f64>]) -> Knapsack {
        let levels = |own: &Vec<f64>| (1..).zip(own).map(|(level, value)| (level, *value)).collect();
        Knapsack { cap, taken: taken.iter().map(levels).enumerate().collect() }
    }

    proptest! {
        #[test]
        fn a_cut_holds_for_all_choices_and_not_for_what_is_taken(
            cap in 3_usize..9,
            taken in prop::collection::vec(prop::collection::vec(0.0_f64..0.5, 5), 2..5),
        ) {
            let knapsack = knapsack(cap, &taken);
            if let Some(cut) = knapsack.cut(0) {
                let weigh = |(shift, level): (usize, usize)| cut.weights[&shift][level];
                for choice in choices(cap, taken.len()) {
                    prop_assert!(choice.into_iter().enumerate().map(weigh).sum::<i64>() <= cut.limit);
                }
                let levels = |shift: usize, own: &Vec<f64>| -> f64 {
                    own.iter().zip(1..).map(|(value, level)| value * cut.weights[&shift][level.min(cap + 1)] as f64).sum()
                };
                let all: f64 = taken.iter().enumerate().map(|(shift, own)| levels(shift, own)).sum();
                prop_assert!(all > cut.limit as f64);
            }
        }

        #[test]
        fn nothing_is_cut_off_that_is_a_mix_of_choices(
            cap in 3_usize..7,
            picked in prop::collection::vec((any::<prop::sample::Index>(), 0.1_f64..1.0), 1..6),
        ) {
            let all = choices(cap, 3);
            let whole: f64 = picked.iter().map(|(_, share)| share).sum();
            let mut taken = vec![vec![0.0; cap]; 3];
            for (at, share) in &picked {
                for (shift, level) in at.get(&all).iter().enumerate().filter(|(_, level)| **level > 0) {
                    taken[shift][level - 1] += share / whole;
                }
            }
            prop_assert!(knapsack(cap, &taken).cut(0).is_none());
        }

        #[test]
        fn what_a_mix_of_days_takes_beyond_whole_ones_is_cut_off(cap in 4_usize..12) {
            // Of two shifts either takes more than half of the cap: one of them, or nothing of the other.
            let level = cap / 2 + 1;
            let mut own = vec![0.0; cap];
            own[level - 1] = 0.75;
            let cut = knapsack(cap, &[own.clone(), own]).cut(0).expect("both are taken at three quarters");
            prop_assert!(cut.weights.values().all(|weights| weights[level] == cut.limit));
        }
    }
}
