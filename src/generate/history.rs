//! Who visited whom before.

use std::collections::BTreeSet;

use chrono::Days;

use super::site::{Concern, Crew, Site};
use crate::tables::{ClientRow, HistoryRow};

/// Carers whom a client knows: in five weeks of this field, from none to four.
const KNOWN: [(usize, usize); 5] = [(0, 20), (1, 20), (2, 29), (3, 18), (4, 13)];

/// Longer ago than the policy's familiar days, so that some are forgotten.
const LONGEST_AGO: i32 = 100;

/// The visits of the last months: mostly by carers of the provider who comes anyway.
pub(super) fn history(site: &Site<'_>, crew: &Crew<'_>, clients: &[ClientRow]) -> Vec<HistoryRow> {
    let mut dice = site.dice(Concern::History);
    let mut rows = Vec::new();
    for client in clients {
        let provider = client.home_care_provider.as_deref().or(client.chosen_provider.as_deref());
        let mut known = BTreeSet::new();
        for _ in 0..dice.weighted(&KNOWN) {
            let ago = Days::new(u64::from(dice.between(1, LONGEST_AGO).unsigned_abs()));
            let Some(carer) = crew.anyone(provider, &mut dice) else { continue };
            if known.insert(&carer.staff_id) {
                let (client_id, staff_id) = (client.client_id.clone(), carer.staff_id.clone());
                rows.push(HistoryRow { client_id, staff_id, date: site.spec.week.monday() - ago });
            }
        }
    }
    rows
}
