//! `pusterum plan --certificate` and `pusterum verify`.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Desk, code, names, said};

const PLAN: [&str; 9] =
    ["plan", "WEEK", "--out", "out", "--effort", "1", "--certificate", "week.certificate", "--lang=en"];
const VERIFY: [&str; 5] = ["verify", "WEEK", "out/roster.csv", "week.certificate", "--lang=en"];

impl Desk {
    fn certified(self) -> Desk {
        let output = self.run(&PLAN);
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert!(said(&output).contains("Certificate: week.certificate proves "), "{}", said(&output));
        self
    }

    fn certificate(&self) -> String {
        fs::read_to_string(self.path("week.certificate")).expect("it is there")
    }

    /// Puts another text in the certificate's place, with the fingerprint that belongs to it.
    fn forge(&self, text: &str) {
        let body = &text[..text.find("{\"sha256\"").expect("the last line")];
        let sum: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write(self.path("week.certificate"), format!("{body}{{\"sha256\":\"{sum}\"}}\n")).expect("written");
    }

    fn verified(&self) -> (i32, Value) {
        let output = self.run(&[&VERIFY[..], &["--json"]].concat());
        (code(&output), serde_json::from_slice(&output.stdout).expect("it is JSON"))
    }
}

#[test]
fn a_certificate_is_written_and_proven_again() {
    let desk = Desk::small().certified();
    assert_eq!(names(desk.root.path()), ["2026-W48", "out", "week.certificate"], "nothing else is left behind");
    let (exit, answer) = desk.verified();
    assert_eq!(exit, 0, "{answer}");
    let summary = desk.summary("out");
    assert_eq!((&answer["score"], &answer["proven"]), (&summary["score"], &Value::Bool(true)));
    let (bound, score) = (answer["proven_bound"].as_i64().expect("points"), answer["score"].as_i64().expect("points"));
    assert!(bound <= summary["bound"].as_i64().expect("points"));
    assert_eq!(
        (&answer["claimed_bound"], answer["gap_points"].as_i64()),
        (&answer["proven_bound"], Some(score - bound))
    );
    assert_eq!(answer["optimal"], bound == score);
    let output = desk.run(&VERIFY);
    assert!(said(&output).contains("Proven: no plan has fewer than "), "{}", said(&output));
}

#[test]
fn a_raised_claim_is_not_proven() {
    let desk = Desk::small().certified();
    let text = desk.certificate();
    let bound = desk.verified().1["claimed_bound"].as_i64().expect("points");
    desk.forge(&text.replacen(&format!("\"bound\":{bound}"), &format!("\"bound\":{}", bound + 1), 1));
    let (exit, answer) = desk.verified();
    assert_eq!((exit, &answer["proven"]), (1, &Value::Bool(false)), "{answer}");
    assert_eq!((answer["claimed_bound"].as_i64(), answer["proven_bound"].as_i64()), (Some(bound + 1), Some(bound)));
    assert!(said(&desk.run(&VERIFY)).contains("Not proven: the certificate claims "));
}

#[test]
fn a_refused_proof_is_told_with_the_claim() {
    let desk = Desk::small().certified();
    let text = desk.certificate();
    let doubled: String = text.lines().flat_map(|line| [line, "\n"]).collect();
    let group = text.find("{\"group\"").expect("a group");
    let sha = text.find("{\"sha256\"").expect("the last line");
    desk.forge(&format!("{}{}{}", &doubled[..sha], &text[group..sha], &text[sha..]));
    let (exit, answer) = desk.verified();
    assert_eq!((exit, &answer["proven"], &answer["proven_bound"]), (1, &Value::Bool(false), &Value::Null), "{answer}");
    assert!(answer["refused"].as_str().expect("a text").contains("twice"), "{answer}");
}

#[test]
fn a_roster_that_breaks_a_rule_is_no_plan() {
    let desk = Desk::small().certified();
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    let late = roster.replacen("V002;2026-11-23;", "V002;2026-11-29;", 1);
    fs::write(desk.path("out/roster.csv"), late).expect("it can be written");
    let (exit, answer) = desk.verified();
    assert_eq!((exit, &answer["kept"], &answer["optimal"]), (1, &Value::Bool(false), &Value::Bool(false)), "{answer}");
}

#[test]
fn an_edited_certificate_and_that_of_another_week_are_bad_input() {
    let desk = Desk::small().certified();
    let text = desk.certificate();
    fs::write(desk.path("week.certificate"), text.replacen("-", "", 1)).expect("it can be written");
    let output = desk.run(&VERIFY);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("[certificate-edited]"), "{}", said(&output));
    fs::write(desk.path("week.certificate"), &text).expect("it can be written");
    let history = "client_id;staff_id;date\n";
    fs::write(desk.week.join("history.csv"), history).expect("it can be written");
    let output = desk.run(&VERIFY);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("`history.csv`") && said(&output).contains("[certificate-of-another-week]"));
    assert_eq!(code(&desk.run(&["verify", "WEEK", "out/roster.csv", "no-such-file"])), 2);
}

/// A replanning is proven with the roster and moment that it was planned with, and refused without.
#[test]
fn the_certificate_of_a_replanning_asks_for_its_published_roster() {
    let desk = Desk::small();
    desk.plan("first");
    let again = ["--published", "first/roster.csv", "--freeze-before", "2026-11-25T12:00"];
    assert_eq!(code(&desk.run(&[&PLAN[..], &again].concat())), 0);
    let output = desk.run(&[&VERIFY[..], &again].concat());
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(code(&desk.run(&VERIFY)), 2);
    let output = desk.run(&[&VERIFY[..], &again[..2]].concat());
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("--freeze-before 2026-11-25T12:00"), "{}", said(&output));
}

#[test]
fn a_place_that_cannot_take_a_certificate_is_refused_before_planning() {
    let desk = Desk::small();
    fs::write(desk.path("notes.txt"), "mine\n").expect("it can be written");
    fs::create_dir(desk.path("folder")).expect("it can be made");
    for place in ["notes.txt", "folder", "2026-W48/week.certificate", "2026-W48/grants.csv", "no/such/folder/c"] {
        let output = desk.run(&["plan", "WEEK", "--out", "out", "--certificate", place, "--lang=en"]);
        assert_eq!(code(&output), 2, "{place}: {}", said(&output));
        assert!(said(&output).contains(&format!("--certificate {place}: ")), "{}", said(&output));
        assert!(said(&output).contains("Nothing has been planned or written."), "{}", said(&output));
    }
    assert_eq!(fs::read_to_string(desk.path("notes.txt")).expect("it is there"), "mine\n");
    assert_eq!(names(desk.root.path()), ["2026-W48", "folder", "notes.txt"]);
    assert_eq!(names(&desk.path("folder")), Vec::<String>::new());
}

#[test]
fn an_earlier_certificate_is_replaced() {
    let desk = Desk::small().certified();
    let text = desk.certificate();
    fs::write(desk.path("week.certificate"), &text[..40]).expect("it can be written");
    let desk = desk.certified();
    assert_eq!(desk.certificate(), text, "the same effort gives the same certificate");
}

/// Before anything is proven there is nothing to write, and the plan is written all the same.
#[cfg(unix)]
#[test]
fn a_search_that_has_proven_nothing_writes_no_certificate() {
    let desk = Desk::large();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--time-limit", "0", "--certificate", "c", "--lang=en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("There is no certificate"), "{}", said(&output));
    assert_eq!(names(desk.root.path()), ["2026-W48", "out"]);
}
