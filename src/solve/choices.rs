//! Which visits a shift could hold: for every grant and length, ranges of starts that cost the same.

use std::collections::HashMap;

use super::day::{Choice, DayKind, FixedStop, Node};
use crate::ids::{ClientId, GrantId, ShiftId};
use crate::problem::{Place, Problem, Service, Visit};
use crate::rules::{GrantRules, Rulebook};
use crate::units::{Minutes, Moment, Points, Span};

/// Whose choices are asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub problem: &'a Problem,
    pub book: &'a Rulebook,
    pub shift: ShiftId,
    pub stops: &'a [FixedStop],
    /// How often a visit stands in the published roster.
    pub published: &'a HashMap<Visit, i64>,
}

/// What a shift could hold.
#[derive(Default)]
pub(super) struct Found {
    pub kinds: Vec<DayKind>,
    pub choices: Vec<Choice>,
    pub slots: usize,
    /// The homes of the clients, in the order of their nodes.
    pub homes: Vec<Place>,
}

/// What excludes each other on a day: relief of one client, or one grant of practical relief (H3).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Exclusive {
    Relief(ClientId),
    Practical(GrantId),
}

/// The points of a start, and where in the day it stands: while these are the same, only the time changes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Terms {
    cost: Points,
    gap: u16,
    next_gap: u16,
}

/// Numbers slots and nodes as they come up.
#[derive(Default)]
struct Numbers {
    slots: HashMap<Exclusive, u16>,
    nodes: HashMap<ClientId, Node>,
}

/// All choices of a shift for these grants, in the order of grant, length and start.
pub(super) fn of_shift(asked: &Asked<'_>, grants: &[GrantId]) -> Found {
    let (mut found, mut numbers) = (Found::default(), Numbers::default());
    for grant in grants {
        for length in &asked.book.grants[*grant].lengths.each {
            let ranges = asked.ranges(*grant, *length);
            if !ranges.is_empty() {
                asked.add(&mut found, &mut numbers, DayKind { grant: *grant, length: length.0 }, &ranges);
            }
        }
    }
    found.slots = numbers.slots.len();
    found
}

impl Asked<'_> {
    fn add(&self, found: &mut Found, numbers: &mut Numbers, kind: DayKind, ranges: &[(Terms, i32, i32)]) {
        let index = u32::try_from(found.kinds.len()).expect("fewer than 2^32 kinds of visit in a shift");
        let client = self.problem.grants[kind.grant].client;
        let node = self.node(found, numbers, client);
        let exclusive = match self.problem.grants[kind.grant].service {
            Service::PracticalRelief => Exclusive::Practical(kind.grant),
            Service::Relief | Service::UrgentRelief => Exclusive::Relief(client),
        };
        let next = u16::try_from(numbers.slots.len()).expect("fewer than 65,536 clients in a shift");
        let slot = *numbers.slots.entry(exclusive).or_insert(next);
        found.kinds.push(kind);
        found.choices.extend(ranges.iter().map(|(terms, first, last)| Choice {
            kind: index,
            slot,
            node,
            gap: terms.gap,
            next_gap: terms.next_gap,
            length: kind.length,
            first: *first,
            last: *last,
            cost: terms.cost.0,
        }));
    }

    fn node(&self, found: &mut Found, numbers: &mut Numbers, client: ClientId) -> Node {
        let before = 1 + self.stops.len();
        *numbers.nodes.entry(client).or_insert_with(|| {
            found.homes.push(self.problem.clients[client].home);
            Node::try_from(before + found.homes.len() - 1).expect("fewer than 65,536 places in a shift")
        })
    }

    /// The ranges of starts of a grant's visits of one length, with what they cost.
    fn ranges(&self, grant: GrantId, length: Minutes) -> Vec<(Terms, i32, i32)> {
        let (rules, shift) = (&self.book.grants[grant], &self.problem.shifts[self.shift]);
        if rules.blocked[usize::from(shift.day.0)] {
            return Vec::new();
        }
        let mut ranges: Vec<(Terms, i32, i32)> = Vec::new();
        for window in rules.windows.iter().filter_map(|w| self.starts(*w, length)) {
            let mut joined = false;
            for start in window.grid_starts(self.problem.policy.start_grid) {
                let terms = self.terms(grant, rules, Span::new(start, start + length));
                match (terms, ranges.last_mut()) {
                    (Some(terms), Some(last)) if joined && last.0 == terms => last.2 = start.0,
                    (Some(terms), _) => ranges.push((terms, start.0, start.0)),
                    (None, _) => {}
                }
                joined = terms.is_some();
            }
        }
        ranges
    }

    /// The part of a window in which a visit of that length may start and stay within the shift.
    fn starts(&self, window: Span, length: Minutes) -> Option<Starts> {
        let within = window.intersection(self.problem.shifts[self.shift].span)?;
        let last = within.end - length;
        let midnight = self.problem.shifts[self.shift].day.span().start;
        (last >= within.start).then_some(Starts { midnight, window_opens: window.start, first: within.start, last })
    }

    /// What a visit costs and where in the day it stands; `None` where it cannot be.
    fn terms(&self, grant: GrantId, rules: &GrantRules, span: Span) -> Option<Terms> {
        let carer = self.problem.shifts[self.shift].carer;
        if self.problem.carers[carer].absences.iter().any(|away| away.overlaps(span)) {
            return None;
        }
        let before = self.stops.iter().take_while(|s| s.span.start < span.start).count();
        let within = self.stops[before..].iter().take_while(|s| s.span.start < span.end).count();
        let absorbs =
            |stop: &FixedStop| stop.booking.is_some_and(|b| rules.absorbable.contains(&b)) && span.covers(stop.span);
        let (earlier, inside) = (&self.stops[..before], &self.stops[before..before + within]);
        if earlier.iter().any(|s| s.span.overlaps(span)) || !inside.iter().all(absorbs) {
            return None;
        }
        let gap = |stops: usize| u16::try_from(stops).expect("fewer than 65,536 stops in a shift");
        let cost = self.points(Visit { grant, carer, span }, rules);
        Some(Terms { cost, gap: gap(before), next_gap: gap(before + within) })
    }

    /// The points that belong to the visit itself (model, section 5): what it delivers and absorbs is taken off.
    fn points(&self, visit: Visit, rules: &GrantRules) -> Points {
        let weights = &self.problem.policy.weights;
        let client = self.problem.grants[visit.grant].client;
        let mut points = -(rules.unmet_weight * visit.span.length());
        if !self.problem.familiar.contains(&(client, visit.carer)) {
            points += weights.new_carer;
        }
        if !rules.preferred.is_empty() && !rules.preferred.iter().any(|w| w.covers(visit.span)) {
            points += weights.not_preferred;
        }
        if rules.extra_carer_is_certain(visit) {
            points += weights.extra_carer;
        }
        let absorbed =
            rules.absorbable.iter().map(|b| self.problem.bookings[*b].span).filter(|b| visit.span.covers(*b));
        points -= weights.absorbed_minute * absorbed.map(Span::length).sum::<Minutes>();
        points - weights.changed * self.published.get(&visit).copied().unwrap_or(0)
    }
}

/// The starts of a visit in one window.
struct Starts {
    /// The grid counts from here.
    midnight: Moment,
    /// A visit may start exactly here, on the grid or not (H10).
    window_opens: Moment,
    first: Moment,
    last: Moment,
}

impl Starts {
    /// Every start from the first to the last: the window's opening, then the grid.
    fn grid_starts(&self, grid: Minutes) -> impl Iterator<Item = Moment> + use<> {
        let next = on_grid(self.first.0, self.midnight.0, grid.0);
        let opening = (self.window_opens == self.first && self.first.0 != next).then_some(self.first);
        let last = self.last;
        opening.into_iter().chain((0..).map(move |n| Moment(next + n * grid.0)).take_while(move |s| *s <= last))
    }
}

/// The first moment of the grid from `time` on; the grid counts from midnight.
pub(super) fn on_grid(time: i32, midnight: i32, grid: i32) -> i32 {
    midnight + (time - midnight + grid - 1).div_euclid(grid) * grid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(first: i32, last: i32, opens: i32) -> Vec<i32> {
        let starts =
            Starts { midnight: Moment(0), window_opens: Moment(opens), first: Moment(first), last: Moment(last) };
        starts.grid_starts(Minutes(5)).map(|m| m.0).collect()
    }

    #[test]
    fn a_visit_starts_on_the_grid_or_where_its_window_opens() {
        assert_eq!(starts(482, 495, 482), [482, 485, 490, 495]);
        assert_eq!(starts(482, 495, 470), [485, 490, 495]);
        assert_eq!(starts(480, 480, 480), [480]);
        assert_eq!(starts(481, 484, 400), Vec::<i32>::new());
    }
}
