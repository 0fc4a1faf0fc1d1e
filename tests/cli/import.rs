//! `pusterum import`: foreign files in, a canonical week out; a proposal for files that nobody has described.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use super::{Desk, code, content, names, said};

/// Files as a care-record system and a spreadsheet might give them: the week of two clients and two carers.
const FOREIGN: [(&str, &str); 3] = [
    (
        "Medarbejderliste.csv",
        "Udtræk af personale;;;;;;\n\nNr.;Stilling;Oplært;Kører i;Lat;Long;Telefon\n\
         S1;SSA;ja;Bil;55,7333;12,3566;+45 11 22 33 44\nS2;Sygepl.;x;cykel;55,7333;12,3566;\n",
    ),
    (
        "bevillinger.csv",
        "Bevilling,Borger,Kommune,Bredde,Længde,Ydelse,Timer,Maks besøg,Gyldig fra,Gyldig til,Bevilget,Behov\n\
         G1,C1,Ballerup,\"55,734\",\"12,361\",Afløsning,2,2,01-01-2026,,01-09-2025,høj\n\
         G2,C2,Ballerup,\"55,732\",\"12,351\",Afløsning,\"1,5\",1,01-01-2026,31-12-2026,01-03-2026,Lav\n\
         G3,C2,Ballerup,\"55,732\",\"12,351\",Tøjvask,\"0,5\",1,01-01-2026,31-12-2026,01-03-2026,Lav\n",
    ),
    ("udfører.csv", "Udfører;Kommuner\nP1;Ballerup, Køge\n"),
];

const MAPPING: &str = r#"
[[table]]
name = "staff"
file = "Medarbejderliste.csv"
header_line = 3
ignore = ["Telefon"]
[table.columns]
staff_id = "Nr."
provider_id = { value = "P1" }
qualification = { column = "Stilling", values = { "Sygepl." = "nurse" } }
transport = "Kører i"
start_lat = "Lat"
start_lon = "Long"

[[table]]
name = "grants"
file = "bevillinger.csv"
only = { "Ydelse" = ["Afløsning"] }
[table.columns]
weekly_minutes = { column = "Timer", unit = "hours" }

[[table]]
name = "clients"
file = "bevillinger.csv"
distinct = true
[table.columns]
lat = "Bredde"
lon = "Længde"
"#;

/// A folder of foreign files beside room for weeks.
pub fn foreign() -> Desk {
    let desk = Desk::tiny();
    let folder = desk.path("udtræk");
    fs::create_dir(&folder).expect("a new folder");
    for (name, text) in FOREIGN {
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        fs::write(folder.join(name), bytes).expect("a new file");
    }
    shifts_workbook(&folder.join("Vagter uge 48.xlsx"));
    fs::write(folder.join("mapping.toml"), MAPPING).expect("a new file");
    desk
}

/// Shifts with dates and times as Excel stores them, one of them without its format.
fn shifts_workbook(path: &Path) {
    let mut workbook = Workbook::new();
    let (date, time) = (Format::new().set_num_format("dd-mm-yyyy"), Format::new().set_num_format("hh:mm"));
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Medarbejder", "Dato", "Mødetid", "Går"]) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for (row, (id, day)) in (1..).zip([("S1", 23), ("S2", 24)]) {
        sheet.write_string(row, 0, id).expect("a cell");
        let day = ExcelDateTime::from_ymd(2026, 11, day).expect("a day");
        sheet.write_datetime_with_format(row, 1, &day, &date).expect("a cell");
        let start = ExcelDateTime::from_hms(8, 0, 0).expect("a time");
        sheet.write_datetime_with_format(row, 2, &start, &time).expect("a cell");
        sheet.write_number(row, 3, 15.0 / 24.0).expect("a cell");
    }
    workbook.save(path).expect("a workbook");
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is there")
}

#[test]
fn foreign_files_become_a_canonical_week() {
    let desk = foreign();
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let out = desk.path("2026-W48");
    assert_eq!(
        read(&out.join("staff.csv")),
        "staff_id;name;provider_id;qualification;relief_trained;relief_minutes_max;transport;start_lat;start_lon\n\
         S1;;P1;assistant;yes;;car;55.7333;12.3566\nS2;;P1;nurse;yes;;bike;55.7333;12.3566\n"
    );
    assert_eq!(
        read(&out.join("shifts.csv")),
        "staff_id;date;start;end\nS1;2026-11-23;08:00;15:00\nS2;2026-11-24;08:00;15:00\n"
    );
    assert_eq!(
        read(&out.join("grants.csv")),
        "grant_id;client_id;service;weekly_minutes;max_visits;split;valid_from;valid_to;granted_on;need;stay_tried;legal_basis\n\
         G1;C1;relief;120;2;;2026-01-01;;2025-09-01;high;;\nG2;C2;relief;90;1;;2026-01-01;2026-12-31;2026-03-01;low;;\n"
    );
    assert!(read(&out.join("clients.csv")).contains("C2;Ballerup;55.732;12.351;"));
    assert_eq!(read(&out.join("clients.csv")).lines().count(), 3);
    assert_eq!(code(&desk.run(&["validate", "2026-W48"])), 0);
}

#[test]
fn the_account_says_what_came_from_where_and_what_was_left_out() {
    let desk = foreign();
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    let said = said(&output);
    for part in [
        "Medarbejderliste.csv is read as staff: Windows-1252",
        "Vagter uge 48.xlsx [Sheet1] is read as shifts",
        "provider_id is `P1` in every row",
        "1 row left out, as mapping.toml says",
        "1 row left out, as it repeats an earlier one",
        "dates like 01-01-2026 (day-month-year)",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let list: Value = serde_json::from_str(&read(&desk.path("2026-W48/import.json"))).expect("JSON");
    let files: Vec<&str> = list["files"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(files, names(&desk.path("2026-W48")));
    assert!(list["inputs"]["Vagter uge 48.xlsx"].is_string());
    assert!(!said.contains("11 22 33 44"));
    // One file feeds grants and clients: what one of them reads is no stranger to the other.
    assert!(!said.contains("[unknown-column]") && !said.contains("not read, as no table has them"), "{said}");
}

#[test]
fn an_import_takes_the_place_of_an_earlier_one_and_of_nothing_else() {
    let desk = foreign();
    assert_eq!(code(&desk.run(&["import", "udtræk", "--out", "2026-W48"])), 0);
    fs::write(desk.path("2026-W48/policy.toml"), "familiar_days = 30\n").expect("it can be written");
    let first = read(&desk.path("2026-W48/shifts.csv"));
    assert_eq!(code(&desk.run(&["import", "udtræk", "--out", "2026-W48"])), 0);
    assert_eq!(read(&desk.path("2026-W48/shifts.csv")), first);
    assert_eq!(read(&desk.path("2026-W48/policy.toml")), "familiar_days = 30\n");
    let before = content(&desk.path("2026-W48"));
    fs::write(desk.path("udtræk/udfører.csv"), "Udfører;Kommuner\nP2;Ballerup\n").expect("it can be written");
    let failed = desk.run(&["import", "udtræk", "--out", "2026-W48"]);
    assert_eq!(code(&failed), 2);
    assert!(said(&failed).contains("[unknown-provider]") && said(&failed).contains("Medarbejderliste.csv"));
    assert_eq!(content(&desk.path("2026-W48")), before);
    fs::create_dir(desk.path("2026-W49")).and_then(|()| fs::write(desk.path("2026-W49/x"), "")).expect("a new folder");
    let refused = desk.run(&["import", "udtræk", "--out", "2026-W49", "--lang", "en"]);
    assert!(code(&refused) == 2 && said(&refused).contains("other files (x)"), "{}", said(&refused));
    assert_eq!(code(&desk.run(&["import", "udtræk", "--out", "soon"])), 2);
}

#[test]
fn the_files_can_be_planned_without_an_import() {
    let desk = foreign();
    fs::rename(desk.path("udtræk"), desk.path("2026-W48")).expect("it is renamed");
    let output = desk.run(&["validate", "2026-W48", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("note: udfører.csv is read as providers"), "{}", said(&output));
    let output = desk.run(&["plan", "2026-W48", "--out", "out", "--effort", "1"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(code(&desk.run(&["check", "2026-W48", "out/roster.csv"])), 0);
}

#[test]
fn canonical_files_are_read_without_a_note() {
    let desk = Desk::small();
    let output = desk.run(&["validate", "WEEK", "--lang", "en"]);
    assert!(!said(&output).contains("note:"), "{}", said(&output));
}

#[test]
fn a_proposal_is_written_for_the_user_to_correct() {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    let output = desk.run(&["import", "--learn", "udtræk", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let proposed = read(&desk.path("udtræk/mapping.toml"));
    for part in [
        "name = \"staff\"",
        "header_line = 3",
        "# encoding = \"windows-1252\"",
        "\"Sygepl.\" = \"?\"",
        "date = \"Dato\"",
        "column = \"Timer\", unit = \"hours\"",
    ] {
        assert!(proposed.contains(part), "{part}: {proposed}");
    }
    assert!(!proposed.contains("11 22 33 44"), "{proposed}");
    let again = desk.run(&["import", "--learn", "udtræk", "--lang", "en"]);
    assert!(code(&again) == 2 && said(&again).contains("is there already"), "{}", said(&again));
}

#[test]
fn last_weeks_visits_become_history() {
    let desk = Desk::small();
    desk.plan("out");
    let roster = read(&desk.path("out/roster.csv"));
    let visits: Vec<Vec<&str>> = roster.lines().skip(1).map(|line| line.split(';').collect()).collect();
    let off = format!("visit_id;date;client_id\n{};;\n;{};{}\n", visits[0][0], visits[1][1], visits[1][5]);
    fs::write(desk.path("off.csv"), off).expect("it can be written");
    let next = desk.path("next");
    fs::create_dir(&next).expect("a new folder");
    for file in ["providers.csv", "staff.csv", "shifts.csv", "clients.csv", "grants.csv"] {
        let text = read(&desk.week.join(file));
        let text = if file == "shifts.csv" { "staff_id;date;start;end\n".to_owned() } else { text };
        fs::write(next.join(file), text).expect("it can be written");
    }
    let week = desk.week.to_string_lossy().into_owned();
    let output = desk.run(&[
        "import",
        "next",
        "--out",
        "2026-W49",
        "--previous",
        &week,
        "out/roster.csv",
        "--cancelled",
        "off.csv",
        "--lang",
        "en",
    ]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("2 cancelled visits"), "{}", said(&output));
    let history = read(&desk.path("2026-W49/history.csv"));
    for visit in &visits[2..] {
        assert!(history.contains(&format!("{};{};{}", visit[5], visit[7], visit[1])), "{visit:?}");
    }
    let cancelled = format!("{};{};{}", visits[0][5], visits[0][7], visits[0][1]);
    assert!(!history.contains(&cancelled), "{history}");
    assert!(history.lines().count() > visits.len() - 2);
}

#[test]
fn a_week_that_is_not_before_and_a_visit_that_is_not_there_are_refused() {
    let desk = Desk::small();
    desk.plan("out");
    fs::write(desk.path("off.csv"), "visit_id\nV999\n").expect("it can be written");
    let week = desk.week.to_string_lossy().into_owned();
    let output = desk.run(&[
        "import",
        &week,
        "--out",
        "2026-W40",
        "--previous",
        &week,
        "out/roster.csv",
        "--cancelled",
        "off.csv",
    ]);
    assert_eq!(code(&output), 2);
    let said = said(&output);
    assert!(said.contains("[previous-week-not-before]") && said.contains("[unknown-cancelled-visit]"), "{said}");
    assert!(!desk.path("2026-W40").exists());
}

#[test]
fn pseudonyms_take_the_place_of_civil_registration_numbers() {
    const NUMBER: &str = "010203-4567";
    let desk = foreign();
    let grants = FOREIGN[1].1.replace(";C1;", &format!(";{NUMBER};")).replace(",C1,", &format!(",{NUMBER},"));
    let bytes = encoding_rs::WINDOWS_1252.encode(&grants).0.into_owned();
    fs::write(desk.path("udtræk").join("bevillinger.csv"), bytes).expect("the file can be replaced");
    let refused = desk.run(&["import", "udtræk", "--out", "2026-W48"]);
    assert_eq!(code(&refused), 2, "{}", said(&refused));
    assert!(!said(&refused).contains(NUMBER));

    for out in ["a/2026-W48", "b/2026-W48"] {
        fs::create_dir(desk.path(out).parent().expect("a folder around it")).expect("a new folder");
        let output = desk.run(&["import", "udtræk", "--out", out, "--pseudonymise", "nøgle"]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert!(!said(&output).contains(NUMBER));
    }
    let clients = read(&desk.path("a/2026-W48/clients.csv"));
    let pseudonym = clients.lines().find_map(|row| row.split(';').find(|cell| cell.starts_with("cpr-")));
    let pseudonym = pseudonym.expect("a client has a pseudonym");
    assert!(read(&desk.path("a/2026-W48/grants.csv")).contains(pseudonym), "the grant is the client's still");
    assert_eq!(clients, read(&desk.path("b/2026-W48/clients.csv")), "one key gives one pseudonym");
    for (file, bytes) in content(&desk.path("a")).into_iter().chain(content(&desk.path("b"))) {
        assert!(!String::from_utf8_lossy(&bytes).contains(NUMBER), "{}", file.display());
    }
}

#[test]
fn a_key_does_not_lie_among_what_it_protects() {
    let desk = foreign();
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--pseudonymise", "udtræk/nøgle"]);
    assert_eq!(code(&output), 2, "{}", said(&output));
    assert!(!desk.path("udtræk/nøgle").exists() && !desk.path("2026-W48/import.json").exists());
}
