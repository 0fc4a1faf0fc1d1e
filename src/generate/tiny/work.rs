//! Shifts, what is booked and fixed in them, and travel that is known better.

use std::collections::HashSet;

use super::demand::hour;
use super::people::spot;
use super::{Manners, Setting};
use crate::generate::rows::{booking_id, time};
use crate::tables::{BookingRow, PinRow, PlaceName, ShiftRow, TravelRow};
use crate::units::Minutes;

pub(super) fn throw_shifts(setting: &mut Setting) {
    for _ in 0..setting.dice.pick(&[1, 2, 2, 3, 3, 4]) {
        let nth = setting.dice.below(setting.rows.staff.len());
        let day = setting.day();
        let start = setting.dice.pick(&[time(8, 0), time(8, 30), time(9, 0), time(10, 30)]);
        let shift = ShiftRow {
            staff_id: setting.rows.staff[nth].staff_id.clone(),
            date: setting.week.date(day),
            start,
            end: start + Minutes(setting.dice.pick(&[90, 120, 150, 180, 240, 300])),
        };
        let week = setting.week;
        let overlaps =
            |other: &ShiftRow| other.staff_id == shift.staff_id && other.span(week).overlaps(shift.span(week));
        if !setting.rows.shifts.iter().any(overlaps) {
            setting.rows.shifts.push(shift);
        }
    }
}

pub(super) fn throw_bookings(setting: &mut Setting) {
    for _ in 0..setting.dice.pick(&[0, 1, 1, 2, 3]) {
        let nth = setting.dice.below(setting.rows.shifts.len());
        let booking = booking(setting, nth);
        if setting.manners == Manners::Odd || lies_well(setting, nth, &booking) {
            setting.rows.bookings.push(booking);
        }
    }
}

fn booking(setting: &mut Setting, shift: usize) -> BookingRow {
    let shift = setting.rows.shifts[shift].clone();
    let start = shift.start + Minutes(15 * setting.dice.between(0, (shift.end - shift.start).0 / 15 - 1));
    let home = setting.chance(65).then(|| setting.dice.below(setting.rows.clients.len()));
    let client = home.map(|nth| setting.rows.clients[nth].clone());
    let elsewhere = Some(spot(setting));
    let at_home = client.as_ref().map(|c| c.home);
    BookingRow {
        booking_id: booking_id(setting.rows.bookings.len()),
        staff_id: shift.staff_id,
        date: shift.date,
        start,
        end: start + Minutes(setting.dice.pick(&[15, 20, 30, 60])),
        client_id: client.map(|c| c.client_id),
        place: setting.dice.pick(&[None, None, at_home, elsewhere]),
        task: setting.dice.weighted(&[("care", 45), ("practical", 25), ("meeting", 15), ("break", 15)]).into(),
    }
}

fn lies_well(setting: &Setting, shift: usize, booking: &BookingRow) -> bool {
    let span = booking.span(setting.week);
    let other = |b: &BookingRow| b.staff_id == booking.staff_id && b.span(setting.week).overlaps(span);
    setting.rows.shifts[shift].span(setting.week).covers(span) && !setting.rows.bookings.iter().any(other)
}

pub(super) fn throw_pins(setting: &mut Setting) {
    for _ in 0..setting.dice.weighted(&[(0, 66), (1, 24), (2, 10)]) {
        let pin =
            if setting.manners == Manners::Odd && setting.chance(30) { anywhere(setting) } else { in_shift(setting) };
        if may_stand(setting, &pin) {
            setting.rows.pins.push(pin);
        }
    }
}

fn in_shift(setting: &mut Setting) -> PinRow {
    let shift = setting.dice.pick(&setting.rows.shifts);
    let (grant_id, length) = grant_to_pin(setting);
    let slots = ((shift.end - shift.start - length).0 / 15).max(0);
    let start = shift.start + Minutes(15 * setting.dice.between(0, slots));
    PinRow { grant_id, date: shift.date, start, end: start + length, staff_id: shift.staff_id }
}

fn anywhere(setting: &mut Setting) -> PinRow {
    let (day, start) = (setting.day(), hour(setting));
    let (grant_id, length) = grant_to_pin(setting);
    let nth = setting.dice.below(setting.rows.staff.len());
    let staff_id = setting.rows.staff[nth].staff_id.clone();
    PinRow { grant_id, date: setting.week.date(day), start, end: start + length, staff_id }
}

fn grant_to_pin(setting: &mut Setting) -> (String, Minutes) {
    let nth = setting.dice.below(setting.rows.grants.len());
    let grant = &setting.rows.grants[nth];
    let lengths =
        grant.split.clone().unwrap_or_else(|| vec![Minutes(60).min(grant.weekly_minutes), grant.weekly_minutes]);
    (grant.grant_id.clone(), setting.dice.pick(&lengths))
}

/// Two pins of a carer that overlap are an input error; a pin outside its shift or over a booking is merely odd.
fn may_stand(setting: &Setting, pin: &PinRow) -> bool {
    let span = pin.span(setting.week);
    let clash = setting.rows.pins.iter().any(|p| p.staff_id == pin.staff_id && p.span(setting.week).overlaps(span));
    let inside = setting.rows.shifts.iter().any(|s| s.staff_id == pin.staff_id && s.span(setting.week).covers(span));
    let booked =
        setting.rows.bookings.iter().any(|b| b.staff_id == pin.staff_id && b.span(setting.week).overlaps(span));
    !clash && (setting.manners == Manners::Odd || inside && !booked)
}

/// Minutes that no map would give: none, one way only, or a detour.
pub(super) fn throw_travel(setting: &mut Setting) {
    let clients = setting.rows.clients.iter().map(|c| PlaceName::Client(c.client_id.clone()));
    let staff = setting.rows.staff.iter().map(|s| PlaceName::Staff(s.staff_id.clone()));
    let own_place = setting.rows.bookings.iter().filter(|b| b.place.is_some());
    let bookings = own_place.map(|b| PlaceName::Booking(b.booking_id.clone()));
    let places: Vec<PlaceName> = clients.chain(staff).chain(bookings).collect();
    let mut known = HashSet::new();
    for _ in 0..setting.dice.weighted(&[(0, 70), (1, 15), (3, 15)]) {
        let nth = setting.dice.below(setting.rows.staff.len());
        let transport = setting.rows.staff[nth].transport;
        let [from, to] = [setting.dice.pick(&places), setting.dice.pick(&places)];
        let minutes = Minutes(setting.dice.pick(&[0, 1, 5, 20, 45]));
        if from != to && known.insert((from.clone(), to.clone(), transport)) {
            setting.rows.travel.push(TravelRow { from, to, transport, minutes });
        }
    }
}
