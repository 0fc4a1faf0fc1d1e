//! CSV as all outputs have it: `;`, a header row, UTF-8.

use std::io;

use serde::Serialize;

use crate::cell;

/// What Danish spreadsheets expect between cells.
const DELIMITER: u8 = b';';

/// The rows under the header of their fields.
pub(super) fn csv<R: Serialize>(columns: &[&str], rows: impl IntoIterator<Item = R>) -> io::Result<Vec<u8>> {
    // The header stands there also where there are no rows, so serde's own header would not do.
    let mut writer = writer();
    writer.write_record(columns)?;
    for row in rows {
        writer.serialize(row)?;
    }
    harmless(&bytes(writer)?)
}

/// The same table without a cell that a spreadsheet would take for a formula. The cells are looked at once they are
/// text, so that no row can forget it.
fn harmless(table: &[u8]) -> io::Result<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(DELIMITER).has_headers(false).from_reader(table);
    let mut writer = writer();
    for record in reader.records() {
        writer.write_record(record?.iter().map(|text| cell::neutralised(text).into_owned()))?;
    }
    bytes(writer)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().delimiter(DELIMITER).has_headers(false).from_writer(Vec::new())
}

fn bytes(writer: csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.error().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let table = csv(&["id", "minutes"], [("=cmd|' /C calc'!A0", -5), ("\"a\"\nb", 7), ("@x;y", 0)]);
        let text = String::from_utf8(table.expect("a table")).expect("text");
        assert_eq!(text, "id;minutes\n'=cmd|' /C calc'!A0;-5\n\"\"\"a\"\"\nb\";7\n\"'@x;y\";0\n");
    }
}
