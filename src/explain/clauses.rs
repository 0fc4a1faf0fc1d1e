//! What takes away a carer's hours from a grant, in words; each follows the hours and the carers whose they are.

use super::words::{both, listed, spoken};
use crate::diagnostic::Text;
use crate::ids::{CarerId, GrantId};
use crate::language::Language;
use crate::problem::{Problem, WishKind};
use crate::rules::{GrantRules, Pattern};
use crate::units::Minutes;

pub(super) fn of_hours() -> Text {
    Text::new(
        "ligger uden for bevillingens dage og dagtimerne ([B] »på hverdage«, »i dagtimerne«)",
        "lie outside the grant's days and the daytime ([B] »på hverdage«, »i dagtimerne«)",
    )
}

pub(super) fn of_wishes(problem: &Problem, grant: GrantId) -> Text {
    let has = |kinds: &[WishKind]| problem.grants[grant].wishes.iter().any(|wish| kinds.contains(&wish.kind));
    if problem.standard(grant).requires_agreement {
        Text::new(
            "ligger uden for de tider, der er aftalt med familien ([K] »efter forudgående konkret aftale«)",
            "lie outside the times agreed with the family ([K] »efter forudgående konkret aftale«)",
        )
    } else if has(&[WishKind::Agreed]) {
        Text::new(
            "ligger uden for de tider, der er aftalt med familien",
            "lie outside the times agreed with the family",
        )
    } else if has(&[WishKind::Possible, WishKind::Preferred]) {
        Text::new(
            "ligger uden for de tider, hvor familien kan få besøg",
            "lie outside the times at which the family can be visited",
        )
    } else {
        Text::new("ligger på tider, der er umulige for familien", "lie at times that are impossible for the family")
    }
}

pub(super) fn of_presence() -> Text {
    Text::new("ligger, mens borgeren ikke er hjemme", "lie while the client is not at home")
}

pub(super) fn of_days() -> Text {
    Text::new("ligger på dage, hvor et fast besøg udelukker flere", "lie on days on which a fixed visit rules out more")
}

pub(super) fn of_absence() -> Text {
    Text::new("ligger, mens medarbejderen selv er fraværende", "lie while the carer is absent")
}

pub(super) fn of_bookings() -> Text {
    Text::new("er optaget af planlagt arbejde", "are taken by booked work")
}

pub(super) fn of_pins() -> Text {
    Text::new("er optaget af faste besøg", "are taken by fixed visits")
}

/// Free time that is left, and what does not fit into it.
pub(super) struct Gap<'a> {
    pub problem: &'a Problem,
    pub grant: GrantId,
    pub rules: &'a GrantRules,
    /// The most that the grant could get with nobody else in the week, pins included.
    pub alone: Minutes,
    /// Those who have time left.
    pub carers: &'a [CarerId],
}

/// More ways to divide the minutes than these are not told one by one.
const WAYS: usize = 3;

/// Free time that is left: too little, or in pieces too short for a visit with the way there and back and the break.
pub(super) fn of_gaps(gap: &Gap<'_>) -> Text {
    both(|language| {
        let beside = gap.beside(language);
        match gap.needed(language) {
            Some(visits) => language.pick(
                format!("der er ikke plads til {visits} sammen med {beside} (H2, H3, H10–H13)"),
                format!("there is no room for {visits} together with {beside} (H2, H3, H10–H13)"),
            ),
            None => language.pick(
                "besøgenes længder går ikke op i flere minutter (H2)".to_owned(),
                "visits of the lengths allowed do not add up to more minutes (H2)".to_owned(),
            ),
        }
    })
}

impl Gap<'_> {
    /// The visits that the least total beyond what is possible would take; `None` where no lengths add up to more.
    fn needed(&self, language: Language) -> Option<String> {
        let pinned = self.rules.pinned_minutes();
        let Some(patterns) = &self.rules.lengths.patterns else {
            return Some(language.pick("flere besøg", "more visits").to_owned());
        };
        let beyond = |pattern: &&Pattern| pinned + pattern.minutes() > self.alone;
        let least = patterns.iter().filter(beyond).map(Pattern::minutes).min()?;
        let ways: Vec<&Pattern> = patterns.iter().filter(|pattern| pattern.minutes() == least).collect();
        if ways.len() > WAYS {
            let total = spoken(least, language);
            return Some(language.pick(format!("besøg på tilsammen {total}"), format!("visits of {total} together")));
        }
        let told: Vec<String> = ways.iter().map(|pattern| visits(pattern, language)).collect();
        Some(told.join(language.pick(" eller ", " or ")))
    }

    /// What a visit has to fit in with, as far as the week knows it.
    fn beside(&self, language: Language) -> String {
        let carers = self.carers.iter().map(|carer| &self.problem.carers[*carer]);
        let is_capped = carers.into_iter().any(|carer| {
            carer.relief_minutes_max.is_some() || self.problem.providers[carer.provider].weekly_minutes_max.is_some()
        });
        let apart = self.problem.standard(self.grant).min_days_between > 1 && self.rules.max_visits > 1;
        let parts = [
            (true, language.pick("kørsel", "travel")),
            (self.problem.policy.pause.minutes > Minutes(0), language.pick("pause", "a break")),
            (is_capped, language.pick("timelofter", "caps on hours")),
            (apart, language.pick("dage imellem besøgene", "days between the visits")),
        ];
        let parts = parts.into_iter().filter(|(applies, _)| *applies).map(|(_, part)| part.to_owned());
        listed(&parts.collect::<Vec<String>>(), language)
    }
}

/// `et besøg på 2 t`, `besøg på 1,5 t og 1 t`.
fn visits(pattern: &Pattern, language: Language) -> String {
    let lengths: Vec<String> = pattern.lengths.iter().map(|length| spoken(*length, language)).collect();
    match lengths.as_slice() {
        [one] => language.pick(format!("et besøg på {one}"), format!("a visit of {one}")),
        [first, rest @ ..] if rest.iter().all(|length| length == first) => {
            let count = lengths.len();
            language.pick(format!("{count} besøg på {first}"), format!("{count} visits of {first}"))
        }
        _ => {
            let told = listed(&lengths, language);
            language.pick(format!("besøg på {told}"), format!("visits of {told}"))
        }
    }
}
