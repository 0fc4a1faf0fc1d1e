//! Solves a problem and has the check judge what comes out, so that no test looks at an unchecked plan.

use pusterum::check::check_plan;
use pusterum::plan::proof::Proof;
use pusterum::plan::{Plan, Solved, Status};
use pusterum::problem::Problem;
use pusterum::rules::Rulebook;
use pusterum::solve::{self, Board, Certificate, Options, Stop};
use pusterum::units::Points;

/// The best plan after so many improvements and what proves its bound, or a lower one, unless all of it is asked for; panics where
/// the check finds a broken rule or another score.
pub fn solve(problem: &Problem, effort: u64, certificate: Certificate) -> (Solved, Proof) {
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
