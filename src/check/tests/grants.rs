//! H1 to H6: what a grant, its policy, its wishes and its client allow.

use super::fixture::*;
use crate::check::GrantState;
use crate::problem::{AbsenceReason, Grant, Problem, Service, WishKind};
use crate::units::{Minutes, Span};

fn monday() -> Span {
    span(MON, 9, 11)
}

fn with_grant(change: impl FnOnce(&mut Grant)) -> Problem {
    changed(|problem| change(&mut problem.grants[FIRST]))
}

fn with_wishes(wishes: &[(WishKind, Span)]) -> Problem {
    with_grant(|grant| grant.wishes = wishes.iter().map(|(kind, span)| wish(*kind, *span)).collect())
}

fn state(problem: &Problem) -> GrantState {
    check(problem, &[]).grants[FIRST].state
}

#[test]
fn the_untouched_week_keeps_every_rule() {
    assert!(check(&week(), &[visit(monday())]).is_kept());
    assert_eq!(state(&week()), GrantState::Due);
}

#[test]
fn h1_the_date_is_one_of_the_grants() {
    let from = |day: &str| with_grant(|grant| grant.valid_from = date(day));
    assert_eq!(broken(&from("2026-11-24"), &[visit(monday())]), ["H1"]);
    assert_eq!(broken(&from("2026-11-23"), &[visit(monday())]), [""; 0]);
    let to = |day: &str| with_grant(|grant| grant.valid_to = Some(date(day)));
    assert_eq!(broken(&to("2026-11-22"), &[visit(monday())]), ["H1"]);
    assert_eq!(broken(&to("2026-11-23"), &[visit(monday())]), [""; 0]);
}

#[test]
fn h1_adults_only_where_the_policy_asks_for_it() {
    let child = |adults_only| {
        changed(|problem| {
            problem.policy.fallback.adults_only = adults_only;
            problem.clients[HOME].adult = false;
        })
    };
    assert_eq!(broken(&child(true), &[visit(monday())]), ["H1"]);
    assert_eq!(broken(&child(false), &[visit(monday())]), [""; 0]);
    assert_eq!(state(&child(true)), GrantState::NotEligible);
}

#[test]
fn h1_a_stay_was_tried_where_the_policy_asks_for_it() {
    let stay = |tried| {
        changed(|problem| {
            problem.policy.fallback.requires_stay_tried = true;
            problem.grants[FIRST].stay_tried = tried;
        })
    };
    assert_eq!(broken(&stay(Some(false)), &[visit(monday())]), ["H1"]);
    assert_eq!(broken(&stay(Some(true)), &[visit(monday())]), [""; 0]);
    assert_eq!(broken(&stay(None), &[visit(monday())]), [""; 0]);
}

#[test]
fn h1_the_date_is_in_the_week() {
    let problem = week();
    let mut rows = [row(&problem, visit(monday()))];
    rows[0].date = date("2026-11-30");
    let report = crate::check::check_roster(&problem, &rows);
    assert_eq!(report.broken.iter().map(|f| f.rule).collect::<Vec<_>>(), ["H1"]);
    assert_eq!((report.delivered_minutes, report.grants[FIRST].delivered), (Minutes(120), Minutes(0)));
}

#[test]
fn h2_the_minutes_add_up_to_the_grants_at_most() {
    let tuesday = |to| visit(span(TUE, 9, to));
    assert_eq!(broken(&week(), &[visit(span(MON, 9, 10)), tuesday(11)]), ["H2"]);
    assert_eq!(broken(&week(), &[visit(span(MON, 9, 10)), tuesday(10)]), [""; 0]);
}

#[test]
fn h2_relief_is_cut_down_to_the_standard_where_the_policy_says_so() {
    let capped = |service| {
        changed(|problem| {
            problem.policy.fallback.cap_to_standard = true;
            problem.policy.fallback.weekly_minutes_max = Minutes(60);
            problem.grants[FIRST].service = service;
        })
    };
    assert_eq!(broken(&capped(Service::Relief), &[visit(monday())]), ["H2"]);
    assert_eq!(broken(&capped(Service::PracticalRelief), &[visit(monday())]), [""; 0]);
    assert_eq!(check(&capped(Service::Relief), &[]).due_minutes, Minutes(60));
}

#[test]
fn h2_lengths_are_long_enough_and_on_the_step_or_the_whole_grant() {
    let ends = |to| [visit(minutes(MON, 540, to))];
    assert_eq!(broken(&week(), &ends(570)), ["H2"], "30 minutes");
    assert_eq!(broken(&week(), &ends(615)), ["H2"], "75 minutes");
    assert_eq!(broken(&week(), &ends(630)), [""; 0], "90 minutes");
    let whole = |of| with_grant(|grant| grant.weekly_minutes = Minutes(of));
    assert_eq!(broken(&whole(45), &ends(585)), [""; 0], "the whole grant in one go");
}

#[test]
fn h2_lengths_are_a_sub_list_of_the_split() {
    let split = with_grant(|grant| grant.split = Some(vec![Minutes(45), Minutes(75)]));
    let (short, long) = (visit(minutes(MON, 540, 585)), visit(minutes(TUE, 540, 615)));
    assert_eq!(broken(&split, &[short, long]), [""; 0]);
    assert_eq!(broken(&split, &[short, visit(minutes(TUE, 540, 585))]), ["H2"], "45 stands there once");
}

#[test]
fn h3_there_are_at_most_so_many_visits() {
    let days = [visit(span(MON, 9, 10)), visit(span(TUE, 9, 10)), visit(span(WED, 9, 10))];
    let most = |count| {
        with_grant(|grant| {
            grant.weekly_minutes = Minutes(180);
            grant.max_visits = count;
        })
    };
    assert_eq!(broken(&most(2), &days), ["H3"]);
    assert_eq!(broken(&most(3), &days), [""; 0]);
}

#[test]
fn h3_visits_are_days_apart() {
    let apart = |days| changed(|problem| problem.policy.fallback.min_days_between = days);
    let visits = [visit(span(MON, 9, 10)), visit(span(TUE, 9, 10))];
    assert_eq!(broken(&apart(2), &visits), ["H3"]);
    assert_eq!(broken(&apart(1), &visits), [""; 0]);
}

#[test]
fn h3_a_client_has_one_relief_visit_a_day() {
    let two_grants = |service| {
        changed(|problem| {
            problem.grants.push(Grant { service, ..grant("SECOND", HOME) });
        })
    };
    let second = crate::problem::Visit { grant: crate::ids::GrantId(1), ..visit(span(MON, 12, 13)) };
    let visits = [visit(span(MON, 9, 10)), second];
    assert_eq!(broken(&two_grants(Service::Relief), &visits), ["H3"]);
    assert_eq!(broken(&two_grants(Service::PracticalRelief), &visits), [""; 0]);
}

#[test]
fn h4_relief_is_given_on_open_days() {
    let visits = [visit(monday())];
    let closed = changed(|problem| problem.policy.fallback.days[0] = false);
    assert_eq!(broken(&closed, &visits), ["H4"]);
    let closing = |town: &str| {
        changed(|problem| {
            problem.closing_days.insert((town.to_owned(), date("2026-11-23")));
        })
    };
    assert_eq!(broken(&closing("Ballerup"), &visits), ["H4"]);
    assert_eq!(broken(&closing("Gentofte"), &visits), [""; 0]);
    let easter = changed(|problem| problem.week = "2026-W15".parse().expect("a week"));
    assert_eq!(broken(&easter, &visits), ["H4"], "Easter Monday 2026 is 6 April");
    assert_eq!(broken(&easter, &[visit(span(TUE, 9, 11))]), [""; 0]);
}

#[test]
fn h4_relief_is_given_in_daytime() {
    let until = |hour: i32| changed(|problem| problem.policy.fallback.day_to = Minutes(hour * 60));
    assert_eq!(broken(&until(10), &[visit(monday())]), ["H4"]);
    assert_eq!(broken(&until(11), &[visit(monday())]), [""; 0]);
}

#[test]
fn h4_urgent_relief_is_given_at_agreed_times_alone() {
    let mut urgent = with_grant(|grant| grant.service = Service::UrgentRelief);
    assert_eq!(broken(&urgent, &[visit(monday())]), ["H4"]);
    assert_eq!(state(&urgent), GrantState::AwaitingAgreement);
    urgent.policy.fallback.days = [false; 7];
    urgent.grants[FIRST].wishes = vec![wish(WishKind::Agreed, monday())];
    assert_eq!(broken(&urgent, &[visit(monday())]), [""; 0]);
}

#[test]
fn h5_agreed_windows_decide() {
    let agreed = with_wishes(&[(WishKind::Agreed, span(TUE, 9, 11)), (WishKind::Possible, monday())]);
    assert_eq!(broken(&agreed, &[visit(monday())]), ["H5"]);
    assert_eq!(broken(&agreed, &[visit(span(TUE, 9, 11))]), [""; 0]);
}

#[test]
fn h5_possible_and_preferred_windows_that_touch_are_one() {
    let windows =
        |from| with_wishes(&[(WishKind::Possible, span(MON, 9, 10)), (WishKind::Preferred, span(MON, from, 11))]);
    assert_eq!(broken(&windows(10), &[visit(monday())]), [""; 0]);
    let apart = with_wishes(&[(WishKind::Possible, span(MON, 8, 10)), (WishKind::Possible, minutes(MON, 601, 720))]);
    assert_eq!(broken(&apart, &[visit(monday())]), ["H5"]);
}

#[test]
fn h5_impossible_wins_over_agreed() {
    let windows = |from| with_wishes(&[(WishKind::Agreed, monday()), (WishKind::Impossible, span(MON, from, 16))]);
    assert_eq!(broken(&windows(10), &[visit(monday())]), ["H5"]);
    assert_eq!(broken(&windows(11), &[visit(monday())]), [""; 0]);
    assert_eq!(state(&windows(9)), GrantState::NoPossibleDay);
}

#[test]
fn h5_a_policy_can_ask_for_an_agreement() {
    let mut asked = changed(|problem| problem.policy.fallback.requires_agreement = true);
    assert_eq!(broken(&asked, &[visit(monday())]), ["H5"]);
    assert_eq!((state(&asked), state(&asked).as_str()), (GrantState::AwaitingAgreement, "awaiting_agreement"));
    asked.grants[FIRST].wishes = vec![wish(WishKind::Possible, monday())];
    assert_eq!(broken(&asked, &[visit(monday())]), ["H5"], "possible is not agreed");
    asked.grants[FIRST].wishes = vec![wish(WishKind::Agreed, monday())];
    assert_eq!(broken(&asked, &[visit(monday())]), [""; 0]);
}

#[test]
fn h6_the_client_is_at_home() {
    let away_at = |absence, reason| changed(|problem| problem.clients[HOME].absences = vec![away(absence, reason)]);
    assert_eq!(broken(&away_at(span(MON, 10, 24), AbsenceReason::Other), &[visit(monday())]), ["H6"]);
    assert_eq!(broken(&away_at(span(MON, 11, 24), AbsenceReason::Other), &[visit(monday())]), [""; 0]);
}

#[test]
fn h6_the_day_centre_does_not_stop_practical_relief() {
    let mut problem = changed(|p| p.clients[HOME].absences = vec![away(monday(), AbsenceReason::DayCentre)]);
    assert_eq!(broken(&problem, &[visit(monday())]), ["H6"]);
    problem.grants[FIRST].service = Service::PracticalRelief;
    assert_eq!(broken(&problem, &[visit(monday())]), [""; 0]);
}

#[test]
fn a_stay_that_leaves_no_window_long_enough_pauses_the_grant() {
    let stay = |reason| {
        changed(|problem| {
            problem.grants[FIRST].wishes = vec![wish(WishKind::Possible, monday())];
            problem.clients[HOME].absences = vec![away(minutes(MON, 599, 1440), reason)];
        })
    };
    assert_eq!(state(&stay(AbsenceReason::Hospital)), GrantState::Paused, "59 minutes are left");
    assert_eq!(state(&stay(AbsenceReason::Holiday)), GrantState::Due, "a holiday is no stay");
    assert_eq!(check(&stay(AbsenceReason::Hospital), &[]).due_minutes, Minutes(0));
}
