//! Where the days and lanes of a timeline go.

use super::font::Type;
use super::layout::MARGIN;
use super::timeline::{Lane, OpenDay, Timeline};
use crate::language::Language;
use crate::words;

pub(super) const LANE: i32 = 22;
pub(super) const DAY_HEAD: i32 = 44;
pub(super) const BETWEEN_DAYS: i32 = 28;
pub(super) const BETWEEN_ROWS: i32 = 16;
pub(super) const CARER: Type = Type::regular(13);
pub(super) const EDUCATION: Type = Type::regular(11);

/// Room for the title, the legend and the source.
const AROUND: i32 = 190;
const WIDEST: i32 = 2400;
/// An hour is so many pixels wide, at least and at most.
const HOUR: (i32, i32) = (34, 48);
/// What a page on a screen or on paper looks like, width to height.
const BEST_ASPECT: f64 = 1.5;

/// Where the days and lanes go.
pub(super) struct Grid {
    /// Days that stand side by side, row by row.
    pub rows: Vec<Vec<OpenDay>>,
    /// Where the hours begin: right of the carers' ids.
    pub left: i32,
    pub hour: i32,
}

impl Grid {
    /// The grid whose picture is most like a page, with hours wide enough to read.
    pub(super) fn of(timeline: &Timeline, language: Language) -> Self {
        let left = MARGIN + lane_names(timeline, language) + 10;
        let grids = (1..=timeline.days.len().max(1)).map(|rows| Grid::in_rows(timeline, (left, rows)));
        let fitting = grids.filter(|grid| grid.width() <= WIDEST || grid.rows.len() == timeline.days.len());
        let strangeness = |grid: &Grid| {
            let aspect = f64::from(grid.width()) / f64::from(grid.height(timeline));
            (aspect / BEST_ASPECT).ln().abs()
        };
        let best = fitting.min_by(|a, b| strangeness(a).total_cmp(&strangeness(b)));
        best.unwrap_or(Grid { rows: Vec::new(), left, hour: HOUR.1 })
    }

    fn in_rows(timeline: &Timeline, (left, rows): (i32, usize)) -> Self {
        let per_row = timeline.days.len().div_ceil(rows).max(1);
        let rows: Vec<Vec<OpenDay>> = timeline.days.chunks(per_row).map(<[OpenDay]>::to_vec).collect();
        let mut grid = Grid { rows, left, hour: HOUR.0 };
        let hours = grid.rows.iter().map(|row| row.iter().map(|day| day.hours()).sum()).max().unwrap_or(1);
        let spare = (WIDEST - grid.width()).max(0) / i32::max(hours, 1);
        grid.hour = (HOUR.0 + spare).min(HOUR.1);
        grid
    }

    pub(super) fn width(&self) -> i32 {
        let days = |row: &Vec<OpenDay>| row.iter().map(|day| day.hours() * self.hour + BETWEEN_DAYS).sum();
        self.left + self.rows.iter().map(days).max().unwrap_or(0) - BETWEEN_DAYS + MARGIN
    }

    fn height(&self, timeline: &Timeline) -> i32 {
        let lanes = |row: &Vec<OpenDay>| i32::try_from(lanes(timeline, row).len()).unwrap_or(i32::MAX / LANE);
        AROUND + self.rows.iter().map(|row| DAY_HEAD + lanes(row) * LANE + BETWEEN_ROWS).sum::<i32>()
    }
}

fn lane_names(timeline: &Timeline, language: Language) -> i32 {
    let education = |lane: &Lane| EDUCATION.width(words::short_qualification(lane.qualification, language));
    let ids = timeline.lanes.iter().map(|lane| CARER.width(&lane.carer)).max().unwrap_or(0);
    ids.min(200) + 8 + timeline.lanes.iter().map(education).max().unwrap_or(0)
}

/// The lanes with anything on one of the days.
pub(super) fn lanes<'a>(timeline: &'a Timeline, days: &[OpenDay]) -> Vec<&'a Lane> {
    timeline.lanes.iter().filter(|lane| days.iter().any(|day| lane.is_open_on(day.day))).collect()
}
