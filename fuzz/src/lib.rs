//! What every target asks of what it was told: that no civil registration number is shown.

use pusterum::diagnostic::Diagnostic;
use pusterum::import::inspect;

/// Reads the bytes of a file by its name.
///
/// # Panics
/// Where something is told that must never be shown.
pub fn read(name: &str, bytes: Vec<u8>) {
    judge(&inspect(name, bytes).diagnostics);
}

/// Looks at everything that was told.
///
/// # Panics
/// Where some of it must never be shown.
pub fn judge(told: &[Diagnostic]) {
    let shown = told.iter().find(|diagnostic| diagnostic.shows_a_civil_number());
    assert!(shown.is_none(), "{shown:?}");
}
