//! Many questions within one time, side by side.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::solve::{Options, Stop};

/// The time, the work and the threads for answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// Until when all answers are wanted; without one only the work or the proof ends a search.
    pub deadline: Option<Instant>,
    /// Improvements of each search.
    pub effort: Option<u64>,
    /// 0 for as many as the machine has.
    pub threads: usize,
    /// Whether the user wants what there is by now; nobody is asked without.
    pub wants_end: Option<fn() -> bool>,
    pub sharing: Sharing,
}

/// How questions share the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// A question may take several times its fair share of what is left, as most need far less than theirs.
    #[default]
    Generous,
    /// No question takes more than its fair share, so that the last one has as much as the first.
    Even,
}

impl Sharing {
    /// What one question may take of the time that is left for so many, one after another.
    fn of(self, left: Duration, questions: usize) -> Duration {
        let shares = match self {
            Sharing::Generous => 3,
            Sharing::Even => 1,
        };
        left.mul_f64((f64::from(shares) / questions.max(1) as f64).min(1.0))
    }
}

/// What one question may use.
#[derive(Debug)]
pub struct Turn {
    pub options: Options,
    pub stop: Stop,
}

impl Clock {
    /// The same clock with a part of the time that is left.
    #[must_use]
    pub fn part(self, share: f64) -> Clock {
        let now = Instant::now();
        let part = |deadline: Instant| now + deadline.saturating_duration_since(now).mul_f64(share);
        Clock { deadline: self.deadline.map(part), ..self }
    }

    /// Asks every question, several at a time, each on a thread of its own; the answers are in the questions' order.
    ///
    /// Searches of one pool would wait for each other's parts while their clocks run, so each thread has its own.
    pub fn ask_all<Q: Sync, A: Send>(self, questions: &[Q], ask: impl Fn(&Q, &Turn) -> A + Sync) -> Vec<A> {
        let threads = self.threads_for(questions.len());
        let next = AtomicUsize::new(0);
        let answers: Mutex<Vec<(usize, A)>> = Mutex::new(Vec::with_capacity(questions.len()));
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(question) = questions.get(at) else { break };
                let answer = ask(question, &self.turn(questions.len() - at, threads));
                answers.lock().unwrap_or_else(PoisonError::into_inner).push((at, answer));
            }
        };
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| alone(&work));
            }
        });
        let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
        answers.sort_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    fn threads_for(self, questions: usize) -> usize {
        let most = thread::available_parallelism().map_or(1, usize::from);
        let wanted = if self.threads == 0 { most } else { self.threads };
        wanted.min(questions)
    }

    /// A share of the time that is left, where so many questions are still open.
    fn turn(self, open: usize, threads: usize) -> Turn {
        let stop = self.deadline.map_or_else(Stop::never, |deadline| {
            let now = Instant::now();
            Stop::at(now + self.sharing.of(deadline.saturating_duration_since(now), open.div_ceil(threads.max(1))))
        });
        let stop = match self.wants_end {
            Some(wants_end) => stop.or_when(wants_end),
            None => stop,
        };
        Turn { options: Options { effort: self.effort, ..Options::default() }, stop }
    }

    /// What a single question may use: all of it.
    pub fn single(self) -> Turn {
        self.turn(1, 1)
    }

    /// The time that is left; `None` without a deadline.
    pub fn left(self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }
}

/// Works on a pool of one thread; without one on the pool of all, which only costs time.
fn alone(work: &(impl Fn() + Sync)) {
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_questions() {
        let questions: Vec<usize> = (0..40).collect();
        let answers = Clock { threads: 3, ..Clock::default() }.ask_all(&questions, |question, _| question * 2);
        assert_eq!(answers, questions.iter().map(|question| question * 2).collect::<Vec<_>>());
        assert!(Clock::default().ask_all(&[], |question: &usize, _| *question).is_empty());
    }

    #[test]
    fn even_shares_leave_the_last_as_much_as_the_first() {
        let shares = |sharing: Sharing| {
            let mut left = Duration::from_secs(100);
            let share = |open| {
                let share = sharing.of(left, open);
                left -= share;
                share
            };
            (1..=10).rev().map(share).collect::<Vec<Duration>>()
        };
        let even = shares(Sharing::Even);
        assert!(
            even.iter().all(|share| share.abs_diff(Duration::from_secs(10)) < Duration::from_millis(1)),
            "{even:?}"
        );
        let generous = shares(Sharing::Generous);
        assert!(generous[0] == Duration::from_secs(30) && generous[9] < Duration::from_secs(1), "{generous:?}");
    }

    #[test]
    fn a_part_of_the_time_ends_sooner() {
        let clock = Clock { deadline: Some(Instant::now() + Duration::from_secs(100)), ..Clock::default() };
        assert!(clock.part(0.5).left() < Some(Duration::from_secs(51)));
        assert_eq!(Clock::default().part(0.5).left(), None);
    }
}
