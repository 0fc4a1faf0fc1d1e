//! The rows of a week folder as typed values: what the importer reads, the generator makes up and both can write.
//!
//! A row is what one line says, every cell of the right kind; whether the rows fit together is for
//! [`Problem::build`](crate::problem::Problem::build) to say. The columns are those of the model, section 1.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::calendar::IsoWeek;
use crate::policy::{Policy, Qualification};
use crate::units::{Day, Minutes};

/// A row and the line of its file on which it starts, counted from 1 for the header.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    pub line: u64,
    pub row: T,
}

/// All tables of one week.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    pub week: IsoWeek,
    pub policy: Policy,
    pub providers: Vec<Located<ProviderRow>>,
    pub staff: Vec<Located<StaffRow>>,
    pub shifts: Vec<Located<ShiftRow>>,
    pub bookings: Vec<Located<BookingRow>>,
    pub clients: Vec<Located<ClientRow>>,
    pub grants: Vec<Located<GrantRow>>,
    pub wishes: Vec<Located<WishRow>>,
    pub absences: Vec<Located<AbsenceRow>>,
    pub pins: Vec<Located<PinRow>>,
    pub history: Vec<Located<HistoryRow>>,
    pub closing_days: Vec<Located<ClosingDayRow>>,
    pub travel: Vec<Located<TravelRow>>,
}

/// Degrees of latitude and longitude (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    pub lat: f64,
    pub lon: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProviderRow {
    pub provider_id: String,
    pub name: Option<String>,
    pub municipalities: Vec<String>,
    pub municipal: bool,
    pub weekly_minutes_max: Option<Minutes>,
}

/// How a carer gets about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    Car,
    Bike,
    Walk,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StaffRow {
    pub staff_id: String,
    pub name: Option<String>,
    pub provider_id: String,
    pub qualification: Qualification,
    pub relief_trained: bool,
    pub relief_minutes_max: Option<Minutes>,
    pub transport: Transport,
    pub start: Coordinates,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShiftRow {
    pub staff_id: String,
    pub date: NaiveDate,
    pub start: Minutes,
    pub end: Minutes,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BookingRow {
    pub booking_id: String,
    pub staff_id: String,
    pub date: NaiveDate,
    pub start: Minutes,
    pub end: Minutes,
    pub client_id: Option<String>,
    pub place: Option<Coordinates>,
    /// As given: `care` and `practical` can be absorbed, `break` is a break, anything else is just work.
    pub task: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ClientRow {
    pub client_id: String,
    pub name: Option<String>,
    pub address: Option<String>,
    pub protected_address: bool,
    pub municipality: String,
    pub home: Coordinates,
    pub home_care_provider: Option<String>,
    pub chosen_provider: Option<String>,
    pub complex_needs: bool,
    pub avoid_staff: Vec<String>,
    pub adult: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    Relief,
    UrgentRelief,
    PracticalRelief,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    High,
    Medium,
    Low,
}

/// The law that a grant rests on; quoted in explanations, no rule depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalBasis {
    /// Serviceloven § 84.
    Sel84,
    /// Ældreloven § 16, in force since 1 July 2025.
    Ael16,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GrantRow {
    pub grant_id: String,
    pub client_id: String,
    pub service: Service,
    pub weekly_minutes: Minutes,
    pub max_visits: u32,
    pub split: Option<Vec<Minutes>>,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub granted_on: NaiveDate,
    pub need: Need,
    pub stay_tried: Option<bool>,
    pub legal_basis: Option<LegalBasis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WishKind {
    Possible,
    Preferred,
    Agreed,
    Impossible,
}

/// The day that a wish is for: every week's weekday or one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WishDay {
    Weekday(Day),
    Date(NaiveDate),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WishRow {
    pub grant_id: String,
    pub day: WishDay,
    pub from: Minutes,
    pub to: Minutes,
    pub wish: WishKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbsenceReason {
    Hospital,
    RespiteStay,
    ShortTermStay,
    DayCentre,
    Sick,
    Holiday,
    Course,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AbsenceSubject {
    Client(String),
    Staff(String),
}

/// One end of an absence: a whole day, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbsenceEnd {
    Day(NaiveDate),
    Moment(NaiveDateTime),
}

impl AbsenceEnd {
    /// The moment at which an absence that begins so begins: the first of a whole day.
    pub fn as_start(self) -> NaiveDateTime {
        match self {
            AbsenceEnd::Day(date) => date.into(),
            AbsenceEnd::Moment(moment) => moment,
        }
    }

    /// The moment at which an absence that ends so is over: the first after a whole day.
    pub fn as_end(self) -> NaiveDateTime {
        match self {
            AbsenceEnd::Day(date) => NaiveDateTime::from(date) + TimeDelta::days(1),
            AbsenceEnd::Moment(moment) => moment,
        }
    }
}

impl fmt::Display for AbsenceEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AbsenceEnd::Day(date) => date.fmt(f),
            AbsenceEnd::Moment(moment) => moment.format("%Y-%m-%dT%H:%M").fmt(f),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AbsenceRow {
    pub subject: AbsenceSubject,
    pub from: AbsenceEnd,
    pub to: Option<AbsenceEnd>,
    pub reason: AbsenceReason,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PinRow {
    pub grant_id: String,
    pub date: NaiveDate,
    pub start: Minutes,
    pub end: Minutes,
    pub staff_id: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    pub client_id: String,
    pub staff_id: String,
    pub date: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClosingDayRow {
    pub municipality: String,
    pub date: NaiveDate,
    pub reason: Option<String>,
}

/// A place that `travel.csv` names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceName {
    Client(String),
    Staff(String),
    Booking(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TravelRow {
    pub from: PlaceName,
    pub to: PlaceName,
    pub transport: Transport,
    pub minutes: Minutes,
}
