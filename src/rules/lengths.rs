//! How long a grant's visits may be, and which lengths may go together (H2, H3).

use super::GrantRules;
use crate::ids::GrantId;
use crate::policy::MunicipalityPolicy;
use crate::problem::{Grant, Problem};
use crate::units::Minutes;

/// A set of lengths that a grant's new visits may have in one week.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// Descending; at least one.
    pub lengths: Vec<Minutes>,
}

impl Pattern {
    pub fn minutes(&self) -> Minutes {
        self.lengths.iter().copied().sum()
    }

    /// How many of its visits have this length.
    pub fn count(&self, length: Minutes) -> usize {
        self.lengths.iter().filter(|l| **l == length).count()
    }
}

/// The shortest visit that a grant can have, before pins (model, section 5, `paused`).
pub(super) fn shortest(grant: &Grant, standard: &MunicipalityPolicy, minutes: Minutes) -> Minutes {
    match &grant.split {
        Some(split) => split.iter().copied().min().unwrap_or_default(),
        None => minutes.min(shortest_step(standard)),
    }
}

/// The least multiple of the step that is no shorter than the minimum.
fn shortest_step(standard: &MunicipalityPolicy) -> Minutes {
    let (least, step) = (standard.visit_minutes_min.0, standard.visit_minutes_step.0);
    Minutes((least + step - 1) / step * step)
}

/// What new visits of a grant may be together, beside its pins.
#[derive(Clone, Debug, Default)]
pub struct Lengths {
    /// The lengths that a new visit may have, ascending.
    pub each: Vec<Minutes>,
    /// At most so many new visits: what `max_visits` leaves, or fewer where the minutes do not suffice for it.
    pub visits: u32,
    /// At most so many new minutes.
    pub minutes: Minutes,
    /// All sets of lengths that may go together, in a fixed order. `None` where they are too many to list (short
    /// steps, many visits, no split): then every set within `visits` and `minutes` may.
    pub patterns: Option<Vec<Pattern>>,
}

impl Lengths {
    /// The most minutes that new visits may have together.
    pub fn most(&self) -> Minutes {
        match &self.patterns {
            Some(patterns) => patterns.iter().map(Pattern::minutes).max().unwrap_or_default(),
            None => self.minutes,
        }
    }
}

/// More patterns of free lengths than this are not listed.
const PATTERNS_MAX: usize = 1_500;

/// The lengths of new visits beside the pins, none longer than `longest`.
pub(super) fn beside_pins(problem: &Problem, grant: GrantId, rules: &GrantRules, longest: Minutes) -> Lengths {
    let pinned = u32::try_from(rules.pins.len()).unwrap_or(u32::MAX);
    let visits = rules.max_visits.saturating_sub(pinned).min(7);
    let minutes = rules.minutes - rules.pinned_minutes();
    let mut pool = pool(problem, grant, rules);
    pool.retain(|s| s.length > Minutes(0) && s.length <= longest.min(minutes));
    if visits == 0 || pool.is_empty() {
        return Lengths::default();
    }
    let each = pool.iter().rev().map(|s| s.length).collect();
    // Totals can stand in for the patterns of free lengths, not for those of a split, which has each length so often.
    let most = if problem.grants[grant].split.is_some() { usize::MAX } else { PATTERNS_MAX };
    let mut found = Found { patterns: Vec::new(), most };
    found.extend(&pool, (visits, minutes), &mut Vec::new());
    let mut found = found.patterns;
    found.sort_unstable();
    let patterns = (found.len() <= most).then_some(found);
    let most = patterns.iter().flatten().map(|p| p.lengths.len()).max();
    let visits = most.map_or(visits, |most| u32::try_from(most).unwrap_or(visits));
    Lengths { each, visits, minutes, patterns }
}

/// A length and how often a pattern may hold it.
struct Supply {
    length: Minutes,
    times: u32,
}

/// The lengths to choose from, descending: the split's that no pin has used, else multiples of the step and the
/// whole grant in one go.
fn pool(problem: &Problem, grant: GrantId, rules: &GrantRules) -> Vec<Supply> {
    let standard = problem.standard(grant);
    let mut lengths: Vec<Minutes> = match &problem.grants[grant].split {
        Some(split) => left_of_split(split, rules),
        None => {
            let (from, step) = (shortest_step(standard).0, standard.visit_minutes_step.0);
            let whole = rules.pins.is_empty().then_some(rules.minutes);
            let stepped = (0..).map(|n| Minutes(from + n * step)).take_while(|l| *l <= rules.minutes);
            let stepped: Vec<Minutes> = stepped.collect();
            let whole = whole.filter(|w| !stepped.contains(w));
            let often = |l: &Minutes| vec![*l; usize::try_from(rules.minutes.0 / l.0.max(1)).unwrap_or(0).min(7)];
            stepped.iter().flat_map(often).chain(whole).collect()
        }
    };
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let runs = lengths.chunk_by(|a, b| a == b);
    runs.map(|run| Supply { length: run[0], times: u32::try_from(run.len()).unwrap_or(u32::MAX) }).collect()
}

/// The split without the lengths of pinned visits (H2: "pins first").
fn left_of_split(split: &[Minutes], rules: &GrantRules) -> Vec<Minutes> {
    let mut left = split.to_vec();
    for pin in &rules.pins {
        if let Some(used) = left.iter().position(|l| *l == pin.span.length()) {
            left.remove(used);
        }
    }
    left
}

/// Patterns on their way to being listed.
struct Found {
    patterns: Vec<Pattern>,
    /// More than this are not needed.
    most: usize,
}

impl Found {
    /// Adds every pattern that starts with `chosen` and goes on with lengths of `pool`.
    fn extend(&mut self, pool: &[Supply], left: (u32, Minutes), chosen: &mut Vec<Minutes>) {
        let (visits, minutes) = left;
        for (at, supply) in pool.iter().enumerate() {
            if visits == 0 || supply.length > minutes || self.patterns.len() > self.most {
                continue;
            }
            chosen.push(supply.length);
            self.patterns.push(Pattern { lengths: chosen.clone() });
            let mut rest: Vec<Supply> =
                pool[at..].iter().map(|s| Supply { length: s.length, times: s.times }).collect();
            rest[0].times -= 1;
            rest.retain(|s| s.times > 0);
            self.extend(&rest, (visits - 1, minutes - supply.length), chosen);
            chosen.pop();
        }
    }
}
