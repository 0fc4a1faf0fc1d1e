//! The figures of a report: minutes or counts of what is measured, by groups, each with the people whom it is about.
//!
//! A figure is one and the same wherever it is shown, so that masking it in one table and showing it in another cannot
//! happen; how figures add up to others follows from their groups.

use std::collections::BTreeMap;

use super::facts::{Asked, Facts, GrantFact, Where};
use super::mask::{self, People, Sum};
use super::reasons::Cause;
use super::waiting::{self, Wait};
use crate::calendar::IsoWeek;
use crate::policy::Qualification;
use crate::problem::Need;
use crate::report::use_of_time::Use;
use crate::rules::GrantState;
use crate::units::Day;

/// What is measured: minutes, unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Granted,
    Due,
    Awaiting,
    Paused,
    /// Granted, but not due for another reason.
    OtherwiseNotDue,
    /// Of what is due.
    Delivered,
    Undelivered,
    /// What pins deliver beyond what is due.
    Beyond,
    /// All visits.
    Visited,
    /// Families with a grant, a count.
    Families,
    /// Families of whom something is due and nothing at all delivered in a week, a count.
    Waiting,
    /// The same, counted once in every week.
    Waits,
    /// What is due to them.
    WaitingDue,
    /// For how long they have waited, whole weeks.
    Waited,
    /// Visits by carers who know the client, a count.
    Familiar,
    /// Visits by others, a count.
    Unfamiliar,
    /// All visits, a count.
    Visits,
    /// Carers with shifts, a count.
    Carers,
    Shifts,
    Time(Use),
}

/// One property that a group has in common. The order is that of tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Week(IsoWeek),
    Municipality(String),
    Provider(Where),
    Need(Need),
    Asked(Asked),
    Day(Day),
    Qualification(Qualification),
    Cause(Cause),
    Wait(Wait),
}

/// What a group has in common: nothing for the whole, one property, or two.
pub(super) type Group = Vec<Part>;

/// A figure.
#[derive(Clone, Debug, Default)]
struct Figure {
    value: i64,
    people: People,
}

/// All figures.
#[derive(Debug, Default)]
pub(super) struct Figures {
    places: BTreeMap<(Measure, Group), usize>,
    figures: Vec<Figure>,
    masked: Vec<bool>,
}

/// What may be shown of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Value(i64),
    Masked,
}

impl Figures {
    pub(super) fn of(facts: &Facts) -> Figures {
        let mut figures = Figures::default();
        facts.grants.iter().for_each(|grant| figures.add_grant(grant));
        figures.add_waiting(facts);
        for visit in &facts.visits {
            let kind = if visit.familiar { Measure::Familiar } else { Measure::Unfamiliar };
            let groups = [vec![Part::Week(visit.week)], vec![Part::Municipality(visit.municipality.clone())]];
            figures.add(&[(kind, 1), (Measure::Visits, 1)], &groups, visit.client);
            let groups = [
                vec![Part::Week(visit.week)],
                vec![Part::Provider(visit.provider.clone())],
                vec![Part::Day(visit.day)],
            ];
            figures.add(&[(Measure::Visited, i64::from(visit.minutes.0))], &groups, visit.client);
        }
        for shift in &facts.shifts {
            let groups = [
                vec![Part::Week(shift.week)],
                vec![Part::Provider(shift.provider.clone())],
                vec![Part::Qualification(shift.qualification)],
                vec![Part::Day(shift.day)],
            ];
            let parts = Use::ALL.map(|part| (Measure::Time(part), i64::from(shift.split.of(part).0)));
            let whole = (Measure::Shifts, i64::from(shift.split.total().0));
            figures.add(&[&parts[..], &[whole]].concat(), &groups, shift.carer);
            figures.count(Measure::Carers, &groups, shift.carer);
        }
        figures.mask();
        figures
    }

    fn add_grant(&mut self, grant: &GrantFact) {
        let not_due = match grant.state {
            GrantState::AwaitingAgreement => Measure::Awaiting,
            GrantState::Paused => Measure::Paused,
            GrantState::Due | GrantState::NotEligible | GrantState::NoPossibleDay => Measure::OtherwiseNotDue,
        };
        let (undelivered, provider) = (grant.due - grant.delivered, Part::Provider(grant.provider.clone()));
        let measures = [
            (Measure::Granted, grant.granted),
            (Measure::Due, grant.due),
            (not_due, grant.granted - grant.due),
            (Measure::Delivered, grant.delivered),
            (Measure::Undelivered, undelivered),
            (Measure::Beyond, grant.beyond),
        ];
        let groups = [
            vec![Part::Week(grant.week)],
            vec![Part::Municipality(grant.municipality.clone())],
            vec![provider.clone()],
            vec![Part::Need(grant.need)],
            vec![Part::Asked(grant.asked)],
        ];
        self.add(&measures.map(|(measure, minutes)| (measure, i64::from(minutes.0))), &groups, grant.client);
        if grant.granted.0 > 0 {
            self.count(Measure::Families, &groups, grant.client);
        }
        let mut missing = |parts: &[Part], minutes: i64| {
            let crossed: Group = [std::slice::from_ref(&provider), parts].concat();
            self.put(Measure::Undelivered, &[vec![parts[0].clone()], crossed], (minutes, grant.client));
        };
        missing(&[Part::Cause(Cause::of(grant.reason.as_deref()))], i64::from(undelivered.0));
        for day in Day::all() {
            missing(&[Part::Day(day)], i64::from(grant.missing[usize::from(day.0)].0));
        }
        let asked = vec![provider, Part::Asked(grant.asked)];
        self.put(Measure::Undelivered, &[asked], (i64::from(undelivered.0), grant.client));
    }

    fn add_waiting(&mut self, facts: &Facts) {
        for family in waiting::families(&facts.grants) {
            let groups = [
                vec![Part::Week(family.week)],
                vec![Part::Municipality(family.municipality.to_owned())],
                vec![Part::Wait(Wait::of(family.weeks))],
            ];
            self.count(Measure::Waiting, &groups, family.client);
            let amounts =
                [(Measure::Waits, 1), (Measure::WaitingDue, i64::from(family.due.0)), (Measure::Waited, family.weeks)];
            self.add(&amounts, &groups, family.client);
        }
    }

    /// Adds amounts to the whole and to groups, about one person.
    fn add(&mut self, amounts: &[(Measure, i64)], groups: &[Group], person: u32) {
        for (measure, amount) in amounts {
            self.put(*measure, &[Group::new()], (*amount, person));
            self.put(*measure, groups, (*amount, person));
        }
    }

    fn put(&mut self, measure: Measure, groups: &[Group], (amount, person): (i64, u32)) {
        for group in groups.iter().filter(|_| amount != 0) {
            let figure = self.figure(measure, group);
            figure.value += amount;
            figure.people.insert(person);
        }
    }

    /// Counts a person once in the whole and in each group.
    fn count(&mut self, measure: Measure, groups: &[Group], person: u32) {
        for group in groups.iter().chain([&Group::new()]) {
            let figure = self.figure(measure, group);
            figure.people.insert(person);
            figure.value = i64::try_from(figure.people.len()).unwrap_or(i64::MAX);
        }
    }

    fn figure(&mut self, measure: Measure, group: &Group) -> &mut Figure {
        let next = self.figures.len();
        let place = *self.places.entry((measure, group.clone())).or_insert(next);
        if place == next {
            self.figures.push(Figure::default());
        }
        &mut self.figures[place]
    }

    fn mask(&mut self) {
        let mut figures = vec![mask::Figure::default(); self.figures.len()];
        for ((measure, group), place) in &self.places {
            figures[*place] = mask::Figure { people: self.figures[*place].people.clone(), rank: rank(*measure, group) };
        }
        self.masked = mask::masked(&figures, &self.sums());
    }

    /// How figures add up: groups to those with one property less, and measures to others within each group.
    fn sums(&self) -> Vec<Sum> {
        let mut by_parent: BTreeMap<(Measure, Group, usize), Vec<usize>> = BTreeMap::new();
        for ((measure, group), place) in &self.places {
            for at in 0..group.len() {
                let mut parent = group.clone();
                let dimension = dimension(&parent.remove(at));
                by_parent.entry((*measure, parent, dimension)).or_default().push(*place);
            }
        }
        let across = by_parent.into_iter().filter_map(|((measure, parent, _), parts)| {
            let total = *self.places.get(&(measure, parent))?;
            Some(Sum { total, parts })
        });
        across.chain(self.within_groups()).collect()
    }

    /// How measures of one group add up. Two of these are nearly true only – visits may lie outside shifts, and a client may
    /// have another provider than comes – but near enough to tell what is masked.
    fn within_groups(&self) -> Vec<Sum> {
        let time = Use::ALL.map(Measure::Time);
        let relations: [(Measure, &[Measure]); 6] = [
            (Measure::Granted, &[Measure::Due, Measure::Awaiting, Measure::Paused, Measure::OtherwiseNotDue]),
            (Measure::Due, &[Measure::Delivered, Measure::Undelivered]),
            (Measure::Visited, &[Measure::Delivered, Measure::Beyond]),
            (Measure::Visited, &[Measure::Time(Use::Visits)]),
            (Measure::Visits, &[Measure::Familiar, Measure::Unfamiliar]),
            (Measure::Shifts, &time),
        ];
        let mut sums = Vec::new();
        for (total, parts) in relations {
            for ((_, group), place) in self.places.iter().filter(|((measure, _), _)| *measure == total) {
                let part = |part: &Measure| self.places.get(&(*part, group.clone())).copied();
                let parts: Vec<usize> = parts.iter().filter_map(part).collect();
                if !parts.is_empty() {
                    sums.push(Sum { total: *place, parts });
                }
            }
        }
        sums
    }

    /// What may be shown of a figure; nought where nothing was measured.
    pub(super) fn shown(&self, measure: Measure, group: &Group) -> Shown {
        match self.places.get(&(measure, group.clone())) {
            Some(place) if self.masked[*place] => Shown::Masked,
            Some(place) => Shown::Value(self.figures[*place].value),
            None => Shown::Value(0),
        }
    }

    /// The groups of one property of which anything of these measures is known, in the order of the property.
    pub(super) fn groups(&self, measures: &[Measure], is_of: fn(&Part) -> bool) -> Vec<Part> {
        let of = |(measure, group): &(Measure, Group)| match group.as_slice() {
            [part] if is_of(part) && measures.contains(measure) => Some(part.clone()),
            _ => None,
        };
        let mut parts: Vec<Part> = self.places.keys().filter_map(of).collect();
        parts.sort();
        parts.dedup();
        parts
    }

    /// Totals that are not the sum of their parts; counts of people need not be.
    #[cfg(test)]
    pub(super) fn uneven(&self) -> Vec<String> {
        let keys: BTreeMap<usize, &(Measure, Group)> = self.places.iter().map(|(key, place)| (*place, key)).collect();
        let people = [Measure::Families, Measure::Waiting, Measure::Carers];
        let counted = self.sums().into_iter().filter(|sum| !people.contains(&keys[&sum.total].0));
        let nearly = |sum: &Sum| keys[&sum.total].0 == Measure::Visited && keys[&sum.parts[0]].0 != Measure::Visited;
        let uneven = counted.filter(|sum| !nearly(sum)).filter(|sum| {
            let parts: i64 = sum.parts.iter().map(|part| self.figures[*part].value).sum();
            parts != self.figures[sum.total].value
        });
        uneven.map(|sum| format!("{:?}", keys[&sum.total])).collect()
    }

    /// The figure, masked or not.
    #[cfg(test)]
    pub(super) fn value(&self, measure: Measure) -> i64 {
        self.places.get(&(measure, Group::new())).map_or(0, |place| self.figures[*place].value)
    }

    /// Figures about one to four people that are shown all the same.
    #[cfg(test)]
    pub(super) fn indiscreet(&self) -> Vec<String> {
        let small = |place: usize| (1..mask::FEWEST).contains(&self.figures[place].people.len());
        let shown = self.places.iter().filter(|(_, place)| small(**place) && !self.masked[**place]);
        shown.map(|(key, _)| format!("{key:?}")).collect()
    }

    /// How many figures are masked.
    pub(super) fn masked(&self) -> usize {
        self.masked.iter().filter(|masked| **masked).count()
    }
}

/// The whole and the weeks matter most to readers, groups by two properties least; in each, what is delivered and what
/// is missing matters more than the rest.
fn rank(measure: Measure, group: &Group) -> u8 {
    let of_group = match group.as_slice() {
        [] => 3,
        [Part::Week(_)] => 2,
        [_] => 1,
        _ => 0,
    };
    let of_measure = match measure {
        Measure::Delivered | Measure::Undelivered => 2,
        Measure::Due => 1,
        _ => 0,
    };
    3 * of_group + of_measure
}

/// A number for what kind of property it is.
fn dimension(part: &Part) -> usize {
    match part {
        Part::Week(_) => 0,
        Part::Municipality(_) => 1,
        Part::Provider(_) => 2,
        Part::Need(_) => 3,
        Part::Asked(_) => 4,
        Part::Day(_) => 5,
        Part::Qualification(_) => 6,
        Part::Cause(_) => 7,
        Part::Wait(_) => 8,
    }
}
