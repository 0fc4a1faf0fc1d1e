//! `pusterum validate`.

use super::inputs::{numbered, severity, warnings_counted};
use super::{Exit, args, inputs};
use crate::import;
use crate::language::Language;
use crate::problem::Problem;

/// What is only told: the word is the same in both languages.
const NOTE: &str = "note";

pub(super) fn run(options: &args::Validate) -> Exit {
    let language = options.speech.language;
    match import::load_week(&options.week, None) {
        Ok(loaded) => {
            for source in loaded.sources.iter().filter(|source| !source.is_canonical()) {
                println!("{}: {}", NOTE, source.told().in_language(language));
            }
            for warning in &loaded.warnings {
                println!("{}: {}", severity(warning, language), warning.render(language));
            }
            println!("{}", counted(&loaded.problem, loaded.warnings.len(), language));
            Exit::Done
        }
        Err(found) => {
            inputs::list(&found, language);
            Exit::BadInput
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
