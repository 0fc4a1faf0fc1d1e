//! The tables of what is granted and wished, fixed and done: grants, wishes, pins and history.

use super::shape::{Column, Kind, choice, optional, required};
use super::table::{Cells, Row, Stored};
use super::value;
use super::write::{option, yes_no};
use crate::coded::{Coded, WEEKDAYS};
use crate::problem::{Named, ends_before_it_begins};
use crate::tables::{GrantRow, HistoryRow, LegalBasis, Need, PinRow, Service, WishDay, WishKind, WishRow};
use crate::units::{Minutes, clock};

impl Row for GrantRow {
    const ID: Option<&'static str> = Some("grant_id");
    const COLUMNS: &'static [Column] = &[
        required("grant_id", Kind::Id),
        required("client_id", Kind::Id),
        required("service", choice::<Service>()),
        required("weekly_minutes", Kind::Minutes),
        required("max_visits", Kind::Count),
        optional("split", Kind::Split),
        required("valid_from", Kind::Date),
        optional("valid_to", Kind::Date),
        required("granted_on", Kind::Date),
        required("need", choice::<Need>()),
        optional("stay_tried", Kind::YesNo),
        optional("legal_basis", choice::<LegalBasis>()),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let grant_id = cells.required("grant_id", value::text);
        let client_id = cells.reference("client_id", Named::Client);
        let service = cells.required("service", value::code);
        let weekly_minutes = cells.required("weekly_minutes", value::minutes);
        let max_visits = cells.required("max_visits", value::count);
        let split = cells.optional("split", value::split);
        let valid_from = cells.required("valid_from", value::date);
        let valid_to = cells.optional("valid_to", value::date);
        if valid_from.zip(valid_to.flatten()).is_some_and(|(first, last)| last < first) {
            cells.misplaced("valid_to", ends_before_it_begins());
        }
        let granted_on = cells.required("granted_on", value::date);
        let need = cells.required("need", value::code);
        let stay_tried = cells.optional("stay_tried", value::yes_no);
        let legal_basis = cells.optional("legal_basis", value::code);
        Some(GrantRow {
            grant_id: grant_id?,
            client_id: client_id?,
            service: service?,
            weekly_minutes: weekly_minutes?,
            max_visits: max_visits?,
            split: split?,
            valid_from: valid_from?,
            valid_to: valid_to?,
            granted_on: granted_on?,
            need: need?,
            stay_tried: stay_tried?,
            legal_basis: legal_basis?,
        })
    }
}

impl Stored for GrantRow {
    const FILE: &'static str = "grants.csv";
    const REQUIRED: bool = true;

    fn write(&self) -> Vec<String> {
        vec![
            self.grant_id.clone(),
            self.client_id.clone(),
            self.service.code().to_owned(),
            self.weekly_minutes.to_string(),
            self.max_visits.to_string(),
            self.split.as_deref().map(split).unwrap_or_default(),
            self.valid_from.to_string(),
            option(self.valid_to.as_ref()),
            self.granted_on.to_string(),
            self.need.code().to_owned(),
            self.stay_tried.map(yes_no).unwrap_or_default(),
            self.legal_basis.map(Coded::code).unwrap_or_default().to_owned(),
        ]
    }
}

fn split(lengths: &[Minutes]) -> String {
    lengths.iter().map(Minutes::to_string).collect::<Vec<_>>().join("+")
}

impl Row for WishRow {
    const COLUMNS: &'static [Column] = &[
        required("grant_id", Kind::Id),
        required("day", Kind::WishDay),
        required("from", Kind::Time),
        required("to", Kind::Time),
        required("wish", choice::<WishKind>()),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let grant_id = cells.reference("grant_id", Named::Grant);
        let day = cells.required("day", value::wish_day);
        let from = cells.required("from", value::time);
        let to = cells.required("to", value::time);
        cells.in_order(from, to, "to");
        let wish = cells.required("wish", value::code);
        Some(WishRow { grant_id: grant_id?, day: day?, from: from?, to: to?, wish: wish? })
    }
}

impl Stored for WishRow {
    const FILE: &'static str = "wishes.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        let day = match self.day {
            WishDay::Weekday(day) => WEEKDAYS[usize::from(day.0)].to_owned(),
            WishDay::Date(date) => date.to_string(),
        };
        vec![self.grant_id.clone(), day, clock(self.from), clock(self.to), self.wish.code().to_owned()]
    }
}

impl Row for PinRow {
    const COLUMNS: &'static [Column] = &[
        required("grant_id", Kind::Id),
        required("date", Kind::Date),
        required("start", Kind::Time),
        required("end", Kind::Time),
        required("staff_id", Kind::Id),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let grant_id = cells.reference("grant_id", Named::Grant);
        let date = cells.required("date", value::date);
        let start = cells.required("start", value::time);
        let end = cells.required("end", value::time);
        cells.in_order(start, end, "end");
        let staff_id = cells.reference("staff_id", Named::Carer);
        Some(PinRow { grant_id: grant_id?, date: date?, start: start?, end: end?, staff_id: staff_id? })
    }
}

impl Stored for PinRow {
    const FILE: &'static str = "pins.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        vec![self.grant_id.clone(), self.date.to_string(), clock(self.start), clock(self.end), self.staff_id.clone()]
    }
}

impl Row for HistoryRow {
    const COLUMNS: &'static [Column] =
        &[required("client_id", Kind::Id), required("staff_id", Kind::Id), required("date", Kind::Date)];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let client_id = cells.required("client_id", value::text);
        let staff_id = cells.required("staff_id", value::text);
        let date = cells.required("date", value::date);
        Some(HistoryRow { client_id: client_id?, staff_id: staff_id?, date: date? })
    }
}

impl Stored for HistoryRow {
    const FILE: &'static str = "history.csv";
    const REQUIRED: bool = false;

    fn write(&self) -> Vec<String> {
        vec![self.client_id.clone(), self.staff_id.clone(), self.date.to_string()]
    }
}
