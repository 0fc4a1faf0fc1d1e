//! Where people live: the centres of postcodes (GeoNames, CC BY 4.0) and places scattered around them.

use super::dice::Dice;
use crate::tables::Coordinates;

/// A postcode and its centre, in hundred-thousandths of a degree so that no rounding differs between machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Postcode {
    pub code: u32,
    pub name: &'static str,
    pub lat_e5: i32,
    pub lon_e5: i32,
}

pub const BALLERUP: [Postcode; 3] = [
    Postcode { code: 2750, name: "Ballerup", lat_e5: 5_573_330, lon_e5: 1_235_660 },
    Postcode { code: 2740, name: "Skovlunde", lat_e5: 5_571_540, lon_e5: 1_239_890 },
    Postcode { code: 2760, name: "Måløv", lat_e5: 5_575_130, lon_e5: 1_231_970 },
];

pub const KOEGE: [Postcode; 6] = [
    Postcode { code: 4600, name: "Køge", lat_e5: 5_546_240, lon_e5: 1_216_960 },
    Postcode { code: 4623, name: "Lille Skensved", lat_e5: 5_549_750, lon_e5: 1_209_600 },
    Postcode { code: 4681, name: "Herfølge", lat_e5: 5_541_090, lon_e5: 1_214_140 },
    Postcode { code: 4632, name: "Bjæverskov", lat_e5: 5_545_710, lon_e5: 1_204_180 },
    Postcode { code: 4140, name: "Borup", lat_e5: 5_549_470, lon_e5: 1_198_090 },
    Postcode { code: 4682, name: "Tureby", lat_e5: 5_538_410, lon_e5: 1_208_210 },
];

/// How far homes lie from their postcode's centre at the most: about a kilometre each way.
const REACH_LAT_E5: i32 = 1_000;
const REACH_LON_E5: i32 = 1_800;

impl Postcode {
    pub(super) fn centre(self) -> Coordinates {
        degrees(self.lat_e5, self.lon_e5)
    }

    /// A place around the centre, more often near to it than far.
    pub(super) fn scatter(self, dice: &mut Dice) -> Coordinates {
        let mut off = |reach: i32| (dice.between(-reach, reach) + dice.between(-reach, reach)) / 2;
        let (lat, lon) = (off(REACH_LAT_E5), off(REACH_LON_E5));
        degrees(self.lat_e5 + lat, self.lon_e5 + lon)
    }
}

/// A postcode to live in: every other home is in the first, the main town.
pub(super) fn settle(postcodes: &[Postcode], dice: &mut Dice) -> Postcode {
    let weights: Vec<_> =
        postcodes.iter().enumerate().map(|(i, p)| (*p, if i == 0 { postcodes.len() } else { 1 })).collect();
    dice.weighted(&weights)
}

pub(super) fn degrees(lat_e5: i32, lon_e5: i32) -> Coordinates {
    Coordinates { lat: f64::from(lat_e5) / 1e5, lon: f64::from(lon_e5) / 1e5 }
}
