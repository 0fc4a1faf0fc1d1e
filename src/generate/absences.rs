//! Who is away, and the days on which a municipality gives no relief.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::rows::time;
use super::site::{Concern, Site};
use super::spec::Closing;
use crate::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, ClientRow, ClosingDayRow, ShiftRow, StaffRow,
};
use crate::units::{Day, Minutes};

const CLIENT_REASONS: [(AbsenceReason, usize); 5] = [
    (AbsenceReason::DayCentre, 60),
    (AbsenceReason::Hospital, 16),
    (AbsenceReason::RespiteStay, 16),
    (AbsenceReason::ShortTermStay, 4),
    (AbsenceReason::Holiday, 4),
];

const STAFF_REASONS: [(AbsenceReason, usize); 4] =
    [(AbsenceReason::Sick, 70), (AbsenceReason::Course, 15), (AbsenceReason::Holiday, 10), (AbsenceReason::Other, 5)];

const DAY_CENTRE: (Minutes, Minutes) = (time(9, 0), time(15, 0));
const COURSE_TO: Minutes = time(12, 0);

/// Days, by month and day, that are no public holidays but on which many municipalities are closed.
const CUSTOMARY: [((u32, u32), &str); 4] =
    [((5, 1), "1. maj"), ((6, 5), "grundlovsdag"), ((12, 24), "juleaftensdag"), ((12, 31), "nytårsaftensdag")];

/// The absences of a district: carers first.
pub(super) fn absences(
    site: &Site<'_>,
    (staff, shifts): (&[StaffRow], &[ShiftRow]),
    clients: &[ClientRow],
) -> Vec<AbsenceRow> {
    let mut dice = site.dice(Concern::Absences);
    let mut rows = Vec::new();
    for carer in staff {
        if dice.chance(site.spec.shares.staff_away) {
            rows.extend(carer_away(site, carer, shifts, &mut dice));
        }
    }
    for client in clients {
        if dice.chance(site.spec.shares.clients_away) {
            rows.extend(client_away(site, client, &mut dice));
        }
    }
    rows
}

/// A carer is away on a day of work: sick all day, or at a course in the morning.
fn carer_away(site: &Site<'_>, carer: &StaffRow, shifts: &[ShiftRow], dice: &mut Dice) -> Option<AbsenceRow> {
    let first = shifts.partition_point(|shift| shift.staff_id < carer.staff_id);
    let own: Vec<_> = shifts[first..].iter().take_while(|shift| shift.staff_id == carer.staff_id).collect();
    let (day, reason) = (dice.pick_any(&own)?.date, dice.weighted(&STAFF_REASONS));
    let (from, to) = match reason {
        AbsenceReason::Course => (moment(day, time(7, 0)), moment(day, COURSE_TO)),
        AbsenceReason::Holiday => {
            (AbsenceEnd::Day(site.spec.week.monday()), AbsenceEnd::Day(site.spec.week.date(Day(6))))
        }
        _ => (AbsenceEnd::Day(day), AbsenceEnd::Day(day)),
    };
    Some(AbsenceRow { subject: AbsenceSubject::Staff(carer.staff_id.clone()), from, to: Some(to), reason })
}

/// A client is at the day centre twice in the week, or away for days on end.
fn client_away(site: &Site<'_>, client: &ClientRow, dice: &mut Dice) -> Vec<AbsenceRow> {
    let reason = dice.weighted(&CLIENT_REASONS);
    let row = |(from, to)| AbsenceRow { subject: AbsenceSubject::Client(client.client_id.clone()), from, to, reason };
    if reason != AbsenceReason::DayCentre {
        return vec![row(stay(site, reason, dice))];
    }
    let mut days = dice.some(&[Day(0), Day(1), Day(2), Day(3), Day(4)], 2);
    days.sort_unstable();
    let (from, to) = DAY_CENTRE;
    let at_centre = |day: Day| (moment(site.spec.week.date(day), from), Some(moment(site.spec.week.date(day), to)));
    days.into_iter().map(at_centre).map(row).collect()
}

/// From some day before or in the week; nobody knows how long a stay in hospital lasts.
fn stay(site: &Site<'_>, reason: AbsenceReason, dice: &mut Dice) -> (AbsenceEnd, Option<AbsenceEnd>) {
    let first = site.spec.week.monday() - Days::new(5) + Days::new(dice.below(9) as u64);
    let last = first + Days::new(1 + dice.below(8) as u64);
    let open = reason == AbsenceReason::Hospital && dice.below(3) == 0;
    (AbsenceEnd::Day(first), (!open).then_some(AbsenceEnd::Day(last)))
}

fn moment(date: NaiveDate, at: Minutes) -> AbsenceEnd {
    let (hour, minute) = (at.0.unsigned_abs() / 60, at.0.unsigned_abs() % 60);
    date.and_hms_opt(hour, minute, 0).map_or(AbsenceEnd::Day(date), AbsenceEnd::Moment)
}

/// The days of the week on which the municipality is closed.
pub(super) fn closing_days(site: &Site<'_>) -> Vec<ClosingDayRow> {
    let row = |(date, reason): (NaiveDate, Option<&str>)| ClosingDayRow {
        municipality: site.district.municipality.clone(),
        date,
        reason: reason.map(str::to_owned),
    };
    let week = site.spec.week;
    match &site.spec.closing {
        Closing::None => Vec::new(),
        Closing::On(days) => days.iter().map(|day| row((week.date(*day), Some("lukkedag")))).collect(),
        Closing::Customary => Day::all()
            .filter_map(|day| customary(week.date(day)).map(|reason| row((week.date(day), Some(reason)))))
            .collect(),
    }
}

fn customary(date: NaiveDate) -> Option<&'static str> {
    CUSTOMARY.iter().find(|(day, _)| *day == (date.month(), date.day())).map(|(_, reason)| *reason)
}
