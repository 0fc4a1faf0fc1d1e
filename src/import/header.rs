//! The header row: which column stands where, and which are missing, strange or there twice.

use csv::StringRecord;

use super::source::civil_number;
use super::table::{Column, Row};
use crate::diagnostic::{self, Diagnostic, Fault, codes, nearest};

/// Where each column of a table stands in the file.
pub(super) struct Header<'h> {
    pub file: &'h str,
    pub names: Vec<&'h str>,
    /// The place of each of the table's columns, in the table's order.
    pub places: Vec<Option<usize>>,
    pub faults: Vec<Diagnostic>,
}

impl<'h> Header<'h> {
    /// Finds the columns, and what is wrong with the header row.
    pub(super) fn new<R: Row>(record: &'h StringRecord, file: &'h str, line: u64) -> Self {
        let names: Vec<&str> = record.iter().map(str::trim).collect();
        let places = R::COLUMNS.iter().map(|c| names.iter().position(|n| *n == c.name)).collect();
        let mut header = Header { file, names, places, faults: Vec::new() };
        header.faults = header.missing(R::COLUMNS, line);
        if header.faults.is_empty() {
            header.faults = header.unknown(R::COLUMNS, line);
        }
        header.faults.extend(header.repeated(line));
        let private = header.names.iter().filter(|name| diagnostic::civil_number::stands_in(name)).count();
        header.faults.extend((0..private).map(|_| civil_number(file, line)));
        header
    }

    fn missing(&self, columns: &[Column], line: u64) -> Vec<Diagnostic> {
        let absent = |(column, place): &(&Column, &Option<usize>)| column.required && place.is_none();
        let missing = columns.iter().zip(&self.places).filter(absent);
        missing.map(|(column, _)| self.missing_column(column.name, columns, line)).collect()
    }

    fn missing_column(&self, name: &'static str, columns: &[Column], line: u64) -> Diagnostic {
        let spare = self.names.iter().copied().filter(|n| columns.iter().all(|c| c.name != *n));
        let cure = match nearest(name, spare) {
            Some(near) => {
                [format!("Omdøb kolonnen `{near}` til `{name}`"), format!("Rename the column `{near}` to `{name}`")]
            }
            None => [format!("Tilføj `{name}` i overskriftsrækken"), format!("Add `{name}` to the header row")],
        };
        let problem = ["kolonnen mangler", "the column is missing"];
        let fault = Fault::new(codes::MISSING_COLUMN, problem, [&cure[0], &cure[1]]);
        fault.in_file(self.file).on_line(line).in_column(name)
    }

    /// Warned of only where every required column is there: without a header row these are a person's data.
    fn unknown(&self, columns: &[Column], line: u64) -> Vec<Diagnostic> {
        let private = diagnostic::civil_number::stands_in;
        let known = |name: &str| name.is_empty() || private(name) || columns.iter().any(|c| c.name == name);
        let strange = self.names.iter().filter(|name| !known(name));
        strange.map(|name| self.unknown_column(name, columns, line)).collect()
    }

    fn unknown_column(&self, name: &str, columns: &[Column], line: u64) -> Diagnostic {
        let cure = match nearest(name, columns.iter().map(|c| c.name)) {
            Some(near) => [format!("Mente du `{near}`?"), format!("Did you mean `{near}`?")],
            None => ["Slet den, eller lad den stå".to_owned(), "Delete it or leave it".to_owned()],
        };
        let problem = ["kolonnen kendes ikke og læses ikke", "the column is not known and not read"];
        let fault = Fault::new(codes::UNKNOWN_COLUMN, problem, [&cure[0], &cure[1]]);
        fault.in_file(self.file).on_line(line).in_column(name).as_warning()
    }

    fn repeated(&self, line: u64) -> Vec<Diagnostic> {
        let fault = || {
            Fault::new(
                codes::DUPLICATE_COLUMN,
                ["kolonnen står der to gange", "the column stands there twice"],
                ["Slet den ene", "Delete one of them"],
            )
        };
        let again = |(i, name): &(usize, &&str)| !name.is_empty() && self.names[..*i].contains(name);
        let repeated = self.names.iter().enumerate().filter(again);
        repeated.map(|(_, name)| fault().in_file(self.file).on_line(line).in_column(name)).collect()
    }
}
