//! The bound of a group: the least of its tree's leaves.

use super::Refused;
use super::group::Group;
use super::leaf::Pricer;
use super::rows::Row;
use crate::plan::proof::{MICRO, Tree};

/// No count of visits comes near it.
const MOST_COUNTED: i64 = 1_000_000_000;

/// No path to a leaf is longer.
pub(super) const DEEPEST: usize = 2_000;

/// The group's bound in whole points, and how many leaves there are.
pub(super) fn bound(group: &Group<'_>, tree: &Tree) -> Result<(i64, usize), Refused> {
    let pricer = Pricer::new(group);
    let mut walk = Walk { group, pricer: &pricer, least: None, leaves: 0, path: Vec::new() };
    walk.down(tree)?;
    // A tree has a leaf. Points are whole, so that between this one and the next there are none.
    let micro = i128::from(MICRO);
    let least = walk.least.unwrap_or(0);
    let whole = least.div_euclid(micro) + i128::from(least.rem_euclid(micro) != 0);
    let whole = i64::try_from(whole).map_err(|_| Refused::new("grænsen er for stor", "the bound is too large"))?;
    Ok((whole, walk.leaves))
}

struct Walk<'a> {
    group: &'a Group<'a>,
    pricer: &'a Pricer<'a>,
    least: Option<i128>,
    leaves: usize,
    /// The rows of the branches taken.
    path: Vec<Row>,
}

impl Walk<'_> {
    fn down(&mut self, tree: &Tree) -> Result<(), Refused> {
        let branch = match tree {
            Tree::Branch(branch) => branch,
            Tree::Leaf(leaf) => {
                let bound = self.pricer.bound(leaf, &self.path)?;
                self.leaves += 1;
                self.least = Some(self.least.map_or(bound, |least| least.min(bound)));
                return Ok(());
            }
        };
        if self.path.len() >= DEEPEST || branch.most.abs() > MOST_COUNTED {
            return Err(Refused::new("en forgrening er umulig", "a branch is impossible"));
        }
        for (row, case) in
            [(Row::fewer(self.group, branch), &branch.fewer), (Row::more(self.group, branch), &branch.more)]
        {
            self.path.push(row);
            self.down(case)?;
            self.path.pop();
        }
        Ok(())
    }
}
