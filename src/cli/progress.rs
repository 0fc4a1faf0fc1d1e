//! Shows how the search goes: a living line on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::interrupt;
use crate::language::Language;
use crate::pipeline::Watch;
use crate::solve::{Phase, Snapshot};

/// Plain lines come no faster.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loudness {
    Usual,
    Quiet,
}

/// How the search is shown.
pub(super) struct Progress {
    language: Language,
    deadline: Option<Instant>,
    screen: Screen,
    told_of_interrupt: bool,
}

enum Screen {
    Silent,
    Terminal(ProgressBar),
    Lines { last: Option<Instant>, shown: Option<State> },
}

/// What of the search a new line is worth.
#[derive(Clone, Copy, PartialEq)]
struct State {
    phase: Phase,
    score: Option<i64>,
    bound: Option<i64>,
}

impl Progress {
    pub fn new(language: Language, loudness: Loudness, deadline: Option<Instant>) -> Self {
        let screen = match loudness {
            Loudness::Quiet => Screen::Silent,
            Loudness::Usual if std::io::stderr().is_terminal() => Screen::Terminal(spinner()),
            Loudness::Usual => Screen::Lines { last: None, shown: None },
        };
        Progress { language, deadline, screen, told_of_interrupt: false }
    }

    /// Clears what is no longer of interest.
    pub fn finish(&self) {
        if let Screen::Terminal(bar) = &self.screen {
            bar.finish_and_clear();
        }
    }

    fn text(&self, state: State) -> String {
        let language = self.language;
        let mut parts = vec![phase(state.phase, language).to_owned()];
        parts.extend(state.score.map(|score| format!("{} {score}", language.pick("point", "score"))));
        parts.extend(state.bound.map(|bound| format!("{} {bound}", language.pick("grænse", "bound"))));
        parts.extend(state.score.zip(state.bound).map(|(score, bound)| gap(score, bound, language)));
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_secs());
        parts.extend(left.map(|left| language.pick(format!("{left} s tilbage"), format!("{left} s left"))));
        parts.join(" · ")
    }

    fn tell_of_interrupt(&mut self) {
        self.told_of_interrupt = true;
        let text = self.language.pick(
            "Stopper og skriver den bedste plan indtil nu (Ctrl-C igen: stop uden at skrive)",
            "Stopping and writing the best plan so far (Ctrl-C again: stop without writing)",
        );
        match &self.screen {
            Screen::Silent => {}
            Screen::Terminal(bar) => bar.println(text),
            Screen::Lines { .. } => eprintln!("{text}"),
        }
    }
}

impl Watch for Progress {
    fn look(&mut self, best: &Snapshot) {
        if interrupt::asked() && !self.told_of_interrupt {
            self.tell_of_interrupt();
        }
        let state = State { phase: best.phase, score: best.score, bound: best.bound };
        let text = self.text(state);
        match &mut self.screen {
            Screen::Silent => {}
            Screen::Terminal(bar) => {
                bar.set_message(text);
                bar.tick();
            }
            Screen::Lines { last, shown } => {
                if *shown != Some(state) && last.is_none_or(|last| last.elapsed() >= LINE_EVERY) {
                    (*last, *shown) = (Some(Instant::now()), Some(state));
                    eprintln!("{text}");
                }
            }
        }
    }

    fn wants_end(&self) -> bool {
        interrupt::asked()
    }
}

fn spinner() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

/// What the search is doing, for people.
fn phase(phase: Phase, language: Language) -> &'static str {
    match phase {
        Phase::Preparation => language.pick("Forbereder", "Preparing"),
        Phase::FirstPlan => language.pick("Første plan", "First plan"),
        Phase::Relaxation => language.pick("Beregner grænsen", "Computing the bound"),
        Phase::Dive => language.pick("Runder til en plan", "Rounding to a plan"),
        Phase::Integer => language.pick("Vælger den bedste plan", "Choosing the best plan"),
        Phase::Proof => language.pick("Beviser", "Proving"),
        Phase::Improvement => language.pick("Forbedrer", "Improving"),
    }
}

fn gap(score: i64, bound: i64, language: Language) -> String {
    let gap = (score - bound).max(0);
    let share = gap as f64 / score.abs().max(1) as f64 * 100.0;
    let percent = language.pick(format!("{share:.1}").replace('.', ","), format!("{share:.1}"));
    language.pick(format!("afstand {gap} ({percent} %)"), format!("gap {gap} ({percent}%)"))
}
