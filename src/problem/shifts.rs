//! The shifts of the week.

use super::Shift;
use super::build::Site;
use super::index::cell;
use crate::diagnostic::table_lines::called;
use crate::diagnostic::{Cell, Fault, Text, codes};
use crate::ids::{IdVec, ShiftId};
use crate::tables::{Located, ShiftRow};
use crate::units::{Span, clock};

const SHIFTS: &str = "shifts.csv";

/// The week's shifts in the order of carer, then start; rows of other weeks are checked and left out.
pub(super) fn shifts(site: &mut Site<'_>) -> IdVec<ShiftId, Shift> {
    let rows = site.tables.shifts.iter();
    let mut shifts: Vec<(Shift, u64)> = rows.filter_map(|row| Some((shift(site, row)?, row.line))).collect();
    shifts.sort_by_key(|(shift, line)| (shift.carer, shift.span, *line));
    for pair in shifts.windows(2) {
        let ((earlier, its_line), (later, line)) = (&pair[0], &pair[1]);
        if earlier.carer == later.carer && earlier.span.overlaps(later.span) {
            let id = &site.tables.staff[later.carer.0 as usize].row.staff_id;
            site.found.push(
                Cell { file: SHIFTS, line: *line, column: "start" }.error(id, overlapping(&called(*its_line, *line))),
            );
        }
    }
    IdVec::new(shifts.into_iter().map(|(shift, _)| shift).collect())
}

fn shift(site: &mut Site<'_>, row: &Located<ShiftRow>) -> Option<Shift> {
    let ShiftRow { staff_id, date, start, end } = &row.row;
    let carer = site.index.staff.find(staff_id, cell(SHIFTS, row, "staff_id"), &mut site.found);
    let in_order = site.in_order(*start, *end, (cell(SHIFTS, row, "end"), clock));
    let day = site.tables.week.day_of(*date)?;
    Some(Shift { carer: carer.filter(|_| in_order)?, day, span: Span::new(day.at(*start), day.at(*end)) })
}

fn overlapping(other: &Text) -> Fault {
    let Text { danish, english } = other;
    Fault::new(
        codes::OVERLAPPING_SHIFTS,
        [
            &format!("medarbejderens vagt overlapper vagten i {danish}"),
            &format!("the carer's shift overlaps the one on {english}"),
        ],
        ["Slå de to vagter sammen, eller ret tiderne", "Join the two shifts or mend their times"],
    )
}
