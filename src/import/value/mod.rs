//! From a cell's text to its value; each refusal says what was expected.
//!
//! The canonical form is tried first, and what it says needs nothing else. Other forms may leave something open, such as
//! which number of a date is the day; then the cell asks its column ([`Asked`]).

mod clock;
mod date;
mod number;
mod word;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use self::date::{digits, iso};
use super::survey::{Asked, Part};
use super::words::{self, Spoken};
use crate::diagnostic::{Fault, codes, nearest};
use crate::tables::{AbsenceEnd, PlaceName, WishDay};
use crate::units::Minutes;

pub(super) use clock::Unit;
pub(super) use date::{Dated, Numbers, Order, dated};
pub(super) use number::{Mark, Says, says};
pub(super) use word::key;

/// Minutes and counts in a cell go up to this, so that sums of them fit.
const NUMBER_MAX: u32 = 1_000_000;
/// More equal visits than this in a week are a slip.
const TIMES_MAX: u32 = 50;

/// Any text.
pub(super) fn text(cell: &str, _: &Asked<'_>) -> Result<String, Fault> {
    Ok(cell.to_owned())
}

/// What a booking is for, as it is written; a Danish word for what a rule knows becomes the rule's word.
pub(super) fn task(cell: &str, _: &Asked<'_>) -> Result<String, Fault> {
    Ok(words::task(cell))
}

/// Words separated by blanks, commas, semicolons or strokes.
pub(super) fn list(cell: &str, _: &Asked<'_>) -> Result<Vec<String>, Fault> {
    let between = |c: char| c.is_whitespace() || [',', ';', '|'].contains(&c);
    Ok(cell.split(between).filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

pub(super) fn yes_no(cell: &str, _: &Asked<'_>) -> Result<bool, Fault> {
    word::yes_no(cell).ok_or_else(|| {
        Fault::new(
            codes::BAD_YES_NO,
            ["hverken ja eller nej", "neither yes nor no"],
            ["Skriv ja eller nej (yes, no, x, 1 og 0 går også)", "Write yes or no (ja, nej, x, 1 and 0 will do too)"],
        )
    })
}

/// The choice that a code or a Danish word names.
pub(super) fn code<T: Spoken>(cell: &str, _: &Asked<'_>) -> Result<T, Fault> {
    T::from_code(cell).or_else(|| T::from_word(cell)).ok_or_else(|| {
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

pub(super) fn date(cell: &str, asked: &Asked<'_>) -> Result<NaiveDate, Fault> {
    day(cell, asked).ok_or_else(|| {
        Fault::new(
            codes::BAD_DATE,
            [
                "ingen dato, eller ikke skrevet som kolonnens andre datoer",
                "no date, or not written as the other dates of the column",
            ],
            ["Skriv datoen som 2026-11-23 eller 23-11-2026", "Write the date like 2026-11-23 or 23-11-2026"],
        )
    })
}

/// The date of a cell, which may be a moment at midnight, or any moment where only its date is asked for.
fn day(cell: &str, asked: &Asked<'_>) -> Option<NaiveDate> {
    any_date(cell, asked).or_else(|| {
        let (date, time) = moment_parts(cell)?;
        clock::time(time)?;
        any_date(date, asked).filter(|_| is_midnight(time) || asked.part == Part::Date)
    })
}

fn any_date(text: &str, asked: &Asked<'_>) -> Option<NaiveDate> {
    match dated(text)? {
        Dated::Clear(date) => Some(date),
        Dated::Numbers(numbers) => numbers.date(asked.order()),
    }
}

/// The date and the time of a moment such as `2026-11-23T12:00` or `23-11-2026 kl. 12.00`.
pub(super) fn moment_parts(cell: &str) -> Option<(&str, &str)> {
    let (date, time) = match cell.split_once("kl") {
        Some(parts) => parts,
        None => cell.rsplit_once(['T', ' '])?,
    };
    Some((date.trim(), time.trim_start_matches(['.', ' '])))
}

/// Whether the time of a moment is 00:00.
pub(super) fn is_midnight(time: &str) -> bool {
    clock::time(time) == Some(Minutes(0))
}

pub(super) fn time(cell: &str, asked: &Asked<'_>) -> Result<Minutes, Fault> {
    let part = || moment_parts(cell).filter(|_| asked.part == Part::Time).and_then(|(_, time)| clock::time(time));
    clock::time(cell).or_else(part).ok_or_else(|| {
        Fault::new(
            codes::BAD_TIME,
            ["intet klokkeslæt fra 00:00 til 24:00", "no time of day from 00:00 to 24:00"],
            ["Skriv det som 08:30", "Write it like 08:30"],
        )
    })
}

/// One end of an absence: a date or a moment.
pub(super) fn absence_end(cell: &str, asked: &Asked<'_>) -> Result<AbsenceEnd, Fault> {
    let canonical = iso(cell).map(AbsenceEnd::Day).or_else(|| iso_moment(cell).map(AbsenceEnd::Moment));
    let found = canonical.or_else(|| any_date(cell, asked).map(AbsenceEnd::Day)).or_else(|| moment(cell, asked));
    found.ok_or_else(|| {
        Fault::new(
            codes::BAD_MOMENT,
            ["hverken en dato eller et tidspunkt", "neither a date nor a moment"],
            ["Skriv 2026-11-23 eller 2026-11-23T12:00", "Write 2026-11-23 or 2026-11-23T12:00"],
        )
    })
}

/// `2026-11-23T12:00`, also with a blank for the `T` and with seconds, which are dropped.
fn iso_moment(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut parts = time.split(':');
    let mut part = || parts.next().filter(|p| p.len() == 2).and_then(digits);
    let (hour, minute, second) = (part()?, part()?, if time.len() > 5 { part()? } else { 0 });
    if time.len() != 5 && time.len() != 8 || second > 59 {
        return None;
    }
    Some(iso(date)?.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?))
}

/// `23-11-2026 kl. 12.00` and the like.
fn moment(cell: &str, asked: &Asked<'_>) -> Option<AbsenceEnd> {
    let (date, time) = moment_parts(cell)?;
    if is_midnight(time) && asked.midnights() {
        return any_date(date, asked).map(AbsenceEnd::Day);
    }
    let minutes = u32::try_from(clock::time(time)?.0).ok()?;
    let time = NaiveTime::MIN.with_hour(minutes / 60)?.with_minute(minutes % 60)?;
    any_date(date, asked).map(|date| AbsenceEnd::Moment(date.and_time(time)))
}

/// A weekday or a date.
pub(super) fn wish_day(cell: &str, asked: &Asked<'_>) -> Result<WishDay, Fault> {
    let weekday = word::weekday(cell).map(WishDay::Weekday);
    weekday.or_else(|| day(cell, asked).map(WishDay::Date)).ok_or_else(|| {
        Fault::new(
            codes::BAD_DATE,
            ["hverken en ugedag eller en dato", "neither a weekday nor a date"],
            [
                "Skriv mandag (mon), tirsdag (tue), … eller 2026-11-23",
                "Write mon (mandag), tue (tirsdag), … or 2026-11-23",
            ],
        )
    })
}

/// A whole number from 0.
pub(super) fn count(cell: &str, asked: &Asked<'_>) -> Result<u32, Fault> {
    let number = digits(cell).or_else(|| number::whole(cell, asked.mark()));
    number.filter(|n| *n <= NUMBER_MAX).ok_or_else(|| {
        Fault::new(
            codes::BAD_NUMBER,
            ["intet helt tal fra 0 til 1.000.000", "no whole number from 0 to 1,000,000"],
            ["Skriv et helt tal uden tegn, for eksempel 120", "Write a whole number with digits only, such as 120"],
        )
    })
}

/// A length of time in whole minutes: a number of them, or hours and minutes.
pub(super) fn minutes(cell: &str, asked: &Asked<'_>) -> Result<Minutes, Fault> {
    length(cell, asked).ok_or_else(|| {
        Fault::new(
            codes::BAD_NUMBER,
            [
                "ingen varighed i hele minutter fra 0 til 1.000.000",
                "no length of time in whole minutes from 0 to 1,000,000",
            ],
            ["Skriv minutter som 90, eller 1:30 eller 1,5 t", "Write minutes such as 90, or 1:30 or 1,5 t"],
        )
    })
}

fn length(cell: &str, asked: &Asked<'_>) -> Option<Minutes> {
    let plain = digits(cell).filter(|n| asked.unit == Unit::Minutes && *n <= NUMBER_MAX);
    let plain = plain.map(|n| Minutes(i32::try_from(n).expect("at most a million")));
    plain.or_else(|| clock::duration(cell, asked.unit, asked.mark()))
}

/// The lengths of a split such as `90+60` or `2 x 90`, ascending.
pub(super) fn split(cell: &str, asked: &Asked<'_>) -> Result<Vec<Minutes>, Fault> {
    let lengths: Option<Vec<Vec<Minutes>>> = cell.split('+').map(|part| equal_lengths(part.trim(), asked)).collect();
    let mut lengths = lengths.map(|lengths| lengths.concat()).ok_or_else(|| {
        Fault::new(
            codes::BAD_SPLIT,
            ["ingen opdeling i hele minutter", "no split into whole minutes"],
            ["Skriv den som 90+90, eller lad cellen stå tom", "Write it like 90+90, or leave the cell empty"],
        )
    })?;
    lengths.sort_unstable();
    Ok(lengths)
}

/// `90`, or `2 x 90`.
fn equal_lengths(part: &str, asked: &Asked<'_>) -> Option<Vec<Minutes>> {
    let (times, one) = match part.split_once(['x', 'X', '×', '*']) {
        Some((times, one)) => (digits(times.trim()).filter(|times| (1..=TIMES_MAX).contains(times))?, one.trim()),
        None => (1, part),
    };
    let one = length(one, asked).filter(|minutes| minutes.0 > 0)?;
    Some(vec![one; times as usize])
}

pub(super) fn latitude(cell: &str, _: &Asked<'_>) -> Result<f64, Fault> {
    degrees(cell, 90.0)
}

pub(super) fn longitude(cell: &str, _: &Asked<'_>) -> Result<f64, Fault> {
    degrees(cell, 180.0)
}

fn degrees(cell: &str, most: f64) -> Result<f64, Fault> {
    let number = cell.parse::<f64>().ok().or_else(|| number::degrees(cell)).filter(|degrees| degrees.abs() <= most);
    number.ok_or_else(|| {
        let (da, en) = (format!("intet gradtal fra -{most} til {most}"), format!("no degrees from -{most} to {most}"));
        let cure = ["Skriv decimalgrader som 55.7333 (WGS 84)", "Write decimal degrees like 55.7333 (WGS 84)"];
        Fault::new(codes::BAD_COORDINATE, [&da, &en], cure)
    })
}

/// A place of `travel.csv`.
pub(super) fn place(cell: &str, _: &Asked<'_>) -> Result<PlaceName, Fault> {
    let named = cell.split_once(':').map(|(kind, id)| (kind.trim(), id.trim())).filter(|(_, id)| !id.is_empty());
    let place = named.and_then(|(kind, id)| match key(kind).as_str() {
        "client" | "borger" => Some(PlaceName::Client(id.to_owned())),
        "staff" | "medarbejder" => Some(PlaceName::Staff(id.to_owned())),
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

    const ALONE: &Asked<'static> = &Asked::ALONE;

    #[test]
    fn dates_are_read_in_danish_order() {
        for text in ["2026-11-23", "23-11-2026", "23-11-2026 00:00", "2026-11-23T00:00:00"] {
            assert_eq!(date(text, ALONE).map(|date| date.to_string()).as_deref(), Ok("2026-11-23"), "{text}");
        }
        for text in ["2026-11-31", "11-23-2026", "2026-11-23T08:00", "soon", "æææææ"] {
            assert!(date(text, ALONE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_moment_can_be_taken_apart() {
        let part = |part| Asked::ALONE.turned(Unit::Minutes, part);
        assert!(date("23-11-2026 08:30", &part(Part::Date)).is_ok_and(|date| date.to_string() == "2026-11-23"));
        assert_eq!(time("23-11-2026 08:30", &part(Part::Time)), Ok(Minutes(510)));
        assert!(time("23-11-2026 08:30", ALONE).is_err());
    }

    #[test]
    fn absences_end_on_days_or_at_moments() {
        let noon = iso("2026-11-23").and_then(|d| d.and_hms_opt(12, 0, 0)).map(AbsenceEnd::Moment);
        for text in [
            "2026-11-23T12:00",
            "2026-11-23 12:00",
            "2026-11-23T12:00:59",
            "23-11-2026 12:00",
            "23/11-2026 kl. 12.00",
            "23.11.26 12",
        ] {
            assert_eq!(absence_end(text, ALONE).ok(), noon, "{text}");
        }
        for text in ["2026-11-23T24:00", "2026-11-23T12:00:", "2026-11-23T12:00:61", "noon"] {
            assert!(absence_end(text, ALONE).is_err(), "{text}");
        }
    }

    #[test]
    fn splits_are_put_in_order() {
        assert_eq!(split("90+60", ALONE), Ok(vec![Minutes(60), Minutes(90)]));
        assert_eq!(split("2 x 1:30", ALONE), Ok(vec![Minutes(90), Minutes(90)]));
        for text in ["90+", "90+0", "90,60", "-90", "0 x 90", "99 x 90"] {
            assert!(split(text, ALONE).is_err(), "{text}");
        }
    }

    #[test]
    fn degrees_stay_on_the_globe() {
        assert_eq!((latitude("55.7333", ALONE), latitude("55,7333", ALONE)), (Ok(55.7333), Ok(55.7333)));
        for text in ["91", "NaN", "inf", "55,7,3", ""] {
            assert!(latitude(text, ALONE).is_err(), "{text}");
        }
    }

    #[test]
    fn lists_places_and_yes_are_read_in_danish() {
        assert_eq!(list("Ballerup, Køge", ALONE), Ok(vec!["Ballerup".to_owned(), "Køge".to_owned()]));
        assert_eq!(place("Borger: C1", ALONE), Ok(PlaceName::Client("C1".to_owned())));
        for (text, yes) in [("ja", true), ("X", true), ("1", true), ("SAND", true), ("nej", false), ("0", false)] {
            assert_eq!(yes_no(text, ALONE), Ok(yes), "{text}");
        }
    }
}
