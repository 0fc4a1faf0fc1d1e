//! The folder of an answer: its files, and a summary that names them as that of a plan does, so that a later answer can
//! take its place and nothing else is touched.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::summary::FORMAT;
use super::{SUMMARY, UNMET, about, unmet};
use crate::diagnostic::Text;
use crate::explain::{GrantVerdict, Subject, Voice, written};
use crate::language::Language;
use crate::units::{Minutes, Points};

/// The file of verdicts.
pub const EXPLAIN: &str = "explain.json";

/// A file of an answer.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl File {
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), bytes: bytes.into() }
    }

    /// A file of JSON.
    ///
    /// # Errors
    /// What cannot be said in JSON, which is a mistake in this program.
    pub fn json(name: impl Into<String>, value: &impl Serialize) -> io::Result<Self> {
        let mut bytes = serde_json::to_vec_pretty(value)?;
        bytes.push(b'\n');
        Ok(File::new(name, bytes))
    }
}

/// What the summary of an answer says beside its files.
#[derive(Clone, Debug, Serialize)]
pub struct About<'a> {
    /// The command that gave the answer.
    pub answer: &'static str,
    pub week: String,
    /// Points of the roster that was asked about; `None` where there was none.
    pub score: Option<Points>,
    pub seconds: f64,
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Summary<'a> {
    format: u32,
    version: &'static str,
    #[serde(flatten)]
    about: &'a About<'a>,
    files: Vec<&'a str>,
}

/// `explain.json`; see `docs/explain.md`.
#[derive(Serialize)]
struct Verdicts {
    format: u32,
    week: String,
    score: Points,
    undelivered_minutes: Minutes,
    grants: Vec<written::Explained>,
}

/// Writes the files of an answer into an empty folder, and the summary last.
///
/// # Errors
/// What the file system says, with the file.
pub fn write(folder: &Path, about_it: &About<'_>, files: &[File]) -> io::Result<()> {
    for file in files {
        std::fs::write(folder.join(&file.name), &file.bytes).map_err(|error| about(&error, &file.name))?;
    }
    let names = files.iter().map(|file| file.name.as_str()).chain([SUMMARY]).collect();
    let summary = Summary { format: FORMAT, version: env!("CARGO_PKG_VERSION"), about: about_it, files: names };
    let summary = File::json(SUMMARY, &summary)?;
    std::fs::write(folder.join(SUMMARY), summary.bytes).map_err(|error| about(&error, SUMMARY))
}

/// The files of verdicts on a roster: `explain.json`, `unmet.csv` and a text to read in one language.
///
/// # Errors
/// What cannot be said in JSON or CSV, which is a mistake in this program.
pub fn verdicts(
    subject: &Subject,
    verdicts: &[GrantVerdict],
    (voice, language): (Voice<'_>, Language),
) -> io::Result<Vec<File>> {
    Ok(vec![
        explain_json(subject, verdicts, voice)?,
        File::new(UNMET, unmet::of_roster(subject, verdicts)?),
        File::new("explain.txt", text(subject, verdicts, voice).in_language(language)),
    ])
}

/// `explain.json`.
pub(super) fn explain_json(subject: &Subject, verdicts: &[GrantVerdict], voice: Voice<'_>) -> io::Result<File> {
    let grants: Vec<written::Explained> =
        verdicts.iter().map(|verdict| written::explained(subject, voice, verdict)).collect();
    let value = Verdicts {
        format: FORMAT,
        week: subject.problem.week.to_string(),
        score: subject.score(),
        undelivered_minutes: subject.report.undelivered_minutes(),
        grants,
    };
    File::json(EXPLAIN, &value)
}

/// The verdicts to be read: each family's paragraph.
fn text(subject: &Subject, verdicts: &[GrantVerdict], voice: Voice<'_>) -> Text {
    let paragraph = |verdict: &GrantVerdict, language: Language| {
        let told = written::told(voice, verdict);
        format!("{}\n{}\n", voice.grant(verdict.grant, language), told.in_language(language))
    };
    let all = |language: Language| {
        let overview = written::overview(subject, verdicts);
        let paragraphs: Vec<String> = verdicts.iter().map(|verdict| paragraph(verdict, language)).collect();
        format!("{}\n\n{}", overview.in_language(language), paragraphs.join("\n"))
    };
    Text::new(all(Language::Danish), all(Language::English))
}
