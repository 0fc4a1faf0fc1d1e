//! What the carers' time is used for, by weekday and qualification.

use std::collections::BTreeMap;

use crate::policy::Qualification;
use crate::problem::Problem;
use crate::report::work::{Block, Kind, Work};
use crate::units::{Day, Minutes, Span, join, subtract};

/// What a minute of a shift can be used for, in the order in which the chart shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    Visits,
    Bookings,
    Travel,
    Breaks,
    Free,
    Away,
}

impl Use {
    pub(super) const ALL: [Use; 6] = [Use::Visits, Use::Bookings, Use::Travel, Use::Breaks, Use::Free, Use::Away];
}

/// The shifts of a group of carers, minute by minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    minutes: [Minutes; 6],
}

impl Split {
    pub(super) fn of(&self, part: Use) -> Minutes {
        self.minutes[part as usize]
    }

    pub(super) fn total(&self) -> Minutes {
        self.minutes.iter().copied().sum()
    }

    fn add(&mut self, part: Use, minutes: Minutes) {
        self.minutes[part as usize] += minutes;
    }

    fn add_all(&mut self, other: &Split) {
        Use::ALL.into_iter().for_each(|part| self.add(part, other.of(part)));
    }
}

/// The use of the carers' time.
#[derive(Clone, Debug, Default)]
pub(super) struct UseOfTime {
    /// Groups without shifts are not there.
    pub by_day: BTreeMap<Day, BTreeMap<Qualification, Split>>,
    /// Minutes of visits that lie outside every shift, as pins may.
    pub outside_shifts: Minutes,
}

impl UseOfTime {
    pub(super) fn of(problem: &Problem, work: &Work) -> Self {
        let mut all = UseOfTime::default();
        for (_, shift) in problem.shifts.iter() {
            let qualification = problem.carers[shift.carer].qualification;
            let split = all.by_day.entry(shift.day).or_default().entry(qualification).or_default();
            split.add_all(&split_of_shift(shift.span, &work.carers[shift.carer]));
        }
        let visits = work.carers.iter().flat_map(|(_, blocks)| blocks).filter(|block| used_for(block) == Use::Visits);
        let inside = all.by_day.values().flat_map(BTreeMap::values).map(|split| split.of(Use::Visits)).sum();
        all.outside_shifts = visits.map(|visit| visit.span.length()).sum::<Minutes>() - inside;
        all
    }

    /// The whole week by qualification.
    pub(super) fn week(&self) -> BTreeMap<Qualification, Split> {
        let mut week: BTreeMap<Qualification, Split> = BTreeMap::new();
        for (qualification, split) in self.by_day.values().flatten() {
            week.entry(*qualification).or_default().add_all(split);
        }
        week
    }

    pub(super) fn total(&self) -> Split {
        let mut total = Split::default();
        self.week().values().for_each(|split| total.add_all(split));
        total
    }
}

/// The use of one shift. Where blocks overlap, the first that is asked for counts.
pub(super) fn split_of_shift(shift: Span, blocks: &[Block]) -> Split {
    const FIRST: [Use; 5] = [Use::Visits, Use::Away, Use::Bookings, Use::Travel, Use::Breaks];
    let mut split = Split::default();
    let mut used: Vec<Span> = Vec::new();
    for part in FIRST {
        let spans = blocks.iter().filter(|block| block.kind != Kind::Shift && used_for(block) == part);
        let inside = join(spans.filter_map(|block| block.span.intersection(shift)).collect());
        let new: Vec<Span> = inside.into_iter().flat_map(|span| subtract(span, &used)).collect();
        split.add(part, new.iter().map(|span| span.length()).sum());
        used.extend(new);
    }
    split.add(Use::Free, shift.length() - split.total());
    split
}

/// A booking that can be released still stands in the day of its carer.
fn used_for(block: &Block) -> Use {
    match block.kind {
        Kind::Visit | Kind::Pinned => Use::Visits,
        Kind::Booking | Kind::Released | Kind::Absorbed => Use::Bookings,
        Kind::Travel => Use::Travel,
        Kind::BookedBreak | Kind::RoomForBreak => Use::Breaks,
        Kind::Away => Use::Away,
        Kind::Shift => Use::Free,
    }
}
