//! The break of a long shift (H12).

use super::day::{Leg, Stop, legs};
use super::facts::Facts;
use super::finding::{Fault, Who, hours};
use super::roster::Listed;
use crate::diagnostic::Text;
use crate::ids::ShiftId;
use crate::problem::Task;
use crate::units::Span;

/// Whether a shift that must keep a break has none left on these ways.
pub(super) fn is_missing(facts: &Facts, shift: ShiftId, legs: &[Leg]) -> bool {
    is_asked(facts, shift) && !leaves_one(facts, shift, legs)
}

/// What to say of it, and of whom.
pub(super) fn fault(facts: &Facts, id: ShiftId) -> (Who, Fault) {
    let (problem, shift) = (facts.problem, &facts.problem.shifts[id]);
    let who = Who::at(problem, shift.span, &problem.carers[shift.carer].id);
    let (minutes, Text { danish, english }) = (problem.policy.pause.minutes, hours(window(facts, id)));
    let expected = Text::new(
        format!("{minutes} minutters pause i ét stykke i {danish}"),
        format!("a break of {minutes} minutes in one piece in {english}"),
    );
    (who, Fault::new("H12", expected, Text::new("ingen pause", "no break")))
}

/// The hours of the shift's day in which the break lies.
fn window(facts: &Facts, shift: ShiftId) -> Span {
    let (pause, day) = (&facts.problem.policy.pause, facts.problem.shifts[shift].day);
    Span::new(day.at(pause.from), day.at(pause.to))
}

/// Whether the shift is long enough, at the right hours and without a booked break, and its bookings and pins
/// alone leave a break.
fn is_asked(facts: &Facts, id: ShiftId) -> bool {
    let (pause, shift) = (&facts.problem.policy.pause, facts.problem.shifts[id].span);
    let window = window(facts, id);
    let shared = Span::new(window.start.max(shift.start), window.end.min(shift.end)).length();
    let booked = || facts.bookings[id].iter().any(|booking| facts.problem.bookings[*booking].task == Task::Break);
    pause.minutes.0 != 0
        && shift.length() >= pause.shift_minutes_min
        && shared >= pause.minutes
        && !booked()
        && leaves_one(facts, id, &legs(facts, id, &given_stops(facts, id)))
}

/// The shift's bookings, absorbed or not, and pins.
fn given_stops(facts: &Facts, id: ShiftId) -> Vec<Stop> {
    let shift = &facts.problem.shifts[id];
    let pins = facts.problem.pins.iter().filter(|pin| pin.carer == shift.carer && pin.span.overlaps(shift.span));
    let pinned = pins.map(|pin| Stop::visit(facts, Listed { visit: *pin, day: shift.day, pinned: true }));
    let mut stops = super::day::stops(facts, id, &[]);
    stops.extend(pinned);
    stops.sort_by_key(|stop| stop.span);
    stops
}

/// Whether the break fits somewhere between two stops, wholly before or wholly after the travel between them.
fn leaves_one(facts: &Facts, shift: ShiftId, legs: &[Leg]) -> bool {
    let (minutes, window) = (facts.problem.policy.pause.minutes, window(facts, shift));
    legs.iter().any(|leg| {
        let before = Span::new(leg.busy_until, leg.due_at - leg.travel);
        let after = Span::new(leg.busy_until + leg.travel, leg.due_at);
        [before, after]
            .iter()
            .any(|free| Span::new(free.start.max(window.start), free.end.min(window.end)).length() >= minutes)
    })
}
