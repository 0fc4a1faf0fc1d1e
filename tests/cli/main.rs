//! Runs the real binary in temporary folders and looks at what it says, writes and ends with.

mod calendars;
mod check;
mod explain;
mod faults;
mod folder;
#[cfg(target_os = "linux")]
mod full_disk;
mod generate;
mod import;
mod import_parts;
mod import_sheets;
mod learn;
mod mistyped;
mod plan;
mod private;
mod report;
mod reports;
mod several;
mod spreadsheets;
#[cfg(unix)]
mod stop;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pusterum::generate::{Manners, Spec, generate, tiny};
use pusterum::import::write_week;
use pusterum::tables::Tables;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a week in it and room for results.
struct Desk {
    root: TempDir,
    week: PathBuf,
}

impl Desk {
    /// A made-up week of a few clients, planned in a moment.
    fn small() -> Desk {
        Desk::with(&generate(&Spec { pins: 2, ..Spec::ballerup(14, 3) }))
    }

    /// A week of which every plan could be listed.
    fn tiny() -> Desk {
        Desk::with(&tiny(11, Manners::Plain))
    }

    /// A week that takes longer to prove than any test waits.
    #[cfg(unix)]
    fn large() -> Desk {
        use pusterum::generate::{Bookings, Capacity};
        let spec = Spec { bookings: Bookings::Dense, capacity: Capacity::Tight, ..Spec::ballerup(300, 5) };
        Desk::with(&generate(&spec))
    }

    fn with(tables: &Tables) -> Desk {
        let root = tempfile::tempdir().expect("a temporary folder");
        let week = root.path().join(tables.week.to_string());
        write_week(tables, &week).expect("the week can be written");
        Desk { root, week }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// The binary with its working folder beside the week; `WEEK` stands for the week's folder.
    fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_pusterum")), arguments)
    }

    fn command_of(&self, binary: &Path, arguments: &[&str]) -> Command {
        let week = self.week.to_string_lossy().into_owned();
        let mut command = Command::new(binary);
        command.current_dir(self.root.path());
        command.args(arguments.iter().map(|argument| if *argument == "WEEK" { week.as_str() } else { *argument }));
        command
    }

    /// Plans with little effort into a folder and expects success.
    fn plan(&self, out: &str) {
        let output = self.run(&["plan", "WEEK", "--out", out, "--effort", "1", "--lang", "en"]);
        assert_eq!(code(&output), 0, "{}", said(&output));
    }

    fn summary(&self, out: &str) -> Value {
        let text = fs::read(self.path(out).join("summary.json")).expect("the summary is there");
        serde_json::from_slice(&text).expect("it is JSON")
    }

    /// What `check --json` says of a result's roster: exit code and answer.
    fn check(&self, out: &str) -> (i32, Value) {
        self.check_of(&format!("{out}/roster.csv"))
    }

    fn check_of(&self, roster: &str) -> (i32, Value) {
        let output = self.run(&["check", "WEEK", roster, "--json"]);
        (code(&output), serde_json::from_slice(&output.stdout).expect("it is JSON"))
    }

    /// The result is whole: every file it names is there, no rule is broken, and the score is that of the check.
    fn assert_whole(&self, out: &str) {
        let (exit, answer) = self.check(out);
        assert_eq!(exit, 0, "{answer}");
        let summary = self.summary(out);
        assert_eq!(summary["score"], answer["score"]);
        assert_eq!(summary["terms"], answer["terms"]);
        assert_eq!(summary["undelivered_minutes"], answer["undelivered_minutes"]);
        for file in summary["files"].as_array().expect("a list") {
            assert!(self.path(out).join(file.as_str().expect("a name")).exists(), "{file}");
        }
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Every file below a folder with its bytes, by path.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(content(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            all.push((path, bytes));
        }
    }
    all.sort();
    all
}

/// What stands beside a result: nothing but the week may be left there.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
