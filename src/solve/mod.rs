//! The optimiser: column generation over (carer, shift) routes.
//!
//! The master problem chooses a route for each shift (`rows` has it in maths); pricing finds the routes that its
//! duals ask for; the duals prove a bound at every step; a dive gives a plan. Then the routes that could still improve
//! the plan are listed, and cuts, another dive and branching over them settle it: a proof, if they are all there. Where
//! they would be too many, neighbourhoods of the plan are solved again and again, cuts that pair visits raise the bound, and plans
//! are looked for below an aim near it. `phases` has the order.
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
mod fractions;
mod gains;
mod group;
mod groups;
mod halves;
mod hours;
mod improve;
mod integer;
mod lean;
mod learned;
mod levels;
mod master;
mod modular;
mod pace;
mod pairs;
mod parts;
mod phases;
mod pricing;
mod progress;
mod record;
mod recreate;
mod returns;
mod rows;
mod settle;
mod stepped;
mod stop;
mod tariff;
mod together;
mod triples;
mod walk;
mod worth;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::ids::{CarerId, GrantId, IdVec, ShiftId};
use crate::problem::Problem;
use crate::rules::Rulebook;

use day::{Context, ShiftDay};
use group::Group;
use phases::Search;

pub use alone::{Place, places, possible_alone};
pub use groups::independent_grants;
pub use hours::{HoursBoard, least_undelivered};
pub use parts::{Growing, Parts};
pub use pricing::Effort;
pub use progress::{Board, Phase, Snapshot};
pub use stop::Stop;
pub use worth::shift_values;

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

/// Searches the best plan; everything it finds and proves is posted on `board` as soon as it is known.
pub fn solve(problem: &Problem, book: &Rulebook, (options, stop): (Options, &Stop), board: &Board) {
    let mut search = Search::new(problem, book, (options, stop), board);
    search.begin();
    search.relax();
    search.prove();
    search.improve();
    search.certify();
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
