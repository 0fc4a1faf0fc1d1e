//! Every broken week under `fixtures/broken` gives exactly the diagnostics that its name promises.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pusterum::diagnostic::{Diagnostic, codes};
use pusterum::import::load_week;
use pusterum::language::Language;

/// A diagnostic's code, file and line.
type Expected = (&'static str, &'static str, Option<u64>);

#[rustfmt::skip]
const BROKEN: &[(&str, &[Expected])] = &[
    ("absence-ends-before-it-starts", &[(codes::ENDS_BEFORE_START, "absences.csv", Some(2))]),
    ("absence-of-unknown-client", &[(codes::UNKNOWN_CLIENT, "absences.csv", Some(2))]),
    ("bad-coordinate", &[(codes::BAD_COORDINATE, "clients.csv", Some(2))]),
    ("bad-date", &[(codes::BAD_DATE, "shifts.csv", Some(3))]),
    ("bad-mapping", &[
        (codes::BAD_MAPPING, "mapping.toml", Some(3)),
        (codes::BAD_MAPPING, "mapping.toml", Some(4)),
    ]),
    ("bad-moment", &[(codes::BAD_MOMENT, "absences.csv", Some(2))]),
    ("bad-number", &[(codes::BAD_NUMBER, "grants.csv", Some(2))]),
    ("bad-place", &[(codes::BAD_PLACE, "travel.csv", Some(2))]),
    ("bad-split", &[(codes::BAD_SPLIT, "grants.csv", Some(2))]),
    ("bad-time", &[(codes::BAD_TIME, "shifts.csv", Some(2))]),
    ("bad-yes-no", &[(codes::BAD_YES_NO, "staff.csv", Some(3))]),
    ("booking-with-half-coordinates", &[(codes::HALF_COORDINATES, "bookings.csv", Some(2))]),
    ("civil-number-as-id", &[(codes::CIVIL_NUMBER, "clients.csv", Some(2)), (codes::CIVIL_NUMBER, "grants.csv", Some(2))]),
    ("civil-number-in-a-note", &[(codes::UNKNOWN_COLUMN, "clients.csv", Some(1)), (codes::CIVIL_NUMBER, "clients.csv", Some(3))]),
    ("civil-number-in-the-header", &[(codes::CIVIL_NUMBER, "grants.csv", Some(1))]),
    ("civil-number-in-the-policy", &[(codes::CIVIL_NUMBER, "policy.toml", Some(1))]),
    ("duplicate-column", &[(codes::DUPLICATE_COLUMN, "staff.csv", Some(1))]),
    ("duplicate-id", &[(codes::DUPLICATE_ID, "staff.csv", Some(3))]),
    ("empty-file", &[(codes::EMPTY_FILE, "wishes.csv", None)]),
    ("empty-id", &[(codes::MISSING_VALUE, "grants.csv", Some(3))]),
    ("file-is-a-folder", &[(codes::UNREADABLE_FILE, "bookings.csv", None)]),
    ("grant-ends-before-it-begins", &[(codes::ENDS_BEFORE_START, "grants.csv", Some(3))]),
    ("grant-of-unknown-client", &[(codes::UNKNOWN_CLIENT, "grants.csv", Some(3))]),
    ("home-care-of-unknown-provider", &[(codes::UNKNOWN_PROVIDER, "clients.csv", Some(2))]),
    ("many-faults", &[
        (codes::UNKNOWN_GRANT, "pins.csv", Some(2)),
        (codes::UNKNOWN_POLICY_KEY, "policy.toml", Some(1)),
        (codes::BAD_POLICY_VALUE, "policy.toml", Some(3)),
        (codes::ENDS_BEFORE_START, "shifts.csv", Some(2)),
        (codes::UNKNOWN_CARER, "shifts.csv", Some(3)),
        (codes::UNKNOWN_CODE, "staff.csv", Some(3)),
    ]),
    ("misspelt-file", &[(codes::MISSPELT_FILE, "", None)]),
    ("missing-column", &[(codes::MISSING_COLUMN, "grants.csv", Some(1))]),
    ("missing-file", &[(codes::MISSING_FILE, "staff.csv", None)]),
    ("not-a-week", &[(codes::BAD_FOLDER_NAME, "", None)]),
    ("not-text", &[(codes::NOT_TEXT, "shifts.csv", Some(4))]),
    ("nul-byte", &[(codes::NUL_BYTE, "shifts.csv", Some(3))]),
    ("open-date-order", &[(codes::OPEN_DATE_ORDER, "grants.csv", Some(2))]),
    ("open-decimal-mark", &[(codes::OPEN_DECIMAL_MARK, "staff.csv", Some(3))]),
    ("overlapping-pins", &[(codes::OVERLAPPING_PINS, "pins.csv", Some(3))]),
    ("overlapping-shifts", &[(codes::OVERLAPPING_SHIFTS, "shifts.csv", Some(4))]),
    ("pin-ends-before-it-starts", &[(codes::ENDS_BEFORE_START, "pins.csv", Some(2))]),
    ("pin-of-unknown-carer", &[(codes::UNKNOWN_CARER, "pins.csv", Some(2))]),
    ("pin-of-unknown-grant", &[(codes::UNKNOWN_GRANT, "pins.csv", Some(2))]),
    ("policy-not-utf8", &[(codes::NOT_UTF8, "policy.toml", Some(1))]),
    ("policy-of-wrong-type", &[
        (codes::BAD_POLICY_TYPE, "policy.toml", Some(2)),
        (codes::BAD_POLICY_TYPE, "policy.toml", Some(3)),
        (codes::BAD_POLICY_TYPE, "policy.toml", Some(4)),
    ]),
    ("policy-times-reversed", &[(codes::POLICY_TIMES_REVERSED, "policy.toml", Some(2))]),
    ("policy-value-out-of-range", &[
        (codes::BAD_POLICY_VALUE, "policy.toml", Some(1)),
        (codes::BAD_POLICY_VALUE, "policy.toml", Some(3)),
        (codes::BAD_POLICY_VALUE, "policy.toml", Some(5)),
    ]),
    ("random-bytes", &[(codes::NUL_BYTE, "grants.csv", Some(1))]),
    ("several-faults-in-one-row", &[
        (codes::UNKNOWN_CODE, "absences.csv", Some(2)),
        (codes::ENDS_BEFORE_START, "absences.csv", Some(2)),
        (codes::UNKNOWN_CLIENT, "absences.csv", Some(2)),
        (codes::UNKNOWN_CODE, "absences.csv", Some(3)),
        (codes::ENDS_BEFORE_START, "absences.csv", Some(3)),
        (codes::UNKNOWN_CARER, "absences.csv", Some(3)),
        (codes::BAD_DATE, "bookings.csv", Some(2)),
        (codes::ENDS_BEFORE_START, "bookings.csv", Some(2)),
        (codes::UNKNOWN_CARER, "bookings.csv", Some(2)),
        (codes::UNKNOWN_CLIENT, "bookings.csv", Some(2)),
        (codes::BAD_COORDINATE, "clients.csv", Some(3)),
        (codes::UNKNOWN_PROVIDER, "clients.csv", Some(3)),
        (codes::UNKNOWN_PROVIDER, "clients.csv", Some(3)),
        (codes::UNKNOWN_CODE, "grants.csv", Some(3)),
        (codes::ENDS_BEFORE_START, "grants.csv", Some(3)),
        (codes::UNKNOWN_CLIENT, "grants.csv", Some(3)),
        (codes::BAD_DATE, "pins.csv", Some(2)),
        (codes::ENDS_BEFORE_START, "pins.csv", Some(2)),
        (codes::UNKNOWN_GRANT, "pins.csv", Some(2)),
        (codes::UNKNOWN_CARER, "pins.csv", Some(2)),
        (codes::BAD_DATE, "shifts.csv", Some(3)),
        (codes::ENDS_BEFORE_START, "shifts.csv", Some(3)),
        (codes::UNKNOWN_CARER, "shifts.csv", Some(3)),
        (codes::UNKNOWN_CODE, "staff.csv", Some(3)),
        (codes::UNKNOWN_PROVIDER, "staff.csv", Some(3)),
        (codes::DUPLICATE_ID, "staff.csv", Some(4)),
        (codes::UNKNOWN_CODE, "wishes.csv", Some(2)),
        (codes::ENDS_BEFORE_START, "wishes.csv", Some(2)),
        (codes::UNKNOWN_GRANT, "wishes.csv", Some(2)),
    ]),
    ("shift-ends-before-it-starts", &[(codes::ENDS_BEFORE_START, "shifts.csv", Some(2))]),
    ("shift-of-unknown-carer", &[(codes::UNKNOWN_CARER, "shifts.csv", Some(3))]),
    ("staff-of-unknown-provider", &[(codes::UNKNOWN_PROVIDER, "staff.csv", Some(3))]),
    ("two-sources", &[(codes::TWO_SOURCES, "vagter.csv", None)]),
    ("unknown-code", &[(codes::UNKNOWN_CODE, "grants.csv", Some(2))]),
    ("unknown-column", &[(codes::UNKNOWN_COLUMN, "staff.csv", Some(1))]),
    ("unknown-mapped-column", &[(codes::UNKNOWN_MAPPED_COLUMN, "mapping.toml", Some(2))]),
    ("unknown-mapped-file", &[(codes::UNKNOWN_MAPPED_FILE, "mapping.toml", Some(2))]),
    ("unknown-mapped-sheet", &[(codes::UNKNOWN_MAPPED_SHEET, "mapping.toml", Some(2))]),
    ("unknown-mapping-key", &[(codes::UNKNOWN_MAPPING_KEY, "mapping.toml", Some(4))]),
    ("unknown-policy-key", &[
        (codes::UNKNOWN_POLICY_KEY, "policy.toml", Some(1)),
        (codes::UNKNOWN_POLICY_KEY, "policy.toml", Some(3)),
        (codes::UNKNOWN_POLICY_KEY, "policy.toml", Some(7)),
    ]),
    ("unread-row-is-not-unknown", &[(codes::BAD_YES_NO, "providers.csv", Some(2))]),
    ("unreadable-mapping", &[(codes::UNREADABLE_MAPPING, "mapping.toml", Some(2))]),
    ("unreadable-policy", &[(codes::UNREADABLE_POLICY, "policy.toml", Some(2))]),
    ("unsupported-file", &[(codes::UNSUPPORTED_FILE, "vagter.xls", None)]),
    ("wish-of-unknown-grant", &[(codes::UNKNOWN_GRANT, "wishes.csv", Some(2))]),
    ("workbook-is-damaged", &[(codes::BAD_WORKBOOK, "vagter.xlsx", None)]),
    ("workbook-is-locked", &[(codes::BAD_WORKBOOK, "vagter.xlsx", None)]),
    ("workbook-too-wide", &[(codes::WORKBOOK_TOO_LARGE, "vagter.xlsx", None)]),
    ("wrong-cell-count", &[(codes::WRONG_CELL_COUNT, "clients.csv", Some(2))]),
    ("zip-bomb", &[(codes::ZIP_BOMB, "vagter.xlsx", None)]),
];

/// What is only worth a warning leaves the week plannable.
const PLANNABLE: [&str; 4] = ["misspelt-file", "open-date-order", "open-decimal-mark", "unknown-column"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken")
}

fn children(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn week_of(defect: &str) -> PathBuf {
    children(&fixtures().join(defect)).pop().expect("one week in each")
}

fn diagnostics(defect: &str) -> Vec<Diagnostic> {
    match load_week(&week_of(defect), None) {
        Ok(loaded) if PLANNABLE.contains(&defect) => loaded.warnings,
        Ok(_) => panic!("{defect}: loads"),
        Err(found) => found,
    }
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
    let there: BTreeSet<String> = children(&fixtures()).into_iter().map(name).collect();
    let listed: BTreeSet<String> = BROKEN.iter().map(|(defect, _)| (*defect).to_owned()).collect();
    assert_eq!(there, listed);
}

#[test]
fn no_diagnostic_shows_a_civil_registration_number() {
    for (defect, _) in BROKEN.iter().filter(|(defect, _)| defect.starts_with("civil")) {
        for diagnostic in diagnostics(defect) {
            let shown = format!("{diagnostic:?}{}", diagnostic.render(Language::Danish));
            assert!(!shown.contains("010203") && !shown.contains("0102030000"), "{defect}: {shown}");
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_one_fault() {
    let found = load_week(Path::new("no/such/2026-W48"), None).expect_err("there is none");
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [codes::MISSING_FOLDER]);
}

/// `docs/diagnostics.md` has one heading for each code, and each code is used somewhere.
#[test]
fn every_code_is_in_use_and_in_the_index() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = std::fs::read_to_string(root.join("docs/diagnostics.md")).expect("the index is there");
    let headings: BTreeSet<&str> = index.lines().filter_map(|l| l.strip_prefix("### `")?.strip_suffix('`')).collect();
    assert_eq!(headings, codes::ALL.iter().copied().collect());
    let mut sources = String::new();
    read_sources(&root.join("src"), &mut sources);
    for name in codes::NAMES {
        assert!(sources.contains(&format!("codes::{name}")), "{name} is never given");
    }
}

fn read_sources(folder: &Path, sources: &mut String) {
    for path in children(folder) {
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|e| e == "rs") {
            sources.push_str(&std::fs::read_to_string(&path).expect("a source"));
        }
    }
}
