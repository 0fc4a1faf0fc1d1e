//! Rows that count half of other rows, rounded down (`fractions`), with what pricing needs to know of them.
//!
//! The subset-row cuts of Jepsen, Petersen, Spoorendonk and Pisinger (2008, *Operations Research* 56(2)) are those of three
//! rows. What is left over of a visit is here whether it is *odd*, and a route counts its *pairs* of odd visits: pricing has to
//! remember whether one is waiting for its partner. That is left out of shifts where the relaxation has no such pair (the
//! limited memory of Pecin, Pessoa, Poggi and Uchoa 2017, *Mathematical Programming Computation* 9(1), by shifts): the row is
//! then a little weaker, and pricing knows of it only where it matters.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::column::Column;
use super::fractions::{Fraction, Source};
use super::rows::{KindId, RowId, Rows};
use crate::plan::proof::{HalfSum, RowName};

/// The pairs that such rows count.
#[derive(Clone, Debug, Default)]
pub(super) struct Halves {
    /// The rows in which a visit of this kind is odd.
    of_kind: Vec<Vec<RowId>>,
    /// The rows in which this shift itself is odd.
    of_shift: Vec<Vec<RowId>>,
}

/// Half the sum of some rows, rounded down.
#[derive(Clone, Debug)]
pub(super) struct Half {
    fraction: Fraction,
    /// What it is half of, in the words of the week; no shift is paired yet.
    sum: HalfSum,
}

impl Half {
    /// The pairs of a route.
    pub fn pairs(&self, column: &Column) -> usize {
        let Fraction { rest, rest_of_shift, .. } = &self.fraction;
        let is_odd = |kind: &&KindId| rest.binary_search_by_key(*kind, |(kind, _)| *kind).is_ok();
        let odd = column.kinds.iter().filter(is_odd).count();
        (odd + usize::from(rest_of_shift.contains_key(&column.shift))) / 2
    }
}

impl Halves {
    /// Moves every row to its new place, or drops it.
    pub fn move_rows(&mut self, place: impl Fn(RowId) -> Option<RowId>) {
        for rows in self.of_kind.iter_mut().chain(&mut self.of_shift) {
            *rows = rows.iter().filter_map(|row| place(*row)).collect();
        }
    }
}

impl Rows {
    /// Half the sum of these rows, none of which is such a row itself.
    pub fn half(&self, sources: &BTreeSet<Source>) -> Half {
        let once = sources.iter().map(|source| (*source, 1)).collect();
        Half { fraction: self.fraction(&once, 2), sum: self.sum(sources) }
    }

    /// Adds the row; it counts pairs only in the shifts that are `paired`.
    pub fn add_half(&mut self, half: &Half, paired: impl Fn(usize) -> bool) {
        self.halves.of_kind.resize(self.kinds.len(), Vec::new());
        self.halves.of_shift.resize(self.of_shift.len(), Vec::new());
        let shift_of = |kind: &KindId| self.kinds[*kind as usize].shift;
        let odd = half.fraction.rest.iter().map(|(kind, _)| *kind);
        let kinds: Vec<KindId> = odd.filter(|kind| paired(shift_of(kind))).collect();
        let shifts: BTreeSet<usize> = kinds.iter().map(shift_of).collect();
        let paired = shifts.iter().map(|shift| self.shift_ids[*shift]).collect();
        let name = RowName::Half(Arc::new(HalfSum { paired, ..half.sum.clone() }));
        let Fraction { row, whole, side, rest_of_shift, .. } = &half.fraction;
        let id = self.add_row(name, *row, whole, side);
        for kind in kinds {
            self.halves.of_kind[kind as usize].push(id);
        }
        for shift in rest_of_shift.keys().filter(|shift| shifts.contains(shift)) {
            self.halves.of_shift[*shift].push(id);
        }
    }

    /// The sum in the words of the week.
    fn sum(&self, sources: &BTreeSet<Source>) -> HalfSum {
        let mut sum = HalfSum::default();
        for source in sources {
            match source {
                Source::Row(row) => sum.rows.push(self.names[*row as usize].clone()),
                Source::Shift(shift) => sum.shifts.push(self.shift_ids[*shift]),
                Source::Choice(choice) => sum.grants.push(self.patterned[*choice as usize].grant),
            }
        }
        sum
    }

    /// The pairs that a route has in the rows that count pairs.
    pub fn pairs(&self, shift: usize, kinds: &[KindId]) -> Vec<(RowId, i64)> {
        let Some(of_shift) = self.halves.of_shift.get(shift) else { return Vec::new() };
        let of_kinds = kinds.iter().flat_map(|kind| &self.halves.of_kind[*kind as usize]);
        let mut odd: Vec<RowId> = of_kinds.chain(of_shift).copied().collect();
        odd.sort_unstable();
        let pairs = odd.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as i64 / 2));
        pairs.filter(|(_, n)| *n != 0).collect()
    }

    /// The rows in which a visit of this kind is odd.
    pub fn odd_rows(&self, kind: KindId) -> &[RowId] {
        self.halves.of_kind.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// The rows in which this shift itself is odd.
    pub fn odd_rows_of_shift(&self, shift: usize) -> &[RowId] {
        self.halves.of_shift.get(shift).map_or(&[], Vec::as_slice)
    }
}
