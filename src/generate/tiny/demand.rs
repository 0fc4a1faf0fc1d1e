//! Grants and everything that says when they can be delivered.

use chrono::{Days, NaiveDate};

use super::{Manners, Setting};
use crate::generate::rows::time;
use crate::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, ClosingDayRow, GrantRow, HistoryRow, LegalBasis, Need,
    Service, WishDay, WishKind, WishRow,
};
use crate::units::Minutes;

const REASONS: [AbsenceReason; 8] = [
    AbsenceReason::Hospital,
    AbsenceReason::RespiteStay,
    AbsenceReason::ShortTermStay,
    AbsenceReason::DayCentre,
    AbsenceReason::Sick,
    AbsenceReason::Holiday,
    AbsenceReason::Course,
    AbsenceReason::Other,
];

pub(super) fn throw(setting: &mut Setting) {
    let clients = setting.rows.clients.len();
    let further = setting.dice.pick(&[0, 0, 1, 1, 2]).min(4 - clients);
    for nth in 0..clients + further {
        let client = if nth < clients { nth } else { setting.dice.below(clients) };
        throw_grant(setting, nth, client);
    }
    throw_absences(setting);
    throw_history(setting);
    if setting.chance(10) {
        let (municipality, day) = (setting.rows.clients[0].municipality.clone(), setting.day());
        setting.rows.closing_days.push(ClosingDayRow { municipality, date: setting.week.date(day), reason: None });
    }
}

fn throw_grant(setting: &mut Setting, nth: usize, client: usize) {
    let service =
        setting.dice.weighted(&[(Service::Relief, 13), (Service::UrgentRelief, 3), (Service::PracticalRelief, 4)]);
    let weekly_minutes = setting.dice.pick(&[60, 60, 60, 90, 90, 120, 40, 75].map(Minutes));
    let monday = setting.week.monday();
    let (valid_from, valid_to) = validity(setting);
    let grant = GrantRow {
        grant_id: format!("G{nth}"),
        client_id: setting.rows.clients[client].client_id.clone(),
        service,
        weekly_minutes,
        max_visits: setting.dice.pick(&[1, 2, 2]),
        split: split(setting, weekly_minutes),
        valid_from,
        valid_to,
        granted_on: monday - Days::new(setting.dice.below(500) as u64),
        need: setting.dice.pick(&[Need::High, Need::Medium, Need::Low]),
        stay_tried: setting.dice.pick(&[Some(true), Some(true), Some(true), Some(false), None]),
        legal_basis: setting.dice.pick(&[None, Some(LegalBasis::Sel84), Some(LegalBasis::Ael16)]),
    };
    throw_wishes(setting, &grant, client);
    setting.rows.grants.push(grant);
}

/// Long enough for any week, or from or up to some day of this one.
fn validity(setting: &mut Setting) -> (NaiveDate, Option<NaiveDate>) {
    let monday = setting.week.monday();
    let (long_ago, some_day) = (monday - Days::new(90), monday + Days::new(setting.dice.below(5) as u64));
    setting.dice.weighted(&[((long_ago, None), 84), ((some_day, None), 8), ((long_ago, Some(some_day)), 8)])
}

fn split(setting: &mut Setting, minutes: Minutes) -> Option<Vec<Minutes>> {
    if !setting.chance(20) {
        return None;
    }
    let first = Minutes((minutes.0 / 2 / 15 * 15).max(15));
    let exact = vec![first, minutes - first];
    let odd = [vec![minutes + Minutes(30)], vec![first, first, first], vec![Minutes(30)], exact.clone()];
    Some(if setting.manners == Manners::Odd { setting.dice.pick(&odd) } else { exact })
}

fn throw_wishes(setting: &mut Setting, grant: &GrantRow, client: usize) {
    let standard = setting.policy.of(&setting.rows.clients[client].municipality);
    let agrees = grant.service == Service::UrgentRelief || standard.requires_agreement;
    let count = setting.dice.pick(&[1, 1, 2, 2, 3, 0]);
    let kinds = if agrees {
        [(WishKind::Agreed, 85), (WishKind::Possible, 5), (WishKind::Preferred, 10), (WishKind::Impossible, 0)]
    } else {
        [(WishKind::Agreed, 10), (WishKind::Possible, 45), (WishKind::Preferred, 35), (WishKind::Impossible, 10)]
    };
    for _ in 0..count {
        let wish = setting.dice.weighted(&kinds);
        throw_wish(setting, grant, wish);
    }
    if setting.chance(10) {
        throw_wish(setting, grant, WishKind::Impossible);
    }
}

/// A narrow window, now and then off the grid, by weekday, by date or in another week.
fn throw_wish(setting: &mut Setting, grant: &GrantRow, wish: WishKind) {
    let day = setting.day();
    let date = setting.week.date(day);
    let day = setting.dice.weighted(&[
        (WishDay::Weekday(day), 60),
        (WishDay::Date(date), 35),
        (WishDay::Date(date - Days::new(7)), 5),
    ]);
    let from = hour(setting);
    let long = if wish == WishKind::Impossible { [20, 30, 60] } else { [60, 90, 120] };
    let to = from + Minutes(setting.dice.pick(&long) + setting.dice.pick(&[0, 0, 15]));
    setting.rows.wishes.push(WishRow { grant_id: grant.grant_id.clone(), day, from, to, wish });
}

/// A time of day in the hours of tiny weeks, on the half hour or, now and then, a little off.
pub(super) fn hour(setting: &mut Setting) -> Minutes {
    time(8, 0) + Minutes(30 * setting.dice.between(0, 7) + setting.dice.pick(&[0, 0, 0, 10]))
}

fn throw_absences(setting: &mut Setting) {
    let clients = setting.rows.clients.iter().map(|c| AbsenceSubject::Client(c.client_id.clone()));
    let staff = setting.rows.staff.iter().map(|s| AbsenceSubject::Staff(s.staff_id.clone()));
    let subjects: Vec<_> = clients.chain(staff).collect();
    for subject in subjects {
        if setting.chance(11) {
            let row = absence(setting, subject);
            setting.rows.absences.push(row);
        }
    }
}

/// Away for hours, for a day, for days or for nobody knows how long.
fn absence(setting: &mut Setting, subject: AbsenceSubject) -> AbsenceRow {
    let day = setting.day();
    let date = setting.week.date(day);
    let (start, length) = (hour(setting), Minutes(setting.dice.pick(&[30, 60, 130])));
    let (from, to) = match setting.dice.below(8) {
        0 => (AbsenceEnd::Day(date), None),
        1 => (AbsenceEnd::Day(date - Days::new(1)), Some(AbsenceEnd::Day(date + Days::new(1)))),
        2 => (AbsenceEnd::Day(date), Some(AbsenceEnd::Day(date))),
        _ => (moment(date, start), Some(moment(date, start + length))),
    };
    AbsenceRow { subject, from, to, reason: setting.dice.pick(&REASONS) }
}

fn moment(date: NaiveDate, at: Minutes) -> AbsenceEnd {
    let (hour, minute) = (at.0.unsigned_abs() / 60, at.0.unsigned_abs() % 60);
    date.and_hms_opt(hour, minute, 0).map_or(AbsenceEnd::Day(date), AbsenceEnd::Moment)
}

fn throw_history(setting: &mut Setting) {
    let clients: Vec<_> = setting.rows.clients.iter().map(|c| c.client_id.clone()).collect();
    let staff: Vec<_> = setting.rows.staff.iter().map(|s| s.staff_id.clone()).collect();
    for client_id in &clients {
        for staff_id in &staff {
            if setting.chance(40) {
                let ago = setting.dice.pick(&[0, 1, 3, 7, 8, 84, 85]);
                let date = setting.week.monday() - Days::new(ago);
                let (client_id, staff_id) = (client_id.clone(), staff_id.clone());
                setting.rows.history.push(HistoryRow { client_id, staff_id, date });
            }
        }
    }
}
