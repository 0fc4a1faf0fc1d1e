//! A first plan: shift by shift the best route of what is left.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::day::ShiftDay;
use super::pricing::{self, Effort, MICRO, Neighbourhoods};
use super::rows::{Kind, KindId, Rows};
use super::stop::Stop;
use crate::ids::{ClientId, GrantId, ProviderId};
use crate::problem::{Problem, Service};
use crate::rules::{GrantRules, Rulebook, provider_is_open};
use crate::units::Day;

/// A price that no visit is worth.
const FORBIDDEN: i64 = -1_000_000_000 * MICRO;

/// What has been chosen so far.
struct Ledger<'a> {
    problem: &'a Problem,
    book: &'a Rulebook,
    visits: BTreeMap<GrantId, Vec<(Day, i32)>>,
    relief_days: BTreeSet<(ClientId, Day)>,
    providers: BTreeMap<ClientId, ProviderId>,
    /// What the chosen columns count in each row.
    activity: Vec<i64>,
}

/// Routes of the group's shifts that keep all rules together.
pub(super) fn plan(problem: &Problem, book: &Rulebook, (rows, days): (&Rows, &[ShiftDay]), stop: &Stop) -> Vec<Column> {
    let mut ledger = Ledger {
        problem,
        book,
        visits: BTreeMap::new(),
        relief_days: BTreeSet::new(),
        providers: BTreeMap::new(),
        activity: vec![0; rows.rows.len()],
    };
    let mut chosen = Vec::new();
    for (shift, day) in days.iter().enumerate() {
        if stop.now() {
            break;
        }
        let kinds = &rows.kinds[rows.of_shift[shift].clone()];
        let values: Vec<i64> = kinds.iter().map(|kind| if ledger.allows(kind) { 0 } else { FORBIDDEN }).collect();
        let mut memory = Neighbourhoods::nearest(day);
        let priced = pricing::price(day, &values, &mut memory, (Effort::Quick, 4));
        let columns = priced.routes.iter().map(|route| Column::new(rows, day, shift, route));
        if let Some(column) = columns.into_iter().find(|column| ledger.keeps_caps(rows, column)) {
            column.kinds.iter().for_each(|kind| ledger.take(rows, *kind));
            chosen.push(column);
        }
    }
    chosen
}

impl Ledger<'_> {
    fn allows(&self, kind: &Kind) -> bool {
        let grant = &self.problem.grants[kind.grant];
        let rules = &self.book.grants[kind.grant];
        let provider = self.providers.get(&grant.client);
        let relief = grant.service != Service::PracticalRelief;
        provider.is_none_or(|p| *p == kind.provider)
            && !(relief && self.relief_days.contains(&(grant.client, kind.day)))
            && self.fits_pattern(rules, kind)
            && self.is_days_apart(kind)
    }

    fn fits_pattern(&self, rules: &GrantRules, kind: &Kind) -> bool {
        let taken = self.visits.get(&kind.grant).map_or(&[][..], Vec::as_slice);
        let mut lengths: Vec<i32> = taken.iter().map(|(_, length)| *length).chain([kind.length]).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        match &rules.lengths.patterns {
            Some(patterns) => patterns.iter().any(|p| p.lengths.iter().map(|l| l.0).eq(lengths.iter().copied())),
            None => {
                lengths.len() <= rules.lengths.visits as usize && lengths.iter().sum::<i32>() <= rules.lengths.minutes.0
            }
        }
    }

    fn is_days_apart(&self, kind: &Kind) -> bool {
        let apart = self.problem.standard(kind.grant).min_days_between;
        let taken = self.visits.get(&kind.grant).map_or(&[][..], Vec::as_slice);
        taken.iter().all(|(day, _)| u32::from(day.0.abs_diff(kind.day.0)) >= apart)
    }

    /// Whether the caps have room for the whole route; patterns and days are kept already.
    fn keeps_caps(&self, rows: &Rows, column: &Column) -> bool {
        column.rows(rows).iter().all(|(row, n)| {
            !rows.caps.contains(row) || self.activity[*row as usize] + n <= rows.rows[*row as usize].rhs
        })
    }

    fn take(&mut self, rows: &Rows, id: KindId) {
        let kind = rows.kinds[id as usize];
        let grant = &self.problem.grants[kind.grant];
        self.visits.entry(kind.grant).or_default().push((kind.day, kind.length));
        if grant.service != Service::PracticalRelief {
            self.relief_days.insert((grant.client, kind.day));
        }
        if provider_is_open(self.problem, grant.client) {
            self.providers.insert(grant.client, kind.provider);
        }
        for (row, n) in &rows.of_kind[id as usize] {
            self.activity[*row as usize] += n;
        }
    }
}
