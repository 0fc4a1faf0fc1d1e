//! The verdict on every undelivered minute.
//!
//! A grant that gets less than is due could get certain totals of minutes instead. Each of these totals is forced into
//! the week once ([`Subject::force`]), and the minutes up to it have the kindest verdict of all totals that reach them:
//!
//! 1. *impossible alone*: no plan delivers the total, even with nobody else in the week;
//! 2. *impossible together*: every plan that delivers it takes minutes from the grants of greater weight, taken together;
//! 3. *traded off*: it fits, and any plan with it has more points;
//! 4. *at no cost*: it fits, and the plan would be as good or better: the roster is not the best one;
//! 5. *not proven*: the time ran out before it was known. A plan with it may have been found all the same.

use std::collections::BTreeMap;

use super::changes::{Change, changes};
use super::clock::{Clock, Turn};
use super::force::{Demand, Forced, missing_of};
use super::narrow;
use super::obstacles::{Obstacle, obstacles};
use super::subject::Subject;
use crate::check::Report;
use crate::ids::GrantId;
use crate::plan::{Plan, Terms};
use crate::rules::GrantState;
use crate::solve;
use crate::units::{Minutes, Points};

/// What is known of some undelivered minutes, the kindest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    AtNoCost,
    TradedOff,
    NotProven,
    ImpossibleTogether,
    ImpossibleAlone,
}

impl Verdict {
    /// The code that `unmet.csv` and `explain.json` use.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::AtNoCost => "at_no_cost",
            Verdict::TradedOff => "traded_off",
            Verdict::NotProven => "not_proven",
            Verdict::ImpossibleTogether => "impossible_together",
            Verdict::ImpossibleAlone => "impossible_alone",
        }
    }
}

/// What it takes to give a grant exactly so many minutes.
#[derive(Clone, Debug)]
pub struct Level {
    /// The week's total, pins included.
    pub minutes: Minutes,
    pub verdict: Verdict,
    /// The plan found that delivers it, if there is one.
    pub found: Option<Instead>,
    /// A plan that delivers it with far fewer changes, for more points; looked for where the one that is told changes much.
    pub gentle: Option<Instead>,
    /// No plan that delivers it has fewer points more than the roster; `None` where nothing was proven.
    pub price_at_least: Option<Points>,
    /// Every plan that delivers it takes so many minutes from the grants of greater weight.
    pub takes_at_least: Option<Minutes>,
}

impl Level {
    /// The level and the plan that was found, if there is one.
    pub fn with_plan(&self) -> Option<(&Level, &Instead)> {
        Some((self, self.found.as_ref()?))
    }
}

/// Another plan, against the roster.
#[derive(Clone, Debug)]
pub struct Instead {
    /// How many points more it has.
    pub price: Points,
    /// Whether no plan of its kind has fewer points.
    pub is_proven: bool,
    /// The points by term.
    pub terms: Terms,
    pub changes: Vec<Change>,
}

/// Undelivered minutes of one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub minutes: Minutes,
    pub verdict: Verdict,
}

/// All that is known of why a grant does not get more.
#[derive(Clone, Debug)]
pub struct GrantVerdict {
    pub grant: GrantId,
    pub state: GrantState,
    pub due: Minutes,
    pub delivered: Minutes,
    /// No plan delivers more, even with nobody else in the week.
    pub possible_alone: Minutes,
    /// What the rules take away of the carers' time.
    pub obstacles: Vec<Obstacle>,
    /// The totals that were asked for, ascending.
    pub levels: Vec<Level>,
    /// The undelivered minutes, first those that are easiest to deliver.
    pub parts: Vec<Part>,
}

impl GrantVerdict {
    /// The verdict on the undelivered minutes that are easiest to deliver; `None` where nothing is missing.
    pub fn first(&self) -> Option<Verdict> {
        self.parts.first().map(|part| part.verdict)
    }

    /// Undelivered minutes of a verdict.
    pub fn minutes_of(&self, verdict: Verdict) -> Minutes {
        self.parts.iter().filter(|part| part.verdict == verdict).map(|part| part.minutes).sum()
    }

    /// The cheapest total that is more than what is delivered and fits.
    pub fn cheapest(&self) -> Option<(&Level, &Instead)> {
        let such = self.levels.iter().filter(|level| level.verdict <= Verdict::TradedOff);
        such.filter_map(Level::with_plan).min_by_key(|(_, found)| found.price)
    }

    /// The total that is told where minutes of a verdict are: the cheapest of which a plan was found, but of those that
    /// take from others the least.
    pub fn told(&self, verdict: Verdict) -> Option<&Level> {
        self.told_at(verdict).map(|at| &self.levels[at])
    }

    fn told_at(&self, verdict: Verdict) -> Option<usize> {
        let mut such = self.levels.iter().enumerate().filter(|(_, level)| level.verdict == verdict);
        let told = match verdict {
            Verdict::ImpossibleTogether => such.next(),
            _ => such
                .filter(|(_, level)| level.found.is_some())
                .min_by_key(|(_, level)| level.found.as_ref().map(|found| found.price)),
        };
        told.map(|(at, _)| at)
    }
}

/// Of the time the forced plannings may take so much; the rest is for who would lose by them.
const FORCING_SHARE: f64 = 0.65;

/// Of that rest who would lose may take so much; what is left is for plans with fewer changes.
const LOSING_SHARE: f64 = 0.7;

/// The verdicts on all grants that are delivered less than is due, in their order.
pub fn verdicts(subject: &Subject, clock: Clock) -> Vec<GrantVerdict> {
    let grants = subject.undelivered();
    let alone = possible_alone(subject, &grants, clock.part(FORCING_SHARE / 2.0));
    let demands: Vec<Demand> = grants.iter().flat_map(|grant| demands(subject, *grant, alone[grant])).collect();
    let force = |demand: &Demand, turn: &Turn| {
        let forced = subject.force(*demand, turn);
        let weightier = weightier(subject, demand.grant);
        let met = forced.met.map(|met| subject.put_back(met, (demand.grant, &weightier)));
        Forced { met, ..forced }
    };
    let forced = clock.part(FORCING_SHARE).ask_all(&demands, force);
    let asked: Vec<(Demand, Forced)> = demands.into_iter().zip(forced).collect();
    let losing = clock.part(LOSING_SHARE);
    let levels = losing.ask_all(&asked, |(demand, forced), turn| level(subject, (*demand, forced), turn));
    let mut by_grant: BTreeMap<GrantId, Vec<Level>> = BTreeMap::new();
    for ((demand, _), level) in asked.iter().zip(levels) {
        by_grant.entry(demand.grant).or_default().push(level);
    }
    let levels = |grant: &GrantId| by_grant.remove(grant).unwrap_or_default();
    let levels: Vec<Vec<Level>> = grants.iter().map(levels).collect();
    let verdicts = grants.iter().zip(levels).map(|(grant, levels)| verdict(subject, *grant, (alone[grant], levels)));
    with_gentler_plans(subject, verdicts.collect(), clock)
}

/// The verdicts with plans that change far less, where the plan that is told changes much and there are such.
fn with_gentler_plans(subject: &Subject, mut verdicts: Vec<GrantVerdict>, clock: Clock) -> Vec<GrantVerdict> {
    let told = |(at, verdict): (usize, &GrantVerdict)| -> Vec<(usize, usize)> {
        let levels = verdict.parts.iter().filter_map(|part| verdict.told_at(part.verdict));
        levels.map(|level| (at, level)).collect()
    };
    let told: Vec<(usize, usize)> = verdicts.iter().enumerate().flat_map(told).collect();
    let plans = clock.ask_all(&told, |(at, level), turn| {
        let (verdict, level) = (&verdicts[*at], &verdicts[*at].levels[*level]);
        let demand = Demand { grant: verdict.grant, minutes: level.minutes };
        let found = level.found.as_ref()?;
        subject.gentler((demand, &weightier(subject, verdict.grant)), &found.changes, turn)
    });
    for ((at, level), plan) in told.into_iter().zip(plans) {
        verdicts[at].levels[level].gentle = plan.map(|plan| instead(subject, &plan, false));
    }
    verdicts
}

/// For each grant the most minutes that could be delivered to it with nobody else in the week, pins included.
///
/// Two means that share little: what fits into shifts one by one, and a whole planning of the grant alone. The lesser
/// counts; a planning that was cut short gives what it has proven.
pub(super) fn possible_alone(subject: &Subject, grants: &[GrantId], clock: Clock) -> BTreeMap<GrantId, Minutes> {
    let fitting = solve::possible_alone(&subject.problem, &subject.book, grants);
    let planned = clock.ask_all(grants, |grant, turn| subject.most_alone(*grant, turn));
    let least = |(grant, planned): (&GrantId, Option<Minutes>)| {
        let fits = subject.book.grants[*grant].pinned_minutes() + fitting[grant];
        (*grant, planned.map_or(fits, |planned| planned.min(fits)))
    };
    grants.iter().zip(planned).map(least).collect()
}

/// The totals of a grant that are more than it gets and no more than it could get alone. Where the patterns of its
/// lengths are too many to list, what it could get alone is asked for and nothing between.
fn demands(subject: &Subject, grant: GrantId, alone: Minutes) -> Vec<Demand> {
    let delivered = subject.report.grants[grant].delivered;
    let rules = &subject.book.grants[grant];
    let totals = if rules.lengths.patterns.is_some() { narrow::totals(rules) } else { vec![alone] };
    let totals = totals.into_iter();
    totals.filter(|total| delivered < *total && *total <= alone).map(|minutes| Demand { grant, minutes }).collect()
}

/// The grants of the same group whose minutes count more.
fn weightier(subject: &Subject, grant: GrantId) -> Vec<GrantId> {
    let weight = |grant: GrantId| subject.book.grants[grant].unmet_weight;
    subject.company(grant).iter().copied().filter(|other| weight(*other) > weight(grant)).collect()
}

fn level(subject: &Subject, (demand, forced): (Demand, &Forced), turn: &Turn) -> Level {
    let level = Level {
        minutes: demand.minutes,
        verdict: Verdict::NotProven,
        found: forced.met.as_ref().map(|met| instead(subject, met, forced.is_proven())),
        gentle: None,
        price_at_least: forced.at_least.map(|points| points - subject.score()),
        takes_at_least: None,
    };
    let Some((_, report)) = &forced.met else {
        let is_impossible = forced.is_impossible && subject.book.grants[demand.grant].lengths.patterns.is_some();
        let verdict = if is_impossible { Verdict::ImpossibleAlone } else { Verdict::NotProven };
        return Level { verdict, ..level };
    };
    let weightier = weightier(subject, demand.grant);
    let before = missing_of(&subject.report, &weightier);
    if missing_of(report, &weightier) <= before {
        return Level { verdict: fitting(&level), ..level };
    }
    let squeezed = subject.squeeze(demand, &weightier, turn);
    let takes_at_least = squeezed.at_least.map(|least| least - before).filter(|taken| *taken > Minutes(0));
    let verdict = match squeezed.found {
        _ if takes_at_least.is_some() => Verdict::ImpossibleTogether,
        Some(missing) if missing <= before => fitting(&level),
        _ => Verdict::NotProven,
    };
    Level { verdict, takes_at_least, ..level }
}

/// The verdict on a total that a plan delivers without taking from those of greater weight. That it costs anything is
/// said only where it is proven.
fn fitting(level: &Level) -> Verdict {
    if level.found.as_ref().is_some_and(|found| found.price <= Points(0)) {
        Verdict::AtNoCost
    } else if level.price_at_least > Some(Points(0)) {
        Verdict::TradedOff
    } else {
        Verdict::NotProven
    }
}

fn instead(subject: &Subject, (plan, report): &(Plan, Report), is_proven: bool) -> Instead {
    Instead {
        price: report.terms.score() - subject.score(),
        is_proven,
        terms: report.terms - subject.report.terms,
        changes: changes(subject.plan.visits(), plan.visits()),
    }
}

fn verdict(subject: &Subject, grant: GrantId, (possible_alone, levels): (Minutes, Vec<Level>)) -> GrantVerdict {
    let (report, rules) = (&subject.report.grants[grant], &subject.book.grants[grant]);
    // Every total that can be listed was asked for; what is beyond them, or beyond all that is possible, cannot be.
    let unasked = if rules.lengths.patterns.is_some() { report.delivered } else { possible_alone };
    GrantVerdict {
        grant,
        state: rules.state,
        due: report.due,
        delivered: report.delivered,
        possible_alone,
        obstacles: obstacles(&subject.problem, &subject.book, (grant, possible_alone)),
        parts: parts((report.delivered, report.due), unasked, &levels),
        levels,
    }
}

/// The minutes between two totals by verdict: that of the kindest level that reaches them. What no level reaches is
/// impossible alone, but for totals up to `unasked`, which nobody asked for.
fn parts((delivered, due): (Minutes, Minutes), unasked: Minutes, levels: &[Level]) -> Vec<Part> {
    let reaching = |minutes: Minutes| levels.iter().filter(move |level| level.minutes >= minutes);
    let mut ends: Vec<Minutes> = levels.iter().map(|level| level.minutes).chain([unasked, due]).collect();
    ends.iter_mut().for_each(|end| *end = (*end).clamp(delivered, due.max(delivered)));
    ends.sort_unstable();
    let mut parts: Vec<Part> = Vec::new();
    let mut from = delivered;
    for to in ends {
        let beyond = if to > unasked { Verdict::ImpossibleAlone } else { Verdict::NotProven };
        let verdict = reaching(to).map(|level| level.verdict).min().unwrap_or(beyond);
        match parts.last_mut() {
            Some(last) if last.verdict == verdict => last.minutes += to - from,
            _ if to > from => parts.push(Part { minutes: to - from, verdict }),
            _ => {}
        }
        from = to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(minutes: i32, verdict: Verdict) -> Level {
        Level {
            minutes: Minutes(minutes),
            verdict,
            found: None,
            gentle: None,
            price_at_least: None,
            takes_at_least: None,
        }
    }

    fn parts_of(delivered: i32, due: i32, levels: &[(i32, Verdict)]) -> Vec<(i32, Verdict)> {
        let levels: Vec<Level> = levels.iter().map(|(minutes, verdict)| level(*minutes, *verdict)).collect();
        let parts = parts((Minutes(delivered), Minutes(due)), Minutes(delivered), &levels);
        parts.iter().map(|part| (part.minutes.0, part.verdict)).collect()
    }

    #[test]
    fn minutes_have_the_kindest_verdict_that_reaches_them() {
        use Verdict::{ImpossibleAlone, ImpossibleTogether, TradedOff};
        let levels = [(60, ImpossibleTogether), (90, TradedOff), (120, ImpossibleTogether)];
        let expected = [(90, TradedOff), (30, ImpossibleTogether), (60, ImpossibleAlone)];
        assert_eq!(parts_of(0, 180, &levels), expected);
        assert_eq!(parts_of(60, 90, &[]), [(30, ImpossibleAlone)]);
    }

    #[test]
    fn totals_that_nobody_asked_for_are_not_called_impossible() {
        let parts = parts((Minutes(0), Minutes(200)), Minutes(150), &[]);
        let expected = [(150, Verdict::NotProven), (50, Verdict::ImpossibleAlone)];
        assert_eq!(parts.iter().map(|part| (part.minutes.0, part.verdict)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_split_beyond_what_is_due_adds_no_minutes() {
        use Verdict::TradedOff;
        assert_eq!(parts_of(60, 90, &[(120, TradedOff)]), [(30, TradedOff)]);
        assert_eq!(parts_of(90, 90, &[(120, TradedOff)]), []);
    }
}
