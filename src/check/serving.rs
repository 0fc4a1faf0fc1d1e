//! Who may make a visit and whether that carer is at work then (H7–H9 and H10 without the day's other work).

use super::facts::Facts;
use super::finding::{Fault, list_hours};
use super::roster::Listed;
use crate::diagnostic::Text;
use crate::ids::ProviderId;
use crate::policy::Qualification;
use crate::problem::{Carer, Client, Provider, Service};
use crate::words;

/// H7 without its one-provider clause: the carer's provider is one that may come.
pub(super) fn provider(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let problem = facts.problem;
    let client = problem.client_of(listed.visit.grant);
    let id = problem.carers[listed.visit.carer].provider;
    let provider = &problem.providers[id];
    let named = |wanted: ProviderId| say(problem.providers[wanted].id.clone());
    let expected = if problem.standard(listed.visit.grant).municipal_only {
        let own = provider.municipal && is_approved(provider, client);
        (!own).then(|| Text::new("kommunens egen hjemmepleje", "the municipality's own home care"))
    } else if let Some(wanted) = client.home_care_provider.or(client.chosen_provider) {
        (id != wanted).then(|| named(wanted))
    } else {
        let town = &client.municipality;
        let approved = || Text::new(format!("godkendt i {town}"), format!("approved in {town}"));
        (!is_approved(provider, client)).then(approved)
    };
    expected.map(|expected| Fault::new("H7", expected, say(provider.id.clone())))
}

fn is_approved(provider: &Provider, client: &Client) -> bool {
    provider.municipalities.contains(&client.municipality)
}

/// H8: the carer is trained for relief and of a qualification that may do it. Not asked of practical relief.
pub(super) fn relief_education(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let carer = carer_of_relief(facts, listed)?;
    let may = &facts.problem.standard(listed.visit.grant).relief_qualifications;
    if !may.contains(&carer.qualification) {
        return Some(Fault::new("H8", one_of(may), qualification(carer.qualification)));
    }
    let expected = || Text::new("oplært i afløsning", "trained for relief");
    let got = || Text::new("ikke oplært", "not trained");
    (!carer.relief_trained).then(|| Fault::new("H8", expected(), got()))
}

/// H8: complex needs ask for an education in health care. Not asked of practical relief.
pub(super) fn complex_education(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let carer = carer_of_relief(facts, listed)?;
    let may = &facts.problem.standard(listed.visit.grant).complex_qualifications;
    let complex = facts.problem.client_of(listed.visit.grant).complex_needs;
    let unfit = complex && !may.contains(&carer.qualification);
    unfit.then(|| Fault::new("H8", one_of(may), qualification(carer.qualification)))
}

fn carer_of_relief<'a>(facts: &Facts<'a>, listed: &Listed) -> Option<&'a Carer> {
    let practical = facts.problem.grants[listed.visit.grant].service == Service::PracticalRelief;
    (!practical).then(|| &facts.problem.carers[listed.visit.carer])
}

/// H9: the client does not avoid the carer.
pub(super) fn not_avoided(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let avoided = facts.problem.client_of(listed.visit.grant).avoid_staff.contains(&listed.visit.carer);
    avoided.then(|| {
        let expected =
            Text::new("en medarbejder, som borgeren ikke har fravalgt", "a carer whom the client does not avoid");
        Fault::new("H9", expected, say(facts.problem.carers[listed.visit.carer].id.clone()))
    })
}

/// H10: the visit starts on the grid or exactly where an open window of the grant begins.
pub(super) fn on_the_grid(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let (start, grid) = (listed.visit.span.start, facts.problem.policy.start_grid);
    let opens_a_window = facts.grants[listed.visit.grant].windows.iter().any(|window| window.start == start);
    if start.time_of_day().0 % grid.0 == 0 || opens_a_window {
        return None;
    }
    let expected = Text::new(
        format!("start på hele {grid} minutter eller ved et tidsrums begyndelse"),
        format!("a start on whole {grid} minutes or where a window begins"),
    );
    Some(Fault::new("H10", expected, Text::spoken(|language| words::clock(start.time_of_day(), language))))
}

/// H10: the carer is not absent.
pub(super) fn carer_present(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let absences = &facts.problem.carers[listed.visit.carer].absences;
    let away = *absences.iter().find(|away| away.overlaps(listed.visit.span))?;
    let Text { danish, english } = list_hours(listed.day.span().intersection(away));
    let expected = Text::new("medarbejderen er på arbejde", "the carer is at work");
    let got = Text::new(format!("fraværende {danish}"), format!("absent {english}"));
    Some(Fault::new("H10", expected, got))
}

/// H10: the visit lies within one shift of the carer.
pub(super) fn in_a_shift(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let shifts = || facts.shifts[listed.visit.carer].iter().map(|id| &facts.problem.shifts[*id]);
    if shifts().any(|shift| shift.span.covers(listed.visit.span)) {
        return None;
    }
    let today = shifts().filter(|shift| shift.day == listed.day).map(|shift| shift.span);
    let Text { danish, english } = list_hours(today);
    let expected = Text::new(format!("inden for en vagt ({danish})"), format!("within a shift ({english})"));
    Some(Fault::new("H10", expected, list_hours([listed.visit.span])))
}

/// An id, which is the same in both languages.
fn say(value: String) -> Text {
    Text { danish: value.clone(), english: value }
}

fn one_of(qualifications: &[Qualification]) -> Text {
    let names: Vec<Text> = qualifications.iter().copied().map(qualification).collect();
    let list = |pick: fn(&Text) -> &str| names.iter().map(pick).collect::<Vec<_>>().join(", ");
    Text::new(list(|name| &name.danish), list(|name| &name.english))
}

fn qualification(qualification: Qualification) -> Text {
    match qualification {
        Qualification::Untrained => Text::new("ufaglært", "untrained"),
        Qualification::Helper => Text::new("social- og sundhedshjælper", "helper"),
        Qualification::Assistant => Text::new("social- og sundhedsassistent", "assistant"),
        Qualification::Nurse => Text::new("sygeplejerske", "nurse"),
    }
}
