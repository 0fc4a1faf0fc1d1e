//! When carers work: day shifts, for some a short evening besides, and weekends.

use super::dice::{Dice, Percent};
use super::rows::time;
use super::site::{Concern, Site};
use crate::tables::{ShiftRow, StaffRow};
use crate::units::{Day, Minutes};

const STARTS: [(Minutes, usize); 4] = [(time(7, 0), 22), (time(7, 30), 22), (time(8, 0), 33), (time(9, 0), 23)];
const LENGTHS: [Minutes; 4] = [Minutes(300), Minutes(360), Minutes(420), Minutes(450)];

/// Of the weekdays, those on which a carer works.
const AT_WORK: Percent = Percent(72);

/// Of the evenings and weekend days of those who do such shifts, those on which they work.
const AT_ODD_WORK: Percent = Percent(45);

/// No day shift lasts until then.
const EVENING: Minutes = time(17, 0);
const EVENING_LENGTHS: [Minutes; 3] = [Minutes(180), Minutes(240), Minutes(300)];
const LATE: Minutes = time(13, 30);

/// The shifts of a district, carer by carer, day by day; no two of a carer overlap.
pub(super) fn shifts(site: &Site<'_>, staff: &[StaffRow]) -> Vec<ShiftRow> {
    let mut dice = site.dice(Concern::Shifts);
    staff.iter().flat_map(|carer| week_of(site, carer, &mut dice)).collect()
}

fn week_of(site: &Site<'_>, carer: &StaffRow, dice: &mut Dice) -> Vec<ShiftRow> {
    let evenings = if dice.chance(site.spec.shares.evenings) { AT_ODD_WORK } else { Percent(0) };
    let weekends = if dice.chance(site.spec.shares.weekends) { AT_ODD_WORK } else { Percent(0) };
    let mut rows = Vec::new();
    for day in Day::all() {
        let at_work = if day.0 < 5 { AT_WORK } else { weekends };
        let shift = |(start, length): (Minutes, Minutes)| ShiftRow {
            staff_id: carer.staff_id.clone(),
            date: site.spec.week.date(day),
            start,
            end: start + length,
        };
        if dice.chance(at_work) {
            rows.push(shift(hours(site, dice)));
        }
        if dice.chance(evenings) {
            rows.push(shift((EVENING, dice.pick(&EVENING_LENGTHS))));
        }
    }
    rows
}

/// Start and length of a day shift; where relief is given in the evening too, some begin after noon.
fn hours(site: &Site<'_>, dice: &mut Dice) -> (Minutes, Minutes) {
    let early = (dice.weighted(&STARTS), dice.pick(&LENGTHS));
    let late = site.rules.day_to > EVENING && dice.chance(Percent(30));
    if late { (LATE, EVENING - LATE) } else { early }
}
