//! What varies between municipalities: the rules' numbers and the score's weights, from TOML.
//!
//! The quality standards that are built in stand in one TOML file each beside this module, every rule with its
//! source and every assumption marked as one. A week's `policy.toml` is laid over them; see [`parse()`].

mod layer;
mod parse;
mod reader;
mod write;

use std::collections::BTreeMap;

use crate::units::{Minutes, Points};

pub use parse::{PolicyFault, parse, parse_layers};

/// The policy of a week: what the built-in standards and the week's `policy.toml` say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Visits start on multiples of this, counted from midnight. At least one minute. (assumption)
    pub start_grid: Minutes,
    /// A carer is familiar who visited within so many days before Monday. (assumption)
    pub familiar_days: i64,
    pub pause: BreakPolicy,
    pub travel: TravelPolicy,
    pub weights: Weights,
    /// The municipalities with a table of their own, by name.
    pub municipalities: BTreeMap<String, MunicipalityPolicy>,
    /// What a municipality without a table gets: the built-in values of Ballerup.
    pub fallback: MunicipalityPolicy,
}

/// When a shift needs a break (H12). (assumption)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakPolicy {
    /// The length of the break; 0 switches it off.
    pub minutes: Minutes,
    /// The break lies within these times of day.
    pub from: Minutes,
    pub to: Minutes,
    /// Only shifts at least this long have a break.
    pub shift_minutes_min: Minutes,
}

/// How long a drive, ride or walk takes (model, section 4). (assumption)
#[derive(Clone, Debug, PartialEq)]
pub struct TravelPolicy {
    pub car_kmh: f64,
    pub bike_kmh: f64,
    pub walk_kmh: f64,
    /// The way on the ground over the way as the crow flies.
    pub detour: f64,
    pub overhead: Minutes,
}

/// The weights of the score, whole points each (model, sections 2 and 5). (assumption)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Per minute not delivered, by need.
    pub unmet_high: Points,
    pub unmet_medium: Points,
    pub unmet_low: Points,
    /// Added per minute not delivered at 52 weeks since the grant, proportionally less before.
    pub seniority: Points,
    /// Per visit by a carer who is not familiar to the client.
    pub new_carer: Points,
    /// Per further distinct carer of a grant within the week.
    pub extra_carer: Points,
    /// Per visit outside the preferred windows, where there are any.
    pub not_preferred: Points,
    /// Per minute of travel that the visits add.
    pub travel_minute: Points,
    /// Taken off per minute of booked home care done within a relief visit.
    pub absorbed_minute: Points,
    /// Per visit of the published roster that is not kept.
    pub changed: Points,
}

impl Weights {
    /// Nothing counts: what a question about something else than points begins with.
    pub const NOTHING: Weights = Weights {
        unmet_high: Points(0),
        unmet_medium: Points(0),
        unmet_low: Points(0),
        seniority: Points(0),
        new_carer: Points(0),
        extra_carer: Points(0),
        not_preferred: Points(0),
        travel_minute: Points(0),
        absorbed_minute: Points(0),
        changed: Points(0),
    };
}

/// One municipality's quality standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MunicipalityPolicy {
    pub weekly_minutes_max: Minutes,
    pub weekly_minutes_min: Minutes,
    /// Whether a `relief` grant beyond the standard is cut down to it; otherwise it is planned as granted, with a warning.
    pub cap_to_standard: bool,
    pub max_visits: u32,
    /// The weekdays of relief, Monday first.
    pub days: [bool; 7],
    pub day_from: Minutes,
    pub day_to: Minutes,
    /// At least one minute.
    pub visit_minutes_min: Minutes,
    /// At least one minute.
    pub visit_minutes_step: Minutes,
    /// At least 1.
    pub min_days_between: u32,
    /// Who may visit a client with complex needs.
    pub complex_qualifications: Vec<Qualification>,
    /// Who may do relief at all.
    pub relief_qualifications: Vec<Qualification>,
    pub requires_agreement: bool,
    pub requires_stay_tried: bool,
    pub municipal_only: bool,
    pub absorb_tasks: bool,
    pub adults_only: bool,
}

/// A carer's education, from none to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualification {
    Untrained,
    /// Social- og sundhedshjælper.
    Helper,
    /// Social- og sundhedsassistent.
    Assistant,
    /// Sygeplejerske.
    Nurse,
}

impl Policy {
    /// The standard that a municipality goes by.
    pub fn of(&self, municipality: &str) -> &MunicipalityPolicy {
        self.municipalities.get(municipality).unwrap_or(&self.fallback)
    }
}

impl Default for Policy {
    /// What the built-in files say where a week has no `policy.toml`.
    fn default() -> Self {
        parse("").expect("the built-in policies are valid; a test reads them")
    }
}
