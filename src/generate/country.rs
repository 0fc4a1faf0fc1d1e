//! The weeks of a municipality of any size, and of the whole country.

use super::municipalities::Municipality;
use super::spec::{District, Spec};
use super::towns::towns;
use crate::calendar::IsoWeek;

/// Clients of relief in the whole country (assumption): two of a thousand people.
pub const CLIENTS_OF_THE_COUNTRY: usize = 12_000;

/// A district with teams of its own has about so many clients.
const CLIENTS_A_DISTRICT: usize = 200;
/// A private provider needs so many clients in a district; there are two at most.
const CLIENTS_A_COMPANY: usize = 30;
/// Of so many clients, one has a visit that the planner has fixed, or a way that is known better than the map.
const CLIENTS_A_PIN: usize = 20;
const CLIENTS_A_WAY: usize = 40;

impl Spec {
    /// The usual week of a municipality with so many clients. From about three hundred on it has several districts
    /// with their own providers, named with a number: `Aarhus1`, `Aarhus2`.
    ///
    /// Køge goes by its own standard, all others by Ballerup's. Two municipalities of one seed have nothing in common.
    pub fn municipality(municipality: &Municipality, clients: usize, (week, seed): (IsoWeek, u64)) -> Self {
        let seed = seed.wrapping_mul(1_000).wrapping_add(municipality.code.into());
        Spec {
            pins: clients / CLIENTS_A_PIN,
            travel_overrides: clients / CLIENTS_A_WAY,
            ..Spec::new(week, seed, districts(municipality, clients))
        }
    }
}

/// How many clients each municipality has if the country has so many: in proportion to its people, one at least.
pub fn country(clients: usize) -> Vec<(&'static Municipality, usize)> {
    let people = |municipalities: &[Municipality]| municipalities.iter().map(|m| m.population).sum::<usize>();
    let all = Municipality::all();
    let up_to = |count: usize| clients * people(&all[..count]) / people(all);
    all.iter().enumerate().map(|(i, m)| (m, (up_to(i + 1) - up_to(i)).max(1))).collect()
}

fn districts(municipality: &Municipality, clients: usize) -> Vec<District> {
    let count = ((clients + CLIENTS_A_DISTRICT / 2) / CLIENTS_A_DISTRICT).max(1);
    let size = |i: usize| clients * (i + 1) / count - clients * i / count;
    let district = |(i, postcodes)| {
        let one = District { postcodes, ..district(municipality, size(i)) };
        if count == 1 { one } else { one.numbered(i + 1) }
    };
    towns(municipality, count).into_iter().enumerate().map(district).collect()
}

fn district(municipality: &Municipality, clients: usize) -> District {
    let like = if municipality.name == "Køge" { District::koege(clients) } else { District::ballerup(clients) };
    let companies = (clients / CLIENTS_A_COMPANY).min(like.private_providers);
    District {
        prefix: municipality.prefix(),
        municipality: municipality.name.into(),
        private_providers: companies,
        ..like
    }
}
