//! Which shifts an improvement frees: those in which plan and relaxation differ, as what one of them gives to a family must come out of
//! the others (relaxation induced neighbourhoods; Danna, Rothberg and Le Pape 2005, *Mathematical Programming* 102), those in which
//! two plans differ (crossover; Rothberg 2007, *INFORMS Journal on Computing* 19(4)), and those that have the most to do with each other.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::day::ShiftDay;
use super::rows::Rows;
use crate::ids::GrantId;

/// So many shifts are free at first.
pub(super) const FIRST_SHIFTS: usize = 12;

/// At the most so many are free: about as many as the integer problem settles in seconds.
const MOST_SHIFTS: usize = 120;

/// So many sizes come one after the other until the first comes again.
const SIZES: u32 = 12;

/// So many shifts are free where plan and relaxation differ most: the first number after every better plan, and the next one each time
/// that all else was in vain.
const DIFFERING_SHIFTS: [usize; 4] = [60, 80, 100, 120];

/// So many shifts are free where the plans of two dives differ, or plan and relaxation do.
pub(super) const CROSSING_SHIFTS: usize = 60;

/// The improvements of a round, by their number, for which another dive is made.
const CROSSINGS: [u32; 2] = [1, 8];

/// How many improvements in vain it takes until all has been tried once.
pub(super) const ROUND: u32 = SIZES + 1 + CROSSINGS.len() as u32;

/// Which shifts an improvement frees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freed {
    /// So many in which plan and relaxation differ.
    Differing(usize),
    /// Those in which the plan differs from that of another dive.
    Crossing,
    /// Those that have to do with each other.
    Related,
}

/// Which shifts to free after so many improvements in vain, where routes are listed.
pub(super) fn turn(in_vain: u32) -> Freed {
    let (rounds, turn) = ((in_vain / ROUND) as usize, in_vain % ROUND);
    match turn {
        0 => Freed::Differing(DIFFERING_SHIFTS[rounds % DIFFERING_SHIFTS.len()]),
        _ if CROSSINGS.contains(&turn) => Freed::Crossing,
        _ => Freed::Related,
    }
}

/// How many shifts to free after `count` gave nothing: a fifth more, and few again after the most.
pub(super) fn wider(count: usize, all: usize) -> usize {
    let next = count + count.div_ceil(5);
    if next > MOST_SHIFTS.min(all) { FIRST_SHIFTS.min(all) } else { next }
}

/// What an improvement looks at.
pub(super) struct Terrain<'a> {
    pub rows: &'a Rows,
    pub days: &'a [ShiftDay],
    /// Grants that could get more than the plan gives.
    pub wanting: &'a [GrantId],
}

impl Terrain<'_> {
    /// So many shifts around a grant that wants more, or around any grant: those that could serve it, and those that
    /// could serve the same grants as these.
    pub fn related_shifts(&self, count: usize, random: &mut ChaCha8Rng) -> BTreeSet<usize> {
        let grant = self.seed(random);
        let serving = self.shifts_of(&BTreeSet::from([grant]));
        let mut first: Vec<(u32, usize)> = serving.keys().map(|shift| (random.next_u32(), *shift)).collect();
        first.sort_unstable();
        let first: BTreeSet<usize> = first.into_iter().map(|(_, shift)| shift).take(count.div_ceil(2)).collect();
        let around = first.iter().flat_map(|shift| self.grants_of(*shift)).collect();
        let related = self.shifts_of(&around).into_iter().filter(|(shift, _)| !first.contains(shift));
        // The related come by how much they share, give or take: an even order would free the same ones every time.
        let mut related: Vec<(u32, usize)> =
            related.map(|(shift, shared)| (random.next_u32() / (shared + 1), shift)).collect();
        related.sort_unstable();
        let left = count - first.len();
        first.into_iter().chain(related.into_iter().map(|(_, shift)| shift).take(left)).collect()
    }

    fn seed(&self, random: &mut ChaCha8Rng) -> GrantId {
        let any = self.rows.kinds[pick(self.rows.kinds.len(), random)].grant;
        let wanting = pick(self.wanting.len() * 2, random);
        self.wanting.get(wanting).copied().unwrap_or(any)
    }

    fn grants_of(&self, shift: usize) -> impl Iterator<Item = GrantId> {
        self.days[shift].kinds.iter().map(|kind| kind.grant)
    }

    /// The shifts that could serve any of these grants, with how many of their visits these are.
    fn shifts_of(&self, grants: &BTreeSet<GrantId>) -> BTreeMap<usize, u32> {
        let mut shifts = BTreeMap::new();
        for kind in self.rows.kinds.iter().filter(|kind| grants.contains(&kind.grant)) {
            *shifts.entry(kind.shift).or_insert(0) += 1;
        }
        shifts
    }
}

fn pick(count: usize, random: &mut ChaCha8Rng) -> usize {
    usize::try_from(random.next_u64() % count.max(1) as u64).unwrap_or(0)
}
