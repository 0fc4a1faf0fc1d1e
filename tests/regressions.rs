//! Weeks that once showed a mistake; each stays right.

mod solving;

use std::path::Path;

use pusterum::import::load_week;
use pusterum::plan::Solved;
use pusterum::solve::Certificate;
use pusterum::units::Points;

fn solve(name: &str) -> Solved {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/regressions").join(name).join("2026-W48");
    solving::solve(&load_week(&folder, None).expect("a valid week").problem, 3, Certificate::Unasked).0
}

/// Pricing left out a visit that only costs points, though the carer's break fits beside it and nowhere else: the
/// plan without it was called proven at 1,220 points.
#[test]
fn a_visit_that_makes_room_for_the_break_is_not_left_out() {
    let solved = solve("break-beside-a-detour");
    assert_eq!((solved.terms.score(), solved.bound), (Points(130), Some(Points(130))));
}

/// A split of so many lengths was planned by its totals, which forgot how often it holds each length.
#[test]
fn a_split_of_many_lengths_is_kept() {
    let solved = solve("split-of-eleven-lengths");
    assert_eq!(Some(solved.terms.score()), solved.bound);
}
