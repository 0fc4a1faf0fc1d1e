//! `pusterum explain`.

use std::time::Instant;

use super::{Exit, answer, args, asked, job};
use crate::explain::{self, Clock, GrantVerdict, Subject, Voice, written};
use crate::language::Language;
use crate::report::answers::{self, About};

pub(super) fn run(options: &args::Explain, begun: Instant) -> Exit {
    let language = options.asking.speech.language;
    let read = asked::read(&options.week, &options.roster, &options.asking);
    let (asked, place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let subject = &asked.subject;
    let verdicts = explain::verdicts(subject, clock(options.time, &options.asking, begun));
    let voice = Voice { problem: &subject.problem, naming: options.asking.naming() };
    let about = About {
        answer: "explain",
        week: subject.problem.week.to_string(),
        score: Some(subject.score()),
        seconds: job::rounded(begun.elapsed()),
        inputs: &asked.inputs,
    };
    let files = answers::verdicts(subject, &verdicts, (voice, language));
    place.write(files, &about, (&summary(subject, &verdicts, language), language))
}

/// The clock of an answer from when the command began.
pub(super) fn clock(time: args::Time, asking: &args::Asking, begun: Instant) -> Clock {
    Clock { deadline: time.clock().map(|limit| begun + limit), effort: time.effort, threads: asking.threads() }
}

fn summary(subject: &Subject, verdicts: &[GrantVerdict], language: Language) -> String {
    let week = subject.problem.week.number();
    let score = subject.score();
    let start = language.pick(
        format!("Uge {week}: planen har {score} point (færre er bedre). Hvad der ikke leveres:"),
        format!("Week {week}: the roster has {score} points (fewer are better). What is not delivered:"),
    );
    format!("{start}\n{}", written::overview(subject, verdicts).in_language(language))
}
