//! `pusterum why`.

use std::time::Instant;

use super::screen::tell;
use super::{Exit, answer, args, asked};
use crate::explain::Voice;
use crate::explain::written::{self, WhyTold};

pub(super) fn run(options: &args::Why, begun: Instant) -> Exit {
    let language = options.asking.speech.language;
    let read = asked::read(&options.week, &options.roster, &options.asking);
    let found = read.and_then(|asked| asked.visit(&options.visit).map(|visit| (asked, visit)));
    let (asked, visit) = match found {
        Ok(found) => found,
        Err(found) => return answer::bad_input(&found, language),
    };
    let subject = &asked.subject;
    let clock = answer::clock(options.time, &options.asking, begun);
    let why = subject.why(visit, &clock.single());
    if options.json {
        tell(answer::json(&WhyTold::new(subject, &why)));
    } else {
        let voice = Voice { problem: &subject.problem, naming: options.asking.naming() };
        tell(written::why_told(voice, subject, &why, language));
    }
    Exit::Done
}
