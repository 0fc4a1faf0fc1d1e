//! Where the weeks of a run come from and where their results go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args;
use crate::language::Language;
use crate::report::folder::lies_within;

/// A week of the run.
pub(super) struct Week {
    /// As typed.
    pub folder: PathBuf,
    /// Its parent folder and its own, such as `Ballerup/2026-W48`.
    pub name: PathBuf,
    /// Where its result goes.
    pub out: PathBuf,
}

/// The weeks as typed.
///
/// # Errors
/// What makes the run as a whole impossible, for people to read.
pub(super) fn of(options: &args::Plan) -> Result<Vec<Week>, String> {
    let language = options.speech.language;
    let of_one_week = [
        ("--published", options.published.is_some()),
        ("--certificate", options.certificate.is_some()),
        ("--json", options.json),
    ];
    if let Some((option, _)) = of_one_week.iter().find(|(_, given)| *given) {
        return Err(of_several(option, language));
    }
    if let Some(week) = options.weeks.iter().find(|week| lies_within(&options.out, week)) {
        return Err(out_within_week(&options.out, week, language));
    }
    let week = |folder: &PathBuf| {
        let name = name(folder);
        Week { folder: folder.clone(), out: options.out.join(&name), name }
    };
    let weeks: Vec<Week> = options.weeks.iter().map(week).collect();
    let clashes = clashes(&weeks, language);
    if clashes.is_empty() { Ok(weeks) } else { Err(clashes.join("\n")) }
}

/// The last two parts of the week's path; a path such as `.` is followed to the folder's own name.
fn name(folder: &Path) -> PathBuf {
    let full = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned());
    let parts = [full.parent().and_then(Path::file_name), full.file_name()];
    parts.into_iter().flatten().collect()
}

/// Every two weeks whose results would lie in one folder.
fn clashes(weeks: &[Week], language: Language) -> Vec<String> {
    let mut first: BTreeMap<&Path, &Week> = BTreeMap::new();
    let mut clashes = Vec::new();
    for week in weeks {
        let other = *first.entry(&week.name).or_insert(week);
        if !std::ptr::eq(other, week) {
            clashes.push(clash(other, week, language));
        }
    }
    clashes
}

fn clash(one: &Week, other: &Week, language: Language) -> String {
    let (one, other, out) = (one.folder.display(), other.folder.display(), one.out.display());
    language.pick(
        format!(
            "fejl: resultaterne af {one} og {other} ville ligge i samme mappe, {out}. Planlæg dem hver for sig, \
             eller læg dem i mapper med forskellige navne."
        ),
        format!(
            "error: the results of {one} and {other} would lie in the same folder, {out}. Plan them one by one, \
             or put them into folders of different names."
        ),
    )
}

fn of_several(option: &str, language: Language) -> String {
    language.pick(
        format!("fejl: {option} gælder én uge. Planlæg den uge for sig."),
        format!("error: {option} is for one week. Plan that week on its own."),
    )
}

fn out_within_week(out: &Path, week: &Path, language: Language) -> String {
    let (out, week) = (out.display(), week.display());
    language.pick(
        format!("fejl: --out {out}: ligger i ugens mappe {week}. Vælg en mappe et andet sted."),
        format!("error: --out {out}: lies in the folder of the week {week}. Choose a folder elsewhere."),
    )
}
