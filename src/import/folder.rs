//! Reads the files of a week folder into tables.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use super::grid::Grid;
use super::header::Wanted;
use super::inventory::Inventory;
use super::mapping::{self, MAPPING, Mapping};
use super::origin::{Read, TableSource};
use super::roster;
use super::settings;
use super::shape::SHAPES;
use super::source::Source;
use super::table::{self, Stored, TableRead};
use crate::calendar::IsoWeek;
use crate::diagnostic::civil_number::stands_in;
use crate::diagnostic::table_lines::parted;
use crate::diagnostic::{Diagnostic, Fault, Text, codes, nearest};
use crate::policy::{self, Policy, PolicyFault};
use crate::problem::{Reference, Unread, UnreadRows};
use crate::pseudonym::Key;
use crate::tables::{
    AbsenceRow, BookingRow, ClientRow, ClosingDayRow, GrantRow, HistoryRow, Located, PinRow, ProviderRow, ShiftRow,
    StaffRow, Tables, TravelRow, WishRow,
};

/// The rows of a week folder, as far as they could be read.
#[derive(Clone, Debug)]
pub struct WeekRead {
    /// Absent where the folder's name is no week.
    pub tables: Option<Tables>,
    /// Rows that are missing in the tables because they could not be read.
    pub unread: Unread,
    /// In canonical terms: files and columns are called as the tables are, see [`WeekRead::in_own_words`].
    pub diagnostics: Vec<Diagnostic>,
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: BTreeMap<String, String>,
    /// What was read from where.
    pub sources: Vec<TableSource>,
    /// Files and sheets that could be tables, but are read by none.
    pub strange: Vec<String>,
}

/// What to read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'p> {
    /// The folder with the files.
    pub folder: &'p Path,
    /// The mapping to read it by; else the folder's own `mapping.toml`, if it has one.
    pub mapping: Option<&'p Path>,
    /// The week that the files are of; else the folder is named for it.
    pub week: Option<IsoWeek>,
    /// With it, civil registration numbers in cells become pseudonyms; without, they stop the reading.
    pub key: Option<&'p Key>,
}

impl<'p> Reading<'p> {
    /// A folder that is named for its week.
    pub fn week_folder(folder: &'p Path) -> Self {
        Reading { folder, mapping: None, week: None, key: None }
    }
}

pub(super) const POLICY: &str = "policy.toml";

/// Reads the files of a week folder without checking whether their rows fit together.
pub fn read_tables(folder: &Path) -> WeekRead {
    read_folder(Reading::week_folder(folder))
}

/// Reads the files of a folder without checking whether their rows fit together.
pub fn read_folder(reading: Reading<'_>) -> WeekRead {
    let mut desk = Desk::default();
    let folder = reading.folder;
    if !folder.is_dir() {
        desk.found.push(missing_folder(folder));
        return desk.finish(None, Unread::default());
    }
    let week = reading.week.map_or_else(|| week_of(folder), Ok).map_err(|fault| desk.found.push(fault)).ok();
    let policy = desk.policy(folder);
    let names = names_in(folder);
    let mapping = desk.mapping(reading);
    let inventory = match &mapping {
        Some(mapping) => Inventory::of(folder, &names, mapping),
        None => Inventory::canonical(folder, &names),
    };
    // What a faulty mapping says of other files is not known.
    if let Some(mapping) = &mapping {
        desk.found.extend(misspelt_files(&names, &inventory, mapping));
    }
    desk.found.extend(inventory.found.iter().cloned());
    if reading.key.is_none() {
        desk.found.extend(inventory.private_rows());
    }
    desk.inputs.extend(inventory.fingerprints());
    let files = Files::read(&inventory, reading.key);
    let (providers, unread_providers) = desk.keep(files.providers);
    let (staff, unread_staff) = desk.keep(files.staff);
    let (bookings, unread_bookings) = desk.keep(files.bookings);
    let (clients, unread_clients) = desk.keep(files.clients);
    let (grants, unread_grants) = desk.keep(files.grants);
    let tables = Tables {
        week: week.unwrap_or_else(|| IsoWeek::of(chrono::NaiveDate::default())),
        policy,
        providers,
        staff,
        shifts: desk.keep(files.shifts).0,
        bookings,
        clients,
        grants,
        wishes: desk.keep(files.wishes).0,
        absences: desk.keep(files.absences).0,
        pins: desk.keep(files.pins).0,
        history: desk.keep(files.history).0,
        closing_days: desk.keep(files.closing_days).0,
        travel: desk.keep(files.travel).0,
    };
    desk.strange = inventory.strange;
    let unread = Unread {
        providers: unread_providers,
        staff: unread_staff,
        clients: unread_clients,
        grants: unread_grants,
        bookings: unread_bookings,
        references: std::mem::take(&mut desk.references),
        elsewhere: desk.found.iter().any(Diagnostic::is_error),
    };
    desk.finish(week.map(|_| tables), unread)
}

/// The names of what stands in a folder.
pub(super) fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// One table as read, and where from.
struct FileRead<R> {
    table: TableRead<R>,
    sources: Vec<TableSource>,
}

#[derive(Default)]
struct Files {
    providers: FileRead<ProviderRow>,
    staff: FileRead<StaffRow>,
    shifts: FileRead<ShiftRow>,
    bookings: FileRead<BookingRow>,
    clients: FileRead<ClientRow>,
    grants: FileRead<GrantRow>,
    wishes: FileRead<WishRow>,
    absences: FileRead<AbsenceRow>,
    pins: FileRead<PinRow>,
    history: FileRead<HistoryRow>,
    closing_days: FileRead<ClosingDayRow>,
    travel: FileRead<TravelRow>,
}

impl Files {
    fn read(inventory: &Inventory<'_>, key: Option<&Key>) -> Self {
        let mut files = Files::default();
        rayon::scope(|scope| {
            scope.spawn(|_| files.providers.fill(inventory, key));
            scope.spawn(|_| files.staff.fill(inventory, key));
            scope.spawn(|_| files.shifts.fill(inventory, key));
            scope.spawn(|_| files.bookings.fill(inventory, key));
            scope.spawn(|_| files.clients.fill(inventory, key));
            scope.spawn(|_| files.grants.fill(inventory, key));
            scope.spawn(|_| files.wishes.fill(inventory, key));
            scope.spawn(|_| files.absences.fill(inventory, key));
            scope.spawn(|_| files.pins.fill(inventory, key));
            scope.spawn(|_| files.history.fill(inventory, key));
            scope.spawn(|_| files.closing_days.fill(inventory, key));
            scope.spawn(|_| files.travel.fill(inventory, key));
        });
        files
    }
}

impl<R> Default for FileRead<R> {
    fn default() -> Self {
        FileRead { table: TableRead::empty(), sources: Vec::new() }
    }
}

impl<R: Stored> FileRead<R> {
    fn fill(&mut self, inventory: &Inventory<'_>, key: Option<&Key>) {
        let places = inventory.places.get(R::FILE).map(Vec::as_slice).unwrap_or_default();
        let lost = inventory.lost.contains(R::FILE);
        if R::REQUIRED && places.is_empty() && !lost {
            self.table = TableRead::failed(missing_table(R::FILE, &inventory.strange));
        }
        for place in places {
            let Some(grid) = inventory.grid(place, R::COLUMNS, R::FILE) else { continue };
            let own_file = place.file.as_str();
            let wanted = Wanted { file: R::FILE, own_file, table: R::FILE, columns: R::COLUMNS, entry: place.entry };
            let pseudonymised = grid.pseudonymised(key);
            let safe = pseudonymised.as_deref().map(Grid::Sheet);
            let mut read: TableRead<R> = table::read(safe.as_ref().unwrap_or(&grid), wanted);
            let distinct = place.entry.is_some_and(|entry| entry.distinct);
            let repeated = if distinct { drop_repeated(&self.table.rows, &mut read.rows) } else { 0 };
            let (told, rows) = (std::mem::take(&mut read.told), read.rows.len());
            let how = Read { grid: &grid, encoding: inventory.encoding(place), told, rows, repeated };
            self.table.append(read, self.sources.len());
            self.sources.push(TableSource::new(R::FILE, place, how));
        }
        self.table.unread.whole_table |= lost;
    }
}

/// Leaves out rows that say the same as one before; how many.
fn drop_repeated<R: Stored>(before: &[Located<R>], rows: &mut Vec<Located<R>>) -> usize {
    let all = rows.len();
    let mut seen: HashSet<Vec<String>> = before.iter().map(|located| located.row.write()).collect();
    rows.retain(|located| seen.insert(located.row.write()));
    all - rows.len()
}

/// Where diagnostics and fingerprints gather.
#[derive(Default)]
struct Desk {
    found: Vec<Diagnostic>,
    references: Vec<Reference>,
    inputs: BTreeMap<String, String>,
    sources: Vec<TableSource>,
    strange: Vec<String>,
    /// What the mapping's file is really called.
    mapping_name: String,
}

impl Desk {
    fn keep<R: Stored>(&mut self, file: FileRead<R>) -> (Vec<Located<R>>, UnreadRows) {
        self.found.extend(file.table.diagnostics);
        self.sources.extend(file.sources);
        self.references.extend(file.table.references);
        (file.table.rows, file.table.unread)
    }

    /// The week's policy; the built-in one stands in for a faulty one, so that the rest can be checked.
    fn policy(&mut self, folder: &Path) -> Policy {
        match Source::read(&folder.join(POLICY), POLICY) {
            Ok(None) => Policy::default(),
            Ok(Some(source)) => {
                self.inputs.insert(POLICY.to_owned(), source.sha256());
                self.policy_of(&source)
            }
            Err(diagnostic) => {
                self.found.push(diagnostic);
                Policy::default()
            }
        }
    }

    /// The mapping that is asked for, or that of the folder, or an empty one; `None` where it is at fault.
    fn mapping(&mut self, reading: Reading<'_>) -> Option<Mapping> {
        let own = reading.folder.join(MAPPING);
        let path = reading.mapping.unwrap_or(&own);
        let name = roster::file_name(path);
        self.mapping_name = name.clone();
        let read = match Source::read(path, &name) {
            Ok(None) if reading.mapping.is_none() => return Some(Mapping::default()),
            Ok(None) => Err(vec![missing_file(&name)]),
            Ok(Some(source)) => {
                self.inputs.insert(name, source.sha256());
                source.utf8().map_err(|fault| vec![fault]).and_then(mapping::parse)
            }
            Err(diagnostic) => Err(vec![diagnostic]),
        };
        read.map_err(|faults| self.found.extend(faults)).ok()
    }

    fn policy_of(&mut self, source: &Source) -> Policy {
        let parsed = source.utf8().map_err(|diagnostic| vec![diagnostic]).and_then(|text| {
            self.found.extend(settings::civil_numbers(POLICY, text));
            policy::parse(text).map_err(|faults| faults.into_iter().map(policy_diagnostic).collect())
        });
        parsed.unwrap_or_else(|faults| {
            self.found.extend(faults);
            Policy::default()
        })
    }

    /// Takes back that a column is read by nobody where another table of the same file reads or ignores it.
    fn know_shared_columns(&mut self) {
        for at in 0..self.sources.len() {
            let source = &self.sources[at];
            let (table, nth) = (source.table, self.sources[..at].iter().filter(|s| s.table == source.table).count());
            let others = || self.sources.iter().filter(|other| other.file == source.file && other.table != table);
            let unread = |column: &String| others().all(|other| other.unread_columns.contains(column));
            let (left, known): (Vec<_>, Vec<_>) = source.unread_columns.iter().cloned().partition(unread);
            self.sources[at].unread_columns = left;
            self.found.retain(|diagnostic| {
                let here = diagnostic.file == table && diagnostic.line.is_some_and(|line| parted(line).0 == nth);
                let column = diagnostic.column.as_ref().filter(|_| diagnostic.code == codes::UNKNOWN_COLUMN && here);
                column.is_none_or(|column| !known.contains(column))
            });
        }
    }

    fn finish(mut self, tables: Option<Tables>, unread: Unread) -> WeekRead {
        self.know_shared_columns();
        let name = &self.mapping_name;
        self.found.iter_mut().filter(|found| found.file == MAPPING).for_each(|found| found.file.clone_from(name));
        let Desk { found: diagnostics, inputs, sources, strange, .. } = self;
        WeekRead { tables, unread, diagnostics, inputs, sources, strange }
    }
}

pub(super) fn policy_diagnostic(fault: PolicyFault) -> Diagnostic {
    let what = Fault { code: fault.code, problem: fault.problem, cure: fault.cure };
    let mut diagnostic = what.in_file(POLICY).with_value(fault.value.as_deref().unwrap_or_default());
    diagnostic.line = fault.line;
    if fault.key.is_empty() { diagnostic } else { diagnostic.in_column(&fault.key) }
}

/// The week that the folder is named for; a path such as `.` is followed to the folder's own name.
fn week_of(folder: &Path) -> Result<IsoWeek, Diagnostic> {
    let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.parse().map_err(|_| bad_folder_name(&name))
}

/// Warnings of files that nobody reads though their names are nearly those of tables that are not there, and of all other
/// CSV files: somebody has put them there to be read.
fn misspelt_files(names: &BTreeSet<String>, inventory: &Inventory<'_>, mapping: &Mapping) -> Vec<Diagnostic> {
    let files = || SHAPES.iter().map(|shape| shape.file).chain([POLICY]);
    let absent = || files().filter(|file| !names.contains(*file) && !inventory.places.contains_key(file));
    let read = |name: &str| inventory.all_places().any(|place| place.file == name);
    let told = |name: &str| inventory.found.iter().any(|diagnostic| diagnostic.file == name);
    let known = |name: &String| files().any(|file| file == *name) || read(name) || told(name) || mapping.ignores(name);
    let warning = |name: &String| match nearest(name, absent()) {
        None if !name.to_lowercase().ends_with(".csv") => None,
        meant => Some(misspelt_file(name, meant)),
    };
    names.iter().filter(|name| !known(name) && !stands_in(name)).filter_map(warning).collect()
}

pub(super) fn missing_folder(folder: &Path) -> Diagnostic {
    let fault = Fault::new(
        codes::MISSING_FOLDER,
        ["mappen findes ikke", "there is no such folder"],
        ["Ret stien til ugens mappe", "Mend the path to the week's folder"],
    );
    fault.in_file("").with_value(&folder.display().to_string())
}

fn bad_folder_name(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::BAD_FOLDER_NAME,
        ["mappens navn er ingen uge", "the folder's name is no week"],
        ["Kald mappen for eksempel 2026-W48", "Call the folder 2026-W48, for example"],
    );
    fault.in_file("").with_value(name)
}

fn misspelt_file(name: &str, meant: Option<&str>) -> Diagnostic {
    let fault = Fault::of_slip(
        codes::MISSPELT_FILE,
        ["filen læses ikke", "the file is not read"],
        meant,
        [
            "Flyt den ud af mappen, eller giv den navn efter det, den rummer, for eksempel absences.csv",
            "Move it out of the folder, or name it for what it holds, such as absences.csv",
        ],
    );
    fault.in_file("").with_value(name).as_warning()
}

/// The error of a table that must be there, with the files that may be meant.
fn missing_table(name: &str, strange: &[String]) -> Diagnostic {
    let mut diagnostic = missing_file(name);
    if !strange.is_empty() {
        let list = strange.join(", ");
        let [danish, english] = if strange.len() == 1 { ["", ""] } else { ["en af ", "one of "] };
        diagnostic.cure = Text::new(
            format!(
                "Læg den i mappen; eller er den {danish}{list}, så skriv det i mapping.toml (`pusterum import --learn` hjælper)"
            ),
            format!(
                "Put it into the folder; or if it is {english}{list}, write that into mapping.toml (`pusterum import --learn` helps)"
            ),
        );
    }
    diagnostic
}

/// That a file which was named by itself is not there.
pub(super) fn no_such_file(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::MISSING_FILE,
        ["filen findes ikke", "there is no such file"],
        ["Se efter, at stien er rigtig", "See that the path is right"],
    );
    fault.in_file(name)
}

/// The error of a file that must be there.
pub(super) fn missing_file(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::MISSING_FILE,
        ["filen mangler", "the file is missing"],
        ["Læg den i mappen, om så kun med overskriftsrækken", "Put it into the folder, if only with its header row"],
    );
    fault.in_file(name)
}
