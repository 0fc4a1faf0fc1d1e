//! What would help, in words and JSON.

use serde::Serialize;

use super::json::VisitTold;
use crate::diagnostic::Text;
use crate::explain::Subject;
use crate::explain::remedies::{Cure, Remedy};
use crate::explain::words::{Voice, both, spoken};
use crate::language::Language;
use crate::units::{Minutes, Points};
use crate::words::qualification;

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
        let visits = voice.visits(&cure.visits, language);
        language.pick(
            format!("{change}: så er der plads til {gained} mere, uden at andre mister noget ({visits})"),
            format!("{change}: then there is room for {gained} more, and nobody loses anything ({visits})"),
        )
    })
}

/// All changes for a grant, in the order in which one would ask.
pub fn all(voice: Voice<'_>, cures: &[Cure], language: Language) -> String {
    if cures.is_empty() {
        return language
            .pick(
                "Ingen enkelt ændring, der kan forhandles om, ville hjælpe, uden at andre mister noget.",
                "No single change that may be negotiated would help without others losing something.",
            )
            .to_owned();
    }
    let lines = cures.iter().map(|cure| format!("  – {}.", told(voice, cure).in_language(language)));
    let head = language.pick("Hvad der ville hjælpe:", "What would help:").to_owned();
    [head].into_iter().chain(lines).collect::<Vec<String>>().join("\n")
}

fn change(voice: Voice<'_>, remedy: Remedy, language: Language) -> String {
    match remedy {
        Remedy::WiderWindow { from, to } => {
            let by = spoken((from.start - to.start) + (to.end - from.end), language);
            let window = voice.time(from, language);
            if to.start < from.start {
                language.pick(
                    format!("Spørg familien, om {window} kan begynde {by} tidligere"),
                    format!("Ask the family whether {window} can begin {by} earlier"),
                )
            } else {
                language.pick(
                    format!("Spørg familien, om {window} kan slutte {by} senere"),
                    format!("Ask the family whether {window} can end {by} later"),
                )
            }
        }
        Remedy::AnotherDay { window, .. } => {
            let window = voice.time(window, language);
            language.pick(
                format!("Spørg familien, om også {window} er muligt"),
                format!("Ask the family whether {window} is possible too"),
            )
        }
        Remedy::ImpossibleTime { window } => {
            let window = voice.time(window, language);
            language.pick(
                format!("Spørg familien, om {window} alligevel er muligt"),
                format!("Ask the family whether {window} is possible after all"),
            )
        }
        Remedy::FreeLengths => language
            .pick("Lad besøgenes længde være åben".to_owned(), "Leave the lengths of the visits open".to_owned()),
        Remedy::AnotherProvider { provider } => {
            let provider = voice.provider(provider);
            language.pick(
                format!("Spørg familien, om den vil vælge {provider} (familiens frie valg)"),
                format!("Ask the family whether it would choose {provider} (its free choice)"),
            )
        }
        Remedy::LongerShift { shift, by } => {
            let row = &voice.problem.shifts[shift];
            let (carer, time) = (voice.carer(row.carer), voice.time(by, language));
            let education = qualification(voice.problem.carers[row.carer].qualification, language).to_lowercase();
            let length = spoken(by.length(), language);
            language.pick(
                format!("{length} mere af {carer} ({education}), {time}"),
                format!("{length} more of {carer} ({education}), {time}"),
            )
        }
    }
}
