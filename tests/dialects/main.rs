//! A week written in any mix of dialects imports to the same canonical week, byte for byte.

mod cells;
mod dice;
mod file;
mod names;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use pusterum::generate::{Spec, generate};
use pusterum::import::{Reading, import_week, write_week};
use pusterum::tables::Tables;

use dice::Dice;

/// A made-up week with texts that are not easy to carry about.
fn week(seed: u64) -> Tables {
    let mut tables = generate(&Spec { pins: 2, ..Spec::ballerup(12, seed) });
    let hard = ["Anna; \"Ane\"\nÆbelø", "=SUM(A1)", "Bo, Åse | Ib\tØ", "'-5", "+45 11 22"];
    for (client, name) in tables.clients.iter_mut().zip(hard) {
        client.row.name = Some(name.to_owned());
    }
    tables
}

/// Writes every table of a canonical folder in a dialect of its own.
fn translate(canonical: &Path, foreign: &Path, dice: &mut Dice) {
    fs::create_dir(foreign).expect("a new folder");
    for entry in fs::read_dir(canonical).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        match name.strip_suffix(".csv") {
            Some(table) => file::write(&fs::read_to_string(&path).expect("a table"), (table, foreign), dice),
            None => drop(fs::copy(&path, foreign.join(&name)).expect("a copy")),
        }
    }
}

fn assert_same_folder(expected: &Path, got: &Path) {
    for entry in fs::read_dir(expected).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        let text = |folder: &Path| fs::read_to_string(folder.join(&name)).unwrap_or_else(|_| format!("no {name:?}"));
        let (expected, got) = (text(expected), text(got));
        for (line, (expected, got)) in (1..).zip(expected.lines().zip(got.lines())) {
            assert_eq!(expected, got, "{name:?} line {line}");
        }
        assert_eq!(expected, got, "{name:?}");
    }
    let count = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
    assert_eq!(count(expected), count(got));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_dialects_is_the_same_week(seed in 0u64..40, throws in any::<u64>()) {
        let place = tempfile::tempdir().expect("a temporary folder");
        let [canonical, foreign, again] = ["2026-W48", "udtræk", "again"].map(|name| place.path().join(name));
        let tables = week(seed);
        write_week(&tables, &canonical).expect("the week can be written");
        translate(&canonical, &foreign, &mut Dice::new(throws));
        let reading = Reading { folder: &foreign, mapping: None, week: Some(tables.week), key: None };
        let imported = import_week(reading).map_err(|found| {
            let told = found.iter().map(|d| d.render(pusterum::language::Language::English));
            TestCaseError::fail(told.collect::<Vec<_>>().join("\n"))
        })?;
        write_week(&imported.tables, &again).expect("the week can be written");
        assert_same_folder(&canonical, &again);
    }
}
