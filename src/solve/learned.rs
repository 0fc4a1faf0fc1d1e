//! What settling has learned, for the relaxation.
//!
//! Over listed routes cuts are found in a fraction of the time that pricing takes between rounds of them. Those that have a price
//! there most likely cut the relaxation too, so it need not find them again one round after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::fractions::Source;
use super::rows::{KindId, RowId, Rows};
use crate::ids::GrantId;
use crate::plan::proof::{HalfSum, RowName};

/// What a settlement of a relaxation has come to.
pub(super) struct Lesson<'a> {
    pub rows: &'a Rows,
    /// The price of each row.
    pub duals: &'a [i64],
    /// The routes that were taken, in part or whole.
    pub taken: Vec<&'a Column>,
}

impl Rows {
    /// Adds the cuts of a lesson that are not among these rows. Rows of halves count pairs in the shifts in which what was taken has
    /// some.
    pub fn learn(&mut self, lesson: &Lesson<'_>) {
        let priced = (0..).zip(&lesson.rows.names).skip(lesson.rows.first_cut);
        let priced = priced.filter(|(row, _)| lesson.duals[*row as usize] != 0);
        let is_half = |(_, name): &(RowId, &RowName)| matches!(name, RowName::Half(_));
        let (halves, others): (Vec<_>, Vec<_>) = priced.partition(is_half);
        let mut known: BTreeMap<RowName, RowId> = self.names.iter().cloned().zip(0..).collect();
        let kinds = lesson.rows.kinds_by_row();
        for (row, name) in others {
            if *name != RowName::Inner && !known.contains_key(name) {
                let (counted, side) = (&kinds[row as usize], lesson.rows.side_in(row));
                let id = self.add_row(name.clone(), lesson.rows.rows[row as usize], counted, &side);
                known.insert(name.clone(), id);
            }
        }
        for (_, name) in halves {
            let RowName::Half(sum) = name else { continue };
            let Some(sources) = self.sources_of(sum, &known) else { continue };
            let half = self.half(&sources);
            let has_pairs = |column: &&&Column| half.pairs(column) > 0;
            let paired: BTreeSet<usize> = lesson.taken.iter().filter(has_pairs).map(|column| column.shift).collect();
            self.add_half(&half, |shift| paired.contains(&shift));
        }
    }

    /// The kinds that each row counts.
    fn kinds_by_row(&self) -> Vec<Vec<(KindId, i64)>> {
        let mut by_row = vec![Vec::new(); self.rows.len()];
        for (kind, rows) in (0..).zip(&self.of_kind) {
            rows.iter().for_each(|(row, n)| by_row[*row as usize].push((kind, *n)));
        }
        by_row
    }

    /// The side columns that a row counts.
    fn side_in(&self, row: RowId) -> Vec<(usize, i64)> {
        let counted = |(at, counted): (usize, &Vec<(RowId, i64)>)| {
            counted.iter().find(|(id, _)| *id == row).map(|(_, n)| (at, *n))
        };
        self.side.iter().map(|column| &column.rows).enumerate().filter_map(counted).collect()
    }

    /// The rows that a half is of; nothing where one of them is not here.
    fn sources_of(&self, sum: &HalfSum, known: &BTreeMap<RowName, RowId>) -> Option<BTreeSet<Source>> {
        let rows = sum.rows.iter().map(|name| known.get(name).map(|row| Source::Row(*row)));
        let shift = |id| self.shift_ids.iter().position(|shift| shift == id).map(Source::Shift);
        let choice = |grant: &GrantId| self.patterned.iter().position(|of| of.grant == *grant);
        let choices = sum.grants.iter().map(|grant| Some(Source::Choice(u32::try_from(choice(grant)?).ok()?)));
        rows.chain(sum.shifts.iter().map(shift)).chain(choices).collect()
    }
}
