//! `pusterum import --learn`: whether amounts are hours or minutes, and that the proposal holds.

use std::fs;

use super::import::{foreign, read};
use super::{Desk, code, said};

/// The grants of two clients with an amount under some headings.
fn proposed(headings: &str, amounts: [&str; 2]) -> (Desk, String) {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    let head = format!("Bevilling;Borger;Kommune;Lat;Lon;Ydelse;{headings};Maks besøg;Gyldig fra;Bevilget;Behov\n");
    let row = |id: u32, amount: &str| {
        format!("G{id};C{id};Ballerup;55,734;12,361;Afløsning;{amount};2;01-01-2026;01-09-2025;høj\n")
    };
    let text = head + &row(1, amounts[0]) + &row(2, amounts[1]);
    fs::write(desk.path("udtræk/bevillinger.csv"), text).expect("it can be written");
    let output = desk.run(&["import", "--learn", "udtræk", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let text = read(&desk.path("udtræk/mapping.toml"));
    let line = text.lines().find(|line| line.starts_with("weekly_minutes")).expect("a line for the amount");
    let line = line.to_owned();
    (desk, line)
}

#[test]
fn hours_are_told_from_minutes_by_heading_and_numbers() {
    let hours = |name: &str| format!("weekly_minutes = {{ column = \"{name}\", unit = \"hours\" }}");
    let minutes = |name: &str| format!("weekly_minutes = \"{name}\"");
    let cases = [
        // Spelt nearly like the known heading of minutes.
        ("Ugentlige timer", ["2", "1,5"], hours("Ugentlige timer"), "the name says hours"),
        ("Bevilgede timer", ["2", "1"], hours("Bevilgede timer"), "the name says hours"),
        // Minutes by name come before hours by name.
        ("Timer;Minutter", ["2;120", "1,5;90"], minutes("Minutter"), "known name"),
        ("Tid pr. uge", ["2", "1,5"], hours("Tid pr. uge"), "numbers with decimals are hardly minutes"),
        ("Tid pr. uge", ["2", "3"], hours("Tid pr. uge"), "so small that they must be hours"),
        ("Tid pr. uge", ["120", "90"], minutes("Tid pr. uge"), "known name"),
        ("Tid pr. uge", ["1,5 t", "2 t"], minutes("Tid pr. uge"), "known name"),
        ("Visiterede timer", ["120", "90"], minutes("Visiterede timer"), "too large for that"),
    ];
    for (headings, amounts, expected, reason) in cases {
        let (_desk, line) = proposed(headings, amounts);
        assert!(line.starts_with(&expected) && line.contains(reason), "{headings} {amounts:?}: {line}");
    }
}

#[test]
fn a_proposal_of_hours_is_read_as_hours() {
    let (desk, _) = proposed("Ugentlige timer", ["2", "1,5"]);
    let mapping = desk.path("udtræk/mapping.toml");
    let text = read(&mapping).replace("\"Sygepl.\" = \"?\"", "\"Sygepl.\" = \"nurse\"");
    let text = text.replace("# provider_id = \"…\" or { value = \"…\" }", "provider_id = { value = \"P1\" }");
    fs::write(&mapping, text).expect("it can be written");
    let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}\n{}", said(&output), read(&mapping));
    let grants = read(&desk.path("2026-W48/grants.csv"));
    assert!(grants.contains("G1;C1;relief;120;2;") && grants.contains("G2;C2;relief;90;2;"), "{grants}");
}

#[test]
fn a_table_that_every_week_needs_and_nobody_found_is_told() {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    fs::remove_file(desk.path("udtræk/udfører.csv")).expect("it was there");
    let output = desk.run(&["import", "--learn", "udtræk"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let sentence = "Ikke fundet, og hver uge skal have dem: providers";
    assert!(said(&output).contains(sentence), "{}", said(&output));
    assert!(read(&desk.path("udtræk/mapping.toml")).contains(&format!("# {sentence}")));
}

#[test]
fn headings_that_only_look_alike_are_not_taken_for_what_their_cells_are_not() {
    let desk = foreign();
    fs::remove_file(desk.path("udtræk/mapping.toml")).expect("it was there");
    let text = "Sagsnr.;Borger;Ydelse;Bevilliget;Maks besøg;Gyldig fra;Dato for afgørelse;Behov\n\
                G1;C1;Afløsning;2 t;2;01-01-2026;01-09-2025;høj\n";
    fs::write(desk.path("udtræk/bevillinger.csv"), text).expect("it can be written");
    let output = desk.run(&["import", "--learn", "udtræk"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let mapping = read(&desk.path("udtræk/mapping.toml"));
    // »Bevilliget« is spelt nearly like the day of the grant, but has hours.
    for line in ["weekly_minutes = \"Bevilliget\"", "granted_on = \"Dato for afgørelse\"", "grant_id = \"Sagsnr.\""] {
        assert!(mapping.contains(line), "{line}: {mapping}");
    }
}

#[test]
fn a_slip_in_a_mapping_is_told_alone() {
    let desk = foreign();
    let mapping = desk.path("udtræk/mapping.toml");
    let good = read(&mapping);
    for bad in
        [good.replace("file = \"Medarb", "file = \"../Medarb"), good.replace("name = \"grants\"", "name = grants")]
    {
        fs::write(&mapping, bad).expect("it can be written");
        let output = desk.run(&["import", "udtræk", "--out", "2026-W48", "--lang", "en"]);
        let told = said(&output);
        assert!(
            code(&output) == 2 && told.contains("1 error, 0 warnings.") && told.contains("mapping.toml line"),
            "{told}"
        );
    }
    fs::rename(&mapping, desk.path("own.toml")).expect("it is renamed");
    let output = desk.run(&["import", "udtræk", "--mapping", "own.toml", "--out", "2026-W48", "--lang", "en"]);
    assert!(said(&output).contains("own.toml line"), "{}", said(&output));
}
