//! The tables of a report: which figures stand side by side, what they are called and what they mean. Charts, pages and
//! the workbook show these tables and nothing else.

mod asks;
mod capacity;
mod delivery;
mod time;
mod waiting;

use super::facts::{Asked, Facts};
use super::figures::{Figures, Group, Measure, Part, Shown};
use crate::language::Language;
use crate::report::palette::Paint;
use crate::units::Minutes;
use crate::words;
use asks::{Asks, Shows};

/// A table with its chart.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The name of its files and its place on the page.
    pub id: &'static str,
    /// The name of its sheet.
    pub sheet: String,
    pub title: String,
    /// What it shows and how that is worked out.
    pub about: Vec<String>,
    /// What the rows are.
    pub row_head: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The whole, where the rows are its parts.
    pub total: Option<Row>,
    pub chart: Chart,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub head: String,
    /// What the figures in it are; a definition for the list below the table.
    pub meaning: String,
    pub unit: Unit,
}

/// What a column counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hours,
    Number,
    Share,
    Weeks,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// A figure as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Hours(Minutes),
    Count(i64),
    /// 0.85 is 85 %.
    Share(f64),
    /// In the mean.
    Weeks(f64),
    /// A share or mean of nothing.
    Nothing,
    Masked,
}

/// How a table is drawn: a bar for each row, with stretches for some of its columns.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Columns by position, in the order of the bar.
    pub parts: Vec<(usize, Paint)>,
    pub scale: Scale,
}

/// How long bars are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Bars can be compared.
    Common,
    /// Every bar is a whole of its own.
    Shares,
}

/// Makes the tables.
pub(super) struct Tables<'a> {
    pub figures: &'a Figures,
    pub facts: &'a Facts,
    pub language: Language,
}

/// The parts of a report, each with its tables.
pub(super) struct Chapter {
    pub id: &'static str,
    pub title: &'static str,
    pub tables: Vec<Table>,
}

impl Tables<'_> {
    pub(super) fn chapters(&self) -> Vec<Chapter> {
        let pick = |danish, english| self.language.pick(danish, english);
        vec![
            Chapter {
                id: "delivery",
                title: pick("Bevilget og leveret", "Granted and delivered"),
                tables: vec![
                    self.by_week(),
                    self.by_municipality(),
                    self.by_provider(),
                    self.by_need(),
                    self.by_asked(),
                    self.by_day(),
                ],
            },
            Chapter {
                id: "waiting",
                title: pick("Ventetid", "Waiting time"),
                tables: vec![self.waiting_by_week(), self.waiting_by_time(), self.waiting_by_municipality()],
            },
            Chapter {
                id: "capacity",
                title: pick("Hvor mangler der kapacitet", "Where capacity is missing"),
                tables: vec![self.causes_alone(), self.causes(), self.missing_by_asked(), self.missing_by_day()],
            },
            Chapter {
                id: "time",
                title: pick("Medarbejdernes tid", "Carers’ time"),
                tables: vec![self.time_by_week(), self.time_by_provider(), self.time_by_qualification()],
            },
            Chapter {
                id: "continuity",
                title: pick("Kontinuitet", "Continuity"),
                tables: vec![self.continuity_by_week(), self.continuity_by_municipality()],
            },
        ]
    }

    /// A table with a row for each group and the whole below.
    fn table(&self, words: Words<'_>, columns: &[&Asks], rows: Vec<Part>, chart: (&[(usize, Paint)], Scale)) -> Table {
        let row = |name: String, group: &Group| Row {
            name,
            cells: columns.iter().map(|asks| self.cell(asks.shows, group)).collect(),
        };
        let columns = columns.iter().map(|asks| Column {
            head: self.pick(asks.head),
            meaning: self.pick(asks.meaning),
            unit: asks.shows.unit(),
        });
        Table {
            id: words.id,
            sheet: self.pick(&words.sheet),
            title: self.pick(&words.title),
            about: vec![self.pick(words.about)],
            row_head: self.pick(&words.row_head),
            columns: columns.collect(),
            total: (rows.len() > 1).then(|| row(self.pick(&["I alt", "Total"]), &Group::new())),
            rows: rows.into_iter().map(|part| row(self.name(&part), &vec![part])).collect(),
            chart: Chart { parts: chart.0.to_vec(), scale: chart.1 },
        }
    }

    fn cell(&self, shows: Shows, group: &Group) -> Cell {
        let shown = |measure| self.figures.shown(measure, group);
        match shows {
            Shows::Hours(measure) => match shown(measure) {
                Shown::Value(minutes) => Cell::Hours(Minutes(i32::try_from(minutes).unwrap_or(i32::MAX))),
                Shown::Masked => Cell::Masked,
            },
            Shows::Count(measure) => match shown(measure) {
                Shown::Value(count) => Cell::Count(count),
                Shown::Masked => Cell::Masked,
            },
            Shows::Share(part, whole) => quotient(shown(part), shown(whole), Cell::Share),
            Shows::Weeks(sum, count) => quotient(shown(sum), shown(count), Cell::Weeks),
        }
    }

    /// A figure of the whole.
    pub(super) fn whole(&self, which: Whole) -> Cell {
        let shows = match which {
            Whole::Families => asks::FAMILIES.shows,
            Whole::Due => asks::DUE.shows,
            Whole::Delivered => asks::DELIVERED_SHARE.shows,
            Whole::Undelivered => asks::UNDELIVERED.shows,
            Whole::Awaiting => asks::AWAITING.shows,
            Whole::Waiting => asks::WAITING.shows,
            Whole::Waited => asks::WAITED.shows,
            Whole::Travel => asks::TRAVEL_SHARE.shows,
            Whole::Continuity => asks::FAMILIAR_SHARE.shows,
        };
        self.cell(shows, &Group::new())
    }

    fn groups(&self, measures: &[Measure], is_of: fn(&Part) -> bool) -> Vec<Part> {
        self.figures.groups(measures, is_of)
    }

    /// The largest first; those of which the size is masked last, so that their order tells nothing.
    fn by_size(&self, mut parts: Vec<Part>, measure: Measure) -> Vec<Part> {
        parts.sort_by_cached_key(|part| {
            let size = match self.figures.shown(measure, &vec![part.clone()]) {
                Shown::Value(size) => -size,
                Shown::Masked => 1,
            };
            (size, self.name(part))
        });
        parts
    }

    fn name(&self, part: &Part) -> String {
        let language = self.language;
        match part {
            Part::Week(week) => {
                let (number, year) = (week.number(), week.year());
                language.pick(format!("Uge {number}, {year}"), format!("Week {number}, {year}"))
            }
            Part::Municipality(name) => name.clone(),
            Part::Provider(Some((id, name))) if self.facts.shared_names.contains(name) => format!("{name} ({id})"),
            Part::Provider(Some((_, name))) => name.clone(),
            Part::Provider(None) => self.pick(&["Ingen udfører endnu", "No provider yet"]),
            Part::Need(need) => words::need(*need, language).to_owned(),
            Part::Asked(asked) => self.asked(*asked).to_owned(),
            Part::Day(day) => words::weekday(*day, language).to_owned(),
            Part::Qualification(qualification) => words::qualification(*qualification, language).to_owned(),
            Part::Cause(cause) => cause.name(language).to_owned(),
            Part::Wait(wait) => wait.name(language).to_owned(),
        }
    }

    fn asked(&self, asked: Asked) -> &'static str {
        match asked {
            Asked::HealthEducation => self.language.pick("Sundhedsfaglig uddannelse", "Education in health care"),
            Asked::ReliefTraining => self.language.pick("Oplæring i afløsning", "Training for relief"),
            Asked::Nothing => self.language.pick("Ingen krav (praktisk afløsning)", "Nothing (practical relief)"),
        }
    }

    fn pick(&self, [danish, english]: &[&'static str; 2]) -> String {
        self.language.pick(*danish, *english).to_owned()
    }
}

/// One figure by another, where both may be told and there is something to divide by.
fn quotient(part: Shown, whole: Shown, cell: fn(f64) -> Cell) -> Cell {
    match (part, whole) {
        (_, Shown::Value(0)) => Cell::Nothing,
        (Shown::Value(part), Shown::Value(whole)) => cell(part as f64 / whole as f64),
        _ => Cell::Masked,
    }
}

/// The figures that a report begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    Families,
    Due,
    Delivered,
    Undelivered,
    Awaiting,
    Waiting,
    Waited,
    Travel,
    Continuity,
}

/// What a table is called, in both languages.
#[derive(Clone, Copy)]
struct Words<'a> {
    id: &'static str,
    sheet: [&'static str; 2],
    title: [&'static str; 2],
    about: &'a [&'static str; 2],
    row_head: [&'static str; 2],
}
