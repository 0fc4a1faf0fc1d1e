//! Ctrl-C: the first asks for the best plan so far, the second ends everything at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a shell calls the end by Ctrl-C.
const EXIT_CODE: i32 = super::Exit::Interrupted as i32;

static ASKED: AtomicBool = AtomicBool::new(false);
static WRITING: Mutex<Writing> = Mutex::new(Writing { results: 0, scratch: BTreeSet::new() });

/// What a second Ctrl-C must know.
struct Writing {
    /// Results that are still to come to their place.
    results: usize,
    /// Where results are being put together: what must be cleaned up.
    scratch: BTreeSet<PathBuf>,
}

/// Listens to Ctrl-C and to polite requests to end from now on, in a run of so many results.
///
/// # Errors
/// What the system says.
pub(super) fn listen(results: usize) -> Result<(), ctrlc::Error> {
    writing().results = results;
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            give_up();
        }
    })
}

/// Whether the user has asked for the best plan so far.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Remembers what to remove if the user gives up.
pub(super) fn writes_to(scratch: &Path) {
    writing().scratch.insert(scratch.to_owned());
}

/// Brings the result that was put together there to its place; a user who gives up meanwhile has to wait for it.
pub(super) fn while_installing<T>(scratch: &Path, install: impl FnOnce() -> T) -> T {
    let mut writing = writing();
    writing.scratch.remove(scratch);
    let installed = install();
    writing.results = writing.results.saturating_sub(1);
    installed
}

fn writing() -> MutexGuard<'static, Writing> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process without writing what is not written yet. The lock is kept, so that nothing is installed meanwhile.
fn give_up() {
    let writing = writing();
    if writing.results == 0 {
        // It is too late: everything is written, and the run is at its end.
        return;
    }
    for folder in &writing.scratch {
        // What cannot be removed is swept away by a later run.
        let _ = std::fs::remove_dir_all(folder);
    }
    std::process::exit(EXIT_CODE);
}
