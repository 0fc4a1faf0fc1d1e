//! What all charts share: title, legend and source.

use super::font::Type;
use super::picture::{Align, Area, Label, Picture};
use crate::calendar::IsoWeek;
use crate::language::Language;
use crate::report::palette::{INK, MUTED, Paint};

pub(super) const MARGIN: i32 = 24;

const TITLE: Type = Type::bold(22);
const SUBTITLE: Type = Type::regular(14);
const LEGEND: Type = Type::regular(13);
const SOURCE: Type = Type::regular(12);
const NOTHING: Type = Type::regular(18);
const NOTHING_LINE: i32 = 24;

/// A sample of the legend.
const SWATCH: (i32, i32) = (28, 16);
const AFTER_SWATCH: i32 = 7;
const BETWEEN_ENTRIES: i32 = 22;
const LEGEND_LINE: i32 = 24;

/// A note or a sentence takes so many lines at the most.
const MOST_LINES: usize = 4;

/// One entry of a legend; thin things have a thin sample.
pub(super) struct Entry<'a> {
    pub paint: Paint,
    pub thin_by: i32,
    pub text: &'a str,
}

impl<'a> Entry<'a> {
    pub(super) fn new(paint: Paint, text: &'a str) -> Self {
        Entry { paint, thin_by: 0, text }
    }

    fn width(&self) -> i32 {
        SWATCH.0 + AFTER_SWATCH + LEGEND.width(self.text)
    }
}

/// Writes title and subtitle and returns the first free line below them.
pub(super) fn head(picture: &mut Picture, subtitle: &str) -> i32 {
    let room = picture.width - 2 * MARGIN;
    let title = picture.title.clone();
    picture.write_within(Label::new(title, (MARGIN, 34), TITLE, INK), room);
    picture.write_within(Label::new(subtitle, (MARGIN, 61), SUBTITLE, MUTED), room);
    84
}

/// Writes the legend in as many lines as it needs and returns the first free line below it.
pub(super) fn legend(picture: &mut Picture, top: i32, entries: &[Entry<'_>]) -> i32 {
    let (mut x, mut y) = (MARGIN, top);
    for entry in entries {
        if x > MARGIN && x + entry.width() > picture.width - MARGIN {
            (x, y) = (MARGIN, y + LEGEND_LINE);
        }
        let sample = Area::new((x, y), SWATCH);
        picture.paint(sample.shrunk_vertically(entry.thin_by), entry.paint);
        let text = (sample.right + AFTER_SWATCH, sample.middle().1);
        picture.write_within(Label::new(entry.text, text, LEGEND, INK), picture.width - MARGIN - text.0);
        x += entry.width() + BETWEEN_ENTRIES;
    }
    y + LEGEND_LINE + 6
}

/// Writes notes and the source below everything else and closes the picture.
pub(super) fn foot(picture: &mut Picture, top: i32, notes: &[String], (week, language): (IsoWeek, Language)) {
    let source = language.pick(
        format!("Kilde: ugens mappe {week} og planen fra Pusterum"),
        format!("Source: the week’s folder {week} and the plan by Pusterum"),
    );
    close(picture, top, notes.iter().chain([&source]));
}

/// Writes small lines below everything else and closes the picture.
pub(super) fn close<'a>(picture: &mut Picture, top: i32, lines: impl Iterator<Item = &'a String>) {
    let mut y = top + 14;
    let room = picture.width - 2 * MARGIN;
    for line in lines.flat_map(|text| SOURCE.lines(text, room, MOST_LINES)) {
        picture.write(Label::new(line, (MARGIN, y), SOURCE, MUTED));
        y += 18;
    }
    picture.height = y + 4;
}

/// A sentence in place of a chart that has nothing to show; returns the first free line below it.
pub(super) fn nothing(picture: &mut Picture, top: i32, sentence: &str) -> i32 {
    let lines = NOTHING.lines(sentence, picture.width - 2 * MARGIN, MOST_LINES);
    let mut y = top + 50 - NOTHING_LINE * (i32::try_from(lines.len()).unwrap_or(1) - 1) / 2;
    for line in lines {
        picture.write(Label::new(line, (picture.width / 2, y), NOTHING, MUTED).aligned(Align::Middle));
        y += NOTHING_LINE;
    }
    top + 100
}
