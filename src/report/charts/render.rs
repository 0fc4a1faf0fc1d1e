//! Draws pictures with plotters' backends: one drawing for both formats.

use std::io;

use plotters::prelude::{BitMapBackend, DrawingBackend, RGBColor, SVGBackend};
use plotters_backend::DrawingErrorKind;
use png::{ColorType, Compression, Encoder, FilterType};

use super::font::{FAMILY, Type, Weight};
use super::lettering::Lettering;
use super::picture::{Area, Label, Picture, Shape};
use crate::report::palette::{PAPER, Paint};

/// Pixels from one line of a hatching to the next.
const HATCH_STEP: i32 = 5;
/// The width of the strip that marks a box.
const EDGE: i32 = 4;

/// Red, green and blue.
const BYTES_A_PIXEL: usize = 3;

/// Narrower pictures are drawn at twice their size, so that they are sharp on any screen.
const WIDEST_ENLARGED: i32 = 1200;

/// How many pixels of a PNG file one pixel of its picture has, along each side.
pub(super) fn png_scale(picture: &Picture) -> i32 {
    if picture.width <= WIDEST_ENLARGED { 2 } else { 1 }
}

/// The picture as a PNG file. It is put together here and not by plotters, whose errors do not tell a full disk from
/// anything else.
pub(super) fn png(picture: &Picture) -> io::Result<Vec<u8>> {
    let scale = png_scale(picture);
    let (width, height) = size(picture, scale);
    let mut pixels = vec![0; BYTES_A_PIXEL * width as usize * height as usize];
    draw(picture, &mut BitMapBackend::with_buffer(&mut pixels, (width, height)), scale)
        .map_err(|error| undrawn(&error))?;
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    // Flat areas repeat whole rows, which filters would only hide; what the library calls fast looks for no repeats.
    encoder.set_compression(Compression::Default);
    encoder.set_filter(FilterType::NoFilter);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).map_err(io::Error::other)?;
    Ok(file)
}

/// The picture as an SVG file.
pub(super) fn svg(picture: &Picture) -> io::Result<Vec<u8>> {
    Ok(with_head(&drawn(picture)?, &picture.title).into_bytes())
}

/// The picture as a part of a page that has the [`font_faces`]; what it shows is said by the table beside it.
pub(super) fn inline(picture: &Picture) -> io::Result<String> {
    let title = escaped(&picture.title).replace('"', "&quot;");
    Ok(drawn(picture)?.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{title}\" "), 1))
}

fn drawn(picture: &Picture) -> io::Result<String> {
    let mut text = String::new();
    draw(picture, &mut SVGBackend::with_string(&mut text, size(picture, 1)), 1).map_err(|error| undrawn(&error))?;
    Ok(text)
}

/// What a backend could not draw, which is a mistake in this program.
fn undrawn<E: std::error::Error + Send + Sync>(error: &DrawingErrorKind<E>) -> io::Error {
    io::Error::other(error.to_string())
}

fn size(picture: &Picture, scale: i32) -> (u32, u32) {
    ((picture.width * scale).unsigned_abs(), (picture.height * scale).unsigned_abs())
}

type Drawn<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

fn draw<B: DrawingBackend>(picture: &Picture, backend: &mut B, scale: i32) -> Drawn<B> {
    backend.ensure_prepared()?;
    fill(backend, scale, Area::new((0, 0), (picture.width, picture.height)), PAPER)?;
    for shape in &picture.shapes {
        match shape {
            Shape::Box(area, paint) => draw_box(backend, scale, *area, *paint)?,
            Shape::Text(label) => draw_label(backend, scale, label)?,
        }
    }
    backend.present()
}

fn draw_box<B: DrawingBackend>(backend: &mut B, scale: i32, area: Area, paint: Paint) -> Drawn<B> {
    fill(backend, scale, area, paint.fill)?;
    if let Some(hatch) = paint.hatch {
        draw_hatch(backend, scale, area, hatch)?;
    }
    if let Some(frame) = paint.frame {
        for side in sides(area) {
            fill(backend, scale, side, frame)?;
        }
    }
    match paint.edge {
        Some(edge) => fill(backend, scale, Area { right: area.right.min(area.left + EDGE), ..area }, edge),
        None => Ok(()),
    }
}

fn sides(area: Area) -> [Area; 4] {
    [
        Area { bottom: area.top + 1, ..area },
        Area { top: area.bottom - 1, ..area },
        Area { right: area.left + 1, ..area },
        Area { left: area.right - 1, ..area },
    ]
}

fn fill<B: DrawingBackend>(backend: &mut B, scale: i32, area: Area, colour: RGBColor) -> Drawn<B> {
    let start = (area.left * scale, area.top * scale);
    backend.draw_rect(start, (area.right * scale, area.bottom * scale), &colour, true)
}

/// Rising diagonals, as thick as a picture's pixel and cut off at the area's edges.
fn draw_hatch<B: DrawingBackend>(backend: &mut B, scale: i32, area: Area, colour: RGBColor) -> Drawn<B> {
    let (left, top) = (area.left * scale, area.top * scale);
    let (right, bottom) = (area.right * scale - 1, area.bottom * scale - 1);
    // Along a rising diagonal x + y stays the same; all hatchings share their diagonals.
    let step = HATCH_STEP * scale;
    for diagonal in (left + top..=right + bottom).filter(|sum| sum.rem_euclid(step) < scale) {
        let (from, to) = (left.max(diagonal - bottom), right.min(diagonal - top));
        backend.draw_line((from, diagonal - from), (to, diagonal - to), &colour)?;
    }
    Ok(())
}

fn draw_label<B: DrawingBackend>(backend: &mut B, scale: i32, label: &Label) -> Drawn<B> {
    let set = Type { size: label.set.size * scale, ..label.set };
    let style = Lettering { set, align: label.align, ink: label.ink };
    let at = (label.x * scale, label.y * scale + set.middle_of_small_letters());
    backend.draw_text(&label.text, &style, at)
}

/// The SVG with its title and the font in its head.
fn with_head(svg: &str, title: &str) -> String {
    let head = format!("\n<title>{}</title>\n<style>{}</style>\n", escaped(title), font_faces());
    match svg.find('>') {
        Some(end) => format!("{}{head}{}", &svg[..=end], svg[end + 1..].trim_start()),
        None => svg.to_owned(),
    }
}

/// The style by which pictures find their fonts.
pub(super) fn font_faces() -> String {
    let face = |weight: Weight, name: &str| {
        let data = base64(weight.bytes());
        format!(
            "@font-face{{font-family:'{FAMILY}';font-weight:{name};src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        )
    };
    let fallback = format!("text{{font-family:'{FAMILY}','Source Sans 3','Segoe UI',sans-serif}}");
    [face(Weight::Regular, "normal"), face(Weight::Bold, "bold"), fallback].join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
            text.push(if at <= group.len() { digit } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        let examples = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (bytes, text) in examples {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
