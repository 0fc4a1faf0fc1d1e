//! Rows to problem: every reference found, every order and overlap checked.

use super::index::Index;
use super::{Problem, Unread, bookings, demand, familiar, people, plausible, shifts};
use crate::diagnostic::{self, Cell, Diagnostic, Fault, codes};
use crate::tables::Tables;

/// A problem and the warnings that its rows gave.
#[derive(Clone, Debug)]
pub struct Built {
    pub problem: Problem,
    pub warnings: Vec<Diagnostic>,
}

/// What the builders of the single tables share.
pub(super) struct Site<'t> {
    pub tables: &'t Tables,
    pub index: Index<'t>,
    pub found: Vec<Diagnostic>,
}

impl Problem {
    /// The problem that the rows of a week make.
    ///
    /// # Errors
    /// Every fault of every table at once, without warnings.
    pub fn build(tables: &Tables) -> Result<Built, Vec<Diagnostic>> {
        Self::build_except(tables, &Unread::default())
    }

    /// Like [`Problem::build`], where some rows could not be read: references to them are no faults.
    ///
    /// What this gives is a problem only where nothing is unread; otherwise its diagnostics alone are of use.
    ///
    /// # Errors
    /// Every fault of every table at once, without warnings.
    pub fn build_except(tables: &Tables, unread: &Unread) -> Result<Built, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let index = Index::new(tables, unread, &mut found);
        index.of_unread(unread, &mut found);
        let mut site = Site { tables, index, found };
        let problem = site.problem();
        let mut found = site.found;
        let faulty = found.iter().any(Diagnostic::is_error);
        if faulty || unread.any() {
            // Where rows are missing, what looks odd may only lack them.
            found.retain(Diagnostic::is_error);
        } else {
            found.extend(plausible::warnings(tables, &problem));
        }
        diagnostic::sort(&mut found);
        if faulty { Err(found) } else { Ok(Built { problem, warnings: found }) }
    }
}

impl Site<'_> {
    fn problem(&mut self) -> Problem {
        let absences = people::absences(self);
        let carers = people::carers(self, absences.carers);
        let clients = people::clients(self, absences.clients);
        let shifts = shifts::shifts(self);
        let booked = bookings::bookings(self, &shifts);
        Problem {
            week: self.tables.week,
            policy: self.tables.policy.clone(),
            providers: people::providers(self.tables),
            carers,
            shifts,
            clients,
            grants: demand::grants(self),
            pins: demand::pins(self),
            familiar: familiar::familiar(self),
            last_visits: familiar::last_visits(self),
            closing_days: familiar::closing_days(self.tables),
            travel_overrides: familiar::travel(self, &booked.by_row),
            bookings: booked.bookings,
            published: None,
        }
    }

    /// Whether something ends after it starts; if not, that is a fault of the cell with the end.
    pub(super) fn in_order<T: PartialOrd + Copy>(&mut self, from: T, to: T, end: (Cell<'_>, fn(T) -> String)) -> bool {
        if to <= from {
            let (cell, show) = end;
            self.found.push(cell.error(&show(to), ends_before_start()));
        }
        from < to
    }
}

/// The fault of a grant whose last day lies before its first.
pub(crate) fn ends_before_it_begins() -> Fault {
    Fault::new(
        codes::ENDS_BEFORE_START,
        ["bevillingen ophører, før den begynder", "the grant ends before it begins"],
        ["Ret valid_from eller valid_to", "Mend valid_from or valid_to"],
    )
}

/// The fault of what ends at or before its start.
pub(crate) fn ends_before_start() -> Fault {
    Fault::new(
        codes::ENDS_BEFORE_START,
        ["slutter ikke efter sin start", "does not end after its start"],
        [
            "Ret start eller slut; en nat hen over midnat skrives som to rækker",
            "Mend the start or the end; a night across midnight is written as two rows",
        ],
    )
}
