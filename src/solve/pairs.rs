//! Cuts for pairs of visits: a grant with two visits has one carer only where one carer gives both.
//!
//! Take a set `S` of a grant's patterns of two visits, and call two visits *partners* where one carer gives them on two days and
//! their lengths are a pattern of `S`. Give every possible visit `v` a weight `α_v` so that any two partners weigh 1 together. Who
//! gives both visits of a pattern of `S` gives two partners; otherwise there is a further carer. So
//!
//! ```text
//! Σ_{p of S} y_p − Σ_v α_v · (visits v) ≤ e_g.
//! ```
//!
//! The weights that are violated most are those of a cheapest cover of the partners, each carer for itself: weights of 0, ½ and
//! 1 are enough (Nemhauser and Trotter 1975, *Mathematical Programming* 8), and a greatest flow finds them. Without these cuts the relaxation pairs
//! one visit of a carer with several of the carer's others, half with each.

use std::collections::BTreeMap;

use super::cuts::Cut;
use super::master::Relaxed;
use super::rows::{KindId, Meaning, PatternedGrant, Rows, SharedGrant, at_most};
use crate::ids::CarerId;
use crate::plan::proof::{PairCover, RowName};
use crate::units::{Day, Minutes};

/// A violation smaller than this is left to branching.
const VIOLATION_MIN: f64 = 1e-3;

/// All sets are tried of so many patterns, of more only the set of all.
const PATTERNS_MAX: usize = 4;

/// Parts of a visit in which flows are counted.
const PARTS: f64 = 1e9;

/// The most violated cut of each grant.
pub(super) fn pairs(rows: &Rows, taken: &[f64], relaxed: &Relaxed) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for shared in rows.shared.iter().filter(|shared| shared.pinned.is_empty()) {
        if let Some(grant) = rows.patterned.iter().find(|grant| grant.grant == shared.grant) {
            cuts.extend(Search::new(rows, (taken, relaxed), shared, grant).most_violated());
        }
    }
    cuts
}

/// A pattern of two visits that the relaxation takes.
#[derive(Clone, Copy)]
struct Pattern {
    column: usize,
    lengths: [i32; 2],
    taken: f64,
}

impl Pattern {
    fn is_of(&self, one: i32, other: i32) -> bool {
        self.lengths == [one, other] || self.lengths == [other, one]
    }
}

/// The visits that a carer could give on a day, of a length.
struct Place {
    day: Day,
    length: i32,
    taken: f64,
    kinds: Vec<KindId>,
}

struct Search<'a> {
    grant: &'a PatternedGrant,
    extra: usize,
    further: f64,
    patterns: Vec<Pattern>,
    carers: BTreeMap<CarerId, Vec<Place>>,
}

impl<'a> Search<'a> {
    fn new(rows: &Rows, (taken, relaxed): (&[f64], &Relaxed), shared: &SharedGrant, grant: &'a PatternedGrant) -> Self {
        let pattern = |column: &usize| match &rows.side[*column].meaning {
            Meaning::Pattern(lengths) if relaxed.side[*column] > VIOLATION_MIN => {
                let lengths = <[i32; 2]>::try_from(lengths.as_slice()).ok()?;
                Some(Pattern { column: *column, lengths, taken: relaxed.side[*column] })
            }
            _ => None,
        };
        let patterns = grant.columns.iter().filter_map(pattern).collect();
        let mut places: BTreeMap<(CarerId, Day, i32), Place> = BTreeMap::new();
        for id in &grant.kinds {
            let kind = &rows.kinds[*id as usize];
            let empty = Place { day: kind.day, length: kind.length, taken: 0.0, kinds: Vec::new() };
            let place = places.entry((kind.carer, kind.day, kind.length)).or_insert(empty);
            place.taken += taken[*id as usize];
            place.kinds.push(*id);
        }
        let mut carers: BTreeMap<CarerId, Vec<Place>> = BTreeMap::new();
        for ((carer, ..), place) in places {
            carers.entry(carer).or_default().push(place);
        }
        Search { grant, extra: shared.extra, further: relaxed.side[shared.extra], patterns, carers }
    }

    fn most_violated(&self) -> Option<Cut> {
        let sets = self.sets().into_iter().map(|set| (self.violation(&set), set));
        let worst = sets.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(violation, _)| *violation > VIOLATION_MIN);
        worst.map(|(_, set)| self.cut(&set))
    }

    fn sets(&self) -> Vec<Vec<Pattern>> {
        let all = 1_usize << self.patterns.len().min(PATTERNS_MAX);
        if self.patterns.len() > PATTERNS_MAX {
            return vec![self.patterns.clone()];
        }
        let set = |chosen: usize| {
            let is_chosen = |(at, _): &(usize, &Pattern)| chosen >> at & 1 == 1;
            self.patterns.iter().enumerate().filter(is_chosen).map(|(_, pattern)| *pattern).collect()
        };
        (1..all).map(set).collect()
    }

    fn violation(&self, set: &[Pattern]) -> f64 {
        let visited: f64 = set.iter().map(|pattern| pattern.taken).sum();
        let covered = |places: &Vec<Place>| -> f64 {
            let halves = cover(set, places);
            places.iter().zip(halves).map(|(place, halves)| place.taken * f64::from(halves) / 2.0).sum()
        };
        visited - self.further - self.carers.values().map(covered).sum::<f64>()
    }

    fn cut(&self, set: &[Pattern]) -> Cut {
        let mut cover_of = PairCover {
            patterns: set.iter().map(|pattern| pattern.lengths.map(Minutes)).collect(),
            halves: Vec::new(),
        };
        let mut kinds = Vec::new();
        for (carer, places) in &self.carers {
            for (place, halves) in places.iter().zip(cover(set, places)) {
                if halves < 2 {
                    cover_of.halves.push((*carer, place.day, Minutes(place.length), halves));
                }
                kinds.extend(place.kinds.iter().map(|kind| (*kind, -i64::from(halves))));
            }
        }
        let unit = cover_of.unit();
        kinds.iter_mut().for_each(|(_, halves)| *halves = *halves * unit / 2);
        kinds.retain(|(_, weight)| *weight != 0);
        let side = set.iter().map(|pattern| (pattern.column, unit)).chain([(self.extra, -unit)]).collect();
        Cut { name: RowName::Pairs(self.grant.grant, cover_of.into()), row: at_most(0), kinds, side }
    }
}

/// The halves of weight of each place of a carer: partners have two together, at the least cost of what the relaxation takes. Places
/// without visits weigh as little as their partners let them.
fn cover(set: &[Pattern], places: &[Place]) -> Vec<u8> {
    let are_partners = |one: usize, other: usize| {
        let (one, other) = (&places[one], &places[other]);
        one.day != other.day && set.iter().any(|pattern| pattern.is_of(one.length, other.length))
    };
    let (taken, free): (Vec<usize>, Vec<usize>) = (0..places.len()).partition(|at| places[*at].taken * PARTS >= 1.0);
    let costs: Vec<i64> = taken.iter().map(|at| (places[*at].taken * PARTS) as i64).collect();
    let mut halves = vec![0; places.len()];
    for (at, own) in taken.iter().zip(cheapest_cover(&costs, |i, j| are_partners(taken[i], taken[j]))) {
        halves[*at] = own;
    }
    for at in &free {
        let of_taken = taken.iter().filter(|other| are_partners(*at, **other)).map(|other| 2 - halves[*other]).max();
        let of_free = free.iter().any(|other| are_partners(*at, *other)).then_some(1);
        halves[*at] = of_taken.max(of_free).unwrap_or(0);
    }
    halves
}

/// Halves of weight for vertices with costs, so that the ends of each edge have two together, at the least cost: a cover of the
/// graph that has every vertex twice, left and right, read off a greatest flow.
fn cheapest_cover(costs: &[i64], is_edge: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    let mut flow = Flow { left: costs.to_vec(), right: costs.to_vec(), sent: BTreeMap::new() };
    loop {
        match flow.path(&is_edge) {
            Ok(path) => flow.send(&path),
            Err(reached) => {
                let halves =
                    (0..costs.len()).map(|at| (!reached.left.contains_key(&at), reached.right.contains_key(&at)));
                return halves.map(|(left, right)| u8::from(left) + u8::from(right)).collect();
            }
        }
    }
}

/// A flow from the left vertices to the right ones.
struct Flow {
    /// What each left vertex can still send, and each right one receive.
    left: Vec<i64>,
    right: Vec<i64>,
    sent: BTreeMap<(usize, usize), i64>,
}

/// The vertices that more could flow to, with the ones that it would come from.
#[derive(Default)]
struct Reached {
    left: BTreeMap<usize, Option<usize>>,
    right: BTreeMap<usize, usize>,
}

impl Flow {
    /// A way on which more can flow, from its end to its beginning, right and left in turns; where there is none, all that is reached.
    fn path(&self, is_edge: &impl Fn(usize, usize) -> bool) -> Result<Vec<usize>, Reached> {
        let mut reached = Reached::default();
        let mut open: Vec<usize> = (0..self.left.len()).filter(|at| self.left[*at] > 0).collect();
        open.iter().for_each(|at| _ = reached.left.insert(*at, None));
        while let Some(from) = open.pop() {
            for to in (0..self.right.len()).filter(|to| is_edge(from, *to)) {
                if reached.right.contains_key(&to) {
                    continue;
                }
                reached.right.insert(to, from);
                if self.right[to] > 0 {
                    return Ok(way_back(&reached, to));
                }
                let back =
                    self.sent.iter().filter(|((_, end), sent)| *end == to && **sent > 0).map(|((start, _), _)| *start);
                for next in back {
                    if let std::collections::btree_map::Entry::Vacant(entry) = reached.left.entry(next) {
                        entry.insert(Some(to));
                        open.push(next);
                    }
                }
            }
        }
        Err(reached)
    }

    fn send(&mut self, path: &[usize]) {
        let (end, start) = (path[0], path[path.len() - 1]);
        let back = path[1..path.len() - 1].chunks(2).map(|back| self.sent[&(back[0], back[1])]);
        let most = back.chain([self.right[end], self.left[start]]).min().unwrap_or(0);
        path.chunks(2).for_each(|on| *self.sent.entry((on[1], on[0])).or_default() += most);
        path[1..path.len() - 1].chunks(2).for_each(|back| *self.sent.entry((back[0], back[1])).or_default() -= most);
        self.right[end] -= most;
        self.left[start] -= most;
    }
}

fn way_back(reached: &Reached, end: usize) -> Vec<usize> {
    let mut path = vec![end];
    let mut to = end;
    loop {
        let from = reached.right[&to];
        path.push(from);
        match reached.left[&from] {
            Some(before) => {
                path.push(before);
                to = before;
            }
            None => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cheapest weights of 0, ½ and 1 by trying them all.
    fn least_cost(costs: &[i64], is_edge: impl Fn(usize, usize) -> bool) -> i64 {
        let weights = |mut number: usize| -> Vec<u8> {
            let digit = |_: &i64| {
                let digit = number % 3;
                number /= 3;
                digit as u8
            };
            costs.iter().map(digit).collect()
        };
        let covers = |halves: &Vec<u8>| {
            (0..costs.len()).all(|i| (0..costs.len()).all(|j| !is_edge(i, j) || halves[i] + halves[j] >= 2))
        };
        let cost = |halves: Vec<u8>| halves.iter().zip(costs).map(|(halves, cost)| i64::from(*halves) * cost).sum();
        (0..3_usize.pow(costs.len() as u32)).map(weights).filter(covers).map(cost).min().expect("all ones cover")
    }

    proptest! {
        #[test]
        fn a_cover_covers_at_the_least_cost(
            costs in prop::collection::vec(1_i64..100, 1..7),
            edges in prop::collection::vec((0_usize..7, 0_usize..7), 0..12),
        ) {
            let is_edge = |i: usize, j: usize| i != j && (edges.contains(&(i, j)) || edges.contains(&(j, i)));
            let halves = cheapest_cover(&costs, is_edge);
            for i in 0..costs.len() {
                for j in 0..costs.len() {
                    prop_assert!(!is_edge(i, j) || halves[i] + halves[j] >= 2);
                }
            }
            let cost: i64 = halves.iter().zip(&costs).map(|(halves, cost)| i64::from(*halves) * cost).sum();
            prop_assert_eq!(cost, least_cost(&costs, is_edge));
        }
    }
}
