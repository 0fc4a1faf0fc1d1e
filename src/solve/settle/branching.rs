//! Branching over listed routes by two searches side by side, each with a linear program and open nodes of its own.
//!
//! They are two whether there are threads for both or not, and deal out their nodes after fixed numbers of them: so a search looks at
//! the same nodes on any number of threads.

use super::super::branch::Tree;
use super::super::column::Column;
use super::super::gains::Gains;
use super::super::stop::{Stop, Work};
use super::Settlement;

/// So many nodes a search looks at until open ones are dealt out again.
const NODES_AT_A_TIME: u64 = 10;

/// And the first one before there is a second.
const NODES_ALONE: u64 = 6;

impl Settlement {
    /// Branches until a plan better than `points` is found, none can exist, or so many nodes were looked at. Gives what plans were found.
    pub fn branch(&mut self, points: i64, nodes: u64, stop: &Stop) -> Vec<Vec<Column>> {
        let (mut found, mut looked_at) = (Vec::new(), 0);
        while found.is_empty() && looked_at < nodes && self.open_nodes() > 0 && !stop.now() {
            self.deal(points);
            let Some(mut other) = self.other.take() else {
                looked_at += NODES_ALONE;
                found.extend(self.branch_alone(points, NODES_ALONE, stop));
                continue;
            };
            looked_at += 2 * NODES_AT_A_TIME;
            let both = rayon::join(
                || self.branch_alone(points, NODES_AT_A_TIME, stop),
                || other.branch_alone(points, NODES_AT_A_TIME, stop),
            );
            found.extend([both.0, both.1].into_iter().flatten());
            self.other = Some(other);
        }
        let searches = self.other.iter().map(|other| &**other).chain([&*self]);
        let bounds = searches.map(|search| search.tree.as_ref().map_or(search.bound, |tree| tree.bound(points)));
        self.bound = self.bound.max(bounds.min().unwrap_or(self.bound));
        found
    }

    /// Whether a second search was begun.
    #[cfg(test)]
    pub fn is_searched_twice(&self) -> bool {
        self.other.is_some()
    }

    fn open_nodes(&mut self) -> usize {
        let of_other = self.other.as_mut().map_or(0, |other| other.tree().open());
        self.tree().open() + of_other
    }

    fn tree(&mut self) -> &mut Tree {
        self.tree.get_or_insert_with(|| Tree::new(self.bound))
    }

    /// Looks at the next nodes.
    fn branch_alone(&mut self, points: i64, nodes: u64, stop: &Stop) -> Option<Vec<Column>> {
        let mut tree = self.tree.take()?;
        let found = tree.search(self, points, (Work::rounds(Some(nodes)), stop));
        self.tree = Some(tree);
        found.map(|plan| self.columns_at(plan))
    }

    /// Gives half of the open nodes to the other search where it has less than half as many; begins that once there are some for it.
    fn deal(&mut self, points: i64) {
        if self.other.is_none() && self.tree().open() > 1 {
            let mut other = self.below(points);
            other.tree = Some(Tree::beside(self.tree()));
            self.other = Some(Box::new(other));
        }
        let Some(mut other) = self.other.take() else { return };
        let (own, others) = (self.tree().open(), other.tree().open());
        if own > 2 * others {
            other.take_nodes_of(self);
        } else if others > 2 * own {
            self.take_nodes_of(&mut other);
        }
        self.other = Some(other);
    }

    fn take_nodes_of(&mut self, other: &mut Settlement) {
        let nodes = other.tree().halve();
        let Some(mut tree) = self.tree.take() else { return };
        tree.take_over(self, nodes);
        self.tree = Some(tree);
    }

    /// What branching has brought.
    pub fn into_gains(self) -> Gains {
        self.tree.map(Tree::into_gains).unwrap_or_default()
    }

    /// Branches from the root by what that has brought elsewhere.
    pub fn go_by(&mut self, gains: Gains) {
        self.tree = Some(Tree::going_by(gains, self.bound));
        self.other = None;
    }
}
