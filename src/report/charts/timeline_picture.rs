//! Draws the week of a provider: a lane for each carer, the days side by side and, where that is too wide, below
//! each other.

use super::font::Type;
use super::layout::{self, Entry, MARGIN};
use super::picture::{Align, Area, Label, Picture};
use super::timeline::{Drawn, Lane, OpenDay, Timeline};
use super::timeline_grid::{BETWEEN_DAYS, BETWEEN_ROWS, CARER, DAY_HEAD, EDUCATION, Grid, LANE, lanes};
use crate::calendar::IsoWeek;
use crate::language::Language;
use crate::policy::Qualification;
use crate::report::palette::{self, GRID, INK, MUTED, Paint, RULE, STRIPE};
use crate::report::work::Kind;
use crate::units::{Day, Minutes};
use crate::words;

const NARROWEST: i32 = 900;

const DATE: Type = Type::bold(14);
const TICK: Type = Type::regular(11);
const CLIENT: Type = Type::bold(11);
/// For visits too short for the above.
const CLIENT_SMALL: Type = Type::regular(10);

pub(super) fn picture(timeline: &Timeline, week: IsoWeek, language: Language) -> Picture {
    let grid = Grid::of(timeline, language);
    let title = language.pick("Ugens besøg og arbejde", "The week’s visits and work");
    let mut picture = Picture::new(&format!("{title}: {}", timeline.provider), grid.width().max(NARROWEST));
    let mut y = layout::head(&mut picture, &subtitle(timeline, week, language));
    if timeline.lanes.is_empty() {
        y = layout::nothing(&mut picture, y, nothing_to_show(timeline, language));
    } else {
        y = legend(&mut picture, y, timeline, language);
        for row in &grid.rows {
            y = draw_row(&mut picture, (&grid, timeline), (row, y), (week, language));
        }
    }
    layout::foot(&mut picture, y, &notes(timeline, language), (week, language));
    picture
}

fn subtitle(timeline: &Timeline, week: IsoWeek, language: Language) -> String {
    let relief = language.pick("afløsning", "relief");
    format!(
        "{} · {} · {} · {} {relief}",
        words::week(week, language),
        words::numbered(timeline.lanes.len(), ["medarbejder", "medarbejdere"], ["carer", "carers"], language),
        words::numbered(timeline.visits, ["besøg", "besøg"], ["visit", "visits"], language),
        words::hours(timeline.visit_minutes, language),
    )
}

fn nothing_to_show(timeline: &Timeline, language: Language) -> &'static str {
    if timeline.idle == 0 {
        language.pick("Udføreren har ingen medarbejdere.", "The provider has no carers.")
    } else {
        language.pick("Ingen vagter og ingen besøg i ugen.", "No shifts and no visits in the week.")
    }
}

fn notes(timeline: &Timeline, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    if !timeline.shared_prefix.is_empty() {
        let prefix = &timeline.shared_prefix;
        notes.push(language.pick(
            format!("På besøgene står borgerens id uden »{prefix}«."),
            format!("The visits bear the client’s id without “{prefix}”."),
        ));
    }
    let short: Vec<String> = timeline.qualifications().into_iter().filter_map(|q| spelt_out(q, language)).collect();
    if !short.is_empty() {
        notes.push(short.join(", ") + ".");
    }
    if timeline.idle > 0 && !timeline.lanes.is_empty() {
        notes.push(language.pick(
            format!("Uden vagter i ugen og ikke vist: {}.", timeline.idle),
            format!("Without shifts in the week and not shown: {}.", timeline.idle),
        ));
    }
    notes
}

fn spelt_out(qualification: Qualification, language: Language) -> Option<String> {
    let (short, long) =
        (words::short_qualification(qualification, language), words::qualification(qualification, language));
    (!short.eq_ignore_ascii_case(long)).then(|| format!("{short}: {}", long.to_lowercase()))
}

fn legend(picture: &mut Picture, top: i32, timeline: &Timeline, language: Language) -> i32 {
    let kinds = timeline.kinds();
    let entries: Vec<Entry<'_>> = LEGEND
        .iter()
        .filter(|(kind, _)| kinds.contains(kind))
        .map(|(kind, [danish, english])| Entry {
            paint: paint(*kind),
            thin_by: thin_by(*kind),
            text: language.pick(danish, english),
        })
        .collect();
    layout::legend(picture, top, &entries)
}

const LEGEND: [(Kind, [&str; 2]); 10] = [
    (Kind::Visit, ["besøg", "visit"]),
    (Kind::Pinned, ["fast besøg", "fixed visit"]),
    (Kind::Booking, ["booket arbejde", "booked work"]),
    (Kind::Absorbed, ["booking løst under besøget", "booking done within the visit"]),
    (Kind::Released, ["løses under en kollegas besøg", "done within a colleague’s visit"]),
    (Kind::Travel, ["transport", "travel"]),
    (Kind::BookedBreak, ["booket pause", "booked break"]),
    (Kind::RoomForBreak, ["plads til pause", "room for the break"]),
    (Kind::Shift, ["vagt, ledig tid", "shift, free time"]),
    (Kind::Away, ["fravær", "absence"]),
];

fn paint(kind: Kind) -> Paint {
    match kind {
        Kind::Shift => palette::FREE,
        Kind::Away => palette::AWAY,
        Kind::RoomForBreak | Kind::BookedBreak => palette::BREAK,
        Kind::Travel => palette::TRAVEL,
        Kind::Booking => palette::BOOKING,
        Kind::Visit => palette::VISIT,
        Kind::Pinned => palette::PINNED,
        Kind::Absorbed => palette::ABSORBED,
        Kind::Released => palette::RELEASED,
    }
}

/// How much lower than a visit a block is, above and below.
fn thin_by(kind: Kind) -> i32 {
    match kind {
        Kind::Shift | Kind::Visit | Kind::Pinned | Kind::Away => 0,
        Kind::Booking | Kind::Released | Kind::BookedBreak => 2,
        Kind::RoomForBreak | Kind::Absorbed => 5,
        Kind::Travel => 6,
    }
}

/// Draws the days that stand side by side, and returns the first free line below them.
fn draw_row(
    picture: &mut Picture,
    (grid, timeline): (&Grid, &Timeline),
    (days, top): (&[OpenDay], i32),
    (week, language): (IsoWeek, Language),
) -> i32 {
    let lanes = lanes(timeline, days);
    let first = top + DAY_HEAD;
    let rows: Vec<i32> = (first..).step_by(LANE as usize).take(lanes.len()).collect();
    let right = grid.left + days.iter().map(|day| day.hours() * grid.hour + BETWEEN_DAYS).sum::<i32>() - BETWEEN_DAYS;
    for (nth, (lane, y)) in lanes.iter().zip(&rows).enumerate() {
        if nth % 2 == 0 {
            picture.paint(Area { left: MARGIN - 4, top: *y, right, bottom: y + LANE }, Paint::plain(STRIPE));
        }
        draw_lane_name(picture, lane, (grid.left, y + LANE / 2), language);
    }
    let bottom = first + LANE * rows.len() as i32;
    let mut left = grid.left;
    for day in days {
        let panel = Panel { day: *day, left, top, bottom, hour: grid.hour };
        panel.draw_axis(picture, &words::date_and_holiday(week, day.day, language));
        for (lane, y) in lanes.iter().zip(&rows) {
            panel.draw_lane(picture, lane, *y);
        }
        left += day.hours() * grid.hour + BETWEEN_DAYS;
    }
    bottom + BETWEEN_ROWS
}

fn draw_lane_name(picture: &mut Picture, lane: &Lane, (left, middle): (i32, i32), language: Language) {
    let education = words::short_qualification(lane.qualification, language);
    picture.write(Label::new(education, (left - 10, middle), EDUCATION, MUTED).aligned(Align::Right));
    let room = left - 10 - MARGIN - EDUCATION.width(education) - 6;
    picture.write_within(Label::new(&lane.carer, (MARGIN, middle), CARER, INK), room);
}

/// A day's part of the picture.
struct Panel {
    day: OpenDay,
    left: i32,
    top: i32,
    bottom: i32,
    hour: i32,
}

impl Panel {
    fn right(&self) -> i32 {
        self.left + self.day.hours() * self.hour
    }

    /// Where a time of the day lies.
    fn x(&self, time: Minutes) -> i32 {
        self.left + (time.0 - self.day.from_hour * 60) * self.hour / 60
    }

    fn draw_axis(&self, picture: &mut Picture, date: &str) {
        let room = self.right() - self.left;
        picture.write_within(Label::new(date, (self.left, self.top + 10), DATE, INK), room);
        for hour in self.day.from_hour..=self.day.to_hour {
            let x = self.x(Minutes(hour * 60));
            picture
                .paint(Area::new((x, self.top + DAY_HEAD - 4), (1, self.bottom - self.top - DAY_HEAD + 4)), GRID_LINE);
            let tick = Label::new(format!("{hour:02}"), (x, self.top + DAY_HEAD - 12), TICK, MUTED);
            picture.write(tick.aligned(Align::Middle));
        }
        picture.paint(Area::new((self.left, self.top + DAY_HEAD - 1), (room, 1)), Paint::plain(RULE));
    }

    fn draw_lane(&self, picture: &mut Picture, lane: &Lane, top: i32) {
        for drawn in lane.blocks.iter().filter(|drawn| drawn.day == self.day.day) {
            self.draw_block(picture, drawn, top);
        }
    }

    fn draw_block(&self, picture: &mut Picture, drawn: &Drawn, top: i32) {
        let midnight = Day::span(self.day.day).start;
        let span = drawn.block.span;
        let (left, right) = (self.x(span.start - midnight), self.x(span.end - midnight));
        let area = Area { left, top: top + 2, right: right.max(left + 1), bottom: top + LANE - 2 };
        let paint = paint(drawn.block.kind);
        // A hairline of paper between neighbours keeps two visits in a row apart.
        let gap = i32::from(matches!(drawn.block.kind, Kind::Visit | Kind::Pinned) && area.width() > 8);
        let shape = match drawn.block.kind {
            Kind::Absorbed => Area { top: area.bottom - 5, ..area },
            kind => Area { right: area.right - gap, ..area }.shrunk_vertically(thin_by(kind)),
        };
        picture.paint(shape, paint);
        let inside = if paint.edge.is_some() { Area { left: shape.left + 3, ..shape } } else { shape };
        let set = if CLIENT.width(&drawn.label) + 6 <= inside.width() { CLIENT } else { CLIENT_SMALL };
        picture.write_inside(&drawn.label, inside, (set, paint));
    }
}

const GRID_LINE: Paint = Paint::plain(GRID);
