//! Places and offers as text and JSON.

use serde::Serialize;

use super::json::{ChangeTold, VisitTold};
use super::told::{be, change_told};
use crate::explain::slots::{Offer, Slot};
use crate::explain::words::{Layout, Voice, better_or_worse, families, spoken, terms_in_brackets, with_list};
use crate::explain::{Change, Subject};
use crate::ids::GrantId;
use crate::language::Language;
use crate::plan::Terms;
use crate::problem::Visit;
use crate::units::{Minutes, Points};
use crate::words::clock;

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
            latest_start: crate::units::clock(slot.latest_start.time_of_day()),
            minutes: slot.visit.span.length().0,
            price_points: slot.price,
            terms: slot.terms,
            moved: slot.moved.iter().map(|change| ChangeTold::new(problem, change)).collect(),
        }
    }
}

/// What places are for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub grant: GrantId,
    /// The visit that has to move, where it is one.
    pub visit: Option<Visit>,
    pub missing: Minutes,
    pub delivered: Minutes,
}

/// The places for a grant, best first: those where nobody moves, then those where others do.
pub fn slots(voice: Voice<'_>, wanted: Wanted, (free, moving): (&[Slot], &[Slot]), language: Language) -> String {
    let mut lines = vec![head(voice, wanted, language)];
    if free.is_empty() && moving.is_empty() && wanted.visit.is_none() && wanted.missing == Minutes(0) {
        lines.push(nothing_to_place(language).to_owned());
        return lines.join("\n");
    }
    let free_head = match free.is_empty() {
        true => language.pick("Uden at nogen anden flyttes: ingen plads.", "Without moving anybody else: no room."),
        false => language.pick("Uden at nogen anden flyttes:", "Without moving anybody else:"),
    };
    lines.push(with_list(free_head, &all_told(voice, free, language), Layout::Numbered));
    let moving_head = match (moving.is_empty(), free.is_empty()) {
        (true, true) => language.pick(
            "Hvis andre besøg samme dag flyttes: ingen plads fundet på højst et sekund.",
            "If other visits of the day move: no room found in a second at most.",
        ),
        (true, false) => language.pick(
            "Hvis andre besøg samme dag flyttes: intet fundet på højst et sekund, der er bedre end dagens ledige pladser.",
            "If other visits of the day move: nothing found in a second at most that is better than the day's free places.",
        ),
        (false, _) => language.pick(
            "Hvis andre besøg samme dag flyttes (det bedste fundet på højst et sekund, hvor det er bedre end dagens ledige pladser):",
            "If other visits of the day move (the best found in a second at most, where it is better than the day's free places):",
        ),
    };
    lines.push(with_list(moving_head, &all_told(voice, moving, language), Layout::Numbered));
    if free.is_empty() && moving.is_empty() && wanted.missing > Minutes(0) {
        lines.push(hint(wanted, language).to_owned());
    }
    lines.join("\n")
}

fn head(voice: Voice<'_>, wanted: Wanted, language: Language) -> String {
    let who = voice.grant_in_full(wanted.grant, language);
    if let Some(visit) = wanted.visit {
        let visit = voice.visit(visit, language);
        return language.pick(
            format!("{who}: hvor kan besøget {visit} flyttes hen?"),
            format!("{who}: where can the visit {visit} move?"),
        );
    }
    let missing = spoken(wanted.missing, language);
    match wanted.missing {
        Minutes(0) => language.pick(format!("{who}: der mangler intet."), format!("{who}: nothing is missing.")),
        _ => language.pick(
            format!("{who}: der mangler {missing}."),
            format!("{who}: {missing} {} missing.", be(wanted.missing)),
        ),
    }
}

fn all_told(voice: Voice<'_>, slots: &[Slot], language: Language) -> Vec<String> {
    slots.iter().map(|slot| self::slot(voice, slot, language)).collect()
}

/// A grant that gets all that is due has no further visit; one of its visits may have to move all the same.
fn nothing_to_place(language: Language) -> &'static str {
    language.pick(
        "Der skal ikke findes plads til flere besøg i ugen. Skal et af besøgene flyttes, så spørg med --visit.",
        "No further visit needs a place this week. Where one of the visits has to move, ask with --visit.",
    )
}

/// What is missing may be shorter than any visit: then one of the grant's own, if it has any, has to give way to a longer one.
fn hint(wanted: Wanted, language: Language) -> &'static str {
    if wanted.delivered == Minutes(0) {
        return language.pick(
            "`pusterum explain` siger, hvad der står i vejen, og hvad der ville hjælpe.",
            "`pusterum explain` says what stands in the way, and what would help.",
        );
    }
    language.pick(
        "Et af borgerens egne besøg kan måske bytte plads med et længere: prøv med --visit. `pusterum explain` siger, hvad der ville hjælpe.",
        "One of the client's own visits may give way to a longer one: try --visit. `pusterum explain` says what would help.",
    )
}

/// `tir. 24.11. kl. 10.00–11.30 (1,5 t) med medarbejder S1 (sygeplejerske, Omsorg), kan begynde indtil kl. 10.20: planen
/// bliver 1.640 point bedre (ikke leveret −1.660, kørsel +20)`.
fn slot(voice: Voice<'_>, slot: &Slot, language: Language) -> String {
    let (time, length) = (voice.time(slot.visit.span, language), spoken(slot.visit.span.length(), language));
    let carer = voice.carer_in_full(slot.visit.carer, language);
    let latest = clock(slot.latest_start.time_of_day(), language);
    let until = if slot.latest_start > slot.visit.span.start {
        language.pick(format!(", kan begynde indtil kl. {latest}"), format!(", may start until {latest}"))
    } else {
        String::new()
    };
    let price = better_or_worse(slot.price, language) + &terms_in_brackets(slot.terms, language);
    let moved = moved(voice, &slot.moved, language);
    language.pick(
        format!("{time} ({length}) med {carer}{until}: planen bliver {price}{moved}"),
        format!("{time} ({length}) with {carer}{until}: the plan is {price}{moved}"),
    )
}

fn moved(voice: Voice<'_>, moved: &[Change], language: Language) -> String {
    if moved.is_empty() {
        return String::new();
    }
    let clients: std::collections::BTreeSet<_> =
        moved.iter().map(|change| voice.problem.grants[change.grant].client).collect();
    let whom = families(clients.len(), language);
    let told: Vec<String> = moved.iter().map(|change| change_told(voice, change, language)).collect();
    let told = told.join("; ");
    language.pick(format!("; ændrer besøg hos {whom}: {told}"), format!("; changes visits of {whom}: {told}"))
}

/// The call list: for each family its best times.
pub fn offers(voice: Voice<'_>, offers: &[Offer], language: Language) -> String {
    if offers.is_empty() {
        return language.pick("Ingen bevilling venter på en aftale.", "No grant awaits an agreement.").to_owned();
    }
    let intro = language.pick(
        "Ring og aftal. Den første tid hos hver familie kan holdes samtidig med de andres.",
        "Call and agree. The first time of each family can be kept together with those of the others.",
    );
    let of_family = |offer: &Offer| {
        let who = voice.grant_in_full(offer.grant, language);
        match offer.slots.as_slice() {
            [] => language.pick(format!("{who}: ingen ledig tid."), format!("{who}: no free time.")),
            slots => with_list(&format!("{who}:"), &all_told(voice, slots, language), Layout::Numbered),
        }
    };
    [intro.to_owned()].into_iter().chain(offers.iter().map(of_family)).collect::<Vec<String>>().join("\n")
}
