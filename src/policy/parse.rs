//! Reads policy TOML over the built-in standards.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::layer::{self, Layer, MUNICIPALITY, Section, joined};
use super::reader::{DAYS_MAX, Reader, VISITS_MAX};
use super::{BreakPolicy, MunicipalityPolicy, Policy, TravelPolicy, Weights};
use crate::diagnostic::{Fault, Text};

/// One fault of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// A diagnostic's code, such as `unknown-policy-key`.
    pub code: &'static str,
    /// The line in the file, where it is known.
    pub line: Option<u64>,
    /// The key's path, such as `municipality.Ballerup.day_from`; empty where the file's syntax is at fault.
    pub key: String,
    pub value: Option<String>,
    pub problem: Text,
    pub cure: Text,
}

impl PolicyFault {
    pub(super) fn new(fault: Fault, key: &str, line: Option<u64>) -> Self {
        PolicyFault {
            code: fault.code,
            line,
            key: key.to_owned(),
            value: None,
            problem: fault.problem,
            cure: fault.cure,
        }
    }
}

/// The municipality whose built-in values everybody without a standard of their own gets.
pub(super) const FALLBACK: &str = "Ballerup";

/// The built-in standards, one file each.
static BUILT_IN: LazyLock<Layer> = LazyLock::new(|| {
    let mut built_in = layer::built_in(include_str!("defaults.toml"));
    let ballerup = layer::built_in(include_str!("ballerup.toml"));
    let koege = layer::built_in(include_str!("koege.toml"));
    let base = ballerup.municipalities[FALLBACK].clone();
    built_in.municipalities = ballerup.municipalities;
    for (name, table) in koege.municipalities {
        let mut whole = base.clone();
        whole.settings.extend(table.settings);
        built_in.municipalities.insert(name, whole);
    }
    built_in
});

/// The policy that the built-in standards and `toml` laid over them make.
///
/// A municipality's table leaves out what is as built in for it, or, where nothing is, for Ballerup.
///
/// # Errors
/// Every fault of the text at once.
pub fn parse(toml: &str) -> Result<Policy, Vec<PolicyFault>> {
    parse_layers(&[toml])
}

/// The policy of several texts, each laid over those before it and the first over the built-in standards.
///
/// # Errors
/// Every fault of all texts at once.
pub fn parse_layers(texts: &[&str]) -> Result<Policy, Vec<PolicyFault>> {
    let (mut settings, mut faults) = (BUILT_IN.clone(), Vec::new());
    for toml in texts {
        let toml = layer::quote_names(toml.strip_prefix('\u{feff}').unwrap_or(toml));
        let (upper, unreadable) = layer::read(&toml);
        faults.extend(unreadable);
        faults.extend(lay_over_all(&mut settings, upper));
    }
    let policy = typed(&settings, &mut faults);
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(policy) } else { Err(faults) }
}

fn lay_over_all(settings: &mut Layer, upper: Layer) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    for (name, section) in upper.sections {
        match settings.sections.get_mut(&name) {
            Some(lower) => faults.extend(layer::lay_over(lower, section, &name)),
            None => {
                let known = BUILT_IN.sections.keys().map(String::as_str).chain([MUNICIPALITY]);
                faults.push(layer::unknown_key(&name, &name, known, section.line));
            }
        }
    }
    for (name, section) in upper.municipalities {
        let fallback = &BUILT_IN.municipalities[FALLBACK];
        let lower = settings.municipalities.entry(name.clone()).or_insert_with(|| fallback.clone());
        faults.extend(layer::lay_over(lower, section, &joined(MUNICIPALITY, &name)));
    }
    faults
}

fn typed(settings: &Layer, faults: &mut Vec<PolicyFault>) -> Policy {
    let reader = |name: &str| Reader::new(&settings.sections[name], name);
    let (mut top, mut pause, mut travel, mut weights) =
        (reader(""), reader("break"), reader("travel"), reader("weights"));
    let policy = Policy {
        start_grid: top.minutes("start_grid_minutes", 1),
        familiar_days: top.whole("familiar_days", 0..=DAYS_MAX),
        pause: break_policy(&mut pause),
        travel: travel_policy(&mut travel),
        weights: weights_of(&mut weights),
        municipalities: municipalities(&settings.municipalities, faults),
        fallback: municipality(&mut Reader::new(&BUILT_IN.municipalities[FALLBACK], "")),
    };
    faults.extend([top, pause, travel, weights].into_iter().flat_map(|r| r.faults));
    policy
}

fn municipalities(
    sections: &BTreeMap<String, Section>,
    faults: &mut Vec<PolicyFault>,
) -> BTreeMap<String, MunicipalityPolicy> {
    let mut policies = BTreeMap::new();
    for (name, section) in sections {
        let mut reader = Reader::new(section, &joined(MUNICIPALITY, name));
        policies.insert(name.clone(), municipality(&mut reader));
        faults.append(&mut reader.faults);
    }
    policies
}

fn break_policy(reader: &mut Reader<'_>) -> BreakPolicy {
    let (from, to) = reader.times("from", "to");
    BreakPolicy {
        minutes: reader.minutes("minutes", 0),
        from,
        to,
        shift_minutes_min: reader.minutes("shift_minutes_min", 0),
    }
}

fn travel_policy(reader: &mut Reader<'_>) -> TravelPolicy {
    TravelPolicy {
        car_kmh: reader.speed("car_kmh"),
        bike_kmh: reader.speed("bike_kmh"),
        walk_kmh: reader.speed("walk_kmh"),
        detour: reader.factor("detour"),
        overhead: reader.minutes("overhead_minutes", 0),
    }
}

fn weights_of(reader: &mut Reader<'_>) -> Weights {
    Weights {
        unmet_high: reader.points("unmet_high"),
        unmet_medium: reader.points("unmet_medium"),
        unmet_low: reader.points("unmet_low"),
        seniority: reader.points("seniority"),
        new_carer: reader.points("new_carer"),
        extra_carer: reader.points("extra_carer"),
        not_preferred: reader.points("not_preferred"),
        travel_minute: reader.points("travel_minute"),
        absorbed_minute: reader.points("absorbed_minute"),
        changed: reader.points("changed"),
    }
}

fn municipality(reader: &mut Reader<'_>) -> MunicipalityPolicy {
    let (day_from, day_to) = reader.times("day_from", "day_to");
    MunicipalityPolicy {
        weekly_minutes_max: reader.minutes("weekly_minutes_max", 0),
        weekly_minutes_min: reader.minutes("weekly_minutes_min", 0),
        cap_to_standard: reader.flag("cap_to_standard"),
        max_visits: reader.count("max_visits", 0..=VISITS_MAX),
        days: reader.days("days"),
        day_from,
        day_to,
        visit_minutes_min: reader.minutes("visit_minutes_min", 1),
        visit_minutes_step: reader.minutes("visit_minutes_step", 1),
        min_days_between: reader.count("min_days_between", 1..=DAYS_MAX),
        complex_qualifications: reader.qualifications("complex_qualifications"),
        relief_qualifications: reader.qualifications("relief_qualifications"),
        requires_agreement: reader.flag("requires_agreement"),
        requires_stay_tried: reader.flag("requires_stay_tried"),
        municipal_only: reader.flag("municipal_only"),
        absorb_tasks: reader.flag("absorb_tasks"),
        adults_only: reader.flag("adults_only"),
    }
}
