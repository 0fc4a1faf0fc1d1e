//! Reads the result of a planning beside the week that it was made from, and makes sure that the two belong together.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde::Deserialize;

use super::roster::{self, RosterRow};
use super::shape::{Column, Kind, optional, required};
use super::source::Source;
use super::table::{Cells, Row, TableRead};
use super::value;
use super::week::{Loaded, load_week};
use crate::diagnostic::{Cell, Diagnostic, Fault, codes};
use crate::ids::{CarerId, GrantId};
use crate::plan::{Plan, Terms};
use crate::problem::{Problem, Visit};
use crate::units::{Minutes, Span};

/// The newest format of results that this version reads.
const FORMAT: u64 = 1;

const SUMMARY: &str = "summary.json";
const ROSTER: &str = "roster.csv";
const UNMET: &str = "unmet.csv";
const UNMET_TABLE: &str = "unmet";
/// The roster that a replanning started from stands among the inputs, but is no file of the week.
const PUBLISHED: &str = "published";

/// A week and what was planned for it.
#[derive(Clone, Debug)]
pub struct LoadedResult {
    pub problem: Problem,
    pub plan: Plan,
    /// The code of the reason for each grant of `unmet.csv`.
    pub reasons: BTreeMap<GrantId, String>,
    /// The terms of its score, as `summary.json` has them.
    pub terms: Terms,
    /// SHA-256 in hex of `summary.json`, which names the inputs by theirs.
    pub sha256: String,
}

/// What a report needs of a summary.
#[derive(Debug, Deserialize)]
struct Summary {
    week: String,
    visits: usize,
    delivered_minutes: Minutes,
    terms: Terms,
    inputs: BTreeMap<String, String>,
}

/// Reads a week folder and the result of planning it.
///
/// # Errors
/// Every fault at once: those of the week's files, and what shows that the result is none, was made by a newer version
/// or from other files, or was changed afterwards.
pub fn load_result(week: &Path, result: &Path) -> Result<LoadedResult, Vec<Diagnostic>> {
    let loaded = load_week(week, None);
    let summary = summary(&result.join(SUMMARY));
    let (loaded, (summary, sha256)) = match (loaded, summary) {
        (Ok(loaded), Ok(summary)) => (loaded, summary),
        (loaded, summary) => return Err(loaded.err().into_iter().flatten().chain(summary.err()).collect()),
    };
    let strangers = strangers(&loaded, &summary);
    if !strangers.is_empty() {
        return Err(strangers);
    }
    let roster = roster::read_file(&result.join(ROSTER));
    let unmet = unmet(&result.join(UNMET));
    let mut found: Vec<Diagnostic> = roster.diagnostics.into_iter().chain(unmet.diagnostics).collect();
    found.retain(Diagnostic::is_error);
    if !found.is_empty() {
        return Err(found);
    }
    let problem = loaded.problem;
    let visits = visits(&problem, &roster.rows)?;
    if visits.len() != summary.visits || minutes(&visits) != summary.delivered_minutes {
        return Err(vec![edited_roster()]);
    }
    let reasons = reasons(&problem, unmet.rows.into_iter().map(|row| row.row))?;
    let plan = Plan::new(&problem, visits);
    Ok(LoadedResult { problem, plan, reasons, terms: summary.terms, sha256 })
}

fn minutes(visits: &[Visit]) -> Minutes {
    visits.iter().map(|visit| visit.span.length()).sum()
}

/// The summary with its fingerprint.
fn summary(path: &Path) -> Result<(Summary, String), Diagnostic> {
    let source = Source::read(path, SUMMARY)?.ok_or_else(|| no_plan().in_file(SUMMARY))?;
    let unreadable = || bad_summary().in_file(SUMMARY);
    let value: serde_json::Value = serde_json::from_str(source.utf8()?).map_err(|_| unreadable())?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(format) if format > FORMAT => Err(newer(format).in_file(SUMMARY)),
        Some(_) => {
            let summary = serde_json::from_value(value).map_err(|_| unreadable())?;
            Ok((summary, source.sha256()))
        }
        None => Err(unreadable()),
    }
}

/// What shows that the result was made from another week, or from other files.
fn strangers(loaded: &Loaded, summary: &Summary) -> Vec<Diagnostic> {
    let week = loaded.problem.week.to_string();
    if summary.week != week {
        let found = other_week().in_file(SUMMARY).in_column("week").with_value(&summary.week);
        return vec![found];
    }
    let (now, then) = (&loaded.inputs, &summary.inputs);
    let files: BTreeSet<&String> = now.keys().chain(then.keys()).filter(|file| *file != PUBLISHED).collect();
    let differing = files.into_iter().filter(|file| now.get(*file) != then.get(*file));
    differing.map(|file| other_file(now.contains_key(file), then.contains_key(file)).in_file(file)).collect()
}

/// The rows of the roster as visits of the week.
fn visits(problem: &Problem, rows: &[RosterRow]) -> Result<Vec<Visit>, Vec<Diagnostic>> {
    let grants: HashMap<&str, GrantId> = problem.grants.iter().map(|(id, grant)| (grant.id.as_str(), id)).collect();
    let carers: HashMap<&str, CarerId> = problem.carers.iter().map(|(id, carer)| (carer.id.as_str(), id)).collect();
    let visit = |row: &RosterRow| {
        let fault = |column, value: &str| Cell { file: ROSTER, line: row.line, column }.error(value, edited());
        let grant = grants.get(row.grant_id.as_str()).ok_or_else(|| fault("grant_id", &row.grant_id))?;
        let carer = carers.get(row.staff_id.as_str()).ok_or_else(|| fault("staff_id", &row.staff_id))?;
        let day = problem.week.day_of(row.date).ok_or_else(|| fault("date", &row.date.to_string()))?;
        Ok(Visit { grant: *grant, carer: *carer, span: Span::new(day.at(row.start), day.at(row.end)) })
    };
    gathered(rows.iter().map(visit))
}

/// All values, or all faults.
fn gathered<T>(results: impl Iterator<Item = Result<T, Diagnostic>>) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// What a report needs of a row of `unmet.csv`.
struct UnmetRow {
    line: u64,
    grant_id: String,
    reason: String,
}

impl Row for UnmetRow {
    const COLUMNS: &'static [Column] = &[
        required("grant_id", Kind::Id),
        optional("client_id", Kind::Id),
        optional("state", Kind::Text),
        optional("granted_minutes", Kind::Text),
        optional("due_minutes", Kind::Text),
        optional("delivered_minutes", Kind::Text),
        optional("unmet_minutes", Kind::Text),
        required("reason", Kind::Text),
        optional("reason_da", Kind::Text),
        optional("reason_en", Kind::Text),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let (grant_id, reason) = (cells.required("grant_id", value::text), cells.required("reason", value::text));
        Some(UnmetRow { line: 0, grant_id: grant_id?, reason: reason? })
    }
}

fn unmet(path: &Path) -> TableRead<UnmetRow> {
    let (mut read, _) = roster::read_own::<UnmetRow>(path, UNMET, UNMET_TABLE);
    read.rows.iter_mut().for_each(|row| row.row.line = row.line);
    read
}

fn reasons(
    problem: &Problem,
    rows: impl Iterator<Item = UnmetRow>,
) -> Result<BTreeMap<GrantId, String>, Vec<Diagnostic>> {
    let grants: HashMap<&str, GrantId> = problem.grants.iter().map(|(id, grant)| (grant.id.as_str(), id)).collect();
    let reason = |row: UnmetRow| match grants.get(row.grant_id.as_str()) {
        Some(grant) => Ok((*grant, row.reason)),
        None => Err(Cell { file: UNMET, line: row.line, column: "grant_id" }.error(&row.grant_id, edited())),
    };
    gathered(rows.map(reason)).map(BTreeMap::from_iter)
}

fn no_plan() -> Fault {
    Fault::new(
        codes::NO_PLAN,
        ["mappen rummer ingen plan", "the folder holds no plan"],
        ["Angiv mappen, som »pusterum plan … --out« skrev", "Give the folder that `pusterum plan … --out` wrote"],
    )
}

fn bad_summary() -> Fault {
    Fault::new(
        codes::UNREADABLE_SUMMARY,
        ["filen er ikke en plans resumé", "the file is no summary of a plan"],
        [
            "Angiv mappen, som »pusterum plan … --out« skrev, eller planlæg igen",
            "Give the folder that `pusterum plan … --out` wrote, or plan again",
        ],
    )
}

fn newer(format: u64) -> Fault {
    Fault::new(
        codes::NEWER_PLAN,
        [
            &format!("planen er skrevet af en nyere version (format {format}; her læses til og med {FORMAT})"),
            &format!("the plan was written by a newer version (format {format}; this one reads up to {FORMAT})"),
        ],
        ["Brug den nyere version af Pusterum", "Use the newer version of Pusterum"],
    )
}

fn other_week() -> Fault {
    Fault::new(
        codes::PLAN_OF_OTHER_FILES,
        ["planen er for en anden uge end mappens", "the plan is for another week than the folder’s"],
        ["Sæt ugens egen plan efter lighedstegnet", "Put the week’s own plan after the equals sign"],
    )
}

fn other_file(is_there: bool, was_there: bool) -> Fault {
    let problem = match (is_there, was_there) {
        (true, false) => ["filen var der ikke, da planen blev lagt", "the file was not there when the plan was made"],
        (false, _) => [
            "planen blev lagt med filen, men den er her ikke længere",
            "the plan was made with the file, but it is gone",
        ],
        (true, true) => [
            "filen er ikke den, planen blev lagt med (SHA-256 i summary.json er en anden)",
            "the file is not the one that the plan was made with (its SHA-256 in summary.json differs)",
        ],
    };
    let cure =
        ["Planlæg ugen igen, eller angiv filerne, som de var", "Plan the week again, or give the files as they were"];
    Fault::new(codes::PLAN_OF_OTHER_FILES, problem, cure)
}

/// A roster that is not the one that was planned.
pub fn edited_roster() -> Diagnostic {
    edited().in_file(ROSTER)
}

fn edited() -> Fault {
    Fault::new(
        codes::EDITED_PLAN,
        [
            "filen passer ikke til summary.json: den er ændret efter planlægningen",
            "the file does not fit summary.json: it was changed after the planning",
        ],
        [
            "Planlæg igen; sæt besøg, der skal ligge fast, i pins.csv",
            "Plan again; put visits that shall stand into pins.csv",
        ],
    )
}
