//! A week changed in one way and planned again: what questions of *what if* have in common.

use std::collections::BTreeSet;

use super::changes::{Change, changes};
use super::clock::Turn;
use super::subject::Subject;
use crate::check::{Report, check_plan};
use crate::ids::{ClientId, GrantId};
use crate::plan::{Plan, Terms};
use crate::problem::{Need, Problem};
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
    pub due: Minutes,
    pub undelivered: Minutes,
    /// Clients who get less than is due.
    pub short: BTreeSet<ClientId>,
    /// Those of them with a grant of high need that is short.
    pub short_high: usize,
}

impl Outcome {
    /// What a plan of a week comes to.
    pub fn of(problem: &Problem, (plan, report): (Plan, &Report), bound: Option<Points>) -> Self {
        let short: Vec<GrantId> =
            report.grants.iter().filter(|(_, grant)| grant.delivered < grant.due).map(|(id, _)| id).collect();
        let client = |grant: &GrantId| problem.grants[*grant].client;
        let high = short.iter().filter(|grant| problem.grants[**grant].need == Need::High);
        Outcome {
            plan,
            terms: report.terms,
            bound,
            due: report.due_minutes,
            undelivered: report.undelivered_minutes(),
            short_high: high.map(client).collect::<BTreeSet<_>>().len(),
            short: short.iter().map(client).collect(),
        }
    }

    /// The roster that is asked about.
    pub fn of_subject(subject: &Subject) -> Self {
        Outcome::of(&subject.problem, (subject.plan.clone(), &subject.report), None)
    }

    pub fn score(&self) -> Points {
        self.terms.score()
    }

    pub fn delivered(&self) -> Minutes {
        self.due - self.undelivered
    }

    pub fn visits(&self) -> usize {
        self.plan.visits().len()
    }

    /// Whether no plan has fewer points.
    pub fn is_proven(&self) -> bool {
        self.bound >= Some(self.score())
    }
}

/// Plans a week as a whole; `None` where the search has found no plan that the check keeps, which no week should come to.
pub fn plan_again(problem: &Problem, turn: &Turn) -> Option<Outcome> {
    let board = Board::default();
    solve::solve(problem, &Rulebook::of(problem), (turn.options, &turn.stop), &board);
    let best = board.snapshot();
    let plan = Plan::new(problem, best.visits);
    let report = check_plan(problem, &plan);
    report.is_kept().then(|| Outcome::of(problem, (plan, &report), best.bound.map(Points)))
}

/// What planning a changed week does to the roster of the week as it is.
#[derive(Clone, Debug)]
pub struct Effect {
    pub outcome: Outcome,
    /// Points that the changed week has more.
    pub price: Points,
    /// Minutes delivered more.
    pub gained: Minutes,
    /// Grants whose visits differ.
    pub changes: Vec<Change>,
}

impl Effect {
    pub fn of(subject: &Subject, outcome: Outcome) -> Self {
        let before = Outcome::of_subject(subject);
        Effect {
            price: outcome.score() - before.score(),
            gained: outcome.delivered() - before.delivered(),
            changes: changes(subject.plan.visits(), outcome.plan.visits()),
            outcome,
        }
    }

    /// Clients who get more minutes than before, and those who get fewer.
    pub fn families(&self, subject: &Subject) -> (BTreeSet<ClientId>, BTreeSet<ClientId>) {
        let of = |wanted: fn(Minutes) -> bool| {
            subject.families(self.changes.iter().filter(|change| wanted(change.gained())).map(|change| change.grant))
        };
        (of(|gained| gained > Minutes(0)), of(|gained| gained < Minutes(0)))
    }
}
