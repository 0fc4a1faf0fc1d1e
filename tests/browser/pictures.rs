//! What the pages look like, against pictures that somebody has looked at: `tests/browser/references`.
//!
//! The weeks are those worked out by hand, of which one plan alone is best, and the letters are the charts' own, so that
//! neither the search nor the fonts of a machine change a picture. Both pictures are compared small and in grey, patch by
//! patch: a word may change, a column that is gone is told. `PUSTERUM_REFERENCES=write` takes new ones; look at them
//! before they are committed.

use std::fs;
use std::path::Path;

use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};
use pusterum::import::read_tables;
use pusterum::tables::Tables;
use tempfile::TempDir;

use crate::devtools::Browser;
use crate::{PAGES, browser, plan, report};

/// Widths in pixels with how many of them become one: a small picture still tells what moved.
const WIDTHS: [(u32, u32); 2] = [(1440, 4), (390, 2)];
/// The letters of all pictures: those of the charts, which look the same on every machine.
const FONT: &[u8] = include_bytes!("../../src/report/charts/font/PusterumSans-Regular.ttf");
/// Of longer pages the beginning.
const TALLEST: u32 = 2_400;
/// Pixels of a small picture that are compared as one.
const PATCH: usize = 6;
/// Patches differ whose greys, 0 to 255, are further apart in the mean.
const TOLERATED: i32 = 20;
/// So many patches in a thousand may differ.
const MAY_DIFFER: usize = 20;

/// A small picture in grey.
#[derive(Debug, PartialEq, Eq)]
struct Picture {
    width: usize,
    grey: Vec<u8>,
}

#[test]
fn every_page_looks_as_it_did_when_somebody_last_looked() {
    let Some(mut browser) = browser() else { return };
    let root = weeks_by_hand();
    let week =
        PAGES.map(|page| (format!("week-{}", page.trim_end_matches(".html")), root.path().join("da").join(page)));
    let pages = week.into_iter().chain([("report".to_owned(), root.path().join("report/index.html"))]);
    let strange: Vec<String> = pages.flat_map(|(name, file)| looked_at(&mut browser, &name, &file)).collect();
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

/// Results of the two weeks by hand, and a report on both.
fn weeks_by_hand() -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let mut ballerup = by_hand("ballerup-small/2026-W48");
    // Without this the best plan could cut the hours in three ways.
    ballerup.grants[0].row.split = Some(vec![pusterum::units::Minutes(90); 2]);
    plan(root.path(), "da", &ballerup);
    plan(root.path(), "koege", &by_hand("koege-small/2026-W14"));
    report(root.path(), ("report", "da"), &["koege", "da"]);
    root
}

fn by_hand(name: &str) -> Tables {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    read_tables(&folder).tables.expect("the week can be read")
}

/// What is strange about a page, for each width.
fn looked_at(browser: &mut Browser, name: &str, file: &Path) -> Vec<String> {
    let strange = WIDTHS.iter().filter_map(|(width, factor)| {
        let name = format!("{name}-{width}.png");
        let taken = Picture::of_page(browser, file, (*width, *factor));
        let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/references").join(&name);
        if std::env::var_os("PUSTERUM_REFERENCES").is_some_and(|wish| wish == "write") {
            taken.write(&reference);
            return None;
        }
        let differs = Picture::read(&reference)
            .map_or(Some("there is no reference".to_owned()), |known| taken.differs_from(&known))?;
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
        taken.write(&new);
        Some(format!(
            "{name}: {differs}. Compare {} with {}; if that is meant, run with PUSTERUM_REFERENCES=write.",
            new.display(),
            reference.display()
        ))
    });
    strange.collect()
}

impl Picture {
    fn of_page(browser: &mut Browser, page: &Path, (width, factor): (u32, u32)) -> Picture {
        browser.open_in_font(page, width, FONT);
        let tall = browser.evaluate("document.scrollingElement.scrollHeight").as_f64().expect("a number");
        let height = (tall as u32).min(TALLEST);
        Picture::decoded(&browser.picture(width, height)).smaller(factor as usize)
    }

    fn read(file: &Path) -> Option<Picture> {
        fs::read(file).ok().map(|bytes| Picture::decoded(&bytes))
    }

    /// In grey, whatever colours it has.
    fn decoded(bytes: &[u8]) -> Picture {
        let mut decoder = Decoder::new(bytes);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG file");
        let mut pixels = vec![0; reader.output_buffer_size()];
        let info = reader.next_frame(&mut pixels).expect("a picture");
        let each = info.color_type.samples();
        let grey = |pixel: &[u8]| match pixel {
            [red, green, blue, ..] => ((u32::from(*red) * 3 + u32::from(*green) * 6 + u32::from(*blue)) / 10) as u8,
            [grey, ..] => *grey,
            [] => 0,
        };
        Picture { width: info.width as usize, grey: pixels.chunks_exact(each).map(grey).collect() }
    }

    fn height(&self) -> usize {
        self.grey.len() / self.width
    }

    /// The mean of `side` times `side` pixels from a place on.
    fn mean(&self, (x, y): (usize, usize), side: usize) -> i32 {
        let rows = y..(y + side).min(self.height());
        let pixels = rows.flat_map(|row| &self.grey[row * self.width..][x..(x + side).min(self.width)]);
        let (sum, count) = pixels.fold((0, 0), |(sum, count), grey| (sum + i32::from(*grey), count + 1));
        sum / count
    }

    /// Squares of this size, of which the last may be smaller, from above.
    fn squares(&self, side: usize) -> impl Iterator<Item = (usize, usize)> {
        let (width, height) = (self.width, self.height());
        (0..height).step_by(side).flat_map(move |y| (0..width).step_by(side).map(move |x| (x, y)))
    }

    /// With `factor` times `factor` pixels made one, in sixteen greys.
    fn smaller(&self, factor: usize) -> Picture {
        let sixteen = |grey: i32| ((grey + 8) / 17 * 17) as u8;
        let grey = self.squares(factor).map(|at| sixteen(self.mean(at, factor))).collect();
        Picture { width: self.width.div_ceil(factor), grey }
    }

    fn write(&self, file: &Path) {
        let to = fs::File::create(file).expect("it can be written");
        let mut encoder = Encoder::new(to, self.width as u32, self.height() as u32);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Four);
        encoder.set_compression(png::Compression::Best);
        let row = |row: &[u8]| -> Vec<u8> {
            row.chunks(2).map(|two| (two[0] / 17) << 4 | two.get(1).map_or(0, |grey| grey / 17)).collect()
        };
        let packed: Vec<u8> = self.grey.chunks(self.width).flat_map(row).collect();
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed)).expect("it can be written");
    }

    /// How it differs from the picture that there should be.
    fn differs_from(&self, reference: &Picture) -> Option<String> {
        let sizes = [self, reference].map(|picture| (picture.width, picture.height()));
        // A line more or less is as much as a few words.
        if sizes[0].0 != sizes[1].0 || sizes[0].1.abs_diff(sizes[1].1) * MAY_DIFFER > sizes[1].1 {
            return Some(format!("it is {:?} and was {:?} large", sizes[0], sizes[1]));
        }
        let in_both = |(_, y): &(usize, usize)| *y < sizes[1].1;
        let differs = |at: &(usize, usize)| (self.mean(*at, PATCH) - reference.mean(*at, PATCH)).abs() > TOLERATED;
        let patches: Vec<(usize, usize)> = self.squares(PATCH).filter(in_both).collect();
        let different = patches.iter().copied().filter(differs).count();
        (different * 1_000 > patches.len() * MAY_DIFFER)
            .then(|| format!("{different} of {} patches differ", patches.len()))
    }
}

#[test]
fn a_word_may_change_but_not_a_block() {
    let page = |black: &[(usize, usize)]| {
        let mut grey = vec![255; 360 * 360];
        for (x, y) in black {
            (*y..y + 12).for_each(|y| grey[y * 360 + x..][..36].fill(0));
        }
        Picture { width: 360, grey }
    };
    assert_eq!(page(&[(0, 0)]).differs_from(&page(&[])), None);
    let table: Vec<(usize, usize)> = (0..10).map(|row| (60, 12 * row)).collect();
    assert!(page(&table).differs_from(&page(&[])).is_some());
    assert!(page(&[]).smaller(2).differs_from(&page(&[])).is_some());
}
