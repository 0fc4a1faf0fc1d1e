//! The bytes of `roster.csv`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum_fuzz::read;

fuzz_target!(|bytes: &[u8]| read("roster.csv", bytes.to_vec()));
