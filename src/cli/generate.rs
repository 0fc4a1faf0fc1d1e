//! `pusterum generate`.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::screen::tell;
use super::{Exit, args, interrupt};
use crate::calendar::IsoWeek;
use crate::diagnostic::{self, nearest};
use crate::generate::{CLIENTS_OF_THE_COUNTRY, Municipality, Spec, country, generate};
use crate::import::write_week;
use crate::language::Language;
use crate::report::folder::{Refusal, Staging, Target};
use crate::tables::Tables;
use crate::words::numbered;

/// The week of the country where none is named: that of the sample, so that the same command gives the same weeks on
/// any day.
const WEEK: (i32, u32) = (2026, 48);

pub(super) fn run(options: &args::Generate) -> Exit {
    match made(options) {
        Ok(text) if options.quiet => drop(text),
        Ok(text) => tell(text),
        Err(failure) => return told(&failure, options),
    }
    Exit::Done
}

/// Why no week was made.
enum Failure {
    UnknownMunicipality(String),
    /// The folder for one week is not named for one.
    NoWeek,
    Refused(Refusal),
    NotWritten(io::Error),
}

/// Makes up what was asked for; all of it stands in its place, or nothing.
fn made(options: &args::Generate) -> Result<String, Failure> {
    let weeks = weeks(options)?;
    let target = Target::open_new(&options.out).map_err(Failure::Refused)?;
    let staging = target.stage().map_err(Failure::NotWritten)?;
    interrupt::listen(1).map_err(|error| Failure::NotWritten(io::Error::other(error)))?;
    let scratch = staging.scratch().to_owned();
    interrupt::writes_to(&scratch);
    let counts = written(&weeks, &staging).map_err(Failure::NotWritten)?;
    interrupt::while_installing(&scratch, || staging.install()).map_err(Failure::NotWritten)?;
    Ok(summary(counts, options))
}

/// A week to make up, and its folder within the target.
struct Week {
    folder: PathBuf,
    spec: Spec,
}

fn weeks(options: &args::Generate) -> Result<Vec<Week>, Failure> {
    let clients = options.clients.map(|clients| clients as usize);
    let spec = |municipality: &Municipality, clients, week| {
        let usual = Spec::municipality(municipality, clients, (week, options.seed));
        if options.race { usual.race() } else { usual }
    };
    if let Some(name) = &options.municipality {
        let municipality = Municipality::named(name).ok_or_else(|| Failure::UnknownMunicipality(name.clone()))?;
        let week = week_of(&options.out).ok_or(Failure::NoWeek)?;
        let clients = clients.unwrap_or_else(|| usual_clients(municipality));
        return Ok(vec![Week { folder: PathBuf::new(), spec: spec(municipality, clients, week) }]);
    }
    let week = options.week.or(IsoWeek::new(WEEK.0, WEEK.1)).expect("the week of the sample exists");
    let shares = country(clients.unwrap_or(CLIENTS_OF_THE_COUNTRY)).into_iter();
    let of = |(municipality, clients): (&Municipality, usize)| Week {
        folder: Path::new(municipality.name).join(week.to_string()),
        spec: spec(municipality, clients, week),
    };
    Ok(shares.map(of).collect())
}

/// What falls to a municipality of all the clients of the country.
fn usual_clients(municipality: &Municipality) -> usize {
    let mut shares = country(CLIENTS_OF_THE_COUNTRY).into_iter();
    shares.find(|(other, _)| *other == municipality).map_or(1, |(_, clients)| clients)
}

/// The week that a folder is named for.
fn week_of(folder: &Path) -> Option<IsoWeek> {
    folder.file_name()?.to_str()?.parse().ok()
}

/// What has been made up.
#[derive(Clone, Copy, Default)]
struct Counts {
    weeks: usize,
    clients: usize,
    carers: usize,
    shifts: usize,
}

impl Counts {
    fn of(week: &Tables) -> Self {
        Counts { weeks: 1, clients: week.clients.len(), carers: week.staff.len(), shifts: week.shifts.len() }
    }

    fn plus(self, other: Self) -> Self {
        Counts {
            weeks: self.weeks + other.weeks,
            clients: self.clients + other.clients,
            carers: self.carers + other.carers,
            shifts: self.shifts + other.shifts,
        }
    }
}

/// Writes the weeks, several at a time; Ctrl-C ends it before the next.
fn written(weeks: &[Week], staging: &Staging) -> io::Result<Counts> {
    let write = |week: &Week| {
        if interrupt::asked() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let tables = generate(&week.spec);
        write_week(&tables, &staging.folder().join(&week.folder))?;
        Ok(Counts::of(&tables))
    };
    weeks.par_iter().map(write).try_reduce(Counts::default, |a, b| Ok(a.plus(b)))
}

fn summary(counts: Counts, options: &args::Generate) -> String {
    let (language, out) = (options.speech.language, options.out.display());
    let parts = [
        numbered(counts.weeks, ["uge", "uger"], ["week", "weeks"], language),
        numbered(counts.clients, ["borger", "borgere"], ["client", "clients"], language),
        numbered(counts.carers, ["medarbejder", "medarbejdere"], ["carer", "carers"], language),
        numbered(counts.shifts, ["vagt", "vagter"], ["shift", "shifts"], language),
    ]
    .join(", ");
    language.pick(format!("Opdigtet: {parts}. Ligger i {out}"), format!("Made up: {parts}. In {out}"))
}

fn told(failure: &Failure, options: &args::Generate) -> Exit {
    let exit = match failure {
        Failure::NotWritten(error) if error.kind() == io::ErrorKind::Interrupted => return Exit::Interrupted,
        Failure::NotWritten(_) => Exit::Failed,
        _ => Exit::BadInput,
    };
    let language = options.speech.language;
    let nothing = language.pick("Intet er skrevet.", "Nothing was written.");
    eprintln!("{}: {} {nothing}", language.pick("fejl", "error"), why(failure, (&options.out, language)));
    exit
}

/// What is wrong and what helps.
fn why(failure: &Failure, (out, language): (&Path, Language)) -> String {
    let out = out.display();
    match failure {
        Failure::UnknownMunicipality(name) => unknown(name, language),
        Failure::NoWeek => language.pick(
            format!("{out}: mappen skal hedde som sin uge, fx 2026-W48."),
            format!("{out}: the folder must be named for its week, such as 2026-W48."),
        ),
        Failure::Refused(Refusal::Io(error)) | Failure::NotWritten(error) => {
            let error = diagnostic::unwritable(error);
            let error = error.in_language(language);
            language.pick(
                format!(
                    "{out}: kan ikke skrives ({error}). Se efter, at stien er rigtig, at der er plads, og at du må \
                     skrive dér."
                ),
                format!(
                    "{out}: cannot be written ({error}). See that the path is right, that there is room and that you \
                     may write there."
                ),
            )
        }
        Failure::Refused(Refusal::ForeignFiles(files)) => {
            let files = files.join(", ");
            language.pick(
                format!("{out}: mappen er ikke tom ({files}). Vælg en ny eller tom mappe."),
                format!("{out}: the folder is not empty ({files}). Choose a new or empty folder."),
            )
        }
        Failure::Refused(_) => language.pick(
            format!("{out}: er ikke en mappe. Vælg en ny eller tom mappe."),
            format!("{out}: is no folder. Choose a new or empty folder."),
        ),
    }
}

fn unknown(name: &str, language: Language) -> String {
    let meant = nearest(name, Municipality::all().iter().map(|municipality| municipality.name));
    let meant = meant.map(|meant| language.pick(format!(" Mente du {meant}?"), format!(" Did you mean {meant}?")));
    let meant = meant.unwrap_or_default();
    language.pick(
        format!("--municipality {name}: er ingen af de 98 danske kommuner.{meant}"),
        format!("--municipality {name}: is none of the 98 Danish municipalities.{meant}"),
    )
}
