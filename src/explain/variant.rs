//! A week changed in one way and planned again: what questions of *what if* have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Turn;
use super::narrow;
use super::subject::Subject;
use crate::check::{Report, check_plan};
use crate::ids::GrantId;
use crate::plan::{Plan, Terms};
use crate::problem::{Need, Problem, Published, Visit};
use crate::rules::Rulebook;
use crate::solve::{self, Board};
use crate::units::{Minutes, Points};

/// What planning a week comes to, in points and in hours, visits and families.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub plan: Plan,
    pub terms: Terms,
    /// No plan has fewer points; `None` where nothing was proven.
    pub bound: Option<Points>,
    /// The time of all visits, as the plan itself counts it: a pinned visit to somebody who is away is among them.
    pub delivered: Minutes,
    pub undelivered: Minutes,
    /// Clients who get less than is due.
    pub short: BTreeSet<String>,
    /// Those of them with a grant of high need that is short.
    pub short_high: usize,
    /// Clients with a grant of high need.
    high: BTreeSet<String>,
    /// What each client gets, by the ids of the files: the weeks that are compared need not have the same people.
    given: BTreeMap<String, Minutes>,
}

impl Outcome {
    /// What a plan of a week comes to.
    pub fn of(problem: &Problem, (plan, report): (Plan, &Report), bound: Option<Points>) -> Self {
        let client = |grant: GrantId| problem.client_of(grant).id.clone();
        let (mut short, mut short_high, mut given) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for (id, grant) in report.grants.iter() {
            *given.entry(client(id)).or_default() += grant.delivered;
            if grant.delivered < grant.due {
                short.insert(client(id));
                if problem.grants[id].need == Need::High {
                    short_high.insert(client(id));
                }
            }
        }
        Outcome {
            plan,
            terms: report.terms,
            bound,
            delivered: report.delivered_minutes,
            undelivered: report.undelivered_minutes(),
            short,
            short_high: short_high.len(),
            high: problem.grants.iter().filter(|(_, row)| row.need == Need::High).map(|(id, _)| client(id)).collect(),
            given,
        }
    }

    /// The roster that is asked about.
    pub fn of_subject(subject: &Subject) -> Self {
        Outcome::of(&subject.problem, (subject.plan.clone(), &subject.report), None)
    }

    pub fn score(&self) -> Points {
        self.terms.score()
    }

    pub fn visits(&self) -> usize {
        self.plan.visits().len()
    }

    /// Whether no plan has fewer points.
    pub fn is_proven(&self) -> bool {
        self.bound >= Some(self.score())
    }

    /// The better plan of two plannings of the same week, and the greater bound.
    pub(super) fn joined(self, other: Outcome) -> Outcome {
        let bound = self.bound.max(other.bound);
        let better = if other.score() < self.score() { other } else { self };
        Outcome { bound, ..better }
    }

    /// The same planning where no plan can have fewer points than this.
    pub(super) fn not_below(self, bound: Option<Points>) -> Outcome {
        Outcome { bound: self.bound.max(bound), ..self }
    }

    /// Clients who get more than in another week, those who are new among them.
    fn gaining_over(&self, other: &Outcome) -> BTreeSet<String> {
        let before = |client: &String| other.given.get(client).copied().unwrap_or_default();
        self.given.iter().filter(|(client, given)| **given > before(client)).map(|(client, _)| client.clone()).collect()
    }
}

/// Plans a week as a whole, beginning with these visits as far as they fit; `None` where the search has found no plan that
/// the check keeps, which no week should come to.
pub fn plan_again(problem: &Problem, start: &[Visit], turn: &Turn) -> Option<Outcome> {
    let board = Board::default();
    let week = starting_from(problem, start);
    solve::solve(&week, &Rulebook::of(&week), (turn.options, &turn.stop), &board);
    let best = board.snapshot();
    let plan = Plan::new(problem, best.visits);
    let report = check_plan(problem, &plan);
    report.is_kept().then(|| Outcome::of(problem, (plan, &report), best.bound.map(Points)))
}

/// Plans some grants of a changed week again, beginning with these visits and leaving those of all other grants as they are
/// in the roster of the week as it is. The bound is that of all plans that leave them so.
pub(super) fn plan_some_again(
    subject: &Subject,
    (problem, grants): (&Problem, &[GrantId]),
    (start, turn): (&[Visit], &Turn),
) -> Option<Outcome> {
    let board = Board::default();
    let week = starting_from(problem, start);
    let book = narrow::only(&Rulebook::of(&week), grants);
    solve::solve(&week, &book, (turn.options, &turn.stop), &board);
    let best = board.snapshot();
    let others: Vec<Visit> = subject.free_visits().filter(|visit| !grants.contains(&visit.grant)).collect();
    let plan = Plan::new(problem, others.iter().chain(&best.visits).copied());
    let report = check_plan(problem, &plan);
    // What the visits of the others are worth beside any visits of these.
    let alone = check_plan(problem, &Plan::new(problem, best.visits.iter().copied()));
    let of_others = report.terms.score() - alone.terms.score();
    report.is_kept().then(|| Outcome::of(problem, (plan, &report), best.bound.map(|bound| Points(bound) + of_others)))
}

/// The roster, or a better one of the same week if there is time to find it: what changed weeks are compared with, so that
/// what a better search finds is not counted. With what it comes to and what is proven of it.
pub(super) fn baseline(subject: &Subject, turn: &Turn) -> (Subject, Outcome) {
    let found = plan_again(&subject.problem, subject.plan.visits(), turn);
    let bound = found.as_ref().and_then(|found| found.bound);
    let better = found.filter(|found| found.score() < subject.score());
    let planned = better.and_then(|found| Subject::new((*subject.problem).clone(), found.plan.visits()).ok());
    let subject = planned.unwrap_or_else(|| subject.clone());
    let outcome = Outcome { bound, ..Outcome::of_subject(&subject) };
    (subject, outcome)
}

/// The week with visits from which a search begins: as a published roster of which no change costs anything. So a search
/// that is cut short gives something near them. A week that has a published roster begins with that.
pub(super) fn starting_from(problem: &Problem, visits: &[Visit]) -> Problem {
    let mut week = problem.clone();
    if week.published.is_none() {
        week.published = Some(Published { visits: visits.to_vec(), lost_rows: 0 });
        week.policy.weights.changed = Points(0);
    }
    week
}

/// What planning a changed week does to the roster of the week as it is.
#[derive(Clone, Debug)]
pub struct Effect {
    pub outcome: Outcome,
    /// Points that the changed week has more.
    pub price: Points,
    /// Minutes delivered more.
    pub gained: Minutes,
    /// Clients who get more than before, by id.
    pub gaining: BTreeSet<String>,
    /// Clients who get less.
    pub losing: BTreeSet<String>,
}

impl Effect {
    pub fn of(before: &Outcome, outcome: Outcome) -> Self {
        Effect {
            price: outcome.score() - before.score(),
            gained: outcome.delivered - before.delivered,
            gaining: outcome.gaining_over(before),
            losing: before.gaining_over(&outcome),
            outcome,
        }
    }

    /// How many of those who get more have a grant of high need.
    pub fn gaining_with_high_need(&self) -> usize {
        self.gaining.intersection(&self.outcome.high).count()
    }
}
