//! Names of municipalities that stand in one file only: a slip of the pen silently gives other rules.

use std::collections::{BTreeSet, HashMap};

use super::super::index::cell;
use crate::diagnostic::{Diagnostic, Fault, codes, nearest_id};
use crate::policy::Policy;
use crate::tables::Tables;

const CLIENTS: &str = "clients.csv";
const PROVIDERS: &str = "providers.csv";
const CLOSING_DAYS: &str = "closing_days.csv";
const POLICY: &str = "policy.toml";

/// There are 98 municipalities, and cities have districts; where there are more names, they are no municipalities.
const NAMES_MOST: usize = 500;

/// The names of municipalities, by where they stand.
struct Names<'t> {
    clients: BTreeSet<&'t str>,
    providers: BTreeSet<&'t str>,
    /// With rules of their own, built in or in the week's `policy.toml`.
    policy: BTreeSet<&'t str>,
    /// With rules in the week's `policy.toml` though nothing else is known of them.
    rules_only: BTreeSet<&'t str>,
}

pub(super) fn warnings(tables: &Tables) -> Vec<Diagnostic> {
    let names = Names::of(tables);
    if names.count() > NAMES_MOST {
        return not_approved(tables);
    }
    let mut found = of_clients(tables, &names);
    found.extend(of_providers(tables, &names));
    found.extend(of_closing_days(tables, &names));
    found.extend(of_policy(&names));
    found.extend(not_approved(tables));
    found
}

impl<'t> Names<'t> {
    fn of(tables: &'t Tables) -> Self {
        let clients: BTreeSet<&str> = tables.clients.iter().map(|row| row.row.municipality.as_str()).collect();
        let approved = tables.providers.iter().flat_map(|row| &row.row.municipalities);
        let providers: BTreeSet<&str> = approved.map(String::as_str).collect();
        let policy: BTreeSet<&str> = tables.policy.municipalities.keys().map(String::as_str).collect();
        let built_in = Policy::default().municipalities;
        let used = |name: &str| clients.contains(name) || providers.contains(name) || built_in.contains_key(name);
        let rules_only = policy.iter().copied().filter(|name| !used(name)).collect();
        Names { clients, providers, policy, rules_only }
    }

    fn count(&self) -> usize {
        self.clients.len() + self.providers.len() + self.policy.len()
    }
}

/// What was meant by a name, if another one is nearly it.
fn meant<'t>(name: &str, among: &[&BTreeSet<&'t str>]) -> Option<&'t str> {
    nearest_id(name, among.iter().copied().flatten().copied().filter(|other| *other != name))
}

/// Clients whose municipality has no rules of its own: odd where no provider is approved there either, or where the
/// name is nearly that of one with rules.
fn of_clients(tables: &Tables, names: &Names<'_>) -> Vec<Diagnostic> {
    let odd = |name: &&&str| !names.policy.contains(**name);
    let fault = |name: &str| match meant(name, &[&names.policy]) {
        // Then the rules' name is the odd one.
        Some(meant) if names.rules_only.contains(meant) => None,
        Some(meant) => Some(strange(RULES, Some(meant))),
        None if names.providers.contains(name) => None,
        None => Some(strange(RULES, meant(name, &[&names.providers]))),
    };
    let odd: Vec<(&str, Fault)> =
        names.clients.iter().filter(odd).filter_map(|name| Some((*name, fault(name)?))).collect();
    let rows = tables.clients.iter().filter_map(|row| {
        let (name, fault) = odd.iter().find(|(name, _)| *name == row.row.municipality)?;
        Some(cell(CLIENTS, row, "municipality").warning(name, fault.clone()))
    });
    rows.collect()
}

/// Approvals in a municipality of which nothing else is known, but which is nearly one of them.
fn of_providers(tables: &Tables, names: &Names<'_>) -> Vec<Diagnostic> {
    let strange_name = |name: &&String| !names.policy.contains(name.as_str()) && !names.clients.contains(name.as_str());
    let rows = tables.providers.iter().flat_map(|row| row.row.municipalities.iter().map(move |name| (row, name)));
    let odd = rows.filter(|(_, name)| strange_name(name)).filter_map(|(row, name)| {
        let meant = meant(name, &[&names.clients, &names.policy])?;
        Some(cell(PROVIDERS, row, "municipalities").warning(name, strange(NOBODY, Some(meant))))
    });
    odd.collect()
}

/// Closing days of a municipality where nobody lives and no provider is approved.
fn of_closing_days(tables: &Tables, names: &Names<'_>) -> Vec<Diagnostic> {
    let known = [&names.clients, &names.providers, &names.policy];
    let mut found = Vec::new();
    for row in &tables.closing_days {
        let name = row.row.municipality.as_str();
        if known.iter().all(|names| !names.contains(name)) {
            let fault = strange(NOT_CLOSED, meant(name, &[&names.clients, &names.policy]));
            found.push(cell(CLOSING_DAYS, row, "municipality").warning(name, fault));
        }
    }
    found
}

/// Rules for a municipality of which nothing else is known, but which is nearly that of a client without rules.
fn of_policy(names: &Names<'_>) -> Vec<Diagnostic> {
    let without_rules: BTreeSet<&str> = names.clients.difference(&names.policy).copied().collect();
    let odd = names.rules_only.iter().filter_map(|name| {
        let meant = meant(name, &[&without_rules])?;
        let fault = strange(NOBODY, Some(meant));
        Some(fault.in_file(POLICY).in_column("municipality").with_value(name).as_warning())
    });
    odd.collect()
}

/// Clients whose provider is not approved where they live.
fn not_approved(tables: &Tables) -> Vec<Diagnostic> {
    let approved: HashMap<&str, &[String]> =
        tables.providers.iter().map(|row| (row.row.provider_id.as_str(), &row.row.municipalities[..])).collect();
    let mut found = Vec::new();
    for row in &tables.clients {
        let named =
            [("home_care_provider", &row.row.home_care_provider), ("chosen_provider", &row.row.chosen_provider)];
        for (column, id) in named.into_iter().filter_map(|(column, id)| Some((column, id.as_deref()?))) {
            if approved.get(id).is_some_and(|names| !names.contains(&row.row.municipality)) {
                found.push(cell(CLIENTS, row, column).warning(id, not_approved_fault()));
            }
        }
    }
    found
}

fn not_approved_fault() -> Fault {
    Fault::new(
        codes::PROVIDER_NOT_APPROVED,
        [
            "udføreren er ikke godkendt i borgerens kommune, men planlægges alligevel",
            "the provider is not approved in the client's municipality, but is planned all the same",
        ],
        [
            "Tilføj kommunen i providers.csv, eller ret udføreren",
            "Add the municipality in providers.csv, or mend the provider",
        ],
    )
}

const RULES: [&str; 2] = [
    "kommunen har ingen egne regler i policy.toml; den får de indbyggede for Ballerup",
    "the municipality has no rules of its own in policy.toml; it gets the built-in ones of Ballerup",
];
const NOBODY: [&str; 2] = ["ingen borger bor i denne kommune", "no client lives in this municipality"];
const NOT_CLOSED: [&str; 2] = [
    "ingen borger bor i denne kommune; lukkedagen gælder for ingen",
    "no client lives in this municipality; the closing day is nobody's",
];

fn strange(problem: [&str; 2], meant: Option<&str>) -> Fault {
    let leave = ["Ret navnet, eller lad det stå, hvis det er rigtigt", "Mend the name, or leave it if it is right"];
    Fault::of_slip(codes::STRANGE_MUNICIPALITY, problem, meant, leave)
}
