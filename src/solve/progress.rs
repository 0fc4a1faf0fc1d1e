//! The board on which a search posts what it has found and proven, for anyone to read at any time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::group::Group;
use crate::plan::proof::{GroupProof, Proof};
use crate::problem::Visit;
use crate::units::Minutes;

/// What the search is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Working out who could visit whom, and when.
    #[default]
    Preparation,
    /// Putting together a first plan.
    FirstPlan,
    /// Generating routes, proving a bound, and turning them into a plan.
    Relaxation,
    /// Cutting, and listing the routes that could still improve the plan.
    Proof,
    /// Improving the plan around what it is.
    Improvement,
    /// Proving the bound in a way that can be handed over.
    Certificate,
    /// Proving how few minutes any plan must leave undelivered.
    Hours,
}

/// The best plan and the best bound so far.
#[derive(Debug, Default)]
pub struct Board {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    constant: Option<i64>,
    groups: Vec<Posted>,
}

#[derive(Clone, Debug, Default)]
struct Posted {
    points: i64,
    bound: Option<i64>,
    proof: Option<Arc<GroupProof>>,
    visits: Vec<Visit>,
}

/// What a board held at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub phase: Phase,
    /// Points of the best plan; `None` before the search has begun.
    pub score: Option<i64>,
    /// A proven bound on the points of any plan, once every part has one.
    pub bound: Option<i64>,
    /// The new visits of the best plan.
    pub visits: Vec<Visit>,
    /// No plan leaves fewer minutes undelivered, as far as that is being proven.
    pub least_undelivered: Option<Minutes>,
}

impl Board {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn open(&self, constant: i64, groups: usize) {
        let mut state = self.state();
        state.constant = Some(constant);
        state.groups = vec![Posted::default(); groups];
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.state().phase = phase;
    }

    pub(super) fn post(&self, at: usize, group: &Group) {
        let posted = Posted {
            points: group.points,
            bound: group.bound,
            proof: group.proof.clone(),
            visits: group.visits().collect(),
        };
        self.state().groups[at] = posted;
    }

    /// What proves the bound, or a lower one; `None` until every part has something.
    pub fn proof(&self) -> Option<Proof> {
        let state = self.state();
        let groups = state.groups.iter().map(|group| group.proof.as_deref().cloned());
        Some(Proof { constant: state.constant?, groups: groups.collect::<Option<_>>()? })
    }

    /// The best plan and bound now.
    pub fn snapshot(&self) -> Snapshot {
        let state = self.state();
        let sum = |constant: i64| constant + state.groups.iter().map(|g| g.points).sum::<i64>();
        let bounds: Option<i64> = state.groups.iter().map(|group| group.bound).sum();
        Snapshot {
            phase: state.phase,
            score: state.constant.map(sum),
            bound: state.constant.zip(bounds).map(|(constant, bounds)| constant + bounds),
            visits: state.groups.iter().flat_map(|group| group.visits.iter().copied()).collect(),
            least_undelivered: None,
        }
    }
}
