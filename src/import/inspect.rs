//! One file on its own, from bytes: for tests and fuzzing of the readers, which need no folder and no week.

use super::folder::{POLICY, policy_diagnostic};
use super::inventory::{self, Place};
use super::mapping::{self, MAPPING};
use super::roster;
use super::shape::{SHAPES, Shape};
use super::source::{Content, Source};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy;

/// What a file on its own gives.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// Rows that could be read.
    pub rows: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the bytes of a file, by its name as that of a table, of a policy, of a mapping, or else of a roster. A workbook
/// is read as every table that its name and its sheets stand for.
pub fn inspect(name: &str, bytes: Vec<u8>) -> Inspected {
    let source = Source::of(name, bytes);
    match name {
        POLICY => settings(&source, |text| {
            let faults = policy::parse(text).err().unwrap_or_default();
            faults.into_iter().map(policy_diagnostic).collect()
        }),
        MAPPING => settings(&source, |text| mapping::parse(text).err().unwrap_or_default()),
        _ => match source.open(None).content {
            Ok(content) => tables(name, &content),
            Err(diagnostic) => Inspected { rows: 0, diagnostics: vec![diagnostic] },
        },
    }
}

/// Settings have no rows, only faults.
fn settings(source: &Source, faults: impl Fn(&str) -> Vec<Diagnostic>) -> Inspected {
    let diagnostics = source.utf8().map_or_else(|fault| vec![fault], faults);
    Inspected { rows: 0, diagnostics }
}

fn tables(name: &str, content: &Content) -> Inspected {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let names: Vec<Option<&str>> = match content {
        Content::Text { .. } => vec![words::table_named(stem)],
        Content::Sheets(sheets) => sheets.iter().map(|sheet| words::table_named(&sheet.name)).collect(),
    };
    let mut all = Inspected::default();
    for (number, table) in names.into_iter().enumerate() {
        let sheet = match content {
            Content::Text { .. } => None,
            Content::Sheets(sheets) => Some(sheets[number].name.clone()),
        };
        let place = Place { file: name.to_owned(), sheet, entry: None };
        let table = table.or_else(|| words::table_named(stem));
        let read = match SHAPES.iter().find(|shape| Some(shape.file) == table) {
            Some(shape) => of_shape(shape, content, &place),
            None => roster::inspect(content, &place),
        };
        all.rows += read.rows;
        all.diagnostics.extend(read.diagnostics);
    }
    all
}

fn of_shape(shape: &Shape, content: &Content, place: &Place<'_>) -> Inspected {
    match inventory::grid(content, place, shape.columns, shape.file) {
        Some(grid) => (shape.inspect)(&grid),
        None => Inspected::default(),
    }
}
