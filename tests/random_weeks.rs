//! Made-up weeks of realistic shape: no plan breaks a rule, the points are the check's and the referee's, the bound
//! holds, and the number of threads changes nothing.

#[path = "solving/hours.rs"]
mod hours;
mod solving;

use std::path::{Path, PathBuf};
use std::process::Command;

use pusterum::check::check_plan;
use pusterum::generate::{Bookings, Capacity, Caps, Spec, generate};
use pusterum::import::{load_week, write_week};
use pusterum::plan::{Plan, Solved, Terms};
use pusterum::problem::{Problem, Published, Visit};
use pusterum::solve::Certificate;
use pusterum::tables::Tables;
use pusterum::units::{Day, clock};

fn specs(seed: u64) -> Vec<(&'static str, Spec)> {
    vec![
        ("ballerup", Spec::ballerup(18, seed)),
        ("koege", Spec::koege(24, seed)),
        ("dense and tight", Spec { bookings: Bookings::Dense, capacity: Capacity::Tight, ..Spec::ballerup(20, seed) }),
        ("caps and pins", Spec { caps: Caps::Tight, pins: 6, travel_overrides: 5, ..Spec::ballerup(20, seed) }),
        ("three standards", Spec { pins: 3, ..Spec::three_standards(24, seed) }),
        ("city", Spec { bookings: Bookings::Sparse, ..Spec::city(40, 2, seed) }),
    ]
}

fn referee() -> Option<PathBuf> {
    let referee = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/check.py");
    if !referee.exists() {
        println!("skipped: no ../shared/check.py to compare with");
    }
    referee.exists().then_some(referee)
}

/// The roster as the referee reads it.
fn roster(problem: &Problem, plan: &Plan) -> String {
    let mut text = String::from("visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n");
    for (n, visit) in plan.visits().iter().enumerate() {
        let day = visit.span.start.day().expect("visits are in the week");
        let (grant, carer) = (&problem.grants[visit.grant], &problem.carers[visit.carer]);
        let times = [visit.span.start - Day(0).span().start, visit.span.end - Day(0).span().start];
        let [start, end] = times.map(|t| clock(t - (day.span().start - Day(0).span().start)));
        text += &format!("V{n};{};{start};{end};{};", problem.week.date(day), grant.id);
        text += &format!(
            "{};{};{};x;x\n",
            problem.clients[grant.client].id, problem.providers[carer.provider].id, carer.id
        );
    }
    text
}

/// Plans a week read from its own folder; the referee finds the same points and no broken rule.
fn plan_and_judge(tables: &Tables, what: &str) -> (Problem, Solved) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let week = place.path().join(tables.week.to_string());
    write_week(tables, &week).expect("a written week");
    let problem = load_week(&week, None).unwrap_or_else(|faults| panic!("{what}: {faults:#?}")).problem;
    let (solved, _) = solving::solve(&problem, 4, Certificate::Unasked);
    let (undelivered, least) =
        (check_plan(&problem, &solved.plan).undelivered_minutes(), hours::undelivered_bound(&problem, &[]));
    assert!(least <= undelivered, "{what}: {undelivered} minutes are undelivered, the bound is {least}");
    if let Some(referee) = referee() {
        let file = place.path().join("roster.csv");
        std::fs::write(&file, roster(&problem, &solved.plan)).expect("a written roster");
        let said = Command::new("python3").arg(referee).arg(&week).arg(&file).arg("--json").output().expect("python3");
        let said: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
        assert_eq!(said["broken"], 0, "{what}: {said}");
        assert_eq!(said["terms"], terms(&solved.terms), "{what}");
    }
    (problem, solved)
}

fn terms(terms: &Terms) -> serde_json::Value {
    serde_json::to_value(terms).expect("terms are numbers")
}

#[test]
fn made_up_weeks_are_planned_without_a_broken_rule() {
    for seed in 0..6 {
        for (what, spec) in specs(seed) {
            plan_and_judge(&generate(&spec), &format!("{what} {seed}"));
        }
    }
}

/// One carer falls ill: a replanning from the published roster keeps what it can, and counts what it cannot.
#[test]
fn replanning_starts_from_the_published_roster() {
    for seed in 0..4 {
        let (mut problem, first) = plan_and_judge(&generate(&Spec::ballerup(18, seed)), "published");
        problem.published = Some(Published { visits: first.plan.visits().to_vec(), lost_rows: 0 });
        let (same, _) = solving::solve(&problem, 4, Certificate::Unasked);
        assert_eq!((same.plan, same.terms), (first.plan.clone(), first.terms), "nothing happened, nothing changes");
        let ill = first.plan.visits()[0].carer;
        let mut ids: Vec<_> = problem.carers.values().to_vec();
        let index = problem.carers.ids().position(|id| id == ill).expect("a carer of the week");
        ids[index].absences.push(Day(0).span());
        problem.carers = pusterum::ids::IdVec::new(ids);
        let (replanned, _) = solving::solve(&problem, 4, Certificate::Unasked);
        let kept = first.plan.visits().iter().filter(|visit| replanned.plan.visits().contains(visit)).count();
        let changed = first.plan.visits().len() - kept;
        assert_eq!(replanned.terms.changed, problem.policy.weights.changed * changed as i64);
        let away = |visit: &Visit| visit.carer == ill && visit.span.overlaps(Day(0).span());
        let patched = Plan::new(&problem, first.plan.visits().iter().copied().filter(|visit| !away(visit)));
        let patched = check_plan(&problem, &patched);
        assert!(replanned.terms.score() <= patched.terms.score(), "leaving out the ill carer's visits is better");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let problem = |spec: &Spec| Problem::build(&generate(spec)).expect("a valid week").problem;
    for (what, spec) in [("one group", Spec::ballerup(30, 5)), ("several groups", Spec::city(40, 3, 5))] {
        let problem = problem(&spec);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| {
                let (solved, _) = solving::solve(&problem, 3, Certificate::Unasked);
                let least = hours::undelivered_bound(&problem, solved.plan.visits());
                (solved.plan, solved.bound, least)
            })
        };
        let one = with(1);
        for threads in [2, 4] {
            assert_eq!(one, with(threads), "{what} on {threads} threads");
        }
    }
}
