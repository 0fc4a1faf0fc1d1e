//! Places that nobody can reach: latitude and longitude exchanged, or far from everybody.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use super::super::index::cell;
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::tables::{BookingRow, Coordinates, Located, Tables};

/// Denmark without the Faroes and Greenland, in degrees (WGS 84). The two ranges share no number, so who has exchanged
/// them is told for certain.
const LATITUDES: RangeInclusive<f64> = 54.5..=57.9;
const LONGITUDES: RangeInclusive<f64> = 7.9..=15.3;

/// Nobody drives so far to an hour of relief; a municipality is at most a third of it across.
const FAR_KM: f64 = 200.0;

const STAFF: &str = "staff.csv";
const CLIENTS: &str = "clients.csv";
const BOOKINGS: &str = "bookings.csv";

/// Warnings of the places of carers, clients and bookings. Ids stand for them: an address may be protected.
pub(super) fn warnings(tables: &Tables) -> Vec<Diagnostic> {
    let mut found = exchanged(tables);
    let starts = Surroundings::of(tables.staff.iter().map(|row| row.row.start));
    let homes = Surroundings::of(tables.clients.iter().map(|row| row.row.home));
    for row in tables.clients.iter().filter(|row| starts.are_far_from(row.row.home)) {
        found.push(cell(CLIENTS, row, "lat").warning(&row.row.client_id, far(FROM_STAFF)));
    }
    for row in tables.staff.iter().filter(|row| homes.are_far_from(row.row.start)) {
        found.push(cell(STAFF, row, "start_lat").warning(&row.row.staff_id, far(FROM_CLIENTS)));
    }
    found.extend(far_bookings(tables));
    found
}

/// Places, each as the nearest crossing of a grid of tenths of a degree: very many places are few crossings.
struct Surroundings {
    crossings: Vec<Coordinates>,
}

/// Crossings to a degree.
const TO_A_DEGREE: f64 = 10.0;
/// No place is farther from its crossing.
const TO_A_CROSSING_KM: f64 = 8.0;

impl Surroundings {
    /// Those of places whose latitude and longitude are not exchanged.
    fn of(places: impl Iterator<Item = Coordinates>) -> Self {
        let crossing = |at: Coordinates| ((at.lat * TO_A_DEGREE).round() as i32, (at.lon * TO_A_DEGREE).round() as i32);
        let crossings: BTreeSet<(i32, i32)> = places.filter(|at| !is_exchanged(*at)).map(crossing).collect();
        let degrees = |tenths: i32| f64::from(tenths) / TO_A_DEGREE;
        let place = |(lat, lon)| Coordinates { lat: degrees(lat), lon: degrees(lon) };
        Surroundings { crossings: crossings.into_iter().map(place).collect() }
    }

    /// Whether a place is far from every one of them.
    fn are_far_from(&self, at: Coordinates) -> bool {
        let is_far = |crossing: &Coordinates| at.kilometres_to(*crossing) > FAR_KM + TO_A_CROSSING_KM;
        !is_exchanged(at) && !self.crossings.is_empty() && self.crossings.iter().all(is_far)
    }
}

fn exchanged(tables: &Tables) -> Vec<Diagnostic> {
    let staff = tables.staff.iter().filter(|row| is_exchanged(row.row.start));
    let clients = tables.clients.iter().filter(|row| is_exchanged(row.row.home));
    let bookings = tables.bookings.iter().filter(|row| row.row.place.is_some_and(is_exchanged));
    let staff = staff.map(|row| cell(STAFF, row, "start_lat").warning(&row.row.staff_id, exchanged_fault()));
    let clients = clients.map(|row| cell(CLIENTS, row, "lat").warning(&row.row.client_id, exchanged_fault()));
    let bookings = bookings.map(|row| cell(BOOKINGS, row, "lat").warning(&row.row.booking_id, exchanged_fault()));
    staff.chain(clients).chain(bookings).collect()
}

/// Bookings with a place of their own that is far from where their carer starts.
fn far_bookings(tables: &Tables) -> Vec<Diagnostic> {
    let starts: HashMap<&str, Coordinates> =
        tables.staff.iter().map(|row| (row.row.staff_id.as_str(), row.row.start)).collect();
    let is_far_away = |row: &&Located<BookingRow>| {
        let ends = row.row.place.zip(starts.get(row.row.staff_id.as_str()));
        ends.is_some_and(|(at, start)| !is_exchanged(at) && !is_exchanged(*start) && is_far(at, *start))
    };
    let far_away = tables.bookings.iter().filter(is_far_away);
    far_away.map(|row| cell(BOOKINGS, row, "lat").warning(&row.row.booking_id, far(FROM_ITS_CARER))).collect()
}

fn is_exchanged(at: Coordinates) -> bool {
    LONGITUDES.contains(&at.lat) && LATITUDES.contains(&at.lon)
}

fn is_far(at: Coordinates, other: Coordinates) -> bool {
    at.kilometres_to(other) > FAR_KM
}

const FROM_STAFF: [&str; 2] = ["alle steder, hvor en medarbejder starter", "every place where a carer starts"];
const FROM_CLIENTS: [&str; 2] = ["alle borgere", "every client"];
const FROM_ITS_CARER: [&str; 2] = ["det sted, hvor medarbejderen starter", "the place where its carer starts"];

fn far(from: [&str; 2]) -> Fault {
    Fault::new(
        codes::FAR_AWAY,
        [
            &format!("stedet ligger over {FAR_KM} km fra {}", from[0]),
            &format!("the place is more than {FAR_KM} km from {}", from[1]),
        ],
        ["Se efter, at bredde- og længdegrad er rigtige", "See that latitude and longitude are right"],
    )
}

fn exchanged_fault() -> Fault {
    Fault::new(
        codes::EXCHANGED_COORDINATES,
        [
            "bredde- og længdegrad er byttet om: stedet ligger ikke i Danmark, men ville gøre det omvendt",
            "latitude and longitude are exchanged: the place is not in Denmark, but would be the other way round",
        ],
        [
            "Byt de to om; i Danmark er bredden 54–58 og længden 8–15",
            "Exchange the two; in Denmark latitude is 54–58, longitude 8–15",
        ],
    )
}
