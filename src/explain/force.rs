//! The best plan in which a grant gets exactly so many minutes, and what it costs.
//!
//! A minute of the grant is made to count so much that the plan with the fewest points gives it what is asked for, if
//! any plan can. The search proves a bound on these points; without what was added to the minutes it is a bound on the
//! points of every plan that gives the grant so much. So the price is true and not only what one search came across.

use super::clock::Turn;
use super::narrow;
use super::subject::Subject;
use super::variant::starting_from;
use crate::check::{Report, check_plan};
use crate::ids::{CarerId, GrantId};
use crate::plan::Plan;
use crate::policy::Weights;
use crate::problem::{Problem, Published, Visit};
use crate::rules::{GrantRules, Rulebook};
use crate::solve::{self, Board};
use crate::units::{Minutes, Points};

/// That a grant gets exactly so many minutes in the week, pins included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    pub grant: GrantId,
    pub minutes: Minutes,
}

/// What a forced planning came to.
#[derive(Clone, Debug)]
pub struct Forced {
    /// The best plan found that meets the demand, and what the check says of it; it keeps all rules.
    pub met: Option<(Plan, Report)>,
    /// No plan that meets the demand has fewer points; nothing where the search had proven nothing.
    pub at_least: Option<Points>,
    /// Proven that no plan meets the demand at all.
    pub is_impossible: bool,
}

impl Forced {
    /// Whether no plan that meets the demand is better than the one found.
    pub fn is_proven(&self) -> bool {
        self.met.as_ref().is_some_and(|(_, report)| self.at_least >= Some(report.terms.score()))
    }
}

/// What a demand makes of some other grants together, in minutes alone.
#[derive(Clone, Debug)]
pub(super) struct Squeezed {
    /// Their missing minutes in the plan found, which meets the demand.
    pub found: Option<Minutes>,
    /// No plan that meets the demand leaves them fewer missing.
    pub at_least: Option<Minutes>,
}

/// What a search with a favoured grant has shown.
pub(super) struct Found {
    pub visits: Vec<Visit>,
    /// Whether the visits meet the demand.
    pub meets: bool,
    /// No plan that meets the demand has fewer points, those of the favour left out.
    at_least: Option<i64>,
    /// Whether no plan has fewer points, favour included.
    is_proven: bool,
}

/// What a demand adds to a grant's minutes together, at first: more than the visits of the shifts that it may need.
const FIRST_FAVOUR: i64 = 60_000;

/// Each time the demand is not met although the proof is there, it counts so many times more.
const FAVOUR_STEP: i64 = 20;

impl Subject {
    /// The best plan that meets a demand; the visits of all other groups stay as they are.
    pub fn force(&self, demand: Demand, turn: &Turn) -> Forced {
        self.force_with(&self.narrowed(demand), demand, turn)
    }

    /// The same by some of the grant's carers alone. What they could not do with nobody else in the week is impossible at
    /// once: a search with everybody in it proves that late.
    pub(super) fn force_by(&self, demand: Demand, carers: Vec<CarerId>, turn: &Turn) -> Forced {
        let mut alone = narrow::only(&self.book, &[demand.grant]);
        alone.grants[demand.grant].carers.clone_from(&carers);
        if self.most_in(alone, demand.grant, turn).is_some_and(|most| most < demand.minutes) {
            return Forced { met: None, at_least: None, is_impossible: true };
        }
        let mut book = self.narrowed(demand);
        book.grants[demand.grant].carers = carers;
        self.force_with(&book, demand, turn)
    }

    fn force_with(&self, book: &Rulebook, demand: Demand, turn: &Turn) -> Forced {
        let own = self.company(demand.grant);
        let found = search((&starting_from(&self.problem, self.plan.visits()), book), demand, turn);
        let of_others = self.score() - self.points_of_group(own);
        Forced {
            is_impossible: found.is_proven && !found.meets,
            at_least: found.at_least.map(|points| Points(points) + of_others),
            met: self.met(own, &found),
        }
    }

    /// The plan with what a search found for a group, and what the check says of it; nothing where it does not meet the demand.
    fn met(&self, own: &[GrantId], found: &Found) -> Option<(Plan, Report)> {
        let plan = self.with_others(own, &found.visits);
        let report = check_plan(&self.problem, &plan);
        (found.meets && report.is_kept()).then_some((plan, report))
    }

    /// A plan that meets a demand and changes few visits of the roster: each change costs what the policy asks for a change
    /// of a published roster. Nothing where none was found, and where a roster was published already: its changes count in
    /// the score. The price of the demand is not proven by it.
    pub fn force_gently(&self, demand: Demand, turn: &Turn) -> Option<(Plan, Report)> {
        if self.problem.published.is_some() {
            return None;
        }
        let mut week = Problem::clone(&self.problem);
        week.published = Some(Published { visits: self.plan.visits().to_vec(), lost_rows: 0 });
        let found = search((&week, &self.narrowed(demand)), demand, turn);
        self.met(self.company(demand.grant), &found)
    }

    /// The most minutes, pins included, that any plan could give a grant if no other grant had new visits; `None`
    /// where nothing was proven.
    pub(super) fn most_alone(&self, grant: GrantId, turn: &Turn) -> Option<Minutes> {
        self.most_in(narrow::only(&self.book, &[grant]), grant, turn)
    }

    /// The same by a book in which no other grant has new visits.
    fn most_in(&self, mut book: Rulebook, grant: GrantId, turn: &Turn) -> Option<Minutes> {
        for other in self.problem.grants.ids() {
            book.grants[other].unmet_weight = Points(i64::from(other == grant));
        }
        let board = Board::default();
        solve::solve(&in_minutes(&self.problem), &book, (turn.options, &turn.stop), &board);
        let missing = i32::try_from(board.snapshot().bound?).ok()?;
        Some(book.grants[grant].due - Minutes(missing))
    }

    /// The book for the grant's own group, in which the grant cannot have other totals than the demand or nothing.
    fn narrowed(&self, demand: Demand) -> Rulebook {
        let mut book = narrow::only(&self.book, self.company(demand.grant));
        narrow::exactly(&mut book.grants[demand.grant], demand.minutes);
        book
    }

    /// These new visits of a group, and the plan's visits of all other groups.
    pub(super) fn with_others(&self, own: &[GrantId], visits: &[Visit]) -> Plan {
        let others = self.free_visits().filter(|visit| own.binary_search(&visit.grant).is_err());
        Plan::new(&self.problem, others.chain(visits.iter().copied()))
    }

    /// The points of the plan's visits of a group, with pins and without the visits of other groups.
    fn points_of_group(&self, own: &[GrantId]) -> Points {
        let visits = self.free_visits().filter(|visit| own.binary_search(&visit.grant).is_ok());
        check_plan(&self.problem, &Plan::new(&self.problem, visits)).terms.score()
    }

    /// The least minutes that some grants of the same group must go without, taken together, where a demand is met.
    /// Nothing else counts: no points, no other grant.
    pub(super) fn squeeze(&self, demand: Demand, others: &[GrantId], turn: &Turn) -> Squeezed {
        let mut book = self.narrowed(demand);
        for grant in self.problem.grants.ids() {
            book.grants[grant].unmet_weight = Points(i64::from(others.contains(&grant)));
        }
        let week = starting_from(&in_minutes(&self.problem), self.plan.visits());
        let found = search((&week, &book), demand, turn);
        let met = self.met(self.company(demand.grant), &found);
        Squeezed {
            found: met.map(|(_, report)| missing_of(&report, others)),
            at_least: found.at_least.and_then(|minutes| i32::try_from(minutes).ok()).map(Minutes),
        }
    }
}

/// What some grants go without together.
pub(super) fn missing_of(report: &Report, grants: &[GrantId]) -> Minutes {
    grants.iter().map(|grant| (report.grants[*grant].due - report.grants[*grant].delivered).max(Minutes(0))).sum()
}

/// Searches with a book in which the demand's grant is favoured, more and more until the demand is met or it is proven
/// that no plan meets it.
pub(super) fn search((problem, book): (&Problem, &Rulebook), demand: Demand, turn: &Turn) -> Found {
    let most = all_points(problem, book);
    let mut favour = FIRST_FAVOUR;
    loop {
        let found = search_with((problem, book), (demand, favour), turn);
        if found.meets || !found.is_proven || favour > most {
            return found;
        }
        favour *= FAVOUR_STEP;
    }
}

fn search_with((problem, book): (&Problem, &Rulebook), (demand, favour): (Demand, i64), turn: &Turn) -> Found {
    let mut book = book.clone();
    let rules = &mut book.grants[demand.grant];
    let pinned = rules.pinned_minutes();
    let added = Points(favour / i64::from((demand.minutes - pinned).0.max(1)) + 1);
    narrow::favour(rules, added);
    let left = rules.due - demand.minutes;
    let board = Board::default();
    solve::solve(problem, &book, (turn.options, &turn.stop), &board);
    let best = board.snapshot();
    let own = best.visits.iter().filter(|visit| visit.grant == demand.grant);
    let given = pinned + own.map(|visit| visit.span.length()).sum();
    Found {
        meets: given == demand.minutes,
        at_least: best.bound.map(|bound| bound - (added * left).0),
        is_proven: best.bound.is_some() && best.bound >= best.score,
        visits: best.visits,
    }
}

/// More points than any two plans can differ by: all that is due, and a share for everything else.
fn all_points(problem: &Problem, book: &Rulebook) -> i64 {
    let due = |rules: &GrantRules| (rules.unmet_weight * rules.due).0;
    let weights = &problem.policy.weights;
    let of_visit = [weights.new_carer, weights.extra_carer, weights.not_preferred, weights.changed];
    let of_visits: i64 = of_visit.iter().map(|points| points.0 * 7).sum::<i64>() + weights.travel_minute.0 * 1440;
    book.grants.values().iter().map(|rules| due(rules) + of_visits).sum()
}

/// The week with nothing but undelivered minutes for points, as the book weighs them.
fn in_minutes(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    problem.published = None;
    problem.policy.weights = Weights::NOTHING;
    problem
}
