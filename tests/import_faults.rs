//! Faults of reading that no small week can show: files beyond all bounds, and what `import` asks besides a week.

mod common;

use std::fs::{self, File};

use common::Week;
use pusterum::diagnostic::{Diagnostic, codes};
use pusterum::import::{Previous, Reading, carry_over, import_week, learn};
use pusterum::language::Language;

const SHIFTS: &str = "staff_id;date;start;end\n";

fn codes_of(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_file_of_two_gigabytes_is_not_read() {
    let week = Week::base();
    File::create(week.folder.join("shifts.csv")).and_then(|file| file.set_len(2 << 30)).expect("a sparse file");
    assert_eq!(codes_of(&week.load().expect_err("too large")), [codes::FILE_TOO_LARGE]);
}

#[test]
fn rows_without_end_are_refused() {
    let line = format!("{SHIFTS}S1;{};08:00;15:00\n", "x".repeat(2 << 20));
    let quoted = format!("{SHIFTS}S1;\"{}\n", "2026-11-23;08:00;15:00\n".repeat(60_000));
    let wide = format!("{}\n", "staff_id;".repeat(2_000));
    for text in [line, quoted, wide] {
        let found = Week::base().with("shifts.csv", &text).load().expect_err("too long");
        assert_eq!(codes_of(&found), [codes::ROW_TOO_LONG]);
    }
}

#[test]
fn nobody_is_told_of_a_hundred_thousand_faults() {
    let text = SHIFTS.to_owned() + &"S1;soon;08:00;15:00\n".repeat(100_000);
    let found = Week::base().with("shifts.csv", &text).load().expect_err("all at fault");
    assert!(found.len() < 11_000, "{}", found.len());
    assert!(codes_of(&found).contains(&codes::TOO_MANY_FAULTS));
}

#[test]
fn there_is_nothing_to_learn_of_an_empty_folder() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let found = learn(place.path(), None, Language::Danish).expect_err("nothing there");
    assert_eq!(codes_of(&found), [codes::NOTHING_TO_LEARN]);
}

#[test]
fn the_week_before_has_to_be_before_and_to_have_had_the_visits_that_were_cancelled() {
    let week = Week::base();
    let beside = |name: &str, text: &str| {
        let path = week.folder.with_file_name(name);
        fs::write(&path, text).expect("it can be written");
        path
    };
    let roster = "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n\
                  V1;2026-11-23;10:00;11:00;G1;C1;P1;S1;relief;planned\n";
    let previous = Previous {
        week: week.folder.clone(),
        roster: beside("roster.csv", roster),
        cancelled: Some(beside(
            "cancelled.csv",
            "visit_id;date;client_id\nV9;;\n;23-11-2026;C1\n;23-11-2026;C9\n;;C1\n",
        )),
    };
    let mut imported = import_week(Reading::week_folder(&week.folder)).expect("a week");
    let found = carry_over(&mut imported.tables, &previous, None).expect_err("four faults");
    let unknown = codes::UNKNOWN_CANCELLED_VISIT;
    assert_eq!(codes_of(&found), [codes::PREVIOUS_WEEK_NOT_BEFORE, unknown, unknown, unknown]);
    let told: Vec<_> = found[1..]
        .iter()
        .map(|fault| (fault.column.as_deref().unwrap_or_default(), fault.value.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(told, [("visit_id", "V9"), ("client_id", "C9"), ("date", "")]);
    assert!(imported.tables.history.is_empty());
}
