//! What is asked about: a week and a roster of it that keeps every rule.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{self, Finding, Report};
use crate::ids::{ClientId, GrantId};
use crate::pipeline::Planned;
use crate::plan::Plan;
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;
use crate::solve;
use crate::units::{Minutes, Points};

/// A week and its roster.
#[derive(Clone, Debug)]
pub struct Subject {
    pub problem: Arc<Problem>,
    pub book: Arc<Rulebook>,
    pub plan: Plan,
    /// What the check says of the plan; no rule is broken.
    pub report: Report,
    /// The grants of each independent group.
    groups: Vec<Vec<GrantId>>,
}

/// The roster breaks rules, so a difference of points to it means nothing.
#[derive(Debug, thiserror::Error)]
#[error("the roster breaks {} rules", .0.len())]
pub struct NoPlan(pub Vec<Finding>);

impl Subject {
    /// A week and the visits of its roster, pins among them.
    ///
    /// # Errors
    /// The rules that the roster breaks.
    pub fn new(problem: Problem, visits: &[Visit]) -> Result<Self, NoPlan> {
        let plan = Plan::of_roster(visits);
        let report = check::check_plan(&problem, &plan);
        if !report.is_kept() {
            return Err(NoPlan(report.broken));
        }
        let book = Rulebook::of(&problem);
        let groups = solve::independent_grants(&problem, &book);
        Ok(Subject { problem: Arc::new(problem), book: Arc::new(book), plan, report, groups })
    }

    /// A week that was just planned.
    pub fn of_planned(planned: &Planned) -> Self {
        Subject {
            problem: Arc::clone(&planned.problem),
            book: Arc::clone(&planned.book),
            plan: planned.solved.plan.clone(),
            report: planned.report.clone(),
            groups: solve::independent_grants(&planned.problem, &planned.book),
        }
    }

    pub fn score(&self) -> Points {
        self.report.terms.score()
    }

    /// The grants that are planned together with this one, itself among them; none where no shift can serve it.
    pub fn company(&self, grant: GrantId) -> &[GrantId] {
        self.groups.iter().find(|group| group.binary_search(&grant).is_ok()).map_or(&[], Vec::as_slice)
    }

    /// The grants of all groups that have something to do with any of these; they themselves among them.
    pub fn companies(&self, grants: impl IntoIterator<Item = GrantId>) -> Vec<GrantId> {
        let own = grants.into_iter().flat_map(|grant| self.company(grant).iter().copied().chain([grant]));
        own.collect::<BTreeSet<GrantId>>().into_iter().collect()
    }

    /// The plan's visits that are not pinned.
    pub fn free_visits(&self) -> impl Iterator<Item = Visit> {
        self.plan.visits().iter().copied().filter(|visit| !self.problem.is_pinned(*visit))
    }

    /// The same roster without one of its visits, to find another place for it.
    pub fn without(&self, visit: Visit) -> Subject {
        let visits: Vec<Visit> = self.plan.visits().iter().copied().filter(|other| *other != visit).collect();
        let plan = Plan::of_roster(&visits);
        let report = check::check_plan(&self.problem, &plan);
        Subject { plan, report, ..self.clone() }
    }

    /// The grants that are delivered less than is due, in order.
    pub fn undelivered(&self) -> Vec<GrantId> {
        self.report.grants.iter().filter(|(_, grant)| grant.delivered < grant.due).map(|(grant, _)| grant).collect()
    }

    /// What of a grant is due and not delivered.
    pub fn missing(&self, grant: GrantId) -> Minutes {
        let report = &self.report.grants[grant];
        (report.due - report.delivered).max(Minutes(0))
    }

    /// The clients of some grants, each once: the families that a figure is about.
    pub fn families(&self, grants: impl IntoIterator<Item = GrantId>) -> BTreeSet<ClientId> {
        grants.into_iter().map(|grant| self.problem.grants[grant].client).collect()
    }
}
