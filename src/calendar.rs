//! ISO weeks and Danish public holidays.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::units::{DAY, Day, Moment};

/// An ISO 8601 week, such as `2026-W48`. Some years, 2026 among them, have a week 53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek {
    year: i32,
    week: u32,
}

/// A text that names no ISO week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no ISO week such as `2026-W48`")]
pub struct NotAWeek(String);

impl IsoWeek {
    /// The week of that number, where the year has it and a calendar date exists for it.
    pub fn new(year: i32, week: u32) -> Option<Self> {
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
            .filter(|monday| monday.checked_add_signed(Duration::days(400)).is_some())
            .map(|_| IsoWeek { year, week })
    }

    /// The week that a date falls in.
    pub fn of(date: NaiveDate) -> Self {
        IsoWeek { year: date.iso_week().year(), week: date.iso_week().week() }
    }

    pub fn year(self) -> i32 {
        self.year
    }

    /// The week's number in its year, 1–53.
    pub fn number(self) -> u32 {
        self.week
    }

    pub fn monday(self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon).expect("checked when it was made")
    }

    pub fn date(self, day: Day) -> NaiveDate {
        self.monday() + Duration::days(i64::from(day.0))
    }

    /// The week's day on that date, if it falls in the week.
    pub fn day_of(self, date: NaiveDate) -> Option<Day> {
        let days = (date - self.monday()).num_days();
        (0..7).contains(&days).then(|| Day(u8::try_from(days).expect("0..7 fits")))
    }

    /// Midnight at the start of a date, as minutes after this week's Monday.
    ///
    /// Dates farther away than a [`Moment`] can say are brought to its ends, thousands of years off.
    pub fn midnight(self, date: NaiveDate) -> Moment {
        let days = (date - self.monday()).num_days().clamp(-600_000, 600_000);
        Moment(i32::try_from(days).expect("clamped") * DAY.0)
    }
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl FromStr for IsoWeek {
    type Err = NotAWeek;

    fn from_str(text: &str) -> Result<Self, NotAWeek> {
        let no = || NotAWeek(text.to_owned());
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let (year, week) = text.split_once("-W").ok_or_else(no)?;
        if year.len() != 4 || week.len() != 2 || !digits(year) || !digits(week) {
            return Err(no());
        }
        IsoWeek::new(year.parse().map_err(|_| no())?, week.parse().map_err(|_| no())?).ok_or_else(no)
    }
}

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm that Meeus prints in
/// *Astronomical Algorithms*, chapter 8).
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let (month, day) = ((n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs());
    NaiveDate::from_ymd_opt(year, month, day).expect("Easter falls in March or April")
}

/// A Danish public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub danish: &'static str,
    pub english: &'static str,
}

/// Public holidays by days after Easter Sunday.
const MOVED: [(i64, Holiday); 7] = [
    (-3, Holiday { danish: "skærtorsdag", english: "Maundy Thursday" }),
    (-2, Holiday { danish: "langfredag", english: "Good Friday" }),
    (0, Holiday { danish: "påskedag", english: "Easter Sunday" }),
    (1, Holiday { danish: "2. påskedag", english: "Easter Monday" }),
    (39, Holiday { danish: "Kristi himmelfartsdag", english: "Ascension Day" }),
    (49, Holiday { danish: "pinsedag", english: "Whit Sunday" }),
    (50, Holiday { danish: "2. pinsedag", english: "Whit Monday" }),
];

/// Public holidays by month and day.
const FIXED: [(u32, u32, Holiday); 3] = [
    (1, 1, Holiday { danish: "nytårsdag", english: "New Year's Day" }),
    (12, 25, Holiday { danish: "1. juledag", english: "Christmas Day" }),
    (12, 26, Holiday { danish: "2. juledag", english: "Boxing Day" }),
];

const GREAT_PRAYER_DAY: Holiday = Holiday { danish: "store bededag", english: "Great Prayer Day" };
const GREAT_PRAYER_DAY_LAST_YEAR: i32 = 2023;
const GREAT_PRAYER_DAY_AFTER_EASTER: i64 = 26;

/// The public holiday on a date, if it is one. Store bededag was one up to 2023 (LOV nr 214 of 6/3/2023).
pub fn public_holiday(date: NaiveDate) -> Option<Holiday> {
    let fixed = FIXED.iter().find(|(month, day, _)| (date.month(), date.day()) == (*month, *day));
    if let Some((.., holiday)) = fixed {
        return Some(*holiday);
    }
    let after_easter = (date - easter(date.year())).num_days();
    if after_easter == GREAT_PRAYER_DAY_AFTER_EASTER && date.year() <= GREAT_PRAYER_DAY_LAST_YEAR {
        return Some(GREAT_PRAYER_DAY);
    }
    MOVED.iter().find(|(days, _)| *days == after_easter).map(|(_, holiday)| *holiday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn holidays(year: i32) -> Vec<String> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        first
            .iter_days()
            .take_while(|d| d.year() == year)
            .filter(|d| public_holiday(*d).is_some())
            .map(|d| d.to_string())
            .collect()
    }

    /// The dates that the Danish state publishes for 2026 and 2027.
    #[test]
    fn public_holidays_fall_on_the_known_dates() {
        let of_2026 = [
            "2026-01-01",
            "2026-04-02",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-14",
            "2026-05-24",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26",
        ];
        let of_2027 = [
            "2027-01-01",
            "2027-03-25",
            "2027-03-26",
            "2027-03-28",
            "2027-03-29",
            "2027-05-06",
            "2027-05-16",
            "2027-05-17",
            "2027-12-25",
            "2027-12-26",
        ];
        assert_eq!(holidays(2026), of_2026);
        assert_eq!(holidays(2027), of_2027);
    }

    #[test]
    fn store_bededag_ended_with_2023() {
        assert_eq!(public_holiday(date("2023-05-05")), Some(GREAT_PRAYER_DAY));
        assert_eq!(public_holiday(date("2024-04-26")), None);
    }

    #[test]
    fn days_that_are_often_free_are_no_public_holidays() {
        for day in ["2026-05-01", "2026-06-05", "2026-12-24", "2026-12-31"] {
            assert_eq!(public_holiday(date(day)), None, "{day}");
        }
    }

    #[test]
    fn easter_falls_on_the_known_dates() {
        for day in ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2038-04-25", "2285-03-22"] {
            assert_eq!(easter(date(day).year()), date(day));
        }
    }

    #[test]
    fn week_53_of_2026_reaches_into_2027() {
        let week: IsoWeek = "2026-W53".parse().expect("2026 has a week 53");
        assert_eq!(week.monday(), date("2026-12-28"));
        assert_eq!(week.date(Day(4)), date("2027-01-01"));
        assert_eq!(week.day_of(date("2027-01-03")), Some(Day(6)));
        assert_eq!(week.day_of(date("2027-01-04")), None);
        assert_eq!(IsoWeek::of(date("2027-01-01")), week);
        assert_eq!(week.to_string(), "2026-W53");
    }

    #[test]
    fn weeks_that_do_not_exist_are_refused() {
        for text in ["2025-W53", "2026-W54", "2026-W00", "2026-48", "26-W48", "2026-W4", "2026-W+8", ""] {
            assert!(text.parse::<IsoWeek>().is_err(), "{text}");
        }
    }
}
