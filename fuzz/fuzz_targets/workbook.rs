//! The bytes of `Vagter.xlsx`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum_fuzz::read;

fuzz_target!(|bytes: &[u8]| read("Vagter.xlsx", bytes.to_vec()));
