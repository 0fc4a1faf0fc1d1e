//! Why this carer, why then, in words and JSON.

use serde::Serialize;

use super::json::VisitTold;
use crate::explain::why::{Alternative, Why};
use crate::explain::words::{Layout, Voice, better_or_worse, carers, listed, spoken, terms_in_brackets, with_list};
use crate::explain::{Forced, Subject};
use crate::ids::CarerId;
use crate::language::Language;
use crate::plan::Terms;
use crate::units::Points;
use crate::words::clauses;

/// More alternatives are not read aloud.
const TOLD: usize = 8;

/// The answer in one language.
pub fn why(voice: Voice<'_>, subject: &Subject, why: &Why, language: Language) -> String {
    let who = voice.grant_in_full(why.visit.grant, language);
    let (time, carer) = (voice.time(why.visit.span, language), voice.carer_in_full(why.visit.carer, language));
    let mut lines = vec![
        language.pick(format!("{who}: {time} med {carer}."), format!("{who}: {time} with {carer}.")),
        best(subject, why, language),
    ];
    if let Some(forced) = &why.without_carer {
        lines.push(without(voice, subject, (why, forced), language));
    }
    if !why.alternatives.is_empty() {
        let head = language.pick(
            "Andre muligheder, hvis alle andre besøg bliver liggende:",
            "What else there is while all other visits stay:",
        );
        let told = why.alternatives.iter().take(TOLD).map(|other| alternative(voice, other, language));
        lines.push(with_list(head, &told.collect::<Vec<String>>(), Layout::Lines));
    }
    if !why.full.is_empty() {
        let ids: Vec<String> = why.full.iter().map(|carer| voice.carer_alone(*carer)).collect();
        let (count, ids) = (carers(ids.len(), language), listed(&ids, language));
        lines.push(language.pick(
            format!("{count} må komme, men har ikke plads til et besøg, når alle andre bliver liggende: {ids}."),
            format!("{count} may come, but have no room for a visit while all others stay: {ids}."),
        ));
    }
    lines.extend(why.excluded.iter().map(|(exclusion, who)| {
        let (danish, english) = clauses::exclusion_words(*exclusion, who.len());
        let (count, clause) = (carers(who.len(), language), language.pick(danish, english));
        format!("{count} {clause} ({}).", clauses::rule_of(*exclusion))
    }));
    lines.join("\n")
}

fn best(subject: &Subject, why: &Why, language: Language) -> String {
    if subject.problem.is_pinned(why.visit) {
        return language.pick("Planlæggeren har lagt besøget fast.", "The planner has fixed the visit.").to_owned();
    }
    match why.alternatives.first() {
        None => language.pick(
            "Der er ikke plads andre steder, når alle andre besøg bliver liggende.".to_owned(),
            "There is no room elsewhere while all other visits stay.".to_owned(),
        ),
        Some(other) if other.price > Points(0) => {
            let price = better_or_worse(other.price, language);
            language.pick(
                format!("Det er den bedste plads, når alle andre besøg bliver liggende; den næstbedste er {price}."),
                format!("It is the best place while all other visits stay; the next best is {price}."),
            )
        }
        Some(other) if other.price == Points(0) => language.pick(
            "En anden plads ville være lige så god: se den første nedenfor.".to_owned(),
            "Another place would be just as good: see the first below.".to_owned(),
        ),
        Some(other) => {
            let price = better_or_worse(other.price, language);
            language.pick(
                format!("En anden plads ville være {price}: se den første nedenfor."),
                format!("Another place would be {price}: see the first below."),
            )
        }
    }
}

/// What another carer costs at least, whatever else is moved.
fn without(voice: Voice<'_>, subject: &Subject, (why, forced): (&Why, &Forced), language: Language) -> String {
    let carer = voice.carer(why.visit.carer, language);
    if forced.is_impossible {
        return language.pick(
            format!("Uden {carer} kan borgeren ikke få lige så meget tid, uanset hvad der flyttes (bevist)."),
            format!("Without {carer} the client cannot get as much time, whatever is moved (proven)."),
        );
    }
    let found = forced.met.as_ref().map(|(_, report)| report.terms.score() - subject.score());
    match (found, forced.at_least.map(|least| least - subject.score())) {
        (Some(price), _) if forced.is_proven() => {
            let price = better_or_worse(price, language);
            language.pick(
                format!("Skulle borgeren have lige så meget tid uden {carer}, ville ugens bedste plan være {price} (bevist)."),
                format!("With as much time for the client, but without {carer}, the week's best plan would be {price} (proven)."),
            )
        }
        (_, Some(least)) if least > Points(0) => {
            let least = better_or_worse(least, language);
            language.pick(
                format!("Skulle borgeren have lige så meget tid uden {carer}, ville planen være mindst {least} (bevist)."),
                format!("With as much time for the client, but without {carer}, the plan would be at least {least} (proven)."),
            )
        }
        _ => language.pick(
            format!("Hvad det ville koste uden {carer}, nåede ikke at blive bevist."),
            format!("What it would cost without {carer} was not proven in time."),
        ),
    }
}

fn alternative(voice: Voice<'_>, other: &Alternative, language: Language) -> String {
    let (time, carer) = (voice.time(other.visit.span, language), voice.carer_in_full(other.visit.carer, language));
    let length = spoken(other.visit.span.length(), language);
    let price = better_or_worse(other.price, language) + &terms_in_brackets(other.terms, language);
    language.pick(format!("{time} ({length}) med {carer}: {price}"), format!("{time} ({length}) with {carer}: {price}"))
}

/// The answer as JSON gives it.
#[derive(Debug, Serialize)]
pub struct WhyTold {
    visit: VisitTold,
    alternatives: Vec<AlternativeTold>,
    no_room: Vec<String>,
    excluded: Vec<ExcludedTold>,
    /// Points that the best plan of the week has more without this carer for the grant.
    without_carer_points: Option<Points>,
    without_carer_at_least: Option<Points>,
    without_carer_impossible: bool,
}

#[derive(Debug, Serialize)]
struct AlternativeTold {
    #[serde(flatten)]
    visit: VisitTold,
    price_points: Points,
    terms: Terms,
}

#[derive(Debug, Serialize)]
struct ExcludedTold {
    rule: &'static str,
    clause_da: &'static str,
    clause_en: &'static str,
    staff_ids: Vec<String>,
}

impl WhyTold {
    pub fn new(subject: &Subject, why: &Why) -> Self {
        let problem = &subject.problem;
        let id = |carer: &CarerId| problem.carers[*carer].id.clone();
        let forced = why.without_carer.as_ref();
        let alternative = |other: &Alternative| AlternativeTold {
            visit: VisitTold::new(problem, other.visit),
            price_points: other.price,
            terms: other.terms,
        };
        let excluded = why.excluded.iter().map(|(exclusion, carers)| {
            let (clause_da, clause_en) = clauses::exclusion_words(*exclusion, carers.len());
            ExcludedTold {
                rule: clauses::rule_of(*exclusion),
                clause_da,
                clause_en,
                staff_ids: carers.iter().map(id).collect(),
            }
        });
        let met = forced.and_then(|forced| forced.met.as_ref());
        WhyTold {
            visit: VisitTold::new(problem, why.visit),
            alternatives: why.alternatives.iter().map(alternative).collect(),
            no_room: why.full.iter().map(id).collect(),
            excluded: excluded.collect(),
            without_carer_points: met.map(|(_, report)| report.terms.score() - subject.score()),
            without_carer_at_least: forced.and_then(|forced| forced.at_least).map(|least| least - subject.score()),
            without_carer_impossible: forced.is_some_and(|forced| forced.is_impossible),
        }
    }
}
