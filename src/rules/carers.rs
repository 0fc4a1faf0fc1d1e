//! Who may visit whom: provider, qualification, training and avoided staff (H7, H8, H9).

use super::{pinned_providers, provider_is_open};
use crate::ids::{CarerId, GrantId, IdVec, ProviderId};
use crate::problem::{Problem, Service};

/// Why a carer may not serve a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// H7: the municipality's own home care only.
    MunicipalOnly,
    /// H7: somebody from the home-care provider that already comes.
    NotTheHomeCareProvider,
    /// H7: the family chose another provider.
    NotTheChosenProvider,
    /// H7: the provider is not approved in the client's municipality.
    NotApproved,
    /// H7: pinned visits of the week have settled on another provider.
    PinnedToAnotherProvider,
    /// H8: the qualification may not do relief.
    Qualification,
    /// H8: not trained for relief.
    NotTrained,
    /// H8: complex needs ask for a health education.
    ComplexNeeds,
    /// H9: the family asked for somebody else.
    Avoided,
}

/// Why this carer may not serve this grant; `None` if the carer may.
pub fn excluded(problem: &Problem, grant: GrantId, carer: CarerId) -> Option<Exclusion> {
    let provider = problem.carers[carer].provider;
    provider_excluded(problem, grant, provider)
        .or_else(|| education_excluded(problem, grant, carer))
        .or_else(|| problem.client_of(grant).avoid_staff.contains(&carer).then_some(Exclusion::Avoided))
}

fn provider_excluded(problem: &Problem, grant: GrantId, provider: ProviderId) -> Option<Exclusion> {
    let client = problem.client_of(grant);
    let row = &problem.providers[provider];
    let approved = row.municipalities.contains(&client.municipality);
    let settled = |wanted: ProviderId, no: Exclusion| (provider != wanted).then_some(no);
    let excluded = if problem.standard(grant).municipal_only {
        (!row.municipal || !approved).then_some(Exclusion::MunicipalOnly)
    } else if let Some(home_care) = client.home_care_provider {
        settled(home_care, Exclusion::NotTheHomeCareProvider)
    } else if let Some(chosen) = client.chosen_provider {
        settled(chosen, Exclusion::NotTheChosenProvider)
    } else {
        (!approved).then_some(Exclusion::NotApproved)
    };
    excluded.or_else(|| pins_excluded(problem, grant, provider))
}

/// The one-provider clause where pins have already used it up.
fn pins_excluded(problem: &Problem, grant: GrantId, provider: ProviderId) -> Option<Exclusion> {
    let client = problem.grants[grant].client;
    if !provider_is_open(problem, client) || problem.pins.is_empty() {
        return None;
    }
    let pinned = pinned_providers(problem, client);
    pinned.iter().any(|p| *p != provider).then_some(Exclusion::PinnedToAnotherProvider)
}

fn education_excluded(problem: &Problem, grant: GrantId, carer: CarerId) -> Option<Exclusion> {
    if problem.grants[grant].service == Service::PracticalRelief {
        return None;
    }
    let (carer, standard) = (&problem.carers[carer], problem.standard(grant));
    if !standard.relief_qualifications.contains(&carer.qualification) {
        Some(Exclusion::Qualification)
    } else if !carer.relief_trained {
        Some(Exclusion::NotTrained)
    } else if problem.client_of(grant).complex_needs && !standard.complex_qualifications.contains(&carer.qualification)
    {
        Some(Exclusion::ComplexNeeds)
    } else {
        None
    }
}

/// The carers of each provider.
pub(super) fn by_provider(problem: &Problem) -> IdVec<ProviderId, Vec<CarerId>> {
    let mut carers = IdVec::from_fn(problem.providers.len(), |_| Vec::new());
    for (id, carer) in problem.carers.iter() {
        carers[carer.provider].push(id);
    }
    carers
}

/// The carers who may serve a grant, in order.
pub(super) fn of_grant(
    problem: &Problem,
    grant: GrantId,
    by_provider: &IdVec<ProviderId, Vec<CarerId>>,
) -> Vec<CarerId> {
    let providers = by_provider.iter().filter(|(p, _)| provider_excluded(problem, grant, *p).is_none());
    let carers = providers.flat_map(|(_, carers)| carers.iter().copied());
    let avoided = &problem.client_of(grant).avoid_staff;
    let mut able: Vec<CarerId> =
        carers.filter(|c| education_excluded(problem, grant, *c).is_none() && !avoided.contains(c)).collect();
    able.sort_unstable();
    able
}
