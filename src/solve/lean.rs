//! Leaving out the cuts that have no price: a master with few rows is solved many times faster, and a cut that is violated
//! again is found again.

use super::rows::{Meaning, RowId, Rows};

/// A master is made lean when it has so many rows more than after the last time, and so large a part of those.
const ROWS_MORE: usize = 150;
const ROWS_PART: usize = 4;

/// Whether rows have become many since idle ones were last left out.
pub(super) fn are_many(rows: usize, leaned: usize) -> bool {
    rows > leaned + ROWS_MORE.max(leaned / ROWS_PART)
}

impl Rows {
    /// Leaves out the cuts that are idle, but of the rows of counts those that are not `counted`, by their side columns. Gives which rows
    /// are left. Side columns keep their places.
    pub fn leave_out(&mut self, is_idle: impl Fn(usize) -> bool, counted: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut kept: Vec<bool> = (0..self.rows.len()).map(|row| row < self.first_cut || !is_idle(row)).collect();
        for (at, column) in self.side.iter().enumerate().filter(|(_, column)| column.meaning == Meaning::Count) {
            column.rows.iter().for_each(|(row, _)| kept[*row as usize] = counted(at));
        }
        let next = |next: &mut RowId, kept: &bool| {
            let place = kept.then_some(*next);
            *next += RowId::from(*kept);
            Some(place)
        };
        let places: Vec<Option<RowId>> = kept.iter().scan(0, next).collect();
        self.move_rows(&places);
        kept
    }

    /// Moves every row to its new place, or drops it.
    fn move_rows(&mut self, places: &[Option<RowId>]) {
        let place = |row: RowId| places[row as usize];
        let counted = |rows: &mut Vec<(RowId, i64)>| {
            *rows = rows.iter().filter_map(|(row, n)| Some((place(*row)?, *n))).collect();
        };
        self.of_kind.iter_mut().for_each(counted);
        self.side.iter_mut().for_each(|column| counted(&mut column.rows));
        self.of_area = self.of_area.iter().filter_map(|(row, area)| Some((place(*row)?, *area))).collect();
        self.halves.move_rows(place);
        self.stepped.move_rows(place);
        let is_kept = |at: usize| places[at].is_some();
        self.rows = (0..).zip(&self.rows).filter(|(at, _)| is_kept(*at)).map(|(_, row)| *row).collect();
        self.names = (0..).zip(&self.names).filter(|(at, _)| is_kept(*at)).map(|(_, name)| name.clone()).collect();
    }
}

/// Keeps the items that are marked.
pub(super) fn retain<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| *kept.next().expect("a mark for each"));
}
