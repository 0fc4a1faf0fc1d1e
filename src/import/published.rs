//! The roster that was published before: what of it is compared, and what of it is kept.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use chrono::{NaiveDateTime, Timelike};

use super::roster::{self, RosterRow};
use crate::diagnostic::{Cell, Diagnostic, Fault, codes};
use crate::ids::{CarerId, GrantId};
use crate::problem::{Problem, Published, Visit, ends_before_start};
use crate::units::{Minutes, Moment, Span, clock};

/// The roster that was published before.
#[derive(Clone, Debug)]
pub struct PublishedSource {
    pub roster: PathBuf,
    /// Its visits that begin before this moment are kept, as pins.
    pub freeze_before: Option<NaiveDateTime>,
}

impl PublishedSource {
    /// The moment as it is typed, such as `2026-11-25T12:00`.
    pub fn frozen_before(&self) -> Option<String> {
        self.freeze_before.map(|moment| moment.format("%Y-%m-%dT%H:%M").to_string())
    }
}

/// The key of the roster's fingerprint among the inputs.
const INPUT: &str = "published";

/// Adds the published roster to a problem, where there is one, and gives its rows; its faults gather beside it.
pub(super) fn add(
    problem: Option<Problem>,
    source: &PublishedSource,
    found: &mut Vec<Diagnostic>,
    inputs: &mut BTreeMap<String, String>,
) -> (Option<Problem>, Vec<RosterRow>) {
    let read = roster::read_file(&source.roster);
    inputs.extend(read.sha256.map(|sha256| (INPUT.to_owned(), sha256)));
    found.extend(read.diagnostics);
    (problem.map(|problem| compared(problem, source, (&read.rows, found))), read.rows)
}

/// The problem with the published visits to compare with, and those to keep as pins.
fn compared(
    mut problem: Problem,
    source: &PublishedSource,
    (rows, found): (&[RosterRow], &mut Vec<Diagnostic>),
) -> Problem {
    let file = roster::file_name(&source.roster);
    let mut matched = Matcher::new(&problem, &file).matched(rows);
    found.append(&mut matched.found);
    if let Some(freeze) = source.freeze_before {
        let before = problem.week.midnight(freeze.date()) + minute_of_day(freeze);
        found.extend(freeze_visits(&mut problem, &matched.rows, (before, &file)));
    }
    let visits = matched.rows.iter().map(|(visit, _)| *visit).collect();
    problem.published = Some(Published { visits, lost_rows: matched.lost_rows });
    problem
}

fn minute_of_day(moment: NaiveDateTime) -> Minutes {
    let minute = moment.hour() * 60 + moment.minute();
    Minutes(i32::try_from(minute).expect("less than a day"))
}

/// A roster of the week that somebody asks about.
#[derive(Clone, Debug)]
pub struct GivenRoster {
    /// In the order of its rows.
    pub visits: Vec<Visit>,
    /// The visits by their own ids, as far as rows have any.
    pub by_id: BTreeMap<String, Visit>,
    /// In hex, of the file.
    pub sha256: String,
}

/// Reads a roster of this week.
///
/// # Errors
/// Every row that cannot be read, or that is of a grant, carer or date which the week does not know.
pub fn roster_of(problem: &Problem, path: &Path) -> Result<GivenRoster, Vec<Diagnostic>> {
    let mut read = roster::read_file(path);
    let file = roster::file_name(path);
    let matched = Matcher::new(problem, &file).matched(&read.rows);
    read.diagnostics.retain(Diagnostic::is_error);
    let strange = matched.found.into_iter().map(|found| of_another_week(&file, &found));
    read.diagnostics.extend(strange);
    if !read.diagnostics.is_empty() {
        return Err(read.diagnostics);
    }
    let named = matched.rows.iter().filter(|(_, row)| !row.visit_id.is_empty());
    let by_id = named.map(|(visit, row)| (row.visit_id.clone(), *visit)).collect();
    let visits = matched.rows.into_iter().map(|(visit, _)| visit).collect();
    Ok(GivenRoster { visits, by_id, sha256: read.sha256.unwrap_or_default() })
}

/// A row that leads nowhere is a change in a published roster, and a fault in one that is asked about.
fn of_another_week(file: &str, found: &Diagnostic) -> Diagnostic {
    let fault = Fault::new(
        codes::ROSTER_OF_ANOTHER_WEEK,
        ["står ikke i ugen", "is not one of the week"],
        [
            "Ret rækken, eller vælg ugens egen plan; måske hører planen til en anden uge",
            "Mend the row, or choose the week's own roster; perhaps it is that of another week",
        ],
    );
    let cell = Cell { file, line: found.line.unwrap_or(0), column: found.column.as_deref().unwrap_or_default() };
    cell.error(found.value.as_deref().unwrap_or_default(), fault)
}

/// The rows of a roster as visits of the week.
#[derive(Default)]
struct Matched<'r> {
    rows: Vec<(Visit, &'r RosterRow)>,
    lost_rows: u32,
    found: Vec<Diagnostic>,
}

struct Matcher<'p> {
    problem: &'p Problem,
    grants: HashMap<&'p str, GrantId>,
    carers: HashMap<&'p str, CarerId>,
    file: &'p str,
}

impl<'p> Matcher<'p> {
    fn new(problem: &'p Problem, file: &'p str) -> Self {
        Matcher {
            problem,
            grants: problem.grants.iter().map(|(id, grant)| (grant.id.as_str(), id)).collect(),
            carers: problem.carers.iter().map(|(id, carer)| (carer.id.as_str(), id)).collect(),
            file,
        }
    }

    fn matched<'r>(&self, rows: &'r [RosterRow]) -> Matched<'r> {
        let mut matched = Matched::default();
        for row in rows {
            match self.visit(row) {
                Ok(visit) => matched.rows.push((visit, row)),
                Err(warning) => {
                    matched.lost_rows += 1;
                    matched.found.push(warning);
                }
            }
        }
        matched
    }

    fn visit(&self, row: &RosterRow) -> Result<Visit, Diagnostic> {
        let lost = |column, value: &str| Cell { file: self.file, line: row.line, column }.warning(value, lost());
        let grant = self.grants.get(row.grant_id.as_str()).ok_or_else(|| lost("grant_id", &row.grant_id))?;
        let carer = self.carers.get(row.staff_id.as_str()).ok_or_else(|| lost("staff_id", &row.staff_id))?;
        let day = self.problem.week.day_of(row.date).ok_or_else(|| lost("date", &row.date.to_string()))?;
        Ok(Visit { grant: *grant, carer: *carer, span: Span::new(day.at(row.start), day.at(row.end)) })
    }
}

/// Adds the visits that begin before a moment to the pins. Where the planner's own pin has the carer's time, the pin
/// wins with a warning: it is the later word, and the roster that it contradicts must not stop the replanning.
fn freeze_visits(
    problem: &mut Problem,
    rows: &[(Visit, &RosterRow)],
    (before, file): (Moment, &str),
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut pins: HashMap<CarerId, Vec<Visit>> = HashMap::new();
    for pin in &problem.pins {
        pins.entry(pin.carer).or_default().push(*pin);
    }
    for (visit, row) in rows.iter().filter(|(visit, _)| visit.span.start < before) {
        let cell = |column| Cell { file, line: row.line, column };
        let own = pins.entry(visit.carer).or_default();
        if visit.span.is_empty() {
            found.push(cell("end").error(&clock(row.end), ends_before_start()));
        } else if own.iter().any(|pin| pin != visit && pin.span.overlaps(visit.span)) {
            found.push(cell("start").warning(&row.staff_id, overlaps_a_pin()));
        } else if !own.contains(visit) {
            own.push(*visit);
        }
    }
    problem.pins = pins.into_values().flatten().collect();
    problem.pins.sort_unstable();
    found
}

fn lost() -> Fault {
    Fault::new(
        codes::PUBLISHED_ROW_LOST,
        [
            "det offentliggjorte besøg findes ikke i ugen længere; det tæller som ændret",
            "the published visit is no longer one of the week; it counts as changed",
        ],
        ["Ret id'et eller datoen, hvis det er en fejl", "Mend the id or the date if that is a mistake"],
    )
}

fn overlaps_a_pin() -> Fault {
    Fault::new(
        codes::FROZEN_VISIT_OVERLAPS,
        [
            "det offentliggjorte besøg er begyndt, men et andet fast besøg har medarbejderens tid; det faste besøg gælder",
            "the published visit has begun, but another fixed visit has the carer's time; the fixed visit counts",
        ],
        [
            "Fjern det faste besøg i pins.csv, hvis det offentliggjorte besøg fandt sted",
            "Remove the pin from pins.csv if the published visit took place",
        ],
    )
}
