//! The phases of a search, and how they share the time that is left.

use rayon::ScopeFifo;
use rayon::prelude::*;

use super::group::Group;
use super::integer::Limit;
use super::progress::{Board, Phase};
use super::stop::Stop;
use super::{Certificate, Options, constant, for_each, groups, shift_days};
use crate::problem::Problem;
use crate::rules::Rulebook;

/// Nodes of a group that are looked at between two posts, and in all, to certify its bound.
const CERTIFIED_AT_A_TIME: u64 = 20;
const CERTIFIED_NODES: u64 = 4_000;

/// Of the time the first relaxation may take so much; what is left of it goes on between the improvements.
const RELAXATION_SHARE: f64 = 0.5;

/// Of the time that is left when plans are settled, those far from the bound may be improved for so much before their proof goes on.
const IMPROVING_SHARE: f64 = 0.35;

/// And until so much of it has passed, cuts that pair visits may raise the bound before plans are looked for again.
const SHARPENING_SHARE: f64 = 0.7;

/// Where a proof is near, it goes on in so many turns until an improvement is tried.
const PROOFS_AN_IMPROVEMENT: u64 = 4;

/// How long a neighbourhood of the plan is searched.
const AROUND: Limit = Limit { nodes: 200, share: 0.1 };

/// The groups of a week, and what their search goes by.
pub(super) struct Search<'a> {
    problem: &'a Problem,
    book: &'a Rulebook,
    options: Options,
    stop: &'a Stop,
    board: &'a Board,
    groups: Vec<Group>,
}

impl<'a> Search<'a> {
    pub fn new(
        problem: &'a Problem,
        book: &'a Rulebook,
        (options, stop): (Options, &'a Stop),
        board: &'a Board,
    ) -> Self {
        let split = groups::split(problem, shift_days(problem, book)).into_par_iter().enumerate();
        let groups: Vec<Group> =
            split.map(|(n, days)| Group::new(problem, book, days, options.seed.wrapping_add(n as u64))).collect();
        board.open(constant::points(problem, book).0, groups.len());
        Search { problem, book, options, stop, board, groups }
    }

    /// Goes through the groups that are not proven, in parallel, and posts what each has come to.
    fn each(&mut self, act: impl Fn(&mut Group, &dyn Fn(&Group)) + Sync) {
        let board = self.board;
        for_each(&mut self.groups, |at, group| {
            act(group, &|group| board.post(at, group));
            board.post(at, group);
        });
    }

    /// Lets the groups that are not proven take turns, which are counted, until each says that it is done: so the clock leaves none
    /// without its share.
    fn turns(&mut self, act: impl Fn(&mut Group, u64) -> bool + Sync) {
        let board = self.board;
        let act = |at: usize, group: &mut Group, turn: u64| {
            let goes_on = act(group, turn);
            board.post(at, group);
            goes_on && !group.is_proven()
        };
        let open = self.groups.iter_mut().enumerate().filter(|(_, group)| !group.is_proven());
        rayon::scope_fifo(|scope| open.for_each(|(at, group)| take_turns(scope, (at, group), 0, &act)));
    }

    /// A first plan of each group.
    pub fn begin(&mut self) {
        self.board.enter(Phase::FirstPlan);
        let (problem, book, stop) = (self.problem, self.book, self.stop);
        self.each(|group, _| group.start(problem, book, stop));
    }

    /// The relaxation, and a plan near it. Where the relaxation takes long, it goes on once every group has a good plan.
    pub fn relax(&mut self) {
        self.board.enter(Phase::Relaxation);
        let (problem, book, stop) = (self.problem, self.book, self.stop);
        let time = stop.share(RELAXATION_SHARE);
        let to_the_end = |group: &mut Group, post: &dyn Fn(&Group)| {
            while group.generate(stop) && time.is_left() {
                post(group);
            }
        };
        self.each(|group, post| {
            if group.dives_early() {
                while !group.is_nearly_relaxed() && group.generate(stop) {}
                group.dive(stop);
                post(group);
                group.polish(problem, book, stop);
                return;
            }
            to_the_end(group, post);
            if !group.is_proven() && !group.dive_carefully(stop) {
                group.polish(problem, book, stop);
            }
        });
        self.each(|group, post| {
            if group.dives_early() {
                to_the_end(group, post);
            }
        });
    }

    /// Settles each plan where that is quick, brings it nearer to the bound where it is far, and raises the bound.
    pub fn prove(&mut self) {
        self.board.enter(Phase::Proof);
        let stop = self.stop;
        self.each(|group, post| settle(group, post, stop));
        let (improving, sharpening) = (stop.share(IMPROVING_SHARE), stop.share(SHARPENING_SHARE));
        // A better plan leaves fewer routes to list and less to prove. Where even the most attractive routes are too many, a higher bound
        // leaves fewer of them.
        self.turns(|group, _| {
            if group.has_too_many_routes() && sharpening.is_left() {
                if group.sharpen(stop) {
                    return true;
                }
                group.prove(stop);
            }
            if group.is_promising() && improving.is_left() {
                group.improve(AROUND, stop);
                return true;
            }
            if group.lacks_routes() {
                group.prove(stop);
                return !stop.now();
            }
            sharpening.is_left() && group.sharpen(stop)
        });
        self.each(|group, _| group.prove(stop));
    }

    /// Improves and proves until the work, the clock or the proof ends it.
    pub fn improve(&mut self) {
        self.board.enter(Phase::Improvement);
        let (effort, stop) = (self.options.effort, self.stop);
        self.turns(|group, turn| {
            let goes_on = effort.is_none_or(|most| turn < most) && !stop.now();
            if goes_on {
                go_on(group, turn, stop);
            }
            goes_on
        });
    }

    /// Where that is asked for, proves each group's bound once more in a way that can be handed over.
    pub fn certify(&mut self) {
        if self.options.certificate == Certificate::Unasked {
            return;
        }
        self.board.enter(Phase::Certificate);
        let (board, stop) = (self.board, self.stop);
        self.groups.par_iter_mut().enumerate().with_max_len(1).for_each(|(at, group)| {
            // Rows of halves are handed over, listed routes are not.
            while !group.is_certified() && group.cut_deeper(stop) {
                board.post(at, group);
            }
            for _ in 0..CERTIFIED_NODES / CERTIFIED_AT_A_TIME {
                if group.is_certified() || stop.now() {
                    break;
                }
                group.branch(CERTIFIED_AT_A_TIME, stop);
                board.post(at, group);
            }
        });
    }
}

/// One turn of a group; its next one comes after those of all others that wait.
fn take_turns<'s>(
    scope: &ScopeFifo<'s>,
    (at, group): (usize, &'s mut Group),
    turn: u64,
    act: &'s (impl Fn(usize, &mut Group, u64) -> bool + Sync),
) {
    scope.spawn_fifo(move |scope| {
        if act(at, group, turn) {
            take_turns(scope, (at, group), turn + 1, act);
        }
    });
}

/// Brings a group nearer to its proof. A search below an aim takes longer than anything else: it waits until all improvements were tried.
/// Where a proof is near, these mostly wait for it.
fn go_on(group: &mut Group, turn: u64, stop: &Stop) {
    if !group.is_relaxed() {
        group.generate(stop);
    }
    if group.is_promising() {
        group.improve(AROUND, stop);
        return;
    }
    group.sharpen(stop);
    if !group.is_near_proof() || (turn + 1).is_multiple_of(PROOFS_AN_IMPROVEMENT) {
        group.improve(AROUND, stop);
    }
    group.prove(stop);
    group.aim(stop);
}

/// Lists and settles as long as that brings better plans or more routes. Where few are left, listing them is quicker than rows of
/// halves in the labelling.
fn settle(group: &mut Group, post: &dyn Fn(&Group), stop: &Stop) {
    let mut before = None;
    while before != Some(group.points) || group.lacks_routes() {
        before = Some(group.points);
        group.prove(stop);
        post(group);
        if group.is_proven() || group.is_promising() || stop.now() {
            break;
        }
    }
}
