//! What proves a bound, in the words of the week: who found it, and with which solver, does not matter.
//!
//! For each independent group of shifts a proof is a binary tree. An inner node tells two cases apart by a *count of
//! visits*: among the group's new visits (pins are none) those of a [`VisitSet`] are `most` or fewer, or more than
//! that. A count is whole, so nothing lies between. A leaf has duals for rows of the master, named as in [`RowName`];
//! the Lagrangian bound with these duals holds for every plan that takes the path to the leaf. So the least bound of the
//! leaves holds for every plan of the group, and the groups' sum, with the points that every plan has, for the week.

use std::sync::Arc;

use crate::ids::{CarerId, ClientId, GrantId, ProviderId, ShiftId};
use crate::units::{Day, Minutes};

/// Millionths of a point: what duals are counted in.
pub const MICRO: i64 = 1_000_000;

/// What proves a bound on the points of any plan of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The points of the week without any new visit.
    pub constant: i64,
    /// No two of them share a shift or a grant.
    pub groups: Vec<GroupProof>,
}

impl Proof {
    /// The bound that it claims to prove.
    pub fn bound(&self) -> i64 {
        self.constant + self.groups.iter().map(|group| group.bound).sum::<i64>()
    }
}

/// What proves a bound on the points that the new visits of a group of shifts add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupProof {
    pub shifts: Vec<ShiftId>,
    pub tree: Tree,
    /// The bound that the tree is said to prove: the least of its leaves, rounded up to a whole point.
    pub bound: i64,
}

/// Cases that together cover all plans of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    Leaf(Leaf),
    Branch(Box<Branch>),
}

/// Two cases: the visits of a set are `most` or fewer, or `most + 1` or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub visits: VisitSet,
    pub most: i64,
    pub fewer: Tree,
    pub more: Tree,
}

/// Duals in whole millionths of a point; rows that are not named have 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    pub duals: Vec<(RowName, i64)>,
}

/// The new visits that match all that is given; everything, where nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitSet {
    pub grant: Option<GrantId>,
    pub client: Option<ClientId>,
    pub carer: Option<CarerId>,
    pub provider: Option<ProviderId>,
    pub day: Option<Day>,
    pub shift: Option<ShiftId>,
    pub length: Option<Minutes>,
}

/// A row of the master by what it says. `visits` are always the group's new visits; `patterns` the ways in which a grant's
/// new visits may have lengths together, of which one is taken where there is a visit at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowName {
    /// Visits of a grant that can have but one ≤ 1.
    OneVisit(GrantId),
    /// Visits of a grant of one length = those of its pattern.
    Length(GrantId, Minutes),
    /// Of a grant without a list of patterns: minutes ≤ all that it can have, if it is visited.
    TotalMinutes(GrantId),
    /// Of a grant without a list of patterns: visits ≤ all that it can have, if it is visited.
    TotalVisits(GrantId),
    /// Of a grant without a list of patterns: it is not visited unless it has a visit.
    Visited(GrantId),
    /// Visits of a grant on the days from this one on that must be apart ≤ 1 if it is visited.
    DaysApart(GrantId, Day),
    /// Relief and urgent relief of a client on a day ≤ 1.
    ClientDay(ClientId, Day),
    /// Minutes of a carer ≤ what pins leave of the cap, both in parts of so many minutes, each visit's rounded down.
    CarerCap(CarerId, Minutes),
    /// The same of a provider.
    ProviderCap(ProviderId, Minutes),
    /// Visits of a grant by some carers, on one day for each, less one if it is visited ≤ its further carers. Carers
    /// who come by pins do not count; where there are any, no carer is the first.
    ExtraCarers(GrantId, Vec<(CarerId, Day)>),
    /// For some carers, each with a day and a length: visits of the grant by the carer on that day of that length, less
    /// the carer's visits on other days of lengths that stand with it in a pattern, ≤ 1 for each pattern that is one of
    /// these lengths alone, and the further carers, counted twice where several carers are named. No pins.
    Returns(GrantId, Vec<(CarerId, Day, Minutes)>),
    /// Patterns of two visits in a set ≤ visits, each by its weight, and the further carers. Two visits of the grant that one carer
    /// gives on two days and that are a pattern of the set together weigh one at least. No pins.
    Pairs(GrantId, Arc<PairCover>),
    /// Visits of a client by some providers, of one grant on one day for each ≤ 1.
    OneProvider(ClientId, Vec<(ProviderId, GrantId, Day)>),
    /// Visits of a grant of one length on one day ≤ 1 if its pattern holds the length.
    LengthByDay(GrantId, Minutes, Day),
    /// Half the sum of some rows, rounded down.
    Half(Arc<HalfSum>),
    /// A row that only a search knows, among routes that it has listed: it never has a dual here.
    Inner,
    /// The branch so many steps below the root on the way to the leaf, as taken there: `visits ≤ most` with a dual of
    /// zero or less, or `visits ≥ most + 1` with zero or more.
    Branch(u32),
}

/// Weights of a grant's visits that cover all pairs of some patterns. All is counted twice where a weight is a half.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairCover {
    /// Patterns of two visits.
    pub patterns: Vec<[Minutes; 2]>,
    /// The halves of weight, 0 or 1, of a carer's visits on a day of a length; all others have two.
    pub halves: Vec<(CarerId, Day, Minutes, u8)>,
}

impl PairCover {
    /// How often a pattern and a further carer count in the row.
    pub fn unit(&self) -> i64 {
        if self.halves.iter().any(|(.., halves)| halves % 2 != 0) { 2 } else { 1 }
    }

    /// Whether a carer's visits on two days of these lengths are a pattern of the set.
    pub fn is_pattern(&self, one: Minutes, other: Minutes) -> bool {
        self.patterns.iter().any(|pattern| *pattern == [one, other] || *pattern == [other, one])
    }
}

/// What a row of halves is half of: rows by name, each used as `≤`; of some shifts "one route"; and of some grants "one
/// pattern of lengths". Nothing stands there twice, and no row is itself a half or a branch.
///
/// All coefficients and the right-hand side are halved and rounded down. Of a route that is so for all that its visits and
/// its shift count together in the shifts that are `paired`; in others each visit is rounded by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfSum {
    pub rows: Vec<RowName>,
    pub shifts: Vec<ShiftId>,
    pub grants: Vec<GrantId>,
    pub paired: Vec<ShiftId>,
}
