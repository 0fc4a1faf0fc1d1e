//! A certificate of a tiny week.
#![no_main]

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pusterum::certificate::{self, Origin};
use pusterum::generate::{Manners, tiny};
use pusterum::problem::Problem;
use pusterum_fuzz::judge;

static WEEK: LazyLock<Problem> =
    LazyLock::new(|| Problem::build(&tiny(3, Manners::Plain)).expect("a valid week").problem);

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("it can be written");
    let origin = Origin { problem: &WEEK, inputs: &BTreeMap::new(), frozen_before: None };
    let told = certificate::read(file.path(), &origin).err();
    judge(told.as_slice());
});
