//! The least undelivered minutes of any plan, so that a gap can be said in hours.
//!
//! It is the relaxation of the same week with another objective: a point for each minute that is due and not delivered,
//! and none for anything else. What any plan delivers beside the pins is a sum of lengths of visits, so each group's
//! bound can be rounded up to a multiple of what all its lengths have in common.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::day::ShiftDay;
use super::group::Group;
use super::rows::greatest_common_divisor;
use super::stop::Stop;
use super::{constant, for_each, groups, shift_days};
use crate::ids::GrantId;
use crate::policy::Weights;
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;
use crate::units::{Minutes, Points};

/// What is proven of the undelivered minutes so far, for anyone to read at any time.
#[derive(Debug, Default)]
pub struct HoursBoard {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Undelivered minutes of the pins alone; `None` before the search has begun.
    constant: Option<i64>,
    /// The most minutes, less than zero, that new visits can take off in each group.
    groups: Vec<i64>,
}

impl HoursBoard {
    /// No plan leaves fewer minutes undelivered; `None` before anything is proven.
    pub fn least(&self) -> Option<Minutes> {
        let state = self.state();
        let least = state.constant? + state.groups.iter().sum::<i64>();
        // What is due adds up to far fewer than 2^31 minutes, or nothing is said.
        i32::try_from(least.max(0)).ok().map(Minutes)
    }

    fn open(&self, constant: i64, groups: Vec<i64>) {
        *self.state() = State { constant: Some(constant), groups };
    }

    /// Raises a group's bound; gives it.
    fn raise(&self, at: usize, bound: Option<i64>) -> i64 {
        let mut state = self.state();
        let known = &mut state.groups[at];
        *known = bound.map_or(*known, |bound| bound.max(*known));
        *known
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Proves on the board how few minutes any plan must leave undelivered, until that is what the plan of these new visits
/// leaves, the relaxation is solved, or it is stopped.
pub fn least_undelivered(problem: &Problem, planned: &[Visit], stop: &Stop, board: &HoursBoard) {
    let problem = &in_minutes(problem);
    let book = &Rulebook::of(problem);
    let split = groups::split(problem, shift_days(problem, book));
    let steps: Vec<i64> = split.iter().map(|days| common_step(days)).collect();
    let (most, goals): (Vec<i64>, Vec<i64>) = split.iter().map(|days| most_and_goal(book, days, planned)).unzip();
    board.open(constant::points(problem, book).0, most);
    let mut groups: Vec<Group> = split.into_par_iter().map(|days| Group::new(problem, book, days, 0)).collect();
    for_each(&mut groups, |at, group| {
        group.start_from(planned, (problem, book), stop);
        loop {
            let goes_on = group.generate(stop);
            let known = board.raise(at, group.bound.map(|bound| rounded_up(bound, steps[at])));
            if !goes_on || known >= goals[at] {
                break;
            }
        }
    });
}

/// The week with undelivered minutes alone as its points.
fn in_minutes(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    problem.published = None;
    let one = Points(1);
    problem.policy.weights = Weights { unmet_high: one, unmet_medium: one, unmet_low: one, ..Weights::NOTHING };
    problem
}

/// The greatest number of minutes of which all lengths of the group's visits are multiples.
fn common_step(days: &[ShiftDay]) -> i64 {
    let lengths = days.iter().flat_map(|day| &day.kinds).map(|kind| kind.length);
    i64::from(lengths.fold(0, greatest_common_divisor).max(1))
}

/// The least multiple that is no less.
fn rounded_up(bound: i64, step: i64) -> i64 {
    -((-bound).div_euclid(step) * step)
}

/// What a group's visits can take off at the most, each grant for itself, and what those planned do: both negative.
fn most_and_goal(book: &Rulebook, days: &[ShiftDay], planned: &[Visit]) -> (i64, i64) {
    let grants = days.iter().flat_map(|day| &day.kinds).map(|kind| kind.grant);
    let most: BTreeMap<GrantId, i64> = grants.map(|g| (g, i64::from(book.grants[g].lengths.most().0))).collect();
    let own = planned.iter().filter(|visit| most.contains_key(&visit.grant));
    let given: i64 = own.map(|visit| i64::from(visit.span.length().0)).sum();
    (-most.values().sum::<i64>(), -given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_rounded_up_to_a_multiple() {
        assert_eq!([-61, -60, -59, -30, -1, 0].map(|bound| rounded_up(bound, 30)), [-60, -60, -30, -30, 0, 0]);
        assert_eq!(rounded_up(-61, 1), -61);
    }

    #[test]
    fn lengths_have_a_step_in_common() {
        assert_eq!([60, 90, 120].into_iter().fold(0, greatest_common_divisor), 30);
        assert_eq!([60, 45].into_iter().fold(0, greatest_common_divisor), 15);
    }
}
