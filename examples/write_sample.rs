//! Writes the sample week: `cargo run --release --example write_sample -- fixtures/sample`.

use std::path::PathBuf;
use std::process::ExitCode;

use pusterum::generate::sample;
use pusterum::import::write_week;

fn main() -> ExitCode {
    let Some(parent) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("Name the folder in which the week's folder is to be written.");
        return ExitCode::from(2);
    };
    let week = sample();
    let folder = parent.join(week.week.to_string());
    match write_week(&week, &folder) {
        Ok(()) => {
            println!("{}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
