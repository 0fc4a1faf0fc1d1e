//! The book of rules narrowed to a question: some grants alone, or a grant with exactly so many minutes.
//!
//! Every visit that a narrowed book allows is one that the whole book allows, so whatever is found with it keeps the
//! rules; only what a minute counts may differ.

use crate::ids::GrantId;
use crate::rules::{GrantRules, Lengths, Rulebook};
use crate::units::{Minutes, Points};

/// The book in which no other grants than these get visits beside their pins.
pub(super) fn only(book: &Rulebook, grants: &[GrantId]) -> Rulebook {
    let mut book = book.clone();
    let others: Vec<GrantId> = book.grants.ids().filter(|grant| !grants.contains(grant)).collect();
    for grant in others {
        book.grants[grant].lengths = Lengths::default();
    }
    book
}

/// The totals in minutes, pins included, that a grant's listed patterns of lengths add up to, ascending.
pub(super) fn totals(rules: &GrantRules) -> Vec<Minutes> {
    let pinned = rules.pinned_minutes();
    let patterns = rules.lengths.patterns.iter().flatten();
    let mut totals: Vec<Minutes> = patterns.map(|pattern| pinned + pattern.minutes()).collect();
    totals.sort_unstable();
    totals.dedup();
    totals
}

/// Leaves a grant no other patterns of lengths than those that make the week's total exactly so many minutes.
pub(super) fn exactly(rules: &mut GrantRules, minutes: Minutes) {
    let wanted = minutes - rules.pinned_minutes();
    let lengths = &mut rules.lengths;
    let Some(patterns) = &mut lengths.patterns else {
        lengths.minutes = lengths.minutes.min(wanted);
        return;
    };
    patterns.retain(|pattern| pattern.minutes() == wanted);
    lengths.each.retain(|length| patterns.iter().any(|pattern| pattern.count(*length) > 0));
    let most = patterns.iter().map(|pattern| pattern.lengths.len()).max().unwrap_or(0);
    lengths.visits = u32::try_from(most).unwrap_or(u32::MAX);
}

/// Adds to what a minute of a grant counts; gives what was added.
pub(super) fn favour(rules: &mut GrantRules, points: Points) {
    rules.unmet_weight += points;
}
