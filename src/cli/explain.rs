//! `pusterum explain`.

use std::time::Instant;

use super::{Exit, answer, args, asked};
use crate::explain::{self, Cures, GrantVerdict, Subject, Verdict, Voice, written};
use crate::ids::GrantId;
use crate::language::Language;
use crate::report::answers::{self, Known};
use crate::words;

/// Of the time the verdicts may take so much; the rest is for what would help.
const VERDICTS_SHARE: f64 = 0.8;

pub(super) fn run(options: &args::Ask, begun: Instant) -> Exit {
    let language = options.asking.speech.language;
    let read = asked::read(&options.week, &options.roster, &options.asking);
    let (asked, place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let subject = &asked.subject;
    let clock = answer::clock(options.time, &options.asking, begun);
    let verdicts = explain::verdicts(subject, clock.part(VERDICTS_SHARE));
    let cures = cures_worth_telling(&verdicts, explain::all_cures(subject, clock));
    let known = Known { verdicts: &verdicts, cures: &cures };
    let voice = Voice { problem: &subject.problem, naming: options.asking.naming() };
    let files = answers::verdicts(subject, &known, (voice, language));
    let about = answer::about("explain", &asked, begun);
    place.write(files, &about, (&summary(subject, &verdicts, language), language))
}

/// Where minutes fit as it is, nobody has to be asked for anything.
fn cures_worth_telling(verdicts: &[GrantVerdict], cures: Vec<(GrantId, Cures)>) -> Vec<(GrantId, Cures)> {
    let fits = |grant: GrantId| {
        verdicts.iter().any(|verdict| verdict.grant == grant && verdict.first() == Some(Verdict::AtNoCost))
    };
    cures.into_iter().filter(|(grant, _)| !fits(*grant)).collect()
}

fn summary(subject: &Subject, verdicts: &[GrantVerdict], language: Language) -> String {
    let week = words::week_number(subject.problem.week, language);
    format!("{week}. {}", written::overview(subject, verdicts).in_language(language))
}
