//! Text that is safe in the cell of a spreadsheet.
//!
//! A spreadsheet takes a cell for a formula that begins with `=`, `+`, `-` or `@`, also after a tab or a line break, so
//! text out of a file could run as one on the planner's machine. Every writer of cells passes them through
//! [`neutralised`], which puts a `'` before such text; every reader takes exactly that off again with [`original`], so
//! nothing is changed on the way round. Plain numbers are no formulas and stay as they are.

use std::borrow::Cow;

/// What tells a spreadsheet that a cell is text.
const MARK: char = '\'';

/// With these a formula begins, or what a spreadsheet cuts off before one; the last four are their full-width twins.
const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as it is written: marked where a spreadsheet would take it for a formula, or where it looks marked already.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if needs_mark(text) { Cow::Owned(format!("{MARK}{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`neutralised`] made `written` of.
pub fn original(written: &str) -> &str {
    written.strip_prefix(MARK).filter(|text| needs_mark(text)).unwrap_or(written)
}

/// Whether a spreadsheet would take the text for a formula, or for one that is marked already.
pub fn needs_mark(text: &str) -> bool {
    let bare = text.trim_start_matches(MARK);
    bare.starts_with(STARTS) && !is_plain_number(bare)
}

/// A sign, digits, and at most one decimal point or comma between digits.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.split_once(['.', ',']) {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_marked_and_numbers_are_not() {
        for text in ["=1+1", "+45 12 34", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "-1-1", "＝1"]
        {
            assert_eq!(neutralised(text), format!("'{text}"), "{text}");
        }
        for text in ["", "S1", "-12.5", "+3", "-7,25", "0", "'t Hart", "a=b", "'", "'-5"] {
            assert_eq!(neutralised(text), text, "{text}");
        }
    }

    #[test]
    fn text_that_looks_marked_is_marked_once_more() {
        assert_eq!((neutralised("'=1"), original("''=1"), original("'=1")), ("''=1".into(), "'=1", "=1"));
    }

    proptest! {
        #[test]
        fn nothing_is_changed_on_the_way_round(text in "['=+@\t\r\n＝0-9.,a-]{0,6}") {
            let written = neutralised(&text);
            prop_assert_eq!(original(&written), text.as_str());
            prop_assert!(!written.starts_with(STARTS) || is_plain_number(&written));
        }
    }
}
