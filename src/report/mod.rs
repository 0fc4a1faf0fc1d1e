//! What a planning leaves: one file per output.
//!
//! [`write()`] fills a folder; [`folder`] brings it to the place that the user asked for without ever leaving half a
//! result there.

pub mod answers;
mod calendars;
pub mod charts;
mod file_names;
pub mod folder;
mod hours;
mod html;
mod imported;
pub mod management;
mod notes;
mod pages;
mod palette;
mod people;
mod reasons;
mod roster;
mod roster_sheets;
mod sheets;
mod summary;
mod table;
mod table_read;
mod unmet;
mod use_of_time;
mod work;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use chrono::Utc;

use crate::diagnostic::{Diagnostic, of_file};
use crate::explain::{GrantVerdict, Subject, Voice};
use crate::import::{RosterRow, TableSource};
use crate::language::Language;
use crate::pipeline::Planned;
use crate::words;

pub use imported::{Account, IMPORT_LIST, write_imported};
use reasons::Reasons;
pub use summary::Run;
pub use table_read::TableReadFrom;
pub use words::Naming;

/// The file that names all others of a result.
pub const SUMMARY: &str = "summary.json";
pub const ROSTER: &str = "roster.csv";
pub const UNMET: &str = "unmet.csv";
pub const NOTES: &str = "notes.csv";
/// The page to open first, where pages are written.
pub const OVERVIEW: &str = pages::OVERVIEW;

/// What is written beside roster, undelivered hours, notes, charts and summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    LeftOut,
    Written(Naming),
}

/// Everything that the outputs of a planning are made of.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    pub planned: &'a Planned,
    /// The warnings of reading.
    pub warnings: &'a [Diagnostic],
    /// What each table was read from.
    pub sources: &'a [TableSource],
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: &'a BTreeMap<String, String>,
    pub run: &'a Run,
    /// The rows of the roster that was published before, if one was.
    pub published: &'a [RosterRow],
    pub language: Language,
    pub reports: Reports,
    /// The verdicts on what is not delivered, where they were asked for.
    pub verdicts: Option<&'a [GrantVerdict]>,
}

/// Writes all files of a result into an empty folder.
///
/// # Errors
/// What the file system says, with the file.
pub fn write(outcome: &Outcome<'_>, folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    let mut add = |name: &str, text: io::Result<Vec<u8>>| -> io::Result<()> {
        let path = folder.join(name);
        text.and_then(|text| std::fs::write(&path, text)).map_err(|error| about(&error, name))?;
        files.push(name.to_owned());
        Ok(())
    };
    let reasons = Reasons::of(outcome.planned, outcome.verdicts.unwrap_or_default());
    add(ROSTER, roster::csv(outcome.planned))?;
    add(UNMET, unmet::csv(outcome.planned, &reasons, outcome.verdicts))?;
    add(NOTES, notes::csv(outcome))?;
    if let Some(verdicts) = outcome.verdicts {
        let subject = Subject::of_planned(outcome.planned);
        let known = answers::Known { verdicts, cures: &[] };
        let voice = Voice { problem: &subject.problem, naming: Naming::Ids };
        add(answers::EXPLAIN, answers::explain_json(&subject, &known, voice).map(|file| file.bytes))?;
    }
    if let Reports::Written(naming) = outcome.reports {
        for (name, page) in pages::files(outcome, &reasons, naming)? {
            add(&name, Ok(page))?;
        }
        for (name, text) in roster_sheets::files(outcome, &reasons, naming)? {
            add(&name, Ok(text))?;
        }
        let calendars = calendars::files(outcome, naming, Utc::now());
        // A folder with nothing in it would be named by no list, and stand in the way of the next result.
        if !calendars.is_empty() {
            std::fs::create_dir(folder.join(calendars::FOLDER)).map_err(|error| about(&error, calendars::FOLDER))?;
        }
        for (name, text) in calendars {
            add(&name, Ok(text))?;
        }
    }
    for chart in draw(outcome, folder)? {
        files.push(chart);
    }
    files.push(SUMMARY.to_owned());
    let summary = summary::json(outcome, &files);
    std::fs::write(folder.join(SUMMARY), summary?).map_err(|error| about(&error, SUMMARY))
}

/// Draws the charts; gives their files' names.
fn draw(outcome: &Outcome<'_>, folder: &Path) -> io::Result<Vec<String>> {
    let planned = outcome.planned;
    let drawn = charts::write_all(&planned.problem, &planned.book, &planned.solved.plan, outcome.language, folder);
    Ok(drawn?.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect())
}

/// The error with the file that it is about.
fn about(error: &io::Error, name: &str) -> io::Error {
    of_file(name, error)
}
