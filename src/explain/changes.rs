//! What two rosters of a week do differently, grant by grant.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::GrantId;
use crate::problem::Visit;
use crate::units::Minutes;

/// A grant whose visits differ: those that are gone and those that are new, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub grant: GrantId,
    pub before: Vec<Visit>,
    pub after: Vec<Visit>,
}

impl Change {
    /// Minutes that the grant gets more; less than zero where it loses some.
    pub fn gained(&self) -> Minutes {
        let total = |visits: &[Visit]| visits.iter().map(|visit| visit.span.length()).sum::<Minutes>();
        total(&self.after) - total(&self.before)
    }
}

/// The grants whose visits differ, in order; a visit that stands in both is no change.
pub fn changes(before: &[Visit], after: &[Visit]) -> Vec<Change> {
    let sets = [before, after].map(|visits| visits.iter().copied().collect::<BTreeSet<Visit>>());
    let mut found: BTreeMap<GrantId, Change> = BTreeMap::new();
    let mut change = |visit: &Visit, into: fn(&mut Change) -> &mut Vec<Visit>| {
        let none = Change { grant: visit.grant, before: Vec::new(), after: Vec::new() };
        into(found.entry(visit.grant).or_insert(none)).push(*visit);
    };
    sets[0].difference(&sets[1]).for_each(|visit| change(visit, |change| &mut change.before));
    sets[1].difference(&sets[0]).for_each(|visit| change(visit, |change| &mut change.after));
    found.into_values().collect()
}

/// How many visits some changes are: a visit that goes and one that comes in its place are one.
pub fn changed_visits<'a>(changes: impl IntoIterator<Item = &'a Change>) -> usize {
    changes.into_iter().map(|change| change.before.len().max(change.after.len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CarerId;
    use crate::units::{Moment, Span};

    fn visit(grant: u32, carer: u32, start: i32, length: i32) -> Visit {
        let span = Span::new(Moment(start), Moment(start + length));
        Visit { grant: GrantId(grant), carer: CarerId(carer), span }
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let (kept, gone, moved, new) =
            (visit(0, 0, 0, 60), visit(1, 0, 90, 60), visit(2, 1, 0, 90), visit(2, 1, 30, 60));
        let found = changes(&[kept, gone, moved], &[kept, new]);
        let expected = [
            Change { grant: GrantId(1), before: vec![gone], after: vec![] },
            Change { grant: GrantId(2), before: vec![moved], after: vec![new] },
        ];
        assert_eq!(found, expected);
        assert_eq!(found.iter().map(Change::gained).collect::<Vec<_>>(), [Minutes(-60), Minutes(-30)]);
    }
}
