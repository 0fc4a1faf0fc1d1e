//! The week and roster that a question is about, as typed.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::Asking;
use crate::check::Finding;
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::explain::Subject;
use crate::import::{self, Loaded};

/// A week and its roster, read and checked.
pub(super) struct Asked {
    pub subject: Subject,
    /// SHA-256 in hex of each file read, by its name; that of the roster as `roster`.
    pub inputs: BTreeMap<String, String>,
}

/// The key of the roster's fingerprint among the inputs.
const ROSTER: &str = "roster";

/// Reads the week and the roster.
///
/// # Errors
/// Everything that is wrong with either: rows of another week, broken rules.
pub(super) fn read(week: &Path, roster: &Path, asking: &Asking) -> Result<Asked, Vec<Diagnostic>> {
    let Loaded { problem, mut inputs, .. } = import::load_week(week, asking.published().as_ref())?;
    let given = import::roster_of(&problem, roster)?;
    inputs.insert(ROSTER.to_owned(), given.sha256);
    match Subject::new(problem, &given.visits) {
        Ok(subject) => Ok(Asked { subject, inputs }),
        Err(no_plan) => Err(no_plan.0.iter().map(|finding| broken(roster, finding)).collect()),
    }
}

fn broken(roster: &Path, finding: &Finding) -> Diagnostic {
    let file = roster.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let Finding { rule, who, expected, got, .. } = finding;
    let fault = Fault::new(
        codes::ROSTER_BREAKS_RULES,
        [
            &format!("bryder {rule}: forventet {}, fundet {}", expected.danish, got.danish),
            &format!("breaks {rule}: expected {}, got {}", expected.english, got.english),
        ],
        [
            "Ret planen, eller planlæg igen; `pusterum check` viser det samme",
            "Mend the roster or plan again; `pusterum check` shows the same",
        ],
    );
    fault.in_file(&file).with_value(who)
}
