//! The roster for spreadsheets: `roster.xlsx` with what is planned, what is not delivered, what to see to and what each
//! carer does, and `roster-excel.csv`, its first sheet for a double click.
//!
//! `roster.csv` is what programs read, and stays as it is.

use std::collections::BTreeMap;
use std::io;

use super::people::People;
use super::reasons::Reasons;
use super::sheets::{Cell, Columns, Sheet, excel_csv, workbook};
use super::{Naming, Outcome, notes, roster, unmet, words};
use crate::explain::Layout;
use crate::ids::{CarerId, ClientId, GrantId};
use crate::language::Language;
use crate::problem::{Problem, Visit};
use crate::units::{Day, Minutes};

const WORKBOOK: &str = "roster.xlsx";
const EXCEL_CSV: &str = "roster-excel.csv";

/// The files by their names.
pub(super) fn files(
    outcome: &Outcome<'_>,
    reasons: &Reasons<'_>,
    naming: Naming,
) -> io::Result<[(String, Vec<u8>); 2]> {
    let problem = &*outcome.planned.problem;
    let desk = Desk { outcome, reasons, problem, people: People::new(problem, naming, outcome.language) };
    let sheets = [desk.roster(), desk.undelivered(), desk.notes(), desk.carers()];
    let title = words::week(problem.week, outcome.language);
    let book = workbook(&title, &sheets, outcome.language)?;
    Ok([(WORKBOOK.to_owned(), book), (EXCEL_CSV.to_owned(), excel_csv(&sheets[0])?)])
}

struct Desk<'a> {
    outcome: &'a Outcome<'a>,
    reasons: &'a Reasons<'a>,
    problem: &'a Problem,
    people: People<'a>,
}

/// A carer's row.
type OfCarer = (CarerId, Work);

impl<'a> Desk<'a> {
    fn roster(&self) -> Sheet {
        let (problem, language, people) = (self.problem, self.outcome.language, self.people);
        let carer = |visit: &Visit| &problem.carers[visit.carer];
        let columns = Columns::<(String, Visit)>::new(language)
            .add(["Dato", "Date"], |(_, v)| Cell::Date(problem.week.date(day(v))))
            .add(["Dag", "Day"], |(_, v)| Cell::text(words::weekday(day(v), language)))
            .add(["Start", "Start"], |(_, v)| Cell::Time(v.span.start.time_of_day()))
            .add(["Slut", "End"], |(_, v)| Cell::Time(v.span.start.time_of_day() + v.span.length()))
            .add(["Timer", "Hours"], |(_, v)| Cell::Hours(v.span.length()))
            .add(["Medarbejder", "Carer"], |(_, v)| Cell::text(&carer(v).id));
        let columns = with_carers(columns, people, |(_, v)| v.carer);
        let columns = columns
            .add(["Udfører", "Provider"], |(_, v)| Cell::text(people.provider(carer(v).provider)))
            .add(["Borger", "Client"], |(_, v)| Cell::text(&problem.client_of(v.grant).id));
        let columns = with_clients(columns, people, |(_, v)| problem.grants[v.grant].client);
        columns
            .add(["Bevilling", "Grant"], |(_, v)| Cell::text(&problem.grants[v.grant].id))
            .add(["Ydelse", "Service"], |(_, v)| Cell::text(words::service(problem.grants[v.grant].service, language)))
            .add(["Status", "Status"], |(_, v)| Cell::text(status(problem, *v, language)))
            .add(["Besøg", "Visit"], |(id, _)| Cell::text(id))
            .sheet(["Vagtplan", "Roster"], &roster::visits(self.outcome.planned))
    }

    fn undelivered(&self) -> Sheet {
        let (problem, language, reasons) = (self.problem, self.outcome.language, self.reasons);
        let (Outcome { planned, .. }, naming) = (*self.outcome, self.people.naming());
        let report = |id: &GrantId| &planned.report.grants[*id];
        let missing = |id: &GrantId| (report(id).due - report(id).delivered).max(Minutes(0));
        let state = |id: &GrantId| planned.book.grants[*id].state;
        let columns = Columns::<GrantId>::new(language)
            .add(["Bevilling", "Grant"], |id| Cell::text(&problem.grants[*id].id))
            .add(["Borger", "Client"], |id| Cell::text(&problem.client_of(*id).id));
        let columns = with_clients(columns, self.people, |id| problem.grants[*id].client);
        columns
            .add(["Kommune", "Municipality"], |id| Cell::text(&problem.client_of(*id).municipality))
            .add(["Ydelse", "Service"], |id| Cell::text(words::service(problem.grants[*id].service, language)))
            .add(["Behov", "Need"], |id| Cell::text(words::need(problem.grants[*id].need, language)))
            .add(["Bevilget den", "Granted on"], |id| Cell::Date(problem.grants[*id].granted_on))
            .add(["Tilstand", "State"], |id| Cell::text(words::state(state(id), language)))
            .add(["Bevilget, timer", "Granted, hours"], |id| Cell::Hours(problem.grants[*id].weekly_minutes))
            .add(["Til levering, timer", "Due, hours"], |id| Cell::Hours(report(id).due))
            .add(["Leveret, timer", "Delivered, hours"], |id| Cell::Hours(report(id).delivered))
            .add(["Mangler, timer", "Missing, hours"], |id| Cell::Hours(missing(id)))
            .add(["Årsag", "Reason"], |id| {
                Cell::text(reasons.told(*id, (naming, Layout::Paragraph)).in_language(language))
            })
            .add(["Årsagskode", "Reason code"], |id| Cell::text(reasons.of_grant(*id).code))
            .sheet(["Ikke leveret", "Undelivered"], &unmet::less_than_granted(planned).collect::<Vec<GrantId>>())
    }

    fn notes(&self) -> Sheet {
        let (week, language) = (self.problem.week, self.outcome.language);
        Columns::<notes::Note<'a>>::new(language)
            .add(["Art", "Kind"], |note| Cell::text(kind(note, language)))
            .add(["Kode", "Code"], |note| Cell::text(note.code))
            .add(["Gælder", "About"], |note| Cell::text(subject(note, language)))
            .add(["Id eller linje", "Id or line"], |note| Cell::text(&note.id))
            .add(["Dato", "Date"], |note| note.day.map(|(day, _)| Cell::Date(week.date(day))).into())
            .add(["Start", "Start"], |note| note.day.map(|(_, (start, _))| Cell::Time(start)).into())
            .add(["Slut", "End"], |note| note.day.map(|(_, (_, end))| Cell::Time(end)).into())
            .add(["Tekst", "Text"], |note| Cell::text(note.words.in_language(language)))
            .sheet(["Bemærkninger", "Notes"], &notes::notes(self.outcome).collect::<Vec<_>>())
    }

    fn carers(&self) -> Sheet {
        let (problem, language) = (self.problem, self.outcome.language);
        let people = self.people;
        let carer = |(id, _): &OfCarer| &problem.carers[*id];
        let columns = Columns::<OfCarer>::new(language).add(["Medarbejder", "Carer"], |row| Cell::text(&carer(row).id));
        let mut columns = with_carers(columns, self.people, |(id, _)| *id)
            .add(["Udfører", "Provider"], |row| Cell::text(people.provider(carer(row).provider)))
            .add(["Uddannelse", "Qualification"], |row| {
                Cell::text(words::qualification(carer(row).qualification, language))
            })
            .add(["Vagter, timer", "Shifts, hours"], |(_, work)| Cell::Hours(work.shifts))
            .add(["Besøg", "Visits"], |(_, work)| Cell::count(work.visits))
            .add(["Afløsning, timer", "Relief, hours"], |(_, work)| Cell::Hours(work.by_day.iter().copied().sum()))
            .add(["Loft, timer", "Cap, hours"], |row| carer(row).relief_minutes_max.map(Cell::Hours).into());
        for day in Day::all() {
            let head = format!("{}, {}", words::weekday(day, language), language.pick("timer", "hours"));
            columns = columns.add_under(head, move |(_, work)| {
                let minutes = work.by_day[usize::from(day.0)];
                (minutes > Minutes(0)).then_some(Cell::Hours(minutes)).into()
            });
        }
        columns.sheet(["Medarbejdere", "Carers"], &self.work().into_iter().collect::<Vec<OfCarer>>())
    }

    /// What each carer with shifts or visits does.
    fn work(&self) -> BTreeMap<CarerId, Work> {
        let mut all: BTreeMap<CarerId, Work> = BTreeMap::new();
        for (_, shift) in self.problem.shifts.iter() {
            all.entry(shift.carer).or_default().shifts += shift.span.length();
        }
        for visit in self.outcome.planned.solved.plan.visits() {
            let work = all.entry(visit.carer).or_default();
            work.visits += 1;
            work.by_day[usize::from(day(visit).0)] += visit.span.length();
        }
        all
    }
}

/// The week of a carer.
#[derive(Clone, Copy, Default)]
struct Work {
    shifts: Minutes,
    visits: usize,
    /// Minutes of visits, Monday first.
    by_day: [Minutes; 7],
}

/// Adds the name of a carer, where names are asked for.
fn with_carers<'a, R>(
    columns: Columns<'a, R>,
    people: People<'a>,
    carer: impl Fn(&R) -> CarerId + 'a,
) -> Columns<'a, R> {
    match people.naming() {
        Naming::Ids => columns,
        Naming::Names => {
            columns.add(["Medarbejderens navn", "Carer’s name"], move |row| Cell::text(people.carer(carer(row))))
        }
    }
}

/// Adds name and address of a client, where names are asked for.
fn with_clients<'a, R>(
    columns: Columns<'a, R>,
    people: People<'a>,
    client: impl Fn(&R) -> ClientId + Copy + 'a,
) -> Columns<'a, R> {
    match people.naming() {
        Naming::Ids => columns,
        Naming::Names => columns
            .add(["Borgerens navn", "Client’s name"], move |row| Cell::text(people.client(client(row))))
            .add(["Adresse", "Address"], move |row| Cell::text(people.address(client(row)).unwrap_or_default())),
    }
}

fn day(visit: &Visit) -> Day {
    visit.span.start.day().unwrap_or(Day(0))
}

fn status(problem: &Problem, visit: Visit, language: Language) -> &'static str {
    if problem.is_pinned(visit) { language.pick("fast", "pinned") } else { language.pick("planlagt", "planned") }
}

/// What the id of a note names.
fn subject<'a>(note: &notes::Note<'a>, language: Language) -> &'a str {
    match note.subject {
        "grant" => language.pick("bevilling", "grant"),
        of_file => of_file,
    }
}

fn kind(note: &notes::Note<'_>, language: Language) -> &'static str {
    match note.kind {
        "override" => language.pick("Tilsidesat regel", "Override"),
        "release" => language.pick("Kan frigives", "Can be released"),
        _ => language.pick("Advarsel", "Warning"),
    }
}
