//! Which file of a folder is which table.
//!
//! A mapping says so, or else the canonical name; failing both, the words that a file or a sheet is named for. A workbook
//! whose sheets are named for tables is several tables, any other is the one that the file is named for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::grid::Grid;
use super::header::shown_name;
use super::mapping::{Entry, FileName, MAPPING, Mapping, Origin, normal, two_sources};
use super::shape::{Column, SHAPES};
use super::source::{Content, Opened, Source, civil_number as civil_number_at, civil_number_fault};
use super::workbook::Sheet;
use super::{delimiter, words};
use crate::diagnostic::{Diagnostic, Fault, civil_number, codes, nearest};

/// Where the rows of a table stand.
#[derive(Clone, Debug)]
pub(super) struct Place<'m> {
    /// The file's name in the folder.
    pub file: String,
    pub sheet: Option<String>,
    pub entry: Option<&'m Entry>,
}

impl Place<'_> {
    /// How the place is called: the file, and the sheet where there is one.
    pub(super) fn shown(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{} [{}]", shown_name(&self.file), shown_name(sheet)),
            None => shown_name(&self.file),
        }
    }
}

/// The files of a folder that hold tables, opened. Only a mapping gives a table several places.
#[derive(Default)]
pub(super) struct Inventory<'m> {
    /// By the table's canonical file.
    pub places: BTreeMap<&'static str, Vec<Place<'m>>>,
    files: BTreeMap<String, Opened>,
    /// Tables whose place is at fault; that is told already.
    pub lost: BTreeSet<&'static str>,
    /// Files and sheets that could be tables, but nobody knows of which.
    pub strange: Vec<String>,
    pub found: Vec<Diagnostic>,
}

const TEXTS: [&str; 3] = ["csv", "txt", "tsv"];
const WORKBOOK: &str = "xlsx";
/// Spreadsheets that are not read.
const OTHERS: [&str; 3] = ["xls", "xlsb", "ods"];
/// Excel puts a file with this before its name beside one that is open.
const LOCK: &str = "~$";
const HIDDEN: char = '.';

impl<'m> Inventory<'m> {
    /// Looks through the files of a folder and opens what belongs to tables.
    pub(super) fn of(folder: &Path, names: &BTreeSet<String>, mapping: &'m Mapping) -> Self {
        let mut inventory = Inventory::default();
        inventory.found.extend(private_names(folder));
        inventory.add_mapped(names, mapping);
        inventory.add_canonical(names, mapping);
        let spare = inventory.spare(names, mapping);
        inventory.open(folder, spare.iter().filter(|name| extension(name) == WORKBOOK));
        inventory.open_places(folder);
        inventory.choose_sheets();
        inventory.add_sheets_left(mapping);
        spare.iter().for_each(|name| inventory.add_named(name, mapping));
        inventory.open_places(folder);
        inventory.tell_unopened();
        inventory.choose_sheets();
        inventory.tell_sheets_left(mapping);
        inventory
    }

    /// The files that have the canonical names, where a mapping is at fault: of which other file is what nothing is
    /// known then, and what they seem to lack it may say.
    pub(super) fn canonical(folder: &Path, names: &BTreeSet<String>) -> Self {
        let mut inventory = Inventory::default();
        inventory.found.extend(private_names(folder));
        inventory.add_canonical(names, &Mapping::default());
        inventory.open_places(folder);
        inventory.tell_unopened();
        let missing = SHAPES.iter().map(|shape| shape.file).filter(|file| !inventory.places.contains_key(file));
        inventory.lost.extend(missing.collect::<Vec<_>>());
        inventory
    }

    /// The places of all tables.
    pub(super) fn all_places(&self) -> impl Iterator<Item = &Place<'m>> {
        self.places.values().flatten()
    }

    fn add_mapped(&mut self, names: &BTreeSet<String>, mapping: &'m Mapping) {
        let candidates: Vec<&String> = names.iter().filter(|name| is_visible(name) && !mapping.ignores(name)).collect();
        for entry in &mapping.entries {
            let mut files: Vec<&String> = Vec::new();
            for wanted in &entry.files {
                let before = files.len();
                let meant = candidates.iter().filter(|name| wanted.fits(name));
                let known = files.clone();
                files.extend(meant.filter(|name| !known.contains(name)));
                if files.len() == before && !known.iter().any(|name| wanted.fits(name)) {
                    self.lost.insert(entry.table);
                    self.found.push(unknown_file((entry, wanted), names));
                }
            }
            let places = files.into_iter().map(|file| Place { file: file.clone(), sheet: None, entry: Some(entry) });
            self.places.entry(entry.table).or_default().extend(places);
        }
        self.places.retain(|_, places| !places.is_empty());
    }

    fn add_canonical(&mut self, names: &BTreeSet<String>, mapping: &Mapping) {
        for shape in &SHAPES {
            let names_it = |entry: &Entry| entry.table == shape.file || entry.files.iter().any(|f| f.fits(shape.file));
            let mapped = mapping.entries.iter().any(names_it);
            if !mapped && names.contains(shape.file) {
                let place = Place { file: shape.file.to_owned(), sheet: None, entry: None };
                self.places.insert(shape.file, vec![place]);
            }
        }
    }

    /// The files that no table has yet.
    fn spare(&self, names: &BTreeSet<String>, mapping: &Mapping) -> Vec<String> {
        let taken = |name: &str| self.all_places().any(|place| place.file == name);
        let known = |name: &str| {
            let kinds = [&TEXTS[..], &OTHERS[..], &[WORKBOOK]].concat();
            kinds.contains(&extension(name).as_str()) && is_visible(name)
        };
        names.iter().filter(|name| known(name) && !taken(name) && !mapping.ignores(name)).cloned().collect()
    }

    fn open<'n>(&mut self, folder: &Path, names: impl Iterator<Item = &'n String>) {
        let fresh: BTreeSet<&String> = names.filter(|name| !self.files.contains_key(*name)).collect();
        let asked = |name: &String| {
            let mut of_file = self.all_places().filter(|place| place.file == *name);
            of_file.find_map(|place| place.entry?.encoding)
        };
        let jobs: Vec<_> = fresh.into_iter().map(|name| (name, asked(name))).collect();
        let opened = jobs.par_iter().filter_map(|(name, encoding)| {
            let opened = match Source::read(&folder.join(name), name) {
                Ok(Some(source)) => source.open(*encoding),
                Ok(None) => return None,
                Err(diagnostic) => Opened { sha256: None, content: Err(diagnostic) },
            };
            Some(((*name).clone(), opened))
        });
        let opened: Vec<(String, Opened)> = opened.collect();
        self.files.extend(opened);
    }

    fn open_places(&mut self, folder: &Path) {
        let files: Vec<String> = self.all_places().map(|place| place.file.clone()).collect();
        self.open(folder, files.iter());
    }

    /// Takes sheets that a mapping leaves in its workbooks for the tables that they are named for.
    fn add_sheets_left(&mut self, mapping: &Mapping) {
        for left in self.sheets_left(mapping) {
            let table = left.sheet.as_deref().and_then(words::table_named);
            if let Some(table) = table.filter(|table| !self.lost.contains(table)) {
                self.add(table, left);
            }
        }
    }

    /// Notes the sheets of workbooks with tables from which no table is read.
    fn tell_sheets_left(&mut self, mapping: &Mapping) {
        let left = self.sheets_left(mapping).into_iter().map(|place| place.shown());
        let fresh: Vec<String> = left.filter(|shown| !self.strange.contains(shown)).collect();
        self.strange.extend(fresh);
        self.strange.sort();
    }

    /// Sheets with rows that no table is read from, in workbooks that hold tables.
    fn sheets_left(&self, mapping: &Mapping) -> Vec<Place<'m>> {
        let used = self.files.iter().filter(|(file, _)| self.all_places().any(|place| place.file == **file));
        let filled = used.flat_map(|(file, opened)| sheets_of(opened).map(move |sheet| (file, sheet)));
        let places = filled.filter(|(_, sheet)| !sheet.rows.is_empty()).map(|(file, sheet)| sheet_in(file, sheet));
        places.filter(|place| !self.reads(place) && !mapping.ignores(&place.shown())).collect()
    }

    /// Whether some table is read from a sheet.
    fn reads(&self, sheet: &Place<'_>) -> bool {
        self.all_places().any(|read| read.file == sheet.file && read.sheet == sheet.sheet)
    }

    /// Finds out by its name, or those of its sheets, which table a file is.
    fn add_named(&mut self, name: &String, mapping: &Mapping) {
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let table = words::table_named(&stem);
        let sheets = match self.files.get(name).map(|opened| &opened.content) {
            Some(Ok(Content::Sheets(sheets))) => named_sheets((name, sheets), mapping),
            Some(Err(diagnostic)) if table.is_none() => {
                let private = diagnostic.code == codes::CIVIL_NUMBER;
                self.tell(if private { diagnostic.clone() } else { diagnostic.clone().as_warning() });
                return;
            }
            _ => Vec::new(),
        };
        if OTHERS.contains(&extension(name).as_str()) {
            self.found.extend(table.map(|_| unsupported(name)));
            self.lost.extend(table);
        } else if !sheets.is_empty() {
            sheets.into_iter().for_each(|(table, place)| self.add(table, place));
        } else if let Some(table) = table {
            self.add(table, Place { file: name.clone(), sheet: None, entry: None });
        } else {
            self.strange.push(shown_name(name));
        }
    }

    fn add(&mut self, table: &'static str, place: Place<'m>) {
        match self.places.get(table) {
            // What a mapping says, and the canonical file, count.
            Some(known) if known.iter().any(|known| known.entry.is_some() || known.file == table) => {
                self.strange.push(place.shown());
            }
            Some(_) => self.found.push(two_sources(table).in_file(&place.shown())),
            None => drop(self.places.insert(table, vec![place])),
        }
    }

    /// Tells what is wrong with a file once, however many tables it holds.
    fn tell_unopened(&mut self) {
        let mut told = BTreeSet::new();
        for (table, place) in self.places.iter().flat_map(|(table, places)| places.iter().map(move |p| (table, p))) {
            if let Some(Err(diagnostic)) = self.files.get(&place.file).map(|opened| &opened.content) {
                self.lost.insert(table);
                if told.insert(&place.file) && !self.found.contains(diagnostic) {
                    self.found.push(diagnostic.clone());
                }
            }
        }
        let files = &self.files;
        self.places.values_mut().for_each(|places| {
            places.retain(|place| files.get(&place.file).is_some_and(|opened| opened.content.is_ok()));
        });
        self.places.retain(|_, places| !places.is_empty());
    }

    /// Notes a fault, unless it has been told of the same file already.
    fn tell(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// A fault for every row with what looks like a civil registration number in sheets that no table is read from: they
    /// came with the file, and this tool needs none of them.
    pub(super) fn private_rows(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (file, sheet) in
            self.files.iter().flat_map(|(file, opened)| sheets_of(opened).map(move |sheet| (file, sheet)))
        {
            let place = sheet_in(file, sheet);
            if !self.reads(&place) {
                let private = sheet.rows.iter().filter(|(_, record)| record.iter().any(civil_number::stands_in));
                found.extend(private.map(|(line, _)| civil_number_at(&place.shown(), *line)));
            }
        }
        found
    }

    fn choose_sheets(&mut self) {
        for (table, places) in &mut self.places {
            places.retain_mut(|place| {
                let Some(Ok(Content::Sheets(sheets))) = self.files.get(&place.file).map(|opened| &opened.content)
                else {
                    return true;
                };
                if place.sheet.is_some() {
                    return true;
                }
                let chosen = sheet_of(sheets, table, place.entry).map_err(|diagnostic| {
                    self.lost.insert(table);
                    self.found.extend(diagnostic);
                });
                place.sheet = chosen.ok().map(|sheet| sheet.name.clone());
                place.sheet.is_some()
            });
        }
        self.places.retain(|_, places| !places.is_empty());
    }

    /// The rows at a place.
    pub(super) fn grid(&self, place: &Place<'_>, columns: &[Column], table: &str) -> Option<Grid<'_>> {
        let content = self.files.get(&place.file)?.content.as_ref().ok()?;
        grid(content, place, columns, table)
    }

    /// The encoding of a file of text.
    pub(super) fn encoding(&self, place: &Place<'_>) -> Option<&'static str> {
        match self.files.get(&place.file)?.content.as_ref().ok()? {
            Content::Text { encoding, .. } => Some(encoding.name()),
            Content::Sheets(_) => None,
        }
    }

    /// The fingerprints of the files that tables were read from.
    pub(super) fn fingerprints(&self) -> BTreeMap<String, String> {
        let used = |name: &str| self.all_places().any(|place| place.file == name);
        let used = self.files.iter().filter(|(name, _)| used(name));
        used.filter_map(|(name, opened)| Some((name.clone(), opened.sha256.clone()?))).collect()
    }
}

/// The sheets of a file, if it has any and can be read.
fn sheets_of(opened: &Opened) -> impl Iterator<Item = &Sheet> {
    match &opened.content {
        Ok(Content::Sheets(sheets)) => sheets.as_slice(),
        _ => &[],
    }
    .iter()
}

/// A fault for every name in a folder, and its own, that looks like a civil registration number: also for those that are
/// no text and so not read.
pub(super) fn private_names(folder: &Path) -> Vec<Diagnostic> {
    let own = folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_owned()));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let names = own.into_iter().chain(entries).map(|name| name.to_string_lossy().into_owned());
    let private: BTreeSet<String> = names.filter(|name| civil_number::stands_in(name)).collect();
    private.iter().map(|name| civil_number_fault().in_file(&shown_name(name))).collect()
}

/// Every file of a folder that may hold tables, opened, in the order of the names.
pub(super) fn open_all(folder: &Path, names: &BTreeSet<String>) -> BTreeMap<String, Opened> {
    let mut inventory = Inventory::default();
    let spare = inventory.spare(names, &Mapping::default());
    inventory.open(folder, spare.iter().filter(|name| !OTHERS.contains(&extension(name).as_str())));
    inventory.files
}

/// The rows of a file, or of the sheet of it that a place names.
pub(super) fn grid<'c>(content: &'c Content, place: &Place<'_>, columns: &[Column], table: &str) -> Option<Grid<'c>> {
    match content {
        Content::Text { text, .. } => {
            let given = place.entry.and_then(|entry| entry.delimiter);
            let is_known = |cell: &str| is_known(cell, columns, (table, place.entry));
            Some(Grid::Text { text, delimiter: given.unwrap_or_else(|| delimiter::delimiter(text, &is_known)) })
        }
        Content::Sheets(sheets) => {
            let named = |sheet: &&Sheet| place.sheet.as_ref().is_none_or(|name| sheet.name == *name);
            sheets.iter().find(named).map(|sheet| Grid::Sheet(&sheet.rows))
        }
    }
}

/// Whether a header's word is one of a table's columns, or one that a mapping names.
fn is_known(cell: &str, columns: &[Column], (table, entry): (&str, Option<&Entry>)) -> bool {
    let mapped = entry.is_some_and(|entry| {
        let sources = entry.rules.iter().filter_map(|(_, rule)| match &rule.source {
            Origin::Column(name) => Some(name),
            Origin::Constant(_) => None,
        });
        let named: Vec<&String> = sources.chain(&entry.ignore).chain(entry.only.iter().map(|(name, _)| name)).collect();
        named.iter().any(|name| normal(name) == normal(cell))
    });
    mapped || columns.iter().any(|column| words::fit(table, column.name, cell).is_some())
}

/// Whether a file is more than what a system or a program has put there for itself.
fn is_visible(name: &str) -> bool {
    !name.starts_with(LOCK) && !name.starts_with(HIDDEN)
}

fn extension(name: &str) -> String {
    Path::new(name).extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The sheets of a workbook that are named for tables.
fn named_sheets<'m>((file, sheets): (&str, &[Sheet]), mapping: &Mapping) -> Vec<(&'static str, Place<'m>)> {
    let named = sheets.iter().filter_map(|sheet| Some((words::table_named(&sheet.name)?, sheet_in(file, sheet))));
    named.filter(|(_, place)| !mapping.ignores(&place.shown())).collect()
}

/// A sheet as a place of which a mapping says nothing.
fn sheet_in<'m>(file: &str, sheet: &Sheet) -> Place<'m> {
    Place { file: file.to_owned(), sheet: Some(sheet.name.clone()), entry: None }
}

/// The sheet of a table: the one that a mapping names, the one that is named for the table, or the first with rows. An
/// error without a diagnostic is a workbook without rows.
fn sheet_of<'s>(sheets: &'s [Sheet], table: &str, entry: Option<&Entry>) -> Result<&'s Sheet, Option<Diagnostic>> {
    if let Some((entry, wanted)) = entry.and_then(|entry| Some((entry, entry.sheet.as_ref()?))) {
        let named = sheets.iter().find(|sheet| normal(&sheet.name) == normal(wanted));
        return named.ok_or_else(|| Some(unknown_sheet(entry, wanted, sheets)));
    }
    let named = sheets.iter().find(|sheet| words::table_named(&sheet.name) == Some(table));
    let filled = || sheets.iter().find(|sheet| !sheet.rows.is_empty());
    named.or_else(filled).or(sheets.first()).ok_or(None)
}

fn unknown_file((entry, wanted): (&Entry, &FileName), names: &BTreeSet<String>) -> Diagnostic {
    let wanted = wanted.written();
    let cure = match nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => [format!("Mente du `{}`?", shown_name(near)), format!("Did you mean `{}`?", shown_name(near))],
        None => [
            "Læg filen i mappen, eller ret navnet".to_owned(),
            "Put the file into the folder, or mend the name".to_owned(),
        ],
    };
    let problem = ["filen findes ikke i mappen", "there is no such file in the folder"];
    let fault = Fault::new(codes::UNKNOWN_MAPPED_FILE, problem, [&cure[0], &cure[1]]);
    fault.in_file(MAPPING).on_line(entry.line).in_column("file").with_value(&shown_name(wanted))
}

fn unknown_sheet(entry: &Entry, wanted: &str, sheets: &[Sheet]) -> Diagnostic {
    let names: Vec<String> = sheets.iter().map(|sheet| shown_name(&sheet.name)).collect();
    let names = names.join(", ");
    let fault = Fault::new(
        codes::UNKNOWN_MAPPED_SHEET,
        ["der er intet ark med det navn i filen", "the file has no sheet of that name"],
        [&format!("Skriv et af arkenes navne: {names}"), &format!("Write the name of a sheet: {names}")],
    );
    fault.in_file(MAPPING).on_line(entry.line).in_column("sheet").with_value(wanted)
}

fn unsupported(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::UNSUPPORTED_FILE,
        ["denne slags regneark læses ikke", "spreadsheets of this kind are not read"],
        ["Gem det igen som .xlsx eller »CSV UTF-8«", "Save it again as .xlsx or “CSV UTF-8”"],
    );
    fault.in_file(&shown_name(name))
}
