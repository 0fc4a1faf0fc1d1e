//! `pusterum plan`: what it writes, and input that it refuses.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Desk, code, content, names, said};

#[test]
fn a_plan_is_written_and_keeps_every_rule() {
    let desk = Desk::small();
    desk.plan("out");
    desk.assert_whole("out");
    let summary = desk.summary("out");
    assert_eq!(summary["format"], 1);
    assert_eq!(summary["week"], "2026-W48");
    assert_eq!(summary["inputs"]["grants.csv"].as_str().map(str::len), Some(64));
    let (score, bound) = (summary["score"].as_i64().expect("points"), summary["bound"].as_i64().expect("points"));
    assert_eq!(summary["gap_points"], score - bound);
    assert_eq!(summary["status"] == "optimal", score - bound < 1);
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    assert!(roster.starts_with(
        "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\nV001;2026-11-23;"
    ));
    assert_eq!(roster.matches(";pinned\n").count(), 2);
    assert_eq!(names(desk.root.path()), ["2026-W48", "out"], "nothing else is left behind");
}

#[test]
fn unmet_tells_each_grant_that_is_delivered_less_than_granted() {
    let desk = Desk::small();
    desk.plan("out");
    let summary = desk.summary("out");
    let unmet = fs::read_to_string(desk.path("out/unmet.csv")).expect("it is there");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(unmet.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let minutes: i64 = rows.iter().map(|row| row[6].parse::<i64>().expect("minutes")).sum();
    assert_eq!(summary["undelivered_minutes"], minutes);
    for row in &rows {
        assert!(!row[7].is_empty() && !row[8].is_empty() && !row[9].is_empty(), "{row:?}");
        assert!(row[2] == row[7] || &row[2] == "due", "a grant that is not due has its state for a reason: {row:?}");
    }
}

#[test]
fn the_hours_that_no_plan_can_deliver_are_told_unless_that_is_not_asked_for() {
    let desk = Desk::small();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--lang", "en"]);
    let summary = desk.summary("out");
    let minutes = |key: &str| summary[key].as_i64().expect("minutes");
    let more = minutes("undelivered_minutes") - minutes("undelivered_bound");
    assert!(more >= 0, "{summary}");
    let optimal = summary["status"] == "optimal";
    let words = match more {
        0 if optimal => "Proven: no plan is better, and none can deliver more.".to_owned(),
        0 => "No plan can deliver more.".to_owned(),
        _ => format!("No plan can deliver more than {more} minutes more."),
    };
    assert!(said(&output).contains(&words), "{words}: {}", said(&output));
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--lang", "en", "--no-hours-bound"]);
    assert!(desk.summary("out")["undelivered_bound"].is_null());
    assert!(!said(&output).contains("deliver more"), "{}", said(&output));
    assert_eq!(desk.summary("out")["score"], summary["score"]);
}

#[test]
fn the_referee_agrees() {
    let referee = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/check.py");
    if !referee.exists() {
        println!("skipped: there is no ../shared/check.py beside the project");
        return;
    }
    let desk = Desk::small();
    desk.plan("out");
    let mut python = Command::new("python3");
    let output = python.arg("-B").arg(referee).arg(&desk.week).arg(desk.path("out/roster.csv")).arg("--json").output();
    let output = output.expect("python3 runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let verdict: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let summary = desk.summary("out");
    for (term, points) in verdict["terms"].as_object().expect("terms") {
        assert_eq!(&summary["terms"][term], points, "{term}");
    }
}

#[test]
fn the_same_effort_and_seed_give_the_same_roster_on_any_number_of_threads() {
    let desk = Desk::small();
    let roster = |threads: &str| {
        let out = format!("out{threads}");
        let output = desk.run(&["plan", "WEEK", "--out", &out, "--effort", "3", "--seed", "7", "--threads", threads]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        fs::read(desk.path(&out).join("roster.csv")).expect("it is there")
    };
    let one = roster("1");
    assert_eq!(one, roster("2"));
    assert_eq!(one, roster("4"));
}

#[test]
fn every_problem_of_a_bad_week_is_listed_and_nothing_written() {
    let desk = Desk::small();
    desk.plan("out");
    let before = content(&desk.path("out"));
    fs::remove_file(desk.week.join("staff.csv")).expect("it was there");
    fs::write(desk.week.join("policy.toml"), "nonsense = 1\n").expect("it can be written");
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    let said = said(&output);
    assert!(said.contains("[missing-file]") && said.contains("[unknown-policy-key]"), "{said}");
    assert!(said.contains("2 errors"), "{said}");
    assert_eq!(content(&desk.path("out")), before, "the earlier result is untouched");
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "new"])), 2);
    assert!(!desk.path("new").exists());
}

#[test]
fn a_published_roster_is_kept_as_far_as_it_is_worth_it_and_frozen_where_asked() {
    let desk = Desk::small();
    desk.plan("out");
    let freeze = ["--published", "out/roster.csv", "--freeze-before", "2026-11-25T12:00"];
    let arguments = [&["plan", "WEEK", "--out", "again", "--effort", "1"][..], &freeze].concat();
    let output = desk.run(&arguments);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let row = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<String>>();
    let rows = |out: &str| {
        let roster = fs::read_to_string(desk.path(out).join("roster.csv")).expect("it is there");
        roster.lines().skip(1).map(row).collect::<Vec<Vec<String>>>()
    };
    let (published, planned) = (rows("out"), rows("again"));
    let early = |row: &&Vec<String>| (row[1].as_str(), row[2].as_str()) < ("2026-11-25", "12:00");
    let frozen: Vec<&Vec<String>> = published.iter().filter(early).collect();
    assert!(!frozen.is_empty());
    for row in frozen {
        assert!(planned.iter().any(|new| new[1..8] == row[1..8] && new[9] == "pinned"), "{row:?}");
    }
    assert!(desk.summary("again")["inputs"]["published"].is_string());
    let checked = desk.run(&["check", "WEEK", "again/roster.csv", "--published", "out/roster.csv", "--json"]);
    let answer: Value = serde_json::from_slice(&checked.stdout).expect("it is JSON");
    assert_eq!(answer["terms"]["changed"], desk.summary("again")["terms"]["changed"]);
    let checked = desk.run(&[&["check", "WEEK", "again/roster.csv"][..], &freeze].concat());
    assert_eq!(code(&checked), 0, "what was frozen is the planner's word: {}", said(&checked));
}

#[test]
fn what_was_typed_wrongly_is_said() {
    let desk = Desk::tiny();
    for wrong in [
        &["plan", "WEEK"][..],
        &["plan", "WEEK", "--out", "out", "--no-such-flag"],
        &["plan", "WEEK", "--out", "out", "--time-limit", "soon"],
        &["plan", "WEEK", "--out", "out", "--threads", "0"],
        &["plan", "WEEK", "--out", "out", "--freeze-before", "2026-11-25"],
        &["plan", "WEEK", "--out", "out", "--lang", "sv"],
        &["replan"],
        &[],
    ] {
        assert_eq!(code(&desk.run(wrong)), 2, "{wrong:?}");
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn quiet_says_nothing_and_both_languages_say_the_same() {
    let desk = Desk::small();
    let quiet = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--quiet"]);
    assert_eq!((code(&quiet), said(&quiet)), (0, String::new()));
    let danish = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1"]);
    let english = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--lang", "en"]);
    let (danish, english) = (String::from_utf8_lossy(&danish.stdout), String::from_utf8_lossy(&english.stdout));
    assert!(danish.contains("Uge 48: ") && danish.contains("Åbn først: "), "{danish}");
    assert!(english.contains("Week 48: ") && english.contains("Open first: "), "{english}");
}

#[test]
fn no_name_or_address_is_said_or_written() {
    let desk = Desk::small();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1"]);
    let mut all = said(&output);
    for file in ["roster.csv", "unmet.csv", "notes.csv", "summary.json"] {
        all += &fs::read_to_string(desk.path("out").join(file)).expect("it is there");
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_path(desk.week.join("clients.csv")).expect("a file");
    let header = reader.headers().expect("a header").clone();
    let personal: Vec<usize> = (0..header.len()).filter(|at| ["name", "address"].contains(&&header[*at])).collect();
    assert_eq!(personal.len(), 2);
    for row in reader.records().map(|row| row.expect("a row")) {
        for at in &personal {
            assert!(row[*at].is_empty() || !all.contains(&row[*at]), "{}", &row[*at]);
        }
    }
}
