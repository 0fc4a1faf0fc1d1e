//! From text or a sheet to records: the cells of each row as text, with the line on which the row starts.

use csv::StringRecord;

/// Between the cells of the canonical form.
pub(super) const CANONICAL_DELIMITER: u8 = b';';
const HEADER_LINE: u64 = 1;

/// The records of a table with the lines on which they start.
pub(super) enum Records<'t> {
    Text(TextRecords<'t>),
    Sheet(std::slice::Iter<'t, (u64, StringRecord)>),
}

impl<'t> Records<'t> {
    pub(super) fn of_text(text: &'t str, delimiter: u8) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Records::Text(TextRecords { text, reader, record: StringRecord::new(), line: HEADER_LINE, counted: 0 })
    }

    /// The next record that is not blank.
    pub(super) fn next(&mut self) -> Option<(u64, &StringRecord)> {
        match self {
            Records::Text(records) => records.next(),
            Records::Sheet(rows) => rows.find(|(_, record)| !is_blank(record)).map(|(line, record)| (*line, record)),
        }
    }
}

/// The records of a CSV text.
pub(super) struct TextRecords<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    /// The line of the byte at `counted`.
    line: u64,
    counted: usize,
}

impl TextRecords<'_> {
    fn next(&mut self) -> Option<(u64, &StringRecord)> {
        loop {
            // Reading from memory fails only on invalid UTF-8, and the text is valid.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            self.count_lines();
            if !is_blank(&self.record) {
                return Some((self.line, &self.record));
            }
        }
    }

    /// The reader's own line is that of the blank lines before a record, so lines are counted here.
    fn count_lines(&mut self) {
        let start = self.record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(self.text.len()));
        let bytes = self.text.as_bytes();
        let blank = bytes[start..].iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        // A carriage return ends a line of its own only where no line feed follows it.
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.line += (self.counted..start + blank).filter(ends_line).count() as u64;
        self.counted = start + blank;
    }
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}
