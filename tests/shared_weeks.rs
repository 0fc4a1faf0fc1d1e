//! Every week of `../shared/weeks`, where that folder is there, loads and reads back as it was written.

use std::path::{Path, PathBuf};

use pusterum::import::{load_week, read_tables, write_week};
use pusterum::language::Language;
use pusterum::tables::Tables;

/// The week folders beside the project; none where it stands alone.
fn weeks() -> Vec<PathBuf> {
    let children = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let sets = children(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/weeks"));
    let mut weeks: Vec<PathBuf> =
        sets.filter(|p| p.is_dir()).flat_map(|set| children(&set).collect::<Vec<_>>()).collect();
    weeks.retain(|path| path.is_dir());
    weeks.sort();
    if weeks.is_empty() {
        println!("skipped: ../shared/weeks is not there");
    }
    weeks
}

fn tables(folder: &Path) -> Tables {
    read_tables(folder).tables.expect("the folder is named for a week")
}

#[test]
fn every_shared_week_loads() {
    for folder in weeks() {
        let loaded = load_week(&folder, None).unwrap_or_else(|found| {
            let lines: Vec<String> = found.iter().map(|d| d.render(Language::English)).collect();
            panic!("{}:\n{}", folder.display(), lines.join("\n"));
        });
        for warning in &loaded.warnings {
            println!("{}: {}", folder.display(), warning.render(Language::English));
        }
        assert!(loaded.inputs.contains_key("grants.csv"));
    }
}

#[test]
fn every_shared_week_reads_back_as_it_was_written() {
    for folder in weeks() {
        let before = tables(&folder);
        let copy = tempfile::tempdir().expect("a temporary folder");
        let copy = copy.path().join(before.week.to_string());
        write_week(&before, &copy).expect("the folder can be written");
        assert_eq!(tables(&copy), before, "{}", folder.display());
    }
}
