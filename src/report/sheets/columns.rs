//! A sheet put together column by column.

use super::{Cell, Sheet};
use crate::language::Language;

/// What stands in a column for a row.
type CellOf<'a, R> = Box<dyn Fn(&R) -> Cell + 'a>;

/// The columns of a sheet with rows of one kind.
pub(in crate::report) struct Columns<'a, R> {
    language: Language,
    list: Vec<(String, CellOf<'a, R>)>,
}

impl<'a, R> Columns<'a, R> {
    pub(in crate::report) fn new(language: Language) -> Self {
        Columns { language, list: Vec::new() }
    }

    /// Adds a column with its head in Danish and English.
    pub(in crate::report) fn add(self, [danish, english]: [&str; 2], cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let head = self.language.pick(danish, english).to_owned();
        self.add_under(head, cell)
    }

    pub(in crate::report) fn add_under(mut self, head: String, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        self.list.push((head, Box::new(cell)));
        self
    }

    /// The sheet of these rows; its first column stays in sight.
    pub(in crate::report) fn sheet(self, [danish, english]: [&str; 2], rows: &[R]) -> Sheet {
        let cells = |row: &R| self.list.iter().map(|(_, cell)| cell(row)).collect();
        Sheet {
            name: self.language.pick(danish, english).to_owned(),
            rows: rows.iter().map(cells).collect(),
            heads: self.list.iter().map(|(head, _)| head.clone()).collect(),
            frozen_columns: 1,
            total: None,
        }
    }
}
