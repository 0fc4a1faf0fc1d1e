//! Questions about a roster: what they write and print, and input that they refuse.

use std::fs;

use pusterum::diagnostic::codes;
use serde_json::Value;

use super::{Desk, code, content, names, said};

/// A planned week with a roster in `out`.
fn planned() -> Desk {
    let desk = Desk::small();
    desk.plan("out");
    desk
}

fn json(desk: &Desk, file: &str) -> Value {
    serde_json::from_slice(&fs::read(desk.path(file)).expect("it is there")).expect("it is JSON")
}

/// Runs a command that must be refused and leave nothing.
fn assert_refused(desk: &Desk, arguments: &[&str], words: &str) {
    let before = content(desk.root.path());
    let output = desk.run(&[arguments, &["--lang", "en"]].concat());
    assert_eq!(code(&output), 2, "{arguments:?}: {}", said(&output));
    assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
    assert!(content(desk.root.path()) == before, "{arguments:?} has written something");
}

fn first_grant(desk: &Desk) -> String {
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    roster.lines().nth(1).and_then(|row| row.split(';').nth(4)).expect("a grant").to_owned()
}

#[test]
fn every_missing_minute_is_explained() {
    let desk = planned();
    let output = desk.run(&["explain", "WEEK", "out/roster.csv", "--out", "why", "--effort", "5", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(names(&desk.path("why")), ["explain.json", "explain.txt", "summary.json", "unmet.csv"]);
    let (summary, explained) = (desk.summary("out"), json(&desk, "why/explain.json"));
    let mut minutes = 0;
    for grant in explained["grants"].as_array().expect("a list") {
        let parts = grant["verdicts"].as_array().expect("a list");
        let own: i64 = parts.iter().map(|part| part["minutes"].as_i64().expect("minutes")).sum();
        assert_eq!(grant["unmet_minutes"].as_i64(), Some(own), "{grant}");
        assert!(parts.iter().all(|part| part["verdict"] != "not_proven"), "{grant}");
        let text = grant["text_da"].as_str().unwrap_or_default();
        assert!(text.contains("mangler") || text.contains("leveres ikke"), "{grant}");
        minutes += own;
    }
    assert_eq!(summary["undelivered_minutes"], minutes);
    assert_eq!(json(&desk, "why/summary.json")["inputs"]["roster"].as_str().map(str::len), Some(64));
    let unmet = fs::read_to_string(desk.path("why/unmet.csv")).expect("it is there");
    assert!(unmet.lines().next().is_some_and(|head| head.contains(";verdict;impossible_alone_minutes;")), "{unmet}");
}

#[test]
fn a_plan_can_be_explained_at_once() {
    let desk = Desk::small();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--explain", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    desk.assert_whole("out");
    assert!(desk.summary("out")["files"].as_array().expect("a list").contains(&Value::from("explain.json")));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_path(desk.path("out/unmet.csv")).expect("it is there");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    let kinds = ["impossible_alone", "impossible_together", "traded_off", "at_no_cost", "not_proven"];
    for row in reader.records().map(|row| row.expect("a row")) {
        let minutes = |kind: &str| row[at(&format!("{kind}_minutes"))].parse::<i64>().unwrap_or(0);
        let sum: i64 = kinds.iter().map(|kind| minutes(kind)).sum();
        assert_eq!(row[at("unmet_minutes")].parse(), Ok(sum), "{row:?}");
    }
}

#[test]
fn an_answer_takes_the_place_of_an_earlier_answer_but_not_of_a_plan() {
    let desk = planned();
    for _ in 0..2 {
        let output = desk.run(&["explain", "WEEK", "out/roster.csv", "--out", "why", "--effort", "1"]);
        assert_eq!(code(&output), 0, "{}", said(&output));
    }
    assert_refused(&desk, &["explain", "WEEK", "out/roster.csv", "--out", "out"], "roster.csv");
    assert_refused(&desk, &["stress", "WEEK", "out/roster.csv", "--out", "2026-W48/x"], "in the folder of the week");
}

#[test]
fn what_is_not_of_the_week_is_refused() {
    let desk = planned();
    assert_refused(
        &desk,
        &["slots", "WEEK", "--roster", "out/roster.csv", "--grant", "G-NO"],
        "`G-NO` – the week has no grant of that id",
    );
    assert_refused(&desk, &["why", "WEEK", "out/roster.csv", "--visit", "V999"], codes::UNKNOWN_VISIT);
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    fs::write(desk.path("other.csv"), roster.replace(";2026-11-", ";2026-10-")).expect("it can be written");
    for command in ["explain", "stress", "value"] {
        assert_refused(&desk, &[command, "WEEK", "other.csv", "--out", "x"], codes::ROSTER_OF_ANOTHER_WEEK);
    }
    assert_refused(&desk, &["diff", "WEEK", "out/roster.csv", "other.csv"], codes::ROSTER_OF_ANOTHER_WEEK);
    assert_refused(&desk, &["diff", "WEEK", "other.csv", "out/roster.csv"], codes::ROSTER_OF_ANOTHER_WEEK);
    assert_refused(&desk, &["explain", "WEEK", "none.csv", "--out", "x"], "there is no such file");
    assert_refused(&desk, &["what-if", "WEEK", "none.toml", "--out", "x"], "the file cannot be read; it is not there");
    let twice: String = roster.lines().chain(roster.lines().nth(1)).flat_map(|line| [line, "\n"]).collect();
    fs::write(desk.path("other.csv"), twice).expect("it can be written");
    assert_refused(&desk, &["explain", "WEEK", "other.csv", "--out", "x"], codes::ROSTER_BREAKS_RULES);
}

#[test]
fn places_and_reasons_are_told_in_both_languages_and_as_json() {
    let desk = planned();
    let grant = first_grant(&desk);
    let moved = ["slots", "WEEK", "--roster", "out/roster.csv", "--visit", "V001"];
    let output = desk.run(&[&moved[..], &["--json"]].concat());
    assert_eq!(code(&output), 0, "{}", said(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert!(answer["without_moving"].is_array() && answer["with_moves"].is_array(), "{answer}");
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    let own: Vec<&str> = roster.lines().find(|row| row.starts_with("V001;")).expect("it is there").split(';').collect();
    let places = answer["without_moving"].as_array().into_iter().chain(answer["with_moves"].as_array()).flatten();
    for place in places {
        let stays = place["date"] == own[1] && place["start"] == own[2] && place["staff_id"] == own[7];
        assert!(!stays, "that is where it lies now: {place}");
    }
    let output = desk.run(&moved);
    assert!(said(&output).contains("Uden at nogen anden flyttes"), "{}", said(&output));
    let output = desk.run(&["slots", "WEEK", "--roster", "out/roster.csv", "--grant", &grant]);
    assert!(said(&output).contains("der mangler intet"), "{}", said(&output));
    let output = desk.run(&["why", "WEEK", "out/roster.csv", "--visit", "V002", "--effort", "1", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("all other visits stay"), "{}", said(&output));
    let output = desk.run(&["why", "WEEK", "out/roster.csv", "--visit", "V002", "--effort", "1", "--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert!(answer["alternatives"].is_array(), "{answer}");
}

#[test]
fn names_are_told_only_where_they_are_asked_for() {
    let desk = planned();
    let clients = fs::read_to_string(desk.week.join("clients.csv")).expect("it is there");
    let ask = ["why", "WEEK", "out/roster.csv", "--visit", "V001", "--effort", "1"];
    let plain = said(&desk.run(&ask));
    assert!(plain.starts_with("Borger ") && plain.contains(" med medarbejder "), "it is said who is who: {plain}");
    let with_names = said(&desk.run(&[&ask[..], &["--names"]].concat()));
    let column = clients.lines().next().and_then(|head| head.split(';').position(|name| name == "name"));
    let name_of = |line: &str| column.and_then(|at| line.split(';').nth(at)).unwrap_or_default().to_owned();
    let names: Vec<String> = clients.lines().skip(1).map(name_of).filter(|name| !name.is_empty()).collect();
    assert!(names.iter().all(|name| !plain.contains(name.as_str())), "{plain}");
    assert!(!names.is_empty(), "the made-up week has names: {clients}");
    assert!(names.iter().any(|name| with_names.contains(name.as_str())), "{with_names}");
}

#[test]
fn a_family_hears_why_its_visit_moves_and_nothing_of_others() {
    let desk = planned();
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    let row: Vec<String> = roster.lines().nth(4).expect("a visit").split(';').map(str::to_owned).collect();
    let (date, client, carer) = (&row[1], &row[5], &row[7]);
    let absences = desk.week.join("absences.csv");
    let before = fs::read_to_string(&absences).unwrap_or_else(|_| "subject;id;from;to;reason\n".to_owned());
    fs::write(&absences, format!("{before}staff;{carer};{date};{date};sick\n")).expect("it can be written");
    let again = ["--published", "out/roster.csv", "--effort", "1", "--quiet"];
    let output = desk.run(&[&["plan", "WEEK", "--out", "again"], &again[..]].concat());
    assert_eq!(code(&output), 0, "{}", said(&output));
    let output = desk.run(&["diff", "WEEK", "out/roster.csv", "again/roster.csv", "--json"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let families: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let family = families.as_array().expect("a list").iter().find(|family| family["client_id"] == **client);
    let family = family.unwrap_or_else(|| panic!("{client} is told: {families}"));
    assert_eq!(family["grants"][0]["causes"][0], "carer_away", "{family}");
    let text = family["grants"][0]["text_da"].as_str().expect("a text");
    assert!(text.contains(&format!("fordi medarbejder {carer} er fraværende")), "{text}");
    for other in families.as_array().expect("a list").iter().filter(|other| other["client_id"] != **client) {
        let id = other["client_id"].as_str().expect("an id");
        assert!(!text.contains(id), "{text}");
    }
}

const SCENARIOS: &str = "[[scenario]]\nname = \"Dearer new carers\"\n[scenario.policy.weights]\nnew_carer = 60\n\n\
                         [[scenario]]\nname = \"No new carers' price\"\n[scenario.policy.weights]\nnew_carer = 0\n";

#[test]
fn scenarios_are_compared_in_a_table_and_a_chart() {
    let desk = planned();
    fs::write(desk.path("scenarios.toml"), SCENARIOS).expect("it can be written");
    let output = desk.run(&["what-if", "WEEK", "scenarios.toml", "--out", "compared", "--effort", "1", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let expected = ["summary.json", "what-if.csv", "what-if.json", "what-if.png", "what-if.svg", "what-if.txt"];
    assert_eq!(names(&desk.path("compared")), expected);
    let rows = json(&desk, "compared/what-if.json");
    let prices: Vec<i64> =
        rows.as_array().expect("a list").iter().map(|row| row["price_points"].as_i64().expect("points")).collect();
    assert_eq!(prices[0], 0, "the week as it is comes first");
    assert!(prices[1] >= 0 && prices[2] <= 0, "{prices:?}");
}

#[test]
fn scenarios_that_cannot_be_are_refused_all_at_once() {
    let desk = planned();
    let ask = ["what-if", "WEEK", "scenarios.toml", "--out", "compared"];
    let with = |text: &str| fs::write(desk.path("scenarios.toml"), text).expect("it can be written");
    with(
        "[[scenario]]\nname = \"a\"\nremove_staff = [\"NOBODY\"]\n\n[[scenario]]\nname = \"a\"\n[[scenario.shift]]\nstaff_id = \"X\"\ndate = \"2026-12-24\"\nstart = \"8\"\nend = \"12:00\"\n",
    );
    for words in ["line 1: `NOBODY`", "line 5: `2026-12-24`", "line 5: `8`", "two scenarios have the same name"] {
        assert_refused(&desk, &ask, words);
    }
    let carer = fs::read_to_string(desk.week.join("staff.csv")).expect("it is there");
    let carer = carer.lines().nth(1).and_then(|row| row.split(';').next()).expect("a carer").to_owned();
    with(&format!(
        "[[scenario]]\nname = \"a\"\nremove_staff = [\"{carer}\"]\n[[scenario.absence]]\nstaff_id = \"{carer}\"\nfrom = \"2026-11-23\"\n"
    ));
    assert_refused(&desk, &ask, "is removed and given something new at once");
    with(
        "[[scenario]]\nname = \"only a name\"\n\n[[scenario]]\nname = \"another week\"\n[[scenario.absence]]\nstaff_id = \"NOBODY\"\nfrom = \"2026-11-24\"\n",
    );
    for words in ["line 1: `only a name` – the scenario changes nothing in the week", "line 4, key id: `NOBODY`"] {
        assert_refused(&desk, &ask, words);
    }
    with(&format!(
        "[[scenario]]\nname = \"another week\"\n[[scenario.absence]]\nstaff_id = \"{carer}\"\nfrom = \"2026-12-24\"\n"
    ));
    assert_refused(&desk, &ask, "line 1: `2026-12-24` – scenario “another week”: the date lies outside the week");
    with("[[scenario]]\nname = \"a\"\nshifts = 3\n");
    assert_refused(&desk, &ask, codes::BAD_SCENARIO);
    with("[[scenario]]\nname = \"010203-0000\"\n");
    assert_refused(&desk, &ask, "[civil-registration-number]");
    with("");
    assert_refused(&desk, &ask, "there are no scenarios");
}

#[test]
fn absences_and_hours_are_valued_by_planning_again() {
    let desk = planned();
    let output = desk.run(&["stress", "WEEK", "out/roster.csv", "--out", "stress", "--effort", "1", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let rows = json(&desk, "stress/stress.json");
    let gained: Vec<i64> = rows
        .as_array()
        .expect("a list")
        .iter()
        .skip(1)
        .map(|row| row["gained_minutes"].as_i64().expect("minutes"))
        .collect();
    assert_eq!(rows[0]["kind"], "week", "what the others are compared with comes first");
    assert!(!gained.is_empty() && gained.is_sorted(), "the costliest come first: {gained:?}");
    let output = desk.run(&["value", "WEEK", "out/roster.csv", "--out", "value", "--effort", "1", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let rows = json(&desk, "value/value.json");
    for row in rows.as_array().expect("a list") {
        assert!(
            row["price_points"].as_i64().is_some_and(|points| points <= 0),
            "more time or fewer rules cost nothing: {row}"
        );
    }
}
