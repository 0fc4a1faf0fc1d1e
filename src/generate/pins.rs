//! Visits that the planner has fixed: most as the rules would have them, now and then against one.

use std::collections::BTreeMap;

use super::dice::{Dice, Percent};
use super::rows::Rows;
use super::site::{Concern, Crew, Site};
use crate::calendar::IsoWeek;
use crate::tables::{ClientRow, GrantRow, PinRow, Service, ShiftRow, WishDay, WishKind, WishRow};
use crate::units::{Minutes, Span};

/// Pins by any carer and at any hour: each rule that they break is an override.
const OVERRIDING: Percent = Percent(12);
/// Tries for each pin; a week without room has fewer pins than asked for.
const TRIES: usize = 60;
/// Room for the way to the stops before and after.
const MARGIN: Minutes = Minutes(15);
const QUARTER: Minutes = Minutes(15);

/// Up to so many pins on as many grants, in the order of time; no two of a carer overlap.
pub(super) fn pins(site: &Site<'_>, count: usize, rows: &Rows) -> Vec<PinRow> {
    let mut dice = site.dice(Concern::Pins);
    let crew = Crew::new(&rows.staff, &rows.shifts);
    let clients: BTreeMap<&str, &ClientRow> = rows.clients.iter().map(|c| (c.client_id.as_str(), c)).collect();
    let mut pins: Vec<PinRow> = Vec::new();
    for _ in 0..count * TRIES {
        if pins.len() == count {
            break;
        }
        let Some(grant) = dice.pick_any(&rows.grants) else { break };
        let taken = pins.iter().any(|pin| pin.grant_id == grant.grant_id);
        let client = clients.get(grant.client_id.as_str());
        if let (false, Some(client)) = (taken, client) {
            pins.extend(pin(site, (&crew, rows), (grant, client), &pins, &mut dice));
        }
    }
    pins.sort_by_key(|pin| (pin.date, pin.start, pin.end));
    pins
}

/// A try at a pin for a grant.
fn pin(
    site: &Site<'_>,
    (crew, rows): (&Crew<'_>, &Rows),
    (grant, client): (&GrantRow, &ClientRow),
    pins: &[PinRow],
    dice: &mut Dice,
) -> Option<PinRow> {
    let overriding = dice.chance(OVERRIDING);
    let provider = client.home_care_provider.as_deref().or(client.chosen_provider.as_deref());
    let carer = crew.anyone(provider.filter(|_| !overriding), dice)?;
    let shift = &rows.shifts[*dice.pick_any(crew.shifts_of(&carer.staff_id))?];
    let length = visit_length(grant);
    let slots = (shift.end - shift.start - length).0 / QUARTER.0;
    let start = shift.start + Minutes(dice.between(0, slots.max(0)) * QUARTER.0);
    let pin = PinRow {
        grant_id: grant.grant_id.clone(),
        date: shift.date,
        start,
        end: start + length,
        staff_id: carer.staff_id.clone(),
    };
    let qualified = carer.relief_trained || grant.service == Service::PracticalRelief;
    let fits = overriding || qualified && is_wished(site, grant, &rows.wishes, &pin);
    (fits && is_free(site.spec.week, &pin, shift, (rows, pins))).then_some(pin)
}

fn visit_length(grant: &GrantRow) -> Minutes {
    let first = grant.split.as_ref().and_then(|split| split.first().copied());
    let half_hours = grant.weekly_minutes.0 / grant.max_visits.cast_signed() / 30;
    first.unwrap_or(Minutes(half_hours * 30)).max(Minutes(60)).min(grant.weekly_minutes)
}

/// Whether the pin lies in the day of relief, in one of the grant's windows if it has any, and in no impossible one.
fn is_wished(site: &Site<'_>, grant: &GrantRow, wishes: &[WishRow], pin: &PinRow) -> bool {
    let week = site.spec.week;
    let own = || wishes.iter().filter(|w| w.grant_id == grant.grant_id && on_day(w, pin, week));
    let open = own().filter(|w| w.wish != WishKind::Impossible).any(|w| w.from <= pin.start && pin.end <= w.to);
    let barred = own().filter(|w| w.wish == WishKind::Impossible).any(|w| w.from < pin.end && pin.start < w.to);
    let needs_window = wishes.iter().any(|w| w.grant_id == grant.grant_id && w.wish != WishKind::Impossible);
    let in_hours = site.rules.day_from <= pin.start && pin.end <= site.rules.day_to;
    (open || !needs_window) && !barred && (in_hours || grant.service == Service::UrgentRelief)
}

fn on_day(wish: &WishRow, pin: &PinRow, week: IsoWeek) -> bool {
    match wish.day {
        WishDay::Weekday(day) => week.date(day) == pin.date,
        WishDay::Date(date) => date == pin.date,
    }
}

/// Whether the pin lies in its shift with room around it from the carer's bookings and other pins.
fn is_free(week: IsoWeek, pin: &PinRow, shift: &ShiftRow, (rows, pins): (&Rows, &[PinRow])) -> bool {
    let at = |p: &PinRow| Span::new(week.midnight(p.date) + p.start, week.midnight(p.date) + p.end);
    let span = at(pin);
    let wide = Span::new(span.start - MARGIN, span.end + MARGIN);
    let booked = rows.bookings.iter().any(|b| b.staff_id == pin.staff_id && b.span(week).overlaps(wide));
    let pinned = pins.iter().any(|p| p.staff_id == pin.staff_id && at(p).overlaps(wide));
    shift.span(week).covers(span) && !booked && !pinned
}
