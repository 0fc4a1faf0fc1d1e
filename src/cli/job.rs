//! One week on its way from its folder to its result: what `pusterum plan` does for each.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::inputs::{Faults, Form};
use super::{args, inputs, interrupt};
use crate::diagnostic::{self, Diagnostic, Text};
use crate::explain::{self, Clock, GrantVerdict, Subject};
use crate::import::{self, Loaded, RosterRow, TableSource};
use crate::language::Language;
use crate::pipeline::{self, Failure, Limits, Planned, Watch};
use crate::problem::Problem;
use crate::report::folder::{Refusal, Target};
use crate::report::{self, Outcome, Run};
use crate::solve::Options;

/// A share of the time limit is kept for checking and writing the plan.
const OUTPUT_SHARE: u32 = 20;
const OUTPUT_MOST: Duration = Duration::from_secs(2);

/// A week that was read, and the folder that takes its result.
pub(super) struct Job {
    pub problem: Problem,
    warnings: Vec<Diagnostic>,
    inputs: BTreeMap<String, String>,
    /// What each table was read from.
    sources: Vec<TableSource>,
    published: Vec<RosterRow>,
    target: Target,
}

/// What keeps a week from being planned.
pub(super) struct Obstacle {
    /// What is wrong with its files.
    found: Vec<Diagnostic>,
    /// Why its result's folder cannot be used.
    refusal: Option<Refusal>,
}

/// A week that was planned and written.
pub(super) struct Written {
    pub planned: Planned,
    pub warnings: usize,
    /// SHA-256 of each file read.
    pub inputs: BTreeMap<String, String>,
    pub seconds: f64,
}

/// Why a week that could be planned has no result.
pub(super) enum Trouble {
    /// A mistake in this program.
    Internal(Text),
    NotWritten(io::Error),
}

/// The time and the threads that a week has.
#[derive(Clone, Copy)]
pub(super) struct Means {
    pub begun: Instant,
    /// 0 for as many as the machine has.
    pub threads: usize,
}

impl Job {
    /// Reads a week and looks at the folder of its result, so that all that is wrong with either is known at once.
    pub fn prepare(week: &Path, out: &Path, options: &args::Plan) -> Result<Job, Obstacle> {
        let loaded = import::load_week(week, options.published().as_ref());
        let target = Target::open(out, week);
        match (loaded, target) {
            (Ok(Loaded { problem, warnings, inputs, sources, published }), Ok(target)) => {
                Ok(Job { problem, warnings, inputs, sources, published, target })
            }
            (loaded, target) => Err(Obstacle { found: loaded.err().unwrap_or_default(), refusal: target.err() }),
        }
    }

    /// How files that are not in the canonical form were read, a line each.
    pub fn notes(&self, language: Language) -> Vec<String> {
        inputs::notes(&self.sources, language)
    }

    /// Plans the week and writes its result.
    pub fn run(self, options: &args::Plan, means: Means, watch: &mut dyn Watch) -> Result<Written, Trouble> {
        let planned = pipeline::plan(self.problem, limits(options, means), watch)?;
        let verdicts = options.explain.then(|| verdicts(&planned, options, means));
        let seconds = rounded(means.begun.elapsed());
        let run = Run { seconds, seed: options.seed, effort: options.effort, time_limit: options.clock().map(rounded) };
        let outcome = Outcome {
            planned: &planned,
            warnings: &self.warnings,
            inputs: &self.inputs,
            sources: &self.sources,
            run: &run,
            published: &self.published,
            language: options.speech.language,
            reports: options.reports(),
            verdicts: verdicts.as_deref(),
        };
        write(&outcome, self.target).map_err(Trouble::NotWritten)?;
        Ok(Written { planned, warnings: self.warnings.len(), inputs: self.inputs, seconds })
    }
}

/// Puts the result together and brings it to its place.
fn write(outcome: &Outcome<'_>, target: Target) -> io::Result<PathBuf> {
    let staging = target.stage()?;
    let scratch = staging.scratch().to_owned();
    interrupt::writes_to(&scratch);
    report::write(outcome, staging.folder())?;
    interrupt::while_installing(&scratch, || staging.install())
}

/// The verdicts on what the plan does not deliver, within as much time as the planning had.
fn verdicts(planned: &Planned, options: &args::Plan, means: Means) -> Vec<GrantVerdict> {
    let deadline = options.clock().map(|limit| Instant::now() + limit);
    let wants_end = Some(interrupt::asked as fn() -> bool);
    let clock = Clock { deadline, effort: options.effort, threads: means.threads, wants_end, ..Clock::default() };
    explain::verdicts(&Subject::of_planned(planned), clock)
}

fn limits(options: &args::Plan, means: Means) -> Limits {
    let search = |limit: Duration| limit - (limit / OUTPUT_SHARE).min(OUTPUT_MOST);
    Limits {
        options: Options { effort: options.effort, seed: options.seed, certificate: options.proof() },
        deadline: options.clock().map(|limit| means.begun + search(limit)),
        threads: means.threads,
        hours: options.hours(),
    }
}

/// Seconds to the hundredth.
pub(super) fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 100.0).round() / 100.0
}

impl Obstacle {
    /// Says everything that is wrong, to people.
    pub fn list(&self, out: &Path, language: Language) {
        if let Some(refusal) = self.refusal(out, language) {
            eprintln!("{}: {refusal}", language.pick("fejl", "error"));
        }
        if !self.found.is_empty() {
            inputs::list(&self.found, Form::Text, language);
        }
    }

    /// What is wrong with the week's files, for programs.
    pub fn faults(&self, language: Language) -> Faults<'_> {
        Faults::of(&self.found, language)
    }

    /// What is wrong with the folder of the result.
    pub fn refusal(&self, out: &Path, language: Language) -> Option<String> {
        self.refusal.as_ref().map(|refusal| refused(refusal, out, language))
    }
}

impl Trouble {
    pub fn text(&self, out: &Path, language: Language) -> String {
        match self {
            Trouble::Internal(what) => internal(what.in_language(language), language),
            Trouble::NotWritten(error) => not_written(error, out, language),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Trouble::Internal(failure.text())
    }
}

pub(super) fn refused(refusal: &Refusal, out: &Path, language: Language) -> String {
    let place = out.display();
    match refusal {
        Refusal::ForeignFiles(files) => {
            let files = files.join(", ");
            language.pick(
                format!(
                    "--out {place}: mappen rummer andre filer ({files}). Vælg en ny eller tom mappe eller et \
                 tidligere resultat."
                ),
                format!(
                    "--out {place}: the folder holds other files ({files}). Choose a new or empty folder or \
                 an earlier result."
                ),
            )
        }
        Refusal::NotAFolder => language.pick(
            format!("--out {place}: er ikke en mappe. Vælg en ny eller tom mappe eller et tidligere resultat."),
            format!("--out {place}: is no folder. Choose a new or empty folder or an earlier result."),
        ),
        Refusal::InsideWeek => language.pick(
            format!("--out {place}: ligger i ugens mappe. Vælg en mappe et andet sted."),
            format!("--out {place}: lies in the folder of the week. Choose a folder elsewhere."),
        ),
        Refusal::Io(error) => unwritable(error, out, language),
    }
}

/// A mistake in this program: nothing is written.
pub(super) fn internal(what: &str, language: Language) -> String {
    let text = language.pick(
        "Det er en fejl i Pusterum; giv os venligst besked. Intet er skrevet, og et tidligere resultat er urørt.",
        "This is a bug in Pusterum; please report it. Nothing was written, and an earlier result is untouched.",
    );
    format!("{}: {what}. {text}", language.pick("intern fejl", "internal error"))
}

/// The result is lost, after planning: the place that was tried before has changed or is full.
pub(super) fn not_written(error: &io::Error, out: &Path, language: Language) -> String {
    format!("{}: {}", language.pick("fejl", "error"), unwritable(error, out, language))
}

pub(super) fn unwritable(error: &io::Error, out: &Path, language: Language) -> String {
    let (out, error) = (out.display(), diagnostic::unwritable(error));
    let error = error.in_language(language);
    language.pick(
        format!(
            "--out {out}: resultatet kan ikke skrives dér ({error}). Se efter, at stien er rigtig, at der er plads, \
             og at du må skrive dér."
        ),
        format!(
            "--out {out}: the result cannot be written there ({error}). See that the path is right, that there is \
             room and that you may write there."
        ),
    )
}
