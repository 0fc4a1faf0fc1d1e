//! Plans whole weeks with the real binary, and writes down how good the plans are and what they take:
//!
//! ```text
//! cargo bench --bench weeks -- [FOLDER…]        the weeks in folders; without any, those of `../shared/weeks`
//! cargo bench --bench weeks -- city             a made-up city of 2,000 clients
//! cargo bench --bench weeks -- growth           made-up weeks from 50 to 5,000 clients
//! cargo bench --bench weeks -- country          a made-up week for each of the 98 municipalities, in one run
//! cargo bench --bench weeks -- replan [WEEK]    a week planned again after a carer has fallen ill for a day
//! ```
//!
//! Each week is planned three times (`--runs N`) within the seconds that its size gives (`--time-limit SECONDS`). Every
//! roster is judged by `pusterum check`, and by the referee `../shared/check.py` where that is there. Tables and raw
//! results go to `benches/results`; `--readme` also puts the table between its marks in the README.

mod chart;
mod country;
mod growth;
mod judge;
mod made_up;
mod measure;
mod options;
mod process;
mod protocol;
mod replan;
mod results;
mod table;
mod trace;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use pusterum::calendar::IsoWeek;

use measure::{Row, Task};
use options::{How, Mode, Options};
use results::Results;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

fn main() -> Outcome<()> {
    // Cargo itself adds `--bench`.
    let options = Options::parse_from(std::env::args().filter(|word| word != "--bench"));
    match &options.mode {
        None => weeks(&options.weeks),
        Some(Mode::City(city)) => {
            let week = made_up::municipality(city.clients, city.seed)?;
            measured("city", &[week], &city.how)
        }
        Some(Mode::Growth(growth)) => growth::measure(growth),
        Some(Mode::Country(country)) => country::measure(country),
        Some(Mode::Replan(replan)) => replan::measure(replan),
    }
}

fn weeks(options: &options::Weeks) -> Outcome<()> {
    let shared = [Path::new(PROJECT).join("../shared/weeks")];
    let folders = if options.folders.is_empty() { &shared[..] } else { &options.folders };
    let weeks: Vec<PathBuf> = folders.iter().flat_map(|folder| weeks_in(folder, 2)).collect();
    measured("weeks", &weeks, &options.how)
}

/// Plans weeks and writes their table.
fn measured(name: &str, weeks: &[PathBuf], how: &How) -> Outcome<()> {
    if weeks.is_empty() {
        println!("No weeks to plan. Name their folders: cargo bench --bench weeks -- FOLDER…");
        return Ok(());
    }
    let mut rows = rows(weeks, how)?;
    rows.sort_by(|a, b| (a.clients, &a.name).cmp(&(b.clients, &b.name)));
    Results { name, table: &table::of_weeks(&rows), legend: &table::legend(how), raw: &rows }.keep(how)
}

fn rows(weeks: &[PathBuf], how: &How) -> Outcome<Vec<Row>> {
    weeks.iter().map(|week| Task::new(week, how)?.row(how)).collect()
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

/// The middle one of some numbers, of which there is one at least.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
