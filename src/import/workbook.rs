//! The sheets of an Excel workbook (`.xlsx`) as rows of text.
//!
//! A workbook is a zip file, and a small one can unpack to more than any memory holds. So its parts are unpacked once
//! without being kept, and counted, before anything is made of them. The cells are then read one by one; a sheet is
//! never laid out as the rectangle that its farthest cell spans.

mod guarded;
mod vet;

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use csv::StringRecord;

use crate::diagnostic::{Fault, codes};
use crate::units::{DAY, Minutes, clock};

pub(super) use vet::damaged;

/// A sheet with a farther column is no table.
const COLUMNS_MAX: u32 = 1_000;
/// All text of a workbook together, in bytes.
const TEXT_MAX: usize = 256 << 20;
/// All cells of a workbook together; an empty one costs a word of memory too.
const CELLS_MAX: usize = 12_000_000;

/// A sheet: its rows with their numbers, all of the same length.
pub(super) struct Sheet {
    pub name: String,
    pub rows: Vec<(u64, StringRecord)>,
}

/// Reads all sheets of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    vet::vet(bytes)?;
    guarded::guarded(|| sheets(bytes)).unwrap_or_else(|| Err(damaged("XML")))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| of_error(&error))?;
    let mut room = Room { text: TEXT_MAX, cells: CELLS_MAX };
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        match rows(&mut workbook, &name, &mut room) {
            Ok(rows) => sheets.push(Sheet { name, rows }),
            // A chart has a sheet of its own.
            Err(Trouble::Damaged(XlsxError::NotAWorksheet(_))) => {}
            Err(Trouble::Damaged(error)) => return Err(of_error(&error)),
            Err(Trouble::TooLarge) => return Err(too_large()),
        }
    }
    Ok(sheets)
}

/// What a workbook may still take of memory.
struct Room {
    text: usize,
    cells: usize,
}

impl Room {
    fn take(&mut self, text: usize, cells: usize) -> Result<(), Trouble> {
        self.text = self.text.checked_sub(text).ok_or(Trouble::TooLarge)?;
        self.cells = self.cells.checked_sub(cells).ok_or(Trouble::TooLarge)?;
        Ok(())
    }
}

enum Trouble {
    Damaged(XlsxError),
    TooLarge,
}

impl From<XlsxError> for Trouble {
    fn from(error: XlsxError) -> Self {
        Trouble::Damaged(error)
    }
}

fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, room: &mut Room) -> Result<Vec<(u64, StringRecord)>, Trouble> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let ((row, column), text) = (cell.get_position(), text(cell.get_value()));
        if text.is_empty() {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(Trouble::TooLarge);
        }
        let number = u64::from(row) + 1;
        if rows.last().is_none_or(|(last, _)| *last != number) {
            rows.push((number, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            let place = column as usize;
            room.take(text.len(), (place + 1).saturating_sub(cells.len()))?;
            cells.resize(cells.len().max(place + 1), String::new());
            cells[place] = text;
        }
    }
    squared(rows, room)
}

/// The rows with as many cells in each as in the longest, as a CSV file has them.
fn squared(rows: Vec<(u64, Vec<String>)>, room: &mut Room) -> Result<Vec<(u64, StringRecord)>, Trouble> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    room.take(0, width.saturating_mul(rows.len()))?;
    let squared = rows.into_iter().map(|(number, mut cells)| {
        cells.resize(width, String::new());
        (number, StringRecord::from(cells))
    });
    Ok(squared.collect())
}

/// A cell as it would stand in a CSV file: dates and times in the canonical form.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Float(number) => decimal(*number),
        DataRef::DateTime(moment) => moment_text(moment).unwrap_or_else(|| decimal(moment.as_f64())),
        DataRef::DateTimeIso(text) => text.trim_end_matches('Z').to_owned(),
        DataRef::Bool(yes) => String::from(if *yes { "yes" } else { "no" }),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// So many decimals leave no doubt that the point stands before decimals, and that a part of a day is one.
const CLEAR_DECIMALS: usize = 4;
/// Whole numbers up to this are exact.
const EXACT: f64 = 9e15;

fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{number:.0}");
    }
    let shortest = number.to_string();
    let decimals = shortest.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals >= CLEAR_DECIMALS { shortest } else { format!("{number:.CLEAR_DECIMALS$}") }
}

/// A date, a time of day, a moment or a length of time, to the nearest minute.
fn moment_text(moment: &ExcelDateTime) -> Option<String> {
    let value = moment.as_f64();
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    let minutes = Minutes((value.fract() * f64::from(DAY.0)).round() as i32);
    if moment.is_duration() || value <= 1.0 {
        let total = Minutes((value * f64::from(DAY.0)).round().min(f64::from(i32::MAX)) as i32);
        return Some(if total <= DAY { clock(total) } else { format!("{}:{:02}", total.0 / 60, total.0 % 60) });
    }
    let date = date_of(moment)?;
    match minutes {
        Minutes(0) => Some(date.to_string()),
        DAY => Some(date.succ_opt()?.to_string()),
        Minutes(minutes) => {
            let at: NaiveDateTime = NaiveDateTime::from(date) + TimeDelta::minutes(minutes.into());
            Some(at.format("%Y-%m-%dT%H:%M").to_string())
        }
    }
}

fn date_of(moment: &ExcelDateTime) -> Option<NaiveDate> {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// What is damaged, without the reader's own words: they repeat what stands in the file.
fn of_error(error: &XlsxError) -> Fault {
    damaged(match error {
        XlsxError::Password => "password",
        XlsxError::Zip(_) | XlsxError::Io(_) => "zip",
        _ => "XML",
    })
}

fn too_large() -> Fault {
    let (most, wide) = (TEXT_MAX >> 20, COLUMNS_MAX);
    Fault::new(
        codes::WORKBOOK_TOO_LARGE,
        [
            &format!("et ark har over {wide} kolonner, eller arkene rummer over {most} MB tekst"),
            &format!("a sheet has more than {wide} columns, or the sheets hold more than {most} MB of text"),
        ],
        [
            "Slet celler, der ligger uden for tabellen, eller gem tabellen som »CSV UTF-8«",
            "Delete cells that lie outside the table, or save the table as “CSV UTF-8”",
        ],
    )
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn dated(value: f64, kind: ExcelDateTimeType) -> String {
        text(&DataRef::DateTime(ExcelDateTime::new(value, kind, false)))
    }

    #[test]
    fn cells_are_what_a_file_of_text_would_say() {
        let day = ExcelDateTimeType::DateTime;
        let cases = [
            (46_349.0, "2026-11-23"),
            (46_349.5, "2026-11-23T12:00"),
            (510.0 / 1440.0, "08:30"),
            (1.0, "24:00"),
            (0.0, "00:00"),
        ];
        for (value, expected) in cases {
            assert_eq!(dated(value, day), expected);
        }
        assert_eq!(dated(46_349.354_166_666, day), "2026-11-23T08:30");
        assert_eq!(dated(46_349.999_999_9, day), "2026-11-24");
        assert_eq!(dated(90.0 / 1440.0, ExcelDateTimeType::TimeDelta), "01:30");
        assert_eq!(dated(1.5, ExcelDateTimeType::TimeDelta), "36:00");
    }

    #[test]
    fn numbers_are_clear_of_thousands() {
        let cases = [
            (1001.0, "1001"),
            (1.5, "1.5000"),
            (1.234, "1.2340"),
            (0.5, "0.5000"),
            (55.73331, "55.73331"),
            (-3.0, "-3"),
        ];
        for (value, expected) in cases {
            assert_eq!(decimal(value), expected);
        }
    }
}
