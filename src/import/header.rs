//! The header row: which column of the file feeds which column of the table, and which are missing, strange or there
//! twice.

use csv::StringRecord;

use super::mapping::{Entry, MAPPING, Origin, Rule, normal};
use super::shape::Column;
use super::source::civil_number;
use super::value::key;
use super::words;
use crate::diagnostic::{self, Diagnostic, Fault, codes, nearest};

/// What feeds a column of the table.
#[derive(Clone, Copy)]
pub(super) enum Feed<'h> {
    Absent,
    /// The cell at that place, as the rule of a mapping turns it.
    Cell(usize, Option<&'h Rule>),
    Constant(&'h str),
}

/// Which table a header is read for, and how.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'h> {
    /// How diagnostics call the file.
    pub file: &'h str,
    /// What it is really called.
    pub own_file: &'h str,
    /// The table whose words are known: its canonical file.
    pub table: &'static str,
    pub columns: &'static [Column],
    pub entry: Option<&'h Entry>,
}

/// Where each column of a table stands in the file.
pub(super) struct Header<'h> {
    pub wanted: Wanted<'h>,
    pub names: Vec<&'h str>,
    /// What feeds each of the table's columns, in the table's order.
    pub feeds: Vec<Feed<'h>>,
    /// The columns in which only some words let a row count.
    pub only: Vec<(usize, &'h [String])>,
    pub faults: Vec<Diagnostic>,
    line: u64,
}

impl<'h> Header<'h> {
    /// Finds the columns, and what is wrong with the header row.
    pub(super) fn new(record: &'h StringRecord, wanted: Wanted<'h>, line: u64) -> Self {
        let names: Vec<&str> = record.iter().map(str::trim).collect();
        let mut header = Header { wanted, names, feeds: Vec::new(), only: Vec::new(), faults: Vec::new(), line };
        header.feeds = wanted.columns.iter().map(|column| header.feed(column)).collect();
        let missing =
            header.feeds.iter().zip(wanted.columns).filter_map(|(feed, column)| missing(&header, *feed, column));
        header.faults = missing.collect();
        header.find_only();
        if header.faults.is_empty() {
            header.faults = header.unknown();
        }
        header.faults.extend(header.repeated());
        let private = header.names.iter().filter(|name| diagnostic::civil_number::stands_in(name)).count();
        header.faults.extend((0..private).map(|_| civil_number(wanted.file, line)));
        header
    }

    /// The name that the file has for a column of the table.
    pub(super) fn own_name(&self, column: usize) -> Option<&'h str> {
        match self.feeds[column] {
            Feed::Cell(place, _) => Some(self.names[place]),
            Feed::Absent | Feed::Constant(_) => None,
        }
    }

    fn feed(&self, column: &Column) -> Feed<'h> {
        match self.wanted.entry.and_then(|entry| entry.rule(column.name)) {
            Some(Rule { source: Origin::Constant(text), .. }) => Feed::Constant(text),
            Some(rule @ Rule { source: Origin::Column(name), .. }) => {
                self.place_of(name).map_or(Feed::Absent, |place| Feed::Cell(place, Some(rule)))
            }
            None => self.by_words(column).map_or(Feed::Absent, |place| Feed::Cell(place, None)),
        }
    }

    /// The place of a name that a mapping gives: as it is spelt, or else in any spelling.
    fn place_of(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|own| *own == name.trim());
        exact.or_else(|| self.names.iter().position(|own| normal(own) == normal(name)))
    }

    /// The place of the header's best word for a column.
    fn by_words(&self, column: &Column) -> Option<usize> {
        if let Some(exact) = self.names.iter().position(|name| *name == column.name) {
            return Some(exact);
        }
        let free = self.names.iter().enumerate().filter(|(place, _)| !self.is_claimed(*place));
        let fits = free.filter_map(|(place, name)| Some((words::fit(self.wanted.table, column.name, name)?, place)));
        fits.min().map(|(_, place)| place)
    }

    /// Whether a mapping names the column at that place.
    fn is_claimed(&self, place: usize) -> bool {
        let Some(entry) = self.wanted.entry else { return false };
        let named = |rule: &Rule| matches!(&rule.source, Origin::Column(name) if self.place_of(name) == Some(place));
        entry.rules.iter().any(|(_, rule)| named(rule))
            || entry.ignore.iter().any(|name| self.place_of(name) == Some(place))
    }

    fn find_only(&mut self) {
        let Some(entry) = self.wanted.entry else { return };
        for (name, words) in &entry.only {
            match self.place_of(name) {
                Some(place) => self.only.push((place, words)),
                None => self.faults.push(self.unmapped(name, entry)),
            }
        }
    }

    /// The fault of a column that a mapping names and the file has not.
    fn unmapped(&self, name: &str, entry: &Entry) -> Diagnostic {
        let own = self.names.iter().copied().filter(|own| !diagnostic::civil_number::stands_in(own));
        let cure = match nearest(name, own) {
            Some(near) => [format!("Mente du `{near}`?"), format!("Did you mean `{near}`?")],
            None => [
                "Ret navnet i mapping.toml, eller `header_line`, hvis overskriften står på en anden linje".to_owned(),
                "Mend the name in mapping.toml, or `header_line` if the header is on another line".to_owned(),
            ],
        };
        let fault = Fault::new(
            codes::UNKNOWN_MAPPED_COLUMN,
            [
                &format!("filen {} har ingen kolonne med det navn", shown_name(self.wanted.own_file)),
                &format!("the file {} has no column of that name", shown_name(self.wanted.own_file)),
            ],
            [&cure[0], &cure[1]],
        );
        fault.in_file(MAPPING).on_line(entry.line).in_column(name)
    }

    fn missing_column(&self, name: &'static str) -> Diagnostic {
        let spare = self.names.iter().enumerate().filter(|(place, _)| !self.is_used(*place)).map(|(_, name)| *name);
        let spare = spare.filter(|name| !diagnostic::civil_number::stands_in(name));
        let cure = match nearest(name, spare) {
            Some(near) => {
                [format!("Omdøb kolonnen `{near}` til `{name}`"), format!("Rename the column `{near}` to `{name}`")]
            }
            None => [
                format!("Tilføj `{name}` i overskriftsrækken, eller skriv i mapping.toml, hvor det står"),
                format!("Add `{name}` to the header row, or write into mapping.toml where it stands"),
            ],
        };
        let problem = ["kolonnen mangler", "the column is missing"];
        let fault = Fault::new(codes::MISSING_COLUMN, problem, [&cure[0], &cure[1]]);
        fault.in_file(self.wanted.file).on_line(self.line).in_column(name)
    }

    fn is_used(&self, place: usize) -> bool {
        let feeds = |feed: &Feed<'_>| matches!(feed, Feed::Cell(own, _) if *own == place);
        self.feeds.iter().any(feeds) || self.only.iter().any(|(own, _)| *own == place)
    }

    /// The columns that nobody reads, and that no mapping says to ignore.
    pub(super) fn unread(&self) -> Vec<&'h str> {
        let private = diagnostic::civil_number::stands_in;
        let strange = self.names.iter().enumerate().filter(|(place, name)| {
            !name.is_empty() && !private(name) && !self.is_used(*place) && !self.is_claimed(*place)
        });
        strange
            .filter(|(_, name)| self.wanted.columns.iter().all(|column| column.name != **name))
            .map(|(_, name)| *name)
            .collect()
    }

    /// Warned of only where every required column is there: without a header row these are a person's data.
    fn unknown(&self) -> Vec<Diagnostic> {
        self.unread().into_iter().map(|name| self.unknown_column(name)).collect()
    }

    fn unknown_column(&self, name: &str) -> Diagnostic {
        let absent = self.wanted.columns.iter().zip(&self.feeds).filter(|(_, feed)| matches!(feed, Feed::Absent));
        let cure = match (nearest(name, absent.map(|(column, _)| column.name)), self.wanted.entry) {
            (Some(near), _) => [format!("Mente du `{near}`?"), format!("Did you mean `{near}`?")],
            (None, Some(_)) => [
                "Skriv den under `columns` eller `ignore` i mapping.toml".to_owned(),
                "Write it into `columns` or `ignore` in mapping.toml".to_owned(),
            ],
            (None, None) => ["Slet den, eller lad den stå".to_owned(), "Delete it or leave it".to_owned()],
        };
        let problem = ["kolonnen kendes ikke og læses ikke", "the column is not known and not read"];
        let fault = Fault::new(codes::UNKNOWN_COLUMN, problem, [&cure[0], &cure[1]]);
        fault.in_file(self.wanted.file).on_line(self.line).in_column(name).as_warning()
    }

    /// Columns of one name, and columns that are equally good for one column of the table.
    fn repeated(&self) -> Vec<Diagnostic> {
        let fault = || {
            Fault::new(
                codes::DUPLICATE_COLUMN,
                ["kolonnen står der to gange", "the column stands there twice"],
                ["Slet den ene", "Delete one of them"],
            )
        };
        let again = |(place, name): &(usize, &&str)| {
            !name.is_empty() && (self.names[..*place].contains(name) || self.is_twin(*place, name))
        };
        let repeated = self.names.iter().enumerate().filter(again);
        repeated.map(|(_, name)| fault().in_file(self.wanted.file).on_line(self.line).in_column(name)).collect()
    }

    /// Whether this column and an earlier one, of which one is read, differ in spelling alone.
    fn is_twin(&self, place: usize, name: &str) -> bool {
        let word = key(name);
        let read = |other: usize| self.is_used(place) || self.is_used(other);
        !word.is_empty() && (0..place).any(|other| read(other) && key(self.names[other]) == word)
    }
}

fn missing<'h>(header: &Header<'h>, feed: Feed<'h>, column: &Column) -> Option<Diagnostic> {
    let Feed::Absent = feed else { return None };
    let mapped = header.wanted.entry.and_then(|entry| Some((entry.rule(column.name)?, entry)));
    match mapped {
        Some((Rule { source: Origin::Column(name), .. }, entry)) => Some(header.unmapped(name, entry)),
        _ if column.required => Some(header.missing_column(column.name)),
        _ => None,
    }
}

/// A name of a file or sheet fit for a line of a terminal, and without what looks like a civil registration number.
pub(super) fn shown_name(name: &str) -> String {
    let masked = diagnostic::civil_number::masked(name);
    masked.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
