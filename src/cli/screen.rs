//! Where progress is shown: a living line on a terminal, plain lines elsewhere, nothing where quiet is asked for.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loudness {
    Usual,
    Quiet,
}

pub(super) enum Screen {
    Silent,
    Terminal(ProgressBar),
    Lines(Lines),
}

/// Plain lines, each with something new, and no faster than so often.
pub(super) struct Lines {
    every: Duration,
    last: Option<(Instant, String)>,
}

/// Says an answer on the standard output. Whoever has closed it, as `head` does, has read enough: that is no fault.
pub(super) fn tell(answer: impl Display) {
    match writeln!(std::io::stdout(), "{answer}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => eprintln!("{error}"),
        _ => {}
    }
}

impl Screen {
    pub fn new(loudness: Loudness, line_every: Duration) -> Self {
        match loudness {
            Loudness::Quiet => Screen::Silent,
            Loudness::Usual if std::io::stderr().is_terminal() => Screen::Terminal(spinner()),
            Loudness::Usual => Screen::Lines(Lines { every: line_every, last: None }),
        }
    }

    /// Shows how things stand and the time that is left; the time alone is not worth a new line.
    pub fn show(&mut self, standing: String, left: Option<String>) {
        let text = [Some(standing.clone()), left].into_iter().flatten().collect::<Vec<String>>().join(" · ");
        match self {
            Screen::Silent => {}
            Screen::Terminal(bar) => {
                bar.set_message(text);
                bar.tick();
            }
            Screen::Lines(lines) if lines.are_due(&standing) => {
                lines.last = Some((Instant::now(), standing));
                eprintln!("{text}");
            }
            Screen::Lines(_) => {}
        }
    }

    /// Says something that stays, unless quiet is asked for.
    pub fn say(&self, text: &str) {
        match self {
            Screen::Silent => {}
            Screen::Terminal(_) | Screen::Lines(_) => self.complain(text),
        }
    }

    /// Says what has to be heard.
    pub fn complain(&self, text: &str) {
        match self {
            Screen::Terminal(bar) => bar.suspend(|| eprintln!("{text}")),
            Screen::Silent | Screen::Lines(_) => eprintln!("{text}"),
        }
    }

    /// Clears what is no longer of interest.
    pub fn finish(&self) {
        if let Screen::Terminal(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Lines {
    fn are_due(&self, standing: &str) -> bool {
        self.last.as_ref().is_none_or(|(when, shown)| shown != standing && when.elapsed() >= self.every)
    }
}

fn spinner() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}
