//! What can be typed.

mod asking;
mod values;

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDateTime;
use clap::{ArgGroup, Args as Arguments, Parser, Subcommand};

use super::screen::Loudness;
use crate::calendar::IsoWeek;
use crate::import::{Previous, PublishedSource};
use crate::language::Language;
use crate::pipeline::Hours;
use crate::report::{self, Naming, Reports};
use crate::solve::Certificate;

pub(super) use asking::{Ask, Asking, Diff, Slots, Time, WhatIf, Why};
pub(super) use values::Unusable;
use values::{moment, seconds, week, week_and_result, whole};

/// Plans in-home relief for a week: who visits whom, when, and what cannot be delivered and why.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Plan weeks and write roster, unmet hours, notes, summary and charts of each
    Plan(Plan),
    /// Check a roster against every rule and compute its score
    Check(Check),
    /// Read a week and list everything that is wrong with it
    Validate(Validate),
    /// Make up weeks of any size; no person in them is real
    Generate(Generate),
    /// Make a week out of the files of other systems, or propose how they are to be read
    Import(Import),
    /// Check a roster and prove again how good it is, from a certificate
    Verify(Verify),
    /// Report to the management on one or many planned weeks: what was delivered, and where capacity is missing
    Report(Report),
    /// Explain every undelivered minute of a roster: impossible, or at what price
    Explain(Ask),
    /// Find the best places for one more visit of a grant, or for a visit that has to move
    Slots(Slots),
    /// Say why a visit is by this carer at that time, and what else there is
    Why(Why),
    /// Say what a new roster changes for each family and carer, and why
    Diff(Diff),
    /// Say which single carer's absence would cost most
    Stress(Ask),
    /// Say what one more hour of whom would give, and what each soft rule costs
    Value(Ask),
    /// Plan scenarios of a week side by side and compare them
    WhatIf(WhatIf),
}

#[derive(Debug, Arguments)]
pub(super) struct Plan {
    /// Folders of the weeks' CSV files, each named like 2026-W48
    #[arg(value_name = "WEEK", required = true)]
    pub weeks: Vec<PathBuf>,
    /// Folder for the result: new, empty or an earlier result. Each of several weeks has a folder in it, named like its
    /// own and that one's parent: Ballerup/2026-W48
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// End the search after so many seconds, that of each week on its own [default: 60, without --effort]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// End the search after so many improvements, so that the run can be repeated exactly
    #[arg(long, value_name = "N", value_parser = whole::<u64>(0..=u64::MAX))]
    pub effort: Option<u64>,
    /// Threads to search with; so many weeks at a time at the most [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// Choose among equally good searches
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<u64>(0..=u64::MAX))]
    pub seed: u64,
    /// Do not prove how many more hours any plan could deliver; that saves its time
    #[arg(long)]
    pub no_hours_bound: bool,
    /// Say of every undelivered minute whether it is impossible or what it would cost; takes as long again at the most
    #[arg(long)]
    pub explain: bool,
    /// Roster published before: every visit of it that is not kept costs points; for one week only
    #[arg(long, value_name = "ROSTER")]
    pub published: Option<PathBuf>,
    /// Keep all published visits that begin before this moment, such as 2026-11-25T12:00
    #[arg(long, value_name = "MOMENT", requires = "published", value_parser = moment)]
    pub freeze_before: Option<NaiveDateTime>,
    /// File for what proves the bound, to be proven again with `pusterum verify`; for one week only
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Leave out what people open beside the roster: pages of the week, calendars, spreadsheets
    #[arg(long)]
    pub no_reports: bool,
    /// Call people by their names in these, with addresses that are not protected; without it, by their ids
    #[arg(long, conflicts_with = "no_reports")]
    pub names: bool,
    #[command(flatten)]
    pub speech: Speech,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
    /// Print the summary as JSON, or what is wrong with the input; for one week only
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Arguments)]
pub(super) struct Check {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The roster to check
    #[arg(value_name = "ROSTER")]
    pub roster: PathBuf,
    /// Roster published before: every visit of it that is not kept costs points
    #[arg(long, value_name = "ROSTER")]
    pub published: Option<PathBuf>,
    /// The published visits that begin before this moment were kept as pins, as `plan --freeze-before` does
    #[arg(long, value_name = "MOMENT", requires = "published", value_parser = moment)]
    pub freeze_before: Option<NaiveDateTime>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub speech: Speech,
}

#[derive(Debug, Arguments)]
pub(super) struct Verify {
    #[command(flatten)]
    pub check: Check,
    /// What `plan --certificate` wrote
    #[arg(value_name = "CERTIFICATE")]
    pub certificate: PathBuf,
}

#[derive(Debug, Arguments)]
pub(super) struct Report {
    /// Folder of a week's CSV files and, after an equals sign, the folder that `pusterum plan --out` wrote for it
    #[arg(value_name = "WEEK=RESULT", required = true, value_parser = week_and_result)]
    pub weeks: Vec<WeekAndResult>,
    /// Folder for the report: new, empty or an earlier report
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub speech: Speech,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

/// A week and the result of planning it.
#[derive(Clone, Debug)]
pub(super) struct WeekAndResult {
    pub week: PathBuf,
    pub result: PathBuf,
}

#[derive(Debug, Arguments)]
pub(super) struct Validate {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub speech: Speech,
}

#[derive(Debug, Arguments)]
#[command(group(ArgGroup::new("what").required(true).args(["out", "learn"])))]
pub(super) struct Import {
    /// Folder with the files: CSV in any dialect, or .xlsx
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Folder for the week, named like 2026-W48: new, empty or an earlier import
    #[arg(long, value_name = "WEEK")]
    pub out: Option<PathBuf>,
    /// How the files are to be read, or with --learn where to write that [default: mapping.toml in the folder]
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Look at the files and write a mapping to correct
    #[arg(long)]
    pub learn: bool,
    /// The week before and its roster: its visits are added to the history
    #[arg(long, num_args = 2, value_names = ["WEEK", "ROSTER"], requires = "out")]
    pub previous: Option<Vec<PathBuf>>,
    /// Put pseudonyms in place of civil registration numbers, under the secret in this file; a new one is made where there
    /// is none. Keep it apart from the weeks
    #[arg(long, value_name = "KEYFILE")]
    pub pseudonymise: Option<PathBuf>,
    /// List of visits of that roster that were cancelled: visit_id, or date and client_id
    #[arg(long, value_name = "FILE", requires = "previous")]
    pub cancelled: Option<PathBuf>,
    /// Print the account, or what is wrong with the files, as JSON
    #[arg(long, conflicts_with = "learn")]
    pub json: bool,
    #[command(flatten)]
    pub speech: Speech,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Debug, Arguments)]
#[command(group(ArgGroup::new("of").required(true).args(["municipality", "country"])))]
pub(super) struct Generate {
    /// Folder to write, new or empty: for one municipality named for its week, such as 2026-W48; with --country each
    /// week is put into a folder of its municipality
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// A Danish municipality
    #[arg(long, value_name = "NAME")]
    pub municipality: Option<String>,
    /// All 98 municipalities, each with clients in proportion to its people
    #[arg(long)]
    pub country: bool,
    /// Clients in all [default: 12000 in the country, of which a municipality has its share]
    #[arg(long, value_name = "N", value_parser = whole::<u32>(1..=100_000))]
    pub clients: Option<u32>,
    /// The same seed gives the same weeks
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<u64>(0..=u64::MAX))]
    pub seed: u64,
    /// Only what general routing solvers can say: one visit a grant, no bookings, breaks, absences, caps or pins
    #[arg(long)]
    pub race: bool,
    /// The week of the country [default: 2026-W48]
    #[arg(long, value_name = "WEEK", conflicts_with = "municipality", value_parser = week)]
    pub week: Option<IsoWeek>,
    #[command(flatten)]
    pub speech: Speech,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, Arguments)]
pub(super) struct Speech {
    /// Language of what planners read: Danish or English
    #[arg(long = "lang", value_name = "LANGUAGE", value_enum, default_value_t)]
    pub language: Language,
}

/// Without a clock of one's own and without a bound on the work.
const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(60);

impl Plan {
    /// The clock that applies: none where the work is bounded instead.
    pub fn clock(&self) -> Option<Duration> {
        self.time_limit.or_else(|| self.effort.is_none().then_some(DEFAULT_TIME_LIMIT))
    }

    /// What the search is to prove.
    pub fn proof(&self) -> Certificate {
        if self.certificate.is_some() { Certificate::Asked } else { Certificate::Unasked }
    }

    pub fn hours(&self) -> Hours {
        if self.no_hours_bound { Hours::Unbounded } else { Hours::Bounded }
    }

    pub fn reports(&self) -> Reports {
        match (self.no_reports, self.names) {
            (true, _) => Reports::LeftOut,
            (false, true) => Reports::Written(Naming::Names),
            (false, false) => Reports::Written(Naming::Ids),
        }
    }

    /// The file of a result to open first.
    pub fn open_first(&self) -> &'static str {
        if self.no_reports { report::ROSTER } else { report::OVERVIEW }
    }

    pub fn loudness(&self) -> Loudness {
        if self.quiet { Loudness::Quiet } else { Loudness::Usual }
    }

    /// Whether people are told how it went.
    pub fn speaks(&self) -> bool {
        !self.quiet && !self.json
    }

    pub fn published(&self) -> Option<PublishedSource> {
        let roster = self.published.clone()?;
        Some(PublishedSource { roster, freeze_before: self.freeze_before })
    }
}

impl Import {
    pub fn previous(&self) -> Option<Previous> {
        let [week, roster] = self.previous.as_deref()? else { return None };
        Some(Previous { week: week.clone(), roster: roster.clone(), cancelled: self.cancelled.clone() })
    }
}

impl Check {
    pub fn published(&self) -> Option<PublishedSource> {
        Some(PublishedSource { roster: self.published.clone()?, freeze_before: self.freeze_before })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
