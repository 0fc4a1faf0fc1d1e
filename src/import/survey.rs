//! How the cells of a column are to be read where a cell alone does not say: the whole column decides.
//!
//! Canonical cells say everything themselves, so a file in the canonical form is never surveyed. The first cell that
//! leaves something open lets all columns of its file be looked through once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::grid::Grid;
use super::value::{Dated, Mark, Numbers, Order, Says, Unit, dated, is_midnight, moment_parts, says};
use crate::diagnostic::{Cell, Diagnostic, Fault, codes};

/// What a column decides for its cells.
#[derive(Clone, Debug, Default)]
struct Habit {
    order: Order,
    mark: Mark,
    /// Some number has a comma or a point.
    has_marks: bool,
    /// Only crosses stand in it, so an empty cell is a no.
    crosses: bool,
    /// All its moments are midnights, so they are days.
    midnights: bool,
    /// A cell that leaves open what the column decided, where every other one does too.
    open_date: Option<Sample>,
    open_number: Option<Sample>,
    /// Some date that needed the order, for telling how the file writes dates.
    date: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sample {
    line: u64,
    text: String,
}

/// What of a column's habit was needed.
#[derive(Debug, Default)]
struct Used {
    order: AtomicBool,
    mark: AtomicBool,
    crosses: AtomicBool,
    midnights: AtomicBool,
}

/// The columns of one file.
pub(super) struct Survey<'g> {
    grid: &'g Grid<'g>,
    header_line: u64,
    columns: usize,
    settled: Settled,
    habits: OnceLock<Vec<Habit>>,
    used: Vec<Used>,
}

/// What a mapping says, so that no column has to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub order: Option<Order>,
    pub mark: Option<Mark>,
}

/// How the file turned out to write what is not canonical.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manners {
    /// A date and its order.
    pub dates: Option<(String, Order)>,
    pub mark: Option<Mark>,
    pub crosses: bool,
    pub midnights: bool,
}

impl<'g> Survey<'g> {
    pub(super) fn new(grid: &'g Grid<'g>, header_line: u64, columns: usize, settled: Settled) -> Self {
        let used = (0..columns).map(|_| Used::default()).collect();
        Survey { grid, header_line, columns, settled, habits: OnceLock::new(), used }
    }

    fn habit(&self, place: usize) -> Option<&Habit> {
        self.habits.get_or_init(|| self.look_through()).get(place)
    }

    fn look_through(&self) -> Vec<Habit> {
        let mut tallies = vec![Tally::default(); self.columns];
        let mut records = self.grid.records();
        while let Some((line, record)) = records.next() {
            if line > self.header_line {
                for (tally, cell) in tallies.iter_mut().zip(record) {
                    tally.count(cell.trim(), line);
                }
            }
        }
        tallies.into_iter().map(|tally| tally.habit(self.settled)).collect()
    }

    /// How the file writes what needed a column's word.
    pub(super) fn manners(&self) -> Manners {
        let mut manners = Manners::default();
        for (habit, used) in self.habits.get().into_iter().flatten().zip(&self.used) {
            if used.order.load(Ordering::Relaxed) && manners.dates.is_none() {
                manners.dates = habit.date.clone().map(|date| (date, habit.order));
            }
            if used.mark.load(Ordering::Relaxed) && habit.has_marks {
                manners.mark = Some(habit.mark);
            }
            manners.crosses |= used.crosses.load(Ordering::Relaxed);
            manners.midnights |= used.midnights.load(Ordering::Relaxed);
        }
        manners
    }

    /// A warning for each column in which something was left open, or was not Danish.
    pub(super) fn warnings(&self, file: &str, column_of: impl Fn(usize) -> String) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (place, (habit, used)) in self.habits.get().into_iter().flatten().zip(&self.used).enumerate() {
            let column = column_of(place);
            let warn =
                |sample: &Sample, fault| Cell { file, line: sample.line, column: &column }.warning(&sample.text, fault);
            if used.order.load(Ordering::Relaxed) && self.settled.order.is_none() {
                found.extend(habit.open_date.iter().map(|sample| warn(sample, open_date(habit.order))));
            }
            if used.mark.load(Ordering::Relaxed) && self.settled.mark.is_none() {
                found.extend(habit.open_number.iter().map(|sample| warn(sample, open_number())));
            }
        }
        found
    }
}

/// Which reading of a column its cells allow.
#[derive(Clone, Debug, Default)]
struct Tally {
    dates: u64,
    /// Cells that are a date in that order: day, month or year first.
    fits: [u64; 3],
    /// Cells with `/` alone that are another date with the month first.
    slashed: Option<Sample>,
    date: Option<Sample>,
    commas: u64,
    points: u64,
    either: Option<Sample>,
    filled: u64,
    crosses: u64,
    moments: u64,
    midnights: u64,
}

const ORDERS: [Order; 3] = [Order::Day, Order::Month, Order::Year];

impl Tally {
    fn count(&mut self, cell: &str, line: u64) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.crosses += u64::from(cell.eq_ignore_ascii_case("x"));
        let sample = || Sample { line, text: cell.to_owned() };
        match says(cell) {
            Says::Decimal(Mark::Comma) => self.commas += 1,
            Says::Decimal(Mark::Point) => self.points += 1,
            Says::Either(_) => self.either = self.either.take().or_else(|| Some(sample())),
            Says::Nothing => {}
        }
        let parts = moment_parts(cell).filter(|_| dated(cell).is_none());
        if let Some((date, time)) = parts.filter(|(date, _)| dated(date).is_some()) {
            self.moments += 1;
            self.midnights += u64::from(is_midnight(time));
            self.count_numbers(date, sample);
        } else {
            self.count_numbers(cell, sample);
        }
    }

    fn count_numbers(&mut self, date: &str, sample: impl Fn() -> Sample) {
        if let Some(Dated::Numbers(numbers)) = dated(date) {
            self.dates += 1;
            self.count_date(numbers, sample);
        }
    }

    fn count_date(&mut self, numbers: Numbers, sample: impl Fn() -> Sample) {
        let readings = ORDERS.map(|order| numbers.date(order));
        for (fits, reading) in self.fits.iter_mut().zip(readings) {
            *fits += u64::from(reading.is_some());
        }
        self.date = self.date.take().or_else(|| Some(sample()));
        if numbers.slashes && readings[0] != readings[1] {
            self.slashed = self.slashed.take().or_else(|| Some(sample()));
        }
    }

    fn habit(self, settled: Settled) -> Habit {
        let fitting = ORDERS.into_iter().zip(self.fits).find(|(_, fits)| self.dates > 0 && *fits == self.dates);
        let order = settled.order.or(fitting.map(|(order, _)| order)).unwrap_or_default();
        let day_and_month = self.fits[0] == self.dates && self.fits[1] == self.dates;
        let mark = settled.mark.unwrap_or(if self.points > 0 && self.commas == 0 { Mark::Point } else { Mark::Comma });
        let open_date = match order {
            Order::Day => self.slashed.filter(|_| day_and_month),
            Order::Month | Order::Year => self.date.clone(),
        };
        Habit {
            order,
            mark,
            has_marks: self.commas + self.points > 0 || self.either.is_some(),
            crosses: self.filled > 0 && self.crosses == self.filled,
            midnights: self.moments > 0 && self.midnights == self.moments,
            open_date,
            open_number: self.either.filter(|_| self.points == 0 && self.commas == 0),
            date: self.date.map(|sample| sample.text),
        }
    }
}

fn open_date(order: Order) -> Fault {
    let (danish, english) = match order {
        Order::Day => ("dag før måned", "the day before the month"),
        Order::Month => ("måned før dag", "the month before the day"),
        Order::Year => ("året først", "the year first"),
    };
    Fault::new(
        codes::OPEN_DATE_ORDER,
        [
            &format!(
                "kolonnens datoer læses med {danish}, men er ikke skrevet på dansk vis, eller kan læses på to måder"
            ),
            &format!(
                "the dates of the column are read with {english}, but are not written in the Danish way, or can be read in two ways"
            ),
        ],
        [
            "Se efter, at det passer, og skriv `dates` i mapping.toml: \"day-first\", \"month-first\" eller \"year-first\"",
            "See that this is right, and write `dates` into mapping.toml: \"day-first\", \"month-first\" or \"year-first\"",
        ],
    )
}

fn open_number() -> Fault {
    Fault::new(
        codes::OPEN_DECIMAL_MARK,
        [
            "tallet kan læses på to måder, og resten af kolonnen viser ikke hvilken; i hele tal skiller tegnet tusinder, ellers er kommaet decimaltegn",
            "the number can be read in two ways, and the rest of the column does not show which; in whole numbers the separator stands between thousands, elsewhere the comma is the decimal mark",
        ],
        [
            "Se efter, at det passer, og skriv `decimal = \",\"` eller `decimal = \".\"` i mapping.toml",
            "See that this is right, and write `decimal = \",\"` or `decimal = \".\"` into mapping.toml",
        ],
    )
}

/// Which part of a moment a column takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    #[default]
    Whole,
    Date,
    Time,
}

/// What a cell may ask of its column while it is read.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    survey: Option<(&'s Survey<'s>, usize)>,
    pub unit: Unit,
    pub part: Part,
}

impl<'s> Asked<'s> {
    /// A cell that stands in no column, such as a constant.
    pub(super) const ALONE: Asked<'static> = Asked { survey: None, unit: Unit::Minutes, part: Part::Whole };

    pub(super) fn of(survey: &'s Survey<'s>, place: usize) -> Self {
        Asked { survey: Some((survey, place)), ..Asked::ALONE }
    }

    /// The same where a mapping says what a number counts or which part of a moment is taken.
    pub(super) fn turned(self, unit: Unit, part: Part) -> Self {
        Asked { unit, part, ..self }
    }

    fn habit<T: Default>(&self, used: impl Fn(&Used) -> &AtomicBool, take: impl Fn(&Habit) -> T) -> T {
        let found = self.survey.and_then(|(survey, place)| Some((survey.habit(place)?, survey.used.get(place)?)));
        found.map_or_else(T::default, |(habit, flags)| {
            used(flags).store(true, Ordering::Relaxed);
            take(habit)
        })
    }

    /// Which number of a date is the day.
    pub(super) fn order(&self) -> Order {
        self.habit(|used| &used.order, |habit| habit.order)
    }

    /// What stands before decimals.
    pub(super) fn mark(&self) -> Mark {
        self.habit(|used| &used.mark, |habit| habit.mark)
    }

    /// Whether an empty cell says no, since the others have crosses.
    pub(super) fn crosses(&self) -> bool {
        self.holds(|habit| habit.crosses, |used| &used.crosses)
    }

    /// Whether a moment at midnight is a whole day, since all others are at midnight too.
    pub(super) fn midnights(&self) -> bool {
        self.holds(|habit| habit.midnights, |used| &used.midnights)
    }

    fn holds(&self, what: impl Fn(&Habit) -> bool, used: impl Fn(&Used) -> &AtomicBool) -> bool {
        let Some((survey, place)) = self.survey else { return false };
        let holds = survey.habit(place).is_some_and(what);
        if holds {
            used(&survey.used[place]).store(true, Ordering::Relaxed);
        }
        holds
    }
}
