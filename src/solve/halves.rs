//! Rows that count half of other rows, rounded down: Chvátal–Gomory cuts with multipliers of one half.
//!
//! The sum of some rows, halved, holds for every plan; its coefficients rounded down still do, as nothing is taken less
//! than not at all; and the right-hand side rounded down too, as plans are whole (Caprara and Fischetti 1996,
//! *Mathematical Programming* 74). The subset-row cuts of Jepsen, Petersen, Spoorendonk and Pisinger (2008, *Operations
//! Research* 56(2)) are those of three rows.
//!
//! Of a route whose visits count `n_v` in the sum, and its shift `b`, the row counts
//!
//! ```text
//! ⌊(b + Σ_v n_v) / 2⌋ = Σ_v ⌊n_v / 2⌋ + ⌊(b + number of visits with an odd n_v) / 2⌋.
//! ```
//!
//! The first part is a sum over visits, like any other row. The second one *pairs* odd visits: pricing has to remember
//! whether one is waiting for its partner. That is left out of shifts where the relaxation has no such pair (the limited
//! memory of Pecin, Pessoa, Poggi and Uchoa 2017, *Mathematical Programming Computation* 9(1), by shifts): the row is then a
//! little weaker, and pricing knows of it only where it matters.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::column::Column;
use super::rows::{KindId, Row, RowId, Rows, at_most};
use crate::plan::proof::{HalfSum, RowName};

/// A row of the relaxation that a half can be taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Row(RowId),
    /// One route a shift.
    Shift(usize),
    /// One side column a choice.
    Choice(u32),
}

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
    row: Row,
    /// What it is half of, in the words of the week; no shift is paired yet.
    sum: HalfSum,
    /// What a visit counts alone.
    whole: Vec<(KindId, i64)>,
    /// The kinds whose visits are odd, ascending.
    odd: Vec<KindId>,
    odd_shifts: BTreeSet<usize>,
    side: Vec<(usize, i64)>,
}

impl Half {
    /// The pairs of a route.
    pub fn pairs(&self, column: &Column) -> usize {
        let odd = column.kinds.iter().filter(|kind| self.odd.binary_search(kind).is_ok()).count();
        (odd + usize::from(self.odd_shifts.contains(&column.shift))) / 2
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
        let twice: i64 = sources.iter().map(|source| self.limit(*source)).sum();
        let mut is_source = vec![false; self.rows.len()];
        for source in sources {
            if let Source::Row(row) = source {
                is_source[*row as usize] = true;
            }
        }
        let (mut whole, mut odd) = (Vec::new(), Vec::new());
        for (kind, rows) in (0..).zip(&self.of_kind) {
            let count: i64 = rows.iter().filter(|(row, _)| is_source[*row as usize]).map(|(_, n)| n).sum();
            whole.extend((count.div_euclid(2) != 0).then_some((kind, count.div_euclid(2))));
            odd.extend((count % 2 != 0).then_some(kind));
        }
        let shift = |source: &Source| if let Source::Shift(shift) = source { Some(*shift) } else { None };
        let odd_shifts = sources.iter().filter_map(shift).collect();
        Half {
            row: at_most(twice.div_euclid(2)),
            sum: self.sum(sources),
            whole,
            odd,
            odd_shifts,
            side: self.halved_side(sources),
        }
    }

    /// Adds the row; it counts pairs only in the shifts that are `paired`.
    pub fn add_half(&mut self, half: &Half, paired: impl Fn(usize) -> bool) {
        self.halves.of_kind.resize(self.kinds.len(), Vec::new());
        self.halves.of_shift.resize(self.of_shift.len(), Vec::new());
        let shift_of = |kind: &KindId| self.kinds[*kind as usize].shift;
        let kinds: Vec<KindId> = half.odd.iter().copied().filter(|kind| paired(shift_of(kind))).collect();
        let shifts: BTreeSet<usize> = kinds.iter().map(shift_of).collect();
        let paired = shifts.iter().map(|shift| self.shift_ids[*shift]).collect();
        let name = RowName::Half(Arc::new(HalfSum { paired, ..half.sum.clone() }));
        let id = self.add_row(name, half.row, &half.whole, &half.side);
        for kind in kinds {
            self.halves.of_kind[kind as usize].push(id);
        }
        for shift in half.odd_shifts.intersection(&shifts) {
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

    fn limit(&self, source: Source) -> i64 {
        match source {
            Source::Row(row) => self.rows[row as usize].rhs,
            Source::Shift(_) | Source::Choice(_) => 1,
        }
    }

    fn halved_side(&self, sources: &BTreeSet<Source>) -> Vec<(usize, i64)> {
        let halved = self.side.iter().map(|column| {
            let chosen = column.choice.is_some_and(|choice| sources.contains(&Source::Choice(choice)));
            let counted = column.rows.iter().filter(|(row, _)| sources.contains(&Source::Row(*row)));
            (counted.map(|(_, n)| n).sum::<i64>() + i64::from(chosen)).div_euclid(2)
        });
        halved.enumerate().filter(|(_, n)| *n != 0).collect()
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

    /// The rows of which a half can be taken, with what they allow.
    pub fn sources(&self) -> impl Iterator<Item = (Source, Row)> {
        let is_source = |name: &RowName| !matches!(name, RowName::Inner | RowName::Half(_));
        let rows = (0..).zip(self.rows.iter().zip(&self.names)).filter(move |(_, (_, name))| is_source(name));
        let rows = rows.map(|(id, (row, _))| (Source::Row(id), *row));
        let shifts = (0..self.of_shift.len()).map(|shift| (Source::Shift(shift), at_most(1)));
        rows.chain(shifts).chain((0..self.choices).map(|choice| (Source::Choice(choice), at_most(1))))
    }
}
