//! Writes tables as a week folder in the canonical form.

use std::fmt::Display;
use std::io;
use std::path::Path;

use super::records::CANONICAL_DELIMITER;
use super::table::Stored;
use crate::cell;
use crate::tables::{Located, Tables};

/// Writes the tables as a week folder in the canonical form; the folder is made where it is missing.
///
/// Optional tables are written where they have rows, `policy.toml` where the policy differs from the built-in one.
/// A file of an earlier week that is left in the folder and would now be read again is removed.
///
/// # Errors
/// What the file system says.
pub fn write_week(tables: &Tables, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    table(folder, &tables.providers)?;
    table(folder, &tables.staff)?;
    table(folder, &tables.shifts)?;
    table(folder, &tables.clients)?;
    table(folder, &tables.grants)?;
    table(folder, &tables.bookings)?;
    table(folder, &tables.wishes)?;
    table(folder, &tables.absences)?;
    table(folder, &tables.pins)?;
    table(folder, &tables.history)?;
    table(folder, &tables.closing_days)?;
    table(folder, &tables.travel)?;
    let policy = tables.policy.to_toml();
    let path = folder.join("policy.toml");
    if policy.is_empty() { remove(&path) } else { std::fs::write(path, policy) }
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn table<R: Stored>(folder: &Path, rows: &[Located<R>]) -> io::Result<()> {
    let path = folder.join(R::FILE);
    if rows.is_empty() && !R::REQUIRED {
        return remove(&path);
    }
    let mut writer = csv::WriterBuilder::new().delimiter(CANONICAL_DELIMITER).from_path(path)?;
    writer.write_record(R::COLUMNS.iter().map(|column| column.name))?;
    for located in rows {
        writer.write_record(located.row.write().iter().map(|text| cell::neutralised(text).into_owned()))?;
    }
    writer.flush()
}

pub(super) fn option(value: Option<&impl Display>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

pub(super) fn yes_no(yes: bool) -> String {
    String::from(if yes { "yes" } else { "no" })
}

/// The shortest decimal that reads back as the same number.
pub(super) fn coordinate(degrees: f64) -> String {
    degrees.to_string()
}
