//! A first plan: put together visit by visit, then taken apart in places and put together again.
//!
//! Slack induction by string removals (Christiaens and Vanden Berghe 2020, *Transportation Science* 54(2)): strings of
//! visits near a grant are dropped from a few shifts, and the visits come back one by one where they save most, some
//! places passed over by chance. A worse plan is kept while the search is warm (simulated annealing). It proves nothing,
//! but a plan is there at once, and its routes are good columns to begin with. Where a roster was published, the first plan is as
//! much of it as still fits.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::column::Column;
use super::draft::{Draft, Ground};
use super::stop::Stop;
use crate::ids::{ClientId, GrantId};
use crate::problem::Visit;
use crate::tables::Coordinates;

/// Rounds for each grant, and at the least.
const ROUNDS_A_GRANT: usize = 15;
const ROUNDS_MIN: usize = 200;

/// Points by which a plan may get worse when the search begins, from nothing or from a good plan, and when it ends.
const WARM: f64 = 300.0;
const LUKEWARM: f64 = 20.0;
const COLD: f64 = 3.0;

/// Shifts that are taken apart at a time, and visits that a string has, at the most.
const SHIFTS_MAX: usize = 6;
const STRING_MAX: usize = 4;

/// A grant's nearest others that are looked at.
const NEAREST: usize = 40;

/// One place in so many is passed over.
const BLINKS: u32 = 100;

/// Of the grants that want more, so many of those near are tried in the shifts that were taken apart.
const WANTING_TRIED: usize = 8;

/// Routes of the group's shifts that keep all rules together, from nothing.
pub(super) fn plan(ground: &Ground<'_>, random: &mut ChaCha8Rng, stop: &Stop) -> Vec<Column> {
    let mut search = Search::new(ground, random);
    search.fill(stop);
    search.rounds(WARM, stop);
    search.best_columns()
}

/// The routes of as many of these visits as fit, with the gaps filled: where they are those of a plan, it is a good one without rounds.
pub(super) fn kept<'v>(
    ground: &Ground<'_>,
    visits: impl IntoIterator<Item = &'v Visit>,
    (random, stop): (&mut ChaCha8Rng, &Stop),
) -> Vec<Column> {
    Search::from(ground, visits, (random, stop)).best_columns()
}

/// The routes of a plan near one of these visits.
pub(super) fn polish(ground: &Ground<'_>, visits: &[Visit], (random, stop): (&mut ChaCha8Rng, &Stop)) -> Vec<Column> {
    let mut search = Search::from(ground, visits, (random, stop));
    search.rounds(LUKEWARM, stop);
    search.best_columns()
}

/// Where a visit may come back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Anywhere,
    /// In the shifts that were taken apart.
    WhereRoom,
}

struct Search<'a, 'r> {
    ground: &'a Ground<'a>,
    draft: Draft<'a>,
    grants: Vec<GrantId>,
    nearest: BTreeMap<GrantId, Vec<GrantId>>,
    random: &'r mut ChaCha8Rng,
    /// The best draft's routes, and its points.
    best: (i64, Vec<Vec<u32>>),
    /// Shifts that may differ between the draft and the best one.
    moved: BTreeSet<usize>,
}

impl<'a, 'r> Search<'a, 'r> {
    fn new(ground: &'a Ground<'a>, random: &'r mut ChaCha8Rng) -> Self {
        Search {
            ground,
            draft: Draft::new(ground),
            grants: ground.kinds_of.keys().copied().collect(),
            nearest: nearest(ground),
            random,
            best: (0, vec![Vec::new(); ground.days.len()]),
            moved: BTreeSet::new(),
        }
    }

    /// From as many of these visits as fit, with the gaps filled.
    fn from<'v>(
        ground: &'a Ground<'a>,
        visits: impl IntoIterator<Item = &'v Visit>,
        (random, stop): (&'r mut ChaCha8Rng, &Stop),
    ) -> Self {
        let mut search = Search::new(ground, random);
        search.take_over(visits);
        search.fill(stop);
        search
    }

    /// Takes what it can of these visits.
    fn take_over<'v>(&mut self, visits: impl IntoIterator<Item = &'v Visit>) {
        for visit in visits {
            let is_its = |shift: &usize| {
                let day = &self.ground.days[*shift];
                day.carer == visit.carer && day.span.covers(visit.span)
            };
            if let Some(shift) = (0..self.ground.days.len()).find(is_its) {
                self.draft.take_over(shift, visit);
            }
        }
    }

    /// Puts in all that fits, the grants with the most points to save first.
    fn fill(&mut self, stop: &Stop) {
        let mut grants = self.grants.clone();
        grants.sort_by_key(|grant| (-self.worth(*grant), *grant));
        for grant in grants {
            if stop.now() {
                break;
            }
            self.insert_all(grant, None);
        }
        self.note_best();
    }

    /// The points that the grant's visits can save.
    fn worth(&self, grant: GrantId) -> i64 {
        let rules = &self.ground.book.grants[grant];
        rules.unmet_weight.0 * i64::from(rules.lengths.most().0)
    }

    fn rounds(&mut self, warm: f64, stop: &Stop) {
        if self.grants.len() < 2 {
            return;
        }
        let rounds = (self.grants.len() * ROUNDS_A_GRANT).max(ROUNDS_MIN);
        let cooling = (COLD / warm).powf(1.0 / rounds as f64);
        let mut warmth = warm;
        for _ in 0..rounds {
            if stop.now() {
                break;
            }
            self.round(warmth);
            warmth *= cooling;
        }
    }

    fn round(&mut self, warmth: f64) {
        let before = self.draft.points;
        let at = self.pick(self.grants.len());
        let seed = self.grants[at];
        let dropped = self.take_apart(seed);
        self.recreate(seed, dropped);
        let chance = f64::from(self.random.next_u32().max(1)) / f64::from(u32::MAX);
        if (self.draft.points as f64) < before as f64 - warmth * chance.ln() {
            self.note_best();
        } else {
            self.draft.undo();
        }
    }

    /// Drops a string of visits from each of a few shifts near a grant; gives whose visits they were.
    fn take_apart(&mut self, seed: GrantId) -> BTreeSet<GrantId> {
        let shifts = 1 + self.pick(SHIFTS_MAX);
        let (mut apart, mut dropped) = (BTreeSet::new(), BTreeSet::new());
        for grant in [seed].into_iter().chain(self.nearest[&seed].clone()) {
            for kind in self.draft.visits_of(grant).to_vec() {
                let shift = self.ground.rows.kinds[kind as usize].shift;
                if apart.len() < shifts && apart.insert(shift) {
                    dropped.extend(self.drop_string(shift, grant));
                }
            }
        }
        dropped
    }

    /// Drops a run of a shift's visits around one of a grant.
    fn drop_string(&mut self, shift: usize, around: GrantId) -> Vec<GrantId> {
        let grants: Vec<GrantId> = self.draft.grants_in(shift).collect();
        let at = grants.iter().position(|grant| *grant == around).unwrap_or(0);
        let length = 1 + self.pick(grants.len().min(STRING_MAX));
        let least = (at + 1).saturating_sub(length);
        let most = at.min(grants.len() - length);
        let first = least + self.pick(most - least + 1);
        self.draft.remove(shift, first..first + length);
        grants
    }

    /// Brings visits back, where they save most; and tries grants that want more in the shifts that have room now.
    fn recreate(&mut self, seed: GrantId, dropped: BTreeSet<GrantId>) {
        let roomy = self.draft.changed();
        let near = [seed].into_iter().chain(self.nearest[&seed].iter().copied());
        let wanting = near.filter(|grant| !dropped.contains(grant) && self.wants_more(*grant)).take(WANTING_TRIED);
        let wanting: Vec<GrantId> = wanting.collect();
        let mut order: Vec<(GrantId, Reach)> = dropped.into_iter().map(|grant| (grant, Reach::Anywhere)).collect();
        order.extend(wanting.into_iter().map(|grant| (grant, Reach::WhereRoom)));
        self.put_in_order(&mut order);
        for (grant, reach) in order {
            self.insert_all(grant, (reach == Reach::WhereRoom).then_some(&roomy));
        }
    }

    /// By chance: as it comes, by what the visits save, or by how few ways there are.
    fn put_in_order(&mut self, grants: &mut [(GrantId, Reach)]) {
        let ways = |grant: GrantId| self.ground.kinds_of[&grant].len();
        match self.random.next_u32() % 4 {
            0 => grants.sort_by_cached_key(|(grant, _)| (-self.worth(*grant), *grant)),
            1 => grants.sort_by_cached_key(|(grant, _)| (ways(*grant), *grant)),
            _ => grants.sort_by_cached_key(|_| self.random.next_u32()),
        }
    }

    fn wants_more(&self, grant: GrantId) -> bool {
        let kinds = self.draft.visits_of(grant).iter().map(|kind| &self.ground.rows.kinds[*kind as usize]);
        kinds.map(|kind| kind.length).sum::<i32>() < self.ground.book.grants[grant].lengths.most().0
    }

    fn insert_all(&mut self, grant: GrantId, shifts: Option<&BTreeSet<usize>>) {
        while self.wants_more(grant) {
            let random = &mut *self.random;
            let blink = || random.next_u32().is_multiple_of(BLINKS);
            let Some(best) = self.draft.best_insertion(grant, shifts, blink) else { return };
            self.draft.insert(best);
        }
    }

    /// Takes the changes for good, and notes the draft where it is the best so far.
    fn note_best(&mut self) {
        self.moved.extend(self.draft.settle());
        if self.draft.points < self.best.0 {
            self.best.0 = self.draft.points;
            for shift in std::mem::take(&mut self.moved) {
                self.best.1[shift] = self.draft.route(shift).to_vec();
            }
        }
    }

    fn best_columns(&self) -> Vec<Column> {
        let routes = self.best.1.iter().enumerate();
        routes.filter_map(|(shift, route)| self.ground.column(shift, route)).collect()
    }

    fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.random.next_u64() % count.max(1) as u64).unwrap_or(0)
    }
}

/// The nearest other grants of each grant, by their clients' homes.
fn nearest(ground: &Ground<'_>) -> BTreeMap<GrantId, Vec<GrantId>> {
    let home = |grant: GrantId| {
        let client: ClientId = ground.problem.grants[grant].client;
        ground.problem.clients[client].home.at
    };
    let homes: Vec<(GrantId, Coordinates)> = ground.kinds_of.keys().map(|grant| (*grant, home(*grant))).collect();
    let of = |(grant, here): &(GrantId, Coordinates)| {
        let others = homes.iter().filter(|(other, _)| other != grant);
        let mut others: Vec<(f64, GrantId)> = others.map(|(other, at)| (apart(*here, *at), *other)).collect();
        let by_distance = |a: &(f64, GrantId), b: &(f64, GrantId)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if others.len() > NEAREST {
            others.select_nth_unstable_by(NEAREST, by_distance);
            others.truncate(NEAREST);
        }
        others.sort_by(by_distance);
        (*grant, others.into_iter().map(|(_, other)| other).collect())
    };
    homes.iter().map(of).collect()
}

/// How far apart two places are, in an order that is good enough to find neighbours.
fn apart(one: Coordinates, other: Coordinates) -> f64 {
    let north = one.lat - other.lat;
    let east = (one.lon - other.lon) * one.lat.to_radians().cos();
    north * north + east * east
}
