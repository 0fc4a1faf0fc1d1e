//! Branch and bound in a relaxation: over all routes that a better plan could use, or with pricing at every node
//! (branch and price; Barnhart, Johnson, Nemhauser, Savelsbergh and Vance 1998, *Operations Research* 46(3)).
//!
//! What is branched on is a count of visits — of a grant by a carer, on a day, of a length — for it stays a whole number
//! when routes change, and one row with a bounded count holds both branches (Ryan and Foster's idea, for visits instead
//! of pairs). The row counts kinds of visits, so it changes nothing in pricing. Over listed routes it may also be how often
//! routes enter an area (`areas`). The most promising candidates (`gains`) are tried out before one is chosen, by a few
//! iterations of the dual simplex method (reliability branching; Achterberg, Koch and Martin 2005, *Operations Research
//! Letters* 33). The open node with the lowest bound comes next, and its better child right after it: so plans are found on the
//! way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::counted::{Counted, of_visits};
use super::dive::Slope;
use super::gains::{self, Gains};
use super::master::{Basis, Relaxed};
use super::pricing::MICRO;
use super::record::{Half, Record, Step};
use super::rows::Rows;
use super::stop::{Stop, Work};

/// Candidates are looked at until so many in a row were no better than the best one before, and so many in all.
const IN_VAIN: usize = 6;
const CANDIDATES: usize = 40;

/// Iterations in which a half is tried out.
const ITERATIONS_TRIED: i32 = 100;

/// After so many nodes the relaxation is tidied.
const NODES_TIDY: u64 = 20;

/// Counts closer to a whole number than this are whole.
const WHOLE: f64 = 1e-4;

/// Rounds of cuts at a node that is to be split.
const CUT_ROUNDS: usize = 1;

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
    /// What of a column can be counted to branch on it; several times what it has several times.
    fn counted(&self, column: usize) -> Vec<Counted> {
        of_visits(self.rows(), self.column(column)).collect()
    }
    /// The patterns of lengths that can be branched on, with how much of each a solution takes.
    fn patterns(&self, _: &Relaxed) -> Vec<(Counted, f64)> {
        Vec::new()
    }
    /// Adds a side column that counts something.
    fn add_count(&mut self, set: Counted) -> usize;
    /// Drops what slows the relaxation down, among it all counts but those with these side columns.
    fn tidy(&mut self, counted: &BTreeSet<usize>);
    /// Limits what a side column counts.
    fn limit(&mut self, column: usize, least: i64, most: i64);
    /// The routes that a solution takes, by their positions in the master.
    fn taken(&self, relaxed: &Relaxed) -> Vec<usize>;
}

/// A case still to be looked at. Of two the one with the lower bound comes first, then the older one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
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
    looked_at: u64,
    /// The side column of each set that was branched on.
    counts: BTreeMap<Counted, usize>,
    gains: Gains,
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
        Tree {
            open: BinaryHeap::from([Reverse(root)]),
            made: 1,
            looked_at: 0,
            counts: BTreeMap::new(),
            gains: Gains::default(),
            record: None,
        }
    }

    /// The same, and what branching has brought elsewhere is known.
    pub fn going_by(gains: Gains, bound: i64) -> Self {
        Tree { gains, ..Self::new(bound) }
    }

    /// Without nodes, for a search beside another one over the same routes: it knows what branching has brought there.
    pub fn beside(tree: &Self) -> Self {
        let gains = tree.gains.clone();
        Tree { open: BinaryHeap::new(), made: tree.made, looked_at: 0, counts: BTreeMap::new(), gains, record: None }
    }

    /// How many nodes are open.
    pub fn open(&self) -> usize {
        self.open.len()
    }

    /// Gives away every other open node.
    pub fn halve(&mut self) -> Vec<Node> {
        let sorted = std::mem::take(&mut self.open).into_sorted_vec().into_iter().rev().map(|Reverse(node)| node);
        let (kept, given): (Vec<_>, Vec<_>) = sorted.enumerate().partition(|(at, _)| at.is_multiple_of(2));
        self.open.extend(kept.into_iter().map(|(_, node)| Reverse(node)));
        given.into_iter().map(|(_, node)| node).collect()
    }

    /// Takes over open nodes of the search beside it. Their numbers may be those of other nodes: they only order what is equal.
    pub fn take_over(&mut self, wood: &mut impl Wood, nodes: Vec<Node>) {
        for mut node in nodes {
            for step in &mut node.path {
                step.column = *self.counts.entry(step.set).or_insert_with(|| wood.add_count(step.set));
            }
            self.open.push(Reverse(node));
        }
    }

    /// What branching has brought.
    pub fn into_gains(self) -> Gains {
        self.gains
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
            if self.looked_at.is_multiple_of(NODES_TIDY) {
                self.tidy(wood, next.as_ref());
            }
            self.looked_at += 1;
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

    /// Drops what slows the relaxation down, but no count that the open nodes go by.
    pub fn clear(&mut self, wood: &mut impl Wood) {
        self.tidy(wood, None);
    }

    fn tidy(&mut self, wood: &mut impl Wood, next: Option<&Node>) {
        let open = self.open.iter().map(|Reverse(node)| node).chain(next);
        let counted: BTreeSet<usize> = open.flat_map(|node| &node.path).map(|step| step.column).collect();
        wood.tidy(&counted);
        self.counts.retain(|_, column| counted.contains(column));
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
            let candidates = self.candidates(&solved.relaxed);
            // What is whole everywhere is a plan only if it keeps the cuts that are not there yet.
            let may_cut = round < CUT_ROUNDS || candidates.is_empty();
            if may_cut && self.wood.separate(&solved.relaxed) > 0 {
                continue;
            }
            if candidates.is_empty() {
                return Seen::Plan(self.wood.taken(&solved.relaxed));
            }
            return self.split(node, (bound, solved.bound), candidates);
        }
        Seen::Unseen
    }

    /// What is counted and not whole, with the counts, the most promising first.
    fn candidates(&self, relaxed: &Relaxed) -> Vec<(Counted, f64)> {
        let mut counts: BTreeMap<Counted, f64> = BTreeMap::new();
        for (at, value) in relaxed.routes.iter().enumerate().filter(|(_, value)| **value > WHOLE) {
            for set in self.wood.counted(at) {
                *counts.entry(set).or_default() += value;
            }
        }
        counts.extend(self.wood.patterns(relaxed));
        let evenness = |count: f64| (count - count.floor()).min(count.ceil() - count);
        let mut split: Vec<(Counted, f64)> = counts.into_iter().filter(|(_, n)| evenness(*n) > WHOLE).collect();
        let promise = |(set, count): &(Counted, f64)| self.tree.gains.promise(*set, *count);
        split.sort_by(|a, b| promise(b).total_cmp(&promise(a)).then(a.0.cmp(&b.0)));
        split.truncate(CANDIDATES);
        split
    }

    /// Branches on the candidate both of whose halves raise the relaxation most. The node's bound may lie above that: by the whole search
    /// in which this one is a part.
    fn split(&mut self, node: &Node, (bound, relaxed): (i64, i64), candidates: Vec<(Counted, f64)>) -> Seen {
        let Some(basis) = self.wood.master().basis() else { return Seen::Unseen };
        let mut best: Option<([Step; 2], gains::Halves)> = None;
        let mut in_vain = 0;
        for (set, count) in candidates {
            let Some((steps, gains)) = self.gains(set, count, (node, relaxed), &basis) else { return Seen::Unseen };
            if best.as_ref().is_none_or(|(_, best)| gains::score(gains) > gains::score(*best)) {
                (best, in_vain) = (Some((steps, gains)), 0);
            } else {
                in_vain += 1;
            }
            if in_vain == IN_VAIN {
                break;
            }
        }
        let Some(([fewer, more], gains)) = best else { return Seen::Unseen };
        let [fewer, more] = [fewer, more].map(|step| self.child(node, bound, step));
        if let Some(record) = &mut self.tree.record {
            let step = fewer.path.last().expect("a child has a path");
            record.split(node.number, (step.set, step.most), [fewer.number, more.number]);
        }
        Seen::Split(if gains[0] <= gains[1] { [fewer, more] } else { [more, fewer] })
    }

    /// The branches on a candidate and what they gain, as far as is known or tried out.
    fn gains(
        &mut self,
        set: Counted,
        count: f64,
        (node, relaxed): (&Node, i64),
        basis: &Basis,
    ) -> Option<([Step; 2], gains::Halves)> {
        let (column, most) = (self.count(set), count.floor() as i64);
        let steps = [Half::Fewer, Half::More].map(|half| Step { set, column, most, half });
        if let Some(gains) = self.tree.gains.known(set, count) {
            return Some((steps, gains));
        }
        let before = relaxed as f64 / MICRO as f64;
        let [fewer, more] = steps.map(|step| self.try_out(step, node, basis));
        let gains = [fewer? - before, more? - before].map(|gain| gain.max(0.0));
        self.tree.gains.note(set, count, gains);
        Some((steps, gains))
    }

    /// The points of a half over the routes that the master has, as far as a few iterations tell.
    fn try_out(&mut self, step: Step, node: &Node, basis: &Basis) -> Option<f64> {
        self.restrict(&[step], |_| true);
        self.wood.master().go_back(basis);
        let points = self.wood.master().points_after(ITERATIONS_TRIED, self.stop);
        self.restrict_again(step, node);
        points
    }

    fn child(&mut self, node: &Node, bound: i64, step: Step) -> Node {
        self.tree.made += 1;
        Node { bound, number: self.tree.made, path: node.path.iter().copied().chain([step]).collect() }
    }

    /// The side column that counts a set.
    fn count(&mut self, set: Counted) -> usize {
        let wood = &mut *self.wood;
        *self.tree.counts.entry(set).or_insert_with(|| wood.add_count(set))
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
