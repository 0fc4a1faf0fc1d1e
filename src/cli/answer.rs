//! Answers on their way to a folder: opened before the work, written after it in one step.

use std::io;
use std::path::{Path, PathBuf};

use super::{Exit, inputs, job};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::report::answers::{self, About, File};
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
        inputs::list(&found, language);
    }
    eprintln!("{}", language.pick("Intet er skrevet.", "Nothing has been written."));
    Exit::BadInput
}

/// Lists what is wrong with the input of a question that writes nothing.
pub(super) fn bad_input(found: &[Diagnostic], language: Language) -> Exit {
    inputs::list(found, language);
    Exit::BadInput
}

impl Place<'_> {
    /// Brings the files to their place and says what to open, after what was found.
    pub fn write(self, files: io::Result<Vec<File>>, about: &About<'_>, (told, language): (&str, Language)) -> Exit {
        let out = self.out;
        let first = files.as_ref().ok().and_then(|files| files.last()).map(|file| out.join(&file.name));
        match files.and_then(|files| install(self.target, &files, about)) {
            Ok(_) => {
                println!("{told}");
                if let Some(first) = first {
                    println!("{}: {}", language.pick("Åbn først", "Open first"), first.display());
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

fn install(target: Target, files: &[File], about: &About<'_>) -> io::Result<PathBuf> {
    let staging = target.stage()?;
    answers::write(staging.folder(), about, files)?;
    staging.install()
}
