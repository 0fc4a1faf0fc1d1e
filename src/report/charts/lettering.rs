//! How plotters draws the charts' texts: as `<text>` into SVG, glyph by glyph into bitmaps.
//!
//! plotters' own drawing with ab_glyph leaves out the side bearings and rounds the place of each glyph to whole
//! pixels, so that small texts come out ragged. This sets the glyphs where the font says.

use std::convert::Infallible;

use ab_glyph::{Font, Glyph, point};
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendTextStyle, FontFamily, FontStyle, FontTransform};

use super::font::{FAMILY, Type, Weight};
use super::picture::Align;

/// plotters writes this share of a style's size as the font size of SVG.
const SVG_SIZE_DIVISOR: f64 = 1.24;

/// A style of text whose position is the middle of its small letters, as `VPos::Center` means in SVG.
pub(super) struct Lettering {
    pub set: Type,
    pub align: Align,
    pub ink: RGBColor,
}

impl Lettering {
    /// The glyphs beside the anchor, and above and below the baseline.
    fn glyphs(&self, text: &str) -> Vec<Glyph> {
        let (face, unit) = (self.set.weight.face(), self.set.unit());
        let scale = face.height_unscaled() * unit;
        let mut x = match self.align {
            Align::Left => 0.0,
            Align::Middle => -self.exact_width(text) / 2.0,
            Align::Right => -self.exact_width(text),
        };
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let id = face.glyph_id(c);
            glyphs.push(id.with_scale_and_position(scale, point(x, 0.0)));
            x += face.h_advance_unscaled(id) * unit;
        }
        glyphs
    }

    fn exact_width(&self, text: &str) -> f32 {
        let face = self.set.weight.face();
        text.chars().map(|c| face.h_advance_unscaled(face.glyph_id(c))).sum::<f32>() * self.set.unit()
    }

    fn colour(&self, coverage: f32) -> BackendColor {
        BackendColor { alpha: f64::from(coverage), rgb: (self.ink.0, self.ink.1, self.ink.2) }
    }
}

impl BackendTextStyle for Lettering {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour(1.0)
    }

    fn size(&self) -> f64 {
        f64::from(self.set.size) * SVG_SIZE_DIVISOR
    }

    fn transform(&self) -> FontTransform {
        FontTransform::None
    }

    fn style(&self) -> FontStyle {
        match self.set.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let horizontal = match self.align {
            Align::Left => HPos::Left,
            Align::Middle => HPos::Center,
            Align::Right => HPos::Right,
        };
        Pos::new(horizontal, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }

    /// Empty, because [`Self::draw`] aligns the text itself, to fractions of a pixel.
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        Ok(((0, 0), (0, 0)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        pos: (i32, i32),
        mut draw: DrawFunc,
    ) -> Result<Result<(), E>, Infallible> {
        let baseline = pos.1 + self.set.baseline_below_middle();
        for outline in self.glyphs(text).into_iter().filter_map(|glyph| self.set.weight.face().outline_glyph(glyph)) {
            let corner = outline.px_bounds().min;
            let (left, top) = (pos.0 + corner.x as i32, baseline + corner.y as i32);
            let mut result = Ok(());
            outline.draw(|x, y, coverage| {
                if result.is_ok() && coverage > 0.0 {
                    result = draw(left + x as i32, top + y as i32, self.colour(coverage.min(1.0)));
                }
            });
            if result.is_err() {
                return Ok(result);
            }
        }
        Ok(Ok(()))
    }
}
