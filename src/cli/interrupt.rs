//! Ctrl-C: the first asks for the best plan so far, the second ends everything at once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// What a shell calls the end by Ctrl-C.
const EXIT_CODE: i32 = super::Exit::Interrupted as i32;

static ASKED: AtomicBool = AtomicBool::new(false);
static WRITING: Mutex<Writing> = Mutex::new(Writing::Nothing);

/// What a second Ctrl-C must clean up.
enum Writing {
    Nothing,
    /// A result is being put together there.
    Scratch(PathBuf),
    /// The result is on its way to its place, in a moment.
    Installing,
}

/// Listens to Ctrl-C and to polite requests to end from now on.
///
/// # Errors
/// What the system says.
pub(super) fn listen() -> Result<(), ctrlc::Error> {
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
    set(Writing::Scratch(scratch.to_owned()));
}

/// From now on it is too late to give up.
pub(super) fn installs() {
    set(Writing::Installing);
}

fn set(writing: Writing) {
    *WRITING.lock().unwrap_or_else(PoisonError::into_inner) = writing;
}

/// Ends the process with nothing written. The lock is kept, so that nothing is installed meanwhile.
fn give_up() {
    let writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    match &*writing {
        Writing::Installing => return,
        // What cannot be removed is swept away by a later run.
        Writing::Scratch(folder) => drop(std::fs::remove_dir_all(folder)),
        Writing::Nothing => {}
    }
    std::process::exit(EXIT_CODE);
}
