//! When a grant's visits may be: validity, weekday, daytime, wishes and absences (H1, H4, H5, H6).

use super::{GrantState, pauses};
use crate::calendar::public_holiday;
use crate::ids::GrantId;
use crate::problem::{Problem, Service, WishKind};
use crate::units::{Day, Minutes, Span, join, subtract};

/// The windows that H1, H4 and H5 leave open, before absences, in order.
pub(super) fn open(problem: &Problem, grant: GrantId) -> Vec<Span> {
    let bases = asked_for(problem, grant);
    let impossible = wishes(problem, grant, &[WishKind::Impossible]);
    let mut open = Vec::new();
    for hours in Day::all().filter_map(|day| service_hours(problem, grant, day)) {
        let today = match &bases {
            Some(windows) => windows.iter().filter_map(|w| w.intersection(hours)).collect(),
            None => vec![hours],
        };
        open.extend(today.into_iter().flat_map(|window| subtract(window, &impossible)));
    }
    open
}

/// The hours of a day on which the service may be given at all: H1's validity and H4.
fn service_hours(problem: &Problem, grant: GrantId, day: Day) -> Option<Span> {
    let (row, standard) = (&problem.grants[grant], problem.standard(grant));
    let date = problem.week.date(day);
    if date < row.valid_from || row.valid_to.is_some_and(|last| date > last) {
        return None;
    }
    if row.service == Service::UrgentRelief {
        return Some(day.span());
    }
    let closed = problem.closing_days.contains(&(problem.client_of(grant).municipality.clone(), date));
    if !standard.days[usize::from(day.0)] || closed || public_holiday(date).is_some() {
        return None;
    }
    Some(Span::new(day.at(standard.day_from), day.at(standard.day_to)))
}

/// The windows that the family's wishes ask for (H5); `None` where there are no such wishes and any time will do.
fn asked_for(problem: &Problem, grant: GrantId) -> Option<Vec<Span>> {
    let agreed = wishes(problem, grant, &[WishKind::Agreed]);
    if !agreed.is_empty() {
        return Some(join(agreed));
    }
    if needs_agreement(problem, grant) {
        return Some(Vec::new());
    }
    let wished = wishes(problem, grant, &[WishKind::Possible, WishKind::Preferred]);
    (!wished.is_empty()).then(|| join(wished))
}

fn wishes(problem: &Problem, grant: GrantId, kinds: &[WishKind]) -> Vec<Span> {
    problem.grants[grant].wishes.iter().filter(|w| kinds.contains(&w.kind)).map(|w| w.span).collect()
}

/// Urgent relief comes only as agreed (H4); other relief where the standard says so (H5).
fn needs_agreement(problem: &Problem, grant: GrantId) -> bool {
    problem.grants[grant].service == Service::UrgentRelief || problem.standard(grant).requires_agreement
}

/// The preferred windows, joined.
pub(super) fn preferred(problem: &Problem, grant: GrantId) -> Vec<Span> {
    join(wishes(problem, grant, &[WishKind::Preferred]))
}

/// The parts of the windows that no absence covers, in order, each once.
pub(super) fn without(windows: &[Span], absences: &[Span]) -> Vec<Span> {
    let mut left: Vec<Span> = windows.iter().flat_map(|window| subtract(*window, absences)).collect();
    left.sort_unstable();
    left.dedup();
    left
}

/// The grant's state (model, section 5) from its shortest visit and its open windows.
pub(super) fn state(problem: &Problem, grant: GrantId, shortest: Minutes, open: &[Span]) -> GrantState {
    let row = &problem.grants[grant];
    let fits = |windows: &[Span]| windows.iter().any(|w| w.length() >= shortest);
    let stays: Vec<Span> = problem.client_of(grant).absences.iter().filter(|a| pauses(a)).map(|a| a.span).collect();
    if !is_eligible(problem, grant) {
        GrantState::NotEligible
    } else if needs_agreement(problem, grant) && !row.wishes.iter().any(|w| w.kind == WishKind::Agreed) {
        GrantState::AwaitingAgreement
    } else if open.is_empty() {
        GrantState::NoPossibleDay
    } else if fits(open) && !fits(&without(open, &stays)) {
        GrantState::Paused
    } else {
        GrantState::Due
    }
}

/// H1's clauses on adults and on a stay that was tried.
fn is_eligible(problem: &Problem, grant: GrantId) -> bool {
    let (row, standard) = (&problem.grants[grant], problem.standard(grant));
    let adult = problem.client_of(grant).adult || !standard.adults_only;
    let stay_asked = row.service == Service::Relief && standard.requires_stay_tried;
    adult && (!stay_asked || row.stay_tried != Some(false))
}

/// The time of the week for a grant's visits, as one rule after the other leaves it.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The days and hours of the service: H1's validity and H4.
    pub service_hours: Vec<Span>,
    /// What wishes and agreements leave of them (H5).
    pub wished: Vec<Span>,
    /// What the client's absences leave of that (H6): the windows that visits lie in.
    pub present: Vec<Span>,
}

/// How a grant's windows come about.
pub fn opening(problem: &Problem, grant: GrantId) -> Opening {
    let wished = open(problem, grant);
    Opening {
        service_hours: Day::all().filter_map(|day| service_hours(problem, grant, day)).collect(),
        present: without(&wished, &super::keeping_away(problem, grant)),
        wished,
    }
}
