//! Tiny weeks against all their plans: the optimiser's proven optimum is the best plan there is.
//!
//! The plans are listed from the week's rows and the check alone, so nothing that the optimiser relies on is shared
//! but the check, which agrees with an independent referee on its own.

mod solving;

use std::collections::BTreeSet;

use pusterum::certificate;
use pusterum::check::{Report, check_plan};
use pusterum::generate::{Manners, tiny};
use pusterum::ids::{CarerId, GrantId};
use pusterum::plan::{Plan, Status};
use pusterum::problem::{Problem, Published, Visit};
use pusterum::rules::Rulebook;
use pusterum::units::{Day, Minutes, Moment, Span};

/// Rules that one visit more may mend: another visit on the way, or one that absorbs a booking.
const MENDABLE: [&str; 2] = ["H11", "H12"];

/// How many tiny weeks of each kind are compared.
const WEEKS: u64 = 250;

fn is_hopeless(report: &Report) -> bool {
    report.broken.iter().any(|finding| !MENDABLE.contains(&finding.rule))
}

/// All moments of the week at which a visit might be allowed to start: the grid and wherever a window can begin.
fn starts(problem: &Problem) -> BTreeSet<Moment> {
    let grid = usize::try_from(problem.policy.start_grid.0).expect("a positive grid");
    let on_grid = Day::all().flat_map(|day| (0..1440).step_by(grid).map(move |minute| day.at(Minutes(minute))));
    let wishes = problem.grants.values().iter().flat_map(|g| g.wishes.iter().flat_map(|w| [w.span.start, w.span.end]));
    let absences = problem.clients.values().iter().flat_map(|c| c.absences.iter().map(|a| a.span.end));
    let hours = problem.grants.ids().flat_map(|g| Day::all().map(move |d| (g, d)));
    let opening = hours.map(|(grant, day)| day.at(problem.standard(grant).day_from));
    on_grid.chain(wishes).chain(absences).chain(opening).collect()
}

/// Every visit that could be part of a plan.
fn candidates(problem: &Problem) -> Vec<Visit> {
    let starts = starts(problem);
    let mut found = Vec::new();
    for (_, shift) in problem.shifts.iter() {
        for start in starts.iter().copied().filter(|s| shift.span.start <= *s && *s < shift.span.end) {
            for grant in problem.grants.ids() {
                found.extend(visits_at(problem, (grant, shift.carer), Span::new(start, shift.span.end)));
            }
        }
    }
    found
}

fn visits_at(problem: &Problem, (grant, carer): (GrantId, CarerId), room: Span) -> Vec<Visit> {
    let longest = problem.grants[grant].weekly_minutes.min(room.length());
    let visits =
        (1..=longest.0).map(|length| Visit { grant, carer, span: Span::new(room.start, room.start + Minutes(length)) });
    // A length that the rules of H2 refuse is refused for every visit: asking the check for each is what takes time.
    let standard = problem.standard(grant);
    let split = problem.grants[grant].split.clone();
    let plausible = |visit: &Visit| {
        let length = visit.span.length();
        split.as_ref().is_some_and(|split| split.contains(&length))
            || length.0 % standard.visit_minutes_step.0 == 0
            || length == problem.grants[grant].weekly_minutes
            || length == standard.weekly_minutes_max
    };
    visits.filter(plausible).filter(|visit| !is_hopeless(&check_plan(problem, &Plan::new(problem, [*visit])))).collect()
}

/// The plans of a week, visited one by one.
struct Plans<'a> {
    problem: &'a Problem,
    candidates: &'a [Visit],
    together: Vec<Vec<bool>>,
    best: i64,
    best_plan: Vec<Visit>,
    /// The least undelivered minutes of any.
    least: Minutes,
    count: usize,
}

impl<'a> Plans<'a> {
    fn all(problem: &'a Problem, candidates: &'a [Visit]) -> Self {
        let pair = |a: &Visit, b: &Visit| a != b && !is_hopeless(&check_plan(problem, &Plan::new(problem, [*a, *b])));
        let together = candidates.iter().map(|a| candidates.iter().map(|b| pair(a, b)).collect()).collect();
        let (best, least) = (i64::MAX, Minutes(i32::MAX));
        let mut plans = Plans { problem, candidates, together, best, best_plan: Vec::new(), least, count: 0 };
        plans.extend(&mut Vec::new(), &(0..candidates.len()).collect::<Vec<_>>());
        plans
    }

    fn extend(&mut self, chosen: &mut Vec<usize>, open: &[usize]) {
        let visits: Vec<Visit> = chosen.iter().map(|at| self.candidates[*at]).collect();
        let report = check_plan(self.problem, &Plan::new(self.problem, visits.clone()));
        self.count += 1;
        if report.broken.is_empty() {
            self.least = self.least.min(report.undelivered_minutes());
            if report.terms.score().0 < self.best {
                self.best = report.terms.score().0;
                self.best_plan = visits;
            }
        }
        if is_hopeless(&report) {
            return;
        }
        for (n, at) in open.iter().enumerate() {
            let left: Vec<usize> = open[n + 1..].iter().copied().filter(|other| self.together[*at][*other]).collect();
            chosen.push(*at);
            self.extend(chosen, &left);
            chosen.pop();
        }
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
    let (solved, proof) = solving::solve_and_prove(problem, 3);
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
    let bounds = [solved.plan.visits(), &[]].map(|planned| solving::undelivered_bound(problem, planned));
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
