//! `pusterum generate`: weeks made up on the command line.

use std::fs;

use pusterum::import::load_week;

use super::{Desk, code, content, names, said};

impl Desk {
    /// Runs `generate` with the words of a line and expects its exit code.
    fn generate(&self, line: &str, exit: i32) -> String {
        let words: Vec<&str> = ["generate"].into_iter().chain(line.split(' ')).collect();
        let output = self.run(&words);
        assert_eq!(code(&output), exit, "{line}: {}", said(&output));
        said(&output)
    }
}

#[test]
fn a_municipality_s_week_can_be_planned() {
    let desk = Desk::small();
    let told = desk.generate("--municipality ballerup --clients 40 --seed 3 new/2026-W49 --lang en", 0);
    assert!(told.starts_with("Made up: 1 week, 40 clients, 10 carers, "), "{told}");
    assert_eq!(code(&desk.run(&["validate", "new/2026-W49"])), 0);
    let clients = fs::read_to_string(desk.path("new/2026-W49/clients.csv")).expect("it is there");
    assert_eq!(clients.matches(";Ballerup;").count(), 40);
    assert_eq!(names(&desk.path("new")), ["2026-W49"], "nothing else is left behind");
}

#[test]
fn the_same_seed_gives_the_same_files() {
    let desk = Desk::small();
    for (seed, folder) in [(7, "a"), (7, "b"), (8, "c")] {
        desk.generate(&format!("--municipality Køge --clients 30 --seed {seed} {folder}/2026-W48"), 0);
    }
    let [a, b, c] = ["a", "b", "c"].map(|folder| {
        let files = content(&desk.path(folder)).into_iter();
        files.map(|(path, bytes)| (path.file_name().expect("a file").to_owned(), bytes)).collect::<Vec<_>>()
    });
    assert_eq!(a, b);
    assert_ne!(a, c);
}

#[test]
fn the_country_has_a_week_for_each_municipality() {
    let desk = Desk::small();
    let told = desk.generate("--country --seed 2 --week 2027-W12 country", 0);
    assert!(told.starts_with("Opdigtet: 98 uger, 12.000 borgere, "), "{told}");
    let municipalities = names(&desk.path("country"));
    assert_eq!(municipalities.len(), 98);
    let clients = |name: &str| {
        let loaded = load_week(&desk.path("country").join(name).join("2027-W12"), None);
        loaded.unwrap_or_else(|faults| panic!("{name}: {faults:#?}")).problem.clients.len()
    };
    assert_eq!(municipalities.iter().map(|name| clients(name)).sum::<usize>(), 12_000);
    assert!((1_280..1_360).contains(&clients("København")) && (120..135).contains(&clients("Køge")));
    assert_eq!(names(desk.root.path()), ["2026-W48", "country"], "nothing else is left behind");
}

#[test]
fn a_municipality_alone_is_as_in_the_country() {
    let desk = Desk::small();
    desk.generate("--country --clients 1000 --seed 5 country", 0);
    let fanoe = desk.path("country/Fanø/2026-W48/clients.csv");
    let rows = fs::read_to_string(&fanoe).expect("it is there").lines().count() - 1;
    desk.generate(&format!("--municipality Fanø --clients {rows} --seed 5 alone/2026-W48"), 0);
    let alone = fs::read(desk.path("alone/2026-W48/clients.csv")).expect("it is there");
    assert_eq!(alone, fs::read(fanoe).expect("it is there"));
}

#[test]
fn a_folder_that_is_not_empty_is_refused_and_left_alone() {
    let desk = Desk::small();
    let before = content(desk.root.path());
    let told = desk.generate("--municipality Ballerup --clients 5 2026-W48 --lang en", 2);
    assert!(told.contains("not empty") && told.contains("Nothing was written"), "{told}");
    assert!(desk.generate("--country .", 2).contains("ikke tom"));
    desk.plan("result");
    assert!(desk.generate("--country result", 2).contains("ikke tom"), "an earlier result is in the way too");
    fs::remove_dir_all(desk.path("result")).expect("it can be removed");
    assert_eq!(content(desk.root.path()), before);
}

#[test]
fn an_empty_folder_is_filled() {
    let desk = Desk::small();
    fs::create_dir(desk.path("2026-W50")).expect("a new folder");
    desk.generate("--municipality Læsø 2026-W50 --quiet", 0);
    assert!(desk.path("2026-W50/clients.csv").exists());
}

#[test]
fn a_race_is_a_week_without_bookings() {
    let desk = Desk::small();
    desk.generate("--municipality Ballerup --clients 20 --race 2026-W49", 0);
    let files = names(&desk.path("2026-W49"));
    assert!(!files.contains(&"bookings.csv".to_owned()) && files.contains(&"policy.toml".to_owned()), "{files:?}");
    assert_eq!(code(&desk.run(&["validate", "2026-W49"])), 0);
}

#[test]
fn what_cannot_be_made_is_told_with_a_cure() {
    let desk = Desk::small();
    let refused = [
        ("--municipality Balerup 2026-W49 --lang en", "Did you mean Ballerup?"),
        ("--municipality Ballerup week-49 --lang en", "such as 2026-W48"),
        ("--municipality Ballerup 2025-W53", "skal hedde som sin uge"),
        ("--municipality Ballerup --week 2026-W49 2026-W49", "--week"),
        ("--municipality Ballerup --country 2026-W49", "--country"),
        ("--municipality Ballerup --clients 0 2026-W49", "--clients"),
        ("--country --week 2026-W54 country", "2026-W54"),
        ("2026-W49", "--municipality"),
    ];
    for (line, cure) in refused {
        let told = desk.generate(line, 2);
        assert!(told.contains(cure), "{line}: {told}");
    }
    assert_eq!(names(desk.root.path()), ["2026-W48"]);
}

#[test]
fn a_place_that_cannot_be_written_to_is_refused() {
    let desk = Desk::small();
    fs::write(desk.path("file"), "mine").expect("it can be written");
    let told = desk.generate("--municipality Ballerup file/2026-W49 --lang en", 2);
    assert!(told.contains("cannot be written"), "{told}");
    let told = desk.generate("--country file --lang en", 2);
    assert!(told.contains("is no folder"), "{told}");
}
