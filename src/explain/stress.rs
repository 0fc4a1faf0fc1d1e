//! Which single absence would cost most: every carer away for the whole week, and the week planned again without.

use super::clock::{Clock, Turn};
use super::each::plan_each;
use super::subject::Subject;
use super::variant::{Effect, Outcome, baseline, plan_again, plan_some_again};
use crate::ids::{CarerId, GrantId};
use crate::problem::{Problem, Visit};
use crate::units::{Day, Minutes, Span};

/// What a carer's absence costs.
#[derive(Clone, Debug)]
pub struct Absence {
    pub carer: CarerId,
    /// What the carer's visits deliver in the roster.
    pub own_minutes: Minutes,
    pub own_visits: usize,
    /// What remains lost once the week is planned again without the carer; `None` where the time ran out before.
    pub effect: Option<Effect>,
}

impl Absence {
    /// Minutes that nobody else can give.
    pub fn lost(&self) -> Minutes {
        self.effect.as_ref().map_or(self.own_minutes, |effect| -effect.gained)
    }
}

/// The absences of all carers.
#[derive(Clone, Debug)]
pub struct Stress {
    /// The week as it is, planned as well as it can be: what the absences are compared with.
    pub baseline: Outcome,
    /// The costliest first.
    pub absences: Vec<Absence>,
}

/// Of the time the week as it is may take so much.
const BASELINE_SHARE: f64 = 0.15;

/// The absence of each carer who has visits.
pub fn stress(subject: &Subject, clock: Clock) -> Stress {
    let (subject, before) = &baseline(subject, &clock.part(BASELINE_SHARE).single());
    let of_carer = |carer: CarerId| subject.plan.visits().iter().filter(move |visit| visit.carer == carer);
    let carers: Vec<CarerId> = subject.problem.carers.ids().filter(|carer| of_carer(*carer).next().is_some()).collect();
    let outcomes = plan_each(clock, &carers, |carer, start, turn| {
        planned_without((subject, before), *carer, (start.unwrap_or(subject.plan.visits()), turn))
    });
    let effects = outcomes.into_iter().map(|outcome| Some(Effect::of(before, outcome?)));
    let absence = |(carer, effect): (CarerId, Option<Effect>)| Absence {
        carer,
        own_minutes: of_carer(carer).map(|visit| visit.span.length()).sum(),
        own_visits: of_carer(carer).count(),
        effect,
    };
    let mut absences: Vec<Absence> = carers.into_iter().zip(effects).map(absence).collect();
    let price = |absence: &Absence| absence.effect.as_ref().map(|effect| -effect.price.0);
    absences.sort_by_key(|absence| (-absence.lost().0, price(absence), absence.carer));
    Stress { baseline: before.clone(), absences }
}

/// The week without a carer: the groups that the carer has to do with are planned again. Where pins go with the carer, a
/// grant may come to another provider, so then all are.
fn planned_without(
    (subject, before): (&Subject, &Outcome),
    carer: CarerId,
    (start, turn): (&[Visit], &Turn),
) -> Option<Outcome> {
    let problem = without(&subject.problem, carer);
    if problem.pins.len() < subject.problem.pins.len() {
        return plan_again(&problem, start, turn);
    }
    let may_come = |grant: &GrantId| subject.book.grants[*grant].carers.contains(&carer);
    let grants = subject.companies(subject.problem.grants.ids().filter(may_come));
    let outcome = plan_some_again(subject, (&problem, &grants), (start, turn))?;
    // A plan without the carer is one of the week as it is.
    Some(outcome.not_below(before.bound))
}

/// The week with a carer away from Monday to Sunday; what was fixed for the carer cannot be kept.
pub fn without(problem: &Problem, carer: CarerId) -> Problem {
    let mut problem = problem.clone();
    let (first, last) = (Day(0).span(), Day(6).span());
    problem.carers[carer].absences.push(Span::new(first.start, last.end));
    problem.pins.retain(|pin| pin.carer != carer);
    problem
}
