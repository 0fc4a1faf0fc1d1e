//! Many changed weeks planned within one time: each with an even share first, then those that are not proven, with what is
//! left.
//!
//! Searches differ much in the time they take, and on a busy machine there may not be enough for all. With generous shares
//! from the start those that come last would be left with what remains of the roster: a carer whose absence costs 63 points
//! seemed to cost 17,195, more than any other.

use super::clock::{Clock, Sharing, Turn};
use super::variant::Outcome;
use crate::problem::Visit;

/// Of the time the first round may take so much. Most searches end within their share of it, so little is done twice.
const FIRST_SHARE: f64 = 0.6;

/// Plans each changed week, the second time from the visits that the first has found; gives the best plan and bound of both.
pub(super) fn plan_each<Q: Sync>(
    clock: Clock,
    questions: &[Q],
    plan: impl Fn(&Q, Option<&[Visit]>, &Turn) -> Option<Outcome> + Sync,
) -> Vec<Option<Outcome>> {
    // Where only the work is limited each search ends by itself, and a second one would do the same again.
    if clock.deadline.is_none() {
        return clock.ask_all(questions, |question, turn| plan(question, None, turn));
    }
    let first = Clock { sharing: Sharing::Even, ..clock.part(FIRST_SHARE) };
    let mut outcomes = first.ask_all(questions, |question, turn| plan(question, None, turn));
    let open = open(&outcomes);
    let again = clock.ask_all(&open, |at, turn| {
        let start = outcomes[*at].as_ref().map(|outcome| outcome.plan.visits());
        plan(&questions[*at], start, turn)
    });
    for (at, found) in open.into_iter().zip(again) {
        outcomes[at] = match (outcomes[at].take(), found) {
            (Some(first), Some(second)) => Some(first.joined(second)),
            (first, second) => first.or(second),
        };
    }
    outcomes
}

/// The weeks that are not proven, those with the narrowest gap first: they need the least, and leave the rest to the others.
fn open(outcomes: &[Option<Outcome>]) -> Vec<usize> {
    let is_open = |at: &usize| !outcomes[*at].as_ref().is_some_and(Outcome::is_proven);
    let mut open: Vec<usize> = (0..outcomes.len()).filter(is_open).collect();
    open.sort_by_key(|at| {
        let gap = outcomes[*at].as_ref().and_then(|outcome| Some(outcome.score() - outcome.bound?));
        (gap.is_none(), gap)
    });
    open
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    use super::super::variant::plan_again;
    use super::*;
    use crate::check::check_plan;
    use crate::generate::{Manners, tiny};
    use crate::plan::Plan;
    use crate::problem::Problem;

    /// The proven plan of a tiny week.
    fn planned() -> Outcome {
        let problem = Problem::build(&tiny(3, Manners::Plain)).expect("tiny weeks are valid").problem;
        let turn = Clock { effort: Some(20), ..Clock::default() }.single();
        let outcome = plan_again(&problem, &[], &turn).expect("there is a plan");
        assert!(outcome.is_proven() && outcome.visits() > 0, "{outcome:?}");
        outcome
    }

    #[test]
    fn what_is_not_proven_in_its_share_goes_on_from_there() {
        let proven = planned();
        let asked: Mutex<Vec<(usize, bool)>> = Mutex::default();
        let plan = |number: &usize, start: Option<&[Visit]>, _: &Turn| {
            asked.lock().expect("nobody panics").push((*number, start.is_some()));
            assert!(start.is_none_or(|start| start == proven.plan.visits()), "it begins with what was found");
            // The odd ones are proven only the second time, which finds nothing better.
            let bound = if number.is_multiple_of(2) || start.is_some() { proven.bound } else { None };
            let mut outcome = proven.clone();
            outcome.bound = bound;
            Some(outcome)
        };
        let clock = Clock { deadline: Some(Instant::now() + Duration::from_secs(600)), ..Clock::default() };
        let outcomes = plan_each(clock, &[0, 1, 2, 3, 4], plan);
        assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_some_and(Outcome::is_proven)), "{outcomes:?}");
        let mut asked = asked.into_inner().expect("nobody panics");
        asked.sort_unstable();
        let twice = [(0, false), (1, false), (1, true), (2, false), (3, false), (3, true), (4, false)];
        assert_eq!(asked, twice);
    }

    #[test]
    fn of_two_plannings_the_better_plan_and_the_greater_bound_count() {
        let proven = planned();
        let problem = Problem::build(&tiny(3, Manners::Plain)).expect("tiny weeks are valid").problem;
        let pins_alone = Plan::new(&problem, []);
        let report = check_plan(&problem, &pins_alone);
        let worse = Outcome::of(&problem, (pins_alone, &report), proven.bound);
        assert!(worse.score() > proven.score(), "the visits are worth something");
        let mut unproven = proven.clone();
        unproven.bound = None;
        for joined in [unproven.clone().joined(worse.clone()), worse.joined(unproven)] {
            assert_eq!((joined.score(), joined.bound), (proven.score(), proven.bound));
        }
    }
}
