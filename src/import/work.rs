//! The tables of time: shifts, bookings, absences, closing days and travel.

use super::shape::{Column, Kind, choice, optional, required};
use super::survey::Asked;
use super::table::{Cells, Row, Stored};
use super::value;
use super::words;
use super::write::{coordinate, option};
use crate::coded::Coded;
use crate::diagnostic::{Fault, codes};
use crate::problem::Named;
use crate::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, BookingRow, ClosingDayRow, Coordinates, PlaceName, ShiftRow,
    Transport, TravelRow,
};
use crate::units::clock;

impl Row for ShiftRow {
    const COLUMNS: &'static [Column] = &[
        required("staff_id", Kind::Id),
        required("date", Kind::Date),
        required("start", Kind::Time),
        required("end", Kind::Time),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let staff_id = cells.reference("staff_id", Named::Carer);
        let date = cells.required("date", value::date);
        let start = cells.required("start", value::time);
        let end = cells.required("end", value::time);
        cells.in_order(start, end, "end");
        Some(ShiftRow { staff_id: staff_id?, date: date?, start: start?, end: end? })
    }
}

impl Stored for ShiftRow {
    const FILE: &'static str = "shifts.csv";
    const REQUIRED: bool = true;

    fn write(&self) -> Vec<String> {
        vec![self.staff_id.clone(), self.date.to_string(), clock(self.start), clock(self.end)]
    }
}

impl Row for BookingRow {
    const ID: Option<&'static str> = Some("booking_id");
    const COLUMNS: &'static [Column] = &[
        required("booking_id", Kind::Id),
        required("staff_id", Kind::Id),
        required("date", Kind::Date),
        required("start", Kind::Time),
        required("end", Kind::Time),
        optional("client_id", Kind::Id),
        optional("lat", Kind::Degrees),
        optional("lon", Kind::Degrees),
        optional("task", Kind::Text),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let booking_id = cells.required("booking_id", value::text);
        let staff_id = cells.reference("staff_id", Named::Carer);
        let date = cells.required("date", value::date);
        let start = cells.required("start", value::time);
        let end = cells.required("end", value::time);
        cells.in_order(start, end, "end");
        let client_id = cells.optional_reference("client_id", Named::Client);
        let place = booking_place(cells);
        let task = cells.optional("task", value::task);
        Some(BookingRow {
            booking_id: booking_id?,
            staff_id: staff_id?,
            date: date?,
            start: start?,
            end: end?,
            client_id: client_id?,
            place: place?,
            task: task?.unwrap_or_default(),
        })
    }
}

impl Stored for BookingRow {
    const FILE: &'static str = "bookings.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        vec![
            self.booking_id.clone(),
            self.staff_id.clone(),
            self.date.to_string(),
            clock(self.start),
            clock(self.end),
            option(self.client_id.as_ref()),
            self.place.map(|p| coordinate(p.lat)).unwrap_or_default(),
            self.place.map(|p| coordinate(p.lon)).unwrap_or_default(),
            self.task.clone(),
        ]
    }
}

fn booking_place(cells: &mut Cells<'_>) -> Option<Option<Coordinates>> {
    let lat = cells.optional("lat", value::latitude)?;
    let lon = cells.optional("lon", value::longitude)?;
    match (lat, lon) {
        (Some(lat), Some(lon)) => Some(Some(Coordinates { lat, lon })),
        (None, None) => Some(None),
        (lat, _) => {
            cells.refuse(if lat.is_none() { "lat" } else { "lon" }, half_coordinates());
            None
        }
    }
}

fn half_coordinates() -> Fault {
    Fault::new(
        codes::HALF_COORDINATES,
        ["kun den ene af lat og lon er udfyldt", "only one of lat and lon is given"],
        ["Udfyld begge eller ingen", "Fill in both or neither"],
    )
}

impl Row for AbsenceRow {
    const COLUMNS: &'static [Column] = &[
        required("subject", Kind::Code(words::SUBJECT)),
        required("id", Kind::Id),
        required("from", Kind::Moment),
        optional("to", Kind::Moment),
        required("reason", choice::<AbsenceReason>()),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let subject = absence_subject(cells);
        let from = cells.required("from", value::absence_end);
        let to = cells.optional("to", value::absence_end);
        cells.in_order(from.map(AbsenceEnd::as_start), to.flatten().map(AbsenceEnd::as_end), "to");
        let reason = cells.required("reason", value::code);
        Some(AbsenceRow { subject: subject?, from: from?, to: to?, reason: reason? })
    }
}

impl Stored for AbsenceRow {
    const FILE: &'static str = "absences.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        let (subject, id) = match &self.subject {
            AbsenceSubject::Client(id) => ("client", id),
            AbsenceSubject::Staff(id) => ("staff", id),
        };
        vec![
            subject.to_owned(),
            id.clone(),
            self.from.to_string(),
            option(self.to.as_ref()),
            self.reason.code().to_owned(),
        ]
    }
}

fn absence_subject(cells: &mut Cells<'_>) -> Option<AbsenceSubject> {
    let table = cells.required("subject", absent);
    let id = cells.required("id", value::text);
    let (table, id) = (table?, id?);
    cells.refers("id", table);
    Some(if table == Named::Client { AbsenceSubject::Client(id) } else { AbsenceSubject::Staff(id) })
}

fn absent(cell: &str, _: &Asked<'_>) -> Result<Named, Fault> {
    words::subject(cell).ok_or_else(|| value::unknown_code(cell, &words::SUBJECTS))
}

impl Row for ClosingDayRow {
    const COLUMNS: &'static [Column] =
        &[required("municipality", Kind::Text), required("date", Kind::Date), optional("reason", Kind::Text)];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let municipality = cells.required("municipality", value::text);
        let date = cells.required("date", value::date);
        let reason = cells.optional("reason", value::text);
        Some(ClosingDayRow { municipality: municipality?, date: date?, reason: reason? })
    }
}

impl Stored for ClosingDayRow {
    const FILE: &'static str = "closing_days.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        vec![self.municipality.clone(), self.date.to_string(), option(self.reason.as_ref())]
    }
}

impl Row for TravelRow {
    const COLUMNS: &'static [Column] = &[
        required("from", Kind::Place),
        required("to", Kind::Place),
        required("transport", choice::<Transport>()),
        required("minutes", Kind::Minutes),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let from = cells.required("from", value::place);
        let to = cells.required("to", value::place);
        let transport = cells.required("transport", value::code);
        let minutes = cells.required("minutes", value::minutes);
        Some(TravelRow { from: from?, to: to?, transport: transport?, minutes: minutes? })
    }
}

impl Stored for TravelRow {
    const FILE: &'static str = "travel.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        vec![place(&self.from), place(&self.to), self.transport.code().to_owned(), self.minutes.to_string()]
    }
}

fn place(place: &PlaceName) -> String {
    match place {
        PlaceName::Client(id) => format!("client:{id}"),
        PlaceName::Staff(id) => format!("staff:{id}"),
        PlaceName::Booking(id) => format!("booking:{id}"),
    }
}
