//! A plan while it is put together and taken apart: routes that keep all rules at every moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::column::Column;
use super::day::ShiftDay;
use super::pricing::Route;
use super::rows::{Kind, KindId, RowId, Rows, SharedGrant};
use crate::ids::{CarerId, ClientId, GrantId};
use crate::problem::{Problem, Service, Visit};
use crate::rules::{GrantRules, Rulebook, provider_is_open};

/// What all drafts of a group stand on.
pub(super) struct Ground<'a> {
    pub problem: &'a Problem,
    pub book: &'a Rulebook,
    pub rows: &'a Rows,
    pub days: &'a [ShiftDay],
    /// The kinds of visits of each grant.
    pub kinds_of: BTreeMap<GrantId, Vec<KindId>>,
    /// The choices of each kind, in its shift.
    choices_of: Vec<Range<u32>>,
    /// The caps that a kind counts towards.
    caps_of: Vec<Vec<(RowId, i64)>>,
    /// The other grants of the same client.
    siblings: HashMap<GrantId, Vec<GrantId>>,
    shared: HashMap<GrantId, &'a SharedGrant>,
}

/// A visit that a draft could take: where, and what the points would change by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    pub points: i64,
    pub shift: usize,
    position: usize,
    choice: u32,
}

/// Routes of a group's shifts that keep all rules together.
pub(super) struct Draft<'a> {
    ground: &'a Ground<'a>,
    /// The choices of each shift, in the order of the day.
    routes: Vec<Vec<u32>>,
    costs: Vec<i64>,
    visits: HashMap<GrantId, Vec<KindId>>,
    /// What has been used of each cap.
    used: HashMap<RowId, i64>,
    /// Points of everything.
    pub points: i64,
    /// The routes of the shifts that have changed since the last [`Draft::settle`], as they were.
    before: BTreeMap<usize, Vec<u32>>,
}

impl<'a> Ground<'a> {
    pub fn new(problem: &'a Problem, book: &'a Rulebook, rows: &'a Rows, days: &'a [ShiftDay]) -> Self {
        let mut kinds_of: BTreeMap<GrantId, Vec<KindId>> = BTreeMap::new();
        for (id, kind) in (0..).zip(&rows.kinds) {
            kinds_of.entry(kind.grant).or_default().push(id);
        }
        let caps = |counted: &Vec<(RowId, i64)>| {
            counted.iter().copied().filter(|(row, _)| rows.caps.contains(row)).collect::<Vec<_>>()
        };
        Ground {
            problem,
            book,
            rows,
            days,
            choices_of: days.iter().flat_map(choices_by_kind).collect(),
            caps_of: rows.of_kind.iter().map(caps).collect(),
            siblings: siblings(problem, kinds_of.keys().copied()),
            shared: rows.shared.iter().map(|shared| (shared.grant, shared)).collect(),
            kinds_of,
        }
    }

    fn kind(&self, shift: usize, choice: u32) -> KindId {
        let first = KindId::try_from(self.rows.of_shift[shift].start).expect("fewer than 2^32 kinds");
        first + self.days[shift].choices[choice as usize].kind
    }

    fn kinds(&self, ids: &[KindId]) -> impl Iterator<Item = &Kind> {
        ids.iter().map(|id| &self.rows.kinds[*id as usize])
    }

    /// A route as a column; `None` for one that is empty or does not fit.
    pub fn column(&self, shift: usize, route: &[u32]) -> Option<Column> {
        let day = &self.days[shift];
        let mut starts = Vec::with_capacity(route.len());
        let fits = !route.is_empty() && day.fit(day.beginning(), route, &mut starts);
        fits.then(|| {
            let visits = route.iter().copied().zip(starts).collect();
            Column::new(
                self.rows,
                day,
                shift,
                &Route { reduced_cost: 0, cost: day.cost_of(route.iter().copied()), visits },
            )
        })
    }

    /// Points of the carers beyond the first who come for these visits of a grant.
    fn further_carers(&self, grant: GrantId, visits: &[KindId]) -> i64 {
        let Some(shared) = self.shared.get(&grant) else { return 0 };
        let carers: BTreeSet<CarerId> =
            self.kinds(visits).map(|kind| kind.carer).filter(|carer| !shared.pinned.contains(carer)).collect();
        let first = i64::from(shared.pinned.is_empty());
        (carers.len() as i64 - first).max(0) * self.rows.side[shared.extra].cost
    }
}

/// The choices of each of a shift's kinds: they stand in the order of the kinds.
fn choices_by_kind(day: &ShiftDay) -> Vec<Range<u32>> {
    let place = |at: usize| u32::try_from(at).expect("fewer than 2^32 choices");
    let from = |kind: usize| place(day.choices.partition_point(|choice| (choice.kind as usize) < kind));
    (0..day.kinds.len()).map(|kind| from(kind)..from(kind + 1)).collect()
}

fn siblings(problem: &Problem, grants: impl Iterator<Item = GrantId>) -> HashMap<GrantId, Vec<GrantId>> {
    let mut of_client: BTreeMap<ClientId, Vec<GrantId>> = BTreeMap::new();
    grants.for_each(|grant| of_client.entry(problem.grants[grant].client).or_default().push(grant));
    let several = of_client.into_values().filter(|grants| grants.len() > 1);
    let others = |grants: &Vec<GrantId>, one: GrantId| grants.iter().copied().filter(|other| *other != one).collect();
    several.flat_map(|grants| grants.clone().into_iter().map(move |one| (one, others(&grants, one)))).collect()
}

impl<'a> Draft<'a> {
    /// A draft without visits.
    pub fn new(ground: &'a Ground<'a>) -> Self {
        let shifts = ground.days.len();
        Draft {
            ground,
            routes: vec![Vec::new(); shifts],
            costs: vec![0; shifts],
            visits: HashMap::new(),
            used: HashMap::new(),
            points: 0,
            before: BTreeMap::new(),
        }
    }

    /// The visits of a grant.
    pub fn visits_of(&self, grant: GrantId) -> &[KindId] {
        self.visits.get(&grant).map_or(&[], Vec::as_slice)
    }

    /// The grants visited in a shift, in the order of the day.
    pub fn grants_in(&self, shift: usize) -> impl Iterator<Item = GrantId> {
        let day = &self.ground.days[shift];
        self.routes[shift].iter().map(|choice| day.kinds[day.choices[*choice as usize].kind as usize].grant)
    }

    /// Takes a visit of a plan, if there is room for it.
    pub fn take_over(&mut self, shift: usize, visit: &Visit) {
        let ground = self.ground;
        let day = &ground.days[shift];
        let is_it = |kind: &KindId| {
            let of = &ground.rows.kinds[*kind as usize];
            of.shift == shift && of.length == visit.span.length().0
        };
        let kinds = ground.kinds_of.get(&visit.grant).into_iter().flatten().copied().filter(is_it);
        for kind in kinds.filter(|kind| self.allows(*kind)).collect::<Vec<_>>() {
            let starts_in = |choice: &u32| {
                let choice = &day.choices[*choice as usize];
                (choice.first..=choice.last).contains(&visit.span.start.0)
            };
            let choices = ground.choices_of[kind as usize].clone().filter(starts_in);
            let found = choices.flat_map(|choice| self.places(shift, choice).map(move |position| (choice, position)));
            let fitting = found.filter_map(|(choice, position)| self.insertion(shift, choice, position, i64::MAX));
            if let Some(best) = fitting.min_by_key(|insertion| insertion.points) {
                self.insert(best);
            }
        }
    }

    /// The best place for a further visit of a grant, of those in `shifts` that save points. `skip` passes places over.
    pub fn best_insertion(
        &self,
        grant: GrantId,
        shifts: Option<&BTreeSet<usize>>,
        mut skip: impl FnMut() -> bool,
    ) -> Option<Insertion> {
        let ground = self.ground;
        let mut best: Option<Insertion> = None;
        for kind in ground.kinds_of.get(&grant).into_iter().flatten().copied() {
            let shift = ground.rows.kinds[kind as usize].shift;
            if shifts.is_some_and(|shifts| !shifts.contains(&shift)) || !self.allows(kind) {
                continue;
            }
            let further = self.further_if_added(grant, kind);
            for choice in ground.choices_of[kind as usize].clone() {
                for position in self.places(shift, choice) {
                    let most = best.map_or(0, |best| best.points) - further;
                    if !skip()
                        && let Some(found) = self.insertion(shift, choice, position, most)
                    {
                        best = Some(Insertion { points: found.points + further, ..found });
                    }
                }
            }
        }
        best
    }

    /// The visit at a place of a route, if it fits and its own points are fewer than `most`.
    fn insertion(&self, shift: usize, choice: u32, position: usize, most: i64) -> Option<Insertion> {
        let day = &self.ground.days[shift];
        let of = &day.choices[choice as usize];
        let detour = i64::from(day.least_detour[usize::from(of.node)]);
        if of.cost + detour * day.travel_minute >= most {
            return None;
        }
        let mut route = Vec::with_capacity(self.routes[shift].len() + 1);
        route.extend_from_slice(&self.routes[shift][..position]);
        route.push(choice);
        route.extend_from_slice(&self.routes[shift][position..]);
        let points = day.cost_of(route.iter().copied()) - self.costs[shift];
        let fits = points < most && day.fit(day.beginning(), &route, &mut Vec::with_capacity(route.len()));
        fits.then_some(Insertion { points, shift, position, choice })
    }

    /// The positions of a shift's route at which a choice could stand, as far as its gaps tell.
    fn places(&self, shift: usize, choice: u32) -> impl Iterator<Item = usize> + use<'_> {
        let (route, choices) = (&self.routes[shift], &self.ground.days[shift].choices);
        let of = &choices[choice as usize];
        (0..=route.len()).filter(move |at| {
            let before = at.checked_sub(1).map(|at| &choices[route[at] as usize]);
            let after = route.get(*at).map(|next| &choices[*next as usize]);
            before.is_none_or(|before| before.next_gap <= of.gap) && after.is_none_or(|after| after.gap >= of.next_gap)
        })
    }

    /// Takes a visit.
    pub fn insert(&mut self, insertion: Insertion) {
        let mut route = self.routes[insertion.shift].clone();
        route.insert(insertion.position, insertion.choice);
        self.replace(insertion.shift, route);
    }

    /// Drops the visits of a shift from `range` on the day's order.
    pub fn remove(&mut self, shift: usize, range: Range<usize>) {
        let mut route = self.routes[shift].clone();
        route.drain(range);
        // A way over a third place can be shorter than the direct one, which may not fit: then all must go.
        let day = &self.ground.days[shift];
        if !day.fit(day.beginning(), &route, &mut Vec::new()) {
            route.clear();
        }
        self.replace(shift, route);
    }

    /// The shifts that have changed since the last time; from now on they count as they are.
    pub fn settle(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.before).into_keys().collect()
    }

    /// Undoes all changes since the last [`Draft::settle`].
    pub fn undo(&mut self) {
        for (shift, route) in std::mem::take(&mut self.before) {
            self.exchange(shift, route);
        }
    }

    /// The shifts that have changed since the last [`Draft::settle`].
    pub fn changed(&self) -> BTreeSet<usize> {
        self.before.keys().copied().collect()
    }

    pub fn route(&self, shift: usize) -> &[u32] {
        &self.routes[shift]
    }

    fn replace(&mut self, shift: usize, route: Vec<u32>) {
        let old = self.exchange(shift, route);
        self.before.entry(shift).or_insert(old);
    }

    /// Puts a route in the place of a shift's; gives that one.
    fn exchange(&mut self, shift: usize, route: Vec<u32>) -> Vec<u32> {
        let ground = self.ground;
        let old = std::mem::take(&mut self.routes[shift]);
        old.iter().for_each(|choice| self.count(ground.kind(shift, *choice), Change::Dropped));
        route.iter().for_each(|choice| self.count(ground.kind(shift, *choice), Change::Taken));
        let points = if route.is_empty() { 0 } else { ground.days[shift].cost_of(route.iter().copied()) };
        self.points += points - std::mem::replace(&mut self.costs[shift], points);
        self.routes[shift] = route;
        old
    }

    fn count(&mut self, id: KindId, change: Change) {
        let ground = self.ground;
        let grant = ground.rows.kinds[id as usize].grant;
        let visits = self.visits.entry(grant).or_default();
        let before = ground.further_carers(grant, visits);
        let sign = match change {
            Change::Taken => {
                visits.push(id);
                1
            }
            Change::Dropped => {
                if let Some(at) = visits.iter().position(|other| *other == id) {
                    visits.swap_remove(at);
                }
                -1
            }
        };
        self.points += ground.further_carers(grant, visits) - before;
        for (row, n) in &ground.caps_of[id as usize] {
            *self.used.entry(*row).or_default() += sign * n;
        }
    }

    fn further_if_added(&self, grant: GrantId, kind: KindId) -> i64 {
        let visits = self.visits_of(grant);
        let with: Vec<KindId> = visits.iter().copied().chain([kind]).collect();
        self.ground.further_carers(grant, &with) - self.ground.further_carers(grant, visits)
    }

    /// Whether the rules between visits allow a further one: lengths, days, provider and caps.
    fn allows(&self, id: KindId) -> bool {
        let ground = self.ground;
        let kind = &ground.rows.kinds[id as usize];
        let rules = &ground.book.grants[kind.grant];
        let visits = self.visits_of(kind.grant);
        let apart = ground.problem.standard(kind.grant).min_days_between;
        let is_apart = |other: &Kind| u32::from(other.day.0.abs_diff(kind.day.0)) >= apart;
        let has_room = |(row, n): &(RowId, i64)| {
            self.used.get(row).copied().unwrap_or(0) + n <= ground.rows.rows[*row as usize].rhs
        };
        fits_pattern(rules, ground.kinds(visits).map(|kind| kind.length).chain([kind.length]).collect())
            && ground.kinds(visits).all(is_apart)
            && ground.caps_of[id as usize].iter().all(has_room)
            && self.suits_client(kind)
    }

    /// One relief visit of a client a day (H3), and one provider (H7).
    fn suits_client(&self, kind: &Kind) -> bool {
        let ground = self.ground;
        let grant = &ground.problem.grants[kind.grant];
        let is_open = provider_is_open(ground.problem, grant.client);
        let is_relief = |grant: GrantId| ground.problem.grants[grant].service != Service::PracticalRelief;
        let suits = |other: &Kind| {
            let one_day =
                other.grant != kind.grant && other.day == kind.day && is_relief(other.grant) && is_relief(kind.grant);
            !one_day && (!is_open || other.provider == kind.provider)
        };
        let siblings = ground.siblings.get(&kind.grant).into_iter().flatten();
        [kind.grant].iter().chain(siblings).all(|grant| ground.kinds(self.visits_of(*grant)).all(suits))
    }
}

/// What happens to a visit.
#[derive(Clone, Copy)]
enum Change {
    Taken,
    Dropped,
}

/// Whether a grant's new visits may have these lengths (H2).
fn fits_pattern(rules: &GrantRules, mut lengths: Vec<i32>) -> bool {
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    match &rules.lengths.patterns {
        Some(patterns) => patterns.iter().any(|p| p.lengths.iter().map(|l| l.0).eq(lengths.iter().copied())),
        None => {
            lengths.len() <= rules.lengths.visits as usize && lengths.iter().sum::<i32>() <= rules.lengths.minutes.0
        }
    }
}
