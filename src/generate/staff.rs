//! Providers and their carers.

use super::dice::{Dice, Percent};
use super::names;
use super::places::settle;
use super::site::{Concern, Site};
use super::spec::{Capacity, Names};
use crate::policy::Qualification;
use crate::tables::{ProviderRow, StaffRow, Transport};

const QUALIFICATIONS: [(Qualification, usize); 4] = [
    (Qualification::Untrained, 11),
    (Qualification::Helper, 50),
    (Qualification::Assistant, 32),
    (Qualification::Nurse, 7),
];

const TRANSPORT: [(Transport, usize); 3] = [(Transport::Car, 78), (Transport::Bike, 20), (Transport::Walk, 2)];

/// Carers who have had the thorough training in relief.
const RELIEF_TRAINED: Percent = Percent(88);

/// Carers whose shifts start where home care has its base, the others' at home.
const FROM_BASE: Percent = Percent(65);

/// Of a hundred carers, those of the municipality's own home care where there are private providers.
const MUNICIPAL_STAFF: usize = 55;

/// The providers of a district: the municipality's own teams first.
pub(super) fn providers(site: &Site<'_>) -> Vec<ProviderRow> {
    let teams = (0..site.district.teams.max(1)).map(|nth| team(site, nth));
    teams.chain((0..site.district.private_providers).map(|nth| private(site, nth))).collect()
}

fn team(site: &Site<'_>, nth: usize) -> ProviderRow {
    let (prefix, municipality) = (&site.district.prefix, &site.district.municipality);
    let number = if nth == 0 { String::new() } else { (nth + 1).to_string() };
    let name = format!("{municipality} Kommunes hjemmepleje {number}");
    provider(site, (format!("{prefix}-kommunen{number}"), name.trim_end().to_owned()), Operator::Municipality)
}

fn private(site: &Site<'_>, nth: usize) -> ProviderRow {
    provider(site, (format!("{}-privat{}", site.district.prefix, nth + 1), names::company(nth)), Operator::Company)
}

#[derive(Clone, Copy)]
enum Operator {
    Municipality,
    Company,
}

fn provider(site: &Site<'_>, (id, name): (String, String), operator: Operator) -> ProviderRow {
    ProviderRow {
        provider_id: id,
        name: (site.spec.names == Names::Invented).then_some(name),
        municipalities: vec![site.district.municipality.clone()],
        municipal: matches!(operator, Operator::Municipality),
        weekly_minutes_max: None,
    }
}

/// The carers of a district; every provider has one as far as they go round.
pub(super) fn staff(site: &Site<'_>, providers: &[ProviderRow]) -> Vec<StaffRow> {
    let (mut dice, mut name_dice) = (site.dice(Concern::Staff), site.dice(Concern::StaffNames));
    let weights = employers(providers);
    let carer = |nth| {
        let employer =
            providers.get(nth).map_or_else(|| dice.weighted(&weights), |p: &ProviderRow| p.provider_id.clone());
        StaffRow { name: name(site, &mut name_dice), ..carer(site, nth, employer, &mut dice) }
    };
    (0..headcount(site)).map(carer).collect()
}

/// How many carers a district has.
pub(super) fn headcount(site: &Site<'_>) -> usize {
    let clients_each = match site.spec.capacity {
        Capacity::Tight => 7,
        Capacity::Usual => 4,
        Capacity::Loose => 3,
    };
    site.district.carers.unwrap_or_else(|| site.district.clients.div_ceil(clients_each))
}

fn employers(providers: &[ProviderRow]) -> Vec<(String, usize)> {
    let teams = providers.iter().filter(|p| p.municipal).count();
    let companies = providers.len() - teams;
    let weight = |p: &ProviderRow| {
        if p.municipal { MUNICIPAL_STAFF * companies.max(1) } else { (100 - MUNICIPAL_STAFF) * teams }
    };
    providers.iter().map(|p| (p.provider_id.clone(), weight(p))).collect()
}

fn name(site: &Site<'_>, dice: &mut Dice) -> Option<String> {
    (site.spec.names == Names::Invented).then(|| names::carer(dice))
}

fn carer(site: &Site<'_>, nth: usize, provider_id: String, dice: &mut Dice) -> StaffRow {
    let base = site.district.postcodes[0].centre();
    let home = settle(&site.district.postcodes, dice).scatter(dice);
    StaffRow {
        staff_id: format!("{}-S{nth:03}", site.district.prefix),
        name: None,
        provider_id,
        qualification: dice.weighted(&QUALIFICATIONS),
        relief_trained: dice.chance(RELIEF_TRAINED),
        relief_minutes_max: None,
        transport: dice.weighted(&TRANSPORT),
        start: if dice.chance(FROM_BASE) { base } else { home },
    }
}
