//! Runs the real binary and looks on from outside.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Outcome;

pub const BINARY: &str = env!("CARGO_BIN_EXE_pusterum");

/// How often a running process is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A command that has ended well.
pub struct Ran {
    /// From its start to its end.
    pub seconds: f64,
    /// Peak of its resident memory, where the system tells.
    pub megabytes: Option<u64>,
    /// What it said on standard error, and after how many seconds.
    pub lines: Vec<(f64, String)>,
}

/// The binary, speaking English.
pub fn pusterum(words: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(words).args(["--lang", "en"]);
    command
}

/// Runs a command to its end.
///
/// # Errors
/// It cannot be started, or ends with another code than 0.
pub fn run(command: &mut Command) -> Outcome<Ran> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let listener = child.stderr.take().map(|said| thread::spawn(move || timed(said, begun)));
    let (exit, megabytes) = wait(&mut child)?;
    let seconds = begun.elapsed().as_secs_f64();
    let lines = listener.and_then(|listener| listener.join().ok()).unwrap_or_default();
    if exit.success() {
        return Ok(Ran { seconds, megabytes, lines });
    }
    let said: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    Err(format!("{command:?} ended with {exit}:\n{}", said.join("\n")).into())
}

/// Every line with the seconds at which it came.
fn timed(said: impl Read, begun: Instant) -> Vec<(f64, String)> {
    let lines = BufReader::new(said).lines().map_while(Result::ok);
    lines.map(|line| (begun.elapsed().as_secs_f64(), line)).collect()
}

/// Waits for a process; gives the peak of its memory in megabytes, on Linux: the kernel's own high-water mark, as it
/// stood a moment before the end.
fn wait(child: &mut Child) -> Outcome<(ExitStatus, Option<u64>)> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        if let Some(exit) = child.try_wait()? {
            return Ok((exit, peak));
        }
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak = kilobytes.and_then(|kb| kb.trim().parse::<u64>().ok()).map(|kb| kb / 1024).or(peak);
        thread::sleep(LOOK_EVERY);
    }
}
