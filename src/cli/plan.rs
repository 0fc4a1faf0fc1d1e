//! `pusterum plan`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::inputs::Faults;
use super::job::{self, Job, Means, Obstacle};
use super::progress::Progress;
use super::screen::tell;
use super::{Exit, args, certificate, inputs, interrupt, several, summary};
use crate::certificate::NoPlace;
use crate::report;

pub(super) fn run(options: &args::Plan, begun: Instant) -> Exit {
    if let Err(error) = interrupt::listen(options.weeks.len()) {
        eprintln!("{}", job::internal(&error.to_string(), options.speech.language));
        return Exit::Failed;
    }
    match options.weeks.as_slice() {
        [week] => one(week, options, begun),
        _ => several::run(options, begun),
    }
}

/// Plans one week; its result lies in the folder itself.
fn one(week: &Path, options: &args::Plan, begun: Instant) -> Exit {
    let language = options.speech.language;
    let (job, place) = match (Job::prepare(week, &options.out, options), certificate::place(week, options)) {
        (Ok(job), Ok(place)) => (job, place),
        (job, place) => return refuse((job.err().as_ref(), place.err().as_ref()), options),
    };
    if options.speaks() {
        job.notes(language).iter().for_each(tell);
    }
    let mut progress = Progress::new(language, options.loudness(), options.clock().map(|limit| begun + limit));
    let means = Means { begun, threads: options.threads.map_or(0, usize::from) };
    let ended = job.run(options, means, &mut progress);
    progress.finish();
    match ended {
        Ok(written) => {
            if options.speaks() {
                tell(summary::text(&written.planned, written.warnings, options));
            }
            let exit = place.map_or(Exit::Done, |place| certificate::write(&place, &written, options));
            if options.json { answer(exit, options) } else { exit }
        }
        Err(trouble) => {
            eprintln!("{}", trouble.text(&options.out, language));
            Exit::Failed
        }
    }
}

/// Gives the summary that was written as the answer for programs.
fn answer(exit: Exit, options: &args::Plan) -> Exit {
    match fs::read_to_string(options.out.join(report::SUMMARY)) {
        Ok(summary) => {
            tell(summary.trim_end());
            exit
        }
        Err(error) => {
            eprintln!("{}", job::internal(&error.to_string(), options.speech.language));
            Exit::Failed
        }
    }
}

/// Says everything that is wrong with the input and the places to write to.
fn refuse((obstacle, no_place): (Option<&Obstacle>, Option<&NoPlace>), options: &args::Plan) -> Exit {
    let language = options.speech.language;
    if options.json {
        let refusals = [
            obstacle.and_then(|obstacle| obstacle.refusal(&options.out, language)),
            no_place.map(|why| certificate::refused(why, options)),
        ];
        let faults = obstacle.map_or_else(|| Faults::of(&[], language), |obstacle| obstacle.faults(language));
        tell(inputs::json(&Refused { faults, refusals: refusals.into_iter().flatten().collect() }));
        return Exit::BadInput;
    }
    if let Some(why) = no_place {
        eprintln!("{}: {}", language.pick("fejl", "error"), certificate::refused(why, options));
    }
    if let Some(obstacle) = obstacle {
        obstacle.list(&options.out, language);
    }
    eprintln!("{}", language.pick("Intet er planlagt eller skrevet.", "Nothing has been planned or written."));
    Exit::BadInput
}

/// Why nothing is planned, for programs.
#[derive(Serialize)]
struct Refused<'o> {
    #[serde(flatten)]
    faults: Faults<'o>,
    /// What is wrong with the places to write to.
    refusals: Vec<String>,
}
