//! The rules that visits of several grants keep together: of a client (H3, H7), of a carer and of a provider (H13).

use std::collections::BTreeSet;

use super::facts::Facts;
use super::finding::{Fault, Findings, Who};
use super::roster::{Listed, Roster, asked, carer, total_minutes};
use super::visit::{at_most, minutes};
use crate::diagnostic::Text;
use crate::ids::{ClientId, ProviderId};
use crate::problem::Service;
use crate::units::Minutes;

/// H3 and H7 of every client with visits.
pub(super) fn clients(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    one_relief_visit_a_day(facts, roster, findings);
    one_provider(facts, roster, findings);
}

/// H3: relief and urgent relief of one client are on different days.
fn one_relief_visit_a_day(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    let grants = &facts.problem.grants;
    let relief = |listed: &Listed| grants[listed.visit.grant].service != Service::PracticalRelief;
    let client_and_day = |listed: &Listed| relief(listed).then(|| (grants[listed.visit.grant].client, listed.day));
    for visits in roster.by(client_and_day).values() {
        for (answers, together) in asked(visits).filter(|(_, together)| together.len() > 1) {
            let expected = Text::new("højst ét afløsningsbesøg om dagen", "at most one relief visit a day");
            let count = together.len();
            let got = Text::new(format!("{count} besøg"), format!("{count} visits"));
            findings.visit(answers, Fault::new("H3", expected, got));
        }
    }
}

/// H7: one and the same provider makes all the client's visits, where none is named.
fn one_provider(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    let problem = facts.problem;
    let open_choice = |listed: &Listed| Some(listed).filter(|v| has_open_choice(facts, v)).map(|v| client(facts, v));
    for (client, visits) in roster.by(open_choice) {
        for (answers, together) in asked(&visits) {
            let providers: BTreeSet<ProviderId> = together.iter().map(|listed| provider(facts, listed)).collect();
            if providers.len() > 1 {
                let expected = Text::new("én udfører i hele ugen", "one provider all week");
                let ids: Vec<&str> = providers.iter().map(|id| problem.providers[*id].id.as_str()).collect();
                let got = Text::new(ids.join(", "), ids.join(", "));
                findings.group(answers, Who::id(&problem.clients[client].id), Fault::new("H7", expected, got));
            }
        }
    }
}

/// Whether several providers could come to the visit's client.
fn has_open_choice(facts: &Facts, listed: &Listed) -> bool {
    let client = facts.problem.client_of(listed.visit.grant);
    let named = client.home_care_provider.is_some() || client.chosen_provider.is_some();
    facts.problem.standard(listed.visit.grant).municipal_only || !named
}

/// H13 of every carer with visits.
pub(super) fn carers(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    for (carer, visits) in roster.by(carer) {
        let carer = &facts.problem.carers[carer];
        cap(carer.relief_minutes_max, &carer.id, &visits, findings);
    }
}

/// H13 of every provider with visits.
pub(super) fn providers(facts: &Facts, roster: &Roster, findings: &mut Findings) {
    for (provider, visits) in roster.by(|listed| Some(provider(facts, listed))) {
        let provider = &facts.problem.providers[provider];
        cap(provider.weekly_minutes_max, &provider.id, &visits, findings);
    }
}

fn cap(most: Option<Minutes>, who: &str, visits: &[&Listed], findings: &mut Findings) {
    let Some(most) = most else { return };
    for (answers, together) in asked(visits) {
        let total = total_minutes(&together);
        if total > most {
            findings.group(answers, Who::id(who), Fault::new("H13", at_most(most), minutes(total)));
        }
    }
}

fn client(facts: &Facts, listed: &Listed) -> ClientId {
    facts.problem.grants[listed.visit.grant].client
}

fn provider(facts: &Facts, listed: &Listed) -> ProviderId {
    facts.problem.carers[listed.visit.carer].provider
}
