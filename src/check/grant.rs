//! What the rules say of one grant before any visit is planned: its state, what is due, where visits may lie.

use super::wishes::{Wished, windows};
use crate::calendar::{Holiday, public_holiday};
use crate::ids::{BookingId, GrantId};
use crate::policy::{MunicipalityPolicy, Weights};
use crate::problem::{Absence, AbsenceReason, Grant, Need, Problem, Service, WishKind};
use crate::units::{Day, Minutes, Points, Span, subtract};

/// A grant's state in the week; the first that holds (model, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantState {
    /// H1's adult or stay clause fails.
    NotEligible,
    /// It needs an agreed window and has none in the week.
    AwaitingAgreement,
    /// Its dates, the days of relief and the wishes leave no moment of the week.
    NoPossibleDay,
    /// Only the client's stays away from home leave no window long enough.
    Paused,
    Due,
}

impl GrantState {
    /// The state's code in `unmet.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            GrantState::NotEligible => "not_eligible",
            GrantState::AwaitingAgreement => "awaiting_agreement",
            GrantState::NoPossibleDay => "no_possible_day",
            GrantState::Paused => "paused",
            GrantState::Due => "due",
        }
    }
}

/// One grant as the rules see it.
#[derive(Debug)]
pub(super) struct GrantFacts {
    pub state: GrantState,
    /// The most that its visits may add up to (H2).
    pub minutes: Minutes,
    /// The most visits in the week (H3).
    pub max_visits: u32,
    pub due: Minutes,
    /// The points of a minute that is not delivered.
    pub unmet_minute: Points,
    pub wished: Wished,
    pub impossible: Vec<Span>,
    pub preferred: Vec<Span>,
    /// Where visits may lie, as H1 and H4 to H6 leave it.
    pub windows: Vec<Span>,
    /// The bookings that its visits absorb where they cover them (H14).
    pub absorbable: Vec<BookingId>,
}

impl GrantFacts {
    pub(super) fn of(problem: &Problem, id: GrantId, absorbable: Vec<BookingId>) -> GrantFacts {
        let (grant, standard) = (&problem.grants[id], problem.standard(id));
        let (minutes, max_visits) = allowance(grant, standard);
        let wished = Wished::of(grant, standard);
        let impossible = windows(grant, &[WishKind::Impossible]);
        let open = open_windows(problem, id, &wished, &impossible);
        let state = state(problem, id, &wished, &open);
        GrantFacts {
            state,
            minutes,
            max_visits,
            due: if state == GrantState::Due { minutes } else { Minutes(0) },
            unmet_minute: unmet_minute(problem, grant),
            preferred: windows(grant, &[WishKind::Preferred]),
            windows: without(&open, &absences_that_stop(problem, id)),
            wished,
            impossible,
            absorbable,
        }
    }
}

/// H1's adult clause.
pub(super) fn is_adult_enough(problem: &Problem, grant: GrantId) -> bool {
    problem.client_of(grant).adult || !problem.standard(grant).adults_only
}

/// H1's stay clause; a stay of which nothing is said counts as tried.
pub(super) fn is_stay_tried_enough(problem: &Problem, id: GrantId) -> bool {
    let grant = &problem.grants[id];
    grant.service != Service::Relief || !problem.standard(id).requires_stay_tried || grant.stay_tried != Some(false)
}

/// The days of the grant's own dates (H1).
pub(super) fn is_valid_on(problem: &Problem, grant: &Grant, day: Day) -> bool {
    let date = problem.week.date(day);
    grant.valid_from <= date && grant.valid_to.is_none_or(|last| date <= last)
}

/// Why a municipality gives no relief on a day (H4).
#[derive(Clone, Copy, Debug)]
pub(super) enum Closed {
    Weekday,
    Holiday(Holiday),
    ClosingDay,
}

/// What closes a day to a grant's relief, if anything does. Urgent relief knows no closed days.
pub(super) fn closed_on(problem: &Problem, id: GrantId, day: Day) -> Option<Closed> {
    if problem.grants[id].service == Service::UrgentRelief {
        return None;
    }
    if !problem.standard(id).days[usize::from(day.0)] {
        return Some(Closed::Weekday);
    }
    let date = problem.week.date(day);
    if let Some(holiday) = public_holiday(date) {
        return Some(Closed::Holiday(holiday));
    }
    let municipality = || problem.client_of(id).municipality.clone();
    let closing = !problem.closing_days.is_empty() && problem.closing_days.contains(&(municipality(), date));
    closing.then_some(Closed::ClosingDay)
}

/// The hours of a day in which a service may be given, the day being open (H4).
pub(super) fn hours_of(service: Service, standard: &MunicipalityPolicy, day: Day) -> Span {
    match service {
        Service::UrgentRelief => day.span(),
        Service::Relief | Service::PracticalRelief => Span::new(day.at(standard.day_from), day.at(standard.day_to)),
    }
}

/// The client's absences during which a grant's service is not given (H6).
pub(super) fn absences_that_stop(problem: &Problem, id: GrantId) -> Vec<Span> {
    let practical = problem.grants[id].service == Service::PracticalRelief;
    let stops = |absence: &&Absence| !(practical && absence.reason == AbsenceReason::DayCentre);
    problem.client_of(id).absences.iter().filter(stops).map(|absence| absence.span).collect()
}

/// Weekly minutes and visits, cut down to the standard where the policy says so (H2, H3).
fn allowance(grant: &Grant, standard: &MunicipalityPolicy) -> (Minutes, u32) {
    if standard.cap_to_standard && grant.service == Service::Relief {
        let minutes = grant.weekly_minutes.min(standard.weekly_minutes_max);
        (minutes, grant.max_visits.min(standard.max_visits))
    } else {
        (grant.weekly_minutes, grant.max_visits)
    }
}

/// What H1, H4 and H5 leave of the week, day by day.
fn open_windows(problem: &Problem, id: GrantId, wished: &Wished, impossible: &[Span]) -> Vec<Span> {
    let (grant, standard) = (&problem.grants[id], problem.standard(id));
    Day::all()
        .filter(|day| is_valid_on(problem, grant, *day) && closed_on(problem, id, *day).is_none())
        .flat_map(|day| wished.within(hours_of(grant.service, standard, day)))
        .flat_map(|window| subtract(window, impossible))
        .collect()
}

fn state(problem: &Problem, id: GrantId, wished: &Wished, open: &[Span]) -> GrantState {
    let shortest = shortest_visit(&problem.grants[id], problem.standard(id));
    let fits = |windows: &[Span]| windows.iter().any(|window| window.length() >= shortest);
    if !is_adult_enough(problem, id) || !is_stay_tried_enough(problem, id) {
        GrantState::NotEligible
    } else if matches!(wished, Wished::AgreementMissing) {
        GrantState::AwaitingAgreement
    } else if open.is_empty() {
        GrantState::NoPossibleDay
    } else if fits(open) && !fits(&without(open, &stays(problem, id))) {
        GrantState::Paused
    } else {
        GrantState::Due
    }
}

/// The shortest visit that H2 lets a grant have.
fn shortest_visit(grant: &Grant, standard: &MunicipalityPolicy) -> Minutes {
    let of_the_split = grant.split.iter().flatten().min();
    of_the_split.copied().unwrap_or_else(|| {
        let step = standard.visit_minutes_step.0;
        let steps = (standard.visit_minutes_min.0 + step - 1) / step;
        allowance(grant, standard).0.min(Minutes(steps * step))
    })
}

/// When the client stays elsewhere, so that relief pauses.
fn stays(problem: &Problem, id: GrantId) -> Vec<Span> {
    use AbsenceReason::{Hospital, RespiteStay, ShortTermStay};
    let absences = problem.client_of(id).absences.iter();
    absences.filter(|a| matches!(a.reason, Hospital | RespiteStay | ShortTermStay)).map(|a| a.span).collect()
}

fn without(windows: &[Span], holes: &[Span]) -> Vec<Span> {
    windows.iter().flat_map(|window| subtract(*window, holes)).collect()
}

/// Need's weight and floor(seniority × min(weeks, 52) / 52), weeks being whole weeks from the grant to this Monday.
fn unmet_minute(problem: &Problem, grant: &Grant) -> Points {
    const YEAR_WEEKS: i64 = 52;
    let weights = &problem.policy.weights;
    let weeks = (problem.week.monday() - grant.granted_on).num_days().div_euclid(7).clamp(0, YEAR_WEEKS);
    need(weights, grant.need) + Points((weights.seniority.0 * weeks).div_euclid(YEAR_WEEKS))
}

fn need(weights: &Weights, need: Need) -> Points {
    match need {
        Need::High => weights.unmet_high,
        Need::Medium => weights.unmet_medium,
        Need::Low => weights.unmet_low,
    }
}
