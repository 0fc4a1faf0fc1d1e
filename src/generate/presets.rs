//! Specs ready to use: each standard, all of them, a city and the sample week.

use super::dice::Percent;
use super::places::{BALLERUP, KOEGE};
use super::spec::{Bookings, Capacity, Caps, Closing, District, Names, Services, Shares, Spec, Standard, Visits};
use crate::calendar::IsoWeek;
use crate::policy::{MunicipalityPolicy, Policy};
use crate::units::Minutes;

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
            visits: Visits::AsGranted,
            shares: Shares::default(),
            policy: Policy::default(),
        }
    }

    /// The same districts with only what general routing solvers can say: one visit a grant, by carers of one
    /// provider, without bookings, breaks and absences, on every minute. Carers are few, so that the solvers have to
    /// choose.
    pub fn race(self) -> Self {
        let none = Percent(0);
        let mut policy = self.policy;
        (policy.start_grid, policy.pause.minutes) = (Minutes(1), Minutes(0));
        Spec {
            bookings: Bookings::None,
            capacity: Capacity::Tight,
            caps: Caps::None,
            pins: 0,
            travel_overrides: 0,
            closing: Closing::None,
            services: Services { relief: 100, urgent_relief: 0, practical_relief: 0 },
            visits: Visits::One,
            shares: Shares {
                chosen: Percent(100),
                not_adult: none,
                clients_away: none,
                staff_away: none,
                second_grant: none,
                impossible: none,
                evenings: none,
                weekends: none,
                ..self.shares
            },
            policy,
            ..self
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
            let one = if i.is_multiple_of(2) { District::ballerup(size(i)) } else { District::koege(size(i)) };
            District { teams: (size(i) / 250).max(1), ..one.numbered(i + 1) }
        };
        Spec::new(week(2026, 48), seed, (0..districts).map(district).collect())
    }

    /// The sample week: Ballerup and Køge, with pins and absences; some hours stay undelivered.
    pub fn sample() -> Self {
        let districts = vec![District::ballerup(70), District::koege(50)];
        let week = Spec::new(week(2026, 48), 2029, districts);
        Spec { bookings: Bookings::Usual, pins: 6, travel_overrides: 3, ..week }
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
