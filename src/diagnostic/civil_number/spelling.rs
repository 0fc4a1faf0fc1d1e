//! The spellings of a civil registration number.
//!
//! | spelling | comes from |
//! |---|---|
//! | `010260-1234`, `010260 1234`, `010260/1234` … | people |
//! | `0102601234` | systems |
//! | `102601234`, `10260-1234` | spreadsheets, which drop a leading zero |
//! | `102.601.234`, `1.02601234E8` | spreadsheets, as a number with separators or powers of ten |
//! | `01.02.1960-1234`, `1/2-60 1234`, `01021960-1234`, `010219601234` | people and systems that write dates so |

use super::runs::Run;
use super::{CivilNumber, DIGITS};

const SERIAL_DIGITS: usize = 4;
/// Added to the day of a replacement number.
const REPLACEMENT_DAY: u32 = 60;
const MONTH_DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// ` - ` is the widest gap still taken for a separator.
const SEPARATOR_MAX: usize = 3;
/// The years that a number's seventh digit can mean.
const YEARS: std::ops::RangeInclusive<u32> = 1858..=2057;

/// The number that ends with the last of these runs, if there is one. Of several readings the longest counts.
pub(super) fn ending_here(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    let readings = [spelt_date, grouped, power_of_ten, halves, one_run];
    readings.iter().find_map(|reading| reading(text, runs))
}

/// All digits in one: `0102601234`, `102601234`, `010219601234`.
fn one_run(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    let run = *runs.last()?;
    let digits = &text[run.range()];
    let (date, serial) = digits.split_at_checked(digits.len().checked_sub(SERIAL_DIGITS)?)?;
    number(&[run], &unbroken_date(date)?, serial)
}

/// Date and serial number with something between: `010260-1234`.
fn halves(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    let &[.., date, serial] = runs else { return None };
    let separated = gap(text, date, serial).is_some_and(is_separator);
    let whole = separated && serial.len() == SERIAL_DIGITS;
    number(&[date, serial], &unbroken_date(text.get(date.range()).filter(|_| whole)?)?, &text[serial.range()])
}

/// A date with separators of its own: `01.02.1960-1234`, `1/2-60 1234`, `01-02-601234`.
fn spelt_date(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    runs.last().filter(|last| runs.len() > 2 && last.len() >= SERIAL_DIGITS)?;
    let (parts, gaps) = (texts(text, runs), gaps(text, runs));
    match (parts.as_slice(), gaps.as_slice()) {
        ([day, month, year, serial], [a, b, c]) if serial.len() == SERIAL_DIGITS && is_separator(c) => {
            // Blanks alone stand between any numbers, so then a hyphen must make it sure.
            let apart = [a, b].iter().all(|gap| is_mark(gap)) || (is_mark(c) && [a, b].iter().all(|gap| **gap == " "));
            number(runs, &date(day, month, year).filter(|_| apart)?, serial)
        }
        ([.., day, month, rest], [.., a, b]) if is_mark(a) && is_mark(b) => {
            let (year, serial) = rest.split_at_checked(rest.len().checked_sub(SERIAL_DIGITS)?)?;
            number(&runs[runs.len() - 3..], &date(day, month, year)?, serial)
        }
        _ => None,
    }
}

/// Digits in groups of three, as spreadsheets show large numbers: `102.601.234`, `3.112.991.234`.
fn grouped(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    runs.last().filter(|last| runs.len() > 2 && last.len() == 3)?;
    let mark = gaps(text, runs).last().copied().filter(|gap| [".", ",", "'", "’", "_"].contains(gap))?;
    let threes = |run: &Run| run.len() == 3;
    let groups = if runs.len() == 4 && runs[0].len() == 1 { 4 } else { 3 };
    let runs = runs.len().checked_sub(groups).map(|first| &runs[first..])?;
    let alike = gaps(text, runs).iter().all(|gap| *gap == mark) && runs[1..].iter().all(threes);
    let more = |rest: &str| rest.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let longer = more(&text[runs.last()?.end..]) || ends_with_group(&text[..runs[0].start], mark);
    let digits = texts(text, runs).concat();
    let whole = alike && !longer && (digits.len() == 9 || digits.len() == DIGITS);
    let (date, serial) = digits.split_at_checked(digits.len().checked_sub(SERIAL_DIGITS)?)?;
    number(runs, &unbroken_date(date).filter(|_| whole)?, serial)
}

fn ends_with_group(text: &str, mark: &str) -> bool {
    text.strip_suffix(mark).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// A large number as some systems write it: `1.02601234E8`.
fn power_of_ten(text: &str, runs: &[Run]) -> Option<CivilNumber> {
    let &[.., whole, part, power] = runs else { return None };
    let written =
        matches!(gap(text, whole, part)?, "." | ",") && matches!(gap(text, part, power)?, "E" | "e" | "E+" | "e+");
    let zeros: usize = text[power.range()].parse().ok().filter(|power| written && (8..=9).contains(power))?;
    let missing = zeros.checked_sub(part.len()).filter(|_| whole.len() == 1)?;
    let digits = text[whole.range()].to_owned() + &text[part.range()] + &"0".repeat(missing);
    let (date, serial) = digits.split_at(digits.len() - SERIAL_DIGITS);
    number(&[whole, part, power], &unbroken_date(date)?, serial)
}

/// The number that these runs spell.
fn number(runs: &[Run], date: &Date, serial: &str) -> Option<CivilNumber> {
    let place = runs.first()?.start..runs.last()?.end;
    let text = format!("{:02}{:02}{:02}{serial}", date.day, date.month, date.year % 100);
    let digits: [u8; DIGITS] = text.as_bytes().try_into().ok()?;
    date.takes(serial).then_some(CivilNumber { place, digits })
}

/// A day and month that exist, in some year.
struct Date {
    /// With 60 added for a replacement number.
    day: u32,
    month: u32,
    /// Two digits or four.
    year: u32,
}

impl Date {
    /// Whether a serial number can follow. Nobody born from 2000 on has one below 4000, so `23-11-2026 0830` is a time.
    fn takes(&self, serial: &str) -> bool {
        self.year < 2000 || serial.as_bytes().first().is_some_and(|digit| *digit >= b'4')
    }
}

/// The date that unbroken digits spell: `DDMMYY` or `DDMMYYYY`, a leading zero possibly lost.
fn unbroken_date(digits: &str) -> Option<Date> {
    let year_digits = match digits.len() {
        5 | 6 => 2,
        7 | 8 => 4,
        _ => return None,
    };
    let (day_month, year) = digits.split_at(digits.len() - year_digits);
    let (day, month) = day_month.split_at(day_month.len() - 2);
    date(day, month, year)
}

/// The date of which these are the digits. 29 February is one of every year, as the century is not known.
fn date(day: &str, month: &str, year: &str) -> Option<Date> {
    let value = |part: &str, most: usize| part.parse().ok().filter(|_| part.len() <= most);
    let (day, month, full): (u32, u32, u32) = (value(day, 2)?, value(month, 2)?, value(year, 4)?);
    let plain = if day > REPLACEMENT_DAY { day - REPLACEMENT_DAY } else { day };
    let most = *MONTH_DAYS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    let exists = (1..=most).contains(&plain) && (year.len() == 2 || (year.len() == 4 && YEARS.contains(&full)));
    exists.then_some(Date { day, month, year: full })
}

fn texts<'t>(text: &'t str, runs: &[Run]) -> Vec<&'t str> {
    runs.iter().map(|run| &text[run.range()]).collect()
}

fn gaps<'t>(text: &'t str, runs: &[Run]) -> Vec<&'t str> {
    runs.windows(2).filter_map(|pair| gap(text, pair[0], pair[1])).collect()
}

fn gap(text: &str, before: Run, after: Run) -> Option<&str> {
    text.get(before.end..after.start)
}

/// Whether what stands between digits only separates them.
fn is_separator(gap: &str) -> bool {
    gap.chars().count() <= SEPARATOR_MAX && gap.chars().all(|c| is_blank(c) || is_hyphen_like(c))
}

/// A separator that is more than a blank.
fn is_mark(gap: &str) -> bool {
    is_separator(gap) && gap.chars().any(is_hyphen_like)
}

/// Blanks of all kinds, also those that have no width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Hyphens, also the typographic ones that word processors put in, and what else people write instead.
fn is_hyphen_like(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}
