//! How a search got on, as its own progress told: a line about every second, which a planner sees too.

use serde::Serialize;

/// How the search stood at a moment.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Standing {
    pub seconds: f64,
    pub score: i64,
    pub bound: Option<i64>,
}

/// Reads the lines that hold a score.
pub fn read(lines: &[(f64, String)]) -> Vec<Standing> {
    let standing = |(seconds, line): &(f64, String)| {
        // English lines have a comma between thousands.
        let value =
            |name: &str| line.split(" · ").find_map(|part| part.strip_prefix(name)?.replace(',', "").parse().ok());
        Some(Standing { seconds: *seconds, score: value("score ")?, bound: value("bound ") })
    };
    lines.iter().filter_map(standing).collect()
}

/// Whether no later plan was worse.
pub fn only_gets_better(trace: &[Standing]) -> bool {
    trace.is_sorted_by(|earlier, later| later.score <= earlier.score)
}

/// The seconds from which on every plan was within a share of the last one; those of the end where no line came after.
pub fn settled(trace: &[Standing], (share, last): (f64, i64), end: f64) -> f64 {
    let is_far = |standing: &Standing| (standing.score - last) as f64 > share * last.abs() as f64;
    let first = trace.iter().rposition(is_far).map_or(0, |far| far + 1);
    trace.get(first).map_or(end, |standing| standing.seconds)
}

/// The seconds after which score and bound were first within a share of the score; `None` where they never were.
pub fn bounded(trace: &[Standing], share: f64, end: Standing) -> Option<f64> {
    let is_close = |standing: &Standing| {
        standing.bound.is_some_and(|bound| (standing.score - bound) as f64 <= share * standing.score.abs() as f64)
    };
    trace.iter().chain([&end]).find(|standing| is_close(standing)).map(|standing| standing.seconds)
}
