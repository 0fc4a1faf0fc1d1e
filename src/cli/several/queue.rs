//! Which week is planned next, and on how many threads.
//!
//! Weeks side by side make better use of the processors than threads within one week, so each gets one thread as long
//! as there are weeks enough; where they are fewer than threads, the threads are shared out. A week of several districts that share
//! nothing is several searches of its own: it may have a thread for each, for within its time limit one thread would come to the last of
//! them late or never. The largest come first: then a long one does not run alone at the end.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::interrupt;
use crate::cli::job::Job;
use crate::rules::Rulebook;
use crate::solve;

pub(super) struct Queue<T = Job> {
    state: Mutex<State<T>>,
    given_back: Condvar,
}

struct State<T> {
    /// The largest first.
    waiting: VecDeque<Waiting<T>>,
    free_threads: usize,
}

/// A week by its position.
struct Waiting<T> {
    at: usize,
    job: T,
    /// So many independent parts as large as its largest one it amounts to.
    parts: usize,
}

impl Queue {
    pub fn new(mut jobs: Vec<(usize, Job)>, threads: usize) -> Self {
        jobs.sort_by_key(|(_, job)| Reverse(job.problem.grants.len()));
        let waiting = jobs.into_par_iter().map(|(at, job)| Waiting { at, parts: parts(&job), job });
        Queue::in_order(waiting.collect(), threads)
    }

    /// The next week, and on how many threads it is to be planned, once one is free: none when all are taken or the user wants the end.
    pub fn take(&self) -> Option<(usize, Job, usize)> {
        self.next(interrupt::asked)
    }
}

fn parts(job: &Job) -> usize {
    let groups = solve::independent_grants(&job.problem, &Rulebook::of(&job.problem));
    let sizes = groups.iter().map(Vec::len);
    sizes.clone().sum::<usize>() / sizes.max().unwrap_or(1).max(1)
}

impl<T> Queue<T> {
    fn in_order(waiting: VecDeque<Waiting<T>>, threads: usize) -> Self {
        Queue { state: Mutex::new(State { waiting, free_threads: threads }), given_back: Condvar::new() }
    }

    /// Who plans may be so many: each has a thread at least.
    pub fn at_a_time(&self) -> usize {
        let state = self.state();
        state.waiting.len().min(state.free_threads)
    }

    /// The next week with its parts' threads, as far as these are free, and at least its share of those that nobody uses.
    fn next(&self, is_ended: impl Fn() -> bool) -> Option<(usize, T, usize)> {
        let is_busy = |state: &mut State<T>| state.free_threads == 0 && !state.waiting.is_empty();
        let waited = self.given_back.wait_while(self.state(), is_busy);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if is_ended() {
            return None;
        }
        let weeks = state.waiting.len();
        let Waiting { at, job, parts } = state.waiting.pop_front()?;
        let threads = state.free_threads.min(parts.max(state.free_threads.div_ceil(weeks)));
        state.free_threads -= threads;
        Some((at, job, threads))
    }

    pub fn give_back(&self, threads: usize) {
        self.state().free_threads += threads;
        self.given_back.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks of so many parts each, in this order.
    fn queue(parts: &[usize], threads: usize) -> Queue<()> {
        let waiting = parts.iter().enumerate().map(|(at, parts)| Waiting { at, job: (), parts: *parts });
        Queue::in_order(waiting.collect(), threads)
    }

    /// The next week and its threads.
    fn next(queue: &Queue<()>) -> Option<(usize, usize)> {
        queue.next(|| false).map(|(at, (), threads)| (at, threads))
    }

    /// The threads of the weeks that are taken until none is free.
    fn shares(parts: &[usize], threads: usize) -> Vec<usize> {
        let queue = queue(parts, threads);
        let mut shares = Vec::new();
        while queue.at_a_time() > 0 {
            shares.extend(next(&queue).map(|(_, threads)| threads));
        }
        shares
    }

    #[test]
    fn threads_are_shared_out_and_none_is_used_twice() {
        assert_eq!(shares(&[1; 98], 2), [1, 1]);
        assert_eq!(shares(&[1; 3], 8), [3, 3, 2]);
        assert_eq!(shares(&[1; 5], 8), [2, 2, 2, 1, 1]);
        assert_eq!(shares(&[1; 2], 1), [1]);
        assert_eq!(shares(&[], 4), [0; 0]);
    }

    #[test]
    fn a_week_of_several_parts_has_a_thread_for_each() {
        assert_eq!(shares(&[7, 3, 1, 1], 2), [2]);
        assert_eq!(shares(&[5, 3, 1, 1], 8), [5, 3]);
        assert_eq!(shares(&[5, 4, 1, 1], 8), [5, 3]);
        assert_eq!(shares(&[2, 1, 1], 4), [2, 1, 1]);
    }

    #[test]
    fn the_last_week_gets_what_the_others_gave_back() {
        let queue = queue(&[1; 3], 2);
        let [_, _] = [next(&queue), next(&queue)];
        queue.give_back(1);
        queue.give_back(1);
        assert_eq!(next(&queue), Some((2, 2)));
        assert!(next(&queue).is_none());
    }

    #[test]
    fn a_week_waits_until_a_thread_is_free_or_the_user_wants_the_end() {
        let queue = queue(&[2, 1, 1], 2);
        assert_eq!(next(&queue), Some((0, 2)));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| next(&queue));
            queue.give_back(2);
            assert_eq!(second.join().expect("no panic"), Some((1, 1)));
        });
        assert!(queue.next(|| true).is_none(), "the user wants the end");
        assert_eq!(next(&queue), Some((2, 1)));
    }
}
