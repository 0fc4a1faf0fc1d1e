//! A CSV file to change in place.

use std::path::PathBuf;

/// A CSV file of the folder in the canonical form.
pub struct Table {
    path: PathBuf,
    header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The file as it stands, or an empty one with this header.
    pub fn read(path: PathBuf, header: &str) -> Table {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| header.to_owned());
        let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned).collect::<Vec<String>>());
        let header = lines.next().expect("a header");
        Table { path, header, rows: lines.collect() }
    }

    fn index(&mut self, column: &str) -> usize {
        self.header.iter().position(|name| name == column).unwrap_or_else(|| {
            self.header.push(column.to_owned());
            self.header.len() - 1
        })
    }

    pub fn set(&mut self, row: usize, column: &str, value: &str) {
        let column = self.index(column);
        let row = &mut self.rows[row];
        row.resize(row.len().max(column + 1), String::new());
        row[column] = value.to_owned();
    }

    pub fn add<const N: usize>(&mut self, columns: [&str; N], values: [String; N]) {
        self.rows.push(Vec::new());
        for (column, value) in columns.iter().zip(values) {
            self.set(self.rows.len() - 1, column, &value);
        }
    }

    pub fn column(&mut self, column: &str) -> Vec<String> {
        let column = self.index(column);
        self.rows.iter().map(|row| row.get(column).cloned().unwrap_or_default()).collect()
    }

    pub fn write(&mut self) {
        let width = self.header.len();
        let mut lines = vec![self.header.join(";")];
        for row in &mut self.rows {
            row.resize(width, String::new());
            lines.push(row.join(";"));
        }
        std::fs::write(&self.path, lines.join("\n") + "\n").expect("it can be written");
    }
}
