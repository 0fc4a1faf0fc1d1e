//! Columns of the master: routes of shifts, each kept once.

use std::collections::HashMap;

use super::day::ShiftDay;
use super::pricing::Route;
use super::rows::{KindId, Prices, Rows};
use crate::problem::Visit;
use crate::units::{Moment, Span};

/// A route of a shift as the master sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Index of the shift in its group.
    pub shift: usize,
    /// The kinds of its visits, ascending.
    pub kinds: Vec<KindId>,
    /// Points; see [`Route::cost`].
    pub cost: i64,
    pub visits: Vec<Visit>,
}

impl Column {
    pub fn new(rows: &Rows, day: &ShiftDay, shift: usize, route: &Route) -> Self {
        let first = rows.of_shift[shift].start;
        let choices = route.visits.iter().map(|(choice, start)| (&day.choices[*choice as usize], *start));
        let mut kinds = Vec::with_capacity(route.visits.len());
        let mut visits = Vec::with_capacity(route.visits.len());
        for (choice, start) in choices {
            kinds.push(KindId::try_from(first).expect("fewer than 2^32 kinds") + choice.kind);
            let span = Span::new(Moment(start), Moment(start + choice.length));
            visits.push(Visit { grant: day.kinds[choice.kind as usize].grant, carer: day.carer, span });
        }
        kinds.sort_unstable();
        Column { shift, kinds, cost: route.cost, visits }
    }

    /// Its coefficient in each row that it touches.
    pub fn rows(&self, rows: &Rows) -> Vec<(u32, i64)> {
        let mut all = self.kind_rows(rows);
        all.extend(rows.halved(self.shift, &self.kinds));
        all
    }

    /// Its coefficient in each row that counts kinds of visits, ascending by row.
    pub fn kind_rows(&self, rows: &Rows) -> Vec<(u32, i64)> {
        let mut all: Vec<(u32, i64)> =
            self.kinds.iter().flat_map(|k| rows.of_kind[*k as usize].iter().copied()).collect();
        all.sort_unstable();
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        all
    }

    /// Its reduced cost, in millionths, the shift's own row left out.
    pub fn reduced_cost(&self, rows: &Rows, prices: &Prices<'_>) -> i64 {
        let paid: i64 = self.kinds.iter().map(|k| prices.kinds[*k as usize]).sum();
        let halves = rows.halved(self.shift, &self.kinds);
        let halves: i64 = halves.iter().map(|(row, n)| prices.duals[*row as usize] * n).sum();
        self.cost * super::pricing::MICRO - paid - halves
    }
}

/// All columns of a group. Of two routes of a shift with the same kinds of visits only the cheaper is of use.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    pub columns: Vec<Column>,
    best: HashMap<(usize, Vec<KindId>), usize>,
}

impl Pool {
    /// Adds a column where it is new or cheaper than its like; gives its position if it was added.
    pub fn add(&mut self, column: Column) -> Option<usize> {
        let next = self.columns.len();
        let best = self.best.entry((column.shift, column.kinds.clone())).or_insert(next);
        if *best != next && self.columns[*best].cost <= column.cost {
            return None;
        }
        *best = next;
        self.columns.push(column);
        Some(next)
    }

    /// The position of a column or of a cheaper one like it, added where there is none.
    pub fn place(&mut self, column: Column) -> usize {
        let key = (column.shift, column.kinds.clone());
        self.add(column).unwrap_or_else(|| self.best[&key])
    }

    /// The positions of the columns that no other makes useless, ascending.
    pub fn useful(&self) -> Vec<usize> {
        let mut useful: Vec<usize> = self.best.values().copied().collect();
        useful.sort_unstable();
        useful
    }
}
