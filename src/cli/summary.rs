//! What a planner reads at the end of a run.

use super::args;
use super::inputs::warnings_counted;
use crate::check::Report;
use crate::language::Language;
use crate::pipeline::Planned;
use crate::plan::{Solved, Status};
use crate::units::Minutes;
use crate::words::{hours_alone as hours, no_plan_delivers_more, numbered, whole};

/// The summary: what is delivered, what is not, how good the plan provably is, and what to open first.
pub(super) fn text(planned: &Planned, warnings: usize, options: &args::Plan) -> String {
    let language = options.speech.language;
    let report = &planned.report;
    let visits = numbered(report.visits, ["besøg", "besøg"], ["visit", "visits"], language);
    let undelivered = report.grants.values().iter().filter(|grant| grant.delivered < grant.due).count();
    let undelivered = numbered(undelivered, ["bevilling", "bevillinger"], ["grant", "grants"], language);
    let (week, file) = (planned.problem.week, options.out.join(options.open_first()).display().to_string());
    let (delivered, due) = (hours(report.delivered_minutes, language), hours(report.due_minutes, language));
    let quality = quality(planned, language);
    let notes =
        [overrides(report, language), releases(report, language), warnings_counted(warnings, language)].join(", ");
    language.pick(
        format!(
            "Uge {}: {visits}; {delivered} af {due} timer leveret; {undelivered} ikke fuldt leveret.\n{quality}\n\
             {notes}: se notes.csv. Hvad der ikke leveres og hvorfor: se unmet.csv.\n\
             Åbn først: {file}",
            week.number()
        ),
        format!(
            "Week {}: {visits}; {delivered} of {due} hours delivered; {undelivered} not fully delivered.\n{quality}\n\
             {notes}: see notes.csv. What is not delivered and why: see unmet.csv.\n\
             Open first: {file}",
            week.number()
        ),
    )
}

/// Rules that fixed visits break.
fn overrides(report: &Report, language: Language) -> String {
    let words =
        [["regel brudt af faste besøg", "regler brudt af faste besøg"], ["override by a pin", "overrides by pins"]];
    numbered(report.overrides.len(), words[0], words[1], language)
}

/// Bookings of other carers that a relief visit absorbs.
fn releases(report: &Report, language: Language) -> String {
    let words = [["booking kan frigives", "bookinger kan frigives"], ["booking to release", "bookings to release"]];
    numbered(report.released.len(), words[0], words[1], language)
}

/// Points and hours, and what is proven of both, in plain words.
fn quality(planned: &Planned, language: Language) -> String {
    let score = whole(planned.solved.terms.score().0, language);
    let points =
        language.pick(format!("{score} point (færre er bedre)."), format!("{score} points (fewer are better)."));
    let more = planned.undelivered_bound.map(|least| planned.report.undelivered_minutes() - least);
    let proven = match (planned.solved.status, more) {
        (Status::Optimal, Some(Minutes(0))) => language.pick(
            "Bevist: ingen plan er bedre, og ingen kan levere mere.".to_owned(),
            "Proven: no plan is better, and none can deliver more.".to_owned(),
        ),
        (_, more) => {
            [Some(of_points(&planned.solved, language)), more.map(|more| no_plan_delivers_more(more, language))]
                .into_iter()
                .flatten()
                .collect::<Vec<String>>()
                .join(" ")
        }
    };
    format!("{points} {proven}")
}

/// How good the points are.
fn of_points(solved: &Solved, language: Language) -> String {
    let why = match solved.status {
        Status::Optimal => {
            return language.pick("Bevist: ingen plan er bedre.", "Proven: no plan is better.").to_owned();
        }
        Status::Stopped => language.pick("Søgningen blev stoppet af en grænse", "A limit ended the search"),
        Status::Interrupted => language.pick("Søgningen blev afbrudt", "The search was interrupted"),
    };
    let how_far = match solved.bound.zip(solved.gap_points()) {
        Some((bound, gap)) => {
            let [bound, gap] = [bound, gap].map(|points| whole(points.0, language));
            language.pick(
                format!("ingen plan kan have færre end {bound} point, altså højst {gap} færre"),
                format!("no plan can have fewer than {bound} points, so at most {gap} fewer"),
            )
        }
        None => language.pick(
            "det nåede ikke at blive bevist, hvor langt planen kan være fra den bedste".to_owned(),
            "it had not yet been proven how far the plan may be from the best".to_owned(),
        ),
    };
    format!("{why}; {how_far}.")
}
