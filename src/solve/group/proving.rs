//! Proving a group's plan: the routes that a better one could use are listed, and the plan is settled over them.
//!
//! Where the plan is far above the bound, very many routes could be part of a better one. So plans are looked for below an
//! *aim* a little above the bound: few routes are cheap enough for those, and either such a plan is found, or there is none and
//! the bound is the aim (the destructive bounds of Klein and Scholl 1999, *European Journal of Operational Research* 112).
//! Then the aim is moved up, twice as far each time.

use super::super::dive::Order;
use super::super::gains::Gains;
use super::super::pricing::MICRO;
use super::super::settle::Settlement;
use super::super::stop::Stop;
use super::{Group, whole};

/// The first aim is so many points above the bound.
const FIRST_AIM: i64 = 4;

/// No aim is needed where the plan is not further from the bound than this, or so few routes could be part of a better one.
const NEAR: i64 = 8;
const ROUTES_FEW: usize = 10_000;

/// Nodes over so many routes take as long as a dive.
const ROUTES_MANY: usize = 50_000;

/// In one attempt to settle a plan so many nodes are looked at: fewer the more routes and rows there are, as each takes longer.
const NODES: std::ops::RangeInclusive<usize> = 5..=400;
const NODES_BY_SIZE: usize = 160_000_000_000;

/// How far a group's plan is settled over the listed routes.
#[derive(Default)]
pub(super) struct Proving {
    /// The points at which they were last cut.
    settled_at: Option<i64>,
    /// Dives that began at these points.
    dives: u32,
    /// Whether a careful dive was made over any of them.
    has_dived: bool,
    aimed: Option<Aimed>,
    /// What the searches below the aims before have learned of branching.
    gains: Gains,
    /// How far above the bound the next aim is.
    width: i64,
}

/// The search for a plan better than an aim.
struct Aimed {
    aim: i64,
    /// The routes that such a plan could use.
    settlement: Settlement,
}

impl Aimed {
    /// Whether no plan of listed routes is better than the aim.
    fn is_done(&self) -> bool {
        whole(self.settlement.bound) >= self.aim
    }
}

impl Group {
    /// Lists the routes that a better plan could use and settles the plan over them: over all, which proves it, or where
    /// these are too many over the most attractive ones, which only finds a better plan – until the gap is so narrow that they
    /// are all.
    pub fn prove(&mut self, stop: &Stop) {
        if self.is_proven() || !self.is_relaxed() {
            return;
        }
        if self.lacks_routes() {
            self.list(stop);
        }
        if let Some(settlement) = self.settlement.take() {
            self.settlement = Some(self.settle(settlement, stop));
        }
    }

    /// Where a better plan could use very many routes, searches below one aim after the other, until one is left open or a better
    /// plan is found.
    pub fn aim(&mut self, stop: &Stop) {
        let before = self.points;
        let Some(mut settlement) = self.settlement.take() else { return };
        while self.points == before && !self.is_proven() && !self.is_near(&settlement) {
            if !self.search_below_aim(&mut settlement, stop) {
                break;
            }
        }
        self.settlement = Some(settlement);
    }

    /// Whether a proof may soon give more than improvements: all routes that a better plan could use are listed and few, or may be.
    pub fn is_near_proof(&self) -> bool {
        match &self.settlement {
            Some(settlement) if self.is_all_listed() => self.is_near(settlement),
            _ => self.can_be_listed(),
        }
    }

    /// The listed routes have changed.
    pub(super) fn forget_settled(&mut self) {
        self.proving = Proving { width: FIRST_AIM, has_dived: self.proving.has_dived, ..Proving::default() };
    }

    /// Settles the plan over the listed routes; where they are all, again after every better one: each makes more routes too dear.
    fn settle(&mut self, mut settlement: Settlement, stop: &Stop) -> Settlement {
        let mut before = None;
        let goes_on = |group: &Self, points| points != group.points && group.is_all_listed();
        while !self.is_proven() && !stop.now() && before.is_none_or(|points| goes_on(self, points)) {
            before = Some(self.points);
            self.settle_once(&mut settlement, stop);
        }
        settlement
    }

    /// By cuts and a dive; where the routes are all that a better plan could use, and few, also by branching. Ends with the first
    /// better plan.
    fn settle_once(&mut self, settlement: &mut Settlement, stop: &Stop) {
        let before = self.points;
        if self.proving.settled_at.replace(self.points) != Some(self.points) {
            settlement.cut(self.points, stop);
            self.raise_settled(settlement);
            self.proving.dives = 0;
        }
        if !self.is_proven() && (self.proving.dives == 0 || self.hides_the_best(settlement)) {
            let plan = self.next_dive(settlement).and_then(|order| settlement.dive(order, stop));
            plan.into_iter().for_each(|plan| self.offer_columns(plan));
        }
        if self.points == before && self.is_near(settlement) {
            let found = settlement.branch(self.points, nodes_for(settlement), stop);
            found.into_iter().for_each(|plan| self.offer_columns(plan));
            self.raise_settled(settlement);
        }
    }

    /// A dive for the best where one hides; else the first one is careful, and where few routes are left none is made later, as
    /// branching comes to plans soon.
    fn next_dive(&mut self, settlement: &Settlement) -> Option<Order<'_>> {
        let below = self.points;
        self.proving.dives += 1;
        if self.hides_the_best(settlement) {
            let random = (self.proving.dives > 1).then_some(&mut self.random);
            return Some(Order::ForTheBest { below: whole(settlement.bound) + 1, random });
        }
        if !std::mem::replace(&mut self.proving.has_dived, true) {
            return Some(Order::Carefully { below });
        }
        (!self.is_near(settlement)).then_some(Order::Taken { below })
    }

    /// Whether the routes of all plans within a few points of the bound are listed, but many: then a plan as good as the bound is
    /// easier to find by dives than by branching.
    fn hides_the_best(&self, settlement: &Settlement) -> bool {
        let way = self.listed_below().map(|most| most - whole(settlement.bound));
        way.is_some_and(|way| (1..=NEAR).contains(&way)) && settlement.columns().len() > ROUTES_MANY
    }

    /// Whether all routes that a better plan could use are listed, and plans or routes so few that no aim is needed.
    fn is_near(&self, settlement: &Settlement) -> bool {
        let is_narrow = self.points - whole(settlement.bound) <= NEAR || settlement.columns().len() <= ROUTES_FEW;
        self.is_all_listed() && !self.is_proven() && is_narrow
    }

    /// Goes on with the search below the aim, or begins the next; false where there is no next one or this one is left open.
    pub(super) fn search_below_aim(&mut self, settlement: &mut Settlement, stop: &Stop) -> bool {
        let begun = self.proving.aimed.take().filter(|aimed| !aimed.is_done());
        let Some(mut aimed) = begun.or_else(|| self.next_aim(settlement, stop)) else { return false };
        aimed.aim = aimed.aim.min(self.points);
        let nodes = nodes_for(&aimed.settlement);
        let found = aimed.settlement.branch(aimed.aim, nodes, stop);
        settlement.bound = settlement.bound.max(aimed.settlement.bound.min(aimed.aim * MICRO));
        self.raise_settled(settlement);
        found.into_iter().for_each(|plan| self.offer_columns(plan));
        if aimed.is_done() {
            self.proving.gains = aimed.settlement.into_gains();
            return !stop.now();
        }
        self.proving.aimed = Some(aimed);
        false
    }

    /// The search below the next aim; nothing where no plan of listed routes is better than those there are.
    fn next_aim(&mut self, settlement: &Settlement, stop: &Stop) -> Option<Aimed> {
        let bound = whole(settlement.bound);
        let most = self.listed_below().filter(|most| bound < *most)?;
        let aim = most.min(bound + self.proving.width);
        self.proving.width *= 2;
        let mut below = settlement.below(aim);
        below.go_by(std::mem::take(&mut self.proving.gains));
        below.cut(aim, stop);
        Some(Aimed { aim, settlement: below })
    }

    /// Notes what is proven over the listed routes, for the plans that use these alone.
    fn raise_settled(&mut self, settlement: &Settlement) {
        if let Some(most) = self.listed_below() {
            self.raise_bound(whole(settlement.bound).min(most));
        }
    }
}

/// How many nodes to look at in one attempt.
fn nodes_for(settlement: &Settlement) -> u64 {
    let size = settlement.columns().len() * settlement.rows.rows.len().pow(2);
    (NODES_BY_SIZE / size.max(1)).clamp(*NODES.start(), *NODES.end()) as u64
}
