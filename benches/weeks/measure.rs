//! A week planned some times, and what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pusterum::import::read_tables;
use serde::{Deserialize, Serialize};

use super::judge::{Case, Verdict};
use super::options::How;
use super::process::{self, pusterum};
use super::trace::{self, Standing};
use super::{Outcome, median};

/// Seconds that a week may take: from so many clients on, so many.
const LIMITS: [(usize, u64); 3] = [(1_500, 180), (500, 120), (0, 60)];

/// A plan is near the last one within this share of its points.
pub const NEAR: f64 = 0.05;
/// A bound is near the plan within this share of its points.
pub const TIGHT: f64 = 0.01;

/// A week to plan.
pub struct Task {
    pub week: PathBuf,
    pub clients: usize,
    pub carers: usize,
    pub limit: u64,
    pub published: Option<PathBuf>,
}

/// One planning.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    pub score: i64,
    pub bound: Option<i64>,
    pub status: String,
    /// Of the whole command.
    pub seconds: f64,
    pub megabytes: Option<u64>,
    /// From then on every plan was within [`NEAR`] of the last.
    pub near_after: f64,
    /// The gap was first within [`TIGHT`].
    pub tight_after: Option<f64>,
    pub only_got_better: bool,
    pub check: Verdict,
    pub referee: Verdict,
    pub trace: Vec<Standing>,
}

/// A week and all its plannings.
#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub clients: usize,
    pub carers: usize,
    pub limit: u64,
    pub reference: Option<Reference>,
    pub runs: Vec<Run>,
}

/// What is known of a week from elsewhere: `reference.json` beside the weeks, where there is one.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Reference {
    pub score: i64,
    pub best: i64,
    /// Absent where nothing is proven of the week.
    pub best_bound: Option<f64>,
}

/// What a plan's summary is asked for.
#[derive(Debug, Deserialize)]
pub struct Summary {
    pub score: i64,
    pub bound: Option<i64>,
    pub status: String,
}

impl Summary {
    pub fn of(result: &Path) -> Outcome<Self> {
        Ok(serde_json::from_str(&fs::read_to_string(result.join("summary.json"))?)?)
    }
}

impl Task {
    pub fn new(week: &Path, how: &How) -> Outcome<Self> {
        let tables = read_tables(week).tables.ok_or_else(|| format!("{} is no week", week.display()))?;
        let (clients, carers) = (tables.clients.len(), tables.staff.len());
        let usual = LIMITS.iter().find(|(from, _)| clients >= *from).map_or(0, |(_, seconds)| *seconds);
        Ok(Task { week: week.to_owned(), clients, carers, limit: how.time_limit.unwrap_or(usual), published: None })
    }

    /// Plans the week as often as asked for.
    pub fn row(&self, how: &How) -> Outcome<Row> {
        let place = tempfile::tempdir()?;
        Ok(self.row_in(place.path(), how)?.0)
    }

    /// Plans the week as often as asked for, and leaves each result in a folder of its own.
    pub fn row_in(&self, place: &Path, how: &How) -> Outcome<(Row, Vec<PathBuf>)> {
        let name = name_of(&self.week);
        let results: Vec<PathBuf> = (1..=how.runs).map(|number| place.join(number.to_string())).collect();
        let mut runs = Vec::new();
        for result in &results {
            let run = self.run(result)?;
            eprintln!("{name}: {} points, bound {:?}, {:.1} s", run.score, run.bound, run.seconds);
            runs.push(run);
        }
        let reference = reference(&self.week, &name);
        let row = Row { name, clients: self.clients, carers: self.carers, limit: self.limit, reference, runs };
        Ok((row, results))
    }

    /// Plans the week into a folder and has the plan judged.
    pub fn run(&self, out: &Path) -> Outcome<Run> {
        let mut command = pusterum(&["plan"]);
        command.arg(&self.week).arg("--out").arg(out).arg("--time-limit").arg(self.limit.to_string());
        if let Some(published) = &self.published {
            command.arg("--published").arg(published);
        }
        let ran = process::run(&mut command)?;
        let Summary { score, bound, status } = Summary::of(out)?;
        let roster = out.join("roster.csv");
        let case = Case { week: &self.week, roster: &roster, published: self.published.as_deref(), score };
        let trace = trace::read(&ran.lines);
        let end = Standing { seconds: ran.seconds, score, bound };
        Ok(Run {
            near_after: trace::settled(&trace, (NEAR, score), ran.seconds),
            tight_after: trace::bounded(&trace, TIGHT, end),
            only_got_better: trace::only_gets_better(&[&trace[..], &[end]].concat()),
            check: case.checked()?,
            referee: case.refereed()?,
            seconds: ran.seconds,
            megabytes: ran.megabytes,
            score,
            bound,
            status,
            trace,
        })
    }
}

impl Run {
    pub fn gap(&self) -> Option<i64> {
        self.bound.map(|bound| self.score - bound)
    }
}

impl Row {
    /// The run with the median gap; one without a bound has the largest.
    pub fn middle(&self) -> &Run {
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        runs.sort_by_key(|run| run.gap().unwrap_or(i64::MAX));
        runs[runs.len() / 2]
    }

    pub fn median(&self, of: impl Fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(of).collect())
    }

    pub fn megabytes(&self) -> Option<u64> {
        let all: Option<Vec<f64>> = self.runs.iter().map(|run| run.megabytes.map(|mb| mb as f64)).collect();
        all.map(|all| median(all) as u64)
    }

    /// The worst that was said of any run.
    pub fn verdict(&self, of: impl Fn(&Run) -> Verdict) -> Verdict {
        self.runs.iter().map(of).max().unwrap_or(Verdict::NotAsked)
    }
}

/// The folder above the week names it, where one was made for it.
fn name_of(week: &Path) -> String {
    let names: Vec<String> = week.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    names.get(1).cloned().unwrap_or_default()
}

fn reference(week: &Path, name: &str) -> Option<Reference> {
    let text = fs::read_to_string(week.join("../../reference.json")).ok()?;
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).ok()?;
    serde_json::from_value(all.get(name)?.clone()).ok()
}
