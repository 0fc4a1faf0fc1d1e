//! What stands between the cells of a file.

use std::collections::HashSet;

use csv::StringRecord;

use super::records::{CANONICAL_DELIMITER, Records};

/// What may stand there, the most usual in Denmark first.
const DELIMITERS: [u8; 4] = [CANONICAL_DELIMITER, b'\t', b'|', b','];
/// So many cells of the header are looked at.
const COLUMNS: usize = 1_000;
/// So many rows show whether they have as many cells as the header.
const SAMPLE: usize = 20;
/// The first line that Excel writes, and reads, to name it: `sep=;`.
const NAMED: &str = "sep=";

/// The delimiter of a text: the one that its first line names, or else the one with which most cells of the header are
/// known words; among equals, the one with which most rows have as many cells as the header.
pub(super) fn delimiter(text: &str, is_known: &dyn Fn(&str) -> bool) -> u8 {
    if let Some(named) = named(text) {
        return named;
    }
    let scored = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(text, *delimiter, is_known));
    scored.unwrap_or(CANONICAL_DELIMITER)
}

/// What the first line names.
fn named(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    let named = line.strip_prefix(NAMED).filter(|rest| rest.len() == 1)?.as_bytes()[0];
    DELIMITERS.contains(&named).then_some(named)
}

/// Whether a record is such a line: it is no header.
pub(super) fn names_it(record: &StringRecord) -> bool {
    let first = record.get(0).unwrap_or_default();
    first.strip_prefix(NAMED).is_some_and(|rest| rest.len() <= 1) && record.iter().skip(1).all(str::is_empty)
}

fn score(text: &str, delimiter: u8, is_known: &dyn Fn(&str) -> bool) -> (usize, usize) {
    let mut records = Records::of_text(text, delimiter);
    let Some((_, header)) = records.next() else { return (0, 0) };
    let (cells, width) = (header.clone(), header.len());
    let known: HashSet<&str> = cells.iter().take(COLUMNS).map(str::trim).filter(|cell| is_known(cell)).collect();
    let mut alike = 0;
    for _ in 0..SAMPLE {
        match records.next() {
            Some((_, record)) => alike += usize::from(width > 1 && record.len() == width),
            None => break,
        }
    }
    // A header alone has no rows to show, but more than one cell.
    (known.len(), alike + usize::from(width > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> char {
        char::from(delimiter(text, &|word| ["id", "fra", "lat"].contains(&word)))
    }

    #[test]
    fn the_header_shows_the_delimiter() {
        for delimiter in [';', '\t', '|', ','] {
            let text = format!("id{delimiter}fra{delimiter}lat\nA{delimiter}8{delimiter}55,7\n");
            assert_eq!(of(&text), delimiter);
        }
        assert_eq!(of("id;note, fra;lat\n1;2;3\n"), ';');
    }

    #[test]
    fn rows_decide_where_no_word_is_known() {
        assert_eq!(of("a|b, c\n1|2\n3|4\n"), '|');
        assert_eq!(of("a,b\n"), ',');
        assert_eq!(of("alone\n"), ';');
    }

    #[test]
    fn a_line_that_names_it_wins() {
        assert_eq!(of("sep=,\nid;fra;lat\n"), ',');
        assert!(names_it(&StringRecord::from(vec!["sep=", ""])) && names_it(&StringRecord::from(vec!["sep=;"])));
        assert!(!names_it(&StringRecord::from(vec!["sep=id"])) && !names_it(&StringRecord::from(vec!["sep=", "a"])));
    }
}
