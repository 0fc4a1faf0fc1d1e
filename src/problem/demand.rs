//! Grants with their wishes, and pinned visits.

use super::build::{Site, ends_before_it_begins};
use super::index::cell;
use super::{Grant, Visit, Wish, grant_warnings};
use crate::diagnostic::table_lines::called;
use crate::diagnostic::{Cell, Fault, Text, codes};
use crate::ids::{GrantId, Id, IdVec};
use crate::tables::{GrantRow, Located, PinRow, WishDay, WishRow};
use crate::units::{Span, clock};

const GRANTS: &str = "grants.csv";
const WISHES: &str = "wishes.csv";
const PINS: &str = "pins.csv";

pub(super) fn grants(site: &mut Site<'_>) -> IdVec<GrantId, Grant> {
    let wishes = wishes(site);
    let rows = site.tables.grants.iter().zip(wishes);
    IdVec::new(rows.filter_map(|(row, wishes)| grant(site, row, wishes)).collect())
}

/// The wishes in the week for each row of the grants.
fn wishes(site: &mut Site<'_>) -> Vec<Vec<Wish>> {
    let mut placed: Vec<Vec<Located<Wish>>> = vec![Vec::new(); site.tables.grants.len()];
    for row in &site.tables.wishes {
        let grant = site.index.grants.find(&row.row.grant_id, cell(WISHES, row, "grant_id"), &mut site.found);
        let wish = wish(site, row);
        if let (Some(grant), Some(wish)) = (grant, wish) {
            placed[grant.index()].push(Located { line: row.line, row: wish });
        }
    }
    let mut lists = Vec::with_capacity(placed.len());
    for wishes in placed {
        site.found.extend(grant_warnings::cut_agreements(&wishes));
        lists.push(wishes.into_iter().map(|located| located.row).collect());
    }
    lists
}

fn wish(site: &mut Site<'_>, row: &Located<WishRow>) -> Option<Wish> {
    let WishRow { day, from, to, wish, .. } = row.row;
    let in_order = site.in_order(from, to, (cell(WISHES, row, "to"), clock));
    let day = match day {
        WishDay::Weekday(day) => day,
        WishDay::Date(date) => site.tables.week.day_of(date)?,
    };
    in_order.then(|| Wish { kind: wish, span: Span::new(day.at(from), day.at(to)) })
}

fn grant(site: &mut Site<'_>, row: &Located<GrantRow>, wishes: Vec<Wish>) -> Option<Grant> {
    let client = site.index.clients.find(&row.row.client_id, cell(GRANTS, row, "client_id"), &mut site.found);
    if row.row.valid_to.is_some_and(|last| last < row.row.valid_from) {
        let end = row.row.valid_to.map(|date| date.to_string()).unwrap_or_default();
        site.found.push(cell(GRANTS, row, "valid_to").error(&end, ends_before_it_begins()));
    }
    let client = client?;
    let standard = site.tables.policy.of(&site.tables.clients[client.index()].row.municipality);
    site.found.extend(grant_warnings::against_standard(row, standard, site.tables.week));
    let granted = row.row.clone();
    Some(Grant {
        id: granted.grant_id,
        client,
        service: granted.service,
        weekly_minutes: granted.weekly_minutes,
        max_visits: granted.max_visits,
        split: granted.split,
        valid_from: granted.valid_from,
        valid_to: granted.valid_to,
        granted_on: granted.granted_on,
        need: granted.need,
        stay_tried: granted.stay_tried,
        legal_basis: granted.legal_basis,
        wishes,
    })
}

/// The pins of the week, in order, each once; those of other weeks are ignored.
pub(super) fn pins(site: &mut Site<'_>) -> Vec<Visit> {
    let rows = site.tables.pins.iter();
    let mut pins: Vec<(Visit, u64)> = rows.filter_map(|row| Some((pin(site, row)?, row.line))).collect();
    pins.sort_by_key(|(pin, line)| (pin.carer, *pin, *line));
    pins.dedup_by_key(|(pin, _)| *pin);
    let mut latest: Option<(Visit, u64)> = None;
    for (pin, line) in &pins {
        if let Some((other, its_line)) = latest.filter(|(other, _)| other.carer == pin.carer)
            && other.span.overlaps(pin.span)
        {
            let id = &site.tables.staff[pin.carer.index()].row.staff_id;
            site.found.push(
                Cell { file: PINS, line: *line, column: "start" }.error(id, overlapping(&called(its_line, *line))),
            );
        }
        if latest.is_none_or(|(other, _)| (other.carer, other.span.end) < (pin.carer, pin.span.end)) {
            latest = Some((*pin, *line));
        }
    }
    let mut pins: Vec<Visit> = pins.into_iter().map(|(pin, _)| pin).collect();
    pins.sort_unstable();
    pins
}

fn pin(site: &mut Site<'_>, row: &Located<PinRow>) -> Option<Visit> {
    let PinRow { grant_id, date, start, end, staff_id } = &row.row;
    let day = site.tables.week.day_of(*date)?;
    let grant = site.index.grants.find(grant_id, cell(PINS, row, "grant_id"), &mut site.found);
    let carer = site.index.staff.find(staff_id, cell(PINS, row, "staff_id"), &mut site.found);
    let in_order = site.in_order(*start, *end, (cell(PINS, row, "end"), clock));
    in_order.then_some(())?;
    Some(Visit { grant: grant?, carer: carer?, span: Span::new(day.at(*start), day.at(*end)) })
}

fn overlapping(other: &Text) -> Fault {
    let Text { danish, english } = other;
    Fault::new(
        codes::OVERLAPPING_PINS,
        [
            &format!("medarbejderens besøg overlapper det faste besøg i {danish}"),
            &format!("the carer's visit overlaps the pinned one on {english}"),
        ],
        ["Fjern det ene, eller flyt det", "Remove one of them or move it"],
    )
}
