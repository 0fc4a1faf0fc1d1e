//! Which visits may stand together, asked of the master's rows in whole numbers: no solver's tolerance decides.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::rows::{KindId, Meaning, RowId, Rows, Sense};
use crate::ids::GrantId;

impl Rows {
    /// The lengths of visits by grant, each descending.
    pub fn lengths_by_grant<'a>(&self, kinds: impl Iterator<Item = &'a KindId>) -> BTreeMap<GrantId, Vec<i32>> {
        let mut lengths: BTreeMap<GrantId, Vec<i32>> = BTreeMap::new();
        for kind in kinds {
            let kind = self.kinds[*kind as usize];
            lengths.entry(kind.grant).or_default().push(kind.length);
        }
        lengths.values_mut().for_each(|lengths| lengths.sort_unstable_by(|a, b| b.cmp(a)));
        lengths
    }

    /// Whether a visit of this kind may come beside visits of these lengths, as far as its grant has patterns.
    pub fn has_pattern_for(&self, kind: KindId, lengths: &BTreeMap<GrantId, Vec<i32>>) -> bool {
        let kind = self.kinds[kind as usize];
        let Some(patterned) = self.patterned.iter().find(|p| p.grant == kind.grant) else { return true };
        let Some(taken) = lengths.get(&kind.grant) else { return true };
        let at = taken.partition_point(|length| *length > kind.length);
        let mut together = taken.clone();
        together.insert(at, kind.length);
        patterned.columns.iter().any(|column| self.side[*column].is_pattern(&together))
    }

    /// The side columns that visits of these lengths take: each grant's pattern, or that it is visited.
    pub fn side_of<'a>(&'a self, lengths: &'a BTreeMap<GrantId, Vec<i32>>) -> impl Iterator<Item = usize> + 'a {
        let is_taken = |grant: GrantId, meaning: &Meaning| match meaning {
            Meaning::Pattern(pattern) => lengths.get(&grant) == Some(pattern),
            Meaning::Visited => lengths.contains_key(&grant),
            Meaning::ExtraCarers | Meaning::Count | Meaning::Missing => false,
        };
        let side = self.side.iter().enumerate();
        side.filter(move |(_, column)| is_taken(column.grant, &column.meaning)).map(|(at, _)| at)
    }

    /// Whether these routes keep every row and each client's one provider, one route a shift.
    pub fn allow(&self, columns: &[&Column]) -> bool {
        let shifts: BTreeSet<usize> = columns.iter().map(|column| column.shift).collect();
        let lengths = self.lengths_by_grant(columns.iter().flat_map(|column| &column.kinds));
        let mut activity: BTreeMap<RowId, i64> = BTreeMap::new();
        let routes = columns.iter().flat_map(|column| column.rows(self));
        let side = self.side_of(&lengths).flat_map(|at| self.side[at].rows.iter().copied());
        routes.chain(side).for_each(|(row, n)| *activity.entry(row).or_default() += n);
        let kept = |(row, sum): (&RowId, &i64)| {
            let row = &self.rows[*row as usize];
            *sum == row.rhs || (*sum < row.rhs && row.sense == Sense::AtMost)
        };
        let before_cuts = activity.iter().filter(|(row, _)| (**row as usize) < self.first_cut);
        shifts.len() == columns.len() && before_cuts.into_iter().all(kept) && self.allow_providers(columns)
    }

    fn allow_providers(&self, columns: &[&Column]) -> bool {
        let visited: BTreeSet<KindId> = columns.iter().flat_map(|column| column.kinds.iter().copied()).collect();
        self.open_clients.iter().all(|client| {
            let kinds = client.kinds.iter().filter(|kind| visited.contains(kind));
            let providers: BTreeSet<_> = kinds.map(|kind| self.kinds[*kind as usize].provider).collect();
            providers.len() <= 1
        })
    }
}
