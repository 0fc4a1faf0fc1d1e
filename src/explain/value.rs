//! What one more hour gives, and what each soft rule costs.
//!
//! Who is worth most is ranked by the relaxation: the dual of a shift says what the relaxation would pay for that very
//! stretch of such a carer's time. A dual is only a hint, so the first in the ranking are confirmed: the week is planned
//! again with one carer more of that kind. The prices of soft rules and policy numbers come in the same way, each from a
//! planning without it.

use std::collections::BTreeMap;

use super::clock::{Clock, Turn};
use super::each::plan_each;
use super::subject::Subject;
use super::variant::{Effect, Outcome, baseline, plan_again, plan_some_again};
use crate::ids::{CarerId, GrantId, ProviderId};
use crate::policy::{MunicipalityPolicy, Qualification};
use crate::problem::{Carer, Problem, Shift, Visit};
use crate::rules::Rulebook;
use crate::solve;
use crate::units::{DAY, Day, Minutes, Points, Span};

/// A kind of time: of whom and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    pub qualification: Qualification,
    pub provider: ProviderId,
    pub day: Day,
}

/// What an hour of a kind is worth.
#[derive(Clone, Debug)]
pub struct Worth {
    pub kind: Kind,
    /// Points by hour that the relaxation would pay for the shifts of that kind that there are.
    pub dual: Points,
    /// Planned again with one carer more at these times, the better of those tried.
    pub confirmed: Option<(Span, Effect)>,
}

impl Worth {
    /// Points that the extra time saves, by hour.
    pub fn by_hour(&self) -> Option<Points> {
        let (span, effect) = self.confirmed.as_ref()?;
        Some(Points(-effect.price.0 * 60 / i64::from(span.length().0.max(1))))
    }
}

/// A soft rule or a number of the policy. What is law or safety is not among them: qualification, training, who may come
/// at all, absences, breaks and working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Soft {
    /// New carers cost nothing.
    FamiliarCarers,
    /// Further carers of a grant cost nothing.
    OneCarer,
    /// Visits outside preferred windows cost nothing.
    PreferredTimes,
    /// The day of relief is an hour longer at its end.
    LongerDay,
    /// Visits may be a half hour shorter.
    ShorterVisits,
}

/// All that can be asked of.
pub const SOFT: [Soft; 5] =
    [Soft::FamiliarCarers, Soft::OneCarer, Soft::PreferredTimes, Soft::LongerDay, Soft::ShorterVisits];

/// What the week would be without a soft rule.
#[derive(Clone, Debug)]
pub struct Price {
    pub soft: Soft,
    /// Against the week planned again as it is, so that what a better search finds is not counted.
    pub effect: Option<Effect>,
}

/// The value of time and the prices of rules.
#[derive(Clone, Debug)]
pub struct Values {
    /// The week as it is, planned as well as it can be: what all others are compared with.
    pub baseline: Outcome,
    /// The kinds of time that are worth most, those confirmed first by what they save.
    pub worths: Vec<Worth>,
    pub prices: Vec<Price>,
}

/// So many kinds of time are confirmed by planning again.
const CONFIRMED: usize = 8;

/// The stretches that are tried on a day: morning, midday and afternoon.
const STRETCHES: [(i32, i32); 3] = [(8 * 60, 12 * 60), (10 * 60, 14 * 60), (12 * 60, 16 * 60)];

/// Of the time the ranking may take so much.
const RANKING_SHARE: f64 = 0.15;

/// What one more hour of whom gives, and what each soft rule costs.
pub fn values(subject: &Subject, clock: Clock) -> Values {
    let mut worths = ranking(subject, clock.part(RANKING_SHARE));
    worths.truncate(CONFIRMED);
    let (subject, before) = &baseline(subject, &clock.part(RANKING_SHARE).single());
    // The soft rules come first: they need the whole week, and the time for all is shared from the start.
    let mut asked: Vec<Asked> = SOFT.map(|soft| Asked { problem: softened(&subject.problem, soft), of: None }).into();
    for worth in &worths {
        asked.extend(STRETCHES.map(|stretch| {
            let problem = with_carer(&subject.problem, worth.kind, span(worth.kind.day, stretch));
            Asked { problem, of: Some(worth.kind.provider) }
        }));
    }
    let outcomes = plan_each(clock, &asked, |asked, start, turn| {
        asked.outcome(subject, (start.unwrap_or(subject.plan.visits()), turn))
    });
    let mut effects = outcomes.into_iter().map(|outcome| Some(Effect::of(before, outcome?)));
    let prices = SOFT.into_iter().map(|soft| Price { soft, effect: effects.next().flatten() }).collect();
    for worth in &mut worths {
        let tried = STRETCHES.map(|stretch| (span(worth.kind.day, stretch), effects.next().flatten()));
        let tried = tried.into_iter().filter_map(|(span, effect)| Some((span, effect?)));
        worth.confirmed = tried.min_by_key(|(_, effect)| effect.price);
    }
    worths.sort_by_key(|worth| worth.confirmed.as_ref().map_or(Points(0), |(_, effect)| effect.price));
    Values { baseline: before.clone(), worths, prices }
}

/// A changed week.
struct Asked {
    problem: Problem,
    /// Whose carer is new; without, all of the week is planned again.
    of: Option<ProviderId>,
}

impl Asked {
    fn outcome(&self, subject: &Subject, (start, turn): (&[Visit], &Turn)) -> Option<Outcome> {
        let Some(provider) = self.of else { return plan_again(&self.problem, start, turn) };
        let book = Rulebook::of(&self.problem);
        let is_theirs = |carer: &CarerId| self.problem.carers[*carer].provider == provider;
        let may_get = |grant: &GrantId| book.grants[*grant].carers.iter().any(&is_theirs);
        let grants = subject.companies(subject.problem.grants.ids().filter(may_get));
        plan_some_again(subject, (&self.problem, &grants), (start, turn))
    }
}

/// The kinds of time that the week has, by what the relaxation pays for an hour of them.
fn ranking(subject: &Subject, clock: Clock) -> Vec<Worth> {
    let problem = &*subject.problem;
    let turn = clock.single();
    let duals = solve::shift_values(problem, &Rulebook::of(problem), &turn.stop);
    let mut kinds: BTreeMap<Kind, (i64, i64)> = BTreeMap::new();
    for (shift, row) in problem.shifts.iter() {
        let carer = &problem.carers[row.carer];
        if !carer.relief_trained {
            continue;
        }
        let kind = Kind { qualification: carer.qualification, provider: carer.provider, day: row.day };
        let (points, minutes) = kinds.entry(kind).or_default();
        *points += duals.get(&shift).copied().unwrap_or_default().0;
        *minutes += i64::from(row.span.length().0);
    }
    let worth = |(kind, (points, minutes)): (Kind, (i64, i64))| Worth {
        kind,
        dual: Points(points * 60 / minutes.max(1)),
        confirmed: None,
    };
    let mut worths: Vec<Worth> = kinds.into_iter().map(worth).collect();
    worths.sort_by_key(|worth| (std::cmp::Reverse(worth.dual), worth.kind));
    worths
}

fn span(day: Day, (from, to): (i32, i32)) -> Span {
    Span::new(day.at(Minutes(from)), day.at(Minutes(to)))
}

/// The week with one trained carer more for a while, who starts where a colleague of the provider does.
fn with_carer(problem: &Problem, kind: Kind, span: Span) -> Problem {
    let mut problem = problem.clone();
    let colleague = problem.carers.values().iter().find(|carer| carer.provider == kind.provider).cloned();
    let Some(colleague) = colleague else { return problem };
    let carer = problem.carers.push(Carer {
        id: "+".to_owned(),
        name: None,
        qualification: kind.qualification,
        relief_trained: true,
        relief_minutes_max: None,
        absences: Vec::new(),
        ..colleague
    });
    add_shift(&mut problem, carer, (kind.day, span));
    problem
}

/// Shifts stand in the order of carer and start; the new carer is the last.
fn add_shift(problem: &mut Problem, carer: CarerId, (day, span): (Day, Span)) {
    problem.shifts.push(Shift { carer, day, span });
}

/// The week without a soft rule.
fn softened(problem: &Problem, soft: Soft) -> Problem {
    let mut problem = problem.clone();
    let weights = &mut problem.policy.weights;
    match soft {
        Soft::FamiliarCarers => weights.new_carer = Points(0),
        Soft::OneCarer => weights.extra_carer = Points(0),
        Soft::PreferredTimes => weights.not_preferred = Points(0),
        Soft::LongerDay => each_standard(&mut problem, |standard| {
            standard.day_to = Minutes((standard.day_to.0 + 60).min(DAY.0));
        }),
        Soft::ShorterVisits => each_standard(&mut problem, |standard| {
            let least = standard.visit_minutes_min.0 - 30;
            standard.visit_minutes_min = Minutes(least.max(standard.visit_minutes_step.0));
        }),
    }
    problem
}

fn each_standard(problem: &mut Problem, change: impl Fn(&mut MunicipalityPolicy)) {
    problem.policy.municipalities.values_mut().for_each(&change);
    change(&mut problem.policy.fallback);
}
