//! Listing and proving on made-up weeks: what is listed is all there is, and what is cut off is no plan.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::column::Column;
use super::super::dive::Order;
use super::super::enumerate::{self, Enumeration, Limit};
use super::super::gains::Gains;
use super::super::integer;
use super::super::pricing::Route;
use super::super::rows::{Rows, Sense};
use super::super::settle::Settlement;
use super::super::stop::Stop;
use super::super::{groups, shift_days};
use super::{Group, whole};
use crate::generate::{Spec, generate};
use crate::ids::{CarerId, GrantId};
use crate::plan::proof::{MICRO, RowName};
use crate::problem::{Problem, Visit};
use crate::rules::Rulebook;

fn made_up(clients: usize, seed: u64) -> Problem {
    Problem::build(&generate(&Spec::ballerup(clients, seed))).expect("made-up weeks are valid").problem
}

/// The groups of a made-up week, each with its relaxation solved and its first plan.
fn relaxed(clients: usize, seed: u64, stop: &Stop) -> Vec<Group> {
    let problem = made_up(clients, seed);
    let book = Rulebook::of(&problem);
    let split = groups::split(&problem, shift_days(&problem, &book));
    let begun = |days| {
        let mut group = Group::new(&problem, &book, days, seed);
        group.start(&problem, &book, stop);
        while group.generate(stop) {}
        group
    };
    split.into_iter().map(begun).collect()
}

/// The same twice, each group with its twin: where one is proven, the other can be held against it.
fn twins(clients: usize, seed: u64, stop: &Stop) -> impl Iterator<Item = (Group, Group)> {
    relaxed(clients, seed, stop).into_iter().zip(relaxed(clients, seed, stop))
}

/// The group with its plan proven.
fn proven(mut group: Group, stop: &Stop) -> Group {
    while !group.is_proven() {
        group.prove(stop);
    }
    group
}

/// The group with its first routes listed and the relaxation over them cut; nothing where it is proven before.
fn settled(mut group: Group, stop: &Stop) -> Option<(Group, Settlement)> {
    if group.is_proven() || !group.list_first(stop) {
        return None;
    }
    let mut settlement = group.settlement.take()?;
    settlement.cut(group.points, stop);
    Some((group, settlement))
}

#[test]
fn plans_are_improved_between_rounds_of_cuts() {
    let stop = Stop::never();
    let limit = integer::Limit { nodes: 20, share: 1.0 };
    for seed in 1..=4 {
        for mut group in relaxed(30, seed, &stop) {
            for _ in 0..12 {
                group.cut_deeper(&stop);
                group.improve(limit, &stop);
            }
            assert!(group.bound <= Some(group.points), "no bound is above a plan");
        }
    }
}

#[test]
fn what_settling_has_learned_raises_the_relaxation_and_refutes_no_plan() {
    let stop = Stop::never();
    let mut learned = 0;
    for seed in 1..=12 {
        for (plain, taught) in twins(30, seed, &stop) {
            let best = proven(plain, &stop).points;
            let before = taught.generation.bound.as_ref().map(|(bound, _)| *bound);
            let Some((mut taught, settlement)) = settled(taught, &stop) else { continue };
            let rows = taught.generation.rows.rows.len();
            taught.generation.learn(settlement.lesson());
            learned += taught.generation.rows.rows.len() - rows;
            while taught.generate(&stop) {}
            let after = taught.generation.bound.as_ref().map(|(bound, _)| *bound);
            assert!(after >= before && after.map(whole) <= Some(best), "{before:?} to {after:?}");
        }
    }
    assert!(learned > 0, "some cut is taken over");
}

#[test]
fn aims_end_at_the_points_that_a_proof_without_them_ends_at() {
    let stop = Stop::never();
    let mut searched = 0;
    for seed in 1..=12 {
        for (plain, mut aimed) in twins(18, seed, &stop) {
            let best = proven(plain, &stop).points;
            while !aimed.is_proven() {
                if aimed.lacks_routes() {
                    aimed.list(&stop);
                }
                let mut settlement = aimed.settlement.take().expect("routes are listed");
                searched += u32::from(aimed.search_below_aim(&mut settlement, &stop));
                assert!(aimed.bound <= Some(best), "no plan is refuted that there is");
                aimed.settlement = Some(settlement);
            }
            assert_eq!(aimed.points, best);
        }
    }
    assert!(searched > 0, "some plan is looked for below an aim");
}

/// The routes of the group's best plan.
fn best_plan(group: Group, stop: &Stop) -> Vec<Column> {
    let group = proven(group, stop);
    group.best.iter().map(|at| group.column(*at).clone()).collect()
}

/// Whether these routes keep every row, cuts of all kinds among them.
fn keep_all_rows(rows: &Rows, columns: &[Column]) -> bool {
    let mut carers: BTreeMap<GrantId, BTreeSet<CarerId>> = BTreeMap::new();
    for visit in columns.iter().flat_map(|column| &column.visits) {
        carers.entry(visit.grant).or_default().insert(visit.carer);
    }
    let mut activity = vec![0; rows.rows.len()];
    let mut count = |(row, n): (u32, i64), times: i64| activity[row as usize] += n * times;
    columns.iter().flat_map(|column| column.rows(rows)).for_each(|counted| count(counted, 1));
    let lengths = rows.lengths_by_grant(columns.iter().flat_map(|column| &column.kinds));
    for side in rows.side_of(&lengths) {
        rows.side[side].rows.iter().for_each(|counted| count(*counted, 1));
    }
    for grant in &rows.shared {
        let others = carers.get(&grant.grant).into_iter().flatten().filter(|carer| !grant.pinned.contains(carer));
        let further = (others.count() as i64 - i64::from(grant.pinned.is_empty())).max(0);
        rows.side[grant.extra].rows.iter().for_each(|counted| count(*counted, further));
    }
    let kept = |(sum, row): (&i64, &super::super::rows::Row)| {
        *sum == row.rhs || (*sum < row.rhs && row.sense == Sense::AtMost)
    };
    activity.iter().zip(&rows.rows).all(kept)
}

#[test]
fn no_cut_over_listed_routes_cuts_off_a_best_plan() {
    let stop = Stop::never();
    let mut by_steps = 0;
    for seed in 1..=20 {
        for (twin, group) in twins(30, seed, &stop) {
            let Some((_, settlement)) = settled(group, &stop) else { continue };
            by_steps += settlement.rows.names.iter().filter(|name| **name == RowName::Inner).count();
            assert!(keep_all_rows(&settlement.rows, &best_plan(twin, &stop)), "seed {seed}");
        }
    }
    assert!(by_steps > 0, "some cut counts by steps");
}

#[test]
fn a_dive_comes_to_a_plan_that_is_wanted_or_to_none_and_leaves_no_trace() {
    let carefully = dives_to_what_is_wanted(|below| Order::Carefully { below });
    assert!(carefully > 0, "some careful dive finds a plan");
    assert!(dives_to_what_is_wanted(|below| Order::Taken { below }) > 0, "some other dive does");
    let for_the_best = dives_to_what_is_wanted(|below| Order::ForTheBest { below, random: None });
    assert!(for_the_best >= carefully, "what may be taken back more often finds no less");
}

/// How many dives find a plan that is wanted.
fn dives_to_what_is_wanted(order: impl Fn(i64) -> Order<'static>) -> u32 {
    let stop = Stop::never();
    let mut found = 0;
    for seed in 1..=6 {
        for (twin, group) in twins(30, seed, &stop) {
            let Some((mut group, mut settlement)) = settled(group, &stop) else { continue };
            let before = settlement.solve_again(&stop).expect("it can be solved").bound;
            let (wanted, impossible) = (group.points, whole(settlement.bound));
            if let Some(plan) = settlement.dive(order(wanted), &stop) {
                group.offer_columns(plan);
                assert!(group.points < wanted, "seed {seed}: no better than {wanted}");
                found += 1;
            }
            assert!(settlement.dive(order(impossible), &stop).is_none(), "seed {seed}");
            // Dives may add cuts, but fix nothing for good.
            let after = settlement.solve_again(&stop).expect("it can be solved").bound;
            let is_kept = before <= after + MICRO / 1_000;
            assert!(is_kept && whole(after) <= proven(twin, &stop).points, "seed {seed}: {before} to {after}");
        }
    }
    found
}

#[test]
fn two_searches_side_by_side_end_at_what_no_plan_is_better_than() {
    let stop = Stop::never();
    let mut beside = 0;
    for seed in 1..=8 {
        for (twin, mut group) in twins(30, seed, &stop) {
            let best = proven(twin, &stop).points;
            while group.lacks_routes() {
                group.list(&stop);
            }
            // Without a cut it takes many nodes.
            let Some(mut settlement) = group.settlement.take().filter(|_| group.is_all_listed()) else { continue };
            let plan = settlement.branch(best + 1, 10_000, &stop).into_iter().next();
            group.offer_columns(plan.expect("there is a plan as good as the best one"));
            assert_eq!(group.points, best, "seed {seed}");
            assert!(settlement.branch(best, 10_000, &stop).is_empty(), "seed {seed}");
            assert_eq!(whole(settlement.bound), best, "seed {seed}");
            beside += u32::from(settlement.is_searched_twice());
        }
    }
    assert!(beside > 0, "some search is long enough for a second one");
}

#[test]
fn more_routes_are_listed_until_they_are_all_that_a_better_plan_uses() {
    let stop = Stop::never();
    let mut listed_more = 0;
    for seed in 1..=12 {
        for (twin, mut group) in twins(30, seed, &stop) {
            let mut lists = 0;
            while group.lacks_routes() {
                group.list(&stop);
                lists += 1;
            }
            let best = best_plan(twin, &stop);
            let Some(settlement) = group.settlement.as_ref().filter(|_| group.is_all_listed()) else { continue };
            listed_more += u32::from(lists > 1);
            let is_listed = |route: &Column| {
                settlement.columns().iter().any(|column| (column.shift, &column.kinds) == (route.shift, &route.kinds))
            };
            assert!(best.iter().all(is_listed), "seed {seed}");
        }
    }
    assert!(listed_more > 0, "the first routes are not always all");
}

#[test]
fn near_the_relaxation_all_routes_of_better_plans_are_listed_at_once() {
    let stop = Stop::never();
    let mut at_once = 0;
    for seed in 1..=12 {
        for (twin, mut group) in twins(30, seed, &stop) {
            let before = group.points;
            assert_eq!(group.dive_carefully(&stop), group.points < before, "seed {seed}");
            if group.is_proven() || !group.list_first(&stop) || !group.is_all_listed() {
                continue;
            }
            at_once += 1;
            assert_eq!(proven(group, &stop).points, proven(twin, &stop).points, "seed {seed}");
        }
    }
    assert!(at_once > 0, "some careful dive comes near the relaxation");
}

#[test]
fn a_plan_that_still_fits_is_begun_with() {
    let stop = Stop::never();
    for seed in 1..=4 {
        let problem = made_up(30, seed);
        let book = Rulebook::of(&problem);
        for group in relaxed(30, seed, &stop) {
            let plan = proven(group, &stop);
            let visits: Vec<Visit> = plan.visits().collect();
            let mut again = Group::new(&problem, &book, plan.days, seed);
            again.start_from(&visits, (&problem, &book), &stop);
            assert_eq!(again.points, plan.points, "seed {seed}");
        }
    }
}

#[test]
fn routes_within_rising_costs_are_those_that_a_new_search_finds() {
    let stop = Stop::never();
    for group in relaxed(30, 1, &stop) {
        let relaxed = group.relaxed_prices().expect("it is relaxed");
        for (shift, day) in group.days.iter().enumerate() {
            let limit = |most: i64| Limit { tariff: &relaxed.tariffs[shift], most };
            let mut search = Enumeration::new(day, &[limit(0)], 1_000_000);
            for most in [20, 5, 80].map(|points| relaxed.least[shift] + points * MICRO) {
                let kinds = |routes: Option<Vec<Route>>| {
                    let routes = routes.expect("few labels");
                    routes.into_iter().map(|route| (route.reduced_cost, route.visits)).collect::<Vec<_>>()
                };
                let again = kinds(enumerate::routes(day, &[limit(most)], (1_000_000, &stop)));
                assert_eq!(kinds(search.routes_within(most, &stop)), again);
            }
        }
    }
}

#[test]
fn branches_are_weighed_by_what_they_add_to_the_relaxation() {
    let stop = Stop::never();
    let mut tried = 0;
    for seed in 1..=12 {
        for (one, other) in twins(30, seed, &stop) {
            let (Some((group, mut plain)), Some((_, mut raised))) = (settled(one, &stop), settled(other, &stop)) else {
                continue;
            };
            // As if an aim before had proven more than the relaxation does.
            raised.bound += (group.points * MICRO - raised.bound) / 2;
            if raised.bound > (group.points - 2) * MICRO {
                continue;
            }
            for settlement in [&mut plain, &mut raised] {
                settlement.go_by(Gains::default());
                settlement.branch(group.points, 1, &stop);
            }
            let [plain, raised] = [plain, raised].map(Settlement::into_gains);
            tried += u32::from(plain != Gains::default());
            assert_eq!(plain, raised, "seed {seed}");
        }
    }
    assert!(tried > 0, "some candidate is tried out");
}

#[test]
fn two_limits_leave_what_each_of_them_leaves() {
    let stop = Stop::never();
    let mut ruled_out = 0;
    for seed in 1..=8 {
        for (group, settlement) in relaxed(30, seed, &stop).into_iter().filter_map(|group| settled(group, &stop)) {
            let (relaxed, settled) = (group.relaxed_prices().expect("it is relaxed"), settlement.prices());
            let points = (group.points - 1) * MICRO;
            let (first, second) = (relaxed.most(points), settled.most(points));
            for (shift, day) in group.days.iter().enumerate() {
                let by_relaxed = Limit { tariff: &relaxed.tariffs[shift], most: first[shift] };
                let by_settled = Limit { tariff: &settled.tariffs[shift], most: second[shift] };
                let listed = |limits: &[Limit<'_>]| -> BTreeSet<Vec<u32>> {
                    let routes = enumerate::routes(day, limits, (1_000_000, &stop)).expect("few labels");
                    let columns = routes.iter().map(|route| Column::new(&settlement.rows, day, shift, route));
                    columns.map(|column| column.kinds).collect()
                };
                let [one, other] = [listed(&[by_relaxed]), listed(&[by_settled])];
                let both: BTreeSet<Vec<u32>> = one.intersection(&other).cloned().collect();
                ruled_out += one.len() - both.len();
                assert_eq!(listed(&[by_settled, by_relaxed]), both);
            }
        }
    }
    assert!(ruled_out > 0, "the settlement rules out more than the relaxation");
}

#[test]
fn routes_are_charged_visit_by_visit_what_rows_count_of_them() {
    let stop = Stop::never();
    for seed in 1..=8 {
        for (_, settlement) in relaxed(30, seed, &stop).into_iter().filter_map(|group| settled(group, &stop)) {
            assert_reduced_costs(&settlement);
        }
    }
}

/// The reduced cost of every route is its cost less what all rows pay for it.
fn assert_reduced_costs(settlement: &Settlement) {
    let rows = &settlement.rows;
    let duals: Vec<i64> = (0..rows.rows.len() as i64).map(|row| -(row * 7_919 % 11) * (row % 3)).collect();
    let tariffs = rows.tariffs(&duals);
    settlement.columns().par_iter().for_each(|column| {
        let paid: i64 = column.rows(rows).into_iter().map(|(row, n)| duals[row as usize] * n).sum();
        assert_eq!(column.reduced_cost(rows, &tariffs), column.cost * MICRO - paid);
    });
}
