//! What the charts count is what the check counts.

use super::{Planned, crowded, small};
use crate::check::check_plan;
use crate::generate::{Manners, tiny};
use crate::plan::Plan;
use crate::report::hours::{Hours, Tally};
use crate::report::use_of_time::{Use, UseOfTime};
use crate::report::work::{Kind, Work};
use crate::units::Minutes;

fn weeks() -> Vec<Planned> {
    let odd = (0..40).map(|seed| Planned::of(&tiny(seed, Manners::Odd)));
    [Planned::of(&small()), Planned::without_visits(&crowded())].into_iter().chain(odd).collect()
}

fn sum<K>(tallies: &[(K, Tally)], part: fn(&Tally) -> Minutes) -> Minutes {
    tallies.iter().map(|(_, tally)| part(tally)).sum()
}

#[test]
fn hours_add_up_to_what_the_check_finds() {
    for Planned { problem, book, plan } in weeks() {
        let (hours, report) = (Hours::of(&problem, &book, &plan), check_plan(&problem, &plan));
        let missing = report.grants.values().iter().map(|grant| (grant.due - grant.delivered).max(Minutes(0)));
        assert_eq!(hours.total.due, report.due_minutes);
        assert_eq!(hours.total.delivered, report.delivered_minutes);
        assert_eq!(hours.total.undelivered, missing.sum());
        let parts: [fn(&Tally) -> Minutes; 4] = [|t| t.granted, |t| t.due, |t| t.delivered, |t| t.undelivered];
        for part in parts {
            assert_eq!(sum(&hours.by_need, part), part(&hours.total));
            assert_eq!(sum(&hours.by_provider, part), part(&hours.total));
        }
    }
}

#[test]
fn every_minute_of_a_shift_is_used_once() {
    for Planned { problem, book, plan } in weeks() {
        let time = UseOfTime::of(&problem, &Work::of(&problem, &book, &plan));
        let shifts: Minutes = problem.shifts.values().iter().map(|shift| shift.span.length()).sum();
        let visits: Minutes = plan.visits().iter().map(|visit| visit.span.length()).sum();
        assert_eq!(time.total().total(), shifts);
        assert!(time.outside_shifts >= Minutes(0));
        // Pins of one carer do not overlap, so that no minute of a visit is lost.
        assert_eq!(time.total().of(Use::Visits) + time.outside_shifts, visits);
        assert!(Use::ALL.into_iter().all(|part| time.total().of(part) >= Minutes(0)));
    }
}

#[test]
fn ways_and_breaks_lie_between_the_stops() {
    let Planned { problem, book, plan } = Planned::of(&small());
    let work = Work::of(&problem, &book, &plan);
    let is_between = |kind| matches!(kind, Kind::Travel | Kind::RoomForBreak);
    let is_stop = |kind| matches!(kind, Kind::Visit | Kind::Pinned | Kind::Booking | Kind::Released);
    for (carer, blocks) in work.carers.iter() {
        for (at, way) in blocks.iter().enumerate().filter(|(_, block)| is_between(block.kind)) {
            let others =
                blocks.iter().enumerate().filter(|(other, b)| *other != at && (is_stop(b.kind) || is_between(b.kind)));
            for (_, other) in others {
                assert!(!way.span.overlaps(other.span), "{carer:?}: {way:?} {other:?}");
            }
        }
    }
}

/// H12 keeps a break that bookings and pins alone leave, so the plan's chart shows one wherever theirs does.
#[test]
fn visits_leave_the_breaks_that_were_there_before() {
    let Planned { problem, book, plan } = Planned::of(&small());
    assert!(check_plan(&problem, &plan).is_kept());
    let (before, after) = (Work::of(&problem, &book, &Plan::new(&problem, [])), Work::of(&problem, &book, &plan));
    let mut kept = 0;
    for (_, shift) in problem.shifts.iter() {
        let breaks = |work: &Work| -> Vec<Minutes> {
            let blocks = work.carers[shift.carer].iter().filter(|block| shift.span.covers(block.span));
            blocks.filter(|block| block.kind == Kind::RoomForBreak).map(|block| block.span.length()).collect()
        };
        assert_eq!(breaks(&before), breaks(&after), "{shift:?}");
        kept += breaks(&after).len();
    }
    assert!(kept > 0);
}
