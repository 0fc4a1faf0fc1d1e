//! Cuts for what only a sum over carers or providers can say: continuity, and the one provider of a client.
//!
//! A grant has as many carers as the sum over carers of "visits at all", and a carer visits at all at least as much
//! as on the carer's busiest day. So for any choice of a day for each carer, visits on these days less one are at most
//! the further carers. The choice that a fractional solution violates most is each carer's busiest day. With a
//! client's provider it is the same: for each provider the grant and day with most visits. A third family ties the
//! visits of one length on one day to the patterns that hold the length at all; a fourth one (`returns`) brings the same
//! carer again, and a fifth one (`pairs`) lets no visit of a carer pair with several others.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::master::Relaxed;
use super::pairs;
use super::returns;
use super::rows::{KindId, OpenClient, Row, Rows, SharedGrant, at_most, once};
use crate::plan::proof::RowName;
use crate::units::{Day, Minutes};

/// A violation smaller than this is left to the integer problem.
const VIOLATION_MIN: f64 = 1e-4;

/// A row to add: what it counts of visits and of side columns.
pub(super) struct Cut {
    pub name: RowName,
    pub row: Row,
    pub kinds: Vec<(KindId, i64)>,
    pub side: Vec<(usize, i64)>,
}

/// Adds the most violated cuts of each grant and client; gives how many there were.
pub(super) fn separate<'c>(rows: &mut Rows, columns: impl IntoIterator<Item = &'c Column>, relaxed: &Relaxed) -> usize {
    let taken = visits_by_kind(rows, columns, relaxed);
    let mut cuts = further_carers(rows, &taken, relaxed);
    cuts.extend(one_provider(rows, &taken));
    cuts.extend(lengths_by_day(rows, &taken, relaxed));
    cuts.extend(returns::returns(rows, &taken, relaxed));
    cuts.extend(pairs::pairs(rows, &taken, relaxed));
    let count = cuts.len();
    for cut in cuts {
        rows.add_row(cut.name, cut.row, &cut.kinds, &cut.side);
    }
    count
}

/// Each carer's busiest day of a grant, all carers but one being further ones.
fn further_carers(rows: &Rows, taken: &[f64], relaxed: &Relaxed) -> Vec<Cut> {
    let cut = |grant: &SharedGrant| {
        let open = |k: &KindId| !grant.pinned.contains(&rows.kinds[*k as usize].carer);
        let kinds: Vec<KindId> = grant.kinds.iter().copied().filter(open).collect();
        let kind = |k: KindId| &rows.kinds[k as usize];
        let (total, busiest) = busiest(&kinds, taken, |k| kind(k).carer, |k| (grant.grant, kind(k).day));
        let visited: f64 = grant.visited.iter().map(|column| relaxed.side[*column]).sum();
        (total - visited - relaxed.side[grant.extra] > VIOLATION_MIN).then(|| {
            let days: BTreeSet<_> = busiest.iter().map(|k| (kind(*k).carer, kind(*k).day)).collect();
            Cut {
                name: RowName::ExtraCarers(grant.grant, days.into_iter().collect()),
                row: at_most(0),
                kinds: once(&busiest),
                side: [grant.extra].iter().chain(&grant.visited).map(|column| (*column, -1)).collect(),
            }
        })
    };
    rows.shared.iter().filter_map(cut).collect()
}

/// Each provider's busiest grant and day at a client, of which one provider is all.
fn one_provider(rows: &Rows, taken: &[f64]) -> Vec<Cut> {
    let cut = |client: &OpenClient| {
        let kind = |k: KindId| &rows.kinds[k as usize];
        let (total, busiest) = busiest(&client.kinds, taken, |k| kind(k).provider, |k| (kind(k).grant, kind(k).day));
        (total > 1.0 + VIOLATION_MIN).then(|| {
            let visits: BTreeSet<_> =
                busiest.iter().map(|k| (kind(*k).provider, kind(*k).grant, kind(*k).day)).collect();
            let name = RowName::OneProvider(client.client, visits.into_iter().collect());
            Cut { name, row: at_most(1), kinds: once(&busiest), side: Vec::new() }
        })
    };
    rows.open_clients.iter().filter_map(cut).collect()
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
                let side = holding.map(|column| (column, -1)).collect();
                cuts.push(Cut { name, row: at_most(0), kinds: once(&kinds), side });
            }
        }
    }
    cuts
}

/// How much of each kind of visit the relaxation takes.
fn visits_by_kind<'c>(rows: &Rows, columns: impl IntoIterator<Item = &'c Column>, relaxed: &Relaxed) -> Vec<f64> {
    let mut taken = vec![0.0; rows.kinds.len()];
    for (column, value) in columns.into_iter().zip(&relaxed.routes).filter(|(_, value)| **value > 0.0) {
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
