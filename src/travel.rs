//! Travel minutes between places (model, section 4).

use crate::policy::TravelPolicy;
use crate::problem::{Place, Problem, Transport};
use crate::units::Minutes;

/// Places less than this apart are one (model, section 4).
const SAME_PLACE_KM: f64 = 0.05;

/// Taken off before rounding up, so that a way of exactly so many minutes does not cost one more because of the
/// last bit of a float.
const ROUNDING_SLACK_MINUTES: f64 = 1e-9;

/// Longer than any week, short enough to add up.
const LONGEST_WAY: i32 = 1_000_000;

/// By how much a computed way can be longer than one over a third place: the third place may count as one with both
/// ends, which saves the overhead and up to 100 m, and rounding may take a minute.
pub fn broken_triangle(problem: &Problem, transport: Transport) -> Minutes {
    let policy = &problem.policy.travel;
    let saved = (2.0 * SAME_PLACE_KM * policy.detour / speed(policy, transport) * 60.0).ceil();
    Minutes((saved as i32).min(LONGEST_WAY).saturating_add(policy.overhead.0) + 1)
}

/// Whole minutes that a carer needs from one place to another.
///
/// A row of `travel.csv` for the two places, in this direction and with this transport, decides, also with 0.
/// Otherwise places less than 50 m apart cost nothing, and all others their distance as the crow flies times the
/// policy's detour at the transport's speed, rounded up, plus the policy's overhead.
pub fn minutes(problem: &Problem, transport: Transport, from: Place, to: Place) -> Minutes {
    if !problem.travel_overrides.is_empty()
        && let Some(given) = problem.travel_overrides.get(&(from.key, to.key, transport))
    {
        return *given;
    }
    computed(&problem.policy.travel, transport, from, to)
}

/// The operations stand in the model's order, so that no last bit can tip the rounding another way.
fn computed(policy: &TravelPolicy, transport: Transport, from: Place, to: Place) -> Minutes {
    let km = from.at.kilometres_to(to.at);
    if km < SAME_PLACE_KM {
        return Minutes(0);
    }
    let under_way = (km * policy.detour / speed(policy, transport) * 60.0 - ROUNDING_SLACK_MINUTES).ceil();
    // A cast of a float saturates: a speed near zero gives a way that fits into no shift.
    Minutes((under_way as i32).min(LONGEST_WAY).saturating_add(policy.overhead.0))
}

fn speed(policy: &TravelPolicy, transport: Transport) -> f64 {
    match transport {
        Transport::Car => policy.car_kmh,
        Transport::Bike => policy.bike_kmh,
        Transport::Walk => policy.walk_kmh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CarerId, ClientId};
    use crate::problem::{Coordinates, PlaceKey};

    fn policy() -> TravelPolicy {
        TravelPolicy { car_kmh: 35.0, bike_kmh: 15.0, walk_kmh: 5.0, detour: 1.3, overhead: Minutes(3) }
    }

    /// A place so many degrees north of 55°; a degree of latitude is 111.195 km.
    fn north(degrees: f64) -> Place {
        Place { key: PlaceKey::Client(ClientId(0)), at: Coordinates { lat: 55.0 + degrees, lon: 12.0 } }
    }

    #[test]
    fn a_way_is_rounded_up_and_has_the_overhead() {
        let (from, to) = (north(0.0), north(0.02));
        // 2.2239 km × 1.3 = 2.8911 km: 4.96 minutes by car, 11.56 by bike, 34.69 on foot.
        assert_eq!(computed(&policy(), Transport::Car, from, to), Minutes(8));
        assert_eq!(computed(&policy(), Transport::Bike, from, to), Minutes(15));
        assert_eq!(computed(&policy(), Transport::Walk, from, to), Minutes(38));
    }

    #[test]
    fn a_way_of_exactly_whole_minutes_is_not_rounded_up() {
        let km = north(0.0).at.kilometres_to(north(0.1).at);
        let policy = TravelPolicy { detour: 1.0, car_kmh: km * 6.0, ..policy() };
        assert_eq!(computed(&policy, Transport::Car, north(0.0), north(0.1)), Minutes(10 + 3));
    }

    #[test]
    fn places_less_than_fifty_metres_apart_are_one() {
        let carer = Place { key: PlaceKey::Carer(CarerId(0)), ..north(0.000_449) };
        assert_eq!(computed(&policy(), Transport::Walk, north(0.0), carer), Minutes(0));
        assert_eq!(computed(&policy(), Transport::Walk, north(0.0), north(0.000_451)), Minutes(1 + 3));
    }
}
