//! Integer quantities with names: durations, moments of the week, spans of time and points.
//!
//! Time is wall-clock time counted in whole minutes from Monday 00:00 of the planned week; every day has
//! 1,440 minutes (the change of summer time is ignored). `f64` belongs in the master problem alone.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Minutes in a day.
pub const DAY: Minutes = Minutes(1440);

/// A duration in whole minutes; also a time of day, as minutes after midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i32);

/// A moment as minutes after Monday 00:00 of the planned week; negative before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i32);

/// A half-open interval of time, `start..end`, in the planned week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: Moment,
    pub end: Moment,
}

/// Points of the score; fewer are better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

/// A day of the planned week, 0 = Monday … 6 = Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u8);

impl Day {
    /// The seven days of the week in order.
    pub fn all() -> impl DoubleEndedIterator<Item = Day> {
        (0..7).map(Day)
    }

    /// The day's own 24 hours.
    pub fn span(self) -> Span {
        let start = Moment(i32::from(self.0) * DAY.0);
        Span { start, end: start + DAY }
    }

    /// The moment at a time of day (`00:00`–`24:00`) on this day.
    pub fn at(self, time: Minutes) -> Moment {
        self.span().start + time
    }
}

impl Moment {
    /// Farther in the future than any week: the end of an open-ended absence.
    pub const FAR: Moment = Moment(1_000_000_000);

    /// The day of the week that this moment falls on, if it lies in the week.
    pub fn day(self) -> Option<Day> {
        let day = self.0.div_euclid(DAY.0);
        (0..7).contains(&day).then(|| Day(u8::try_from(day).expect("0..7 fits")))
    }

    /// Minutes after midnight of its own day.
    pub fn time_of_day(self) -> Minutes {
        Minutes(self.0.rem_euclid(DAY.0))
    }
}

impl Span {
    /// The interval between two moments; may be empty or negative, see [`Span::is_empty`].
    pub fn new(start: Moment, end: Moment) -> Self {
        Span { start, end }
    }

    /// Its length; negative when it ends before it starts.
    pub fn length(self) -> Minutes {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one minute.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The time that both share, if any.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let both = Span::new(self.start.max(other.start), self.end.min(other.end));
        (!both.is_empty()).then_some(both)
    }
}

/// The spans with those that touch or overlap made one, in order.
pub fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The parts of `span` that no hole covers, in order.
pub fn subtract(span: Span, holes: &[Span]) -> Vec<Span> {
    let mut parts = vec![span];
    for hole in holes {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                [Span::new(part.start, part.end.min(hole.start)), Span::new(part.start.max(hole.end), part.end)]
            })
            .filter(|part| !part.is_empty())
            .collect();
    }
    parts
}

impl Add<Minutes> for Moment {
    type Output = Moment;
    fn add(self, by: Minutes) -> Moment {
        Moment(self.0 + by.0)
    }
}

impl Sub<Minutes> for Moment {
    type Output = Moment;
    fn sub(self, by: Minutes) -> Moment {
        Moment(self.0 - by.0)
    }
}

impl Sub for Moment {
    type Output = Minutes;
    fn sub(self, earlier: Moment) -> Minutes {
        Minutes(self.0 - earlier.0)
    }
}

impl Mul<Minutes> for Points {
    type Output = Points;
    fn mul(self, minutes: Minutes) -> Points {
        Points(self.0 * i64::from(minutes.0))
    }
}

impl Mul<i64> for Points {
    type Output = Points;
    fn mul(self, times: i64) -> Points {
        Points(self.0 * times)
    }
}

/// Addition, subtraction, sign and sums of a quantity that is a whole number.
macro_rules! additive {
    ($($quantity:ident),*) => {$(
        impl Add for $quantity {
            type Output = $quantity;
            fn add(self, other: $quantity) -> $quantity {
                $quantity(self.0 + other.0)
            }
        }
        impl Sub for $quantity {
            type Output = $quantity;
            fn sub(self, other: $quantity) -> $quantity {
                $quantity(self.0 - other.0)
            }
        }
        impl Neg for $quantity {
            type Output = $quantity;
            fn neg(self) -> $quantity {
                $quantity(-self.0)
            }
        }
        impl AddAssign for $quantity {
            fn add_assign(&mut self, other: $quantity) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $quantity {
            fn sub_assign(&mut self, other: $quantity) {
                self.0 -= other.0;
            }
        }
        impl Sum for $quantity {
            fn sum<I: Iterator<Item = $quantity>>(quantities: I) -> $quantity {
                $quantity(quantities.map(|q| q.0).sum())
            }
        }
        impl fmt::Display for $quantity {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

additive!(Minutes, Points);

/// A time of day as `08:30`; `24:00` for the end of the day.
pub fn clock(time: Minutes) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// The time of day that `8:30`, `08:30` or `24:00` names; nothing later than `24:00`.
pub fn parse_clock(text: &str) -> Option<Minutes> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes) = text.split_once(':')?;
    if !(1..=2).contains(&hours.len()) || minutes.len() != 2 || !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let time = Minutes(hours * 60 + minutes);
    (minutes < 60 && time <= DAY).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i32, end: i32) -> Span {
        Span::new(Moment(start), Moment(end))
    }

    #[test]
    fn joined_windows_that_touch_become_one() {
        assert_eq!(join(vec![span(60, 90), span(0, 60), span(100, 110)]), [span(0, 90), span(100, 110)]);
    }

    #[test]
    fn subtraction_leaves_the_uncovered_parts() {
        assert_eq!(subtract(span(0, 100), &[span(20, 30), span(90, 120)]), [span(0, 20), span(30, 90)]);
        assert_eq!(subtract(span(0, 100), &[span(-5, 100)]), []);
    }

    #[test]
    fn half_open_spans_that_touch_do_not_overlap() {
        assert!(!span(0, 60).overlaps(span(60, 90)));
        assert!(span(0, 61).overlaps(span(60, 90)));
    }

    #[test]
    fn times_of_day_go_up_to_midnight() {
        assert_eq!(parse_clock("8:05"), Some(Minutes(485)));
        assert_eq!(parse_clock("24:00"), Some(DAY));
        for text in ["24:01", "12:60", "8:5", "+8:00", "8", ":30", "08:30:00", ""] {
            assert_eq!(parse_clock(text), None, "{text}");
        }
    }

    #[test]
    fn moments_know_their_day_and_time() {
        assert_eq!(Moment(1440 * 6 + 30).day(), Some(Day(6)));
        assert_eq!(Moment(-1).day(), None);
        assert_eq!(Moment(1440 + 510).time_of_day(), Minutes(510));
        assert_eq!(clock(Minutes(1440)), "24:00");
    }
}
