//! The bytes of `mapping.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum::import::inspect;

fuzz_target!(|bytes: &[u8]| {
    inspect("mapping.toml", bytes.to_vec());
});
