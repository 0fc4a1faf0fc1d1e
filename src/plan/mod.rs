//! A plan: the visits chosen, and what its search proved of it.

pub mod proof;

use std::ops::Sub;

use crate::problem::{Problem, Visit};
use crate::units::Points;

/// The terms of the score (model, section 5). `absorbed` is zero or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Terms {
    pub unmet: Points,
    pub new_carer: Points,
    pub extra_carer: Points,
    pub not_preferred: Points,
    pub travel: Points,
    pub absorbed: Points,
    pub changed: Points,
}

impl Terms {
    /// The score: fewer points are better.
    pub fn score(&self) -> Points {
        self.unmet + self.new_carer + self.extra_carer + self.not_preferred + self.travel + self.absorbed + self.changed
    }
}

impl Sub for Terms {
    type Output = Terms;

    /// Term by term.
    fn sub(self, other: Terms) -> Terms {
        Terms {
            unmet: self.unmet - other.unmet,
            new_carer: self.new_carer - other.new_carer,
            extra_carer: self.extra_carer - other.extra_carer,
            not_preferred: self.not_preferred - other.not_preferred,
            travel: self.travel - other.travel,
            absorbed: self.absorbed - other.absorbed,
            changed: self.changed - other.changed,
        }
    }
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Proven: no plan is better by a point.
    Optimal,
    /// A limit ended the search.
    Stopped,
    /// The user ended the search.
    Interrupted,
}

/// The visits of a week in the roster's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    visits: Vec<Visit>,
}

impl Plan {
    /// The plan of these visits and the week's pins.
    pub fn new(problem: &Problem, visits: impl IntoIterator<Item = Visit>) -> Self {
        let mut all: Vec<Visit> = problem.pins.iter().copied().chain(visits).collect();
        all.sort_unstable();
        all.dedup();
        Plan { visits: all }
    }

    /// Exactly these visits: a roster as somebody wrote it, which may lack a pin.
    pub fn of_roster(visits: &[Visit]) -> Self {
        let mut visits = visits.to_vec();
        visits.sort_unstable();
        Plan { visits }
    }

    /// In the order of start, end, carer and grant.
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }
}

/// A plan with what the search proved.
#[derive(Clone, Debug)]
pub struct Solved {
    pub plan: Plan,
    pub terms: Terms,
    /// A proven lower bound on the score of any plan of the problem; `None` where the search ended before it had one.
    pub bound: Option<Points>,
    pub status: Status,
}

impl Solved {
    /// How many points better any other plan could be at the most.
    pub fn gap_points(&self) -> Option<Points> {
        self.bound.map(|bound| (self.terms.score() - bound).max(Points(0)))
    }

    /// The gap as a share of the score.
    pub fn gap(&self) -> Option<f64> {
        self.gap_points().map(|gap| gap.0 as f64 / self.terms.score().0.abs().max(1) as f64)
    }
}
