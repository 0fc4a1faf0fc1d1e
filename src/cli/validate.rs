//! `pusterum validate`.

use serde::Serialize;

use super::inputs::{self, Faults, Form, warnings_counted};
use super::screen::tell;
use super::{Exit, args};
use crate::diagnostic;
use crate::import::{self, Loaded};
use crate::language::Language;
use crate::problem::Problem;
use crate::report::TableReadFrom;
use crate::words::numbered;

pub(super) fn run(options: &args::Validate) -> Exit {
    let (form, language) = (Form::of(options.json), options.speech.language);
    match import::load_week(&options.week, None) {
        Ok(loaded) => {
            tell(answer(&loaded, form, language));
            Exit::Done
        }
        Err(found) => {
            inputs::list(&found, form, language);
            Exit::BadInput
        }
    }
}

/// What is said of a week that can be planned.
fn answer(loaded: &Loaded, form: Form, language: Language) -> String {
    let Loaded { problem, warnings, .. } = loaded;
    match form {
        Form::Text => {
            let mut lines = inputs::notes(&loaded.sources, language);
            lines.extend(diagnostic::lines(warnings, language));
            lines.push(counted(problem, warnings.len(), language));
            lines.join("\n")
        }
        Form::Json => inputs::json(&Plannable::of(loaded, Faults::of(warnings, language))),
    }
}

/// A week that can be planned, for programs: its warnings and what it holds.
#[derive(Serialize)]
struct Plannable<'w> {
    #[serde(flatten)]
    faults: Faults<'w>,
    week: String,
    clients: usize,
    grants: usize,
    providers: usize,
    carers: usize,
    shifts: usize,
    bookings: usize,
    tables: Vec<TableReadFrom<'w>>,
}

impl<'w> Plannable<'w> {
    fn of(loaded: &'w Loaded, faults: Faults<'w>) -> Self {
        let problem = &loaded.problem;
        Plannable {
            faults,
            week: problem.week.to_string(),
            clients: problem.clients.len(),
            grants: problem.grants.len(),
            providers: problem.providers.len(),
            carers: problem.carers.len(),
            shifts: problem.shifts.len(),
            bookings: problem.bookings.len(),
            tables: TableReadFrom::all(&loaded.sources),
        }
    }
}

fn counted(problem: &Problem, warnings: usize, language: Language) -> String {
    let parts = [
        numbered(problem.clients.len(), ["borger", "borgere"], ["client", "clients"], language),
        numbered(problem.grants.len(), ["bevilling", "bevillinger"], ["grant", "grants"], language),
        numbered(problem.providers.len(), ["udfører", "udførere"], ["provider", "providers"], language),
        numbered(problem.carers.len(), ["medarbejder", "medarbejdere"], ["carer", "carers"], language),
        numbered(problem.shifts.len(), ["vagt", "vagter"], ["shift", "shifts"], language),
        warnings_counted(warnings, language),
    ];
    let week = problem.week.number();
    let parts = parts.join(", ");
    language.pick(format!("Uge {week} kan planlægges: {parts}."), format!("Week {week} can be planned: {parts}."))
}
