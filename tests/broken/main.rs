//! Every broken week under `fixtures/broken` gives exactly the diagnostics that its name promises, and the index of
//! diagnostics knows them all.
//!
//! A file `published.csv` beside the week is the roster that was published before; `week.certificate` is read against the
//! week.

mod catalogue;
mod index;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalogue::BROKEN;
use chrono::NaiveDate;
use pusterum::certificate::{self, Origin};
use pusterum::diagnostic::{Diagnostic, codes, lines};
use pusterum::import::{Loaded, PublishedSource, load_week};
use pusterum::language::Language;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn children(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn fixture(defect: &str) -> PathBuf {
    root().join("fixtures/broken").join(defect)
}

fn week_of(defect: &str) -> PathBuf {
    children(&fixture(defect)).into_iter().find(|path| path.is_dir()).expect("one week in each")
}

/// Everything that is said of a broken week: of one that can be planned its warnings, and what is wrong with its certificate.
fn diagnostics(defect: &str) -> Vec<Diagnostic> {
    match load_week(&week_of(defect), published(defect).as_ref()) {
        Ok(mut loaded) => {
            let refused = refused_certificate(defect, &loaded);
            loaded.warnings.extend(refused);
            loaded.warnings
        }
        Err(found) => found,
    }
}

/// The published roster, kept until Wednesday noon.
fn published(defect: &str) -> Option<PublishedSource> {
    let roster = fixture(defect).join("published.csv");
    let noon = NaiveDate::from_ymd_opt(2026, 11, 25).and_then(|day| day.and_hms_opt(12, 0, 0));
    roster.exists().then_some(PublishedSource { roster, freeze_before: noon })
}

fn refused_certificate(defect: &str, loaded: &Loaded) -> Option<Diagnostic> {
    let path = fixture(defect).join("week.certificate");
    let origin = Origin { problem: &loaded.problem, inputs: &loaded.inputs, frozen_before: None };
    path.exists().then(|| certificate::read(&path, &origin).expect_err("it is broken"))
}

#[test]
fn every_broken_week_gives_exactly_what_its_name_promises() {
    for (defect, expected) in BROKEN {
        let found = diagnostics(defect);
        let places: Vec<(&str, &str, Option<u64>)> = found.iter().map(|d| (d.code, d.file.as_str(), d.line)).collect();
        assert_eq!(places, *expected, "{defect}");
    }
}

#[test]
fn every_broken_week_is_listed() {
    let name = |path: PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    let there: BTreeSet<String> = children(&root().join("fixtures/broken")).into_iter().map(name).collect();
    let listed: BTreeSet<String> = BROKEN.iter().map(|(defect, _)| (*defect).to_owned()).collect();
    assert_eq!(there, listed);
}

/// The catalogue is worth something because it is large.
#[test]
fn the_catalogue_has_at_least_sixty_weeks() {
    assert!(BROKEN.len() >= 60, "{}", BROKEN.len());
}

#[test]
fn no_diagnostic_shows_a_civil_registration_number() {
    let numbers = ["010203", "0102030000", "102030000", "0000", "610203"];
    let private = ["civil-number", "replacement-number"];
    for (defect, _) in BROKEN.iter().filter(|(defect, _)| private.iter().any(|start| defect.starts_with(start))) {
        for diagnostic in diagnostics(defect) {
            let shown = format!("{diagnostic:?}{}", diagnostic.render(Language::Danish));
            assert!(numbers.iter().all(|number| !shown.contains(number)), "{defect}: {shown}");
        }
    }
}

/// A slip that was copied down a column is told once, and errors before warnings.
#[test]
fn what_is_told_is_grouped_by_cause() {
    let told = lines(&diagnostics("many-rows-of-one-cause"), Language::English);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("error: 7 rows: shifts.csv lines 2, 3, 4, 5, 6 and 2 more, column staff_id"),
        "{told:?}"
    );
    let told = lines(&diagnostics("civil-number-in-a-note"), Language::Danish);
    assert!(told[0].starts_with("fejl: ") && told[1].starts_with("advarsel: "), "{told:?}");
}

#[test]
fn a_folder_that_is_not_there_is_one_fault() {
    let found = load_week(Path::new("no/such/2026-W48"), None).expect_err("there is none");
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [codes::MISSING_FOLDER]);
}
