//! `pusterum stress`, `pusterum value` and `pusterum what-if`: weeks planned again, compared in a table and a chart.

use std::path::Path;
use std::time::Instant;

use super::asked::Asked;
use super::{Exit, answer, args, asked};
use crate::diagnostic::{Diagnostic, unreadable_file};
use crate::explain::scenarios::{self, Base, Scenario, Text};
use crate::explain::written::{self, Row};
use crate::explain::{self, Clock, Outcome, Subject, Voice, plan_again};
use crate::import::{self, Loaded};
use crate::language::Language;
use crate::report::answers;

/// A kind of weeks planned again: the name of the files, and in both languages title, subtitle and what stands below.
struct Kind {
    name: &'static str,
    title: [&'static str; 2],
    subtitle: [&'static str; 2],
    note: Option<[&'static str; 2]>,
}

const STRESS: Kind = Kind {
    name: "stress",
    title: ["Hvis én er væk hele ugen", "If one is away all week"],
    subtitle: [
        "Ugen planlagt igen uden hver medarbejder; det dyreste fravær først",
        "The week planned again without each carer; the costliest absence first",
    ],
    note: None,
};

const VALUE: Kind = Kind {
    name: "value",
    title: ["Hvad flere timer ville give", "What more hours would give"],
    subtitle: [
        "Ugen planlagt igen med fire timer mere og uden hver blød regel",
        "The week planned again with four hours more and without each soft rule",
    ],
    note: Some(NOT_NEGOTIABLE),
};

const WHAT_IF: Kind = Kind {
    name: "what-if",
    title: ["Hvad nu hvis", "What if"],
    subtitle: [
        "Hvert scenarie planlagt for sig, mod ugen, som den er",
        "Each scenario planned, against the week as it is",
    ],
    note: None,
};

pub(super) fn stress(options: &args::Ask, begun: Instant) -> Exit {
    about_roster(&STRESS, options, begun, |subject, voice, (clock, language)| {
        written::absence_rows(voice, &explain::stress(subject, clock), language)
    })
}

pub(super) fn value(options: &args::Ask, begun: Instant) -> Exit {
    about_roster(&VALUE, options, begun, |subject, voice, (clock, language)| {
        written::value_rows(voice, &explain::values(subject, clock), language)
    })
}

fn about_roster(
    kind: &Kind,
    options: &args::Ask,
    begun: Instant,
    ask: impl FnOnce(&Subject, Voice<'_>, (Clock, Language)) -> Vec<Row>,
) -> Exit {
    let language = options.asking.speech.language;
    let read = asked::read(&options.week, &options.roster, &options.asking);
    let (asked, place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let voice = Voice { problem: &asked.subject.problem, naming: options.asking.naming() };
    let clock = answer::clock(options.time.for_many_plannings(), &options.asking, begun);
    let rows = ask(&asked.subject, voice, (clock, language));
    kind.write(place, (&asked, &rows), begun, language)
}

impl Kind {
    fn write(
        &self,
        place: answer::Place<'_>,
        (asked, rows): (&Asked, &[Row]),
        begun: Instant,
        language: Language,
    ) -> Exit {
        let note = self.note.map(|[danish, english]| language.pick(danish, english));
        let titles = [self.title, self.subtitle].map(|[danish, english]| language.pick(danish, english));
        let told = answers::Table { titles, rows, note };
        let files = answers::table_of(&asked.subject, (self.name, &told), language);
        place.write(files, &answer::about(self.name, asked, begun), (told.text(language).trim_end(), language))
    }
}

/// What a value is never put on.
const NOT_NEGOTIABLE: [&str; 2] = [
    "Ikke til forhandling, for det er lov eller sikkerhed: uddannelse og oplæring, den udfører, der kommer i hjemmet i forvejen, \
     kommunens egne, hvor standarden kræver det, fravær, pauser og arbejdstid.",
    "Not negotiable, as it is law or safety: qualification and training, the provider that comes to the home already, the \
     municipality's own carers where the standard asks for them, absences, breaks and working time.",
];

/// Of the time the week as it is may take so much at the least, as it is what all scenarios are compared with.
const BASE_SHARE: f64 = 0.2;

pub(super) fn what_if(options: &args::WhatIf, begun: Instant) -> Exit {
    let language = options.asking.speech.language;
    let read = read(options);
    let ((loaded, scenarios), place) = match answer::prepare(read, (&options.out, &options.week), language) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let clock = answer::clock(options.time.for_many_plannings(), &options.asking, begun);
    let share = BASE_SHARE.max(1.0 / (1.0 + scenarios.len() as f64));
    let Some((subject, week)) = planned(&loaded, clock.part(share)) else { return Exit::Failed };
    let planned = scenarios::plan_all(&subject, &scenarios, clock);
    let rows = written::scenario_rows(&week, &planned, language);
    WHAT_IF.write(place, (&Asked::planned(subject, loaded.inputs), &rows), begun, language)
}

/// The week as it is, planned, and what that comes to.
fn planned(loaded: &Loaded, clock: Clock) -> Option<(Subject, Outcome)> {
    let outcome = plan_again(&loaded.problem, &[], &clock.single())?;
    let subject = Subject::new(loaded.problem.clone(), outcome.plan.visits()).ok()?;
    Some((subject, outcome))
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
    let base = Base { tables: &tables, problem: &loaded.problem, policy: &policy };
    let scenarios = scenarios::read(base, Text { file: &name, text: &text })?;
    Ok((loaded, scenarios))
}
