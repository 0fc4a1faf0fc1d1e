//! The smallest change that would deliver more to a grant, cheapest first.
//!
//! A remedy is tried by planning: the week is changed by it, everybody else's visits are held fast, and the grant is
//! planned again around them. So a remedy that is told works, and nobody loses by it. Only what may be negotiated is
//! tried: a family's own wishes and free choice, and carers' hours. Qualification, training, the provider that comes
//! to the home already, municipal only, absences, and carers to be avoided are law or safety and never offered.

use std::cmp::Reverse;

use super::clock::{Clock, Turn};
use super::frozen::frozen;
use super::narrow;
use super::subject::Subject;
use crate::check::check_plan;
use crate::ids::{GrantId, ProviderId, ShiftId};
use crate::plan::Plan;
use crate::problem::{Problem, Shift, Visit, Wish, WishKind};
use crate::rules::{self, Rulebook};
use crate::solve::{self, Board};
use crate::units::{Day, Minutes, Points, Span, join};

/// One change of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The family lets a window begin earlier or end later.
    WiderWindow { from: Span, to: Span },
    /// The family also takes the times that it prefers or agreed on another day.
    AnotherDay { day: Day, window: Span },
    /// The family gives up that a time is impossible.
    ImpossibleTime { window: Span },
    /// The lengths of visits are left to the planner, where the grant names them.
    FreeLengths,
    /// The family, who chose a provider, takes another one that is approved.
    AnotherProvider { provider: ProviderId },
    /// A carer's shift is longer by so much, before or after.
    LongerShift { shift: ShiftId, by: Span },
}

/// A change that works.
#[derive(Clone, Debug)]
pub struct Cure {
    pub remedy: Remedy,
    /// Minutes that the grant gets more.
    pub gained: Minutes,
    /// Points that the roster has more then: mostly less than zero.
    pub price: Points,
    /// The grant's new visits.
    pub visits: Vec<Visit>,
}

/// What was found to help a grant.
#[derive(Clone, Debug)]
pub struct Cures {
    /// For each kind of change the smallest one that works, in the order in which one would ask.
    pub found: Vec<Cure>,
    /// Whether all that may be asked for was tried to the end, so that nothing else would help.
    pub is_complete: bool,
}

/// What came of one kind of change, or of one change.
struct Tried {
    cure: Option<Cure>,
    /// Whether it is sure that nothing else would do.
    is_sure: bool,
}

/// Windows grow by these steps, up to so much.
const STEP: i32 = 30;
const WIDEST: i32 = 240;

/// Shifts grow by an hour or two.
const HOURS: [i32; 2] = [60, 120];

/// What a grant's minutes count more than everything else around them.
const FAVOUR: Points = Points(10_000);

impl Subject {
    /// For each kind of change the smallest one that delivers more to the grant, in the order in which one would ask:
    /// the family's own times first, then its choice, then a carer's hours.
    pub fn cures(&self, grant: GrantId, turn: &Turn) -> Cures {
        let tried: Vec<Tried> =
            self.remedies(grant).iter().map(|remedies| self.first_cure(grant, remedies, turn)).collect();
        let is_complete = tried.iter().all(|tried| tried.is_sure);
        Cures { found: tried.into_iter().filter_map(|tried| tried.cure).collect(), is_complete }
    }

    /// All that may be asked for, with its size: a list for each kind of change, in order of size.
    pub fn remedies(&self, grant: GrantId) -> [Vec<(i32, Remedy)>; 6] {
        [
            self.wider_windows(grant),
            self.impossible_times(grant),
            self.free_lengths(grant),
            self.other_days(grant),
            self.other_providers(grant),
            self.longer_shifts(grant),
        ]
    }

    /// The first that works, remedies of the same size being compared with each other; they come in order of size.
    fn first_cure(&self, grant: GrantId, remedies: &[(i32, Remedy)], turn: &Turn) -> Tried {
        let mut is_sure = true;
        for alike in remedies.chunk_by(|a, b| a.0 == b.0) {
            let tried: Vec<Tried> = alike.iter().map(|(_, remedy)| self.cure(grant, *remedy, turn)).collect();
            is_sure &= tried.iter().all(|tried| tried.is_sure);
            let cures = tried.into_iter().filter_map(|tried| tried.cure);
            let best = cures.min_by_key(|cure| (Reverse(cure.gained), cure.price));
            if best.is_some() {
                return Tried { cure: best, is_sure };
            }
        }
        Tried { cure: None, is_sure }
    }

    fn cure(&self, grant: GrantId, remedy: Remedy, turn: &Turn) -> Tried {
        if turn.stop.now() {
            return Tried { cure: None, is_sure: false };
        }
        let changed = remedied(&self.problem, grant, remedy);
        let others = self.plan.visits().iter().copied().filter(|visit| visit.grant != grant);
        let problem = frozen(&changed, others);
        let mut book = narrow::only(&Rulebook::of(&problem), &[grant]);
        narrow::favour(&mut book.grants[grant], FAVOUR);
        let board = Board::default();
        solve::solve(&problem, &book, (turn.options, &turn.stop), &board);
        let best = board.snapshot();
        let is_sure = best.bound.is_some() && best.bound >= best.score;
        let plan = Plan::new(&problem, best.visits);
        let report = check_plan(&changed, &plan);
        let before = self.report.grants[grant].delivered;
        let gained = report.grants[grant].delivered - before;
        let works = report.is_kept() && gained > Minutes(0);
        let cure = works.then(|| Cure {
            remedy,
            gained,
            price: report.terms.score() - check_plan(&changed, &self.plan).terms.score(),
            visits: plan.visits().iter().copied().filter(|visit| visit.grant == grant).collect(),
        });
        Tried { cure, is_sure }
    }

    /// Windows of the kind that decides (H5), each wider at either end, within the hours of the service.
    fn wider_windows(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        let hours = rules::opening(&self.problem, grant).service_hours;
        let deciding = deciding(&self.problem, grant);
        let mut found = Vec::new();
        for by in (STEP..=WIDEST).step_by(STEP as usize).map(Minutes) {
            for window in &deciding {
                let wider = [Span::new(window.start - by, window.end), Span::new(window.start, window.end + by)];
                let fitting = wider.into_iter().filter(|wider| hours.iter().any(|hours| hours.covers(*wider)));
                found.extend(fitting.map(|to| (by.0, Remedy::WiderWindow { from: *window, to })));
            }
        }
        found
    }

    fn other_days(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        let deciding = deciding(&self.problem, grant);
        let Some(usual) = deciding.iter().max_by_key(|window| window.length()).copied() else { return Vec::new() };
        let start = usual.start.time_of_day();
        let hours = rules::opening(&self.problem, grant).service_hours;
        let on_day = |day: Day| Span::new(day.at(start), day.at(start + usual.length()));
        let is_new = |window: &Span| !deciding.iter().any(|own| own.overlaps(*window));
        let days = Day::all().map(|day| (day, on_day(day)));
        let open = days.filter(|(_, window)| is_new(window) && hours.iter().any(|hours| hours.covers(*window)));
        open.map(|(day, window)| (0, Remedy::AnotherDay { day, window })).collect()
    }

    fn impossible_times(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        let wishes = self.problem.grants[grant].wishes.iter();
        let impossible = wishes.filter(|wish| wish.kind == WishKind::Impossible);
        let mut found: Vec<(i32, Remedy)> =
            impossible.map(|wish| (wish.span.length().0, Remedy::ImpossibleTime { window: wish.span })).collect();
        found.sort_by_key(|(length, _)| *length);
        found
    }

    fn free_lengths(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        self.problem.grants[grant].split.iter().map(|_| (0, Remedy::FreeLengths)).collect()
    }

    /// Only where the family itself chose, and nobody helps in the home already.
    fn other_providers(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        let client = self.problem.client_of(grant);
        let is_free = !self.problem.standard(grant).municipal_only && client.home_care_provider.is_none();
        let Some(chosen) = client.chosen_provider.filter(|_| is_free) else { return Vec::new() };
        let approved = self
            .problem
            .providers
            .iter()
            .filter(|(provider, row)| *provider != chosen && row.municipalities.contains(&client.municipality));
        approved.map(|(provider, _)| (0, Remedy::AnotherProvider { provider })).collect()
    }

    /// Shifts of carers who may come, longer into a time in which the family may be visited.
    fn longer_shifts(&self, grant: GrantId) -> Vec<(i32, Remedy)> {
        let rules = &self.book.grants[grant];
        let own: Vec<_> = self.problem.shifts.iter().filter(|(_, shift)| rules.carers.contains(&shift.carer)).collect();
        let mut found = Vec::new();
        for by in HOURS.map(Minutes) {
            for (id, shift) in own.iter().copied() {
                let longer = [
                    Span::new(shift.span.start - by, shift.span.start),
                    Span::new(shift.span.end, shift.span.end + by),
                ];
                let useful = longer.into_iter().filter(|by| {
                    shift.day.span().covers(*by)
                        && rules.windows.iter().any(|window| window.overlaps(*by))
                        && !self.works_at(id, *by)
                });
                found.extend(useful.map(|span| (by.0, Remedy::LongerShift { shift: id, by: span })));
            }
        }
        found
    }

    /// Whether the carer of a shift has other work or is away at a time.
    fn works_at(&self, shift: ShiftId, span: Span) -> bool {
        let carer = self.problem.shifts[shift].carer;
        let other = |(id, row): (ShiftId, &Shift)| id != shift && row.carer == carer && row.span.overlaps(span);
        self.problem.shifts.iter().any(other)
            || self.problem.carers[carer].absences.iter().any(|away| away.overlaps(span))
            || self.problem.bookings.values().iter().any(|row| row.carer == carer && row.span.overlaps(span))
    }
}

/// The windows of the kind that decides (H5): agreed ones, or else possible and preferred ones.
fn deciding(problem: &Problem, grant: GrantId) -> Vec<Span> {
    let of = |kinds: &[WishKind]| -> Vec<Span> {
        let wishes = problem.grants[grant].wishes.iter().filter(|wish| kinds.contains(&wish.kind));
        join(wishes.map(|wish| wish.span).collect())
    };
    let agreed = of(&[WishKind::Agreed]);
    if agreed.is_empty() { of(&[WishKind::Possible, WishKind::Preferred]) } else { agreed }
}

/// The week with a remedy.
pub fn remedied(problem: &Problem, grant: GrantId, remedy: Remedy) -> Problem {
    let mut problem = problem.clone();
    let row = &mut problem.grants[grant];
    let kind =
        if row.wishes.iter().any(|wish| wish.kind == WishKind::Agreed) { WishKind::Agreed } else { WishKind::Possible };
    match remedy {
        Remedy::WiderWindow { to: span, .. } | Remedy::AnotherDay { window: span, .. } => {
            row.wishes.push(Wish { kind, span });
        }
        Remedy::ImpossibleTime { window } => {
            row.wishes.retain(|wish| wish.kind != WishKind::Impossible || wish.span != window);
        }
        Remedy::FreeLengths => row.split = None,
        Remedy::AnotherProvider { provider } => {
            let client = row.client;
            problem.clients[client].chosen_provider = Some(provider);
        }
        Remedy::LongerShift { shift, by } => {
            let span = &mut problem.shifts[shift].span;
            *span = Span::new(span.start.min(by.start), span.end.max(by.end));
        }
    }
    problem
}

/// The cures for all grants that are not fully delivered, in their order.
pub fn all_cures(subject: &Subject, clock: Clock) -> Vec<(GrantId, Cures)> {
    let grants = subject.undelivered();
    let found = clock.ask_all(&grants, |grant, turn| subject.cures(*grant, turn));
    grants.into_iter().zip(found).collect()
}
