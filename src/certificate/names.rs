//! Rows, sets of visits and shifts in the words of the week's files, and back.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{CarerId, ClientId, GrantId, Id, IdVec, ProviderId, ShiftId};
use crate::plan::proof::{PairCover, RowName, VisitSet};
use crate::problem::Problem;
use crate::units::{Day, Minutes, clock};

/// A shift in words: carer, date and start.
pub(super) type ShiftWords = [String; 3];

/// A [`VisitSet`] in words.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SetWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shift: Option<ShiftWords>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<i32>,
}

/// From ids to words.
pub(super) struct Words<'p>(pub &'p Problem);

impl Words<'_> {
    pub fn grant(&self, id: GrantId) -> String {
        self.0.grants[id].id.clone()
    }

    fn client(&self, id: ClientId) -> String {
        self.0.clients[id].id.clone()
    }

    fn carer(&self, id: CarerId) -> String {
        self.0.carers[id].id.clone()
    }

    fn provider(&self, id: ProviderId) -> String {
        self.0.providers[id].id.clone()
    }

    fn day(&self, day: Day) -> String {
        self.0.week.date(day).to_string()
    }

    pub fn shift(&self, id: ShiftId) -> ShiftWords {
        let row = &self.0.shifts[id];
        [self.carer(row.carer), self.day(row.day), clock(row.span.start.time_of_day())]
    }

    pub fn set(&self, set: &VisitSet) -> SetWords {
        SetWords {
            grant: set.grant.map(|id| self.grant(id)),
            client: set.client.map(|id| self.client(id)),
            carer: set.carer.map(|id| self.carer(id)),
            provider: set.provider.map(|id| self.provider(id)),
            date: set.day.map(|day| self.day(day)),
            shift: set.shift.map(|id| self.shift(id)),
            minutes: set.length.map(|length| length.0),
        }
    }

    pub fn row(&self, name: &RowName) -> Vec<String> {
        let (kind, words) = match name {
            RowName::OneVisit(grant) => ("one-visit", vec![self.grant(*grant)]),
            RowName::Length(grant, length) => ("length", vec![self.grant(*grant), length.to_string()]),
            RowName::TotalMinutes(grant) => ("total-minutes", vec![self.grant(*grant)]),
            RowName::TotalVisits(grant) => ("total-visits", vec![self.grant(*grant)]),
            RowName::Visited(grant) => ("visited", vec![self.grant(*grant)]),
            RowName::DaysApart(grant, day) => ("days-apart", vec![self.grant(*grant), self.day(*day)]),
            RowName::ClientDay(client, day) => ("client-day", vec![self.client(*client), self.day(*day)]),
            RowName::CarerCap(carer, part) => ("carer-cap", vec![self.carer(*carer), part.0.to_string()]),
            RowName::ProviderCap(provider, part) => {
                ("provider-cap", vec![self.provider(*provider), part.0.to_string()])
            }
            RowName::ExtraCarers(grant, days) => {
                let days = days.iter().flat_map(|(carer, day)| [self.carer(*carer), self.day(*day)]);
                ("extra-carers", [self.grant(*grant)].into_iter().chain(days).collect())
            }
            RowName::Returns(grant, visits) => {
                let visits =
                    visits.iter().flat_map(|(carer, day, l)| [self.carer(*carer), self.day(*day), l.to_string()]);
                ("returns", [self.grant(*grant)].into_iter().chain(visits).collect())
            }
            RowName::Pairs(grant, cover) => {
                let patterns = cover.patterns.iter().map(|[one, other]| format!("{one}+{other}"));
                let patterns = patterns.collect::<Vec<_>>().join("/");
                let halves = cover.halves.iter().flat_map(|(carer, day, length, halves)| {
                    [self.carer(*carer), self.day(*day), length.to_string(), halves.to_string()]
                });
                ("pairs", [self.grant(*grant), patterns].into_iter().chain(halves).collect())
            }
            RowName::OneProvider(client, visits) => {
                let visits = visits.iter().flat_map(|(p, g, day)| [self.provider(*p), self.grant(*g), self.day(*day)]);
                ("one-provider", [self.client(*client)].into_iter().chain(visits).collect())
            }
            RowName::LengthByDay(grant, length, day) => {
                ("length-by-day", vec![self.grant(*grant), length.to_string(), self.day(*day)])
            }
            // The first one has a line of its own, and the other never stands in a proof.
            RowName::Half(_) => ("half", Vec::new()),
            RowName::Inner => ("inner", Vec::new()),
            RowName::Branch(step) => ("branch", vec![step.to_string()]),
        };
        [kind.to_owned()].into_iter().chain(words).collect()
    }
}

/// From words to ids; `None` where the week does not know them.
pub(super) struct Ids<'p> {
    problem: &'p Problem,
    grants: HashMap<&'p str, GrantId>,
    clients: HashMap<&'p str, ClientId>,
    carers: HashMap<&'p str, CarerId>,
    providers: HashMap<&'p str, ProviderId>,
    shifts: HashMap<ShiftWords, ShiftId>,
}

fn by_id<K: Id, V>(rows: &IdVec<K, V>, id: impl Fn(&V) -> &str) -> HashMap<&str, K> {
    rows.iter().map(|(key, row)| (id(row), key)).collect()
}

impl<'p> Ids<'p> {
    pub fn of(problem: &'p Problem) -> Self {
        let words = Words(problem);
        Ids {
            problem,
            grants: by_id(&problem.grants, |row| &row.id),
            clients: by_id(&problem.clients, |row| &row.id),
            carers: by_id(&problem.carers, |row| &row.id),
            providers: by_id(&problem.providers, |row| &row.id),
            shifts: problem.shifts.ids().map(|id| (words.shift(id), id)).collect(),
        }
    }

    pub fn grant(&self, word: &str) -> Option<GrantId> {
        self.grants.get(word).copied()
    }

    fn client(&self, word: &str) -> Option<ClientId> {
        self.clients.get(word).copied()
    }

    fn carer(&self, word: &str) -> Option<CarerId> {
        self.carers.get(word).copied()
    }

    fn provider(&self, word: &str) -> Option<ProviderId> {
        self.providers.get(word).copied()
    }

    fn day(&self, word: &str) -> Option<Day> {
        self.problem.week.day_of(word.parse().ok()?)
    }

    pub fn shift(&self, words: &ShiftWords) -> Option<ShiftId> {
        self.shifts.get(words).copied()
    }

    /// The set; `None` where a word of it is unknown.
    pub fn set(&self, words: &SetWords) -> Option<VisitSet> {
        fn known<W, T>(word: &Option<W>, find: impl Fn(&W) -> Option<T>) -> Option<Option<T>> {
            word.as_ref().map_or(Some(None), |word| find(word).map(Some))
        }
        Some(VisitSet {
            grant: known(&words.grant, |word| self.grant(word))?,
            client: known(&words.client, |word| self.client(word))?,
            carer: known(&words.carer, |word| self.carer(word))?,
            provider: known(&words.provider, |word| self.provider(word))?,
            day: known(&words.date, |word| self.day(word))?,
            shift: known(&words.shift, |words| self.shift(words))?,
            length: words.minutes.map(Minutes),
        })
    }

    pub fn row(&self, words: &[String]) -> Option<RowName> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Some(match words.as_slice() {
            ["one-visit", grant] => RowName::OneVisit(self.grant(grant)?),
            ["length", grant, length] => RowName::Length(self.grant(grant)?, minutes(length)?),
            ["total-minutes", grant] => RowName::TotalMinutes(self.grant(grant)?),
            ["total-visits", grant] => RowName::TotalVisits(self.grant(grant)?),
            ["visited", grant] => RowName::Visited(self.grant(grant)?),
            ["days-apart", grant, day] => RowName::DaysApart(self.grant(grant)?, self.day(day)?),
            ["client-day", client, day] => RowName::ClientDay(self.client(client)?, self.day(day)?),
            ["carer-cap", carer, part] => RowName::CarerCap(self.carer(carer)?, minutes(part)?),
            ["provider-cap", provider, part] => RowName::ProviderCap(self.provider(provider)?, minutes(part)?),
            ["extra-carers", grant, days @ ..] => RowName::ExtraCarers(self.grant(grant)?, self.days(days)?),
            ["returns", grant, visits @ ..] => RowName::Returns(self.grant(grant)?, self.singles(visits)?),
            ["pairs", grant, patterns, halves @ ..] => {
                RowName::Pairs(self.grant(grant)?, Arc::new(self.cover(patterns, halves)?))
            }
            ["one-provider", client, visits @ ..] => RowName::OneProvider(self.client(client)?, self.visits(visits)?),
            ["length-by-day", grant, length, day] => {
                RowName::LengthByDay(self.grant(grant)?, minutes(length)?, self.day(day)?)
            }
            ["branch", step] => RowName::Branch(step.parse().ok()?),
            _ => return None,
        })
    }

    fn days(&self, words: &[&str]) -> Option<Vec<(CarerId, Day)>> {
        let pair = |words: &[&str]| Some((self.carer(words.first()?)?, self.day(words.get(1)?)?));
        words.chunks(2).map(pair).collect()
    }

    fn singles(&self, words: &[&str]) -> Option<Vec<(CarerId, Day, Minutes)>> {
        let three =
            |words: &[&str]| Some((self.carer(words.first()?)?, self.day(words.get(1)?)?, minutes(words.get(2)?)?));
        words.chunks(3).map(three).collect()
    }

    fn cover(&self, patterns: &str, halves: &[&str]) -> Option<PairCover> {
        let pattern = |word: &str| word.split_once('+').and_then(|(one, other)| Some([minutes(one)?, minutes(other)?]));
        let four = |words: &[&str]| {
            let visit = (self.carer(words.first()?)?, self.day(words.get(1)?)?, minutes(words.get(2)?)?);
            let halves = words.get(3)?.parse().ok().filter(|halves| *halves < 2)?;
            Some((visit.0, visit.1, visit.2, halves))
        };
        Some(PairCover {
            patterns: patterns.split('/').map(pattern).collect::<Option<_>>()?,
            halves: halves.chunks(4).map(four).collect::<Option<_>>()?,
        })
    }

    fn visits(&self, words: &[&str]) -> Option<Vec<(ProviderId, GrantId, Day)>> {
        let three = |words: &[&str]| {
            Some((self.provider(words.first()?)?, self.grant(words.get(1)?)?, self.day(words.get(2)?)?))
        };
        words.chunks(3).map(three).collect()
    }
}

fn minutes(word: &str) -> Option<Minutes> {
    word.parse().ok().map(Minutes)
}
