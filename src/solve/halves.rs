//! Rows that count half of other rows, rounded down: Chvátal–Gomory cuts with multipliers of one half.
//!
//! The sum of some rows, halved, holds for every plan; its coefficients rounded down still do, as nothing is taken less
//! than not at all; and the right-hand side rounded down too, as plans are whole (Caprara and Fischetti 1996,
//! *Mathematical Programming* 74). What a route counts in such a row is no sum over its visits, so pricing by labels
//! cannot see it: these rows are for routes that are listed one by one. The subset-row cuts of Jepsen, Petersen,
//! Spoorendonk and Pisinger (2008, *Operations Research* 56(2)) are those of three rows.

use std::collections::BTreeSet;

use super::rows::{KindId, Row, RowId, Rows, at_most};
use crate::plan::proof::RowName;

/// A row of the relaxation that a half can be taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Row(RowId),
    /// One route a shift.
    Shift(usize),
    /// One side column a choice.
    Choice(u32),
}

/// Twice the coefficients of such rows, before rounding.
#[derive(Clone, Debug, Default)]
pub(super) struct Halves {
    of_kind: Vec<Vec<(RowId, i64)>>,
    of_shift: Vec<Vec<(RowId, i64)>>,
}

impl Rows {
    /// Adds the row that counts half of these rows, none of which is such a row itself.
    pub fn add_half(&mut self, sources: &BTreeSet<Source>) {
        self.halves.of_kind.resize(self.kinds.len(), Vec::new());
        self.halves.of_shift.resize(self.of_shift.len(), Vec::new());
        let id = RowId::try_from(self.rows.len()).expect("fewer than 2^32 rows");
        let twice: i64 = sources.iter().map(|source| self.limit(*source)).sum();
        let side = self.halved_side(sources);
        for (counted, of_kind) in self.of_kind.iter().zip(&mut self.halves.of_kind) {
            let count: i64 =
                counted.iter().filter(|(row, _)| sources.contains(&Source::Row(*row))).map(|(_, n)| n).sum();
            of_kind.extend((count != 0).then_some((id, count)));
        }
        for (shift, of_shift) in self.halves.of_shift.iter_mut().enumerate() {
            of_shift.extend(sources.contains(&Source::Shift(shift)).then_some((id, 1)));
        }
        self.add_row(RowName::Inner, at_most(twice.div_euclid(2)), &[], &side);
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

    /// The coefficients of a route in the rows that count halves.
    pub fn halved(&self, shift: usize, kinds: &[KindId]) -> Vec<(RowId, i64)> {
        let Some(of_shift) = self.halves.of_shift.get(shift) else { return Vec::new() };
        let of_kinds = kinds.iter().flat_map(|kind| &self.halves.of_kind[*kind as usize]);
        let mut counted: Vec<(RowId, i64)> = of_kinds.chain(of_shift).copied().collect();
        counted.sort_unstable();
        let sums =
            counted.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|(_, n)| n).sum::<i64>()));
        sums.map(|(row, twice)| (row, twice.div_euclid(2))).filter(|(_, n)| *n != 0).collect()
    }

    /// The rows of which a half can be taken, with what they allow.
    pub fn sources(&self) -> impl Iterator<Item = (Source, Row)> {
        let is_inner = |row: usize| self.names[row] == RowName::Inner;
        let rows = (0..).zip(&self.rows).filter(move |(id, _)| !is_inner(*id as usize));
        let rows = rows.map(|(id, row)| (Source::Row(id), *row));
        let shifts = (0..self.of_shift.len()).map(|shift| (Source::Shift(shift), at_most(1)));
        rows.chain(shifts).chain((0..self.choices).map(|choice| (Source::Choice(choice), at_most(1))))
    }
}
