//! Certificates as files: written, read, edited, and forged with a fingerprint that fits.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pusterum::certificate::{self, Certificate, Origin, text};
use pusterum::diagnostic::{Diagnostic, codes};
use pusterum::generate::{Manners, Spec, generate};
use pusterum::ids::ShiftId;
use pusterum::plan::proof::{Branch, HalfSum, Leaf, Proof, RowName, Tree, VisitSet};
use pusterum::problem::Problem;
use pusterum::rules::Rulebook;
use pusterum::solve;
use pusterum::units::{Day, Minutes};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{problem, solving, tiny_week};

/// A certificate of a week in a folder that goes with it.
struct Desk {
    place: TempDir,
    problem: Problem,
    inputs: BTreeMap<String, String>,
    certificate: Certificate,
}

impl Desk {
    fn of(problem: Problem, proof: Proof) -> Desk {
        let inputs = BTreeMap::from([("grants.csv".to_owned(), "ab12".to_owned())]);
        let bound = proof.bound();
        let certificate = Certificate { bound, inputs: inputs.clone(), frozen_before: None, proof };
        Desk { place: tempfile::tempdir().expect("a temporary folder"), problem, inputs, certificate }
    }

    fn tiny(seed: u64) -> Desk {
        let (problem, proof, _) = tiny_week(seed, Manners::Plain);
        Desk::of(problem, proof)
    }

    fn made_up() -> Desk {
        let problem = problem(&generate(&Spec { pins: 3, ..Spec::three_standards(24, 1) }));
        let (_, proof) = solving::solve(&problem, 1, solve::Certificate::Unasked);
        Desk::of(problem, proof)
    }

    fn text(&self) -> String {
        text(&self.problem, &self.certificate)
    }

    fn file(&self, text: &str) -> PathBuf {
        let file = self.place.path().join("week.certificate");
        std::fs::write(&file, text).expect("it can be written");
        file
    }

    fn read(&self, text: &str) -> Result<Certificate, Diagnostic> {
        let origin = Origin { problem: &self.problem, inputs: &self.inputs, frozen_before: None };
        certificate::read(&self.file(text), &origin)
    }

    fn refusal(&self, text: &str) -> &'static str {
        self.read(text).expect_err("it is refused").code
    }
}

/// The text with the fingerprint that belongs to it.
fn signed(text: &str) -> String {
    let body: Vec<&str> = text.lines().filter(|line| !line.starts_with("{\"sha256\"")).collect();
    let body = body.join("\n") + "\n";
    let sum: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{body}{{\"sha256\":\"{sum}\"}}\n")
}

#[test]
fn what_is_written_is_read_again() {
    for mut desk in [Desk::tiny(3), Desk::made_up()] {
        assert_eq!(desk.read(&desk.text()).as_ref(), Ok(&desk.certificate));
        let leaf = desk.certificate.proof.groups[0].tree.clone();
        let shift = Some(desk.certificate.proof.groups[0].shifts[0]);
        let visits = VisitSet { shift, day: Some(Day(2)), length: Some(Minutes(90)), ..VisitSet::default() };
        let inner = Tree::Branch(Box::new(Branch { visits, most: 0, fewer: leaf.clone(), more: leaf.clone() }));
        let visits = VisitSet::default();
        desk.certificate.proof.groups[0].tree =
            Tree::Branch(Box::new(Branch { visits, most: 7, fewer: leaf, more: inner }));
        assert_eq!(desk.read(&desk.text()).as_ref(), Ok(&desk.certificate));
        assert_eq!(signed(&desk.text()), desk.text());
    }
}

/// Half of the leaf's rows, of some shifts, and of a grant with patterns if there is one.
fn half_of(leaf: &Leaf, shifts: &[ShiftId]) -> RowName {
    let plain = |name: &&RowName| !matches!(name, RowName::Half(_) | RowName::Branch(_));
    let rows: Vec<RowName> = leaf.duals.iter().map(|(name, _)| name).filter(plain).cloned().collect();
    let grant = |name: &RowName| if let RowName::Length(grant, _) = name { Some(*grant) } else { None };
    let grants = rows.iter().find_map(grant).into_iter().collect();
    let paired = shifts.iter().copied().step_by(2).collect();
    RowName::Half(Arc::new(HalfSum { rows, shifts: shifts[..1].to_vec(), grants, paired }))
}

#[test]
fn halves_are_written_and_read_again() {
    for mut desk in [Desk::tiny(3), Desk::made_up()] {
        let group = &mut desk.certificate.proof.groups[0];
        let Tree::Leaf(leaf) = &mut group.tree else { panic!("the proof is one leaf") };
        // It comes before the rows that it is half of, and twice.
        leaf.duals.insert(0, (half_of(leaf, &group.shifts), -7));
        leaf.duals.push(leaf.duals[0].clone());
        let text = desk.text();
        assert_eq!(text.lines().filter(|line| line.starts_with("{\"half\"")).count(), 1);
        assert_eq!(desk.read(&text).as_ref(), Ok(&desk.certificate));
        let proven = certificate::prove(&desk.problem, &Rulebook::of(&desk.problem), &desk.certificate.proof);
        assert!(proven.expect("all is the group's").bound <= desk.certificate.bound);
    }
}

#[test]
fn an_edited_text_is_refused() {
    let desk = Desk::tiny(3);
    let text = desk.text();
    for at in (0..text.len()).step_by(7) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let edited = String::from_utf8(bytes).expect("ASCII stays ASCII");
        let code = desk.refusal(&edited);
        assert!([codes::CERTIFICATE_EDITED, codes::NO_CERTIFICATE].contains(&code), "{at}: {code}");
    }
    let half = &text[..text.len() / 2];
    assert_eq!(desk.refusal(half), codes::CERTIFICATE_EDITED);
    assert_eq!(desk.refusal(""), codes::NO_CERTIFICATE);
    assert_eq!(desk.refusal("visit_id;date\n"), codes::NO_CERTIFICATE);
}

#[test]
fn a_certificate_of_another_week_is_refused() {
    let desk = Desk::tiny(3);
    let mut other = Desk::tiny(3);
    other.inputs.insert("grants.csv".to_owned(), "cd34".to_owned());
    let refused = other.read(&desk.text()).expect_err("it is refused");
    assert_eq!((refused.code, refused.value.as_deref()), (codes::CERTIFICATE_OF_ANOTHER_WEEK, Some("grants.csv")));
    let week = desk.problem.week.to_string();
    let moved = signed(&desk.text().replacen(&week, "2025-W07", 1));
    assert_eq!(desk.refusal(&moved), codes::CERTIFICATE_OF_ANOTHER_WEEK);
    let frozen = Certificate { frozen_before: Some("2026-11-25T12:00".to_owned()), ..desk.certificate.clone() };
    assert_eq!(desk.refusal(&text(&desk.problem, &frozen)), codes::CERTIFICATE_OF_ANOTHER_WEEK);
}

#[test]
fn lines_that_make_no_sense_are_refused_with_their_number() {
    let desk = Desk::tiny(3);
    let text = desk.text();
    let lines: Vec<&str> = text.lines().collect();
    let leaf = lines.iter().position(|line| line.starts_with("{\"leaf\"")).expect("a leaf");
    let strange = [
        "{\"row\":[\"one-visit\",\"no such grant\"]}",
        "{\"row\":[\"no such row\"]}",
        "{\"row\":[\"half\"]}",
        "{\"half\":{\"rows\":[9999],\"shifts\":[],\"grants\":[],\"paired\":[]}}",
        "{\"half\":{\"rows\":[-1],\"shifts\":[],\"grants\":[],\"paired\":[]}}",
        "{\"half\":{\"rows\":[],\"shifts\":[9999],\"grants\":[],\"paired\":[]}}",
        "{\"half\":{\"rows\":[],\"shifts\":[],\"grants\":[\"no such grant\"],\"paired\":[]}}",
        "{\"half\":{\"rows\":[],\"shifts\":[],\"grants\":[],\"paired\":[9999]}}",
        "{\"half\":{\"rows\":[],\"shifts\":[],\"grants\":[]}}",
        "{\"half\":{\"rows\":[],\"shifts\":[],\"grants\":[],\"paired\":[],\"more\":[]}}",
        "{\"leaf\":[[9999,-1]]}",
        "{\"leaf\":[[0,1e30]]}",
        "{\"certificate\":{}}",
        "not JSON",
        "",
    ];
    for line in strange {
        let with = [&lines[..leaf], &[line], &lines[leaf..]].concat().join("\n");
        let refused = desk.read(&signed(&with)).expect_err(line);
        assert_eq!((refused.code, refused.line), (codes::BAD_CERTIFICATE_LINE, Some(leaf as u64 + 1)), "{line}");
    }
    let without_leaf = [&lines[..leaf], &lines[leaf + 1..]].concat().join("\n");
    assert_eq!(desk.refusal(&signed(&without_leaf)), codes::BAD_CERTIFICATE_LINE);
}

#[test]
fn a_half_of_a_half_is_refused() {
    let desk = Desk::tiny(3);
    let text = desk.text();
    let mut lines: Vec<&str> = text.lines().collect();
    let leaf = lines.iter().position(|line| line.starts_with("{\"leaf\"")).expect("a leaf");
    let rows = lines[..leaf].iter().filter(|line| line.starts_with("{\"row\"")).count();
    let half = |row: usize| format!("{{\"half\":{{\"rows\":[{row}],\"shifts\":[],\"grants\":[],\"paired\":[]}}}}");
    let (first, second) = (half(0), half(rows));
    lines.insert(leaf, &first);
    assert!(desk.read(&signed(&lines.join("\n"))).is_ok());
    lines.insert(leaf + 1, &second);
    let refused = desk.read(&signed(&lines.join("\n"))).expect_err("it is refused");
    assert_eq!((refused.code, refused.line), (codes::BAD_CERTIFICATE_LINE, Some(leaf as u64 + 2)));
}

/// Every line dropped, doubled or swapped, and signed again: no panic, and nothing that is not true.
#[test]
fn shuffled_lines_prove_nothing_that_is_not_true() {
    for seed in 0..40 {
        let (problem, proof, best) = tiny_week(seed, Manners::Plain);
        let desk = Desk::of(problem, proof);
        let text = desk.text();
        let lines: Vec<&str> = text.lines().collect();
        for at in 1..lines.len() - 1 {
            let dropped = [&lines[..at], &lines[at + 1..]].concat();
            let doubled = [&lines[..at], &lines[at..=at], &lines[at..]].concat();
            let mut swapped = lines.clone();
            swapped.swap(at, at - at.min(1));
            for forged in [dropped, doubled, swapped] {
                let Ok(read) = desk.read(&signed(&forged.join("\n"))) else { continue };
                let proven = certificate::prove(&desk.problem, &Rulebook::of(&desk.problem), &read.proof);
                assert!(!proven.is_ok_and(|proven| proven.bound > best), "{seed} {at}");
            }
        }
    }
}

#[test]
fn a_raised_claim_is_not_what_is_proven() {
    let mut desk = Desk::made_up();
    let true_bound = desk.certificate.bound;
    desk.certificate.bound += 1;
    desk.certificate.proof.groups.iter_mut().for_each(|group| group.bound += 100);
    let read = desk.read(&desk.text()).expect("it can be read");
    let proven = certificate::prove(&desk.problem, &Rulebook::of(&desk.problem), &read.proof).expect("it is whole");
    assert_eq!((read.bound, proven.bound), (true_bound + 1, true_bound));
}

#[test]
fn a_dual_of_the_wrong_sign_is_refused() {
    let mut desk = Desk::made_up();
    let of_inequality = |(name, _): &&mut (RowName, i64)| !matches!(name, RowName::Length(..));
    let mut turned = 0;
    for group in &mut desk.certificate.proof.groups {
        let Tree::Leaf(leaf) = &mut group.tree else { continue };
        for (_, dual) in leaf.duals.iter_mut().filter(of_inequality) {
            *dual = -*dual;
            turned += 1;
        }
    }
    assert!(turned > 0);
    assert!(certificate::prove(&desk.problem, &Rulebook::of(&desk.problem), &desk.certificate.proof).is_err());
}
