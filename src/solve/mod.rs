//! The optimiser: column generation over (carer, shift) routes.
//!
//! The master problem chooses a route for each shift (`rows` has it in maths); pricing finds the routes that its
//! duals ask for; the duals prove a bound at every step; a dive gives a plan. Cuts that pair visits raise the bound
//! further. Then the routes that could still improve
//! the plan are listed, and cuts, another dive and branching over them settle it: a proof, if they are all there. In
//! between small neighbourhoods of the plan are solved again and again.
//!
//! Groups of shifts that share nothing are solved on their own, in parallel. Without a deadline all limits count work, so
//! a run can be repeated exactly; with one, the phases also share the time that is left.

mod alone;
mod areas;
mod bound;
mod branch;
mod choices;
mod colgen;
mod column;
mod constant;
mod counted;
mod cuts;
mod day;
mod dive;
mod draft;
mod enumerate;
mod gains;
mod group;
mod groups;
mod halves;
mod hours;
mod improve;
mod integer;
mod lean;
mod master;
mod parts;
mod pricing;
mod progress;
mod record;
mod recreate;
mod returns;
mod rows;
mod settle;
mod stop;
mod tariff;
mod together;
mod triples;
mod walk;
mod worth;
mod zero_half;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use crate::ids::{CarerId, GrantId, IdVec, ShiftId};
use crate::problem::Problem;
use crate::rules::Rulebook;

use day::{Context, ShiftDay};
use group::Group;
use integer::Limit;

pub use alone::{Place, places, possible_alone};
pub use groups::independent_grants;
pub use hours::{HoursBoard, least_undelivered};
pub use parts::{Growing, Parts, Pricing};
pub use progress::{Board, Phase, Snapshot};
pub use stop::Stop;
pub use worth::shift_values;

/// Groups with a gap so many times narrower than the widest wait with their improvement.
const WORTH_IMPROVING: i64 = 4;

/// How hard to search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Improvements of each independent group; without a number until the clock or the proof ends the search.
    pub effort: Option<u64>,
    /// Chooses among equal searches: which neighbourhoods are tried.
    pub seed: u64,
    pub certificate: Certificate,
}

/// Whether the board's proof is to prove all of the bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certificate {
    /// What the search comes by: the relaxation's duals, which may prove a little less.
    #[default]
    Unasked,
    /// Where the search is done and the proof lacks something, it goes on by branching with pricing.
    Asked,
}

/// Nodes of a group that are looked at between two posts, and in all, to certify its bound.
const CERTIFIED_AT_A_TIME: u64 = 20;
const CERTIFIED_NODES: u64 = 4_000;

/// Of the time the first relaxation may take so much; what is left of it goes on between the improvements.
const RELAXATION_SHARE: f64 = 0.5;

/// Where plans are far from the bound they may be improved for so much of what is left then, before their proof goes on.
const IMPROVING_SHARE: f64 = 0.35;

/// And of what is left then, so much may go into cuts that pair visits before plans are looked for again.
const SHARPENING_SHARE: f64 = 0.7;

/// How long the routes that the relaxation brought are chosen among.
const CHOOSING: Limit = Limit { nodes: 50, share: 0.02 };

/// Nodes of an integer problem.
const INTEGER_NODES: i32 = 200;

/// Of the time that is left an integer problem may take so much.
const INTEGER_SHARE: f64 = 0.1;

/// Searches the best plan; everything it finds and proves is posted on `board` as soon as it is known.
pub fn solve(problem: &Problem, book: &Rulebook, (options, stop): (Options, &Stop), board: &Board) {
    let days = shift_days(problem, book);
    let constant = constant::points(problem, book).0;
    let split = groups::split(problem, days);
    let seeded = split.into_par_iter().enumerate();
    let mut groups: Vec<Group> =
        seeded.map(|(n, days)| Group::new(problem, book, days, options.seed.wrapping_add(n as u64))).collect();
    board.open(constant, groups.len());
    let post = |at: usize, group: &Group| board.post(at, group);

    board.enter(Phase::FirstPlan);
    for_each(&mut groups, |at, group| {
        group.start(problem, book, stop);
        post(at, group);
    });
    board.enter(Phase::Relaxation);
    let until = stop.left().map(|left| Instant::now() + left.mul_f64(RELAXATION_SHARE));
    for_each(&mut groups, |at, group| {
        // A dive needs no proven relaxation, only one that is nearly there, so a good plan need not wait for it.
        while !group.is_nearly_relaxed() && group.generate(stop) {}
        group.dive(stop);
        post(at, group);
        group.polish(problem, book, stop);
        post(at, group);
    });
    for_each(&mut groups, |at, group| {
        while group.generate(stop) && until.is_none_or(|until| Instant::now() < until) {
            post(at, group);
        }
        post(at, group);
    });
    board.enter(Phase::Proof);
    let limit = Limit { nodes: INTEGER_NODES, share: INTEGER_SHARE };
    let until = stop.left().map(|left| Instant::now() + left.mul_f64(SHARPENING_SHARE));
    for_each(&mut groups, |at, group| {
        group.choose(CHOOSING, stop);
        post(at, group);
        // Where few routes are left, listing them is quicker than rows of halves in the labelling; and a better plan leaves fewer.
        let mut before = None;
        while before != Some(group.points) || group.lacks_routes() {
            before = Some(group.points);
            group.prove(stop);
            post(at, group);
            if group.is_proven() || group.is_promising() {
                break;
            }
        }
    });
    let improving_until = stop.left().map(|left| Instant::now() + left.mul_f64(IMPROVING_SHARE));
    // A better plan leaves fewer routes to list and less to prove.
    for_each(&mut groups, |at, group| {
        while group.is_promising() && improving_until.is_none_or(|until| Instant::now() < until) {
            group.improve(limit, stop);
            post(at, group);
        }
    });
    // In turns, so that the clock leaves no group without its share.
    let mut goes_on = true;
    while goes_on && until.is_none_or(|until| Instant::now() < until) {
        let raised = AtomicBool::new(false);
        for_each(&mut groups, |at, group| {
            if group.sharpen(stop) {
                raised.store(true, Ordering::Relaxed);
                post(at, group);
            }
        });
        goes_on = raised.into_inner();
    }
    // A search below an aim takes longer than anything else: before it each group gets what is quick.
    for_each(&mut groups, |at, group| {
        group.prove(stop);
        post(at, group);
    });
    for_each(&mut groups, |at, group| {
        group.aim(stop);
        post(at, group);
    });
    board.enter(Phase::Improvement);
    improve(&mut groups, (options, limit, stop), board);
    if options.certificate == Certificate::Asked {
        board.enter(Phase::Certificate);
        certify(&mut groups, stop, board);
    }
}

/// Proves each group's bound once more in a way that can be handed over.
fn certify(groups: &mut [Group], stop: &Stop, board: &Board) {
    groups.par_iter_mut().enumerate().with_max_len(1).for_each(|(at, group)| {
        // Rows of halves are handed over, listed routes are not.
        while !group.is_certified() && group.cut_deeper(stop) {
            board.post(at, group);
        }
        for _ in 0..CERTIFIED_NODES / CERTIFIED_AT_A_TIME {
            if group.is_certified() || stop.now() {
                break;
            }
            group.branch(CERTIFIED_AT_A_TIME, stop);
            board.post(at, group);
        }
    });
}

/// Improves the groups with the widest gaps until the work, the clock or the proof ends it.
fn improve(groups: &mut [Group], (options, limit, stop): (Options, Limit, &Stop), board: &Board) {
    let mut work = stop::Work::rounds(options.effort);
    while groups.iter().any(|group| !group.is_proven()) && !stop.now() && work.take() {
        let widest = groups.iter().map(Group::gap).max().unwrap_or(0);
        let is_wide = |group: &Group| group.gap() >= widest / WORTH_IMPROVING;
        for_each(groups, |at, group| {
            if !group.is_relaxed() {
                group.generate(stop);
            }
            if is_wide(group) {
                group.sharpen(stop);
                group.improve(limit, stop);
                group.prove(stop);
                group.aim(stop);
                board.post(at, group);
            }
        });
    }
}

/// Goes through the groups that are not proven, in parallel.
fn for_each(groups: &mut [Group], act: impl Fn(usize, &mut Group) + Sync) {
    groups
        .par_iter_mut()
        .enumerate()
        .with_max_len(1)
        .filter(|(_, group)| !group.is_proven())
        .for_each(|(at, group)| act(at, group));
}

/// Every shift of the week with all that could be visited in it.
fn shift_days(problem: &Problem, book: &Rulebook) -> Vec<ShiftDay> {
    let mut published = HashMap::new();
    for visit in problem.published.iter().flat_map(|p| &p.visits) {
        *published.entry(*visit).or_insert(0) += 1;
    }
    let context = Context { problem, book, published: &published };
    let grants = grants_by_carer(problem, book);
    let shifts: Vec<ShiftId> = problem.shifts.ids().collect();
    shifts.into_par_iter().map(|shift| ShiftDay::new(&context, shift, &grants[problem.shifts[shift].carer])).collect()
}

/// The grants that each carer may serve and that have visits to give.
fn grants_by_carer(problem: &Problem, book: &Rulebook) -> IdVec<CarerId, Vec<GrantId>> {
    let mut grants = IdVec::from_fn(problem.carers.len(), |_| Vec::new());
    for (grant, rules) in book.grants.iter().filter(|(_, rules)| !rules.lengths.each.is_empty()) {
        for carer in &rules.carers {
            grants[*carer].push(grant);
        }
    }
    grants
}
