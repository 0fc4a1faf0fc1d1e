//! Bars of stretches one after another, and charts of such bars, a row each.

use std::io;
use std::path::{Path, PathBuf};

use plotters::style::RGBColor;

use super::font::Type;
use super::layout::{self, Entry, MARGIN};
use super::picture::{Area, Label, Picture};
use super::{Chart, render, write};
use crate::language::Language;
use crate::report::palette::{INK, MUTED, Paint};
use crate::units::Minutes;
use crate::words;

/// Where the parts of a row have room side by side.
const WIDTH: i32 = 1200;
/// As wide as a telephone held upright, so that letters stay as large as they are drawn.
const NARROW_WIDTH: i32 = 380;
/// From the left: the row's name, the bar, and its figures.
const NAME_RIGHT: i32 = 330;
const BARS: (i32, i32) = (344, 940);
const FIGURES: i32 = 952;
const BAR: i32 = 22;
const BETWEEN_BARS: i32 = 8;

/// A long name takes so many lines at the most.
const NAME_LINES: usize = 3;
const NAME_LINE: i32 = 17;
/// The figures of a narrow chart, too.
const FIGURE_LINES: usize = 2;
const FIGURE_LINE: i32 = 16;
/// Between the rows of a narrow chart, so that it can be seen what belongs together.
const BETWEEN_STACKS: i32 = 16;

const NAME: Type = Type::regular(14);
const FIGURE: Type = Type::regular(13);
const IN_BAR: Type = Type::bold(12);

/// How the parts of each row stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Shape {
    /// Name, bar and figures side by side.
    Wide,
    /// One below the other.
    Narrow,
}

/// A part of a bar.
#[derive(Clone, Debug)]
pub(in crate::report) struct Stretch {
    pub amount: i64,
    pub paint: Paint,
    /// Written into it where it fits.
    pub label: String,
}

impl Stretch {
    /// Some minutes, labelled in hours.
    pub(in crate::report) fn hours(minutes: Minutes, paint: Paint, language: Language) -> Self {
        Stretch { amount: i64::from(minutes.0), paint, label: words::hours(minutes, language) }
    }
}

/// Draws stretches from the left of an area, of which the whole width stands for `whole`.
pub(super) fn draw(picture: &mut Picture, stretches: &[Stretch], (whole, area): (i64, Area)) {
    let x = |amount: i64| {
        let pixels = amount * i64::from(area.width()) / whole.max(1);
        area.left + i32::try_from(pixels).unwrap_or(0)
    };
    let mut before = 0;
    for stretch in stretches.iter().filter(|stretch| stretch.amount > 0) {
        let own = Area { left: x(before), right: x(before + stretch.amount), ..area };
        picture.paint(own, stretch.paint);
        picture.write_inside(&stretch.label, own, (IN_BAR, stretch.paint));
        before += stretch.amount;
    }
}

/// A chart of bars below each other.
#[derive(Clone, Debug)]
pub(in crate::report) struct BarChart {
    pub title: String,
    pub subtitle: String,
    /// What the paints mean.
    pub legend: Vec<(Paint, String)>,
    pub rows: Vec<BarRow>,
    /// Small print.
    pub notes: Vec<String>,
    /// In place of bars where there are none.
    pub nothing: String,
}

/// A row of a chart.
#[derive(Clone, Debug)]
pub(in crate::report) struct BarRow {
    pub name: String,
    pub stretches: Vec<Stretch>,
    /// What the whole width stands for.
    pub whole: i64,
    /// Written to the right.
    pub figures: String,
}

impl BarChart {
    /// Writes the chart as SVG and PNG.
    pub(in crate::report) fn write(&self, folder: &Path, name: &str) -> io::Result<[PathBuf; 2]> {
        write(&Chart { name: name.to_owned(), picture: self.picture() }, folder)
    }

    /// The chart as a part of a page, which says itself what it is about.
    pub(in crate::report) fn inline(&self, shape: Shape) -> io::Result<String> {
        render::inline(&self.below(Picture::new(&self.title, shape.width()), (MARGIN, shape)))
    }

    pub(super) fn picture(&self) -> Picture {
        let mut picture = Picture::new(&self.title, WIDTH);
        let y = layout::head(&mut picture, &self.subtitle);
        self.below(picture, (y, Shape::Wide))
    }

    /// The picture with legend and bars below a line.
    fn below(&self, mut picture: Picture, (top, shape): (i32, Shape)) -> Picture {
        let mut y = top;
        if self.rows.is_empty() {
            y = layout::nothing(&mut picture, y, &self.nothing);
        } else {
            let entries: Vec<Entry<'_>> = self.legend.iter().map(|(paint, text)| Entry::new(*paint, text)).collect();
            y = layout::legend(&mut picture, y, &entries) + 6;
        }
        for row in &self.rows {
            y = match shape {
                Shape::Wide => row.beside(&mut picture, y) + BETWEEN_BARS,
                Shape::Narrow => row.stacked(&mut picture, y) + BETWEEN_STACKS,
            };
        }
        layout::close(&mut picture, y, self.notes.iter());
        picture
    }
}

impl Shape {
    fn width(self) -> i32 {
        match self {
            Shape::Wide => WIDTH,
            Shape::Narrow => NARROW_WIDTH,
        }
    }
}

impl BarRow {
    /// Draws name, bar and figures side by side and returns the first free line below.
    fn beside(&self, picture: &mut Picture, top: i32) -> i32 {
        let names = NAME.lines(&self.name, NAME_RIGHT - MARGIN, NAME_LINES);
        let of_names = NAME_LINE * i32::try_from(names.len()).unwrap_or(1);
        let height = BAR.max(of_names);
        let middle = top + height / 2;
        write_lines(picture, names, (middle - of_names / 2, NAME_LINE), (NAME, INK));
        let area = Area::new((BARS.0, middle - BAR / 2), (BARS.1 - BARS.0, BAR));
        draw(picture, &self.stretches, (self.whole, area));
        let figures = Label::new(&self.figures, (FIGURES, middle), FIGURE, self.ink());
        picture.write_within(figures, WIDTH - MARGIN - FIGURES);
        top + height
    }

    /// Draws name, bar and figures one below the other and returns the first free line below.
    fn stacked(&self, picture: &mut Picture, top: i32) -> i32 {
        let room = picture.width - 2 * MARGIN;
        let names = NAME.lines(&self.name, room, NAME_LINES);
        let mut y = write_lines(picture, names, (top, NAME_LINE), (NAME, INK)) + 3;
        // Where a bar is masked, the figures say so.
        if !self.stretches.is_empty() {
            draw(picture, &self.stretches, (self.whole, Area::new((MARGIN, y), (room, BAR))));
            y += BAR + 4;
        }
        let figures = FIGURE.lines(&self.figures, room, FIGURE_LINES);
        write_lines(picture, figures, (y, FIGURE_LINE), (FIGURE, self.ink()))
    }

    fn ink(&self) -> RGBColor {
        if self.stretches.is_empty() { MUTED } else { INK }
    }
}

/// Writes lines of this height from the left margin and returns the first free line below them.
fn write_lines(
    picture: &mut Picture,
    lines: Vec<String>,
    (top, height): (i32, i32),
    (set, ink): (Type, RGBColor),
) -> i32 {
    let mut y = top;
    for line in lines {
        picture.write(Label::new(line, (MARGIN, y + height / 2), set, ink));
        y += height;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::palette::{DELIVERED, UNDELIVERED};

    fn chart(names: &[&str]) -> BarChart {
        let row = |name: &&str| BarRow {
            name: (*name).to_owned(),
            stretches: vec![
                Stretch::hours(Minutes(600), DELIVERED, Language::English),
                Stretch::hours(Minutes(90), UNDELIVERED, Language::English),
            ],
            whole: 690,
            figures: "−10.5 h · 13,393 points worse".to_owned(),
        };
        BarChart {
            title: "What if".to_owned(),
            subtitle: "Week 48".to_owned(),
            legend: vec![(DELIVERED, "Delivered".to_owned())],
            rows: names.iter().map(row).collect(),
            notes: vec!["A note that says much and goes on and on. ".repeat(8)],
            nothing: String::new(),
        }
    }

    #[test]
    fn long_names_and_notes_are_broken_into_lines_and_nothing_overlaps() {
        let long = "An assistant more on Wednesday, and familiar carers count three times as much as they do today";
        let chart = chart(&["Short", long, &long.repeat(3), "Onewordthatislongerthanallthatthereisroomforhere"]);
        for shape in [Shape::Wide, Shape::Narrow] {
            let picture = chart.below(Picture::new(&chart.title, shape.width()), (MARGIN, shape));
            assert_eq!(picture.misplaced(), Vec::<String>::new(), "{shape:?}");
            let texts: Vec<&str> = picture.labels().map(|label| label.text.as_str()).collect();
            assert!(texts.iter().any(|text| text.ends_with("today")), "the end of the name is there: {texts:?}");
            assert!(
                texts.iter().filter(|text| text.contains("goes on")).count() > 1,
                "the note has several lines: {texts:?}"
            );
            assert!(texts.contains(&"−10.5 h · 13,393 points worse"), "the figures are whole: {texts:?}");
        }
    }

    #[test]
    fn a_long_sentence_in_place_of_bars_is_broken_into_lines() {
        let nothing = "All figures are masked: they are about too few people.".to_owned();
        let empty = BarChart { rows: Vec::new(), notes: Vec::new(), nothing, ..chart(&[]) };
        for (shape, lines) in [(Shape::Wide, 1), (Shape::Narrow, 2)] {
            let picture = empty.below(Picture::new("", shape.width()), (MARGIN, shape));
            assert_eq!(picture.misplaced(), Vec::<String>::new());
            assert_eq!(picture.labels().count(), lines, "{shape:?}");
        }
    }
}
