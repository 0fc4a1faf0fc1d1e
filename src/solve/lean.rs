//! Leaving out the cuts that have no price: a master with few rows is solved many times faster, and a cut that is violated
//! again is found again.

use super::rows::{Meaning, RowId, Rows};

impl Rows {
    /// Leaves out the cuts with a dual of 0, save those of the counts that are `counted`, by their side columns. Gives
    /// what is left of the duals. Side columns keep their places.
    pub fn leave_out_idle(&mut self, duals: &[i64], counted: impl Fn(usize) -> bool) -> Vec<i64> {
        let mut kept: Vec<bool> = (0..self.rows.len()).map(|row| row < self.first_cut || duals[row] != 0).collect();
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
        duals.iter().zip(kept).filter(|(_, kept)| *kept).map(|(dual, _)| *dual).collect()
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
