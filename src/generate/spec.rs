//! What week to make up.

use super::dice::Percent;
use super::places::Postcode;
use crate::calendar::IsoWeek;
use crate::policy::{MunicipalityPolicy, Policy};
use crate::units::Day;

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
    pub visits: Visits,
    pub shares: Shares,
    /// What holds in all districts: start grid, break, travel, weights.
    pub policy: Policy,
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
    /// About a fifth.
    Sparse,
    /// About a third.
    Usual,
    /// Nearly a half: few gaps are long enough for relief.
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

/// Into how many visits grants may be spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visits {
    /// As each grant says.
    AsGranted,
    /// Every grant is one visit of exactly its minutes, or nothing.
    One,
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
