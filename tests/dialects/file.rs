//! A table as a file: its name, headings, encoding, delimiter, quotes and line ends, or as a workbook.

use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use csv::{QuoteStyle, StringRecord, Terminator};
use encoding_rs::WINDOWS_1252;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::cells::Manner;
use super::dice::Dice;
use super::names;

/// Writes a canonical table somewhere in a dialect that the dice choose.
pub fn write(canonical: &str, (table, folder): (&str, &Path), dice: &mut Dice) {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(canonical.as_bytes());
    let mut records = reader.records().map(|record| record.expect("a record"));
    let header = records.next().expect("a header");
    let rows: Vec<StringRecord> = records.collect();
    let name = dice.pick(names::files(table));
    if dice.below(4) == 0 {
        let mut workbook = Workbook::new();
        sheet(workbook.add_worksheet(), (table, &header), &rows, dice);
        workbook.save(folder.join(format!("{name}.xlsx"))).expect("a workbook");
    } else {
        let spelt = spelt((table, &header), &rows, dice);
        let extension = dice.pick(&["csv", "CSV", "txt", "tsv"]);
        fs::write(folder.join(format!("{name}.{extension}")), bytes(&spelt, dice)).expect("a file");
    }
}

fn manners((table, header): (&str, &StringRecord), rows: &[StringRecord], dice: &mut Dice) -> Vec<Manner> {
    let cells = |place: usize| rows.iter().map(|row| &row[place]).collect::<Vec<_>>();
    header.iter().enumerate().map(|(place, column)| Manner::new((table, column), &cells(place), dice)).collect()
}

/// The table with other headings and other spellings, and a column that nobody reads.
fn spelt((table, header): (&str, &StringRecord), rows: &[StringRecord], dice: &mut Dice) -> Vec<Vec<String>> {
    let manners = manners((table, header), rows, dice);
    let extra = dice.flip();
    let mut all = vec![headings((table, header), dice)];
    for row in rows {
        let cells = row.iter().zip(header).zip(&manners);
        all.push(cells.map(|((cell, column), manner)| manner.spell(column, cell, dice)).collect());
    }
    if extra {
        all[0].push("Bemærkning".to_owned());
        all[1..]
            .iter_mut()
            .for_each(|row| row.push(dice.pick(&["", "se; journal", "\"ring\"\nførst", "1,500"]).to_owned()));
    }
    all
}

fn headings((table, header): (&str, &StringRecord), dice: &mut Dice) -> Vec<String> {
    let one = |column: &str, dice: &mut Dice| match names::headings(table, column) {
        [] => column.to_uppercase(),
        words if dice.below(3) > 0 => dice.pick(words).to_owned(),
        _ => column.to_owned(),
    };
    header.iter().map(|column| one(column, dice)).collect()
}

fn bytes(rows: &[Vec<String>], dice: &mut Dice) -> Vec<u8> {
    let delimiter = [b';', b',', b'\t', b'|'][dice.below(4)];
    let quotes = if dice.flip() { QuoteStyle::Necessary } else { QuoteStyle::Always };
    let ends = if dice.flip() { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).quote_style(quotes).terminator(ends).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("a record"));
    let text = String::from_utf8(writer.into_inner().expect("a text")).expect("UTF-8");
    let named = dice.below(5) == 0;
    encoded(&if named { format!("sep={}\r\n{text}", char::from(delimiter)) } else { text }, dice)
}

fn encoded(text: &str, dice: &mut Dice) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    match dice.below(6) {
        0 => text.as_bytes().to_vec(),
        1 => marked.into_bytes(),
        2 => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        3 => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        4 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => WINDOWS_1252.encode(text).0.into_owned(),
    }
}

/// The table as a sheet, dates, times and numbers as Excel stores them, or as text.
fn sheet(sheet: &mut Worksheet, (table, header): (&str, &StringRecord), rows: &[StringRecord], dice: &mut Dice) {
    let manners = manners((table, header), rows, dice);
    let typed: Vec<bool> = header.iter().map(|_| dice.flip()).collect();
    for (column, name) in (0..).zip(headings((table, header), dice)) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for (line, row) in (1..).zip(rows) {
        for (place, cell) in row.iter().enumerate() {
            let column = u16::try_from(place).expect("few columns");
            if !typed[place] || !write_typed(sheet, (line, column), (&header[place], cell)) {
                sheet.write_string(line, column, manners[place].spell(&header[place], cell, dice)).expect("a cell");
            }
        }
    }
}

/// Writes what Excel has a kind of its own for; whether it did.
fn write_typed(sheet: &mut Worksheet, (line, column): (u32, u16), (name, cell): (&str, &str)) -> bool {
    let format = |text: &str| Format::new().set_num_format(text);
    let date = cell.get(..10).and_then(|date| date.parse::<NaiveDate>().ok());
    let written = if let Some(date) = date {
        let (hours, minutes) = cell.split_once('T').and_then(|(_, clock)| clock.split_once(':')).unwrap_or(("0", "0"));
        let year = u16::try_from(date.year()).expect("a year of Excel");
        let day = ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).expect("a day");
        let moment =
            day.and_hms(hours.parse().expect("hours"), minutes.parse::<u8>().expect("minutes"), 0).expect("a time");
        let shown = if cell.len() == 10 { "dd-mm-yyyy" } else { "dd-mm-yyyy hh:mm" };
        sheet.write_datetime_with_format(line, column, &moment, &format(shown))
    } else if let Some((hours, minutes)) = cell.split_once(':').filter(|_| cell.len() == 5) {
        let part = |text: &str| text.parse::<f64>().expect("a number");
        sheet.write_number_with_format(line, column, part(hours) / 24.0 + part(minutes) / 1440.0, &format("hh:mm"))
    } else if let (Ok(number), false) = (cell.parse::<f64>(), name.ends_with("name")) {
        sheet.write_number(line, column, number)
    } else if ["yes", "no"].contains(&cell) {
        sheet.write_boolean(line, column, cell == "yes")
    } else {
        return false;
    };
    written.expect("a cell");
    true
}
