//! The files themselves: readable SVG and PNG with the texts where they should be.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::super::{charts, render, write_all};
use super::{LANGUAGES, Planned, small};
use crate::language::Language;
use crate::tables::Tables;

fn written(tables: &Tables, language: Language) -> (tempfile::TempDir, Vec<PathBuf>, Planned) {
    let planned = Planned::of(tables);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = write_all(&planned.problem, &planned.book, &planned.plan, language, folder.path());
    (folder, files.expect("the charts can be written"), planned)
}

fn with_ending<'a>(files: &'a [PathBuf], ending: &'a str) -> impl Iterator<Item = &'a PathBuf> {
    files.iter().filter(move |file| file.extension().is_some_and(|found| found == ending))
}

fn number(node: roxmltree::Node<'_, '_>, attribute: &str) -> i32 {
    node.attribute(attribute).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{attribute} of {node:?}"))
}

/// The texts of an SVG, none outside its view.
fn svg_texts(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    let root = document.root_element();
    let (width, height) = (number(root, "width"), number(root, "height"));
    let nodes: Vec<_> = root.descendants().filter(|node| node.has_tag_name("text")).collect();
    for node in &nodes {
        let (x, y) = (number(*node, "x"), number(*node, "y"));
        assert!((0..=width).contains(&x) && (0..=height).contains(&y), "{node:?}");
    }
    nodes.iter().filter_map(|node| node.text()).map(|text| text.trim().to_owned()).collect()
}

#[test]
fn all_charts_are_written_in_both_formats_and_languages() {
    let tables = small();
    for language in LANGUAGES {
        let (_folder, files, planned) = written(&tables, language);
        assert_eq!(files.len(), 2 * (planned.problem.providers.len() + 2));
        assert!(files.iter().all(|file| std::fs::metadata(file).expect("it is there").len() > 10_000));
        let texts: Vec<String> = with_ending(&files, "svg").flat_map(|file| svg_texts(file)).collect();
        for day in
            language.pick(["man. 23.11.", "ons. 25.11.", "fre. 27.11."], ["Mon 23 Nov", "Wed 25 Nov", "Fri 27 Nov"])
        {
            assert!(texts.iter().any(|text| text == day), "{day}");
        }
        assert!(texts.iter().any(|text| text.starts_with(language.pick("Uge 48", "Week 48"))));
    }
}

#[test]
fn png_files_are_as_large_as_their_pictures() {
    let (folder, _files, planned) = written(&small(), Language::Danish);
    for chart in charts(&planned.problem, &planned.book, &planned.plan, Language::Danish) {
        let file = File::open(folder.path().join(format!("{}.png", chart.name))).expect("it is there");
        let mut reader = png::Decoder::new(BufReader::new(file)).read_info().expect("a PNG file");
        let mut pixels = vec![0; reader.output_buffer_size()];
        let frame = reader.next_frame(&mut pixels).expect("an image");
        let scale = render::png_scale(&chart.picture);
        let size = [chart.picture.width, chart.picture.height].map(|side| (side * scale).unsigned_abs());
        assert_eq!([frame.width, frame.height], size);
        let last = &pixels[frame.buffer_size() - 3..frame.buffer_size()];
        assert_eq!(last, [255; 3], "the paper reaches the last corner");
    }
}

#[test]
fn names_with_signs_of_xml_are_escaped() {
    let mut tables = small();
    tables.providers[0].row.name = Some("A & B <x>".into());
    let (_folder, files, _planned) = written(&tables, Language::Danish);
    let texts = svg_texts(&files[0]);
    assert!(texts.iter().any(|text| text.contains("A & B <x>")), "{texts:?}");
}

#[test]
fn the_font_travels_with_the_svg() {
    let (_folder, files, _planned) = written(&small(), Language::Danish);
    let svg = std::fs::read_to_string(&files[0]).expect("the file can be read");
    assert_eq!(svg.matches("@font-face").count(), 2);
    assert_eq!(svg.matches("data:font/ttf;base64,").count(), 2);
}
