//! Places and offers as text and JSON.

use serde::Serialize;

use super::json::{ChangeTold, VisitTold};
use super::told;
use crate::explain::slots::{Offer, Slot};
use crate::explain::words::{self, Voice, families, points, spoken};
use crate::explain::{Change, Subject};
use crate::ids::GrantId;
use crate::language::Language;
use crate::plan::Terms;
use crate::units::{Minutes, Points, clock};

/// A place as JSON gives it.
#[derive(Debug, Serialize)]
pub struct SlotTold {
    #[serde(flatten)]
    visit: VisitTold,
    /// The visit may start as late as this for the same points.
    latest_start: String,
    minutes: i32,
    price_points: Points,
    terms: Terms,
    moved: Vec<ChangeTold>,
}

impl SlotTold {
    pub fn new(subject: &Subject, slot: &Slot) -> Self {
        let problem = &subject.problem;
        SlotTold {
            visit: VisitTold::new(problem, slot.visit),
            latest_start: clock(slot.latest_start.time_of_day()),
            minutes: slot.visit.span.length().0,
            price_points: slot.price,
            terms: slot.terms,
            moved: slot.moved.iter().map(|change| ChangeTold::new(problem, change)).collect(),
        }
    }
}

/// The places for a grant, best first: those where nobody moves, then those where others do.
pub fn slots(
    voice: Voice<'_>,
    (subject, grant): (&Subject, GrantId),
    (free, moving): (&[Slot], &[Slot]),
    language: Language,
) -> String {
    let who = voice.grant(grant, language);
    let missing = spoken(subject.missing(grant), language);
    let mut lines =
        vec![language.pick(format!("{who}: der mangler {missing}."), format!("{who}: {missing} are missing."))];
    lines.push(heading(free, ["Uden at nogen anden flyttes", "Without moving anybody else"], language));
    lines.extend(
        free.iter().zip(1..).map(|(slot, number)| format!("  {number}. {}", self::slot(voice, slot, language))),
    );
    lines.push(heading(moving, ["Hvis andre besøg samme dag flyttes", "If other visits of the day move"], language));
    lines.extend(
        moving.iter().zip(1..).map(|(slot, number)| format!("  {number}. {}", self::slot(voice, slot, language))),
    );
    if free.is_empty() && moving.is_empty() && subject.missing(grant) > Minutes(0) {
        lines.push(hint(language).to_owned());
    }
    lines.join("\n")
}

/// What is missing may be shorter than any visit: then one of the grant's own has to give way to a longer one.
fn hint(language: Language) -> &'static str {
    language.pick(
        "Et af borgerens egne besøg kan måske bytte plads med et længere: prøv med --visit. `pusterum explain` siger, hvad der ville hjælpe.",
        "One of the client's own visits may give way to a longer one: try --visit. `pusterum explain` says what would help.",
    )
}

fn heading(slots: &[Slot], [danish, english]: [&str; 2], language: Language) -> String {
    let none = if slots.is_empty() { language.pick(" ingen plads", " no room") } else { "" };
    format!("{}:{none}", language.pick(danish, english))
}

/// `tirsdag 24.11. kl. 10:00–11:30 med S1 (kan begynde indtil 10:20): −1640 point (ikke leveret −1660, transport +20)`.
fn slot(voice: Voice<'_>, slot: &Slot, language: Language) -> String {
    let visit = voice.visit(slot.visit, language);
    let latest = clock(slot.latest_start.time_of_day());
    let until = if slot.latest_start > slot.visit.span.start {
        language.pick(format!(" (kan begynde indtil {latest})"), format!(" (may start until {latest})"))
    } else {
        String::new()
    };
    let price = signed(slot.price, language);
    let terms = words::terms(slot.terms, language);
    let moved = moved(voice, &slot.moved, language);
    format!("{visit}{until}: {price} ({terms}){moved}")
}

fn signed(price: Points, language: Language) -> String {
    let plus = if price.0 > 0 { "+" } else { "" };
    format!("{plus}{}", points(price, language))
}

fn moved(voice: Voice<'_>, moved: &[Change], language: Language) -> String {
    if moved.is_empty() {
        return String::new();
    }
    let whom = families(moved.len(), language);
    let told: Vec<String> = moved.iter().map(|change| told::change(voice, change, language)).collect();
    let told = told.join("; ");
    language.pick(format!("; ændrer besøg hos {whom}: {told}"), format!("; changes visits of {whom}: {told}"))
}

/// The call list: for each family its best times.
pub fn offers(voice: Voice<'_>, offers: &[Offer], language: Language) -> String {
    if offers.is_empty() {
        return language.pick("Ingen bevilling venter på en aftale.", "No grant awaits an agreement.").to_owned();
    }
    let intro = language.pick(
        "Ring og aftal. De første tider hos alle familier kan holdes samtidig.",
        "Call and agree. The first times of all families can be kept together.",
    );
    let of_family = |offer: &Offer| {
        let who = voice.grant(offer.grant, language);
        if offer.slots.is_empty() {
            return language.pick(format!("{who}: ingen ledig tid"), format!("{who}: no free time"));
        }
        let times =
            offer.slots.iter().zip(1..).map(|(slot, n)| format!("  {n}. {}", self::slot(voice, slot, language)));
        [format!("{who}:")].into_iter().chain(times).collect::<Vec<String>>().join("\n")
    };
    [intro.to_owned()].into_iter().chain(offers.iter().map(of_family)).collect::<Vec<String>>().join("\n")
}
