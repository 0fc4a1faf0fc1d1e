//! Verdicts on weeks of real size, forced a second time by other means: other rows and another policy in place of a
//! narrowed book of rules.

use std::path::Path;
use std::time::{Duration, Instant};

use pusterum::check::check_plan;
use pusterum::explain::{Clock, GrantVerdict, Subject, Verdict, verdicts};
use pusterum::generate::{Spec, generate};
use pusterum::ids::GrantId;
use pusterum::import::read_tables;
use pusterum::plan::Plan;
use pusterum::policy::Weights;
use pusterum::problem::Problem;
use pusterum::rules::Rulebook;
use pusterum::solve::{Board, Options, Stop, solve};
use pusterum::tables::{Need, Tables};
use pusterum::units::{Minutes, Points};

use super::verdicts::witness;

/// What a minute of the grant in question counts where those of the others count one.
const FORCING: i64 = 10_000;

/// The week with some grants alone, in which nothing but minutes counts, and those of one grant most.
fn only(week: &Tables, grant: &str, others: &[&str]) -> Tables {
    let mut only = week.clone();
    let is_kept = |id: &str| id == grant || others.contains(&id);
    only.grants.retain(|row| is_kept(&row.row.grant_id));
    for row in &mut only.grants {
        row.row.need = if row.row.grant_id == grant { Need::High } else { Need::Low };
    }
    only.wishes.retain(|row| is_kept(&row.row.grant_id));
    // A pin of another grant keeps its carer's time, and the others of a client count for H3 and H7: those stay.
    let pinned: Vec<String> = only.pins.iter().map(|row| row.row.grant_id.clone()).collect();
    for row in week.grants.iter().filter(|row| pinned.contains(&row.row.grant_id) && !is_kept(&row.row.grant_id)) {
        let mut row = row.clone();
        row.row.need = Need::Medium;
        only.grants.push(row);
    }
    only.policy.weights = Weights { unmet_high: Points(FORCING), unmet_low: Points(1), ..Weights::NOTHING };
    only
}

/// What became of a week in which a grant is forced.
struct Forced {
    /// What the grant goes without in the best plan.
    missing: Minutes,
    /// No plan that gives the grant all of it leaves the others fewer.
    of_others_at_least: Minutes,
    is_proven: bool,
}

/// As much as can be is given to a grant, and then as much as can be to the others.
fn forced(week: &Tables, grant: &str, others: &[&str]) -> Forced {
    let problem = Problem::build(&only(week, grant, others)).expect("fewer grants are valid too").problem;
    let (board, stop) = (Board::default(), Stop::at(Instant::now() + Duration::from_secs(120)));
    solve(&problem, &Rulebook::of(&problem), (Options::default(), &stop), &board);
    let best = board.snapshot();
    let report = check_plan(&problem, &Plan::new(&problem, best.visits));
    assert!(report.is_kept(), "{:?}", report.broken);
    let (_, own) = report.grants.iter().find(|(id, _)| problem.grants[*id].id == grant).expect("it is of the week");
    let bound = best.bound.expect("the time is enough for a bound");
    Forced {
        missing: (own.due - own.delivered).max(Minutes(0)),
        of_others_at_least: Minutes(i32::try_from(bound).expect("a week has few minutes")),
        is_proven: best.score == Some(bound),
    }
}

fn planned(tables: &Tables, limit: Duration) -> Subject {
    let problem = Problem::build(tables).expect("the week is valid").problem;
    let (board, stop) = (Board::default(), Stop::at(Instant::now() + limit));
    solve(&problem, &Rulebook::of(&problem), (Options::default(), &stop), &board);
    let plan = Plan::new(&problem, board.snapshot().visits);
    Subject::new(problem, plan.visits()).expect("the plan keeps the rules")
}

/// The grants that share carers with this one and whose minutes count more.
fn weightier(subject: &Subject, grant: GrantId) -> Vec<GrantId> {
    let weight = |grant: GrantId| subject.book.grants[grant].unmet_weight;
    subject.company(grant).iter().copied().filter(|other| weight(*other) > weight(grant)).collect()
}

/// No *impossible* survives: the grant is forced once more. And what is told as a plan is one.
fn challenge(tables: &Tables, subject: &Subject, verdict: &GrantVerdict) {
    let id = |grant: GrantId| subject.problem.grants[grant].id.as_str();
    let own = id(verdict.grant);
    let alone = forced(tables, own, &[]);
    assert!(alone.is_proven, "{own} alone");
    assert_eq!(verdict.due - alone.missing, verdict.possible_alone.min(verdict.due), "{own} alone");
    assert!(verdict.minutes_of(Verdict::ImpossibleAlone) <= alone.missing, "{own} alone");
    verdict.levels.iter().for_each(|level| witness(subject, (verdict.grant, level), own));
    let others = weightier(subject, verdict.grant);
    let now: Minutes = others.iter().map(|grant| subject.missing(*grant)).sum();
    let others: Vec<&str> = others.into_iter().map(id).collect();
    for level in verdict.levels.iter().filter(|level| level.verdict == Verdict::ImpossibleTogether) {
        // With no more than the level granted, all of it is as much as can be forced.
        let mut granted = tables.clone();
        let row = granted.grants.iter_mut().find(|row| row.row.grant_id == own).expect("it is of the week");
        row.row.weekly_minutes = level.minutes;
        let forced = forced(&granted, own, &others);
        assert_eq!(forced.missing, Minutes(0), "{own} is forced to {}", level.minutes);
        let (taken, least) = (level.takes_at_least.expect("that is what is proven"), forced.of_others_at_least);
        assert!(least >= now + taken, "{own}: {taken} are said to be taken, but {now} may become {least}");
    }
}

fn judge(tables: &Tables) -> Vec<GrantVerdict> {
    let subject = planned(tables, Duration::from_secs(60));
    let clock = Clock { deadline: Some(Instant::now() + Duration::from_secs(300)), ..Clock::default() };
    let found = verdicts(&subject, clock);
    assert_eq!(found.len(), subject.undelivered().len());
    for verdict in &found {
        assert_eq!(verdict.minutes_of(Verdict::NotProven), Minutes(0), "there is time enough");
        challenge(tables, &subject, verdict);
    }
    found
}

#[test]
fn verdicts_on_a_tight_made_up_week_stand_a_second_forcing() {
    let found = judge(&generate(&Spec::ballerup(45, 3)));
    assert!(!found.is_empty());
}

/// Of the shared weeks those in which something is undelivered, and whose plan is proven.
const PROVEN: [&str; 6] = [
    "ballerup-60/2026-W48",
    "pins-60/2026-W48",
    "koege-120/2026-W14",
    "ballerup-150/2026-W48",
    "race-150/2026-W48",
    "both-240/2026-W53",
];

/// The tables of a shared week; nothing where it is not there.
fn shared(week: &str) -> Option<Tables> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/weeks").join(week);
    if !folder.is_dir() {
        println!("skipped: ../shared/weeks/{week} is not there");
        return None;
    }
    Some(read_tables(&folder).tables.expect("the folder is named for a week"))
}

#[test]
fn verdicts_on_shared_weeks_stand_a_second_forcing() {
    for (week, tables) in PROVEN.iter().filter_map(|week| Some((week, shared(week)?))) {
        assert!(!judge(&tables).is_empty(), "{week}: something is undelivered");
    }
}

/// Of these neither the plan nor every verdict is proven in a time that a test may take; all that is said has to be true.
#[test]
fn what_is_said_of_the_hardest_shared_weeks_stands_a_second_forcing() {
    let weeks = ["umbria-80/2026-W48", "city-1000/2026-W48"];
    for (week, tables) in weeks.iter().filter_map(|week| Some((week, shared(week)?))) {
        let subject = planned(&tables, Duration::from_secs(25));
        let clock = Clock { deadline: Some(Instant::now() + Duration::from_secs(30)), ..Clock::default() };
        let found = verdicts(&subject, clock);
        assert_eq!(found.len(), subject.undelivered().len());
        assert!(!found.is_empty(), "{week}: something is undelivered");
        found.iter().for_each(|verdict| challenge(&tables, &subject, verdict));
    }
}
