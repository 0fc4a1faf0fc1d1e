//! When to stop: the clock, the user, or the work that was asked for.
//!
//! Limits are polled objects. The clock and the user can cut a search anywhere; [`Work`] counts rounds, so that a
//! search which only work limits is the same every time, on any number of threads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What ends every search at once: a deadline or the user.
#[derive(Debug, Default)]
pub struct Stop {
    deadline: Option<Instant>,
    asked: AtomicBool,
    /// Where else it may be asked for.
    elsewhere: Option<fn() -> bool>,
}

impl Stop {
    /// Never, unless asked.
    pub fn never() -> Self {
        Self::default()
    }

    /// At a moment, or when asked.
    pub fn at(deadline: Instant) -> Self {
        Stop { deadline: Some(deadline), ..Self::default() }
    }

    /// Also as soon as this is true.
    #[must_use]
    pub fn or_when(self, elsewhere: fn() -> bool) -> Self {
        Stop { elsewhere: Some(elsewhere), ..self }
    }

    /// Asks every search that polls this to end.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether to end now.
    pub fn now(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
            || self.elsewhere.is_some_and(|asked| asked())
            || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Time until the deadline, if there is one.
    pub fn left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// So much of the time until the deadline.
    pub(super) fn share(&self, share: f64) -> Share {
        Share(self.left().map(|left| Instant::now() + left.mul_f64(share)))
    }

    /// Seconds until the deadline, if there is one.
    pub(super) fn seconds_left(&self) -> Option<f64> {
        self.left().map(|left| left.as_secs_f64())
    }
}

/// A part of the time of a search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(Option<Instant>);

impl Share {
    /// Whether some of it is left; always where nothing has a deadline.
    pub fn is_left(self) -> bool {
        self.0.is_none_or(|until| Instant::now() < until)
    }
}

/// How many rounds of work a search may still do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work(Option<u64>);

impl Work {
    /// At most so many rounds; without a number no limit.
    pub fn rounds(rounds: Option<u64>) -> Self {
        Work(rounds)
    }

    /// Takes one round, if one is left.
    pub fn take(&mut self) -> bool {
        match &mut self.0 {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_after_its_rounds() {
        let mut work = Work::rounds(Some(2));
        assert!(work.take() && work.take() && !work.take());
        assert!(Work::rounds(None).take());
    }

    #[test]
    fn a_stop_ends_at_its_deadline_or_when_asked() {
        assert!(Stop::at(Instant::now()).now());
        let stop = Stop::never();
        assert!(!stop.now());
        stop.ask();
        assert!(stop.now());
        assert!(Stop::never().or_when(|| true).now() && !Stop::never().or_when(|| false).now());
    }
}
