//! A district and the dice that each of its concerns is thrown with.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::spec::{District, Spec};
use crate::policy::MunicipalityPolicy;
use crate::tables::{ShiftRow, StaffRow};
use crate::units::Day;

/// What the rows of a district are made from.
pub(super) struct Site<'a> {
    pub(super) spec: &'a Spec,
    pub(super) district: &'a District,
    pub(super) rules: MunicipalityPolicy,
    /// Its place in the spec.
    pub(super) index: usize,
}

/// One concern, one stream of random numbers: what is changed of one leaves the others as they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Concern {
    Staff = 1,
    Shifts,
    Clients,
    Bookings,
    Grants,
    Wishes,
    Absences,
    Pins,
    History,
    Travel,
    Caps,
    StaffNames,
    ClientNames,
}

/// Streams of two districts are so far apart.
const STREAMS_PER_DISTRICT: u64 = 64;

impl Site<'_> {
    pub(super) fn dice(&self, concern: Concern) -> Dice {
        Dice::new(self.spec.seed, self.index as u64 * STREAMS_PER_DISTRICT + concern as u64)
    }

    /// What falls to this district of a number that is for the whole week.
    pub(super) fn share_of(&self, total: usize) -> usize {
        let sizes = || self.spec.districts.iter().map(|district| district.clients);
        let before: usize = sizes().take(self.index).sum();
        let all: usize = sizes().sum::<usize>().max(1);
        total * (before + self.district.clients) / all - total * before / all
    }

    /// The days on which relief is given here.
    pub(super) fn days(&self) -> Vec<Day> {
        Day::all().filter(|day| self.rules.days[usize::from(day.0)]).collect()
    }
}

/// Who works where and when, looked up by id: a district may have thousands of carers.
pub(super) struct Crew<'a> {
    of_provider: BTreeMap<&'a str, Vec<&'a StaffRow>>,
    shifts_of: BTreeMap<&'a str, Vec<usize>>,
    all: &'a [StaffRow],
}

impl<'a> Crew<'a> {
    pub(super) fn new(staff: &'a [StaffRow], shifts: &'a [ShiftRow]) -> Self {
        let mut crew = Crew { of_provider: BTreeMap::new(), shifts_of: BTreeMap::new(), all: staff };
        for carer in staff {
            crew.of_provider.entry(carer.provider_id.as_str()).or_default().push(carer);
        }
        for (index, shift) in shifts.iter().enumerate() {
            crew.shifts_of.entry(shift.staff_id.as_str()).or_default().push(index);
        }
        crew
    }

    /// A carer of a provider, or of any where none is named.
    pub(super) fn anyone(&self, provider: Option<&str>, dice: &mut Dice) -> Option<&'a StaffRow> {
        match provider {
            Some(id) => self.of_provider.get(id).and_then(|crew| dice.pick_any(crew).copied()),
            None => dice.pick_any(self.all),
        }
    }

    /// Where the shifts of a carer stand in the table.
    pub(super) fn shifts_of(&self, carer: &str) -> &[usize] {
        self.shifts_of.get(carer).map_or(&[], Vec::as_slice)
    }
}
