//! The folder of a result: new, empty or an earlier result; other files are never touched.

use std::fs;

use super::{Desk, code, content, names, said};

#[test]
fn an_earlier_result_is_replaced() {
    let desk = Desk::small();
    desk.plan("out");
    fs::write(desk.path("out/roster.csv"), "old").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert_eq!(names(desk.root.path()), ["2026-W48", "out"], "nothing of the earlier result is left");
}

#[test]
fn files_beside_an_earlier_result_are_kept() {
    let desk = Desk::small();
    desk.plan("out");
    fs::write(desk.path("out/mine.txt"), "mine").expect("it can be written");
    fs::write(desk.path("out/roster.csv"), "old").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert_eq!(fs::read_to_string(desk.path("out/mine.txt")).expect("it is there"), "mine");
}

#[test]
fn a_file_that_the_earlier_result_alone_had_goes_with_it() {
    let desk = Desk::small();
    desk.plan("out");
    let mut summary = desk.summary("out");
    let files = summary["files"].as_array_mut().expect("a list");
    files.push("charts/old.svg".into());
    fs::write(desk.path("out/summary.json"), summary.to_string()).expect("it can be written");
    fs::create_dir_all(desk.path("out/charts")).expect("a folder");
    fs::write(desk.path("out/charts/old.svg"), "").expect("it can be written");
    fs::write(desk.path("out/mine.txt"), "mine").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert!(!desk.path("out/charts/old.svg").exists() && desk.path("out/mine.txt").exists());
}

#[test]
fn an_empty_folder_and_hidden_files_are_no_obstacle() {
    let desk = Desk::small();
    fs::create_dir(desk.path("out")).expect("a new folder");
    desk.plan("out");
    fs::create_dir(desk.path("reports")).expect("a new folder");
    fs::write(desk.path("reports/.gitkeep"), "").expect("it can be written");
    desk.plan("reports");
    assert!(desk.path("reports/.gitkeep").exists());
    desk.assert_whole("reports");
    desk.plan("deep/er/out");
    desk.assert_whole("deep/er/out");
}

#[test]
fn a_folder_with_other_files_is_refused_before_planning() {
    let desk = Desk::large_or_small();
    fs::create_dir(desk.path("out")).expect("a new folder");
    fs::write(desk.path("out/roster.csv"), "mine").expect("it can be written");
    fs::write(desk.path("out/summary.json"), "{\"format\": 1}").expect("it can be written");
    let before = content(&desk.path("out"));
    let begun = std::time::Instant::now();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("roster.csv") && begun.elapsed().as_secs() < 10, "{}", said(&output));
    assert_eq!(content(&desk.path("out")), before);
}

#[test]
fn a_file_or_the_week_s_own_folder_is_refused() {
    let desk = Desk::small();
    fs::write(desk.path("file"), "mine").expect("it can be written");
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "file"])), 2);
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "WEEK"])), 2);
    let inside = desk.week.join("out").to_string_lossy().into_owned();
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", &inside])), 2);
    assert!(!desk.week.join("out").exists());
}

#[test]
fn a_place_that_cannot_be_written_to_is_said_before_planning() {
    let desk = Desk::small();
    fs::write(desk.path("file"), "mine").expect("it can be written");
    let output = desk.run(&["plan", "WEEK", "--out", "file/out", "--lang", "en"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("cannot be written"), "{}", said(&output));
}

impl Desk {
    /// Refusals must not wait for a plan; where signals cannot be sent the small week has to do.
    fn large_or_small() -> Desk {
        #[cfg(unix)]
        return Desk::large();
        #[cfg(not(unix))]
        Desk::small()
    }
}
