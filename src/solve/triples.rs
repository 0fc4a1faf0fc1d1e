//! Finds violated subset-row cuts: of three things of which there is one each, a route that takes two or more of them takes
//! half at the least, and so there is one such route at the most.
//!
//! Jepsen, Petersen, Spoorendonk and Pisinger 2008, *Operations Research* 56(2), section 3. What there is one of is a
//! grant's only visit, a grant's visit on one day, a client's on one day, and a shift. Any three rows can be the violated
//! ones, but only those that fractional routes join need be looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::fractions::Source;
use super::master::Relaxed;
use super::rows::Rows;
use crate::ids::GrantId;
use crate::plan::proof::RowName;

/// A smaller violation is none.
const VIOLATION_MIN: f64 = 0.03;

/// Taken less than this, or as good as wholly, a route joins nothing.
const TAKEN_MIN: f64 = 1e-4;

/// In one round at most so many cuts, and so many of one row.
const CUTS_A_ROUND: usize = 40;
const CUTS_OF_A_ROW: usize = 6;

/// What there is at most one of, by the rows that say so.
struct Single {
    sources: Vec<Source>,
}

/// The most violated cuts of a solution, as the rows to halve.
pub(super) fn separate(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Vec<BTreeSet<Source>> {
    let (singles, of_kind) = singles(rows);
    let shifts = singles.len() - rows.of_shift.len();
    let taken = columns.iter().zip(&relaxed.routes).filter(|(_, value)| (TAKEN_MIN..1.0 - TAKEN_MIN).contains(*value));
    let routes: Vec<(f64, Vec<usize>)> = taken
        .map(|(column, value)| {
            let kinds = column.kinds.iter().flat_map(|kind| of_kind[*kind as usize].iter().copied());
            let mut members: Vec<usize> = kinds.chain([shifts + column.shift]).collect();
            members.sort_unstable();
            (*value, members)
        })
        .collect();
    let mut found = Joins::new(singles.len(), &routes).violated();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut uses = vec![0; singles.len()];
    let mut cuts = Vec::new();
    for (_, triple) in found {
        if cuts.len() < CUTS_A_ROUND && triple.iter().all(|single| uses[*single] < CUTS_OF_A_ROW) {
            triple.iter().for_each(|single| uses[*single] += 1);
            cuts.push(triple.iter().flat_map(|single| singles[*single].sources.iter().copied()).collect());
        }
    }
    cuts
}

/// All that there is one of, the shifts last; and to which of them a visit of each kind belongs.
fn singles(rows: &Rows) -> (Vec<Single>, Vec<Vec<usize>>) {
    let choice_of: BTreeMap<GrantId, u32> = rows
        .patterned
        .iter()
        .filter_map(|grant| Some((grant.grant, rows.side[*grant.columns.first()?].choice?)))
        .collect();
    let mut singles = Vec::new();
    let mut of_row = vec![None; rows.rows.len()];
    for (id, name) in (0..).zip(&rows.names) {
        let row = Source::Row(id);
        let sources = match name {
            RowName::OneVisit(_) | RowName::ClientDay(..) => vec![row],
            RowName::DaysApart(grant, _) => match choice_of.get(grant) {
                Some(choice) => vec![row, Source::Choice(*choice)],
                None => continue,
            },
            _ => continue,
        };
        of_row[id as usize] = Some(singles.len());
        singles.push(Single { sources });
    }
    let members = |counted: &Vec<(u32, i64)>| counted.iter().filter_map(|(row, _)| of_row[*row as usize]).collect();
    let of_kind = rows.of_kind.iter().map(members).collect();
    singles.extend((0..rows.of_shift.len()).map(|shift| Single { sources: vec![Source::Shift(shift)] }));
    (singles, of_kind)
}

/// How much routes join things two by two.
struct Joins<'r> {
    routes: &'r [(f64, Vec<usize>)],
    /// For each thing those after it, with how much they are joined.
    pairs: Vec<BTreeMap<usize, f64>>,
    /// The routes that take each thing.
    taking: Vec<Vec<usize>>,
}

impl<'r> Joins<'r> {
    fn new(singles: usize, routes: &'r [(f64, Vec<usize>)]) -> Self {
        let mut joins = Joins { routes, pairs: vec![BTreeMap::new(); singles], taking: vec![Vec::new(); singles] };
        for (at, (value, members)) in routes.iter().enumerate() {
            for (place, one) in members.iter().enumerate() {
                joins.taking[*one].push(at);
                for other in &members[place + 1..] {
                    *joins.pairs[*one].entry(*other).or_default() += value;
                    *joins.pairs[*other].entry(*one).or_default() += value;
                }
            }
        }
        joins
    }

    /// The triples of which more than one route's worth takes two or more, with how much more.
    fn violated(&self) -> Vec<(f64, [usize; 3])> {
        let mut found = BTreeMap::new();
        for (middle, joined) in self.pairs.iter().enumerate() {
            let joined: Vec<(usize, f64)> = joined.iter().map(|(other, value)| (*other, *value)).collect();
            for (place, (one, to_one)) in joined.iter().enumerate() {
                for (other, to_other) in &joined[place + 1..] {
                    let across = self.pairs[*one].get(other).copied().unwrap_or(0.0);
                    if to_one + to_other + across <= 1.0 + VIOLATION_MIN {
                        continue;
                    }
                    let mut triple = [middle, *one, *other];
                    triple.sort_unstable();
                    found
                        .entry(triple)
                        .or_insert_with(|| to_one + to_other + across - 2.0 * self.all_three(triple) - 1.0);
                }
            }
        }
        found.into_iter().filter(|(_, by)| *by > VIOLATION_MIN).map(|(triple, by)| (by, triple)).collect()
    }

    fn all_three(&self, triple: [usize; 3]) -> f64 {
        let routes = self.taking[triple[0]].iter().map(|at| &self.routes[*at]);
        let all = routes.filter(|(_, members)| triple.iter().all(|single| members.contains(single)));
        all.map(|(value, _)| value).sum()
    }
}
