//! *What if*: scenarios of a week from TOML, each planned on its own, side by side.
//!
//! A scenario changes the rows of the week and its policy; the week is then built and validated as any other, so what
//! cannot be is refused with the same words. [`read()`] finds every fault of every scenario before anything is planned.

mod apply;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::clock::Clock;
use super::each::plan_each;
use super::subject::Subject;
use super::variant::{Outcome, plan_again};
use crate::diagnostic::{self, Diagnostic, Fault, codes};
use crate::ids::{CarerId, GrantId};
use crate::problem::{Problem, Published, Visit};
use crate::tables::Tables;

/// A scenario that can be planned.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub name: String,
    pub problem: Problem,
}

/// A scenario and what planning it comes to.
#[derive(Clone, Debug)]
pub struct Planned {
    pub name: String,
    /// Whether it weighs otherwise than the week: then their points cannot be compared.
    pub has_own_weights: bool,
    /// `None` where the time ran out before there was any plan.
    pub outcome: Option<Outcome>,
}

/// The file as it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    scenario: Vec<Spanned<rows::ScenarioRow>>,
}

/// A week as read, which the scenarios change.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    pub tables: &'a Tables,
    /// The same week as it is planned without a scenario: with the roster that was published before, if there is one.
    pub problem: &'a Problem,
    /// The text of the week's `policy.toml`; empty where there is none.
    pub policy: &'a str,
}

/// A text and the name by which diagnostics call its file.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

/// The scenarios of a file.
///
/// # Errors
/// Every fault of every scenario at once; of a text that is no TOML, or has a key that nobody reads, the first.
pub fn read(base: Base<'_>, source: Text<'_>) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let personal = civil_numbers(source);
    if !personal.is_empty() {
        return Err(personal);
    }
    let file: File = toml::from_str(source.text).map_err(|error| vec![unreadable(source, &error)])?;
    if file.scenario.is_empty() {
        return Err(vec![none(source)]);
    }
    let (mut scenarios, mut found): (Vec<Scenario>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    let plain = Problem::build(base.tables)?.problem;
    let mut names = BTreeSet::new();
    for row in &file.scenario {
        let line = line_of(source.text, row.span().start);
        let row = row.get_ref();
        if !names.insert(&row.name) {
            found.push(apply::fault(source.file, line, (&row.name, codes::DUPLICATE_ID), TWICE));
        }
        match apply::problem(base, row, (source.file, line)) {
            Ok(problem) if problem == plain => {
                found.push(apply::fault(source.file, line, (&row.name, codes::BAD_SCENARIO), NOTHING));
            }
            Ok(problem) => {
                let problem = with_published(problem, (base.problem, &plain));
                scenarios.push(Scenario { name: row.name.clone(), problem });
            }
            Err(faults) => found.extend(faults),
        }
    }
    if found.is_empty() { Ok(scenarios) } else { Err(found) }
}

const TWICE: [[&str; 2]; 2] = [
    ["to scenarier har samme navn", "two scenarios have the same name"],
    ["Giv det ene et andet navn", "Give one of them another name"],
];

const NOTHING: [[&str; 2]; 2] = [
    ["scenariet ændrer intet i ugen", "the scenario changes nothing in the week"],
    [
        "Skriv, hvad der skal være anderledes; docs/explain.md viser, hvad et scenarie kan sige",
        "Say what is to be different; docs/explain.md shows what a scenario can say",
    ],
];

/// The changed week with the roster that was published for the week as it is: with what is to be compared, and with the
/// visits that are kept as pins.
fn with_published(mut problem: Problem, (week, plain): (&Problem, &Problem)) -> Problem {
    let Some(published) = &week.published else { return problem };
    let frozen: Vec<Visit> = week.pins.iter().copied().filter(|pin| !plain.pins.contains(pin)).collect();
    let pins: BTreeSet<Visit> = problem.pins.iter().copied().chain(translated(&frozen, (week, &problem))).collect();
    let visits = translated(&published.visits, (week, &problem));
    let gone = u32::try_from(published.visits.len() - visits.len()).unwrap_or(u32::MAX);
    problem.published = Some(Published { visits, lost_rows: published.lost_rows + gone });
    problem.pins = pins.into_iter().collect();
    problem
}

/// Plans every scenario, beginning with the roster of the week as it is.
pub fn plan_all(subject: &Subject, scenarios: &[Scenario], clock: Clock) -> Vec<Planned> {
    let outcomes = plan_each(clock, scenarios, |scenario, start, turn| match start {
        Some(start) => plan_again(&scenario.problem, start, turn),
        None => {
            let start = translated(subject.plan.visits(), (&subject.problem, &scenario.problem));
            plan_again(&scenario.problem, &start, turn)
        }
    });
    let planned = scenarios.iter().zip(outcomes);
    let planned = planned.map(|(scenario, outcome)| Planned {
        name: scenario.name.clone(),
        has_own_weights: scenario.problem.policy.weights != subject.problem.policy.weights,
        outcome,
    });
    planned.collect()
}

/// The visits of one week whose grant and carer another week has as well: their numbers may differ, their ids do not.
fn translated(visits: &[Visit], (from, to): (&Problem, &Problem)) -> Vec<Visit> {
    let grants: BTreeMap<&str, GrantId> = to.grants.iter().map(|(id, row)| (row.id.as_str(), id)).collect();
    let carers: BTreeMap<&str, CarerId> = to.carers.iter().map(|(id, row)| (row.id.as_str(), id)).collect();
    let translate = |visit: &Visit| {
        let grant = *grants.get(from.grants[visit.grant].id.as_str())?;
        let carer = *carers.get(from.carers[visit.carer].id.as_str())?;
        Some(Visit { grant, carer, span: visit.span })
    };
    visits.iter().filter_map(translate).collect()
}

/// Lines with what looks like a civil registration number: nothing of them is kept or shown.
fn civil_numbers(source: Text<'_>) -> Vec<Diagnostic> {
    let lines = (1..).zip(source.text.lines()).filter(|(_, line)| diagnostic::civil_number::stands_in(line));
    let fault = || {
        Fault::new(
            codes::CIVIL_NUMBER,
            ["her står noget, der ligner et CPR-nummer", "here stands what looks like a civil registration number"],
            ["Fjern det; værktøjet skal ikke bruge det", "Remove it; the tool needs none"],
        )
    };
    lines.map(|(line, _)| fault().in_file(source.file).on_line(line)).collect()
}

fn line_of(text: &str, offset: usize) -> u64 {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

fn unreadable(source: Text<'_>, error: &toml::de::Error) -> Diagnostic {
    // The first line says what is wrong; the rest repeats the text.
    let message = error.message().lines().next().unwrap_or_default();
    let fault = Fault::new(
        codes::BAD_SCENARIO,
        [&format!("filen kan ikke læses ({message})"), &format!("the file cannot be read ({message})")],
        [
            "Ret linjen; docs/explain.md viser, hvad et scenarie kan sige",
            "Mend the line; docs/explain.md shows what a scenario can say",
        ],
    );
    let found = fault.in_file(source.file);
    match error.span() {
        Some(span) => found.on_line(line_of(source.text, span.start)),
        None => found,
    }
}

fn none(source: Text<'_>) -> Diagnostic {
    let fault = Fault::new(
        codes::BAD_SCENARIO,
        ["der er ingen scenarier", "there are no scenarios"],
        ["Begynd hvert scenarie med [[scenario]] og et navn", "Begin each scenario with [[scenario]] and a name"],
    );
    fault.in_file(source.file)
}
