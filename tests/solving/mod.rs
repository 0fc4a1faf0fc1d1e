//! Solves a problem and has the check judge what comes out, so that no test looks at an unchecked plan.

use pusterum::check::check_plan;
use pusterum::plan::proof::Proof;
use pusterum::plan::{Plan, Solved, Status};
use pusterum::problem::{Problem, Visit};
use pusterum::rules::Rulebook;
use pusterum::solve::{self, Board, Certificate, HoursBoard, Options, Stop};
use pusterum::units::{Minutes, Points};

/// The best plan after so many improvements; panics where the check finds a broken rule or another score.
#[allow(dead_code, reason = "not every test asks for the plan alone")]
pub fn solve(problem: &Problem, effort: u64) -> Solved {
    solve_and_prove(problem, effort).0
}

/// The same with what proves its bound, or a lower one.
pub fn solve_and_prove(problem: &Problem, effort: u64) -> (Solved, Proof) {
    solve_with(problem, effort, Certificate::Unasked)
}

/// The same, and the search goes on until what it hands over proves all of the bound.
#[allow(dead_code, reason = "not every test that solves asks for it")]
pub fn solve_and_certify(problem: &Problem, effort: u64) -> (Solved, Proof) {
    solve_with(problem, effort, Certificate::Asked)
}

fn solve_with(problem: &Problem, effort: u64, certificate: Certificate) -> (Solved, Proof) {
    let board = Board::default();
    let options = Options { effort: Some(effort), seed: 1, certificate };
    solve::solve(problem, &Rulebook::of(problem), (options, &Stop::never()), &board);
    let found = board.snapshot();
    let plan = Plan::new(problem, found.visits);
    let report = check_plan(problem, &plan);
    assert!(report.broken.is_empty(), "{:#?}", report.broken);
    assert_eq!(Some(report.terms.score().0), found.score, "the check counts other points: {:?}", report.terms);
    let bound = Points(found.bound.expect("a search without a clock proves a bound"));
    let score = report.terms.score();
    assert!(bound <= score, "the bound {bound} is above a score that was reached");
    let status = if score - bound < Points(1) { Status::Optimal } else { Status::Stopped };
    let proof = board.proof().expect("a search without a clock proves something");
    (Solved { plan, terms: report.terms, bound: Some(bound), status }, proof)
}

/// The proven least undelivered minutes of any plan, where a plan of these visits is known.
#[allow(dead_code, reason = "not every test that solves asks for it")]
pub fn undelivered_bound(problem: &Problem, planned: &[Visit]) -> Minutes {
    let board = HoursBoard::default();
    let new: Vec<Visit> = planned.iter().copied().filter(|visit| !problem.is_pinned(*visit)).collect();
    solve::least_undelivered(problem, &new, &Stop::never(), &board);
    board.least().expect("a search without a clock proves a bound")
}
