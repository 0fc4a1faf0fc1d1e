//! Who is relieved, and who helps them already.

use super::dice::{Dice, Percent};
use super::names;
use super::places::{Postcode, settle};
use super::site::{Concern, Crew, Site};
use super::spec::Names;
use crate::tables::ClientRow;

/// Clients whose address is protected.
const PROTECTED: Percent = Percent(3);

/// The clients of a district. Those who have or chose a provider spread over the providers as the carers do.
pub(super) fn clients(site: &Site<'_>, crew: &Crew<'_>) -> Vec<ClientRow> {
    let mut dice = site.dice(Concern::Clients);
    let mut name_dice = site.dice(Concern::ClientNames);
    let client = |nth| {
        let postcode = settle(&site.district.postcodes, &mut dice);
        let row = client(site, crew, (nth, postcode), &mut dice);
        if site.spec.names == Names::Invented { named(row, postcode, &mut name_dice) } else { row }
    };
    (0..site.district.clients).map(client).collect()
}

fn client(site: &Site<'_>, crew: &Crew<'_>, (nth, postcode): (usize, Postcode), dice: &mut Dice) -> ClientRow {
    let shares = &site.spec.shares;
    let (home_care_provider, chosen_provider) = providers(site, crew, dice);
    let helper = home_care_provider.as_deref().or(chosen_provider.as_deref());
    let avoided = crew.anyone(helper, dice).filter(|_| dice.chance(shares.avoiding));
    ClientRow {
        client_id: format!("{}-C{nth:04}", site.district.prefix),
        name: None,
        address: None,
        protected_address: false,
        municipality: site.district.municipality.clone(),
        home: postcode.scatter(dice),
        complex_needs: dice.chance(shares.complex_needs),
        avoid_staff: avoided.iter().map(|carer| carer.staff_id.clone()).collect(),
        adult: !dice.chance(shares.not_adult),
        home_care_provider,
        chosen_provider,
    }
}

/// Who is in the home already, else whom the family chose.
fn providers(site: &Site<'_>, crew: &Crew<'_>, dice: &mut Dice) -> (Option<String>, Option<String>) {
    let provider = crew.anyone(None, dice).map(|carer| carer.provider_id.clone());
    if dice.chance(site.spec.shares.home_care) {
        (provider, None)
    } else {
        (None, provider.filter(|_| dice.chance(site.spec.shares.chosen)))
    }
}

fn named(client: ClientRow, postcode: Postcode, dice: &mut Dice) -> ClientRow {
    ClientRow {
        name: Some(names::client(dice)),
        address: Some(names::address(postcode, dice)),
        protected_address: dice.chance(PROTECTED),
        ..client
    }
}
