//! The week and roster that a question is about, as typed.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::Asking;
use crate::check::Finding;
use crate::diagnostic::{Diagnostic, Fault, codes, nearest};
use crate::explain::Subject;
use crate::ids::GrantId;
use crate::import::{self, Loaded};
use crate::problem::Visit;

/// A week and its roster, read and checked.
pub(super) struct Asked {
    pub subject: Subject,
    /// The roster's visits by their own ids.
    by_id: BTreeMap<String, Visit>,
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
        Ok(subject) => Ok(Asked { subject, by_id: given.by_id, inputs }),
        Err(no_plan) => Err(no_plan.0.iter().map(|finding| broken(roster, finding)).collect()),
    }
}

impl Asked {
    /// A week that was planned just now; its visits have no ids yet.
    pub fn planned(subject: Subject, inputs: BTreeMap<String, String>) -> Self {
        Asked { subject, by_id: BTreeMap::new(), inputs }
    }

    /// The grant of an id.
    ///
    /// # Errors
    /// That the week knows none of that id.
    pub fn grant(&self, id: &str) -> Result<GrantId, Vec<Diagnostic>> {
        let grants = &self.subject.problem.grants;
        let found = grants.iter().find(|(_, row)| row.id == id).map(|(grant, _)| grant);
        found.ok_or_else(|| {
            unknown((id, codes::UNKNOWN_GRANT, GRANT), grants.values().iter().map(|row| row.id.as_str()))
        })
    }

    /// The visit of an id.
    ///
    /// # Errors
    /// That the roster has none of that id.
    pub fn visit(&self, id: &str) -> Result<Visit, Vec<Diagnostic>> {
        let known = || self.by_id.keys().map(String::as_str);
        self.by_id.get(id).copied().ok_or_else(|| unknown((id, codes::UNKNOWN_VISIT, VISIT), known()))
    }
}

const GRANT: [[&str; 2]; 2] = [
    ["ugen har ingen bevilling med det id", "the week has no grant of that id"],
    ["Se id'erne i grants.csv", "See the ids in grants.csv"],
];

const VISIT: [[&str; 2]; 2] = [
    ["planen har intet besøg med det id", "the roster has no visit of that id"],
    ["Se kolonnen visit_id i planen", "See the roster's column visit_id"],
];

/// That an id leads nowhere, with the one that may be meant.
fn unknown<'k>(
    (id, code, [what, cure]): (&str, &'static str, [[&str; 2]; 2]),
    known: impl Iterator<Item = &'k str>,
) -> Vec<Diagnostic> {
    let cure = match nearest(id, known) {
        Some(meant) => [format!("Mente du `{meant}`?"), format!("Did you mean `{meant}`?")],
        None => cure.map(str::to_owned),
    };
    let fault = Fault::new(code, what, [&cure[0], &cure[1]]);
    vec![fault.in_file("").with_value(id)]
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
    fault.in_file(&file).with_value(&who.canonical)
}
