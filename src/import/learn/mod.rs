//! Looks at files that nobody has described and proposes how they are to be read.
//!
//! A column is recognised by its heading, by a heading that is spelt nearly like a known one, or, where it is the only one
//! of its kind, by what stands in it. The proposal is a `mapping.toml` for the user to correct, with a reason for every
//! line; what it leaves open stands there as a comment.

mod amount;
mod file_line;
mod propose;
mod sample;

use std::path::Path;

use super::folder::{missing_folder, names_in};
use super::inventory;
use super::source::Content;
use crate::diagnostic::{Diagnostic, Fault, Text, codes};
use crate::language::Language;
use crate::pseudonym::Key;
use crate::words::numbered;

use propose::Proposed;
use sample::Sample;

/// A mapping to correct.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The text of `mapping.toml`.
    pub text: String,
    /// What was found, in a line or two.
    pub told: Text,
}

/// Proposes a mapping for the files of a folder. With a key, what looks like a civil registration number is looked at as
/// its pseudonym.
///
/// # Errors
/// What is wrong with the folder or with every file in it.
pub fn learn(folder: &Path, key: Option<&Key>, language: Language) -> Result<Proposal, Vec<Diagnostic>> {
    if !folder.is_dir() {
        return Err(vec![missing_folder(folder)]);
    }
    let names = names_in(folder);
    let opened = inventory::open_all(folder, &names);
    let mut found = Vec::new();
    let mut samples = Vec::new();
    for (name, opened) in &opened {
        match &opened.content {
            Ok(content) => samples.extend(samples_of(name, content, key)),
            Err(diagnostic) => found.push(diagnostic.clone()),
        }
    }
    let private = inventory::private_names(folder);
    found.retain(|diagnostic| !private.contains(diagnostic));
    found.extend(private);
    found.extend(samples.iter().flat_map(Sample::civil_numbers));
    if samples.is_empty() && found.is_empty() {
        found.push(nothing_there(folder));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let proposed = propose::propose(&samples);
    let text = propose::written(&samples, &proposed, language);
    let told = told(&samples, &proposed);
    Ok(Proposal { text, told })
}

fn samples_of<'c>(name: &str, content: &'c Content, key: Option<&Key>) -> Vec<Sample<'c>> {
    match content {
        Content::Text { text, encoding } => Sample::of_text(name, (text, *encoding), key).into_iter().collect(),
        Content::Sheets(sheets) => sheets.iter().filter_map(|sheet| Sample::of_sheet(name, sheet, key)).collect(),
    }
}

fn told(samples: &[Sample<'_>], proposed: &[Proposed<'_>]) -> Text {
    let line = |proposed: &Proposed<'_>| {
        let files: Vec<String> = proposed.samples().map(|place| samples[place].shown()).collect();
        format!("{} = {}", proposed.shape.name(), files.join(", "))
    };
    let lines = proposed.iter().map(line).collect::<Vec<_>>().join("\n");
    let open: usize = proposed.iter().map(Proposed::open).sum();
    Text::spoken(|language| {
        let tables = numbered(proposed.len(), ["tabel", "tabeller"], ["table", "tables"], language);
        let columns = numbered(
            open,
            ["kolonne mangler og skal udfyldes", "kolonner mangler og skal udfyldes"],
            ["column is missing and has to be filled in", "columns are missing and have to be filled in"],
            language,
        );
        let columns = match open {
            0 => language.pick("alle nødvendige kolonner er fundet", "all columns that they need are found"),
            _ => &columns,
        };
        let missing = propose::not_found(proposed, language).map_or(String::new(), |missing| format!("\n{missing}"));
        let known = language.pick("genkendt", "recognised");
        format!("{lines}\n{tables} {known}; {columns}.{missing}")
    })
}

fn nothing_there(folder: &Path) -> Diagnostic {
    let fault = Fault::new(
        codes::NOTHING_TO_LEARN,
        [
            "mappen har ingen .csv-, .txt-, .tsv- eller .xlsx-filer med rækker",
            "the folder has no .csv, .txt, .tsv or .xlsx files with rows",
        ],
        ["Læg filerne i mappen, eller giv en anden mappe", "Put the files into the folder, or give another one"],
    );
    fault.in_file("").with_value(&folder.display().to_string())
}
