//! The folder of an answer: its files, and a summary that names them as that of a plan does, so that a later answer can
//! take its place and nothing else is touched.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::charts::{BarChart, BarRow, Stretch};
use super::palette::{DELIVERED, UNDELIVERED};
use super::summary::FORMAT;
use super::{SUMMARY, UNMET, about, unmet};
use crate::explain::{Cures, GrantVerdict, Layout, Subject, Voice, written};
use crate::ids::GrantId;
use crate::language::Language;
use crate::units::{Minutes, Points};
use crate::words;

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
    files: Vec<String>,
}

/// `explain.json`; see `docs/explain.md`.
#[derive(Serialize)]
struct Verdicts {
    format: u32,
    week: String,
    score: Points,
    undelivered_minutes: Minutes,
    grants: Vec<GrantTold>,
}

#[derive(Serialize)]
struct GrantTold {
    #[serde(flatten)]
    explained: written::Explained,
    /// Absent where it was not asked what would help.
    #[serde(skip_serializing_if = "Option::is_none")]
    cures: Option<Vec<written::CureTold>>,
}

/// All files of an answer.
pub struct Answer {
    /// The last one is the one to open first.
    pub files: Vec<File>,
    /// A chart, with the name of its files.
    chart: Option<(&'static str, BarChart)>,
}

/// Writes an answer into an empty folder, and the summary last.
///
/// # Errors
/// What the file system says, with the file.
pub fn write(folder: &Path, about_it: &About<'_>, answer: &Answer) -> io::Result<()> {
    let mut files: Vec<String> = Vec::new();
    for file in &answer.files {
        std::fs::write(folder.join(&file.name), &file.bytes).map_err(|error| about(&error, &file.name))?;
        files.push(file.name.clone());
    }
    if let Some((name, chart)) = &answer.chart {
        chart.write(folder, name)?;
        files.extend(["svg", "png"].map(|ending| format!("{name}.{ending}")));
    }
    files.push(SUMMARY.to_owned());
    let summary = Summary { format: FORMAT, version: env!("CARGO_PKG_VERSION"), about: about_it, files };
    let summary = File::json(SUMMARY, &summary)?;
    std::fs::write(folder.join(SUMMARY), summary.bytes).map_err(|error| about(&error, SUMMARY))
}

/// Weeks planned again, to be read.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    pub titles: [&'a str; 2],
    pub rows: &'a [written::Row],
    /// What stands below the rows.
    pub note: Option<&'a str>,
}

impl Table<'_> {
    /// The rows as lines, those of a kind below their heading.
    pub fn text(&self, language: Language) -> String {
        let mut parts = vec![self.titles.join("\n")];
        for rows in self.rows.chunk_by(|a, b| a.kind() == b.kind()) {
            let heading = rows.first().and_then(|row| row.kind().heading(language)).map(str::to_owned);
            let lines = heading.into_iter().chain(rows.iter().map(written::Row::line));
            parts.push(lines.collect::<Vec<String>>().join("\n"));
        }
        parts.extend(self.notes("", language));
        parts.join("\n\n") + "\n"
    }

    /// What stands below the rows; `mark` is what those carry that are not searched to the end.
    fn notes(&self, mark: &str, language: Language) -> impl Iterator<Item = String> {
        let is_unfinished = self.rows.iter().any(written::Row::is_unfinished);
        let unfinished = is_unfinished.then(|| format!("{mark}{}", language.pick(UNFINISHED[0], UNFINISHED[1])));
        unfinished.into_iter().chain(self.note.map(str::to_owned))
    }
}

/// Stands beside the bars of rows that are not searched to the end; lines of text say it in words.
const MARK: &str = "* ";

/// What can be done where a search was cut short.
const UNFINISHED: [&str; 2] = [
    "Ikke søgt til ende: søgningen blev standset, så der kan findes en bedre plan. Giv mere tid med --time-limit.",
    "Not searched to the end: the search was stopped, so there may be a better plan. Give more time with --time-limit.",
];

/// The files of weeks planned again: a table, the same as JSON, a chart and a text.
///
/// # Errors
/// What cannot be said in JSON or CSV, which is a mistake in this program.
pub fn table_of(
    subject: &Subject,
    (name, table): (&'static str, &Table<'_>),
    language: Language,
) -> io::Result<Answer> {
    Ok(Answer {
        files: vec![
            File::new(format!("{name}.csv"), super::table::csv(&written::COLUMNS, table.rows)?),
            File::json(format!("{name}.json"), &table.rows)?,
            File::new(format!("{name}.txt"), table.text(language)),
        ],
        chart: Some((name, chart(subject, table, language))),
    })
}

/// The rows as bars of what is delivered and what is not; those for which the time ran out are left out.
fn chart(subject: &Subject, table: &Table<'_>, language: Language) -> BarChart {
    let amounts = |row: &written::Row| row.hours().map(|hours| hours.map(|minutes| i64::from(minutes.0)));
    let whole = table.rows.iter().filter_map(amounts).map(|[delivered, not]| delivered + not).max().unwrap_or(0).max(1);
    let bar = |row: &written::Row| {
        let [delivered, undelivered] = row.hours()?;
        let parts = [(delivered, DELIVERED), (undelivered, UNDELIVERED)];
        Some(BarRow {
            name: row.label().to_owned(),
            stretches: parts.map(|(minutes, paint)| Stretch::hours(minutes, paint, language)).to_vec(),
            whole,
            figures: if row.is_unfinished() {
                format!("{} {}", row.note(), MARK.trim_end())
            } else {
                row.note().to_owned()
            },
        })
    };
    BarChart {
        title: table.titles[0].to_owned(),
        subtitle: format!("{} · {}", words::week(subject.problem.week, language), table.titles[1]),
        legend: vec![
            (DELIVERED, language.pick("Leveret", "Delivered").to_owned()),
            (UNDELIVERED, language.pick("Ikke leveret", "Undelivered").to_owned()),
        ],
        rows: table.rows.iter().filter_map(bar).collect(),
        notes: table.notes(MARK, language).collect(),
        nothing: language.pick("Tiden slap op.", "The time ran out.").to_owned(),
    }
}

/// The files of verdicts on a roster: `explain.json`, `unmet.csv` and a text to read in one language.
///
/// # Errors
/// What cannot be said in JSON or CSV, which is a mistake in this program.
pub fn verdicts(subject: &Subject, known: &Known<'_>, (voice, language): (Voice<'_>, Language)) -> io::Result<Answer> {
    let files = vec![
        explain_json(subject, known, voice)?,
        File::new(UNMET, unmet::of_roster(subject, known.verdicts)?),
        File::new("explain.txt", text(subject, known, (voice, language))),
    ];
    Ok(Answer { files, chart: None })
}

/// Verdicts, and what would help where that was asked.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub verdicts: &'a [GrantVerdict],
    /// In the order of the grants; empty where it was not asked.
    pub cures: &'a [(GrantId, Cures)],
}

impl Known<'_> {
    fn cures_of(&self, grant: GrantId) -> Option<&Cures> {
        self.cures.iter().find(|(own, _)| *own == grant).map(|(_, cures)| cures)
    }
}

/// `explain.json`.
pub(super) fn explain_json(subject: &Subject, known: &Known<'_>, voice: Voice<'_>) -> io::Result<File> {
    let grant = |verdict: &GrantVerdict| GrantTold {
        explained: written::explained(subject, voice, verdict),
        cures: known
            .cures_of(verdict.grant)
            .map(|cures| cures.found.iter().map(|cure| written::CureTold::new(voice, subject, cure)).collect()),
    };
    let value = Verdicts {
        format: FORMAT,
        week: subject.problem.week.to_string(),
        score: subject.score(),
        undelivered_minutes: subject.report.undelivered_minutes(),
        grants: known.verdicts.iter().map(grant).collect(),
    };
    File::json(EXPLAIN, &value)
}

/// The verdicts to be read: each family's paragraph, and the rules with their sources.
fn text(subject: &Subject, known: &Known<'_>, (voice, language): (Voice<'_>, Language)) -> String {
    let paragraph = |verdict: &GrantVerdict| {
        let told = written::told(voice, verdict, Layout::Lines);
        let cures = known.cures_of(verdict.grant).map(|cures| written::cures_told(voice, cures, language) + "\n");
        let who = voice.grant_in_full(verdict.grant, language);
        format!("{who}\n{}\n{}", told.in_language(language), cures.unwrap_or_default())
    };
    let week = words::week(subject.problem.week, language);
    let overview = written::overview(subject, known.verdicts);
    let paragraphs: Vec<String> = known.verdicts.iter().map(paragraph).collect();
    let sources = written::sources(known.verdicts, language);
    format!("{week}\n{}\n\n{}\n{sources}\n", overview.in_language(language), paragraphs.join("\n"))
}
