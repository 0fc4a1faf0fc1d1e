//! Runs the workbook reader of others, which panics on some damaged files, as if it had given an error.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What the reader gives; `None` where it panics. Nothing is printed then: the user is told of the file instead.
pub(super) fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                usual(panic);
            }
        }));
    });
    GUARDED.set(true);
    let given = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    given.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_ends_with_it() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded::<i32>(|| panic!("a damaged file")), None);
        assert!(!GUARDED.get());
    }
}
