//! Several weeks in one run: side by side, each planned on its own and written to its own folder.
//!
//! All weeks are read first, so that everything wrong with any of them is known before the first is planned; what was
//! read is small. A search is not: no more weeks are planned at a time than there are threads (see [`queue`]). Weeks
//! share nothing, so a week's result is the one that it would have had alone.

mod folders;
mod overall;
mod queue;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::job::{Job, Means, Obstacle, Trouble, Written};
use super::screen;
use super::{Exit, args, interrupt};
use crate::pipeline::Failure;
use folders::Week;
use overall::{Overall, Progress};
use queue::Queue;
use table::Row;

/// Progress is shown so often.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What has become of a week.
enum End {
    /// Its input or its folder is at fault, and that has been said.
    Refused,
    /// It has no result though it could be planned, and why has been said.
    Failed,
    /// The user ended the run before it was its turn.
    NotBegun,
    Written(Row),
}

/// A week that has ended, by its position, and how.
type Ended = (usize, Result<Row, Trouble>);

pub(super) fn run(options: &args::Plan, begun: Instant) -> Exit {
    let weeks = match folders::of(options) {
        Ok(weeks) => weeks,
        Err(text) => {
            eprintln!("{text}");
            return Exit::BadInput;
        }
    };
    let (jobs, mut ends) = prepare(&weeks, options);
    plan(jobs, (&weeks, options), &mut ends);
    if !options.quiet {
        screen::tell(table::text(&weeks, &ends, begun.elapsed(), options));
    }
    exit(&ends)
}

/// Reads all weeks and says what is wrong with them; gives those that can be planned, by position, and what has become
/// of each so far.
fn prepare(weeks: &[Week], options: &args::Plan) -> (Vec<(usize, Job)>, Vec<End>) {
    let read: Vec<_> = weeks.par_iter().map(|week| Job::prepare(&week.folder, &week.out, options)).collect();
    let (mut jobs, mut ends) = (Vec::new(), Vec::new());
    for (at, (job, week)) in read.into_iter().zip(weeks).enumerate() {
        match job {
            Ok(job) => {
                tell_notes(&job, week, options);
                jobs.push((at, job));
                ends.push(End::NotBegun);
            }
            Err(obstacle) => {
                tell(&obstacle, week, options);
                ends.push(End::Refused);
            }
        }
    }
    (jobs, ends)
}

/// Says everything that is wrong with one week; the others are planned.
fn tell(obstacle: &Obstacle, week: &Week, options: &args::Plan) {
    let (folder, language) = (week.folder.display(), options.speech.language);
    eprintln!("{}", language.pick(format!("{folder} planlægges ikke:"), format!("{folder} is not planned:")));
    obstacle.list(&week.out, language);
}

/// Says how the files of one week were read that are not in the canonical form.
fn tell_notes(job: &Job, week: &Week, options: &args::Plan) {
    let notes = job.notes(options.speech.language);
    if !options.quiet && !notes.is_empty() {
        screen::tell(format_args!("{}:\n{}", week.folder.display(), notes.join("\n")));
    }
}

/// Plans the weeks side by side while the progress is shown, and notes how each has ended.
fn plan(jobs: Vec<(usize, Job)>, (weeks, options): (&[Week], &args::Plan), ends: &mut [End]) {
    let threads = options.threads.map_or_else(rayon::current_num_threads, usize::from);
    let overall = Overall::new(&jobs, ends.len(), threads, options.clock());
    let queue = Queue::new(jobs, threads);
    let (sender, ended) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..queue.at_a_time() {
            let (sender, queue, overall) = (sender.clone(), &queue, &overall);
            scope.spawn(move || work(queue, overall, options, &sender));
        }
        drop(sender);
        let mut progress = Progress::new(&overall, options);
        loop {
            match ended.recv_timeout(LOOK_EVERY) {
                Ok((at, Ok(row))) => ends[at] = End::Written(row),
                Ok((at, Err(trouble))) => {
                    progress.complain(&trouble.text(&weeks[at].out, options.speech.language));
                    ends[at] = End::Failed;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            progress.show();
        }
        progress.finish();
    });
}

/// Takes week after week until there is none left or the user wants the end.
fn work(queue: &Queue, overall: &Overall, options: &args::Plan, ended: &Sender<Ended>) {
    while let Some((at, job, threads)) = queue.take() {
        let means = Means { begun: Instant::now(), threads };
        overall.begin(at, means.begun);
        let run = AssertUnwindSafe(|| job.run(options, means, &mut overall.watch(at)));
        let (end, searches) = match catch_unwind(run) {
            Ok(Ok(Written { planned, seconds, .. })) => (Ok(Row::new(&planned, seconds)), planned.searches),
            Ok(Err(trouble)) => (Err(trouble), Vec::new()),
            Err(_) => (Err(Trouble::from(Failure::Panicked)), Vec::new()),
        };
        overall.end(at, end.as_ref().ok());
        // Nobody has to listen for the weeks to be planned.
        let _ = ended.send((at, end));
        if !interrupt::asked() {
            // The threads and the memory of a search that was cut off are free only when it has really ended.
            searches.into_iter().for_each(|search| drop(search.join()));
        }
        queue.give_back(threads);
    }
}

/// What cannot be written weighs more than what cannot be read.
fn exit(ends: &[End]) -> Exit {
    if ends.iter().any(|end| matches!(end, End::Failed)) {
        Exit::Failed
    } else if ends.iter().any(|end| matches!(end, End::Refused)) {
        Exit::BadInput
    } else {
        Exit::Done
    }
}
