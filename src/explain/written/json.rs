//! `explain.json`: every verdict with its figures, for machines and for whoever wants to look closer.

use serde::Serialize;

use super::told;
use crate::explain::obstacles::{Kind, Obstacle};
use crate::explain::verdict::{GrantVerdict, Instead, Level, Part};
use crate::explain::words::{Layout, Voice};
use crate::explain::{Change, Subject, changed_visits};
use crate::plan::Terms;
use crate::problem::{Problem, Visit};
use crate::units::{Day, Minutes, Points, clock};

/// What an undelivered grant's entry says; see `docs/explain.md`.
#[derive(Debug, Serialize)]
pub struct Explained {
    grant_id: String,
    client_id: String,
    state: &'static str,
    due_minutes: Minutes,
    delivered_minutes: Minutes,
    unmet_minutes: Minutes,
    possible_alone_minutes: Minutes,
    verdicts: Vec<PartTold>,
    levels: Vec<LevelTold>,
    obstacles: Vec<ObstacleTold>,
    text_da: String,
    text_en: String,
}

#[derive(Debug, Serialize)]
struct PartTold {
    verdict: &'static str,
    minutes: Minutes,
}

#[derive(Debug, Serialize)]
struct LevelTold {
    total_minutes: Minutes,
    verdict: &'static str,
    /// Points that the plan found has more than the roster.
    price_points: Option<Points>,
    price_at_least: Option<Points>,
    price_proven: bool,
    takes_from_weightier_minutes: Option<Minutes>,
    terms: Option<Terms>,
    #[serde(flatten)]
    effect: EffectTold,
    /// A plan with far fewer changes, where the best one changes much.
    #[serde(skip_serializing_if = "Option::is_none")]
    fewer_changes: Option<GentleTold>,
}

/// What another plan changes.
#[derive(Debug, Serialize)]
struct EffectTold {
    visits_changed: usize,
    families_changed: usize,
    changes: Vec<ChangeTold>,
}

#[derive(Debug, Serialize)]
struct GentleTold {
    price_points: Points,
    terms: Terms,
    #[serde(flatten)]
    effect: EffectTold,
}

#[derive(Debug, Serialize)]
pub(crate) struct ChangeTold {
    grant_id: String,
    client_id: String,
    gained_minutes: Minutes,
    before: Vec<VisitTold>,
    after: Vec<VisitTold>,
}

/// A visit as all answers in JSON give it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct VisitTold {
    date: String,
    start: String,
    end: String,
    grant_id: String,
    client_id: String,
    staff_id: String,
}

#[derive(Debug, Serialize)]
struct ObstacleTold {
    kind: Kind,
    rule: &'static str,
    carers: usize,
    minutes: Minutes,
    clause_da: String,
    clause_en: String,
}

/// The entry of a grant.
pub fn explained(subject: &Subject, voice: Voice<'_>, verdict: &GrantVerdict) -> Explained {
    let (problem, grant) = (&*subject.problem, verdict.grant);
    let text = told::verdict(voice, verdict, Layout::Paragraph);
    Explained {
        grant_id: problem.grants[grant].id.clone(),
        client_id: problem.client_of(grant).id.clone(),
        state: verdict.state.code(),
        due_minutes: verdict.due,
        delivered_minutes: verdict.delivered,
        unmet_minutes: subject.missing(grant),
        possible_alone_minutes: verdict.possible_alone,
        verdicts: verdict.parts.iter().map(PartTold::new).collect(),
        levels: verdict.levels.iter().map(|level| LevelTold::new(subject, level)).collect(),
        obstacles: verdict.obstacles.iter().map(ObstacleTold::new).collect(),
        text_da: text.danish,
        text_en: text.english,
    }
}

impl PartTold {
    fn new(part: &Part) -> Self {
        PartTold { verdict: part.verdict.code(), minutes: part.minutes }
    }
}

impl ObstacleTold {
    fn new(obstacle: &Obstacle) -> Self {
        ObstacleTold {
            kind: obstacle.kind,
            rule: obstacle.rule,
            carers: obstacle.carers,
            minutes: obstacle.minutes,
            clause_da: obstacle.clause.danish.clone(),
            clause_en: obstacle.clause.english.clone(),
        }
    }
}

impl LevelTold {
    fn new(subject: &Subject, level: &Level) -> Self {
        let found = level.found.as_ref();
        let gentle = |gentle: &Instead| GentleTold {
            price_points: gentle.price,
            terms: gentle.terms,
            effect: EffectTold::new(subject, &gentle.changes),
        };
        LevelTold {
            total_minutes: level.minutes,
            verdict: level.verdict.code(),
            price_points: found.map(|found| found.price),
            price_at_least: level.price_at_least,
            price_proven: found.is_some_and(|found: &Instead| found.is_proven),
            takes_from_weightier_minutes: level.takes_at_least,
            terms: found.map(|found| found.terms),
            effect: EffectTold::new(subject, found.map_or(&[], |found| &found.changes)),
            fewer_changes: level.gentle.as_ref().map(gentle),
        }
    }
}

impl EffectTold {
    fn new(subject: &Subject, changes: &[Change]) -> Self {
        EffectTold {
            visits_changed: changed_visits(changes),
            families_changed: subject.families(changes.iter().map(|change| change.grant)).len(),
            changes: changes.iter().map(|change| ChangeTold::new(&subject.problem, change)).collect(),
        }
    }
}

impl ChangeTold {
    pub(crate) fn new(problem: &Problem, change: &Change) -> Self {
        let told = |visits: &[Visit]| visits.iter().map(|visit| VisitTold::new(problem, *visit)).collect();
        ChangeTold {
            grant_id: problem.grants[change.grant].id.clone(),
            client_id: problem.client_of(change.grant).id.clone(),
            gained_minutes: change.gained(),
            before: told(&change.before),
            after: told(&change.after),
        }
    }
}

impl VisitTold {
    pub(crate) fn new(problem: &Problem, visit: Visit) -> Self {
        let day = visit.span.start.day().unwrap_or(Day(0));
        let start = visit.span.start - day.span().start;
        VisitTold {
            date: problem.week.date(day).to_string(),
            start: clock(start),
            end: clock(start + visit.span.length()),
            grant_id: problem.grants[visit.grant].id.clone(),
            client_id: problem.client_of(visit.grant).id.clone(),
            staff_id: problem.carers[visit.carer].id.clone(),
        }
    }
}
