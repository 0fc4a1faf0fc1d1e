//! Work that is already planned: rounds of home care, and help in the homes of clients who have relief too.

use super::dice::{Dice, Percent};
use super::places::{Postcode, settle};
use super::rows::time;
use super::site::{Concern, Crew, Site};
use super::spec::Bookings;
use crate::tables::{BookingRow, ClientRow, ShiftRow};
use crate::units::Minutes;

const TASKS: [(&str, usize); 3] = [("care", 50), ("practical", 29), ("meeting", 21)];
const CLIENT_TASKS: [(&str, usize); 2] = [("care", 65), ("practical", 35)];
const LENGTHS: [Minutes; 6] = [Minutes(15), Minutes(20), Minutes(25), Minutes(30), Minutes(45), Minutes(60)];
const CLIENT_LENGTHS: [Minutes; 4] = [Minutes(15), Minutes(20), Minutes(30), Minutes(45)];

/// From one booking of a round to the next.
const ON_THE_WAY: Minutes = Minutes(10);
/// What a round leaves free at a time: room for relief, or too little.
const FREE: [Minutes; 5] = [Minutes(60), Minutes(90), Minutes(120), Minutes(150), Minutes(180)];
/// A booking that is in the same town as the one before.
const SAME_TOWN: Percent = Percent(60);
/// Shifts whose break is booked, where not only few hours are booked.
const BREAK_BOOKED: Percent = Percent(10);
const BREAK: (Minutes, Minutes) = (time(11, 30), time(12, 0));
const QUARTER: Minutes = Minutes(15);

/// How much is booked: of the hours of a round, and of the clients with home care.
struct Density {
    round: Percent,
    clients: Percent,
    breaks: Percent,
}

fn density(bookings: Bookings) -> Density {
    match bookings {
        Bookings::None => Density { round: Percent(0), clients: Percent(0), breaks: Percent(0) },
        Bookings::Sparse => Density { round: Percent(52), clients: Percent(35), breaks: Percent(0) },
        Bookings::Usual => Density { round: Percent(66), clients: Percent(45), breaks: BREAK_BOOKED },
        Bookings::Dense => Density { round: Percent(80), clients: Percent(60), breaks: BREAK_BOOKED },
    }
}

/// The bookings of a district in the order of its shifts; all inside them, no two of a carer overlap.
pub(super) fn bookings(
    site: &Site<'_>,
    crew: &Crew<'_>,
    shifts: &[ShiftRow],
    clients: &[ClientRow],
) -> Vec<BookingRow> {
    let mut dice = site.dice(Concern::Bookings);
    let much = density(site.spec.bookings);
    let mut days: Vec<Vec<BookingRow>> = shifts.iter().map(|_| Vec::new()).collect();
    for client in clients.iter().filter(|c| c.home_care_provider.is_some()) {
        if dice.chance(much.clients) {
            help_at_home(site, crew, shifts, (client, &mut days), &mut dice);
        }
    }
    for (shift, day) in shifts.iter().zip(&mut days) {
        if dice.chance(much.breaks) {
            book_break(site, shift, day);
        }
        round(site, shift, (much.round, day), &mut dice);
        day.sort_by_key(|booking| booking.start);
    }
    days.concat()
}

/// One to four bookings in a client's home, as carers of its provider have room.
fn help_at_home(
    site: &Site<'_>,
    crew: &Crew<'_>,
    shifts: &[ShiftRow],
    (client, days): (&ClientRow, &mut [Vec<BookingRow>]),
    dice: &mut Dice,
) {
    for _ in 0..dice.between(1, 4) {
        let carer = crew.anyone(client.home_care_provider.as_deref(), dice);
        let Some(index) = carer.and_then(|c| dice.pick_any(crew.shifts_of(&c.staff_id))).copied() else { continue };
        let shift = &shifts[index];
        let (length, slots) = (dice.pick(&CLIENT_LENGTHS), (shift.end - shift.start).0 / QUARTER.0);
        let start = shift.start + Minutes(dice.between(0, slots - 1) * QUARTER.0);
        let row = BookingRow { client_id: Some(client.client_id.clone()), ..booking(shift, (start, length)) };
        push_if_free(site, shift, BookingRow { task: dice.weighted(&CLIENT_TASKS).into(), ..row }, &mut days[index]);
    }
}

fn book_break(site: &Site<'_>, shift: &ShiftRow, day: &mut Vec<BookingRow>) {
    let (from, to) = BREAK;
    push_if_free(site, shift, BookingRow { task: "break".into(), ..booking(shift, (from, to - from)) }, day);
}

/// A round through the shift: one home after the other, with free hours in between.
fn round(site: &Site<'_>, shift: &ShiftRow, (busy, day): (Percent, &mut Vec<BookingRow>), dice: &mut Dice) {
    let mut at = shift.start + Minutes(dice.between(0, 3) * QUARTER.0);
    let mut town = settle(&site.district.postcodes, dice);
    while at < shift.end {
        if !dice.chance(busy) {
            at += dice.pick(&FREE);
            continue;
        }
        town = next_town(site, town, dice);
        let length = dice.pick(&LENGTHS);
        let row = BookingRow { place: Some(town.scatter(dice)), ..booking(shift, (at, length)) };
        push_if_free(site, shift, BookingRow { task: dice.weighted(&TASKS).into(), ..row }, day);
        at += length + ON_THE_WAY;
    }
}

fn next_town(site: &Site<'_>, town: Postcode, dice: &mut Dice) -> Postcode {
    if dice.chance(SAME_TOWN) { town } else { settle(&site.district.postcodes, dice) }
}

fn booking(shift: &ShiftRow, (start, length): (Minutes, Minutes)) -> BookingRow {
    BookingRow {
        booking_id: String::new(),
        staff_id: shift.staff_id.clone(),
        date: shift.date,
        start,
        end: start + length,
        client_id: None,
        place: None,
        task: String::new(),
    }
}

fn push_if_free(site: &Site<'_>, shift: &ShiftRow, row: BookingRow, day: &mut Vec<BookingRow>) {
    let week = site.spec.week;
    let span = row.span(week);
    if shift.span(week).covers(span) && !day.iter().any(|other| other.span(week).overlaps(span)) {
        day.push(row);
    }
}
