//! Dates as they are written in Denmark, and which of their numbers is the day.

use chrono::{Days, NaiveDate};

/// Which part of a date is written first, of those that Danes, Americans and programs write first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Order {
    /// The Danish order.
    #[default]
    Day,
    Month,
    Year,
}

/// A date of three numbers whose order the text alone does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Numbers {
    parts: [u32; 3],
    /// The last one is a year of four digits.
    long_year: bool,
    /// Only `/` stands between: the one form that is as usual in America, with the month first.
    pub(in crate::import) slashes: bool,
}

/// What a cell says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Dated {
    /// The text says which number is what.
    Clear(NaiveDate),
    Numbers(Numbers),
}

/// Dates of Excel count from this day (and take 1900 for a leap year, so its first two months are no matter).
const EXCEL_EPOCH: (i32, u32, u32) = (1899, 12, 30);
/// Day numbers of Excel have five digits from 1927 to 2173.
const EXCEL_DIGITS: usize = 5;
const CENTURY: u32 = 2000;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

impl Numbers {
    /// The date in that order, if there is such a day.
    pub(in crate::import) fn date(self, order: Order) -> Option<NaiveDate> {
        let [a, b, c] = self.parts;
        let (year, month, day) = match order {
            Order::Day => (c, b, a),
            Order::Month => (c, a, b),
            Order::Year if self.long_year => return None,
            Order::Year => (a, b, c),
        };
        let year = if self.long_year { year } else { CENTURY + year };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }
}

/// What a text says of a date; `None` where it is none.
pub(in crate::import) fn dated(text: &str) -> Option<Dated> {
    if let Some(date) = iso(text) {
        return Some(Dated::Clear(date));
    }
    let text = without_weekday(text);
    numbers(text).or_else(|| named_month(text).map(Dated::Clear)).or_else(|| excel_day(text).map(Dated::Clear))
}

/// Strictly `YYYY-MM-DD`.
pub(super) fn iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(digits(text.get(..4)?)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(text.get(5..7)?)?, digits(text.get(8..)?)?)
}

/// A number of digits only.
pub(super) fn digits(text: &str) -> Option<u32> {
    let only = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    only.then(|| text.parse().ok()).flatten()
}

/// `mandag den 23-11-2026` and `ma. 23-11-2026` name the weekday for people.
fn without_weekday(text: &str) -> &str {
    let Some((word, rest)) = text.split_once(char::is_whitespace) else { return text };
    match super::word::weekday(word) {
        Some(_) => rest.trim_start().strip_prefix("den ").unwrap_or(rest).trim_start(),
        None => text,
    }
}

/// Three numbers with `-`, `.`, `/` or a blank between, such as `23-11-2026`, `23/11-2026`, `23.11.26` or `2026/11/23`.
fn numbers(text: &str) -> Option<Dated> {
    let separators = ['-', '.', '/', ' '];
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts.try_into().ok()?;
    let slashes = text.chars().filter(|c| separators.contains(c)).all(|c| c == '/');
    let long = |part: &str| part.len() == 4;
    let short = |part: &str| part.len() <= 2;
    let parts = [digits(a)?, digits(b)?, digits(c)?];
    match (long(a), long(c)) {
        (true, false) if short(b) && short(c) => {
            NaiveDate::from_ymd_opt(i32::try_from(parts[0]).ok()?, parts[1], parts[2]).map(Dated::Clear)
        }
        (false, long_year) if short(a) && short(b) && (long_year || c.len() == 2) => {
            Some(Dated::Numbers(Numbers { parts, long_year, slashes }))
        }
        _ => None,
    }
}

/// `23. november 2026`, `23 nov. 2026`.
fn named_month(text: &str) -> Option<NaiveDate> {
    let mut words = text.split([' ', '.', '-']).filter(|word| !word.is_empty());
    let (day, month, year) = (words.next()?, words.next()?.to_lowercase(), words.next()?);
    let month = (1..).zip(MONTHS).find(|(_, name)| month.starts_with(name)).map(|(number, _)| number)?;
    let year = if year.len() == 4 { digits(year)? } else { return None };
    if words.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, digits(day)?)
}

/// The number of a day as Excel stores it, where a cell has lost its format.
fn excel_day(text: &str) -> Option<NaiveDate> {
    let day = digits(text).filter(|day| text.len() == EXCEL_DIGITS && *day >= 10_000)?;
    NaiveDate::from_ymd_opt(EXCEL_EPOCH.0, EXCEL_EPOCH.1, EXCEL_EPOCH.2)?.checked_add_days(Days::new(day.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, order: Order) -> Option<String> {
        let date = match dated(text)? {
            Dated::Clear(date) => date,
            Dated::Numbers(numbers) => numbers.date(order)?,
        };
        Some(date.to_string())
    }

    #[test]
    fn every_danish_form_is_the_same_day() {
        for text in [
            "2026-11-23",
            "23-11-2026",
            "23.11.2026",
            "23/11-2026",
            "23/11 2026",
            "23/11/2026",
            "23-11-26",
            "23.11.26",
            "2026/11/23",
            "23. november 2026",
            "23. nov. 2026",
            "mandag den 23-11-2026",
            "ma 23/11-2026",
            "46349",
        ] {
            assert_eq!(day(text, Order::Day).as_deref(), Some("2026-11-23"), "{text}");
        }
        assert_eq!(day("3-4-2026", Order::Day).as_deref(), Some("2026-04-03"));
    }

    #[test]
    fn the_order_says_which_number_is_the_day() {
        assert_eq!(day("11/23/2026", Order::Month).as_deref(), Some("2026-11-23"));
        assert_eq!(day("26-11-23", Order::Year).as_deref(), Some("2026-11-23"));
        assert_eq!(day("11/23/2026", Order::Day), None);
        assert_eq!(day("23-11-2026", Order::Year), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2026-11-31",
            "2026-1-05x",
            "20261123",
            "+026-11-23",
            "æææææ",
            "23-11",
            "1-2-3-4",
            "123-1-2026",
            "23-11-226",
            "9999",
            "123456",
            "23 xyz 2026",
        ] {
            assert_eq!(day(text, Order::Day), None, "{text}");
        }
    }
}
