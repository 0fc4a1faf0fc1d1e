//! How the search of one week is shown.

use std::time::{Duration, Instant};

use super::interrupt;
use super::screen::{Loudness, Screen};
use crate::language::Language;
use crate::pipeline::Watch;
use crate::solve::{Phase, Snapshot};
use crate::units::Minutes;
use crate::words::whole;

/// Plain lines come no faster.
const LINE_EVERY: Duration = Duration::from_secs(1);

pub(super) struct Progress {
    language: Language,
    deadline: Option<Instant>,
    screen: Screen,
    told_of_interrupt: bool,
}

impl Progress {
    pub fn new(language: Language, loudness: Loudness, deadline: Option<Instant>) -> Self {
        Progress { language, deadline, screen: Screen::new(loudness, LINE_EVERY), told_of_interrupt: false }
    }

    /// Clears what is no longer of interest.
    pub fn finish(&self) {
        self.screen.finish();
    }

    fn tell_of_interrupt(&mut self) {
        self.told_of_interrupt = true;
        self.screen.say(self.language.pick(
            "Stopper og skriver den bedste plan indtil nu (Ctrl-C igen: stop uden at skrive)",
            "Stopping and writing the best plan so far (Ctrl-C again: stop without writing)",
        ));
    }
}

impl Watch for Progress {
    fn look(&mut self, best: &Snapshot) {
        if interrupt::asked() && !self.told_of_interrupt {
            self.tell_of_interrupt();
        }
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_secs());
        let left = left.map(|left| self.language.pick(format!("{left} s tilbage"), format!("{left} s left")));
        self.screen.show(standing(best, self.language), left);
    }

    fn wants_end(&self) -> bool {
        interrupt::asked()
    }
}

fn standing(best: &Snapshot, language: Language) -> String {
    let mut parts = vec![phase(best.phase, language).to_owned()];
    parts.extend(best.score.map(|score| points(score, language)));
    parts.extend(best.bound.map(|bound| format!("{} {}", language.pick("grænse", "bound"), whole(bound, language))));
    parts.extend(best.score.zip(best.bound).map(|(score, bound)| gap(score, bound, language)));
    parts.extend(best.least_undelivered.map(|least| undelivered(least, language)));
    parts.join(" · ")
}

/// What the search is doing, for people.
fn phase(phase: Phase, language: Language) -> &'static str {
    match phase {
        Phase::Preparation => language.pick("Forbereder", "Preparing"),
        Phase::FirstPlan => language.pick("Første plan", "First plan"),
        Phase::Relaxation => language.pick("Beregner grænsen", "Computing the bound"),
        Phase::Proof => language.pick("Beviser", "Proving"),
        Phase::Improvement => language.pick("Forbedrer", "Improving"),
        Phase::Certificate => language.pick("Skriver beviset ud", "Writing the proof out"),
        Phase::Hours => language.pick("Beviser, hvad der kan leveres", "Proving what can be delivered"),
    }
}

fn undelivered(least: Minutes, language: Language) -> String {
    let least = whole(least.0.into(), language);
    language.pick(format!("mindst {least} minutter ikke leveret"), format!("at least {least} minutes undelivered"))
}

pub(super) fn points(score: i64, language: Language) -> String {
    format!("{} {}", language.pick("point", "score"), whole(score, language))
}

/// How far score and bound are apart, in points and as a share of the score.
pub(super) fn gap(score: i64, bound: i64, language: Language) -> String {
    format!("{} {}", language.pick("afstand", "gap"), points_and_share(score, bound, language))
}

/// `12 (0.1%)`.
pub(super) fn points_and_share(score: i64, bound: i64, language: Language) -> String {
    let gap = (score - bound).max(0);
    let share = format!("{:.1}", gap as f64 / score.abs().max(1) as f64 * 100.0);
    let share = language.pick(share.replace('.', ",") + " %", share + "%");
    format!("{} ({share})", whole(gap, language))
}
