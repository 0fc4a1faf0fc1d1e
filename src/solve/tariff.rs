//! What duals pay for the visits of one shift, as pricing sees it.
//!
//! A visit is worth what the rows that count it pay. Rows of halves (`halves`) also charge for every second odd visit: a
//! route carries a bit for each of them, set while an odd visit waits for its partner. All bits of a shift stand in one
//! word; where a shift has more such rows than bits, the dearest are kept. Leaving a charge out makes routes look cheaper, so
//! a bound stays a bound.

use rayon::prelude::*;

use super::rows::{RowId, Rows};
use super::stepped::Charges;

/// Bits of the rows of halves of a shift.
pub(super) type Parity = u128;

/// What the duals say of one shift.
#[derive(Clone, Debug, Default)]
pub(super) struct Tariff {
    /// What a visit of each of the shift's kinds is worth, in millionths of a point.
    pub values: Vec<i64>,
    /// The rows of halves in which a visit of each kind is odd.
    pub odd: Vec<Parity>,
    /// Those in which the shift itself is odd: set before the first visit.
    pub first: Parity,
    /// What a pair costs in each row of halves, in millionths of a point; more than 0.
    charges: Vec<i64>,
    /// What rows that count by steps charge; nothing, but where routes are listed.
    pub steps: Charges,
}

impl Tariff {
    /// What a visit of a kind is worth, and the rows of halves in which it is odd.
    pub fn of_kind(&self, kind: usize) -> (i64, Parity) {
        (self.values[kind], self.odd[kind])
    }

    /// What the pairs in these rows cost together.
    pub fn charge(&self, mut pairs: Parity) -> i64 {
        let mut sum = 0;
        while pairs != 0 {
            sum += self.charges[pairs.trailing_zeros() as usize];
            pairs &= pairs - 1;
        }
        sum
    }
}

impl Rows {
    /// What the duals, in millionths, say of every shift.
    pub fn tariffs(&self, duals: &[i64]) -> Vec<Tariff> {
        (0..self.of_shift.len()).into_par_iter().map(|shift| self.tariff(shift, duals)).collect()
    }

    /// What the duals, in millionths, say of a shift.
    pub fn tariff(&self, shift: usize, duals: &[i64]) -> Tariff {
        let kinds = self.of_shift[shift].clone();
        let value = |rows: &Vec<(RowId, i64)>| rows.iter().map(|(row, n)| duals[*row as usize] * n).sum();
        let values = self.of_kind[kinds.clone()].iter().map(value).collect();
        let charged = self.charged_rows(shift, duals);
        let bits = |rows: &[RowId]| {
            let bits = charged.iter().enumerate().filter(|(_, row)| rows.contains(row));
            bits.fold(0, |parity, (bit, _)| parity | 1 << bit)
        };
        let odd = match charged.is_empty() {
            true => vec![0; kinds.len()],
            false => kinds.map(|kind| bits(self.odd_rows(kind as u32))).collect(),
        };
        let charges = charged.iter().map(|row| -duals[*row as usize]).collect();
        let steps = self.stepped.charges(shift, self.of_shift[shift].clone(), duals);
        Tariff { values, odd, first: bits(self.odd_rows_of_shift(shift)), charges, steps }
    }

    /// The rows of halves that charge for pairs in a shift, the dearest of them where there are more than bits.
    pub fn charged_rows(&self, shift: usize, duals: &[i64]) -> Vec<RowId> {
        let kinds = self.of_shift[shift].clone();
        let odd = kinds.flat_map(|kind| self.odd_rows(kind as u32)).chain(self.odd_rows_of_shift(shift));
        let mut charged: Vec<(i64, RowId)> =
            odd.filter(|row| duals[**row as usize] < 0).map(|row| (duals[*row as usize], *row)).collect();
        charged.sort_unstable();
        charged.dedup();
        charged.truncate(Parity::BITS as usize);
        charged.into_iter().map(|(_, row)| row).collect()
    }
}
