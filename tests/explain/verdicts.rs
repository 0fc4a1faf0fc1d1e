//! Every verdict on tiny weeks against all their plans.

use std::collections::{BTreeMap, BTreeSet};

use pusterum::check::{Report, check_plan};
use pusterum::explain::{Change, Clock, Demand, GrantVerdict, Level, Subject, Verdict, verdicts};
use pusterum::generate::{Manners, tiny};
use pusterum::ids::GrantId;
use pusterum::plan::Plan;
use pusterum::problem::{Problem, Visit};
use pusterum::units::Minutes;

use super::listing;

const WEEKS: u64 = 120;

/// What a plan of the week comes to: what each grant gets, and its points.
struct Known {
    visits: Vec<Visit>,
    delivered: BTreeMap<GrantId, Minutes>,
    score: i64,
}

impl Known {
    fn missing(&self, subject: &Subject, grants: &[GrantId]) -> i32 {
        let of = |grant: &GrantId| (subject.book.grants[*grant].due - self.delivered[grant]).0.max(0);
        grants.iter().map(of).sum()
    }
}

fn all_plans(problem: &Problem) -> Vec<Known> {
    let mut all = Vec::new();
    listing::for_each_plan(problem, &listing::candidates(problem), |visits, report| {
        let delivered = report.grants.iter().map(|(grant, report)| (grant, report.delivered)).collect();
        all.push(Known { visits: visits.to_vec(), delivered, score: report.terms.score().0 });
    });
    all
}

/// The roster of a week that is asked about: the best one, or for every third seed one that somebody chose.
fn roster(plans: &[Known], seed: u64) -> &Known {
    match seed % 3 {
        0 => &plans[plans.len() / 2],
        _ => plans.iter().min_by_key(|known| known.score).expect("the plan of the pins alone is one"),
    }
}

/// The grants whose minutes count more, wherever they are: those of other groups cannot lose by it.
fn weightier(subject: &Subject, grant: GrantId) -> Vec<GrantId> {
    let weight = |grant: GrantId| subject.book.grants[grant].unmet_weight;
    subject.problem.grants.ids().filter(|other| weight(*other) > weight(grant)).collect()
}

fn judge_level((subject, plans): (&Subject, &[Known]), own: &Known, (grant, level): (GrantId, &Level), what: &str) {
    // What other groups do is theirs: a better plan for them is no news about this grant.
    let company = subject.company(grant);
    let others = |known: &Known| -> BTreeSet<Visit> {
        known.visits.iter().copied().filter(|visit| company.binary_search(&visit.grant).is_err()).collect()
    };
    let (of_others, gets_it) = (others(own), |known: &&Known| known.delivered[&grant] == level.minutes);
    let with: Vec<&Known> = plans.iter().filter(gets_it).filter(|known| others(known) == of_others).collect();
    let Some(best) = with.iter().map(|known| known.score).min() else {
        assert_eq!(level.verdict, Verdict::ImpossibleAlone, "{what}: no plan delivers {}", level.minutes);
        return;
    };
    let found = level.found.as_ref().unwrap_or_else(|| panic!("{what}: a plan delivers {}", level.minutes));
    assert_eq!(found.price.0, best - own.score, "{what}: the price of {}", level.minutes);
    assert!(found.is_proven && level.price_at_least <= Some(found.price), "{what}: {level:?}");
    witness(subject, (grant, level), what);
    let demand = Demand { grant, minutes: level.minutes };
    if let Some((plan, report)) = subject.force_gently(demand, &clock().single()) {
        let each = subject.problem.policy.weights.changed.0;
        let lost = |visits: &[Visit]| own.visits.iter().filter(|visit| !visits.contains(visit)).count() as i64;
        let least = with.iter().map(|known| known.score + each * lost(&known.visits)).min();
        assert_eq!(Some(report.terms.score().0 + each * lost(plan.visits())), least, "{what}: few changes");
    } else {
        assert!(subject.problem.published.is_some(), "{what}: a plan delivers {}", level.minutes);
    }
    let weightier = weightier(subject, grant);
    let taken = with.iter().map(|known| known.missing(subject, &weightier)).min().expect("there is a plan")
        - own.missing(subject, &weightier);
    match level.verdict {
        Verdict::ImpossibleTogether => {
            assert!(taken > 0, "{what}: it takes nothing to deliver {}", level.minutes);
            let proven = level.takes_at_least.expect("that is what is proven").0;
            assert!(proven <= taken, "{what}: {proven} minutes are said to be taken, but {taken} will do");
        }
        Verdict::TradedOff | Verdict::AtNoCost => {
            assert!(taken <= 0, "{what}: {taken} minutes are taken for {}", level.minutes);
            assert_eq!(level.verdict == Verdict::AtNoCost, best <= own.score, "{what}");
        }
        other => panic!("{what}: {other:?} of {}, which costs {}", level.minutes, best - own.score),
    }
}

/// The plans that are told are plans: with their changes and no others the roster keeps the rules, gives the grant so much,
/// and costs what is said; and no change of another grant could be left out for fewer points.
pub fn witness(subject: &Subject, (grant, level): (GrantId, &Level), what: &str) {
    for found in level.found.iter().chain(&level.gentle) {
        let all: Vec<&Change> = found.changes.iter().collect();
        let report = with_changes(subject, &all);
        assert!(report.is_kept(), "{what}: {:?}", report.broken);
        assert_eq!(report.terms.score() - subject.score(), found.price, "{what}");
        assert_eq!(report.grants[grant].delivered, level.minutes, "{what}");
        for change in found.changes.iter().filter(|change| change.grant != grant) {
            let others: Vec<&Change> = all.iter().copied().filter(|other| *other != change).collect();
            let report = with_changes(subject, &others);
            let is_better = report.is_kept() && report.terms.score() - subject.score() < found.price;
            assert!(!is_better, "{what}: {change:?} is for nothing");
        }
    }
    if let (Some(found), Some(gentle)) = (&level.found, &level.gentle) {
        assert!(gentle.price >= found.price || !found.is_proven, "{what}: a gentler plan is no better");
        assert!(gentle.changes.len() < found.changes.len(), "{what}: a gentler plan changes less");
    }
}

/// What the check says of the roster with some changes.
fn with_changes(subject: &Subject, changes: &[&Change]) -> Report {
    let gone: BTreeSet<Visit> = changes.iter().flat_map(|change| change.before.iter().copied()).collect();
    let kept = subject.plan.visits().iter().copied().filter(|visit| !gone.contains(visit));
    let new = changes.iter().flat_map(|change| change.after.iter().copied());
    check_plan(&subject.problem, &Plan::new(&subject.problem, kept.chain(new)))
}

fn judge((subject, plans): (&Subject, &[Known]), own: &Known, verdict: &GrantVerdict, what: &str) {
    let most = plans.iter().map(|known| known.delivered[&verdict.grant]).max().expect("there is a plan");
    assert!(most <= verdict.possible_alone.max(verdict.delivered), "{what}: {most} is possible");
    for level in &verdict.levels {
        judge_level((subject, plans), own, (verdict.grant, level), what);
    }
    let minutes: Minutes = verdict.parts.iter().map(|part| part.minutes).sum();
    assert_eq!(minutes, verdict.due - verdict.delivered, "{what}: every minute has a verdict");
    let alone = verdict.minutes_of(Verdict::ImpossibleAlone);
    assert_eq!(verdict.due - alone, most.min(verdict.due).max(verdict.delivered), "{what}: {alone} impossible alone");
}

fn clock() -> Clock {
    Clock { effort: Some(20), ..Clock::default() }
}

fn compare_all(manners: Manners) {
    let mut seen: BTreeMap<Verdict, usize> = BTreeMap::new();
    for seed in 0..WEEKS {
        let problem = Problem::build(&tiny(seed, manners)).expect("tiny weeks are valid").problem;
        let plans = all_plans(&problem);
        let own = roster(&plans, seed);
        let visits = Plan::new(&problem, own.visits.iter().copied());
        let subject = Subject::new(problem, visits.visits()).expect("a plan keeps the rules");
        for verdict in verdicts(&subject, clock()) {
            let what = format!("{manners:?} {seed}, {}", subject.problem.grants[verdict.grant].id);
            judge((&subject, &plans), own, &verdict, &what);
            verdict.parts.iter().for_each(|part| *seen.entry(part.verdict).or_default() += 1);
        }
    }
    println!("{manners:?}: {seen:?}");
    for verdict in [Verdict::AtNoCost, Verdict::TradedOff, Verdict::ImpossibleTogether, Verdict::ImpossibleAlone] {
        assert!(seen.get(&verdict).is_some_and(|times| *times > 3), "{verdict:?} hardly came up: {seen:?}");
    }
}

#[test]
fn verdicts_on_plain_tiny_weeks_are_true_of_all_plans() {
    compare_all(Manners::Plain);
}

#[test]
fn verdicts_on_odd_tiny_weeks_are_true_of_all_plans() {
    compare_all(Manners::Odd);
}
