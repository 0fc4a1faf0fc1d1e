//! What week to make up.

use super::dice::Percent;
use super::places::{BALLERUP, KOEGE, Postcode};
use crate::calendar::IsoWeek;
use crate::policy::{MunicipalityPolicy, Policy};
use crate::units::{Day, Minutes};

/// What week to make up. Same spec, same week, on every machine.
///
/// The presets fill every field in; change what matters: `Spec { pins: 8, ..Spec::ballerup(60, 1) }`.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its public holidays come with it: `2026-W14` has Maundy Thursday and Good Friday.
    pub week: IsoWeek,
    pub seed: u64,
    pub districts: Vec<District>,
    pub bookings: Bookings,
    pub capacity: Capacity,
    pub caps: Caps,
    /// How many visits the planner has fixed.
    pub pins: usize,
    /// How many pairs of places `travel.csv` has minutes for.
    pub travel_overrides: usize,
    pub closing: Closing,
    pub names: Names,
    pub services: Services,
    pub shares: Shares,
}

/// A municipality, or a part of one that shares nothing with the others.
#[derive(Clone, Debug)]
pub struct District {
    /// What its ids start with, such as `BA`.
    pub prefix: String,
    /// Without spaces: `providers.csv` lists municipalities with a space between.
    pub municipality: String,
    pub standard: Standard,
    /// Where people live; home care starts from the first.
    pub postcodes: Vec<Postcode>,
    pub clients: usize,
    /// As the capacity says where it is not given.
    pub carers: Option<usize>,
    /// The units of the municipality's own home care, each a provider of its own; at least one.
    pub teams: usize,
    pub private_providers: usize,
}

/// The quality standard that a district goes by.
#[derive(Clone, Debug)]
pub enum Standard {
    Ballerup,
    Koege,
    Own(Box<MunicipalityPolicy>),
}

/// How much of the shifts is already planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bookings {
    None,
    /// About a quarter.
    Sparse,
    /// About a half.
    Dense,
}

/// How many clients a carer has, where a district does not say how many carers it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Seven clients a carer: hours stay undelivered.
    Tight,
    /// Four.
    Usual,
    /// Three.
    Loose,
}

/// How far relief minutes are capped, per carer and per private provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caps {
    None,
    /// Some carers, at ten or fifteen hours: they rarely bind.
    Usual,
    /// Most carers at a few hours, and the private providers at half of what their clients are due.
    Tight,
}

/// The days on which the municipalities give no relief, besides public holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    None,
    /// 1 May, 5 June, 24 and 31 December, where the week has them.
    Customary,
    On(Vec<Day>),
}

/// Whether people have names and addresses; invented ones, of course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Invented,
    None,
}

/// How many grants of a hundred are for each service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Services {
    pub relief: usize,
    pub urgent_relief: usize,
    pub practical_relief: usize,
}

/// How often what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Clients who have home care already: somebody from the same place comes.
    pub home_care: Percent,
    /// Of the others, those whose family has chosen a provider; the rest is open to all.
    pub chosen: Percent,
    pub complex_needs: Percent,
    pub avoiding: Percent,
    pub not_adult: Percent,
    pub clients_away: Percent,
    pub staff_away: Percent,
    /// Clients with a further grant of another service.
    pub second_grant: Percent,
    /// Of the grants of two visits, those with exact lengths.
    pub split: Percent,
    /// Grants beyond the standard.
    pub beyond_standard: Percent,
    /// Where a stay outside the home must have been tried: those where it was not.
    pub stay_not_tried: Percent,
    /// Where relief needs an agreement: the grants that still lack one.
    pub not_agreed: Percent,
    /// Elsewhere: the grants with windows that are possible.
    pub possible: Percent,
    /// Elsewhere: the grants with a window that is preferred.
    pub preferred: Percent,
    /// Grants with a window that is impossible.
    pub impossible: Percent,
    /// Carers with a short shift in the evening besides.
    pub evenings: Percent,
    /// Carers who work at the weekend too.
    pub weekends: Percent,
}

impl Default for Services {
    fn default() -> Self {
        Services { relief: 87, urgent_relief: 4, practical_relief: 9 }
    }
}

impl Default for Shares {
    fn default() -> Self {
        Shares {
            home_care: Percent(72),
            chosen: Percent(70),
            complex_needs: Percent(20),
            avoiding: Percent(7),
            not_adult: Percent(1),
            clients_away: Percent(22),
            staff_away: Percent(8),
            second_grant: Percent(6),
            split: Percent(18),
            beyond_standard: Percent(2),
            stay_not_tried: Percent(6),
            not_agreed: Percent(8),
            possible: Percent(72),
            preferred: Percent(36),
            impossible: Percent(5),
            evenings: Percent(12),
            weekends: Percent(10),
        }
    }
}

impl Spec {
    /// The usual week of these districts: sparse bookings, a carer to four clients, no pins.
    pub fn new(week: IsoWeek, seed: u64, districts: Vec<District>) -> Self {
        Spec {
            week,
            seed,
            districts,
            bookings: Bookings::Sparse,
            capacity: Capacity::Usual,
            caps: Caps::Usual,
            pins: 0,
            travel_overrides: 0,
            closing: Closing::Customary,
            names: Names::Invented,
            services: Services::default(),
            shares: Shares::default(),
        }
    }

    /// Ballerup's standard in an ordinary week.
    pub fn ballerup(clients: usize, seed: u64) -> Self {
        Spec::new(week(2026, 48), seed, vec![District::ballerup(clients)])
    }

    /// Køge's standard in the week before Easter: Thursday and Friday are holidays.
    pub fn koege(clients: usize, seed: u64) -> Self {
        Spec::new(week(2026, 14), seed, vec![District::koege(clients)])
    }

    /// A district of each standard that is built in and one of its own, in the week that reaches into 2027.
    pub fn three_standards(clients: usize, seed: u64) -> Self {
        let each = clients / 3;
        let districts = vec![
            District::ballerup(clients - 2 * each),
            District::koege(each),
            District::with_standard("Åbjerg", "AA", long_days()).of_size(each),
        ];
        Spec::new(week(2026, 53), seed, districts)
    }

    /// A city: districts of Ballerup's and Køge's standard in turn, with a team for every 250 clients.
    pub fn city(clients: usize, districts: usize, seed: u64) -> Self {
        let size = |i: usize| clients * (i + 1) / districts - clients * i / districts;
        let district = |i: usize| {
            let one = if i % 2 == 0 { District::ballerup(size(i)) } else { District::koege(size(i)) };
            District { teams: (size(i) / 250).max(1), ..one.numbered(i + 1) }
        };
        Spec::new(week(2026, 48), seed, (0..districts).map(district).collect())
    }

    /// The sample week: Ballerup and Køge, densely booked, with pins and absences; some hours stay undelivered.
    pub fn sample() -> Self {
        let districts = vec![District::ballerup(70), District::koege(50)];
        let week = Spec::new(week(2026, 48), 2026, districts);
        Spec { bookings: Bookings::Dense, pins: 6, travel_overrides: 3, ..week }
    }
}

impl District {
    /// Ballerup: the municipality's home care and two private providers.
    pub fn ballerup(clients: usize) -> Self {
        District {
            prefix: "BA".into(),
            municipality: "Ballerup".into(),
            standard: Standard::Ballerup,
            postcodes: BALLERUP.to_vec(),
            clients,
            carers: None,
            teams: 1,
            private_providers: 2,
        }
    }

    /// Køge: the municipality's home care alone.
    pub fn koege(clients: usize) -> Self {
        District {
            prefix: "KO".into(),
            municipality: "Køge".into(),
            standard: Standard::Koege,
            postcodes: KOEGE.to_vec(),
            private_providers: 0,
            ..District::ballerup(clients)
        }
    }

    /// A municipality with a standard of its own, on Ballerup's map; still without clients.
    pub fn with_standard(municipality: &str, prefix: &str, standard: MunicipalityPolicy) -> Self {
        District {
            prefix: prefix.into(),
            municipality: municipality.into(),
            standard: Standard::Own(Box::new(standard)),
            ..District::ballerup(0)
        }
    }

    /// The same with so many clients.
    pub fn of_size(self, clients: usize) -> Self {
        District { clients, ..self }
    }

    /// The same as one of several: `BA2` in `Ballerup2`, with the standard kept.
    pub fn numbered(self, number: usize) -> Self {
        District {
            prefix: format!("{}{number}", self.prefix),
            municipality: format!("{}{number}", self.municipality),
            ..self
        }
    }

    /// The rules of its standard.
    pub(super) fn rules(&self, built_in: &Policy) -> MunicipalityPolicy {
        match &self.standard {
            Standard::Ballerup => built_in.of("Ballerup").clone(),
            Standard::Koege => built_in.of("Køge").clone(),
            Standard::Own(rules) => (**rules).clone(),
        }
    }
}

/// Up to three hours on any day from 8 to 22, as Hvidovre has it, and a grant is cut down to that.
pub fn long_days() -> MunicipalityPolicy {
    MunicipalityPolicy {
        days: [true; 7],
        day_to: Minutes(22 * 60),
        max_visits: 3,
        min_days_between: 2,
        cap_to_standard: true,
        ..Policy::default().of("Ballerup").clone()
    }
}

fn week(year: i32, number: u32) -> IsoWeek {
    IsoWeek::new(year, number).expect("the presets name weeks that exist")
}
