//! The weeks of all municipalities, planned by one command as a planner would.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::judge::{Case, Verdict};
use super::measure::Summary;
use super::options::How;
use super::process::{self, pusterum};
use super::results::Results;
use super::{Outcome, made_up, median, options, table};

/// Seconds that each week may take: what `plan` gives without an option.
const LIMIT: u64 = 60;

/// One planning of all weeks.
#[derive(Debug, Serialize)]
struct Run {
    limit: u64,
    seconds: f64,
    megabytes: Option<u64>,
    weeks: Vec<Week>,
}

/// How one of the weeks was planned.
#[derive(Debug, Serialize)]
struct Week {
    name: String,
    score: i64,
    bound: Option<i64>,
    status: String,
    check: Verdict,
    referee: Verdict,
}

impl Week {
    fn read(week: &Path, results: &Path) -> Result<Self, String> {
        let name = week.parent().and_then(Path::file_name).unwrap_or_default();
        let result = results.join(name).join(week.file_name().unwrap_or_default());
        let read = || -> Outcome<Self> {
            let Summary { score, bound, status } = Summary::of(&result)?;
            let roster = result.join("roster.csv");
            let case = Case { week, roster: &roster, published: None, score };
            let (check, referee) = (case.checked()?, case.refereed()?);
            Ok(Week { name: name.to_string_lossy().into_owned(), score, bound, status, check, referee })
        };
        read().map_err(|error| format!("{}: {error}", week.display()))
    }

    /// Share of the score; without a bound the whole of it.
    fn gap(&self) -> f64 {
        self.bound.map_or(1.0, |bound| table::share(self.score, bound))
    }
}

pub fn measure(options: &options::Country) -> Outcome<()> {
    let weeks = made_up::country(options.clients, options.seed)?;
    let mut runs = Vec::new();
    for _ in 0..options.how.runs {
        let run = planned(&weeks, options.how.time_limit.unwrap_or(LIMIT))?;
        eprintln!("the country: {} weeks in {:.1} s", run.weeks.len(), run.seconds);
        runs.push(run);
    }
    let table = table_of(&runs, (weeks.len(), options.clients));
    Results { name: "country", table: &table, legend: &legend(&options.how), raw: &runs }.keep(&options.how)
}

fn planned(weeks: &[PathBuf], limit: u64) -> Outcome<Run> {
    let place = tempfile::tempdir()?;
    let results = place.path().join("results");
    let mut command = pusterum(&["plan"]);
    command.args(weeks).arg("--out").arg(&results).arg("--time-limit").arg(limit.to_string());
    let ran = process::run(&mut command)?;
    let weeks: Vec<Week> = weeks.par_iter().map(|week| Week::read(week, &results)).collect::<Result<_, _>>()?;
    Ok(Run { limit, seconds: ran.seconds, megabytes: ran.megabytes, weeks })
}

/// One line: of several runs, that with the median time.
fn table_of(runs: &[Run], (asked, clients): (usize, usize)) -> String {
    let middle = median(runs.iter().map(|run| run.seconds).collect());
    let Some(run) = runs.iter().find(|run| run.seconds == middle) else { return String::new() };
    let optimal = run.weeks.iter().filter(|week| week.status == "optimal").count();
    let worst = run.weeks.iter().max_by(|a, b| a.gap().total_cmp(&b.gap()));
    let score: i64 = run.weeks.iter().map(|week| week.score).sum();
    let bound: Option<i64> = run.weeks.iter().map(|week| week.bound).sum();
    let verdict = |of: fn(&Week) -> Verdict| run.weeks.iter().map(of).max().unwrap_or(Verdict::NotAsked);
    format!(
        "| weeks | clients | planned | proven optimal | largest gap | score of all | gap of all | limit of each | \
         seconds | memory | check | referee |\n\
         |--:|--:|--:|--:|---|--:|--:|--:|--:|--:|---|---|\n\
         | {asked} | {clients} | {} | {optimal} | {} | {score} | {} | {} s | {:.1} | {} | {} | {} |\n",
        run.weeks.len(),
        worst.map_or("–".to_owned(), |week| format!("{} in {}", table::gap(week.score, week.bound), week.name)),
        table::gap(score, bound),
        run.limit,
        run.seconds,
        table::memory(run.megabytes),
        verdict(|week| week.check),
        verdict(|week| week.referee),
    )
}

fn legend(how: &How) -> String {
    let runs = match how.runs {
        1 => "One run".to_owned(),
        runs => format!("That with the median time of {runs} runs"),
    };
    format!(
        "{runs} of `pusterum plan WEEK...` over all weeks of `pusterum generate --country`; seconds and memory are those \
         of the whole run."
    )
}
