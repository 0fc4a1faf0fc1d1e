//! `docs/diagnostics.md` against the codes and the catalogue, both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pusterum::diagnostic::codes;

use super::catalogue::BROKEN;
use super::{children, diagnostics, root};

/// Codes that no week of the catalogue can give, and the test that provokes each.
const ELSEWHERE: [(&str, &str, &str); 19] = [
    (codes::ROSTER_OF_ANOTHER_WEEK, "ROSTER_OF_ANOTHER_WEEK", "tests/cli/explain.rs"),
    (codes::ROSTER_BREAKS_RULES, "ROSTER_BREAKS_RULES", "tests/cli/explain.rs"),
    (codes::UNKNOWN_VISIT, "UNKNOWN_VISIT", "tests/cli/explain.rs"),
    (codes::BAD_SCENARIO, "BAD_SCENARIO", "tests/cli/explain.rs"),
    (codes::MISSING_FOLDER, "MISSING_FOLDER", "tests/broken/main.rs"),
    (codes::CERTIFICATE_EDITED, "CERTIFICATE_EDITED", "tests/certificate/text.rs"),
    (codes::CERTIFICATE_OF_ANOTHER_WEEK, "CERTIFICATE_OF_ANOTHER_WEEK", "tests/certificate/text.rs"),
    (codes::BAD_CERTIFICATE_LINE, "BAD_CERTIFICATE_LINE", "tests/certificate/text.rs"),
    (codes::FILE_TOO_LARGE, "FILE_TOO_LARGE", "tests/import_faults.rs"),
    (codes::ROW_TOO_LONG, "ROW_TOO_LONG", "tests/import_faults.rs"),
    (codes::TOO_MANY_FAULTS, "TOO_MANY_FAULTS", "tests/import_faults.rs"),
    (codes::NOTHING_TO_LEARN, "NOTHING_TO_LEARN", "tests/import_faults.rs"),
    (codes::PREVIOUS_WEEK_NOT_BEFORE, "PREVIOUS_WEEK_NOT_BEFORE", "tests/import_faults.rs"),
    (codes::UNKNOWN_CANCELLED_VISIT, "UNKNOWN_CANCELLED_VISIT", "tests/import_faults.rs"),
    (codes::NO_PLAN, "NO_PLAN", "tests/cli/report.rs"),
    (codes::UNREADABLE_SUMMARY, "UNREADABLE_SUMMARY", "tests/cli/report.rs"),
    (codes::NEWER_PLAN, "NEWER_PLAN", "tests/cli/report.rs"),
    (codes::PLAN_OF_OTHER_FILES, "PLAN_OF_OTHER_FILES", "tests/cli/report.rs"),
    (codes::EDITED_PLAN, "EDITED_PLAN", "tests/cli/report.rs"),
];

/// The text under the heading of each code.
fn index() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("docs/diagnostics.md")).expect("the index is there");
    let entries = text.split("\n### `").skip(1);
    let entry = |entry: &str| {
        let (code, rest) = entry.split_once("`\n").expect("a heading is a code alone");
        let text = rest.split("\n## ").next().unwrap_or_default();
        (code.to_owned(), text.trim().to_owned())
    };
    let index: BTreeMap<String, String> = entries.clone().map(entry).collect();
    assert_eq!(index.len(), entries.count(), "a code has two entries");
    index
}

#[test]
fn every_code_is_in_the_index_and_every_entry_is_a_code() {
    let known: BTreeSet<String> = codes::ALL.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(index().into_keys().collect::<BTreeSet<String>>(), known);
}

/// First the Danish text, then the English one, each with how grave it is.
#[test]
fn every_entry_says_cause_and_cure_in_both_languages() {
    for (code, text) in index() {
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let [danish, english] = paragraphs[..] else { panic!("{code}: {} paragraphs", paragraphs.len()) };
        let grave = danish.starts_with("**Fejl.** ") && english.starts_with("**Error.** ");
        let light = danish.starts_with("**Advarsel.** ") && english.starts_with("**Warning.** ");
        assert!(grave || light, "{code}");
        for text in [danish, english] {
            assert!(text.matches(['.', '`']).count() > 2, "{code} has no cure: {text}");
        }
    }
}

#[test]
fn every_entry_is_provoked_as_grave_as_it_says() {
    let index = index();
    let mut provoked: BTreeSet<&str> = BTreeSet::new();
    for (defect, _) in BROKEN {
        for diagnostic in diagnostics(defect) {
            let word = if diagnostic.is_error() { "**Error.**" } else { "**Warning.**" };
            assert!(index[diagnostic.code].contains(word), "{defect}: {} is no {word}", diagnostic.code);
            provoked.insert(diagnostic.code);
        }
    }
    for (code, name, test) in ELSEWHERE {
        let source = fs::read_to_string(root().join(test)).expect("the test is there");
        assert!(source.contains(&format!("codes::{name}")), "{test} does not provoke {code}");
        assert!(provoked.insert(code), "{code} is provoked by the catalogue too");
    }
    assert_eq!(provoked, codes::ALL.iter().copied().collect());
}

#[test]
fn every_code_is_given_somewhere() {
    let mut sources = String::new();
    read_sources(&root().join("src"), &mut sources);
    for name in codes::NAMES {
        assert!(sources.contains(&format!("codes::{name}")), "{name} is never given");
    }
}

fn read_sources(folder: &Path, sources: &mut String) {
    for path in children(folder) {
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|e| e == "rs") {
            sources.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}
