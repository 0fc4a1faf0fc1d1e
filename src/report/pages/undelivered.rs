//! What is not delivered: each grant with its reason in words and the rules behind it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::overview::counted;
use super::{Scene, words};
use crate::explain::Layout;
use crate::ids::{GrantId, Id};
use crate::problem::LegalBasis;
use crate::units::Minutes;
use crate::words::sources::{self, DOCUMENTS};

#[derive(Serialize)]
pub(super) struct View {
    sections: Vec<Section>,
    rules: Vec<RuleRow>,
    documents: Vec<(&'static str, &'static str)>,
    total: usize,
    any_grants: bool,
}

/// The grants of one reason.
#[derive(Serialize)]
struct Section {
    code: &'static str,
    heading: &'static str,
    advice: &'static str,
    /// How many grants.
    grants: String,
    /// Of what is due; what was granted where nothing is.
    hours: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    anchor: usize,
    client: String,
    client_id: Option<String>,
    grant: String,
    service: &'static str,
    basis: Option<&'static str>,
    need: &'static str,
    granted: String,
    due: String,
    delivered: String,
    missing: String,
    reason: String,
    rules: Vec<&'static str>,
    #[serde(skip)]
    missing_minutes: Minutes,
    #[serde(skip)]
    points: i64,
}

#[derive(Serialize)]
struct RuleRow {
    code: &'static str,
    words: &'static str,
    source: &'static str,
}

/// The reasons in the order in which something can be done about them, with a heading and what to do.
const REASONS: [(&str, [&str; 2], [&str; 2]); 11] = [
    (
        "awaiting_agreement",
        ["Afventer en aftale", "Awaiting an agreement"],
        [
            "Ring til familien, og skriv den aftalte tid i wishes.csv.",
            "Call the family and put the agreed time into wishes.csv.",
        ],
    ),
    (
        "no_carer",
        ["Ingen medarbejder må komme", "No carer may come"],
        [
            "Her mangler en uddannelse eller en udfører; flere timer hjælper ikke.",
            "A qualification or a provider is missing here; more hours do not help.",
        ],
    ),
    (
        "no_time",
        ["Intet besøg passer i vagterne", "No visit fits into the shifts"],
        [
            "Spørg familien om andre tider, eller flyt vagter og bookinger.",
            "Ask the family for other times, or move shifts and bookings.",
        ],
    ),
    (
        "less_time",
        ["Mere kan ikke lade sig gøre", "No more is possible"],
        [
            "Også alene kunne bevillingen ikke få mere: flere eller bredere tidsrum vil hjælpe.",
            "Even alone the grant could not get more: more or wider windows would help.",
        ],
    ),
    (
        "time_to_others",
        ["Tiden gik til andre", "The time went to others"],
        [
            "Flere timer hos de medarbejdere, der må komme, vil hjælpe.",
            "More hours of the carers who may come would help.",
        ],
    ),
    (
        "not_worth",
        ["Et besøg koster mere, end det giver", "A visit costs more than it gives"],
        [
            "Der er tid, men kørsel, skiftende medarbejdere eller ønsker vejer tungere. Et fast besøg (pins.csv) \
             gennemtvinger det.",
            "There is time, but driving, changing carers or wishes weigh more. A fixed visit (pins.csv) forces it.",
        ],
    ),
    ("not_found", ["Ikke fundet endnu", "Not found yet"], ["Planlæg igen med mere tid.", "Plan again with more time."]),
    (
        "paused",
        ["På pause", "Paused"],
        ["Intet at gøre, før opholdet er slut.", "Nothing to do before the stay is over."],
    ),
    (
        "no_possible_day",
        ["Ingen mulig dag", "No possible day"],
        [
            "Se efter, om bevillingens datoer og familiens tider er rigtige.",
            "See whether the dates of the grant and the times of the family are right.",
        ],
    ),
    (
        "not_eligible",
        ["Ikke omfattet af standarden", "Not covered by the standard"],
        ["Se efter, om oplysningerne er rigtige.", "See whether the data are right."],
    ),
    (
        "cut_to_standard",
        ["Skåret ned til standarden", "Cut down to the standard"],
        ["Det, standarden giver, er leveret.", "What the standard gives is delivered."],
    ),
];

pub(super) fn view(scene: &Scene<'_>) -> View {
    let report = &scene.planned.report.grants;
    let less = scene.problem.grants.iter().filter(|(id, grant)| report[*id].delivered < grant.weekly_minutes);
    let mut rows: Vec<(&'static str, Row)> = less.map(|(id, _)| row(scene, id)).collect();
    rows.sort_by_key(|(_, row)| (Reverse(row.points), row.anchor));
    let total = rows.len();
    let mut sections = Vec::new();
    for (code, heading, advice) in REASONS {
        let (of_code, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(reason, _)| *reason == code);
        rows = rest;
        if !of_code.is_empty() {
            let of_code: Vec<Row> = of_code.into_iter().map(|(_, row)| row).collect();
            sections.push(section(scene, (code, heading, advice), of_code));
        }
    }
    let language = scene.language;
    let codes: BTreeSet<&str> =
        sections.iter().flat_map(|section| &section.rows).flat_map(|row| row.rules.iter().copied()).collect();
    View {
        rules: sources::rules(&codes)
            .map(|rule| RuleRow { code: rule.code, words: rule.words(language), source: rule.source(language) })
            .collect(),
        documents: DOCUMENTS.iter().map(|document| (document.mark, document.words(language))).collect(),
        sections,
        total,
        any_grants: !scene.problem.grants.is_empty(),
    }
}

fn section(
    scene: &Scene<'_>,
    (code, heading, advice): (&'static str, [&'static str; 2], [&'static str; 2]),
    rows: Vec<Row>,
) -> Section {
    let missing: Minutes = rows.iter().map(|row| row.missing_minutes).sum();
    Section {
        code,
        heading: scene.language.pick(heading[0], heading[1]),
        advice: scene.language.pick(advice[0], advice[1]),
        grants: counted(scene, rows.len(), ["bevilling", "bevillinger"], ["grant", "grants"]),
        hours: scene.hours(missing),
        rows,
    }
}

fn row(scene: &Scene<'_>, id: GrantId) -> (&'static str, Row) {
    let (language, grant, report) = (scene.language, &scene.problem.grants[id], &scene.planned.report.grants[id]);
    let reason = scene.reasons.of_grant(id);
    let nothing_due = report.due == Minutes(0);
    let missing = if nothing_due { grant.weekly_minutes } else { (report.due - report.delivered).max(Minutes(0)) };
    let hours = |minutes| scene.hours(minutes);
    let row = Row {
        anchor: id.index(),
        client: scene.people.client(grant.client).to_owned(),
        client_id: scene.people.client_id_beside_name(grant.client).map(str::to_owned),
        grant: grant.id.clone(),
        service: words::service(grant.service, language),
        basis: grant.legal_basis.map(|basis| match basis {
            LegalBasis::Sel84 => "serviceloven § 84",
            LegalBasis::Ael16 => "ældreloven § 16",
        }),
        need: words::need(grant.need, language),
        granted: hours(grant.weekly_minutes),
        due: hours(report.due),
        delivered: hours(report.delivered),
        missing: hours(missing),
        reason: scene.reasons.told(id, (scene.people.naming(), Layout::Lines)).in_language(language).to_owned(),
        rules: scene.reasons.rules(id, reason.code),
        missing_minutes: missing,
        points: (scene.planned.book.grants[id].unmet_weight * missing).0,
    };
    (reason.code, row)
}
