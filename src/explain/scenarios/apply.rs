//! Puts a scenario into the rows of the week, and says everything that does not fit.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Base;
use super::rows::{AbsenceToml, GrantToml, ScenarioRow, ShiftToml, StaffToml, WishToml};
use crate::coded::{Coded, WEEKDAYS};
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::policy;
use crate::problem::Problem;
use crate::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, Coordinates, GrantRow, Located, ShiftRow, StaffRow, Tables,
    WishDay, WishRow,
};
use crate::units::{Day, Minutes, parse_clock};

/// A scenario on its way into the rows.
struct Site<'a> {
    tables: Tables,
    place: (&'a str, u64),
    name: &'a str,
    found: Vec<Diagnostic>,
}

/// The week with a scenario.
///
/// # Errors
/// Everything about the scenario that does not fit, with the line on which it begins.
pub(super) fn problem(base: Base<'_>, row: &ScenarioRow, place: (&str, u64)) -> Result<Problem, Vec<Diagnostic>> {
    let mut site = Site { tables: base.tables.clone(), place, name: &row.name, found: Vec::new() };
    site.policy(base.policy, row);
    site.remove(row);
    row.staff.iter().for_each(|carer| site.add_staff(carer));
    row.shift.iter().for_each(|shift| site.add_shift(shift));
    row.absence.iter().for_each(|absence| site.add_absence(absence));
    row.grant.iter().for_each(|grant| site.add_grant(grant));
    row.wish.iter().for_each(|wish| site.add_wish(wish));
    site.contradictions(row);
    if !site.found.is_empty() {
        return Err(site.found);
    }
    match Problem::build(&site.tables) {
        Ok(built) => Ok(built.problem),
        Err(faults) => Err(faults.into_iter().map(|fault| of_week(fault, place, &row.name)).collect()),
    }
}

/// A fault of the changed week: the scenario's, as the week itself has none.
fn of_week(mut fault: Diagnostic, (file, line): (&str, u64), name: &str) -> Diagnostic {
    let Diagnostic { problem, file: table, .. } = &mut fault;
    problem.danish = format!("scenariet »{name}«, {table}: {}", problem.danish);
    problem.english = format!("scenario “{name}”, {table}: {}", problem.english);
    fault.file = file.to_owned();
    fault.on_line(line)
}

/// A fault of a scenario from its texts: what is wrong, and what to do.
pub(super) fn fault(
    file: &str,
    line: u64,
    (value, code): (&str, &'static str),
    [problem, cure]: [[&str; 2]; 2],
) -> Diagnostic {
    Fault::new(code, problem, cure).in_file(file).on_line(line).with_value(value)
}

impl Site<'_> {
    fn wrong(&mut self, value: &str, code: &'static str, texts: [[&str; 2]; 2]) {
        let (file, line) = self.place;
        let [[danish, english], cure] = texts;
        let problem = [format!("scenariet »{}«: {danish}", self.name), format!("scenario “{}”: {english}", self.name)];
        self.found.push(fault(file, line, (value, code), [[&problem[0], &problem[1]], cure]));
    }

    fn policy(&mut self, of_week: &str, row: &ScenarioRow) {
        if row.policy.is_empty() {
            return;
        }
        match policy::parse_layers(&[of_week, &row.policy.to_string()]) {
            Ok(policy) => self.tables.policy = policy,
            Err(faults) => {
                for fault in faults {
                    let (problem, cure) = (&fault.problem, &fault.cure);
                    let texts = [[&*problem.danish, &*problem.english], [&*cure.danish, &*cure.english]];
                    self.wrong(&fault.key, fault.code, texts);
                }
            }
        }
    }

    /// Takes rows away, with all rows that name them.
    fn remove(&mut self, row: &ScenarioRow) {
        let staff: BTreeSet<String> = self.tables.staff.iter().map(|row| row.row.staff_id.clone()).collect();
        row.remove_staff.iter().filter(|id| !staff.contains(*id)).for_each(|id| self.unknown(id, codes::UNKNOWN_CARER));
        let grants: BTreeSet<String> = self.tables.grants.iter().map(|row| row.row.grant_id.clone()).collect();
        row.remove_grants
            .iter()
            .filter(|id| !grants.contains(*id))
            .for_each(|id| self.unknown(id, codes::UNKNOWN_GRANT));
        let (carers, granted) = (&row.remove_staff, &row.remove_grants);
        let tables = &mut self.tables;
        tables.staff.retain(|row| !carers.contains(&row.row.staff_id));
        tables.shifts.retain(|row| !carers.contains(&row.row.staff_id));
        tables.bookings.retain(|row| !carers.contains(&row.row.staff_id));
        tables.history.retain(|row| !carers.contains(&row.row.staff_id));
        tables.clients.iter_mut().for_each(|row| row.row.avoid_staff.retain(|id| !carers.contains(id)));
        tables.absences.retain(|row| !matches!(&row.row.subject, AbsenceSubject::Staff(id) if carers.contains(id)));
        tables.pins.retain(|row| !carers.contains(&row.row.staff_id) && !granted.contains(&row.row.grant_id));
        tables.grants.retain(|row| !granted.contains(&row.row.grant_id));
        tables.wishes.retain(|row| !granted.contains(&row.row.grant_id));
        for shift in &row.remove_shift {
            let Some(date) = self.date(&shift.date) else { continue };
            let before = self.tables.shifts.len();
            self.tables.shifts.retain(|row| row.row.staff_id != shift.staff_id || row.row.date != date);
            if self.tables.shifts.len() == before {
                let texts = [
                    ["medarbejderen har ingen vagt den dag", "the carer has no shift on that day"],
                    ["Ret id'et eller datoen", "Mend the id or the date"],
                ];
                self.wrong(&shift.staff_id, codes::BAD_SCENARIO, texts);
            }
        }
    }

    /// What a scenario both takes away and gives.
    fn contradictions(&mut self, row: &ScenarioRow) {
        let given = row.shift.iter().map(|shift| &shift.staff_id);
        let given = given.chain(row.absence.iter().filter_map(|absence| absence.staff_id.as_ref()));
        let of_staff: BTreeSet<&String> = given.filter(|id| row.remove_staff.contains(id)).collect();
        let of_grants: BTreeSet<&String> =
            row.wish.iter().map(|wish| &wish.grant_id).filter(|id| row.remove_grants.contains(id)).collect();
        for id in of_staff.into_iter().chain(of_grants) {
            let texts = [
                ["fjernes og får samtidig noget nyt", "is removed and given something new at once"],
                ["Vælg det ene", "Choose one of the two"],
            ];
            self.wrong(id, codes::BAD_SCENARIO, texts);
        }
    }

    fn unknown(&mut self, id: &str, code: &'static str) {
        let texts = [["id'et findes ikke i ugen", "the week has no such id"], ["Ret id'et", "Mend the id"]];
        self.wrong(id, code, texts);
    }

    fn unreadable(&mut self, value: &str, code: &'static str) {
        let texts = [
            ["værdien kan ikke læses", "the value cannot be read"],
            ["Skriv den som i ugens filer", "Write it as in the week's files"],
        ];
        self.wrong(value, code, texts);
    }

    fn date(&mut self, text: &str) -> Option<NaiveDate> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if date.is_none() {
            self.unreadable(text, codes::BAD_DATE);
        }
        date
    }

    /// A date on which something is to happen in the week: elsewhere it would be left out without a word.
    fn date_in_week(&mut self, text: &str) -> Option<NaiveDate> {
        let date = self.date(text)?;
        if self.tables.week.day_of(date).is_none() {
            self.outside_week(text);
            return None;
        }
        Some(date)
    }

    fn outside_week(&mut self, text: &str) {
        let texts =
            [["datoen ligger uden for ugen", "the date lies outside the week"], ["Ret datoen", "Mend the date"]];
        self.wrong(text, codes::BAD_DATE, texts);
    }

    fn time(&mut self, text: &str) -> Option<Minutes> {
        let time = parse_clock(text);
        if time.is_none() {
            self.unreadable(text, codes::BAD_TIME);
        }
        time
    }

    fn code<C: Coded>(&mut self, text: &str) -> Option<C> {
        let code = C::from_code(text);
        if code.is_none() {
            self.unreadable(text, codes::UNKNOWN_CODE);
        }
        code
    }

    fn located<T>(&self, row: T) -> Located<T> {
        Located { line: self.place.1, row }
    }

    fn add_staff(&mut self, carer: &StaffToml) {
        let (qualification, transport) = (self.code(&carer.qualification), self.code(&carer.transport));
        let (Some(qualification), Some(transport)) = (qualification, transport) else { return };
        let row = StaffRow {
            staff_id: carer.staff_id.clone(),
            name: None,
            provider_id: carer.provider_id.clone(),
            qualification,
            relief_trained: carer.relief_trained,
            relief_minutes_max: carer.relief_minutes_max.map(Minutes),
            transport,
            start: Coordinates { lat: carer.start_lat, lon: carer.start_lon },
        };
        let row = self.located(row);
        self.tables.staff.push(row);
    }

    fn add_shift(&mut self, shift: &ShiftToml) {
        let (date, start, end) = (self.date_in_week(&shift.date), self.time(&shift.start), self.time(&shift.end));
        let (Some(date), Some(start), Some(end)) = (date, start, end) else { return };
        let row = self.located(ShiftRow { staff_id: shift.staff_id.clone(), date, start, end });
        self.tables.shifts.push(row);
    }

    fn add_absence(&mut self, absence: &AbsenceToml) {
        let subject = match (&absence.staff_id, &absence.client_id) {
            (Some(id), None) => AbsenceSubject::Staff(id.clone()),
            (None, Some(id)) => AbsenceSubject::Client(id.clone()),
            _ => {
                let texts = [
                    ["et fravær er enten en medarbejders eller en borgers", "an absence is of a carer or of a client"],
                    ["Skriv staff_id eller client_id", "Write staff_id or client_id"],
                ];
                return self.wrong(&absence.from, codes::BAD_SCENARIO, texts);
            }
        };
        let from = self.date(&absence.from);
        let to = absence.to.as_ref().map(|to| self.date(to));
        let reason = absence.reason.as_ref().map_or(Some(AbsenceReason::Other), |reason| self.code(reason));
        let (Some(from), Some(reason), None | Some(Some(_))) = (from, reason, to) else { return };
        let to = to.flatten();
        let [monday, sunday] = [Day(0), Day(6)].map(|day| self.tables.week.date(day));
        if from > sunday || to.is_some_and(|to| (from..monday).contains(&to)) {
            return self.outside_week(&absence.from);
        }
        let to = to.map(AbsenceEnd::Day);
        let row = self.located(AbsenceRow { subject, from: AbsenceEnd::Day(from), to, reason });
        self.tables.absences.push(row);
    }

    fn add_grant(&mut self, grant: &GrantToml) {
        let (service, need) = (self.code(&grant.service), self.code(&grant.need));
        let (from, on) = (self.date(&grant.valid_from), self.date(&grant.granted_on));
        let (Some(service), Some(need), Some(valid_from), Some(granted_on)) = (service, need, from, on) else { return };
        if grant.weekly_minutes <= 0 || grant.max_visits == 0 {
            return self.unreadable(&grant.grant_id, codes::BAD_NUMBER);
        }
        let row = GrantRow {
            grant_id: grant.grant_id.clone(),
            client_id: grant.client_id.clone(),
            service,
            weekly_minutes: Minutes(grant.weekly_minutes),
            max_visits: grant.max_visits,
            split: None,
            valid_from,
            valid_to: None,
            granted_on,
            need,
            stay_tried: Some(true),
            legal_basis: None,
        };
        let row = self.located(row);
        self.tables.grants.push(row);
    }

    fn add_wish(&mut self, wish: &WishToml) {
        let day = match WEEKDAYS.iter().zip(Day::all()).find(|(name, _)| **name == wish.day) {
            Some((_, day)) => Some(WishDay::Weekday(day)),
            None => self.date_in_week(&wish.day).map(WishDay::Date),
        };
        let (from, to, kind) = (self.time(&wish.from), self.time(&wish.to), self.code(&wish.wish));
        let (Some(day), Some(from), Some(to), Some(wish_kind)) = (day, from, to, kind) else { return };
        let row = self.located(WishRow { grant_id: wish.grant_id.clone(), day, from, to, wish: wish_kind });
        self.tables.wishes.push(row);
    }
}
