//! What a planner reads at the end of a run.

use std::path::Path;

use super::inputs::{numbered, warnings_counted};
use crate::check::Report;
use crate::language::Language;
use crate::pipeline::Planned;
use crate::plan::{Solved, Status};
use crate::report::ROSTER;
use crate::units::Minutes;

/// The summary: what is delivered, what is not, how good the plan provably is, and what to open first.
pub(super) fn text(planned: &Planned, warnings: usize, (out, language): (&Path, Language)) -> String {
    let report = &planned.report;
    let visits = numbered(report.visits, ["besøg", "besøg"], ["visit", "visits"], language);
    let undelivered = report.grants.values().iter().filter(|grant| grant.delivered < grant.due).count();
    let undelivered = numbered(undelivered, ["bevilling", "bevillinger"], ["grant", "grants"], language);
    let (week, file) = (planned.problem.week, out.join(ROSTER).display().to_string());
    let (delivered, due) = (hours(report.delivered_minutes, language), hours(report.due_minutes, language));
    let quality = quality(&planned.solved, language);
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

/// Hours with a decimal, as the language writes them.
pub(super) fn hours(minutes: Minutes, language: Language) -> String {
    let hours = format!("{:.1}", f64::from(minutes.0) / 60.0);
    language.pick(hours.replace('.', ","), hours)
}

/// Points and bound in plain words.
fn quality(solved: &Solved, language: Language) -> String {
    let score = solved.terms.score();
    let why = match solved.status {
        Status::Optimal => {
            return language.pick(
                format!("{score} point (færre er bedre). Bevist: ingen plan er bedre."),
                format!("{score} points (fewer are better). Proven: no plan is better."),
            );
        }
        Status::Stopped => language.pick("Søgningen blev stoppet af en grænse", "A limit ended the search"),
        Status::Interrupted => language.pick("Søgningen blev afbrudt", "The search was interrupted"),
    };
    let how_far = match solved.bound.zip(solved.gap_points()) {
        Some((bound, gap)) => language.pick(
            format!("ingen plan kan have færre end {bound} point, altså højst {gap} færre"),
            format!("no plan can have fewer than {bound} points, so at most {gap} fewer"),
        ),
        None => language.pick(
            "det nåede ikke at blive bevist, hvor langt planen kan være fra den bedste".to_owned(),
            "it had not yet been proven how far the plan may be from the best".to_owned(),
        ),
    };
    language.pick(
        format!("{score} point (færre er bedre). {why}; {how_far}."),
        format!("{score} points (fewer are better). {why}; {how_far}."),
    )
}
