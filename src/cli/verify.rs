//! `pusterum verify`.

use serde::Serialize;

use super::check::{self as told, Told};
use super::screen::tell;
use super::{Exit, args, inputs};
use crate::certificate::{self, Certificate, Origin, Proven, Refused};
use crate::check::{self, Report};
use crate::diagnostic::Diagnostic;
use crate::import::{self, Loaded};
use crate::language::Language;
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::units::Points;
use crate::words::whole;

/// What roster and certificate are worth.
struct Verdict {
    problem: Problem,
    report: Report,
    claimed: i64,
    proven: Result<Proven, Refused>,
}

pub(super) fn run(options: &args::Verify) -> Exit {
    let language = options.check.speech.language;
    match read(options) {
        Ok(verdict) => {
            tell(if options.check.json { verdict.json(language) } else { verdict.text(language) });
            if verdict.holds() { Exit::Done } else { Exit::Failed }
        }
        Err(found) => {
            inputs::list(&found, inputs::Form::of(options.check.json), language);
            Exit::BadInput
        }
    }
}

/// Reads all three, so that what is wrong with any is listed at once, and proves.
fn read(options: &args::Verify) -> Result<Verdict, Vec<Diagnostic>> {
    let published = options.check.published();
    let frozen_before = published.as_ref().and_then(import::PublishedSource::frozen_before);
    let loaded = import::load_week(&options.check.week, published.as_ref());
    let rows = import::read_roster(&options.check.roster);
    let certificate = loaded.as_ref().ok().map(|loaded| {
        let origin = Origin { problem: &loaded.problem, inputs: &loaded.inputs, frozen_before };
        certificate::read(&options.certificate, &origin)
    });
    match (loaded, rows, certificate) {
        (Ok(loaded), Ok(rows), Some(Ok(certificate))) => Ok(prove(loaded, &rows, &certificate)),
        (loaded, rows, certificate) => {
            let of_certificate = certificate.and_then(Result::err);
            Err(loaded.err().into_iter().chain(rows.err()).flatten().chain(of_certificate).collect())
        }
    }
}

fn prove(loaded: Loaded, rows: &[import::RosterRow], certificate: &Certificate) -> Verdict {
    let problem = loaded.problem;
    let proven = certificate::prove(&problem, &Rulebook::of(&problem), &certificate.proof);
    let report = check::check_roster(&problem, rows);
    Verdict { problem, report, claimed: certificate.bound, proven }
}

#[derive(Serialize)]
struct Answer<'a> {
    week: String,
    kept: bool,
    score: Points,
    claimed_bound: i64,
    /// Absent where the certificate is refused.
    proven_bound: Option<i64>,
    gap_points: Option<i64>,
    proven: bool,
    optimal: bool,
    leaves: Option<usize>,
    refused: Option<&'a str>,
    broken: Vec<Told<'a>>,
}

impl Verdict {
    /// Whether the certificate proves what it claims. A bound above the score of a roster that keeps all rules cannot be
    /// true, so it is none.
    fn is_proven(&self) -> bool {
        self.bound().is_some_and(|bound| bound >= self.claimed && !self.contradicts(bound))
    }

    fn bound(&self) -> Option<i64> {
        self.proven.as_ref().ok().map(|proven| proven.bound)
    }

    fn contradicts(&self, bound: i64) -> bool {
        self.report.is_kept() && bound > self.score()
    }

    fn score(&self) -> i64 {
        self.report.terms.score().0
    }

    fn holds(&self) -> bool {
        self.report.is_kept() && self.is_proven()
    }

    /// Points are whole: no plan is better where none has fewer than the roster.
    fn is_optimal(&self) -> bool {
        self.holds() && self.bound().is_some_and(|bound| bound > self.score() - 1)
    }

    fn json(&self, language: Language) -> String {
        let answer = Answer {
            week: self.problem.week.to_string(),
            kept: self.report.is_kept(),
            score: self.report.terms.score(),
            claimed_bound: self.claimed,
            proven_bound: self.bound(),
            gap_points: self.bound().map(|bound| self.score() - bound),
            proven: self.is_proven(),
            optimal: self.is_optimal(),
            leaves: self.proven.as_ref().ok().map(|proven| proven.leaves),
            refused: self.proven.as_ref().err().map(|why| why.0.in_language(language)),
            broken: told::told(&self.report.broken, language),
        };
        inputs::json(&answer)
    }

    fn text(&self, language: Language) -> String {
        let roster = told::text(&self.problem, &self.report, language);
        format!("{roster}\n{}", self.proof(language))
    }

    /// What is proven, in plain words.
    fn proof(&self, language: Language) -> String {
        let said = |points: i64| whole(points, language);
        let (claimed, score) = (said(self.claimed), said(self.score()));
        match &self.proven {
            Err(Refused(why)) => language.pick(
                format!("Ikke bevist: {}. Certifikatet påstår {claimed} point.", why.danish),
                format!("Not proven: {}. The certificate claims {claimed} points.", why.english),
            ),
            Ok(Proven { bound, .. }) if self.contradicts(*bound) => {
                let bound = said(*bound);
                language.pick(
                    format!("Fejl i Pusterum: planen har {score} point, færre end de beviste {bound}. Giv os besked."),
                    format!(
                        "A bug in Pusterum: the plan has {score} points, fewer than the {bound} proven. Report it."
                    ),
                )
            }
            Ok(Proven { bound, .. }) if *bound < self.claimed => {
                let bound = said(*bound);
                language.pick(
                    format!("Ikke bevist: certifikatet påstår {claimed} point, men beviser kun {bound}."),
                    format!("Not proven: the certificate claims {claimed} points, but proves only {bound}."),
                )
            }
            Ok(_) if self.is_optimal() => language.pick(
                format!("Bevist: ingen plan har færre end {score} point. Ingen plan er bedre."),
                format!("Proven: no plan has fewer than {score} points. No plan is better."),
            ),
            Ok(Proven { bound, .. }) => {
                let (bound, gap) = (said(*bound), said(self.score() - *bound));
                language.pick(
                    format!("Bevist: ingen plan har færre end {bound} point, altså højst {gap} færre."),
                    format!("Proven: no plan has fewer than {bound} points, so at most {gap} fewer."),
                )
            }
        }
    }
}
