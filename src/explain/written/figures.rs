//! Weeks planned again, as rows of a table, bars of a chart, and sentences.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::explain::Subject;
use crate::explain::scenarios::Planned;
use crate::explain::stress::Absence;
use crate::explain::value::{Price, Soft, Values, Worth};
use crate::explain::variant::{Effect, Outcome};
use crate::explain::words::{self, Voice, families, points, spoken, visits};
use crate::ids::ClientId;
use crate::language::Language;
use crate::problem::Need;
use crate::units::{Minutes, Points, clock};
use crate::words::short_qualification;

/// The columns of [`Row`].
pub const COLUMNS: [&str; 14] = [
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

/// A week planned again, in points, hours, visits and families, against the roster.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
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
    /// What stands beside the bar of a chart.
    #[serde(skip)]
    note: String,
}

impl Row {
    /// The row of a week that was planned again; empty where there was no time to.
    pub fn new(name: impl Into<String>, subject: &Subject, effect: Option<&Effect>, text: String) -> Self {
        let outcome = effect.map(|effect| &effect.outcome);
        let (gaining, losing) = effect.map(|effect| effect.families(subject)).unzip();
        Row {
            name: name.into(),
            score: outcome.map(Outcome::score),
            bound: outcome.and_then(|outcome| outcome.bound),
            proven: outcome.is_some_and(Outcome::is_proven),
            price_points: effect.map(|effect| effect.price),
            delivered_minutes: outcome.map(Outcome::delivered),
            undelivered_minutes: outcome.map(|outcome| outcome.undelivered),
            gained_minutes: effect.map(|effect| effect.gained),
            visits: outcome.map(Outcome::visits),
            families_short: outcome.map(|outcome| outcome.short.len()),
            families_short_high_need: outcome.map(|outcome| outcome.short_high),
            families_gaining: gaining.map(|families| families.len()),
            families_losing: losing.map(|families| families.len()),
            text,
            note: String::new(),
        }
    }

    fn noted(self, note: String) -> Self {
        Row { note, ..self }
    }

    /// Minutes delivered and undelivered; `None` where the time ran out.
    pub fn hours(&self) -> Option<[Minutes; 2]> {
        Some([self.delivered_minutes?, self.undelivered_minutes?])
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands beside the row's bar in a chart: `−10,5 t · +13393 point`.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// As one line to read.
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.text)
    }
}

/// `leverer 3 timer og 30 minutter mere til 2 familier, −840 point`.
pub fn effect(subject: &Subject, effect: Option<&Effect>, language: Language) -> String {
    let Some(effect) = effect else {
        return language.pick("tiden slap op", "the time ran out").to_owned();
    };
    let (gaining, losing) = effect.families(subject);
    let mut parts = Vec::new();
    parts.push(match effect.gained.0 {
        0 => language.pick("leverer lige så meget", "delivers as much").to_owned(),
        gained if gained > 0 => {
            let time = spoken(Minutes(gained), language);
            language.pick(format!("leverer {time} mere"), format!("delivers {time} more"))
        }
        lost => {
            let time = spoken(Minutes(-lost), language);
            language.pick(format!("leverer {time} mindre"), format!("delivers {time} less"))
        }
    });
    if !gaining.is_empty() {
        let (count, high) = (families(gaining.len(), language), high_need(subject, &gaining));
        let high = match high {
            0 => String::new(),
            high => language.pick(format!(" ({high} med højt behov)"), format!(" ({high} with high need)")),
        };
        let get = if gaining.len() == 1 { "gets" } else { "get" };
        parts.push(language.pick(format!("{count} får mere{high}"), format!("{count} {get} more{high}")));
    }
    if !losing.is_empty() {
        let count = families(losing.len(), language);
        let get = if losing.len() == 1 { "gets" } else { "get" };
        parts.push(language.pick(format!("{count} får mindre"), format!("{count} {get} less")));
    }
    let plus = if effect.price.0 > 0 { "+" } else { "" };
    parts.push(format!("{plus}{}", points(effect.price, language)));
    if !effect.outcome.is_proven() {
        parts.push(language.pick("ikke bevist bedst", "not proven best").to_owned());
    }
    parts.join(", ")
}

/// `−10,5 t · +13393 point`.
fn note(effect: Option<&Effect>, language: Language) -> String {
    let Some(effect) = effect else { return String::new() };
    let plus = |amount: i64| if amount > 0 { "+" } else { "" };
    let (time, price) = (words::hours(effect.gained, language), points(effect.price, language));
    format!("{}{time} · {}{price}", plus(i64::from(effect.gained.0)), plus(effect.price.0))
}

fn high_need(subject: &Subject, clients: &BTreeSet<ClientId>) -> usize {
    let high = subject.problem.grants.values().iter().filter(|grant| grant.need == Need::High);
    let high: BTreeSet<ClientId> = high.map(|grant| grant.client).collect();
    clients.intersection(&high).count()
}

/// The rows of scenarios, the roster first.
pub fn scenarios(subject: &Subject, planned: &[Planned], language: Language) -> Vec<Row> {
    let now = Effect::of(subject, Outcome::of_subject(subject));
    let name = language.pick("Ugen, som den er", "The week as it is");
    let text = language.pick("udgangspunktet", "where it starts").to_owned();
    let first = Row::new(name, subject, Some(&now), text);
    let row = |planned: &Planned| {
        let found = planned.outcome.clone().map(|outcome| Effect::of(subject, outcome));
        let text = effect(subject, found.as_ref(), language);
        Row::new(&planned.name, subject, found.as_ref(), text).noted(note(found.as_ref(), language))
    };
    [first].into_iter().chain(planned.iter().map(row)).collect()
}

/// The rows of absences, the costliest first.
pub fn absences(voice: Voice<'_>, subject: &Subject, absences: &[Absence], language: Language) -> Vec<Row> {
    let row = |absence: &Absence| {
        let (own, count) = (spoken(absence.own_minutes, language), visits(absence.own_visits, language));
        let told = effect(subject, absence.effect.as_ref(), language);
        let text = language.pick(
            format!("har {count} ({own}); planlagt igen uden: {told}"),
            format!("has {count} ({own}); planned again without: {told}"),
        );
        let found = absence.effect.as_ref();
        Row::new(voice.carer(absence.carer), subject, found, text).noted(note(found, language))
    };
    absences.iter().map(row).collect()
}

/// The rows of values: kinds of time, then soft rules.
pub fn values(voice: Voice<'_>, subject: &Subject, values: &Values, language: Language) -> Vec<Row> {
    let worth = |worth: &Worth| {
        let kind = worth.kind;
        let education = short_qualification(kind.qualification, language);
        let (provider, day) = (voice.provider(kind.provider), words::weekday(kind.day, language));
        let hours = worth.confirmed.as_ref().map_or(String::new(), |(span, _)| {
            let (from, to) = (clock(span.start.time_of_day()), clock(span.end.time_of_day()));
            format!(" {from}–{to}")
        });
        let found = worth.confirmed.as_ref().map(|(_, effect)| effect);
        let by_hour = worth.by_hour().map_or(String::new(), |by_hour| {
            let told = points(by_hour, language);
            language.pick(format!("; {told} i timen"), format!("; {told} an hour"))
        });
        let text = format!("{}{by_hour}", effect(subject, found, language));
        Row::new(format!("{day}{hours}, {education}, {provider}"), subject, found, text).noted(note(found, language))
    };
    let price = |price: &Price| {
        let text = effect(subject, price.effect.as_ref(), language);
        let found = price.effect.as_ref();
        Row::new(soft(price.soft, language), subject, found, text).noted(note(found, language))
    };
    values.worths.iter().map(worth).chain(values.prices.iter().map(price)).collect()
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
