//! What a report counts, one entry for each grant, visit and shift of all weeks.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::calendar::IsoWeek;
use crate::check;
use crate::ids::{ClientId, GrantId, IdVec, ProviderId};
use crate::import::LoadedResult;
use crate::policy::Qualification;
use crate::problem::{Need, Problem, Service, Visit};
use crate::report::hours;
use crate::report::use_of_time::{Split, split_of_shift};
use crate::report::work::Work;
use crate::rules::{GrantState, Rulebook};
use crate::units::{Day, Minutes, Span};

/// A provider as people know it; two of one id and different names are two. `None` where nobody has the grant yet.
pub(super) type Where = Option<(String, String)>;

/// What a grant asks of who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// An education in health care, because needs are complex (H8).
    HealthEducation,
    /// The training for relief (H8).
    ReliefTraining,
    /// Neither: practical relief.
    Nothing,
}

/// A grant in one of the weeks.
#[derive(Clone, Debug)]
pub(super) struct GrantFact {
    pub week: IsoWeek,
    pub client: u32,
    pub municipality: String,
    pub provider: Where,
    pub need: Need,
    pub asked: Asked,
    pub state: GrantState,
    pub granted: Minutes,
    pub due: Minutes,
    /// Of what is due.
    pub delivered: Minutes,
    /// What pins deliver beyond what is due.
    pub beyond: Minutes,
    /// The reason's code, where less is delivered than granted.
    pub reason: Option<String>,
    /// Whole weeks at the week's Monday since the last visit before it that the history knows, or since the grant where
    /// that is later.
    pub waited_weeks: i64,
    /// What is missing from what is due, on the days on which it could have been delivered; see [`days`].
    pub missing: [Minutes; 7],
}

/// A visit in one of the weeks.
#[derive(Clone, Debug)]
pub(super) struct VisitFact {
    pub week: IsoWeek,
    pub client: u32,
    pub municipality: String,
    /// Whose carer comes.
    pub provider: Where,
    pub day: Day,
    pub minutes: Minutes,
    /// Whether the carer had visited the client within the policy's `familiar_days`.
    pub familiar: bool,
}

/// A shift in one of the weeks.
#[derive(Clone, Debug)]
pub(super) struct ShiftFact {
    pub week: IsoWeek,
    pub carer: u32,
    pub provider: Where,
    pub qualification: Qualification,
    pub day: Day,
    pub split: Split,
}

/// All weeks of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub weeks: Vec<IsoWeek>,
    pub municipalities: Vec<String>,
    /// Names that several providers have.
    pub shared_names: HashSet<String>,
    pub grants: Vec<GrantFact>,
    pub visits: Vec<VisitFact>,
    pub shifts: Vec<ShiftFact>,
}

/// Numbers people: the same person in two weeks has one number, and no client has that of a carer.
struct Numbers {
    first: u32,
    known: HashMap<[String; 2], u32>,
}

impl Numbers {
    fn from(first: u32) -> Self {
        Numbers { first, known: HashMap::new() }
    }

    fn of(&mut self, key: [&str; 2]) -> u32 {
        let next = self.first.saturating_add(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        *self.known.entry(key.map(str::to_owned)).or_insert(next)
    }
}

/// The number of the first carer.
const CARERS_FROM: u32 = 1 << 31;

impl Facts {
    pub(super) fn of(results: &[LoadedResult]) -> Facts {
        let mut facts = Facts::default();
        let (mut clients, mut carers) = (Numbers::from(0), Numbers::from(CARERS_FROM));
        for result in results {
            let book = Rulebook::of(&result.problem);
            facts.add_grants(result, &book, &mut clients);
            facts.add_visits(result, &mut clients);
            facts.add_shifts(result, &book, &mut carers);
            facts.weeks.push(result.problem.week);
            let municipalities = result.problem.clients.values().iter().map(|client| client.municipality.clone());
            facts.municipalities.extend(municipalities);
        }
        facts.shared_names = shared_names(results);
        facts.municipalities.sort();
        facts.municipalities.dedup();
        facts.weeks.sort();
        facts.weeks.dedup();
        facts
    }

    fn add_grants(&mut self, result: &LoadedResult, book: &Rulebook, clients: &mut Numbers) {
        let LoadedResult { problem, plan, reasons, .. } = result;
        let report = check::check_plan(problem, plan);
        let tallies = hours::tallies(problem, book, plan);
        let providers = hours::providers(problem, book, plan);
        let visits = by_grant(problem, plan.visits());
        for (id, grant) in problem.grants.iter() {
            let (tally, client) = (tallies[id], problem.client_of(id));
            let asked = match grant.service {
                Service::PracticalRelief => Asked::Nothing,
                _ if client.complex_needs => Asked::HealthEducation,
                _ => Asked::ReliefTraining,
            };
            let delivered = tally.due - tally.undelivered;
            self.grants.push(GrantFact {
                week: problem.week,
                client: person(clients, problem, grant.client),
                municipality: client.municipality.clone(),
                provider: providers[id].map(|provider| named(problem, provider)),
                need: grant.need,
                asked,
                state: book.grants[id].state,
                granted: tally.granted,
                due: tally.due,
                delivered,
                beyond: report.grants[id].delivered - delivered,
                reason: reasons.get(&id).cloned(),
                waited_weeks: waited_weeks(problem, id),
                missing: spread(
                    tally.undelivered,
                    &days(&book.grants[id].windows, &visits[id], problem.standard(id).days),
                ),
            });
        }
    }

    fn add_visits(&mut self, result: &LoadedResult, clients: &mut Numbers) {
        let problem = &result.problem;
        for visit in result.plan.visits() {
            let client = problem.grants[visit.grant].client;
            self.visits.push(VisitFact {
                week: problem.week,
                client: person(clients, problem, client),
                municipality: problem.clients[client].municipality.clone(),
                provider: Some(named(problem, problem.carers[visit.carer].provider)),
                day: visit.span.start.day().unwrap_or(Day(0)),
                minutes: visit.span.length(),
                familiar: problem.familiar.contains(&(client, visit.carer)),
            });
        }
    }

    fn add_shifts(&mut self, result: &LoadedResult, book: &Rulebook, carers: &mut Numbers) {
        let problem = &result.problem;
        let work = Work::of(problem, book, &result.plan);
        for (_, shift) in problem.shifts.iter() {
            let carer = &problem.carers[shift.carer];
            let provider = named(problem, carer.provider);
            self.shifts.push(ShiftFact {
                week: problem.week,
                carer: carers.of([&provider.0, &carer.id]),
                provider: Some(provider),
                qualification: carer.qualification,
                day: shift.day,
                split: split_of_shift(shift.span, &work.carers[shift.carer]),
            });
        }
    }
}

fn waited_weeks(problem: &Problem, grant: GrantId) -> i64 {
    let row = &problem.grants[grant];
    let since = problem.last_visits.get(&row.client).map_or(row.granted_on, |last| row.granted_on.max(*last));
    (problem.week.monday() - since).num_weeks().max(0)
}

/// Ids are those of a municipality: two may have clients of one id.
fn person(clients: &mut Numbers, problem: &Problem, client: ClientId) -> u32 {
    let client = &problem.clients[client];
    clients.of([&client.municipality, &client.id])
}

fn named(problem: &Problem, provider: ProviderId) -> (String, String) {
    let provider = &problem.providers[provider];
    (provider.id.clone(), provider.name.clone().unwrap_or_else(|| provider.id.clone()))
}

fn shared_names(results: &[LoadedResult]) -> HashSet<String> {
    let of = |result: &LoadedResult| -> Vec<(String, String)> {
        result.problem.providers.ids().map(|provider| named(&result.problem, provider)).collect()
    };
    let providers: HashSet<(String, String)> = results.iter().flat_map(of).collect();
    let mut seen = HashSet::new();
    providers.into_iter().map(|(_, name)| name).filter(|name| !seen.insert(name.clone())).collect()
}

fn by_grant(problem: &Problem, visits: &[Visit]) -> IdVec<GrantId, Vec<Visit>> {
    let mut by_grant: IdVec<GrantId, Vec<Visit>> = IdVec::from_fn(problem.grants.len(), |_| Vec::new());
    visits.iter().for_each(|visit| by_grant[visit.grant].push(*visit));
    by_grant
}

/// The days on which what is missing could have been delivered: those on which the rules leave the grant a window and it
/// has no visit. Where every one of them has a visit, all with a window; where there is none – the client is away in all
/// of them – the days of the standard.
fn days(windows: &[Span], visits: &[Visit], of_standard: [bool; 7]) -> Vec<Day> {
    let open: BTreeSet<Day> = windows.iter().filter_map(|window| window.start.day()).collect();
    let visited = |day: &Day| visits.iter().any(|visit| visit.span.start.day() == Some(*day));
    let free: Vec<Day> = open.iter().copied().filter(|day| !visited(day)).collect();
    let usual = Day::all().filter(|day| of_standard[usize::from(day.0)]);
    let choices = [free, open.into_iter().collect(), usual.collect(), Day::all().collect()];
    choices.into_iter().find(|days: &Vec<Day>| !days.is_empty()).unwrap_or_default()
}

/// Minutes shared out among days in equal parts, whole minutes.
fn spread(missing: Minutes, days: &[Day]) -> [Minutes; 7] {
    let count = i32::try_from(days.len()).unwrap_or(1).max(1);
    let mut shares = [Minutes(0); 7];
    for (at, day) in (0..).zip(days) {
        let extra = i32::from(at < missing.0 % count);
        shares[usize::from(day.0)] = Minutes(missing.0 / count + extra);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Spec, generate};
    use crate::ids::{CarerId, Id};
    use crate::tables::{HistoryRow, Located, Tables};

    #[test]
    fn a_family_waits_from_its_last_visit_or_from_the_grant_whichever_is_later() {
        let mut tables = generate(&Spec::ballerup(10, 3));
        let monday = tables.week.monday();
        let before = |days: i64| monday - chrono::Duration::days(days);
        tables.history.clear();
        let grant = &mut tables.grants[0].row;
        grant.granted_on = before(50);
        let (client, carer) = (grant.client_id.clone(), tables.staff[0].row.staff_id.clone());
        let waited = |tables: &Tables| {
            let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
            waited_weeks(&problem, GrantId::from_index(0))
        };
        assert_eq!(waited(&tables), 7);
        for (days, weeks) in [(200, 7), (21, 3), (20, 2), (0, 2)] {
            let visit = HistoryRow { client_id: client.clone(), staff_id: carer.clone(), date: before(days) };
            tables.history.push(Located { line: 2, row: visit });
            assert_eq!(waited(&tables), weeks, "a visit {days} days before; one on Monday is not before the week");
        }
    }

    #[test]
    fn what_is_missing_falls_on_days_that_were_open() {
        let window = |day: u8| Span::new(Day(day).at(Minutes(480)), Day(day).at(Minutes(960)));
        let visit = |day: u8| Visit { grant: GrantId::from_index(0), carer: CarerId::from_index(0), span: window(day) };
        let windows = [window(0), window(2), window(4)];
        let weekdays = [true, true, true, true, true, false, false];
        let of = |windows: &[Span], visits: &[Visit]| days(windows, visits, weekdays);
        assert_eq!(of(&windows, &[visit(2)]), [Day(0), Day(4)]);
        assert_eq!(of(&windows[..1], &[visit(0)]), [Day(0)], "more time on the same day");
        assert_eq!(of(&[], &[]).len(), 5);
        assert_eq!(days(&[], &[], [false; 7]).len(), 7);
        let shares = spread(Minutes(91), &[Day(0), Day(4)]).map(|minutes| minutes.0);
        assert_eq!(shares, [46, 0, 0, 0, 45, 0, 0]);
    }
}
