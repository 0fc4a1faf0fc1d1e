//! From a cell's text to its value, in the canonical form; each refusal says what was expected.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::coded::{Coded, WEEKDAYS};
use crate::diagnostic::{Fault, codes, nearest};
use crate::tables::{AbsenceEnd, PlaceName, WishDay};
use crate::units::{Day, Minutes, parse_clock};

/// Minutes and counts in a cell go up to this, so that sums of them fit.
const NUMBER_MAX: u32 = 1_000_000;

/// Any text.
pub(super) fn text(cell: &str) -> Result<String, Fault> {
    Ok(cell.to_owned())
}

/// Words separated by blanks.
pub(super) fn list(cell: &str) -> Result<Vec<String>, Fault> {
    Ok(cell.split_whitespace().map(str::to_owned).collect())
}

pub(super) fn yes_no(cell: &str) -> Result<bool, Fault> {
    match cell {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Fault::new(
            codes::BAD_YES_NO,
            ["hverken yes eller no", "neither yes nor no"],
            ["Skriv yes eller no", "Write yes or no"],
        )),
    }
}

/// The choice that a code names.
pub(super) fn code<T: Coded>(cell: &str) -> Result<T, Fault> {
    T::from_code(cell).ok_or_else(|| {
        let known = T::CODES.iter().map(|(code, _)| *code);
        unknown_code(cell, &known.collect::<Vec<_>>())
    })
}

/// The fault of a word that is none of the known ones, with the one it may be a slip of.
pub(super) fn unknown_code(cell: &str, known: &[&str]) -> Fault {
    let cure = match nearest(cell, known.iter().copied()) {
        Some(near) => [format!("Mente du `{near}`?"), format!("Did you mean `{near}`?")],
        None => [format!("Skriv et af: {}", known.join(", ")), format!("Write one of: {}", known.join(", "))],
    };
    let problem = ["koden kendes ikke i denne kolonne", "the code is not known in this column"];
    Fault::new(codes::UNKNOWN_CODE, problem, [&cure[0], &cure[1]])
}

pub(super) fn date(cell: &str) -> Result<NaiveDate, Fault> {
    iso_date(cell).ok_or_else(|| {
        Fault::new(
            codes::BAD_DATE,
            ["ingen dato, eller ikke skrevet som 2026-11-23", "no date, or not written like 2026-11-23"],
            ["Skriv datoen som 2026-11-23", "Write the date like 2026-11-23"],
        )
    })
}

/// Strictly `YYYY-MM-DD`.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(digits(text.get(..4)?)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(text.get(5..7)?)?, digits(text.get(8..)?)?)
}

/// A number of digits only.
fn digits(text: &str) -> Option<u32> {
    let only = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    only.then(|| text.parse().ok()).flatten()
}

pub(super) fn time(cell: &str) -> Result<Minutes, Fault> {
    parse_clock(cell).ok_or_else(|| {
        Fault::new(
            codes::BAD_TIME,
            ["intet klokkeslæt fra 00:00 til 24:00", "no time of day from 00:00 to 24:00"],
            ["Skriv det som 08:30", "Write it like 08:30"],
        )
    })
}

/// One end of an absence: a date or a moment.
pub(super) fn absence_end(cell: &str) -> Result<AbsenceEnd, Fault> {
    let found = iso_date(cell).map(AbsenceEnd::Day).or_else(|| moment(cell).map(AbsenceEnd::Moment));
    found.ok_or_else(|| {
        Fault::new(
            codes::BAD_MOMENT,
            ["hverken en dato eller et tidspunkt", "neither a date nor a moment"],
            ["Skriv 2026-11-23 eller 2026-11-23T12:00", "Write 2026-11-23 or 2026-11-23T12:00"],
        )
    })
}

/// `2026-11-23T12:00`, also with a blank for the `T` and with seconds, which are dropped.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut parts = time.split(':');
    let mut part = || parts.next().filter(|p| p.len() == 2).and_then(digits);
    let (hour, minute, second) = (part()?, part()?, if time.len() > 5 { part()? } else { 0 });
    if time.len() != 5 && time.len() != 8 || second > 59 {
        return None;
    }
    Some(iso_date(date)?.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?))
}

/// A weekday's short name or a date.
pub(super) fn wish_day(cell: &str) -> Result<WishDay, Fault> {
    let weekday = Day::all().zip(WEEKDAYS).find(|(_, name)| *name == cell);
    let day = weekday.map(|(day, _)| WishDay::Weekday(day)).or_else(|| iso_date(cell).map(WishDay::Date));
    day.ok_or_else(|| {
        Fault::new(
            codes::BAD_DATE,
            ["hverken en ugedag eller en dato", "neither a weekday nor a date"],
            ["Skriv mon, tue, … sun eller 2026-11-23", "Write mon, tue, … sun or 2026-11-23"],
        )
    })
}

/// A whole number from 0.
pub(super) fn count(cell: &str) -> Result<u32, Fault> {
    digits(cell).filter(|n| *n <= NUMBER_MAX).ok_or_else(|| {
        Fault::new(
            codes::BAD_NUMBER,
            ["intet helt tal fra 0 til 1.000.000", "no whole number from 0 to 1,000,000"],
            ["Skriv et helt tal uden tegn, for eksempel 120", "Write a whole number with digits only, such as 120"],
        )
    })
}

pub(super) fn minutes(cell: &str) -> Result<Minutes, Fault> {
    count(cell).map(|n| Minutes(i32::try_from(n).expect("at most a million")))
}

/// The lengths of a split such as `90+60`, ascending.
pub(super) fn split(cell: &str) -> Result<Vec<Minutes>, Fault> {
    let length = |part: &str| minutes(part.trim()).ok().filter(|m| m.0 > 0);
    let lengths: Option<Vec<Minutes>> = cell.split('+').map(length).collect();
    let mut lengths = lengths.ok_or_else(|| {
        Fault::new(
            codes::BAD_SPLIT,
            ["ingen opdeling i hele minutter", "no split into whole minutes"],
            ["Skriv den som 90+90, eller lad cellen stå tom", "Write it like 90+90, or leave the cell empty"],
        )
    })?;
    lengths.sort_unstable();
    Ok(lengths)
}

pub(super) fn latitude(cell: &str) -> Result<f64, Fault> {
    degrees(cell, 90.0)
}

pub(super) fn longitude(cell: &str) -> Result<f64, Fault> {
    degrees(cell, 180.0)
}

fn degrees(cell: &str, most: f64) -> Result<f64, Fault> {
    let number = cell.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    number.ok_or_else(|| {
        let (da, en) = (format!("intet gradtal fra -{most} til {most}"), format!("no degrees from -{most} to {most}"));
        let cure = ["Skriv decimalgrader som 55.7333 (WGS 84)", "Write decimal degrees like 55.7333 (WGS 84)"];
        Fault::new(codes::BAD_COORDINATE, [&da, &en], cure)
    })
}

/// A place of `travel.csv`.
pub(super) fn place(cell: &str) -> Result<PlaceName, Fault> {
    let named = cell.split_once(':').filter(|(_, id)| !id.is_empty());
    let place = named.and_then(|(kind, id)| match kind {
        "client" => Some(PlaceName::Client(id.to_owned())),
        "staff" => Some(PlaceName::Staff(id.to_owned())),
        "booking" => Some(PlaceName::Booking(id.to_owned())),
        _ => None,
    });
    place.ok_or_else(|| {
        Fault::new(
            codes::BAD_PLACE,
            ["intet sted", "no place"],
            ["Skriv client:ID, staff:ID eller booking:ID", "Write client:ID, staff:ID or booking:ID"],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_strict() {
        assert!(date("2026-11-23").is_ok());
        for text in ["2026-11-31", "23-11-2026", "2026-1-05", "20261123", "+026-11-23", "2026-11-23T00:00", "æææææ"]
        {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn absences_end_on_days_or_at_moments() {
        let noon = iso_date("2026-11-23").and_then(|d| d.and_hms_opt(12, 0, 0)).map(AbsenceEnd::Moment);
        for text in ["2026-11-23T12:00", "2026-11-23 12:00", "2026-11-23T12:00:59"] {
            assert_eq!(absence_end(text).ok(), noon, "{text}");
        }
        for text in ["2026-11-23T24:00", "2026-11-23T1:00", "2026-11-23T12:00:", "2026-11-23T12:00:61", "noon"] {
            assert!(absence_end(text).is_err(), "{text}");
        }
    }

    #[test]
    fn splits_are_put_in_order() {
        assert_eq!(split("90+60").ok(), Some(vec![Minutes(60), Minutes(90)]));
        for text in ["90+", "90+0", "90,60", "-90"] {
            assert!(split(text).is_err(), "{text}");
        }
    }

    #[test]
    fn degrees_stay_on_the_globe() {
        assert_eq!(latitude("55.7333").ok(), Some(55.7333));
        for text in ["91", "NaN", "inf", "55,7333", ""] {
            assert!(latitude(text).is_err(), "{text}");
        }
    }
}
