//! Lists every plan of a tiny week, from its rows and the check alone.

use std::collections::BTreeSet;

use pusterum::check::{Report, check_plan};
use pusterum::ids::{CarerId, GrantId};
use pusterum::plan::Plan;
use pusterum::problem::{Problem, Visit};
use pusterum::units::{Day, Minutes, Moment, Span};

/// Rules that one visit more may mend: another visit on the way, or one that absorbs a booking.
const MENDABLE: [&str; 2] = ["H11", "H12"];

fn is_hopeless(report: &Report) -> bool {
    report.broken.iter().any(|finding| !MENDABLE.contains(&finding.rule))
}

/// All moments of the week at which a visit might be allowed to start: the grid and wherever a window can begin.
fn starts(problem: &Problem) -> BTreeSet<Moment> {
    let grid = usize::try_from(problem.policy.start_grid.0).expect("a positive grid");
    let on_grid = Day::all().flat_map(|day| (0..1440).step_by(grid).map(move |minute| day.at(Minutes(minute))));
    let wishes = problem.grants.values().iter().flat_map(|g| g.wishes.iter().flat_map(|w| [w.span.start, w.span.end]));
    let absences = problem.clients.values().iter().flat_map(|c| c.absences.iter().map(|a| a.span.end));
    let hours = problem.grants.ids().flat_map(|g| Day::all().map(move |d| (g, d)));
    let opening = hours.map(|(grant, day)| day.at(problem.standard(grant).day_from));
    on_grid.chain(wishes).chain(absences).chain(opening).collect()
}

/// Every visit that could be part of a plan.
pub fn candidates(problem: &Problem) -> Vec<Visit> {
    let starts = starts(problem);
    let mut found = Vec::new();
    for (_, shift) in problem.shifts.iter() {
        for start in starts.iter().copied().filter(|s| shift.span.start <= *s && *s < shift.span.end) {
            for grant in problem.grants.ids() {
                found.extend(visits_at(problem, (grant, shift.carer), Span::new(start, shift.span.end)));
            }
        }
    }
    found
}

fn visits_at(problem: &Problem, (grant, carer): (GrantId, CarerId), room: Span) -> Vec<Visit> {
    let longest = problem.grants[grant].weekly_minutes.min(room.length());
    let visits =
        (1..=longest.0).map(|length| Visit { grant, carer, span: Span::new(room.start, room.start + Minutes(length)) });
    // A length that the rules of H2 refuse is refused for every visit: asking the check for each is what takes time.
    let standard = problem.standard(grant);
    let split = problem.grants[grant].split.clone();
    let plausible = |visit: &Visit| {
        let length = visit.span.length();
        split.as_ref().is_some_and(|split| split.contains(&length))
            || length.0 % standard.visit_minutes_step.0 == 0
            || length == problem.grants[grant].weekly_minutes
            || length == standard.weekly_minutes_max
    };
    visits.filter(plausible).filter(|visit| !is_hopeless(&check_plan(problem, &Plan::new(problem, [*visit])))).collect()
}

/// Shows every set of candidates that could be a plan, with what the check says of it; one that breaks no rule is one.
/// Gives how many were looked at.
pub fn for_each_plan(problem: &Problem, candidates: &[Visit], look: impl FnMut(&[Visit], &Report)) -> usize {
    let pair = |a: &Visit, b: &Visit| a != b && !is_hopeless(&check_plan(problem, &Plan::new(problem, [*a, *b])));
    let together = candidates.iter().map(|a| candidates.iter().map(|b| pair(a, b)).collect()).collect();
    let mut listing = Listing { problem, candidates, together, look, count: 0 };
    listing.extend(&mut Vec::new(), &(0..candidates.len()).collect::<Vec<_>>());
    listing.count
}

struct Listing<'a, F> {
    problem: &'a Problem,
    candidates: &'a [Visit],
    together: Vec<Vec<bool>>,
    look: F,
    count: usize,
}

impl<F: FnMut(&[Visit], &Report)> Listing<'_, F> {
    fn extend(&mut self, chosen: &mut Vec<usize>, open: &[usize]) {
        let visits: Vec<Visit> = chosen.iter().map(|at| self.candidates[*at]).collect();
        let report = check_plan(self.problem, &Plan::new(self.problem, visits.clone()));
        self.count += 1;
        if report.broken.is_empty() {
            (self.look)(&visits, &report);
        }
        if is_hopeless(&report) {
            return;
        }
        for (n, at) in open.iter().enumerate() {
            let left: Vec<usize> = open[n + 1..].iter().copied().filter(|other| self.together[*at][*other]).collect();
            chosen.push(*at);
            self.extend(chosen, &left);
            chosen.pop();
        }
    }
}
