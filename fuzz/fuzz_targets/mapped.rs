//! A mapping, a line `---`, and the file that is read by it as part of a week.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum::calendar::IsoWeek;
use pusterum::import::{Reading, import_week};
use pusterum_fuzz::judge;

const BETWEEN: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let Some(at) = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("it can be written");
    write("mapping.toml", &bytes[..at]);
    write("udtraek.csv", &bytes[at + BETWEEN.len()..]);
    let week: IsoWeek = "2026-W48".parse().expect("a week");
    let reading = Reading { week: Some(week), ..Reading::week_folder(folder.path()) };
    match import_week(reading) {
        Ok(imported) => judge(&imported.warnings),
        Err(told) => judge(&told),
    }
});
