//! On what and of what was measured.

use std::fmt;
use std::process::Command;
use std::time::SystemTime;
use std::{fs, thread};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::PROJECT;

#[derive(Debug, Serialize)]
pub struct Protocol {
    date: String,
    version: &'static str,
    commit: String,
    processor: String,
    threads: usize,
    system: &'static str,
}

impl Protocol {
    pub fn of_today() -> Self {
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

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Protocol { date, version, commit, processor, threads, system } = self;
        write!(f, "Version {version} ({commit}), {date}; {processor}, {threads} threads, {system}.")
    }
}
