//! The Lagrangian bound of a leaf; the page of the room has the mathematics.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Refused;
use super::group::{Group, Several};
use super::pairs::Charge;
use super::routes::{self, Duals, Memory};
use super::rows::{Row, Sense};
use crate::ids::GrantId;
use crate::plan::proof::{Leaf, MICRO, RowName};

/// A dual, and what all duals together pay for a kind of visit, may be a billion points, so that the points of a route
/// fit into 64 bits; and so may all that a shift charges for pairs. No week needs more.
const MOST_PAID: i128 = 1_000_000_000 * MICRO as i128;

/// A group with what is kept from leaf to leaf.
pub(super) struct Pricer<'g> {
    group: &'g Group<'g>,
    memories: Vec<Mutex<Memory>>,
    rows: RefCell<HashMap<RowName, Row>>,
}

/// What the duals pay, in millionths of a point.
struct Paid {
    rhs: i128,
    kinds: Vec<i128>,
    patterns: Vec<i128>,
    further: HashMap<GrantId, i128>,
    /// What each shift's routes pay for pairs.
    charges: Vec<Vec<Charge>>,
}

impl<'g> Pricer<'g> {
    pub fn new(group: &'g Group<'g>) -> Self {
        let memories = group.shifts.par_iter().map(|shift| Mutex::new(Memory::new(shift))).collect();
        Pricer { group, memories, rows: RefCell::default() }
    }

    /// The leaf's bound in millionths of a point; `path` are the branches taken from the root.
    pub fn bound(&self, leaf: &Leaf, path: &[Row]) -> Result<i128, Refused> {
        let paid = self.paid(leaf, path)?;
        let values: Option<Vec<i64>> = paid.kinds.iter().map(|value| within(*value)).collect();
        let values = values.ok_or_else(too_large)?;
        if !paid.charges.iter().all(|charges| is_within(charges)) {
            return Err(too_large());
        }
        let least = |(at, memory): (usize, &Mutex<Memory>)| {
            let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
            let duals = Duals { values: &values[self.group.of_shift[at].clone()], charges: &paid.charges[at] };
            i128::from(routes::least(self.group.shifts[at], &duals, &mut memory))
        };
        let routes: i128 = self.memories.par_iter().enumerate().map(least).sum();
        Ok(paid.rhs + routes + self.grants(&paid))
    }

    /// The least reduced points of each grant's pattern and further carers.
    fn grants(&self, paid: &Paid) -> i128 {
        let of_grant = |(grant, several): (&GrantId, &Several)| {
            let pattern = several.patterns.clone().map(|at| -paid.patterns[at]).min().unwrap_or(0);
            let (most, points) = several.further;
            let each = i128::from(points) * i128::from(MICRO) - paid.further.get(grant).copied().unwrap_or(0);
            pattern.min(0) + i128::from(most) * each.min(0)
        };
        self.group.several.iter().map(of_grant).sum()
    }

    fn paid(&self, leaf: &Leaf, path: &[Row]) -> Result<Paid, Refused> {
        let group = self.group;
        let (kinds, patterns) = (vec![0; group.kinds.len()], vec![0; group.patterns.len()]);
        let charges = vec![Vec::new(); group.shifts.len()];
        let mut paid = Paid { rhs: 0, kinds, patterns, further: HashMap::new(), charges };
        let mut known = self.rows.borrow_mut();
        for (name, dual) in &leaf.duals {
            if let RowName::Branch(step) = name {
                let row = usize::try_from(*step).ok().and_then(|step| path.get(step));
                paid.add(group, row.ok_or_else(unknown)?, *dual)?;
                continue;
            }
            if !known.contains_key(name) {
                known.insert(name.clone(), Row::named(group, name).ok_or_else(unknown)?);
            }
            paid.add(group, &known[name], *dual)?;
        }
        Ok(paid)
    }
}

impl Paid {
    fn add(&mut self, group: &Group<'_>, row: &Row, dual: i64) -> Result<(), Refused> {
        let wrong = match row.sense {
            Sense::AtMost => dual > 0,
            Sense::Exactly => false,
            Sense::AtLeast => dual < 0,
        };
        if wrong {
            return Err(Refused::new("en dualværdi har forkert fortegn", "a dual has the wrong sign"));
        }
        let dual = within(i128::from(dual)).ok_or_else(too_large)?;
        for pairs in &row.pairs {
            self.charges[pairs.shift].push(Charge::new(-dual, pairs, &group.of_shift[pairs.shift]));
        }
        let dual = i128::from(dual);
        self.rhs += dual * i128::from(row.rhs);
        row.kinds.iter().for_each(|(kind, n)| self.kinds[*kind] += dual * i128::from(*n));
        row.patterns.iter().for_each(|(pattern, n)| self.patterns[*pattern] += dual * i128::from(*n));
        for (grant, n) in &row.further {
            *self.further.entry(*grant).or_default() += dual * i128::from(*n);
        }
        Ok(())
    }
}

fn within(paid: i128) -> Option<i64> {
    (paid.abs() <= MOST_PAID).then(|| i64::try_from(paid).ok()).flatten()
}

fn is_within(charges: &[Charge]) -> bool {
    within(charges.iter().map(|charge| i128::from(charge.points())).sum()).is_some()
}

fn unknown() -> Refused {
    Refused::new("der står en række, som gruppen ikke har", "it names a row that the group has not")
}

fn too_large() -> Refused {
    Refused::new("dualværdierne er for store", "the duals are too large")
}
