//! Real-sized weeks: the plans are no worse than the reference, the bounds no higher than what is known to be reached.

mod solving;

use std::path::{Path, PathBuf};

use pusterum::import::load_week;
use pusterum::solve::Certificate;
use pusterum::units::Points;

/// Weeks that are solved in seconds, with the score of the best plan known.
const WEEKS: [(&str, i64); 3] =
    [("ballerup-60/2026-W48", 41_313), ("koege-120/2026-W14", 30_835), ("race-150/2026-W48", 31_330)];

fn week(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/weeks").join(name);
    if !folder.exists() {
        println!("skipped: no ../shared/weeks/{name}");
    }
    folder.exists().then_some(folder)
}

#[test]
fn real_sized_weeks_are_proven_optimal() {
    for (name, best) in WEEKS {
        let Some(folder) = week(name) else { continue };
        let problem = load_week(&folder, None).expect("a valid week").problem;
        let (solved, _) = solving::solve(&problem, 30, Certificate::Unasked);
        assert_eq!((solved.terms.score(), solved.bound), (Points(best), Some(Points(best))), "{name}");
    }
}
