//! The bytes of `policy.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum_fuzz::read;

fuzz_target!(|bytes: &[u8]| read("policy.toml", bytes.to_vec()));
