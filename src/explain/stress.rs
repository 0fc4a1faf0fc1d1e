//! Which single absence would cost most: every carer away for the whole week, and the week planned again without.

use super::clock::{Clock, Turn};
use super::subject::Subject;
use super::variant::{Effect, plan_again};
use crate::ids::CarerId;
use crate::problem::Problem;
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

/// The absence of each carer who has visits, the costliest first.
pub fn stress(subject: &Subject, clock: Clock) -> Vec<Absence> {
    let of_carer = |carer: CarerId| subject.plan.visits().iter().filter(move |visit| visit.carer == carer);
    let carers: Vec<CarerId> = subject.problem.carers.ids().filter(|carer| of_carer(*carer).next().is_some()).collect();
    let effects = clock.ask_all(&carers, |carer, turn| effect(subject, *carer, turn));
    let absence = |(carer, effect): (CarerId, Option<Effect>)| Absence {
        carer,
        own_minutes: of_carer(carer).map(|visit| visit.span.length()).sum(),
        own_visits: of_carer(carer).count(),
        effect,
    };
    let mut absences: Vec<Absence> = carers.into_iter().zip(effects).map(absence).collect();
    let price = |absence: &Absence| absence.effect.as_ref().map(|effect| -effect.price.0);
    absences.sort_by_key(|absence| (-absence.lost().0, price(absence), absence.carer));
    absences
}

fn effect(subject: &Subject, carer: CarerId, turn: &Turn) -> Option<Effect> {
    let outcome = plan_again(&without(&subject.problem, carer), turn)?;
    Some(Effect::of(subject, outcome))
}

/// The week with a carer away from Monday to Sunday; what was fixed for the carer cannot be kept.
pub fn without(problem: &Problem, carer: CarerId) -> Problem {
    let mut problem = problem.clone();
    let (first, last) = (Day(0).span(), Day(6).span());
    problem.carers[carer].absences.push(Span::new(first.start, last.end));
    problem.pins.retain(|pin| pin.carer != carer);
    problem
}
