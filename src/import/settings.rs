//! Texts in TOML, which may hold what no file may hold as well as the tables do.

use toml::de::{DeTable, DeValue};

use super::source::civil_number;
use crate::diagnostic::{Diagnostic, civil_number::stands_in};

/// A fault for every line of a file of settings with what looks like a civil registration number: as it is written, or as
/// it reads once its escapes (`\u0030`) are undone.
pub(super) fn civil_numbers(file: &str, text: &str) -> Vec<Diagnostic> {
    let written = (1..).zip(text.lines()).filter(|(_, line)| stands_in(line)).map(|(number, _)| number);
    let mut lines: Vec<u64> = written.collect();
    let (document, _) = DeTable::parse_recoverable(text);
    of_table(document.get_ref(), &mut |place| lines.push(line_of(text, place)));
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(|line| civil_number(file, line)).collect()
}

/// Tells the place of every key and text of the table that reads as such a number.
fn of_table(table: &DeTable<'_>, tell: &mut dyn FnMut(usize)) {
    for (key, value) in table {
        if stands_in(key.get_ref()) {
            tell(key.span().start);
        }
        of_value(value.get_ref(), value.span().start, tell);
    }
}

fn of_value(value: &DeValue<'_>, place: usize, tell: &mut dyn FnMut(usize)) {
    match value {
        DeValue::String(text) if stands_in(text) => tell(place),
        DeValue::Array(items) => items.iter().for_each(|item| of_value(item.get_ref(), item.span().start, tell)),
        DeValue::Table(table) => of_table(table, tell),
        _ => {}
    }
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, offset: usize) -> u64 {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..offset.min(text.len())]).count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Option<u64>> {
        civil_numbers("mapping.toml", text).iter().map(|found| found.line).collect()
    }

    #[test]
    fn numbers_are_found_as_written_and_behind_escapes() {
        assert_eq!(lines("a = 1\nb = \"010203-0000\"\n"), [Some(2)]);
        assert_eq!(lines("b = \"0102\\u00303-0000\"\n"), [Some(1)]);
        assert_eq!(lines("\n[[t]]\nc = { \"0102\\u00303-0000\" = [\"x\", \"01020\\U000000330000\"] }\n"), [Some(3)]);
        assert_eq!(lines("b = \"\"\"\nring 010203\\\n-0000\"\"\"\n"), [Some(1)]);
        // What is no TOML is looked at as it is written.
        assert_eq!(lines("= = 010203-0000\n"), [Some(1)]);
        assert!(lines("a = \"BA-C0001\"\nlat = 55.7333\n").is_empty());
    }
}
