//! Whether a column of weekly amounts has hours or minutes: its heading and its numbers say.
//!
//! Minutes are whole, and a grant of an hour is no rarity; so numbers with decimals are hours, numbers from 60 are minutes
//! whatever the heading says, and a column of small numbers is likely one of hours. Cells that name their unit
//! (`1,5 t`, `1:30`) are read right either way.

use super::sample::Sample;
use crate::import::shape::{Column, Kind};
use crate::import::value::key;
use crate::language::Language;

/// What the plain numbers of a column count, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Nothing speaks against minutes.
    Minutes,
    /// The heading says hours, the numbers do not.
    TooLargeForHours,
    HoursByName,
    HoursByDecimals,
    HoursBySize,
}

const HOURS: [&str; 2] = ["timer", "hours"];
const MINUTES: [&str; 2] = ["minut", "minutes"];
/// No week has so many hours of relief, and few grants so few minutes.
const FEWEST_MINUTES: f64 = 60.0;
/// Nobody is granted so few minutes a week.
const MOST_SMALL: f64 = 12.0;
/// So many digits after a mark may be thousands.
const THOUSANDS: usize = 3;

/// Whether a heading speaks of hours.
pub(super) fn says_hours(heading: &str) -> bool {
    HOURS.iter().any(|word| key(heading).contains(word))
}

/// What the numbers count that feed a column of a table. The way between two places takes minutes, however few.
pub(super) fn of(samples: &[&Sample<'_>], place: usize, (table, column): (&str, &Column)) -> Amount {
    if !matches!(column.kind, Kind::Minutes) || table == "travel.csv" {
        return Amount::Minutes;
    }
    let cells = samples.iter().flat_map(|sample| sample.column(place));
    read(&samples[0].header[place], cells)
}

fn read<'c>(heading: &str, cells: impl Iterator<Item = &'c str>) -> Amount {
    let numbers: Vec<(f64, bool)> = cells.filter_map(plain).collect();
    let largest = numbers.iter().map(|(number, _)| *number).fold(0.0, f64::max);
    let named = says_hours(heading);
    if MINUTES.iter().any(|word| key(heading).contains(word)) {
        Amount::Minutes
    } else if numbers.iter().any(|(_, has_decimals)| *has_decimals) {
        if named { Amount::HoursByName } else { Amount::HoursByDecimals }
    } else if largest >= FEWEST_MINUTES {
        if named { Amount::TooLargeForHours } else { Amount::Minutes }
    } else if named {
        Amount::HoursByName
    } else if !numbers.is_empty() && largest <= MOST_SMALL {
        Amount::HoursBySize
    } else {
        Amount::Minutes
    }
}

/// The number of a cell that is nothing else, and whether it is no whole one.
fn plain(cell: &str) -> Option<(f64, bool)> {
    let (whole, decimals) = cell.split_once([',', '.']).unwrap_or((cell, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let joined = if decimals.len() == THOUSANDS { format!("{whole}{decimals}") } else { format!("{whole}.{decimals}") };
    let number: f64 = joined.parse().ok()?;
    Some((number, number.fract() != 0.0))
}

impl Amount {
    pub(super) fn is_hours(self) -> bool {
        matches!(self, Amount::HoursByName | Amount::HoursByDecimals | Amount::HoursBySize)
    }

    /// Why, where it is to be looked at.
    pub(super) fn reason(self, language: Language) -> Option<&'static str> {
        let (danish, english) = match self {
            Amount::Minutes => return None,
            Amount::TooLargeForHours => (
                "navnet siger timer, men tallene er for store til det; se efter",
                "the name says hours, but the numbers are too large for that; check it",
            ),
            Amount::HoursByName => ("navnet siger timer; se efter", "the name says hours; check it"),
            Amount::HoursByDecimals => {
                ("tal med decimaler er næppe minutter; se efter", "numbers with decimals are hardly minutes; check it")
            }
            Amount::HoursBySize => (
                "tallene er så små, at de må være timer; se efter",
                "the numbers are so small that they must be hours; check it",
            ),
        };
        Some(language.pick(danish, english))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_and_numbers_say_what_is_counted() {
        let cases: [(&str, &[&str], Amount); 12] = [
            ("Tid pr. uge", &["90", "120"], Amount::Minutes),
            ("Tid pr. uge", &["1,5", "2"], Amount::HoursByDecimals),
            ("Tid pr. uge", &["1.5000", "2"], Amount::HoursByDecimals),
            ("Tid pr. uge", &["2", "3"], Amount::HoursBySize),
            ("Tid pr. uge", &["30", "45"], Amount::Minutes),
            ("Tid pr. uge", &["1.500", "240"], Amount::Minutes),
            ("Tid pr. uge", &["1,5 t", "1:30"], Amount::Minutes),
            ("Timer", &["2", "3"], Amount::HoursByName),
            ("Timer", &["1,5 t"], Amount::HoursByName),
            ("Timer", &["90", "120"], Amount::TooLargeForHours),
            ("Minutter", &["2", "3"], Amount::Minutes),
            ("Tid pr. uge", &[], Amount::Minutes),
        ];
        for (heading, cells, expected) in cases {
            assert_eq!(read(heading, cells.iter().copied()), expected, "{heading} {cells:?}");
        }
    }
}
