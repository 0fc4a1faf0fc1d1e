//! What can be typed to ask about a roster.

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDateTime;
use clap::{ArgGroup, Args as Arguments};

use super::values::{moment, seconds, whole};
use super::{DEFAULT_TIME_LIMIT, Speech};
use crate::import::PublishedSource;
use crate::report::Naming;

/// The same for answers that plan the week some thirty times.
const MANY_PLANNINGS: Duration = Duration::from_secs(180);

#[derive(Debug, Arguments)]
pub(in crate::cli) struct Why {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The roster that the visit stands in
    #[arg(value_name = "ROSTER")]
    pub roster: PathBuf,
    /// The visit, such as V012
    #[arg(long, value_name = "ID")]
    pub visit: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub time: Time,
    #[command(flatten)]
    pub asking: Asking,
}

#[derive(Debug, Arguments)]
pub(in crate::cli) struct Diff {
    /// Folder of the week's CSV files as they are now, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The roster before
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The roster now
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Call carers and clients by their names, where the week has them; without it by their ids alone
    #[arg(long)]
    pub names: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub speech: Speech,
}

/// A question about a roster whose answer is a folder.
#[derive(Debug, Arguments)]
pub(in crate::cli) struct Ask {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The roster that is asked about
    #[arg(value_name = "ROSTER")]
    pub roster: PathBuf,
    /// Folder for the answer: new, empty or an earlier answer
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub time: Time,
    #[command(flatten)]
    pub asking: Asking,
}

#[derive(Debug, Arguments)]
pub(in crate::cli) struct WhatIf {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The scenarios, in TOML
    #[arg(value_name = "SCENARIOS")]
    pub scenarios: PathBuf,
    /// Folder for the answer: new, empty or an earlier answer
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub time: Time,
    #[command(flatten)]
    pub asking: Asking,
}

/// What every question about a roster may be asked with.
#[derive(Clone, Debug, Arguments)]
pub(in crate::cli) struct Asking {
    /// Roster published before, as the roster was planned with
    #[arg(long, value_name = "ROSTER")]
    pub published: Option<PathBuf>,
    /// The published visits that begin before this moment were kept as pins, as `plan --freeze-before` does
    #[arg(long, value_name = "MOMENT", requires = "published", value_parser = moment)]
    pub freeze_before: Option<NaiveDateTime>,
    /// Call carers and clients by their names, where the week has them; without it by their ids alone
    #[arg(long)]
    pub names: bool,
    /// Threads to answer with [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub speech: Speech,
}

#[derive(Debug, Arguments)]
#[command(group(ArgGroup::new("for").required(true).args(["grant", "visit", "awaiting"])))]
pub(in crate::cli) struct Slots {
    /// Folder of the week's CSV files, named like 2026-W48
    #[arg(value_name = "WEEK")]
    pub week: PathBuf,
    /// The roster to find room in
    #[arg(long, value_name = "ROSTER")]
    pub roster: PathBuf,
    /// The grant that needs a visit
    #[arg(long, value_name = "ID")]
    pub grant: Option<String>,
    /// A visit of the roster that has to move, such as V012
    #[arg(long, value_name = "ID")]
    pub visit: Option<String>,
    /// A call list: the best times for each family whose grant awaits an agreement
    #[arg(long)]
    pub awaiting: bool,
    /// Places to propose [default: 5, or 3 to each family of a call list]
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=100))]
    pub count: Option<u16>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub asking: Asking,
}

/// How long to work on an answer.
#[derive(Clone, Copy, Debug, Arguments)]
pub(in crate::cli) struct Time {
    /// Answer within so many seconds; what is not proven by then is said not to be [default: 60, and 180 for stress,
    /// value and what-if, without --effort]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// End each search after so many improvements, so that the answer can be repeated exactly
    #[arg(long, value_name = "N", value_parser = whole::<u64>(0..=u64::MAX))]
    pub effort: Option<u64>,
}

impl Time {
    /// The clock that applies: none where the work is bounded instead.
    pub fn clock(&self) -> Option<Duration> {
        self.or_within(DEFAULT_TIME_LIMIT)
    }

    /// The same for an answer that plans the week some thirty times. It ends by itself when all of it is proven.
    pub fn for_many_plannings(self) -> Self {
        Time { time_limit: self.or_within(MANY_PLANNINGS), ..self }
    }

    fn or_within(&self, limit: Duration) -> Option<Duration> {
        self.time_limit.or_else(|| self.effort.is_none().then_some(limit))
    }
}

impl Asking {
    pub fn published(&self) -> Option<PublishedSource> {
        Some(PublishedSource { roster: self.published.clone()?, freeze_before: self.freeze_before })
    }

    pub fn naming(&self) -> Naming {
        if self.names { Naming::Names } else { Naming::Ids }
    }

    pub fn threads(&self) -> usize {
        self.threads.map_or(0, usize::from)
    }
}
