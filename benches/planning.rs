//! How long the parts of a planning take, on made-up weeks: `cargo bench --bench planning`.
//!
//! The searches are bounded by work, so that every run does the same.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pusterum::check::check_plan;
use pusterum::generate::{Spec, generate};
use pusterum::import::{load_week, write_week};
use pusterum::language::Language;
use pusterum::pipeline::{self, Hours, Limits, Planned, Watch};
use pusterum::problem::Problem;
use pusterum::report::{self, Naming, Outcome, Reports, Run};
use pusterum::rules::Rulebook;
use pusterum::solve::{Effort, Options, Parts, Snapshot};

const SEED: u64 = 1;
const EFFORT: u64 = 3;
/// Columns that enter the master before it is solved again.
const COLUMNS_ENTERED: usize = 100;
/// How long the plans whose writing is measured are searched for.
const SEARCH: Duration = Duration::from_secs(10);
const SAMPLE: &str = "fixtures/sample/2026-W48";

/// Looks on in silence.
struct Nobody;

impl Watch for Nobody {
    fn look(&mut self, _: &Snapshot) {}

    fn wants_end(&self) -> bool {
        false
    }
}

fn made_up(clients: usize) -> Problem {
    Problem::build(&generate(&Spec::ballerup(clients, SEED))).expect("made-up weeks are valid").problem
}

fn planned(problem: Problem) -> Planned {
    let options = Options { effort: Some(EFFORT), seed: SEED, ..Options::default() };
    let limits = Limits { options, hours: Hours::Unbounded, ..Limits::default() };
    pipeline::plan(problem, limits, &mut Nobody).expect("the plan keeps the rules")
}

/// The folder of the sample week, wherever this runs.
fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE)
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    group.bench_function("sample", |bencher| bencher.iter(|| load_week(black_box(&sample()), None)));
    let parent = tempfile::tempdir().expect("a temporary folder");
    let city = generate(&Spec::city(1_000, 5, SEED));
    let folder = parent.path().join(city.week.to_string());
    write_week(&city, &folder).expect("the week can be written");
    group.bench_function("city-1000", |bencher| bencher.iter(|| load_week(black_box(&folder), None)));
    group.finish();
}

fn rulebook(criterion: &mut Criterion) {
    let problem = load_week(&sample(), None).expect("the sample week is valid").problem;
    criterion.bench_function("rulebook/sample", |bencher| bencher.iter(|| Rulebook::of(black_box(&problem))));
}

fn planning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("planning");
    group.measurement_time(Duration::from_secs(20));
    for clients in [20, 60] {
        let problem = made_up(clients);
        group.bench_with_input(BenchmarkId::new("ballerup", clients), &problem, |bencher, problem| {
            bencher.iter_batched(|| problem.clone(), planned, criterion::BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// One round of pricing at the relaxation's duals, and the master over its columns: from nothing, and again after one round's columns.
fn column_generation(criterion: &mut Criterion) {
    for clients in [60, 150] {
        let problem = made_up(clients);
        let book = Rulebook::of(&problem);
        let mut parts = Parts::relaxed(&problem, &book).expect("the week has visits to give");
        let mut group = criterion.benchmark_group("pricing");
        for (name, effort) in [("quick", Effort::Quick), ("exact", Effort::Exact)] {
            group.bench_function(BenchmarkId::new(name, clients), |bencher| bencher.iter(|| parts.price(effort)));
        }
        group.finish();
        let mut group = criterion.benchmark_group("master");
        let all = BenchmarkId::new("from-nothing", clients);
        group.bench_function(all, |bencher| bencher.iter(|| parts.master(0).is_some()));
        let grown = || parts.master(COLUMNS_ENTERED).expect("the relaxation has a solution");
        group.bench_function(BenchmarkId::new("again", clients), |bencher| {
            bencher.iter_batched_ref(grown, |master| master.solve(), criterion::BatchSize::PerIteration);
        });
        group.finish();
    }
}

fn checking(criterion: &mut Criterion) {
    let Planned { problem, solved, .. } = planned(made_up(60));
    criterion.bench_function("check/ballerup/60", |bencher| {
        bencher.iter(|| check_plan(black_box(&problem), black_box(&solved.plan)));
    });
}

/// All files of a result, with the pages and without.
fn writing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("writing");
    let weeks = [("ballerup-150", Spec::ballerup(150, SEED)), ("city-1000", Spec::city(1_000, 5, SEED))];
    for (name, spec) in weeks {
        let problem = Problem::build(&generate(&spec)).expect("made-up weeks are valid").problem;
        let deadline = Some(Instant::now() + SEARCH);
        let limits = Limits { deadline, hours: Hours::Unbounded, ..Limits::default() };
        let planned = pipeline::plan(problem, limits, &mut Nobody).expect("the plan keeps the rules");
        for (what, reports) in [("all", Reports::Written(Naming::Names)), ("no-reports", Reports::LeftOut)] {
            group.bench_function(BenchmarkId::new(what, name), |bencher| bencher.iter(|| write(&planned, reports)));
        }
    }
    group.finish();
}

fn write(planned: &Planned, reports: Reports) {
    let run = Run { seconds: 0.0, seed: SEED, effort: None, time_limit: None };
    let (inputs, language) = (BTreeMap::new(), Language::Danish);
    let (warnings, published, verdicts) = (&[], &[], None);
    let outcome =
        Outcome { planned, warnings, inputs: &inputs, sources: &[], run: &run, published, language, reports, verdicts };
    let folder = tempfile::tempdir().expect("a temporary folder");
    report::write(&outcome, folder.path()).expect("the result can be written");
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3));
    targets = reading, rulebook, column_generation, planning, checking, writing
}
criterion_main!(benches);
