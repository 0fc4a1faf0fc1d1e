//! `pusterum diff`.

use std::path::Path;

use super::screen::tell;
use super::{Exit, answer, args};
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::explain::written;
use crate::explain::{self, Difference, Voice};
use crate::import::{self, PublishedSource};
use crate::problem::Problem;
use crate::words::Naming;

pub(super) fn run(options: &args::Diff) -> Exit {
    let language = options.speech.language;
    let (problem, difference) = match read(options) {
        Ok(found) => found,
        Err(found) => return answer::bad_input(&found, language),
    };
    let naming = if options.names { Naming::Names } else { Naming::Ids };
    let voice = Voice { problem: &problem, naming };
    if options.json {
        tell(answer::json(&written::families_told(voice, &problem, &difference)));
    } else {
        tell(written::difference_told(voice, &difference, language));
    }
    Exit::Done
}

/// That no row of the old roster has anything to do with the week.
fn of_another_week(roster: &Path) -> Diagnostic {
    let fault = Fault::new(
        codes::ROSTER_OF_ANOTHER_WEEK,
        ["ingen række i planen hører til ugen", "no row of the roster belongs to the week"],
        ["Vælg den gamle plan for samme uge", "Choose the old roster of the same week"],
    );
    fault.in_file(&roster.file_name().unwrap_or_default().to_string_lossy())
}

/// Reads the week and both rosters. The old one may name grants and carers that are gone; the new one may not.
fn read(options: &args::Diff) -> Result<(Problem, Difference), Vec<Diagnostic>> {
    let old = PublishedSource { roster: options.old.clone(), freeze_before: None };
    let mut problem = import::load_week(&options.week, Some(&old))?.problem;
    let old = problem.published.take().unwrap_or_default();
    if old.visits.is_empty() && old.lost_rows > 0 {
        return Err(vec![of_another_week(&options.old)]);
    }
    let new = import::roster_of(&problem, &options.new)?;
    let difference = explain::difference(&problem, (&old.visits, old.lost_rows), &new.visits);
    Ok((problem, difference))
}
