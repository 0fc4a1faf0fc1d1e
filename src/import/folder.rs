//! Reads the files of a week folder into tables.

use std::collections::BTreeMap;
use std::path::Path;

use super::source::{Source, civil_number};
use super::table::{self, Stored, TableRead};
use crate::calendar::IsoWeek;
use crate::diagnostic::{self, Diagnostic, Fault, codes, nearest};
use crate::policy::{self, Policy, PolicyFault};
use crate::problem::{Reference, Unread, UnreadRows};
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
    pub diagnostics: Vec<Diagnostic>,
    /// SHA-256 in hex of each file read, by its name.
    pub inputs: BTreeMap<String, String>,
}

const POLICY: &str = "policy.toml";
const FILES: [&str; 13] = [
    "providers.csv",
    "staff.csv",
    "shifts.csv",
    "bookings.csv",
    "clients.csv",
    "grants.csv",
    "wishes.csv",
    "absences.csv",
    "pins.csv",
    "history.csv",
    "closing_days.csv",
    "travel.csv",
    POLICY,
];

/// Reads the files of a week folder without checking whether their rows fit together.
pub fn read_tables(folder: &Path) -> WeekRead {
    let mut desk = Desk::default();
    if !folder.is_dir() {
        desk.found.push(missing_folder(folder));
        return desk.finish(None, Unread::default());
    }
    desk.found.extend(misspelt_files(folder));
    let week = week_of(folder).map_err(|fault| desk.found.push(fault)).ok();
    let policy = desk.policy(folder);
    let files = Files::read(folder);
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

/// One file as read, with its fingerprint.
struct FileRead<R> {
    table: TableRead<R>,
    sha256: Option<String>,
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
    fn read(folder: &Path) -> Self {
        let mut files = Files::default();
        rayon::scope(|scope| {
            scope.spawn(|_| files.providers.fill(folder));
            scope.spawn(|_| files.staff.fill(folder));
            scope.spawn(|_| files.shifts.fill(folder));
            scope.spawn(|_| files.bookings.fill(folder));
            scope.spawn(|_| files.clients.fill(folder));
            scope.spawn(|_| files.grants.fill(folder));
            scope.spawn(|_| files.wishes.fill(folder));
            scope.spawn(|_| files.absences.fill(folder));
            scope.spawn(|_| files.pins.fill(folder));
            scope.spawn(|_| files.history.fill(folder));
            scope.spawn(|_| files.closing_days.fill(folder));
            scope.spawn(|_| files.travel.fill(folder));
        });
        files
    }
}

impl<R> Default for FileRead<R> {
    fn default() -> Self {
        FileRead { table: TableRead::empty(), sha256: None }
    }
}

impl<R: Stored> FileRead<R> {
    fn fill(&mut self, folder: &Path) {
        match Source::read(&folder.join(R::FILE), R::FILE) {
            Ok(Some(source)) => {
                self.sha256 = Some(source.sha256());
                self.table = table::read(&source);
            }
            Ok(None) if R::REQUIRED => self.table = TableRead::failed(missing_file(R::FILE)),
            Ok(None) => {}
            Err(diagnostic) => self.table = TableRead::failed(diagnostic),
        }
    }
}

/// Where diagnostics and fingerprints gather.
#[derive(Default)]
struct Desk {
    found: Vec<Diagnostic>,
    references: Vec<Reference>,
    inputs: BTreeMap<String, String>,
}

impl Desk {
    fn keep<R: Stored>(&mut self, file: FileRead<R>) -> (Vec<Located<R>>, UnreadRows) {
        self.found.extend(file.table.diagnostics);
        self.inputs.extend(file.sha256.map(|sha256| (R::FILE.to_owned(), sha256)));
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

    fn policy_of(&mut self, source: &Source) -> Policy {
        let parsed = source.text().map_err(|diagnostic| vec![diagnostic]).and_then(|text| {
            self.found.extend(civil_numbers(text));
            policy::parse(text).map_err(|faults| faults.into_iter().map(policy_diagnostic).collect())
        });
        parsed.unwrap_or_else(|faults| {
            self.found.extend(faults);
            Policy::default()
        })
    }

    fn finish(self, tables: Option<Tables>, unread: Unread) -> WeekRead {
        WeekRead { tables, unread, diagnostics: self.found, inputs: self.inputs }
    }
}

fn civil_numbers(text: &str) -> impl Iterator<Item = Diagnostic> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| diagnostic::civil_number::stands_in(line)).map(|(n, _)| civil_number(POLICY, n))
}

fn policy_diagnostic(fault: PolicyFault) -> Diagnostic {
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

/// Warnings of files that nobody reads though their names are nearly those of tables that are not there.
fn misspelt_files(folder: &Path) -> Vec<Diagnostic> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let absent = || FILES.into_iter().filter(|file| names.iter().all(|name| name != file));
    let strange = names.iter().filter(|name| !FILES.contains(&name.as_str()));
    strange.filter_map(|name| nearest(name, absent()).map(|meant| misspelt_file(name, meant))).collect()
}

fn missing_folder(folder: &Path) -> Diagnostic {
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

fn misspelt_file(name: &str, meant: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::MISSPELT_FILE,
        ["filen læses ikke", "the file is not read"],
        [&format!("Mente du {meant}?"), &format!("Did you mean {meant}?")],
    );
    fault.in_file("").with_value(name).as_warning()
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
