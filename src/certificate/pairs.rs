//! What a route pays for pairs of odd visits in the rows of halves (`half`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::rows::Pairs;
use super::shift::Shift;

/// Rows in one word of a set.
const WORD: usize = u64::BITS as usize;

/// A set of a shift's rows of halves, in as many words as it takes.
pub(super) type RowSet = [u64];

/// What a row charges for each pair in one shift, in millionths of a point, 0 or more; kinds count from the shift's first.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    points: i64,
    kinds: Vec<usize>,
    own: bool,
}

impl Charge {
    /// `kinds` are those of the shift, in the group.
    pub fn new(points: i64, pairs: &Pairs, kinds: &Range<usize>) -> Self {
        Charge { points, kinds: pairs.kinds.iter().map(|kind| kind - kinds.start).collect(), own: pairs.own }
    }

    pub fn points(&self) -> i64 {
        self.points
    }

    /// Whether a route can have a pair at all: two visits of one slot it cannot.
    fn is_possible(&self, slot_of: &[usize]) -> bool {
        let mut slots: Vec<usize> = self.kinds.iter().map(|kind| slot_of[*kind]).collect();
        slots.sort_unstable();
        slots.dedup();
        slots.len() + usize::from(self.own) > 1
    }
}

/// The charges of a shift, by row; a row is a bit of a set.
pub(super) struct Charges {
    /// The dearest first.
    points: Vec<i64>,
    /// The rows in which a visit of each kind is odd.
    odd: Vec<Vec<u64>>,
    /// Those in which the shift is odd: one visit makes a pair.
    own: Vec<u64>,
}

impl Charges {
    /// Those that a route can have to pay; what the same pairs pay in several rows is one charge.
    pub fn of(shift: &Shift, charges: &[Charge]) -> Self {
        let mut slot_of = vec![0; shift.kinds.len()];
        shift.offers.iter().for_each(|offer| slot_of[offer.kind] = offer.slot);
        let mut summed: BTreeMap<(&[usize], bool), i64> = BTreeMap::new();
        for charge in charges.iter().filter(|charge| charge.points > 0 && charge.is_possible(&slot_of)) {
            *summed.entry((&charge.kinds, charge.own)).or_default() += charge.points;
        }
        let mut rows: Vec<_> = summed.into_iter().map(|((kinds, own), points)| (points, kinds, own)).collect();
        rows.sort_unstable_by(|a, b| b.cmp(a));
        let words = rows.len().div_ceil(WORD);
        let (mut odd, mut own) = (vec![vec![0; words]; shift.kinds.len()], vec![0; words]);
        for (row, (_, kinds, is_own)) in rows.iter().enumerate() {
            let bit = 1 << (row % WORD);
            kinds.iter().for_each(|kind| odd[*kind][row / WORD] |= bit);
            own[row / WORD] |= if *is_own { bit } else { 0 };
        }
        Charges { points: rows.into_iter().map(|(points, ..)| points).collect(), odd, own }
    }

    /// Only the dearer half of them: without the others routes are no dearer.
    pub fn fewer(&self) -> Self {
        let points: Vec<i64> = self.points[..self.points.len() / 2].to_vec();
        let words = points.len().div_ceil(WORD);
        let kept = |set: &Vec<u64>| {
            let word = |at: usize| set[at] & last_bits(points.len() - at * WORD);
            (0..words).map(word).collect::<Vec<u64>>()
        };
        Charges { odd: self.odd.iter().map(kept).collect(), own: kept(&self.own), points }
    }

    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// How many words a set has.
    pub fn words(&self) -> usize {
        self.own.len()
    }

    /// The rows in which a visit of this kind is odd.
    pub fn odd(&self, kind: usize) -> &RowSet {
        &self.odd[kind]
    }

    /// The rows in which something waits for its partner before the first visit.
    pub fn own(&self) -> &RowSet {
        &self.own
    }

    /// What a pair in each of these rows costs, given word by word.
    pub fn sum(&self, words: impl Iterator<Item = u64>) -> i64 {
        let mut sum = 0;
        for (at, mut word) in words.enumerate() {
            while word != 0 {
                sum += self.points[at * WORD + word.trailing_zeros() as usize];
                word &= word - 1;
            }
        }
        sum
    }
}

/// A word with so many of its lowest bits set.
fn last_bits(count: usize) -> u64 {
    if count >= WORD { u64::MAX } else { (1 << count) - 1 }
}
