//! H13 to H15: caps, absorbed bookings and pins; and rows that contradict the week.

use super::fixture::*;
use crate::check::{Released, check_plan, check_roster};
use crate::plan::Plan;
use crate::problem::{Problem, Task, Visit};
use crate::units::Minutes;

fn two_days() -> [Visit; 2] {
    [visit(span(MON, 9, 10)), visit(span(TUE, 9, 10))]
}

fn pinned(pins: &[Visit], change: impl FnOnce(&mut Problem)) -> Problem {
    changed(|problem| {
        problem.pins = pins.to_vec();
        change(problem);
    })
}

#[test]
fn h13_a_carer_has_a_cap() {
    let cap = |most| changed(|problem| problem.carers[ANNA].relief_minutes_max = Some(Minutes(most)));
    assert_eq!(broken(&cap(119), &two_days()), ["H13"]);
    assert_eq!(broken(&cap(120), &two_days()), [""; 0]);
}

#[test]
fn h13_a_provider_has_a_cap() {
    let cap = |most| changed(|problem| problem.providers[P1].weekly_minutes_max = Some(Minutes(most)));
    assert_eq!(broken(&cap(119), &two_days()), ["H13"]);
    assert_eq!(broken(&cap(120), &two_days()), [""; 0]);
}

#[test]
fn h13_a_cap_that_pins_alone_break_is_an_override_and_takes_no_other_visit() {
    let over = pinned(&two_days()[..1], |problem| problem.carers[ANNA].relief_minutes_max = Some(Minutes(30)));
    assert_eq!(overridden(&over), ["H13"]);
    assert_eq!(broken(&over, &two_days()), ["H13"]);
}

#[test]
fn h14_a_visit_absorbs_the_bookings_that_it_covers() {
    let booked = |task, from| {
        changed(|problem| {
            add_booking(problem, minutes(MON, from, 620), task);
        })
    };
    let visits = [visit(span(MON, 9, 11))];
    assert_eq!(broken(&booked(Task::Care, 600), &visits), [""; 0]);
    assert_eq!(broken(&booked(Task::Practical, 600), &visits), [""; 0]);
    assert_eq!(broken(&booked(Task::Break, 600), &visits), ["H10"], "a break is no task");
    assert_eq!(broken(&booked(Task::Care, 530), &visits), ["H10"], "it begins before the visit");
}

#[test]
fn h14_needs_the_policy_the_home_and_relief() {
    let booked = |change: fn(&mut Problem)| {
        changed(|problem| {
            add_booking(problem, minutes(MON, 600, 620), Task::Care);
            change(problem);
        })
    };
    let visits = [visit(span(MON, 9, 11))];
    let practical = |p: &mut Problem| p.grants[FIRST].service = crate::problem::Service::PracticalRelief;
    assert_eq!(broken(&booked(|p| p.policy.fallback.absorb_tasks = false), &visits), ["H10"]);
    assert_eq!(broken(&booked(|p| p.bookings[crate::ids::BookingId(0)].at_home = false), &visits), ["H10"]);
    assert_eq!(broken(&booked(practical), &visits), ["H10"]);
}

#[test]
fn h14_an_absorbed_booking_of_another_carer_is_reported() {
    let mut problem = week();
    let booking = add_booking(&mut problem, minutes(MON, 600, 620), Task::Care);
    let absorbed_by = Visit { carer: BO, ..visit(span(MON, 9, 11)) };
    let report = check(&problem, &[absorbed_by]);
    assert!(report.is_kept());
    assert_eq!(report.released, [Released { booking, carer: ANNA, absorbed_by }]);
    assert_eq!(check(&problem, &[visit(span(MON, 9, 11))]).released, []);
}

#[test]
fn h14_a_booking_that_its_own_carer_absorbs_is_not_released() {
    let mut problem = week();
    add_booking(&mut problem, minutes(MON, 600, 620), Task::Care);
    let own = visit(span(MON, 9, 11));
    assert_eq!(check(&problem, &[Visit { carer: BO, ..own }, own]).released, []);
}

#[test]
fn h15_pins_take_their_part_of_the_split_first() {
    let (early, pin) = (visit(minutes(MON, 540, 585)), visit(minutes(TUE, 540, 585)));
    let split = |p: &mut Problem| p.grants[FIRST].split = Some(vec![Minutes(45), Minutes(75)]);
    let report = check(&pinned(&[pin], split), &[early, pin]);
    assert_eq!(report.broken.iter().map(|f| (f.rule, f.visit)).collect::<Vec<_>>(), [("H2", Some(early))]);
    assert_eq!(report.overrides, []);
}

#[test]
fn h15_every_pin_is_in_the_roster_as_it_stands() {
    let pin = two_days()[0];
    let problem = pinned(&[pin], |_| {});
    assert_eq!(broken(&problem, &[]), ["H15"]);
    assert_eq!(broken(&problem, &[visit(span(MON, 8, 9))]), ["H15"], "it was moved");
    assert_eq!(broken(&problem, &[pin]), [""; 0]);
}

#[test]
fn h15_what_a_pin_breaks_is_an_override() {
    let weekend = [visit(span(SAT, 9, 10))];
    assert_eq!(broken(&week(), &weekend), ["H4", "H10"]);
    assert_eq!(overridden(&pinned(&weekend, |_| {})), ["H4", "H10"]);
}

#[test]
fn h15_pins_that_break_together_are_overrides() {
    let twice_a_day = [visit(span(MON, 9, 10)), visit(span(MON, 12, 13))];
    assert_eq!(overridden(&pinned(&twice_a_day, |_| {})), ["H3", "H3"], "the grant's days and the client's day");
    let providers = [visit(span(MON, 9, 10)), Visit { carer: BO, ..visit(span(TUE, 9, 10)) }];
    assert_eq!(overridden(&pinned(&providers, |_| {})), ["H7"]);
    let hours = |p: &mut Problem| p.grants[FIRST].weekly_minutes = Minutes(60);
    assert_eq!(overridden(&pinned(&two_days(), hours)), ["H2"]);
}

#[test]
fn h15_a_pin_on_a_booking_is_an_override() {
    let mut problem = pinned(&two_days()[..1], |_| {});
    add_booking(&mut problem, span(MON, 8, 10), Task::Care);
    assert_eq!(overridden(&problem), ["H10"]);
}

#[test]
fn everything_else_is_planned_around_a_pin() {
    let problem = pinned(&two_days()[..1], |_| {});
    assert_eq!(broken(&problem, &[two_days()[0], visit(span(WED, 9, 11))]), ["H2"], "the pin has delivered an hour");
    assert_eq!(check_plan(&problem, &Plan::new(&problem, [])).grants[FIRST].delivered, Minutes(60));
}

#[test]
fn rows_that_contradict_the_week_are_found() {
    let problem = week();
    let good = row(&problem, two_days()[0]);
    let codes = |rows: &[_]| check_roster(&problem, rows).broken.iter().map(|f| f.rule).collect::<Vec<_>>();
    let changed = |change: fn(&mut crate::import::RosterRow)| {
        let mut row = good.clone();
        change(&mut row);
        row
    };
    assert_eq!(codes(std::slice::from_ref(&good)), [""; 0]);
    assert_eq!(codes(&[changed(|row| row.grant_id = "G9".to_owned())]), ["roster"]);
    assert_eq!(codes(&[changed(|row| row.staff_id = "S9".to_owned())]), ["roster"]);
    assert_eq!(codes(&[changed(|row| row.client_id = "C9".to_owned())]), ["roster"]);
    assert_eq!(codes(&[changed(|row| row.provider_id = "P2".to_owned())]), ["roster"]);
    assert!(codes(&[good.clone(), good]).contains(&"roster"), "a visit stands there twice");
}

#[test]
fn findings_name_the_visit_and_what_was_expected() {
    let report = check(&week(), &[visit(minutes(MON, 540, 570))]);
    let finding = &report.broken[0];
    assert_eq!(finding.who.canonical, "2026-11-23 09:00–09:30 FIRST ANNA");
    assert_eq!(finding.who.told.danish, "man. 23.11. 09.00–09.30 FIRST ANNA");
    assert_eq!(finding.got.danish, "30 minutter");
    assert_eq!(finding.expected.english, "at least 60 minutes in steps of 30, or all 120 of the grant");
}
