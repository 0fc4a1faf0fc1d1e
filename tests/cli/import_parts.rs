//! `pusterum import`: one table out of several files, and what it says of how files were read.

use std::fs;

use serde_json::Value;

use super::import::{foreign, read};
use super::{Desk, code, said};

const TWO_TEAMS: &str = r#"
[[table]]
name = "shifts"
file = "Vagter *.csv"
distinct = true

[[table]]
name = "shifts"
file = "Nat.csv"
[table.columns]
staff_id = "Hvem"
date = { value = "2026-11-25" }
"#;

/// The shifts of the week as three files of two kinds, one row of them in two of these.
fn teams(extra: &str) -> Desk {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/Vagter uge 48.xlsx")).expect("it was there");
    for (name, text) in [
        ("Vagter øst.csv", "Medarbejder;Dato;Mødetid;Går\nS1;23-11-2026;8;15\nS2;24-11-2026;8;15\n".to_owned()),
        ("Vagter vest.csv", format!("Medarbejder;Dato;Mødetid;Går\nS2;24-11-2026;8;15\n{extra}")),
        ("Nat.csv", "Hvem;Mødetid;Går\nS1;7;12\n".to_owned()),
    ] {
        fs::write(desk.path("udtræk").join(name), text).expect("a new file");
    }
    let mapping = read(&desk.path("udtræk/mapping.toml")) + TWO_TEAMS;
    fs::write(desk.path("udtræk/mapping.toml"), mapping).expect("it can be written");
    desk
}

#[test]
fn a_table_has_the_rows_of_all_its_files() {
    let desk = teams("S2;26-11-2026;8;12\n");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let shifts = read(&desk.path("2026-W48/shifts.csv"));
    let mut rows: Vec<&str> = shifts.lines().skip(1).collect();
    rows.sort_unstable();
    assert_eq!(
        rows,
        [
            "S1;2026-11-23;08:00;15:00",
            "S1;2026-11-25;07:00;12:00",
            "S2;2026-11-24;08:00;15:00",
            "S2;2026-11-26;08:00;12:00"
        ]
    );
    for part in ["Vagter vest.csv is read as shifts", "Vagter øst.csv is read as shifts", "Nat.csv is read as shifts"]
    {
        assert!(said(&output).contains(part), "{part}: {}", said(&output));
    }
    assert!(said(&output).contains("1 row left out, as it repeats an earlier one"), "{}", said(&output));
    let list: Value = serde_json::from_str(&read(&desk.path("2026-W48/import.json"))).expect("JSON");
    assert!(["Vagter øst.csv", "Vagter vest.csv", "Nat.csv"].iter().all(|file| list["inputs"][file].is_string()));
}

#[test]
fn what_is_wrong_is_told_with_the_file_in_which_it_stands() {
    // The second file overlaps a shift of the first, names a stranger, and a time in it cannot be read.
    let desk = teams("S1;23-11-2026;14;16\nS9;26-11-2026;8;12\nS2;27-11-2026;x;12\n");
    fs::write(desk.path("udtræk/Nat.csv"), "Hvem;Går\nS1;12\n").expect("it can be written");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    let said = said(&output);
    assert_eq!(code(&output), 2, "{said}");
    for part in [
        "Vagter vest.csv line 3, column Mødetid (start): `S1`",
        "on line 2 of the table's file no. 2",
        "Vagter vest.csv line 4, column Medarbejder (staff_id): `S9`",
        "Vagter vest.csv line 5, column Mødetid (start): `x`",
        "Nat.csv line 1, column start: the column is missing",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn two_files_that_are_named_for_one_table_are_not_both_read_unasked() {
    let desk = foreign();
    fs::write(desk.path("udtræk/Vagter.csv"), "Medarbejder;Dato;Mødetid;Går\n").expect("a new file");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("[two-sources]") && said(&output).contains("file = ["), "{}", said(&output));
}

#[test]
fn files_with_the_same_columns_are_proposed_together_and_weeks_become_a_star() {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    for name in ["Fravær øst.csv", "Fravær vest.csv"] {
        fs::write(desk.path("udtræk").join(name), "Hvem;Nr;Fra;Til;Årsag\n").expect("a new file");
    }
    let output = desk.run(&["import", "--learn", "udtræk", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let proposed = read(&desk.path("udtræk/mapping.toml"));
    assert!(proposed.contains("file = [\"Fravær vest.csv\", \"Fravær øst.csv\"]"), "{proposed}");
    assert!(proposed.contains("file = \"Vagter uge *.xlsx\""), "{proposed}");
}

#[test]
fn planning_says_how_files_were_read_and_the_summary_does_too() {
    let desk = foreign();
    fs::rename(desk.path("udtræk"), desk.path("2026-W48")).expect("it is renamed");
    let output = desk.run(&["plan", "2026-W48", "--out", "out", "--effort", "1"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("note: Medarbejderliste.csv er læst som staff: Windows-1252"), "{}", said(&output));
    let quiet = desk.run(&["plan", "2026-W48", "--out", "out", "--effort", "1", "--quiet"]);
    assert_eq!((code(&quiet), said(&quiet)), (0, String::new()));
    let answers = [
        desk.summary("out"),
        answer(&desk, &["validate", "2026-W48", "--json"]),
        answer(&desk, &["import", "2026-W48", "--out", "in/2026-W48", "--json"]),
    ];
    for answer in answers {
        let tables = answer["tables"].as_array().expect("a list");
        let staff = tables.iter().find(|table| table["table"] == "staff").expect("it was read");
        assert_eq!(staff["file"], "Medarbejderliste.csv");
        assert!(staff["dialect_en"].as_array().is_some_and(|said| said.contains(&"Windows-1252".into())), "{staff}");
    }
}

#[test]
fn what_is_wrong_with_an_import_is_there_for_programs_too() {
    let desk = foreign();
    fs::write(desk.path("udtræk/udfører.csv"), "Udfører;Kommuner\nP2;Ballerup\n").expect("it can be written");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--json"]);
    assert_eq!(code(&output), 2);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["errors"][0]["code"], "unknown-provider");
}

fn answer(desk: &Desk, arguments: &[&str]) -> Value {
    let output = desk.run(arguments);
    assert_eq!(code(&output), 0, "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}
