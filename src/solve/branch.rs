//! Branch and bound over all routes that a better plan could use.
//!
//! What is branched on is a count of visits — of a grant by a carer, on a day, of a length — for it stays a whole number
//! when routes change, and one row with a bounded count holds both branches (Ryan and Foster's idea, for visits instead
//! of pairs). The candidates that the relaxation splits most evenly are tried out before one is chosen (strong
//! branching; Achterberg, Koch and Martin 2005, *Operations Research Letters* 33). The open node with the lowest bound
//! comes next, and its better child right after it: so plans are found on the way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::master::Relaxed;
use super::pricing::MICRO;
use super::rows::{Kind, KindId, Rows};
use super::settle::Settlement;
use super::stop::{Stop, Work};
use crate::ids::{CarerId, GrantId};
use crate::units::Day;

/// Candidates that are tried out before one is chosen.
const CANDIDATES: usize = 6;

/// Counts closer to a whole number than this are whole.
const WHOLE: f64 = 1e-4;

/// Rounds of cuts at a node below the root.
const CUT_ROUNDS: usize = 2;

/// Visits of a grant whose count is branched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    ByCarer(GrantId, CarerId),
    OnDay(GrantId, Day),
    OfLength(GrantId, i32),
    OfKind(KindId),
}

/// Limits of counts: which count, at least, at most.
type Limits = Vec<(usize, i64, i64)>;

/// A case still to be looked at. Of two the one with the lower bound comes first, then the older one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    bound: i64,
    number: u64,
    limits: Limits,
}

/// The open nodes, from the root on.
#[derive(Debug)]
pub(super) struct Tree {
    open: BinaryHeap<Reverse<Node>>,
    made: u64,
    /// The count of each set that was branched on, by its side column.
    counts: BTreeMap<Counted, usize>,
}

/// What became of a node.
enum Seen {
    /// No better plan is in it.
    Closed,
    /// Its relaxation is this plan, by the routes' positions in the pool.
    Plan(Vec<usize>),
    /// Its two halves, the better one first.
    Split([Node; 2]),
    /// The clock or a numerical failure left it as it was.
    Unseen,
}

impl Tree {
    /// A tree that is nothing but its root.
    pub fn new(bound: i64) -> Self {
        let root = Node { bound, number: 0, limits: Vec::new() };
        Tree { open: BinaryHeap::from([Reverse(root)]), made: 1, counts: BTreeMap::new() }
    }

    /// No plan better than `points` has fewer than this, in millionths.
    pub fn bound(&self, points: i64) -> i64 {
        self.open.peek().map_or(points * MICRO, |Reverse(node)| node.bound.min(points * MICRO))
    }

    /// Looks at nodes until a plan better than `points` is found, none can exist, or the work is done. Gives the plan.
    pub fn search(
        &mut self,
        settlement: &mut Settlement,
        points: i64,
        (mut work, stop): (Work, &Stop),
    ) -> Option<Vec<usize>> {
        let mut next: Option<Node> = None;
        let mut found = None;
        while found.is_none() && !stop.now() && work.take() {
            let Some(node) = next.take().or_else(|| self.open.pop().map(|Reverse(node)| node)) else { break };
            let mut visit = Visit { tree: self, settlement, points, stop };
            match visit.see(&node) {
                Seen::Closed => {}
                Seen::Plan(plan) => {
                    // Whoever takes the plan closes the node by its points; until then it stays.
                    self.open.push(Reverse(node));
                    found = Some(plan);
                }
                Seen::Split([better, worse]) => {
                    next = Some(better);
                    self.open.push(Reverse(worse));
                }
                Seen::Unseen => {
                    self.open.push(Reverse(node));
                    break;
                }
            }
        }
        self.open.extend(next.map(Reverse));
        found
    }
}

struct Visit<'a> {
    tree: &'a mut Tree,
    settlement: &'a mut Settlement,
    points: i64,
    stop: &'a Stop,
}

impl Visit<'_> {
    fn see(&mut self, node: &Node) -> Seen {
        if self.is_enough(node.bound) {
            return Seen::Closed;
        }
        self.restrict(&node.limits);
        let seen = self.solve(node);
        self.relax(&node.limits);
        seen
    }

    fn is_enough(&self, bound: i64) -> bool {
        bound > (self.points - 1) * MICRO
    }

    fn solve(&mut self, node: &Node) -> Seen {
        let mut bound = node.bound;
        for round in 0.. {
            let Some(solved) = self.settlement.solve_all(self.stop) else { return Seen::Unseen };
            bound = bound.max(solved.bound);
            if self.is_enough(bound) {
                return Seen::Closed;
            }
            if round < CUT_ROUNDS && self.settlement.cut_off(&solved.relaxed) > 0 {
                continue;
            }
            let candidates = self.candidates(&solved.relaxed);
            if candidates.is_empty() {
                return Seen::Plan(self.settlement.taken(&solved.relaxed));
            }
            return self.split(node, bound, candidates);
        }
        Seen::Unseen
    }

    /// The sets whose counts are split most evenly, with their counts.
    fn candidates(&self, relaxed: &Relaxed) -> Vec<(Counted, f64)> {
        let mut counts: BTreeMap<Counted, f64> = BTreeMap::new();
        for (column, value) in self.settlement.entered_columns().zip(&relaxed.routes).filter(|(_, v)| **v > WHOLE) {
            for kind in &column.kinds {
                for set in sets_of(*kind, &self.settlement.rows.kinds[*kind as usize]) {
                    *counts.entry(set).or_default() += value;
                }
            }
        }
        let evenness = |count: f64| (count - count.floor()).min(count.ceil() - count);
        let mut split: Vec<(Counted, f64)> = counts.into_iter().filter(|(_, n)| evenness(*n) > WHOLE).collect();
        split.sort_by(|a, b| {
            (evenness(b.1) * b.0.weight()).total_cmp(&(evenness(a.1) * a.0.weight())).then(a.0.cmp(&b.0))
        });
        split.truncate(CANDIDATES);
        split
    }

    /// Branches on the candidate both of whose halves cost most.
    fn split(&mut self, node: &Node, bound: i64, candidates: Vec<(Counted, f64)>) -> Seen {
        let mut best: Option<(f64, usize, i64, [f64; 2])> = None;
        for (set, count) in candidates {
            let column = self.count(set);
            let below = count.floor() as i64;
            let halves = [(0, below), (below + 1, i64::MAX)].map(|(least, most)| {
                self.restrict(&[(column, least, most)]);
                let points = self.settlement.try_out(self.stop);
                self.restrict_again(column, node);
                points
            });
            let [Some(down), Some(up)] = halves else { return Seen::Unseen };
            let base = bound as f64 / MICRO as f64;
            let score = (down - base).max(1e-3) * (up - base).max(1e-3);
            if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                best = Some((score, column, below, [down, up]));
            }
        }
        let Some((_, column, below, [down, up])) = best else { return Seen::Unseen };
        let down_node = self.child(node, bound, (column, 0, below));
        let up_node = self.child(node, bound, (column, below + 1, i64::MAX));
        Seen::Split(if down <= up { [down_node, up_node] } else { [up_node, down_node] })
    }

    fn child(&mut self, node: &Node, bound: i64, limit: (usize, i64, i64)) -> Node {
        let mut limits = node.limits.clone();
        match limits.iter_mut().find(|(column, ..)| *column == limit.0) {
            Some((_, least, most)) => (*least, *most) = (limit.1.max(*least), limit.2.min(*most)),
            None => limits.push(limit),
        }
        self.tree.made += 1;
        Node { bound, number: self.tree.made, limits }
    }

    /// The side column that counts the visits of a set.
    fn count(&mut self, set: Counted) -> usize {
        let settlement = &mut *self.settlement;
        let add = || {
            let kinds = set.kinds(&settlement.rows);
            settlement.add_count(set.grant(&settlement.rows), &kinds)
        };
        *self.tree.counts.entry(set).or_insert_with(add)
    }

    fn restrict(&mut self, limits: &[(usize, i64, i64)]) {
        for (column, least, most) in limits {
            self.settlement.limit(*column, *least, *most);
        }
    }

    fn restrict_again(&mut self, column: usize, node: &Node) {
        let limits: Vec<_> = node.limits.iter().copied().filter(|limit| limit.0 == column).collect();
        self.settlement.limit(column, 0, i64::MAX);
        self.restrict(&limits);
    }

    fn relax(&mut self, limits: &Limits) {
        for (column, ..) in limits {
            self.settlement.limit(*column, 0, i64::MAX);
        }
    }
}

impl Counted {
    fn grant(self, rows: &Rows) -> GrantId {
        match self {
            Counted::ByCarer(grant, _) | Counted::OnDay(grant, _) | Counted::OfLength(grant, _) => grant,
            Counted::OfKind(kind) => rows.kinds[kind as usize].grant,
        }
    }

    /// The kinds of visits in it.
    fn kinds(self, rows: &Rows) -> Vec<KindId> {
        let all = (0..).zip(&rows.kinds);
        all.filter(|(id, kind)| sets_of(*id, kind).contains(&self)).map(|(id, _)| id).collect()
    }

    /// Wide sets decide more.
    fn weight(self) -> f64 {
        match self {
            Counted::ByCarer(..) => 1.0,
            Counted::OnDay(..) => 0.9,
            Counted::OfLength(..) => 0.8,
            Counted::OfKind(_) => 0.6,
        }
    }
}

/// The sets that a kind of visit is in.
fn sets_of(id: KindId, kind: &Kind) -> [Counted; 4] {
    [
        Counted::ByCarer(kind.grant, kind.carer),
        Counted::OnDay(kind.grant, kind.day),
        Counted::OfLength(kind.grant, kind.length),
        Counted::OfKind(id),
    ]
}
