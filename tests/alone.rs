//! What could be delivered to a grant alone is what the optimiser delivers where it is the only grant.

use pusterum::check::check_plan;
use pusterum::generate::{Manners, tiny};
use pusterum::ids::{GrantId, Id};
use pusterum::plan::Plan;
use pusterum::policy::Weights;
use pusterum::problem::Problem;
use pusterum::rules::Rulebook;
use pusterum::solve::{Board, Options, Stop, possible_alone, solve};
use pusterum::tables::Tables;
use pusterum::units::{Minutes, Points};

const SEEDS: u64 = 150;

/// The week with one grant alone, where nothing counts but minutes. A carer's cap is asked of each visit only, so
/// carers have none here; pins would be of other grants too.
fn with_grant_alone(week: &Tables, grant: usize) -> Tables {
    let mut alone = week.clone();
    alone.grants = vec![week.grants[grant].clone()];
    let id = alone.grants[0].row.grant_id.clone();
    alone.wishes.retain(|wish| wish.row.grant_id == id);
    alone.pins.clear();
    alone.staff.iter_mut().for_each(|carer| carer.row.relief_minutes_max = None);
    alone.policy.weights = only_minutes();
    alone
}

fn only_minutes() -> Weights {
    let nothing = Points(0);
    Weights {
        unmet_high: Points(1),
        unmet_medium: Points(1),
        unmet_low: Points(1),
        seniority: nothing,
        new_carer: nothing,
        extra_carer: nothing,
        not_preferred: nothing,
        travel_minute: nothing,
        absorbed_minute: nothing,
        changed: nothing,
    }
}

fn delivered(problem: &Problem, book: &Rulebook) -> Minutes {
    let board = Board::default();
    let options = Options { effort: Some(20), ..Options::default() };
    solve(problem, book, (options, &Stop::never()), &board);
    let plan = Plan::new(problem, board.snapshot().visits);
    check_plan(problem, &plan).delivered_minutes
}

#[test]
fn a_grant_that_is_alone_gets_all_that_is_possible_alone() {
    let mut with_visits = 0;
    for (seed, manners) in (0..SEEDS).flat_map(|seed| [(seed, Manners::Plain), (seed, Manners::Odd)]) {
        let week = tiny(seed, manners);
        for grant in 0..week.grants.len() {
            let built = Problem::build(&with_grant_alone(&week, grant));
            let problem = built.unwrap_or_else(|found| panic!("seed {seed}: {found:?}")).problem;
            let book = Rulebook::of(&problem);
            let id = GrantId::from_index(0);
            let possible = possible_alone(&problem, &book, &[id])[&id];
            assert_eq!(delivered(&problem, &book), possible, "seed {seed} {manners:?}, grant {grant}");
            with_visits += usize::from(possible > Minutes(0));
        }
    }
    assert!(with_visits > 100, "only {with_visits} grants can have visits");
}
