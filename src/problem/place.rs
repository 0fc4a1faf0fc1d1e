//! Places: where a shift starts, a client lives or a booking is.

use crate::ids::{BookingId, CarerId, ClientId};
use crate::tables::Coordinates;

/// What a place is, as `travel.csv` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKey {
    /// A client's home, also for a booking there.
    Client(ClientId),
    /// Where a carer's shifts start and end, also for a booking without a place.
    Carer(CarerId),
    /// A booking with coordinates of its own.
    Booking(BookingId),
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub key: PlaceKey,
    pub at: Coordinates,
}

const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Two places less than this apart are one: no travel, and a booking there is at home.
pub const SAME_PLACE_KM: f64 = 0.05;

impl Coordinates {
    /// Kilometres as the crow flies: the haversine distance (model, section 4).
    pub fn kilometres_to(self, other: Coordinates) -> f64 {
        let (lat, other_lat) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((other_lat - lat) / 2.0).sin();
        let half_lon = ((other.lon.to_radians() - self.lon.to_radians()) / 2.0).sin();
        let h = half_lat * half_lat + lat.cos() * other_lat.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ballerup_to_koege_is_thirty_two_kilometres() {
        let ballerup = Coordinates { lat: 55.7333, lon: 12.3566 };
        let koege = Coordinates { lat: 55.4624, lon: 12.1696 };
        let km = ballerup.kilometres_to(koege);
        assert!((32.0..33.0).contains(&km), "{km}");
        assert_eq!(ballerup.kilometres_to(ballerup), 0.0);
    }
}
