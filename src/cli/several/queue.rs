//! Which week is planned next, and on how many threads.
//!
//! Weeks side by side make better use of the processors than threads within one week, so each gets one thread as long
//! as there are weeks enough; where they are fewer than threads, the threads are shared out. The largest come first:
//! then a long one does not run alone at the end.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::interrupt;
use crate::cli::job::Job;

pub(super) struct Queue<T = Job> {
    state: Mutex<State<T>>,
}

struct State<T> {
    /// Weeks by their position, the largest first.
    waiting: VecDeque<(usize, T)>,
    free_threads: usize,
}

impl Queue {
    pub fn new(mut jobs: Vec<(usize, Job)>, threads: usize) -> Self {
        jobs.sort_by_key(|(_, job)| Reverse(job.problem.grants.len()));
        Queue::in_order(jobs, threads)
    }

    /// The next week, and on how many threads it is to be planned: none when all are taken or the user wants the end.
    pub fn take(&self) -> Option<(usize, Job, usize)> {
        if interrupt::asked() { None } else { self.next() }
    }
}

impl<T> Queue<T> {
    fn in_order(jobs: Vec<(usize, T)>, threads: usize) -> Self {
        Queue { state: Mutex::new(State { waiting: jobs.into(), free_threads: threads }) }
    }

    /// Who plans may be so many: each has a thread at least.
    pub fn at_a_time(&self) -> usize {
        let state = self.state();
        state.waiting.len().min(state.free_threads)
    }

    /// The threads that nobody uses are shared among the weeks that wait.
    fn next(&self) -> Option<(usize, T, usize)> {
        let mut state = self.state();
        let weeks = state.waiting.len();
        let (at, job) = state.waiting.pop_front()?;
        let threads = state.free_threads.div_ceil(weeks);
        state.free_threads -= threads;
        Some((at, job, threads))
    }

    pub fn give_back(&self, threads: usize) {
        self.state().free_threads += threads;
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The threads of each week where as many are taken at once as may be.
    fn shares(weeks: usize, threads: usize) -> Vec<usize> {
        let queue = Queue::in_order((0..weeks).map(|at| (at, ())).collect(), threads);
        (0..queue.at_a_time()).map(|_| queue.next().expect("a week").2).collect()
    }

    #[test]
    fn threads_are_shared_out_and_none_is_used_twice() {
        assert_eq!(shares(98, 2), [1, 1]);
        assert_eq!(shares(3, 8), [3, 3, 2]);
        assert_eq!(shares(5, 8), [2, 2, 2, 1, 1]);
        assert_eq!(shares(2, 1), [1]);
        assert_eq!(shares(0, 4), [0; 0]);
    }

    #[test]
    fn the_last_week_gets_what_the_others_gave_back() {
        let queue = Queue::in_order(vec![(0, ()), (1, ()), (2, ())], 2);
        let [_, _] = [queue.next(), queue.next()];
        queue.give_back(1);
        queue.give_back(1);
        assert_eq!(queue.next().map(|(at, _, threads)| (at, threads)), Some((2, 2)));
        assert!(queue.next().is_none());
    }
}
