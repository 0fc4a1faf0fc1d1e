//! Verdicts in words.

use std::collections::BTreeSet;

use crate::diagnostic::Text;
use crate::explain::obstacles;
use crate::explain::verdict::{GrantVerdict, Instead, Level, Part, Verdict};
use crate::explain::words::{self, Voice, both, families, points, spoken, visits};
use crate::explain::{Change, Subject};
use crate::ids::ClientId;
use crate::language::Language;
use crate::units::Minutes;

/// More visits or changes are counted, not listed.
const LISTED: usize = 4;

/// Why a grant does not get more, a sentence or two for each kind of minutes.
pub fn verdict(voice: Voice<'_>, verdict: &GrantVerdict) -> Text {
    both(|language| {
        let missing = spoken(verdict.due - verdict.delivered, language);
        let due = spoken(verdict.due, language);
        let start = if verdict.delivered == Minutes(0) {
            language.pick(format!("Alle {due} mangler."), format!("All {due} are missing."))
        } else {
            language.pick(format!("Der mangler {missing} af {due}."), format!("{missing} of {due} are missing."))
        };
        let parts = verdict.parts.iter().map(|part| of_part(voice, verdict, *part, language));
        [start].into_iter().chain(parts).collect::<Vec<String>>().join(" ")
    })
}

fn of_part(voice: Voice<'_>, verdict: &GrantVerdict, part: Part, language: Language) -> String {
    let minutes = spoken(part.minutes, language);
    match part.verdict {
        Verdict::ImpossibleAlone => impossible_alone(verdict, &minutes, language),
        Verdict::ImpossibleTogether => impossible_together((voice, verdict), &minutes, language),
        Verdict::TradedOff => traded_off((voice, verdict), &minutes, language),
        Verdict::AtNoCost => at_no_cost((voice, verdict), &minutes, language),
        Verdict::NotProven => not_proven(&minutes, language),
    }
}

fn impossible_alone(verdict: &GrantVerdict, minutes: &str, language: Language) -> String {
    let why = obstacles::told(&verdict.obstacles);
    let why = why.in_language(language);
    let most = spoken(verdict.possible_alone, language);
    let most = if verdict.possible_alone == Minutes(0) {
        String::new()
    } else {
        language.pick(format!("; mere end {most} er ikke muligt"), format!("; more than {most} is not possible"))
    };
    language.pick(
        format!("{minutes} kan ikke leveres, heller ikke hvis ingen andre skulle have besøg{most}. {why}"),
        format!("{minutes} cannot be delivered, even if nobody else were to be visited{most}. {why}"),
    )
}

/// The level of a verdict with the least total.
fn first_level(verdict: &GrantVerdict, kind: Verdict) -> Option<&Level> {
    verdict.levels.iter().find(|level| level.verdict == kind)
}

fn impossible_together((voice, verdict): (Voice<'_>, &GrantVerdict), minutes: &str, language: Language) -> String {
    let level = first_level(verdict, Verdict::ImpossibleTogether);
    let taken = level.and_then(|level| level.takes_at_least).unwrap_or_default();
    let taken = spoken(taken, language);
    let losing = level.and_then(|level| level.found.as_ref()).map(|found| losing(found, verdict)).unwrap_or_default();
    let holders = holders(voice, &losing, language);
    language.pick(
        format!("{minutes} kan kun leveres, hvis borgere med større behov eller længere ventetid tilsammen får mindst {taken} mindre{holders}."),
        format!("{minutes} can be delivered only if clients with greater need or a longer wait together get at least {taken} less{holders}."),
    )
}

/// Those who lose minutes by another plan.
fn losing<'a>(found: &'a Instead, verdict: &GrantVerdict) -> Vec<&'a Change> {
    let loses = |change: &&Change| change.grant != verdict.grant && change.gained() < Minutes(0);
    found.changes.iter().filter(loses).collect()
}

fn holders(voice: Voice<'_>, losing: &[&Change], language: Language) -> String {
    if losing.is_empty() {
        return String::new();
    }
    let told: Vec<String> = losing
        .iter()
        .take(LISTED)
        .map(|change| format!("{} ({})", voice.grant(change.grant, language), voice.visits(&change.before, language)))
        .collect();
    let told = words::listed(&told, language);
    language.pick(format!("; tiden har {told}"), format!("; the time is held by {told}"))
}

fn traded_off((voice, verdict): (Voice<'_>, &GrantVerdict), minutes: &str, language: Language) -> String {
    let Some((level, found)) = verdict.cheapest() else { return String::new() };
    let more = spoken(level.minutes - verdict.delivered, language);
    let price = price(level, found, language);
    let changed = changed(voice, (verdict, found), language);
    language.pick(
        format!(
            "{minutes} kunne være der, men planen ville samlet blive dårligere: {more} mere koster {price}. {changed}"
        ),
        format!("{minutes} would fit, but the plan as a whole would be worse: {more} more costs {price}. {changed}"),
    )
}

fn at_no_cost((voice, verdict): (Voice<'_>, &GrantVerdict), minutes: &str, language: Language) -> String {
    let Some((level, found)) = verdict.cheapest() else { return String::new() };
    let price = price(level, found, language);
    let changed = changed(voice, (verdict, found), language);
    language.pick(
        format!("{minutes} kunne leveres, uden at planen bliver dårligere ({price}): planlæg igen. {changed}"),
        format!("{minutes} could be delivered without making the plan worse ({price}): plan again. {changed}"),
    )
}

fn not_proven(minutes: &str, language: Language) -> String {
    language.pick(
        format!("For {minutes} er svaret ikke bevist: tiden slap op. Giv mere tid med --time-limit."),
        format!("For {minutes} the answer is not proven: the time ran out. Give more with --time-limit."),
    )
}

/// The points and what they are made of; where the search was cut short, how far it may be off.
fn price(level: &Level, found: &Instead, language: Language) -> String {
    let terms = words::terms(found.terms, language);
    let told = points(found.price, language);
    let made_of = if terms.is_empty() { told } else { format!("{told} ({terms})") };
    if found.is_proven {
        return made_of;
    }
    match level.price_at_least {
        Some(least) => {
            let least = points(least, language);
            language.pick(format!("højst {made_of}, mindst {least}"), format!("at most {made_of}, at least {least}"))
        }
        None => language.pick(format!("højst {made_of}"), format!("at most {made_of}")),
    }
}

/// Whose visits another plan would change, and who would get less.
fn changed(voice: Voice<'_>, (verdict, found): (&GrantVerdict, &Instead), language: Language) -> String {
    let others: Vec<&Change> = found.changes.iter().filter(|change| change.grant != verdict.grant).collect();
    let own = found.changes.iter().find(|change| change.grant == verdict.grant);
    let own = own.map(|change| voice.visits(&change.after, language)).unwrap_or_default();
    let own = language.pick(format!("Besøget ville ligge {own}."), format!("It would be visited {own}."));
    if others.is_empty() {
        let nobody = language.pick("Ingen andre besøg ville ændre sig.", "No other visit would change.");
        return format!("{own} {nobody}");
    }
    let clients: BTreeSet<ClientId> = others.iter().map(|change| voice.problem.grants[change.grant].client).collect();
    let count = visits(others.iter().map(|change| change.before.len().max(change.after.len())).sum(), language);
    let whom = families(clients.len(), language);
    let told: Vec<String> = others.iter().take(LISTED).map(|change| self::change(voice, change, language)).collect();
    let more = if others.len() > LISTED { language.pick("; og flere", "; and more") } else { "" };
    let told = told.join("; ");
    language.pick(
        format!("{own} {count} hos {whom} ville ændre sig: {told}{more}."),
        format!("{own} {count} of {whom} would change: {told}{more}."),
    )
}

/// One grant's change, such as `C2 får besøg tirsdag … i stedet for mandag …`.
pub(crate) fn change(voice: Voice<'_>, change: &Change, language: Language) -> String {
    let who = voice.grant(change.grant, language);
    let (before, after) = (voice.visits(&change.before, language), voice.visits(&change.after, language));
    match (change.before.is_empty(), change.after.is_empty()) {
        (false, true) => {
            language.pick(format!("{who} mister besøget {before}"), format!("{who} loses the visit {before}"))
        }
        (true, _) => language.pick(format!("{who} får besøg {after}"), format!("{who} is visited {after}")),
        (false, false) => language.pick(
            format!("{who} får besøg {after} i stedet for {before}"),
            format!("{who} is visited {after} instead of {before}"),
        ),
    }
}

/// How many minutes of how many families have which verdict, a line for each.
pub fn overview(subject: &Subject, verdicts: &[GrantVerdict]) -> Text {
    let kinds = [
        Verdict::ImpossibleAlone,
        Verdict::ImpossibleTogether,
        Verdict::TradedOff,
        Verdict::AtNoCost,
        Verdict::NotProven,
    ];
    both(|language| {
        let line = |kind: Verdict| {
            let of_kind = verdicts.iter().filter(|verdict| verdict.minutes_of(kind) > Minutes(0));
            let minutes: Minutes = verdicts.iter().map(|verdict| verdict.minutes_of(kind)).sum();
            let clients = subject.families(of_kind.map(|verdict| verdict.grant)).len();
            let (time, whom) = (spoken(minutes, language), families(clients, language));
            (minutes > Minutes(0)).then(|| {
                language.pick(format!("  {time} hos {whom}: ",), format!("  {time} of {whom}: ")) + name(kind, language)
            })
        };
        let lines: Vec<String> = kinds.into_iter().filter_map(line).collect();
        if lines.is_empty() {
            return language.pick("Alt er leveret.", "Everything is delivered.").to_owned();
        }
        lines.join("\n")
    })
}

/// A verdict in a few words.
fn name(verdict: Verdict, language: Language) -> &'static str {
    match verdict {
        Verdict::ImpossibleAlone => language.pick(
            "kan ikke leveres, heller ikke hvis der ingen andre var",
            "cannot be delivered, even if there were nobody else",
        ),
        Verdict::ImpossibleTogether => language.pick(
            "kan kun leveres på bekostning af borgere med større behov eller længere ventetid",
            "can be delivered only at the expense of clients with greater need or a longer wait",
        ),
        Verdict::TradedOff => language.pick(
            "kunne leveres, men planen ville samlet blive dårligere",
            "could be delivered, but the plan as a whole would be worse",
        ),
        Verdict::AtNoCost => language.pick(
            "kunne leveres, uden at planen bliver dårligere: planlæg igen",
            "could be delivered without making the plan worse: plan again",
        ),
        Verdict::NotProven => language.pick("ikke bevist: tiden slap op", "not proven: the time ran out"),
    }
}
