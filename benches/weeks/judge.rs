//! What `pusterum check` and the referee say of a roster.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::process::BINARY;
use super::{Outcome, PROJECT};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    Kept,
    NotAsked,
    OtherScore,
    Broken,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Kept => "kept",
            Verdict::NotAsked => "–",
            Verdict::OtherScore => "**other score**",
            Verdict::Broken => "**broken**",
        })
    }
}

/// A roster, and what it is judged by.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    pub week: &'c Path,
    pub roster: &'c Path,
    pub published: Option<&'c Path>,
    /// What the plan says of itself.
    pub score: i64,
}

impl Case<'_> {
    /// What our check says: that no rule is broken and the score is the same.
    pub fn checked(self) -> Outcome<Verdict> {
        let mut command = Command::new(BINARY);
        command.arg("check").args([self.week, self.roster]).arg("--json");
        self.judged(&mut command, "--published")
    }

    /// What the referee says, where it is there.
    pub fn refereed(self) -> Outcome<Verdict> {
        let referee = Path::new(PROJECT).join("../shared/check.py");
        if !referee.exists() {
            return Ok(Verdict::NotAsked);
        }
        let mut command = Command::new("python3");
        command.arg(&referee).args([self.week, self.roster]).arg("--json");
        self.judged(&mut command, "--baseline")
    }

    fn judged(self, command: &mut Command, published: &str) -> Outcome<Verdict> {
        if let Some(roster) = self.published {
            command.arg(published).arg(roster);
        }
        let Ok(said) = command.stderr(Stdio::inherit()).output() else { return Ok(Verdict::NotAsked) };
        let verdict: serde_json::Value = serde_json::from_slice(&said.stdout)?;
        let same = verdict["score"].as_f64() == Some(self.score as f64);
        Ok(match (said.status.success(), same) {
            (true, true) => Verdict::Kept,
            (true, false) => Verdict::OtherScore,
            (false, _) => Verdict::Broken,
        })
    }
}
