//! The bundled font: how wide a text is, and what fits.
//!
//! The charts bring their own font, so that they look the same on every machine: glyphs are drawn from it into PNG
//! files, and SVG files carry it along.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};

/// The family's name in SVG files.
pub(super) const FAMILY: &str = "Pusterum Sans";

/// The height of capitals and figures, of `x`, in hundredths of the font's size.
const CAPITALS: i32 = 66;
const X_HEIGHT: i32 = 49;

const ELLIPSIS: char = '…';
/// A text shortened to fewer characters than this says nothing.
const FEWEST_CHARACTERS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// How a text is set: its size is that of the em square in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    pub size: i32,
    pub weight: Weight,
}

static REGULAR: &[u8] = include_bytes!("font/PusterumSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("font/PusterumSans-Bold.ttf");
static REGULAR_FACE: LazyLock<FontRef<'static>> = LazyLock::new(|| face(REGULAR));
static BOLD_FACE: LazyLock<FontRef<'static>> = LazyLock::new(|| face(BOLD));

fn face(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the bundled font can be read, as every test of the charts shows")
}

impl Weight {
    /// The font file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Weight::Regular => REGULAR,
            Weight::Bold => BOLD,
        }
    }

    pub(super) fn face(self) -> &'static FontRef<'static> {
        match self {
            Weight::Regular => &REGULAR_FACE,
            Weight::Bold => &BOLD_FACE,
        }
    }
}

impl Type {
    pub(super) const fn regular(size: i32) -> Self {
        Type { size, weight: Weight::Regular }
    }

    pub(super) const fn bold(size: i32) -> Self {
        Type { size, weight: Weight::Bold }
    }

    /// The pixels of one unit of the font.
    pub(super) fn unit(self) -> f32 {
        let units = self.weight.face().units_per_em().unwrap_or(1000.0);
        self.size as f32 / units
    }

    /// How wide a text is, rounded up to whole pixels.
    pub(super) fn width(self, text: &str) -> i32 {
        let face = self.weight.face();
        let units: f32 = text.chars().map(|c| face.h_advance_unscaled(face.glyph_id(c))).sum();
        (units * self.unit()).ceil() as i32
    }

    /// The text, or as much of its beginning as fits with an ellipsis; nothing where hardly anything would be left.
    pub(super) fn fit(self, text: &str, width: i32) -> Option<String> {
        if self.width(text) <= width {
            return Some(text.to_owned());
        }
        let characters: Vec<char> = text.chars().collect();
        let shortened = |kept: usize| -> String { characters[..kept].iter().chain([&ELLIPSIS]).collect() };
        (FEWEST_CHARACTERS..characters.len()).rev().map(shortened).find(|short| self.width(short) <= width)
    }

    /// The text in at most so many lines, broken between words; what does not fit into the last one is left out with an
    /// ellipsis.
    pub(super) fn lines(self, text: &str, width: i32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let is_last = lines.len() == most;
            match lines.last_mut() {
                Some(line) if is_last || self.width(&format!("{line} {word}")) <= width => line.extend([" ", word]),
                _ => lines.push(word.to_owned()),
            }
        }
        lines.iter().filter_map(|line| self.fit(line, width)).collect()
    }

    /// How far below the middle of its figures and capitals the middle of a text's small letters lies.
    pub(super) fn middle_of_small_letters(self) -> i32 {
        (self.size * (CAPITALS - X_HEIGHT) + 100) / 200
    }

    /// How far the baseline lies below the middle of the small letters.
    pub(super) fn baseline_below_middle(self) -> i32 {
        (self.size * X_HEIGHT + 100) / 200
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_have_the_danish_letters() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = weight.face();
            for letter in "ÆØÅæøåéü–…·−%".chars() {
                assert_ne!(face.glyph_id(letter).0, 0, "{letter}");
            }
        }
    }

    #[test]
    fn figures_are_equally_wide() {
        assert_eq!(Type::regular(12).width("1111"), Type::regular(12).width("0000"));
    }

    #[test]
    fn a_text_that_does_not_fit_is_shortened_or_left_out() {
        let small = Type::regular(10);
        assert_eq!(small.fit("C0012", 100).as_deref(), Some("C0012"));
        let short = small.fit("hjemmeplejen", 40).expect("some of it fits");
        assert!(short.ends_with('…') && small.width(&short) <= 40, "{short}");
        assert_eq!(small.fit("hjemmeplejen", 8), None);
    }

    #[test]
    fn a_long_text_is_broken_between_words() {
        let small = Type::regular(10);
        assert_eq!(small.lines("Kort", 100, 2), ["Kort"]);
        let lines = small.lines("En medarbejder mere om onsdagen og en mindre om fredagen", 120, 2);
        assert!(lines.len() == 2 && lines[0].starts_with("En medarbejder") && lines[1].ends_with('…'), "{lines:?}");
        assert!(lines.iter().all(|line| small.width(line) <= 120), "{lines:?}");
        let whole = small.lines("En medarbejder mere om onsdagen og en mindre om fredagen", 120, 9);
        assert_eq!(whole.join(" "), "En medarbejder mere om onsdagen og en mindre om fredagen");
    }
}
