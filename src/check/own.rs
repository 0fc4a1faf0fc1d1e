//! The rules that a grant's own visits keep together: hours, split, number and days apart (H2, H3).

use super::facts::Facts;
use super::finding::{Fault, Findings};
use super::roster::{Listed, Roster, asked, grant, total_minutes};
use super::visit::{at_most, minutes};
use crate::diagnostic::Text;
use crate::ids::GrantId;

/// Asks them of every grant with visits.
pub(super) fn grants(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    for (grant, mut visits) in roster.by(grant) {
        visits.sort_by_key(|listed| listed.visit.span.start);
        for (answers, together) in asked(&visits) {
            for fault in [hours(facts, grant, &together), number(facts, grant, &together)].into_iter().flatten() {
                findings.visit(answers, fault);
            }
        }
        split(facts, grant, &visits, findings);
        days_apart(facts, grant, &visits, findings);
    }
}

/// H2: the minutes add up to at most the grant's.
fn hours(facts: &Facts, grant: GrantId, visits: &[&Listed]) -> Option<Fault> {
    let (total, most) = (total_minutes(visits), facts.grants[grant].minutes);
    (total > most).then(|| Fault::new("H2", at_most(most), minutes(total)))
}

/// H3: there are at most so many visits.
fn number(facts: &Facts, grant: GrantId, visits: &[&Listed]) -> Option<Fault> {
    let (count, most) = (visits.len(), facts.grants[grant].max_visits);
    let expected = || Text::new(format!("højst {most} besøg i ugen"), format!("at most {most} visits in the week"));
    let got = || Text::new(format!("{count} besøg"), format!("{count} visits"));
    (count > most as usize).then(|| Fault::new("H3", expected(), got()))
}

/// H2: with a split, the lengths are a sub-list of it. The pins take theirs first.
fn split(facts: &Facts, grant: GrantId, visits: &[&Listed], findings: &mut Findings) {
    let Some(split) = &facts.problem.grants[grant].split else { return };
    let mut left = split.clone();
    let pins_first = [true, false].map(|pinned| visits.iter().filter(move |listed| listed.pinned == pinned));
    for listed in pins_first.into_iter().flatten() {
        let length = listed.visit.span.length();
        if let Some(taken) = left.iter().position(|of_split| *of_split == length) {
            left.remove(taken);
            continue;
        }
        let lengths = split.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        let expected = Text::new(format!("delt som {lengths}"), format!("split as {lengths}"));
        findings.visit(listed, Fault::new("H2", expected, minutes(length)));
    }
}

fn days(count: u32) -> Text {
    match count {
        1 => Text::new("1 dag", "1 day"),
        _ => Text::new(format!("{count} dage"), format!("{count} days")),
    }
}

/// H3: any two visits are days apart. The visits come in order, so that neighbours tell.
fn days_apart(facts: &Facts, grant: GrantId, visits: &[&Listed], findings: &mut Findings) {
    let least = facts.problem.standard(grant).min_days_between;
    let pins: Vec<&Listed> = visits.iter().copied().filter(|listed| listed.pinned).collect();
    let between_pins = pins.windows(2);
    let with_free = visits.windows(2).filter(|pair| !(pair[0].pinned && pair[1].pinned));
    for pair in between_pins.chain(with_free) {
        let apart = u32::from(pair[1].day.0.abs_diff(pair[0].day.0));
        if apart < least {
            let (far, near) = (days(least), days(apart));
            let expected = Text::new(
                format!("mindst {} mellem besøgene", far.danish),
                format!("visits at least {} apart", far.english),
            );
            findings.visit(if pair[1].pinned { pair[0] } else { pair[1] }, Fault::new("H3", expected, near));
        }
    }
}
