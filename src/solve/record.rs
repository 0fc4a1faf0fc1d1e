//! What proves the bounds of a branching tree, noted while it grows.
//!
//! A node that has not been looked at has its parent's duals: what they prove holds in both halves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counted::Counted;
use super::rows::{RowId, Rows};
use crate::ids::ShiftId;
use crate::plan::proof::{Branch, Leaf, RowName, Tree, VisitSet};

/// A half of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Half {
    /// `most` visits or fewer.
    Fewer,
    /// More than `most` visits.
    More,
}

/// A branch taken: of a set of visits, counted by a side column, `most` or fewer, or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub set: Counted,
    pub column: usize,
    pub most: i64,
    pub half: Half,
}

/// What is known of a node.
#[derive(Clone, Debug)]
enum Known {
    /// A bound in millionths, and the duals that prove it.
    Bound(i64, Arc<Leaf>),
    /// The set and count that it branches on, and its halves.
    Split(Counted, i64, [u64; 2]),
}

/// What proves the bound of each node, by number; the root's is 0.
#[derive(Debug)]
pub(super) struct Record {
    nodes: BTreeMap<u64, Known>,
}

impl Record {
    /// Of a root whose bound, in millionths, these duals prove.
    pub fn new(bound: i64, duals: Vec<(RowName, i64)>) -> Self {
        Record { nodes: BTreeMap::from([(0, Known::Bound(bound, Arc::new(Leaf { duals })))]) }
    }

    /// Notes a bound of a node, if it is a better one.
    pub fn note(&mut self, node: u64, bound: i64, duals: impl FnOnce() -> Vec<(RowName, i64)>) {
        if let Some(Known::Bound(known, leaf)) = self.nodes.get_mut(&node)
            && bound > *known
        {
            (*known, *leaf) = (bound, Arc::new(Leaf { duals: duals() }));
        }
    }

    /// Notes that a node is split.
    pub fn split(&mut self, node: u64, (set, most): (Counted, i64), halves: [u64; 2]) {
        if let Some(known @ Known::Bound(..)) = self.nodes.insert(node, Known::Split(set, most, halves)) {
            halves.into_iter().for_each(|half| drop(self.nodes.insert(half, known.clone())));
        }
    }

    /// The least bound of the leaves, in millionths.
    pub fn bound(&self) -> i64 {
        let bounds = self.nodes.values().filter_map(|known| match known {
            Known::Bound(bound, _) => Some(*bound),
            Known::Split(..) => None,
        });
        bounds.min().unwrap_or(i64::MIN)
    }

    /// The tree from the root on, in the words of the week; `shifts` are the group's.
    pub fn tree(&self, rows: &Rows, shifts: &[ShiftId]) -> Tree {
        self.tree_of(0, &|set| set.visits(rows, shifts).expect("where routes are priced only visits are counted"))
    }

    fn tree_of(&self, node: u64, visits: &impl Fn(Counted) -> VisitSet) -> Tree {
        match &self.nodes[&node] {
            Known::Bound(_, leaf) => Tree::Leaf(Leaf::clone(leaf)),
            Known::Split(set, most, [fewer, more]) => Tree::Branch(Box::new(Branch {
                visits: visits(*set),
                most: *most,
                fewer: self.tree_of(*fewer, visits),
                more: self.tree_of(*more, visits),
            })),
        }
    }
}

impl Rows {
    /// The duals that are not 0, by the names of their rows; those of counts by the step of a path that limits them.
    pub fn named_in(&self, duals: &[i64], path: &[Step]) -> Vec<(RowName, i64)> {
        let in_words = |row: RowId, name: &RowName| match name {
            RowName::Inner => self.step_of(row, duals, path),
            name => name.clone(),
        };
        let rows = (0..).zip(&self.names).zip(duals).filter(|(_, dual)| **dual != 0);
        rows.map(|((row, name), dual)| (in_words(row, name), *dual)).collect()
    }

    /// The step that limits the count of a row on the side that its dual is of. Without limits a count has no dual
    /// ([`Rows::drop_noise`]); if one had, it would stay as it is, which no proof takes, as the bound needs it.
    fn step_of(&self, row: RowId, duals: &[i64], path: &[Step]) -> RowName {
        let half = if duals[row as usize] < 0 { Half::Fewer } else { Half::More };
        let counts = |step: &Step| self.side[step.column].rows.first().is_some_and(|(counted, _)| *counted == row);
        let steps = (0..).zip(path).filter(|(_, step)| step.half == half && counts(step));
        // Of several limits of one count the tightest is the one that holds.
        let tightest = match half {
            Half::Fewer => steps.min_by_key(|(_, step)| step.most),
            Half::More => steps.max_by_key(|(_, step)| step.most),
        };
        tightest.map_or(RowName::Inner, |(at, _)| RowName::Branch(at))
    }
}
