//! `pusterum plan`.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::progress::{Loudness, Progress};
use super::{Exit, args, inputs, interrupt, summary};
use crate::import::{self, Loaded};
use crate::language::Language;
use crate::pipeline::{self, Limits, Planned};
use crate::report::folder::{Refusal, Target};
use crate::report::{self, Outcome, Run};
use crate::solve::Options;

/// A share of the time limit is kept for checking and writing the plan.
const OUTPUT_SHARE: u32 = 20;
const OUTPUT_MOST: Duration = Duration::from_secs(2);

pub(super) fn run(options: &args::Plan, begun: Instant) -> Exit {
    let language = options.speech.language;
    if let Err(error) = interrupt::listen() {
        return internal(&error.to_string(), language);
    }
    let loaded = import::load_week(&options.week, options.published().as_ref());
    let target = Target::open(&options.out, &options.week);
    let (loaded, target) = match (loaded, target) {
        (Ok(loaded), Ok(target)) => (loaded, target),
        (loaded, target) => return refuse(loaded, target.err().as_ref(), options),
    };
    planned(options, loaded, target, begun)
}

fn planned(options: &args::Plan, loaded: Loaded, target: Target, begun: Instant) -> Exit {
    let language = options.speech.language;
    let mut progress = Progress::new(language, loudness(options), options.clock().map(|limit| begun + limit));
    let Loaded { problem, warnings, inputs } = loaded;
    let planned = pipeline::plan(problem, limits(options, begun), &mut progress);
    progress.finish();
    let planned = match planned {
        Ok(planned) => planned,
        Err(failure) => return internal(&failure.to_string(), language),
    };
    let run = Run {
        seconds: rounded(begun.elapsed()),
        seed: options.seed,
        effort: options.effort,
        time_limit: options.clock().map(rounded),
    };
    let outcome = Outcome { planned: &planned, warnings: &warnings, inputs: &inputs, run: &run, language };
    match write(&outcome, target) {
        Ok(_) => tell(&planned, warnings.len(), options),
        Err(error) => not_written(&error, options),
    }
}

fn loudness(options: &args::Plan) -> Loudness {
    if options.quiet { Loudness::Quiet } else { Loudness::Usual }
}

fn tell(planned: &Planned, warnings: usize, options: &args::Plan) -> Exit {
    if !options.quiet {
        println!("{}", summary::text(planned, warnings, (&options.out, options.speech.language)));
    }
    Exit::Done
}

/// Puts the result together and brings it to its place.
fn write(outcome: &Outcome<'_>, target: Target) -> io::Result<PathBuf> {
    let staging = target.stage()?;
    interrupt::writes_to(staging.scratch());
    report::write(outcome, staging.folder())?;
    interrupt::installs();
    staging.install()
}

fn limits(options: &args::Plan, begun: Instant) -> Limits {
    let search = |limit: Duration| limit - (limit / OUTPUT_SHARE).min(OUTPUT_MOST);
    Limits {
        options: Options { effort: options.effort, seed: options.seed },
        deadline: options.clock().map(|limit| begun + search(limit)),
        threads: options.threads.map_or(0, usize::from),
    }
}

/// Seconds to the hundredth.
fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 100.0).round() / 100.0
}

/// Says everything that is wrong with input and output folder.
fn refuse(
    loaded: Result<Loaded, Vec<crate::diagnostic::Diagnostic>>,
    target: Option<&Refusal>,
    options: &args::Plan,
) -> Exit {
    let language = options.speech.language;
    if let Some(refusal) = target {
        eprintln!("{}: {}", language.pick("fejl", "error"), refused(refusal, options));
    }
    if let Err(found) = loaded {
        inputs::list(&found, language);
    }
    eprintln!("{}", language.pick("Intet er planlagt eller skrevet.", "Nothing has been planned or written."));
    Exit::BadInput
}

fn refused(refusal: &Refusal, options: &args::Plan) -> String {
    let (out, language) = (options.out.display(), options.speech.language);
    match refusal {
        Refusal::ForeignFiles(files) => {
            let files = files.join(", ");
            language.pick(
                format!(
                    "--out {out}: mappen rummer andre filer ({files}). Vælg en ny eller tom mappe eller et \
                 tidligere resultat."
                ),
                format!(
                    "--out {out}: the folder holds other files ({files}). Choose a new or empty folder or \
                 an earlier result."
                ),
            )
        }
        Refusal::NotAFolder => language.pick(
            format!("--out {out}: er ikke en mappe. Vælg en ny eller tom mappe eller et tidligere resultat."),
            format!("--out {out}: is no folder. Choose a new or empty folder or an earlier result."),
        ),
        Refusal::InsideWeek => language.pick(
            format!("--out {out}: ligger i ugens mappe. Vælg en mappe et andet sted."),
            format!("--out {out}: lies in the folder of the week. Choose a folder elsewhere."),
        ),
        Refusal::Io(error) => unwritable(error, options),
    }
}

/// A mistake in this program: nothing is written.
fn internal(what: &str, language: Language) -> Exit {
    let text = language.pick(
        "Det er en fejl i Pusterum; giv os venligst besked. Intet er skrevet, og et tidligere resultat er urørt.",
        "This is a bug in Pusterum; please report it. Nothing was written, and an earlier result is untouched.",
    );
    eprintln!("{}: {what}. {text}", language.pick("intern fejl", "internal error"));
    Exit::Failed
}

/// The result is lost, after planning: the place that was tried before has changed or is full.
fn not_written(error: &io::Error, options: &args::Plan) -> Exit {
    eprintln!("{}: {}", options.speech.language.pick("fejl", "error"), unwritable(error, options));
    Exit::Failed
}

fn unwritable(error: &io::Error, options: &args::Plan) -> String {
    let out = options.out.display();
    options.speech.language.pick(
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
