//! What stands in a file twice: rows that say the same, and people and providers under two ids.

use std::collections::HashMap;
use std::hash::Hash;

use super::super::index::cell;
use super::super::place::SAME_PLACE_KM;
use super::super::{Booking, Problem};
use crate::diagnostic::table_lines::called;
use crate::diagnostic::{Cell, Diagnostic, Fault, Text, codes};
use crate::tables::{ClientRow, Located, ProviderRow, Tables};

const CLIENTS: &str = "clients.csv";
const PROVIDERS: &str = "providers.csv";
const BOOKINGS: &str = "bookings.csv";

/// So many of one name are compared; a name that more have says nothing.
const NAMESAKES_MOST: usize = 100;

pub(super) fn warnings(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let mut found = repeated("wishes.csv", &tables.wishes);
    found.extend(repeated("absences.csv", &tables.absences));
    found.extend(repeated("pins.csv", &tables.pins));
    found.extend(repeated("closing_days.csv", &tables.closing_days));
    found.extend(repeated("travel.csv", &tables.travel));
    found.extend(booked_twice(tables, problem));
    found.extend(clients(&tables.clients));
    found.extend(providers(&tables.providers));
    found
}

/// Rows that say the very same as an earlier one. In the history they are two visits of one day.
fn repeated<R: Eq + Hash>(file: &str, rows: &[Located<R>]) -> Vec<Diagnostic> {
    let mut first: HashMap<&R, u64> = HashMap::with_capacity(rows.len());
    let mut found = Vec::new();
    for row in rows {
        let line = *first.entry(&row.row).or_insert(row.line);
        if line != row.line {
            found.push(same_row(&called(line, row.line)).in_file(file).on_line(row.line).as_warning());
        }
    }
    found
}

/// Bookings of one carer with one client at the same time, under two ids.
fn booked_twice(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let what = |booking: &Booking| (booking.carer, booking.span, booking.client);
    let mut bookings: Vec<&Booking> = problem.bookings.values().iter().filter(|b| b.client.is_some()).collect();
    bookings.sort_by_key(|booking| what(booking));
    let twins: Vec<(&str, &str)> = bookings
        .windows(2)
        .filter(|pair| what(pair[0]) == what(pair[1]))
        .map(|pair| (pair[0].id.as_str(), pair[1].id.as_str()))
        .collect();
    if twins.is_empty() {
        return Vec::new();
    }
    let lines: HashMap<&str, u64> = tables.bookings.iter().map(|row| (row.row.booking_id.as_str(), row.line)).collect();
    let warning = |(first, second): (&str, &str)| {
        let place = Cell { file: BOOKINGS, line: lines[second], column: "booking_id" };
        place.warning(second, same_row(&called(lines[first], lines[second])))
    };
    twins.into_iter().map(warning).collect()
}

/// Clients of the same name at the same place, unless their addresses differ.
fn clients(rows: &[Located<ClientRow>]) -> Vec<Diagnostic> {
    let mut known: HashMap<String, Vec<&Located<ClientRow>>> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        let Some(name) = row.row.name.as_deref().map(folded) else { continue };
        let alike = known.entry(name).or_default();
        if let Some(other) = alike.iter().find(|other| live_together(&other.row, &row.row)) {
            found.push(
                cell(CLIENTS, row, "client_id")
                    .warning(&row.row.client_id, perhaps_the_same(&other.row.client_id, HOME)),
            );
        }
        if alike.len() < NAMESAKES_MOST {
            alike.push(row);
        }
    }
    found
}

fn live_together(one: &ClientRow, other: &ClientRow) -> bool {
    let addresses = one.address.as_deref().zip(other.address.as_deref());
    let apart = addresses.is_some_and(|(one, other)| folded(one) != folded(other));
    !apart && one.home.kilometres_to(other.home) < SAME_PLACE_KM
}

/// Providers of the same name that are approved in the same municipality.
fn providers(rows: &[Located<ProviderRow>]) -> Vec<Diagnostic> {
    let mut known: HashMap<String, Vec<&ProviderRow>> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        let Some(name) = row.row.name.as_deref().map(folded) else { continue };
        let alike = known.entry(name).or_default();
        let both =
            |other: &&&ProviderRow| other.municipalities.iter().any(|name| row.row.municipalities.contains(name));
        if let Some(other) = alike.iter().find(both) {
            found.push(
                cell(PROVIDERS, row, "provider_id")
                    .warning(&row.row.provider_id, perhaps_the_same(&other.provider_id, MUNICIPALITY)),
            );
        }
        if alike.len() < NAMESAKES_MOST {
            alike.push(&row.row);
        }
    }
    found
}

/// A name in small letters, its words one blank apart.
fn folded(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_row(other: &Text) -> Fault {
    let Text { danish, english } = other;
    Fault::new(
        codes::REPEATED_ROW,
        [&format!("rækken siger det samme som {danish}"), &format!("the row says the same as {english}")],
        ["Slet den ene", "Delete one of them"],
    )
}

const HOME: [&str; 2] = ["bopæl", "home"];
const MUNICIPALITY: [&str; 2] = ["kommune", "municipality"];

/// The fault of somebody who shares the name and something else with another.
fn perhaps_the_same(other: &str, shared: [&str; 2]) -> Fault {
    Fault::new(
        codes::PERHAPS_THE_SAME,
        [
            &format!("har samme navn og {} som `{other}` og er måske den samme", shared[0]),
            &format!("has the name and the {} of `{other}` and is perhaps the same", shared[1]),
        ],
        [
            "Behold det ene id, hvis det er den samme, og ret de filer, der nævner det andet",
            "Keep one of the ids if it is the same, and mend the files that name the other",
        ],
    )
}
