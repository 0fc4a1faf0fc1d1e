//! Cuts for carers who come once: where nobody shares a grant, its carer comes for every visit of the pattern.
//!
//! A carer `c` who visits a grant on the day `d(c)` with length `l(c)` visits it on another day too, unless this is the
//! pattern's only visit or there are further carers. With `k` carers who come just once there are `k - 1` further ones
//! at least, and if `k = 1`, one or a pattern of a single visit. So for any choice of carers, days and lengths
//!
//! ```text
//! Σ_c (visits by c on d(c) of length l(c) − visits by c on other days of lengths that go with l(c))
//!     ≤ Σ_{l among the l(c)} y_{pattern of l alone} + m · e_g      with m = 1 for one carer, 2 for several.
//! ```
//!
//! Without them the relaxation lets several carers, each half, come once to a grant with two visits as though each
//! came for both.

use std::collections::{BTreeMap, BTreeSet};

use super::cuts::Cut;
use super::master::Relaxed;
use super::rows::{KindId, PatternedGrant, Rows, SharedGrant, at_most};
use crate::ids::CarerId;
use crate::plan::proof::RowName;
use crate::units::{Day, Minutes};

/// A violation smaller than this is left to branching.
const VIOLATION_MIN: f64 = 1e-3;

/// The violated cuts of each grant: one for each carer, and one for all of them.
pub(super) fn returns(rows: &Rows, taken: &[f64], relaxed: &Relaxed) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for shared in rows.shared.iter().filter(|shared| shared.pinned.is_empty()) {
        if let Some(grant) = rows.patterned.iter().find(|grant| grant.grant == shared.grant) {
            Search { rows, taken, relaxed, shared, grant }.add_to(&mut cuts);
        }
    }
    cuts
}

/// A carer's visit that may be the only one.
struct Single {
    carer: CarerId,
    day: Day,
    length: i32,
    /// How much more of it the relaxation takes than of visits that could go with it.
    value: f64,
    kinds: Vec<(KindId, i64)>,
}

struct Search<'a> {
    rows: &'a Rows,
    taken: &'a [f64],
    relaxed: &'a Relaxed,
    shared: &'a SharedGrant,
    grant: &'a PatternedGrant,
}

impl Search<'_> {
    fn add_to(&self, cuts: &mut Vec<Cut>) {
        let mut of_carer: BTreeMap<CarerId, Vec<KindId>> = BTreeMap::new();
        for kind in &self.grant.kinds {
            of_carer.entry(self.rows.kinds[*kind as usize].carer).or_default().push(*kind);
        }
        let singles: Vec<Single> = of_carer.values().filter_map(|kinds| self.most_single(kinds)).collect();
        cuts.extend(singles.iter().filter_map(|single| self.cut(std::slice::from_ref(single))));
        if singles.len() > 1 {
            cuts.extend(self.cut(&singles));
        }
    }

    /// The day and length that the carer comes for alone the most.
    fn most_single(&self, kinds: &[KindId]) -> Option<Single> {
        let taken = kinds.iter().filter(|kind| self.taken[**kind as usize] > VIOLATION_MIN);
        let visits: BTreeSet<(Day, i32)> = taken.map(|kind| self.day_and_length(*kind)).collect();
        let singles = visits.into_iter().map(|(day, length)| self.single(kinds, day, length));
        singles.filter(|single| single.value > VIOLATION_MIN).max_by(|a, b| a.value.total_cmp(&b.value))
    }

    fn single(&self, kinds: &[KindId], day: Day, length: i32) -> Single {
        let sign = |kind: &KindId| match self.day_and_length(*kind) {
            (on, of) if on == day => i64::from(of == length),
            (_, of) => -i64::from(self.go_together(length, of)),
        };
        let kinds: Vec<_> = kinds.iter().map(|kind| (*kind, sign(kind))).filter(|(_, sign)| *sign != 0).collect();
        let value = kinds.iter().map(|(kind, sign)| self.taken[*kind as usize] * *sign as f64).sum();
        let carer = self.rows.kinds[kinds[0].0 as usize].carer;
        Single { carer, day, length, value, kinds }
    }

    fn day_and_length(&self, kind: KindId) -> (Day, i32) {
        let kind = &self.rows.kinds[kind as usize];
        (kind.day, kind.length)
    }

    /// Whether some pattern holds both lengths, for two different visits.
    fn go_together(&self, one: i32, other: i32) -> bool {
        self.grant.columns.iter().any(|column| self.rows.side[*column].holds_both(one, other))
    }

    /// The cut of these carers, if it is violated.
    fn cut(&self, singles: &[Single]) -> Option<Cut> {
        let lengths: BTreeSet<i32> = singles.iter().map(|single| single.length).collect();
        let alone = |column: &&usize| lengths.iter().any(|length| self.rows.side[**column].is_pattern(&[*length]));
        let patterns: Vec<usize> = self.grant.columns.iter().filter(alone).copied().collect();
        let weight = if singles.len() > 1 { 2 } else { 1 };
        let side: Vec<_> =
            patterns.into_iter().map(|column| (column, -1)).chain([(self.shared.extra, -weight)]).collect();
        let allowed: f64 = side.iter().map(|(column, n)| self.relaxed.side[*column] * -(*n as f64)).sum();
        if singles.iter().map(|single| single.value).sum::<f64>() - allowed <= VIOLATION_MIN {
            return None;
        }
        let visits = singles.iter().map(|single| (single.carer, single.day, Minutes(single.length)));
        Some(Cut {
            name: RowName::Returns(self.grant.grant, visits.collect()),
            row: at_most(0),
            kinds: singles.iter().flat_map(|single| single.kinds.iter().copied()).collect(),
            side,
        })
    }
}
