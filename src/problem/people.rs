//! Providers, carers and clients, and when they are away.

use chrono::{NaiveDateTime, Timelike};

use super::build::{Site, ends_before_start};
use super::index::cell;
use super::{Absence, Carer, Client, Place, PlaceKey, Provider};
use crate::calendar::IsoWeek;
use crate::diagnostic::{Cell, Fault, codes};
use crate::ids::{CarerId, ClientId, Id, IdVec, ProviderId};
use crate::tables::{AbsenceEnd, AbsenceSubject, ClientRow, Located, StaffRow, Tables};
use crate::units::{Minutes, Moment, Span};

/// When each client and carer is away, by row.
pub(super) struct Absences {
    pub clients: Vec<Vec<Absence>>,
    pub carers: Vec<Vec<Span>>,
}

const ABSENCES: &str = "absences.csv";
const CLIENTS: &str = "clients.csv";
const STAFF: &str = "staff.csv";

pub(super) fn absences(site: &mut Site<'_>) -> Absences {
    let tables = site.tables;
    let mut absences =
        Absences { clients: vec![Vec::new(); tables.clients.len()], carers: vec![Vec::new(); tables.staff.len()] };
    for row in &tables.absences {
        let span = absence_span(tables.week, row.row.from, row.row.to);
        let id_cell = cell(ABSENCES, row, "id");
        let in_order = !span.is_empty();
        if !in_order {
            let end = row.row.to.map(|to| to.to_string()).unwrap_or_default();
            site.found.push(cell(ABSENCES, row, "to").error(&end, ends_before_start()));
        }
        match &row.row.subject {
            AbsenceSubject::Client(id) => {
                let client = site.index.clients.find(id, id_cell, &mut site.found).filter(|_| in_order);
                let absence = Absence { span, reason: row.row.reason };
                if let Some(client) = client {
                    absences.clients[client.index()].push(absence);
                }
            }
            AbsenceSubject::Staff(id) => {
                let carer = site.index.staff.find(id, id_cell, &mut site.found).filter(|_| in_order);
                if let Some(carer) = carer {
                    absences.carers[carer.index()].push(span);
                }
            }
        }
    }
    absences
}

/// Whole days from their first minute to their last; moments as they are; open ends far away.
fn absence_span(week: IsoWeek, from: AbsenceEnd, to: Option<AbsenceEnd>) -> Span {
    let moment = |moment: NaiveDateTime| {
        let minute = moment.hour() * 60 + moment.minute();
        week.midnight(moment.date()) + Minutes(i32::try_from(minute).expect("less than a day"))
    };
    Span::new(moment(from.as_start()), to.map_or(Moment::FAR, |to| moment(to.as_end())))
}

pub(super) fn providers(tables: &Tables) -> IdVec<ProviderId, Provider> {
    let provider = |row: &Located<crate::tables::ProviderRow>| Provider {
        id: row.row.provider_id.clone(),
        name: row.row.name.clone(),
        municipalities: row.row.municipalities.clone(),
        municipal: row.row.municipal,
        weekly_minutes_max: row.row.weekly_minutes_max,
    };
    IdVec::new(tables.providers.iter().map(provider).collect())
}

pub(super) fn carers(site: &mut Site<'_>, absences: Vec<Vec<Span>>) -> IdVec<CarerId, Carer> {
    let rows = site.tables.staff.iter().zip(absences).enumerate();
    let carers = rows.filter_map(|(position, (row, away))| carer(site, row, (CarerId::from_index(position), away)));
    IdVec::new(carers.collect())
}

fn carer(site: &mut Site<'_>, row: &Located<StaffRow>, own: (CarerId, Vec<Span>)) -> Option<Carer> {
    let StaffRow { staff_id, name, provider_id, .. } = &row.row;
    let provider = site.index.providers.find(provider_id, cell(STAFF, row, "provider_id"), &mut site.found)?;
    Some(Carer {
        id: staff_id.clone(),
        name: name.clone(),
        provider,
        qualification: row.row.qualification,
        relief_trained: row.row.relief_trained,
        relief_minutes_max: row.row.relief_minutes_max,
        transport: row.row.transport,
        start: Place { key: PlaceKey::Carer(own.0), at: row.row.start },
        absences: own.1,
    })
}

pub(super) fn clients(site: &mut Site<'_>, absences: Vec<Vec<Absence>>) -> IdVec<ClientId, Client> {
    let rows = site.tables.clients.iter().zip(absences).enumerate();
    let clients = rows.map(|(position, (row, away))| client(site, row, (ClientId::from_index(position), away)));
    IdVec::new(clients.collect())
}

fn client(site: &mut Site<'_>, row: &Located<ClientRow>, own: (ClientId, Vec<Absence>)) -> Client {
    let of_home = provider(site, row.row.home_care_provider.as_ref(), cell(CLIENTS, row, "home_care_provider"));
    let chosen = provider(site, row.row.chosen_provider.as_ref(), cell(CLIENTS, row, "chosen_provider"));
    Client {
        id: row.row.client_id.clone(),
        name: row.row.name.clone(),
        address: row.row.address.clone(),
        protected_address: row.row.protected_address,
        municipality: row.row.municipality.clone(),
        home: Place { key: PlaceKey::Client(own.0), at: row.row.home },
        home_care_provider: of_home,
        chosen_provider: chosen,
        complex_needs: row.row.complex_needs,
        avoid_staff: avoided(site, row),
        adult: row.row.adult,
        absences: own.1,
    }
}

fn provider(site: &mut Site<'_>, id: Option<&String>, cell: Cell<'_>) -> Option<ProviderId> {
    site.index.providers.find(id?, cell, &mut site.found)
}

/// A carer to avoid who is not there cannot come anyway; a slip of the pen would let the one meant come.
fn avoided(site: &mut Site<'_>, row: &Located<ClientRow>) -> Vec<CarerId> {
    for id in row.row.avoid_staff.iter().filter(|id| site.index.staff.is_strange(id)) {
        let fault = unknown_avoided(site.index.staff.meant(id));
        site.found.push(cell(CLIENTS, row, "avoid_staff").warning(id, fault));
    }
    row.row.avoid_staff.iter().filter_map(|id| site.index.staff.get(id)).collect()
}

fn unknown_avoided(meant: Option<&str>) -> Fault {
    Fault::of_slip(
        codes::UNKNOWN_AVOIDED_CARER,
        ["medarbejderen, der skal undgås, står ikke i staff.csv", "the carer to avoid does not stand in staff.csv"],
        meant,
        ["Ret id'et, eller fjern det, hvis medarbejderen er rejst", "Mend the id, or remove it if the carer has left"],
    )
}
