//! Runs the search beside a watch that shows how it goes and may end it.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rayon::ThreadPool;

use super::{Failure, Limits};
use crate::plan::proof::Proof;
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::solve::{self, Board, Snapshot, Stop};

/// What looks on while the search runs.
pub trait Watch {
    /// Called about twenty times a second with the best so far.
    fn look(&mut self, best: &Snapshot);

    /// Whether the user wants the best plan now.
    fn wants_end(&self) -> bool;
}

/// What ended a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The proof or the work asked for.
    Itself,
    Deadline,
    Interrupted,
}

/// What a search has found when it has ended.
pub(super) struct Found {
    pub best: Snapshot,
    pub proof: Option<Proof>,
    pub ended: Ended,
    /// It may still work for a moment.
    pub thread: JoinHandle<()>,
}

const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A search that was asked to end is waited for so long; then what the board holds is taken and the search left to
/// itself, as a single solver call may take longer than the user waits.
const PATIENCE: Duration = Duration::from_millis(700);

/// Searches in threads of its own until the proof, the work, the deadline or the watch ends it. Before the search has
/// found anything, the best plan is that of the pins alone.
pub(super) fn search(
    problem: &Arc<Problem>,
    book: &Arc<Rulebook>,
    limits: Limits,
    watch: &mut dyn Watch,
) -> Result<Found, Failure> {
    let board = Arc::new(Board::default());
    let (problem, book, own_board) = (Arc::clone(problem), Arc::clone(book), Arc::clone(&board));
    let work = move |stop: &Stop| solve::solve(&problem, &book, (limits.options, stop), &own_board);
    let (ended, thread) = beside(work, (limits.threads, limits.deadline), || board.snapshot(), watch)?;
    Ok(Found { best: board.snapshot(), proof: board.proof(), ended, thread })
}

/// Works in threads of its own while the watch is shown how things stand, until the work is done or has to end.
pub(super) fn beside(
    work: impl FnOnce(&Stop) + Send + 'static,
    (threads, deadline): (usize, Option<Instant>),
    look: impl Fn() -> Snapshot,
    watch: &mut dyn Watch,
) -> Result<(Ended, JoinHandle<()>), Failure> {
    let pool = pool(threads)?;
    let stop = Arc::new(deadline.map_or_else(Stop::never, Stop::at));
    let (sender, done) = mpsc::channel();
    let own_stop = Arc::clone(&stop);
    let run = move || {
        pool.install(move || work(&own_stop));
        // Nobody listens any more where the patience has run out.
        let _ = sender.send(());
    };
    let thread = thread::Builder::new().name("search".to_owned()).spawn(run);
    let thread = thread.map_err(|error| Failure::Threads(error.to_string()))?;
    let ended = wait(&done, &stop, look, watch)?;
    Ok((ended, thread))
}

/// The threads that the search may use.
fn pool(threads: usize) -> Result<ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|n| format!("search-{n}"));
    pool.build().map_err(|error| Failure::Threads(error.to_string()))
}

fn wait(
    done: &Receiver<()>,
    stop: &Stop,
    look: impl Fn() -> Snapshot,
    watch: &mut dyn Watch,
) -> Result<Ended, Failure> {
    let mut asked: Option<(Instant, Ended)> = None;
    loop {
        match done.recv_timeout(LOOK_EVERY) {
            Ok(()) => return Ok(asked.map_or(Ended::Itself, |(_, why)| why)),
            // The search's end of the channel is gone without a word: it has panicked.
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::Panicked),
            Err(RecvTimeoutError::Timeout) => watch.look(&look()),
        }
        match asked {
            Some((since, why)) if since.elapsed() >= PATIENCE => return Ok(why),
            Some(_) => {}
            None => asked = reason_to_end(stop, watch).map(|why| (Instant::now(), why)),
        }
        if asked.is_some() {
            stop.ask();
        }
    }
}

fn reason_to_end(stop: &Stop, watch: &dyn Watch) -> Option<Ended> {
    if watch.wants_end() {
        return Some(Ended::Interrupted);
    }
    stop.now().then_some(Ended::Deadline)
}
