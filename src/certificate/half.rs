//! Rows that are half the sum of others, rounded down.
//!
//! Let some rows `Σ a_ij x_j ≤ b_i` hold for all plans; of an equation that is so as well. Half their sum holds too:
//! `Σ_j (Σ_i a_ij) / 2 · x_j ≤ (Σ_i b_i) / 2`. All `x_j` — whether a route is taken, whether a pattern is, how many
//! further carers there are — are whole and not negative. So the coefficients may be rounded down, after that the left side is
//! whole, and the right-hand side may be rounded down as well (Chvátal 1973, *Discrete Mathematics* 4).
//!
//! A route of a shift whose visits count `n_v` together has the coefficient `⌊(b + Σ n_v) / 2⌋`, where `b` is 1 if the
//! shift's own row — one route at most — is in the sum, and 0 if not. That is `Σ ⌊n_v / 2⌋` and one more for every second of
//! what is odd: the visits with an odd `n_v`, and the shift if `b` is 1. Where a shift is not paired only `Σ ⌊n_v / 2⌋` is
//! counted. That is less, so the row still holds.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Group;
use super::rows::{Pairs, Row, Sense};
use crate::ids::{GrantId, ShiftId};
use crate::plan::proof::{HalfSum, RowName};

/// The row; `None` where one of its parts is not the group's, stands there twice, or is no row to take a half of.
pub(super) fn row(group: &Group<'_>, sum: &HalfSum) -> Option<Row> {
    let whole = Sum::of(group, sum)?;
    let paired = shifts(group, &sum.paired)?;
    let halved = |counted: &BTreeMap<usize, i64>| {
        let halves = counted.iter().map(|(at, n)| (*at, n.div_euclid(2)));
        halves.filter(|(_, n)| *n != 0).collect::<Vec<_>>()
    };
    let further = whole.further.iter().map(|(grant, n)| (*grant, n.div_euclid(2)));
    Some(Row {
        sense: Sense::AtMost,
        rhs: whole.rhs.div_euclid(2),
        kinds: halved(&whole.kinds),
        patterns: halved(&whole.patterns),
        further: further.filter(|(_, n)| *n != 0).collect(),
        pairs: paired.into_iter().map(|shift| whole.pairs(group, shift)).collect(),
    })
}

/// The sum of some rows, all of them `≤`.
#[derive(Default)]
struct Sum {
    rhs: i64,
    /// What each kind of visit counts, by position.
    kinds: BTreeMap<usize, i64>,
    /// What each pattern counts, by position.
    patterns: BTreeMap<usize, i64>,
    /// What a further carer of a grant counts.
    further: BTreeMap<GrantId, i64>,
    /// The shifts of whose routes one at most is taken, by position.
    shifts: BTreeSet<usize>,
}

impl Sum {
    fn of(group: &Group<'_>, asked: &HalfSum) -> Option<Self> {
        let mut sum = Sum { shifts: shifts(group, &asked.shifts)?, ..Sum::default() };
        sum.rhs = asked.shifts.len() as i64;
        for name in different(&asked.rows)? {
            sum.add(&source(group, name)?);
        }
        for grant in different(&asked.grants)? {
            // At most one of a grant's patterns is taken.
            let patterns = group.several.get(grant)?.patterns.clone();
            patterns.for_each(|pattern| *sum.patterns.entry(pattern).or_default() += 1);
            sum.rhs += 1;
        }
        Some(sum)
    }

    fn add(&mut self, row: &Row) {
        self.rhs += row.rhs;
        row.kinds.iter().for_each(|(kind, n)| *self.kinds.entry(*kind).or_default() += n);
        row.patterns.iter().for_each(|(pattern, n)| *self.patterns.entry(*pattern).or_default() += n);
        row.further.iter().for_each(|(grant, n)| *self.further.entry(*grant).or_default() += n);
    }

    /// What is odd in a shift.
    fn pairs(&self, group: &Group<'_>, shift: usize) -> Pairs {
        let of_shift = self.kinds.range(group.of_shift[shift].clone());
        let kinds = of_shift.filter(|(_, n)| *n % 2 != 0).map(|(kind, _)| *kind).collect();
        Pairs { shift, kinds, own: self.shifts.contains(&shift) }
    }
}

/// A row that a half can be taken of: every plan keeps it, whatever the branches, and it is no `≥`.
fn source(group: &Group<'_>, name: &RowName) -> Option<Row> {
    if matches!(name, RowName::Half(_)) {
        return None;
    }
    Row::named(group, name).filter(|row| row.sense != Sense::AtLeast)
}

/// The positions of some shifts of the group.
fn shifts(group: &Group<'_>, asked: &[ShiftId]) -> Option<BTreeSet<usize>> {
    let position = |id: &ShiftId| group.shifts.iter().position(|shift| shift.id == *id);
    different(asked)?.into_iter().map(position).collect()
}

/// All of them, if none stands there twice.
fn different<T: Ord>(all: &[T]) -> Option<BTreeSet<&T>> {
    let set: BTreeSet<&T> = all.iter().collect();
    (set.len() == all.len()).then_some(set)
}
