//! `pusterum check` and `pusterum validate`.

use std::fs;

use super::{Desk, code, said};

#[test]
fn a_broken_rule_is_told_with_what_was_expected() {
    let desk = Desk::small();
    desk.plan("out");
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    let late = roster.replacen("V002;2026-11-23;", "V002;2026-11-29;", 1);
    assert_ne!(late, roster);
    fs::write(desk.path("late.csv"), late).expect("it can be written");
    let output = desk.run(&["check", "WEEK", "late.csv", "--lang", "en"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    let english = said(&output);
    assert!(english.contains("broken H10 Sun 29 Nov ") && english.contains("got"), "{english}");
    let danish = said(&desk.run(&["check", "WEEK", "late.csv"]));
    assert!(danish.contains("brudt H10 søn. 29.11. ") && danish.contains("fundet"), "{danish}");
    let with_colon = |text: &str| text.split(':').any(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    assert!(with_colon(&english) && !with_colon(&danish), "{danish}");
    let (_, answer) = desk.check_of("late.csv");
    assert!(answer["broken"][0]["who"].as_str().is_some_and(|who| who.starts_with("2026-11-29 ")), "{answer}");
}

#[test]
fn the_text_of_a_check_is_in_the_language_asked_for() {
    let desk = Desk::small();
    desk.plan("out");
    let danish = said(&desk.run(&["check", "WEEK", "out/roster.csv"]));
    let english = said(&desk.run(&["check", "WEEK", "out/roster.csv", "--lang", "en"]));
    assert!(danish.contains("0 brudte regler") && danish.contains(" point: ikke leveret "), "{danish}");
    assert!(english.contains("0 broken rules") && english.contains(" points: undelivered "), "{english}");
}

#[test]
fn an_unreadable_roster_is_bad_input() {
    let desk = Desk::small();
    assert_eq!(code(&desk.run(&["check", "WEEK", "no-such.csv"])), 2);
    fs::write(desk.path("bad.csv"), "visit_id;date\nV1;soon\n").expect("it can be written");
    let output = desk.run(&["check", "WEEK", "bad.csv", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("[missing-column]"), "{}", said(&output));
}

#[test]
fn a_week_can_be_validated_alone() {
    let desk = Desk::small();
    let good = desk.run(&["validate", "WEEK", "--lang", "en"]);
    assert_eq!(code(&good), 0);
    assert!(said(&good).contains("Week 48 can be planned: 14 clients"), "{}", said(&good));
    fs::write(desk.week.join("grants.csv"), "").expect("it can be written");
    fs::write(desk.week.join("shifts.csv"), [0xff, 0xfe, 0x00, 0x80]).expect("it can be written");
    let bad = desk.run(&["validate", "WEEK"]);
    assert_eq!(code(&bad), 2);
    let said = said(&bad);
    assert!(said.contains("[empty-file]") && said.contains("shifts.csv"), "{said}");
}
