//! Branch and bound in a relaxation: over all routes that a better plan could use, or with pricing at every node
//! (branch and price; Barnhart, Johnson, Nemhauser, Savelsbergh and Vance 1998, *Operations Research* 46(3)).
//!
//! What is branched on is a count of visits — of a grant by a carer, on a day, of a length — for it stays a whole number
//! when routes change, and one row with a bounded count holds both branches (Ryan and Foster's idea, for visits instead
//! of pairs). The row counts kinds of visits, so it changes nothing in pricing. The candidates that the relaxation splits
//! most evenly are tried out before one is chosen (strong branching; Achterberg, Koch and Martin 2005, *Operations
//! Research Letters* 33). The open node with the lowest bound comes next, and its better child right after it: so plans
//! are found on the way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::counted::{Counted, sets_of};
use super::dive::Slope;
use super::master::Relaxed;
use super::pricing::MICRO;
use super::record::{Half, Record, Step};
use super::rows::{KindId, Rows};
use super::stop::{Stop, Work};
use crate::ids::GrantId;

/// Candidates that are tried out before one is chosen.
const CANDIDATES: usize = 6;

/// Counts closer to a whole number than this are whole.
const WHOLE: f64 = 1e-4;

/// Rounds of cuts at a node below the root.
const CUT_ROUNDS: usize = 2;

/// The relaxation solved, and what its duals prove.
pub(super) struct Solved {
    pub relaxed: Relaxed,
    /// In millionths of a point, with its duals.
    pub bound: i64,
    pub duals: Vec<i64>,
}

/// A relaxation to branch in.
pub(super) trait Wood: Slope {
    /// Solves the relaxation over all routes, or until its bound is `enough` millionths.
    fn solve_all(&mut self, enough: i64, stop: &Stop) -> Option<Solved>;
    /// Adds a side column that counts some kinds of visits of a grant.
    fn add_count(&mut self, grant: GrantId, kinds: &[KindId]) -> usize;
    /// Limits what a side column counts.
    fn limit(&mut self, column: usize, least: i64, most: i64);
    /// The routes that a solution takes, by their positions in the master.
    fn taken(&self, relaxed: &Relaxed) -> Vec<usize>;
}

/// A case still to be looked at. Of two the one with the lower bound comes first, then the older one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    bound: i64,
    number: u64,
    /// The branches from the root.
    path: Vec<Step>,
}

/// The open nodes, from the root on.
#[derive(Debug)]
pub(super) struct Tree {
    open: BinaryHeap<Reverse<Node>>,
    made: u64,
    /// The side column of each set that was branched on.
    counts: BTreeMap<Counted, usize>,
    /// What proves the bound of each node, where that is wanted.
    record: Option<Record>,
}

/// What became of a node.
enum Seen {
    /// No better plan is in it.
    Closed,
    /// Its relaxation is this plan, by the routes' positions in the master.
    Plan(Vec<usize>),
    /// Its two halves, the better one first.
    Split([Node; 2]),
    /// The clock or a numerical failure left it as it was.
    Unseen,
}

impl Tree {
    /// A tree that is nothing but its root.
    pub fn new(bound: i64) -> Self {
        let root = Node { bound, number: 0, path: Vec::new() };
        Tree { open: BinaryHeap::from([Reverse(root)]), made: 1, counts: BTreeMap::new(), record: None }
    }

    /// The same, and it records what proves the bound of each node: the root's, in millionths, is proven by these duals.
    pub fn recorded(rows: &Rows, (bound, duals): (i64, &[i64])) -> Self {
        Tree { record: Some(Record::new(bound, rows.named(duals))), ..Self::new(bound) }
    }

    /// What proves the least bound of all nodes looked at, where it is recorded.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// No plan better than `points` has fewer than this, in millionths.
    pub fn bound(&self, points: i64) -> i64 {
        self.open.peek().map_or(points * MICRO, |Reverse(node)| node.bound.min(points * MICRO))
    }

    /// Looks at nodes until a plan better than `points` is found, none can exist, or the work is done. Gives the plan.
    pub fn search(&mut self, wood: &mut impl Wood, points: i64, (mut work, stop): (Work, &Stop)) -> Option<Vec<usize>> {
        let mut next: Option<Node> = None;
        let mut found = None;
        while found.is_none() && !stop.now() && work.take() {
            let Some(node) = next.take().or_else(|| self.open.pop().map(|Reverse(node)| node)) else { break };
            let mut visit = Visit { tree: self, wood, points, stop };
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

struct Visit<'a, W> {
    tree: &'a mut Tree,
    wood: &'a mut W,
    points: i64,
    stop: &'a Stop,
}

impl<W: Wood> Visit<'_, W> {
    fn see(&mut self, node: &Node) -> Seen {
        if self.is_enough(node.bound) {
            return Seen::Closed;
        }
        self.restrict(&node.path, |_| true);
        let seen = self.solve(node);
        self.relax(&node.path);
        seen
    }

    /// The least bound, in millionths, of a node without a better plan.
    fn enough(&self) -> i64 {
        (self.points - 1) * MICRO + 1
    }

    fn is_enough(&self, bound: i64) -> bool {
        bound >= self.enough()
    }

    fn solve(&mut self, node: &Node) -> Seen {
        let mut bound = node.bound;
        for round in 0.. {
            let Some(solved) = self.wood.solve_all(self.enough(), self.stop) else { return Seen::Unseen };
            if let Some(record) = &mut self.tree.record {
                record.note(node.number, solved.bound, || self.wood.rows().named_in(&solved.duals, &node.path));
            }
            bound = bound.max(solved.bound);
            if self.is_enough(bound) {
                return Seen::Closed;
            }
            if round < CUT_ROUNDS && self.wood.separate(&solved.relaxed) > 0 {
                continue;
            }
            let candidates = self.candidates(&solved.relaxed);
            if candidates.is_empty() {
                return Seen::Plan(self.wood.taken(&solved.relaxed));
            }
            return self.split(node, bound, candidates);
        }
        Seen::Unseen
    }

    /// The sets whose counts are split most evenly, with their counts.
    fn candidates(&self, relaxed: &Relaxed) -> Vec<(Counted, f64)> {
        let mut counts: BTreeMap<Counted, f64> = BTreeMap::new();
        for (at, value) in relaxed.routes.iter().enumerate().filter(|(_, value)| **value > WHOLE) {
            for kind in &self.wood.column(at).kinds {
                for set in sets_of(*kind, &self.wood.rows().kinds[*kind as usize]) {
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
        let mut best: Option<(f64, [Step; 2], [f64; 2])> = None;
        for (set, count) in candidates {
            let column = self.count(set);
            let most = count.floor() as i64;
            let steps = [Half::Fewer, Half::More].map(|half| Step { set, column, most, half });
            let halves = steps.map(|step| {
                self.restrict(&[step], |_| true);
                let points = self.wood.solve(self.stop).map(|relaxed| relaxed.points);
                self.restrict_again(step, node);
                points
            });
            let [Some(fewer), Some(more)] = halves else { return Seen::Unseen };
            let base = bound as f64 / MICRO as f64;
            let score = (fewer - base).max(1e-3) * (more - base).max(1e-3);
            if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                best = Some((score, steps, [fewer, more]));
            }
        }
        let Some((_, [fewer, more], points)) = best else { return Seen::Unseen };
        let [fewer, more] = [fewer, more].map(|step| self.child(node, bound, step));
        if let Some(record) = &mut self.tree.record {
            let step = fewer.path.last().expect("a child has a path");
            record.split(node.number, (step.set, step.most), [fewer.number, more.number]);
        }
        Seen::Split(if points[0] <= points[1] { [fewer, more] } else { [more, fewer] })
    }

    fn child(&mut self, node: &Node, bound: i64, step: Step) -> Node {
        self.tree.made += 1;
        Node { bound, number: self.tree.made, path: node.path.iter().copied().chain([step]).collect() }
    }

    /// The side column that counts the visits of a set.
    fn count(&mut self, set: Counted) -> usize {
        let wood = &mut *self.wood;
        let add = || {
            let kinds = set.kinds(wood.rows());
            wood.add_count(set.grant(wood.rows()), &kinds)
        };
        *self.tree.counts.entry(set).or_insert_with(add)
    }

    /// Limits the counts of some steps of a path.
    fn restrict(&mut self, path: &[Step], which: impl Fn(&Step) -> bool) {
        for step in path.iter().filter(|step| which(step)) {
            let side = &self.wood.rows().side[step.column];
            let (least, most) = match step.half {
                Half::Fewer => (side.lower, side.upper.min(step.most)),
                Half::More => (side.lower.max(step.most + 1), side.upper),
            };
            self.wood.limit(step.column, least, most);
        }
    }

    fn restrict_again(&mut self, tried: Step, node: &Node) {
        self.relax(&[tried]);
        self.restrict(&node.path, |step| step.column == tried.column);
    }

    fn relax(&mut self, path: &[Step]) {
        for column in path.iter().map(|step| step.column).collect::<BTreeSet<_>>() {
            self.wood.limit(column, 0, i64::MAX);
        }
    }
}
