//! Values of options and arguments, and why a text is none, in both languages.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::WeekAndResult;
use crate::calendar::IsoWeek;
use crate::diagnostic::Text;
use crate::language::Language;
use crate::words;

/// Longer limits than a year are a slip.
const LONGEST_LIMIT: f64 = 366.0 * 24.0 * 3600.0;

/// Why a value cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.english)]
pub(in crate::cli) struct Unusable(pub Text);

fn unusable(danish: &str, english: &str) -> Unusable {
    Unusable(Text::new(danish, english))
}

/// Two paths; of several equals signs the first counts that ends the path of a folder.
pub(super) fn week_and_result(text: &str) -> Result<WeekAndResult, Unusable> {
    let splits = || text.match_indices('=').map(|(at, _)| (PathBuf::from(&text[..at]), PathBuf::from(&text[at + 1..])));
    let split = splits().find(|(week, _)| week.is_dir()).or_else(|| splits().next());
    let split = split.filter(|(week, result)| [week, result].iter().all(|path| !path.as_os_str().is_empty()));
    split
        .map(|(week, result)| WeekAndResult { week, result })
        .ok_or_else(|| unusable("ikke to mapper som i WEEK=RESULT", "not two folders as in WEEK=RESULT"))
}

pub(super) fn seconds(text: &str) -> Result<Duration, Unusable> {
    let seconds: f64 =
        text.parse().map_err(|_| unusable("ikke et antal sekunder som 30 eller 0.5", "not a number of seconds"))?;
    if !(0.0..=LONGEST_LIMIT).contains(&seconds) {
        return Err(unusable("ikke mellem 0 sekunder og et år", "not between 0 seconds and a year"));
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// A moment such as `2026-11-25T12:00`; a date alone is its midnight.
pub(super) fn moment(text: &str) -> Result<NaiveDateTime, Unusable> {
    let with_time = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let moment = with_time.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| date.and_time(NaiveTime::MIN));
    moment
        .or_else(date)
        .ok_or_else(|| unusable("ikke et tidspunkt som 2026-11-25T12:00", "not a moment such as 2026-11-25T12:00"))
}

pub(super) fn week(text: &str) -> Result<IsoWeek, Unusable> {
    text.parse().map_err(|_| unusable("ikke en uge som 2026-W48", "not a week such as 2026-W48"))
}

/// A whole number in a range that the type has room for.
pub(super) fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, Unusable> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| not_in(&range))
    }
}

fn not_in(range: &RangeInclusive<u64>) -> Unusable {
    let (least, most) = (*range.start(), *range.end());
    Unusable(Text::spoken(|language| {
        let said = |number: u64| words::whole(i64::try_from(number).unwrap_or(i64::MAX), language);
        match (most, language) {
            (u64::MAX, Language::Danish) => format!("ikke et helt tal fra {} og op", said(least)),
            (u64::MAX, Language::English) => format!("not a whole number from {} on", said(least)),
            (_, Language::Danish) => format!("ikke et helt tal fra {} til {}", said(least), said(most)),
            (_, Language::English) => format!("not a whole number from {} to {}", said(least), said(most)),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_may_be_dates_alone() {
        let noon = moment("2026-11-25T12:00").expect("a moment");
        assert_eq!(noon.to_string(), "2026-11-25 12:00:00");
        assert_eq!(moment("2026-11-25").expect("a date").to_string(), "2026-11-25 00:00:00");
        assert!(moment("25-11-2026").is_err());
    }

    #[test]
    fn a_week_and_its_result_stand_about_an_equals_sign() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let odd = root.path().join("a=b");
        std::fs::create_dir(&odd).expect("a new folder");
        let both = week_and_result(&format!("{}=c=d", odd.display())).expect("two folders");
        assert_eq!((both.week, both.result), (odd, "c=d".into()));
        assert_eq!(week_and_result("w=r").expect("two folders").result, PathBuf::from("r"));
        for text in ["", "w", "=r", "w="] {
            assert!(week_and_result(text).is_err(), "{text}");
        }
    }

    #[test]
    fn limits_are_seconds_up_to_a_year() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for text in ["-1", "NaN", "inf", "1e12", "soon"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn whole_numbers_keep_to_their_range_and_say_it_in_both_languages() {
        let clients = whole::<u32>(1..=100_000);
        assert_eq!((clients("1"), clients("100000")), (Ok(1), Ok(100_000)));
        for text in ["0", "100001", "-1", "1.5", "", "99999999999999999999"] {
            let why = clients(text).expect_err(text).0;
            assert_eq!(why.danish, "ikke et helt tal fra 1 til 100.000");
            assert_eq!(why.english, "not a whole number from 1 to 100,000");
        }
        assert_eq!(whole::<u64>(0..=u64::MAX)("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(whole::<u64>(0..=u64::MAX)("x").expect_err("no number").0.danish, "ikke et helt tal fra 0 og op");
    }
}
