//! The figures of the overview: hours, families, driving, continuity.

use std::collections::{BTreeMap, BTreeSet};

use super::Scene;
use crate::ids::{CarerId, ClientId, GrantId};
use crate::problem::Visit;
use crate::report::work;
use crate::rules::GrantState;
use crate::units::{Day, Minutes};

/// Some grants: whose and how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub minutes: Minutes,
    pub grants: usize,
    pub clients: BTreeSet<ClientId>,
}

/// The figures of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub granted: Share,
    pub due: Share,
    /// Of what is due and not delivered.
    pub undelivered: Share,
    pub paused: Share,
    pub awaiting: Share,
    /// Granted, but with no possible day or to somebody whom the standard leaves out.
    pub otherwise_not_due: Share,
    /// The minutes of all visits.
    pub delivered: Minutes,
    pub visits: usize,
    /// Visits by somebody who has visited the client lately.
    pub familiar_visits: usize,
    /// Grants whose visits are shared by several carers.
    pub shared_grants: usize,
    /// Travel that the visits add to that of the bookings.
    pub added_travel: Minutes,
}

/// What happens on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DayFigures {
    pub visits: usize,
    pub relief: Minutes,
    /// Carers with a shift, of which they are not away all the time.
    pub carers: usize,
    /// All travel, that between bookings included.
    pub travel: Minutes,
}

impl Share {
    fn add(&mut self, client: ClientId, minutes: Minutes) {
        self.minutes += minutes;
        self.grants += 1;
        self.clients.insert(client);
    }
}

impl Figures {
    pub(super) fn of(scene: &Scene<'_>) -> Figures {
        let report = &scene.planned.report;
        let visits = scene.planned.solved.plan.visits();
        let mut figures = Figures {
            delivered: report.delivered_minutes,
            visits: visits.len(),
            familiar_visits: visits.iter().filter(|visit| is_familiar(scene, **visit)).count(),
            shared_grants: carers_by_grant(visits).values().filter(|carers| carers.len() > 1).count(),
            added_travel: report.added_travel.max(Minutes(0)),
            ..Figures::default()
        };
        for grant in scene.problem.grants.ids() {
            figures.add(scene, grant);
        }
        figures
    }

    fn add(&mut self, scene: &Scene<'_>, grant: GrantId) {
        let (row, report) = (&scene.problem.grants[grant], &scene.planned.report.grants[grant]);
        self.granted.add(row.client, row.weekly_minutes);
        if report.delivered < report.due {
            self.undelivered.add(row.client, report.due - report.delivered);
        }
        match scene.planned.book.grants[grant].state {
            GrantState::Due => self.due.add(row.client, report.due),
            GrantState::Paused => self.paused.add(row.client, row.weekly_minutes),
            GrantState::AwaitingAgreement => self.awaiting.add(row.client, row.weekly_minutes),
            GrantState::NotEligible | GrantState::NoPossibleDay => {
                self.otherwise_not_due.add(row.client, row.weekly_minutes);
            }
        }
    }
}

/// Whether the carer has visited the client lately, as the policy counts it.
pub(super) fn is_familiar(scene: &Scene<'_>, visit: Visit) -> bool {
    scene.problem.familiar.contains(&(scene.problem.grants[visit.grant].client, visit.carer))
}

/// Who comes of each grant that has visits.
pub(super) fn carers_by_grant(visits: &[Visit]) -> BTreeMap<GrantId, BTreeSet<CarerId>> {
    let mut carers: BTreeMap<GrantId, BTreeSet<CarerId>> = BTreeMap::new();
    for visit in visits {
        carers.entry(visit.grant).or_default().insert(visit.carer);
    }
    carers
}

/// The week day by day; weekend days only where anything happens on them.
pub(super) fn by_day(scene: &Scene<'_>) -> Vec<(Day, DayFigures)> {
    let mut days = [DayFigures::default(); 7];
    for visit in scene.planned.solved.plan.visits() {
        if let Some(day) = visit.span.start.day() {
            days[usize::from(day.0)].visits += 1;
            days[usize::from(day.0)].relief += visit.span.length();
        }
    }
    for (_, blocks) in scene.work.carers.iter() {
        for (day, figures) in Day::all().zip(&mut days) {
            figures.travel += work::travel_on(blocks, day);
            figures.carers += usize::from(work::is_at_work(blocks, day));
        }
    }
    let weekend_or_empty = |day: Day, figures: &DayFigures| day.0 >= 5 && *figures == DayFigures::default();
    Day::all().zip(days).filter(|(day, figures)| !weekend_or_empty(*day, figures)).collect()
}
