//! A page for each family: who comes when, in plain language.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Scene, plain, words};
use crate::ids::{ClientId, GrantId, IdVec, ProviderId};
use crate::problem::Visit;
use crate::report::Naming;
use crate::units::Day;

#[derive(Serialize)]
pub(super) struct View {
    families: Vec<Family>,
    /// Whether names were asked for.
    named: bool,
    /// Families of whom the week gives no name, so that their pages cannot be sent.
    nameless: usize,
}

#[derive(Serialize)]
struct Family {
    name: String,
    address: Option<String>,
    /// By name and id.
    find: String,
    visits: Vec<Coming>,
    missing: Vec<String>,
    /// Whom to tell if a time does not suit.
    contact: String,
}

/// One visit as the family reads of it.
#[derive(Serialize)]
struct Coming {
    date: String,
    times: String,
    duration: String,
    who: String,
    meanwhile: Option<String>,
}

pub(super) fn view(scene: &Scene<'_>) -> View {
    let mut grants: IdVec<ClientId, Vec<GrantId>> = IdVec::from_fn(scene.problem.clients.len(), |_| Vec::new());
    for (grant, row) in scene.problem.grants.iter() {
        grants[row.client].push(grant);
    }
    let mut visits: IdVec<ClientId, Vec<Visit>> = IdVec::from_fn(scene.problem.clients.len(), |_| Vec::new());
    for visit in scene.planned.solved.plan.visits() {
        visits[scene.problem.grants[visit.grant].client].push(*visit);
    }
    let granted = scene.problem.clients.ids().filter(|client| !grants[*client].is_empty());
    let granted: Vec<ClientId> = granted.collect();
    View {
        nameless: granted.iter().filter(|client| scene.people.client_id_beside_name(**client).is_none()).count(),
        families: granted
            .iter()
            .copied()
            .map(|client| family(scene, client, &grants[client], &visits[client]))
            .collect(),
        named: scene.people.naming() == Naming::Names,
    }
}

fn family(scene: &Scene<'_>, client: ClientId, grants: &[GrantId], visits: &[Visit]) -> Family {
    let people = scene.people;
    let beside = people.client_id_beside_name(client);
    Family {
        name: people.client(client).to_owned(),
        address: people.postal_address(client).map(str::to_owned),
        find: [Some(people.client(client)), beside].into_iter().flatten().collect::<Vec<&str>>().join("\n"),
        visits: visits.iter().map(|visit| coming(scene, *visit)).collect(),
        missing: grants.iter().filter_map(|grant| plain::shortfall(scene, *grant)).collect(),
        contact: contact(scene, client, visits),
    }
}

fn coming(scene: &Scene<'_>, visit: Visit) -> Coming {
    let day = visit.span.start.day().unwrap_or(Day(0));
    let date = words::long_date(scene.problem.week, day, scene.language);
    Coming {
        date: capitalised(&date),
        times: words::times(visit.span, scene.language),
        duration: words::duration(visit.span.length(), scene.language),
        who: plain::who_comes(scene, visit),
        meanwhile: plain::done_meanwhile(scene, visit),
    }
}

/// The providers who come, else the one that helps in the home or was chosen, else the municipality.
fn contact(scene: &Scene<'_>, client: ClientId, visits: &[Visit]) -> String {
    let row = &scene.problem.clients[client];
    let coming: BTreeSet<ProviderId> = visits.iter().map(|visit| scene.problem.carers[visit.carer].provider).collect();
    let settled = row.home_care_provider.or(row.chosen_provider);
    let providers = if coming.is_empty() { settled.into_iter().collect() } else { coming };
    let names: Vec<&str> = providers.into_iter().map(|provider| scene.people.provider(provider)).collect();
    if names.is_empty() { scene.language.pick("kommunen", "the municipality").to_owned() } else { names.join(", ") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
