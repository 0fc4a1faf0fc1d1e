//! What is wrong with an input, told to people and to programs; civil registration numbers are never told.

use std::fs;

use serde_json::Value;

use super::{Desk, code, said};

/// A week with an id that nobody has and a column that nobody reads.
fn faulty() -> Desk {
    let desk = Desk::small();
    let shifts = fs::read_to_string(desk.week.join("shifts.csv")).expect("it is there");
    let mut lines: Vec<String> = shifts.lines().map(|line| format!("{line};")).collect();
    lines[0].push_str("note");
    lines.push("NOBODY;2026-11-23;08:00;12:00;".to_owned());
    fs::write(desk.week.join("shifts.csv"), lines.join("\n") + "\n").expect("it can be written");
    desk
}

/// The answer of a command that ends with this code and says nothing to people.
fn answer(desk: &Desk, arguments: &[&str], exit: i32) -> Value {
    let output = desk.run(arguments);
    assert_eq!(code(&output), exit, "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn every_command_gives_the_same_faults_as_json() {
    let desk = faulty();
    fs::write(desk.path("roster.csv"), "date;start;end;grant_id;client_id;provider_id;staff_id\n").expect("written");
    let of_validate = answer(&desk, &["validate", "WEEK", "--json", "--lang", "en"], 2);
    assert_eq!(keys(&of_validate), ["errors", "format", "warnings"]);
    assert_eq!(of_validate["format"], 1);
    let error = &of_validate["errors"][0];
    assert_eq!(keys(error), ["code", "column", "cure", "file", "line", "problem", "value"]);
    assert_eq!((&error["code"], &error["file"]), (&"unknown-carer".into(), &"shifts.csv".into()));
    assert_eq!((&error["column"], &error["value"]), (&"staff_id".into(), &"NOBODY".into()));
    assert_eq!(of_validate["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!(of_validate["warnings"][0]["code"], "unknown-column");
    assert_eq!(of_validate["warnings"][0]["value"], Value::Null);

    let of_check = answer(&desk, &["check", "WEEK", "roster.csv", "--json", "--lang", "en"], 2);
    assert_eq!(of_check, of_validate);
    let mut of_plan = answer(&desk, &["plan", "WEEK", "--out", "out", "--json", "--lang", "en"], 2);
    assert_eq!(of_plan["refusals"], Value::Array(Vec::new()));
    of_plan.as_object_mut().expect("an object").remove("refusals");
    assert_eq!(of_plan, of_validate);
    let danish = answer(&desk, &["validate", "WEEK", "--json"], 2);
    assert_eq!(danish["errors"][0]["problem"], "id'et står ikke i staff.csv");
}

#[test]
fn a_week_that_can_be_planned_is_counted_as_json() {
    let desk = Desk::small();
    let answer = answer(&desk, &["validate", "WEEK", "--json"], 0);
    assert_eq!(answer["week"], "2026-W48");
    assert_eq!(answer["clients"], 14);
    assert_eq!(answer["errors"], Value::Array(Vec::new()));
    let lines = |file: &str| fs::read_to_string(desk.week.join(file)).map_or(0, |text| text.lines().count() - 1);
    for (name, file) in [("grants", "grants.csv"), ("carers", "staff.csv"), ("shifts", "shifts.csv")] {
        assert_eq!(answer[name], lines(file), "{name}");
    }
}

#[test]
fn plan_answers_with_its_summary_or_with_what_is_wrong() {
    let desk = Desk::tiny();
    let planned = answer(&desk, &["plan", "WEEK", "--out", "out", "--effort", "1", "--json"], 0);
    assert_eq!(planned, desk.summary("out"));
    fs::create_dir(desk.path("mine")).expect("a folder");
    fs::write(desk.path("mine/letter.txt"), "mine").expect("it can be written");
    let refused = answer(&desk, &["plan", "WEEK", "--out", "mine", "--json", "--lang", "en"], 2);
    assert_eq!(refused["errors"], Value::Array(Vec::new()));
    assert!(refused["refusals"][0].as_str().is_some_and(|text| text.contains("letter.txt")), "{refused}");
    let week = desk.week.to_string_lossy().into_owned();
    let several = desk.run(&["plan", &week, &week, "--out", "all", "--json"]);
    assert_eq!(code(&several), 2, "{}", said(&several));
    assert!(said(&several).contains("--json"), "{}", said(&several));
}

#[test]
fn a_slip_down_a_column_is_told_once() {
    let desk = Desk::small();
    let shifts = fs::read_to_string(desk.week.join("shifts.csv")).expect("it is there");
    let rows: Vec<String> =
        shifts.lines().skip(1).map(|line| line.split_once(';').expect("cells").1.to_owned()).collect();
    let strange: String = rows.iter().map(|row| format!("Omsorg A/S;{row}\n")).collect();
    fs::write(desk.week.join("shifts.csv"), format!("staff_id;date;start;end\n{strange}")).expect("written");
    let told = said(&desk.run(&["validate", "WEEK"]));
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("[unknown-carer]")).collect();
    assert_eq!(lines.len(), 1, "{told}");
    assert!(lines[0].starts_with(&format!("fejl: {} rækker: shifts.csv linje 2, 3, 4, 5, 6 og", rows.len())), "{told}");
}

/// A number in any place stops every command, with the place and without the number.
#[test]
fn civil_registration_numbers_stop_every_command_and_are_never_told() {
    let numbers = ["010260-1234", "0102601234", "102601234", "01.02.1960-1234", "610260 1234", "010260/1234"];
    for number in numbers {
        let desk = Desk::small();
        fs::write(
            desk.week.join("wishes.csv"),
            format!("grant_id;day;from;to;wish;note\nG;mon;08:00;09:00;possible;ring {number}\n"),
        )
        .expect("it can be written");
        fs::write(desk.week.join("policy.toml"), format!("# {number}\n")).expect("it can be written");
        for command in [&["validate", "WEEK"][..], &["plan", "WEEK", "--out", "out"], &["check", "WEEK", "none.csv"]] {
            for form in ["--json", "--lang=en"] {
                let output = desk.run(&[command, &[form]].concat());
                let told = said(&output);
                assert_eq!(code(&output), 2, "{told}");
                assert!(told.contains("civil-registration-number") && told.contains("wishes.csv"), "{told}");
                assert!(!told.contains(number) && !told.contains("1234"), "{told}");
            }
        }
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn a_civil_registration_number_in_a_file_name_is_masked() {
    let desk = Desk::small();
    fs::write(desk.week.join("notat 010260-1234.docx"), "x").expect("it can be written");
    let output = desk.run(&["validate", "WEEK"]);
    let told = said(&output);
    assert_eq!(code(&output), 2, "{told}");
    assert!(told.contains("notat ••••••-••••.docx") && !told.contains("1234"), "{told}");
    fs::remove_file(desk.week.join("notat 010260-1234.docx")).expect("it was there");
    let roster = said(&desk.run(&["check", "WEEK", "010260-1234.csv"]));
    assert!(roster.contains("[civil-registration-number]") && !roster.contains("1234"), "{roster}");
}
