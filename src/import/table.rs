//! From text to typed rows: the header, the records and their cells, each checked where it stands.

use std::collections::HashSet;

use csv::StringRecord;

use super::source::{Source, civil_number};
use crate::diagnostic::{self, Cell, Diagnostic, Fault, Text, codes, nearest};
use crate::tables::Located;

/// A column of a table: its name, and whether the header must have it.
pub(super) struct Column {
    pub name: &'static str,
    pub required: bool,
}

/// A column that the header must have.
pub(super) const fn required(name: &'static str) -> Column {
    Column { name, required: true }
}

/// A column that may be left out.
pub(super) const fn optional(name: &'static str) -> Column {
    Column { name, required: false }
}

/// A kind of row: which columns it has and how they become values.
pub(super) trait Row: Sized {
    const COLUMNS: &'static [Column];
    /// The column of the row's own id, where other rows may name it.
    const ID: Option<&'static str> = None;

    /// The row that the cells say; `None` once a cell gave a fault.
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
}

/// A kind of row with a file of its own in the week folder.
pub(super) trait Stored: Row {
    const FILE: &'static str;
    /// Whether every week folder must have it.
    const REQUIRED: bool;

    /// The cells in the order of the columns.
    fn write(&self) -> Vec<String>;
}

/// What a file gave.
pub(super) struct TableRead<R> {
    pub rows: Vec<Located<R>>,
    /// Ids of rows that could not be read: whoever names them is not to blame.
    pub unread_ids: HashSet<String>,
    /// No row could be told from another.
    pub unreadable: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// Between the cells of the canonical form.
pub(super) const DELIMITER: u8 = b';';
const HEADER_LINE: u64 = 1;

impl<R> TableRead<R> {
    pub(super) fn empty() -> Self {
        TableRead { rows: Vec::new(), unread_ids: HashSet::new(), unreadable: false, diagnostics: Vec::new() }
    }

    /// A table that failed as a whole.
    pub(super) fn failed(diagnostic: Diagnostic) -> Self {
        TableRead { unreadable: true, diagnostics: vec![diagnostic], ..Self::empty() }
    }
}

/// Reads the rows of a file, and everything that is wrong with them.
pub(super) fn read<R: Row>(source: &Source) -> TableRead<R> {
    let text = match source.text() {
        Ok(text) => text,
        Err(diagnostic) => return TableRead::failed(diagnostic),
    };
    let mut records = Records::new(text);
    let Some((line, names)) = records.next().map(|(line, record)| (line, record.clone())) else {
        return TableRead::failed(empty_file(&source.name));
    };
    let header = Header::new::<R>(&names, &source.name, line);
    let mut table = TableRead::<R>::empty();
    table.unreadable = header.faults.iter().any(Diagnostic::is_error);
    table.diagnostics.clone_from(&header.faults);
    while let Some((line, record)) = records.next() {
        table.take(record, line, &header);
    }
    table
}

/// The records of a text with the lines on which they start.
struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    /// The line of the byte at `counted`.
    line: u64,
    counted: usize,
}

impl<'t> Records<'t> {
    fn new(text: &'t str) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(DELIMITER)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Records { text, reader, record: StringRecord::new(), line: HEADER_LINE, counted: 0 }
    }

    /// The next record that is not blank.
    fn next(&mut self) -> Option<(u64, &StringRecord)> {
        loop {
            // Reading from memory fails only on invalid UTF-8, and the text is valid.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            self.count_lines();
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some((self.line, &self.record));
            }
        }
    }

    /// The reader's own line is that of the blank lines before a record, so lines are counted here.
    fn count_lines(&mut self) {
        let start = self.record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(self.text.len()));
        let bytes = self.text.as_bytes();
        let blank = bytes[start..].iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        // A carriage return ends a line of its own only where no line feed follows it.
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.line += (self.counted..start + blank).filter(ends_line).count() as u64;
        self.counted = start + blank;
    }
}

/// Where each column of a table stands in the file.
struct Header<'h> {
    file: &'h str,
    names: Vec<&'h str>,
    /// The place of each of the table's columns, in the table's order.
    places: Vec<Option<usize>>,
    faults: Vec<Diagnostic>,
}

impl<'h> Header<'h> {
    fn new<R: Row>(record: &'h StringRecord, file: &'h str, line: u64) -> Self {
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
        let known = |name: &str| name.is_empty() || columns.iter().any(|c| c.name == name);
        let strange = self.names.iter().filter(|name| !known(name));
        strange.map(|name| self.unknown_column(name, columns, line)).collect()
    }

    fn unknown_column(&self, name: &str, columns: &[Column], line: u64) -> Diagnostic {
        let cure = match nearest(name, columns.iter().map(|c| c.name)) {
            Some(near) => [format!("Mente du `{near}`"), format!("Did you mean `{near}`")],
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

impl<R: Row> TableRead<R> {
    fn take(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) {
        let before = self.diagnostics.len();
        self.guard(record, line, header);
        if self.unreadable || !self.right_length(record, line, header) {
            return self.remember_unread(record, header);
        }
        let mut cells = Cells { record, line, header, columns: R::COLUMNS, faults: &mut self.diagnostics };
        match R::read(&mut cells) {
            Some(row) if self.diagnostics.len() == before => self.rows.push(Located { line, row }),
            _ => self.remember_unread(record, header),
        }
    }

    /// Stops at every cell with a civil registration number, also in columns that nobody reads.
    fn guard(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) {
        for (place, cell) in record.iter().enumerate() {
            if diagnostic::civil_number::stands_in(cell) {
                let found = civil_number(header.file, line);
                let known = header.names.get(place).filter(|name| !self.unreadable && !name.is_empty());
                self.diagnostics.push(match known {
                    Some(name) => found.in_column(name),
                    None => found.in_column(&(place + 1).to_string()),
                });
            }
        }
    }

    fn right_length(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) -> bool {
        let (expected, got) = (header.names.len(), record.len());
        let right = got == expected || (got > expected && record.iter().skip(expected).all(|c| c.trim().is_empty()));
        if !right {
            self.diagnostics.push(wrong_cell_count(expected, got).in_file(header.file).on_line(line));
        }
        right
    }

    fn remember_unread(&mut self, record: &StringRecord, header: &Header<'_>) {
        let place = R::ID.and_then(|id| header.names.iter().position(|name| *name == id));
        if let Some(id) = place.and_then(|p| record.get(p)) {
            self.unread_ids.insert(id.trim().to_owned());
        }
    }
}

fn empty_file(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::EMPTY_FILE,
        ["filen er tom; overskriftsrækken mangler", "the file is empty; the header row is missing"],
        ["Skriv overskriftsrækken, også når der ingen rækker er", "Write the header row, also where there are no rows"],
    );
    fault.in_file(name)
}

fn wrong_cell_count(expected: usize, got: usize) -> Fault {
    Fault::new(
        codes::WRONG_CELL_COUNT,
        [
            &format!("rækken har {got} celler, overskriften {expected}"),
            &format!("the row has {got} cells, the header {expected}"),
        ],
        [
            "Ret antallet af `;`, eller sæt tekst med `;` i anførselstegn",
            "Mend the number of `;`, or put quotes around text with `;`",
        ],
    )
}

/// The cells of one record, found by their columns' names.
pub(super) struct Cells<'r> {
    record: &'r StringRecord,
    line: u64,
    header: &'r Header<'r>,
    columns: &'static [Column],
    faults: &'r mut Vec<Diagnostic>,
}

impl Cells<'_> {
    /// The cell's text, trimmed; empty where the column is absent.
    pub(super) fn text(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|c| c.name == column).expect("a column of this table");
        self.header.places[index].and_then(|place| self.record.get(place)).map_or("", str::trim)
    }

    /// The value of a cell that must have one; a fault is noted and gives `None`.
    pub(super) fn required<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        if self.text(column).is_empty() {
            self.refuse(column, missing_value());
            return None;
        }
        self.given(column, parse)
    }

    /// The value of a cell that may be empty: `Some(None)`; a fault is noted and gives `None`.
    pub(super) fn optional<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<Option<T>> {
        if self.text(column).is_empty() {
            return Some(None);
        }
        self.given(column, parse).map(Some)
    }

    fn given<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        match parse(self.text(column)) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refuse(column, fault);
                None
            }
        }
    }

    /// Notes a fault of a cell.
    pub(super) fn refuse(&mut self, column: &'static str, fault: Fault) {
        let cell = Cell { file: self.header.file, line: self.line, column };
        let diagnostic = cell.error(self.text(column), fault);
        self.faults.push(diagnostic);
    }
}

fn missing_value() -> Fault {
    let cure = Text::new("Udfyld cellen", "Fill in the cell");
    Fault { code: codes::MISSING_VALUE, problem: Text::new("cellen er tom", "the cell is empty"), cure }
}
