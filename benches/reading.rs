//! How long reading takes, and how much memory: `cargo bench --bench reading`.
//!
//! The real command, `pusterum validate`, on the sample week, a city's week, and a week with a million bookings, once in the
//! canonical form and once as a Danish spreadsheet writes it (Windows-1252, dates and times in Danish). One run after
//! another, so nothing else should run; the best of a few counts.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use encoding_rs::WINDOWS_1252;
use pusterum::generate::{Spec, generate};
use pusterum::import::write_week;

const BOOKINGS: usize = 1_000_000;
const RUNS: usize = 5;
/// The peak of the memory is looked at so often.
const LOOK_EVERY: Duration = Duration::from_millis(2);

fn main() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample/2026-W48");
    let city = place.path().join("city/2026-W48");
    write_week(&generate(&Spec::city(1_000, 5, 1)), &city).expect("the week can be written");
    let large = place.path().join("large/2026-W48");
    copy(&sample, &large);
    bookings(&large.join("bookings.csv"), &sample);
    let danish = place.path().join("danish/2026-W48");
    copy(&large, &danish);
    in_danish(&danish.join("bookings.csv"));
    println!("| week | seconds | memory |\n|---|--:|--:|");
    for (name, week) in
        [("sample", &sample), ("city-1000", &city), ("1,000,000 bookings", &large), ("the same in Danish", &danish)]
    {
        let runs = (0..RUNS).map(|_| validate(week));
        let (seconds, memory) = runs.min_by(|a, b| a.0.total_cmp(&b.0)).expect("some runs");
        println!("| {name} | {seconds:.3} | {memory} MB |");
    }
}

fn copy(from: &Path, to: &PathBuf) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}

/// The bookings of the sample over and over, under other ids.
fn bookings(path: &Path, sample: &Path) {
    let text = fs::read_to_string(sample.join("bookings.csv")).expect("the sample's bookings");
    let (header, rows) = text.split_once('\n').expect("rows");
    let rows: Vec<&str> = rows.lines().filter_map(|row| row.split_once(';')).map(|(_, rest)| rest).collect();
    let mut file = std::io::BufWriter::new(fs::File::create(path).expect("a new file"));
    writeln!(file, "{header}").expect("written");
    for (number, row) in (0..BOOKINGS).zip(rows.iter().cycle()) {
        writeln!(file, "X{number:07};{row}").expect("written");
    }
}

/// `2026-11-23` becomes `23-11-2026`, `08:30` `08.30`, decimals get a comma and headings Danish names.
fn in_danish(path: &Path) {
    let text = fs::read_to_string(path).expect("the bookings");
    let (_, rows) = text.split_once('\n').expect("rows");
    let mut danish = "Booking nr;Medarbejder;Dato;Fra;Til;Borger;Breddegrad;Længdegrad;Opgave\n".to_owned();
    for row in rows.lines() {
        let cells: Vec<&str> = row.split(';').collect();
        let date: Vec<&str> = cells[2].split('-').rev().collect();
        let (from, to) = (cells[3].replace(':', "."), cells[4].replace(':', "."));
        let (lat, lon) = (cells[6].replace('.', ","), cells[7].replace('.', ","));
        danish += &format!(
            "{};{};{};{from};{to};{};{lat};{lon};{}\n",
            cells[0],
            cells[1],
            date.join("-"),
            cells[5],
            cells[8]
        );
    }
    fs::write(path, WINDOWS_1252.encode(&danish).0).expect("written");
}

/// Seconds and megabytes of one run.
fn validate(week: &Path) -> (f64, u64) {
    let begun = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_pusterum"));
    let mut run =
        run.arg("validate").arg(week).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
    let mut kilobytes = 0;
    while run.try_wait().expect("it can be waited for").is_none() {
        kilobytes = kilobytes.max(peak(run.id()).unwrap_or(0));
        std::thread::sleep(LOOK_EVERY);
    }
    (begun.elapsed().as_secs_f64(), kilobytes / 1024)
}

/// The peak of a process's memory in kilobytes, on Linux.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}
