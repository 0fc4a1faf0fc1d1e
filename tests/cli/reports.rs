//! The week's pages as files of a result: when they are written, and who is named in them.

use std::fs;

use super::{Desk, code, content, said};

const PAGES: [&str; 6] =
    ["index.html", "board.html", "run-sheets.html", "families.html", "undelivered.html", "notes.html"];

#[test]
fn the_pages_belong_to_the_result_and_the_overview_is_opened_first() {
    let desk = Desk::small();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--lang", "en"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("Open first: out/index.html\n"), "{}", said(&output));
    desk.assert_whole("out");
    let summary = desk.summary("out");
    let files: Vec<&str> = summary["files"].as_array().expect("a list").iter().filter_map(|f| f.as_str()).collect();
    for page in PAGES {
        assert!(files.contains(&page), "{page}");
        let text = fs::read_to_string(desk.path("out").join(page)).expect("it is there");
        assert!(text.starts_with("<!doctype html>\n<html lang=\"en\">") && text.ends_with("</html>\n"), "{page}");
        assert!(!text.contains("http:") && !text.contains("https:"), "{page} asks for nothing from elsewhere");
    }
}

#[test]
fn without_reports_the_pages_are_left_out_and_those_of_the_earlier_result_go() {
    let desk = Desk::small();
    desk.plan("out");
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--no-reports"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("Åbn først: out/roster.csv\n"), "{}", said(&output));
    desk.assert_whole("out");
    for page in PAGES {
        assert!(!desk.path("out").join(page).exists(), "{page}");
    }
}

#[test]
fn names_are_given_only_where_they_are_asked_for_and_only_in_what_people_read() {
    let desk = Desk::small();
    let clients = fs::read_to_string(desk.week.join("clients.csv")).expect("it is there");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(clients.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|column| column == "name").expect("names");
    let names: Vec<String> = reader.records().map(|row| row.expect("a row")[at].to_owned()).collect();
    let naming = |file: &[u8]| names.iter().any(|name| String::from_utf8_lossy(file).contains(name.as_str()));
    desk.plan("out");
    for (file, bytes) in content(&desk.path("out")) {
        assert!(!naming(&bytes), "{}", file.display());
    }
    let output = desk.run(&["plan", "WEEK", "--out", "named", "--effort", "1", "--names"]);
    assert_eq!((code(&output), naming(said(&output).as_bytes())), (0, false));
    for (file, bytes) in content(&desk.path("named")) {
        let for_people = file.extension().is_some_and(|ending| ending == "html" || ending == "ics");
        assert!(for_people || file.ends_with("roster-excel.csv") || !naming(&bytes), "{}", file.display());
        assert!(names.iter().all(|name| !file.display().to_string().contains(name.as_str())));
    }
    assert!(naming(&fs::read(desk.path("named/families.html")).expect("it is there")));
    let output = desk.run(&["plan", "WEEK", "--out", "both", "--no-reports", "--names"]);
    assert_eq!(code(&output), 2, "names on pages that are left out: {}", said(&output));
}
