//! `pusterum plan`.

use std::path::Path;
use std::time::Instant;

use super::job::{self, Job, Means, Obstacle};
use super::progress::Progress;
use super::{Exit, args, interrupt, several, summary};

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
    let job = match Job::prepare(week, &options.out, options) {
        Ok(job) => job,
        Err(obstacle) => return refuse(&obstacle, options),
    };
    let mut progress = Progress::new(language, options.loudness(), options.clock().map(|limit| begun + limit));
    let means = Means { begun, threads: options.threads.map_or(0, usize::from) };
    let ended = job.run(options, means, &mut progress);
    progress.finish();
    match ended {
        Ok(written) => {
            if !options.quiet {
                println!("{}", summary::text(&written.planned, written.warnings, (&options.out, language)));
            }
            Exit::Done
        }
        Err(trouble) => {
            eprintln!("{}", trouble.text(&options.out, language));
            Exit::Failed
        }
    }
}

/// Says everything that is wrong with input and output folder.
fn refuse(obstacle: &Obstacle, options: &args::Plan) -> Exit {
    let language = options.speech.language;
    obstacle.list(&options.out, language);
    eprintln!("{}", language.pick("Intet er planlagt eller skrevet.", "Nothing has been planned or written."));
    Exit::BadInput
}
