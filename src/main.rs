//! The binary: everything it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    pusterum::cli::run()
}
