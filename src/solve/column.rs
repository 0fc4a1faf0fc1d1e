//! Columns of the master: routes of shifts, each kept once.

use std::collections::HashMap;

use super::day::ShiftDay;
use super::pricing::Route;
use super::rows::{KindId, Rows};
use super::tariff::Tariff;
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
        let alone = self.kinds.iter().flat_map(|k| rows.of_kind[*k as usize].iter().copied());
        let entries = rows.of_area.iter().map(|(row, area)| (*row, rows.areas.entries(*area, &self.visits)));
        summed(alone.chain(rows.pairs(self.shift, &self.kinds)).chain(rows.stepped.count(self)).chain(entries))
    }

    /// What its visits count one by one in each row, ascending by row.
    pub fn kind_rows(&self, rows: &Rows) -> Vec<(u32, i64)> {
        summed(self.kinds.iter().flat_map(|k| rows.of_kind[*k as usize].iter().copied()))
    }

    /// Its reduced cost, in millionths, the shift's own row left out; less, where its tariff leaves charges out.
    pub fn reduced_cost(&self, rows: &Rows, tariffs: &[Tariff]) -> i64 {
        let (first, tariff) = (rows.of_shift[self.shift].start, &tariffs[self.shift]);
        let mut waiting = tariff.first;
        let mut cost = self.cost * super::pricing::MICRO;
        let kinds = || self.kinds.iter().map(|kind| *kind as usize - first);
        for (at, kind) in kinds().enumerate() {
            let (value, odd) = tariff.of_kind(kind);
            cost += tariff.charge(waiting & odd) + tariff.steps.more(&kinds().take(at), kind) - value;
            waiting ^= odd;
        }
        cost
    }
}

/// The coefficients of each row added up, ascending by row.
fn summed(counted: impl Iterator<Item = (u32, i64)>) -> Vec<(u32, i64)> {
    let mut all: Vec<(u32, i64)> = counted.collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    all.retain(|(_, n)| *n != 0);
    all
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
