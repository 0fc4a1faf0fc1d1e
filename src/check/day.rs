//! The day's work of one shift: its stops in order, overlaps and travel between them (H10, H11).

use std::collections::BTreeMap;

use super::facts::Facts;
use super::finding::{Fault, Findings, hours};
use super::pause;
use super::roster::{Listed, Roster};
use crate::diagnostic::Text;
use crate::ids::{BookingId, ShiftId};
use crate::problem::Place;
use crate::travel;
use crate::units::{Minutes, Moment, Span};
use crate::words;

/// A shift with visits and everything that its carer does in it.
pub(super) struct Route {
    pub shift: ShiftId,
    /// In the order of start, then end.
    pub stops: Vec<Stop>,
}

/// Where a carer is for a while: at a booking or a visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub span: Span,
    place: Place,
    /// The visit, where it is one.
    visit: Option<Listed>,
}

impl Stop {
    fn booking(facts: &Facts, id: BookingId) -> Stop {
        let booking = &facts.problem.bookings[id];
        Stop { span: booking.span, place: booking.place, visit: None }
    }

    pub(super) fn visit(facts: &Facts, listed: Listed) -> Stop {
        let place = facts.problem.client_of(listed.visit.grant).home;
        Stop { span: listed.visit.span, place, visit: Some(listed) }
    }

    /// The visit at this stop that is not pinned: the one that rules are asked of.
    fn free_visit(&self) -> Option<&Listed> {
        self.visit.as_ref().filter(|listed| !listed.pinned)
    }
}

/// The way to one stop, or back to the start after the last.
pub(super) struct Leg {
    /// When the carer can leave: all earlier stops have ended.
    pub busy_until: Moment,
    pub travel: Minutes,
    /// When the next stop starts, or the shift ends.
    pub due_at: Moment,
    /// The visit at either end that is not pinned, if one is; the later one first.
    free_visit: Option<Listed>,
}

/// The shifts with visits. A pin belongs to every shift that it overlaps, another visit to the one that it lies in.
pub(super) fn routes(facts: &Facts, roster: &Roster) -> Vec<Route> {
    let mut visits: BTreeMap<ShiftId, Vec<Listed>> = BTreeMap::new();
    for listed in &roster.listed {
        for shift in shifts_of(facts, listed) {
            visits.entry(shift).or_default().push(*listed);
        }
    }
    visits.into_iter().map(|(shift, visits)| Route { shift, stops: stops(facts, shift, &visits) }).collect()
}

fn shifts_of(facts: &Facts, listed: &Listed) -> Vec<ShiftId> {
    let (own, span) = (&facts.shifts[listed.visit.carer], listed.visit.span);
    let shift_span = |id: &ShiftId| facts.problem.shifts[*id].span;
    if listed.pinned {
        own.iter().copied().filter(|id| shift_span(id).overlaps(span)).collect()
    } else {
        own.iter().copied().find(|id| shift_span(id).covers(span)).into_iter().collect()
    }
}

/// Visits and the bookings that none of them absorbs (H14), in the order of start, then end.
pub(super) fn stops(facts: &Facts, shift: ShiftId, visits: &[Listed]) -> Vec<Stop> {
    let absorbed = |id: &BookingId| visits.iter().any(|listed| absorbs(facts, listed, *id));
    let bookings = facts.bookings[shift].iter().filter(|id| !absorbed(id)).map(|id| Stop::booking(facts, *id));
    let mut stops: Vec<Stop> = bookings.chain(visits.iter().map(|listed| Stop::visit(facts, *listed))).collect();
    stops.sort_by_key(|stop| stop.span);
    stops
}

/// H14: whether a booking is done within a visit.
pub(super) fn absorbs(facts: &Facts, listed: &Listed, booking: BookingId) -> bool {
    facts.grants[listed.visit.grant].absorbable.contains(&booking)
        && listed.visit.span.covers(facts.problem.bookings[booking].span)
}

/// The ways from the shift's start through the stops and back.
pub(super) fn legs(facts: &Facts, shift: ShiftId, stops: &[Stop]) -> Vec<Leg> {
    let problem = facts.problem;
    let (carer, span) = (&problem.carers[problem.shifts[shift].carer], problem.shifts[shift].span);
    let back = Stop { span: Span::new(span.end, span.end), place: carer.start, visit: None };
    let mut from = Stop { span: Span::new(span.start, span.start), ..back };
    let mut busy_until = span.start;
    let mut legs = Vec::with_capacity(stops.len() + 1);
    for to in stops.iter().chain([&back]) {
        busy_until = busy_until.max(from.span.end);
        legs.push(Leg {
            busy_until,
            travel: travel::minutes(problem, carer.transport, from.place, to.place),
            due_at: to.span.start,
            free_visit: to.free_visit().or(from.free_visit()).copied(),
        });
        from = *to;
    }
    legs
}

/// The minutes under way on a whole day; none on a day without stops.
pub(super) fn total_travel(facts: &Facts, shift: ShiftId, stops: &[Stop]) -> Minutes {
    if stops.is_empty() { Minutes(0) } else { legs(facts, shift, stops).iter().map(|leg| leg.travel).sum() }
}

/// H10's overlaps, H11 and H12 of one shift.
pub(super) fn faults(facts: &Facts, route: &Route, findings: &mut Findings) {
    overlaps(&route.stops, findings);
    let legs = legs(facts, route.shift, &route.stops);
    for leg in &legs {
        if let Some(visit) = &leg.free_visit
            && is_too_short(leg)
        {
            findings.visit(visit, Fault::new("H11", travel_needed(leg), time_left(leg)));
        }
    }
    if let Some(visit) = route.stops.iter().find_map(Stop::free_visit)
        && pause::is_missing(facts, route.shift, &legs)
    {
        let (who, fault) = pause::fault(facts, route.shift);
        findings.group(visit, who, fault);
    }
}

/// H10: a visit overlaps no other stop. Bookings that overlap each other are given, a pin on a booking an override.
fn overlaps(stops: &[Stop], findings: &mut Findings) {
    for (i, earlier) in stops.iter().enumerate() {
        for later in stops[i + 1..].iter().take_while(|later| later.span.start < earlier.span.end) {
            let (culprit, other) = match (&earlier.visit, &later.visit) {
                (Some(visit), None) => (visit, later),
                (Some(visit), Some(pin)) if pin.pinned => (visit, later),
                (_, Some(visit)) => (visit, earlier),
                (None, None) => continue,
            };
            let expected = Text::new("ikke samtidig med andet arbejde", "not at the time of other work");
            let Text { danish, english } = hours(other.span);
            let got = Text::new(format!("samtidig med {danish}"), format!("at the time of {english}"));
            findings.visit(culprit, Fault::new("H10", expected, got));
        }
    }
}

/// H11: the carer can leave in time but not be there in time. One who cannot even leave has an overlap.
fn is_too_short(leg: &Leg) -> bool {
    leg.busy_until <= leg.due_at && leg.due_at < leg.busy_until + leg.travel
}

fn travel_needed(leg: &Leg) -> Text {
    let (travel, due) = (leg.travel, leg.due_at.time_of_day());
    Text::spoken(|language| {
        let by = words::clock(due, language);
        let [danish, english] = ["minutters transport inden", "minutes of travel before"];
        format!("{travel} {} {by}", language.pick(danish, english))
    })
}

fn time_left(leg: &Leg) -> Text {
    let left = leg.due_at - leg.busy_until;
    Text::new(format!("{left} minutter"), format!("{left} minutes"))
}
