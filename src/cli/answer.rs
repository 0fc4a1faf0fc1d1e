//! Answers on their way to a folder: opened before the work, written after it in one step.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use super::asked::Asked;
use super::inputs::Form;
use super::screen::tell;
use super::{Exit, args, inputs, job};
use crate::diagnostic::Diagnostic;
use crate::explain::Clock;
use crate::language::Language;
use crate::report::answers::{self, About, Answer};
use crate::report::folder::{Refusal, Target};

/// The folder of an answer.
pub(super) struct Place<'a> {
    target: Target,
    out: &'a Path,
}

/// Reads what a question is about and looks at the folder of its answer, so that all that is wrong with either is said
/// at once.
///
/// # Errors
/// The exit code, once everything wrong is listed.
pub(super) fn prepare<'a, T>(
    read: Result<T, Vec<Diagnostic>>,
    (out, week): (&'a Path, &Path),
    language: Language,
) -> Result<(T, Place<'a>), Exit> {
    match (read, Target::open_for_answer(out, week)) {
        (Ok(asked), Ok(target)) => Ok((asked, Place { target, out })),
        (read, target) => Err(refuse(read.err(), target.err().map(|why| (why, out)), language)),
    }
}

fn refuse(found: Option<Vec<Diagnostic>>, refusal: Option<(Refusal, &Path)>, language: Language) -> Exit {
    if let Some((why, out)) = refusal {
        eprintln!("{}: {}", language.pick("fejl", "error"), job::refused(&why, out, language));
    }
    if let Some(found) = found {
        inputs::list(&found, Form::Text, language);
    }
    eprintln!("{}", language.pick("Intet er skrevet.", "Nothing has been written."));
    Exit::BadInput
}

/// Lists what is wrong with the input of a question that writes nothing.
pub(super) fn bad_input(found: &[Diagnostic], language: Language) -> Exit {
    inputs::list(found, Form::Text, language);
    Exit::BadInput
}

impl Place<'_> {
    /// Brings the answer to its place and says what was found and what to open first.
    pub fn write(self, answer: io::Result<Answer>, about: &About<'_>, (told, language): (&str, Language)) -> Exit {
        let out = self.out;
        let first = answer.as_ref().ok().and_then(|answer| answer.files.last()).map(|file| out.join(&file.name));
        match answer.and_then(|answer| install(self.target, &answer, about)) {
            Ok(_) => {
                tell(told);
                if let Some(first) = first {
                    tell(format_args!("{}: {}", language.pick("Åbn først", "Open first"), first.display()));
                }
                Exit::Done
            }
            Err(error) => {
                eprintln!("{}", job::not_written(&error, out, language));
                Exit::Failed
            }
        }
    }
}

fn install(target: Target, answer: &Answer, about: &About<'_>) -> io::Result<PathBuf> {
    let staging = target.stage()?;
    answers::write(staging.folder(), about, answer)?;
    staging.install()
}

/// What the summary says of an answer about a roster.
pub(super) fn about<'a>(answer: &'static str, asked: &'a Asked, begun: Instant) -> About<'a> {
    About {
        answer,
        week: asked.subject.problem.week.to_string(),
        score: Some(asked.subject.score()),
        seconds: job::rounded(begun.elapsed()),
        inputs: &asked.inputs,
    }
}

/// The clock of an answer from when the command began.
pub(super) fn clock(time: args::Time, asking: &args::Asking, begun: Instant) -> Clock {
    Clock {
        deadline: time.clock().map(|limit| begun + limit),
        effort: time.effort,
        threads: asking.threads(),
        ..Clock::default()
    }
}

/// An answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> String {
    serde_json::to_string_pretty(answer).expect("the answer is plain data")
}
