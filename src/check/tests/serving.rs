//! H7 to H12: who may come, and what the carer's day allows.

use super::fixture::*;
use crate::ids::ShiftId;
use crate::policy::Qualification;
use crate::problem::{Client, Problem, Service, Task, Visit};
use crate::units::Minutes;

fn monday() -> Visit {
    visit(span(MON, 9, 11))
}

fn with_client(change: impl FnOnce(&mut Client)) -> Problem {
    changed(|problem| change(&mut problem.clients[HOME]))
}

#[test]
fn h7_home_care_comes_before_choice_and_choice_before_approval() {
    let named = |home_care, chosen| {
        with_client(|client| {
            client.home_care_provider = home_care;
            client.chosen_provider = chosen;
        })
    };
    assert_eq!(broken(&named(Some(P2), Some(P1)), &[monday()]), ["H7"]);
    assert_eq!(broken(&named(Some(P1), Some(P2)), &[monday()]), [""; 0]);
    assert_eq!(broken(&named(None, Some(P2)), &[monday()]), ["H7"]);
    assert_eq!(broken(&named(None, Some(P1)), &[monday()]), [""; 0]);
    let elsewhere = changed(|problem| problem.providers[P1].municipalities = vec!["Gentofte".to_owned()]);
    assert_eq!(broken(&elsewhere, &[monday()]), ["H7"]);
}

#[test]
fn h7_one_provider_makes_all_visits_where_none_is_named() {
    let days = [visit(span(MON, 9, 10)), Visit { carer: BO, ..visit(span(TUE, 9, 10)) }];
    assert_eq!(broken(&week(), &days), ["H7"]);
    assert_eq!(broken(&week(), &days.map(|day| Visit { carer: BO, ..day })), [""; 0]);
}

#[test]
fn h7_the_municipality_alone_where_the_policy_says_so() {
    let municipal = |own| {
        changed(|problem| {
            problem.policy.fallback.municipal_only = true;
            problem.providers[P1].municipal = own;
            problem.clients[HOME].home_care_provider = Some(P2);
        })
    };
    assert_eq!(broken(&municipal(false), &[monday()]), ["H7"]);
    assert_eq!(broken(&municipal(true), &[monday()]), [""; 0]);
}

#[test]
fn h8_relief_asks_for_training_and_practical_relief_does_not() {
    let mut problem = changed(|problem| problem.carers[ANNA].relief_trained = false);
    assert_eq!(broken(&problem, &[monday()]), ["H8"]);
    problem.grants[FIRST].service = Service::PracticalRelief;
    assert_eq!(broken(&problem, &[monday()]), [""; 0]);
}

#[test]
fn h8_relief_asks_for_a_qualification() {
    let only = |who| changed(|problem| problem.policy.fallback.relief_qualifications = vec![who]);
    assert_eq!(broken(&only(Qualification::Nurse), &[monday()]), ["H8"]);
    assert_eq!(broken(&only(Qualification::Helper), &[monday()]), [""; 0]);
}

#[test]
fn h8_complex_needs_ask_for_an_education() {
    let mut problem = with_client(|client| client.complex_needs = true);
    assert_eq!(broken(&problem, &[monday()]), ["H8"]);
    problem.carers[ANNA].qualification = Qualification::Assistant;
    assert_eq!(broken(&problem, &[monday()]), [""; 0]);
}

#[test]
fn h9_a_carer_can_be_avoided() {
    assert_eq!(broken(&with_client(|client| client.avoid_staff = vec![ANNA]), &[monday()]), ["H9"]);
    assert_eq!(broken(&with_client(|client| client.avoid_staff = vec![BO]), &[monday()]), [""; 0]);
}

#[test]
fn h10_a_visit_lies_within_one_shift() {
    let shift = |to| changed(|problem| problem.shifts[ShiftId(0)].span = minutes(MON, 480, to));
    assert_eq!(broken(&shift(659), &[monday()]), ["H10"]);
    assert_eq!(broken(&shift(660), &[monday()]), [""; 0]);
}

#[test]
fn h10_a_carer_who_is_absent_makes_no_visit() {
    let absent = |span| changed(|problem| problem.carers[ANNA].absences = vec![span]);
    assert_eq!(broken(&absent(span(MON, 0, 24)), &[monday()]), ["H10"]);
    assert_eq!(broken(&absent(span(TUE, 0, 24)), &[monday()]), [""; 0]);
}

#[test]
fn h10_visits_start_on_the_grid_or_where_a_window_begins() {
    let odd = [visit(minutes(MON, 543, 663))];
    assert_eq!(broken(&week(), &odd), ["H10"]);
    let window = wish(crate::problem::WishKind::Possible, minutes(MON, 543, 900));
    assert_eq!(broken(&changed(|problem| problem.grants[FIRST].wishes = vec![window]), &odd), [""; 0]);
}

#[test]
fn h10_a_visit_overlaps_no_other_work() {
    let booked = |from| {
        changed(|problem| {
            add_booking(problem, span(MON, from, 12), Task::Other("meeting".to_owned()));
        })
    };
    assert_eq!(broken(&booked(10), &[monday()]), ["H10"]);
    assert_eq!(broken(&booked(11), &[monday()]), [""; 0]);
}

/// [`ANNA`] at the first client until 11:00 and then 8 minutes' drive away.
fn in_the_north_at(start: i32) -> (Problem, [Visit; 2]) {
    let mut problem = week();
    let grant = add_northern_client(&mut problem);
    (problem, [monday(), Visit { grant, ..visit(minutes(MON, start, start + 60)) }])
}

#[test]
fn h11_travel_has_its_time_between_visits() {
    let (problem, visits) = in_the_north_at(665);
    assert_eq!(broken(&problem, &visits), ["H11"]);
    let (problem, visits) = in_the_north_at(670);
    assert_eq!(broken(&problem, &visits), [""; 0]);
}

#[test]
fn h11_travel_has_its_time_from_and_to_the_shifts_start() {
    let (problem, visits) = in_the_north_at(480);
    assert_eq!(broken(&problem, &visits[1..]), ["H11"]);
    let (problem, visits) = in_the_north_at(900);
    assert_eq!(broken(&problem, &visits[1..]), ["H11"]);
    let (problem, visits) = in_the_north_at(890);
    assert_eq!(broken(&problem, &visits[1..]), [""; 0]);
}

#[test]
fn h11_a_way_between_given_stops_is_not_checked() {
    let (mut problem, mut visits) = in_the_north_at(665);
    visits.sort();
    problem.pins = visits.to_vec();
    assert_eq!(overridden(&problem), [""; 0]);
}

/// Relief from 8:00 to 11:20 and practical relief in the same home from then or later to 13:20.
fn around_noon(second_start: i32) -> (Problem, [Visit; 2]) {
    let mut problem = week();
    problem.policy.pause.minutes = Minutes(30);
    let practical = problem.grants.push(grant("PRACTICAL", HOME));
    problem.grants[practical].service = Service::PracticalRelief;
    let visits = [(FIRST, 480, 680), (practical, second_start, 800)]
        .map(|(grant, from, to)| Visit { grant, ..visit(minutes(MON, from, to)) });
    for visit in visits {
        problem.grants[visit.grant].weekly_minutes = visit.span.length();
    }
    (problem, visits)
}

#[test]
fn h12_a_long_shift_keeps_its_break() {
    let (problem, visits) = around_noon(705);
    assert_eq!(broken(&problem, &visits), ["H12"], "25 minutes at the most");
    let (problem, visits) = around_noon(710);
    assert_eq!(broken(&problem, &visits), [""; 0]);
}

#[test]
fn h12_is_not_asked_of_short_shifts_booked_breaks_and_days_that_have_none_anyway() {
    let (mut problem, visits) = around_noon(705);
    problem.policy.pause.shift_minutes_min = Minutes(481);
    assert_eq!(broken(&problem, &visits), [""; 0]);
    let (mut problem, visits) = around_noon(705);
    add_booking(&mut problem, span(MON, 14, 15), Task::Break);
    assert_eq!(broken(&problem, &visits), [""; 0]);
    let (mut problem, visits) = around_noon(705);
    add_booking(&mut problem, minutes(MON, 680, 800), Task::Other("meeting".to_owned()));
    assert_eq!(broken(&problem, &visits[..1]), [""; 0]);
}

#[test]
fn h12_a_break_lies_wholly_before_or_after_the_travel() {
    let break_in = |from, to| {
        let (mut problem, visits) = in_the_north_at(740);
        problem.policy.pause.minutes = Minutes(45);
        problem.policy.pause.from = Minutes(from);
        problem.policy.pause.to = Minutes(to);
        broken(&problem, &visits)
    };
    // From 11:00 at the one home to 12:20 at the other, with 8 minutes between.
    assert_eq!(break_in(660, 705), [""; 0], "before the drive");
    assert_eq!(break_in(668, 740), [""; 0], "after the drive");
    assert_eq!(break_in(688, 732), [""; 0], "the window is too short to ask for a break");
    assert_eq!(break_in(640, 704), ["H12"]);
}

#[test]
fn h11_a_carer_leaves_when_every_earlier_stop_has_ended() {
    let (mut problem, visits) = in_the_north_at(670);
    add_booking(&mut problem, minutes(MON, 480, 665), Task::Other("meeting".to_owned()));
    add_booking(&mut problem, minutes(MON, 500, 520), Task::Other("call".to_owned()));
    assert_eq!(broken(&problem, &visits[1..]), ["H11"], "the call within the meeting frees nobody");
}

#[test]
fn h12_a_drive_is_no_break() {
    let (mut problem, visits) = in_the_north_at(690);
    problem.policy.pause.minutes = Minutes(30);
    problem.policy.pause.to = Minutes(690);
    assert_eq!(broken(&problem, &visits), ["H12"], "30 minutes less 8 of driving");
    problem.policy.pause.minutes = Minutes(22);
    assert_eq!(broken(&problem, &visits), [""; 0]);
}

#[test]
fn h12_is_not_asked_where_the_pins_leave_no_break() {
    let (mut problem, visits) = around_noon(680);
    problem.pins = vec![visits[1]];
    assert_eq!(broken(&problem, &visits), [""; 0]);
    problem.pins.clear();
    assert_eq!(broken(&problem, &visits), ["H12"]);
}
