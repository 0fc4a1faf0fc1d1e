//! Who knows whom, which days are closed, and travel times that were measured.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Duration, NaiveDate};

use super::PlaceKey;
use super::build::Site;
use super::index::{Keys, cell};
use crate::diagnostic::{Fault, codes};
use crate::ids::{BookingId, CarerId, ClientId, Id};
use crate::tables::{Located, PlaceName, Tables, Transport, TravelRow};
use crate::units::Minutes;

const HISTORY: &str = "history.csv";
const TRAVEL: &str = "travel.csv";

/// Minutes from place to place by transport.
type Travel = HashMap<(PlaceKey, PlaceKey, Transport), Minutes>;

/// Who visited whom within the policy's days before Monday.
pub(super) fn familiar(site: &mut Site<'_>) -> HashSet<(ClientId, CarerId)> {
    let monday = site.tables.week.monday();
    let days = Duration::days(site.tables.policy.familiar_days);
    let since = monday.checked_sub_signed(days).unwrap_or(NaiveDate::MIN);
    let mut familiar = HashSet::new();
    for row in site.tables.history.iter().filter(|row| (since..monday).contains(&row.row.date)) {
        let (client, carer) = (&row.row.client_id, &row.row.staff_id);
        // People leave, and their visits stay in the history: that is worth a look but no fault.
        if site.index.clients.is_strange(client) {
            let fault = unknown_in_history("clients.csv", site.index.clients.meant(client));
            site.found.push(cell(HISTORY, row, "client_id").warning(client, fault));
        }
        if site.index.staff.is_strange(carer) {
            let fault = unknown_in_history("staff.csv", site.index.staff.meant(carer));
            site.found.push(cell(HISTORY, row, "staff_id").warning(carer, fault));
        }
        familiar.extend(site.index.clients.get(client).zip(site.index.staff.get(carer)));
    }
    familiar
}

/// The last visit before Monday to each client that has any, however long ago.
pub(super) fn last_visits(site: &Site<'_>) -> HashMap<ClientId, NaiveDate> {
    let monday = site.tables.week.monday();
    let mut last: HashMap<ClientId, NaiveDate> = HashMap::new();
    for row in site.tables.history.iter().filter(|row| row.row.date < monday) {
        let Some(client) = site.index.clients.get(&row.row.client_id) else { continue };
        let known = last.entry(client).or_insert(row.row.date);
        *known = row.row.date.max(*known);
    }
    last
}

pub(super) fn closing_days(tables: &Tables) -> BTreeSet<(String, NaiveDate)> {
    tables.closing_days.iter().map(|row| (row.row.municipality.clone(), row.row.date)).collect()
}

/// The travel times of `travel.csv` between places that the week knows; the last row of a way counts.
pub(super) fn travel(site: &mut Site<'_>, bookings: &[Option<BookingId>]) -> Travel {
    let mut travel = Travel::with_capacity(site.tables.travel.len());
    for row in &site.tables.travel {
        let from = place(site, row, &row.row.from, "from");
        let to = place(site, row, &row.row.to, "to");
        let (Some(from), Some(to)) = (from, to) else { continue };
        let (Some(from), Some(to)) = (in_week(from, bookings), in_week(to, bookings)) else { continue };
        let before = travel.insert((from, to, row.row.transport), row.row.minutes);
        if before.is_some_and(|minutes| minutes != row.row.minutes) {
            let warning = cell(TRAVEL, row, "minutes").warning(&row.row.minutes.to_string(), repeated());
            site.found.push(warning);
        }
    }
    travel
}

/// The place that a row names, its booking as the row of the file.
fn place(site: &mut Site<'_>, row: &Located<TravelRow>, name: &PlaceName, column: &str) -> Option<PlaceKey> {
    let index = &site.index;
    let (id, found, unknown) = match name {
        PlaceName::Client(id) => (id, index.clients.get(id).map(PlaceKey::Client), unknown(&index.clients, id)),
        PlaceName::Staff(id) => (id, index.staff.get(id).map(PlaceKey::Carer), unknown(&index.staff, id)),
        PlaceName::Booking(id) => (id, index.bookings.get(id).map(PlaceKey::Booking), unknown(&index.bookings, id)),
    };
    if let Some(fault) = unknown {
        site.found.push(cell(TRAVEL, row, column).warning(id, fault));
    }
    found
}

/// A booking's place under the id that the booking has in the week; bookings of other weeks have none.
fn in_week(place: PlaceKey, bookings: &[Option<BookingId>]) -> Option<PlaceKey> {
    match place {
        PlaceKey::Booking(row) => bookings.get(row.index()).copied().flatten().map(PlaceKey::Booking),
        other => Some(other),
    }
}

fn unknown_in_history(file: &str, meant: Option<&str>) -> Fault {
    Fault::of_slip(
        codes::UNKNOWN_IN_HISTORY,
        [
            &format!("id'et står ikke i {file}; besøget tæller ikke"),
            &format!("the id does not stand in {file}; the visit does not count"),
        ],
        meant,
        ["Ret id'et, eller lad rækken stå", "Mend the id or leave the row"],
    )
}

/// The fault of a place that is none of the week's.
fn unknown<K: Id>(keys: &Keys<'_, K>, id: &str) -> Option<Fault> {
    keys.is_strange(id).then(|| unknown_place(keys.meant(id)))
}

fn unknown_place(meant: Option<&str>) -> Fault {
    Fault::of_slip(
        codes::UNKNOWN_PLACE,
        ["stedet findes ikke i ugen; rækken bruges ikke", "the week has no such place; the row is not used"],
        meant,
        ["Ret id'et, eller slet rækken", "Mend the id or delete the row"],
    )
}

fn repeated() -> Fault {
    Fault::new(
        codes::REPEATED_TRAVEL,
        ["vejen står der to gange med forskellige minutter", "the way stands there twice with different minutes"],
        ["Slet den ene række; den sidste gælder", "Delete one of the rows; the last one counts"],
    )
}
