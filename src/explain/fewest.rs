//! Another plan with no more changes than it needs.
//!
//! A plan that is searched anew differs from the roster in much that has nothing to do with the question: visits change
//! places at no cost, and where the search was cut short, at some. What can be put back without more points, and without
//! taking from the grants of greater weight, is put back: first all changes that hang together, then each with those that
//! stand in its way. So fewer families hear of a change, and a plan that was not searched to the end gets better.
//!
//! Much may be left all the same: the last points are often saved by moving many. Then the demand is forced once more at a
//! price for each change, and that plan is told as well if it changes far less.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Change, changed_visits, changes};
use super::clock::Turn;
use super::force::{Demand, missing_of};
use super::subject::Subject;
use crate::check::{Report, check_plan};
use crate::ids::{CarerId, GrantId};
use crate::plan::Plan;
use crate::problem::Visit;
use crate::units::{Day, Minutes, Span};

/// A plan as it stands while changes are put back.
struct Draft<'a> {
    subject: &'a Subject,
    /// The grants of greater weight, which lose nothing by what is put back.
    weightier: &'a [GrantId],
    plan: Plan,
    report: Report,
}

impl Subject {
    /// The plan with as many of its changes put back as can be, but for those of one grant.
    pub(super) fn put_back(
        &self,
        (plan, report): (Plan, Report),
        (grant, weightier): (GrantId, &[GrantId]),
    ) -> (Plan, Report) {
        let mut draft = Draft { subject: self, weightier, plan, report };
        for together in hanging_together(&draft.changes()) {
            if together.iter().all(|change| change.grant != grant) {
                draft.put_back(&together);
            }
        }
        while draft.put_each_back(grant) {}
        (draft.plan, draft.report)
    }

    /// A plan that meets a demand with far fewer changes than these, for more points, and takes no more from the grants of
    /// greater weight; nothing where they are few or none was found.
    pub(super) fn gentler(
        &self,
        (demand, weightier): (Demand, &[GrantId]),
        known: &[Change],
        turn: &Turn,
    ) -> Option<(Plan, Report)> {
        let count = |changes: &[Change]| changed_visits(changes.iter().filter(|change| change.grant != demand.grant));
        if count(known) <= FEW {
            return None;
        }
        let report = check_plan(&self.problem, &self.changed(known));
        let found = self.put_back(self.force_gently(demand, turn)?, (demand.grant, weightier));
        let is_gentler = count(&changes(self.plan.visits(), found.0.visits())) * FAR_FEWER <= count(known);
        (is_gentler && missing_of(&found.1, weightier) <= missing_of(&report, weightier)).then_some(found)
    }

    /// The roster with some changes.
    fn changed(&self, changes: &[Change]) -> Plan {
        let gone: BTreeSet<Visit> = changes.iter().flat_map(|change| change.before.iter().copied()).collect();
        let kept = self.plan.visits().iter().copied().filter(|visit| !gone.contains(visit));
        let new = changes.iter().flat_map(|change| change.after.iter().copied());
        Plan::of_roster(&kept.chain(new).collect::<Vec<Visit>>())
    }
}

/// A plan that changes no more visits of others than these needs no gentler one.
const FEW: usize = 4;

/// A gentler plan changes so many times fewer.
const FAR_FEWER: usize = 2;

/// Whether a plan that keeps the rules has no more points than another and takes no more from the grants of greater weight.
fn is_as_good(report: &Report, than: &Report, weightier: &[GrantId]) -> bool {
    let worth = |report: &Report| (report.terms.score(), missing_of(report, weightier));
    let (one, other) = (worth(report), worth(than));
    report.is_kept() && one.0 <= other.0 && one.1 <= other.1
}

/// How far from a visit another may lie and still stand in its way, for the time between them: tried in this order.
const MARGINS: [Minutes; 3] = [Minutes(0), Minutes(30), Minutes(60)];

impl Draft<'_> {
    fn changes(&self) -> Vec<Change> {
        changes(self.subject.plan.visits(), self.plan.visits())
    }

    /// Puts each change back with those that stand in its way, where that can be done; whether it could anywhere.
    fn put_each_back(&mut self, grant: GrantId) -> bool {
        let mut any = false;
        for first in self.changes() {
            let all = self.changes();
            any |= all.contains(&first)
                && MARGINS.into_iter().any(|margin| {
                    let chain = chain(&first, &all, margin);
                    chain.iter().all(|change| change.grant != grant) && self.put_back(&chain)
                });
        }
        any
    }

    /// Puts some changes back, if the plan keeps the rules and is as good.
    fn put_back(&mut self, some: &[Change]) -> bool {
        let new: BTreeSet<Visit> = some.iter().flat_map(|change| change.after.iter().copied()).collect();
        let kept = self.plan.visits().iter().copied().filter(|visit| !new.contains(visit));
        let old = some.iter().flat_map(|change| change.before.iter().copied());
        let plan = Plan::of_roster(&kept.chain(old).collect::<Vec<Visit>>());
        let report = check_plan(&self.subject.problem, &plan);
        let is_as_good = is_as_good(&report, &self.report, self.weightier);
        if is_as_good {
            (self.plan, self.report) = (plan, report);
        }
        is_as_good
    }
}

/// Changes in parcels: those that share a carer on a day belong together.
fn hanging_together(all: &[Change]) -> Vec<Vec<Change>> {
    let days = |change: &Change| -> BTreeSet<(CarerId, Option<Day>)> {
        change.before.iter().chain(&change.after).map(|visit| (visit.carer, visit.span.start.day())).collect()
    };
    // The parcel of each change; parcels that meet on a day take the lesser number.
    let mut parcels: Vec<usize> = (0..all.len()).collect();
    let mut on_day: BTreeMap<(CarerId, Option<Day>), usize> = BTreeMap::new();
    for (at, change) in all.iter().enumerate() {
        for day in days(change) {
            let first = *on_day.entry(day).or_insert(at);
            let (one, other) = (parcels[first], parcels[at]);
            parcels.iter_mut().filter(|parcel| **parcel == one.max(other)).for_each(|parcel| *parcel = one.min(other));
        }
    }
    let mut found: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
    all.iter().zip(parcels).for_each(|(change, parcel)| found.entry(parcel).or_default().push(change.clone()));
    found.into_values().collect()
}

/// A change and those whose new visits stand where its old ones were, and those whose new visits stand where theirs were,
/// and so on.
fn chain(first: &Change, all: &[Change], margin: Minutes) -> Vec<Change> {
    let is_near = |one: &Visit, other: &Visit| {
        let wide = Span::new(one.span.start - margin, one.span.end + margin);
        one.carer == other.carer && wide.overlaps(other.span)
    };
    let in_way = |change: &Change, of: &Change| {
        of.before.iter().any(|before| change.after.iter().any(|after| is_near(before, after)))
    };
    let mut chain = vec![first.clone()];
    let mut at = 0;
    while let Some(change) = chain.get(at).cloned() {
        let more = all.iter().filter(|other| !chain.contains(other) && in_way(other, &change));
        let more: Vec<Change> = more.cloned().collect();
        chain.extend(more);
        at += 1;
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Moment;

    fn change(grant: u32, days: &[(u32, i32)]) -> Change {
        let visit = |(carer, day): &(u32, i32)| {
            let start = Moment(day * 1440 + 600);
            Visit { grant: GrantId(grant), carer: CarerId(*carer), span: Span::new(start, start + Minutes(60)) }
        };
        Change { grant: GrantId(grant), before: Vec::new(), after: days.iter().map(visit).collect() }
    }

    #[test]
    fn a_chain_has_all_that_stand_in_each_others_way() {
        let at = |carer: u32| change(9, &[(carer, 0)]).after;
        let moves = |grant, from, to| Change { grant: GrantId(grant), before: at(from), after: at(to) };
        let all = [moves(0, 1, 2), moves(1, 2, 3), moves(2, 3, 1), moves(3, 5, 6)];
        let grants: Vec<u32> = chain(&all[0], &all, Minutes(0)).iter().map(|change| change.grant.0).collect();
        assert_eq!(grants, [0, 2, 1]);
    }

    #[test]
    fn changes_that_share_a_carer_on_a_day_hang_together() {
        let all = [change(0, &[(1, 0)]), change(1, &[(2, 0)]), change(2, &[(1, 1)]), change(3, &[(1, 0), (1, 1)])];
        let parcels = hanging_together(&all);
        let grants = |parcel: &Vec<Change>| parcel.iter().map(|change| change.grant.0).collect::<Vec<_>>();
        assert_eq!(parcels.iter().map(grants).collect::<Vec<_>>(), [vec![0, 2, 3], vec![1]]);
    }
}
