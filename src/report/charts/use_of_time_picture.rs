//! Draws the use of the carers' time: for each weekday a bar for each qualification, and how many hours that is.

use std::collections::BTreeMap;

use super::bars::{self, Stretch};
use super::font::Type;
use super::layout::{self, Entry, MARGIN};
use super::picture::{Align, Area, Label, Picture};
use crate::calendar::IsoWeek;
use crate::language::Language;
use crate::policy::Qualification;
use crate::report::palette::{AWAY, BOOKING, BREAK, FREE, INK, MUTED, Paint, RULE, TRAVEL, VISIT};
use crate::report::use_of_time::{Split, Use, UseOfTime};
use crate::units::Minutes;
use crate::words;

const WIDTH: i32 = 1200;
/// From the left: the qualification, the shares, and the hours of the shifts.
const NAME_RIGHT: i32 = 234;
const SHARES: (i32, i32) = (244, 980);
const HOURS: (i32, i32) = (1000, 1112);
const BAR: i32 = 20;
const LINE: i32 = 24;
const GROUP_HEAD: i32 = 32;

const HEADING: Type = Type::bold(14);
const COLUMN: Type = Type::regular(12);
const NAME: Type = Type::regular(13);

type Splits = BTreeMap<Qualification, Split>;

/// Bars below a heading, with the most minutes of any bar that they are to be compared with.
#[derive(Clone, Copy)]
struct Group<'a> {
    heading: &'a str,
    splits: &'a Splits,
    most: i32,
}

pub(super) fn picture(time: &UseOfTime, week: IsoWeek, language: Language) -> Picture {
    let title =
        language.pick("Medarbejdernes tid efter ugedag og uddannelse", "Carers’ time by weekday and qualification");
    let mut picture = Picture::new(title, WIDTH);
    let total = time.total();
    let mut y = layout::head(&mut picture, &summary(&total, week, language));
    if total.total() == Minutes(0) {
        y = layout::nothing(&mut picture, y, language.pick("Ingen vagter i ugen.", "No shifts in the week."));
    } else {
        y = legend(&mut picture, y, &total, language);
        let whole_week = language.pick("Hele ugen", "The whole week").to_owned();
        y = column_heads(&mut picture, y, language);
        let week_splits = time.week();
        y = group(
            &mut picture,
            y,
            &Group { heading: &whole_week, splits: &week_splits, most: most(week_splits.values()) },
            language,
        );
        let most = most(time.by_day.values().flat_map(BTreeMap::values));
        for (day, splits) in &time.by_day {
            let heading = &words::date_and_holiday(week, *day, language);
            y = group(&mut picture, y, &Group { heading, splits, most }, language);
        }
    }
    layout::foot(&mut picture, y, &notes(time, language), (week, language));
    picture
}

fn summary(total: &Split, week: IsoWeek, language: Language) -> String {
    let hours = |minutes| words::hours(minutes, language);
    let (all, visits, free) = (hours(total.total()), hours(total.of(Use::Visits)), hours(total.of(Use::Free)));
    let week = words::week(week, language);
    language.pick(
        format!("{week} · {all} i vagter, heraf {visits} besøg og {free} ledig"),
        format!("{week} · {all} in shifts, of which {visits} visits and {free} free"),
    )
}

fn notes(time: &UseOfTime, language: Language) -> Vec<String> {
    let hours = words::hours(time.outside_shifts, language);
    let note = language.pick(
        format!("Desuden {hours} faste besøg uden for vagterne."),
        format!("Besides, {hours} of fixed visits outside the shifts."),
    );
    (time.outside_shifts > Minutes(0)).then_some(note).into_iter().collect()
}

fn paint(part: Use) -> Paint {
    match part {
        Use::Visits => VISIT,
        Use::Bookings => BOOKING,
        Use::Travel => TRAVEL,
        Use::Breaks => BREAK,
        Use::Free => FREE,
        Use::Away => AWAY,
    }
}

fn legend(picture: &mut Picture, top: i32, total: &Split, language: Language) -> i32 {
    let name = |part: Use| match part {
        Use::Visits => language.pick("besøg", "visits"),
        Use::Bookings => language.pick("booket arbejde", "booked work"),
        Use::Travel => language.pick("transport", "travel"),
        Use::Breaks => language.pick("pause, booket eller holdt fri", "break, booked or kept free"),
        Use::Free => language.pick("ledig", "free"),
        Use::Away => language.pick("fravær", "absence"),
    };
    let there = Use::ALL.into_iter().filter(|part| total.of(*part) > Minutes(0));
    let entries: Vec<Entry<'_>> = there.map(|part| Entry::new(paint(part), name(part))).collect();
    layout::legend(picture, top, &entries)
}

fn most<'a>(splits: impl Iterator<Item = &'a Split>) -> i32 {
    splits.map(|split| split.total().0).max().unwrap_or(0).max(1)
}

fn column_heads(picture: &mut Picture, top: i32, language: Language) -> i32 {
    let shares = language.pick("andel af vagternes tid, med timer", "share of the shifts’ time, with hours");
    let hours = language.pick("timer i vagter", "hours in shifts");
    picture.write(Label::new(shares, (SHARES.0, top + 6), COLUMN, MUTED));
    picture.write(Label::new(hours, (HOURS.0, top + 6), COLUMN, MUTED));
    top + 12
}

/// Draws a bar for each qualification and returns the first free line below.
fn group(picture: &mut Picture, top: i32, group: &Group<'_>, language: Language) -> i32 {
    let Group { heading, splits, most } = *group;
    picture.write_within(Label::new(heading, (MARGIN, top + 14), HEADING, INK), SHARES.1 - MARGIN);
    picture.paint(Area::new((MARGIN, top + 25), (WIDTH - 2 * MARGIN, 1)), Paint::plain(RULE));
    let mut y = top + GROUP_HEAD;
    for (qualification, split) in splits {
        let name = words::qualification(*qualification, language);
        let label = Label::new(name, (NAME_RIGHT, y + BAR / 2), NAME, INK).aligned(Align::Right);
        picture.write_within(label, NAME_RIGHT - MARGIN);
        draw_shares(picture, split, y, language);
        draw_hours(picture, (split.total(), most), y, language);
        y += LINE;
    }
    y + 4
}

fn draw_shares(picture: &mut Picture, split: &Split, top: i32, language: Language) {
    let stretches = Use::ALL.map(|part| Stretch::hours(split.of(part), paint(part), language));
    let area = Area::new((SHARES.0, top), (SHARES.1 - SHARES.0, BAR));
    bars::draw(picture, &stretches, (i64::from(split.total().0), area));
}

fn draw_hours(picture: &mut Picture, (minutes, most): (Minutes, i32), top: i32, language: Language) {
    let width = scaled(minutes.0, most, HOURS.1 - HOURS.0).max(1);
    picture.paint(Area::new((HOURS.0, top + 3), (width, BAR - 6)), Paint::plain(RULE));
    let text = words::hours(minutes, language);
    picture.write(Label::new(text, (HOURS.0 + width + 6, top + BAR / 2), NAME, INK));
}

fn scaled(part: i32, whole: i32, pixels: i32) -> i32 {
    i32::try_from(i64::from(part) * i64::from(pixels) / i64::from(whole)).unwrap_or(0)
}
