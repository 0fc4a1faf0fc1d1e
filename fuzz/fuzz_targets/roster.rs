//! The bytes of `roster.csv`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum::import::inspect;

fuzz_target!(|bytes: &[u8]| {
    inspect("roster.csv", bytes.to_vec());
});
