//! From records to typed rows: every cell checked where it stands.

use csv::StringRecord;

use super::delimiter;
use super::grid::Grid;
use super::header::{Feed, Header, Wanted};
use super::mapping::{MAPPING, normal};
use super::records::Records;
use super::shape::{Column, Kind};
use super::source::{civil_number, too_long};
use super::survey::{Asked, Manners, Survey};
use super::value;
use crate::cell;
use crate::diagnostic::table_lines::joined;
use crate::diagnostic::{self, Cell, Diagnostic, Fault, Text, codes};
use crate::problem::{Named, Reference, UnreadRows, ends_before_start};
use crate::tables::Located;

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
    pub told: Told,
}

/// What there is to tell of how a table was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The columns of the table that the file calls by another name: canonical, then the file's.
    pub renamed: Vec<(&'static str, String)>,
    /// What is the same in every row, by column.
    pub constants: Vec<(&'static str, String)>,
    /// Columns of the file that were not read.
    pub unread_columns: Vec<String>,
    pub manners: Manners,
    /// Rows that a mapping leaves out.
    pub left_out: usize,
}

impl<R> TableRead<R> {
    pub(super) fn empty() -> Self {
        let (unread, told) = (UnreadRows::default(), Told::default());
        TableRead { rows: Vec::new(), unread, references: Vec::new(), diagnostics: Vec::new(), told }
    }

    /// Adds the rows of the table's file at that place, 0 for the first.
    pub(super) fn append(&mut self, mut read: Self, file: usize) {
        let placed = |line: &mut u64| *line = joined(file, *line);
        read.rows.iter_mut().for_each(|located| placed(&mut located.line));
        read.unread.ids.iter_mut().for_each(|(line, _)| placed(line));
        read.references.iter_mut().for_each(|reference| placed(&mut reference.line));
        // What is said of the mapping stands in a line of the mapping.
        for found in read.diagnostics.iter_mut().filter(|found| found.file != MAPPING && file > 0) {
            found.line = Some(joined(file, found.line.unwrap_or(0)));
        }
        self.rows.append(&mut read.rows);
        self.unread.whole_table |= read.unread.whole_table;
        self.unread.ids.append(&mut read.unread.ids);
        self.references.append(&mut read.references);
        self.diagnostics.append(&mut read.diagnostics);
    }

    /// A table that failed as a whole.
    pub(super) fn failed(diagnostic: Diagnostic) -> Self {
        let unread = UnreadRows { whole_table: true, ids: Vec::new() };
        TableRead { unread, diagnostics: vec![diagnostic], ..Self::empty() }
    }
}

/// A longer row is none: a quotation mark that is never closed, or no table at all.
const RECORD_MAX: usize = 1 << 20;
/// A header with more columns is none.
const COLUMNS_MAX: usize = 1_000;
/// Nobody mends so many faults one by one, and each takes memory.
const FAULTS_MAX: usize = 10_000;

/// Reads the rows of a table, and everything that is wrong with them.
pub(super) fn read<R: Row>(grid: &Grid<'_>, wanted: Wanted<'_>) -> TableRead<R> {
    let mut records = grid.records();
    let mut above = Vec::new();
    let Some((line, names)) = header_record(&mut records, wanted, &mut above) else {
        let mut table = TableRead::failed(empty_file(wanted.file));
        table.diagnostics.extend(above);
        return table;
    };
    if names.len() > COLUMNS_MAX {
        return TableRead::failed(too_wide(names.len()).in_file(wanted.file).on_line(line));
    }
    let header = Header::new(&names, wanted, line);
    let settled = wanted.entry.map(|entry| entry.settled).unwrap_or_default();
    let survey = Survey::new(grid, line, header.names.len(), settled);
    let mut reader = Reader::<R> { table: TableRead::empty(), header: &header, asked: asked(&header, &survey) };
    reader.table.unread.whole_table = header.faults.iter().any(Diagnostic::is_error);
    reader.table.diagnostics = above;
    reader.table.diagnostics.extend_from_slice(&header.faults);
    while let Some((line, record)) = records.next() {
        if record.as_slice().len() > RECORD_MAX {
            reader.table.diagnostics.push(too_long().in_file(wanted.file).on_line(line));
            reader.table.unread.whole_table = true;
            break;
        }
        reader.take(record, line);
        if reader.table.diagnostics.len() > FAULTS_MAX {
            reader.table.diagnostics.push(too_many_faults().in_file(wanted.file).on_line(line));
            reader.table.unread.whole_table = true;
            break;
        }
    }
    reader.finish(&survey)
}

/// The first row on or after the line that the mapping gives, and not one that names the delimiter. The rows above are
/// no rows of the table, but must hold no civil registration number either.
fn header_record(
    records: &mut Records<'_>,
    wanted: Wanted<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(u64, StringRecord)> {
    let first = wanted.entry.and_then(|entry| entry.header_line).unwrap_or(1);
    while let Some((line, record)) = records.next() {
        if line >= first && record.as_slice().len() <= RECORD_MAX && !delimiter::names_it(record) {
            return Some((line, record.clone()));
        }
        if record.iter().any(diagnostic::civil_number::stands_in) && found.len() < FAULTS_MAX {
            found.push(civil_number(wanted.file, line));
        }
    }
    None
}

/// What the cells of each column may ask.
fn asked<'s>(header: &Header<'_>, survey: &'s Survey<'s>) -> Vec<Asked<'s>> {
    let of = |feed: &Feed<'_>| match feed {
        Feed::Cell(place, Some(rule)) => Asked::of(survey, *place).turned(rule.unit, rule.part),
        Feed::Cell(place, None) => Asked::of(survey, *place),
        Feed::Absent | Feed::Constant(_) => Asked::ALONE,
    };
    header.feeds.iter().map(of).collect()
}

/// Puts the rows of one table together.
struct Reader<'r, R> {
    table: TableRead<R>,
    header: &'r Header<'r>,
    asked: Vec<Asked<'r>>,
}

impl<R: Row> Reader<'_, R> {
    fn take(&mut self, record: &StringRecord, line: u64) {
        let before = self.table.diagnostics.len();
        self.guard(record, line);
        if self.table.unread.whole_table || !self.right_length(record, line) {
            return self.remember_unread(record, line);
        }
        if !self.counts(record) {
            self.table.told.left_out += 1;
            return;
        }
        let mut cells = self.cells(record, line, Remains::Nobody);
        let row = R::read(&mut cells);
        let faults = cells.faults;
        self.table.diagnostics.extend(faults);
        match row {
            Some(row) if self.table.diagnostics.len() == before => self.table.rows.push(Located { line, row }),
            _ => self.look_again(record, line),
        }
    }

    /// Asks an unreadable row what its good cells still say. Of a whole row, building the problem asks the same.
    fn look_again(&mut self, record: &StringRecord, line: u64) {
        let mut cells = self.cells(record, line, Remains::Wanted(Vec::new(), Vec::new()));
        R::read(&mut cells);
        if let Remains::Wanted(references, faults) = cells.remains {
            self.table.references.extend(references);
            self.table.diagnostics.extend(faults);
        }
        self.remember_unread(record, line);
    }

    fn cells<'c>(&'c self, record: &'c StringRecord, line: u64, remains: Remains) -> Cells<'c> {
        Cells { record, line, header: self.header, asked: &self.asked, faults: Vec::new(), remains }
    }

    /// Stops at every cell with a civil registration number, also in columns that nobody reads.
    fn guard(&mut self, record: &StringRecord, line: u64) {
        for (place, cell) in record.iter().enumerate() {
            if diagnostic::civil_number::stands_in(cell) {
                let found = civil_number(self.header.wanted.file, line);
                let whole = self.table.unread.whole_table;
                let known = self.header.names.get(place).filter(|name| !whole && !name.is_empty());
                self.table.diagnostics.push(match known {
                    Some(name) => found.in_column(name),
                    None => found.in_column(&(place + 1).to_string()),
                });
            }
        }
    }

    fn right_length(&mut self, record: &StringRecord, line: u64) -> bool {
        let (expected, got) = (self.header.names.len(), record.len());
        let right = got == expected || (got > expected && record.iter().skip(expected).all(|c| c.trim().is_empty()));
        if !right {
            let file = self.header.wanted.file;
            self.table.diagnostics.push(wrong_cell_count(expected, got).in_file(file).on_line(line));
        }
        right
    }

    /// Whether a mapping lets the row count.
    fn counts(&self, record: &StringRecord) -> bool {
        let only = &self.header.only;
        only.iter().all(|(place, words)| words.contains(&normal(record.get(*place).unwrap_or_default())))
    }

    fn remember_unread(&mut self, record: &StringRecord, line: u64) {
        let place = R::ID.and_then(|id| R::COLUMNS.iter().position(|column| column.name == id));
        let id = place.map(|place| self.cells(record, line, Remains::Nobody).at(place).to_owned());
        self.table.unread.ids.extend(id.filter(|id| !id.is_empty()).map(|id| (line, id)));
    }

    /// The table with what turned out at its end.
    fn finish(mut self, survey: &Survey<'_>) -> TableRead<R> {
        let names = &self.header.names;
        let open = survey.warnings(self.header.wanted.file, |place| names[place].to_owned());
        self.table.diagnostics.extend(open);
        let told = &mut self.table.told;
        told.manners = survey.manners();
        told.unread_columns = self.header.unread().into_iter().map(str::to_owned).collect();
        for (place, column) in R::COLUMNS.iter().enumerate() {
            match self.header.feeds[place] {
                Feed::Constant(text) => told.constants.push((column.name, text.to_owned())),
                Feed::Absent | Feed::Cell(..) => {
                    let own = self.header.own_name(place).filter(|own| *own != column.name);
                    told.renamed.extend(own.map(|own| (column.name, own.to_owned())));
                }
            }
        }
        self.table
    }
}

pub(super) fn empty_file(name: &str) -> Diagnostic {
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

fn too_wide(columns: usize) -> Fault {
    Fault::new(
        codes::ROW_TOO_LONG,
        [
            &format!("overskriften har {columns} kolonner; højst {COLUMNS_MAX} læses"),
            &format!("the header has {columns} columns; at most {COLUMNS_MAX} are read"),
        ],
        ["Se efter, om filen er en tabel", "See whether the file is a table"],
    )
}

fn too_many_faults() -> Fault {
    Fault::new(
        codes::TOO_MANY_FAULTS,
        [
            &format!("filen har over {FAULTS_MAX} fejl; resten er ikke læst"),
            &format!("the file has more than {FAULTS_MAX} faults; the rest has not been read"),
        ],
        [
            "Se efter, om det er den rigtige fil, og om dens kolonner er læst rigtigt",
            "See whether it is the right file, and whether its columns are read rightly",
        ],
    )
}

/// The cells of one record, found by their columns' names.
pub(super) struct Cells<'r> {
    record: &'r StringRecord,
    line: u64,
    header: &'r Header<'r>,
    asked: &'r [Asked<'r>],
    faults: Vec<Diagnostic>,
    remains: Remains,
}

/// What is left of a row that cannot be read: the questions that its good cells still raise.
enum Remains {
    /// The row may be whole, and then nobody asks.
    Nobody,
    Wanted(Vec<Reference>, Vec<Diagnostic>),
}

impl Cells<'_> {
    fn place(&self, column: &str) -> usize {
        let place = self.header.wanted.columns.iter().position(|c| c.name == column);
        place.expect("a column of this table")
    }

    /// The text of a column's cell as the table means it, trimmed; empty where the column is absent.
    fn at(&self, place: usize) -> &str {
        match self.header.feeds[place] {
            Feed::Absent => "",
            Feed::Constant(text) => text,
            Feed::Cell(at, rule) => {
                let text = self.record.get(at).map_or("", content);
                let turned = rule.and_then(|rule| rule.translated(text)).unwrap_or(text);
                if turned.is_empty() { self.blank(place) } else { turned }
            }
        }
    }

    /// What an empty cell says: nothing, or no where the column's other cells are crosses.
    fn blank(&self, place: usize) -> &'static str {
        let yes_no = matches!(self.header.wanted.columns[place].kind, Kind::YesNo);
        if yes_no && self.asked[place].crosses() { "no" } else { "" }
    }

    /// The cell's text; empty where the column is absent.
    pub(super) fn text(&self, column: &str) -> &str {
        self.at(self.place(column))
    }

    /// The value of a cell that must have one; a fault is noted and gives `None`.
    pub(super) fn required<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str, &Asked<'_>) -> Result<T, Fault>,
    ) -> Option<T> {
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
        parse: impl Fn(&str, &Asked<'_>) -> Result<T, Fault>,
    ) -> Option<Option<T>> {
        if self.text(column).is_empty() {
            return Some(None);
        }
        self.given(column, parse).map(Some)
    }

    fn given<T>(&mut self, column: &'static str, parse: impl Fn(&str, &Asked<'_>) -> Result<T, Fault>) -> Option<T> {
        let place = self.place(column);
        match parse(self.at(place), &self.asked[place]) {
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
        if let Remains::Nobody = self.remains {
            return;
        }
        let (id, file) = (self.text(column).to_owned(), self.header.wanted.file.to_owned());
        let reference = Reference { to, id, file, line: self.line, column };
        if let Remains::Wanted(references, _) = &mut self.remains {
            references.push(reference);
        }
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
        if let Remains::Wanted(_, faults) = &mut self.remains {
            faults.push(diagnostic);
        }
    }

    fn cell(&self, column: &'static str) -> Cell<'_> {
        Cell { file: self.header.wanted.file, line: self.line, column }
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
