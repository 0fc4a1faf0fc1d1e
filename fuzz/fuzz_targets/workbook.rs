//! The bytes of `Vagter.xlsx`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum::import::inspect;

fuzz_target!(|bytes: &[u8]| {
    inspect("Vagter.xlsx", bytes.to_vec());
});
