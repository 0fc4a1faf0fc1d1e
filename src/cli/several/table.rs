//! What a planner reads at the end of a run of several weeks: a line for each, and all together.

use std::time::Duration;

use super::End;
use super::folders::Week;
use crate::cli::args;
use crate::cli::progress::points_and_share;
use crate::language::Language;
use crate::pipeline::Planned;
use crate::plan::Status;
use crate::units::{Minutes, Points};
use crate::words::{hours_alone as hours, no_plan_delivers_more, numbered, whole};

/// What a week that was written has in the table.
pub(super) struct Row {
    pub score: Points,
    pub bound: Option<Points>,
    pub status: Status,
    delivered: Minutes,
    due: Minutes,
    /// No plan delivers more than so much more.
    more: Option<Minutes>,
    seconds: f64,
}

impl Row {
    pub fn new(planned: &Planned, seconds: f64) -> Self {
        let (solved, report) = (&planned.solved, &planned.report);
        Row {
            score: solved.terms.score(),
            bound: solved.bound,
            status: solved.status,
            delivered: report.delivered_minutes,
            due: report.due_minutes,
            more: planned.undelivered_bound.map(|least| report.undelivered_minutes() - least),
            seconds,
        }
    }
}

const COLUMNS: usize = 6;

/// A line of the table.
type Line = [String; COLUMNS];

/// The table, and what all weeks come to.
pub(super) fn text(weeks: &[Week], ends: &[End], took: Duration, options: &args::Plan) -> String {
    let language = options.speech.language;
    let head = language.pick(
        ["uge", "point", "grænse", "afstand", "status", "sekunder"],
        ["week", "score", "bound", "gap", "status", "seconds"],
    );
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(weeks.iter().zip(ends).map(|(week, end)| line(week, end, language)));
    let rows: Vec<&Row> = ends.iter().filter_map(written).collect();
    if !rows.is_empty() {
        lines.push(total(&rows, took, language));
    }
    let mut text = aligned(&lines);
    text.push(counted(ends, language));
    if !rows.is_empty() {
        text.push(delivered(&rows, language));
        let place = options.out.join(language.pick("<mappe>/<uge>", "<folder>/<week>")).join(options.open_first());
        text.push(format!("{} {}", language.pick("Åbn først:", "Open first:"), place.display()));
    }
    text.join("\n")
}

fn written(end: &End) -> Option<&Row> {
    match end {
        End::Written(row) => Some(row),
        End::Refused | End::Failed | End::NotBegun => None,
    }
}

fn line(week: &Week, end: &End, language: Language) -> Line {
    let name = week.name.display().to_string();
    let without = |status: &str| [name.clone(), dash(), dash(), dash(), status.to_owned(), dash()];
    match end {
        End::Refused => without(language.pick("kan ikke planlægges", "cannot be planned")),
        End::Failed => without(language.pick("ikke skrevet", "not written")),
        End::NotBegun => without(language.pick("ikke planlagt", "not planned")),
        End::Written(row) => {
            let (score, bound) = (Some(row.score), row.bound);
            figures(name, (score, bound), status(row.status, language), (row.seconds, language))
        }
    }
}

fn total(rows: &[&Row], took: Duration, language: Language) -> Line {
    let score = rows.iter().map(|row| row.score).sum();
    let bound = rows.iter().map(|row| row.bound.map(|bound| bound.0)).sum::<Option<i64>>().map(Points);
    let name = language.pick("i alt", "total").to_owned();
    figures(name, (Some(score), bound), "", (took.as_secs_f64(), language))
}

fn figures(
    name: String,
    (score, bound): (Option<Points>, Option<Points>),
    status: &str,
    (seconds, language): (f64, Language),
) -> Line {
    let number = |points: Option<Points>| points.map_or_else(dash, |points| whole(points.0, language));
    let gap = score.zip(bound).map_or_else(dash, |(score, bound)| points_and_share(score.0, bound.0, language));
    let seconds = format!("{seconds:.1}");
    let seconds = language.pick(seconds.replace('.', ","), seconds);
    [name, number(score), number(bound), gap, status.to_owned(), seconds]
}

fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Optimal => language.pick("bevist bedst", "proven best"),
        Status::Stopped => language.pick("stoppet", "stopped"),
        Status::Interrupted => language.pick("afbrudt", "interrupted"),
    }
}

fn dash() -> String {
    "–".to_owned()
}

/// The lines in columns: words to the left, numbers to the right.
fn aligned(lines: &[Line]) -> Vec<String> {
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let one = |line: &Line| {
        let [name, score, bound, gap, status, seconds] = line;
        let [a, b, c, d, e, f] = widths;
        format!("{name:<a$}  {score:>b$}  {bound:>c$}  {gap:>d$}  {status:<e$}  {seconds:>f$}")
    };
    lines.iter().map(one).collect()
}

/// How many weeks were planned, and what has become of the others.
fn counted(ends: &[End], language: Language) -> String {
    let rows: Vec<&Row> = ends.iter().filter_map(written).collect();
    let proven = rows.iter().filter(|row| row.status == Status::Optimal).count();
    let not_begun = ends.iter().filter(|end| matches!(end, End::NotBegun)).count();
    let refused = ends.len() - rows.len() - not_begun;
    let all = numbered(ends.len(), ["uge", "uger"], ["week", "weeks"], language);
    let planned = rows.len();
    let mut parts = vec![language.pick(
        format!("{planned} af {all} planlagt, {proven} bevist bedst"),
        format!("{planned} of {all} planned, {proven} proven best"),
    )];
    if refused > 0 {
        parts.push(
            language.pick(format!("{refused} med fejl, se ovenfor"), format!("{refused} with errors, see above")),
        );
    }
    if not_begun > 0 {
        parts.push(language.pick(
            format!("{not_begun} ikke planlagt, fordi kørslen blev afbrudt"),
            format!("{not_begun} not planned because the run was interrupted"),
        ));
    }
    parts.join("; ") + "."
}

/// What is delivered of all, and how much more could be where that is proven of every week.
fn delivered(rows: &[&Row], language: Language) -> String {
    let delivered = hours(rows.iter().map(|row| row.delivered).sum(), language);
    let due = hours(rows.iter().map(|row| row.due).sum(), language);
    let text =
        language.pick(format!("{delivered} af {due} timer leveret."), format!("{delivered} of {due} hours delivered."));
    let more: Option<i32> = rows.iter().map(|row| row.more.map(|more| more.0)).sum();
    let more = more.map(|more| no_plan_delivers_more(Minutes(more), language));
    [Some(text), more].into_iter().flatten().collect::<Vec<String>>().join(" ")
}
