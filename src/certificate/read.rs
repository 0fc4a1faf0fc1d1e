//! Reads certificates, and refuses what is none, is edited, or belongs to another week.

use std::path::Path;
use std::sync::Arc;

use super::file::{Certificate, FORMAT, HalfWords, Head, Line, Origin, sha256};
use super::names::Ids;
use super::tree::DEEPEST;
use crate::diagnostic::{Diagnostic, Fault, codes, unreadable_file};
use crate::ids::ShiftId;
use crate::plan::proof::{Branch, GroupProof, HalfSum, Leaf, Proof, RowName, Tree, VisitSet};

/// Reads a certificate of a week.
///
/// # Errors
/// The first thing that is wrong with it: it cannot be read, is edited, or is of another week.
pub fn read(path: &Path, origin: &Origin<'_>) -> Result<Certificate, Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(|error| unreadable_file(&error).in_file(&name))?;
    let text = String::from_utf8(bytes).map_err(|_| no_certificate().in_file(&name))?;
    let (head, body) = opened(&text).map_err(|fault| fault.in_file(&name))?;
    if let Some(other) = other_week(&head, origin) {
        return Err(another_week().in_file(&name).with_value(&other));
    }
    let mut reader = Reader { ids: Ids::of(origin.problem), groups: Vec::new() };
    for (line, number) in body.lines().zip(2..) {
        reader.line(line).ok_or_else(|| bad_line().in_file(&name).on_line(number))?;
    }
    let groups = reader.finish().ok_or_else(|| bad_line().in_file(&name).on_line(body.lines().count() as u64 + 1))?;
    let proof = Proof { constant: head.constant, groups };
    Ok(Certificate { bound: head.bound, inputs: head.inputs, frozen_before: head.frozen_before, proof })
}

/// The first line, and the lines between it and the fingerprint, if that is the text's.
fn opened(text: &str) -> Result<(Head, &str), Fault> {
    let (first, rest) = text.split_once('\n').ok_or_else(no_certificate)?;
    let Ok(Line::Certificate(head)) = serde_json::from_str(first) else { return Err(no_certificate()) };
    if head.format != FORMAT {
        return Err(no_certificate());
    }
    let before_last = rest.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
    let (body, last) = rest.split_at(before_last);
    match serde_json::from_str(last) {
        Ok(Line::Sha256(sum)) if sum == sha256(&text[..first.len() + 1 + body.len()]) => Ok((head, body)),
        _ => Err(edited()),
    }
}

/// What tells that a certificate is of another week or other files.
fn other_week(head: &Head, origin: &Origin<'_>) -> Option<String> {
    if head.week != origin.problem.week.to_string() {
        return Some(head.week.clone());
    }
    if head.frozen_before != origin.frozen_before {
        return Some(format!("--freeze-before {}", head.frozen_before.as_deref().unwrap_or("–")));
    }
    let mut names = head.inputs.keys().chain(origin.inputs.keys());
    names.find(|name| head.inputs.get(*name) != origin.inputs.get(*name)).cloned()
}

struct Reader<'p> {
    ids: Ids<'p>,
    groups: Vec<Reading>,
}

/// A branch whose cases are not both read: its visits, how many of them are few, and the case of these.
type Open = (VisitSet, i64, Option<Tree>);

/// A group on its way to being read.
struct Reading {
    group: GroupProof,
    rows: Vec<RowName>,
    /// From the root on.
    open: Vec<Open>,
    whole: bool,
}

impl Reader<'_> {
    /// Takes in one line; `None` where it makes no sense.
    fn line(&mut self, line: &str) -> Option<()> {
        let line: Line = serde_json::from_str(line).ok()?;
        if let Line::Group { bound, shifts } = line {
            let shifts = shifts.iter().map(|words| self.ids.shift(words)).collect::<Option<_>>()?;
            let group = GroupProof { shifts, tree: Tree::Leaf(Leaf::default()), bound };
            let before = self.groups.last().is_none_or(|group| group.whole);
            self.groups.push(Reading { group, rows: Vec::new(), open: Vec::new(), whole: false });
            return before.then_some(());
        }
        let group = self.groups.last_mut().filter(|group| !group.whole)?;
        match line {
            Line::Row(words) => group.rows.push(self.ids.row(&words)?),
            Line::Half(words) => {
                let half = group.half(&words, &self.ids)?;
                group.rows.push(half);
            }
            Line::Branch { visits, most } if group.open.len() < DEEPEST => {
                group.open.push((self.ids.set(&visits)?, most, None));
            }
            Line::Leaf(duals) => {
                let named = |(row, dual): &(usize, i64)| Some((group.rows.get(*row)?.clone(), *dual));
                let duals = duals.iter().map(named).collect::<Option<_>>()?;
                group.close(Tree::Leaf(Leaf { duals }));
            }
            _ => return None,
        }
        Some(())
    }

    fn finish(self) -> Option<Vec<GroupProof>> {
        self.groups.into_iter().map(|group| group.whole.then_some(group.group)).collect()
    }
}

impl Reading {
    /// Half of rows that stand before it, none of which is a half itself.
    fn half(&self, words: &HalfWords, ids: &Ids<'_>) -> Option<RowName> {
        let row = |number: &usize| self.rows.get(*number).filter(|name| !matches!(name, RowName::Half(_))).cloned();
        let shifts = |positions: &[usize]| -> Option<Vec<ShiftId>> {
            positions.iter().map(|position| self.group.shifts.get(*position).copied()).collect()
        };
        Some(RowName::Half(Arc::new(HalfSum {
            rows: words.rows.iter().map(row).collect::<Option<_>>()?,
            shifts: shifts(&words.shifts)?,
            grants: words.grants.iter().map(|word| ids.grant(word)).collect::<Option<_>>()?,
            paired: shifts(&words.paired)?,
        })))
    }

    /// Puts a tree where it belongs: it is the next case of the last open branch, or the whole.
    fn close(&mut self, mut tree: Tree) {
        while let Some((visits, most, fewer)) = self.open.pop() {
            let Some(fewer) = fewer else {
                self.open.push((visits, most, Some(tree)));
                return;
            };
            tree = Tree::Branch(Box::new(Branch { visits, most, fewer, more: tree }));
        }
        self.group.tree = tree;
        self.whole = true;
    }
}

fn no_certificate() -> Fault {
    Fault::new(
        codes::NO_CERTIFICATE,
        ["filen er intet certifikat af denne slags", "the file is no certificate of this kind"],
        ["Skriv et med plan --certificate FIL", "Write one with plan --certificate FILE"],
    )
}

fn edited() -> Fault {
    Fault::new(
        codes::CERTIFICATE_EDITED,
        ["certifikatet er ændret eller ikke helt", "the certificate has been edited or is not whole"],
        ["Skriv det igen med plan --certificate FIL", "Write it again with plan --certificate FILE"],
    )
}

fn another_week() -> Fault {
    Fault::new(
        codes::CERTIFICATE_OF_ANOTHER_WEEK,
        ["certifikatet er for en anden uge eller andre filer", "the certificate is of another week or other files"],
        [
            "Brug ugens egne filer, og giv --published og --freeze-before, som da der blev planlagt",
            "Use the files of its week, and give --published and --freeze-before as when it was planned",
        ],
    )
}

fn bad_line() -> Fault {
    Fault::new(
        codes::BAD_CERTIFICATE_LINE,
        ["linjen giver ingen mening i ugens certifikat", "the line makes no sense in a certificate of the week"],
        [
            "Skriv certifikatet igen med plan --certificate FIL",
            "Write the certificate again with plan --certificate FILE",
        ],
    )
}
