//! What would help, in words and JSON.

use serde::Serialize;

use super::json::VisitTold;
use crate::diagnostic::Text;
use crate::explain::Subject;
use crate::explain::remedies::{Cure, Cures, Remedy};
use crate::explain::words::{Layout, Voice, better_or_worse, both, spoken, with_list};
use crate::language::Language;
use crate::units::{Minutes, Points};
use crate::words::clock;

/// A change that works, as JSON gives it.
#[derive(Debug, Serialize)]
pub struct CureTold {
    remedy: &'static str,
    gained_minutes: Minutes,
    price_points: Points,
    visits: Vec<VisitTold>,
    text_da: String,
    text_en: String,
}

impl CureTold {
    pub fn new(voice: Voice<'_>, subject: &Subject, cure: &Cure) -> Self {
        let text = told(voice, cure);
        CureTold {
            remedy: code(cure.remedy),
            gained_minutes: cure.gained,
            price_points: cure.price,
            visits: cure.visits.iter().map(|visit| VisitTold::new(&subject.problem, *visit)).collect(),
            text_da: text.danish,
            text_en: text.english,
        }
    }
}

fn code(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::WiderWindow { .. } => "wider_window",
        Remedy::AnotherDay { .. } => "another_day",
        Remedy::ImpossibleTime { .. } => "impossible_time",
        Remedy::FreeLengths => "free_lengths",
        Remedy::AnotherProvider { .. } => "another_provider",
        Remedy::LongerShift { .. } => "longer_shift",
    }
}

/// One change and what it gives.
pub fn told(voice: Voice<'_>, cure: &Cure) -> Text {
    both(|language| {
        let (change, gained) = (change(voice, cure.remedy, language), spoken(cure.gained, language));
        let (visits, price) = (voice.visits(&cure.visits, language), better_or_worse(cure.price, language));
        language.pick(
            format!("{change}: så er der plads til {gained} mere, uden at andre besøg ændres ({visits}; {price})"),
            format!("{change}: then there is room for {gained} more, and no other visit changes ({visits}; {price})"),
        )
    })
}

/// All changes for a grant, in the order in which one would ask.
pub fn all(voice: Voice<'_>, cures: &Cures, language: Language) -> String {
    let cut = language.pick("Tiden slap op, før alt var prøvet.", "The time ran out before all was tried.");
    if cures.found.is_empty() && !cures.is_complete {
        return cut.to_owned();
    }
    if cures.found.is_empty() {
        return language
            .pick(
                "Intet af det, der kan spørges om, ville hjælpe alene: andre tider eller dage hos familien, en anden godkendt \
                 udfører, en time eller to mere hos en medarbejder.",
                "Nothing that may be asked for would help by itself: other times or days of the family's, another approved \
                 provider, an hour or two more of a carer.",
            )
            .to_owned();
    }
    let items: Vec<String> =
        cures.found.iter().map(|cure| told(voice, cure).in_language(language).to_owned()).collect();
    let head = language.pick("Hvad der ville hjælpe, hver for sig:", "What would help, each by itself:");
    let told = with_list(head, &items, Layout::Lines);
    if cures.is_complete { told } else { format!("{told}\n{cut}") }
}

fn change(voice: Voice<'_>, remedy: Remedy, language: Language) -> String {
    match remedy {
        Remedy::WiderWindow { from, to } => {
            let window = voice.time(from, language);
            let (is_earlier, by) = (to.start < from.start, (from.start - to.start) + (to.end - from.end));
            let (by, end) = (spoken(by, language), to.start + to.length());
            let moment = if is_earlier { to.start } else { end };
            let at = clock(moment.time_of_day(), language);
            match is_earlier {
                true => language.pick(
                    format!("Spørg familien, om tiden {window} kan begynde kl. {at} ({by} tidligere)"),
                    format!("Ask the family whether the time {window} can begin at {at} ({by} earlier)"),
                ),
                false => language.pick(
                    format!("Spørg familien, om tiden {window} kan slutte kl. {at} ({by} senere)"),
                    format!("Ask the family whether the time {window} can end at {at} ({by} later)"),
                ),
            }
        }
        Remedy::AnotherDay { window, .. } => {
            let window = voice.time(window, language);
            language.pick(
                format!("Spørg familien, om den også kan {window}"),
                format!("Ask the family whether it can take {window} too"),
            )
        }
        Remedy::ImpossibleTime { window } => {
            let window = voice.time(window, language);
            language.pick(
                format!("Spørg familien, om den alligevel kan {window}"),
                format!("Ask the family whether it can take {window} after all"),
            )
        }
        Remedy::FreeLengths => language
            .pick("Lad besøgenes længde være åben".to_owned(), "Leave the lengths of the visits open".to_owned()),
        Remedy::AnotherProvider { provider } => {
            let provider = voice.provider(provider, language);
            language.pick(
                format!("Spørg familien, om den vil vælge {provider} (familiens frie valg)"),
                format!("Ask the family whether it would choose {provider} (its free choice)"),
            )
        }
        Remedy::LongerShift { shift, by } => {
            let carer = voice.carer_in_full(voice.problem.shifts[shift].carer, language);
            let (time, length) = (voice.time(by, language), spoken(by.length(), language));
            language.pick(format!("{length} mere med {carer}, {time}"), format!("{length} more of {carer}, {time}"))
        }
    }
}
