//! Cuts for what only a sum over carers or providers can say: continuity, and the one provider of a client.
//!
//! A grant has as many carers as the sum over carers of "visits at all", and a carer visits at all at least as much
//! as on the carer's busiest day. So for any choice of a day for each carer, visits on these days less one are at most
//! the further carers. The choice that a fractional solution violates most is each carer's busiest day. With a
//! client's provider it is the same: for each provider the grant and day with most visits. A third family ties the
//! visits of one length on one day to the patterns that hold the length at all.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::master::Relaxed;
use super::rows::{KindId, Row, Rows, at_most};
use crate::ids::{ClientId, GrantId};
use crate::plan::proof::RowName;
use crate::units::{Day, Minutes};

/// A violation smaller than this is left to the integer problem.
const VIOLATION_MIN: f64 = 1e-4;

/// Adds the most violated cut of each grant and client; gives how many there were.
pub(super) fn separate(rows: &mut Rows, columns: &[Column], relaxed: &Relaxed) -> usize {
    let taken = visits_by_kind(rows, columns, relaxed);
    let shared: Vec<_> = rows
        .shared
        .iter()
        .filter_map(|grant| {
            let open = |k: &KindId| !grant.pinned.contains(&rows.kinds[*k as usize].carer);
            let kinds: Vec<KindId> = grant.kinds.iter().copied().filter(open).collect();
            let (total, busiest) = busiest(
                &kinds,
                &taken,
                |k| rows.kinds[k as usize].carer,
                |k| (grant.grant, rows.kinds[k as usize].day),
            );
            let visited: f64 = grant.visited.iter().map(|column| relaxed.side[*column]).sum();
            let side = [(grant.extra, -1)].into_iter().chain(grant.visited.iter().map(|column| (*column, -1)));
            (total - visited - relaxed.side[grant.extra] > VIOLATION_MIN)
                .then(|| (further(rows, grant.grant, &busiest), at_most(0), busiest, side.collect::<Vec<_>>()))
        })
        .collect();
    let clients: Vec<_> = rows
        .open_clients
        .iter()
        .filter_map(|client| {
            let kind = |k: KindId| &rows.kinds[k as usize];
            let (total, busiest) =
                busiest(&client.kinds, &taken, |k| kind(k).provider, |k| (kind(k).grant, kind(k).day));
            (total > 1.0 + VIOLATION_MIN)
                .then(|| (one_provider(rows, client.client, &busiest), at_most(1), busiest, Vec::new()))
        })
        .collect();
    let cuts: Vec<_> = shared.into_iter().chain(clients).chain(lengths_by_day(rows, &taken, relaxed)).collect();
    let count = cuts.len();
    for (name, row, kinds, side) in cuts {
        let kinds: Vec<_> = kinds.iter().map(|kind| (*kind, 1)).collect();
        rows.add_row(name, row, &kinds, &side);
    }
    count
}

/// A cut: its name and row, the kinds of visits it counts and the side columns with their coefficients.
type Cut = (RowName, Row, Vec<KindId>, Vec<(usize, i64)>);

/// The name of the cut for further carers that counts these kinds.
fn further(rows: &Rows, grant: GrantId, kinds: &[KindId]) -> RowName {
    let kinds = kinds.iter().map(|kind| &rows.kinds[*kind as usize]);
    let days: BTreeSet<_> = kinds.map(|kind| (kind.carer, kind.day)).collect();
    RowName::ExtraCarers(grant, days.into_iter().collect())
}

/// The name of the cut for a client's one provider that counts these kinds.
fn one_provider(rows: &Rows, client: ClientId, kinds: &[KindId]) -> RowName {
    let kinds = kinds.iter().map(|kind| &rows.kinds[*kind as usize]);
    let visits: BTreeSet<_> = kinds.map(|kind| (kind.provider, kind.grant, kind.day)).collect();
    RowName::OneProvider(client, visits.into_iter().collect())
}

/// Visits of a length on one day need a whole pattern that holds the length, not half of one that holds it twice.
fn lengths_by_day(rows: &Rows, taken: &[f64], relaxed: &Relaxed) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for grant in &rows.patterned {
        let mut visits: BTreeMap<(i32, Day), (f64, Vec<KindId>)> = BTreeMap::new();
        for kind in &grant.kinds {
            let (of, value) = (&rows.kinds[*kind as usize], taken[*kind as usize]);
            let entry = visits.entry((of.length, of.day)).or_default();
            entry.0 += value;
            entry.1.push(*kind);
        }
        for ((length, day), (value, kinds)) in visits {
            let holding = grant.columns.iter().copied().filter(|column| rows.side[*column].holds(length));
            let patterns: f64 = holding.clone().map(|column| relaxed.side[column]).sum();
            if value - patterns > VIOLATION_MIN {
                let name = RowName::LengthByDay(grant.grant, Minutes(length), day);
                cuts.push((name, at_most(0), kinds, holding.map(|column| (column, -1)).collect()));
            }
        }
    }
    cuts
}

/// How much of each kind of visit the relaxation takes.
fn visits_by_kind(rows: &Rows, columns: &[Column], relaxed: &Relaxed) -> Vec<f64> {
    let mut taken = vec![0.0; rows.kinds.len()];
    for (column, value) in columns.iter().zip(&relaxed.routes).filter(|(_, value)| **value > 0.0) {
        column.kinds.iter().for_each(|kind| taken[*kind as usize] += value);
    }
    taken
}

/// For each owner the kinds of its busiest time, and the sum of these over all owners.
fn busiest<O: Ord, T: Ord>(
    kinds: &[KindId],
    taken: &[f64],
    owner: impl Fn(KindId) -> O,
    time: impl Fn(KindId) -> T,
) -> (f64, Vec<KindId>) {
    let mut times: BTreeMap<O, BTreeMap<T, (f64, Vec<KindId>)>> = BTreeMap::new();
    for kind in kinds {
        let entry = times.entry(owner(*kind)).or_default().entry(time(*kind)).or_default();
        entry.0 += taken[*kind as usize];
        entry.1.push(*kind);
    }
    let most = times
        .into_values()
        .filter_map(|times| times.into_values().reduce(|best, next| if next.0 > best.0 { next } else { best }));
    most.fold((0.0, Vec::new()), |(total, mut all), (value, kinds)| {
        all.extend(kinds);
        (total + value, all)
    })
}
