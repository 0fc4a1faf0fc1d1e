//! The rows that a leaf may name, worked out from the week; each holds for every plan.
//!
//! A row says `Σ visits it counts + Σ coefficient · pattern taken + coefficient · further carers` is at most, at least or
//! exactly its right-hand side. That `Σ patterns taken` is 1 where a grant has new visits and 0 elsewhere is meant by
//! "if it is visited". Rows of halves also count pairs of visits of one route: `half`.

use std::collections::BTreeSet;

use super::group::{Group, Kind};
use super::half;
use crate::ids::{CarerId, ClientId, GrantId, ProviderId};
use crate::plan::proof::{Branch, PairCover, RowName};
use crate::problem::Service;
use crate::rules::provider_is_open;
use crate::units::{Day, Minutes};

/// Which side of the right-hand side the sum lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    AtMost,
    Exactly,
    AtLeast,
}

/// A row.
pub(super) struct Row {
    pub sense: Sense,
    pub rhs: i64,
    /// Kinds of visits, by position.
    pub kinds: Vec<(usize, i64)>,
    /// Patterns, by position.
    pub patterns: Vec<(usize, i64)>,
    /// Grants' further carers.
    pub further: Vec<(GrantId, i64)>,
    /// What it counts in pairs.
    pub pairs: Vec<Pairs>,
}

/// Of what is odd in a shift a row counts every second one.
pub(super) struct Pairs {
    /// The shift, by position.
    pub shift: usize,
    /// The kinds of visits that are odd, by position.
    pub kinds: Vec<usize>,
    /// Whether the shift itself is odd, as soon as it has a visit.
    pub own: bool,
}

impl Row {
    /// Visits ≤ so many.
    fn at_most(rhs: i64, kinds: Vec<usize>) -> Self {
        let kinds = kinds.into_iter().map(|kind| (kind, 1)).collect();
        Row { sense: Sense::AtMost, rhs, kinds, patterns: Vec::new(), further: Vec::new(), pairs: Vec::new() }
    }

    /// The case of fewer visits of a branch.
    pub fn fewer(group: &Group<'_>, branch: &Branch) -> Self {
        Row::at_most(branch.most, group.kinds_where(|kind| kind.is_in(&branch.visits)))
    }

    /// The case of more visits of a branch.
    pub fn more(group: &Group<'_>, branch: &Branch) -> Self {
        Row { sense: Sense::AtLeast, rhs: branch.most + 1, ..Row::fewer(group, branch) }
    }

    /// The row of that name; `None` where the group has no such row.
    pub fn named(group: &Group<'_>, name: &RowName) -> Option<Self> {
        let row = match name {
            RowName::OneVisit(grant) => group.one_visit(*grant),
            RowName::Length(grant, length) => group.length(*grant, *length),
            RowName::TotalMinutes(grant) => group.total_minutes(*grant),
            RowName::TotalVisits(grant) => group.total_visits(*grant),
            RowName::Visited(grant) => group.visited(*grant),
            RowName::DaysApart(grant, first) => group.days_apart(*grant, *first),
            RowName::ClientDay(client, day) => Some(group.client_day(*client, *day)),
            RowName::CarerCap(carer, part) => group.carer_cap(*carer, *part),
            RowName::ProviderCap(provider, part) => group.provider_cap(*provider, *part),
            RowName::ExtraCarers(grant, days) => group.extra_carers(*grant, days),
            RowName::Returns(grant, visits) => group.returns(*grant, visits),
            RowName::Pairs(grant, cover) => group.pairs(*grant, cover),
            RowName::OneProvider(client, visits) => group.one_provider(*client, visits),
            RowName::LengthByDay(grant, length, day) => group.length_by_day(*grant, *length, *day),
            RowName::Half(sum) => return half::row(group, sum),
            RowName::Inner | RowName::Branch(_) => None,
        };
        // Where no carer could give both visits of a pattern, it has a further carer whatever the visits are.
        row.filter(|row| !row.kinds.is_empty() || matches!(name, RowName::Pairs(..)))
    }
}

impl Group<'_> {
    /// H3: visits of a grant that can have but one ≤ 1.
    fn one_visit(&self, grant: GrantId) -> Option<Row> {
        (self.book.grants[grant].lengths.visits == 1).then(|| Row::at_most(1, self.kinds_of(grant, |_| true)))
    }

    /// H2: visits of one length are those of the pattern taken.
    fn length(&self, grant: GrantId, length: Minutes) -> Option<Row> {
        let times = |lengths: &[Minutes]| lengths.iter().filter(|l| **l == length).count() as i64;
        let patterns = self.listed(grant)?.map(|(at, lengths)| (at, -times(lengths)));
        let patterns = patterns.filter(|(_, times)| *times != 0).collect();
        let kinds = self.kinds_of(grant, |kind| kind.length == length);
        Some(Row { sense: Sense::Exactly, patterns, ..Row::at_most(0, kinds) })
    }

    /// H2: minutes ≤ all that the grant can have, if it is visited.
    fn total_minutes(&self, grant: GrantId) -> Option<Row> {
        let any = self.any(grant)?;
        let kinds = self.kinds_of(grant, |_| true);
        let minutes = kinds.iter().map(|kind| (*kind, i64::from(self.kinds[*kind].length.0))).collect();
        let most = i64::from(self.book.grants[grant].lengths.minutes.0);
        Some(Row { kinds: minutes, patterns: vec![(any, -most)], ..Row::at_most(0, Vec::new()) })
    }

    /// H3: visits ≤ all that the grant can have, if it is visited.
    fn total_visits(&self, grant: GrantId) -> Option<Row> {
        let any = self.any(grant)?;
        let most = i64::from(self.book.grants[grant].lengths.visits);
        Some(Row { patterns: vec![(any, -most)], ..Row::at_most(0, self.kinds_of(grant, |_| true)) })
    }

    /// A grant that is visited has a visit.
    fn visited(&self, grant: GrantId) -> Option<Row> {
        let any = self.any(grant)?;
        let kinds = self.kinds_of(grant, |_| true).into_iter().map(|kind| (kind, -1)).collect();
        Some(Row { kinds, patterns: vec![(any, 1)], ..Row::at_most(0, Vec::new()) })
    }

    /// H3: in a run of days that visits must be apart there is one at most, if the grant is visited.
    fn days_apart(&self, grant: GrantId, first: Day) -> Option<Row> {
        let apart = self.problem.standard(grant).min_days_between.max(1);
        let within = |kind: &Kind| kind.day >= first && u32::from(kind.day.0 - first.0) < apart;
        let patterns = self.if_visited(grant)?;
        Some(Row { patterns, ..Row::at_most(0, self.kinds_of(grant, within)) })
    }

    /// H3: relief and urgent relief of a client on one day ≤ 1.
    fn client_day(&self, client: ClientId, day: Day) -> Row {
        let relief = |kind: &Kind| self.problem.grants[kind.grant].service != Service::PracticalRelief;
        Row::at_most(1, self.kinds_where(|kind| kind.client == client && kind.day == day && relief(kind)))
    }

    fn carer_cap(&self, carer: CarerId, part: Minutes) -> Option<Row> {
        let cap = self.problem.carers[carer].relief_minutes_max?;
        self.cap((cap, part), |c| c == carer)
    }

    fn provider_cap(&self, provider: ProviderId, part: Minutes) -> Option<Row> {
        let cap = self.problem.providers[provider].weekly_minutes_max?;
        self.cap((cap, part), |c| self.problem.carers[c].provider == provider)
    }

    /// H13: minutes of some carers ≤ what pins leave of the cap; nothing, where pins alone break it (H15). Whole parts of each visit
    /// together are no more than the whole parts of the cap.
    fn cap(&self, (cap, part): (Minutes, Minutes), of: impl Fn(CarerId) -> bool) -> Option<Row> {
        if part.0 < 1 {
            return None;
        }
        let pinned = self.problem.pins.iter().filter(|pin| of(pin.carer)).map(|pin| i64::from(pin.span.length().0));
        let left = i64::from(cap.0) - pinned.sum::<i64>();
        let kinds = self.kinds_where(|kind| of(kind.carer)).into_iter();
        let parts = kinds.map(|kind| (kind, i64::from(self.kinds[kind].length.0 / part.0)));
        let parts = parts.filter(|(_, parts)| *parts != 0).collect();
        Some(Row { kinds: parts, ..Row::at_most(left.max(0) / i64::from(part.0), Vec::new()) })
    }

    /// A grant has at most one visit a day (H3), so that visits by some carers, on one day for each, are at most as many
    /// as its carers: the first, unless pins have one already, and the further ones.
    fn extra_carers(&self, grant: GrantId, days: &[(CarerId, Day)]) -> Option<Row> {
        let pins = &self.book.grants[grant].pins;
        let pinned = |carer: &CarerId| pins.iter().any(|pin| pin.carer == *carer);
        let carers: BTreeSet<CarerId> = days.iter().map(|(carer, _)| *carer).collect();
        if carers.len() < days.len() || carers.iter().any(pinned) {
            return None;
        }
        let patterns = if pins.is_empty() { self.if_visited(grant)? } else { Vec::new() };
        let kinds = self.kinds_of(grant, |kind| days.contains(&(kind.carer, kind.day)));
        self.several.get(&grant)?;
        Some(Row { patterns, further: vec![(grant, -1)], ..Row::at_most(0, kinds) })
    }

    /// A carer who comes on the day and for the length named, and on no other day for a length that can go with it, comes
    /// once. Of the `k` named who do, `k - 1` are further carers at least; and if there is but one, that visit is the whole
    /// pattern or another carer is a further one. Twice `k - 1` is `k` at least, where `k` is more than one. No pins.
    fn returns(&self, grant: GrantId, visits: &[(CarerId, Day, Minutes)]) -> Option<Row> {
        let carers: BTreeSet<CarerId> = visits.iter().map(|(carer, ..)| *carer).collect();
        if carers.len() < visits.len() || !self.book.grants[grant].pins.is_empty() {
            return None;
        }
        let patterns: Vec<(usize, &[Minutes])> = self.listed(grant)?.collect();
        let go_together = |one: Minutes, other: Minutes| {
            let times = |lengths: &[Minutes], asked| lengths.iter().filter(|length| **length == asked).count();
            let both =
                |lengths: &[Minutes]| times(lengths, one) > usize::from(one == other) && times(lengths, other) > 0;
            patterns.iter().any(|(_, lengths)| both(lengths))
        };
        let count = |at: usize| {
            let kind = &self.kinds[at];
            let (_, day, length) = visits.iter().find(|(carer, ..)| *carer == kind.carer)?;
            let once = kind.day == *day && kind.length == *length;
            let again = kind.day != *day && go_together(*length, kind.length);
            (once || again).then_some((at, if once { 1 } else { -1 }))
        };
        let kinds = self.kinds_of(grant, |_| true).into_iter().filter_map(count).collect();
        let alone = |lengths: &[Minutes]| visits.iter().any(|(.., length)| lengths == [*length]);
        let patterns = patterns.iter().filter(|(_, lengths)| alone(lengths)).map(|(at, _)| (*at, -1)).collect();
        let weight = if visits.len() > 1 { -2 } else { -1 };
        Some(Row { kinds, patterns, further: vec![(grant, weight)], ..Row::at_most(0, Vec::new()) })
    }

    /// Who gives both visits of a pattern gives two that weigh one together; otherwise there is a further carer. A grant has at most
    /// one visit a day (H3), so they are on two days. No pins.
    fn pairs(&self, grant: GrantId, cover: &PairCover) -> Option<Row> {
        let listed: Vec<(usize, &[Minutes])> = self.listed(grant)?.collect();
        let is_listed = |pattern: &[Minutes; 2]| listed.iter().any(|(_, lengths)| lengths == pattern);
        let set: BTreeSet<&[Minutes; 2]> = cover.patterns.iter().collect();
        if set.len() < cover.patterns.len()
            || !cover.patterns.iter().all(is_listed)
            || !self.book.grants[grant].pins.is_empty()
        {
            return None;
        }
        let kinds = self.kinds_of(grant, |_| true);
        let halves_of = |at: usize| {
            let kind = &self.kinds[at];
            let own = |(carer, day, length, _): &&(CarerId, Day, Minutes, u8)| {
                (*carer, *day, *length) == (kind.carer, kind.day, kind.length)
            };
            cover.halves.iter().find(own).map_or(2, |(.., halves)| i64::from(*halves))
        };
        let halves: Vec<(&Kind, i64)> = kinds.iter().map(|at| (&self.kinds[*at], halves_of(*at))).collect();
        let is_covered = |(one, a): &(&Kind, i64), (other, b): &(&Kind, i64)| {
            one.carer != other.carer
                || one.day == other.day
                || !cover.is_pattern(one.length, other.length)
                || a + b >= 2
        };
        if !halves.iter().all(|one| halves.iter().all(|other| is_covered(one, other))) {
            return None;
        }
        let unit = cover.unit();
        let weighed = kinds.iter().zip(&halves).map(|(at, (_, halves))| (*at, -halves * unit / 2));
        let taken = listed.iter().filter(|(_, lengths)| cover.patterns.iter().any(|pattern| lengths == pattern));
        Some(Row {
            kinds: weighed.filter(|(_, weight)| *weight != 0).collect(),
            patterns: taken.map(|(at, _)| (*at, unit)).collect(),
            further: vec![(grant, -unit)],
            ..Row::at_most(0, Vec::new())
        })
    }

    /// H7: of a client's providers only one comes, and to one grant on one day but once (H3).
    fn one_provider(&self, client: ClientId, visits: &[(ProviderId, GrantId, Day)]) -> Option<Row> {
        let providers: BTreeSet<ProviderId> = visits.iter().map(|(provider, ..)| *provider).collect();
        let of_client = visits.iter().all(|(_, grant, _)| self.problem.grants[*grant].client == client);
        if providers.len() < visits.len() || !of_client || !provider_is_open(self.problem, client) {
            return None;
        }
        Some(Row::at_most(1, self.kinds_where(|kind| visits.contains(&(kind.provider, kind.grant, kind.day)))))
    }

    /// Visits of one length on one day, of which there is one at most (H3), ask for a pattern that holds the length.
    fn length_by_day(&self, grant: GrantId, length: Minutes, day: Day) -> Option<Row> {
        let holding = self.listed(grant)?.filter(|(_, lengths)| lengths.contains(&length));
        let patterns = holding.map(|(at, _)| (at, -1)).collect();
        let kinds = self.kinds_of(grant, |kind| kind.length == length && kind.day == day);
        Some(Row { patterns, ..Row::at_most(0, kinds) })
    }

    /// Less one if the grant is visited.
    fn if_visited(&self, grant: GrantId) -> Option<Vec<(usize, i64)>> {
        Some(self.several.get(&grant)?.patterns.clone().map(|pattern| (pattern, -1)).collect())
    }

    /// The patterns of a grant that has a list of them.
    fn listed(&self, grant: GrantId) -> Option<impl Iterator<Item = (usize, &[Minutes])>> {
        let several = self.several.get(&grant).filter(|_| self.any(grant).is_none())?;
        Some(several.patterns.clone().filter_map(|at| Some((at, self.patterns[at].as_deref()?))))
    }

    /// The one pattern of a grant without a list.
    fn any(&self, grant: GrantId) -> Option<usize> {
        self.several.get(&grant)?.patterns.clone().find(|at| self.patterns[*at].is_none())
    }
}
