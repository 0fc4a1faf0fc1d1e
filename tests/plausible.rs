//! Sensible weeks give no warning that something is hardly meant so.

mod common;

use std::path::{Path, PathBuf};

use common::Week;
use pusterum::diagnostic::{Diagnostic, codes};
use pusterum::generate::{Spec, generate};
use pusterum::import::load_week;
use pusterum::problem::Problem;

/// What a planner asked for and may look odd all the same.
const OF_THE_DEMAND: [&str; 3] = [codes::OUTSIDE_STANDARD, codes::STAY_NOT_STATED, codes::AGREED_WINDOW_CUT];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The week folders two levels below a folder.
fn weeks(folder: &Path) -> Vec<PathBuf> {
    let children = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    children(folder)
        .filter(|path| path.is_dir())
        .flat_map(|path| children(&path).collect::<Vec<_>>())
        .filter(|path| path.is_dir())
        .collect()
}

#[test]
fn hand_made_weeks_are_not_odd() {
    for week in ["ballerup-small/2026-W48", "koege-small/2026-W14"] {
        let loaded = load_week(&root().join("fixtures").join(week), None).expect("it is valid");
        assert_eq!(loaded.warnings, [], "{week}");
    }
    assert_eq!(Week::base().load().expect("it is valid").warnings, []);
}

#[test]
fn the_weeks_to_race_on_are_not_odd() {
    let shared = weeks(&root().join("../shared/weeks"));
    if shared.is_empty() {
        eprintln!("skipped: there are no shared weeks");
    }
    for week in shared {
        let loaded = load_week(&week, None).expect("it is valid");
        assert_eq!(loaded.warnings, [], "{}", week.display());
    }
}

/// Made-up weeks have evening shifts after which somebody begins early, but nothing else that is odd, and of that little.
#[test]
fn made_up_weeks_are_hardly_odd() {
    for seed in 0..5 {
        let week = generate(&Spec { pins: 4, ..Spec::ballerup(200, seed) });
        let built = Problem::build(&week).expect("made-up weeks are valid");
        let odd: Vec<&Diagnostic> = built.warnings.iter().filter(|w| !OF_THE_DEMAND.contains(&w.code)).collect();
        let of_shifts = odd.iter().all(|warning| warning.file == "shifts.csv");
        assert!(of_shifts && odd.len() * 10 < week.shifts.len(), "seed {seed}: {odd:?}");
    }
}

/// Denmark's own rules, and places as they are: what stands on the border is not odd.
#[test]
fn what_is_just_allowed_is_not_odd() {
    let header = "staff_id;date;start;end\n";
    let eleven_hours = "S1;2026-11-23;12:00;20:00\nS1;2026-11-24;07:00;15:00\n";
    let thirteen_hours = "S1;2026-11-23;08:00;21:00\n";
    let forty_eight: String = (23..=28).map(|day| format!("S1;2026-11-{day};08:00;16:00\n")).collect();
    for shifts in [eleven_hours, thirteen_hours, forty_eight.as_str()] {
        let week = Week::base().with("shifts.csv", &format!("{header}{shifts}"));
        assert_eq!(week.load().expect("it is valid").warnings, [], "{shifts}");
    }
}

/// Who is on holiday is not at work, whatever the roster of shifts says.
#[test]
fn shifts_of_absent_carers_are_no_work() {
    let days: String = (23..=29).map(|day| format!("S1;2026-11-{day};08:00;16:00\n")).collect();
    let week = Week::base().with("shifts.csv", &format!("staff_id;date;start;end\n{days}"));
    let codes = |week: &Week| week.load().expect("valid").warnings.iter().map(|w| w.code).collect::<Vec<_>>();
    assert_eq!(codes(&week), [codes::NO_REST_DAY, codes::LONG_WEEK]);
    let week = week.with("absences.csv", "subject;id;from;to;reason\nstaff;S1;2026-11-28;2026-11-29;holiday\n");
    assert_eq!(codes(&week), [] as [&str; 0]);
}

/// A shift that begins before another week's last one ended is none of this week's business, and so are other weeks' grants.
#[test]
fn other_weeks_are_not_asked() {
    let week = Week::base().with(
        "grants.csv",
        "grant_id;client_id;service;weekly_minutes;max_visits;split;valid_from;valid_to;granted_on;need;stay_tried\n\
         G1;C1;relief;120;2;60+60;2026-01-01;2026-10-31;2025-09-01;high;yes\n\
         G2;C1;relief;120;2;60+60;2026-11-01;;2026-10-01;high;yes\n",
    );
    assert_eq!(week.load().expect("it is valid").warnings, []);
}
