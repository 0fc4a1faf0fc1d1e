//! A certificate as a text: lines of JSON, so that it can be read by people, compared, and written without a limit.
//!
//! First the week, the claimed bound and the fingerprints of the files; then each group: its shifts, its rows by name, and
//! its tree, each branch before the case of fewer and that before the case of more visits; a leaf has pairs of a row's
//! number and its dual. A row of halves names its rows by their numbers too. Last a fingerprint of the text. It tells a slip from a certificate, not a forgery from a proof: that
//! [`super::prove`] does.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::names::{SetWords, ShiftWords, Words};
use crate::ids::ShiftId;
use crate::plan::proof::{GroupProof, HalfSum, Proof, RowName, Tree};
use crate::problem::Problem;

pub(super) const FORMAT: u32 = 1;

/// How the text of every certificate begins.
pub(super) const BEGINNING: &str = "{\"certificate\":";

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The bound that it claims to prove.
    pub bound: i64,
    /// SHA-256 in hex of each file of the week, by its name.
    pub inputs: BTreeMap<String, String>,
    /// Published visits that begin before were kept as pins.
    pub frozen_before: Option<String>,
    pub proof: Proof,
}

/// The week that a certificate is read for.
#[derive(Clone, Debug)]
pub struct Origin<'a> {
    pub problem: &'a Problem,
    /// As in [`Certificate`].
    pub inputs: &'a BTreeMap<String, String>,
    pub frozen_before: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Line {
    Certificate(Head),
    Group { bound: i64, shifts: Vec<ShiftWords> },
    Row(Vec<String>),
    Half(HalfWords),
    Branch { visits: SetWords, most: i64 },
    Leaf(Vec<(usize, i64)>),
    Sha256(String),
}

/// A [`HalfSum`] in words: rows by their numbers, shifts by their positions in the group.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HalfWords {
    pub rows: Vec<usize>,
    pub shifts: Vec<usize>,
    pub grants: Vec<String>,
    pub paired: Vec<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub format: u32,
    pub week: String,
    pub bound: i64,
    pub constant: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_before: Option<String>,
    pub inputs: BTreeMap<String, String>,
}

/// The text of a certificate.
pub fn text(problem: &Problem, certificate: &Certificate) -> String {
    let Certificate { bound, inputs, frozen_before, proof } = certificate;
    let mut writer = Writer { words: Words(problem), text: String::new(), shifts: HashMap::new() };
    writer.line(&Line::Certificate(Head {
        format: FORMAT,
        week: problem.week.to_string(),
        bound: *bound,
        constant: proof.constant,
        frozen_before: frozen_before.clone(),
        inputs: inputs.clone(),
    }));
    proof.groups.iter().for_each(|group| writer.group(group));
    let sum = sha256(&writer.text);
    writer.line(&Line::Sha256(sum));
    writer.text
}

pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Writer<'p> {
    words: Words<'p>,
    text: String,
    /// The positions of the group's shifts.
    shifts: HashMap<ShiftId, usize>,
}

impl Writer<'_> {
    fn line(&mut self, line: &Line) {
        self.text += &serde_json::to_string(line).expect("a line is plain data");
        self.text.push('\n');
    }

    fn group(&mut self, group: &GroupProof) {
        let shifts = group.shifts.iter().map(|id| self.words.shift(*id)).collect();
        self.line(&Line::Group { bound: group.bound, shifts });
        self.shifts = group.shifts.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut numbers = HashMap::new();
        self.rows(&group.tree, &mut numbers);
        self.tree(&group.tree, &numbers);
    }

    /// Writes each row once, in the order in which leaves name them.
    fn rows<'t>(&mut self, tree: &'t Tree, numbers: &mut HashMap<&'t RowName, usize>) {
        match tree {
            Tree::Branch(branch) => [&branch.fewer, &branch.more].iter().for_each(|case| self.rows(case, numbers)),
            Tree::Leaf(leaf) => leaf.duals.iter().for_each(|(name, _)| self.row(name, numbers)),
        }
    }

    /// Writes a row that has no number yet, after those that it is half of.
    fn row<'t>(&mut self, name: &'t RowName, numbers: &mut HashMap<&'t RowName, usize>) {
        if numbers.contains_key(name) {
            return;
        }
        let line = match name {
            RowName::Half(sum) => {
                sum.rows.iter().for_each(|name| self.row(name, numbers));
                Line::Half(self.half(sum, numbers))
            }
            name => Line::Row(self.words.row(name)),
        };
        numbers.insert(name, numbers.len());
        self.line(&line);
    }

    fn half(&self, sum: &HalfSum, numbers: &HashMap<&RowName, usize>) -> HalfWords {
        // A shift of another group has no position here; whoever reads it refuses the line.
        let positions = |shifts: &[ShiftId]| {
            let position = |id| self.shifts.get(id).copied().unwrap_or(self.shifts.len());
            shifts.iter().map(position).collect()
        };
        HalfWords {
            rows: sum.rows.iter().map(|name| numbers[name]).collect(),
            shifts: positions(&sum.shifts),
            grants: sum.grants.iter().map(|id| self.words.grant(*id)).collect(),
            paired: positions(&sum.paired),
        }
    }

    fn tree(&mut self, tree: &Tree, numbers: &HashMap<&RowName, usize>) {
        match tree {
            Tree::Leaf(leaf) => {
                self.line(&Line::Leaf(leaf.duals.iter().map(|(name, dual)| (numbers[name], *dual)).collect()));
            }
            Tree::Branch(branch) => {
                self.line(&Line::Branch { visits: self.words.set(&branch.visits), most: branch.most });
                self.tree(&branch.fewer, numbers);
                self.tree(&branch.more, numbers);
            }
        }
    }
}
