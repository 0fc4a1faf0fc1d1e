//! Colours and hatchings, each with one meaning in all charts.
//!
//! The colours are from Okabe and Ito's palette ("Color Universal Design", 2008), which people with any colour vision
//! tell apart. Neighbours differ in lightness or hatching as well, so that a grey print is enough.

use plotters::style::RGBColor;

pub(super) const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
pub(super) const MUTED: RGBColor = RGBColor(0x55, 0x5D, 0x66);
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
pub(super) const STRIPE: RGBColor = RGBColor(0xF7, 0xF8, 0xF9);
pub(super) const GRID: RGBColor = RGBColor(0xE1, 0xE4, 0xE8);
pub(super) const RULE: RGBColor = RGBColor(0x9A, 0xA2, 0xAB);

const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
const NIGHT: RGBColor = RGBColor(0x10, 0x20, 0x33);
const ORANGE: RGBColor = RGBColor(0xE6, 0x9F, 0x00);
const SKY: RGBColor = RGBColor(0xB5, 0xDD, 0xF5);
const SKY_EDGE: RGBColor = RGBColor(0x4B, 0x93, 0xBF);
const YELLOW: RGBColor = RGBColor(0xF0, 0xE4, 0x42);
const YELLOW_EDGE: RGBColor = RGBColor(0x85, 0x7B, 0x00);
const YELLOW_LINES: RGBColor = RGBColor(0xB5, 0xA7, 0x10);
const VERMILION: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
const ROAD: RGBColor = RGBColor(0x26, 0x26, 0x26);
const SHIFT: RGBColor = RGBColor(0xEB, 0xED, 0xF0);
const SHIFT_EDGE: RGBColor = RGBColor(0xB4, 0xBA, 0xC2);
const LEAD: RGBColor = RGBColor(0x3A, 0x42, 0x4B);
const SLATE: RGBColor = RGBColor(0x7D, 0x86, 0x90);

/// The colours that pages name in their style sheet, as `--name`.
const NAMED: [(&str, RGBColor); 20] = [
    ("ink", INK),
    ("muted", MUTED),
    ("paper", PAPER),
    ("stripe", STRIPE),
    ("grid", GRID),
    ("rule", RULE),
    ("visit", BLUE),
    ("pinned", NIGHT),
    ("pinned-edge", ORANGE),
    ("booking", SKY),
    ("booking-edge", SKY_EDGE),
    ("travel", ROAD),
    ("break", YELLOW),
    ("break-edge", YELLOW_EDGE),
    ("break-lines", YELLOW_LINES),
    ("shift", SHIFT),
    ("shift-edge", SHIFT_EDGE),
    ("away", LEAD),
    ("undelivered", VERMILION),
    ("not-due", SLATE),
];

/// The colours as custom properties of a style sheet.
pub(super) fn style_sheet() -> String {
    let properties =
        NAMED.iter().map(|(name, RGBColor(red, green, blue))| format!("--{name}:#{red:02x}{green:02x}{blue:02x};"));
    format!(":root{{{}}}", properties.collect::<String>())
}

/// How a box is filled, hatched, framed and marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    pub fill: RGBColor,
    pub hatch: Option<RGBColor>,
    pub frame: Option<RGBColor>,
    /// A strip along the left edge.
    pub edge: Option<RGBColor>,
    /// Texts on it.
    pub ink: RGBColor,
}

impl Paint {
    pub(super) const fn plain(fill: RGBColor) -> Self {
        Paint { fill, hatch: None, frame: None, edge: None, ink: INK }
    }

    const fn dark(fill: RGBColor) -> Self {
        Paint { ink: PAPER, ..Paint::plain(fill) }
    }

    const fn framed(fill: RGBColor, frame: RGBColor) -> Self {
        Paint { frame: Some(frame), ..Paint::plain(fill) }
    }

    const fn hatched(hatch: RGBColor) -> Self {
        Paint { hatch: Some(hatch), ..Paint::framed(PAPER, hatch) }
    }
}

pub(super) const VISIT: Paint = Paint::dark(BLUE);
pub(super) const PINNED: Paint = Paint { edge: Some(ORANGE), ..Paint::dark(NIGHT) };
pub(super) const BOOKING: Paint = Paint::framed(SKY, SKY_EDGE);
/// A strip on the visit within which a booking is done.
pub(super) const ABSORBED: Paint = BOOKING;
pub(super) const RELEASED: Paint = Paint::hatched(SKY_EDGE);
pub(super) const TRAVEL: Paint = Paint::dark(ROAD);
pub(super) const BREAK: Paint = Paint { hatch: Some(YELLOW_LINES), ..Paint::framed(YELLOW, YELLOW_EDGE) };
pub(super) const FREE: Paint = Paint::framed(SHIFT, SHIFT_EDGE);
pub(super) const AWAY: Paint = Paint::hatched(LEAD);

pub(super) const DUE: Paint = Paint::dark(LEAD);
pub(super) const NOT_DUE: Paint = Paint::framed(PAPER, SLATE);
pub(super) const DELIVERED: Paint = VISIT;
pub(super) const UNDELIVERED: Paint = Paint::hatched(VERMILION);
