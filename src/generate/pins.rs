//! Visits that the planner has fixed: most as the rules would have them, now and then against one.

use std::collections::BTreeMap;

use super::dice::{Dice, Percent};
use super::rows::Rows;
use super::site::{Concern, Crew, Site};
use crate::calendar::IsoWeek;
use crate::tables::{BookingRow, ClientRow, GrantRow, PinRow, Service, ShiftRow, StaffRow, WishDay, WishKind, WishRow};
use crate::units::{Minutes, Span};

/// Pins by any carer and at any hour: each rule that they break is an override.
const OVERRIDING: Percent = Percent(3);
/// Tries for each pin; a week without room has fewer pins than asked for.
const TRIES: usize = 600;
/// Room for the way to the stops before and after.
const MARGIN: Minutes = Minutes(10);
const QUARTER: Minutes = Minutes(15);

/// Up to so many pins on as many grants, in the order of time; no two of a carer overlap.
pub(super) fn pins(site: &Site<'_>, count: usize, rows: &Rows) -> Vec<PinRow> {
    let mut dice = site.dice(Concern::Pins);
    let board = Board::new(site, rows);
    let mut pins: Vec<PinRow> = Vec::new();
    for _ in 0..count * TRIES {
        let Some(grant) = dice.pick_any(&rows.grants).filter(|_| pins.len() < count) else { break };
        if !pins.iter().any(|pin| pin.grant_id == grant.grant_id) {
            pins.extend(board.pin(grant, &pins, &mut dice));
        }
    }
    pins.sort_by_key(|pin| (pin.date, pin.start, pin.end));
    pins
}

/// Everything that a pin must find its place among, looked up by id.
struct Board<'a> {
    site: &'a Site<'a>,
    crew: Crew<'a>,
    shifts: &'a [ShiftRow],
    clients: BTreeMap<&'a str, &'a ClientRow>,
    wishes: BTreeMap<&'a str, Vec<&'a WishRow>>,
    bookings: BTreeMap<&'a str, Vec<&'a BookingRow>>,
}

impl<'a> Board<'a> {
    fn new(site: &'a Site<'a>, rows: &'a Rows) -> Self {
        Board {
            site,
            crew: Crew::new(&rows.staff, &rows.shifts),
            shifts: &rows.shifts,
            clients: rows.clients.iter().map(|client| (client.client_id.as_str(), client)).collect(),
            wishes: by_id(&rows.wishes, |wish| &wish.grant_id),
            bookings: by_id(&rows.bookings, |booking| &booking.staff_id),
        }
    }

    /// A try at a pin for a grant.
    fn pin(&self, grant: &GrantRow, pins: &[PinRow], dice: &mut Dice) -> Option<PinRow> {
        let client = self.clients.get(grant.client_id.as_str())?;
        let overriding = dice.chance(OVERRIDING);
        let provider = client.home_care_provider.as_deref().or(client.chosen_provider.as_deref());
        let carer = self.crew.anyone(provider.filter(|_| !overriding), dice)?;
        let shift = &self.shifts[*dice.pick_any(self.crew.shifts_of(&carer.staff_id))?];
        let pin = within(shift, grant, dice);
        let fits = overriding || is_qualified(carer, (grant, client), self.site) && self.is_wished(grant, &pin);
        (fits && self.is_free(&pin, shift, pins)).then_some(pin)
    }

    /// Whether the pin lies in the hours of relief, in one of the grant's windows if it has any, and in no
    /// impossible one.
    fn is_wished(&self, grant: &GrantRow, pin: &PinRow) -> bool {
        let (week, rules) = (self.site.spec.week, &self.site.rules);
        let all = self.wishes.get(grant.grant_id.as_str()).map_or(&[][..], Vec::as_slice);
        let (barred, open): (Vec<&WishRow>, Vec<&WishRow>) = all.iter().partition(|w| w.wish == WishKind::Impossible);
        let urgent = grant.service == Service::UrgentRelief;
        let in_hours = rules.day_from <= pin.start && pin.end <= rules.day_to && rules.days[weekday(week, pin)];
        let holds = |w: &&WishRow| on_day(w, pin, week) && w.from <= pin.start && pin.end <= w.to;
        let hits = |w: &&WishRow| on_day(w, pin, week) && w.from < pin.end && pin.start < w.to;
        let needs_window = !open.is_empty() || urgent || rules.requires_agreement;
        (!needs_window || open.iter().any(holds)) && !barred.iter().any(hits) && (urgent || in_hours)
    }

    /// Whether the pin lies in its shift with room around it from the carer's bookings and other pins.
    fn is_free(&self, pin: &PinRow, shift: &ShiftRow, pins: &[PinRow]) -> bool {
        let week = self.site.spec.week;
        let span = pin.span(week);
        let wide = Span::new(span.start - MARGIN, span.end + MARGIN);
        let bookings = self.bookings.get(pin.staff_id.as_str()).map_or(&[][..], Vec::as_slice);
        let booked = bookings.iter().any(|booking| booking.span(week).overlaps(wide));
        let pinned = pins.iter().any(|other| other.staff_id == pin.staff_id && other.span(week).overlaps(wide));
        shift.span(week).covers(span) && !booked && !pinned
    }
}

fn by_id<'a, T>(rows: &'a [T], id: impl Fn(&'a T) -> &'a String) -> BTreeMap<&'a str, Vec<&'a T>> {
    let mut map: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        map.entry(id(row).as_str()).or_default().push(row);
    }
    map
}

/// A visit of the grant somewhere in the shift, on the quarter.
fn within(shift: &ShiftRow, grant: &GrantRow, dice: &mut Dice) -> PinRow {
    let length = visit_length(grant);
    let slots = (shift.end - shift.start - length).0 / QUARTER.0;
    let start = shift.start + Minutes(dice.between(0, slots.max(0)) * QUARTER.0);
    PinRow {
        grant_id: grant.grant_id.clone(),
        date: shift.date,
        start,
        end: start + length,
        staff_id: shift.staff_id.clone(),
    }
}

fn visit_length(grant: &GrantRow) -> Minutes {
    let first = grant.split.as_ref().and_then(|split| split.first().copied());
    let half_hours = grant.weekly_minutes.0 / grant.max_visits.cast_signed() / 30;
    first.unwrap_or(Minutes(half_hours * 30)).max(Minutes(60)).min(grant.weekly_minutes)
}

fn is_qualified(carer: &StaffRow, (grant, client): (&GrantRow, &ClientRow), site: &Site<'_>) -> bool {
    let educated = !client.complex_needs || site.rules.complex_qualifications.contains(&carer.qualification);
    let trained = carer.relief_trained && educated || grant.service == Service::PracticalRelief;
    trained && !client.avoid_staff.contains(&carer.staff_id)
}

fn weekday(week: IsoWeek, pin: &PinRow) -> usize {
    week.day_of(pin.date).map_or(0, |day| usize::from(day.0))
}

fn on_day(wish: &WishRow, pin: &PinRow, week: IsoWeek) -> bool {
    match wish.day {
        WishDay::Weekday(day) => week.date(day) == pin.date,
        WishDay::Date(date) => date == pin.date,
    }
}
