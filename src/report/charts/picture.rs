//! A chart as a list of simple shapes, laid out in whole pixels before anything is drawn.
//!
//! Both formats draw the same list, and tests can ask it whether texts overlap or are cut.

use plotters::style::RGBColor;

use super::font::Type;
use crate::report::palette::Paint;

/// A chart ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// What it shows, for those who cannot see it.
    pub title: String,
    pub width: i32,
    pub height: i32,
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    Box(Area, Paint),
    Text(Label),
}

/// A rectangle from its left and top edge up to, not including, its right and bottom edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// Which part of a text lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// A text; `y` is the middle of its figures and capitals.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub text: String,
    pub x: i32,
    pub y: i32,
    pub set: Type,
    pub align: Align,
    pub ink: RGBColor,
}

impl Area {
    pub(super) fn new((left, top): (i32, i32), (width, height): (i32, i32)) -> Self {
        Area { left, top, right: left + width, bottom: top + height }
    }

    pub(super) fn width(self) -> i32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> i32 {
        self.bottom - self.top
    }

    pub(super) fn middle(self) -> (i32, i32) {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    /// The area without a margin above and below.
    pub(super) fn shrunk_vertically(self, by: i32) -> Area {
        Area { top: self.top + by, bottom: self.bottom - by, ..self }
    }
}

impl Label {
    pub(super) fn new(text: impl Into<String>, (x, y): (i32, i32), set: Type, ink: RGBColor) -> Self {
        Label { text: text.into(), x, y, set, align: Align::Left, ink }
    }

    pub(super) fn aligned(self, align: Align) -> Self {
        Label { align, ..self }
    }

    /// The room that it takes: as wide as the text, as high as its size.
    pub(super) fn area(&self) -> Area {
        let width = self.set.width(&self.text);
        let left = match self.align {
            Align::Left => self.x,
            Align::Middle => self.x - width / 2,
            Align::Right => self.x - width,
        };
        Area::new((left, self.y - self.set.size / 2), (width, self.set.size))
    }
}

impl Picture {
    pub(super) fn new(title: &str, width: i32) -> Self {
        Picture { title: title.to_owned(), width, height: 0, shapes: Vec::new() }
    }

    pub(super) fn paint(&mut self, area: Area, paint: Paint) {
        if area.width() > 0 && area.height() > 0 {
            self.shapes.push(Shape::Box(area, paint));
        }
    }

    pub(super) fn write(&mut self, label: Label) {
        if !label.text.is_empty() {
            self.shapes.push(Shape::Text(label));
        }
    }

    /// Writes into the middle of a painted area what fits there, or nothing; on a hatching with some paper below it.
    pub(super) fn write_inside(&mut self, text: &str, area: Area, (set, paint): (Type, Paint)) {
        const MARGIN: i32 = 2;
        // On both sides of its paper, enough of a hatching stays to be seen.
        let hatching = if paint.hatch.is_some() { 8 } else { 0 };
        let label = Label::new(text, area.middle(), set, paint.ink).aligned(Align::Middle);
        let taken = label.area();
        if text.is_empty() || taken.width() > area.width() - 2 * (MARGIN + hatching) {
            return;
        }
        if paint.hatch.is_some() {
            let plate = Area { left: taken.left - MARGIN, right: taken.right + MARGIN, ..area.shrunk_vertically(1) };
            self.paint(plate, Paint::plain(paint.fill));
        }
        self.write(label);
    }

    /// Writes at most so wide, shortened where it must be.
    pub(super) fn write_within(&mut self, mut label: Label, width: i32) {
        if let Some(text) = label.set.fit(&label.text, width) {
            label.text = text;
            self.write(label);
        }
    }

    #[cfg(test)]
    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(label) => Some(label),
            Shape::Box(..) => None,
        })
    }

    /// What is wrong with its texts: those that are cut by the edge, and pairs that overlap.
    #[cfg(test)]
    pub(super) fn misplaced(&self) -> Vec<String> {
        let labels: Vec<(&str, Area)> = self.labels().map(|l| (l.text.as_str(), l.area())).collect();
        let outside = |a: &Area| a.left < 0 || a.top < 0 || a.right > self.width || a.bottom > self.height;
        let meet = |a: Area, b: Area| a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        let cut = labels.iter().filter(|(_, area)| outside(area)).map(|(text, _)| format!("cut: {text}"));
        let pairs = labels.iter().enumerate().flat_map(|(i, a)| labels[i + 1..].iter().map(move |b| (a, b)));
        let overlapping = pairs.filter(|(a, b)| meet(a.1, b.1)).map(|(a, b)| format!("overlap: {} and {}", a.0, b.0));
        cut.chain(overlapping).collect()
    }
}
