//! What was typed and is no command: told in the language asked for, with exit code 2 and nothing written.

use super::{Desk, code};

fn complaint(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    assert_eq!(code(&output), 2, "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("it is UTF-8")
}

#[test]
fn a_slip_is_told_in_danish_unless_english_is_asked_for() {
    let desk = Desk::tiny();
    let slip = ["plan", "WEEK", "--out", "out", "--time-limt", "5"];
    let danish = complaint(&desk, &slip);
    assert!(danish.starts_with("fejl: '--time-limt' findes ikke.\nMente du '--time-limit'?\n\nBrug: pusterum plan"));
    let english = complaint(&desk, &[&slip[..], &["--lang", "en"]].concat());
    assert!(english.starts_with("error: unexpected argument '--time-limt' found"), "{english}");
    assert!(!desk.path("out").exists());
}

#[test]
fn a_civil_registration_number_is_not_repeated() {
    let desk = Desk::tiny();
    for language in ["da", "en"] {
        let told = complaint(&desk, &["plan", "WEEK", "--out", "out", "--seed", "010190-1234", "--lang", language]);
        assert!(told.contains("--seed") && !told.contains("010190"), "{told}");
    }
}

#[test]
fn help_is_no_slip() {
    let desk = Desk::tiny();
    let output = desk.run(&["plan", "--help"]);
    assert_eq!(code(&output), 0);
    assert!(output.stderr.is_empty() && !output.stdout.is_empty());
}
