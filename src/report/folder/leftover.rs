//! What a killed run may have left beside a result.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Younger scratch folders may belong to a run that is still going.
const STALE_AFTER: Duration = Duration::from_secs(3_600);

/// What the scratch folders beside a place start with.
pub(super) fn prefix(place: &Path) -> String {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.pusterum-")
}

/// Where an earlier result is while a new one takes its place.
pub(super) fn aside(place: &Path) -> PathBuf {
    place.with_file_name(prefix(place) + "old")
}

/// Takes the earlier result back, if a run was killed after it had put it aside and before the new one stood.
pub(super) fn restore(place: &Path) -> io::Result<()> {
    let aside = aside(place);
    if !place.exists() && aside.is_dir() { fs::rename(aside, place) } else { Ok(()) }
}

/// Removes what killed runs have left. What cannot be removed does no harm.
pub(super) fn sweep(place: &Path) {
    let prefix = prefix(place);
    let folders = [place.parent(), Some(place)].into_iter().flatten();
    let entries = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix));
    for entry in ours.filter(|entry| entry.path() == aside(place) || is_stale(entry)) {
        let _ = fs::remove_dir_all(entry.path());
    }
}

fn is_stale(entry: &fs::DirEntry) -> bool {
    let changed = entry.metadata().and_then(|data| data.modified()).ok();
    changed.and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age > STALE_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_put_aside_by_a_killed_run_is_taken_back() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let place = root.path().join("out");
        fs::create_dir(aside(&place)).expect("a new folder");
        fs::write(aside(&place).join("roster.csv"), "old").expect("a new file");
        restore(&place).expect("it is renamed");
        assert_eq!(fs::read_to_string(place.join("roster.csv")).expect("it is back"), "old");
    }

    #[test]
    fn young_scratch_folders_are_left_alone() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let place = root.path().join("out");
        fs::create_dir(&place).expect("a new folder");
        let young = root.path().join(prefix(&place) + "abc");
        fs::create_dir(&young).expect("a new folder");
        fs::create_dir(aside(&place)).expect("a new folder");
        sweep(&place);
        assert!(young.exists() && !aside(&place).exists());
    }
}
