//! Which shifts an improvement frees: those that have the most to do with each other.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::day::ShiftDay;
use super::rows::Rows;
use crate::ids::GrantId;

/// So many shifts are free at first; more where that gave nothing.
pub(super) const FIRST_SHIFTS: usize = 12;

/// Shifts around a chosen one: of the same carer, or able to serve the same grants.
pub(super) fn related_shifts(rows: &Rows, days: &[ShiftDay], count: usize, random: &mut ChaCha8Rng) -> BTreeSet<usize> {
    let seed = pick(days.len(), random);
    let grants = |shift: usize| -> BTreeSet<GrantId> {
        rows.kinds[rows.of_shift[shift].clone()].iter().map(|kind| kind.grant).collect()
    };
    let around = grants(seed);
    let mut others: Vec<(usize, u32, usize)> = (0..days.len())
        .map(|shift| {
            let shared = grants(shift).intersection(&around).count();
            let own = if days[shift].carer == days[seed].carer { around.len() } else { 0 };
            (shared + own, random.next_u32(), shift)
        })
        .collect();
    others.sort_unstable_by(|a, b| b.cmp(a));
    // Half the most related ones, half any: so that a neighbourhood also reaches across days and teams.
    let near = others.iter().take(count.div_ceil(2) * 3).map(|(.., shift)| *shift);
    let mut near: Vec<(u32, usize)> = near.map(|shift| (random.next_u32(), shift)).collect();
    near.sort_unstable();
    [seed].into_iter().chain(near.into_iter().map(|(_, shift)| shift)).take(count).collect()
}

fn pick(count: usize, random: &mut ChaCha8Rng) -> usize {
    usize::try_from(random.next_u64() % count.max(1) as u64).unwrap_or(0)
}
