//! A tiny week that keeps every rule, for tests to change in one place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::check::{Report, check_roster};
use crate::ids::{BookingId, CarerId, ClientId, GrantId, IdVec, ProviderId, ShiftId};
use crate::import::RosterRow;
use crate::policy::{BreakPolicy, Policy, Qualification};
use crate::problem::{
    Absence, AbsenceReason, Booking, Carer, Client, Coordinates, Grant, Need, Place, PlaceKey, Problem, Provider,
    Service, Shift, Task, Transport, Visit, Wish, WishKind,
};
use crate::units::{Day, Minutes, Span};

pub(super) const MON: Day = Day(0);
pub(super) const TUE: Day = Day(1);
pub(super) const WED: Day = Day(2);
pub(super) const SAT: Day = Day(5);

pub(super) const FIRST: GrantId = GrantId(0);
pub(super) const HOME: ClientId = ClientId(0);
/// Of the provider [`P1`].
pub(super) const ANNA: CarerId = CarerId(0);
/// Of the provider [`P2`].
pub(super) const BO: CarerId = CarerId(1);
pub(super) const P1: ProviderId = ProviderId(0);
pub(super) const P2: ProviderId = ProviderId(1);

/// 2.2 km north of everything else in the week: 8 minutes by car.
pub(super) const NORTH: Coordinates = Coordinates { lat: 55.02, lon: 12.0 };
const CENTRE: Coordinates = Coordinates { lat: 55.0, lon: 12.0 };

/// A client with a grant of 120 minutes in at most two visits and two carers of two providers at work Monday to
/// Friday 8–16, all in one place and without bookings. Breaks are switched off.
pub(super) fn week() -> Problem {
    Problem {
        week: "2026-W48".parse().expect("a week"),
        policy: policy(),
        providers: IdVec::new(vec![provider("P1"), provider("P2")]),
        carers: IdVec::new(vec![carer("ANNA", ANNA, P1), carer("BO", BO, P2)]),
        shifts: weekday_shifts(),
        bookings: IdVec::default(),
        clients: IdVec::new(vec![client("HOME", HOME)]),
        grants: IdVec::new(vec![grant("FIRST", HOME)]),
        pins: Vec::new(),
        familiar: HashSet::from([(HOME, ANNA)]),
        last_visits: HashMap::new(),
        closing_days: BTreeSet::new(),
        travel_overrides: HashMap::new(),
        published: None,
    }
}

/// The week with one change.
pub(super) fn changed(change: impl FnOnce(&mut Problem)) -> Problem {
    let mut problem = week();
    change(&mut problem);
    problem
}

/// Ballerup's standard for everybody.
fn policy() -> Policy {
    let policy = Policy::default();
    let pause = BreakPolicy { minutes: Minutes(0), ..policy.pause };
    Policy { pause, municipalities: BTreeMap::new(), ..policy }
}

fn provider(id: &str) -> Provider {
    let municipalities = vec!["Ballerup".to_owned()];
    Provider { id: id.to_owned(), name: None, municipalities, municipal: false, weekly_minutes_max: None }
}

fn carer(id: &str, key: CarerId, provider: ProviderId) -> Carer {
    Carer {
        id: id.to_owned(),
        name: None,
        provider,
        qualification: Qualification::Helper,
        relief_trained: true,
        relief_minutes_max: None,
        transport: Transport::Car,
        start: Place { key: PlaceKey::Carer(key), at: CENTRE },
        absences: Vec::new(),
    }
}

fn weekday_shifts() -> IdVec<ShiftId, Shift> {
    let days = |carer| Day::all().take(5).map(move |day| Shift { carer, day, span: span(day, 8, 16) });
    IdVec::new([ANNA, BO].into_iter().flat_map(days).collect())
}

fn client(id: &str, key: ClientId) -> Client {
    Client {
        id: id.to_owned(),
        name: None,
        address: None,
        protected_address: false,
        municipality: "Ballerup".to_owned(),
        home: Place { key: PlaceKey::Client(key), at: CENTRE },
        home_care_provider: None,
        chosen_provider: None,
        complex_needs: false,
        avoid_staff: Vec::new(),
        adult: true,
        absences: Vec::new(),
    }
}

pub(super) fn grant(id: &str, client: ClientId) -> Grant {
    Grant {
        id: id.to_owned(),
        client,
        service: Service::Relief,
        weekly_minutes: Minutes(120),
        max_visits: 2,
        split: None,
        valid_from: date("2026-01-01"),
        valid_to: None,
        granted_on: date("2026-11-23"),
        need: Need::High,
        stay_tried: None,
        legal_basis: None,
        wishes: Vec::new(),
    }
}

/// A second client with a grant of its own, in the north.
pub(super) fn add_northern_client(problem: &mut Problem) -> GrantId {
    let key = ClientId(1);
    let home = Place { key: PlaceKey::Client(key), at: NORTH };
    problem.clients.push(Client { home, ..client("FAR", key) });
    problem.grants.push(grant("SECOND", key))
}

/// A booking of [`ANNA`] at the first client's home.
pub(super) fn add_booking(problem: &mut Problem, span: Span, task: Task) -> BookingId {
    let (id, place) = (format!("B{}", problem.bookings.len()), problem.clients[HOME].home);
    problem.bookings.push(Booking { id, carer: ANNA, span, client: Some(HOME), place, at_home: true, task })
}

pub(super) fn wish(kind: WishKind, span: Span) -> Wish {
    Wish { kind, span }
}

pub(super) fn away(span: Span, reason: AbsenceReason) -> Absence {
    Absence { span, reason }
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// From one whole hour of a day to another.
pub(super) fn span(day: Day, from_hour: i32, to_hour: i32) -> Span {
    Span::new(day.at(Minutes(from_hour * 60)), day.at(Minutes(to_hour * 60)))
}

/// A time by minutes after midnight.
pub(super) fn minutes(day: Day, from: i32, to: i32) -> Span {
    Span::new(day.at(Minutes(from)), day.at(Minutes(to)))
}

/// A visit of [`ANNA`] for the first grant.
pub(super) fn visit(span: Span) -> Visit {
    Visit { grant: FIRST, carer: ANNA, span }
}

pub(super) fn row(problem: &Problem, visit: Visit) -> RosterRow {
    let day = visit.span.start.day().expect("in the week");
    let start = visit.span.start.time_of_day();
    RosterRow {
        line: 2,
        visit_id: String::new(),
        date: problem.week.date(day),
        start,
        end: start + visit.span.length(),
        grant_id: problem.grants[visit.grant].id.clone(),
        client_id: problem.client_of(visit.grant).id.clone(),
        provider_id: problem.providers[problem.carers[visit.carer].provider].id.clone(),
        staff_id: problem.carers[visit.carer].id.clone(),
    }
}

pub(super) fn check(problem: &Problem, visits: &[Visit]) -> Report {
    let rows: Vec<RosterRow> = visits.iter().map(|visit| row(problem, *visit)).collect();
    check_roster(problem, &rows)
}

/// The codes of the rules that a roster breaks.
pub(super) fn broken(problem: &Problem, visits: &[Visit]) -> Vec<&'static str> {
    check(problem, visits).broken.iter().map(|finding| finding.rule).collect()
}

/// The codes of the rules that the pins break, the roster being the pins.
pub(super) fn overridden(problem: &Problem) -> Vec<&'static str> {
    let report = check(problem, &problem.pins);
    assert_eq!(report.broken, []);
    report.overrides.iter().map(|finding| finding.rule).collect()
}
