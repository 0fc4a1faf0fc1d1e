//! The command line: as typed → validated options → the pipeline. Only this room prints.

mod answer;
mod args;
mod asked;
mod certificate;
mod check;
mod diff;
mod explain;
mod generate;
mod import;
mod inputs;
mod interrupt;
mod job;
mod mistyped;
mod plan;
mod progress;
mod replanned;
mod report;
mod screen;
mod several;
mod slots;
mod summary;
mod validate;
mod verify;
mod why;

use std::ffi::OsString;
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

/// What the command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is well: a plan or made-up weeks were written, or no rule is broken, or the week can be planned.
    Done = 0,
    /// An internal error or a result that cannot be written; for `check`, a broken rule; for
    /// `verify`, also a bound that is not proven.
    Failed = 1,
    /// The input or an option is not usable; everything wrong with it has been listed.
    BadInput = 2,
    /// Ended by the user with nothing written.
    Interrupted = 130,
}

/// Runs the command that was typed.
///
/// A panic is an internal error like any other: what it says has been printed, and the exit code is that of
/// `Exit::Failed`. Nothing is installed half, so an earlier result is whole then too.
pub fn run() -> ExitCode {
    let begun = Instant::now();
    let typed: Vec<OsString> = std::env::args_os().collect();
    let command = match args::Args::try_parse_from(&typed) {
        Ok(args) => args.command,
        Err(error) => return mistyped::tell(&error, &typed),
    };
    let exit = catch_unwind(|| match &command {
        args::Command::Plan(options) => plan::run(options, begun),
        args::Command::Check(options) => check::run(options),
        args::Command::Validate(options) => validate::run(options),
        args::Command::Generate(options) => generate::run(options),
        args::Command::Verify(options) => verify::run(options),
        args::Command::Import(options) => import::run(options),
        args::Command::Report(options) => report::run(options),
        args::Command::Explain(options) => explain::run(options, begun),
        args::Command::Slots(options) => slots::run(options),
        args::Command::Why(options) => why::run(options, begun),
        args::Command::Diff(options) => diff::run(options),
        args::Command::Stress(options) => replanned::stress(options, begun),
        args::Command::Value(options) => replanned::value(options, begun),
        args::Command::WhatIf(options) => replanned::what_if(options, begun),
    });
    ExitCode::from(exit.unwrap_or(Exit::Failed) as u8)
}
