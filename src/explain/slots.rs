//! The best places for one more visit of a grant: first where nobody has to move, then with others moved around it.
//!
//! Every place is put into the roster and checked, so its effect on the score is exact. What moves are visits of the same
//! day by carers who may come; a better place with more moved than that is for a planning of the whole week to find.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::changes::{Change, changes};
use super::clock::Clock;
use super::frozen::{Around, frozen};
use super::subject::{NoPlan, Subject};
use crate::check::check_plan;
use crate::ids::{CarerId, GrantId, Id};
use crate::plan::{Plan, Terms};
use crate::problem::{Problem, Visit, Wish, WishKind};
use crate::rules::{self, GrantState, Rulebook};
use crate::solve::{self, Place};
use crate::units::{Day, Minutes, Moment, Points, Span};

/// A place for a visit.
#[derive(Clone, Debug)]
pub struct Slot {
    /// As early as it can be.
    pub visit: Visit,
    /// It may start as late as this for the same points.
    pub latest_start: Moment,
    /// Points that the roster has more with it: less than zero where it is better.
    pub price: Points,
    /// The same by term.
    pub terms: Terms,
    /// Visits of others that change; none where nobody has to move.
    pub moved: Vec<Change>,
}

impl Slot {
    /// The same place with its effect on another roster of the same week than the one it was found for.
    #[must_use]
    pub fn against(self, found_for: &Subject, other: Option<&Subject>) -> Slot {
        let Some(other) = other else { return self };
        Slot {
            price: self.price + found_for.score() - other.score(),
            terms: self.terms - (other.report.terms - found_for.report.terms),
            ..self
        }
    }
}

/// Of so many places that look best the effect is checked, or of so many for each one that is asked for; and of so many on
/// each day, as a family may be free on that day alone.
const CHECKED: usize = 120;
const CHECKED_FOR_EACH: usize = 4;
const CHECKED_A_DAY: usize = 12;

/// At most so many visits of a day are loosened: those of the carers with the fewest, as the others are full.
const LOOSE_VISITS: usize = 14;

impl Subject {
    /// The places for a visit of a grant while all others stay: for each carer, day and length the best one, best first; at
    /// least so many where there are, and the best of each day.
    pub fn free_slots(&self, grant: GrantId, count: usize) -> Vec<Slot> {
        let problem = frozen(&self.problem, self.plan.visits().iter().copied());
        let book = Rulebook::of(&problem);
        let mut places = solve::places(&problem, &book, grant);
        places.sort_by_key(|place| (place.points, place.visit));
        let promising = promising(&places, (count * CHECKED_FOR_EACH).max(CHECKED));
        let mut slots: Vec<Slot> = promising.into_par_iter().filter_map(|place| self.slot(place)).collect();
        slots.sort_by_key(|slot| (slot.price, slot.visit));
        let mut seen = BTreeSet::new();
        slots.retain(|slot| seen.insert(kind(slot.visit)));
        slots
    }

    fn slot(&self, place: Place) -> Option<Slot> {
        let visits = self.plan.visits().iter().copied().chain([place.visit]);
        let report = check_plan(&self.problem, &Plan::new(&self.problem, visits));
        report.is_kept().then(|| Slot {
            visit: place.visit,
            latest_start: place.latest_start,
            price: report.terms.score() - self.score(),
            terms: report.terms - self.report.terms,
            moved: Vec::new(),
        })
    }

    /// The best place on each day where others may move around it, best first.
    pub fn slots_with_moves(&self, grant: GrantId, clock: Clock) -> Vec<Slot> {
        let days: Vec<Day> = Day::all().collect();
        let found = clock.ask_all(&days, |day, turn| {
            let loose = self.loose_visits(grant, *day);
            let total = self.total_on(grant, (*day, &loose))?;
            let around = Around { loose: &loose, grant, day: Some(*day) };
            let (plan, report) = self.replan(&around, total, turn)?;
            let mut changes = changes(self.plan.visits(), plan.visits());
            let own = changes.iter().position(|change| change.grant == grant)?;
            let visit = *changes.remove(own).after.first()?;
            Some(Slot {
                visit,
                latest_start: visit.span.start,
                price: report.terms.score() - self.score(),
                terms: report.terms - self.report.terms,
                moved: changes,
            })
        });
        let mut slots: Vec<Slot> = found.into_iter().flatten().collect();
        slots.sort_by_key(|slot| (slot.price, slot.visit));
        slots
    }

    /// Visits of others on a day by carers who may come to the grant, as many as can be planned again in a moment.
    pub(super) fn loose_visits(&self, grant: GrantId, day: Day) -> Vec<Visit> {
        let able = &self.book.grants[grant].carers;
        let on_day = |visit: &Visit| visit.span.start.day() == Some(day);
        let of_able = self
            .free_visits()
            .filter(|visit| visit.grant != grant && on_day(visit) && able.binary_search(&visit.carer).is_ok());
        let mut by_carer: BTreeMap<CarerId, Vec<Visit>> = BTreeMap::new();
        of_able.for_each(|visit| by_carer.entry(visit.carer).or_default().push(visit));
        let mut by_carer: Vec<Vec<Visit>> = by_carer.into_values().collect();
        by_carer.sort_by_key(Vec::len);
        let mut loose: Vec<Visit> = Vec::new();
        for visits in by_carer {
            if loose.len() + visits.len() <= LOOSE_VISITS {
                loose.extend(visits);
            }
        }
        loose
    }

    /// The most minutes that the grant could have with a visit on a day, were the loose visits away.
    fn total_on(&self, grant: GrantId, (day, loose): (Day, &[Visit])) -> Option<Minutes> {
        let kept = self.plan.visits().iter().copied().filter(|visit| !loose.contains(visit));
        let problem = frozen(&self.problem, kept);
        let book = Rulebook::of(&problem);
        let places = solve::places(&problem, &book, grant).into_iter();
        let on_day = places.filter(|place| place.visit.span.start.day() == Some(day));
        let longest = on_day.map(|place| place.visit.span.length()).max()?;
        Some(self.report.grants[grant].delivered + longest)
    }

    /// The same roster in a week in which a family has agreed to every time that it has not ruled out: what could be
    /// offered to it. A grant that needs no agreement stays as it is.
    ///
    /// # Errors
    /// The rules that the roster breaks then; none, as agreements only open times.
    pub fn if_agreed(&self, grant: GrantId) -> Result<Subject, NoPlan> {
        if self.book.grants[grant].state != GrantState::AwaitingAgreement {
            return Ok(self.clone());
        }
        let mut problem = Problem::clone(&self.problem);
        let agreed = offered(&problem, grant).into_iter().map(|span| Wish { kind: WishKind::Agreed, span });
        let wishes: Vec<Wish> = problem.grants[grant].wishes.iter().copied().chain(agreed).collect();
        problem.grants[grant].wishes = wishes;
        Subject::new(problem, self.plan.visits())
    }
}

/// The times that could be agreed: what the family says is possible, or else the hours of the service.
fn offered(problem: &Problem, grant: GrantId) -> Vec<Span> {
    let hours = rules::opening(problem, grant).service_hours;
    let wishes = problem.grants[grant].wishes.iter();
    let possible: Vec<Span> = wishes
        .filter(|wish| matches!(wish.kind, WishKind::Possible | WishKind::Preferred))
        .map(|wish| wish.span)
        .collect();
    if possible.is_empty() {
        return hours;
    }
    let both = hours.iter().flat_map(|hours| possible.iter().filter_map(|wish| wish.intersection(*hours)));
    both.collect()
}

/// The first so many of the places, and the first of each day.
fn promising(places: &[Place], count: usize) -> Vec<Place> {
    let mut of_days: BTreeMap<Option<Day>, usize> = BTreeMap::new();
    let is_promising = |(at, place): &(usize, &Place)| {
        let of_day = of_days.entry(place.visit.span.start.day()).or_default();
        *of_day += 1;
        *at < count || *of_day <= CHECKED_A_DAY
    };
    places.iter().enumerate().filter(is_promising).map(|(_, place)| *place).collect()
}

/// The places for which others move that are worth the trouble: better than each place of the same day for which nobody does.
pub fn worth_moving(moving: Vec<Slot>, free: &[Slot]) -> Vec<Slot> {
    let day = |slot: &Slot| slot.visit.span.start.day();
    let is_better = |slot: &Slot| free.iter().all(|free| day(free) != day(slot) || slot.price < free.price);
    moving.into_iter().filter(|slot| !slot.moved.is_empty() && is_better(slot)).collect()
}

/// What makes two places one for a planner.
fn kind(visit: Visit) -> (CarerId, Option<Day>, Minutes) {
    (visit.carer, visit.span.start.day(), visit.span.length())
}

/// An offer to a family that is still to agree: its best times, on different days where there are.
#[derive(Clone, Debug)]
pub struct Offer {
    pub grant: GrantId,
    pub slots: Vec<Slot>,
}

/// The offers to all families whose grants await an agreement, those whose minutes count most first. The first times of
/// all offers can be kept together.
pub fn offers(subject: &Subject, count: usize) -> Vec<Offer> {
    let mut waiting: Vec<GrantId> = subject.problem.grants.ids().collect();
    waiting.retain(|grant| subject.book.grants[*grant].state == GrantState::AwaitingAgreement);
    waiting.sort_by_key(|grant| (Reverse(subject.book.grants[*grant].unmet_weight), grant.index()));
    let mut subject = subject.clone();
    let mut offers = Vec::with_capacity(waiting.len());
    for grant in waiting {
        let Ok(agreed) = subject.if_agreed(grant) else { continue };
        let slots = on_different_days(agreed.free_slots(grant, count * 7), count);
        if let Some(first) = slots.first() {
            let visits: Vec<Visit> = agreed.plan.visits().iter().copied().chain([first.visit]).collect();
            subject = Subject::new((*agreed.problem).clone(), &visits).unwrap_or(agreed);
        }
        offers.push(Offer { grant, slots });
    }
    offers
}

/// The first so many, where there are on days of their own.
fn on_different_days(slots: Vec<Slot>, count: usize) -> Vec<Slot> {
    let day = |slot: &Slot| slot.visit.span.start.day();
    let (mut first, mut later): (Vec<Slot>, Vec<Slot>) = (Vec::new(), Vec::new());
    for slot in slots {
        let is_new = first.iter().all(|other| day(other) != day(&slot));
        if is_new { first.push(slot) } else { later.push(slot) }
    }
    first.into_iter().chain(later).take(count).collect()
}
