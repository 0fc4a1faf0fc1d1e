//! `pusterum plan` with several weeks.

use std::fs;
use std::path::{Path, PathBuf};

use pusterum::generate::{Spec, generate};
use pusterum::import::write_week;
use pusterum::tables::Tables;

use super::{Desk, code, content, names, said};

/// A week put into a folder of the desk.
fn add(desk: &Desk, folder: &str, tables: &Tables) -> PathBuf {
    let week = desk.path(folder).join(tables.week.to_string());
    write_week(tables, &week).expect("the week can be written");
    week
}

/// Three small municipalities in `weeks`.
fn country() -> Desk {
    let desk = Desk::tiny();
    for (folder, clients, seed) in [("Alrum", 6, 1), ("Bøgby", 14, 3), ("Colding", 9, 2)] {
        add(&desk, &format!("weeks/{folder}"), &generate(&Spec::ballerup(clients, seed)));
    }
    desk
}

const WEEKS: [&str; 3] = ["weeks/Alrum/2026-W48", "weeks/Bøgby/2026-W48", "weeks/Colding/2026-W48"];

fn plan_with<'a>(weeks: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [&["plan"], weeks, &["--out", "out", "--lang", "en"], more].concat()
}

/// The files that do not say how long the run took, where it ran or when it was.
fn planned(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = content(folder);
    let says_when = |path: &Path| path.extension().is_some_and(|kind| kind == "ics" || kind == "xlsx");
    files.retain(|(path, _)| !path.ends_with("summary.json") && !says_when(path));
    files.iter_mut().for_each(|(path, _)| *path = path.strip_prefix(folder).expect("below it").to_owned());
    files
}

#[test]
fn each_week_is_planned_as_it_would_be_alone_on_any_number_of_threads() {
    let desk = country();
    for threads in ["1", "2", "4"] {
        let output = desk.run(&plan_with(&WEEKS, &["--effort", "2", "--threads", threads]));
        assert_eq!(code(&output), 0, "{}", said(&output));
        let table = said(&output);
        assert!(table.contains("3 of 3 weeks planned") && table.contains("total"), "{table}");
        for week in WEEKS {
            let out = week.replace("weeks/", "out/");
            let alone = format!("alone/{out}");
            let output = desk.run(&["plan", week, "--out", &alone, "--effort", "2", "--lang", "en", "--quiet"]);
            assert_eq!(code(&output), 0, "{}", said(&output));
            assert_eq!(planned(&desk.path(&out)), planned(&desk.path(&alone)), "{week} on {threads} threads");
            let row = table.lines().find(|line| line.starts_with(&week["weeks/".len()..])).expect("a line of the week");
            let score = desk.summary(&out)["score"].to_string();
            assert!(row.split_whitespace().any(|word| word.replace(',', "") == score), "{row}");
        }
    }
    assert_eq!(names(&desk.path("out")), ["Alrum", "Bøgby", "Colding"]);
    assert_eq!(names(&desk.path("out/Alrum")), ["2026-W48"], "nothing else is left behind");
}

#[test]
fn a_bad_week_is_told_in_full_and_does_not_stop_the_others() {
    let desk = country();
    let bad = desk.path(WEEKS[1]);
    fs::remove_file(bad.join("staff.csv")).expect("it was there");
    fs::write(bad.join("policy.toml"), "nonsense = 1\n").expect("it can be written");
    fs::create_dir_all(desk.path("out/Colding/2026-W48")).expect("a folder");
    fs::write(desk.path("out/Colding/2026-W48/mine.txt"), "mine").expect("it can be written");
    let output = desk.run(&plan_with(&[&WEEKS[..], &["weeks/Nowhere/2026-W48"]].concat(), &["--effort", "1"]));
    assert_eq!(code(&output), 2);
    let said = said(&output);
    assert!(said.contains("weeks/Bøgby/2026-W48 is not planned"), "{said}");
    for problem in ["[missing-file]", "[unknown-policy-key]", "2 errors", "[missing-folder]", "mine.txt"] {
        assert!(said.contains(problem), "{problem}: {said}");
    }
    assert!(said.contains("1 of 4 weeks planned") && said.contains("3 with errors"), "{said}");
    assert!(desk.path("out/Alrum/2026-W48/roster.csv").exists() && !desk.path("out/Bøgby").exists());
    assert_eq!(names(&desk.path("out/Colding/2026-W48")), ["mine.txt"]);
    let quiet = desk.run(&plan_with(&WEEKS[..2], &["--effort", "1", "--quiet"]));
    assert!(code(&quiet) == 2 && quiet.stdout.is_empty(), "{}", super::said(&quiet));
    assert!(super::said(&quiet).contains("[missing-file]"), "errors are said even then");
}

#[test]
fn what_no_run_can_mean_is_refused_before_planning() {
    let desk = country();
    add(&desk, "elsewhere/Alrum", &generate(&Spec::ballerup(6, 1)));
    let same = [WEEKS[0], "elsewhere/Alrum/2026-W48"];
    let output = desk.run(&plan_with(&[WEEKS[1], same[0], same[1]], &["--effort", "1"]));
    assert_eq!(code(&output), 2);
    assert!(same.iter().all(|week| said(&output).contains(week)), "{}", said(&output));
    for (weeks, more) in [
        (&WEEKS[..2], &["--out", "out", "--published", "roster.csv"][..]),
        (&WEEKS[..2], &["--out", "out", "--certificate", "week.certificate"][..]),
        (&WEEKS[..2], &["--out", "weeks/Alrum/2026-W48/out"]),
        (&[WEEKS[0], WEEKS[0]], &["--out", "out"]),
        (&[WEEKS[0], "weeks/Bøgby/../Alrum/2026-W48/."], &["--out", "out"]),
    ] {
        let output = desk.run(&[&["plan"], weeks, more].concat());
        assert_eq!(code(&output), 2, "{weeks:?} {more:?} {}", said(&output));
    }
    assert!(!desk.path("out").exists() && !desk.path("weeks/Alrum/2026-W48/out").exists());
}

#[test]
fn quiet_says_nothing_and_the_table_is_in_both_languages() {
    let desk = country();
    let quiet = desk.run(&plan_with(&WEEKS, &["--effort", "1", "--quiet"]));
    assert_eq!((code(&quiet), said(&quiet)), (0, String::new()));
    let english = desk.run(&plan_with(&WEEKS, &["--effort", "1"]));
    let danish = desk.run(&[&["plan"], &WEEKS[..], &["--out", "out", "--effort", "1"]].concat());
    let (english, danish) = (String::from_utf8_lossy(&english.stdout), String::from_utf8_lossy(&danish.stdout));
    assert!(english.contains("Open first: out") && english.contains("hours delivered"), "{english}");
    assert!(danish.contains("Åbn først: out") && danish.contains("3 af 3 uger planlagt"), "{danish}");
}
