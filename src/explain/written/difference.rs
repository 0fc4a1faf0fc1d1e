//! Differences in words that can be read to the family: what becomes of its visits, and why.
//!
//! A family hears nothing of other families; the carers' part is for the planner.

use serde::Serialize;

use super::json::VisitTold;
use crate::explain::difference::{Cause, Difference, GrantChange};
use crate::explain::words::{Voice, both, families, visits};
use crate::language::Language;
use crate::problem::{Problem, Visit};

/// All changes: first each family's, then each carer's.
pub fn difference(voice: Voice<'_>, difference: &Difference, language: Language) -> String {
    let mut lines = vec![head(difference, language)];
    for (client, changes) in &difference.clients {
        lines.push(format!("{}:", voice.client(*client)));
        lines.extend(
            changes.iter().flat_map(|change| of_grant(voice, change, language)).map(|line| format!("  {line}")),
        );
    }
    if !difference.carers.is_empty() {
        lines.push(language.pick("Medarbejderne:", "The carers:").to_owned());
    }
    for (carer, change) in &difference.carers {
        let parts = [
            (&change.before, language.pick("ikke længere", "no longer")),
            (&change.after, language.pick("nyt", "new")),
        ];
        let told = parts.into_iter().filter(|(visits, _)| !visits.is_empty()).map(|(visits, word)| {
            let places: Vec<String> = visits.iter().map(|visit| at_client(voice, *visit, language)).collect();
            format!("{word}: {}", places.join(", "))
        });
        lines.push(format!("  {}: {}", voice.carer(*carer), told.collect::<Vec<String>>().join("; ")));
    }
    lines.join("\n")
}

fn head(difference: &Difference, language: Language) -> String {
    let (kept, clients) = (visits(difference.kept, language), families(difference.clients.len(), language));
    let lost = match difference.lost_rows {
        0 => String::new(),
        lost => language.pick(
            format!(
                " {lost} besøg i den gamle plan er af en bevilling eller medarbejder, som ugen ikke længere kender."
            ),
            format!(" {lost} visits of the old roster are of a grant or carer that the week no longer knows."),
        ),
    };
    language.pick(
        format!("{kept} er uændrede; noget ændrer sig for {clients}.{lost}"),
        format!("{kept} are unchanged; something changes for {clients}.{lost}"),
    )
}

fn at_client(voice: Voice<'_>, visit: Visit, language: Language) -> String {
    let (who, when) = (voice.grant(visit.grant, language), voice.time(visit.span, language));
    language.pick(format!("{when} hos {who}"), format!("{when} at {who}"))
}

/// A sentence for each visit that is gone, with what comes in its stead; then what is new.
fn of_grant(voice: Voice<'_>, change: &GrantChange, language: Language) -> Vec<String> {
    let (before, after) = (&change.change.before, &change.change.after);
    let mut said: Vec<String> = Vec::new();
    for (at, (visit, cause)) in before.iter().zip(&change.causes).enumerate() {
        said.push(of_visit(voice, (*visit, after.get(at).copied()), cause, language));
    }
    for visit in after.iter().skip(before.len()) {
        let visit = voice.visit(*visit, language);
        said.push(match change.is_new {
            true => language.pick(format!("I får besøg {visit}."), format!("You are visited {visit}.")),
            false => language.pick(format!("I får også besøg {visit}."), format!("You are also visited {visit}.")),
        });
    }
    said
}

fn of_visit(voice: Voice<'_>, (old, new): (Visit, Option<Visit>), cause: &Cause, language: Language) -> String {
    let (was, because) = (voice.visit(old, language), because(voice, (old, cause), language));
    let Some(new) = new else {
        return language
            .pick(format!("Besøget {was} falder væk, {because}."), format!("The visit {was} is cancelled {because}."));
    };
    if new.span == old.span {
        let carer = voice.carer(new.carer);
        return language.pick(
            format!("Besøget {was} bliver på samme tid med {carer}, {because}."),
            format!("The visit {was} stays at its time with {carer} {because}."),
        );
    }
    if new.carer == old.carer && new.span.overlaps(old.span) {
        let now = voice.time(new.span, language);
        return language.pick(
            format!("Besøget {was} bliver i stedet {now}, {because}."),
            format!("The visit {was} becomes {now} {because}."),
        );
    }
    let now = voice.visit(new, language);
    language.pick(
        format!("Besøget {was} flyttes til {now}, {because}."),
        format!("The visit {was} moves to {now} {because}."),
    )
}

fn because(voice: Voice<'_>, (visit, cause): (Visit, &Cause), language: Language) -> String {
    let carer = voice.carer(visit.carer);
    match cause {
        Cause::CarerAway => language.pick(format!("fordi {carer} er fraværende"), format!("because {carer} is absent")),
        Cause::ClientAway => {
            language.pick("fordi borgeren er væk på det tidspunkt".into(), "because the client is away then".into())
        }
        Cause::Times => language.pick(
            "fordi tidspunktet ikke længere passer med det, der er aftalt eller muligt".into(),
            "because the time no longer fits what is agreed or possible".into(),
        ),
        Cause::Rule(rule) => language.pick(
            format!("fordi reglerne ikke tillader det mere ({rule})"),
            format!("because the rules no longer allow it ({rule})"),
        ),
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
            .pick(format!("fordi {carer} må hjælpe et andet sted"), format!("because {carer} has to help elsewhere")),
        Cause::Whole => language.pick(
            "fordi ugen samlet går bedre op sådan".into(),
            "because the week as a whole works out better so".into(),
        ),
    }
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
