//! The roster for spreadsheets, read back; and what outputs for people give away of them.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use pusterum::generate::{Spec, generate};

use super::{Desk, code, content, said};

type Book = Xlsx<std::io::BufReader<fs::File>>;

fn book(result: &Path) -> Book {
    open_workbook(result.join("roster.xlsx")).expect("a workbook")
}

fn sheet(book: &mut Book, name: &str) -> Range<Data> {
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A part of a workbook, which is a ZIP archive of XML.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

#[test]
fn the_workbook_has_what_the_files_have() {
    let desk = Desk::small();
    desk.plan("out");
    let mut book = book(&desk.path("out"));
    assert_eq!(book.sheet_names(), ["Roster", "Undelivered", "Notes", "Carers"]);
    let lines = |file: &str| fs::read_to_string(desk.path("out").join(file)).expect("it is there").lines().count();
    for (name, file) in [("Roster", "roster.csv"), ("Undelivered", "unmet.csv"), ("Notes", "notes.csv")] {
        assert_eq!(sheet(&mut book, name).height(), lines(file), "{name}");
    }
    let minutes = desk.summary("out")["delivered_minutes"].as_f64().expect("minutes");
    for (name, column) in [("Roster", 4), ("Carers", 5)] {
        let hours: f64 = sheet(&mut book, name).rows().skip(1).filter_map(|row| row[column].as_f64()).sum();
        assert!((hours * 60.0 - minutes).abs() < 1e-6, "{name}: {hours}");
    }
}

#[test]
fn dates_times_and_hours_are_real_ones() {
    let desk = Desk::small();
    desk.plan("out");
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    let sheet = sheet(&mut book(&desk.path("out")), "Roster");
    for (row, line) in sheet.rows().zip(roster.lines()).skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        assert_eq!(row[0].as_date().expect("a date").to_string(), cells[1]);
        assert_eq!(row[2].as_time().expect("a time").format("%H:%M").to_string(), cells[2]);
        assert!(matches!(row[4], Data::Float(hours) if hours > 0.0), "{row:?}");
    }
}

#[test]
fn every_sheet_can_be_filtered_and_keeps_its_heads_in_sight() {
    let desk = Desk::small();
    desk.plan("out");
    let workbook = fs::read(desk.path("out/roster.xlsx")).expect("it is there");
    for sheet in 1..=4 {
        let xml = part(&workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(xml.contains("<autoFilter ref=\"A1:") && xml.contains("state=\"frozen\""), "{xml}");
    }
}

#[test]
fn danish_excel_opens_the_csv_with_a_double_click() {
    let desk = Desk::small();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let text = fs::read_to_string(desk.path("out/roster-excel.csv")).expect("it is UTF-8");
    assert!(text.starts_with("\u{feff}Dato;Dag;Start;Slut;Timer;Medarbejder;"), "{text}");
    let lines: Vec<&str> = text.split("\r\n").collect();
    let roster = fs::read_to_string(desk.path("out/roster.csv")).expect("it is there");
    assert_eq!(lines.len(), roster.lines().count() + 1, "each row ends as Excel's own do");
    assert!(lines[1].starts_with("23-11-2026;man.;"), "{}", lines[1]);
    let hours: Vec<&str> = lines[1..].iter().filter_map(|line| line.split(';').nth(4)).collect();
    assert!(hours.contains(&"1,5") && hours.iter().all(|hours| !hours.contains('.')), "{hours:?}");
}

#[test]
fn nothing_that_is_written_runs_as_a_formula() {
    let mut tables = generate(&Spec::ballerup(14, 3));
    for provider in &mut tables.providers {
        provider.row.name = Some("=HYPERLINK(\"http://x.example\";\"klik\")".to_owned());
    }
    let desk = Desk::with(&tables);
    desk.plan("out");
    let text = fs::read_to_string(desk.path("out/roster-excel.csv")).expect("it is UTF-8");
    assert!(text.contains("'=HYPERLINK") && !text.contains(";\"=HYPERLINK"), "{text}");
    let mut book = book(&desk.path("out"));
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).expect("a sheet").used_cells().count(), 0, "{name}");
    }
    assert!(
        sheet(&mut book, "Roster")
            .rows()
            .skip(1)
            .all(|row| row[6].as_string().is_some_and(|name| name.starts_with("=HYP")))
    );
    // Nor does it once somebody has edited the cell.
    let file = fs::File::open(desk.path("out/roster.xlsx")).expect("it is there");
    let mut parts = zip::ZipArchive::new(file).expect("a workbook");
    let mut styles = String::new();
    let mut part = parts.by_name("xl/styles.xml").expect("it has styles");
    part.read_to_string(&mut styles).expect("text");
    assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
}

#[test]
fn people_are_named_only_where_that_is_asked_for_and_protected_addresses_never() {
    let mut tables = generate(&Spec::ballerup(14, 3));
    for (at, client) in tables.clients.iter_mut().enumerate() {
        client.row.name = Some(format!("Borgernavn {at}"));
        client.row.protected_address = at % 2 == 0;
        let street = if client.row.protected_address { "Hemmeligvej" } else { "Åbenvej" };
        client.row.address = Some(format!("{street} {at}"));
    }
    for carer in &mut tables.staff {
        carer.row.name = Some("Plejernavn".to_owned());
    }
    let desk = Desk::with(&tables);
    desk.plan("ids");
    let output = desk.run(&["plan", "WEEK", "--out", "names", "--effort", "1", "--names"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let ids = everything(&desk.path("ids"));
    for word in ["Borgernavn", "Plejernavn", "Hemmeligvej", "Åbenvej"] {
        assert!(!ids.contains(word), "{word}");
    }
    let names = everything(&desk.path("names"));
    for word in ["Borgernavn", "Plejernavn", "Åbenvej"] {
        assert!(names.contains(word), "{word}");
    }
    assert!(!names.contains("Hemmeligvej"));
}

/// All that can be read in a result, names of files among it, workbooks unpacked and lines of calendars joined.
fn everything(result: &Path) -> String {
    let mut all = String::new();
    for (path, bytes) in content(result) {
        all += &path.file_name().expect("a name").to_string_lossy();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            all += &part(&bytes, "xl/sharedStrings.xml");
        }
        all += &String::from_utf8_lossy(&bytes).replace("\r\n ", "");
    }
    all
}

#[test]
fn reports_can_be_left_out() {
    let desk = Desk::small();
    desk.plan("out");
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--effort", "1", "--no-reports"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    desk.assert_whole("out");
    for left_out in ["calendars", "roster.xlsx", "roster-excel.csv"] {
        assert!(!desk.path("out").join(left_out).exists(), "{left_out}");
    }
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "new", "--no-reports", "--names"])), 2);
}
