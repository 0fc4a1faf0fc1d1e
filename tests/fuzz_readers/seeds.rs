//! Whole files to start from, one for each reader, and in the dialects.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pusterum::certificate::{Certificate, text};
use pusterum::generate::{Manners, Spec, generate, tiny};
use pusterum::import::write_week;
use pusterum::plan::proof::Proof;
use pusterum::problem::Problem;
use rand_chacha::ChaCha8Rng;

use super::{below, mutate, words, workbook};

/// Which reader an input is for.
#[derive(Clone, Debug)]
pub enum Target {
    /// By the name of the file.
    File(String),
    Certificate,
}

pub struct Seeds {
    /// Tables and rosters, by the names of their files.
    tables: Vec<(String, Vec<u8>)>,
    settings: Vec<(String, Vec<u8>)>,
    certificate: Vec<u8>,
    workbook: workbook::Parts,
    pub problem: Problem,
    pub inputs: BTreeMap<String, String>,
}

const MAPPING: &str = r#"
ignore_files = ["noter.csv"]
[[table]]
name = "staff"
file = "Personale.csv"
encoding = "windows-1252"
delimiter = ";"
dates = "day-first"
decimal = ","
header_line = 3
ignore = ["Telefon"]
only = { "Afdeling" = ["Hjemmeplejen"], "Aktiv" = "Ja" }
distinct = true
[table.columns]
staff_id = "Nr."
provider_id = { value = "KO-kommunen" }
qualification = { column = "Stilling", values = { "SSA Vikar" = "assistant" } }
relief_minutes_max = { column = "Timer", unit = "hours" }
"#;
const ROSTER: &str = "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n\
                      V001;2026-11-23;10:00;11:00;G1;C1;P1;S1;relief;planned\n";
/// A cell of every reader of values, to be replaced by others.
const VALUES: &str = "from;to;transport;minutes\nclient:C1;staff:S1;car;5\nBorger:C1;booking:B1;cykel;1 t 30 min\n";
const DIALECTS: &str = "Medarbejder\tDato\tMødetid\tGår\nS1\t23-11-2026\t08.30\t1500\nS2\t24/11-26\t8\tkl. 15\n";

impl Seeds {
    pub fn new() -> Self {
        let week = generate(&Spec { pins: 2, ..Spec::ballerup(6, 3) });
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("2026-W48");
        write_week(&week, &folder).expect("the week can be written");
        let mut tables = files(&folder, "csv");
        for (name, text) in [("roster.csv", ROSTER), ("travel.csv", VALUES), ("Vagter.txt", DIALECTS)] {
            tables.push((name.to_owned(), text.as_bytes().to_vec()));
        }
        let policy =
            include_str!("../../src/policy/defaults.toml").to_owned() + include_str!("../../src/policy/ballerup.toml");
        let settings = [("policy.toml", policy.as_str()), ("mapping.toml", MAPPING)];
        let settings = settings.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
        let problem = Problem::build(&tiny(3, Manners::Plain)).expect("a valid week").problem;
        let certificate = empty_certificate(&problem).into_bytes();
        Seeds { tables, settings, certificate, workbook: workbook::parts(), problem, inputs: BTreeMap::new() }
    }

    /// An input that the dice choose: mostly tables, since those come from outside.
    pub fn input(&self, dice: &mut ChaCha8Rng) -> (Target, Vec<u8>) {
        let pick = |from: &[(String, Vec<u8>)], dice: &mut ChaCha8Rng| from[below(dice, from.len())].clone();
        match below(dice, 100) {
            0..3 => (Target::File("Vagter.xlsx".to_owned()), workbook::mutated(&self.workbook, dice)),
            3..5 => (Target::Certificate, mutate::text(&self.certificate, words::JSON, dice)),
            5..18 => {
                let (name, bytes) = pick(&self.settings, dice);
                (Target::File(name), mutate::text(&bytes, words::TOML, dice))
            }
            _ => {
                let (name, bytes) = pick(&self.tables, dice);
                let (_, other) = pick(&self.tables, dice);
                (Target::File(name), mutate::table(&bytes, &other, dice))
            }
        }
    }
}

fn files(folder: &Path, extension: &str) -> Vec<(String, Vec<u8>)> {
    let paths = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .map(|path| {
            (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

/// A certificate that proves nothing of a week, but is one.
fn empty_certificate(problem: &Problem) -> String {
    let proof = Proof { constant: 0, groups: Vec::new() };
    let certificate = Certificate { bound: proof.bound(), inputs: BTreeMap::new(), frozen_before: None, proof };
    text(problem, &certificate)
}
