//! Lines of a table whose rows stand in several files.
//!
//! A row is known by one number. The lines of the first file are counted as they are; those of each further file begin
//! after all that an earlier one could have. Whoever names a row goes on with that number, and only where the file's own
//! name is put in place of the table's is it taken apart again.

use super::Text;

/// No file has so many lines.
const LINES_OF_A_FILE: u64 = 1 << 40;

/// The number of a line in the table's file at that place, 0 for the first.
pub fn joined(file: usize, line: u64) -> u64 {
    file as u64 * LINES_OF_A_FILE + line
}

/// The place of the file among the table's, 0 for the first, and the line in it.
pub fn parted(line: u64) -> (usize, u64) {
    (usize::try_from(line / LINES_OF_A_FILE).unwrap_or(usize::MAX), line % LINES_OF_A_FILE)
}

/// What a line is called where another one of the same table is spoken of: `line 7`, or `line 7 of the table's file no. 2`
/// where they stand in different ones.
pub fn called(line: u64, beside: u64) -> Text {
    let ((file, own), (other, _)) = (parted(line), parted(beside));
    if file == other {
        return Text::new(format!("linje {own}"), format!("line {own}"));
    }
    let number = file + 1;
    Text::new(
        format!("linje {own} i tabellens fil nr. {number}"),
        format!("line {own} of the table's file no. {number}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_first_file_are_as_they_are() {
        assert_eq!((joined(0, 7), joined(2, 7) > joined(1, u64::from(u32::MAX))), (7, true));
        assert_eq!([parted(7), parted(joined(2, 9)), parted(joined(1, 0))], [(0, 7), (2, 9), (1, 0)]);
    }

    #[test]
    fn a_line_of_another_file_says_of_which() {
        assert_eq!(called(7, 9).english, "line 7");
        assert_eq!(called(joined(1, 7), joined(1, 9)).danish, "linje 7");
        assert_eq!(called(7, joined(1, 9)).english, "line 7 of the table's file no. 1");
        assert_eq!(called(joined(1, 7), 9).danish, "linje 7 i tabellens fil nr. 2");
    }
}
