//! Differences in words that can be read to the family: what becomes of its visits, and why.
//!
//! A family hears nothing of other families; the carers' part is for the planner.

use std::collections::BTreeSet;

use serde::Serialize;

use super::json::VisitTold;
use crate::explain::difference::{Cause, Difference, GrantChange};
use crate::explain::words::{Layout, Voice, both, capital, families, spoken, visits, with_list};
use crate::language::Language;
use crate::problem::{Problem, Visit};
use crate::units::Minutes;
use crate::words::{sources, times};

/// All changes: first each family's, then each carer's.
pub fn difference(voice: Voice<'_>, difference: &Difference, language: Language) -> String {
    let mut lines = vec![head(difference, language)];
    for (client, changes) in &difference.clients {
        let said: Vec<String> = changes.iter().flat_map(|change| of_grant(voice, change, language)).collect();
        lines.push(with_list(&capital(&format!("{}:", voice.client(*client, language))), &said, Layout::Lines));
    }
    if !difference.carers.is_empty() {
        lines.push(language.pick("\nMedarbejderne:", "\nThe carers:").to_owned());
    }
    for (carer, change) in &difference.carers {
        let parts = [(&change.before, language.pick("væk", "gone")), (&change.after, language.pick("nyt", "new"))];
        let said = parts.into_iter().flat_map(|(visits, word)| {
            let mut visits = visits.clone();
            visits.sort_by_key(|visit| visit.span);
            visits.into_iter().map(move |visit| format!("{word}: {}", at_client(voice, visit, language)))
        });
        let who = capital(&format!("{}:", voice.carer_in_full(*carer, language)));
        lines.push(with_list(&who, &said.collect::<Vec<String>>(), Layout::Lines));
    }
    lines.join("\n")
}

fn head(difference: &Difference, language: Language) -> String {
    let (kept, clients) = (visits(difference.kept, language), families(difference.clients.len(), language));
    let is_one = difference.kept == 1;
    let unchanged = language.pick(
        format!("{kept} er {}", if is_one { "uændret" } else { "uændrede" }),
        format!("{kept} {} unchanged", if is_one { "is" } else { "are" }),
    );
    let [old, new] = difference.totals.map(|(count, minutes)| {
        let (count, time) = (visits(count, language), spoken(minutes, language));
        language.pick(format!("{count} på i alt {time}"), format!("{count} of {time} in all"))
    });
    let lost = match difference.lost_rows {
        0 => String::new(),
        lost => {
            let lost = visits(usize::try_from(lost).unwrap_or(usize::MAX), language);
            language.pick(
                format!(
                    " {lost} i den gamle plan hører til en bevilling eller medarbejder, som ugen ikke længere kender."
                ),
                format!(" {lost} of the old roster belong to a grant or carer that the week no longer knows."),
            )
        }
    };
    language.pick(
        format!("{unchanged}; noget ændrer sig for {clients}. Den gamle plan har {old}, den nye {new}.{lost}"),
        format!("{unchanged}; something changes for {clients}. The old roster has {old}, the new one {new}.{lost}"),
    )
}

fn at_client(voice: Voice<'_>, visit: Visit, language: Language) -> String {
    let (who, when) = (voice.grant(visit.grant, language), voice.time(visit.span, language));
    language.pick(format!("{when} hos {who}"), format!("{when} at {who}"))
}

/// A carer as a family hears of him or her: by name, without an id beside it.
fn to_family(voice: Voice<'_>, visit: Visit, language: Language) -> String {
    voice.carer_by_name(visit.carer, language)
}

/// `tir. 24.11. kl. 10.00–11.30 med Karen Lind`.
fn with_carer(voice: Voice<'_>, visit: Visit, language: Language) -> String {
    let (time, carer) = (voice.time(visit.span, language), to_family(voice, visit, language));
    language.pick(format!("{time} med {carer}"), format!("{time} with {carer}"))
}

/// A sentence for each visit that is gone, with what comes in its stead; then what is new, and what that makes in all.
fn of_grant(voice: Voice<'_>, change: &GrantChange, language: Language) -> Vec<String> {
    let (before, after) = (&change.change.before, &change.change.after);
    let mut said: Vec<String> = Vec::new();
    for (at, (visit, cause)) in before.iter().zip(&change.causes).enumerate() {
        said.push(of_visit(voice, (*visit, after.get(at).copied()), cause, language));
    }
    for visit in after.iter().skip(before.len()) {
        let (time, carer) = (voice.time(visit.span, language), to_family(voice, *visit, language));
        said.push(match change.is_new {
            true => {
                language.pick(format!("I får besøg {time} af {carer}."), format!("You have a visit {time} by {carer}."))
            }
            false => language.pick(
                format!("I får også besøg {time} af {carer}."),
                format!("You also have a visit {time} by {carer}."),
            ),
        });
    }
    let [old, new] = change.minutes.map(|minutes| spoken(minutes, language));
    if change.minutes[1] == Minutes(0) {
        said.push(language.pick(
            format!("I får ikke længere besøg i ugen; før var det {old}."),
            format!("You no longer have visits in the week; it was {old}."),
        ));
    } else if change.minutes[0] != change.minutes[1] && !change.is_new {
        said.push(language.pick(
            format!("I alt får I {new} i ugen; før var det {old}."),
            format!("In all you have {new} in the week; it was {old}."),
        ));
    }
    said
}

fn of_visit(voice: Voice<'_>, (old, new): (Visit, Option<Visit>), cause: &Cause, language: Language) -> String {
    let (was, because) = (with_carer(voice, old, language), because(voice, (old, cause), language));
    let Some(new) = new else {
        return language
            .pick(format!("Besøget {was} falder væk, {because}."), format!("The visit {was} is cancelled {because}."));
    };
    if new.span == old.span {
        let carer = to_family(voice, new, language);
        return language.pick(
            format!("Besøget {was} bliver på samme tid, men med {carer}, {because}."),
            format!("The visit {was} stays at its time, but with {carer}, {because}."),
        );
    }
    if new.carer == old.carer && new.span.start.day() == old.span.start.day() {
        let now = times(new.span, language);
        return language.pick(
            format!("Besøget {was} bliver i stedet kl. {now}, {because}."),
            format!("The visit {was} is now {now}, {because}."),
        );
    }
    let now = with_carer(voice, new, language);
    language.pick(
        format!("Besøget {was} flyttes til {now}, {because}."),
        format!("The visit {was} moves to {now}, {because}."),
    )
}

fn because(voice: Voice<'_>, (visit, cause): (Visit, &Cause), language: Language) -> String {
    let carer = to_family(voice, visit, language);
    match cause {
        Cause::CarerAway => language.pick(format!("fordi {carer} er fraværende"), format!("because {carer} is absent")),
        Cause::ClientAway => language.pick(
            "fordi borgeren ikke er hjemme på det tidspunkt".into(),
            "because the client is not at home at that time".into(),
        ),
        Cause::Times => language.pick(
            "fordi tidspunktet ikke længere passer med det, der er aftalt eller muligt".into(),
            "because the time no longer fits what is agreed or possible".into(),
        ),
        Cause::Rule(rule) => because_of_rule(rule, language),
        Cause::Fixed => language
            .pick("fordi planlæggeren har lagt et besøg fast".into(), "because the planner has fixed a visit".into()),
        Cause::FixedElsewhere => language.pick(
            format!("fordi {carer} har et fast besøg et andet sted"),
            format!("because {carer} has a fixed visit elsewhere"),
        ),
        Cause::Needed { is_new: true, .. } => language.pick(
            format!("fordi {carer} skal hjælpe en, der ikke havde besøg før"),
            format!("because {carer} has to help somebody who had no visit before"),
        ),
        Cause::Needed { .. } => language
            .pick(format!("fordi {carer} skal hjælpe et andet sted"), format!("because {carer} has to help elsewhere")),
        Cause::Whole => language.pick(
            "fordi ugen samlet går bedre op sådan".into(),
            "because the week as a whole works out better so".into(),
        ),
    }
}

/// The same with a small letter to begin with.
fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The rule in its own words; its code says nothing to a family.
fn because_of_rule(rule: &'static str, language: Language) -> String {
    let code = BTreeSet::from([sources::listed_under(rule)]);
    let words = sources::rules(&code).next().map(|rule| format!(" ({})", uncapital(rule.words(language))));
    let words = words.unwrap_or_default();
    language.pick(
        format!("fordi reglerne ikke længere tillader det{words}"),
        format!("because the rules no longer allow it{words}"),
    )
}

impl Cause {
    /// The code that JSON uses.
    fn code(&self) -> &'static str {
        match self {
            Cause::CarerAway => "carer_away",
            Cause::ClientAway => "client_away",
            Cause::Times => "times",
            Cause::Rule(_) => "rule",
            Cause::Fixed => "fixed",
            Cause::FixedElsewhere => "fixed_elsewhere",
            Cause::Needed { is_new: true, .. } => "needed_by_new",
            Cause::Needed { .. } => "needed_elsewhere",
            Cause::Whole => "whole",
        }
    }
}

/// A family's changes as JSON gives them.
#[derive(Debug, Serialize)]
pub struct FamilyTold {
    client_id: String,
    grants: Vec<GrantTold>,
}

#[derive(Debug, Serialize)]
struct GrantTold {
    grant_id: String,
    before: Vec<VisitTold>,
    after: Vec<VisitTold>,
    causes: Vec<&'static str>,
    text_da: String,
    text_en: String,
}

/// The changes of all families.
pub fn families_told(voice: Voice<'_>, problem: &Problem, difference: &Difference) -> Vec<FamilyTold> {
    let visits = |visits: &[Visit]| visits.iter().map(|visit| VisitTold::new(problem, *visit)).collect();
    let grant = |change: &GrantChange| {
        let text = both(|language| of_grant(voice, change, language).join(" "));
        GrantTold {
            grant_id: problem.grants[change.change.grant].id.clone(),
            before: visits(&change.change.before),
            after: visits(&change.change.after),
            causes: change.causes.iter().map(Cause::code).collect(),
            text_da: text.danish,
            text_en: text.english,
        }
    };
    let clients = difference.clients.iter();
    clients
        .map(|(client, changes)| FamilyTold {
            client_id: problem.clients[*client].id.clone(),
            grants: changes.iter().map(grant).collect(),
        })
        .collect()
}
