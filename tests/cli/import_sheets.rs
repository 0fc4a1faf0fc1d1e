//! `pusterum import`: the sheets of a workbook of which a mapping uses only some.

use std::fs;

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::import::{foreign, read};
use super::{Desk, code, said};

const CLOSING_DAYS: &str = r#"
[[table]]
name = "closing_days"
file = "Alt.xlsx"
sheet = "Helligt"
[table.columns]
municipality = { value = "Ballerup" }
"#;

const SHEETS: [(&str, &[&[&str]]); 5] = [
    ("Helligt", &[&["Dato"], &["27-11-2026"]]),
    ("Fravær", &[&["Hvem", "Nr", "Fra", "Til", "Årsag"], &["medarbejder", "S1", "24-11-2026", "24-11-2026", "syg"]]),
    ("Noter", &[&["Husk", "at ringe"]]),
    ("Bevillinger", &[&["Bevilling", "Borger"], &["G9", "C9"]]),
    ("Tomt", &[]),
];

/// The foreign week beside a workbook of which the mapping uses one sheet.
fn workbook_of_all(mapping: &str) -> Desk {
    let desk = foreign();
    let mut workbook = Workbook::new();
    for (name, rows) in SHEETS {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    workbook.save(desk.path("udtræk/Alt.xlsx")).expect("a workbook");
    let mapping = mapping.to_owned() + &read(&desk.path("udtræk/mapping.toml")) + CLOSING_DAYS;
    fs::write(desk.path("udtræk/mapping.toml"), mapping).expect("it can be written");
    desk
}

fn import(desk: &Desk) -> (String, Vec<Value>) {
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let list: Value = serde_json::from_str(&read(&desk.path("2026-W48/import.json"))).expect("JSON");
    (said(&output), list["unread_files"].as_array().expect("a list").clone())
}

#[test]
fn a_sheet_that_is_named_for_a_table_is_read_and_the_others_are_told() {
    let desk = workbook_of_all("");
    let (told, unread) = import(&desk);
    assert!(told.contains("Alt.xlsx [Fravær] er læst som absences"), "{told}");
    assert!(read(&desk.path("2026-W48/absences.csv")).contains("staff;S1;2026-11-24;2026-11-24;sick"));
    assert!(read(&desk.path("2026-W48/closing_days.csv")).contains("Ballerup;2026-11-27"));
    // The grants are mapped to another file.
    assert_eq!(unread, ["Alt.xlsx [Bevillinger]", "Alt.xlsx [Noter]"]);
    assert!(told.contains("Alt.xlsx [Noter]: er ikke læst"), "{told}");
}

#[test]
fn the_sheets_count_without_an_import_too() {
    let desk = workbook_of_all("");
    fs::rename(desk.path("udtræk"), desk.path("2026-W48")).expect("it is renamed");
    let output = desk.run(&["validate", "2026-W48"]);
    assert!(
        code(&output) == 0 && said(&output).contains("Alt.xlsx [Fravær] er læst som absences"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_mapping_can_leave_sheets_out() {
    let desk = workbook_of_all("ignore_files = [\"Alt.xlsx [Fravær]\", \"* [Noter]\"]\n");
    let (told, unread) = import(&desk);
    assert!(!told.contains("Fravær") && !told.contains("Noter"), "{told}");
    assert!(
        !desk.path("2026-W48/absences.csv").exists() || read(&desk.path("2026-W48/absences.csv")).lines().count() == 1
    );
    assert_eq!(unread, ["Alt.xlsx [Bevillinger]"]);
}

#[test]
fn a_sheet_for_a_table_that_another_file_is_named_for_is_not_read_unasked() {
    let desk = workbook_of_all("");
    fs::write(desk.path("udtræk/Fravær.csv"), "Hvem;Nr;Fra;Til;Årsag\n").expect("a new file");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48"]);
    assert!(code(&output) == 2 && said(&output).contains("[two-sources]"), "{}", said(&output));
}

#[test]
fn a_table_that_is_missing_may_be_one_of_the_sheets() {
    let desk = workbook_of_all("");
    fs::remove_file(desk.path("udtræk/udfører.csv")).expect("it was there");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48"]);
    let told = said(&output);
    assert!(code(&output) == 2 && told.contains("er den en af Alt.xlsx [Bevillinger], Alt.xlsx [Noter]"), "{told}");
}
