//! The bookings of the week.

use super::build::Site;
use super::index::cell;
use super::place::SAME_PLACE_KM;
use super::{Booking, Place, PlaceKey, Shift, Task};
use crate::diagnostic::{Fault, codes};
use crate::ids::{BookingId, CarerId, ClientId, Id, IdVec, ShiftId};
use crate::tables::{BookingRow, Located};
use crate::units::{Span, clock};

const BOOKINGS: &str = "bookings.csv";

/// The week's bookings, and for each row of the file the booking that it became.
pub(super) struct Booked {
    pub bookings: IdVec<BookingId, Booking>,
    pub by_row: Vec<Option<BookingId>>,
}

/// The week's bookings; rows of other weeks are checked and left out.
pub(super) fn bookings(site: &mut Site<'_>, shifts: &IdVec<ShiftId, Shift>) -> Booked {
    let rows = &site.tables.bookings;
    let mut booked = Booked { bookings: IdVec::default(), by_row: Vec::with_capacity(rows.len()) };
    for row in rows {
        let id = BookingId::from_index(booked.bookings.len());
        let made = booking(site, row, id);
        if let Some(booking) = &made
            && !meets_a_shift(booking, shifts)
        {
            let warning = cell(BOOKINGS, row, "start").warning(&row.row.booking_id, outside_shifts());
            site.found.push(warning);
        }
        booked.by_row.push(made.map(|booking| booked.bookings.push(booking)));
    }
    booked
}

fn booking(site: &mut Site<'_>, row: &Located<BookingRow>, id: BookingId) -> Option<Booking> {
    let BookingRow { booking_id, staff_id, date, start, end, client_id, .. } = &row.row;
    let carer = site.index.staff.find(staff_id, cell(BOOKINGS, row, "staff_id"), &mut site.found);
    let client_cell = cell(BOOKINGS, row, "client_id");
    let client = client_id.as_ref().map(|id| site.index.clients.find(id, client_cell, &mut site.found));
    let in_order = site.in_order(*start, *end, (cell(BOOKINGS, row, "end"), clock));
    let day = site.tables.week.day_of(*date)?;
    let (carer, client) = (carer.filter(|_| in_order)?, client.map_or(Some(None), |found| found.map(Some))?);
    let place = place(site, &row.row, (id, carer, client));
    Some(Booking {
        id: booking_id.clone(),
        carer,
        span: Span::new(day.at(*start), day.at(*end)),
        client,
        place,
        at_home: client.is_some_and(|client| is_home(site, place, client)),
        task: task(&row.row.task),
    })
}

/// The place of its own coordinates, else the client's home, else where the carer's shifts start.
fn place(site: &Site<'_>, row: &BookingRow, whose: (BookingId, CarerId, Option<ClientId>)) -> Place {
    let (booking, carer, client) = whose;
    match (row.place, client) {
        (Some(at), _) => Place { key: PlaceKey::Booking(booking), at },
        (None, Some(client)) => {
            Place { key: PlaceKey::Client(client), at: site.tables.clients[client.index()].row.home }
        }
        (None, None) => Place { key: PlaceKey::Carer(carer), at: site.tables.staff[carer.index()].row.start },
    }
}

fn is_home(site: &Site<'_>, place: Place, client: ClientId) -> bool {
    site.tables.clients[client.index()].row.home.kilometres_to(place.at) < SAME_PLACE_KM
}

fn task(task: &str) -> Task {
    match task {
        "care" => Task::Care,
        "practical" => Task::Practical,
        "break" => Task::Break,
        other => Task::Other(other.to_owned()),
    }
}

/// The shifts of a carer follow each other, so the first that ends after the booking's start decides.
fn meets_a_shift(booking: &Booking, shifts: &IdVec<ShiftId, Shift>) -> bool {
    let shifts = shifts.values();
    let before = shifts.partition_point(|s| (s.carer, s.span.end) <= (booking.carer, booking.span.start));
    shifts.get(before).is_some_and(|s| s.carer == booking.carer && s.span.overlaps(booking.span))
}

fn outside_shifts() -> Fault {
    Fault::new(
        codes::BOOKING_OUTSIDE_SHIFTS,
        [
            "bookingen ligger uden for medarbejderens vagter og er ikke med på ruten",
            "the booking lies outside the carer's shifts and is no part of the route",
        ],
        ["Ret bookingen eller vagten", "Mend the booking or the shift"],
    )
}
