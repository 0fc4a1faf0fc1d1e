//! The bound on the hours: how many more minutes any other plan could deliver.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::search::{Watch, beside};
use super::{Failure, Limits};
use crate::check::Report;
use crate::problem::Problem;
use crate::solve::{self, HoursBoard, Phase, Snapshot};
use crate::units::Minutes;

/// Whether the least undelivered minutes of any plan are proven as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    #[default]
    Bounded,
    /// That saves its time.
    Unbounded,
}

/// Of the time for search and bound together the bound may take so much.
const SHARE: f64 = 0.1;

/// The time that the bound may take; none without a clock.
pub(super) fn share(limits: &Limits) -> Option<Duration> {
    let left = limits.deadline?.saturating_duration_since(Instant::now());
    Some(if limits.hours == Hours::Bounded { left.mul_f64(SHARE) } else { Duration::ZERO })
}

/// Until when the search may go on, so that the bound has its share.
pub(super) fn search_deadline(limits: &Limits, share: Option<Duration>) -> Option<Instant> {
    limits.deadline.map(|deadline| deadline.checked_sub(share.unwrap_or_default()).unwrap_or(deadline))
}

/// The least undelivered minutes of any plan, as far as they could be proven, and the thread that did it.
pub(super) fn bound(
    problem: &Arc<Problem>,
    (best, report): (&Snapshot, &Report),
    (limits, share): (&Limits, Option<Duration>),
    watch: &mut dyn Watch,
) -> Result<(Option<Minutes>, Option<JoinHandle<()>>), Failure> {
    let undelivered = report.undelivered_minutes();
    if limits.hours == Hours::Unbounded {
        return Ok((None, None));
    }
    if undelivered == Minutes(0) {
        return Ok((Some(undelivered), None));
    }
    let now = Instant::now();
    let deadline = limits.deadline.map(|deadline| deadline.min(now + share.unwrap_or_default()));
    if deadline.is_some_and(|deadline| deadline <= now) {
        return Ok((None, None));
    }
    let board = Arc::new(HoursBoard::default());
    let (problem, planned, own_board) = (Arc::clone(problem), best.visits.clone(), Arc::clone(&board));
    let work = move |stop: &solve::Stop| solve::least_undelivered(&problem, &planned, stop, &own_board);
    let look = || Snapshot { phase: Phase::Hours, least_undelivered: board.least(), ..best.clone() };
    let (_, thread) = beside(work, (limits.threads, deadline), look, watch)?;
    let least = board.least();
    match least {
        Some(least) if least > undelivered => Err(Failure::BelowHours { undelivered, least }),
        _ => Ok((least, Some(thread))),
    }
}
