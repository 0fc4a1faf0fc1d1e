//! Each term of the score by hand.

use super::fixture::*;
use crate::plan::Terms;
use crate::problem::{Need, Problem, Published, Task, Visit, WishKind};
use crate::units::{Minutes, Points};

fn terms(problem: &Problem, visits: &[Visit]) -> Terms {
    check(problem, visits).terms
}

fn whole() -> Visit {
    visit(span(MON, 9, 11))
}

#[test]
fn a_roster_without_fault_costs_nothing() {
    assert_eq!(terms(&week(), &[whole()]), Terms::default());
}

#[test]
fn unmet_minutes_cost_by_need_and_seniority() {
    let unmet = |need, granted_on: &str| {
        let problem = changed(|problem| {
            problem.grants[FIRST].need = need;
            problem.grants[FIRST].granted_on = date(granted_on);
        });
        terms(&problem, &[visit(span(MON, 9, 10))]).unmet
    };
    assert_eq!(unmet(Need::High, "2026-11-23"), Points(60 * 40));
    assert_eq!(unmet(Need::Medium, "2026-11-23"), Points(60 * 20));
    assert_eq!(unmet(Need::Low, "2027-01-01"), Points(60 * 10), "granted later than this Monday");
    assert_eq!(unmet(Need::High, "2026-05-25"), Points(60 * (40 + 4)), "26 weeks: half of nine, rounded down");
    assert_eq!(unmet(Need::High, "2025-11-24"), Points(60 * (40 + 9)), "52 weeks");
    assert_eq!(unmet(Need::High, "2025-11-25"), Points(60 * (40 + 8)), "51 whole weeks");
    assert_eq!(unmet(Need::High, "2010-01-01"), Points(60 * (40 + 9)));
}

#[test]
fn seniority_ends_at_a_year() {
    let mut problem = changed(|problem| problem.grants[FIRST].granted_on = date("2025-11-17"));
    problem.policy.weights.seniority = Points(52);
    assert_eq!(terms(&problem, &[visit(span(MON, 9, 10))]).unmet, Points(60 * (40 + 52)), "53 weeks");
}

#[test]
fn more_than_is_due_costs_nothing() {
    assert_eq!(terms(&week(), &[visit(span(MON, 9, 12))]).unmet, Points(0));
}

#[test]
fn a_carer_who_is_not_familiar_costs_every_visit() {
    let days = [visit(span(MON, 9, 10)), visit(span(TUE, 9, 10))].map(|day| Visit { carer: BO, ..day });
    assert_eq!(terms(&week(), &days).new_carer, Points(2 * 20));
}

#[test]
fn every_further_carer_of_a_grant_costs() {
    let days = [visit(span(MON, 9, 10)), Visit { carer: BO, ..visit(span(TUE, 9, 10)) }];
    assert_eq!(terms(&week(), &days).extra_carer, Points(30));
}

#[test]
fn a_visit_outside_the_preferred_windows_costs() {
    let windows = [(WishKind::Possible, span(MON, 8, 16)), (WishKind::Preferred, span(MON, 9, 10))];
    let problem = changed(|p| p.grants[FIRST].wishes = windows.map(|(kind, span)| wish(kind, span)).to_vec());
    assert_eq!(terms(&problem, &[whole()]).not_preferred, Points(15));
    assert_eq!(terms(&problem, &[visit(span(MON, 9, 10))]).not_preferred, Points(0));
    assert_eq!(terms(&week(), &[whole()]).not_preferred, Points(0), "nothing is preferred");
}

#[test]
fn travel_is_what_the_visits_add_to_the_bookings_travel() {
    let mut problem = week();
    let grant = add_northern_client(&mut problem);
    let far = Visit { grant, ..visit(span(MON, 12, 14)) };
    assert_eq!(terms(&problem, &[far]).travel, Points(16), "there and back");
    let booking = add_booking(&mut problem, span(MON, 15, 16), Task::Other("meeting".to_owned()));
    problem.bookings[booking].place.at = NORTH;
    assert_eq!(terms(&problem, &[far]).travel, Points(0), "the carer goes there anyway");
    problem.bookings[booking].span = span(MON, 8, 9);
    assert_eq!(terms(&problem, &[whole(), far]).travel, Points(16), "home between the two");
}

#[test]
fn given_travel_minutes_replace_the_computed_ones() {
    let mut problem = week();
    let grant = add_northern_client(&mut problem);
    let (start, home) = (problem.carers[ANNA].start.key, problem.client_of(grant).home.key);
    problem.travel_overrides.insert((start, home, crate::problem::Transport::Car), Minutes(0));
    let far = Visit { grant, ..visit(span(MON, 12, 14)) };
    assert_eq!(terms(&problem, &[far]).travel, Points(8), "one direction only");
}

#[test]
fn absorbed_minutes_are_taken_off_once() {
    let mut problem = week();
    add_booking(&mut problem, minutes(MON, 560, 605), Task::Care);
    assert_eq!(terms(&problem, &[whole()]).absorbed, Points(-45));
    assert_eq!(terms(&problem, &[whole(), Visit { carer: BO, ..whole() }]).absorbed, Points(-45));
}

#[test]
fn an_absorbed_booking_saves_its_travel() {
    let mut problem = week();
    let booking = add_booking(&mut problem, minutes(MON, 560, 605), Task::Care);
    problem.bookings[booking].place.at = NORTH;
    assert_eq!(terms(&problem, &[whole()]).travel, Points(-16));
}

#[test]
fn published_rows_that_are_not_kept_cost() {
    let published = |lost_rows| {
        let visits = vec![whole(), visit(span(TUE, 9, 10))];
        changed(|problem| problem.published = Some(Published { visits, lost_rows }))
    };
    assert_eq!(terms(&published(0), &[whole()]).changed, Points(25));
    assert_eq!(terms(&published(2), &[whole()]).changed, Points(3 * 25));
    assert_eq!(terms(&week(), &[whole()]).changed, Points(0));
}
