//! `pusterum stress`, `pusterum value` and `pusterum what-if`: weeks planned again, compared in a table and a chart.

use std::path::Path;
use std::time::Instant;

use super::asked::Asked;
use super::{Exit, answer, args, asked};
use crate::diagnostic::{Diagnostic, unreadable_file};
use crate::explain::scenarios::{self, Base, Scenario, Text};
use crate::explain::written::{self, Row};
use crate::explain::{self, Clock, Subject, Voice, plan_again};
use crate::import::{self, Loaded};
use crate::language::Language;
use crate::report::answers::{self, About};

/// A table's name, what it says in its title, and its rows.
struct Table {
    name: &'static str,
    title: &'static str,
    subtitle: &'static str,
    rows: Vec<Row>,
    /// What stands below the rows.
    note: Option<&'static str>,
}

pub(super) fn stress(options: &args::Ask, begun: Instant) -> Exit {
    about_roster("stress", options, begun, |subject, voice, (clock, language)| {
        let stress = explain::stress(subject, clock);
        Table {
            name: "stress",
            title: language.pick("Hvis én er væk hele ugen", "If one is away all week"),
            subtitle: language.pick(
                "Ugen planlagt igen uden hver medarbejder; det dyreste fravær først",
                "The week planned again without each carer; the costliest absence first",
            ),
            rows: written::absence_rows(voice, &stress, language),
            note: None,
        }
    })
}

pub(super) fn value(options: &args::Ask, begun: Instant) -> Exit {
    about_roster("value", options, begun, |subject, voice, (clock, language)| {
        let values = explain::values(subject, clock);
        Table {
            name: "value",
            title: language.pick("Hvad flere timer ville give", "What more hours would give"),
            subtitle: language.pick(
                "Ugen planlagt igen med fire timer mere og uden hver blød regel",
                "The week planned again with four hours more and without each soft rule",
            ),
            rows: written::value_rows(voice, &values, language),
            note: Some(language.pick(NOT_NEGOTIABLE[0], NOT_NEGOTIABLE[1])),
        }
    })
}

fn about_roster(
    command: &'static str,
    options: &args::Ask,
    begun: Instant,
    ask: impl FnOnce(&Subject, Voice<'_>, (Clock, Language)) -> Table,
) -> Exit {
    let language = options.asking.speech.language;
    let read = asked::read(&options.week, &options.roster, &options.asking);
    let (asked, place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let voice = Voice { problem: &asked.subject.problem, naming: options.asking.naming() };
    let clock = answer::clock(options.time, &options.asking, begun);
    let table = ask(&asked.subject, voice, (clock, language));
    write(place, (&asked, &table), &answer::about(command, &asked, begun), language)
}

fn write(place: answer::Place<'_>, (asked, table): (&Asked, &Table), about: &About<'_>, language: Language) -> Exit {
    let told = answers::Table { titles: [table.title, table.subtitle], rows: &table.rows, note: table.note };
    let files = answers::table_of(&asked.subject, (table.name, &told), language);
    place.write(files, about, (told.text(language).trim_end(), language))
}

/// What a value is never put on.
const NOT_NEGOTIABLE: [&str; 2] = [
    "Ikke til forhandling, for det er lov eller sikkerhed: uddannelse og oplæring, den udfører, der kommer i hjemmet i forvejen, \
     kommunens egne, hvor standarden kræver det, fravær, pauser og arbejdstid.",
    "Not negotiable, as it is law or safety: qualification and training, the provider that comes to the home already, the \
     municipality's own carers where the standard asks for them, absences, breaks and working time.",
];

/// Of the time the week as it is may take so much, as it is what all scenarios are compared with.
const BASE_SHARE: f64 = 0.2;

pub(super) fn what_if(options: &args::WhatIf, begun: Instant) -> Exit {
    let language = options.asking.speech.language;
    let read = read(options);
    let ((loaded, scenarios), place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let clock = answer::clock(options.time, &options.asking, begun);
    let Some(subject) = planned(&loaded, clock.part(BASE_SHARE)) else { return Exit::Failed };
    let planned = scenarios::plan_all(&subject, &scenarios, clock);
    let asked = Asked::planned(subject, loaded.inputs);
    let table = Table {
        name: "what-if",
        title: language.pick("Hvad nu hvis", "What if"),
        subtitle: language.pick(
            "Hvert scenarie planlagt for sig, mod ugen, som den er",
            "Each scenario planned, against the week as it is",
        ),
        rows: written::scenario_rows(&asked.subject, &planned, language),
        note: None,
    };
    write(place, (&asked, &table), &answer::about("what-if", &asked, begun), language)
}

/// The week as it is, planned.
fn planned(loaded: &Loaded, clock: Clock) -> Option<Subject> {
    let outcome = plan_again(&loaded.problem, &[], &clock.single())?;
    Subject::new(loaded.problem.clone(), outcome.plan.visits()).ok()
}

/// Reads the week and the scenarios, so that what is wrong with either is listed at once.
fn read(options: &args::WhatIf) -> Result<(Loaded, Vec<Scenario>), Vec<Diagnostic>> {
    let name = options.scenarios.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(&options.scenarios);
    let text = text.map_err(|error| vec![unreadable_file(&error).in_file(&name)]);
    let week = import::load_week(&options.week, options.asking.published().as_ref());
    let (loaded, text) = match (week, text) {
        (Ok(loaded), Ok(text)) => (loaded, text),
        (week, text) => return Err([week.err(), text.err()].into_iter().flatten().flatten().collect()),
    };
    let tables = import::read_tables(&options.week).tables.ok_or_else(Vec::new)?;
    let policy = std::fs::read_to_string(options.week.join(Path::new("policy.toml"))).unwrap_or_default();
    let scenarios = scenarios::read(Base { tables: &tables, policy: &policy }, Text { file: &name, text: &text })?;
    Ok((loaded, scenarios))
}
