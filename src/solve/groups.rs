//! Independent groups of shifts: what one decides changes nothing for another.

use std::collections::{BTreeMap, BTreeSet};

use super::day::ShiftDay;
use super::shift_days;
use crate::ids::GrantId;
use crate::problem::{Problem, Service};
use crate::rules::{Rulebook, provider_is_open};

/// What ties shifts together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Grant(u32),
    Client(u32),
    Carer(u32),
    Provider(u32),
}

/// Splits the shifts into groups, the largest first; shifts without any choice are left out.
pub(super) fn split(problem: &Problem, days: Vec<ShiftDay>) -> Vec<Vec<ShiftDay>> {
    let mut days: Vec<ShiftDay> = days;
    days.retain(|day| !day.kinds.is_empty());
    let mut leader: Vec<usize> = (0..days.len()).collect();
    let mut first: BTreeMap<Tie, usize> = BTreeMap::new();
    for (at, day) in days.iter().enumerate() {
        for tie in ties(problem, day) {
            let other = *first.entry(tie).or_insert(at);
            let (a, b) = (find(&mut leader, at), find(&mut leader, other));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<ShiftDay>> = BTreeMap::new();
    for (at, day) in days.into_iter().enumerate() {
        groups.entry(find(&mut leader, at)).or_default().push(day);
    }
    let mut groups: Vec<Vec<ShiftDay>> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// Grants tie the shifts that could serve them; several grants of a client exclude each other on a day or share a
/// provider; caps tie the shifts of a carer or a provider.
fn ties(problem: &Problem, day: &ShiftDay) -> Vec<Tie> {
    let mut ties = Vec::new();
    for kind in &day.kinds {
        let grant = &problem.grants[kind.grant];
        ties.push(Tie::Grant(kind.grant.0));
        if grant.service != Service::PracticalRelief || provider_is_open(problem, grant.client) {
            ties.push(Tie::Client(grant.client.0));
        }
    }
    let carer = &problem.carers[day.carer];
    if carer.relief_minutes_max.is_some() {
        ties.push(Tie::Carer(day.carer.0));
    }
    if problem.providers[carer.provider].weekly_minutes_max.is_some() {
        ties.push(Tie::Provider(carer.provider.0));
    }
    ties.dedup();
    ties
}

/// The grants that each independent group could visit, in order; a grant that no shift can serve is in none.
///
/// A question about one grant needs its own group alone: what happens in the others changes nothing for it.
pub fn independent_grants(problem: &Problem, book: &Rulebook) -> Vec<Vec<GrantId>> {
    let grants = |days: Vec<ShiftDay>| {
        let all = days.iter().flat_map(|day| day.kinds.iter().map(|kind| kind.grant));
        all.collect::<BTreeSet<GrantId>>().into_iter().collect()
    };
    split(problem, shift_days(problem, book)).into_iter().map(grants).collect()
}
