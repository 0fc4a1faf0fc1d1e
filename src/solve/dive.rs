//! Diving: a plan out of the relaxation, by taking for certain what it nearly takes.
//!
//! The routes that the relaxation takes most of are fixed, the master is solved again, new routes are priced for what
//! is left, and so on until every route is taken or not (pure diving of Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa
//! 2019, *INFORMS Journal on Computing* 31(2), section 3). All fixings are undone at the end.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::column::Column;
use super::master::{Master, Relaxed};
use super::pace::Pace;
use super::rows::{RowId, Rows};
use super::stop::Stop;
use crate::ids::GrantId;

/// Taken at least so much, a route is fixed.
const NEARLY: f64 = 0.8;

/// Where dives are to differ, routes come in the order of what is taken of them and up to so much more.
const NOISE: f64 = 0.1;

/// Values nearer to a whole number than this are whole.
const WHOLE: f64 = 1e-4;

/// A careful dive takes back a step that costs more points than this, which is less than the usual visit is worth, and at most so many
/// single routes; more of them where no other plan is wanted than one as good as the bound lets it be.
const LOSS: f64 = 100.0;
const TAKEN_BACK_MAX: usize = 5;
const TAKEN_BACK_FOR_THE_BEST: usize = 12;

/// What has been decided on the way down.
struct Decided {
    /// The first has what is fixed from the start.
    steps: Vec<Step>,
    /// Whether the last step is new: the relaxation was not solved with it before.
    is_fresh: bool,
    /// How many routes the next step may fix.
    most: usize,
    /// How many routes were taken back.
    taken_back: usize,
    /// The points of the relaxation before the last step.
    before: f64,
}

/// What was fixed together, and what was forbidden since.
#[derive(Default)]
struct Step {
    fixed: Vec<usize>,
    /// Routes that caps or patterns of lengths have no room for beside the fixed ones, and those taken back.
    forbidden: Vec<usize>,
}

/// In which order routes are fixed.
pub(super) enum Order<'r> {
    /// The most taken first, and only to a plan with fewer points than this.
    Taken { below: i64 },
    /// The same in small steps, of which those are taken back that cost much.
    Carefully { below: i64 },
    /// The same to a plan as good as the bound lets it be, perhaps each time on another way.
    ForTheBest { below: i64, random: Option<&'r mut ChaCha8Rng> },
    /// Give or take a little, so that each dive comes to another plan.
    Roughly(&'r mut ChaCha8Rng),
}

impl Order<'_> {
    fn key(&mut self, value: f64) -> f64 {
        match self {
            Order::Taken { .. } | Order::Carefully { .. } | Order::ForTheBest { random: None, .. } => value,
            Order::Roughly(random) | Order::ForTheBest { random: Some(random), .. } => {
                value + NOISE * f64::from(random.next_u32()) / f64::from(u32::MAX)
            }
        }
    }

    fn pace(&self, shifts: usize) -> &'static Pace {
        if self.taken_back_max() > 0 { Pace::careful() } else { Pace::of(shifts) }
    }

    /// How many single routes may be taken back.
    fn taken_back_max(&self) -> usize {
        match self {
            Order::Taken { .. } | Order::Roughly(_) => 0,
            Order::Carefully { .. } => TAKEN_BACK_MAX,
            Order::ForTheBest { .. } => TAKEN_BACK_FOR_THE_BEST,
        }
    }

    /// Whether a relaxation leaves room for a plan that is wanted.
    fn wants(&self, points: f64) -> bool {
        match self {
            Order::Taken { below } | Order::Carefully { below } | Order::ForTheBest { below, .. } => {
                points <= *below as f64 - 1.0 + WHOLE
            }
            Order::Roughly(_) => true,
        }
    }
}

/// A relaxation to dive in. Its columns are numbered as its master has them.
pub(super) trait Slope {
    fn rows(&self) -> &Rows;
    fn column(&self, at: usize) -> &Column;
    fn master(&mut self) -> &mut Master;
    /// Solves the master over the columns and rows it has.
    fn solve(&mut self, stop: &Stop) -> Option<Relaxed>;
    /// Adds the cuts that a solution violates; gives how many.
    fn separate(&mut self, relaxed: &Relaxed) -> usize;
    /// Adds routes of these shifts, ascending, that the duals ask for; gives how many, or nothing if it was stopped.
    fn price(&mut self, open: &[usize], relaxed: &Relaxed, stop: &Stop) -> Option<usize>;
}

/// The routes of a plan near the relaxation, by their columns; nothing where the clock or a dead end came first.
/// `keep` are columns that are taken from the start.
pub(super) fn dive(slope: &mut impl Slope, (keep, mut order): (Vec<usize>, Order), stop: &Stop) -> Option<Vec<usize>> {
    slope.master().fix(&keep);
    let mut decided = Decided::new(keep);
    let plan = descend(slope, (&mut decided, &mut order), stop);
    for Step { fixed, forbidden } in decided.steps {
        slope.master().release(&fixed);
        slope.master().release(&forbidden);
    }
    plan
}

fn descend(slope: &mut impl Slope, (decided, order): (&mut Decided, &mut Order), stop: &Stop) -> Option<Vec<usize>> {
    let pace = order.pace(slope.rows().of_shift.len());
    let (mut rounds, mut cut_rounds) = (0, 0);
    loop {
        let Some(relaxed) = slope.solve(stop) else {
            if decided.last().fixed.len() <= 1 || stop.now() {
                return None;
            }
            // Together the last step's routes are too much: the first of them alone is not.
            decided.keep_of_last(1, slope);
            continue;
        };
        if cut_rounds < pace.cut_rounds && slope.separate(&relaxed) > 0 {
            cut_rounds += 1;
            continue;
        }
        let open = decided.open_shifts(slope);
        let added = slope.price(&open, &relaxed, stop)?;
        rounds += 1;
        if added > 0 && rounds < pace.rounds {
            continue;
        }
        (rounds, cut_rounds) = (0, 0);
        if order.taken_back_max() > 0 && decided.takes_back(slope, (&relaxed, order)) {
            continue;
        }
        if !order.wants(relaxed.points) {
            return None;
        }
        let too_much = decided.forbid(slope, &relaxed);
        let step = decided.next(slope, &relaxed, (order, pace));
        if step.is_empty() && added + too_much == 0 {
            let taken = relaxed.routes.iter().enumerate().filter(|(_, value)| **value > 0.5);
            return Some(taken.map(|(at, _)| at).collect());
        }
        slope.master().fix(&step);
        decided.is_fresh = true;
        decided.steps.push(Step { fixed: step, forbidden: Vec::new() });
    }
}

impl Decided {
    fn new(fixed: Vec<usize>) -> Self {
        let first = Step { fixed, forbidden: Vec::new() };
        Decided { steps: vec![first], is_fresh: false, most: usize::MAX, taken_back: 0, before: f64::INFINITY }
    }

    fn last(&mut self) -> &mut Step {
        self.steps.last_mut().expect("there is a first step")
    }

    fn fixed(&self) -> impl Iterator<Item = usize> {
        self.steps.iter().flat_map(|step| &step.fixed).copied()
    }

    /// Takes back all but so many of the last step's routes.
    fn keep_of_last(&mut self, count: usize, slope: &mut impl Slope) {
        let others = self.last().fixed.split_off(count);
        slope.master().release(&others);
    }

    /// Takes back what costs much: half of the last step, or where that is a single route, this one, which is forbidden then. Where even
    /// that leaves no room for a plan that is wanted, the step before it is the next one. False where all stands.
    fn takes_back(&mut self, slope: &mut impl Slope, (relaxed, order): (&Relaxed, &Order)) -> bool {
        let costs_much = !order.wants(relaxed.points) || (self.is_fresh && relaxed.points > self.before + LOSS);
        if !costs_much || self.steps.len() == 1 || self.taken_back == order.taken_back_max() {
            self.most = self.most.saturating_mul(2);
            self.before = relaxed.points;
            self.is_fresh = false;
            return false;
        }
        let forbidden = std::mem::take(&mut self.last().forbidden);
        slope.master().release(&forbidden);
        let half = self.last().fixed.len() / 2;
        self.most = half.max(1);
        self.is_fresh = half > 0;
        if half > 0 {
            self.keep_of_last(half, slope);
        } else {
            let single = self.steps.pop().map(|step| step.fixed).unwrap_or_default();
            slope.master().forbid(&single);
            self.last().forbidden.extend(single);
            self.taken_back += 1;
        }
        true
    }

    /// The shifts without a fixed route, ascending.
    fn open_shifts(&self, slope: &impl Slope) -> Vec<usize> {
        let closed: BTreeSet<usize> = self.fixed().map(|at| slope.column(at).shift).collect();
        (0..slope.rows().of_shift.len()).filter(|shift| !closed.contains(shift)).collect()
    }

    /// Routes that are taken in part and whose shift is open, the most taken first.
    fn open(&self, slope: &impl Slope, relaxed: &Relaxed) -> Vec<(f64, usize)> {
        let closed: BTreeSet<usize> = self.fixed().map(|at| slope.column(at).shift).collect();
        let taken = relaxed.routes.iter().enumerate().map(|(at, value)| (*value, at));
        let mut open: Vec<(f64, usize)> =
            taken.filter(|(value, at)| *value > WHOLE && !closed.contains(&slope.column(*at).shift)).collect();
        open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        open
    }

    /// Forbids the routes that caps or patterns have no room for; gives how many.
    fn forbid(&mut self, slope: &mut impl Slope, relaxed: &Relaxed) -> usize {
        let rows = slope.rows();
        let mut room: BTreeMap<RowId, i64> = rows.caps.iter().map(|cap| (*cap, rows.rows[*cap as usize].rhs)).collect();
        for (row, n) in self.fixed().flat_map(|at| slope.column(at).rows(rows)) {
            room.entry(row).and_modify(|left| *left -= n);
        }
        let lengths = rows.lengths_by_grant(self.fixed().flat_map(|at| &slope.column(at).kinds));
        let fits = |at: usize| {
            slope.column(at).rows(rows).iter().all(|(row, n)| room.get(row).is_none_or(|left| n <= left))
                && slope.column(at).kinds.iter().all(|kind| rows.has_pattern_for(*kind, &lengths))
        };
        let open = self.open(slope, relaxed);
        let too_much: Vec<usize> = open.iter().map(|(_, at)| *at).filter(|at| !fits(*at)).collect();
        slope.master().forbid(&too_much);
        self.last().forbidden.extend(&too_much);
        too_much.len()
    }

    /// The routes to fix next, no two of them for one grant unless the relaxation nearly takes both: none where all
    /// are whole already.
    fn next(&self, slope: &impl Slope, relaxed: &Relaxed, (order, pace): (&mut Order, &Pace)) -> Vec<usize> {
        let mut open = self.open(slope, relaxed);
        open.retain(|(_, at)| self.steps.iter().all(|step| !step.forbidden.contains(at)));
        if open.iter().all(|(value, _)| *value > 1.0 - WHOLE) {
            return Vec::new();
        }
        let mut keyed: Vec<(f64, (f64, usize))> = open.into_iter().map(|taken| (order.key(taken.0), taken)).collect();
        keyed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let least = (slope.rows().of_shift.len() - self.fixed().count()).div_ceil(pace.share);
        let (mut shifts, mut grants, mut chosen) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for (_, (value, at)) in keyed {
            let visited: Vec<GrantId> = slope.column(at).visits.iter().map(|visit| visit.grant).collect();
            let apart =
                !shifts.contains(&slope.column(at).shift) && visited.iter().all(|grant| !grants.contains(grant));
            if chosen.len() < self.most && (value > NEARLY || (apart && chosen.len() < least)) {
                shifts.insert(slope.column(at).shift);
                grants.extend(visited);
                chosen.push(at);
            }
        }
        chosen
    }
}
