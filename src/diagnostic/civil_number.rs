//! Recognises what looks like a Danish civil registration number (CPR): this tool needs none and keeps none.
//!
//! `DDMMYY` and four digits, with `-`, a blank or nothing between; the day may have 60 added (temporary numbers),
//! and the leading zero may be lost, as spreadsheets do. The modulus-11 test is not asked: since 2007 it no longer
//! holds for every number, so it would let some through.

const DATE_DIGITS: usize = 6;
const SERIAL_DIGITS: usize = 4;
/// Added to the day of a temporary number.
const TEMPORARY_DAY: u32 = 60;
const MONTH_DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// ` - ` is the widest gap still taken for a separator.
const SEPARATOR_MAX: usize = 3;

/// Whether such a number stands anywhere in the text, not as part of a longer run of digits.
///
/// A text that is one decimal number with at most three digits before the point is a coordinate, not a number of a
/// person, however many decimals it has.
pub fn stands_in(text: &str) -> bool {
    text.len() >= DATE_DIGITS + SERIAL_DIGITS - 1 && !is_coordinate(text.trim()) && any_run_matches(text)
}

fn any_run_matches(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (run, after) = split_run(&rest[start..]);
        if is_number(run, after) {
            return true;
        }
        rest = after;
    }
    false
}

fn is_number(run: &str, after: &str) -> bool {
    match run.len() {
        5 => is_date(&format!("0{run}")) && serial_follows(after),
        DATE_DIGITS => is_date(run) && serial_follows(after),
        9 => is_date(&format!("0{}", &run[..DATE_DIGITS - 1])),
        10 => is_date(&run[..DATE_DIGITS]),
        _ => false,
    }
}

/// The digits that a text starts with, and the rest.
fn split_run(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn serial_follows(after: &str) -> bool {
    let serial = after.trim_start_matches(is_separator);
    let gap = after[..after.len() - serial.len()].chars().count();
    (1..=SEPARATOR_MAX).contains(&gap) && split_run(serial).0.len() == SERIAL_DIGITS
}

/// Blanks and hyphens, also the typographic ones that word processors put in.
fn is_separator(c: char) -> bool {
    c == ' ' || c == '-' || c == '\u{a0}' || ('\u{2010}'..='\u{2015}').contains(&c)
}

/// Whether six digits are a day and month of any year; 29 February is, as the century is not known.
fn is_date(ddmmyy: &str) -> bool {
    let (Ok(day), Ok(month)) = (ddmmyy[..2].parse::<u32>(), ddmmyy[2..4].parse::<usize>()) else { return false };
    let day = if day > TEMPORARY_DAY { day - TEMPORARY_DAY } else { day };
    (1..=12).contains(&month) && (1..=MONTH_DAYS[month - 1]).contains(&day)
}

fn is_coordinate(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.split_once(['.', ',']).is_some_and(|(whole, part)| whole.len() <= 3 && digits(whole) && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_every_spelling() {
        for text in [
            "010203-0000",
            "0102030000",
            "010203 0000",
            "102030000",
            "10203-0000",
            "610203-0000",
            "911203-0000",
            "290200-0000",
            "ring 010203-0000 hurtigst",
            "CPR:010203–0000.",
            "010203 - 0000",
            "1 010203 0000",
            "x0102030000y",
            "0102030000.0",
        ] {
            assert!(stands_in(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_a_longer_run_passes() {
        for text in [
            "",
            "12345678",
            "+45 12 34 56 78",
            "4512345678",
            "320203-0000",
            "011303-0000",
            "310203-0000",
            "010203-00001",
            "1010203-0000",
            "01020300001",
            "12.3955212345",
            "-55,0102030000",
            "2026-11-23T12:00",
            "2026-11-23",
            "010203;0000",
            "010203    0000",
            "BA-C0001",
        ] {
            assert!(!stands_in(text), "{text}");
        }
    }
}
