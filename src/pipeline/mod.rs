//! From a validated week to a plan that the check has witnessed.
//!
//! The search says what its plan costs; the check, which shares no scheduling or cost code with it, says it a second
//! time. A plan of which the two do not say the same is never written.

mod hours;
mod search;

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use crate::check::{self, Finding, Report};
use crate::diagnostic::Text;
use crate::plan::proof::Proof;
use crate::plan::{Plan, Solved, Status};
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::solve::{Options, Snapshot};
use crate::units::{Minutes, Points};

pub use hours::Hours;
use search::Found;
pub use search::{Ended, Watch};

/// What bounds a search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Effort and seed.
    pub options: Options,
    /// The clock's end of the search and of the bound on the hours; without one only the work or the proof ends them.
    pub deadline: Option<Instant>,
    /// Threads to search with; 0 for as many as the machine has.
    pub threads: usize,
    pub hours: Hours,
}

/// A week planned, with everything that its outputs are made of.
#[derive(Debug)]
pub struct Planned {
    pub problem: Arc<Problem>,
    pub book: Arc<Rulebook>,
    pub solved: Solved,
    /// What proves the bound, or a lower one; `None` where the search ended before it had proven anything.
    pub proof: Option<Proof>,
    /// What the check says of the plan; no rule is broken.
    pub report: Report,
    /// No plan leaves fewer minutes undelivered; `None` where nothing was proven.
    pub undelivered_bound: Option<Minutes>,
    /// The threads that searched. One that was asked to end and did not in time still works for a moment.
    pub searches: Vec<JoinHandle<()>>,
}

/// A mistake in this program, not in its input: nothing of it may be written.
#[derive(Debug)]
pub enum Failure {
    /// The search could not be started, for the reason that the system gives.
    Threads(String),
    Panicked,
    ScoresDiffer {
        search: i64,
        check: Points,
    },
    BelowBound {
        score: Points,
        bound: i64,
    },
    BelowHours {
        undelivered: Minutes,
        least: Minutes,
    },
    /// At least one.
    RulesBroken(Vec<Finding>),
}

impl Failure {
    /// What went wrong, to be told to the planner.
    pub fn text(&self) -> Text {
        let (danish, english) = match self {
            Failure::Threads(why) => {
                (format!("søgningen kunne ikke begynde ({why})"), format!("the search could not be started ({why})"))
            }
            Failure::Panicked => ("søgningen brød sammen".to_owned(), "the search broke down".to_owned()),
            Failure::ScoresDiffer { search, check } => (
                format!("søgningen siger {search} point, kontrollen {check}"),
                format!("the search says {search} points, the check {check}"),
            ),
            Failure::BelowBound { score, bound } => (
                format!("planen har {score} point, færre end den beviste grænse på {bound}"),
                format!("the plan has {score} points, fewer than the proven bound of {bound}"),
            ),
            Failure::BelowHours { undelivered, least } => (
                format!("planen mangler {undelivered} minutter, færre end de beviste {least}"),
                format!("the plan leaves {undelivered} minutes undelivered, fewer than the proven least of {least}"),
            ),
            Failure::RulesBroken(broken) => rules_broken(broken),
        };
        Text { danish, english }
    }
}

fn rules_broken(broken: &[Finding]) -> (String, String) {
    let (count, first) = (broken.len(), broken.first());
    let (rule, who) = first.map(|finding| (finding.rule, finding.who.canonical.as_str())).unwrap_or_default();
    (
        format!("planen bryder regler, {count} i alt; den første er {rule} ({who})"),
        format!("the plan breaks rules, {count} in all; the first is {rule} ({who})"),
    )
}

/// Plans a week within the limits and checks the plan.
///
/// # Errors
/// Only mistakes in this program; see [`Failure`].
pub fn plan(problem: Problem, limits: Limits, watch: &mut dyn Watch) -> Result<Planned, Failure> {
    let problem = Arc::new(problem);
    let book = Arc::new(Rulebook::of(&problem));
    let share = hours::share(&limits);
    let searching = Limits { deadline: hours::search_deadline(&limits, share), ..limits };
    let Found { best, proof, ended, thread } = search::search(&problem, &book, searching, watch)?;
    let plan = Plan::new(&problem, best.visits.iter().copied());
    let report = check::check_plan(&problem, &plan);
    let bound = witnessed_bound(&best, &report)?;
    let solved = Solved { plan, terms: report.terms, bound, status: status(&report, bound, ended) };
    let (undelivered_bound, bounding) = match ended {
        // The user waits for the plan.
        Ended::Interrupted => (None, None),
        Ended::Itself | Ended::Deadline => hours::bound(&problem, (&best, &report), (&limits, share), watch)?,
    };
    let searches = [Some(thread), bounding].into_iter().flatten().collect();
    Ok(Planned { problem, book, solved, proof, report, undelivered_bound, searches })
}

/// The search's bound, if the check says of the plan what the search says.
fn witnessed_bound(best: &Snapshot, report: &Report) -> Result<Option<Points>, Failure> {
    let score = report.terms.score();
    if !report.is_kept() {
        return Err(Failure::RulesBroken(report.broken.clone()));
    }
    match (best.score, best.bound) {
        (Some(search), _) if search != score.0 => Err(Failure::ScoresDiffer { search, check: score }),
        (_, Some(bound)) if bound > score.0 => Err(Failure::BelowBound { score, bound }),
        (_, bound) => Ok(bound.map(Points)),
    }
}

/// A plan is optimal where no other can be better by a point, whatever ended the search.
fn status(report: &Report, bound: Option<Points>, ended: Ended) -> Status {
    match bound {
        Some(bound) if report.terms.score() - bound < Points(1) => Status::Optimal,
        _ if ended == Ended::Interrupted => Status::Interrupted,
        _ => Status::Stopped,
    }
}
