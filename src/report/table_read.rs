//! How a table was read, for programs: in `import.json`, `summary.json` and the answer of `validate --json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::import::TableSource;

/// One file, or one sheet, that a table was read from.
#[derive(Debug, Serialize)]
pub struct TableReadFrom<'a> {
    table: &'a str,
    file: &'a str,
    rows: usize,
    left_out: usize,
    repeated: usize,
    columns: BTreeMap<&'a str, &'a str>,
    constants: BTreeMap<&'a str, &'a str>,
    unread_columns: &'a [String],
    dialect_da: Vec<&'a str>,
    dialect_en: Vec<&'a str>,
}

impl<'a> TableReadFrom<'a> {
    /// All of a week, in the order in which they were read.
    pub fn all(sources: &'a [TableSource]) -> Vec<Self> {
        sources.iter().map(TableReadFrom::of).collect()
    }

    fn of(source: &'a TableSource) -> Self {
        TableReadFrom {
            table: source.table.trim_end_matches(".csv"),
            file: &source.file,
            rows: source.rows,
            left_out: source.left_out,
            repeated: source.repeated,
            columns: source.renamed.iter().map(|(column, own)| (*column, own.as_str())).collect(),
            constants: source.constants.iter().map(|(column, text)| (*column, text.as_str())).collect(),
            unread_columns: &source.unread_columns,
            dialect_da: source.dialect.iter().map(|text| text.danish.as_str()).collect(),
            dialect_en: source.dialect.iter().map(|text| text.english.as_str()).collect(),
        }
    }
}
