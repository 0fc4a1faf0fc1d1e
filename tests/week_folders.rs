//! Week folders: what is read, what is only warned of, and what a published roster adds.

mod common;

use std::path::PathBuf;

use chrono::NaiveDate;
use common::Week;
use pusterum::diagnostic::{Diagnostic, codes};
use pusterum::import::{Loaded, PublishedSource, load_week, read_roster};
use pusterum::language::Language;
use pusterum::problem::{PlaceKey, Task};
use pusterum::units::{Minutes, Moment, Span};

/// The base week with a part of one file replaced, once.
fn edited(file: &str, before: &str, after: &str) -> Week {
    let week = Week::base();
    let text = std::fs::read_to_string(week.folder.join(file)).expect("the file is there");
    assert!(text.contains(before), "{file} lacks {before}");
    week.with(file, &text.replacen(before, after, 1))
}

/// The diagnostics as a planner would see them, one on each line.
fn rendered(found: &[Diagnostic]) -> String {
    found.iter().map(|d| d.render(Language::English)).collect::<Vec<_>>().join("\n")
}

fn load_published(week: &Week, published: &PublishedSource) -> Result<Loaded, Vec<Diagnostic>> {
    load_week(&week.folder, Some(published))
}

#[test]
fn the_base_week_loads_without_a_word() {
    let loaded = Week::base().load().expect("it loads");
    assert_eq!(rendered(&loaded.warnings), "");
    let problem = loaded.problem;
    assert_eq!((problem.shifts.len(), problem.grants.len(), problem.pins.len()), (2, 2, 0));
    assert_eq!(problem.grants.values()[0].split, Some(vec![Minutes(60), Minutes(60)]));
    assert_eq!(loaded.inputs.len(), 5);
}

#[test]
fn the_fingerprint_is_that_of_the_bytes() {
    let loaded = Week::base().with("policy.toml", "").load().expect("it loads");
    let of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(loaded.inputs["policy.toml"], of_nothing);
}

#[test]
fn byte_order_marks_line_ends_and_quotes_are_no_trouble() {
    let grants = std::fs::read_to_string(Week::base().folder.join("grants.csv")).expect("a file");
    let excel =
        format!("\u{feff}{}\r\n\r\n;;;;;;;;;;\r\n", grants.trim_end().replace('\n', "\r\n").replace("G1", "\"G1\""));
    let loaded = Week::base().with("grants.csv", &excel).load().expect("it loads");
    assert_eq!(loaded.problem.grants.values()[0].id, "G1");
}

#[test]
fn lines_are_those_of_the_file_also_after_blank_and_broken_lines() {
    let shifts =
        "staff_id;date;start;end\r\n\r\n\"S1\";2026-11-23;08:00;15:00\r\n\r\n\"S\n2\";2026-11-24;8:00;7:00\r\n";
    let found = Week::base().with("shifts.csv", shifts).load().expect_err("two faults");
    let places: Vec<_> = found.iter().map(|d| (d.code, d.line)).collect();
    assert_eq!(places, [(codes::UNKNOWN_CARER, Some(5)), (codes::ENDS_BEFORE_START, Some(5))]);
}

#[test]
fn absences_cover_whole_days_moments_and_the_future() {
    let absences = "subject;id;from;to;reason\nclient;C1;2026-11-23;2026-11-24;hospital\n\
                    staff;S1;2026-11-23T12:00;2026-11-23T13:30;course\nstaff;S1;2026-11-20;;sick\n";
    let problem = Week::base().with("absences.csv", absences).load().expect("it loads").problem;
    let span = |start, end| Span::new(Moment(start), Moment(end));
    assert_eq!(problem.clients.values()[0].absences[0].span, span(0, 2880));
    assert_eq!(problem.carers.values()[0].absences, [span(720, 810), Span::new(Moment(-4320), Moment::FAR)]);
}

#[test]
fn midnights_are_days_where_a_column_has_nothing_else() {
    let ends = |from: &str| {
        let absences = format!(
            "subject;id;from;to;reason\nclient;C1;23-11-2026 00:00:00;24-11-2026 00:00:00;hospital\nstaff;S1;{from};;sick\n"
        );
        let problem = Week::base().with("absences.csv", &absences).load().expect("it loads").problem;
        problem.clients.values()[0].absences[0].span
    };
    assert_eq!(ends("25-11-2026 00:00:00"), Span::new(Moment(0), Moment(2880)));
    assert_eq!(ends("25-11-2026 12:00:00"), Span::new(Moment(0), Moment(2880)));
}

#[test]
fn what_a_cell_leaves_open_its_column_decides() {
    let shifts = |second: &str| {
        let text = format!("staff_id;date;start;end\nS1;11/05/2026;08:00;15:00\nS1;{second};08:00;15:00\n");
        let read = Week::base().with("shifts.csv", &text);
        let tables = pusterum::import::read_tables(&read.folder);
        let codes: Vec<_> = tables.diagnostics.iter().map(|d| (d.code, d.line)).collect();
        (tables.tables.expect("a week").shifts[0].row.date.to_string(), codes)
    };
    assert_eq!(shifts("11/23/2026"), ("2026-11-05".to_owned(), vec![(codes::OPEN_DATE_ORDER, Some(2))]));
    assert_eq!(shifts("23/11/2026"), ("2026-05-11".to_owned(), vec![]));
    assert_eq!(shifts("12/11/2026"), ("2026-05-11".to_owned(), vec![(codes::OPEN_DATE_ORDER, Some(2))]));
    assert_eq!(shifts("12-11-2026").1, [(codes::OPEN_DATE_ORDER, Some(2))]);
}

#[test]
fn empty_cells_beside_crosses_are_no() {
    let clients = "client_id;municipality;lat;lon;complex_needs;adult\nC1;Ballerup;55,7340;12,3610;;x\nC2;Køge;55,4624;12,1696;x;\n";
    let problem = Week::base().with("clients.csv", clients).load().expect("it loads").problem;
    let said: Vec<_> = problem.clients.values().iter().map(|c| (c.complex_needs, c.adult)).collect();
    assert_eq!(said, [(false, true), (true, false)]);
}

#[test]
fn bookings_know_their_place_and_rows_of_other_weeks_are_left_out() {
    let bookings = "booking_id;staff_id;date;start;end;client_id;lat;lon;task\n\
                    B0;S1;2026-11-16;09:00;09:30;;;;care\nB1;S1;2026-11-23;09:00;09:30;C1;;;care\n\
                    B2;S1;2026-11-23;10:00;10:30;C1;55.7;12.3;practical\nB3;S1;2026-11-23;11:00;11:30;;;;break\n";
    let travel = "from;to;transport;minutes\nbooking:B2;client:C1;car;7\nbooking:B0;client:C1;car;9\n";
    let week = Week::base().with("bookings.csv", bookings).with("travel.csv", travel);
    let problem = week.load().expect("it loads").problem;
    let booked = problem.bookings.values();
    let places: Vec<_> = booked.iter().map(|b| (b.id.as_str(), b.place.key, b.at_home)).collect();
    let (first, second) = (problem.bookings.ids().next(), problem.bookings.ids().nth(1));
    assert_eq!(first.map(|id| problem.bookings[id].task.clone()), Some(Task::Care));
    let (client, carer, own) = (problem.clients.ids().next(), problem.carers.ids().next(), second);
    assert_eq!(Some(places[0]), client.map(|c| ("B1", PlaceKey::Client(c), true)));
    assert_eq!(Some(places[1]), own.map(|b| ("B2", PlaceKey::Booking(b), false)));
    assert_eq!(Some(places[2]), carer.map(|c| ("B3", PlaceKey::Carer(c), false)));
    assert_eq!(problem.travel_overrides.values().copied().collect::<Vec<_>>(), [Minutes(7)]);
}

#[test]
fn what_the_model_only_warns_of_leaves_the_week_plannable() {
    let cases = [
        ("clients.csv", "P1;;no;;yes", "P1;;no;S9;yes", codes::UNKNOWN_AVOIDED_CARER),
        ("grants.csv", "low;yes", "low;", codes::STAY_NOT_STATED),
        ("grants.csv", "relief;90", "relief;150", codes::OUTSIDE_STANDARD),
        ("grants.csv", "relief;120;2;60+60", "relief;30;2;", codes::OUTSIDE_STANDARD),
        ("grants.csv", "relief;120;2;60+60", "relief;120;3;", codes::OUTSIDE_STANDARD),
        ("grants.csv", "60+60", "60+30", codes::SPLIT_DIFFERS),
    ];
    for (file, before, after, code) in cases {
        let loaded = edited(file, before, after).load().expect("it loads");
        assert_eq!(loaded.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [code], "{after}");
    }
}

#[test]
fn added_tables_are_warned_of_where_they_look_odd() {
    let cases = [
        ("history.csv", "client_id;staff_id;date\nC1;S9;2026-11-20\nC9;S9;2020-01-01\n", codes::UNKNOWN_IN_HISTORY),
        ("travel.csv", "from;to;transport;minutes\nclient:C9;client:C1;car;3\n", codes::UNKNOWN_PLACE),
        (
            "travel.csv",
            "from;to;transport;minutes\nclient:C2;client:C1;car;3\nclient:C2;client:C1;car;4\n",
            codes::REPEATED_TRAVEL,
        ),
        (
            "bookings.csv",
            "booking_id;staff_id;date;start;end\nB1;S1;2026-11-23;15:00;15:30\n",
            codes::BOOKING_OUTSIDE_SHIFTS,
        ),
        (
            "wishes.csv",
            "grant_id;day;from;to;wish\nG1;mon;09:00;12:00;agreed\nG1;2026-11-23;11:00;13:00;impossible\n",
            codes::AGREED_WINDOW_CUT,
        ),
    ];
    for (file, text, code) in cases {
        let loaded = Week::base().with(file, text).load().expect("it loads");
        assert_eq!(loaded.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [code], "{file}");
    }
}

#[test]
fn a_grant_is_cut_to_the_standard_only_where_the_policy_says_so() {
    let policy = "[municipality.Køge]\ncap_to_standard = true\n";
    let week = edited("grants.csv", "relief;90", "relief;150").with("policy.toml", policy);
    let warnings = week.load().expect("it loads").warnings;
    assert_eq!(warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [codes::CUT_TO_STANDARD]);
}

#[test]
fn pins_of_other_weeks_are_ignored_and_equal_ones_are_one() {
    let pins = "grant_id;date;start;end;staff_id\nG9;2026-11-16;11:00;10:00;S9\nG1;2026-11-24;10:00;11:00;S1\n\
                G1;2026-11-23;10:00;11:00;S1\nG1;2026-11-24;10:00;11:00;S1\nG2;2026-11-23;11:00;12:00;S1\n";
    let problem = Week::base().with("pins.csv", pins).load().expect("it loads").problem;
    let starts: Vec<i32> = problem.pins.iter().map(|pin| pin.span.start.0).collect();
    assert_eq!(starts, [600, 660, 2040]);
    assert!(problem.pins.iter().all(|pin| problem.is_pinned(*pin)));
}

#[test]
fn a_long_pin_overlaps_also_what_is_not_next_to_it() {
    let pins = "grant_id;date;start;end;staff_id\nG1;2026-11-23;08:00;12:00;S1\nG1;2026-11-23;08:30;09:00;S1\n\
                G2;2026-11-23;11:00;12:30;S1\n";
    let found = Week::base().with("pins.csv", pins).load().expect_err("two overlaps");
    let places: Vec<_> = found.iter().map(|d| (d.code, d.line)).collect();
    assert_eq!(places, [(codes::OVERLAPPING_PINS, Some(3)), (codes::OVERLAPPING_PINS, Some(4))]);
}

const ROSTER: &str = "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n\
                      V1;2026-11-23;10:00;11:00;G1;C1;P1;S1;relief;planned\n\
                      V2;2026-11-24;10:00;11:00;G1;C1;P1;S2;relief;planned\n\
                      V3;2026-11-24;10:00;11:00;G9;C1;P1;S2;relief;planned\n\
                      V4;2026-11-24;12:00;13:30;G2;C2;P1;S2;relief;planned\n";

fn published(week: &Week, freeze: Option<(u32, u32)>) -> PublishedSource {
    let roster: PathBuf = week.folder.with_file_name("published.csv");
    std::fs::write(&roster, ROSTER).expect("the roster can be written");
    let at = |(day, hour)| NaiveDate::from_ymd_opt(2026, 11, day)?.and_hms_opt(hour, 0, 0);
    PublishedSource { roster, freeze_before: freeze.and_then(at) }
}

#[test]
fn a_published_roster_is_compared_row_by_row() {
    let week = Week::base();
    let loaded = load_published(&week, &published(&week, None)).expect("it loads");
    let known = loaded.problem.published.expect("a published roster");
    assert_eq!((known.visits.len(), known.lost_rows, loaded.problem.pins.len()), (3, 1, 0));
    assert_eq!(
        loaded.warnings.iter().map(|w| (w.code, w.line)).collect::<Vec<_>>(),
        [(codes::PUBLISHED_ROW_LOST, Some(4))]
    );
    assert!(loaded.inputs.contains_key("published"));
}

#[test]
fn visits_before_the_freeze_are_kept_as_pins_once() {
    let pins = "grant_id;date;start;end;staff_id\nG1;2026-11-23;10:00;11:00;S1\n";
    let week = Week::base().with("pins.csv", pins);
    let loaded = load_published(&week, &published(&week, Some((24, 12)))).expect("it loads");
    let starts: Vec<i32> = loaded.problem.pins.iter().map(|pin| pin.span.start.0).collect();
    assert_eq!(starts, [600, 2040]);
}

#[test]
fn a_pin_wins_over_a_frozen_visit_with_a_warning() {
    let pins = "grant_id;date;start;end;staff_id\nG2;2026-11-24;10:30;12:00;S2\n";
    let week = Week::base().with("pins.csv", pins);
    let loaded = load_published(&week, &published(&week, Some((25, 0)))).expect("it loads");
    let overlaps = loaded.warnings.iter().filter(|d| d.code == codes::FROZEN_VISIT_OVERLAPS);
    assert_eq!(overlaps.map(|d| (d.file.as_str(), d.line)).collect::<Vec<_>>(), [("published.csv", Some(3))]);
    let starts: Vec<i32> = loaded.problem.pins.iter().map(|pin| pin.span.start.0).collect();
    assert_eq!(starts, [600, 2070, 2160]);
}

#[test]
fn faults_of_roster_and_week_are_shown_together() {
    let week = edited("grants.csv", "low", "lowly");
    let mut source = published(&week, None);
    source.roster = week.folder.with_file_name("none.csv");
    let found = load_published(&week, &source).expect_err("two faults");
    let codes: Vec<_> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [codes::UNKNOWN_CODE, codes::MISSING_FILE]);
}

#[test]
fn a_roster_row_may_name_nobody_but_not_no_day() {
    let week = Week::base();
    let path = week.folder.with_file_name("roster.csv");
    std::fs::write(&path, ROSTER.replace("G9", "")).expect("the roster can be written");
    let rows = read_roster(&path).expect("it reads");
    assert_eq!((rows.len(), rows[2].line, rows[2].grant_id.as_str()), (4, 4, ""));
    std::fs::write(&path, ROSTER.replace("2026-11-23", "monday")).expect("the roster can be written");
    let found = read_roster(&path).expect_err("no date");
    assert_eq!((found[0].code, found[0].line), (codes::BAD_DATE, Some(2)));
}

#[test]
fn no_diagnostic_names_a_client() {
    let clients = "client_id;municipality;lat;lon;name;address\nC1;Ballerup;55;12;Anna Andersen;Ahornvej 1\n\
                   C2;Køge;nord;12;Bo Bentsen;Bøgevej 2;x\nC2;Køge;nord;12;Bo Bentsen;Bøgevej 2\n";
    let headless = "C1;Ballerup;55.7;12.3;Anna Andersen;Ahornvej 1\n";
    for text in [clients, headless] {
        let found = Week::base().with("clients.csv", text).load().expect_err("at fault");
        let shown = format!("{found:?}{}", rendered(&found));
        assert!(["Anna", "Bo ", "vej"].iter().all(|private| !shown.contains(private)), "{shown}");
    }
}
