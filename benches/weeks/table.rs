//! Tables in Markdown.

use std::fmt::Write as _;

use super::measure::{Reference, Row, Run};
use super::options::How;

/// A line for each week.
pub fn of_weeks(rows: &[Row]) -> String {
    let mut text = String::from(
        "| week | clients | carers | score | bound | gap | status | limit | seconds | near after | memory | check | \
         referee | reference | best known |\n\
         |---|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|---|---|--:|--:|\n",
    );
    for row in rows {
        let known = |pick: fn(&Reference) -> i64| or_dash(row.reference.as_ref().map(pick));
        let run = row.middle();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} s | {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            row.clients,
            row.carers,
            run.score,
            or_dash(run.bound),
            gap(run.score, run.bound),
            run.status,
            row.limit,
            seconds(row, |run| run.seconds),
            near(row),
            memory(row.megabytes()),
            row.verdict(|run| run.check),
            row.verdict(|run| run.referee),
            known(|reference| reference.score),
            known(|reference| reference.best),
        );
    }
    text
}

/// What the figures of weeks are.
pub fn legend(how: &How) -> String {
    format!(
        "{} Score, bound and status are those of the run with the median gap. Near after: so many seconds after its \
         start the plan was within 5 % of the last one and stayed there (at the latest; the progress tells once a \
         second), with an asterisk where a later plan was worse than one before it.",
        common(how)
    )
}

/// What holds of all tables.
pub fn common(how: &How) -> String {
    let runs = match how.runs {
        1 => "One run of each".to_owned(),
        runs => format!("Medians of {runs} runs of each, with the least and the most in brackets"),
    };
    format!(
        "{runs}, one after another. Seconds are those of the whole command from reading to the last page, memory is \
         the peak of the resident set."
    )
}

/// The median, and how far the runs are apart.
pub fn seconds(row: &Row, of: impl Fn(&Run) -> f64) -> String {
    let all: Vec<f64> = row.runs.iter().map(&of).collect();
    let (least, most) = all.iter().fold((f64::MAX, f64::MIN), |(least, most), s| (least.min(*s), most.max(*s)));
    let middle = row.median(of);
    if all.len() == 1 { format!("{middle:.1}") } else { format!("{middle:.1} ({least:.1}–{most:.1})") }
}

/// When the plan was near the last one.
pub fn near(row: &Row) -> String {
    let mark = if row.runs.iter().all(|run| run.only_got_better) { "" } else { "*" };
    format!("{:.1} s{mark}", row.median(|run| run.near_after))
}

pub fn gap(score: i64, bound: Option<i64>) -> String {
    let Some(bound) = bound else { return "–".to_owned() };
    format!("{} ({:.2} %)", score - bound, share(score, bound) * 100.0)
}

/// How far a bound is below a score.
pub fn share(score: i64, bound: i64) -> f64 {
    (score - bound) as f64 / score.abs().max(1) as f64
}

pub fn memory(megabytes: Option<u64>) -> String {
    megabytes.map_or("–".to_owned(), |megabytes| format!("{megabytes} MB"))
}

pub fn or_dash(number: Option<i64>) -> String {
    number.map_or("–".to_owned(), |number| number.to_string())
}
