//! `pusterum check`.

use serde::Serialize;

use super::inputs::Form;
use super::screen::tell;
use super::{Exit, args, inputs};
use crate::check::{self, Finding, Report};
use crate::diagnostic::Diagnostic;
use crate::import;
use crate::language::Language;
use crate::plan::Terms;
use crate::problem::Problem;
use crate::units::{Minutes, Points};
use crate::words::{self, numbered, whole};

pub(super) fn run(options: &args::Check) -> Exit {
    let language = options.speech.language;
    match read(options) {
        Ok((problem, report)) => {
            let text = if options.json { json(&problem, &report, language) } else { text(&problem, &report, language) };
            tell(text);
            if report.is_kept() { Exit::Done } else { Exit::Failed }
        }
        Err(found) => {
            inputs::list(&found, Form::of(options.json), language);
            Exit::BadInput
        }
    }
}

/// Reads week and roster, so that what is wrong with either is listed at once, and checks them.
fn read(options: &args::Check) -> Result<(Problem, Report), Vec<Diagnostic>> {
    let loaded = import::load_week(&options.week, options.published().as_ref());
    let rows = import::read_roster(&options.roster);
    match (loaded, rows) {
        (Ok(loaded), Ok(rows)) => {
            let report = check::check_roster(&loaded.problem, &rows);
            Ok((loaded.problem, report))
        }
        (loaded, rows) => Err(loaded.err().into_iter().chain(rows.err()).flatten().collect()),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    week: String,
    kept: bool,
    score: Points,
    terms: Terms,
    visits: usize,
    due_minutes: Minutes,
    delivered_minutes: Minutes,
    undelivered_minutes: Minutes,
    broken: Vec<Told<'a>>,
    overrides: Vec<Told<'a>>,
}

#[derive(Serialize)]
pub(super) struct Told<'a> {
    rule: &'static str,
    who: &'a str,
    expected: &'a str,
    got: &'a str,
}

pub(super) fn told(findings: &[Finding], language: Language) -> Vec<Told<'_>> {
    findings.iter().map(|finding| Told::new(finding, language)).collect()
}

impl<'a> Told<'a> {
    fn new(finding: &'a Finding, language: Language) -> Self {
        Told {
            rule: finding.rule,
            who: &finding.who.canonical,
            expected: finding.expected.in_language(language),
            got: finding.got.in_language(language),
        }
    }
}

fn json(problem: &Problem, report: &Report, language: Language) -> String {
    let answer = Answer {
        week: problem.week.to_string(),
        kept: report.is_kept(),
        score: report.terms.score(),
        terms: report.terms,
        visits: report.visits,
        due_minutes: report.due_minutes,
        delivered_minutes: report.delivered_minutes,
        undelivered_minutes: report.undelivered_minutes(),
        broken: told(&report.broken, language),
        overrides: told(&report.overrides, language),
    };
    inputs::json(&answer)
}

pub(super) fn text(problem: &Problem, report: &Report, language: Language) -> String {
    let mut lines = Vec::new();
    for (findings, kind) in [(&report.broken, ["brudt", "broken"]), (&report.overrides, ["tilsidesat", "override"])] {
        let kind = language.pick(kind[0], kind[1]);
        let (expected, got) = language.pick(("forventet", "fundet"), ("expected", "got"));
        lines.extend(findings.iter().map(|finding| {
            let says = [&finding.who.told, &finding.expected, &finding.got].map(|text| text.in_language(language));
            format!("{kind} {} {}: {expected} {}, {got} {}", finding.rule, says[0], says[1], says[2])
        }));
    }
    lines.push(counted(problem, report, language));
    lines.push(scored(&report.terms, language));
    lines.join("\n")
}

fn counted(problem: &Problem, report: &Report, language: Language) -> String {
    let week = problem.week.number();
    let visits = numbered(report.visits, ["besøg", "besøg"], ["visit", "visits"], language);
    let broken =
        numbered(report.broken.len(), ["brudt regel", "brudte regler"], ["broken rule", "broken rules"], language);
    let over =
        numbered(report.overrides.len(), ["tilsidesættelse", "tilsidesættelser"], ["override", "overrides"], language);
    let [delivered, due] =
        [report.delivered_minutes, report.due_minutes].map(|minutes| whole(minutes.0.into(), language));
    language.pick(
        format!("Uge {week}: {broken}, {over}; {visits}; {delivered} af {due} minutter leveret."),
        format!("Week {week}: {broken}, {over}; {visits}; {delivered} of {due} minutes delivered."),
    )
}

fn scored(terms: &Terms, language: Language) -> String {
    let parts: Vec<String> = words::terms(terms, language)
        .into_iter()
        .map(|(name, points)| format!("{name} {}", whole(points.0, language)))
        .collect();
    let (score, parts) = (whole(terms.score().0, language), parts.join(", "));
    language.pick(format!("{score} point: {parts}"), format!("{score} points: {parts}"))
}
