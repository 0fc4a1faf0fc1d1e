//! Civil registration numbers: what is stopped wherever it stands, and what takes its place where that is asked for.

use std::fs;

use rust_xlsxwriter::Workbook;

use super::import::{foreign, read};
use super::{Desk, code, content, said};

const NUMBER: &str = "010203-4567";

/// Both stop, with the place that is expected and without the number.
fn assert_stopped(desk: &Desk, place: &str) {
    for arguments in [
        &["import", "udtræk", "--out", "2026-W48"][..],
        &["validate", "udtræk"],
        &["import", "--learn", "udtræk", "--mapping", "ny.toml"],
    ] {
        let output = desk.run(arguments);
        let told = said(&output);
        assert!(code(&output) == 2 && told.contains("[civil-registration-number]"), "{arguments:?}: {told}");
        assert!(told.contains(place), "{place}: {arguments:?}: {told}");
        assert!(!told.contains(NUMBER) && !told.contains("4567"), "{told}");
    }
    assert!(!desk.path("2026-W48").exists() && !desk.path("ny.toml").exists());
}

#[test]
fn above_the_header() {
    let desk = foreign();
    let list = desk.path("udtræk/Medarbejderliste.csv");
    let bytes = fs::read(&list).expect("it is there");
    let text = encoding_rs::WINDOWS_1252.decode(&bytes).0.replace("af personale", &format!("om {NUMBER}"));
    fs::write(&list, text).expect("it can be written");
    assert_stopped(&desk, "Medarbejderliste.csv linje 1");
}

#[test]
fn on_a_sheet_that_no_table_is_read_from() {
    let desk = foreign();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Fravær").expect("a name");
    for (column, name) in (0..).zip(["Hvem", "Nr", "Fra", "Til", "Årsag"]) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    let notes = workbook.add_worksheet().set_name("Noter").expect("a name");
    notes.write_string(0, 0, "Husk at").and_then(|sheet| sheet.write_string(0, 1, "ringe")).expect("a cell");
    notes.write_number(2, 1, 102_034_567.0).expect("a cell");
    workbook.save(desk.path("udtræk/Fravær.xlsx")).expect("a workbook");
    assert_stopped(&desk, "Fravær.xlsx [Noter] linje 3");
}

#[test]
fn in_the_name_of_the_folder() {
    let desk = foreign();
    let folder = format!("udtræk {NUMBER}");
    fs::rename(desk.path("udtræk"), desk.path(&folder)).expect("it is renamed");
    let output = desk.run(&["import", &folder, "--out", "2026-W48"]);
    assert!(code(&output) == 2 && said(&output).contains("[civil-registration-number]"), "{}", said(&output));
    assert!(!said(&output).contains(NUMBER));
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_name_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let desk = foreign();
    let name = [b"S\xf8ren ".as_slice(), NUMBER.as_bytes(), b".csv"].concat();
    fs::write(desk.path("udtræk").join(std::ffi::OsStr::from_bytes(&name)), "").expect("a new file");
    assert_stopped(&desk, "S\u{fffd}ren ••••••-••••.csv");
}

#[test]
fn in_the_name_of_a_roster() {
    let desk = Desk::small();
    desk.plan("out");
    let name = format!("{NUMBER}.csv");
    fs::copy(desk.path("out/roster.csv"), desk.path(&name)).expect("it can be copied");
    let output = desk.run(&["check", "WEEK", &name]);
    assert!(code(&output) == 2 && said(&output).contains("[civil-registration-number]"), "{}", said(&output));
    assert!(!said(&output).contains(NUMBER));
}

#[test]
fn behind_the_escapes_of_a_mapping() {
    let desk = foreign();
    let mapping = read(&desk.path("udtræk/mapping.toml")).replace("value = \"P1\"", "value = \"0102\\u00303-4567\"");
    fs::write(desk.path("udtræk/mapping.toml"), mapping).expect("it can be written");
    for arguments in [&["import", "udtræk", "--out", "2026-W48"][..], &["validate", "udtræk"]] {
        let output = desk.run(arguments);
        let told = said(&output);
        assert!(code(&output) == 2 && told.contains("mapping.toml linje 9") && !told.contains("4567"), "{told}");
    }
}

#[test]
fn pseudonyms_are_the_same_in_the_week_before_and_in_the_cancelled_visits() {
    let desk = foreign();
    let grants = desk.path("udtræk/bevillinger.csv");
    let bytes = fs::read(&grants).expect("it is there");
    let text = encoding_rs::WINDOWS_1252.decode(&bytes).0.replace(",C1,", &format!(",{NUMBER},"));
    fs::write(&grants, text).expect("it can be written");
    let import = |out: &str, more: &[&str]| {
        let output = desk.run(&[&["import", "udtræk", "--out", out, "--pseudonymise", "nøgle"], more].concat());
        assert_eq!(code(&output), 0, "{}", said(&output));
        said(&output)
    };
    import("2026-W48", &[]);
    desk.run(&["plan", "2026-W48", "--out", "out", "--effort", "1"]);
    let roster = read(&desk.path("out/roster.csv"));
    let of_client = |row: &&str| row.contains("cpr-");
    let visit: Vec<&str> = roster.lines().find(of_client).expect("a visit of the client").split(';').collect();
    let off = format!("date;client_id\n{};{NUMBER}\n", visit[1]);
    fs::write(desk.path("afbud.csv"), off).expect("it can be written");
    let previous = ["--previous", "2026-W48", "out/roster.csv"];
    import("2026-W49", &previous);
    assert!(read(&desk.path("2026-W49/history.csv")).contains(visit[5]), "the visit is history");
    import("2026-W49", &[&previous[..], &["--cancelled", "afbud.csv"]].concat());
    assert!(!read(&desk.path("2026-W49/history.csv")).contains(&format!("{};{};{}", visit[5], visit[7], visit[1])));
    for (file, bytes) in content(&desk.path("2026-W49")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(NUMBER), "{}", file.display());
    }
}

#[test]
fn files_with_such_numbers_can_be_learnt_under_a_key() {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    fs::write(desk.path("udtræk/Fravær.csv"), format!("Hvem;Nr;Fra;Til;Årsag\nBorger;{NUMBER};;;\n")).expect("a file");
    let refused = desk.run(&["import", "--learn", "udtræk"]);
    assert!(code(&refused) == 2 && !said(&refused).contains("4567"), "{}", said(&refused));
    let output = desk.run(&["import", "--learn", "udtræk", "--pseudonymise", "nøgle"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let proposed = read(&desk.path("udtræk/mapping.toml"));
    assert!(!proposed.contains("4567") && proposed.contains("name = \"absences\""), "{proposed}");
}
