//! What the rows of a group of shifts count: its kinds of visits, and of each grant the patterns of lengths.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::shift::Shift;
use crate::ids::{CarerId, ClientId, GrantId, ProviderId, ShiftId};
use crate::plan::proof::VisitSet;
use crate::problem::Problem;
use crate::rules::{GrantRules, Rulebook};
use crate::units::{Day, Minutes};

/// A group of shifts.
pub(super) struct Group<'a> {
    pub problem: &'a Problem,
    pub book: &'a Rulebook,
    pub shifts: Vec<&'a Shift>,
    /// The kinds of visits of all its shifts, shift by shift.
    pub kinds: Vec<Kind>,
    pub of_shift: Vec<Range<usize>>,
    pub of_grant: BTreeMap<GrantId, Vec<usize>>,
    /// Grants that can have several new visits.
    pub several: BTreeMap<GrantId, Several>,
    /// All patterns of all these grants.
    pub patterns: Vec<Pattern>,
}

/// A new visit by what rows and branches ask of it.
pub(super) struct Kind {
    pub shift: ShiftId,
    pub grant: GrantId,
    pub client: ClientId,
    pub carer: CarerId,
    pub provider: ProviderId,
    pub day: Day,
    pub length: Minutes,
}

impl Kind {
    pub fn is_in(&self, set: &VisitSet) -> bool {
        fn matches<T: PartialEq>(asked: Option<T>, is: &T) -> bool {
            asked.is_none_or(|asked| asked == *is)
        }
        matches(set.grant, &self.grant)
            && matches(set.client, &self.client)
            && matches(set.carer, &self.carer)
            && matches(set.provider, &self.provider)
            && matches(set.day, &self.day)
            && matches(set.shift, &self.shift)
            && matches(set.length, &self.length)
    }
}

/// A grant that can have several new visits.
pub(super) struct Several {
    /// Its patterns, by position: one of them is taken where the grant is visited, none where not.
    pub patterns: Range<usize>,
    /// At most so many further carers, and the points of each.
    pub further: (i64, i64),
}

/// The lengths that a grant's new visits have together, descending; `None` stands for any.
pub(super) type Pattern = Option<Vec<Minutes>>;

impl<'a> Group<'a> {
    pub fn new(problem: &'a Problem, book: &'a Rulebook, shifts: Vec<&'a Shift>) -> Self {
        let (mut kinds, mut of_shift) = (Vec::new(), Vec::new());
        for shift in &shifts {
            let first = kinds.len();
            kinds.extend(shift.kinds.iter().map(|kind| Kind {
                shift: shift.id,
                grant: kind.grant,
                client: problem.grants[kind.grant].client,
                carer: shift.carer,
                provider: problem.carers[shift.carer].provider,
                day: shift.day,
                length: Minutes(kind.length),
            }));
            of_shift.push(first..kinds.len());
        }
        let mut of_grant: BTreeMap<GrantId, Vec<usize>> = BTreeMap::new();
        for (at, kind) in kinds.iter().enumerate() {
            of_grant.entry(kind.grant).or_default().push(at);
        }
        let (several, patterns) = (BTreeMap::new(), Vec::new());
        let mut group = Group { problem, book, shifts, kinds, of_shift, of_grant, several, patterns };
        group.add_patterns();
        group
    }

    fn add_patterns(&mut self) {
        for (grant, kinds) in &self.of_grant {
            let rules = &self.book.grants[*grant];
            if rules.lengths.visits == 1 {
                continue;
            }
            let first = self.patterns.len();
            let there: BTreeSet<Minutes> = kinds.iter().map(|kind| self.kinds[*kind].length).collect();
            self.patterns.extend(patterns(rules, &there));
            let further = (i64::from(rules.lengths.visits), self.problem.policy.weights.extra_carer.0);
            self.several.insert(*grant, Several { patterns: first..self.patterns.len(), further });
        }
    }

    /// The kinds of a grant that match, by position.
    pub fn kinds_of(&self, grant: GrantId, matches: impl Fn(&Kind) -> bool) -> Vec<usize> {
        let kinds = self.of_grant.get(&grant).into_iter().flatten().copied();
        kinds.filter(|at| matches(&self.kinds[*at])).collect()
    }

    /// The kinds of any grant that match, by position.
    pub fn kinds_where(&self, matches: impl Fn(&Kind) -> bool) -> Vec<usize> {
        (0..self.kinds.len()).filter(|at| matches(&self.kinds[*at])).collect()
    }
}

/// The patterns that visits of these lengths can make (H2, H3); where they are too many to list, one for all.
fn patterns(rules: &GrantRules, there: &BTreeSet<Minutes>) -> Vec<Pattern> {
    let Some(listed) = &rules.lengths.patterns else { return vec![None] };
    let listed = listed.iter().map(|pattern| pattern.lengths.clone());
    listed.filter(|lengths| lengths.iter().all(|length| there.contains(length))).map(Some).collect()
}
