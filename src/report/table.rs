//! CSV as all outputs have it: `;`, a header row, UTF-8.

use std::io;

use serde::Serialize;

/// What Danish spreadsheets expect between cells.
const DELIMITER: u8 = b';';

/// The rows under the header of their fields.
pub(super) fn csv<R: Serialize>(columns: &[&str], rows: impl IntoIterator<Item = R>) -> io::Result<Vec<u8>> {
    // The header stands there also where there are no rows, so serde's own header would not do.
    let mut writer = csv::WriterBuilder::new().delimiter(DELIMITER).has_headers(false).from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.error().to_string()))
}
