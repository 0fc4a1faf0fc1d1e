//! `pusterum report`: what it writes, and results that it refuses.

use std::fs;
use std::path::PathBuf;

use calamine::{DataType, Reader, Xlsx, open_workbook};
use pusterum::diagnostic::codes;
use pusterum::generate::{Capacity, Spec, generate};
use serde_json::Value;

use super::{Desk, code, content, names, said};

/// A week of so many people that something may be told of it, planned; there is not time for all.
fn planned() -> Desk {
    let desk = Desk::with(&generate(&Spec { capacity: Capacity::Tight, ..Spec::ballerup(60, 3) }));
    desk.plan("out");
    desk
}

impl Desk {
    /// Reports on the week and the result `out`.
    fn report(&self, to: &str) -> std::process::Output {
        self.run(&["report", &format!("{}=out", self.week.display()), "--out", to, "--lang", "en"])
    }
}

fn manifest(desk: &Desk) -> Value {
    let text = fs::read(desk.path("report/report.json")).expect("it is there");
    serde_json::from_slice(&text).expect("it is JSON")
}

#[test]
fn a_report_is_written_with_its_page_charts_and_workbook() {
    let desk = planned();
    let output = desk.report("report");
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("Open first: report/index.html"), "{}", said(&output));
    let mut files: Vec<PathBuf> = manifest(&desk)["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| desk.path("report").join(file.as_str().expect("a name")))
        .collect();
    files.sort();
    let there: Vec<PathBuf> = content(&desk.path("report")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(there, files, "the manifest names what is there");
    for file in ["charts/weeks.svg", "charts/weeks.png", "report.xlsx"] {
        assert!(desk.path("report").join(file).exists(), "{file}");
    }
    assert_eq!(names(desk.root.path()), ["2026-W48", "out", "report"], "nothing else is left behind");
    assert_eq!(code(&desk.report("report")), 0, "an earlier report is replaced");
}

#[test]
fn the_figures_are_those_of_the_plan() {
    let desk = planned();
    assert_eq!(code(&desk.report("report")), 0);
    let summary = desk.summary("out");
    let mut book: Xlsx<_> = open_workbook(desk.path("report/report.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("Weeks").expect("the table of the weeks");
    let rows: Vec<&[calamine::Data]> = sheet.rows().collect();
    let shown = [
        ("Granted, hours", "granted_minutes"),
        ("Due, hours", "due_minutes"),
        ("Undelivered, hours", "undelivered_minutes"),
    ]
    .into_iter()
    .filter(|(head, key)| {
        let column = rows[0].iter().position(|cell| cell.as_string().as_deref() == Some(head)).expect("the column");
        let minutes = summary[key].as_f64().expect("minutes");
        let hours = rows[1][column].as_f64();
        assert!(hours.is_none_or(|hours| (hours * 60.0 - minutes).abs() < 1e-6), "{head}: {hours:?} {minutes}");
        assert!(hours.is_some() || rows[1][column].as_string().as_deref() == Some("masked"), "{head}");
        hours.is_some()
    });
    assert!(shown.count() > 1, "of so many people something is told: {rows:?}");
}

#[test]
fn the_page_asks_nothing_of_anybody_and_names_nobody() {
    let desk = planned();
    assert_eq!(code(&desk.report("report")), 0);
    let page = fs::read_to_string(desk.path("report/index.html")).expect("it is there");
    assert!(page.contains("default-src &#x27;none&#x27;"));
    for outside in ["src=\"", "href=\"http", "url(http", "@import", "<script", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let clients = fs::read_to_string(desk.week.join("clients.csv")).expect("it is there");
    let staff = fs::read_to_string(desk.week.join("staff.csv")).expect("it is there");
    for line in clients.lines().chain(staff.lines()).skip(1) {
        let id = line.split(';').next().expect("an id");
        assert!(id.contains("_id") || !page.contains(&format!("{id}<")), "{id}");
    }
}

#[test]
fn several_weeks_and_municipalities_make_one_report() {
    let desk = planned();
    let other = Desk::with(&generate(&Spec { week: "2026-W49".parse().expect("a week"), ..Spec::koege(40, 5) }));
    other.plan("out");
    let both = [&desk, &other].map(|desk| format!("{}={}", desk.week.display(), desk.path("out").display()));
    let output = desk.run(&["report", &both[0], &both[1], "--out", "report"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(manifest(&desk)["weeks"], serde_json::json!(["2026-W48", "2026-W49"]));
    let page = fs::read_to_string(desk.path("report/index.html")).expect("it is there");
    assert!(page.contains("<html lang=\"da\">") && page.contains("Ledelsesrapport"));
    assert!(page.contains("Ballerup") && page.contains("Køge"));
}

/// Expects a refusal that says this, and that the earlier report stands as it was.
fn refused(desk: &Desk, arguments: &[&str], says: &str) {
    let before = content(&desk.path("report"));
    let output = desk.run(arguments);
    assert_eq!(code(&output), 2, "{}", said(&output));
    assert!(said(&output).contains(says), "{says}: {}", said(&output));
    assert_eq!(content(&desk.path("report")), before);
}

/// What is done to the text of a file.
type Change<'a> = &'a dyn Fn(String) -> String;

#[test]
fn results_that_do_not_belong_to_the_week_are_refused_and_the_earlier_report_stands() {
    let desk = planned();
    assert_eq!(code(&desk.report("report")), 0);
    let pair = format!("{}=out", desk.week.display());
    let arguments = ["report", pair.as_str(), "--out", "report", "--lang", "en"];

    let change = |file: &str, change: Change<'_>| {
        let path = desk.path(file);
        let before = fs::read_to_string(&path).expect("it is there");
        fs::write(&path, change(before.clone())).expect("it can be written");
        (path, before)
    };
    let first_gone = |text: String| {
        text.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| format!("{line}\n")).collect()
    };
    // The hours stay the same, another carer comes.
    let exchanged = |text: String| {
        let mut lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
        let (first, rest) = lines.split_at_mut(2);
        let carer = rest.iter().map(|line| line[7]).find(|carer| *carer != first[1][7]).expect("another carer");
        first[1][7] = carer;
        lines.iter().map(|line| line.join(";") + "\n").collect()
    };
    let cases: [(&str, Change<'_>, &str); 7] = [
        (
            "2026-W48/history.csv",
            &|text| text + "\n",
            "history.csv: the file is not the one that the plan was made with",
        ),
        ("out/summary.json", &|text| text.replace("\"format\": 1", "\"format\": 2"), codes::NEWER_PLAN),
        ("out/summary.json", &|_| "{}".to_owned(), codes::UNREADABLE_SUMMARY),
        ("out/summary.json", &|text| text.replace("2026-W48", "2026-W49"), codes::PLAN_OF_OTHER_FILES),
        ("out/roster.csv", &first_gone, codes::EDITED_PLAN),
        ("out/roster.csv", &exchanged, codes::EDITED_PLAN),
        ("out/unmet.csv", &|text| text.replace("G-BA", "G-XX"), codes::EDITED_PLAN),
    ];
    for (file, how, says) in cases {
        let (path, before) = change(file, how);
        refused(&desk, &arguments, says);
        fs::write(path, before).expect("it can be written");
    }
    fs::remove_file(desk.path("out/summary.json")).expect("it was there");
    refused(&desk, &arguments, codes::NO_PLAN);
}

#[test]
fn folders_that_cannot_take_a_report_are_refused() {
    let desk = planned();
    assert_eq!(code(&desk.report("report")), 0);
    let pair = format!("{}=out", desk.week.display());
    for (out, says) in [
        ("out", "lies in the folder of a week or a plan"),
        ("2026-W48/r", "lies in the folder"),
        ("2026-W48/staff.csv", ""),
    ] {
        refused(&desk, &["report", &pair, "--out", out, "--lang", "en"], says);
    }
    fs::create_dir(desk.path("mine")).expect("a new folder");
    fs::write(desk.path("mine/letter.txt"), "").expect("a new file");
    refused(&desk, &["report", &pair, "--out", "mine", "--lang", "en"], "holds other files (letter.txt)");
    refused(&desk, &["report", &pair, &pair, "--out", "report", "--lang", "en"], "is given twice");
    refused(&desk, &["report", "2026-W48", "--out", "report"], "WEEK=RESULT");
    assert_eq!(
        code(&desk.run(&["plan", "WEEK", "--out", "report", "--effort", "1"])),
        2,
        "a report is no earlier result"
    );
    desk.assert_whole("out");
}

#[test]
fn a_copy_of_a_week_does_not_count_twice() {
    let desk = planned();
    let copy = desk.path("copy/2026-W48");
    fs::create_dir_all(&copy).expect("a new folder");
    for (path, bytes) in content(&desk.week) {
        fs::write(copy.join(path.file_name().expect("a name")), bytes).expect("it can be written");
    }
    let output = desk.run(&["plan", "copy/2026-W48", "--out", "again", "--effort", "1"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let pair = format!("{}=out", desk.week.display());
    let output = desk.run(&["report", &pair, "copy/2026-W48=again", "--out", "report", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("stand in two of the plans for 2026-W48"), "{}", said(&output));
    assert!(!desk.path("report").exists());
}

#[test]
fn all_that_is_wrong_with_any_week_is_said_in_one_run() {
    let desk = planned();
    fs::remove_file(desk.week.join("staff.csv")).expect("it was there");
    fs::remove_file(desk.path("out/summary.json")).expect("it was there");
    let pair = format!("{}=out", desk.week.display());
    let output = desk.run(&["report", &pair, "nowhere/2026-W50=out2", "--out", "report", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    for says in [
        "staff.csv",
        "[missing-file]",
        codes::NO_PLAN,
        "nowhere/2026-W50=out2:",
        "[missing-folder]",
        "No report was written.",
    ] {
        assert!(said(&output).contains(says), "{says}: {}", said(&output));
    }
}
