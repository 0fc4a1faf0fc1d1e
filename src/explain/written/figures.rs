//! Weeks planned again, as rows of a table, bars of a chart, and sentences.

use serde::Serialize;

use super::told::be;
use crate::explain::scenarios::Planned;
use crate::explain::stress::{Absence, Stress};
use crate::explain::value::{Price, Soft, Values, Worth};
use crate::explain::variant::{Effect, Outcome};
use crate::explain::words::{Voice, better_or_worse, capital, families, points, spoken, visits};
use crate::language::Language;
use crate::units::{Minutes, Points};
use crate::words::{self, date, qualification, short_qualification, times};

/// The columns of [`Row`].
pub const COLUMNS: [&str; 15] = [
    "kind",
    "name",
    "score",
    "bound",
    "proven",
    "price_points",
    "delivered_minutes",
    "undelivered_minutes",
    "gained_minutes",
    "visits",
    "families_short",
    "families_short_high_need",
    "families_gaining",
    "families_losing",
    "text",
];

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The week as it is, which the others are compared with.
    Week,
    Scenario,
    Absence,
    /// Hours more.
    Hours,
    /// A soft rule less.
    SoftRule,
}

impl Kind {
    /// What stands above the rows of the kind; nothing where they are alone.
    pub fn heading(self, language: Language) -> Option<&'static str> {
        match self {
            Kind::Hours => Some(language.pick("Fire timer mere:", "Four hours more:")),
            Kind::SoftRule => {
                Some(language.pick("Bløde regler og tal i standarden:", "Soft rules and numbers of the standard:"))
            }
            Kind::Week | Kind::Scenario | Kind::Absence => None,
        }
    }
}

/// A week planned again, in points, hours, visits and families, against the roster.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    kind: Kind,
    name: String,
    score: Option<Points>,
    bound: Option<Points>,
    proven: bool,
    price_points: Option<Points>,
    delivered_minutes: Option<Minutes>,
    undelivered_minutes: Option<Minutes>,
    gained_minutes: Option<Minutes>,
    visits: Option<usize>,
    families_short: Option<usize>,
    families_short_high_need: Option<usize>,
    families_gaining: Option<usize>,
    families_losing: Option<usize>,
    text: String,
    /// What stands to the left of the bar of a chart, where the name is too long for it.
    #[serde(skip)]
    label: Option<String>,
    /// What stands beside the bar of a chart.
    #[serde(skip)]
    note: String,
}

impl Row {
    /// The row of a week that was planned again; empty where there was no time to.
    fn new((kind, name): (Kind, String), effect: Option<&Effect>, (text, note): (String, String)) -> Self {
        let outcome = effect.map(|effect| &effect.outcome);
        Row {
            kind,
            name,
            score: outcome.map(Outcome::score),
            bound: outcome.and_then(|outcome| outcome.bound),
            proven: outcome.is_some_and(Outcome::is_proven),
            price_points: effect.map(|effect| effect.price),
            delivered_minutes: outcome.map(|outcome| outcome.delivered),
            undelivered_minutes: outcome.map(|outcome| outcome.undelivered),
            gained_minutes: effect.map(|effect| effect.gained),
            visits: outcome.map(Outcome::visits),
            families_short: outcome.map(|outcome| outcome.short.len()),
            families_short_high_need: outcome.map(|outcome| outcome.short_high),
            families_gaining: effect.map(|effect| effect.gaining.len()),
            families_losing: effect.map(|effect| effect.losing.len()),
            text,
            label: None,
            note,
        }
    }

    fn labelled(self, label: String) -> Self {
        Row { label: Some(label), ..self }
    }

    /// Whether a plan was found that may not be the best one.
    pub fn is_unfinished(&self) -> bool {
        self.score.is_some() && !self.proven
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Minutes delivered and undelivered; `None` where the time ran out.
    pub fn hours(&self) -> Option<[Minutes; 2]> {
        Some([self.delivered_minutes?, self.undelivered_minutes?])
    }

    /// The name as it stands in a chart.
    pub fn label(&self) -> &str {
        self.label.as_ref().unwrap_or(&self.name)
    }

    /// What stands beside the row's bar in a chart: `−10,5 t · 13.393 point dårligere`.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// As one line to read.
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.text)
    }
}

/// `der leveres 3,5 t mere; 2 familier får mere; planen bliver 840 point bedre`.
fn effect(effect: Option<&Effect>, beside_price: &str, language: Language) -> String {
    let Some(effect) = effect else {
        return language.pick("tiden slap op", "the time ran out").to_owned();
    };
    let gained = Minutes(effect.gained.0.abs());
    let (time, be) = (spoken(gained, language), be(gained));
    let mut parts = vec![match effect.gained.0 {
        0 => language.pick("der leveres lige så meget", "as much is delivered").to_owned(),
        1.. => language.pick(format!("der leveres {time} mere"), format!("{time} more {be} delivered")),
        _ => language.pick(format!("der leveres {time} mindre"), format!("{time} less {be} delivered")),
    }];
    let gaining = effect.gaining.len();
    if gaining > 0 {
        let (count, high) = (families(gaining, language), effect.gaining_with_high_need());
        let high = match high {
            0 => String::new(),
            high => language.pick(format!(" ({high} med højt behov)"), format!(" ({high} with high need)")),
        };
        let get = if gaining == 1 { "gets" } else { "get" };
        parts.push(language.pick(format!("{count} får mere{high}"), format!("{count} {get} more{high}")));
    }
    let losing = effect.losing.len();
    if losing > 0 {
        let count = families(losing, language);
        let get = if losing == 1 { "gets" } else { "get" };
        parts.push(language.pick(format!("{count} får mindre"), format!("{count} {get} less")));
    }
    let price = better_or_worse(effect.price, language);
    parts.push(
        language.pick(format!("planen bliver {price}{beside_price}"), format!("the plan is {price}{beside_price}")),
    );
    parts.extend(unfinished(&effect.outcome, language));
    parts.join("; ")
}

fn unfinished(outcome: &Outcome, language: Language) -> Option<String> {
    (!outcome.is_proven()).then(|| language.pick("ikke søgt til ende", "not searched to the end").to_owned())
}

/// `−10,5 t · 13.393 point dårligere`.
fn note(effect: Option<&Effect>, language: Language) -> String {
    let Some(effect) = effect else { return String::new() };
    format!("{} · {}", gained(effect, language), better_or_worse(effect.price, language))
}

/// `+2 t`.
fn gained(effect: &Effect, language: Language) -> String {
    let plus = if effect.gained > Minutes(0) { "+" } else { "" };
    format!("{plus}{}", words::hours(effect.gained, language))
}

/// The week as it is: `leverer 167,5 t i 118 besøg; der mangler 31 t hos 24 familier; 52.705 point`.
fn week(outcome: &Outcome, language: Language) -> Row {
    let name = language.pick("Ugen, som den er", "The week as it is");
    let (time, count) = (spoken(outcome.delivered, language), visits(outcome.visits(), language));
    let (missing, short) = (spoken(outcome.undelivered, language), families(outcome.short.len(), language));
    let score = points(outcome.score(), language);
    let text = language.pick(
        format!("{time} leveres i {count}; der mangler {missing} hos {short}; {score}"),
        format!(
            "{time} {} delivered in {count}; {missing} of {short} {} missing; {score}",
            be(outcome.delivered),
            be(outcome.undelivered)
        ),
    );
    let text = [text].into_iter().chain(unfinished(outcome, language)).collect::<Vec<String>>().join("; ");
    let effect = Effect::of(outcome, outcome.clone());
    Row::new((Kind::Week, name.to_owned()), Some(&effect), (text, score))
}

/// The rows of scenarios, the week as it is first.
pub fn scenarios(before: &Outcome, planned: &[Planned], language: Language) -> Vec<Row> {
    let row = |planned: &Planned| {
        let found = planned.outcome.clone().map(|outcome| Effect::of(before, outcome));
        let told = if planned.has_own_weights {
            in_own_weights(found.as_ref(), language)
        } else {
            told(found.as_ref(), language)
        };
        Row::new((Kind::Scenario, planned.name.clone()), found.as_ref(), told)
    };
    [week(before, language)].into_iter().chain(planned.iter().map(row)).collect()
}

/// Text and note of a week of which points mean what they do in the week as it is.
fn told(found: Option<&Effect>, language: Language) -> (String, String) {
    (effect(found, "", language), note(found, language))
}

/// The same where they do not: they are told to be of their own kind, and not beside the bars.
fn in_own_weights(found: Option<&Effect>, language: Language) -> (String, String) {
    let own = language.pick("med scenariets egne vægte", "by the scenario's own weights");
    let hours = found.map_or(String::new(), |found| gained(found, language));
    (effect(found, &format!(" ({own})"), language), hours)
}

/// The rows of absences below the roster, the costliest first.
pub fn absences(voice: Voice<'_>, stress: &Stress, language: Language) -> Vec<Row> {
    let row = |absence: &Absence| {
        let (own, count) = (spoken(absence.own_minutes, language), visits(absence.own_visits, language));
        let found = absence.effect.as_ref();
        let (told, note) = told(found, language);
        let text = language.pick(
            format!("har {count} ({own}); planlagt igen uden: {told}"),
            format!("has {count} ({own}); planned again without: {told}"),
        );
        let name = capital(&voice.carer_in_full(absence.carer, language));
        let row = Row::new((Kind::Absence, name), found, (text, note));
        let education = short_qualification(voice.problem.carers[absence.carer].qualification, language);
        row.labelled(format!("{}, {education}", capital(&voice.carer(absence.carer, language))))
    };
    [week(&stress.baseline, language)].into_iter().chain(stress.absences.iter().map(row)).collect()
}

/// The rows of values: the week, kinds of time, then soft rules.
pub fn values(voice: Voice<'_>, values: &Values, language: Language) -> Vec<Row> {
    let price = |price: &Price| {
        let found = price.effect.as_ref();
        Row::new((Kind::SoftRule, soft(price.soft, language).to_owned()), found, told(found, language))
    };
    let worths = values.worths.iter().map(|worth| of_worth(voice, worth, language));
    [week(&values.baseline, language)].into_iter().chain(worths).chain(values.prices.iter().map(price)).collect()
}

fn of_worth(voice: Voice<'_>, worth: &Worth, language: Language) -> Row {
    let (kind, found) = (worth.kind, worth.confirmed.as_ref().map(|(_, effect)| effect));
    let hours = worth.confirmed.as_ref().map(|(span, _)| times(*span, language));
    let (provider, day) = (voice.provider(kind.provider, language), date(voice.problem.week, kind.day, language));
    let when = match &hours {
        Some(hours) => language.pick(format!("{day} kl. {hours}"), format!("{day}, {hours}")),
        None => day,
    };
    let education = qualification(kind.qualification, language).to_lowercase();
    let by_hour = worth.by_hour().filter(|by_hour| *by_hour > Points(0)).map_or(String::new(), |by_hour| {
        let told = points(by_hour, language);
        language.pick(format!(" ({told} i timen)"), format!(" ({told} an hour)"))
    });
    let text = effect(found, &by_hour, language);
    let row = Row::new(
        (Kind::Hours, format!("{}, {education}, {provider}", capital(&when))),
        found,
        (text, note(found, language)),
    );
    let hours = hours.map_or(String::new(), |hours| format!(" {hours}"));
    let short = short_qualification(kind.qualification, language);
    row.labelled(format!("{}{hours}, {short}, {provider}", capital(words::weekday(kind.day, language))))
}

fn soft(soft: Soft, language: Language) -> &'static str {
    match soft {
        Soft::FamiliarCarers => {
            language.pick("Uden hensyn til kendte medarbejdere", "Without regard to familiar carers")
        }
        Soft::OneCarer => language.pick("Uden hensyn til samme medarbejder", "Without regard to the same carer"),
        Soft::PreferredTimes => language.pick("Uden hensyn til foretrukne tider", "Without regard to preferred times"),
        Soft::LongerDay => language.pick("Afløsning en time længere om dagen", "Relief an hour later in the day"),
        Soft::ShorterVisits => language.pick("Besøg må være 30 minutter kortere", "Visits may be 30 minutes shorter"),
    }
}
