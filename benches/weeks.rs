//! Plans whole weeks and prints a table of how good the plans are:
//!
//! ```text
//! cargo bench --bench weeks -- [--time-limit SECONDS] [--readme] [FOLDER…]
//! ```
//!
//! A folder is a week, or holds weeks one or two levels down; without any, those of `../shared/weeks` are taken. Every
//! roster is judged by `pusterum check`, and by the referee `../shared/check.py` where that is there. The raw results
//! go to `benches/results`; `--readme` also puts the table between the marks in the README.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Utc};
use pusterum::calendar::IsoWeek;
use pusterum::import::read_tables;
use serde::{Deserialize, Serialize};

type Outcome<T> = Result<T, Box<dyn Error>>;

const BINARY: &str = env!("CARGO_BIN_EXE_pusterum");
const PROJECT: &str = env!("CARGO_MANIFEST_DIR");
const MARKS: [&str; 2] = ["<!-- weeks: begin -->\n", "<!-- weeks: end -->\n"];

/// Seconds that a week may take; the second from so many clients on.
const LIMITS: [u64; 2] = [60, 180];
const MANY_CLIENTS: usize = 500;

/// What can be typed.
#[derive(Default)]
struct Options {
    limit: Option<u64>,
    readme: bool,
    folders: Vec<PathBuf>,
}

impl Options {
    fn typed() -> Outcome<Self> {
        let mut options = Options::default();
        // Cargo itself adds `--bench`.
        let mut typed = std::env::args().skip(1).filter(|word| word != "--bench");
        while let Some(word) = typed.next() {
            match word.as_str() {
                "--time-limit" => options.limit = Some(typed.next().ok_or("--time-limit needs seconds")?.parse()?),
                "--readme" => options.readme = true,
                word if word.starts_with('-') => return Err(format!("unknown option {word}").into()),
                folder => options.folders.push(folder.into()),
            }
        }
        if options.folders.is_empty() {
            options.folders.push(Path::new(PROJECT).join("../shared/weeks"));
        }
        Ok(options)
    }
}

/// What a plan's summary is asked for.
#[derive(Deserialize)]
struct Summary {
    score: i64,
    bound: Option<i64>,
    status: String,
}

/// What is known of a week from elsewhere: `reference.json` beside the weeks, where there is one.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Reference {
    score: i64,
    best: i64,
    /// Absent where nothing is proven of the week.
    best_bound: Option<f64>,
}

/// One week planned and judged.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    clients: usize,
    score: i64,
    bound: Option<i64>,
    status: String,
    limit: u64,
    seconds: f64,
    /// Peak of the memory in use, where the system tells.
    megabytes: Option<u64>,
    check: &'static str,
    referee: &'static str,
    reference: Option<Reference>,
}

/// How the weeks were planned.
#[derive(Debug, Serialize)]
struct Protocol {
    date: String,
    version: &'static str,
    commit: String,
    processor: String,
    threads: usize,
    system: &'static str,
}

#[derive(Serialize)]
struct Results<'a> {
    protocol: &'a Protocol,
    weeks: &'a [Row],
}

fn main() -> Outcome<()> {
    let options = Options::typed()?;
    let weeks: Vec<PathBuf> = options.folders.iter().flat_map(|folder| weeks_in(folder, 2)).collect();
    if weeks.is_empty() {
        println!("No weeks to plan. Name their folders: cargo bench --bench weeks -- FOLDER…");
        return Ok(());
    }
    let mut rows = Vec::new();
    for week in &weeks {
        let row = planned(week, options.limit)?;
        eprintln!("{}: {} points, bound {:?}, {:.1} s", row.name, row.score, row.bound, row.seconds);
        rows.push(row);
    }
    rows.sort_by(|a, b| (a.clients, &a.name).cmp(&(b.clients, &b.name)));
    let protocol = Protocol::of_today();
    let table = markdown(&protocol, &rows);
    println!("{table}");
    let results = Path::new(PROJECT).join("benches/results");
    fs::create_dir_all(&results)?;
    fs::write(results.join("weeks.md"), &table)?;
    let raw = Results { protocol: &protocol, weeks: &rows };
    fs::write(results.join("weeks.json"), serde_json::to_string_pretty(&raw)? + "\n")?;
    if options.readme { into_readme(&table) } else { Ok(()) }
}

/// The week folders in a folder, down to a depth.
fn weeks_in(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.parse::<IsoWeek>().is_ok() {
        return vec![full];
    }
    if depth == 0 {
        return Vec::new();
    }
    let entries = fs::read_dir(&full).into_iter().flatten().flatten();
    let mut inner: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    inner.sort();
    inner.iter().flat_map(|folder| weeks_in(folder, depth - 1)).collect()
}

fn planned(week: &Path, limit: Option<u64>) -> Outcome<Row> {
    let tables = read_tables(week).tables.ok_or_else(|| format!("{} is no week", week.display()))?;
    let clients = tables.clients.len();
    let limit = limit.unwrap_or(LIMITS[usize::from(clients >= MANY_CLIENTS)]);
    let place = tempfile::tempdir()?;
    let out = place.path().join("result");
    let mut command = Command::new(BINARY);
    command.args(["plan", "--quiet", "--time-limit"]).arg(limit.to_string()).arg("--out").arg(&out).arg(week);
    let begun = Instant::now();
    let megabytes = watch(&mut command.stdout(Stdio::null()).spawn()?)?;
    let seconds = begun.elapsed().as_secs_f64();
    let summary: Summary = serde_json::from_str(&fs::read_to_string(out.join("summary.json"))?)?;
    let roster = out.join("roster.csv");
    let name = name_of(week);
    let reference = reference(week, &name);
    let Summary { score, bound, status } = summary;
    let (check, referee) = (checked(week, &roster)?, refereed(week, &roster, score)?);
    Ok(Row { name, clients, score, bound, status, limit, seconds, megabytes, check, referee, reference })
}

/// Waits for a process; gives the peak of its memory in megabytes, on Linux.
fn watch(child: &mut Child) -> Outcome<Option<u64>> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let exit = loop {
        if let Some(exit) = child.try_wait()? {
            break exit;
        }
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak = kilobytes.and_then(|kb| kb.trim().parse::<u64>().ok()).map(|kb| kb / 1024).or(peak);
        thread::sleep(Duration::from_millis(20));
    };
    if exit.success() { Ok(peak) } else { Err(format!("planning ended with {exit}").into()) }
}

fn checked(week: &Path, roster: &Path) -> Outcome<&'static str> {
    let status = Command::new(BINARY).arg("check").args([week, roster]).stdout(Stdio::null()).status()?;
    Ok(if status.success() { "kept" } else { "**broken**" })
}

/// What the referee says: that no rule is broken and the score is the same.
fn refereed(week: &Path, roster: &Path, score: i64) -> Outcome<&'static str> {
    let referee = Path::new(PROJECT).join("../shared/check.py");
    if !referee.exists() {
        return Ok("–");
    }
    let Ok(said) = Command::new("python3").arg(&referee).args([week, roster]).arg("--json").output() else {
        return Ok("–");
    };
    let verdict: serde_json::Value = serde_json::from_slice(&said.stdout)?;
    let same = verdict["score"].as_f64() == Some(score as f64);
    Ok(match (said.status.success(), same) {
        (true, true) => "kept",
        (true, false) => "**other score**",
        (false, _) => "**broken**",
    })
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

impl Protocol {
    fn of_today() -> Self {
        let date: DateTime<Utc> = SystemTime::now().into();
        let git = |words: &[&str]| {
            let said = Command::new("git").current_dir(PROJECT).args(words).output().ok()?;
            Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
        };
        let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
        Protocol {
            date: date.format("%Y-%m-%d").to_string(),
            version: env!("CARGO_PKG_VERSION"),
            commit: git(&["rev-parse", "--short", "HEAD"]).unwrap_or_default(),
            processor: model.unwrap_or("unknown").to_owned(),
            threads: thread::available_parallelism().map_or(1, Into::into),
            system: std::env::consts::OS,
        }
    }
}

fn markdown(protocol: &Protocol, rows: &[Row]) -> String {
    let mut text = String::from(
        "| week | clients | score | bound | gap | status | limit | seconds | memory | check | referee | reference \
         | best known |\n\
         |---|--:|--:|--:|--:|---|--:|--:|--:|---|---|--:|--:|\n",
    );
    for row in rows {
        let known =
            |pick: fn(&Reference) -> i64| row.reference.as_ref().map_or("–".to_owned(), |r| pick(r).to_string());
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} s | {:.1} | {} | {} | {} | {} | {} |",
            row.name,
            row.clients,
            row.score,
            row.bound.map_or("–".to_owned(), |bound| bound.to_string()),
            gap(row),
            row.status,
            row.limit,
            row.seconds,
            row.megabytes.map_or("–".to_owned(), |megabytes| format!("{megabytes} MB")),
            row.check,
            row.referee,
            known(|reference| reference.score),
            known(|reference| reference.best),
        );
    }
    let Protocol { date, version, commit, processor, threads, system } = protocol;
    let _ = writeln!(
        text,
        "\nVersion {version} ({commit}), {date}; {processor}, {threads} threads, {system}. One run of each week, one \
         after another; seconds are those of the whole command from reading to the last chart, memory is the peak of \
         the resident set."
    );
    text
}

fn gap(row: &Row) -> String {
    let Some(bound) = row.bound else { return "–".to_owned() };
    let points = row.score - bound;
    format!("{points} ({:.2} %)", points as f64 / row.score.abs().max(1) as f64 * 100.0)
}

/// Puts the table between the marks of the README.
fn into_readme(table: &str) -> Outcome<()> {
    let path = Path::new(PROJECT).join("README.md");
    let readme = fs::read_to_string(&path)?;
    let parts = readme.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let (before, after) = parts.ok_or("the README has no marks for the table")?;
    fs::write(path, [before, MARKS[0], table, MARKS[1], after].concat())?;
    Ok(())
}
