//! The rules' clauses in words, with their sources.
//!
//! \[B\] is Ballerup's "Kvalitetsstandard for afløsning og aflastning på ældreområdet 2025", \[K\] is Køge's
//! "Kvalitetsstandard for midlertidige ophold m.v." of 2023. Quotes stand in Danish in both languages.

use std::collections::BTreeMap;

use crate::coded::Coded;
use crate::diagnostic::Text;
use crate::ids::GrantId;
use crate::problem::{AbsenceReason, Problem, Service, WishKind};
use crate::rules::{self, Exclusion, GrantState};
use crate::units::Day;

/// Why nothing is due of a grant in this state.
pub(crate) fn not_due(problem: &Problem, grant: GrantId, state: GrantState) -> Text {
    match state {
        GrantState::NotEligible => not_eligible(problem, grant),
        GrantState::AwaitingAgreement => awaiting_agreement(problem, grant),
        GrantState::NoPossibleDay => no_possible_day(problem, grant),
        GrantState::Paused => paused(problem, grant),
        GrantState::Due => Text::new("", ""),
    }
}

fn not_eligible(problem: &Problem, grant: GrantId) -> Text {
    if problem.standard(grant).adults_only && !problem.client_of(grant).adult {
        return Text::new(
            "Borgeren er ikke voksen, og standarden kræver det ([K] »over 18 år«; for afløsning en antagelse)",
            "The client is not an adult, and the standard asks for it ([K] »over 18 år«; for relief an assumption)",
        );
    }
    Text::new(
        "Et ophold uden for hjemmet er ikke prøvet, og standarden kræver det ([K] »hvis ophold udenfor hjemmet \
         er afprøvet og … umuligt«)",
        "A stay outside the home was not tried, and the standard asks for it ([K] »hvis ophold udenfor hjemmet \
         er afprøvet og … umuligt«)",
    )
}

fn awaiting_agreement(problem: &Problem, grant: GrantId) -> Text {
    if problem.grants[grant].service == Service::UrgentRelief {
        return Text::new(
            "Intet tidsrum er aftalt i ugen; uopsættelig afløsning gives kun som aftalt ([B] »arrangementer af \
             uopsættelig karakter«)",
            "No window is agreed in the week; urgent relief is given only as agreed ([B] »arrangementer af \
             uopsættelig karakter«)",
        );
    }
    Text::new(
        "Intet tidsrum er aftalt i ugen ([K] »leveres kun efter forudgående konkret aftale«)",
        "No window is agreed in the week ([K] »leveres kun efter forudgående konkret aftale«)",
    )
}

fn no_possible_day(problem: &Problem, grant: GrantId) -> Text {
    let row = &problem.grants[grant];
    let valid = |day: &Day| {
        let date = problem.week.date(*day);
        row.valid_from <= date && row.valid_to.is_none_or(|last| date <= last)
    };
    if !Day::all().any(|day| valid(&day)) {
        return Text::new("Bevillingen gælder ikke i ugen", "The grant is not valid in the week");
    }
    let wished = row.wishes.iter().any(|wish| wish.kind != WishKind::Impossible);
    let (da, en) = if wished {
        ("ønsker og aftaler", "wishes and agreements")
    } else {
        ("tidsrum, der er umulige for familien,", "windows that are impossible for the family")
    };
    Text::new(
        format!(
            "Gyldighed, hverdage, dagtid, helligdage, lukkedage, {da} levner intet tidspunkt ([B] »på \
             hverdage«, »i dagtimerne«)"
        ),
        format!(
            "Validity, weekdays, daytime, holidays, closing days, {en} leave no moment ([B] »på hverdage«, »i \
             dagtimerne«)"
        ),
    )
}

fn paused(problem: &Problem, grant: GrantId) -> Text {
    let week = problem.week;
    let in_week =
        crate::units::Span::new(week.midnight(week.date(Day(0))), week.midnight(week.date(Day(6))) + crate::units::DAY);
    let absences = problem.client_of(grant).absences.iter().filter(|absence| absence.span.overlaps(in_week));
    let mut reasons: Vec<AbsenceReason> = absences.map(|absence| absence.reason).collect();
    reasons.sort_by_key(|reason| reason.code());
    reasons.dedup();
    let words: Vec<(&str, &str)> = reasons.into_iter().filter_map(stay).collect();
    let danish: Vec<&str> = words.iter().map(|(danish, _)| *danish).collect();
    let english: Vec<&str> = words.iter().map(|(_, english)| *english).collect();
    Text::new(
        format!("Borgeren er væk: {} (bevillingen holder pause, [B]; for afløsning en antagelse)", danish.join(", ")),
        format!("The client is away: {} (the grant pauses, [B]; for relief an assumption)", english.join(", ")),
    )
}

/// The absences that pause a grant.
fn stay(reason: AbsenceReason) -> Option<(&'static str, &'static str)> {
    match reason {
        AbsenceReason::Hospital => Some(("på hospital", "in hospital")),
        AbsenceReason::RespiteStay => Some(("på aflastningsophold", "on a respite stay")),
        AbsenceReason::ShortTermStay => Some(("på korttidsophold", "on a short-term stay")),
        _ => None,
    }
}

/// Why no carer may serve the grant: how many for which clause.
pub(crate) fn exclusions(problem: &Problem, grant: GrantId) -> Text {
    let mut counts: BTreeMap<Exclusion, usize> = BTreeMap::new();
    for exclusion in problem.carers.ids().filter_map(|carer| rules::excluded(problem, grant, carer)) {
        *counts.entry(exclusion).or_default() += 1;
    }
    if counts.is_empty() {
        return Text::new("der er ingen medarbejdere", "there are no carers");
    }
    let (danish, english): (Vec<String>, Vec<String>) = counts
        .into_iter()
        .map(|(exclusion, count)| {
            let (danish, english) = exclusion_words(exclusion, count);
            (format!("{count} {danish}"), format!("{count} {english}"))
        })
        .unzip();
    Text::new(danish.join(", "), english.join(", "))
}

/// The rule that a carer is excluded by.
pub(crate) fn rule_of(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::MunicipalOnly
        | Exclusion::NotTheHomeCareProvider
        | Exclusion::NotTheChosenProvider
        | Exclusion::NotApproved
        | Exclusion::PinnedToAnotherProvider => "H7",
        Exclusion::Qualification | Exclusion::NotTrained | Exclusion::ComplexNeeds => "H8",
        Exclusion::Avoided => "H9",
    }
}

/// The clause that so many carers are excluded by, with its source, in Danish and English: what follows their number.
pub(crate) fn exclusion_words(exclusion: Exclusion, carers: usize) -> (&'static str, &'static str) {
    let (danish, [of_one, of_several]) = match exclusion {
        Exclusion::MunicipalOnly => (
            "er ikke ansat i kommunen ([K] »Indsatsen leveres af Køge Kommune«)",
            [
                "is not employed by the municipality ([K] »Indsatsen leveres af Køge Kommune«)",
                "are not employed by the municipality ([K] »Indsatsen leveres af Køge Kommune«)",
            ],
        ),
        Exclusion::NotTheHomeCareProvider => (
            "er ikke fra den udfører, der kommer i hjemmet i forvejen ([B] »en medarbejder fra samme sted«)",
            [
                "is not of the provider that comes to the home already ([B] »en medarbejder fra samme sted«)",
                "are not of the provider that comes to the home already ([B] »en medarbejder fra samme sted«)",
            ],
        ),
        Exclusion::NotTheChosenProvider => (
            "er ikke fra den udfører, familien har valgt ([B] frit valg)",
            [
                "is not of the provider that the family chose ([B] free choice)",
                "are not of the provider that the family chose ([B] free choice)",
            ],
        ),
        Exclusion::NotApproved => (
            "er fra en udfører, der ikke er godkendt i kommunen ([B])",
            [
                "is of a provider that is not approved in the municipality ([B])",
                "are of a provider that is not approved in the municipality ([B])",
            ],
        ),
        Exclusion::PinnedToAnotherProvider => (
            "er ikke fra den udfører, der har ugens faste besøg",
            ["is not of the provider of the week's fixed visits", "are not of the provider of the week's fixed visits"],
        ),
        Exclusion::Qualification => (
            "har ikke en uddannelse, der må give afløsning",
            ["has no qualification that may give relief", "have no qualification that may give relief"],
        ),
        Exclusion::NotTrained => (
            "er ikke oplært i afløsning ([B])",
            ["is not trained for relief ([B])", "are not trained for relief ([B])"],
        ),
        Exclusion::ComplexNeeds => (
            "har ikke den sundhedsfaglige uddannelse, som komplekse behov kræver ([B])",
            [
                "has no health education, which complex needs ask for ([B])",
                "have no health education, which complex needs ask for ([B])",
            ],
        ),
        Exclusion::Avoided => (
            "må ikke komme hos borgeren (står som »skal undgås«)",
            ["must not visit the client (is to be avoided)", "must not visit the client (are to be avoided)"],
        ),
    };
    (danish, if carers == 1 { of_one } else { of_several })
}
