//! The check agrees with the independent referee, where that stands beside the project.
//!
//! Rosters of all kinds, most of them breaking many rules, are judged by both: every term of the score, what is
//! due and delivered, and which rules are broken by which visits must be the same.

mod mutant;
mod random;
mod settings;
mod shaken;
mod table;
mod verdict;

use std::ops::Range;
use std::path::{Path, PathBuf};

use pusterum::check::check_roster;
use pusterum::import::{PublishedSource, RosterRow, load_week, read_roster};
use pusterum::problem::Problem;

use mutant::Mutant;
use verdict::{Referee, Verdict, of_report};

/// The weeks to try and how many rosters of each; the largest take the referee a second each.
const WEEKS: [(&str, u64); 9] = [
    ("pins-60", 40),
    ("koege-120", 30),
    ("ballerup-60", 20),
    ("umbria-40", 20),
    ("umbria-80", 10),
    ("race-150", 10),
    ("ballerup-150", 10),
    ("both-240", 10),
    ("city-1000", 2),
];

const SHAKEN_WEEKS: u64 = 20;
const SHAKEN_ROSTERS: u64 = 6;

#[test]
fn check_and_referee_agree_on_made_up_rosters() {
    let Some(referee) = Referee::beside_the_project() else { return };
    for (week, rosters) in WEEKS {
        compare(&referee, &referee.week(week), 0..rosters * more());
    }
}

/// The weeks have few odd grants, wishes and rules; shaken ones have all of them at once.
#[test]
fn check_and_referee_agree_on_shaken_weeks() {
    let Some(referee) = Referee::beside_the_project() else { return };
    for seed in 0..SHAKEN_WEEKS * more() {
        let week = ["pins-60", "koege-120", "ballerup-60", "umbria-40"][seed as usize % 4];
        let folder = shaken::shaken(&referee.week(week), seed);
        compare(&referee, &folder.week, seed..seed + SHAKEN_ROSTERS);
    }
}

fn compare(referee: &Referee, folder: &Path, seeds: Range<u64>) {
    let problem = load(folder, None);
    let mutants: Vec<Mutant> = seeds.clone().map(|seed| Mutant::new(&problem, seed)).collect();
    let verdicts = referee.judge(folder, &mutants);
    for ((seed, mutant), verdict) in seeds.zip(&mutants).zip(verdicts) {
        let report = check_roster(&mutant.problem, &mutant.rows);
        let differences = of_report(&mutant.problem, &report).differences(&verdict);
        assert!(differences.is_empty(), "{}, roster {seed}: {differences:#?}", folder.display());
    }
}

#[test]
fn check_and_referee_agree_on_a_published_roster() {
    let Some(referee) = Referee::beside_the_project() else { return };
    let folder = referee.week("pins-60");
    let roster = folder.with_file_name("published.csv");
    let published = PublishedSource { roster: roster.clone(), freeze_before: None };
    let problem = load(&folder, Some(&published));
    let rows = read_roster(&roster).expect("the roster can be read");
    let expected = referee.judge_file(&folder, &roster, Some(&roster));
    assert_eq!(verdict_on(&problem, &rows), expected);
}

fn verdict_on(problem: &Problem, rows: &[RosterRow]) -> Verdict {
    of_report(problem, &check_roster(problem, rows))
}

fn load(folder: &Path, published: Option<&PublishedSource>) -> Problem {
    load_week(folder, published).unwrap_or_else(|faults| panic!("{}: {faults:#?}", folder.display())).problem
}

/// A factor for long runs: `PUSTERUM_REFEREE_ROSTERS=10 cargo test --release --test referee`.
fn more() -> u64 {
    std::env::var("PUSTERUM_REFEREE_ROSTERS").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1)
}

/// The one week folder in a case's folder.
fn week_folder(case: &Path) -> PathBuf {
    let entries = case.read_dir().expect("the case's folder can be read");
    let mut folders = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    folders.next().expect("a week folder")
}
