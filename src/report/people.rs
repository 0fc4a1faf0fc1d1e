//! What people are called in what is made for reading: by their ids, and by name and address only where that was asked
//! for.
//!
//! Nothing else that is written for people reads names or addresses. An address that is protected is never given.

use crate::ids::{CarerId, ClientId, ProviderId};
use crate::language::Language;
use crate::problem::{Client, Problem};
use crate::words::Naming;

/// Names for one result.
#[derive(Clone, Copy)]
pub(super) struct People<'a> {
    problem: &'a Problem,
    naming: Naming,
    language: Language,
}

impl<'a> People<'a> {
    pub(super) fn new(problem: &'a Problem, naming: Naming, language: Language) -> Self {
        People { problem, naming, language }
    }

    pub(super) fn naming(self) -> Naming {
        self.naming
    }

    /// The name, or the id where names are not asked for or there is none.
    pub(super) fn client(self, client: ClientId) -> &'a str {
        let row = &self.problem.clients[client];
        self.name(row.name.as_deref(), &row.id)
    }

    /// The id, where something else stands as the name.
    pub(super) fn client_id_beside_name(self, client: ClientId) -> Option<&'a str> {
        let id = self.problem.clients[client].id.as_str();
        (self.client(client) != id).then_some(id)
    }

    pub(super) fn carer(self, carer: CarerId) -> &'a str {
        let row = &self.problem.carers[carer];
        self.name(row.name.as_deref(), &row.id)
    }

    pub(super) fn carer_id_beside_name(self, carer: CarerId) -> Option<&'a str> {
        let id = self.problem.carers[carer].id.as_str();
        (self.carer(carer) != id).then_some(id)
    }

    /// Providers are no persons: their names are always given.
    pub(super) fn provider(self, provider: ProviderId) -> &'a str {
        let row = &self.problem.providers[provider];
        row.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&row.id)
    }

    /// Where a client lives, in words, where names are asked for and anything may be said.
    pub(super) fn address(self, client: ClientId) -> Option<&'a str> {
        let row: &Client = &self.problem.clients[client];
        match self.naming {
            Naming::Ids => None,
            Naming::Names if row.protected_address => {
                Some(self.language.pick("Beskyttet adresse: spørg planlæggeren", "Protected address: ask the planner"))
            }
            Naming::Names => row.address.as_deref().filter(|address| !address.trim().is_empty()),
        }
    }

    /// The address as it stands on a letter: nothing where it is protected.
    pub(super) fn postal_address(self, client: ClientId) -> Option<&'a str> {
        self.address(client).filter(|_| !self.problem.clients[client].protected_address)
    }

    fn name(self, name: Option<&'a str>, id: &'a str) -> &'a str {
        match self.naming {
            Naming::Ids => id,
            Naming::Names => name.filter(|name| !name.trim().is_empty()).unwrap_or(id),
        }
    }
}
