//! From records to typed rows: every cell checked where it stands.

use csv::StringRecord;

use super::header::Header;
use super::records::Records;
use super::source::{Source, civil_number};
use super::value;
use crate::cell;
use crate::diagnostic::{self, Cell, Diagnostic, Fault, Text, codes};
use crate::problem::{Named, Reference, UnreadRows, ends_before_start};
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
    pub unread: UnreadRows,
    /// What the unread rows name in their readable cells.
    pub references: Vec<Reference>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<R> TableRead<R> {
    pub(super) fn empty() -> Self {
        TableRead { rows: Vec::new(), unread: UnreadRows::default(), references: Vec::new(), diagnostics: Vec::new() }
    }

    /// A table that failed as a whole.
    pub(super) fn failed(diagnostic: Diagnostic) -> Self {
        let unread = UnreadRows { whole_table: true, ids: Vec::new() };
        TableRead { unread, diagnostics: vec![diagnostic], ..Self::empty() }
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
    table.unread.whole_table = header.faults.iter().any(Diagnostic::is_error);
    table.diagnostics.clone_from(&header.faults);
    while let Some((line, record)) = records.next() {
        table.take(record, line, &header);
    }
    table
}

impl<R: Row> TableRead<R> {
    fn take(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) {
        let before = self.diagnostics.len();
        self.guard(record, line, header);
        if self.unread.whole_table || !self.right_length(record, line, header) {
            return self.remember_unread(record, line, header);
        }
        let remains = Remains::default();
        let mut cells = Cells { record, line, header, columns: R::COLUMNS, faults: &mut self.diagnostics, remains };
        let row = R::read(&mut cells);
        let remains = cells.remains;
        match row {
            Some(row) if self.diagnostics.len() == before => self.rows.push(Located { line, row }),
            _ => {
                self.remember_unread(record, line, header);
                self.references.extend(remains.references);
                self.diagnostics.extend(remains.faults);
            }
        }
    }

    /// Stops at every cell with a civil registration number, also in columns that nobody reads.
    fn guard(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) {
        for (place, cell) in record.iter().enumerate() {
            if diagnostic::civil_number::stands_in(cell) {
                let found = civil_number(header.file, line);
                let known = header.names.get(place).filter(|name| !self.unread.whole_table && !name.is_empty());
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

    fn remember_unread(&mut self, record: &StringRecord, line: u64, header: &Header<'_>) {
        let place = R::ID.and_then(|id| header.names.iter().position(|name| *name == id));
        if let Some(id) = place.and_then(|p| record.get(p)).map(content).filter(|id| !id.is_empty()) {
            self.unread.ids.push((line, id.to_owned()));
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
    remains: Remains,
}

/// What is left of a row that cannot be read: the questions that its good cells still raise. Of a whole row, building
/// the problem asks the same.
#[derive(Default)]
struct Remains {
    references: Vec<Reference>,
    faults: Vec<Diagnostic>,
}

impl Cells<'_> {
    /// The cell's text, trimmed and without the mark of [`cell::neutralised`]; empty where the column is absent.
    pub(super) fn text(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|c| c.name == column).expect("a column of this table");
        self.header.places[index].and_then(|place| self.record.get(place)).map_or("", content)
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

    /// The id in a cell that must name a row of another table.
    pub(super) fn reference(&mut self, column: &'static str, to: Named) -> Option<String> {
        let id = self.required(column, value::text)?;
        self.refers(column, to);
        Some(id)
    }

    /// The id in a cell that may name a row of another table.
    pub(super) fn optional_reference(&mut self, column: &'static str, to: Named) -> Option<Option<String>> {
        let id = self.optional(column, value::text)?;
        if id.is_some() {
            self.refers(column, to);
        }
        Some(id)
    }

    /// Notes that a cell names a row of another table.
    pub(super) fn refers(&mut self, column: &'static str, to: Named) {
        let (id, file) = (self.text(column).to_owned(), self.header.file.to_owned());
        self.remains.references.push(Reference { to, id, file, line: self.line, column });
    }

    /// Notes that the cell of an end holds nothing later than the start, where both can be read.
    pub(super) fn in_order<T: PartialOrd>(&mut self, from: Option<T>, to: Option<T>, end: &'static str) {
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            self.misplaced(end, ends_before_start());
        }
    }

    /// Notes a fault that a whole row would only show when the problem is built.
    pub(super) fn misplaced(&mut self, column: &'static str, fault: Fault) {
        let diagnostic = self.cell(column).error(self.text(column), fault);
        self.remains.faults.push(diagnostic);
    }

    fn cell(&self, column: &'static str) -> Cell<'_> {
        Cell { file: self.header.file, line: self.line, column }
    }

    /// Notes a fault of a cell.
    pub(super) fn refuse(&mut self, column: &'static str, fault: Fault) {
        let diagnostic = self.cell(column).error(self.text(column), fault);
        self.faults.push(diagnostic);
    }
}

/// What a cell says: blanks around it and the mark of [`cell::neutralised`] are no part of it.
fn content(written: &str) -> &str {
    cell::original(written.trim())
}

fn missing_value() -> Fault {
    let cure = Text::new("Udfyld cellen", "Fill in the cell");
    Fault { code: codes::MISSING_VALUE, problem: Text::new("cellen er tom", "the cell is empty"), cure }
}
