//! Finds rows by their ids, and says which reference leads nowhere.

use std::cell::RefCell;
use std::collections::HashMap;

use super::unread::{Named, Unread, UnreadRows};
use crate::diagnostic::table_lines::called;
use crate::diagnostic::{Cell, Diagnostic, Fault, Text, codes, nearest_id};
use crate::ids::{BookingId, CarerId, ClientId, GrantId, Id, ProviderId};
use crate::tables::{Located, Tables};

/// One table's rows by their ids.
pub(super) struct Keys<'t, K> {
    column: Column,
    /// The row of each id; `None` where it stands but could not be read.
    ids: HashMap<&'t str, Option<K>>,
    /// Nothing of the table could be read, so any id may have stood there.
    unreadable: bool,
    /// What was meant by ids that lead nowhere, as far as it was asked.
    meant: RefCell<HashMap<String, Option<&'t str>>>,
}

/// A table with at most so many rows is named whole where an id leads nowhere.
const KNOWN_NAMED: usize = 8;
/// For so many ids that lead nowhere it is asked what was meant; where there are more, the files do not fit together.
const MEANT_ASKED: usize = 200;

/// The id column of a table, and the fault of naming an id that it does not hold.
#[derive(Clone, Copy)]
struct Column {
    file: &'static str,
    name: &'static str,
    unknown: &'static str,
}

const PROVIDERS: Column = Column { file: "providers.csv", name: "provider_id", unknown: codes::UNKNOWN_PROVIDER };
const STAFF: Column = Column { file: "staff.csv", name: "staff_id", unknown: codes::UNKNOWN_CARER };
const CLIENTS: Column = Column { file: "clients.csv", name: "client_id", unknown: codes::UNKNOWN_CLIENT };
const GRANTS: Column = Column { file: "grants.csv", name: "grant_id", unknown: codes::UNKNOWN_GRANT };
/// Nothing but `travel.csv` names bookings, and a place that is not there is a warning of its own.
const BOOKINGS: Column = Column { file: "bookings.csv", name: "booking_id", unknown: codes::UNKNOWN_PLACE };

/// All tables whose rows others name.
pub(super) struct Index<'t> {
    pub providers: Keys<'t, ProviderId>,
    pub staff: Keys<'t, CarerId>,
    pub clients: Keys<'t, ClientId>,
    pub grants: Keys<'t, GrantId>,
    pub bookings: Keys<'t, BookingId>,
}

impl<'t> Index<'t> {
    /// Indexes every table; ids that stand twice are faults.
    pub(super) fn new(tables: &'t Tables, unread: &'t Unread, faults: &mut Vec<Diagnostic>) -> Self {
        let providers = tables.providers.iter().map(|r| (r.line, r.row.provider_id.as_str()));
        let staff = tables.staff.iter().map(|r| (r.line, r.row.staff_id.as_str()));
        let clients = tables.clients.iter().map(|r| (r.line, r.row.client_id.as_str()));
        let grants = tables.grants.iter().map(|r| (r.line, r.row.grant_id.as_str()));
        let bookings = tables.bookings.iter().map(|r| (r.line, r.row.booking_id.as_str()));
        Index {
            providers: Keys::new(PROVIDERS, providers, &unread.providers, faults),
            staff: Keys::new(STAFF, staff, &unread.staff, faults),
            clients: Keys::new(CLIENTS, clients, &unread.clients, faults),
            grants: Keys::new(GRANTS, grants, &unread.grants, faults),
            bookings: Keys::new(BOOKINGS, bookings, &unread.bookings, faults),
        }
    }

    /// The faults of what unread rows name: their other cells are as wrong as they would be in a row that can be read.
    pub(super) fn of_unread(&self, unread: &Unread, faults: &mut Vec<Diagnostic>) {
        for reference in &unread.references {
            let cell = Cell { file: &reference.file, line: reference.line, column: reference.column };
            let id = reference.id.as_str();
            match reference.to {
                Named::Provider => drop(self.providers.find(id, cell, faults)),
                Named::Carer => drop(self.staff.find(id, cell, faults)),
                Named::Client => drop(self.clients.find(id, cell, faults)),
                Named::Grant => drop(self.grants.find(id, cell, faults)),
            }
        }
    }
}

impl<'t, K: Id> Keys<'t, K> {
    fn new(
        column: Column,
        rows: impl Iterator<Item = (u64, &'t str)>,
        unread: &'t UnreadRows,
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let read = rows.enumerate().map(|(position, (line, id))| (line, id, Some(K::from_index(position))));
        let unreadable = unread.ids.iter().map(|(line, id)| (*line, id.as_str(), None));
        let mut all: Vec<(u64, &str, Option<K>)> = read.chain(unreadable).collect();
        all.sort_by_key(|(line, ..)| *line);
        let mut ids = HashMap::with_capacity(all.len());
        let mut again = Vec::new();
        for (line, id, row) in &all {
            if ids.insert(*id, *row).is_some() {
                again.push((*line, *id));
            }
        }
        faults.extend(duplicates(&again, &all, column));
        Keys { column, ids, unreadable: unread.whole_table, meant: RefCell::default() }
    }

    /// The row of that id, if there is one.
    pub(super) fn get(&self, id: &str) -> Option<K> {
        self.ids.get(id).copied().flatten()
    }

    /// The row that a cell names; if it names none, that is a fault unless the row was there but could not be read.
    pub(super) fn find(&self, id: &str, cell: Cell<'_>, faults: &mut Vec<Diagnostic>) -> Option<K> {
        if self.is_strange(id) {
            faults.push(cell.error(id, self.unknown(id)));
        }
        self.get(id)
    }

    /// Whether an id leads nowhere, and not because its row could not be read.
    pub(super) fn is_strange(&self, id: &str) -> bool {
        !self.unreadable && !self.ids.contains_key(id)
    }

    fn unknown(&self, id: &str) -> Fault {
        let file = self.column.file;
        let problem = [format!("id'et står ikke i {file}"), format!("the id does not stand in {file}")];
        let add = [format!("tilføj rækken i {file}"), format!("add its row to {file}")];
        let cure = match (self.meant(id), self.known()) {
            (Some(meant), _) => [
                format!("Mente du `{meant}`? Ellers {}", add[0]),
                format!("Did you mean `{meant}`? Otherwise {}", add[1]),
            ],
            (None, Some([danish, english])) => {
                [format!("{danish}. Ret id'et, eller {}", add[0]), format!("{english}. Mend the id, or {}", add[1])]
            }
            (None, None) => [format!("Ret id'et, eller {}", add[0]), format!("Mend the id, or {}", add[1])],
        };
        Fault::new(self.column.unknown, [&problem[0], &problem[1]], [&cure[0], &cure[1]])
    }

    /// The id that may have been meant by one that leads nowhere.
    pub(super) fn meant(&self, id: &str) -> Option<&'t str> {
        let mut meant = self.meant.borrow_mut();
        if meant.len() < MEANT_ASKED && !meant.contains_key(id) {
            meant.insert(id.to_owned(), nearest_id(id, self.ids.keys().copied()));
        }
        meant.get(id).copied().flatten()
    }

    /// Which ids a small table has, in Danish and English.
    fn known(&self) -> Option<[String; 2]> {
        let mut ids: Vec<String> = self.ids.keys().take(KNOWN_NAMED + 1).map(|id| format!("`{id}`")).collect();
        ids.sort_unstable();
        match ids.as_slice() {
            [] => None,
            [only] => Some([format!("Den eneste kendte er {only}"), format!("The only one known is {only}")]),
            _ if ids.len() > KNOWN_NAMED => None,
            _ => Some([format!("Kendte er {}", ids.join(", ")), format!("Known are {}", ids.join(", "))]),
        }
    }
}

/// A cell of a row.
pub(super) fn cell<'a, T>(file: &'a str, row: &Located<T>, column: &'a str) -> Cell<'a> {
    Cell { file, line: row.line, column }
}

/// The faults of ids that stood on an earlier line already.
fn duplicates<K>(again: &[(u64, &str)], all: &[(u64, &str, Option<K>)], column: Column) -> Vec<Diagnostic> {
    if again.is_empty() {
        return Vec::new();
    }
    // Read backwards, so that the first line of each id stays.
    let lines: HashMap<&str, u64> = all.iter().rev().map(|(line, id, _)| (*id, *line)).collect();
    let cell = |line| Cell { file: column.file, line, column: column.name };
    again.iter().map(|(line, id)| cell(*line).error(id, duplicate(&called(lines[id], *line)))).collect()
}

fn duplicate(first: &Text) -> Fault {
    let Text { danish, english } = first;
    Fault::new(
        codes::DUPLICATE_ID,
        [&format!("id'et står også i {danish}"), &format!("the id stands on {english} too")],
        ["Slet den ene række, eller giv den et andet id", "Delete one of the rows or give it another id"],
    )
}
