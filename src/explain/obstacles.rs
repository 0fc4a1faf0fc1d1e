//! What the rules leave of the carers' time for one grant, rule by rule.
//!
//! It starts with every carer and every hour of their shifts. Rule by rule some are taken away, each counted once with
//! the first rule that takes it, until what is left is free time of carers who may come while the family may be visited.

use std::collections::{BTreeMap, BTreeSet};

use super::clauses::{self, Gap};
use super::words::{self, Layout, both, with_list};
use crate::diagnostic::Text;
use crate::ids::{CarerId, GrantId};
use crate::language::Language;
use crate::problem::Problem;
use crate::rules::{self, Exclusion, Rulebook};
use crate::units::{Day, Minutes, Span, join, subtract};
use crate::words as figures;
use crate::words::clauses::{exclusion_words, rule_of};

/// What an obstacle is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Carers who may not come at all, with all their hours.
    Carers,
    /// Hours of carers who may come.
    Hours,
    /// The free time that all other clauses leave: too little, or in pieces that are too short.
    Left,
}

/// Carers and hours that one clause takes away from a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    pub kind: Kind,
    /// `H1` … `H15`.
    pub rule: &'static str,
    /// Carers who lose some or all of their time by it.
    pub carers: usize,
    /// What they lose, of the time that the rules before have left.
    pub minutes: Minutes,
    /// The clause and its source.
    pub clause: Text,
}

/// Every clause that takes something away, in the order in which they are asked, and last the free time that is left, in
/// which no more than the minutes possible alone have room.
pub fn obstacles(problem: &Problem, book: &Rulebook, (grant, alone): (GrantId, Minutes)) -> Vec<Obstacle> {
    let mut found = of_carers(problem, grant);
    found.extend(of_time(problem, book, (grant, alone)));
    found
}

/// The minutes of a carer's shifts in the week.
fn shifts_of(problem: &Problem, carer: CarerId) -> Vec<Span> {
    problem.shifts.values().iter().filter(|shift| shift.carer == carer).map(|shift| shift.span).collect()
}

fn total(spans: &[Span]) -> Minutes {
    spans.iter().map(|span| span.length()).sum()
}

/// H7 to H9: carers who may not come at all, with all their hours.
fn of_carers(problem: &Problem, grant: GrantId) -> Vec<Obstacle> {
    let mut found: BTreeMap<Exclusion, (usize, Minutes)> = BTreeMap::new();
    for carer in problem.carers.ids() {
        if let Some(exclusion) = rules::excluded(problem, grant, carer) {
            let (carers, minutes) = found.entry(exclusion).or_default();
            *carers += 1;
            *minutes += total(&shifts_of(problem, carer));
        }
    }
    let obstacle = |(exclusion, (carers, minutes)): (Exclusion, (usize, Minutes))| {
        let (danish, english) = exclusion_words(exclusion, carers);
        Obstacle { kind: Kind::Carers, rule: rule_of(exclusion), carers, minutes, clause: Text::new(danish, english) }
    };
    found.into_iter().map(obstacle).collect()
}

/// The rule that free time most often falls short of: travel; lengths, break and caps are named beside it.
const FREE: &str = "H11";

/// The time of those who may come, as one clause after the other leaves it.
struct Left<'a> {
    problem: &'a Problem,
    of_carer: BTreeMap<CarerId, Vec<Span>>,
    found: Vec<Obstacle>,
}

fn of_time(problem: &Problem, book: &Rulebook, (grant, alone): (GrantId, Minutes)) -> Vec<Obstacle> {
    let own = &book.grants[grant];
    let of_carer = own.carers.iter().map(|carer| (*carer, shifts_of(problem, *carer))).collect();
    let mut left = Left { problem, of_carer, found: Vec::new() };
    let stages = rules::opening(problem, grant);
    left.keep_within("H4", &stages.service_hours, clauses::of_hours());
    left.keep_within("H5", &stages.wished, clauses::of_wishes(problem, grant));
    left.keep_within("H6", &stages.present, clauses::of_presence());
    let blocked: Vec<Span> = Day::all().filter(|day| own.blocked[usize::from(day.0)]).map(|day| day.span()).collect();
    left.take("H3", |_, _| blocked.clone(), clauses::of_days());
    left.take("H10", |problem, carer| problem.carers[carer].absences.clone(), clauses::of_absence());
    left.take("H10", |problem, carer| booked(problem, (book, grant), carer), clauses::of_bookings());
    left.take("H15", pinned, clauses::of_pins());
    let carers: Vec<CarerId> = left.of_carer.iter().filter(|(_, own)| !own.is_empty()).map(|(id, _)| *id).collect();
    let clause = clauses::of_gaps(&Gap { problem, grant, rules: own, alone, carers: &carers });
    left.take(FREE, |_, _| Day::all().map(|day| day.span()).collect(), clause);
    left.found
}

impl Left<'_> {
    /// Takes away all time outside some spans.
    fn keep_within(&mut self, rule: &'static str, spans: &[Span], clause: Text) {
        let spans = join(spans.to_vec());
        let week: Vec<Span> = Day::all().map(|day| day.span()).collect();
        let outside: Vec<Span> = week.iter().flat_map(|day| subtract(*day, &spans)).collect();
        self.take(rule, |_, _| outside.clone(), clause);
    }

    /// Takes away some spans of each carer.
    fn take(&mut self, rule: &'static str, spans: impl Fn(&Problem, CarerId) -> Vec<Span>, clause: Text) {
        let (mut losers, mut minutes) = (BTreeSet::new(), Minutes(0));
        for (carer, own) in &mut self.of_carer {
            let taken = spans(self.problem, *carer);
            let rest: Vec<Span> = own.iter().flat_map(|span| subtract(*span, &taken)).collect();
            let lost = total(own) - total(&rest);
            if lost > Minutes(0) {
                losers.insert(*carer);
                minutes += lost;
            }
            *own = rest;
        }
        if !losers.is_empty() {
            let kind = if rule == FREE { Kind::Left } else { Kind::Hours };
            self.found.push(Obstacle { kind, rule, carers: losers.len(), minutes, clause });
        }
    }
}

/// Bookings that no visit of the grant could absorb.
fn booked(problem: &Problem, (book, grant): (&Rulebook, GrantId), carer: CarerId) -> Vec<Span> {
    let absorbable = &book.grants[grant].absorbable;
    let own = problem.bookings.iter().filter(|(id, booking)| booking.carer == carer && !absorbable.contains(id));
    own.map(|(_, booking)| booking.span).collect()
}

fn pinned(problem: &Problem, carer: CarerId) -> Vec<Span> {
    problem.pins.iter().filter(|pin| pin.carer == carer).map(|pin| pin.span).collect()
}

/// The obstacles in words: what falls away, then what is left.
pub(super) fn told(problem: &Problem, obstacles: &[Obstacle], layout: Layout) -> Text {
    both(|language| {
        let carers = words::carers(problem.carers.len(), language);
        let all = figures::hours(obstacles.iter().map(|obstacle| obstacle.minutes).sum(), language);
        let head = language.pick(
            format!("Ugen har {carers} med {all} i vagt. Heraf falder bort:"),
            format!("The week has {carers} with {all} on duty. Of these fall away:"),
        );
        let (left, away): (Vec<&Obstacle>, Vec<&Obstacle>) =
            obstacles.iter().partition(|obstacle| obstacle.kind == Kind::Left);
        let items: Vec<String> = away.iter().map(|obstacle| item(obstacle, language)).collect();
        let rest = match left.first() {
            Some(left) => item(left, language),
            None => language.pick("Så er der ingen tid tilbage.", "Then no time is left.").to_owned(),
        };
        let between = layout.between();
        format!("{}{between}{rest}", with_list(&head, &items, layout))
    })
}

fn item(obstacle: &Obstacle, language: Language) -> String {
    let (carers, clause) = (words::carers(obstacle.carers, language), obstacle.clause.in_language(language));
    let (hours, rule) = (amount(obstacle.minutes, language), obstacle.rule);
    match obstacle.kind {
        Kind::Carers => format!("{carers} ({hours}) {clause} ({rule})"),
        Kind::Hours => language
            .pick(format!("{hours} hos {carers} {clause} ({rule})"), format!("{hours} of {carers} {clause} ({rule})")),
        Kind::Left => language.pick(
            format!("Tilbage er {hours} hos {carers}; {clause}."),
            format!("{hours} of {carers} are left; {clause}."),
        ),
    }
}

/// Sums of hours to a tenth; less than an hour in minutes.
fn amount(minutes: Minutes, language: Language) -> String {
    if minutes < Minutes(60) { words::spoken(minutes, language) } else { figures::hours(minutes, language) }
}
