//! A bar for each of some alternatives: what is delivered in it and what is not.

use super::font::Type;
use super::layout::{self, Entry, MARGIN};
use super::palette::{DELIVERED, INK, MUTED, UNDELIVERED};
use super::picture::{Area, Label, Picture};
use super::words;
use crate::calendar::IsoWeek;
use crate::language::Language;
use crate::units::Minutes;

const WIDTH: i32 = 1200;
/// From the left: the name, the bar, and what there is to say of it.
const BARS: (i32, i32) = (370, 850);
const NOTES: i32 = 862;
const BAR: i32 = 22;
const LINE: i32 = 34;

const NAME: Type = Type::bold(14);
const NOTE: Type = Type::regular(13);
const IN_BAR: Type = Type::bold(12);

/// Some alternatives side by side.
#[derive(Clone, Debug)]
pub struct Bars {
    pub title: String,
    pub subtitle: String,
    pub rows: Vec<Bar>,
    pub week: IsoWeek,
}

/// One alternative.
#[derive(Clone, Debug)]
pub struct Bar {
    pub name: String,
    pub delivered: Minutes,
    pub undelivered: Minutes,
    /// What stands beside the bar.
    pub note: String,
}

pub(super) fn picture(bars: &Bars, language: Language) -> Picture {
    let mut picture = Picture::new(&bars.title, WIDTH);
    let mut y = layout::head(&mut picture, &bars.subtitle);
    let entries = [
        Entry::new(DELIVERED, language.pick("leveret", "delivered")),
        Entry::new(UNDELIVERED, language.pick("ikke leveret", "undelivered")),
    ];
    y = layout::legend(&mut picture, y, &entries) + 6;
    let whole = bars.rows.iter().map(|row| row.delivered.0 + row.undelivered.0).max().unwrap_or(0).max(1);
    for row in &bars.rows {
        draw(&mut picture, (row, y), whole, language);
        y += LINE;
    }
    layout::foot(&mut picture, y, &[], (bars.week, language));
    picture
}

fn draw(picture: &mut Picture, (row, top): (&Bar, i32), whole: i32, language: Language) {
    let middle = top + BAR / 2;
    picture.write_within(Label::new(&row.name, (MARGIN, middle), NAME, INK), BARS.0 - MARGIN - 12);
    let x = |minutes: i32| {
        let room = i64::from(BARS.1 - BARS.0);
        BARS.0 + i32::try_from(i64::from(minutes) * room / i64::from(whole)).unwrap_or(0)
    };
    let ends = [0, row.delivered.0, row.delivered.0 + row.undelivered.0];
    for (ends, paint) in ends.windows(2).zip([DELIVERED, UNDELIVERED]) {
        let area = Area { left: x(ends[0]), top, right: x(ends[1]), bottom: top + BAR };
        picture.paint(area, paint);
        picture.write_inside(&words::hours(Minutes(ends[1] - ends[0]), language), area, (IN_BAR, paint));
    }
    picture.write_within(Label::new(&row.note, (NOTES, middle), NOTE, MUTED), WIDTH - MARGIN - NOTES);
}
