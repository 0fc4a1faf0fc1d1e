//! `pusterum import`.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::inputs::{Form, warnings_counted};
use super::screen::tell;
use super::{Exit, args, inputs, interrupt};
use crate::calendar::IsoWeek;
use crate::diagnostic::{self, Diagnostic};
use crate::import::{self, Carried, Imported, MAPPING, Previous, Reading};
use crate::language::Language;
use crate::pseudonym::{Key, NoKey};
use crate::report::folder::{Refusal, Target};
use crate::report::{Account, IMPORT_LIST, write_imported};

pub(super) fn run(options: &args::Import) -> Exit {
    let language = options.speech.language;
    let done = match &options.out {
        Some(out) => imported(options, out),
        None => learnt(options),
    };
    match done {
        Ok(text) => {
            if !options.quiet {
                tell(text);
            }
            Exit::Done
        }
        Err(Failure::Input(found)) => {
            inputs::list(&found, Form::of(options.json), language);
            eprintln!("{}", language.pick("Intet er skrevet.", "Nothing was written."));
            Exit::BadInput
        }
        Err(failure) => {
            let nothing = language.pick("Intet er skrevet.", "Nothing was written.");
            eprintln!("{}: {} {nothing}", language.pick("fejl", "error"), why(&failure, language));
            if let Failure::NotWritten(..) = failure { Exit::Failed } else { Exit::BadInput }
        }
    }
}

/// Why nothing was imported.
enum Failure {
    Input(Vec<Diagnostic>),
    /// The folder to write is not named for a week.
    NoWeek(PathBuf),
    Refused(PathBuf, Refusal),
    /// The mapping to propose is there already.
    MappingThere(PathBuf),
    /// The proposal cannot be put where it was asked for.
    NoPlace(PathBuf, io::Error),
    NotWritten(PathBuf, io::Error),
    NoKey(PathBuf, NoKey),
    /// The key would lie among what it protects.
    KeyInside(PathBuf),
}

/// Reads the files of the folder, adds what the week before says, and writes the week.
fn imported(options: &args::Import, out: &Path) -> Result<String, Failure> {
    let language = options.speech.language;
    let week = week_of(out).ok_or_else(|| Failure::NoWeek(out.to_owned()))?;
    let refused = |refusal| Failure::Refused(out.to_owned(), refusal);
    let target = Target::open_for(IMPORT_LIST, out, &[&options.folder]).map_err(refused)?;
    let key = key_asked(options, out)?;
    let mapping = options.mapping.as_deref();
    let reading = Reading { folder: &options.folder, mapping, week: Some(week), key: key.as_ref() };
    let (imported, carried) = read(reading, options.previous().as_ref())?;
    let account = Account { imported: &imported, carried, language };
    write(&account, target).map_err(|error| Failure::NotWritten(out.to_owned(), error))?;
    if options.json {
        let list = out.join(IMPORT_LIST);
        return std::fs::read_to_string(&list).map_err(|error| Failure::NotWritten(list, error));
    }
    let (text, place) = (account.text(), out.display());
    let warnings = warnings_counted(imported.warnings.len(), language);
    Ok(language.pick(
        format!("{text}\n{week} er skrevet, {warnings}. Ligger i {place}"),
        format!("{text}\n{week} is written, {warnings}. In {place}"),
    ))
}

/// The key that is asked for; it must lie in neither of the week's folders.
fn key_asked(options: &args::Import, out: &Path) -> Result<Option<Key>, Failure> {
    options.pseudonymise.as_deref().map(|file| key(file, [&options.folder, out])).transpose()
}

/// The key of a file that lies in none of these folders: who gets the week must not get the key with it.
fn key(file: &Path, folders: [&Path; 2]) -> Result<Key, Failure> {
    let place = std::path::absolute(file).ok().and_then(|file| file.parent()?.canonicalize().ok());
    let within = |folder: &Path| {
        let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).ok();
        place.as_ref().zip(folder).is_some_and(|(place, folder)| place.starts_with(folder))
    };
    if folders.into_iter().any(within) {
        return Err(Failure::KeyInside(file.to_owned()));
    }
    Key::open(file).map_err(|no_key| Failure::NoKey(file.to_owned(), no_key))
}

/// The week, with what is wrong with it and with the week before told at once.
fn read(reading: Reading<'_>, previous: Option<&Previous>) -> Result<(Imported, Option<Carried>), Failure> {
    let key = reading.key;
    let mut imported = import::import_week(reading);
    let carried = match (&mut imported, previous) {
        (Ok(imported), Some(previous)) => {
            Some(import::carry_over(&mut imported.tables, previous, key).map_err(Failure::Input)?)
        }
        _ => None,
    };
    Ok((imported.map_err(Failure::Input)?, carried))
}

fn write(account: &Account<'_>, target: Target) -> io::Result<PathBuf> {
    let staging = target.stage()?;
    interrupt::listen(1).map_err(io::Error::other)?;
    let scratch = staging.scratch().to_owned();
    interrupt::writes_to(&scratch);
    write_imported(account, staging.folder())?;
    interrupt::while_installing(&scratch, || staging.install())
}

/// Looks at the files of the folder and writes a mapping that the user can correct.
fn learnt(options: &args::Import) -> Result<String, Failure> {
    let language = options.speech.language;
    let path = options.mapping.clone().unwrap_or_else(|| options.folder.join(MAPPING));
    if path.symlink_metadata().is_ok() {
        return Err(Failure::MappingThere(path));
    }
    let key = key_asked(options, &options.folder)?;
    let proposal = import::learn(&options.folder, key.as_ref(), language).map_err(Failure::Input)?;
    let file = new_beside(&path).map_err(|error| Failure::NoPlace(path.clone(), error))?;
    save_new(file, &path, &proposal.text).map_err(|error| Failure::NotWritten(path.clone(), error))?;
    let (text, place, folder) = (proposal.told.in_language(language), path.display(), options.folder.display());
    let named = if path == options.folder.join(MAPPING) { String::new() } else { format!(" --mapping {place}") };
    Ok(language.pick(
        format!(
            "{text}\nForslaget ligger i {place}. Ret det, og hent så ugen ind, fx med\n  pusterum import {folder}{named} --out 2026-W48"
        ),
        format!(
            "{text}\nThe proposal is in {place}. Correct it, and then import the week, such as with\n  pusterum import {folder}{named} --out 2026-W48"
        ),
    ))
}

/// A new file that is gone again unless it takes the place of that path.
fn new_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(".pusterum-").tempfile_in(folder)
}

/// Writes a file in one step, unless there is one by now.
fn save_new(mut file: NamedTempFile, path: &Path, text: &str) -> io::Result<()> {
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist_noclobber(path)?;
    Ok(())
}

fn week_of(folder: &Path) -> Option<IsoWeek> {
    folder.file_name()?.to_str()?.parse().ok()
}

/// What is wrong and what helps.
fn why(failure: &Failure, language: Language) -> String {
    match failure {
        Failure::Input(_) => String::new(),
        Failure::NoWeek(out) => {
            let out = out.display();
            language.pick(
                format!("--out {out}: mappen skal hedde som sin uge, fx 2026-W48."),
                format!("--out {out}: the folder must be named for its week, such as 2026-W48."),
            )
        }
        Failure::MappingThere(path) => {
            let path = path.display();
            language.pick(
                format!("{path}: findes allerede. Flyt den, eller giv et andet navn med --mapping."),
                format!("{path}: is there already. Move it, or give another name with --mapping."),
            )
        }
        Failure::NoKey(file, no_key) => {
            format!("--pseudonymise {}: {}", file.display(), no_key.text().in_language(language))
        }
        Failure::KeyInside(file) => {
            let file = file.display();
            language.pick(
                format!("--pseudonymise {file}: nøglen må ikke ligge i ugens mapper. Læg den et andet sted."),
                format!("--pseudonymise {file}: the key must not lie in the week's folders. Put it elsewhere."),
            )
        }
        Failure::Refused(out, refusal) => refused(out, refusal, language),
        Failure::NoPlace(place, error) | Failure::NotWritten(place, error) => unwritable(place, error, language),
    }
}

fn refused(out: &Path, refusal: &Refusal, language: Language) -> String {
    let place = out.display();
    match refusal {
        Refusal::ForeignFiles(files) => {
            let files = files.join(", ");
            language.pick(
                format!("--out {place}: mappen rummer andre filer ({files}). Vælg en ny eller tom mappe, eller en tidligere import."),
                format!("--out {place}: the folder holds other files ({files}). Choose a new or empty folder, or an earlier import."),
            )
        }
        Refusal::NotAFolder => language.pick(
            format!("--out {place}: er ikke en mappe. Vælg en ny eller tom mappe."),
            format!("--out {place}: is no folder. Choose a new or empty folder."),
        ),
        Refusal::InsideWeek => language.pick(
            format!("--out {place}: ligger i mappen, der læses. Vælg en mappe et andet sted."),
            format!("--out {place}: lies in the folder that is read. Choose a folder elsewhere."),
        ),
        Refusal::Io(error) => unwritable(out, error, language),
    }
}

fn unwritable(place: &Path, error: &io::Error, language: Language) -> String {
    let (place, error) = (place.display(), diagnostic::unwritable(error));
    let error = error.in_language(language);
    language.pick(
        format!("{place}: kan ikke skrives ({error}). Se efter, at stien er rigtig, at der er plads, og at du må skrive dér."),
        format!("{place}: cannot be written ({error}). See that the path is right, that there is room and that you may write there."),
    )
}
