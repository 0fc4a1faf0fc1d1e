//! Made-up weeks: valid, the same every time, and what their spec says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pusterum::calendar::IsoWeek;
use pusterum::generate::{
    Bookings, Capacity, Caps, Closing, District, Manners, Municipality, Names, Percent, Services, Shares, Spec,
    country, generate, sample, tiny,
};
use pusterum::import::{load_week, write_week};
use pusterum::problem::Problem;
use pusterum::tables::{Located, Service, Tables};
use pusterum::units::{Day, clock};

fn week(text: &str) -> IsoWeek {
    text.parse().expect("a week")
}

/// Specs that differ in everything.
fn specs(seed: u64) -> Vec<Spec> {
    let crowded = Shares {
        clients_away: Percent(60),
        staff_away: Percent(50),
        impossible: Percent(50),
        second_grant: Percent(60),
        split: Percent(60),
        avoiding: Percent(40),
        evenings: Percent(60),
        weekends: Percent(60),
        home_care: Percent(20),
        chosen: Percent(20),
        ..Shares::default()
    };
    vec![
        Spec::ballerup(30, seed),
        Spec::koege(30, seed),
        Spec::three_standards(36, seed),
        Spec::city(80, 4, seed),
        Spec::ballerup(1, seed),
        Spec::ballerup(0, seed),
        Spec {
            bookings: Bookings::Dense,
            capacity: Capacity::Tight,
            pins: 6,
            caps: Caps::Tight,
            ..Spec::ballerup(40, seed)
        },
        Spec { bookings: Bookings::None, capacity: Capacity::Loose, caps: Caps::None, ..Spec::koege(20, seed) },
        Spec { shares: crowded, pins: 10, travel_overrides: 12, names: Names::None, ..Spec::three_standards(30, seed) },
        Spec { closing: Closing::On(vec![Day(0), Day(2)]), week: week("2027-W12"), ..Spec::koege(20, seed) },
        Spec { services: Services { relief: 0, urgent_relief: 1, practical_relief: 1 }, ..Spec::ballerup(20, seed) },
        Spec { districts: vec![District { teams: 3, ..District::koege(40) }], ..Spec::koege(0, seed) },
        of("Ringkøbing-Skjern", 90, seed),
        of("Aarhus", 430, seed),
        of("Køge", 310, seed),
        of("Ballerup", 40, seed).race(),
    ]
}

/// The week of a municipality.
fn of(municipality: &str, clients: usize, seed: u64) -> Spec {
    let municipality = Municipality::named(municipality).expect("a municipality");
    Spec::municipality(municipality, clients, (week("2026-W48"), seed))
}

/// A folder for this test alone, gone when it is dropped.
fn folder_of(tables: &Tables) -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().expect("a folder for the test");
    let folder = parent.path().join(tables.week.to_string());
    write_week(tables, &folder).expect("the week can be written");
    (parent, folder)
}

fn assert_builds(tables: &Tables, what: &str) {
    if let Err(faults) = Problem::build(tables) {
        panic!("{what}: {faults:#?}");
    }
}

/// The referee beside the checkout, where it is there.
fn referee() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/check.py");
    let found = path.is_file().then_some(path);
    if found.is_none() {
        eprintln!("skipped: there is no referee at ../shared/check.py");
    }
    found
}

/// A roster of nothing but the pins.
fn pins_only(tables: &Tables) -> String {
    let mut text = String::from("visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n");
    for (number, Located { row, .. }) in tables.pins.iter().enumerate() {
        let grant = tables.grants.iter().find(|g| g.row.grant_id == row.grant_id).expect("a pin's grant");
        let carer = tables.staff.iter().find(|s| s.row.staff_id == row.staff_id).expect("a pin's carer");
        let when = format!("{};{};{}", row.date, clock(row.start), clock(row.end));
        let who = format!("{};{};{}", grant.row.client_id, carer.row.provider_id, row.staff_id);
        text.push_str(&format!("V{number};{when};{};{who};relief;pinned\n", row.grant_id));
    }
    text
}

/// The referee reads the week, and finds no rule broken by its pins alone.
fn assert_refereed(check: &Path, tables: &Tables, what: &str) {
    let (parent, folder) = folder_of(tables);
    let roster = parent.path().join("roster.csv");
    fs::write(&roster, pins_only(tables)).expect("a roster");
    let run = Command::new("python3").arg(check).args([&folder, &roster]).arg("--json").output().expect("python3");
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{what}: {said}");
}

#[test]
fn every_spec_gives_a_week_without_faults() {
    for seed in 0..25 {
        for (number, spec) in specs(seed).iter().enumerate() {
            assert_builds(&generate(spec), &format!("spec {number}, seed {seed}"));
        }
    }
}

#[test]
fn every_tiny_week_is_without_faults() {
    for seed in 0..2000 {
        assert_builds(&tiny(seed, Manners::Plain), &format!("tiny {seed}"));
        assert_builds(&tiny(seed, Manners::Odd), &format!("odd tiny {seed}"));
    }
}

#[test]
fn the_referee_reads_what_is_made_up() {
    let Some(check) = referee() else { return };
    for (number, spec) in specs(3).iter().enumerate() {
        assert_refereed(&check, &generate(spec), &format!("spec {number}"));
    }
    for seed in 0..15 {
        assert_refereed(&check, &tiny(seed, Manners::Plain), &format!("tiny {seed}"));
        assert_refereed(&check, &tiny(seed, Manners::Odd), &format!("odd tiny {seed}"));
    }
}

#[test]
fn what_is_written_is_read_without_faults() {
    for (number, spec) in specs(5).iter().enumerate() {
        let tables = generate(spec);
        let (_parent, folder) = folder_of(&tables);
        let loaded = load_week(&folder, None).unwrap_or_else(|faults| panic!("spec {number}: {faults:#?}"));
        assert_eq!(loaded.problem.policy, tables.policy);
        assert_eq!(loaded.problem.grants.len(), tables.grants.len());
        assert_eq!(loaded.problem.pins.len(), tables.pins.len());
    }
    for seed in 0..50 {
        let tables = tiny(seed, Manners::Odd);
        let (_parent, folder) = folder_of(&tables);
        let loaded = load_week(&folder, None).unwrap_or_else(|faults| panic!("odd tiny {seed}: {faults:#?}"));
        assert_eq!(loaded.problem.policy, tables.policy);
    }
}

#[test]
fn the_same_spec_gives_the_same_week() {
    for spec in specs(11) {
        assert_eq!(generate(&spec), generate(&spec.clone()));
    }
    assert_eq!(tiny(4, Manners::Odd), tiny(4, Manners::Odd));
    assert_ne!(tiny(4, Manners::Odd), tiny(4, Manners::Plain));
    assert_ne!(generate(&Spec::ballerup(20, 1)).clients, generate(&Spec::ballerup(20, 2)).clients);
}

/// All files of a folder by name.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .map(|(name, path)| (name, fs::read_to_string(path).expect("a text").replace("\r\n", "\n")))
        .collect();
    files.sort();
    files
}

/// When this fails on purpose: `cargo run --release --example write_sample -- fixtures/sample`.
#[test]
fn the_sample_in_the_repository_is_what_the_generator_writes() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample/2026-W48");
    let (_parent, written) = folder_of(&sample());
    let (committed, written) = (files(&committed), files(&written));
    let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&written));
    for ((name, old), (_, new)) in committed.iter().zip(&written) {
        assert!(old == new, "{name} differs from what the generator writes");
    }
}

#[test]
fn the_sample_has_something_of_everything() {
    let week = sample();
    assert_eq!(week.clients.len(), 120);
    assert!(week.clients.iter().all(|c| c.row.name.is_some() && c.row.address.is_some()));
    for service in [Service::Relief, Service::UrgentRelief, Service::PracticalRelief] {
        assert!(week.grants.iter().any(|g| g.row.service == service), "{service:?}");
    }
    assert!(week.grants.iter().any(|g| g.row.split.is_some()));
    assert!(week.clients.iter().any(|c| c.row.complex_needs));
    assert!(week.clients.iter().any(|c| c.row.protected_address));
    assert!(week.pins.len() >= 4 && week.absences.len() >= 20 && !week.travel.is_empty());
}

#[test]
fn the_hand_made_weeks_are_without_faults() {
    for name in ["ballerup-small/2026-W48", "koege-small/2026-W14"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        if let Err(faults) = load_week(&folder, None) {
            panic!("{name}: {faults:#?}");
        }
    }
}

fn booked_minutes(week: &Tables) -> i32 {
    week.bookings.iter().map(|b| (b.row.end - b.row.start).0).sum()
}

fn shift_minutes(week: &Tables) -> i32 {
    week.shifts.iter().map(|s| (s.row.end - s.row.start).0).sum()
}

fn granted_minutes(week: &Tables) -> i32 {
    week.grants.iter().map(|g| g.row.weekly_minutes.0).sum()
}

#[test]
fn denser_weeks_have_more_bookings_and_are_otherwise_the_same() {
    for seed in 0..5 {
        let of = |bookings| generate(&Spec { bookings, ..Spec::ballerup(60, seed) });
        let (none, sparse, dense) = (of(Bookings::None), of(Bookings::Sparse), of(Bookings::Dense));
        assert!(none.bookings.is_empty());
        let share = |week: &Tables| booked_minutes(week) * 100 / shift_minutes(week);
        assert!((15..=35).contains(&share(&sparse)), "{}", share(&sparse));
        assert!((35..=60).contains(&share(&dense)), "{}", share(&dense));
        assert_eq!((&sparse.clients, &sparse.grants, &sparse.wishes), (&dense.clients, &dense.grants, &dense.wishes));
        assert_eq!(sparse.shifts, dense.shifts);
    }
}

#[test]
fn tighter_weeks_have_fewer_staff_minutes_for_each_minute_granted() {
    let of = |capacity| generate(&Spec { capacity, ..Spec::ballerup(100, 1) });
    let ratio = |week: &Tables| shift_minutes(week) * 100 / granted_minutes(week);
    let [tight, usual, loose] = [Capacity::Tight, Capacity::Usual, Capacity::Loose].map(of);
    assert!(ratio(&tight) < ratio(&usual) && ratio(&usual) < ratio(&loose));
    assert_eq!(usual.staff.len(), 25);
}

#[test]
fn the_numbers_of_the_spec_are_the_numbers_of_the_week() {
    let week = generate(&Spec { pins: 8, ..Spec::ballerup(60, 1) });
    assert_eq!((week.pins.len(), week.clients.len()), (8, 60));
    let city = generate(&Spec::city(1001, 2, 1));
    assert_eq!(city.clients.len(), 1001);
    assert_eq!(city.providers.iter().filter(|p| p.row.municipal).count(), 4, "a team for every 250 clients");
    let carers = District { carers: Some(7), ..District::koege(20) };
    let week = generate(&Spec { districts: vec![carers], ..Spec::koege(0, 1) });
    assert_eq!(week.staff.len(), 7);
}

#[test]
fn closing_days_are_those_of_custom_or_of_the_spec() {
    let dates = |spec: &Spec| -> Vec<String> {
        generate(spec).closing_days.iter().map(|c| format!("{} {}", c.row.municipality, c.row.date)).collect()
    };
    let christmas = Spec { week: week("2026-W52"), ..Spec::ballerup(1, 1) };
    assert_eq!(dates(&christmas), ["Ballerup 2026-12-24"]);
    assert!(dates(&Spec { closing: Closing::None, ..christmas.clone() }).is_empty());
    assert_eq!(dates(&Spec { closing: Closing::On(vec![Day(1)]), ..christmas }), ["Ballerup 2026-12-22"]);
}

#[test]
fn ten_thousand_clients_are_made_up_in_seconds() {
    let week = generate(&Spec { pins: 50, ..Spec::city(10_000, 20, 1) });
    assert_eq!(week.clients.len(), 10_000);
    assert_builds(&week, "a city of 10,000");
}

#[test]
fn every_municipality_has_a_week_without_faults() {
    for (municipality, clients) in country(12_000) {
        let tables = generate(&Spec::municipality(municipality, clients, (week("2026-W53"), 9)));
        assert_builds(&tables, municipality.name);
        assert_eq!(tables.clients.len(), clients);
    }
}

#[test]
fn the_country_s_clients_are_divided_by_people() {
    for clients in [98, 5_000, 12_000] {
        let people: usize = Municipality::all().iter().map(|m| m.population).sum();
        for (municipality, share) in country(clients) {
            let exactly = clients as f64 * municipality.population as f64 / people as f64;
            assert!((share as f64 - exactly).abs() < 1.0 || share == 1, "{}: {share}", municipality.name);
        }
    }
    assert_eq!(country(12_000).iter().map(|(_, share)| share).sum::<usize>(), 12_000);
}

#[test]
fn a_city_has_districts_with_teams_of_their_own() {
    let city = generate(&of("Odense", 2_000, 4));
    assert_eq!(city.clients.len(), 2_000);
    assert!((490..=510).contains(&city.staff.len()), "{} carers", city.staff.len());
    let mut districts: Vec<&str> = city.clients.iter().map(|c| c.row.municipality.as_str()).collect();
    districts.sort_unstable();
    districts.dedup();
    assert_eq!(districts.len(), 10);
    assert!(city.providers.iter().all(|p| p.row.municipalities.len() == 1), "nobody works in two districts");
    for district in districts {
        let own = city.providers.iter().filter(|p| p.row.municipalities[0] == district);
        assert_eq!(own.clone().filter(|p| p.row.municipal).count(), 1, "{district}");
        assert_eq!(own.count(), 3, "{district}");
    }
}

#[test]
fn a_race_has_only_what_routing_solvers_can_say() {
    let race = generate(&of("Ballerup", 150, 2).race());
    assert!(race.bookings.is_empty() && race.absences.is_empty() && race.pins.is_empty() && race.travel.is_empty());
    assert_eq!((race.grants.len(), race.policy.pause.minutes.0, race.policy.start_grid.0), (150, 0, 1));
    for Located { row: grant, .. } in &race.grants {
        assert_eq!((grant.service, grant.max_visits), (Service::Relief, 1));
        assert_eq!(grant.split.as_deref(), Some(&[grant.weekly_minutes][..]));
    }
    assert!(race.clients.iter().all(|c| !is_free(&c.row)));
    assert!(race.staff.iter().all(|s| s.row.relief_minutes_max.is_none()));
}

#[test]
fn koege_keeps_its_standard_in_every_district() {
    let week = generate(&of("Køge", 310, 1));
    for client in &week.clients {
        let rules = week.policy.of(&client.row.municipality);
        assert!(rules.requires_agreement && rules.municipal_only, "{}", client.row.municipality);
    }
    assert!(!generate(&of("Roskilde", 310, 1)).policy.of("Roskilde1").requires_agreement);
}

/// What a week may have or not.
type Trait<'a> = &'a dyn Fn(&Tables) -> bool;

/// Every rule that can be switched is on in some tiny weeks and off in others.
#[test]
fn tiny_weeks_switch_every_rule() {
    let weeks: Vec<Tables> = (0..300).map(|seed| tiny(seed, Manners::Plain)).collect();
    let share = |what: Trait<'_>| weeks.iter().filter(|week| what(week)).count();
    let rules = |week: &Tables| week.policy.of("Ballerup").clone();
    let switches: [(&str, Trait<'_>); 14] = [
        ("break", &|w| w.policy.pause.minutes.0 > 0),
        ("agreement", &|w| rules(w).requires_agreement),
        ("municipal only", &|w| rules(w).municipal_only),
        ("absorb", &|w| rules(w).absorb_tasks),
        ("cap to standard", &|w| rules(w).cap_to_standard),
        ("two days between", &|w| rules(w).min_days_between == 2),
        ("pins", &|w| !w.pins.is_empty()),
        ("bookings", &|w| !w.bookings.is_empty()),
        ("splits", &|w| w.grants.iter().any(|g| g.row.split.is_some())),
        ("absences", &|w| !w.absences.is_empty()),
        ("travel", &|w| !w.travel.is_empty()),
        ("carer caps", &|w| w.staff.iter().any(|s| s.row.relief_minutes_max.is_some())),
        ("provider caps", &|w| w.providers.iter().any(|p| p.row.weekly_minutes_max.is_some())),
        ("free choice", &|w| {
            let free = |c: &Located<_>| is_free(&c.row);
            w.providers.len() > 1 && w.clients.iter().any(free)
        }),
    ];
    for (name, switch) in switches {
        assert!((15..=285).contains(&share(switch)), "{name}: {} of 300", share(switch));
    }
}

fn is_free(client: &pusterum::tables::ClientRow) -> bool {
    client.home_care_provider.is_none() && client.chosen_provider.is_none()
}
