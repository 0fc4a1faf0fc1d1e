//! The calendars of a result, read with a parser of another house.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use calcard::common::timezone::Tz;
use calcard::icalendar::dates::{CalendarEvent, TimeOrDelta};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarStatus, ICalendarValue};
use calcard::{Entry, Parser};
use chrono::{DateTime, TimeDelta};
use pusterum::generate::{Spec, generate};
use pusterum::tables::{Located, PinRow};
use pusterum::units::Minutes;

use super::{Desk, code, said};

/// An entry as a calendar program sees it.
#[derive(Clone, Debug)]
struct Event {
    carer: String,
    uid: String,
    /// In the world's time.
    start: i64,
    end: i64,
    sequence: i64,
    cancelled: bool,
}

/// The one calendar of a file. (The strict manner of this parser takes no calendar with parts in it.)
fn parsed(text: &str) -> ICalendar {
    let mut parser = Parser::new(text);
    let Entry::ICalendar(calendar) = parser.entry() else { panic!("no calendar: {text}") };
    assert!(matches!(parser.entry(), Entry::Eof), "more than a calendar: {text}");
    calendar
}

fn events(result: &Path) -> Vec<Event> {
    let mut all = Vec::new();
    for file in fs::read_dir(result.join("calendars")).expect("a folder") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("it is text");
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        let carer = path.file_stem().expect("a name").to_string_lossy().into_owned();
        all.extend(events_of(&parsed(&text), &carer));
    }
    all
}

fn events_of(calendar: &ICalendar, carer: &str) -> Vec<Event> {
    assert!(calendar.components.iter().any(|part| part.component_type == ICalendarComponentType::VTimezone));
    let expanded = calendar.expand_dates(Tz::UTC, 1000);
    assert!(expanded.errors.is_empty(), "{:?}", expanded.errors);
    let event = |event: CalendarEvent<DateTime<Tz>, TimeOrDelta<DateTime<Tz>, TimeDelta>>| {
        let component = &calendar.components[event.comp_id as usize];
        let number = |property: &ICalendarProperty| match component.property(property).map(|entry| &entry.values[0]) {
            Some(ICalendarValue::Integer(number)) => *number,
            other => panic!("{property:?}: {other:?}"),
        };
        let end = match event.end {
            TimeOrDelta::Time(end) => end.timestamp(),
            TimeOrDelta::Delta(length) => event.start.timestamp() + length.num_seconds(),
        };
        Event {
            carer: carer.to_owned(),
            uid: component.uid().expect("every entry has one").to_owned(),
            start: event.start.timestamp(),
            end,
            sequence: number(&ICalendarProperty::Sequence),
            cancelled: component.status() == Some(&ICalendarStatus::Cancelled),
        }
    };
    expanded.events.into_iter().map(event).collect()
}

/// Cells of a roster's rows: date, start, end, grant, client, provider, carer, service, status.
fn rows(result: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(result.join("roster.csv")).expect("it is there");
    text.lines().skip(1).map(|line| line.split(';').skip(1).map(str::to_owned).collect()).collect()
}

/// Wall-clock time in Copenhagen in winter, as seconds of the world's time.
fn in_winter(date: &str, time: &str) -> i64 {
    let moment = chrono::NaiveDateTime::parse_from_str(&format!("{date} {time}"), "%Y-%m-%d %H:%M");
    moment.expect("a moment").and_utc().timestamp() - 3600
}

#[test]
fn every_visit_stands_in_the_calendar_of_its_carer() {
    let desk = Desk::small();
    desk.plan("out");
    let events = events(&desk.path("out"));
    let mut found: Vec<_> = events.iter().map(|event| (event.carer.clone(), event.start, event.end)).collect();
    let row = |row: &Vec<String>| (row[6].clone(), in_winter(&row[0], &row[1]), in_winter(&row[0], &row[2]));
    let mut planned: Vec<_> = rows(&desk.path("out")).iter().map(row).collect();
    found.sort();
    planned.sort();
    assert!(!planned.is_empty() && found == planned, "{found:?} {planned:?}");
    assert_eq!(events.iter().map(|event| &event.uid).collect::<BTreeSet<_>>().len(), events.len());
    assert!(events.iter().all(|event| !event.cancelled));
    desk.assert_whole("out");
}

#[test]
fn calendars_are_right_across_the_change_of_summer_time() {
    // From 29 March 2026 to 25 October the clocks of Copenhagen are two hours ahead.
    for (week, days) in
        [("2026-W13", [("2026-03-28", 1), ("2026-03-29", 2)]), ("2026-W43", [("2026-10-24", 2), ("2026-10-25", 1)])]
    {
        let mut tables = generate(&Spec { week: week.parse().expect("a week"), ..Spec::ballerup(6, 3) });
        let (grant, carer) = (tables.grants[0].row.grant_id.clone(), tables.staff[0].row.staff_id.clone());
        tables.pins =
            (2..).zip(days).map(|(line, (date, _))| Located { line, row: pin(&grant, date, &carer) }).collect();
        let desk = Desk::with(&tables);
        desk.plan("out");
        let starts: BTreeSet<i64> = events(&desk.path("out")).iter().map(|event| event.start).collect();
        for (date, hours_ahead) in days {
            let expected = in_winter(date, "10:00") + 3600 - hours_ahead * 3600;
            assert!(starts.contains(&expected), "{date}: {starts:?}");
        }
    }
}

fn pin(grant: &str, date: &str, carer: &str) -> PinRow {
    PinRow {
        grant_id: grant.to_owned(),
        date: date.parse().expect("a date"),
        start: Minutes(600),
        end: Minutes(720),
        staff_id: carer.to_owned(),
    }
}

#[test]
fn a_changed_plan_updates_what_is_kept_and_cancels_what_is_gone() {
    let desk = Desk::small();
    desk.plan("out");
    let rows = rows(&desk.path("out"));
    let planned: Vec<&Vec<String>> = rows.iter().filter(|row| row[8] == "planned").collect();
    let moved = planned[0];
    let gone = planned.iter().find(|row| row[4] != moved[4]).expect("the week has several clients");
    pin_later(&desk, moved);
    take_away(&desk, &gone[3]);
    let output = desk.run(&["plan", "WEEK", "--out", "again", "--effort", "1", "--published", "out/roster.csv"]);
    assert_eq!(code(&output), 0, "{}", said(&output));

    let of = |out: &str| -> BTreeMap<String, Event> {
        events(&desk.path(out)).into_iter().map(|event| (event.uid.clone(), event)).collect()
    };
    let (before, after) = (of("out"), of("again"));
    let known = |row: &Vec<String>| {
        let start = in_winter(&row[0], &row[1]);
        before.values().find(|event| event.carer == row[6] && event.start == start).expect("it was planned")
    };
    let later = &after[&known(moved).uid];
    assert_eq!((later.start, later.cancelled), (known(moved).start + 1800, false));
    assert!(later.sequence >= known(moved).sequence);
    let cancelled = &after[&known(gone).uid];
    assert!(cancelled.cancelled && cancelled.carer == gone[6], "{cancelled:?}");
    assert!(before.keys().all(|uid| after.contains_key(uid)), "everything published is updated or cancelled");
}

/// Pins the visit half an hour later.
fn pin_later(desk: &Desk, row: &[String]) {
    let later = |time: &str| {
        let minutes = pusterum::units::parse_clock(time).expect("a time") + Minutes(30);
        pusterum::units::clock(minutes)
    };
    let path = desk.week.join("pins.csv");
    let mut pins = fs::read_to_string(&path).expect("it is there");
    pins += &format!("{};{};{};{};{}\n", row[3], row[0], later(&row[1]), later(&row[2]), row[6]);
    fs::write(path, pins).expect("it can be written");
}

/// Takes a grant out of all files of the week.
fn take_away(desk: &Desk, grant: &str) {
    for file in ["grants.csv", "wishes.csv", "pins.csv"] {
        let path = desk.week.join(file);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let kept: String =
            text.lines().filter(|line| !line.split(';').any(|cell| cell == grant)).map(|l| format!("{l}\n")).collect();
        fs::write(path, kept).expect("it can be written");
    }
}

#[test]
fn ids_that_are_no_names_of_files_stay_in_the_folder() {
    let mut tables = generate(&Spec::ballerup(6, 3));
    let old = tables.staff[0].row.staff_id.clone();
    let new = "../../etc/CON".to_owned();
    tables.pins = vec![Located { line: 2, row: pin(&tables.grants[0].row.grant_id, "2026-11-24", &new) }];
    tables.staff[0].row.staff_id = new.clone();
    tables
        .shifts
        .iter_mut()
        .filter(|shift| shift.row.staff_id == old)
        .for_each(|shift| shift.row.staff_id.clone_from(&new));
    tables.bookings.retain(|booking| booking.row.staff_id != old);
    tables.history.clear();
    tables.absences.clear();
    tables.clients.iter_mut().for_each(|client| client.row.avoid_staff.clear());
    let desk = Desk::with(&tables);
    desk.plan("out");
    assert!(desk.path("out/calendars/______etc_CON.ics").exists());
    desk.assert_whole("out");
}
