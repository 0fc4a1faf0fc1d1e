//! Places, reasons and cures on tiny weeks against everything that could stand there.

use std::collections::{BTreeMap, BTreeSet};

use pusterum::check::check_plan;
use pusterum::explain::{Clock, Remedy, Slot, Subject, remedied, worth_moving};
use pusterum::generate::{Manners, tiny};
use pusterum::ids::{CarerId, GrantId};
use pusterum::plan::Plan;
use pusterum::problem::{Problem, Visit};
use pusterum::rules;
use pusterum::units::{Day, Minutes};

use super::listing;

const WEEKS: u64 = 120;

/// Carer, day and length: what makes two places one.
type Kind = (CarerId, Option<Day>, Minutes);

fn kind(visit: Visit) -> Kind {
    (visit.carer, visit.span.start.day(), visit.span.length())
}

/// A week with the visits of a plan that somebody chose, and everything that could stand in it.
fn subject(seed: u64, manners: Manners) -> (Subject, Vec<Visit>) {
    let problem = Problem::build(&tiny(seed, manners)).expect("tiny weeks are valid").problem;
    let candidates = listing::candidates(&problem);
    let mut plans: Vec<Vec<Visit>> = Vec::new();
    listing::for_each_plan(&problem, &candidates, |visits, _| plans.push(visits.to_vec()));
    let chosen = &plans[plans.len() / 5];
    let plan = Plan::new(&problem, chosen.iter().copied());
    (Subject::new(problem, plan.visits()).expect("a plan keeps the rules"), candidates)
}

/// The best price of each kind of visit that can be added to a roster.
fn possible(subject: &Subject, candidates: &[Visit], grant: GrantId) -> BTreeMap<Kind, i64> {
    let mut best: BTreeMap<Kind, i64> = BTreeMap::new();
    for visit in candidates.iter().filter(|visit| visit.grant == grant && !subject.plan.visits().contains(visit)) {
        let visits = subject.plan.visits().iter().copied().chain([*visit]);
        let report = check_plan(&subject.problem, &Plan::new(&subject.problem, visits));
        if report.is_kept() {
            let price = (report.terms.score() - subject.score()).0;
            best.entry(kind(*visit)).and_modify(|known| *known = price.min(*known)).or_insert(price);
        }
    }
    best
}

fn all() -> impl Iterator<Item = (u64, Manners)> {
    (0..WEEKS).flat_map(|seed| [(seed, Manners::Plain), (seed, Manners::Odd)])
}

#[test]
fn free_places_are_all_that_there_are_with_their_exact_price() {
    let mut found = 0;
    for (seed, manners) in all() {
        let (subject, candidates) = subject(seed, manners);
        for grant in subject.problem.grants.ids() {
            let slots = subject.free_slots(grant, 10_000);
            let told: BTreeMap<Kind, i64> = slots.iter().map(|slot| (kind(slot.visit), slot.price.0)).collect();
            assert_eq!(told, possible(&subject, &candidates, grant), "{manners:?} {seed}, grant {grant:?}");
            assert!(slots.windows(2).all(|pair| pair[0].price <= pair[1].price), "the best come first");
            found += slots.len();
        }
    }
    assert!(found > 60, "only {found} places came up");
}

/// Whatever moves, the plan keeps the rules, the grant gets more, and only visits of the same day are touched; they may
/// move to another.
#[test]
fn places_with_moves_keep_the_rules_and_the_other_days() {
    let clock = Clock { effort: Some(5), ..Clock::default() };
    let mut moved = 0;
    for (seed, manners) in all() {
        let (subject, _) = subject(seed, manners);
        for grant in subject.undelivered() {
            for slot in subject.slots_with_moves(grant, clock) {
                let day = slot.visit.span.start.day();
                let mut touched = slot.moved.iter().flat_map(|change| &change.before);
                assert!(touched.all(|visit| visit.span.start.day() == day), "{manners:?} {seed}: {slot:?}");
                let gone: BTreeSet<Visit> = slot.moved.iter().flat_map(|change| change.before.clone()).collect();
                let kept = subject.plan.visits().iter().copied().filter(|visit| !gone.contains(visit));
                let new = slot.moved.iter().flat_map(|change| change.after.clone()).chain([slot.visit]);
                let report = check_plan(&subject.problem, &Plan::new(&subject.problem, kept.chain(new)));
                assert!(report.is_kept(), "{manners:?} {seed}: {:?}", report.broken);
                assert_eq!(report.terms.score() - subject.score(), slot.price, "{manners:?} {seed}");
                moved += usize::from(!slot.moved.is_empty());
            }
        }
    }
    assert!(moved > 20, "hardly anybody moved: {moved}");
}

/// Nobody is asked to move for a place that is no better than a free one of the same day.
#[test]
fn others_move_only_for_what_no_free_place_of_the_day_gives() {
    let clock = Clock { effort: Some(5), ..Clock::default() };
    let (mut worth, mut passed) = (0, 0);
    for (seed, manners) in all() {
        let (subject, _) = subject(seed, manners);
        for grant in subject.undelivered() {
            let free = subject.free_slots(grant, 1);
            let moving = subject.slots_with_moves(grant, clock);
            let kept = worth_moving(moving.clone(), &free);
            for slot in moving.iter().filter(|slot| !slot.moved.is_empty()) {
                let day = |slot: &Slot| slot.visit.span.start.day();
                let best = free.iter().filter(|free| day(free) == day(slot)).map(|free| free.price).min();
                let is_kept = kept.iter().any(|kept| kept.visit == slot.visit);
                assert_eq!(is_kept, best.is_none_or(|best| slot.price < best), "{manners:?} {seed}: {slot:?}");
                worth += usize::from(is_kept);
                passed += usize::from(!is_kept);
            }
        }
    }
    assert!(worth > 0 && passed > 0, "{worth} worth it, {passed} not");
}

#[test]
fn the_reasons_for_a_visit_are_true_of_all_other_places() {
    let mut alternatives = 0;
    for (seed, manners) in all() {
        let (subject, candidates) = subject(seed, manners);
        let turn = Clock { effort: Some(5), ..Clock::default() }.single();
        for visit in subject.free_visits().take(2).collect::<Vec<_>>() {
            let why = subject.why(visit, &turn);
            let without = subject.without(visit);
            let own = subject.score() - without.score();
            let mut best: BTreeMap<CarerId, i64> = BTreeMap::new();
            for ((carer, ..), price) in possible_but(&without, &candidates, visit) {
                let price = price - own.0;
                best.entry(carer).and_modify(|known| *known = price.min(*known)).or_insert(price);
            }
            let told: BTreeMap<CarerId, i64> =
                why.alternatives.iter().map(|other| (other.visit.carer, other.price.0)).collect();
            for (carer, price) in &told {
                assert!(best.get(carer).is_some_and(|best| best <= price), "{manners:?} {seed}: {why:?}");
            }
            let others = |carer: &&CarerId| **carer != visit.carer;
            assert_eq!(
                told.keys().filter(others).collect::<Vec<_>>(),
                best.keys().filter(others).collect::<Vec<_>>(),
                "{manners:?} {seed}"
            );
            for carer in why.excluded.values().flatten() {
                assert!(rules::excluded(&subject.problem, visit.grant, *carer).is_some());
            }
            alternatives += told.len();
        }
    }
    assert!(alternatives > 50, "only {alternatives} alternatives came up");
}

/// Every place for the grant but the one that is asked about.
fn possible_but(without: &Subject, candidates: &[Visit], visit: Visit) -> BTreeMap<Kind, i64> {
    let others: Vec<Visit> = candidates.iter().copied().filter(|other| *other != visit).collect();
    possible(without, &others, visit.grant)
}

/// A cure gives the grant more, by carers who may come, and asks for nothing that is law or safety.
#[test]
fn cures_deliver_more_and_negotiate_nothing_that_is_law() {
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for (seed, manners) in all() {
        let (subject, _) = subject(seed, manners);
        let turn = Clock { effort: Some(5), ..Clock::default() }.single();
        for grant in subject.undelivered() {
            for cure in subject.cures(grant, &turn).found {
                let minutes: Minutes = cure.visits.iter().map(|visit| visit.span.length()).sum();
                let delivered = subject.report.grants[grant].delivered;
                assert!(cure.gained > Minutes(0) && minutes - delivered == cure.gained, "{manners:?} {seed}: {cure:?}");
                let client = subject.problem.client_of(grant);
                let is_free = client.home_care_provider.is_none() && !subject.problem.standard(grant).municipal_only;
                if let Remedy::AnotherProvider { .. } = cure.remedy {
                    assert!(is_free && client.chosen_provider.is_some(), "{manners:?} {seed}: {cure:?}");
                } else {
                    let new = cure.visits.iter().filter(|visit| !subject.problem.is_pinned(**visit));
                    let may = |carer| rules::excluded(&subject.problem, grant, carer).is_none();
                    assert!(new.clone().all(|visit| may(visit.carer)), "{manners:?} {seed}: {cure:?}");
                }
                kinds.insert(format!("{:?}", cure.remedy).split(' ').next().unwrap_or_default().to_owned());
            }
        }
    }
    assert!(kinds.len() >= 4, "only these came up: {kinds:?}");
}

/// What a grant can get beside the roster's other visits, from a list of all that could stand there.
fn most_beside_others(subject: &Subject, week: &Problem, grant: GrantId) -> Minutes {
    let others = subject.plan.visits().iter().copied().filter(|visit| visit.grant != grant);
    let mut frozen = week.clone();
    frozen.pins = others.chain(week.pins.iter().copied()).collect::<BTreeSet<Visit>>().into_iter().collect();
    let own: Vec<Visit> = listing::candidates(&frozen)
        .into_iter()
        .filter(|visit| visit.grant == grant && !frozen.is_pinned(*visit))
        .collect();
    let mut most = Minutes(0);
    listing::for_each_plan(&frozen, &own, |_, report| most = most.max(report.grants[grant].delivered));
    most
}

/// For each kind of change the first that is said to help is the first that helps, and nothing helps where nothing is
/// said to.
#[test]
fn cures_are_the_smallest_of_their_kind_and_none_is_missed() {
    let (mut helping, mut helpless) = (0, 0);
    for (seed, manners) in all().step_by(3) {
        let (subject, _) = subject(seed, manners);
        let turn = Clock { effort: Some(20), ..Clock::default() }.single();
        for grant in subject.undelivered() {
            let cures = subject.cures(grant, &turn);
            assert!(cures.is_complete, "{manners:?} {seed}: there is no clock");
            let delivered = subject.report.grants[grant].delivered;
            let gain = |remedy: Remedy| {
                most_beside_others(&subject, &remedied(&subject.problem, grant, remedy), grant) - delivered
            };
            let mut told = cures.found.iter();
            for kind in subject.remedies(grant) {
                let works = |alike: &&[(i32, Remedy)]| alike.iter().any(|(_, remedy)| gain(*remedy) > Minutes(0));
                let Some(first) = kind.chunk_by(|a, b| a.0 == b.0).find(works) else {
                    helpless += usize::from(!kind.is_empty());
                    continue;
                };
                let most = first.iter().map(|(_, remedy)| gain(*remedy)).max().expect("one of them works");
                let cure = told.next().unwrap_or_else(|| panic!("{manners:?} {seed}: {first:?} would help"));
                assert!(first.iter().any(|(_, remedy)| *remedy == cure.remedy), "{manners:?} {seed}: {cure:?}");
                assert_eq!(cure.gained, most, "{manners:?} {seed}: {cure:?}");
                helping += 1;
            }
            assert!(told.next().is_none(), "{manners:?} {seed}: {:?} helps nobody", cures.found);
        }
    }
    println!("{helping} changes help, {helpless} kinds do not");
    assert!(helping > 20 && helpless > 20, "{helping} changes help, {helpless} kinds do not");
}
