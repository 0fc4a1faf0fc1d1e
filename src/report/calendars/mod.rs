//! A calendar for each carer (`calendars/STAFF.ics`), to be put into any calendar program.
//!
//! Entries keep their identity when the plan changes (see [`event`]), and what was published but is no longer planned is
//! cancelled, so that a carer who takes in every new file always has the plan as it stands.

mod event;
mod ics;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::people::People;
use super::{Naming, Outcome, file_names, words};
use crate::ids::{BookingId, ClientId, GrantId};
use crate::import::RosterRow;
use crate::language::Language;
use crate::problem::{Problem, Task, Visit};
use crate::units::{Day, Minutes, Span, clock};
use event::{Event, Key, Status};
use ics::{Lines, ZONE};

/// The folder of the calendars within a result.
pub(super) const FOLDER: &str = "calendars";

/// The entries of one carer, in the order of their days.
type Entries<'a> = BTreeMap<Key<'a>, Event>;

/// The calendars by their files' names, `/` between folder and file; a carer without an entry has none.
pub(super) fn files(outcome: &Outcome<'_>, naming: Naming, now: DateTime<Utc>) -> Vec<(String, Vec<u8>)> {
    let mut names = HashSet::new();
    let calendar = |(carer, entries): (&str, Entries<'_>)| {
        let name = file_names::unique(file_names::safe(carer), &mut names);
        (format!("{FOLDER}/{name}.ics"), calendar(outcome, (carer, &entries), now))
    };
    by_carer(outcome, naming).into_iter().map(calendar).collect()
}

fn calendar(outcome: &Outcome<'_>, (carer, entries): (&str, &Entries<'_>), now: DateTime<Utc>) -> Vec<u8> {
    let language = outcome.language;
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", &format!("-//Pusterum//Pusterum {}//{}", env!("CARGO_PKG_VERSION"), language.pick("DA", "EN")));
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    let week = outcome.planned.problem.week.number();
    let name = language.pick(format!("Afløsning {carer}, uge {week}"), format!("Relief {carer}, week {week}"));
    lines.add_text("X-WR-CALNAME", &name);
    lines.add("X-WR-TIMEZONE", ZONE);
    lines.add_time_zone();
    entries.iter().for_each(|(key, event)| event.write(key, now, &mut lines));
    lines.add("END", "VCALENDAR");
    lines.into_bytes()
}

fn by_carer<'a>(outcome: &Outcome<'a>, naming: Naming) -> BTreeMap<&'a str, Entries<'a>> {
    let desk = Desk::new(outcome, naming);
    let mut all: BTreeMap<&str, Entries<'_>> = BTreeMap::new();
    let cancelled = desk.published().into_iter().map(|(key, row)| (key, desk.cancelled(row)));
    let planned = desk.planned().into_iter().map(|(key, visit)| (key, desk.confirmed(visit)));
    // A visit that is still planned takes the place of the same one as it was published.
    for (key, event) in cancelled.chain(planned) {
        all.entry(key.carer).or_default().insert(key, event);
    }
    all
}

/// What entries are made of.
struct Desk<'a> {
    problem: &'a Problem,
    outcome: Outcome<'a>,
    people: People<'a>,
    clients: HashMap<&'a str, ClientId>,
    grants: HashMap<&'a str, GrantId>,
}

impl<'a> Desk<'a> {
    fn new(outcome: &Outcome<'a>, naming: Naming) -> Self {
        let problem = &*outcome.planned.problem;
        Desk {
            problem,
            outcome: *outcome,
            people: People::new(problem, naming, outcome.language),
            clients: problem.clients.iter().map(|(id, client)| (client.id.as_str(), id)).collect(),
            grants: problem.grants.iter().map(|(id, grant)| (grant.id.as_str(), id)).collect(),
        }
    }

    fn planned(&self) -> Vec<(Key<'a>, Visit)> {
        let problem = self.problem;
        let visits = self.outcome.planned.solved.plan.visits().iter();
        numbered(visits.map(|visit| {
            let date = problem.week.date(visit.span.start.day().unwrap_or(Day(0)));
            let key =
                Key { carer: &problem.carers[visit.carer].id, date, grant: &problem.grants[visit.grant].id, nth: 0 };
            (key, *visit)
        }))
    }

    /// The rows of the published roster that are of this week, in the order of their starts; also those of grants and
    /// carers that the week no longer has.
    fn published(&self) -> Vec<(Key<'a>, &'a RosterRow)> {
        let mut rows: Vec<&RosterRow> = self.outcome.published.iter().collect();
        rows.retain(|row| self.problem.week.day_of(row.date).is_some() && !row.staff_id.is_empty());
        rows.sort_by_key(|row| (row.date, row.start));
        let key = |row: &'a RosterRow| Key { carer: &row.staff_id, date: row.date, grant: &row.grant_id, nth: 0 };
        numbered(rows.into_iter().map(|row| (key(row), row)))
    }

    fn confirmed(&self, visit: Visit) -> Event {
        let grant = &self.problem.grants[visit.grant];
        let (start, end) = times(visit.span);
        let (people, language) = (self.people, self.outcome.language);
        Event {
            start,
            end,
            summary: format!("{} · {}", words::service(grant.service, language), people.client(grant.client)),
            description: self.description(visit),
            location: people.postal_address(grant.client).map(str::to_owned),
            status: Status::Confirmed,
        }
    }

    fn cancelled(&self, row: &RosterRow) -> Event {
        let language = self.outcome.language;
        let grant = self.grants.get(row.grant_id.as_str()).map(|grant| self.problem.grants[*grant].service);
        let service = grant.map_or(language.pick("Afløsning", "Relief"), |service| words::service(service, language));
        let client = self.clients.get(row.client_id.as_str());
        let client = client.map_or(row.client_id.as_str(), |client| self.people.client(*client));
        Event {
            start: row.start,
            end: row.end,
            summary: format!("{}: {service} · {client}", language.pick("Aflyst", "Cancelled")),
            description: format!("{} {}", language.pick("Bevilling", "Grant"), row.grant_id),
            location: None,
            status: Status::Cancelled,
        }
    }

    /// The ids to ask about, what is done meanwhile, and whether the address may not be given.
    fn description(&self, visit: Visit) -> String {
        let (grant, client) = (&self.problem.grants[visit.grant], self.problem.client_of(visit.grant));
        let language = self.outcome.language;
        let mut lines = vec![language.pick(
            format!("Bevilling {}, borger {}", grant.id, client.id),
            format!("Grant {}, client {}", grant.id, client.id),
        )];
        if self.problem.is_pinned(visit) {
            lines.push(language.pick("Fast besøg", "Fixed visit").to_owned());
        }
        if client.protected_address {
            lines.push(language.pick("Adressen er beskyttet", "The address is protected").to_owned());
        }
        let book = &self.outcome.planned.book.grants[visit.grant];
        let done = book.absorbable.iter().filter(|id| visit.span.covers(self.problem.bookings[**id].span));
        lines.extend(done.map(|booking| self.task(*booking, language)));
        lines.join("\n")
    }

    /// A booking that is done during the relief (H14).
    fn task(&self, booking: BookingId, language: Language) -> String {
        let booking = &self.problem.bookings[booking];
        let (start, end) = times(booking.span);
        let task = match booking.task {
            Task::Care => language.pick("personlig pleje", "personal care"),
            Task::Practical => language.pick("praktisk hjælp", "practical help"),
            Task::Break | Task::Other(_) => language.pick("opgave", "task"),
        };
        let meanwhile = language.pick("Gøres under afløsningen", "Done during the relief");
        format!("{meanwhile}: {task} {}–{} ({})", clock(start), clock(end), booking.id)
    }
}

/// Counts those that are alike but for their start.
fn numbered<'a, T>(entries: impl Iterator<Item = (Key<'a>, T)>) -> Vec<(Key<'a>, T)> {
    let mut seen: HashMap<(&str, chrono::NaiveDate, &str), usize> = HashMap::new();
    let mut numbered = Vec::new();
    for (key, entry) in entries {
        let count = seen.entry((key.carer, key.date, key.grant)).or_default();
        numbered.push((Key { nth: *count, ..key }, entry));
        *count += 1;
    }
    numbered
}

/// The times of day at which something of one day begins and ends.
fn times(span: Span) -> (Minutes, Minutes) {
    let start = span.start.time_of_day();
    (start, start + span.length())
}
