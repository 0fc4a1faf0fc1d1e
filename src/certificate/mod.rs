//! Writes down what proves a bound, and proves it again from the week alone.
//!
//! A search may be wrong in many ways; nobody should have to believe it. Its [`Proof`] says by which cases and with
//! which duals its bound was found, and [`prove`] computes from the week what they prove. It shares no code with the search but
//! the problem, the rules' book (who, when, how long) and travel minutes: shifts, visits, points, rows and routes are
//! worked out here a second time, as plainly as possible. Whatever a certificate says, no plan has fewer points than
//! [`prove`] gives: a wrong certificate proves less, or is refused.
//!
//! # The mathematics
//!
//! Let the new visits of any plan be given. The points beyond those of a week without new visits are the sum over
//! groups of
//!
//! ```text
//! Σ_shifts points of its route  +  Σ_grants extra_carer · further carers of the grant
//! ```
//!
//! as no grant has visits in two groups. Each row of `rows` holds for the visits, further carers and patterns of lengths of
//! every plan that takes the leaf's branches. So with duals `π` of the right sign — zero or less for `≤`, zero or
//! more for `≥` — the group's points are at least the Lagrangian bound (Geoffrion 1974, section 2)
//!
//! ```text
//! Σ_rows rhs · π + Σ_shifts min(0, least reduced points of a route)
//!                + Σ_grants ( min(0, least reduced points of a pattern) + most further carers · min(0, their reduced points) )
//! ```
//!
//! A row of halves (`half`) also counts pairs of visits of one route: their duals are part of the route's reduced points.
//!
//! Every plan takes the branches to some leaf, so the least of the leaves bounds the group. Points are whole, so that
//! it may be rounded up. Duals are whole millionths and all sums whole numbers that cannot overflow.

mod file;
mod group;
mod half;
mod leaf;
mod names;
mod offers;
mod pairs;
mod place;
mod read;
mod routes;
mod rows;
mod shift;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::check;
use crate::diagnostic::Text;
use crate::ids::{GrantId, IdVec, ShiftId};
use crate::plan::Plan;
use crate::plan::proof::{GroupProof, Leaf, Proof, Tree};
use crate::problem::Problem;
use crate::rules::Rulebook;

use group::Group;
use shift::Shift;

pub use file::{Certificate, Origin, text};
pub use place::{NoPlace, Place};
pub use read::read;

/// What a proof proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// No plan of the week has fewer points.
    pub bound: i64,
    /// How many cases were told apart.
    pub leaves: usize,
}

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Text);

impl Refused {
    fn new(danish: impl Into<String>, english: impl Into<String>) -> Self {
        Refused(Text::new(danish, english))
    }
}

/// The bound that a proof proves for a week, whatever it claims.
///
/// # Errors
/// What in it makes no sense for the week.
pub fn prove(problem: &Problem, book: &Rulebook, proof: &Proof) -> Result<Proven, Refused> {
    let shifts = shifts(problem, book);
    let groups = groups(&shifts, proof);
    are_apart(problem, &shifts, &groups)?;
    let constant = check::check_plan(problem, &Plan::new(problem, [])).terms.score().0;
    let mut proven = Proven { bound: constant, leaves: 0 };
    for (at, of_group) in groups.iter().enumerate() {
        let group = Group::new(problem, book, of_group.shifts.iter().map(|id| &shifts[*id]).collect());
        let (bound, leaves) = tree::bound(&group, &of_group.tree).map_err(|why| in_group(&why, at))?;
        let sum = proven.bound.checked_add(bound);
        proven.bound = sum.ok_or_else(|| Refused::new("grænsen er for stor", "the bound is too large"))?;
        proven.leaves += leaves;
    }
    Ok(proven)
}

fn in_group(why: &Refused, at: usize) -> Refused {
    let (group, Text { danish, english }) = (at + 1, &why.0);
    Refused::new(format!("gruppe {group}: {danish}"), format!("group {group}: {english}"))
}

/// Every shift of the week with all that could be visited in it.
fn shifts(problem: &Problem, book: &Rulebook) -> IdVec<ShiftId, Shift> {
    let published = offers::published(problem);
    let ids: Vec<ShiftId> = problem.shifts.ids().collect();
    IdVec::new(ids.into_par_iter().map(|id| Shift::new(problem, book, id, &published)).collect())
}

/// The proof's groups; shifts that it leaves out are one more, of which nothing is known.
fn groups(shifts: &IdVec<ShiftId, Shift>, proof: &Proof) -> Vec<GroupProof> {
    let mut left: Vec<ShiftId> = shifts.ids().collect();
    let named: BTreeSet<_> = proof.groups.iter().flat_map(|group| &group.shifts).collect();
    left.retain(|id| !named.contains(id));
    let rest = GroupProof { shifts: left, tree: Tree::Leaf(Leaf::default()), bound: 0 };
    proof.groups.iter().cloned().chain([rest]).collect()
}

/// No shift and no grant may stand in two groups: their points would count twice.
fn are_apart(problem: &Problem, shifts: &IdVec<ShiftId, Shift>, groups: &[GroupProof]) -> Result<(), Refused> {
    let mut seen = vec![false; shifts.len()];
    let mut home: BTreeMap<GrantId, usize> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for id in &group.shifts {
            if std::mem::replace(&mut seen[id.0 as usize], true) {
                let carer = &problem.carers[problem.shifts[*id].carer].id;
                return Err(Refused::new(
                    format!("en vagt for {carer} står to gange"),
                    format!("a shift of {carer} stands there twice"),
                ));
            }
            for kind in &shifts[*id].kinds {
                if *home.entry(kind.grant).or_insert(at) != at {
                    let grant = &problem.grants[kind.grant].id;
                    return Err(Refused::new(
                        format!("bevillingen {grant} står i to grupper"),
                        format!("grant {grant} stands in two groups"),
                    ));
                }
            }
        }
    }
    Ok(())
}
