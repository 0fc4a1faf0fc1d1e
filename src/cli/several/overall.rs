//! How all weeks of a run stand together, and how that is shown.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::table::Row;
use super::{args, interrupt};
use crate::cli::job::Job;
use crate::cli::progress::{gap, points};
use crate::cli::screen::Screen;
use crate::language::Language;
use crate::pipeline::Watch;
use crate::plan::Status;
use crate::solve::Snapshot;

/// Plain lines come no faster: many weeks take long.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// How all weeks stand.
pub(super) struct Overall {
    weeks: Mutex<Vec<Standing>>,
    begun: Instant,
    threads: usize,
    /// How long each week may take.
    limit: Option<Duration>,
}

/// How a week stands; one that cannot be planned is done from the start.
#[derive(Clone, Copy, Default)]
struct Standing {
    can_be_planned: bool,
    stage: Stage,
    score: Option<i64>,
    bound: Option<i64>,
    proven: bool,
}

#[derive(Clone, Copy, Default)]
enum Stage {
    Waiting,
    Planning(Instant),
    #[default]
    Done,
}

/// What looks on while one of the weeks is planned.
pub(super) struct Lookout<'a> {
    overall: &'a Overall,
    at: usize,
}

impl Overall {
    pub fn new(jobs: &[(usize, Job)], weeks: usize, threads: usize, limit: Option<Duration>) -> Self {
        let mut standings = vec![Standing::default(); weeks];
        for (at, _) in jobs {
            standings[*at] = Standing { can_be_planned: true, stage: Stage::Waiting, ..Standing::default() };
        }
        Overall { weeks: Mutex::new(standings), begun: Instant::now(), threads, limit }
    }

    pub fn begin(&self, at: usize, now: Instant) {
        self.weeks()[at].stage = Stage::Planning(now);
    }

    /// A week has ended, with a result or without.
    pub fn end(&self, at: usize, row: Option<&Row>) {
        let week = &mut self.weeks()[at];
        week.stage = Stage::Done;
        week.score = row.map(|row| row.score.0);
        week.bound = row.and_then(|row| row.bound).map(|bound| bound.0);
        week.proven = row.is_some_and(|row| row.status == Status::Optimal);
    }

    pub fn watch(&self, at: usize) -> Lookout<'_> {
        Lookout { overall: self, at }
    }

    fn weeks(&self) -> MutexGuard<'_, Vec<Standing>> {
        self.weeks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Weeks done and proven, and what all that have a plan come to so far.
    fn text(&self, language: Language) -> String {
        let weeks = self.weeks();
        let done = weeks.iter().filter(|week| matches!(week.stage, Stage::Done)).count();
        let proven = weeks.iter().filter(|week| week.proven).count();
        let all = weeks.len();
        let mut parts = vec![language.pick(
            format!("{done} af {all} uger færdige, {proven} bevist"),
            format!("{done} of {all} weeks done, {proven} proven"),
        )];
        let score: Option<i64> = weeks.iter().filter_map(|week| week.score).reduce(|sum, score| sum + score);
        let bounded = weeks.iter().filter_map(|week| week.score.zip(week.bound));
        let bounded = bounded.reduce(|sum, week| (sum.0 + week.0, sum.1 + week.1));
        parts.extend(score.map(|score| points(score, language)));
        parts.extend(bounded.map(|(score, bound)| gap(score, bound, language)));
        parts.join(" · ")
    }

    /// How much time is left, about: what the limits leave, or less where the weeks so far were quicker.
    fn left(&self) -> Option<Duration> {
        let weeks = self.weeks();
        let by_limits = self.limit.map(|limit| left_by_limits(&weeks, limit) / self.at_a_time(weeks.len()));
        by_limits.into_iter().chain(left_by_speed(&weeks, self.begun.elapsed())).min()
    }

    fn at_a_time(&self, weeks: usize) -> u32 {
        u32::try_from(self.threads.min(weeks)).unwrap_or(u32::MAX).max(1)
    }
}

/// What all weeks together may still take.
fn left_by_limits(weeks: &[Standing], limit: Duration) -> Duration {
    let left = |week: &Standing| match week.stage {
        Stage::Waiting => limit,
        Stage::Planning(begun) => limit.saturating_sub(begun.elapsed()),
        Stage::Done => Duration::ZERO,
    };
    weeks.iter().map(left).sum()
}

/// The time left if the weeks go on as they have gone, once one is done. The larger weeks come first, so it is rather
/// too long than too short.
fn left_by_speed(weeks: &[Standing], elapsed: Duration) -> Option<Duration> {
    let to_plan = || weeks.iter().filter(|week| week.can_be_planned);
    let done = |week: &Standing| match week.stage {
        Stage::Waiting => 0.0,
        Stage::Planning(_) => 0.5,
        Stage::Done => 1.0,
    };
    let (done, all) = (to_plan().map(done).sum::<f64>(), to_plan().count() as f64);
    let any_done = to_plan().any(|week| matches!(week.stage, Stage::Done));
    any_done.then(|| elapsed.mul_f64((all - done) / done))
}

impl Watch for Lookout<'_> {
    fn look(&mut self, best: &Snapshot) {
        let week = &mut self.overall.weeks()[self.at];
        (week.score, week.bound) = (best.score, best.bound);
    }

    fn wants_end(&self) -> bool {
        interrupt::asked()
    }
}

/// The one progress of all weeks.
pub(super) struct Progress<'a> {
    overall: &'a Overall,
    language: Language,
    screen: Screen,
    told_of_interrupt: bool,
}

impl<'a> Progress<'a> {
    pub fn new(overall: &'a Overall, options: &args::Plan) -> Self {
        let screen = Screen::new(options.loudness(), LINE_EVERY);
        Progress { overall, language: options.speech.language, screen, told_of_interrupt: false }
    }

    pub fn show(&mut self) {
        if interrupt::asked() && !self.told_of_interrupt {
            self.told_of_interrupt = true;
            self.screen.say(self.language.pick(
                "Stopper: uger i gang skrives med den bedste plan indtil nu, resten planlægges ikke \
                 (Ctrl-C igen: stop uden at skrive mere)",
                "Stopping: weeks under way are written with the best plan so far, the others are not planned \
                 (Ctrl-C again: stop without writing more)",
            ));
        }
        let left = self.overall.left().map(|left| about(left, self.language));
        self.screen.show(self.overall.text(self.language), left);
    }

    pub fn complain(&self, text: &str) {
        self.screen.complain(text);
    }

    pub fn finish(&self) {
        self.screen.finish();
    }
}

/// A time in the unit that fits it.
fn about(time: Duration, language: Language) -> String {
    let seconds = time.as_secs();
    let time = if seconds < 100 { format!("{seconds} s") } else { format!("{} min", (seconds + 30) / 60) };
    language.pick(format!("ca. {time} tilbage"), format!("about {time} left"))
}
