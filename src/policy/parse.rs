//! Reads policy TOML over the built-in standards.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::layer::{self, Layer, MUNICIPALITY, Section, Setting, Value, joined};
use super::{BreakPolicy, MunicipalityPolicy, Policy, Qualification, TravelPolicy, Weights};
use crate::coded::{Coded, WEEKDAYS};
use crate::diagnostic::{Fault, Text, codes};
use crate::units::{DAY, Minutes, Points, parse_clock};

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

/// Minutes in a policy go up to this, so that sums of them fit.
const MINUTES_MAX: i64 = 1_000_000;
const WEIGHT_MAX: i64 = 1_000_000;
const DAYS_MAX: i64 = 100_000;
const VISITS_MAX: i64 = 1_000;

/// The built-in standards, one file each.
static BUILT_IN: LazyLock<Layer> = LazyLock::new(|| {
    let (mut built_in, _) = layer::read(include_str!("defaults.toml"));
    let (ballerup, _) = layer::read(include_str!("ballerup.toml"));
    let (koege, _) = layer::read(include_str!("koege.toml"));
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
    let (week, mut faults) = layer::read(toml.strip_prefix('\u{feff}').unwrap_or(toml));
    let (settings, unknown) = over_built_in(week);
    faults.extend(unknown);
    let policy = typed(&settings, &mut faults);
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(policy) } else { Err(faults) }
}

fn over_built_in(week: Layer) -> (Layer, Vec<PolicyFault>) {
    let mut settings = BUILT_IN.clone();
    let mut faults = Vec::new();
    for (name, section) in week.sections {
        match settings.sections.get_mut(&name) {
            Some(lower) => faults.extend(layer::lay_over(lower, section, &name)),
            None => {
                let known = BUILT_IN.sections.keys().map(String::as_str).chain([MUNICIPALITY]);
                faults.push(layer::unknown_key(&name, &name, known, section.line));
            }
        }
    }
    for (name, section) in week.municipalities {
        let fallback = &BUILT_IN.municipalities[FALLBACK];
        let lower = settings.municipalities.entry(name.clone()).or_insert_with(|| fallback.clone());
        faults.extend(layer::lay_over(lower, section, &joined(MUNICIPALITY, &name)));
    }
    (settings, faults)
}

fn typed(settings: &Layer, faults: &mut Vec<PolicyFault>) -> Policy {
    let reader = |name: &str| Reader::new(&settings.sections[name], name, Vec::new());
    let (mut top, mut pause, mut travel, mut weights) =
        (reader(""), reader("break"), reader("travel"), reader("weights"));
    let policy = Policy {
        start_grid: top.minutes("start_grid_minutes", 1),
        familiar_days: top.whole("familiar_days", 0..=DAYS_MAX),
        pause: break_policy(&mut pause),
        travel: travel_policy(&mut travel),
        weights: weights_of(&mut weights),
        municipalities: municipalities(&settings.municipalities, faults),
        fallback: municipality(&mut Reader::new(&BUILT_IN.municipalities[FALLBACK], "", Vec::new())),
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
        let mut reader = Reader::new(section, &joined(MUNICIPALITY, name), Vec::new());
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

/// Typed access to a section in which the built-in files give every key; faults gather beside it.
struct Reader<'s> {
    section: &'s Section,
    path: String,
    faults: Vec<PolicyFault>,
}

impl<'s> Reader<'s> {
    fn new(section: &'s Section, path: &str, faults: Vec<PolicyFault>) -> Self {
        Reader { section, path: path.to_owned(), faults }
    }

    fn setting(&self, key: &str) -> &'s Setting {
        self.section.settings.get(key).expect("the built-in policies give every key; a test reads them")
    }

    fn refuse(&mut self, key: &str, fault: Fault) {
        let setting = self.setting(key);
        let mut fault = PolicyFault::new(fault, &joined(&self.path, key), Some(setting.line));
        fault.value = Some(setting.spelt.clone());
        self.faults.push(fault);
    }

    fn whole(&mut self, key: &str, range: RangeInclusive<i64>) -> i64 {
        match self.setting(key).value {
            Value::Whole(n) if range.contains(&n) => return n,
            Value::Whole(_) => {
                let (least, most) = (range.start(), range.end());
                self.refuse(key, bad_value([&format!("fra {least} til {most}"), &format!("from {least} to {most}")]));
            }
            _ => self.refuse(key, wrong_type("et helt tal", "a whole number", "30")),
        }
        *range.start()
    }

    fn minutes(&mut self, key: &str, least: i64) -> Minutes {
        Minutes(i32::try_from(self.whole(key, least..=MINUTES_MAX)).expect("in range"))
    }

    fn points(&mut self, key: &str) -> Points {
        Points(self.whole(key, 0..=WEIGHT_MAX))
    }

    fn count(&mut self, key: &str, range: RangeInclusive<i64>) -> u32 {
        u32::try_from(self.whole(key, range)).expect("in range")
    }

    fn flag(&mut self, key: &str) -> bool {
        if let Value::Flag(flag) = self.setting(key).value {
            return flag;
        }
        self.refuse(key, wrong_type("sandt eller falsk", "true or false", "true"));
        false
    }

    fn speed(&mut self, key: &str) -> f64 {
        self.number(key, |speed| speed > 0.0, ["større end 0", "greater than 0"]).unwrap_or(1.0)
    }

    fn factor(&mut self, key: &str) -> f64 {
        self.number(key, |factor| factor >= 0.0, ["mindst 0", "at least 0"]).unwrap_or(1.0)
    }

    fn number(&mut self, key: &str, allowed: fn(f64) -> bool, range: [&str; 2]) -> Option<f64> {
        let number = match self.setting(key).value {
            Value::Whole(n) => n as f64,
            Value::Decimal(n) => n,
            _ => {
                self.refuse(key, wrong_type("et tal", "a number", "35"));
                return None;
            }
        };
        let right = number.is_finite() && allowed(number);
        if !right {
            self.refuse(key, bad_value(range));
        }
        right.then_some(number)
    }

    fn times(&mut self, from: &str, to: &str) -> (Minutes, Minutes) {
        let (Some(start), Some(end)) = (self.time(from), self.time(to)) else { return (Minutes(0), DAY) };
        if end <= start {
            // The default may be the other half: the line that the week wrote is the one to show.
            let written = if self.setting(from).line > self.setting(to).line { from } else { to };
            self.refuse(written, reversed(from, to));
        }
        (start, end)
    }

    fn time(&mut self, key: &str) -> Option<Minutes> {
        let time = match &self.setting(key).value {
            Value::Text(text) => parse_clock(text),
            _ => None,
        };
        if time.is_none() {
            self.refuse(key, wrong_type("et klokkeslæt i anførselstegn", "a time of day in quotes", "\"08:30\""));
        }
        time
    }

    fn days(&mut self, key: &str) -> [bool; 7] {
        let named = self.words(key, &WEEKDAYS);
        let mut days = [false; 7];
        for (day, name) in days.iter_mut().zip(WEEKDAYS) {
            *day = named.iter().any(|n| n == name);
        }
        days
    }

    fn qualifications(&mut self, key: &str) -> Vec<Qualification> {
        let known: Vec<&str> = Qualification::CODES.iter().map(|(code, _)| *code).collect();
        self.words(key, &known).iter().filter_map(|code| Qualification::from_code(code)).collect()
    }

    /// A list in which each entry is one of the known words.
    fn words(&mut self, key: &str, known: &[&str]) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::Text(text) if known.contains(&text.as_str()) => Some(text.clone()),
            _ => None,
        };
        let words = match &self.setting(key).value {
            Value::List(items) => items.iter().map(text).collect::<Option<Vec<String>>>(),
            _ => None,
        };
        words.unwrap_or_else(|| {
            let list = known.join(", ");
            let (da, en) = (format!("en liste af ord blandt {list}"), format!("a list of words out of {list}"));
            self.refuse(key, wrong_type(&da, &en, &format!("[\"{}\"]", known[0])));
            Vec::new()
        })
    }
}

fn wrong_type(danish: &str, english: &str, example: &str) -> Fault {
    Fault::new(
        codes::BAD_POLICY_TYPE,
        [&format!("her skal stå {danish}"), &format!("expected {english}")],
        [&format!("Skriv det som {example}"), &format!("Write it like {example}")],
    )
}

fn bad_value(range: [&str; 2]) -> Fault {
    Fault::new(
        codes::BAD_POLICY_VALUE,
        [&format!("tallet skal være {}", range[0]), &format!("the number must be {}", range[1])],
        [
            "Ret tallet, eller slet linjen, så standardværdien gælder",
            "Mend the number, or delete the line to get the default",
        ],
    )
}

fn reversed(from: &str, to: &str) -> Fault {
    Fault::new(
        codes::POLICY_TIMES_REVERSED,
        [&format!("`{to}` er ikke senere end `{from}`"), &format!("`{to}` is not later than `{from}`")],
        [&format!("Lad `{to}` være senere end `{from}`"), &format!("Make `{to}` later than `{from}`")],
    )
}
