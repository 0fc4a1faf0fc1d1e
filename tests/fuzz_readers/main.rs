//! Every reader against files that somebody damaged: none panics, none hangs, none shows a civil registration number.
//!
//! The same as the targets of `fuzz/`, on a stable toolchain: mutations that know the grammar of the files (cells,
//! delimiters, quotes, encodings, keys, parts of workbooks) get much deeper than random bytes. A run is short unless
//! `PUSTERUM_FUZZ_INPUTS` says how many inputs to try; `PUSTERUM_FUZZ_SEED` chooses others. Each input is decided by the
//! seed and its number alone, so that a failure, which names both, can be tried again.

mod mutate;
mod seeds;
mod words;
mod workbook;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use pusterum::certificate::{self, Origin};
use pusterum::diagnostic::Diagnostic;
use pusterum::import::inspect;
use pusterum::language::Language;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use seeds::{Seeds, Target};

const INPUTS: &str = "PUSTERUM_FUZZ_INPUTS";
const SEED: &str = "PUSTERUM_FUZZ_SEED";
/// Tried in every run of the tests.
const SHORT: u64 = 20_000;
/// A progress line in long runs.
const EVERY: u64 = 250_000;
/// No input is larger than some ten kilobytes: one that takes so long hangs.
const HANGS: Duration = Duration::from_secs(20);

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A number below `sides`.
pub fn below(dice: &mut ChaCha8Rng, sides: usize) -> usize {
    usize::try_from(dice.next_u64() % sides.max(1) as u64).expect("below a usize")
}

#[test]
fn no_reader_panics_or_hangs() {
    let (inputs, seed) = (number(INPUTS, SHORT), number(SEED, 1));
    let (seeds, begun) = (Seeds::new(), Instant::now());
    let (done, slowest) = (AtomicU64::new(0), AtomicU64::new(0));
    (0..inputs).into_par_iter().for_each(|number| {
        let took = one(&seeds, seed, number);
        slowest.fetch_max(took.as_micros().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(EVERY) {
            let (seconds, slowest) = (begun.elapsed().as_secs(), slowest.load(Ordering::Relaxed));
            eprintln!("{done} inputs in {seconds} s, slowest {slowest} µs, peak memory {}", peak_memory());
        }
    });
    assert_eq!(done.into_inner(), inputs);
}

/// The peak of the process, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}

/// Makes and reads one input; how long reading took.
fn one(seeds: &Seeds, seed: u64, number: u64) -> Duration {
    let mut dice = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
    let (target, bytes) = seeds.input(&mut dice);
    let begun = Instant::now();
    let read = catch_unwind(AssertUnwindSafe(|| read(seeds, &target, &bytes)));
    let took = begun.elapsed();
    let about = || format!("{SEED}={seed}, input {number}, {target:?}: {:?}", String::from_utf8_lossy(&bytes));
    let found = read.unwrap_or_else(|_| panic!("a panic; {}", about()));
    assert!(took < HANGS, "{took:?}; {}", about());
    for diagnostic in found {
        let shown = [Language::Danish, Language::English].map(|language| diagnostic.render(language));
        assert!(!diagnostic.shows_a_civil_number(), "{shown:?}; {}", about());
    }
    took
}

fn read(seeds: &Seeds, target: &Target, bytes: &[u8]) -> Vec<Diagnostic> {
    match target {
        Target::File(name) => inspect(name, bytes.to_vec()).diagnostics,
        Target::Certificate => {
            let place = tempfile::NamedTempFile::new().expect("a temporary file");
            std::fs::write(place.path(), bytes).expect("it can be written");
            let origin = Origin { problem: &seeds.problem, inputs: &seeds.inputs, frozen_before: None };
            certificate::read(place.path(), &origin).err().into_iter().collect()
        }
    }
}
