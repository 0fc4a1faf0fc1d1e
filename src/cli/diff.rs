//! `pusterum diff`.

use super::{Exit, answer, args};
use crate::diagnostic::Diagnostic;
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
        println!("{}", answer::json(&written::families_told(voice, &problem, &difference)));
    } else {
        println!("{}", written::difference_told(voice, &difference, language));
    }
    Exit::Done
}

/// Reads the week and both rosters. The old one may name grants and carers that are gone; the new one may not.
fn read(options: &args::Diff) -> Result<(Problem, Difference), Vec<Diagnostic>> {
    let old = PublishedSource { roster: options.old.clone(), freeze_before: None };
    let mut problem = import::load_week(&options.week, Some(&old))?.problem;
    let old = problem.published.take().unwrap_or_default();
    let new = import::roster_of(&problem, &options.new)?;
    let difference = explain::difference(&problem, (&old.visits, old.lost_rows), &new.visits);
    Ok((problem, difference))
}
