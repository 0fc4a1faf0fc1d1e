//! Made-up weeks, by `pusterum generate`; the same on every machine.

use std::path::{Path, PathBuf};

use super::process::{self, pusterum};
use super::{Outcome, PROJECT, weeks_in};

/// The municipality of made-up weeks: large enough for any of their sizes.
const MUNICIPALITY: &str = "Aarhus";
const WEEK: &str = "2026-W48";

/// The week of a municipality with so many clients.
pub fn municipality(clients: usize, seed: u64) -> Outcome<PathBuf> {
    let folder = made_up(&format!("city-{clients}-seed-{seed}")).join(WEEK);
    let (clients, seed) = (clients.to_string(), seed.to_string());
    generated(&folder, &["--municipality", MUNICIPALITY, "--clients", &clients, "--seed", &seed])?;
    Ok(folder)
}

/// A week of each municipality, with so many clients in all.
pub fn country(clients: usize, seed: u64) -> Outcome<Vec<PathBuf>> {
    let folder = made_up(&format!("country-{clients}-seed-{seed}"));
    let (clients, seed) = (clients.to_string(), seed.to_string());
    generated(&folder, &["--country", "--week", WEEK, "--clients", &clients, "--seed", &seed])?;
    Ok(weeks_in(&folder, 2))
}

fn made_up(name: &str) -> PathBuf {
    Path::new(PROJECT).join("target/made-up").join(name)
}

/// Makes the folder anew: the generator may have changed since the last time.
fn generated(folder: &Path, options: &[&str]) -> Outcome<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    process::run(pusterum(&["generate"]).args(options).arg(folder))?;
    Ok(())
}
