//! Grants and wishes that can hardly be meant so, and files of another week.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::super::index::cell;
use super::super::{Grant, Problem};
use crate::diagnostic::table_lines::called;
use crate::diagnostic::{Diagnostic, Fault, Text, codes};
use crate::policy::MunicipalityPolicy;
use crate::tables::{GrantRow, Located, Service, Tables, WishDay, WishKind, WishRow};
use crate::units::{Day, Minutes, Span, join};

const GRANTS: &str = "grants.csv";
const WISHES: &str = "wishes.csv";
const SHIFTS: &str = "shifts.csv";

/// A number of minutes up to this is no visit to anybody, but may be the hours of a week.
const HOURS_MOST: Minutes = Minutes(12);

pub(super) fn warnings(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let mut found = granted_twice(tables);
    found.extend(granted_later(tables));
    found.extend(amounts(tables));
    found.extend(short_wishes(tables, problem));
    found.extend(no_shift_in_week(tables));
    found
}

/// The grants that are valid on a day of the week.
fn of_the_week(tables: &Tables) -> impl Iterator<Item = &Located<GrantRow>> {
    let (monday, sunday) = (tables.week.monday(), tables.week.date(Day(6)));
    tables.grants.iter().filter(move |row| {
        let GrantRow { valid_from, valid_to, .. } = row.row;
        valid_from <= sunday && valid_to.is_none_or(|last| last >= monday)
    })
}

/// Two grants of one client for the same service at the same time. Urgent relief is for single events, so there may be
/// several.
fn granted_twice(tables: &Tables) -> Vec<Diagnostic> {
    let mut first: HashMap<(&str, Service), &Located<GrantRow>> = HashMap::new();
    let mut found = Vec::new();
    for row in of_the_week(tables).filter(|row| row.row.service != Service::UrgentRelief) {
        let other = *first.entry((&row.row.client_id, row.row.service)).or_insert(row);
        if !std::ptr::eq(other, row) {
            found
                .push(cell(GRANTS, row, "client_id").warning(&row.row.client_id, granted_twice_fault(other, row.line)));
        }
    }
    found
}

fn granted_later(tables: &Tables) -> Vec<Diagnostic> {
    let sunday = tables.week.date(Day(6));
    let later = of_the_week(tables).filter(|row| row.row.granted_on > sunday);
    later
        .map(|row| cell(GRANTS, row, "granted_on").warning(&row.row.granted_on.to_string(), granted_later_fault()))
        .collect()
}

/// Amounts that give no visit, or only where hours were written for minutes.
fn amounts(tables: &Tables) -> Vec<Diagnostic> {
    let warning = |row: &Located<GrantRow>| {
        let (minutes, visits) = (row.row.weekly_minutes, row.row.max_visits);
        match minutes {
            Minutes(0) => Some(cell(GRANTS, row, "weekly_minutes").warning("0", nothing_granted())),
            _ if visits == 0 => Some(cell(GRANTS, row, "max_visits").warning("0", nothing_granted())),
            _ if minutes <= HOURS_MOST => {
                Some(cell(GRANTS, row, "weekly_minutes").warning(&minutes.to_string(), perhaps_hours(minutes)))
            }
            _ => None,
        }
    };
    of_the_week(tables).filter_map(warning).collect()
}

/// Windows that are shorter than any visit that the grant allows, even with those that touch them.
fn short_wishes(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let mut windows: HashMap<&str, Vec<(&Located<WishRow>, Span)>> = HashMap::new();
    for row in &tables.wishes {
        let day = match row.row.day {
            WishDay::Weekday(day) => Some(day),
            WishDay::Date(date) => tables.week.day_of(date),
        };
        if let Some(day) = day.filter(|_| row.row.wish != WishKind::Impossible) {
            let span = Span::new(day.at(row.row.from), day.at(row.row.to));
            windows.entry(row.row.grant_id.as_str()).or_default().push((row, span));
        }
    }
    let mut found = Vec::new();
    for (id, grant) in problem.grants.iter() {
        if let Some(windows) = windows.get(grant.id.as_str()) {
            let shortest = shortest_visit(grant, problem.standard(id));
            found.extend(too_short(windows, shortest));
        }
    }
    found
}

/// Agreed windows are joined with each other, and so are possible and preferred ones (H5).
fn too_short(windows: &[(&Located<WishRow>, Span)], shortest: Minutes) -> Vec<Diagnostic> {
    let is_agreed = |row: &Located<WishRow>| row.row.wish == WishKind::Agreed;
    let joined = |kind: bool| {
        let alike = windows.iter().filter(|(row, _)| is_agreed(row) == kind);
        join(alike.map(|(_, span)| *span).collect())
    };
    let (agreed, open) = (joined(true), joined(false));
    let short = windows.iter().filter(|(row, span)| {
        let joined = if is_agreed(row) { &agreed } else { &open };
        let after = joined.partition_point(|whole| whole.start <= span.start);
        joined[after - 1].length() < shortest
    });
    let minutes = |span: Span| format!("{} min", span.length());
    short.map(|(row, span)| cell(WISHES, row, "to").warning(&minutes(*span), short_wish_fault(shortest))).collect()
}

/// The length of the shortest visit that a grant allows (H2): of its split, or the least length on the grid of lengths,
/// or the whole grant in one go.
fn shortest_visit(grant: &Grant, standard: &MunicipalityPolicy) -> Minutes {
    if let Some(shortest) = grant.split.as_ref().and_then(|split| split.iter().min()) {
        return *shortest;
    }
    let (least, step) = (standard.visit_minutes_min.0, standard.visit_minutes_step.0);
    let rounded_up = (least + step - 1) / step * step;
    Minutes(rounded_up).min(grant.weekly_minutes)
}

/// A sign that the folder is named for another week than its files are of.
fn no_shift_in_week(tables: &Tables) -> Option<Diagnostic> {
    let dates = || tables.shifts.iter().map(|row| row.row.date);
    let elsewhere = dates().all(|date| tables.week.day_of(date).is_none());
    let (first, last) = (dates().min()?, dates().max()?);
    elsewhere.then(|| no_shift_fault(first, last).in_file(SHIFTS).as_warning())
}

fn granted_twice_fault(other: &Located<GrantRow>, beside: u64) -> Fault {
    let (Text { danish, english }, id) = (called(other.line, beside), &other.row.grant_id);
    Fault::new(
        codes::GRANTED_TWICE,
        [
            &format!("borgeren har allerede en bevilling til samme ydelse i ugen: {id} i {danish}; begge planlægges"),
            &format!(
                "the client already has a grant of the same service in the week: {id} on {english}; both are planned"
            ),
        ],
        [
            "Lad den ældste ophøre (valid_to), hvis den nye afløser den",
            "Let the older one end (valid_to) if the new one replaces it",
        ],
    )
}

fn granted_later_fault() -> Fault {
    Fault::new(
        codes::GRANTED_LATER,
        ["bevilget efter den uge, der planlægges", "granted after the week that is planned"],
        ["Se efter, at granted_on er rigtig", "See that granted_on is right"],
    )
}

fn nothing_granted() -> Fault {
    Fault::new(
        codes::NOTHING_GRANTED,
        ["bevillingen giver intet besøg", "the grant gives no visit"],
        [
            "Skriv minutter og besøg om ugen, eller lad bevillingen ophøre (valid_to)",
            "Write the minutes and visits of a week, or let the grant end (valid_to)",
        ],
    )
}

fn perhaps_hours(minutes: Minutes) -> Fault {
    let hours = Minutes(minutes.0 * 60);
    Fault::new(
        codes::PERHAPS_HOURS,
        ["så få minutter er intet besøg", "so few minutes are no visit"],
        [&format!("Skriv {hours}, hvis det er timer"), &format!("Write {hours} if these are hours")],
    )
}

fn short_wish_fault(shortest: Minutes) -> Fault {
    Fault::new(
        codes::WISH_TOO_SHORT,
        [
            &format!("tidsrummet er kortere end det korteste besøg, {shortest} minutter; der kan intet besøg være"),
            &format!("the window is shorter than the shortest visit, {shortest} minutes; no visit fits in"),
        ],
        [
            "Gør tidsrummet længere; det er, hvornår besøget kan ligge, ikke hvornår det kan begynde",
            "Make the window longer; it is when the visit can be, not when it can begin",
        ],
    )
}

fn no_shift_fault(first: NaiveDate, last: NaiveDate) -> Fault {
    Fault::new(
        codes::NO_SHIFT_IN_WEEK,
        [
            &format!("ingen vagt ligger i ugen, som mappen er kaldt for; de går fra {first} til {last}"),
            &format!("no shift lies in the week that the folder is named for; they go from {first} to {last}"),
        ],
        ["Ret mappens navn, eller læg ugens filer i den", "Mend the folder's name, or put the week's files into it"],
    )
}
