//! Scenarios with other people than the week: compared by the ids of the files, as their numbers differ.

use std::collections::{BTreeMap, BTreeSet};

use pusterum::explain::scenarios::{Base, Text, plan_all, read};
use pusterum::explain::{Clock, Effect, Outcome, Subject, plan_again};
use pusterum::generate::{Spec, generate};
use pusterum::problem::{Problem, Visit};
use pusterum::units::Minutes;

/// What each client gets by some visits.
fn given(problem: &Problem, visits: &[Visit]) -> BTreeMap<String, Minutes> {
    let mut given = BTreeMap::new();
    for visit in visits {
        *given.entry(problem.client_of(visit.grant).id.clone()).or_default() += visit.span.length();
    }
    given
}

/// Those who get more by the first than by the second.
fn more(first: &BTreeMap<String, Minutes>, second: &BTreeMap<String, Minutes>) -> BTreeSet<String> {
    let before = |client: &String| second.get(client).copied().unwrap_or_default();
    first.iter().filter(|(client, minutes)| **minutes > before(client)).map(|(client, _)| client.clone()).collect()
}

#[test]
fn families_are_the_same_whoever_comes_and_goes() {
    let tables = generate(&Spec::ballerup(24, 5));
    let problem = Problem::build(&tables).expect("the week is valid").problem;
    let clock = Clock { effort: Some(1), ..Clock::default() };
    let planned = plan_again(&problem, &[], &clock.single()).expect("there is a plan");
    let subject = Subject::new(problem, planned.plan.visits()).expect("the plan keeps the rules");
    // The first ones go, so that the numbers of all others change.
    let first = subject.plan.visits().iter().min_by_key(|visit| visit.grant).expect("somebody is visited");
    let gone = &subject.problem.grants[first.grant];
    let carer = &tables.staff[0].row.staff_id;
    let client = &tables.clients[1].row.client_id;
    let text = format!(
        "[[scenario]]\nname = \"a grant less\"\nremove_grants = [\"{}\"]\n\n\
         [[scenario]]\nname = \"a carer less\"\nremove_staff = [\"{carer}\"]\n\n\
         [[scenario]]\nname = \"a grant more\"\n[[scenario.grant]]\ngrant_id = \"A-NEW\"\nclient_id = \"{client}\"\n\
         weekly_minutes = 120\nmax_visits = 2\nneed = \"high\"\nvalid_from = \"2026-01-01\"\ngranted_on = \"2026-01-01\"\n",
        gone.id
    );
    let base = Base { tables: &tables, problem: &subject.problem, policy: "" };
    let scenarios = read(base, Text { file: "s.toml", text: &text }).expect("they can be");
    let before = Outcome::of_subject(&subject);
    let had = given(&subject.problem, subject.plan.visits());
    for (scenario, planned) in scenarios.iter().zip(plan_all(&subject, &scenarios, clock)) {
        let outcome = planned.outcome.expect("there is a plan");
        let has = given(&scenario.problem, outcome.plan.visits());
        let effect = Effect::of(&before, outcome);
        assert_eq!(effect.gaining, more(&has, &had), "{}", scenario.name);
        assert_eq!(effect.losing, more(&had, &has), "{}", scenario.name);
        if scenario.name == "a grant less" {
            assert!(effect.losing.contains(&subject.problem.client_of(first.grant).id), "{:?}", effect.losing);
        }
    }
}
