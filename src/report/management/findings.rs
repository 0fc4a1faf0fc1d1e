//! What to see first, in sentences: how much is delivered, and where most of the rest is missing and why.

use super::reasons::Cause;
use super::tables::{Cell, Chapter, Row, Tables, Whole};
use crate::language::Language;
use crate::units::Minutes;
use crate::words::{self, lower};

/// The sentences; nothing is said of what is masked.
pub(super) fn sentences(tables: &Tables<'_>, chapters: &[Chapter]) -> Vec<String> {
    let language = tables.language;
    let most = |id: &str, column: usize| {
        let row = most(chapters, id, column)?;
        Some((row.name.as_str(), within(row.cells[column], language)))
    };
    let provider = most("providers", 4).map(|(name, hours)| {
        language.pick(format!("Der mangler mest hos {name}: {hours}."), format!("Most is missing at {name}: {hours}."))
    });
    let asked = most("qualifications", 4).map(|(name, hours)| {
        language.pick(
            format!("Efter krav mangler der mest ved »{name}«: {hours}."),
            format!("By qualification most is missing at “{name}”: {hours}."),
        )
    });
    let day = most("weekdays", 1).map(|(name, hours)| {
        let name = words::whole_weekday(name, language);
        language.pick(
            format!("Den ugedag, hvor der mangler mest, er {name}: {hours}."),
            format!("The weekday on which most is missing is {name}: {hours}."),
        )
    });
    let cause = most("reasons", 0).map(|(name, hours)| {
        let help = Cause::ALL.into_iter().find(|cause| cause.name(language) == name).map(|cause| cause.help(language));
        let help = help.unwrap_or_default();
        language.pick(
            format!("Hyppigste årsag: {} ({hours}). Det ville hjælpe: {help}.", lower(name)),
            format!("Most frequent reason: {} ({hours}). What would help: {help}.", lower(name)),
        )
    });
    [delivered(tables), waiting(tables), provider, asked, day, cause].into_iter().flatten().collect()
}

/// How much of what is due is delivered, where that may be told.
fn delivered(tables: &Tables<'_>) -> Option<String> {
    let language = tables.language;
    let [share, due, missing] = [Whole::Delivered, Whole::Due, Whole::Undelivered].map(|which| tables.whole(which));
    let [share_said, due_said, missing_said] = [share, due, missing].map(|cell| within(cell, language));
    match (share, missing) {
        (Cell::Share(_), Cell::Hours(Minutes(0))) => {
            Some(language.pick(
                format!("Alle {due_said} til levering er leveret."),
                format!("All {due_said} due are delivered."),
            ))
        }
        (Cell::Share(_), Cell::Hours(_)) => Some(language.pick(
            format!("{share_said} af {due_said} til levering er leveret; {missing_said} mangler."),
            format!("{share_said} of {due_said} due are delivered; {missing_said} are missing."),
        )),
        _ => None,
    }
}

/// How many families wait, and for how long, where that may be told.
fn waiting(tables: &Tables<'_>) -> Option<String> {
    let language = tables.language;
    match [Whole::Waiting, Whole::Waited].map(|which| tables.whole(which)) {
        [families @ Cell::Count(_), weeks @ Cell::Weeks(_)] => {
            let (families, weeks) = (families.said(language), within(weeks, language));
            Some(language.pick(
                format!("{families} familier får intet besøg i en uge, hvor de har timer til levering; de har i gennemsnit ventet {weeks}."),
                format!("{families} families get no visit in a week in which hours are due to them; they have waited {weeks} on average."),
            ))
        }
        _ => None,
    }
}

/// A figure within a sentence, its unit on the same line.
fn within(cell: Cell, language: Language) -> String {
    cell.said(language).replace(' ', "\u{a0}")
}

/// The row with the most hours in a column, where there are several and all are shown.
fn most<'a>(chapters: &'a [Chapter], id: &str, column: usize) -> Option<&'a Row> {
    let mut tables = chapters.iter().flat_map(|chapter| &chapter.tables);
    let table = tables.find(|table| table.id == id).filter(|table| table.rows.len() > 1)?;
    let hours = |row: &Row| match row.cells[column] {
        Cell::Hours(minutes) => minutes,
        _ => Minutes(0),
    };
    // A masked row may have more.
    let all_shown = table.rows.iter().all(|row| row.cells[column] != Cell::Masked);
    table.rows.iter().max_by_key(|row| hours(row)).filter(|row| all_shown && hours(row) > Minutes(0))
}
