//! What the relaxation would pay for each shift.
//!
//! A shift has one route at the most; the least reduced cost of its routes, which is zero or less, is what that limit
//! costs: the dual of the shift. Where it is far below zero, time of that kind is scarce. It is a hint and no proof: a
//! second shift of the same kind is worth less than the first.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::group::Group;
use super::pricing::MICRO;
use super::stop::Stop;
use super::{for_each, groups, shift_days};
use crate::ids::ShiftId;
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::units::Points;

/// The points that the relaxation would pay for each shift in which anything could be visited; those of groups of which
/// nothing was proven in time are left out.
pub fn shift_values(problem: &Problem, book: &Rulebook, stop: &Stop) -> BTreeMap<ShiftId, Points> {
    let split = groups::split(problem, shift_days(problem, book));
    let mut groups: Vec<Group> = split.into_par_iter().map(|days| Group::new(problem, book, days, 0)).collect();
    for_each(&mut groups, |_, group| {
        group.start(problem, book, stop);
        while group.generate(stop) {}
    });
    let values = groups.iter().flat_map(Group::shift_values);
    values.map(|(shift, millionths)| (shift, Points(millionths / MICRO))).collect()
}
