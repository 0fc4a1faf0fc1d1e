//! CSV as Danish Excel opens it with a double click: `;`, UTF-8 with a byte-order mark, decimal comma, Danish dates.

use std::io;

use super::{Cell, Sheet};
use crate::cell;
use crate::units::{Minutes, clock};

/// Without it Excel takes UTF-8 for Windows-1252.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The sheet as CSV. Numbers and dates are Danish in either language, because that is what Danish Excel reads.
pub(in crate::report) fn excel_csv(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let terminator = csv::Terminator::CRLF;
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(terminator).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(sheet.heads.iter().map(|head| cell::neutralised(head).into_owned()))?;
    for row in sheet.rows.iter().chain(&sheet.total) {
        writer.write_record(row.iter().map(written))?;
    }
    writer.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.error().to_string()))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Word(text) => cell::neutralised(text).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Hours(minutes) => decimal(hundredths(*minutes)),
        Cell::Share(share) => format!("{}%", decimal((share * 10_000.0).round() as i64)),
        Cell::Mean(mean) => decimal((mean * 10.0).round() as i64 * 10),
        Cell::Date(date) => date.format("%d-%m-%Y").to_string(),
        Cell::Time(time) => clock(*time),
    }
}

/// Hours in hundredths, rounded.
fn hundredths(minutes: Minutes) -> i64 {
    let minutes = i64::from(minutes.0);
    (minutes.abs() * 10 + 3) / 6 * minutes.signum()
}

/// `1,5`, `0,12`, `-2`.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole},{}", rest / 10),
        _ => format!("{sign}{whole},{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_excel_reads_every_cell() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let cells = [
            (Cell::Hours(Minutes(90)), "1,5"),
            (Cell::Hours(Minutes(7)), "0,12"),
            (Cell::Hours(Minutes(-120)), "-2"),
            (Cell::Hours(Minutes(3)), "0,05"),
            (Cell::Share(0.855), "85,5%"),
            (Cell::Mean(7.25), "7,3"),
            (Cell::Date(date), "23-11-2026"),
            (Cell::Time(Minutes(510)), "08:30"),
            (Cell::Text("=1+1".into()), "'=1+1"),
            (Cell::Empty, ""),
        ];
        for (cell, text) in cells {
            assert_eq!(written(&cell), text);
        }
    }
}
