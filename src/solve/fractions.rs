//! Rows that count a part of the sum of other rows, rounded down: Chvátal–Gomory cuts.
//!
//! The sum of some rows, each taken so many times and all divided by a number, holds for every plan; its coefficients
//! rounded down still do, as nothing is taken less than not at all; and the right-hand side rounded down too, as plans are
//! whole (Caprara and Fischetti 1996, *Mathematical Programming* 74). Of a route whose visits count `n_v` in the sum, and
//! its shift `b`, a part `1/k` is
//!
//! ```text
//! ⌊(b + Σ_v n_v) / k⌋ = Σ_v ⌊n_v / k⌋ + ⌊(b + Σ_v (n_v mod k)) / k⌋.
//! ```
//!
//! The first part is a sum over visits, like any other row. The second one is a matter of the route as a whole. Of halves
//! pricing can keep account (`halves`); other parts only stand where routes are listed (`stepped`).

use std::collections::BTreeMap;

use super::rows::{KindId, Row, RowId, Rows, at_most};
use super::stepped::Steps;
use crate::plan::proof::RowName;

/// A row of the relaxation of which a part can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Row(RowId),
    /// One route a shift.
    Shift(usize),
    /// One side column a choice.
    Choice(u32),
}

/// How often each row stands in a sum; more than nothing.
pub(super) type Times = BTreeMap<Source, i64>;

/// A part of the sum of some rows, rounded down.
#[derive(Clone, Debug)]
pub(super) struct Fraction {
    /// The sum is divided by this.
    of: i64,
    pub row: Row,
    /// What a visit counts alone.
    pub whole: Vec<(KindId, i64)>,
    /// What is left over of a visit then, ascending by kind.
    pub rest: Vec<(KindId, i64)>,
    /// What is left over of the shifts themselves.
    pub rest_of_shift: BTreeMap<usize, i64>,
    pub side: Vec<(usize, i64)>,
}

impl Rows {
    /// A part of the sum of these rows, none of which is such a row itself.
    pub fn fraction(&self, times: &Times, of: i64) -> Fraction {
        let limit: i64 = times.iter().map(|(source, n)| n * self.limit(*source)).sum();
        let mut of_row = vec![0; self.rows.len()];
        let mut rest_of_shift = BTreeMap::new();
        for (source, n) in times {
            match source {
                Source::Row(row) => of_row[*row as usize] = *n,
                Source::Shift(shift) => drop(rest_of_shift.insert(*shift, n.rem_euclid(of))),
                Source::Choice(_) => {}
            }
        }
        let (mut whole, mut rest) = (Vec::new(), Vec::new());
        for (kind, rows) in (0..).zip(&self.of_kind) {
            let count: i64 = rows.iter().map(|(row, n)| of_row[*row as usize] * n).sum();
            whole.extend((count.div_euclid(of) != 0).then_some((kind, count.div_euclid(of))));
            rest.extend((count.rem_euclid(of) != 0).then_some((kind, count.rem_euclid(of))));
        }
        let side = self.side.iter().map(|column| {
            let chosen = column.choice.and_then(|choice| times.get(&Source::Choice(choice)));
            let counted = column.rows.iter().map(|(row, n)| of_row[*row as usize] * n);
            (counted.sum::<i64>() + chosen.copied().unwrap_or(0)).div_euclid(of)
        });
        let side = side.enumerate().filter(|(_, n)| *n != 0).collect();
        Fraction { of, row: at_most(limit.div_euclid(of)), whole, rest, rest_of_shift, side }
    }

    fn limit(&self, source: Source) -> i64 {
        match source {
            Source::Row(row) => self.rows[row as usize].rhs,
            Source::Shift(_) | Source::Choice(_) => 1,
        }
    }

    /// Adds the row where routes are listed.
    pub fn add_fraction(&mut self, fraction: &Fraction) {
        let row = self.add_row(RowName::Inner, fraction.row, &fraction.whole, &fraction.side);
        let shift_of = |kind: KindId| self.kinds[kind as usize].shift;
        for rest in fraction.rest.chunk_by(|a, b| shift_of(a.0) == shift_of(b.0)) {
            let shift = shift_of(rest[0].0);
            let first = fraction.rest_of_shift.get(&shift).copied().unwrap_or(0);
            self.stepped.add(row, (shift, Steps::Part { first, of: fraction.of }), rest);
        }
    }

    /// The rows of which a part can be taken, with what they allow.
    pub fn sources(&self) -> impl Iterator<Item = (Source, Row)> {
        let is_source = |name: &RowName| !matches!(name, RowName::Inner | RowName::Half(_));
        let rows = (0..).zip(self.rows.iter().zip(&self.names)).filter(move |(_, (_, name))| is_source(name));
        let rows = rows.map(|(id, (row, _))| (Source::Row(id), *row));
        let shifts = (0..self.of_shift.len()).map(|shift| (Source::Shift(shift), at_most(1)));
        rows.chain(shifts).chain((0..self.choices).map(|choice| (Source::Choice(choice), at_most(1))))
    }
}
