//! How much relief a carer or a private provider may do in the week.

use std::collections::BTreeMap;

use super::dice::{Dice, Percent};
use super::site::{Concern, Site};
use super::spec::Caps;
use crate::tables::{ClientRow, GrantRow, ProviderRow, StaffRow};
use crate::units::Minutes;

const USUAL: [Minutes; 2] = [Minutes(600), Minutes(900)];
const TIGHT: [Minutes; 4] = [Minutes(120), Minutes(180), Minutes(240), Minutes(360)];

/// Caps the carers.
pub(super) fn cap_staff(site: &Site<'_>, staff: &mut [StaffRow]) {
    let mut dice = site.dice(Concern::Caps);
    for carer in staff {
        carer.relief_minutes_max = match site.spec.caps {
            Caps::None => None,
            Caps::Usual => some(&mut dice, Percent(35), &USUAL),
            Caps::Tight => some(&mut dice, Percent(70), &TIGHT),
        };
    }
}

fn some(dice: &mut Dice, share: Percent, caps: &[Minutes]) -> Option<Minutes> {
    let cap = dice.pick(caps);
    dice.chance(share).then_some(cap)
}

/// Caps the private providers at half of what the clients who must have them were granted.
pub(super) fn cap_providers(
    site: &Site<'_>,
    providers: &mut [ProviderRow],
    clients: &[ClientRow],
    grants: &[GrantRow],
) {
    if site.spec.caps != Caps::Tight {
        return;
    }
    let provider_of: BTreeMap<&str, &str> = clients
        .iter()
        .filter_map(|c| Some((c.client_id.as_str(), c.home_care_provider.as_deref().or(c.chosen_provider.as_deref())?)))
        .collect();
    for provider in providers.iter_mut().filter(|p| !p.municipal) {
        let own =
            grants.iter().filter(|g| provider_of.get(g.client_id.as_str()) == Some(&provider.provider_id.as_str()));
        let granted: Minutes = own.map(|grant| grant.weekly_minutes).sum();
        provider.weekly_minutes_max = Some(Minutes((granted.0 / 2).max(60)));
    }
}
