//! Every row holds for every plan, and no route is cheaper than the least: what the proof of a bound rests on, tried on
//! plans put together at random, which the check has found to keep all rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::group::Group;
use super::pairs::Charge;
use super::routes::{self, Duals, Memory};
use super::rows::{Pairs, Row, Sense};
use super::shift::Shift;
use super::{prove, shifts};
use crate::check;
use crate::generate::{Caps, Manners, Spec, generate, tiny};
use crate::ids::{CarerId, GrantId, IdVec, ShiftId};
use crate::plan::Plan;
use crate::plan::proof::{GroupProof, HalfSum, Leaf, MICRO, PairCover, Proof, RowName, Tree};
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;
use crate::tables::Tables;
use crate::units::{Day, Minutes, Moment, Span};

/// Weeks, and plans of each.
const WEEKS: u64 = 75;
const PLANS: usize = 12;

/// Halves that are tried on each plan.
const HALVES: usize = 200;

/// So many visits are tried for a plan.
const TRIED: usize = 40;

/// The week with grants of so many lengths and visits that their patterns are too many to list.
fn with_short_steps(mut week: Tables) -> Tables {
    let standards = week.policy.municipalities.values_mut().chain([&mut week.policy.fallback]);
    for standard in standards {
        (standard.visit_minutes_min, standard.visit_minutes_step) = (Minutes(10), Minutes(10));
    }
    for grant in week.grants.iter_mut().step_by(2) {
        (grant.row.weekly_minutes, grant.row.max_visits, grant.row.split) = (Minutes(400), 5, None);
    }
    week
}

struct Week {
    problem: Problem,
    book: Rulebook,
    shifts: IdVec<ShiftId, Shift>,
}

impl Week {
    fn of(problem: Problem) -> Week {
        let book = Rulebook::of(&problem);
        let shifts = shifts(&problem, &book);
        Week { problem, book, shifts }
    }

    /// Tiny weeks of all kinds of oddity, and small ones in which grants have several visits.
    fn all() -> impl Iterator<Item = (u64, Week)> {
        let build = |tables| Week::of(Problem::build(&tables).expect("made-up weeks are valid").problem);
        let of = |seed: u64| match seed % 5 {
            0 => tiny(seed, Manners::Plain),
            1 => tiny(seed, Manners::Odd),
            2 => generate(&Spec { caps: Caps::Tight, pins: 4, travel_overrides: 8, ..Spec::ballerup(9, seed) }),
            3 => generate(&Spec { pins: 3, ..Spec::three_standards(12, seed) }),
            _ => with_short_steps(generate(&Spec { pins: 2, ..Spec::ballerup(8, seed) })),
        };
        (0..WEEKS).map(move |seed| (seed, build(of(seed))))
    }

    fn points(&self, visits: &[Visit]) -> i64 {
        check::check_plan(&self.problem, &Plan::new(&self.problem, visits.iter().copied())).terms.score().0
    }

    fn is_kept(&self, visits: &[Visit]) -> bool {
        check::check_plan(&self.problem, &Plan::new(&self.problem, visits.iter().copied())).is_kept()
    }

    /// A visit of any offer, at any of its starts.
    fn any_visit(&self, chance: &mut Chance) -> Option<Visit> {
        let open: Vec<&Shift> = self.shifts.values().iter().filter(|shift| !shift.offers.is_empty()).collect();
        let shift = open.get(chance.below(open.len()))?;
        let offer = shift.offers[chance.below(shift.offers.len())];
        let later = i32::try_from(chance.below(40)).expect("small") * shift.grid;
        let start = if later == 0 { offer.first } else { (offer.first / shift.grid) * shift.grid + later };
        let (start, grant) = (Moment(start.min(offer.last)), shift.kinds[offer.kind].grant);
        Some(Visit { grant, carer: shift.carer, span: Span::new(start, start + Minutes(offer.length)) })
    }

    /// A plan at random.
    fn plan(&self, chance: &mut Chance) -> Vec<Visit> {
        let mut visits = Vec::new();
        for _ in 0..TRIED {
            visits.extend(self.any_visit(chance).filter(|visit| !visits.contains(visit)));
            if !self.is_kept(&visits) {
                visits.pop();
            }
        }
        visits
    }

    fn shift_of(&self, visit: &Visit) -> ShiftId {
        let lies_in = |id: &ShiftId| {
            let shift = &self.problem.shifts[*id];
            shift.carer == visit.carer && shift.span.covers(visit.span)
        };
        self.problem.shifts.ids().find(lies_in).expect("a new visit lies in a shift")
    }
}

struct Chance(ChaCha8Rng);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u64() % count.max(1) as u64).expect("small")
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Names of rows, sensible and not.
fn names(week: &Week, chance: &mut Chance) -> Vec<RowName> {
    let problem = &week.problem;
    let carers: Vec<CarerId> = problem.carers.ids().collect();
    let providers: Vec<_> = problem.providers.ids().collect();
    let mut names = Vec::new();
    for part in [-30, 0, 1, 15, 30, 45, 60].map(Minutes) {
        names.extend(carers.iter().map(|carer| RowName::CarerCap(*carer, part)));
        names.extend(providers.iter().map(|provider| RowName::ProviderCap(*provider, part)));
    }
    names.extend(problem.clients.ids().flat_map(|client| Day::all().map(move |day| RowName::ClientDay(client, day))));
    let days: Vec<Day> = Day::all().collect();
    for grant in problem.grants.ids() {
        names.extend([RowName::OneVisit(grant), RowName::TotalMinutes(grant)]);
        names.extend([RowName::TotalVisits(grant), RowName::Visited(grant)]);
        names.extend(days.iter().map(|day| RowName::DaysApart(grant, *day)));
        for length in &week.book.grants[grant].lengths.each {
            names.push(RowName::Length(grant, *length));
            names.extend(days.iter().map(|day| RowName::LengthByDay(grant, *length, *day)));
        }
        for count in [1, 1, 2, 2, 2, 2, 3, 3, 3, 4] {
            let of_carers = (0..count).map(|_| (chance.any(&carers), chance.any(&days)));
            names.push(RowName::ExtraCarers(grant, of_carers.collect()));
            let lengths = &week.book.grants[grant].lengths.each;
            if !lengths.is_empty() {
                let of_carers = (0..count).map(|_| (chance.any(&carers), chance.any(&days), chance.any(lengths)));
                names.push(RowName::Returns(grant, of_carers.collect()));
                names.push(RowName::Pairs(grant, Arc::new(cover(lengths, (&carers, &days), chance))));
            }
            let of_providers = (0..count).map(|_| (chance.any(&providers), grant, chance.any(&days)));
            names.push(RowName::OneProvider(problem.grants[grant].client, of_providers.collect()));
        }
    }
    names
}

/// Weights of visits for some pairs of lengths: half for all, or any.
fn cover(lengths: &[Minutes], (carers, days): (&[CarerId], &[Day]), chance: &mut Chance) -> PairCover {
    let mut cover = PairCover::default();
    for _ in 0..chance.any(&[1, 1, 2]) {
        let (one, other) = (chance.any(lengths), chance.any(lengths));
        cover.patterns.push([one.max(other), one.min(other)]);
    }
    let choices: &[u8] = chance.any(&[&[1][..], &[0, 2], &[0, 1, 2], &[1, 1, 2, 2, 2]]);
    for (carer, day, length) in visits_of(carers, days, lengths) {
        let halves = chance.any(choices);
        if halves < 2 {
            cover.halves.push((carer, day, length, halves));
        }
    }
    cover
}

fn visits_of(carers: &[CarerId], days: &[Day], lengths: &[Minutes]) -> Vec<(CarerId, Day, Minutes)> {
    let of_carer = |carer: &CarerId| days.iter().map(|day| (*carer, *day)).collect::<Vec<_>>();
    let visits = carers.iter().flat_map(of_carer);
    visits.flat_map(|(carer, day)| lengths.iter().map(move |length| (carer, day, *length))).collect()
}

/// Names of halves of some of these rows, shifts and grants, sensible and not; paired anywhere.
fn halves(week: &Week, names: &[RowName], chance: &mut Chance) -> Vec<RowName> {
    let shifts: Vec<ShiftId> = week.problem.shifts.ids().collect();
    let grants: Vec<GrantId> = week.problem.grants.ids().collect();
    let half = |chance: &mut Chance| {
        let mut some = |most: usize| 0..chance.below(most + 1);
        let (rows, own, chosen) = (some(6.min(names.len())), some(3), some(2));
        let is_paired = chance.below(3);
        RowName::Half(Arc::new(HalfSum {
            rows: rows.map(|_| names[chance.below(names.len())].clone()).collect(),
            shifts: own.map(|_| chance.any(&shifts)).collect(),
            grants: chosen.map(|_| chance.any(&grants)).collect(),
            paired: shifts.iter().copied().filter(|_| chance.below(2) < is_paired).collect(),
        }))
    };
    (0..HALVES).map(|_| half(chance)).collect()
}

/// What the rows ask of a plan.
struct Counted {
    kinds: Vec<i64>,
    patterns: Vec<i64>,
    further: BTreeMap<GrantId, i64>,
}

impl Counted {
    fn of(week: &Week, group: &Group<'_>, visits: &[Visit]) -> Counted {
        let mut kinds = vec![0; group.kinds.len()];
        let mut of_grant: BTreeMap<GrantId, Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            let (shift, length) = (week.shift_of(visit), visit.span.length());
            let same = |k: &super::group::Kind| (k.shift, k.grant, k.length) == (shift, visit.grant, length);
            kinds[group.kinds.iter().position(same).expect("every visit of a plan is of a kind")] += 1;
            of_grant.entry(visit.grant).or_default().push(visit);
        }
        let (mut patterns, mut further) = (vec![0; group.patterns.len()], BTreeMap::new());
        for (grant, visits) in of_grant {
            let Some(several) = group.several.get(&grant) else { continue };
            let mut lengths: Vec<Minutes> = visits.iter().map(|visit| visit.span.length()).collect();
            lengths.sort_unstable_by(|a, b| b.cmp(a));
            let is_pattern = |at: &usize| group.patterns[*at].as_ref().is_none_or(|pattern| *pattern == lengths);
            patterns[several.patterns.clone().find(is_pattern).expect("the lengths of a plan are a pattern")] = 1;
            let pins = &week.book.grants[grant].pins;
            let carers: BTreeSet<CarerId> =
                visits.iter().chain(&pins.iter().collect::<Vec<_>>()).map(|v| v.carer).collect();
            let pinned: BTreeSet<CarerId> = pins.iter().map(|pin| pin.carer).collect();
            further.insert(grant, (carers.len() - pinned.len().max(1)) as i64);
        }
        Counted { kinds, patterns, further }
    }

    fn keeps(&self, row: &Row) -> bool {
        let sum = self.sum(row);
        match row.sense {
            Sense::AtMost => sum <= row.rhs,
            Sense::Exactly => sum == row.rhs,
            Sense::AtLeast => sum >= row.rhs,
        }
    }

    fn sum(&self, row: &Row) -> i64 {
        let kinds: i64 = row.kinds.iter().map(|(kind, n)| self.kinds[*kind] * n).sum();
        let patterns: i64 = row.patterns.iter().map(|(pattern, n)| self.patterns[*pattern] * n).sum();
        let further: i64 = row.further.iter().map(|(grant, n)| self.further.get(grant).copied().unwrap_or(0) * n).sum();
        kinds + patterns + further + self.pairs(row)
    }

    fn pairs(&self, row: &Row) -> i64 {
        let of_shift = |pairs: &Pairs| pairs.kinds.iter().map(|kind| self.kinds[*kind]).sum::<i64>();
        row.pairs.iter().map(|pairs| (of_shift(pairs) + i64::from(pairs.own)) / 2).sum()
    }
}

#[test]
fn every_row_holds_for_every_plan() {
    let (mut rows, mut several) = (0, 0);
    for (seed, week) in Week::all() {
        let group = Group::new(&week.problem, &week.book, week.shifts.values().iter().collect());
        let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed));
        for _ in 0..PLANS {
            let visits = week.plan(&mut chance);
            let counted = Counted::of(&week, &group, &visits);
            several += counted.further.len();
            for name in names(&week, &mut chance) {
                let Some(row) = Row::named(&group, &name) else { continue };
                rows += 1;
                assert!(counted.keeps(&row), "{seed}: {name:?} does not hold for {visits:?}");
            }
        }
    }
    assert!(rows > 5_000 && several > 150, "{rows} rows were tried, and {several} grants with several visits");
}

/// A half holds for every plan too, wherever it counts pairs.
#[test]
fn every_half_holds_for_every_plan() {
    let (mut rows, mut pairs, mut tight) = (0, 0, 0);
    for (seed, week) in Week::all() {
        let group = Group::new(&week.problem, &week.book, week.shifts.values().iter().collect());
        let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed));
        let mut names = names(&week, &mut chance);
        names.retain(|name| Row::named(&group, name).is_some());
        for _ in 0..PLANS {
            let visits = week.plan(&mut chance);
            let counted = Counted::of(&week, &group, &visits);
            for name in halves(&week, &names, &mut chance) {
                let Some(row) = Row::named(&group, &name) else { continue };
                rows += 1;
                pairs += usize::from(counted.pairs(&row) > 0);
                tight += usize::from(counted.sum(&row) == row.rhs);
                assert!(counted.keeps(&row), "{seed}: {name:?} does not hold for {visits:?}");
            }
        }
    }
    assert!(rows > 20_000 && pairs > 1_000 && tight > 1_000, "{rows} rows, {pairs} with pairs, {tight} tight");
}

#[test]
fn halves_of_what_is_none_are_refused() {
    let week = Week::of(Problem::build(&generate(&Spec::ballerup(9, 2))).expect("a valid week").problem);
    let shifts: Vec<ShiftId> = week.problem.shifts.ids().collect();
    let (last, there) = shifts.split_last().expect("the week has shifts");
    let group = Group::new(&week.problem, &week.book, there.iter().map(|id| &week.shifts[*id]).collect());
    let is_row = |sum: HalfSum| Row::named(&group, &RowName::Half(Arc::new(sum))).is_some();
    let one = group.several.keys().next().copied().expect("a grant with several visits");
    let row = RowName::DaysApart(one, Day(0));
    let good = HalfSum { rows: vec![row.clone()], shifts: vec![there[0]], grants: vec![one], paired: there.to_vec() };
    assert!(is_row(good.clone()));
    assert!(!is_row(HalfSum { rows: vec![row.clone(), row], ..good.clone() }), "a row twice");
    assert!(!is_row(HalfSum { rows: vec![RowName::Half(Arc::new(good.clone()))], ..good.clone() }), "half of a half");
    assert!(!is_row(HalfSum { rows: vec![RowName::Branch(0)], ..good.clone() }), "half of a branch");
    assert!(!is_row(HalfSum { rows: vec![RowName::Inner], ..good.clone() }), "half of what nobody knows");
    assert!(!is_row(HalfSum { shifts: vec![there[0]; 2], ..good.clone() }), "a shift twice");
    assert!(!is_row(HalfSum { shifts: vec![*last], ..good.clone() }), "a shift of another group");
    assert!(!is_row(HalfSum { grants: vec![one; 2], ..good.clone() }), "a grant twice");
    assert!(!is_row(HalfSum { paired: vec![there[0]; 2], ..good.clone() }), "a paired shift twice");
    assert!(!is_row(HalfSum { paired: vec![*last], ..good.clone() }), "a paired shift of another group");
    let single = week.problem.grants.ids().find(|grant| !group.several.contains_key(grant)).expect("such a grant");
    assert!(!is_row(HalfSum { grants: vec![single], ..good }), "a grant without a choice of patterns");
}

/// Values that make one route attractive; others may be found beside it.
fn values(shift: &Shift, route: &[Visit], chance: &mut Chance) -> Vec<i64> {
    let value = |grant: GrantId, length: i32, chance: &mut Chance| {
        let wanted = route.iter().any(|visit| visit.grant == grant && visit.span.length().0 == length);
        let away = i64::try_from(chance.below(2_000_000)).expect("small") * 40;
        let least = shift.offers.iter().filter(|offer| shift.kinds[offer.kind].grant == grant).map(|o| o.points).min();
        let least = least.unwrap_or(0) * MICRO;
        if wanted { least - away / 8 + 4 * MICRO } else { least - away / 2 + 20 * MICRO }
    };
    shift.kinds.iter().map(|kind| value(kind.grant, kind.length, chance)).collect()
}

/// Some or many pairs of a shift with what each costs.
fn pairs(shift: &Shift, chance: &mut Chance) -> Vec<(i64, Pairs)> {
    let rows = chance.any(&[0, 1, 5, 70, 150]);
    let row = |chance: &mut Chance| {
        let part = 1 + chance.below(4);
        let kinds = (0..shift.kinds.len()).filter(|_| chance.below(4) < part).collect();
        let points = i64::try_from(chance.below(40_000_000)).expect("small") / (1 + rows as i64);
        (points, Pairs { shift: 0, kinds, own: chance.below(3) == 0 })
    };
    (0..rows).map(|_| row(chance)).collect()
}

#[test]
fn no_route_is_cheaper_than_the_least() {
    let (mut routes, mut met) = (0, 0);
    for (seed, week) in Week::all() {
        let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed));
        let given = week.points(&[]);
        for _ in 0..PLANS {
            let mut by_shift: BTreeMap<ShiftId, Vec<Visit>> = BTreeMap::new();
            week.plan(&mut chance)
                .into_iter()
                .for_each(|visit| by_shift.entry(week.shift_of(&visit)).or_default().push(visit));
            for (id, route) in by_shift {
                let shift = &week.shifts[id];
                let values = values(shift, &route, &mut chance);
                let kind = |visit: &Visit| {
                    let same = |k: &super::offers::Kind| (k.grant, k.length) == (visit.grant, visit.span.length().0);
                    shift.kinds.iter().position(same).expect("every visit of a plan is of a kind")
                };
                let paid: i64 = route.iter().map(|visit| values[kind(visit)]).sum();
                let pairs = pairs(shift, &mut chance);
                let charges: Vec<Charge> =
                    pairs.iter().map(|(points, pairs)| Charge::new(*points, pairs, &(0..shift.kinds.len()))).collect();
                let counted = |pairs: &Pairs| {
                    let odd = route.iter().filter(|visit| pairs.kinds.contains(&kind(visit))).count();
                    (odd + usize::from(pairs.own)) as i64 / 2
                };
                let charged: i64 = pairs.iter().map(|(points, pairs)| points * counted(pairs)).sum();
                let reduced = (week.points(&route) - given) * MICRO - paid + charged;
                let duals = Duals { values: &values, charges: &charges };
                let least = routes::least(shift, &duals, &mut Memory::new(shift));
                assert!(least <= reduced, "{seed}: {route:?} has {reduced}, less than {least}");
                routes += 1;
                met += usize::from(least == reduced);
            }
        }
    }
    assert!(routes > 500 && met > 20, "{met} of {routes} routes were the least");
}

/// Routes of a shift with the kinds of their visits and what they add to the points.
fn routes_by_shift(week: &Week, chance: &mut Chance) -> BTreeMap<ShiftId, Vec<(Vec<usize>, i64)>> {
    let given = week.points(&[]);
    let mut routes: BTreeMap<ShiftId, Vec<(Vec<usize>, i64)>> = BTreeMap::new();
    for _ in 0..PLANS {
        let mut by_shift: BTreeMap<ShiftId, Vec<Visit>> = BTreeMap::new();
        week.plan(chance).into_iter().for_each(|visit| by_shift.entry(week.shift_of(&visit)).or_default().push(visit));
        for (id, route) in by_shift {
            let kind = |visit: &Visit| {
                let same = |k: &super::offers::Kind| (k.grant, k.length) == (visit.grant, visit.span.length().0);
                week.shifts[id].kinds.iter().position(same).expect("every visit of a plan is of a kind")
            };
            let parts = (0..route.len()).map(|left_out| {
                let part = route.iter().enumerate().filter(|(at, _)| *at != left_out || route.len() == 1);
                part.map(|(_, visit)| *visit).collect::<Vec<_>>()
            });
            for part in parts.chain([route.clone()]).filter(|part| week.is_kept(part)) {
                let kinds = part.iter().map(kind).collect();
                routes.entry(id).or_default().push((kinds, week.points(&part) - given));
            }
        }
    }
    routes
}

/// Every visit is worth about what it costs, and pairs cost much: which route is the least hangs on the pairs.
#[test]
fn no_route_is_cheaper_than_the_least_where_pairs_decide() {
    let (mut routes, mut charged_routes) = (0, 0);
    for (seed, week) in Week::all().take(40) {
        let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed));
        for (id, of_shift) in routes_by_shift(&week, &mut chance) {
            let shift = &week.shifts[id];
            for _ in 0..PLANS {
                let cheapest = |kind: usize| shift.offers.iter().filter(|o| o.kind == kind).map(|o| o.points).min();
                let mut value = |kind: usize| cheapest(kind).unwrap_or(0) - 10 + chance.below(80) as i64;
                let values: Vec<i64> = (0..shift.kinds.len()).map(&mut value).map(|points| points * MICRO).collect();
                let pairs: Vec<(i64, Pairs)> =
                    pairs(shift, &mut chance).into_iter().map(|(points, pairs)| (points * 4, pairs)).collect();
                let all = 0..shift.kinds.len();
                let charges: Vec<Charge> = pairs.iter().map(|(points, p)| Charge::new(*points, p, &all)).collect();
                let least =
                    routes::least(shift, &Duals { values: &values, charges: &charges }, &mut Memory::new(shift));
                for (kinds, points) in &of_shift {
                    let counted = |pairs: &Pairs| {
                        let odd = kinds.iter().filter(|kind| pairs.kinds.contains(kind)).count();
                        (odd + usize::from(pairs.own)) as i64 / 2
                    };
                    let charged: i64 = pairs.iter().map(|(points, pairs)| points * counted(pairs)).sum();
                    let paid: i64 = kinds.iter().map(|kind| values[*kind]).sum();
                    let reduced = points * MICRO - paid + charged;
                    assert!(least <= reduced, "{seed}: {kinds:?} has {reduced}, less than {least}");
                    routes += 1;
                    charged_routes += usize::from(charged > 0);
                }
            }
        }
    }
    assert!(routes > 5_000 && charged_routes > 500, "{charged_routes} of {routes} routes had pairs");
}

/// Two groups with visits of one grant would count its further carers twice, and two with one shift its route.
#[test]
fn groups_that_share_a_shift_or_a_grant_are_refused() {
    let problem = Problem::build(&generate(&Spec::ballerup(9, 2))).expect("a valid week").problem;
    let week = Week::of(problem);
    let refused = |groups: &[&[ShiftId]]| {
        let leaf = || Tree::Leaf(Leaf::default());
        let group = |shifts: &&[ShiftId]| GroupProof { shifts: shifts.to_vec(), tree: leaf(), bound: 0 };
        let proof = Proof { constant: 0, groups: groups.iter().map(group).collect() };
        prove(&week.problem, &week.book, &proof).err().map(|why| why.0.english)
    };
    let all: Vec<ShiftId> = week.problem.shifts.ids().collect();
    assert_eq!(refused(&[&all]), None);
    assert!(refused(&[&all, &all[..1]]).is_some_and(|why| why.contains("stands there twice")));
    let grants = |id: &ShiftId| week.shifts[*id].kinds.iter().map(|kind| kind.grant).collect::<BTreeSet<_>>();
    let at =
        (1..all.len()).find(|at| !grants(&all[*at]).is_disjoint(&grants(&all[0]))).expect("a grant for two shifts");
    assert!(refused(&[&all[..at], &all[at..]]).is_some_and(|why| why.contains("stands in two groups")));
    assert!(refused(&[&all[..at]]).is_some_and(|why| why.contains("stands in two groups")), "the rest is a group too");
}
