//! Rows while they are being made up, before they have line numbers.

use crate::calendar::IsoWeek;
use crate::policy::Policy;
use crate::tables::{
    AbsenceRow, BookingRow, ClientRow, ClosingDayRow, GrantRow, HistoryRow, Located, PinRow, ProviderRow, ShiftRow,
    StaffRow, Tables, TravelRow, WishRow,
};
use crate::units::{Minutes, Span};

/// The rows of a district or of a whole week.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) providers: Vec<ProviderRow>,
    pub(super) staff: Vec<StaffRow>,
    pub(super) shifts: Vec<ShiftRow>,
    pub(super) bookings: Vec<BookingRow>,
    pub(super) clients: Vec<ClientRow>,
    pub(super) grants: Vec<GrantRow>,
    pub(super) wishes: Vec<WishRow>,
    pub(super) absences: Vec<AbsenceRow>,
    pub(super) pins: Vec<PinRow>,
    pub(super) history: Vec<HistoryRow>,
    pub(super) closing_days: Vec<ClosingDayRow>,
    pub(super) travel: Vec<TravelRow>,
}

impl Rows {
    /// Takes the rows of another district over.
    pub(super) fn append(&mut self, mut other: Rows) {
        self.providers.append(&mut other.providers);
        self.staff.append(&mut other.staff);
        self.shifts.append(&mut other.shifts);
        self.bookings.append(&mut other.bookings);
        self.clients.append(&mut other.clients);
        self.grants.append(&mut other.grants);
        self.wishes.append(&mut other.wishes);
        self.absences.append(&mut other.absences);
        self.pins.append(&mut other.pins);
        self.history.append(&mut other.history);
        self.closing_days.append(&mut other.closing_days);
        self.travel.append(&mut other.travel);
    }

    /// The tables of a week, every row on the line where a writer puts it; bookings get their numbers.
    pub(super) fn into_tables(mut self, week: IsoWeek, policy: Policy) -> Tables {
        for (number, booking) in self.bookings.iter_mut().enumerate() {
            booking.booking_id = booking_id(number);
        }
        Tables {
            week,
            policy,
            providers: located(self.providers),
            staff: located(self.staff),
            shifts: located(self.shifts),
            bookings: located(self.bookings),
            clients: located(self.clients),
            grants: located(self.grants),
            wishes: located(self.wishes),
            absences: located(self.absences),
            pins: located(self.pins),
            history: located(self.history),
            closing_days: located(self.closing_days),
            travel: located(self.travel),
        }
    }
}

/// The id of the booking in that row, from 0.
pub(super) fn booking_id(number: usize) -> String {
    format!("B{number:05}")
}

fn located<T>(rows: Vec<T>) -> Vec<Located<T>> {
    rows.into_iter().zip(2..).map(|(row, line)| Located { line, row }).collect()
}

impl ShiftRow {
    /// Its time in the planned week.
    pub(super) fn span(&self, week: IsoWeek) -> Span {
        Span::new(week.midnight(self.date) + self.start, week.midnight(self.date) + self.end)
    }
}

impl BookingRow {
    /// Its time in the planned week.
    pub(super) fn span(&self, week: IsoWeek) -> Span {
        Span::new(week.midnight(self.date) + self.start, week.midnight(self.date) + self.end)
    }
}

impl PinRow {
    /// Its time in the planned week.
    pub(super) fn span(&self, week: IsoWeek) -> Span {
        Span::new(week.midnight(self.date) + self.start, week.midnight(self.date) + self.end)
    }
}

/// A time of day.
pub(super) const fn time(hour: i32, minute: i32) -> Minutes {
    Minutes(hour * 60 + minute)
}
