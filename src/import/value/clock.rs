//! Times of day and durations as people write them.

use super::date::digits;
use super::number::{self, Mark, Reading};
use crate::units::{DAY, Minutes, parse_clock};

const HOUR: i32 = 60;
/// A day's fraction as Excel stores a time has at least so many decimals; `8.30` has two.
const FRACTION_DECIMALS: usize = 3;

/// The time of day that `8:30`, `08.30`, `0830`, `8`, `kl. 8.30`, `08:30:00` or Excel's `0.354166667` names.
pub(super) fn time(text: &str) -> Option<Minutes> {
    parse_clock(text).or_else(|| {
        let lower = text.to_lowercase();
        let text = lower.strip_prefix("kl").map_or(lower.as_str(), |rest| rest.trim_start_matches(['.', ':', ' ']));
        let text = text.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(text);
        fraction(text).or_else(|| parse_clock(&text.replacen('.', ":", 1))).or_else(|| without_colon(text))
    })
}

/// `0830`, `830` or `8`.
fn without_colon(text: &str) -> Option<Minutes> {
    let number = i32::try_from(digits(text)?).ok()?;
    let time = match text.len() {
        1 | 2 => Minutes(number * HOUR),
        3 | 4 if number % 100 < HOUR => Minutes(number / 100 * HOUR + number % 100),
        _ => return None,
    };
    (time <= DAY).then_some(time)
}

/// A part of a day, to the nearest minute.
fn fraction(text: &str) -> Option<Minutes> {
    let (whole, decimals) = text.split_once(['.', ','])?;
    if whole != "0" || decimals.len() < FRACTION_DECIMALS || digits(decimals.get(..FRACTION_DECIMALS)?).is_none() {
        return None;
    }
    let part: f64 = format!("0.{decimals}").parse().ok()?;
    Some(Minutes((part * f64::from(DAY.0)).round() as i32))
}

/// What a plain number of a duration counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Unit {
    #[default]
    Minutes,
    Hours,
}

/// The whole minutes of `90`, `1:30`, `1,5 t`, `1 t 30 min`, `1t30` or `2 timer`; a plain number counts what `unit` says.
pub(super) fn duration(text: &str, unit: Unit, mark: Mark) -> Option<Minutes> {
    if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = digits(minutes).filter(|m| *m < 60 && minutes.len() == 2)?;
        return whole_minutes(f64::from(digits(hours)?) * f64::from(HOUR) + f64::from(minutes));
    }
    let mut total = 0.0;
    let mut implied = (unit, !text.is_empty());
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (amount, after) = amount(rest, mark, implied.0)?;
        let (named, after) = unit_word(after);
        // A number after one with a unit must be the next smaller thing: `1 t 30`.
        let counts = match named {
            Some(named) => named,
            None if implied.1 && after.is_empty() => implied.0,
            None => return None,
        };
        total += amount * if counts == Unit::Hours { f64::from(HOUR) } else { 1.0 };
        implied = (Unit::Minutes, counts == Unit::Hours);
        rest = after.trim_start();
    }
    if text.is_empty() { None } else { whole_minutes(total) }
}

/// The number that a text begins with.
fn amount(text: &str, mark: Mark, unit: Unit) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    // `90 min.` has its point after the unit, so a number ends in a digit.
    let reading = if unit == Unit::Hours || has_hours(&text[end..]) { Reading::Any } else { Reading::Whole };
    Some((number::decimal(&text[..end], mark, reading)?, &text[end..]))
}

fn has_hours(after: &str) -> bool {
    unit_word(after).0 == Some(Unit::Hours)
}

fn unit_word(text: &str) -> (Option<Unit>, &str) {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = text[end..].strip_prefix('.').unwrap_or(&text[end..]);
    match text[..end].to_lowercase().as_str() {
        "t" | "time" | "timer" | "h" | "hr" | "hour" | "hours" => (Some(Unit::Hours), rest),
        "m" | "min" | "minut" | "minutter" | "minute" | "minutes" => (Some(Unit::Minutes), rest),
        _ => (None, text),
    }
}

/// Longer durations are a slip; sums of these still fit.
const LONGEST: f64 = 1_000_000.0;

fn whole_minutes(minutes: f64) -> Option<Minutes> {
    let whole = minutes.round();
    ((minutes - whole).abs() < 1e-6 && (0.0..=LONGEST).contains(&whole)).then_some(Minutes(whole as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_time_is_the_same_minute() {
        for text in ["8:30", "08:30", "08.30", "8.30", "0830", "830", "kl. 8.30", "kl 08:30", "08:30:00", "0.354166667"]
        {
            assert_eq!(time(text), Some(Minutes(510)), "{text}");
        }
        let others = [("8", 480), ("08", 480), ("24", 1440), ("2400", 1440), ("0", 0), ("0000", 0), ("0,5000", 720)];
        for (text, minutes) in others {
            assert_eq!(time(text), Some(Minutes(minutes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "25", "2401", "0860", "8.3", "8,5", "8:3", "08:30:15", "-8", "8 30", "12345", "0.x00", "noon"]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn every_form_of_a_duration_is_the_same_length() {
        for text in [
            "90",
            "1:30",
            "1,5 t",
            "1.5 t",
            "1 t 30 min",
            "1t30",
            "1 time 30 minutter",
            "90 min.",
            "1,5 timer",
            "1h 30m",
            "90,0",
        ] {
            assert_eq!(duration(text, Unit::Minutes, Mark::Comma), Some(Minutes(90)), "{text}");
        }
        for text in ["1,5", "1.5", "1:30", "90 min", "1 t 30"] {
            assert_eq!(duration(text, Unit::Hours, Mark::Comma), Some(Minutes(90)), "{text}");
        }
        assert_eq!(duration("1.500", Unit::Minutes, Mark::Comma), Some(Minutes(1500)));
        assert_eq!(duration("0:00", Unit::Minutes, Mark::Comma), Some(Minutes(0)));
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for text in [
            "",
            "t",
            "min",
            "1,5",
            "1:3",
            "1:60",
            "-90",
            "90 kr",
            "90 30",
            "30 min 30",
            "1 t 2 t x",
            "1/2 t",
            "9999999",
        ] {
            assert_eq!(duration(text, Unit::Minutes, Mark::Comma), None, "{text}");
        }
        assert_eq!(duration("1,33 t", Unit::Minutes, Mark::Comma), None);
    }
}
