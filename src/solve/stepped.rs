//! Rows that count a route by steps: by a function, of one shift, of what its visits count together.
//!
//! Such a row cannot be said visit by visit, so pricing would have to carry its sum. They stand only where routes are listed
//! (`settle`), and nobody who proves a bound again knows them.

use std::ops::Range;
use std::sync::Arc;

use super::column::Column;
use super::rows::{KindId, RowId};

/// What a row counts of a route of one shift, by what its visits count together: more of it, no less.
#[derive(Clone, Debug)]
pub(super) enum Steps {
    /// `⌊(first + together) / of⌋`, with `0 ≤ first < of`.
    Part { first: i64, of: i64 },
    /// The place `together`, the first of which is 0; beyond the last one, the last.
    Table(Arc<[i64]>),
}

impl Steps {
    fn at(&self, together: i64) -> i64 {
        match self {
            Steps::Part { first, of } => (first + together) / of,
            Steps::Table(table) => table[(together as usize).min(table.len() - 1)],
        }
    }
}

/// The rows that count by steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Stepped {
    /// The rows that count routes of each shift, ascending.
    of_shift: Vec<Vec<(RowId, Steps)>>,
    /// What each kind of visit counts; more than nothing.
    of_kind: Vec<Vec<(RowId, i64)>>,
}

impl Stepped {
    /// Lets a row, none of which is higher, count a shift's routes; `kinds` are that shift's.
    pub fn add(&mut self, row: RowId, (shift, steps): (usize, Steps), kinds: &[(KindId, i64)]) {
        let kinds_end = kinds.iter().map(|(kind, _)| *kind as usize + 1).max().unwrap_or(0);
        self.of_shift.resize(self.of_shift.len().max(shift + 1), Vec::new());
        self.of_kind.resize(self.of_kind.len().max(kinds_end), Vec::new());
        self.of_shift[shift].push((row, steps));
        kinds.iter().for_each(|(kind, n)| self.of_kind[*kind as usize].push((row, *n)));
    }

    /// What each of these rows counts of a route.
    pub fn count(&self, column: &Column) -> Vec<(RowId, i64)> {
        let Some(rows) = self.of_shift.get(column.shift).filter(|rows| !rows.is_empty()) else { return Vec::new() };
        let kinds = column.kinds.iter().filter_map(|kind| self.of_kind.get(*kind as usize));
        let mut counted: Vec<(RowId, i64)> = kinds.flatten().copied().collect();
        counted.sort_unstable();
        let together = counted.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|(_, n)| n).sum()));
        let steps = |row: RowId| rows.binary_search_by_key(&row, |(row, _)| *row).ok().map(|at| &rows[at].1);
        together.filter_map(|(row, sum)| Some((row, steps(row)?.at(sum)))).filter(|(_, n)| *n != 0).collect()
    }

    /// Moves every row to its new place, in the same order, or drops it.
    pub fn move_rows(&mut self, place: impl Fn(RowId) -> Option<RowId>) {
        for rows in &mut self.of_shift {
            *rows = std::mem::take(rows).into_iter().filter_map(|(row, steps)| Some((place(row)?, steps))).collect();
        }
        for rows in &mut self.of_kind {
            *rows = rows.iter().filter_map(|(row, n)| Some((place(*row)?, *n))).collect();
        }
    }

    /// What the rows with a dual charge in a shift that has these kinds.
    pub fn charges(&self, shift: usize, kinds: Range<usize>, duals: &[i64]) -> Charges {
        let rows = self.of_shift.get(shift).map_or(&[][..], Vec::as_slice);
        let priced: Vec<&(RowId, Steps)> = rows.iter().filter(|(row, _)| duals[*row as usize] != 0).collect();
        if priced.is_empty() {
            return Charges::default();
        }
        let place = |row: RowId| priced.binary_search_by_key(&row, |(row, _)| *row).ok();
        let of_kind = |kind: usize| -> Vec<(usize, i64)> {
            let counted = self.of_kind.get(kind).into_iter().flatten();
            counted.filter_map(|(row, n)| Some((place(*row)?, *n))).collect()
        };
        let of_kind: Vec<Vec<(usize, i64)>> = kinds.map(of_kind).collect();
        let mut counts = vec![0; of_kind.len() * priced.len()];
        for (kind, counted) in of_kind.iter().enumerate() {
            counted.iter().for_each(|(place, n)| counts[kind * priced.len() + place] = *n);
        }
        let rows = priced.into_iter().map(|(row, steps)| (-duals[*row as usize], steps.clone())).collect();
        Charges { rows, of_kind, counts }
    }
}

/// What rows that count by steps charge for the routes of a shift, whose kinds count from 0 here.
#[derive(Clone, Debug, Default)]
pub(super) struct Charges {
    /// What one costs in each row, in millionths of a point.
    rows: Vec<(i64, Steps)>,
    /// The rows that count each kind, by place, and how much.
    of_kind: Vec<Vec<(usize, i64)>>,
    /// How much each row counts of each kind, kind by kind.
    counts: Vec<i64>,
}

impl Charges {
    /// What one more visit is charged after these; never less than nothing.
    pub fn more(&self, kinds: &(impl Iterator<Item = usize> + Clone), kind: usize) -> i64 {
        let Some(counted) = self.of_kind.get(kind) else { return 0 };
        let charge = |(place, n): &(usize, i64)| {
            let (price, steps) = &self.rows[*place];
            let before: i64 = kinds.clone().map(|kind| self.counts[kind * self.rows.len() + place]).sum();
            price * (steps.at(before + n) - steps.at(before))
        };
        counted.iter().map(charge).sum()
    }
}
