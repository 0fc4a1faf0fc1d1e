//! Typed access to the settings of one table.

use std::ops::RangeInclusive;

use super::Qualification;
use super::layer::{Section, Setting, Value, joined};
use super::parse::PolicyFault;
use crate::coded::{Coded, WEEKDAYS};
use crate::diagnostic::{Fault, codes};
use crate::units::{DAY, Minutes, Points, parse_clock};

/// Minutes in a policy go up to this, so that sums of them fit.
const MINUTES_MAX: i64 = 1_000_000;
/// A weight of this on every minute of a large city still fits into the solver's whole millionths of a point.
const WEIGHT_MAX: i64 = 10_000;
pub(super) const DAYS_MAX: i64 = 100_000;
pub(super) const VISITS_MAX: i64 = 1_000;

/// Typed access to a section in which the built-in files give every key; faults gather beside it.
pub(super) struct Reader<'s> {
    section: &'s Section,
    path: String,
    pub faults: Vec<PolicyFault>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(section: &'s Section, path: &str) -> Self {
        Reader { section, path: path.to_owned(), faults: Vec::new() }
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

    pub(super) fn whole(&mut self, key: &str, range: RangeInclusive<i64>) -> i64 {
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

    pub(super) fn minutes(&mut self, key: &str, least: i64) -> Minutes {
        Minutes(i32::try_from(self.whole(key, least..=MINUTES_MAX)).expect("in range"))
    }

    pub(super) fn points(&mut self, key: &str) -> Points {
        Points(self.whole(key, 0..=WEIGHT_MAX))
    }

    pub(super) fn count(&mut self, key: &str, range: RangeInclusive<i64>) -> u32 {
        u32::try_from(self.whole(key, range)).expect("in range")
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        if let Value::Flag(flag) = self.setting(key).value {
            return flag;
        }
        self.refuse(key, wrong_type("true eller false", "true or false", "true"));
        false
    }

    pub(super) fn speed(&mut self, key: &str) -> f64 {
        self.number(key, |speed| speed > 0.0, ["større end 0", "greater than 0"]).unwrap_or(1.0)
    }

    pub(super) fn factor(&mut self, key: &str) -> f64 {
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

    pub(super) fn times(&mut self, from: &str, to: &str) -> (Minutes, Minutes) {
        let (Some(start), Some(end)) = (self.time(from), self.time(to)) else { return (Minutes(0), DAY) };
        if end <= start {
            // One of them may be built in, on line 0: the line that the week wrote is the one to show.
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

    pub(super) fn days(&mut self, key: &str) -> [bool; 7] {
        let named = self.words(key, &WEEKDAYS);
        let mut days = [false; 7];
        for (day, name) in days.iter_mut().zip(WEEKDAYS) {
            *day = named.iter().any(|n| n == name);
        }
        days
    }

    pub(super) fn qualifications(&mut self, key: &str) -> Vec<Qualification> {
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
