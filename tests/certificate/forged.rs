//! Forged proofs: duals, rows, branches and groups changed at random. Whatever comes of it, either it is refused or what it
//! proves is true.

use std::collections::BTreeSet;
use std::sync::Arc;

use pusterum::certificate;
use pusterum::generate::Manners;
use pusterum::ids::{CarerId, ClientId, GrantId, Id, ProviderId, ShiftId};
use pusterum::plan::proof::{Branch, GroupProof, HalfSum, Leaf, MICRO, PairCover, Proof, RowName, Tree, VisitSet};
use pusterum::problem::Problem;
use pusterum::rules::Rulebook;
use pusterum::units::{Day, Minutes};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::tiny_week;

/// Weeks, and forgeries of each.
const WEEKS: u64 = 120;
const FORGERIES: usize = 150;

/// Chance, and what it forges a proof of.
struct Forger<'p> {
    problem: &'p Problem,
    chance: ChaCha8Rng,
    /// The shifts of the group that is being forged.
    own: Vec<ShiftId>,
}

impl Forger<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.chance.next_u64() % count.max(1) as u64).expect("small")
    }

    fn any<K: Id>(&mut self, count: usize) -> K {
        K::from_index(self.below(count))
    }

    fn grant(&mut self) -> GrantId {
        self.any(self.problem.grants.len())
    }

    fn carer(&mut self) -> CarerId {
        self.any(self.problem.carers.len())
    }

    fn provider(&mut self) -> ProviderId {
        self.any(self.problem.providers.len())
    }

    fn client(&mut self) -> ClientId {
        self.any(self.problem.clients.len())
    }

    fn shift(&mut self) -> ShiftId {
        self.any(self.problem.shifts.len())
    }

    /// A shift of the group, seldom another one.
    fn near_shift(&mut self) -> ShiftId {
        let at = self.below(self.own.len() + self.own.len() / 8);
        self.own.get(at).copied().unwrap_or_else(|| self.shift())
    }

    fn day(&mut self) -> Day {
        Day(u8::try_from(self.below(7)).expect("small"))
    }

    fn length(&mut self) -> Minutes {
        Minutes(15 * i32::try_from(1 + self.below(16)).expect("small"))
    }

    /// Up to a few thousand points, or so few millionths; now and then more than any week has.
    fn dual(&mut self) -> i64 {
        let most = [3, MICRO, 100 * MICRO, 5_000 * MICRO, 1_000_000 * MICRO, i64::MAX / 4][self.below(6)];
        let dual = i64::try_from(self.chance.next_u64() >> 2).expect("62 bits") % most;
        if self.below(3) == 0 { dual } else { -dual }
    }

    fn row(&mut self) -> RowName {
        let grant = self.grant();
        let some = self.below(4);
        match self.below(19) {
            0 => RowName::OneVisit(grant),
            1 => RowName::Length(grant, self.length()),
            2 => RowName::TotalMinutes(grant),
            3 => RowName::TotalVisits(grant),
            4 => RowName::Visited(grant),
            5 => RowName::DaysApart(grant, self.day()),
            6 => RowName::ClientDay(self.client(), self.day()),
            7 => RowName::CarerCap(self.carer(), self.part()),
            8 => RowName::ProviderCap(self.provider(), self.part()),
            9 => RowName::ExtraCarers(grant, (0..some).map(|_| (self.carer(), self.day())).collect()),
            10 => {
                let visits = (0..some).map(|_| (self.provider(), self.grant(), self.day())).collect();
                RowName::OneProvider(self.client(), visits)
            }
            11 => RowName::LengthByDay(grant, self.length(), self.day()),
            12 => RowName::Returns(grant, (0..some).map(|_| (self.carer(), self.day(), self.length())).collect()),
            13 => RowName::Pairs(grant, Arc::new(self.cover())),
            14 => RowName::Branch(u32::try_from(some).expect("small")),
            _ => self.half(),
        }
    }

    /// Parts of a cap, now and then of no minutes or of none that lengths have in common.
    fn part(&mut self) -> Minutes {
        Minutes([30, 30, 60, 15, 45, 1, 0, -30][self.below(8)])
    }

    /// Halves that are mostly enough for all pairs of lengths, and now and then not.
    fn cover(&mut self) -> PairCover {
        let mut cover = PairCover::default();
        for _ in 0..1 + self.below(2) {
            let (one, other) = (self.length(), self.length());
            cover.patterns.push([one.max(other), one.min(other)]);
        }
        let lengths: BTreeSet<Minutes> = cover.patterns.iter().flatten().copied().collect();
        let carers = self.problem.carers.ids().flat_map(|carer| Day::all().map(move |day| (carer, day)));
        let visits = carers.flat_map(|(carer, day)| lengths.iter().map(move |length| (carer, day, *length)));
        for (at, (carer, day, length)) in visits.collect::<Vec<_>>().into_iter().enumerate() {
            cover.halves.push((carer, day, length, u8::from(self.below(100) > 0 || at % 2 == 0)));
        }
        cover
    }

    /// Half of anything; seldom of what is none, since then all is refused.
    fn half(&mut self) -> RowName {
        let mut sum = HalfSum::default();
        (0..self.below(4)).for_each(|_| sum.rows.push(self.source()));
        (0..self.below(4)).for_each(|_| sum.shifts.push(self.near_shift()));
        (0..self.below(2) * self.below(2)).for_each(|_| sum.grants.push(self.grant()));
        (0..self.below(8)).for_each(|_| sum.paired.push(self.near_shift()));
        if self.below(10) > 0 {
            distinct(&mut sum);
        }
        RowName::Half(Arc::new(sum))
    }

    /// Rows that tiny weeks have: of each grant, client or carer.
    fn source(&mut self) -> RowName {
        let grant = self.grant();
        match self.below(12) {
            0..6 => RowName::OneVisit(grant),
            6..8 => RowName::DaysApart(grant, self.day()),
            8..10 => RowName::ClientDay(self.client(), self.day()),
            10 => RowName::CarerCap(self.carer(), self.part()),
            _ => self.row(),
        }
    }

    /// A half of the leaf's own rows, which are the group's: as it is wanted, or of other shifts, rows and grants.
    fn half_of(&mut self, leaf: &Leaf) -> RowName {
        let plain = |(name, _): &&(RowName, i64)| !matches!(name, RowName::Half(_) | RowName::Branch(_));
        let mut rows: Vec<RowName> = leaf.duals.iter().filter(plain).map(|(name, _)| name.clone()).collect();
        let part = 1 + self.below(3);
        rows.retain(|_| self.below(4) < part);
        let mut sum = HalfSum { rows, ..HalfSum::default() };
        (0..self.below(5)).for_each(|_| sum.shifts.push(self.near_shift()));
        let own = self.own.clone();
        sum.paired = own.into_iter().filter(|_| self.below(3) < part).collect();
        distinct(&mut sum);
        RowName::Half(Arc::new(sum))
    }

    /// Another half than this one.
    fn forge_half(&mut self, sum: &mut HalfSum) {
        match self.below(9) {
            0 => drop(sum.rows.pop()),
            1 => sum.rows.push(self.source()),
            2 => drop(sum.shifts.pop()),
            3 => sum.shifts.push(self.near_shift()),
            4 => drop(sum.grants.pop()),
            5 => sum.grants.push(self.grant()),
            6 => drop(sum.paired.pop()),
            7 => sum.paired.push(self.near_shift()),
            _ => sum.rows.push(RowName::Half(Arc::new(sum.clone()))),
        }
    }

    fn set(&mut self) -> VisitSet {
        let mut set = VisitSet::default();
        for _ in 0..=self.below(3) {
            match self.below(7) {
                0 => set.grant = Some(self.grant()),
                1 => set.client = Some(self.client()),
                2 => set.carer = Some(self.carer()),
                3 => set.provider = Some(self.provider()),
                4 => set.day = Some(self.day()),
                5 => set.shift = Some(self.shift()),
                _ => set.length = Some(self.length()),
            }
        }
        set
    }

    /// One forgery somewhere in the proof.
    fn forge(&mut self, proof: &mut Proof) {
        let at = self.below(proof.groups.len());
        let Some(group) = proof.groups.get_mut(at) else { return };
        self.own.clone_from(&group.shifts);
        match self.below(8) {
            0 => drop(group.shifts.pop()),
            1 => group.shifts.push(self.shift()),
            2 => {
                let half = GroupProof { shifts: group.shifts.split_off(group.shifts.len() / 2), ..group.clone() };
                proof.groups.push(half);
            }
            3 => drop(proof.groups.remove(at)),
            _ => self.forge_tree(&mut group.tree, 0),
        }
    }

    fn forge_tree(&mut self, tree: &mut Tree, depth: u32) {
        match (self.below(5), &mut *tree) {
            (0, _) => *tree = self.branch(tree.clone(), depth),
            (1, Tree::Branch(branch)) => *tree = branch.more.clone(),
            (2, Tree::Branch(branch)) => branch.most += 1,
            (3, Tree::Branch(branch)) => branch.visits = self.set(),
            (n, Tree::Branch(branch)) => {
                self.forge_tree(if n % 2 == 0 { &mut branch.fewer } else { &mut branch.more }, depth + 1);
            }
            (_, Tree::Leaf(leaf)) => self.forge_leaf(leaf),
        }
    }

    /// The tree in two cases, with duals of the right sign for the branch.
    fn branch(&mut self, tree: Tree, depth: u32) -> Tree {
        let most = i64::try_from(self.below(2)).expect("small");
        let mut cases = [tree.clone(), tree];
        for (case, sign) in cases.iter_mut().zip([-1, 1]) {
            let dual = sign * (self.dual() / 1_000).abs();
            if let Tree::Leaf(leaf) = case {
                leaf.duals.push((RowName::Branch(depth), dual));
            }
        }
        let [fewer, more] = cases;
        Tree::Branch(Box::new(Branch { visits: self.set(), most, fewer, more }))
    }

    fn forge_leaf(&mut self, leaf: &mut Leaf) {
        let (row, dual) = (self.row(), self.dual());
        if self.below(4) == 0 {
            let half = self.half_of(leaf);
            leaf.duals.push((half, if self.below(8) == 0 { dual } else { -dual.abs() }));
        }
        let at = self.below(leaf.duals.len());
        if let Some((RowName::Half(sum), _)) = leaf.duals.get_mut(at)
            && self.below(2) == 0
        {
            return self.forge_half(Arc::make_mut(sum));
        }
        match (self.below(6), leaf.duals.get_mut(at)) {
            (0, Some(old)) => old.1 += dual,
            (1, Some(old)) => old.1 = -old.1,
            (2, Some(old)) => old.1 /= 2,
            (3, Some(old)) => old.0 = row,
            (4, Some(_)) => drop(leaf.duals.remove(at)),
            _ => leaf.duals.push((row, dual)),
        }
    }
}

/// Leaves out what stands there twice.
fn distinct(sum: &mut HalfSum) {
    sum.rows.sort_unstable();
    sum.rows.dedup();
    for shifts in [&mut sum.shifts, &mut sum.paired] {
        shifts.sort_unstable();
        shifts.dedup();
    }
}

#[derive(Default, Debug)]
struct Seen {
    refused: usize,
    less: usize,
    more: usize,
    /// Of those that are not refused, how many name halves.
    halves: usize,
}

fn names_halves(tree: &Tree) -> bool {
    match tree {
        Tree::Leaf(leaf) => leaf.duals.iter().any(|(name, _)| matches!(name, RowName::Half(_))),
        Tree::Branch(branch) => names_halves(&branch.fewer) || names_halves(&branch.more),
    }
}

fn forge_all(manners: Manners) -> Seen {
    let mut seen = Seen::default();
    for seed in 0..WEEKS {
        let (problem, proof, best) = tiny_week(seed, manners);
        let book = Rulebook::of(&problem);
        let mut forger = Forger { problem: &problem, chance: ChaCha8Rng::seed_from_u64(seed), own: Vec::new() };
        for _ in 0..FORGERIES {
            let mut forged = proof.clone();
            (0..=forger.below(4)).for_each(|_| forger.forge(&mut forged));
            match certificate::prove(&problem, &book, &forged) {
                Err(_) => seen.refused += 1,
                Ok(proven) => {
                    assert!(proven.bound <= best, "{seed}: {} is proven of {best}: {forged:#?}", proven.bound);
                    seen.halves += usize::from(forged.groups.iter().any(|group| names_halves(&group.tree)));
                    if proven.bound > proof.bound() { seen.more += 1 } else { seen.less += 1 }
                }
            }
        }
    }
    seen
}

#[test]
fn no_forged_proof_of_a_plain_week_proves_more_than_is_true() {
    let seen = forge_all(Manners::Plain);
    assert!(
        seen.refused > 1_000 && seen.less > 1_000 && seen.halves > 300,
        "the forgeries are all of one kind: {seen:?}"
    );
}

#[test]
fn no_forged_proof_of_an_odd_week_proves_more_than_is_true() {
    let seen = forge_all(Manners::Odd);
    assert!(
        seen.refused > 1_000 && seen.less > 1_000 && seen.halves > 300,
        "the forgeries are all of one kind: {seen:?}"
    );
}

/// The leaf with each row `visits of g ≤ 1` replaced by a branch on these visits: in the case of one or fewer the branch has
/// the row's dual; two or more are impossible, which the row itself shows with any price.
fn as_branches(mut leaf: Leaf, depth: u32) -> Tree {
    let one_visit = |(name, _): &(RowName, i64)| matches!(name, RowName::OneVisit(_));
    let Some(at) = leaf.duals.iter().position(one_visit) else { return Tree::Leaf(leaf) };
    let (name, dual) = leaf.duals.remove(at);
    let RowName::OneVisit(grant) = name else { unreachable!("it was looked for") };
    let price = 100_000 * MICRO;
    let impossible = leaf.duals.iter().cloned().chain([(name, -price), (RowName::Branch(depth), price)]).collect();
    leaf.duals.push((RowName::Branch(depth), dual));
    Tree::Branch(Box::new(Branch {
        visits: VisitSet { grant: Some(grant), ..VisitSet::default() },
        most: 1,
        fewer: as_branches(leaf, depth + 1),
        more: Tree::Leaf(Leaf { duals: impossible }),
    }))
}

/// Rows told as branches prove what the rows prove, so the branches count what they should, on the right side.
#[test]
fn branches_that_say_what_rows_say_prove_the_same() {
    let mut branches = 0;
    for seed in 0..150 {
        let (problem, proof, _) = tiny_week(seed, Manners::Plain);
        let mut told = proof.clone();
        for group in &mut told.groups {
            if let Tree::Leaf(leaf) = &group.tree {
                group.tree = as_branches(leaf.clone(), 0);
            }
        }
        let book = Rulebook::of(&problem);
        let proven = certificate::prove(&problem, &book, &told).expect("nothing is refused");
        assert_eq!(proven.bound, proof.bound(), "{seed}");
        branches += proven.leaves - proof.groups.len() - 1;
    }
    assert!(branches > 50, "only {branches} rows were told as branches");
}
