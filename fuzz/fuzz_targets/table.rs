//! A table of a week, in any dialect; the first byte says which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum_fuzz::read;

const FILES: [&str; 12] = [
    "providers.csv",
    "staff.csv",
    "shifts.csv",
    "bookings.csv",
    "clients.csv",
    "grants.csv",
    "wishes.csv",
    "absences.csv",
    "pins.csv",
    "history.csv",
    "closing_days.csv",
    "travel.csv",
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((which, bytes)) = bytes.split_first() {
        read(FILES[usize::from(*which) % FILES.len()], bytes.to_vec());
    }
});
