//! Whatever bytes a file holds, reading it ends in rows or diagnostics; what is written reads back the same.

mod common;

use chrono::NaiveDate;
use common::Week;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use pusterum::coded::Coded;
use pusterum::import::{read_roster, read_tables, write_week};
use pusterum::policy::{Policy, parse};
use pusterum::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, BookingRow, ClientRow, Coordinates, GrantRow, Located,
    ProviderRow, Tables, WishDay, WishRow,
};
use pusterum::units::{Day, Minutes};

const FILES: [&str; 13] = [
    "providers.csv",
    "staff.csv",
    "shifts.csv",
    "bookings.csv",
    "clients.csv",
    "grants.csv",
    "wishes.csv",
    "absences.csv",
    "pins.csv",
    "history.csv",
    "closing_days.csv",
    "travel.csv",
    "policy.toml",
];

/// Pieces of tables, so that random texts get past the header.
const PIECES: [&str; 20] = [
    ";",
    "\n",
    "\r",
    "\"",
    "\u{feff}",
    "grant_id",
    "client_id",
    "staff_id",
    "day",
    "date",
    "from",
    "to",
    "start",
    "end",
    "wish",
    "subject",
    "mon",
    "2026-11-23",
    "08:00",
    "æ",
];

fn code<T: Coded + std::fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::CODES).prop_map(|(_, choice)| choice)
}

fn id() -> impl Strategy<Value = String> {
    "[A-ZÆØÅ]{1,3}-[0-9]{1,5}"
}

/// A text as a cell can hold it: not blank, and no blanks around it.
fn text() -> impl Strategy<Value = String> {
    "[a-zæøå\"';,#=@+-]([a-zæøå\"';,#=@+ -]{0,8}[a-zæøå\"';,#=@+-])?"
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (1i32..=9999, 1u32..=365).prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).expect("a date"))
}

fn time() -> impl Strategy<Value = Minutes> {
    (0..=1440).prop_map(Minutes)
}

fn place() -> impl Strategy<Value = Coordinates> {
    (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lon)| Coordinates { lat, lon })
}

fn provider() -> impl Strategy<Value = ProviderRow> {
    (id(), option::of(text()), vec("[A-ZÆØÅ][a-zæøå-]{1,8}", 1..4), any::<bool>(), option::of(time())).prop_map(
        |(provider_id, name, municipalities, municipal, weekly_minutes_max)| ProviderRow {
            provider_id,
            name,
            municipalities,
            municipal,
            weekly_minutes_max,
        },
    )
}

fn client() -> impl Strategy<Value = ClientRow> {
    let person = (id(), option::of(text()), option::of(text()), any::<bool>(), text(), place());
    let care = (option::of(id()), option::of(id()), any::<bool>(), vec(id(), 0..3), any::<bool>());
    (person, care).prop_map(|((client_id, name, address, protected_address, municipality, home), care)| {
        let (home_care_provider, chosen_provider, complex_needs, avoid_staff, adult) = care;
        ClientRow {
            client_id,
            name,
            address,
            protected_address,
            municipality,
            home,
            home_care_provider,
            chosen_provider,
            complex_needs,
            avoid_staff,
            adult,
        }
    })
}

fn grant() -> impl Strategy<Value = GrantRow> {
    let split = option::of(vec(1i32..=300, 1..4)).prop_map(|lengths| {
        lengths.map(|mut lengths| {
            lengths.sort_unstable();
            lengths.into_iter().map(Minutes).collect()
        })
    });
    let what = (id(), id(), code(), time(), 0u32..9, split);
    let when = (date(), option::of(date()), date(), code(), option::of(any::<bool>()), option::of(code()));
    (what, when).prop_map(|((grant_id, client_id, service, weekly_minutes, max_visits, split), when)| {
        let (valid_from, valid_to, granted_on, need, stay_tried, legal_basis) = when;
        GrantRow {
            grant_id,
            client_id,
            service,
            weekly_minutes,
            max_visits,
            split,
            valid_from,
            valid_to,
            granted_on,
            need,
            stay_tried,
            legal_basis,
        }
    })
}

fn booking() -> impl Strategy<Value = BookingRow> {
    let task = prop_oneof![Just(String::new()), text()];
    (id(), id(), date(), time(), time(), option::of(id()), option::of(place()), task).prop_map(
        |(booking_id, staff_id, date, start, end, client_id, place, task)| BookingRow {
            booking_id,
            staff_id,
            date,
            start,
            end,
            client_id,
            place,
            task,
        },
    )
}

fn wish() -> impl Strategy<Value = WishRow> {
    let day = prop_oneof![(0u8..7).prop_map(|d| WishDay::Weekday(Day(d))), date().prop_map(WishDay::Date)];
    (id(), day, time(), time(), code()).prop_map(|(grant_id, day, from, to, wish)| WishRow {
        grant_id,
        day,
        from,
        to,
        wish,
    })
}

fn absence_end() -> impl Strategy<Value = AbsenceEnd> {
    let moment = (date(), 0u32..24, 0u32..60).prop_map(|(date, h, m)| date.and_hms_opt(h, m, 0).expect("a moment"));
    prop_oneof![date().prop_map(AbsenceEnd::Day), moment.prop_map(AbsenceEnd::Moment)]
}

fn absence() -> impl Strategy<Value = AbsenceRow> {
    let subject = prop_oneof![id().prop_map(AbsenceSubject::Client), id().prop_map(AbsenceSubject::Staff)];
    (subject, absence_end(), option::of(absence_end()), code::<AbsenceReason>())
        .prop_map(|(subject, from, to, reason)| AbsenceRow { subject, from, to, reason })
}

/// The rows on the lines on which they will be written.
fn located<R>(rows: Vec<R>) -> Vec<Located<R>> {
    (2..).zip(rows).map(|(line, row)| Located { line, row }).collect()
}

fn policy() -> impl Strategy<Value = Policy> {
    (1i64..60, 0i64..400, 0.0..3.0, any::<bool>(), text()).prop_map(|(grid, days, detour, cap, name)| {
        let name = name.replace(['"', '\''], "");
        let own = format!("start_grid_minutes = {grid}\nfamiliar_days = {days}\ntravel.detour = {detour:?}\n");
        parse(&format!("{own}[municipality.\"{name}\"]\ncap_to_standard = {cap}\n")).expect("a valid policy")
    })
}

fn tables() -> impl Strategy<Value = Tables> {
    let lists = (vec(provider(), 0..4), vec(client(), 0..4), vec(grant(), 0..4), vec(booking(), 0..4));
    (lists, vec(wish(), 0..4), vec(absence(), 0..4), policy()).prop_map(|(lists, wishes, absences, policy)| Tables {
        week: "2026-W48".parse().expect("a week"),
        policy,
        providers: located(lists.0),
        clients: located(lists.1),
        grants: located(lists.2),
        bookings: located(lists.3),
        wishes: located(wishes),
        absences: located(absences),
        staff: Vec::new(),
        shifts: Vec::new(),
        pins: Vec::new(),
        history: Vec::new(),
        closing_days: Vec::new(),
        travel: Vec::new(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..300), file in select(&FILES[..])) {
        let week = Week::base();
        std::fs::write(week.folder.join(file), &bytes).expect("the file can be written");
        let _ = week.load();
        let _ = read_roster(&week.folder.join(file));
    }

    #[test]
    fn random_tables_never_panic(pieces in vec(select(&PIECES[..]), 0..60), file in select(&FILES[..])) {
        let week = Week::base();
        let header = std::fs::read_to_string(week.folder.join(file)).unwrap_or_default();
        let header = header.lines().next().unwrap_or_default();
        for text in [pieces.concat(), format!("{header}\n{}", pieces.concat())] {
            std::fs::write(week.folder.join(file), text).expect("the file can be written");
            let _ = week.load();
        }
    }

    #[test]
    fn random_policies_never_panic(text in "[a-z\\[\\]=.\"0-9\n æ-]{0,80}") {
        let _ = parse(&text);
        let _ = parse(&format!("[municipality.Ballerup]\n{text}"));
    }

    #[test]
    fn written_tables_read_back_the_same(tables in tables()) {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("2026-W48");
        write_week(&tables, &folder).expect("the folder can be written");
        let read = read_tables(&folder);
        prop_assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        prop_assert_eq!(read.tables, Some(tables));
    }
}

#[test]
fn a_folder_written_anew_keeps_no_rows_of_before() {
    let week = Week::base();
    let mut tables = read_tables(&week.folder).tables.expect("a week");
    std::fs::write(week.folder.join("wishes.csv"), "grant_id;day;from;to;wish\nG1;mon;08:00;09:00;agreed\n")
        .expect("written");
    std::fs::write(week.folder.join("policy.toml"), "familiar_days = 1\n").expect("written");
    tables.grants.clear();
    write_week(&tables, &week.folder).expect("the folder can be written");
    assert_eq!(read_tables(&week.folder).tables, Some(tables));
}
