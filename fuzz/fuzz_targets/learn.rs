//! A file that nobody has described, for the proposal of a mapping, which must be one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum::diagnostic::civil_number;
use pusterum::import::learn;
use pusterum::language::Language;
use pusterum_fuzz::{judge, read};

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("udtraek.csv"), bytes).expect("it can be written");
    match learn(folder.path(), None, Language::Danish) {
        Ok(proposal) => {
            assert!(!proposal.text.lines().any(civil_number::stands_in), "{}", proposal.text);
            read("mapping.toml", proposal.text.into_bytes());
        }
        Err(told) => judge(&told),
    }
});
