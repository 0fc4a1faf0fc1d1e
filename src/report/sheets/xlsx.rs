//! Workbooks: real dates, times and numbers, a filter on every column, headers that stay in sight, pages that print.

use std::io;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Sheet};
use crate::cell::needs_mark;
use crate::language::Language;
use crate::units::{DAY, Minutes};

/// Excel takes no longer text.
const LONGEST_TEXT: usize = 32_767;
const A4: u8 = 9;
const HEAD_COLOUR: u32 = 0x00E1_E4E8;
const MUTED_COLOUR: u32 = 0x0053_5C66;
/// Longer texts go on in the next line, after so many characters.
const LONGEST_LINE: usize = 84;
/// The height of a line of text in points.
const LINE_HEIGHT: f64 = 15.0;
/// Excel takes no higher row, and asks to repair a workbook that has one.
const HIGHEST_ROW: f64 = 409.0;
/// The button of a filter covers the right end of its cell; so many indents keep a head to the left of it.
const BESIDE_BUTTON: u8 = 2;

/// The formats of a workbook.
struct Looks {
    head: Format,
    head_of_figures: Format,
    text: Format,
    long: Format,
    word: Format,
    count: Format,
    hours: Format,
    share: Format,
    mean: Format,
    date: Format,
    time: Format,
    /// Excel shows 24:00 as 00:00 unless it is asked for hours beyond a day.
    midnight: Format,
}

/// What a row says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Part,
    /// The sum of the rows above.
    Total,
}

impl Looks {
    fn of(line: Line, language: Language) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let top = match line {
            Line::Part => top,
            Line::Total => top.set_bold().set_border_top(FormatBorder::Thin),
        };
        let number = |format: &str| top.clone().set_num_format(format);
        let head = top.clone().set_bold().set_background_color(Color::RGB(HEAD_COLOUR));
        let head = head.set_border_bottom(FormatBorder::Thin).set_text_wrap();
        // Apart from a figure to the left of it; without an alignment an indent is not heeded.
        let left = |format: &Format| format.clone().set_align(FormatAlign::Left).set_indent(1);
        let text = left(&top);
        let word = top.clone().set_align(FormatAlign::Right).set_italic().set_font_color(Color::RGB(MUTED_COLOUR));
        Looks {
            head_of_figures: head.clone().set_align(FormatAlign::Right).set_indent(BESIDE_BUTTON),
            head: left(&head),
            long: text.clone().set_text_wrap(),
            text,
            word,
            count: number("#,##0"),
            hours: number("#,##0.0#"),
            share: number(language.pick("0.0 %", "0.0%")),
            mean: number("#,##0.0"),
            date: number(language.pick("dd\\-mm\\-yyyy", "yyyy\\-mm\\-dd")),
            time: number("hh:mm"),
            midnight: number("[hh]:mm"),
        }
    }
}

/// The workbook of these sheets.
///
/// # Errors
/// Where a sheet is too large for Excel or has a name that it does not take.
pub(in crate::report) fn workbook(title: &str, sheets: &[Sheet], language: Language) -> io::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("Pusterum"));
    let looks = [Line::Part, Line::Total].map(|line| Looks::of(line, language));
    sheets.iter().try_for_each(|sheet| fill(workbook.add_worksheet(), sheet, &looks)).map_err(io::Error::other)?;
    workbook.save_to_buffer().map_err(io::Error::other)
}

fn fill(page: &mut Worksheet, sheet: &Sheet, [looks, of_total]: &[Looks; 2]) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    let holds =
        |column: u16, is: fn(&Cell) -> bool| sheet.rows.iter().filter_map(|row| row.get(usize::from(column))).any(is);
    for (column, head) in (0..).zip(&sheet.heads) {
        let look = if holds(column, Cell::stands_right) { &looks.head_of_figures } else { &looks.head };
        page.write_string_with_format(0, column, head, look)?;
    }
    let rows = sheet.rows.iter().map(|row| (row, looks)).chain(sheet.total.iter().map(|row| (row, of_total)));
    for (line, (row, looks)) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            write(page, (line, column), cell, looks)?;
        }
        let lines = row.iter().map(lines).max().unwrap_or(1);
        if lines > 1 {
            // Excel makes room for a text of several lines by itself, other programs do not.
            page.set_row_height(line, (LINE_HEIGHT * lines as f64).min(HIGHEST_ROW))?;
        }
    }
    for (column, head) in (0..).zip(&sheet.heads) {
        let cells = sheet.rows.iter().chain(&sheet.total).filter_map(|row| row.get(usize::from(column)));
        let widest = cells.map(width).chain([head_width(head)]).max().unwrap_or_default();
        page.set_column_width(column, widest as f64)?;
    }
    // Without the total, which sorting and filtering must leave where it is.
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(sheet.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.autofilter(0, 0, last_row, last_column)?;
    page.set_freeze_panes(1, sheet.frozen_columns)?;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn write(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        // A text is written as one, so that nothing in it is ever a formula.
        Cell::Text(text) => {
            let look = if text.chars().count() > LONGEST_LINE { &looks.long } else { &looks.text };
            // Without this prefix it would become a formula as soon as somebody edits the cell or saves it as CSV.
            let look = if needs_mark(text) { &look.clone().set_quote_prefix() } else { look };
            page.write_string_with_format(row, column, cut(text), look)?
        }
        Cell::Word(word) => page.write_string_with_format(row, column, cut(word), &looks.word)?,
        Cell::Count(count) => page.write_number_with_format(row, column, *count as f64, &looks.count)?,
        Cell::Hours(minutes) => {
            page.write_number_with_format(row, column, f64::from(minutes.0) / 60.0, &looks.hours)?
        }
        Cell::Share(share) => page.write_number_with_format(row, column, *share, &looks.share)?,
        Cell::Mean(mean) => page.write_number_with_format(row, column, *mean, &looks.mean)?,
        Cell::Date(date) => page.write_datetime_with_format(row, column, excel_date(*date)?, &looks.date)?,
        Cell::Time(time) if *time < DAY => {
            page.write_number_with_format(row, column, share_of_day(*time), &looks.time)?
        }
        Cell::Time(time) => page.write_number_with_format(row, column, share_of_day(*time), &looks.midnight)?,
    };
    Ok(())
}

/// The characters that a cell takes in its column, with its indent.
fn width(cell: &Cell) -> usize {
    let shown = match cell {
        Cell::Empty => 0,
        Cell::Text(text) | Cell::Word(text) => text.chars().count().min(LONGEST_LINE),
        Cell::Count(_) | Cell::Hours(_) | Cell::Share(_) | Cell::Mean(_) => 8,
        Cell::Date(_) => 10,
        Cell::Time(_) => 5,
    };
    shown + 2
}

/// The same for a head, which is bold and stands beside the button of a filter.
fn head_width(head: &str) -> usize {
    head.chars().count() * 6 / 5 + 5
}

/// The lines that a cell takes in its column.
fn lines(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => cut(text).chars().count().div_ceil(LONGEST_LINE).max(1),
        _ => 1,
    }
}

/// Excel counts times in days.
fn share_of_day(time: Minutes) -> f64 {
    f64::from(time.0) / f64::from(DAY.0)
}

fn excel_date(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(1));
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(0), month, day)
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    /// A part of the workbook of one sheet with these rows.
    fn part(rows: Vec<Vec<Cell>>, total: Option<Vec<Cell>>, name: &str) -> String {
        let heads = ["Uge", "Timer"].map(str::to_owned).to_vec();
        let sheet = Sheet { name: "Uger".to_owned(), heads, frozen_columns: 1, rows, total };
        let bytes = workbook("Uger", &[sheet], Language::Danish).expect("it can be written");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
        text
    }

    fn row(name: &str, hours: i32) -> Vec<Cell> {
        vec![Cell::text(name), Cell::Hours(Minutes(hours * 60))]
    }

    const SHEET: &str = "xl/worksheets/sheet1.xml";

    #[test]
    fn the_total_stands_below_what_is_filtered_and_sorted() {
        let xml = part(vec![row("Uge 48", 1), row("Uge 49", 2)], Some(row("I alt", 3)), SHEET);
        assert!(xml.contains("<autoFilter ref=\"A1:B3\"/>") && xml.contains("<row r=\"4\""), "{xml}");
    }

    #[test]
    fn no_row_is_higher_than_excel_takes() {
        let xml = part(vec![row(&"Ingen har tid. ".repeat(3_000), 1)], None, SHEET);
        let heights = xml.match_indices("ht=\"").map(|(at, found)| {
            let height = xml[at + found.len()..].split('"').next().expect("a value");
            height.parse::<f64>().expect("a number")
        });
        let heights: Vec<f64> = heights.collect();
        assert!(!heights.is_empty() && heights.iter().all(|height| *height <= 409.5), "{heights:?}");
    }

    #[test]
    fn an_indent_goes_with_an_alignment_without_which_it_is_not_heeded() {
        let styles = part(vec![row("Uge 48", 1)], Some(row("I alt", 3)), "xl/styles.xml");
        let alignments: Vec<&str> =
            styles.split("<alignment").skip(1).filter_map(|rest| rest.split('>').next()).collect();
        let indented: Vec<&&str> = alignments.iter().filter(|alignment| alignment.contains("indent")).collect();
        assert!(indented.len() >= 2, "{styles}");
        assert!(indented.iter().all(|alignment| alignment.contains("horizontal=")), "{indented:?}");
    }
}
