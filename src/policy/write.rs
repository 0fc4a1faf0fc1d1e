//! Writes a policy as TOML: only what differs from the built-in standards.

use std::fmt::Write;

use super::{BreakPolicy, MunicipalityPolicy, Policy, Qualification, TravelPolicy, Weights};
use crate::coded::{Coded, WEEKDAYS};
use crate::units::clock;

type Entry = (&'static str, String);

impl Policy {
    /// The text that [`parse()`](super::parse()) reads back as this policy; empty for the built-in one.
    pub fn to_toml(&self) -> String {
        let built_in = Policy::default();
        let mut text = String::new();
        write_section(&mut text, "", &differing(top(self), &top(&built_in)));
        write_section(&mut text, "[break]", &differing(pause(&self.pause), &pause(&built_in.pause)));
        write_section(&mut text, "[travel]", &differing(travel(&self.travel), &travel(&built_in.travel)));
        write_section(&mut text, "[weights]", &differing(weights(&self.weights), &weights(&built_in.weights)));
        for (name, standard) in &self.municipalities {
            let header = format!("[municipality.{}]", quoted(name));
            let changes = differing(municipality(standard), &municipality(built_in.of(name)));
            if changes.is_empty() && !built_in.municipalities.contains_key(name) {
                text.push_str(&format!("{header}\n"));
            }
            write_section(&mut text, &header, &changes);
        }
        text
    }
}

fn differing(entries: Vec<Entry>, built_in: &[Entry]) -> Vec<Entry> {
    entries.into_iter().filter(|entry| !built_in.contains(entry)).collect()
}

fn write_section(text: &mut String, header: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    if !header.is_empty() {
        text.push_str(&format!("{header}\n"));
    }
    for (key, value) in entries {
        writeln!(text, "{key} = {value}").expect("a String takes any text");
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", words.map(quoted).collect::<Vec<_>>().join(", "))
}

fn top(policy: &Policy) -> Vec<Entry> {
    vec![("start_grid_minutes", policy.start_grid.to_string()), ("familiar_days", policy.familiar_days.to_string())]
}

fn pause(pause: &BreakPolicy) -> Vec<Entry> {
    vec![
        ("minutes", pause.minutes.to_string()),
        ("from", quoted(&clock(pause.from))),
        ("to", quoted(&clock(pause.to))),
        ("shift_minutes_min", pause.shift_minutes_min.to_string()),
    ]
}

fn travel(travel: &TravelPolicy) -> Vec<Entry> {
    vec![
        ("car_kmh", format!("{:?}", travel.car_kmh)),
        ("bike_kmh", format!("{:?}", travel.bike_kmh)),
        ("walk_kmh", format!("{:?}", travel.walk_kmh)),
        ("detour", format!("{:?}", travel.detour)),
        ("overhead_minutes", travel.overhead.to_string()),
    ]
}

fn weights(weights: &Weights) -> Vec<Entry> {
    vec![
        ("unmet_high", weights.unmet_high.to_string()),
        ("unmet_medium", weights.unmet_medium.to_string()),
        ("unmet_low", weights.unmet_low.to_string()),
        ("seniority", weights.seniority.to_string()),
        ("new_carer", weights.new_carer.to_string()),
        ("extra_carer", weights.extra_carer.to_string()),
        ("not_preferred", weights.not_preferred.to_string()),
        ("travel_minute", weights.travel_minute.to_string()),
        ("absorbed_minute", weights.absorbed_minute.to_string()),
        ("changed", weights.changed.to_string()),
    ]
}

fn municipality(standard: &MunicipalityPolicy) -> Vec<Entry> {
    vec![
        ("weekly_minutes_max", standard.weekly_minutes_max.to_string()),
        ("weekly_minutes_min", standard.weekly_minutes_min.to_string()),
        ("cap_to_standard", standard.cap_to_standard.to_string()),
        ("max_visits", standard.max_visits.to_string()),
        ("days", list(WEEKDAYS.into_iter().zip(standard.days).filter(|(_, open)| *open).map(|(day, _)| day))),
        ("day_from", quoted(&clock(standard.day_from))),
        ("day_to", quoted(&clock(standard.day_to))),
        ("visit_minutes_min", standard.visit_minutes_min.to_string()),
        ("visit_minutes_step", standard.visit_minutes_step.to_string()),
        ("min_days_between", standard.min_days_between.to_string()),
        ("complex_qualifications", qualifications(&standard.complex_qualifications)),
        ("relief_qualifications", qualifications(&standard.relief_qualifications)),
        ("requires_agreement", standard.requires_agreement.to_string()),
        ("requires_stay_tried", standard.requires_stay_tried.to_string()),
        ("municipal_only", standard.municipal_only.to_string()),
        ("absorb_tasks", standard.absorb_tasks.to_string()),
        ("adults_only", standard.adults_only.to_string()),
    ]
}

fn qualifications(those: &[Qualification]) -> String {
    list(those.iter().map(|q| q.code()))
}
