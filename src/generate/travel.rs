//! Pairs of places that the planner knows better than the map: a closed bridge, two flats on one stair.

use std::collections::HashSet;

use super::dice::Dice;
use super::site::{Concern, Site};
use crate::tables::{ClientRow, PlaceName, StaffRow, Transport, TravelRow};
use crate::units::Minutes;

const MINUTES: [Minutes; 6] = [Minutes(0), Minutes(2), Minutes(6), Minutes(12), Minutes(25), Minutes(40)];
const TRANSPORT: [Transport; 3] = [Transport::Car, Transport::Car, Transport::Bike];

/// Up to so many pairs, both ways each.
pub(super) fn travel(site: &Site<'_>, count: usize, (staff, clients): (&[StaffRow], &[ClientRow])) -> Vec<TravelRow> {
    let mut dice = site.dice(Concern::Travel);
    let mut known = HashSet::new();
    let mut rows = Vec::new();
    for _ in 0..count {
        let Some((from, to)) = pair(&mut dice, staff, clients) else { break };
        let (transport, minutes) = (dice.pick(&TRANSPORT), dice.pick(&MINUTES));
        for (from, to) in [(from.clone(), to.clone()), (to, from)] {
            if known.insert((from.clone(), to.clone(), transport)) {
                rows.push(TravelRow { from, to, transport, minutes });
            }
        }
    }
    rows
}

/// Two clients, or a client and where a carer starts.
fn pair(dice: &mut Dice, staff: &[StaffRow], clients: &[ClientRow]) -> Option<(PlaceName, PlaceName)> {
    let client = PlaceName::Client(dice.pick_any(clients)?.client_id.clone());
    let other = PlaceName::Client(dice.pick_any(clients)?.client_id.clone());
    let start = PlaceName::Staff(dice.pick_any(staff)?.staff_id.clone());
    Some(if client == other || dice.below(2) == 0 { (client, start) } else { (client, other) })
}
