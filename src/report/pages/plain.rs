//! Plain words for families: no codes, no rules by number, and nothing that says “you”, because a page may be read by
//! the client as well as by the relative.

use super::{Scene, words};
use crate::ids::GrantId;
use crate::language::Language;
use crate::problem::{AbsenceReason, Service, Visit};
use crate::units::{Day, Minutes, Span};

/// Who comes, and whether the home knows the person.
pub(super) fn who_comes(scene: &Scene<'_>, visit: Visit) -> String {
    let (language, carer) = (scene.language, &scene.problem.carers[visit.carer]);
    let (name, provider) = (scene.people.carer(visit.carer), scene.people.provider(carer.provider));
    let coming = language.pick(format!("{name} fra {provider} kommer."), format!("{name} of {provider} comes."));
    let known = if super::figures::is_familiar(scene, visit) {
        language.pick("Medarbejderen har været i hjemmet før.", "The carer has been in the home before.")
    } else {
        language.pick("Medarbejderen har ikke været i hjemmet for nylig.", "The carer has not been in the home lately.")
    };
    format!("{coming} {known}")
}

/// What is done besides; nothing where nothing is.
pub(super) fn done_meanwhile(scene: &Scene<'_>, visit: Visit) -> Option<String> {
    let language = scene.language;
    let during = super::board::absorbed_words(scene, visit.grant, visit.span).to_lowercase();
    let practical = scene.problem.grants[visit.grant].service == Service::PracticalRelief;
    let practical = practical.then(|| language.pick("Besøget er praktisk hjælp.", "The visit is practical help."));
    let during = (!during.is_empty()).then(|| {
        language.pick(
            format!("Medarbejderen klarer samtidig: {during}."),
            format!("Meanwhile the carer also does: {during}."),
        )
    });
    during.or(practical.map(str::to_owned))
}

/// What was granted and is not delivered, and why; nothing where everything is.
pub(super) fn shortfall(scene: &Scene<'_>, grant: GrantId) -> Option<String> {
    let (row, report) = (&scene.problem.grants[grant], &scene.planned.report.grants[grant]);
    if report.delivered >= row.weekly_minutes {
        return None;
    }
    let language = scene.language;
    let reason = scene.reasons.of_grant(grant).code;
    let said = |minutes: Minutes| words::duration(minutes, language);
    let how_much = if report.due == Minutes(0) || reason == "cut_to_standard" {
        language.pick(
            format!("Bevillingen er på {} om ugen.", said(row.weekly_minutes)),
            format!("The grant is for {} a week.", said(row.weekly_minutes)),
        )
    } else if report.due - report.delivered == row.weekly_minutes {
        language.pick(
            format!("Bevillingen er på {} om ugen. Den kan ikke gives i denne uge.", said(row.weekly_minutes)),
            format!("The grant is for {} a week. It cannot be given this week.", said(row.weekly_minutes)),
        )
    } else {
        language.pick(
            format!(
                "Bevillingen er på {} om ugen. {} kan ikke gives i denne uge.",
                said(row.weekly_minutes),
                said(report.due - report.delivered)
            ),
            format!(
                "The grant is for {} a week. {} cannot be given this week.",
                said(row.weekly_minutes),
                said(report.due - report.delivered)
            ),
        )
    };
    Some(format!("{how_much} {}", why(scene, grant, reason)))
}

fn why(scene: &Scene<'_>, grant: GrantId, reason: &str) -> String {
    let language = scene.language;
    let (danish, english) = match reason {
        "no_carer" => (
            "Der er ingen medarbejder, som både har den rette uddannelse og kommer fra den rette udfører.",
            "There is no carer who both has the right training and is of the right provider.",
        ),
        "no_time" | "less_time" => (
            "Medarbejdernes vagter og de tider, der passer familien, går ikke op.",
            "The carers' shifts and the times that suit the family do not fit together.",
        ),
        "time_to_others" => (
            "Medarbejdernes tid rækker ikke til alle familier i denne uge.",
            "The carers' time is not enough for all families this week.",
        ),
        "not_worth" => (
            "Et besøg ville kræve for lang kørsel, skiftende medarbejdere eller en tid, der passer dårligt.",
            "A visit would take too much driving, changing carers or a time that suits badly.",
        ),
        "not_found" => ("Der er ikke fundet en tid endnu.", "No time has been found yet."),
        "awaiting_agreement" => (
            "Der kommer ingen, før en tid er aftalt. Ring og aftal, hvornår det passer.",
            "Nobody comes before a time is agreed. Please call to agree when it suits.",
        ),
        "no_possible_day" => (
            "Ingen dag i ugen er mulig: bevillingens datoer, hverdagene og de tider, der passer familien, går ikke op.",
            "No day of the week is possible: the dates of the grant, weekdays and the times that suit the family do \
             not fit together.",
        ),
        "paused" => return paused(scene, grant),
        "cut_to_standard" => (
            "Kommunens kvalitetsstandard giver mindre, og det er planlagt.",
            "The municipality's quality standard gives less, and that is planned.",
        ),
        _ => (
            "Der gives ikke afløsning i hjemmet i denne uge. Kommunen kan fortælle hvorfor.",
            "No relief is given in the home this week. The municipality can tell why.",
        ),
    };
    language.pick(danish, english).to_owned()
}

fn paused(scene: &Scene<'_>, grant: GrantId) -> String {
    let week = Span::new(Day(0).span().start, Day(6).span().end);
    let absences = scene.problem.client_of(grant).absences.iter().filter(|absence| absence.span.overlaps(week));
    let stay = absences.into_iter().find_map(|absence| stay(absence.reason, scene.language));
    let stay = stay.unwrap_or(scene.language.pick("under opholdet", "during the stay"));
    scene.language.pick(format!("Afløsningen holder pause {stay}."), format!("The relief pauses {stay}."))
}

fn stay(reason: AbsenceReason, language: Language) -> Option<&'static str> {
    match reason {
        AbsenceReason::Hospital => Some(language.pick("under indlæggelsen", "during the hospital stay")),
        AbsenceReason::RespiteStay => Some(language.pick("under aflastningsopholdet", "during the respite stay")),
        AbsenceReason::ShortTermStay => Some(language.pick("under korttidsopholdet", "during the short-term stay")),
        _ => None,
    }
}
