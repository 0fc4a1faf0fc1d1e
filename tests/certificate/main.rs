//! What proves a bound proves it again, from the week alone; and nothing, however forged, proves more than is true.

mod forged;
#[path = "../solving/mod.rs"]
mod solving;
mod text;

use pusterum::certificate;
use pusterum::generate::{Bookings, Capacity, Caps, Manners, Spec, generate, tiny};
use pusterum::plan::Status;
use pusterum::plan::proof::{Proof, RowName, Tree};
use pusterum::problem::{Problem, Published};
use pusterum::rules::Rulebook;
use pusterum::solve::Certificate;
use pusterum::tables::Tables;
use pusterum::units::Minutes;

fn problem(tables: &Tables) -> Problem {
    Problem::build(tables).expect("made-up weeks are valid").problem
}

/// A tiny week with its proof and the points of its best plan; `tests/brute_force.rs` shows that these are the best.
fn tiny_week(seed: u64, manners: Manners) -> (Problem, Proof, i64) {
    let problem = problem(&tiny(seed, manners));
    let (solved, proof) = solving::solve(&problem, 3, Certificate::Unasked);
    assert_eq!(solved.status, Status::Optimal, "{manners:?} {seed}");
    (problem, proof, solved.terms.score().0)
}

fn specs(seed: u64) -> Vec<(&'static str, Spec)> {
    vec![
        ("ballerup", Spec::ballerup(18, seed)),
        ("koege", Spec::koege(24, seed)),
        ("dense and tight", Spec { bookings: Bookings::Dense, capacity: Capacity::Tight, ..Spec::ballerup(20, seed) }),
        ("caps and pins", Spec { caps: Caps::Tight, pins: 6, travel_overrides: 5, ..Spec::ballerup(20, seed) }),
        ("three standards", Spec { pins: 3, ..Spec::three_standards(24, seed) }),
        ("race", Spec::ballerup(20, seed).race()),
        ("city", Spec { bookings: Bookings::Sparse, ..Spec::city(40, 2, seed) }),
    ]
}

/// The verifier is a second witness of the search's bound: the same rows, points and routes from other code. Gives how
/// many duals of halves the proof has.
fn witness(problem: &Problem, what: &str) -> usize {
    let (solved, proof) = solving::solve(problem, 2, Certificate::Asked);
    let proven = certificate::prove(problem, &Rulebook::of(problem), &proof);
    let bound = proven.unwrap_or_else(|why| panic!("{what}: {why:?}")).bound;
    let score = solved.terms.score().0;
    assert!(bound <= score, "{what}: {bound} is proven, but a plan has {score}");
    assert_eq!(bound, proof.bound(), "{what}: the search proves another bound");
    proof.groups.iter().map(|group| halves(&group.tree)).sum()
}

fn halves(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf(leaf) => leaf.duals.iter().filter(|(name, _)| matches!(name, RowName::Half(_))).count(),
        Tree::Branch(branch) => halves(&branch.fewer) + halves(&branch.more),
    }
}

#[test]
fn search_and_verifier_prove_the_same_bound_of_made_up_weeks() {
    let mut halves = 0;
    for seed in 0..4 {
        for (what, spec) in specs(seed) {
            halves += witness(&problem(&generate(&spec)), &format!("{what} {seed}"));
        }
    }
    assert!(halves > 0, "no duals of halves were tried");
}

/// Grants with more patterns of lengths than are listed go by their totals.
#[test]
fn search_and_verifier_prove_the_same_bound_without_patterns() {
    for seed in 0..4 {
        let mut week = generate(&Spec { pins: 2, ..Spec::ballerup(8, seed) });
        for standard in week.policy.municipalities.values_mut().chain([&mut week.policy.fallback]) {
            (standard.visit_minutes_min, standard.visit_minutes_step) = (Minutes(10), Minutes(10));
        }
        for grant in week.grants.iter_mut().step_by(2) {
            (grant.row.weekly_minutes, grant.row.max_visits, grant.row.split) = (Minutes(400), 5, None);
        }
        let problem = problem(&week);
        let book = Rulebook::of(&problem);
        assert!(book.grants.values().iter().any(|rules| rules.lengths.patterns.is_none()), "{seed}");
        witness(&problem, &format!("short steps {seed}"));
    }
}

#[test]
fn search_and_verifier_prove_the_same_bound_of_tiny_weeks() {
    for seed in 0..400 {
        for manners in [Manners::Plain, Manners::Odd] {
            witness(&problem(&tiny(seed, manners)), &format!("{manners:?} {seed}"));
        }
    }
}

#[test]
fn search_and_verifier_prove_the_same_bound_of_a_replanning() {
    for seed in 0..4 {
        let mut problem = problem(&generate(&Spec::ballerup(18, seed)));
        let (first, _) = solving::solve(&problem, 1, Certificate::Unasked);
        problem.published = Some(Published { visits: first.plan.visits().to_vec(), lost_rows: 1 });
        witness(&problem, &format!("published {seed}"));
    }
}

/// Without any duals, groups or trees the bound is what each shift could save at best.
#[test]
fn an_empty_proof_proves_a_low_bound() {
    for seed in 0..50 {
        let (problem, proof, best) = tiny_week(seed, Manners::Plain);
        let empty = Proof { constant: proof.constant, groups: Vec::new() };
        let bound = certificate::prove(&problem, &Rulebook::of(&problem), &empty).expect("nothing is refused").bound;
        assert!(bound <= best, "{seed}");
    }
}
