//! Tiny weeks against all their plans: the optimiser's proven optimum is the best plan there is.
//!
//! The plans are listed from the week's rows and the check alone, so nothing that the optimiser relies on is shared
//! but the check, which agrees with an independent referee on its own.

#[path = "solving/hours.rs"]
mod hours;
mod listing;
mod solving;

use listing::candidates;
use pusterum::certificate;
use pusterum::generate::{Manners, tiny};
use pusterum::plan::Status;
use pusterum::problem::{Problem, Published, Visit};
use pusterum::rules::Rulebook;
use pusterum::solve::Certificate;
use pusterum::units::Minutes;

/// How many tiny weeks of each kind are compared.
const WEEKS: u64 = 250;

/// The best of all plans of a week.
struct Plans {
    best: i64,
    best_plan: Vec<Visit>,
    /// The least undelivered minutes of any.
    least: Minutes,
    count: usize,
}

impl Plans {
    fn all(problem: &Problem, candidates: &[Visit]) -> Self {
        let mut plans = Plans { best: i64::MAX, best_plan: Vec::new(), least: Minutes(i32::MAX), count: 0 };
        plans.count = listing::for_each_plan(problem, candidates, |visits, report| {
            plans.least = plans.least.min(report.undelivered_minutes());
            if report.terms.score().0 < plans.best {
                plans.best = report.terms.score().0;
                plans.best_plan = visits.to_vec();
            }
        });
        plans
    }
}

/// How many plans of a week were compared, and whether the bound on its hours is the least itself.
struct Compared {
    plans: usize,
    least_is_proven: bool,
}

fn compare(problem: &Problem, what: &str) -> Compared {
    let candidates = candidates(problem);
    let plans = Plans::all(problem, &candidates);
    let (solved, proof) = solving::solve(problem, 3, Certificate::Unasked);
    assert_eq!(
        solved.terms.score().0,
        plans.best,
        "{what}: found {:?}, but {:?} is better",
        solved.plan,
        plans.best_plan
    );
    assert_eq!(solved.status, Status::Optimal, "{what}: score {} bound {:?}", plans.best, solved.bound);
    let proven = certificate::prove(problem, &Rulebook::of(problem), &proof).expect("the proof makes sense");
    assert!(proven.bound <= plans.best, "{what}: {} is proven, but {} is best", proven.bound, plans.best);
    let bounds = [solved.plan.visits(), &[]].map(|planned| hours::undelivered_bound(problem, planned));
    assert!(bounds.iter().all(|bound| *bound <= plans.least), "{what}: {bounds:?}, but {} is possible", plans.least);
    Compared { plans: plans.count, least_is_proven: bounds.iter().all(|bound| *bound == plans.least) }
}

fn compare_all(manners: Manners, what: &str) {
    let compared: Vec<Compared> =
        (0..WEEKS).map(|seed| compare(&problem(seed, manners), &format!("{what} {seed}"))).collect();
    let plans: usize = compared.iter().map(|week| week.plans).sum();
    assert!(plans > 10_000, "only {plans} plans were compared");
    // What a relaxation cannot see is rare in weeks as small as these.
    let proven = compared.iter().filter(|week| week.least_is_proven).count();
    assert!(proven * 20 > compared.len() * 19, "the least undelivered minutes are proven of {proven} weeks only");
}

fn problem(seed: u64, manners: Manners) -> Problem {
    Problem::build(&tiny(seed, manners)).expect("tiny weeks are valid").problem
}

#[test]
fn plain_tiny_weeks_are_planned_best() {
    compare_all(Manners::Plain, "plain");
}

#[test]
fn odd_tiny_weeks_are_planned_best() {
    compare_all(Manners::Odd, "odd");
}

/// The published roster is a plan of the week that somebody chose without care; a row of it is lost for good.
#[test]
fn tiny_weeks_with_a_published_roster_are_planned_best() {
    for seed in 0..WEEKS {
        let mut problem = problem(seed, Manners::Plain);
        let candidates = candidates(&problem);
        let chosen = candidates.iter().copied().skip(usize::try_from(seed % 7).expect("small")).step_by(9).take(4);
        problem.published =
            Some(Published { visits: chosen.collect(), lost_rows: u32::try_from(seed % 2).expect("small") });
        compare(&problem, &format!("published {seed}"));
    }
}
