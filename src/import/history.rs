//! What last week's roster adds to a week's history, so that the next Monday starts where this week ended.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use super::folder::{Reading, missing_file, read_folder};
use super::grid::Grid;
use super::header::Wanted;
use super::inventory::{self, Place};
use super::roster::{self, ROSTER_COLUMNS, ROSTER_TABLE};
use super::shape::{Column, Kind, optional};
use super::source::Source;
use super::table::{self, Cells, Row};
use super::value;
use crate::diagnostic::{Cell, Diagnostic, Fault, codes};
use crate::pseudonym::Key;
use crate::tables::{HistoryRow, Located, Tables};

/// The week before, and what of its roster did not take place.
#[derive(Clone, Debug)]
pub struct Previous {
    /// Its folder.
    pub week: PathBuf,
    pub roster: PathBuf,
    /// A list of visits that were cancelled.
    pub cancelled: Option<PathBuf>,
}

/// What became of the visits of the week before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Rows that the history gained.
    pub added: usize,
    /// Visits that were cancelled.
    pub cancelled: usize,
    /// Rows of somebody who is no longer in the week.
    pub gone: usize,
    /// Rows too old for any rule.
    pub old: usize,
}

/// A visit of a roster, or the words by which a list of cancelled visits means one.
struct Visited {
    visit_id: Option<String>,
    date: Option<NaiveDate>,
    client_id: Option<String>,
    staff_id: Option<String>,
}

impl Row for Visited {
    const COLUMNS: &'static [Column] = ROSTER_COLUMNS;

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        visited(cells)
    }
}

fn visited(cells: &mut Cells<'_>) -> Option<Visited> {
    let visit_id = cells.optional("visit_id", value::text);
    let date = cells.optional("date", value::date);
    let client_id = cells.optional("client_id", value::text);
    let staff_id = cells.optional("staff_id", value::text);
    Some(Visited { visit_id: visit_id?, date: date?, client_id: client_id?, staff_id: staff_id? })
}

/// A row of the list of cancelled visits: a visit's number, or its date and client.
struct Cancelled(Visited);

impl Row for Cancelled {
    const COLUMNS: &'static [Column] = &[
        optional("visit_id", Kind::Id),
        optional("date", Kind::Date),
        optional("start", Kind::Time),
        optional("end", Kind::Time),
        optional("grant_id", Kind::Id),
        optional("client_id", Kind::Id),
        optional("provider_id", Kind::Id),
        optional("staff_id", Kind::Id),
        optional("service", Kind::Text),
        optional("status", Kind::Text),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        visited(cells).map(Cancelled)
    }
}

impl Visited {
    fn is_meant_by(&self, other: &Visited) -> bool {
        fn agrees<T: PartialEq>(own: Option<&T>, wanted: Option<&T>) -> bool {
            wanted.is_none_or(|wanted| own == Some(wanted))
        }
        agrees(self.visit_id.as_ref(), other.visit_id.as_ref())
            && agrees(self.date.as_ref(), other.date.as_ref())
            && agrees(self.client_id.as_ref(), other.client_id.as_ref())
            && agrees(self.staff_id.as_ref(), other.staff_id.as_ref())
    }

    /// The cell that names the visit, or that is missing to name one, and what it says.
    fn told_by(&self) -> (&'static str, String) {
        match (&self.visit_id, self.date, &self.client_id) {
            (Some(visit_id), ..) => ("visit_id", visit_id.clone()),
            (None, Some(_), client_id) => ("client_id", client_id.clone().unwrap_or_default()),
            (None, None, _) => ("date", String::new()),
        }
    }

    /// Whether it is enough to know which visit is meant.
    fn names_a_visit(&self) -> bool {
        self.visit_id.is_some() || self.date.is_some() && self.client_id.is_some()
    }
}

/// Adds the visits of the week before, and what its own history still says, to the history of a week. With a key, civil
/// registration numbers in the cells of all of these files become the pseudonyms that they have in the week.
///
/// # Errors
/// Everything that is wrong with the week before, its roster or the list of cancelled visits; nothing is added then.
pub fn carry_over(tables: &mut Tables, previous: &Previous, key: Option<&Key>) -> Result<Carried, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let before = read_folder(Reading { key, ..Reading::week_folder(&previous.week) });
    let faults = before.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    found.extend(before.in_own_words(faults).into_iter().map(|fault| of_folder(fault, &previous.week)));
    let visits = read_rows::<Visited>(&previous.roster, key, &mut found);
    let cancelled = previous.cancelled.as_ref().map(|list| (list, read_rows::<Cancelled>(list, key, &mut found)));
    if let Some(earlier) = before.tables.as_ref().filter(|earlier| earlier.week >= tables.week) {
        found.push(not_before(&earlier.week.to_string(), &previous.week));
    }
    let mut carried = Carried::default();
    let called_off = cancelled.map(|(list, rows)| called_off(&visits, (&rows, list), &mut found)).unwrap_or_default();
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    carried.cancelled = called_off.len();
    let held = visits.iter().enumerate().filter(|(place, _)| !called_off.contains(place)).map(|(_, visit)| &visit.row);
    let held = held.filter_map(|visit| {
        Some(HistoryRow { client_id: visit.client_id.clone()?, staff_id: visit.staff_id.clone()?, date: visit.date? })
    });
    let earlier = before.tables.map(|tables| tables.history).unwrap_or_default();
    let rows: BTreeSet<_> = earlier.into_iter().map(|located| located.row).chain(held).map(sorted).collect();
    add(
        tables,
        rows.into_iter().map(|(date, client_id, staff_id)| HistoryRow { client_id, staff_id, date }),
        &mut carried,
    );
    Ok(carried)
}

fn sorted(row: HistoryRow) -> (NaiveDate, String, String) {
    (row.date, row.client_id, row.staff_id)
}

fn add(tables: &mut Tables, rows: impl Iterator<Item = HistoryRow>, carried: &mut Carried) {
    let clients: HashSet<&str> = tables.clients.iter().map(|located| located.row.client_id.as_str()).collect();
    let staff: HashSet<&str> = tables.staff.iter().map(|located| located.row.staff_id.as_str()).collect();
    let known: HashSet<_> = tables.history.iter().map(|located| sorted(located.row.clone())).collect();
    let days = u64::try_from(tables.policy.familiar_days).unwrap_or(0);
    let first = tables.week.monday().checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
    let mut fresh = Vec::new();
    for row in rows {
        if row.date < first {
            carried.old += 1;
        } else if !clients.contains(row.client_id.as_str()) || !staff.contains(row.staff_id.as_str()) {
            carried.gone += 1;
        } else if !known.contains(&sorted(row.clone())) {
            fresh.push(row);
        }
    }
    carried.added = fresh.len();
    let line = tables.history.last().map_or(1, |located| located.line);
    tables.history.extend((line + 1..).zip(fresh).map(|(line, row)| Located { line, row }));
}

/// The visits that the list means, by their places; a row that means none is a fault.
fn called_off(
    visits: &[Located<Visited>],
    (list, path): (&[Located<Cancelled>], &Path),
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<usize> {
    let mut off = BTreeSet::new();
    for Located { line, row: Cancelled(wanted) } in list {
        let meant = |visit: &Located<Visited>| wanted.names_a_visit() && visit.row.is_meant_by(wanted);
        let places: Vec<usize> =
            visits.iter().enumerate().filter(|(_, visit)| meant(visit)).map(|(place, _)| place).collect();
        if places.is_empty() {
            let (column, value) = wanted.told_by();
            let file = roster::file_name(path);
            found.push(Cell { file: &file, line: *line, column }.error(&value, unknown_visit()));
        }
        off.extend(places);
    }
    off
}

/// The rows of a file that stands anywhere, with pseudonyms where there is a key; what is wrong with it gathers beside it.
fn read_rows<R: Row>(path: &Path, key: Option<&Key>, found: &mut Vec<Diagnostic>) -> Vec<Located<R>> {
    let name = roster::file_name(path);
    let opened = match Source::read(path, &name) {
        Ok(Some(source)) => source.open(None).content,
        Ok(None) => Err(missing_file(&name)),
        Err(diagnostic) => Err(diagnostic),
    };
    let content = match opened {
        Ok(content) => content,
        Err(diagnostic) => {
            found.push(diagnostic);
            return Vec::new();
        }
    };
    let place = Place { file: name.clone(), sheet: None, entry: None };
    let Some(grid) = inventory::grid(&content, &place, R::COLUMNS, ROSTER_TABLE) else { return Vec::new() };
    let wanted = Wanted { file: &name, own_file: &name, table: ROSTER_TABLE, columns: R::COLUMNS, entry: None };
    let pseudonymised = grid.pseudonymised(key);
    let safe = pseudonymised.as_deref().map(Grid::Sheet);
    let read = table::read::<R>(safe.as_ref().unwrap_or(&grid), wanted);
    found.extend(super::origin::in_own_words(read.diagnostics, &read.told.renamed));
    read.rows
}

/// Says in which folder a fault of the week before is.
fn of_folder(mut fault: Diagnostic, folder: &Path) -> Diagnostic {
    if !fault.file.is_empty() {
        fault.file = format!("{}/{}", roster::file_name(folder), fault.file);
    }
    fault
}

fn not_before(week: &str, folder: &Path) -> Diagnostic {
    let fault = Fault::new(
        codes::PREVIOUS_WEEK_NOT_BEFORE,
        ["ugen i --previous ligger ikke før den nye uge", "the week of --previous is not before the new one"],
        ["Giv den uge, der gik forud, og dens vagtplan", "Give the week before, and its roster"],
    );
    fault.in_file(&roster::file_name(folder)).with_value(week)
}

fn unknown_visit() -> Fault {
    Fault::new(
        codes::UNKNOWN_CANCELLED_VISIT,
        ["intet besøg i vagtplanen er ment", "no visit of the roster is meant"],
        [
            "Skriv besøgets visit_id, eller dets date og client_id, som i vagtplanen",
            "Write the visit's visit_id, or its date and client_id, as in the roster",
        ],
    )
}
