//! Where the districts of a municipality lie and where in them people live.
//!
//! Only the main town's place is known. The other towns are thrown onto a disc of the municipality's size around it;
//! they have no names of their own. The throws depend on the municipality alone: its map is the same in every week.

use super::dice::Dice;
use super::municipalities::Municipality;
use super::places::{BALLERUP, KOEGE, Postcode};

/// Towns of a district besides its centre.
const VILLAGES: usize = 5;
/// Places looked at for the centre of a further district.
const CANDIDATES: usize = 12;

/// A kilometre in hundred-thousandths of a degree; for longitude in the middle of the country, at 56° north.
const KM_LAT_E5: i32 = 899;
const KM_LON_E5: i32 = 1_608;

/// The towns of each district, its centre first.
pub(super) fn towns(municipality: &Municipality, districts: usize) -> Vec<Vec<Postcode>> {
    match (municipality.name, districts) {
        ("Ballerup", 1) => vec![BALLERUP.to_vec()],
        ("Køge", 1) => vec![KOEGE.to_vec()],
        _ => laid_out(municipality, districts),
    }
}

fn laid_out(municipality: &Municipality, districts: usize) -> Vec<Vec<Postcode>> {
    let mut dice = Dice::new(municipality.code.into(), 0);
    let radius = radius_m(municipality, districts);
    let around = |centre: Postcode, dice: &mut Dice| {
        let villages = (0..VILLAGES).map(|_| near(centre, radius, dice));
        [centre].into_iter().chain(villages).collect()
    };
    centres(municipality, districts, &mut dice).into_iter().map(|centre| around(centre, &mut dice)).collect()
}

/// The main town, then each time the place that lies farthest from those before, of some that are thrown
/// (Mitchell, *Spectrally optimal sampling for distribution ray tracing*, 1991, section 3).
fn centres(municipality: &Municipality, districts: usize, dice: &mut Dice) -> Vec<Postcode> {
    let mut centres = vec![municipality.main_town];
    while centres.len() < districts {
        let candidates: Vec<Postcode> =
            (0..CANDIDATES).map(|_| near(municipality.main_town, radius_m(municipality, 1), dice)).collect();
        let room = |place: &Postcode| centres.iter().map(|centre| apart(*centre, *place)).min();
        centres.extend(candidates.into_iter().max_by_key(room));
    }
    centres
}

/// The radius in metres of a disc as large as so many parts of the municipality each are.
fn radius_m(municipality: &Municipality, parts: usize) -> i32 {
    let m2 = u64::from(municipality.km2) * 1_000_000 / parts as u64;
    i32::try_from((m2 * 113 / 355).isqrt()).expect("no municipality is that large")
}

/// A place within so many metres of another.
fn near(centre: Postcode, metres: i32, dice: &mut Dice) -> Postcode {
    loop {
        let (north, east) = (dice.between(-metres, metres), dice.between(-metres, metres));
        if i64::from(north).pow(2) + i64::from(east).pow(2) <= i64::from(metres).pow(2) {
            let (lat_e5, lon_e5) =
                (centre.lat_e5 + north * KM_LAT_E5 / 1_000, centre.lon_e5 + east * KM_LON_E5 / 1_000);
            return Postcode { lat_e5, lon_e5, ..centre };
        }
    }
}

/// The square of the distance, in hundredths of a kilometre.
fn apart(a: Postcode, b: Postcode) -> i64 {
    let north = i64::from(a.lat_e5 - b.lat_e5) * 100 / i64::from(KM_LAT_E5);
    let east = i64::from(a.lon_e5 - b.lon_e5) * 100 / i64::from(KM_LON_E5);
    north.pow(2) + east.pow(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_districts_of_a_city_lie_apart_within_it() {
        let aarhus = Municipality::named("Aarhus").expect("a city");
        let districts = towns(aarhus, 10);
        let centres: Vec<Postcode> = districts.iter().map(|towns| towns[0]).collect();
        assert_eq!(centres[0], aarhus.main_town);
        for (i, a) in centres.iter().enumerate() {
            assert!(apart(*a, aarhus.main_town) <= 1_230_i64.pow(2), "468 km² have a radius of 12.2 km");
            assert!(centres[..i].iter().all(|b| apart(*a, *b) > 200_i64.pow(2)), "two kilometres");
        }
    }

    #[test]
    fn ballerup_and_koege_have_their_own_postcodes() {
        let of = |name| towns(Municipality::named(name).expect("a municipality"), 1).concat();
        assert_eq!((of("Ballerup"), of("Køge")), (BALLERUP.to_vec(), KOEGE.to_vec()));
    }
}
