//! Workbooks whose parts were damaged before they were packed, or whose package was.

use std::io::{Cursor, Read, Write};

use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{below, mutate};

/// The parts of a workbook, by their names.
pub type Parts = Vec<(String, Vec<u8>)>;

const XML: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<row r=\"1048577\">",
    "<row r=\"0\">",
    "<c r=\"XFD1\">",
    "<c r=\"A0\">",
    "<c r=\"ZZZZZZZZ99999999999\">",
    "<c t=\"s\"><v>99999999</v></c>",
    "<c t=\"s\"><v>-1</v></c>",
    "<c t=\"d\"><v>2026-11-23T08:30:00</v></c>",
    "<c t=\"b\"><v>2</v></c>",
    "<c t=\"e\"><v>#N/A</v></c>",
    "<c s=\"99999\"><v>1</v></c>",
    "<v>1e400</v>",
    "<v>-1</v>",
    "<v>nan</v>",
    "<v>2958466</v>",
    "<v></v>",
    "&#0;",
    "&#x110000;",
    "&lt",
    "&bogus;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "uniqueCount=\"99999999\"",
    "uniqueCount=\"1000\"",
    "ref=\"A1:XFD1048576\"",
    "ref=\"\"",
    "date1904=\"1\"",
    "numFmtId=\"14\"",
    "formatCode=\"[h]:mm\"",
    "<f t=\"shared\" si=\"9999999999\">A1</f>",
    "encoding=\"UTF-16\"",
    "name=\"010203-0000\"",
    "r:id=\"rId99\"",
];

/// A workbook with dates, times, numbers, texts and two sheets, taken apart.
pub fn parts() -> Parts {
    let mut workbook = Workbook::new();
    let format = |text: &str| Format::new().set_num_format(text);
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Medarbejder", "Dato", "Fra", "Til"]) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for row in 1..4 {
        let day = ExcelDateTime::from_ymd(2026, 11, 23).expect("a day");
        sheet.write_string(row, 0, format!("S{row}")).expect("a cell");
        sheet.write_datetime_with_format(row, 1, &day, &format("dd-mm-yyyy")).expect("a cell");
        sheet.write_number_with_format(row, 2, 8.5 / 24.0, &format("[h]:mm")).expect("a cell");
        sheet.write_number(row, 3, 15.0 / 24.0).expect("a cell");
    }
    workbook.add_worksheet().set_name("Borgere").expect("a name").write_boolean(3, 3, true).expect("a cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).expect("a part");
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("its bytes");
        parts.push((part.name().expect("a name").into_owned(), text));
    }
    parts
}

pub fn mutated(parts: &Parts, dice: &mut ChaCha8Rng) -> Vec<u8> {
    let hurt = below(dice, parts.len() + 2);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (number, (name, text)) in parts.iter().enumerate() {
        let is_table = name.contains("sheet") || name.contains("haredStrings") || name.contains("styles");
        let text = if number == hurt || is_table && below(dice, 3) == 0 {
            mutate::text(text, XML, dice)
        } else {
            text.clone()
        };
        zip.start_file(name.as_str(), stored).expect("a part");
        zip.write_all(&text).expect("its bytes");
    }
    let mut bytes = zip.finish().expect("a zip").into_inner();
    if hurt >= parts.len() {
        for _ in 0..=below(dice, 8) {
            let at = below(dice, bytes.len());
            bytes[at] = u8::try_from(below(dice, 256)).expect("a byte");
        }
    }
    bytes
}
