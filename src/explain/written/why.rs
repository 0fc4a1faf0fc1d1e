//! Why this carer, why then, in words and JSON.

use serde::Serialize;

use super::json::VisitTold;
use crate::explain::why::{Alternative, Why};
use crate::explain::words::{self, Voice, carers, points};
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
    let (who, when) = (voice.grant(why.visit.grant, language), voice.visit(why.visit, language));
    let mut lines = vec![format!("{who}: {when}.")];
    lines.push(best(why, language));
    if let Some(forced) = &why.without_carer {
        lines.push(without(voice, subject, (why, forced), language));
    }
    if !why.alternatives.is_empty() {
        lines.push(
            language
                .pick(
                    "Andre muligheder, hvis alle andre besøg bliver liggende:",
                    "What else, if all other visits stay:",
                )
                .to_owned(),
        );
        lines.extend(why.alternatives.iter().take(TOLD).map(|other| alternative(voice, other, language)));
    }
    if !why.full.is_empty() {
        let names: Vec<String> = why.full.iter().map(|carer| voice.carer(*carer)).collect();
        let (count, names) = (carers(names.len(), language), names.join(", "));
        lines.push(language.pick(
            format!("Må komme, men har ikke plads ved siden af det øvrige: {count} ({names})."),
            format!("May come, but have no room beside their other work: {count} ({names})."),
        ));
    }
    lines.extend(why.excluded.iter().map(|(exclusion, who)| {
        let (danish, english) = clauses::exclusion_words(*exclusion);
        let (count, clause) = (carers(who.len(), language), language.pick(danish, english));
        format!("{count} {clause} ({}).", clauses::rule_of(*exclusion))
    }));
    lines.join("\n")
}

fn best(why: &Why, language: Language) -> String {
    match why.alternatives.first() {
        None => language.pick(
            "Der er intet andet sted til besøget, når alle andre besøg bliver liggende.".to_owned(),
            "There is no other place for the visit while all other visits stay.".to_owned(),
        ),
        Some(other) if other.price > Points(0) => {
            let price = points(other.price, language);
            language.pick(
                format!(
                    "Det er det bedste sted, når alle andre besøg bliver liggende: det næstbedste er {price} dårligere."
                ),
                format!("It is the best place while all other visits stay: the next best is {price} worse."),
            )
        }
        Some(other) if other.price == Points(0) => language.pick(
            "Et andet sted ville være lige så godt.".to_owned(),
            "Another place would be just as good.".to_owned(),
        ),
        Some(other) => {
            let price = points(-other.price, language);
            language.pick(
                format!("Et andet sted ville være {price} bedre: se det første nedenfor."),
                format!("Another place would be {price} better: see the first below."),
            )
        }
    }
}

/// What another carer costs at least, whatever else is moved.
fn without(voice: Voice<'_>, subject: &Subject, (why, forced): (&Why, &Forced), language: Language) -> String {
    let carer = voice.carer(why.visit.carer);
    if forced.is_impossible {
        return language.pick(
            format!("Uden {carer} kan borgeren ikke få så mange timer, uanset hvad der flyttes (bevist)."),
            format!("Without {carer} the client cannot get as many hours, whatever is moved (proven)."),
        );
    }
    let found = forced.met.as_ref().map(|(_, report)| report.terms.score() - subject.score());
    match (found, forced.at_least.map(|least| least - subject.score())) {
        (Some(price), _) if forced.is_proven() => {
            let price = points(price, language);
            language.pick(
                format!("Med en anden end {carer} bliver den bedste plan for hele ugen {price} dårligere (bevist)."),
                format!("With another carer than {carer} the best plan of the whole week is {price} worse (proven)."),
            )
        }
        (_, Some(least)) if least > Points(0) => {
            let least = points(least, language);
            language.pick(
                format!("Med en anden end {carer} bliver planen mindst {least} dårligere (bevist)."),
                format!("With another carer than {carer} the plan is at least {least} worse (proven)."),
            )
        }
        _ => language.pick(
            format!("Hvad en anden end {carer} ville koste, nåede ikke at blive bevist."),
            format!("What another carer than {carer} would cost was not proven in time."),
        ),
    }
}

fn alternative(voice: Voice<'_>, other: &Alternative, language: Language) -> String {
    let visit = voice.visit(other.visit, language);
    let plus = if other.price.0 > 0 { "+" } else { "" };
    let (price, terms) = (points(other.price, language), words::terms(other.terms, language));
    let terms = if terms.is_empty() { String::new() } else { format!(" ({terms})") };
    format!("  {visit}: {plus}{price}{terms}")
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
            let (clause_da, clause_en) = clauses::exclusion_words(*exclusion);
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
