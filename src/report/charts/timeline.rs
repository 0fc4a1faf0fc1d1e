//! The week of one provider: which carers do what when.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{CarerId, ClientId, Id, ProviderId};
use crate::policy::Qualification;
use crate::problem::Problem;
use crate::report::work::{Block, Kind, Work};
use crate::units::{Day, Minutes};

/// The timeline of a provider.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    /// Its name, if it has one, and its id.
    pub provider: String,
    /// Days on which anything happens, in order.
    pub days: Vec<OpenDay>,
    /// Carers with shifts or visits, in the order of the week's files.
    pub lanes: Vec<Lane>,
    /// Carers without either.
    pub idle: usize,
    pub visits: usize,
    pub visit_minutes: Minutes,
    /// What the ids of all clients visited begin with; the labels leave it out.
    pub shared_prefix: String,
}

/// A day and the whole hours from the first thing on it to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenDay {
    pub day: Day,
    pub from_hour: i32,
    pub to_hour: i32,
}

/// The week of one carer.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub carer: String,
    pub qualification: Qualification,
    /// Those below others first.
    pub blocks: Vec<Drawn>,
}

/// A block with the text that goes onto it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub block: Block,
    pub day: Day,
    pub label: String,
}

impl OpenDay {
    pub(super) fn hours(self) -> i32 {
        self.to_hour - self.from_hour
    }
}

impl Lane {
    pub(super) fn is_open_on(&self, day: Day) -> bool {
        self.blocks.iter().any(|drawn| drawn.day == day)
    }
}

impl Timeline {
    pub(super) fn of(problem: &Problem, work: &Work, provider: ProviderId) -> Self {
        let carers: Vec<CarerId> = problem.carers.ids().filter(|c| problem.carers[*c].provider == provider).collect();
        let busy: Vec<CarerId> = carers.iter().copied().filter(|carer| !work.carers[*carer].is_empty()).collect();
        let blocks = || busy.iter().flat_map(|carer| &work.carers[*carer]);
        let shared_prefix = shared_prefix(problem, blocks().filter_map(|block| block.client(problem)));
        let visits = || blocks().filter(|block| matches!(block.kind, Kind::Visit | Kind::Pinned));
        Timeline {
            provider: name(problem, provider),
            days: open_days(blocks()),
            lanes: busy.iter().map(|carer| lane(problem, work, (*carer, shared_prefix.len()))).collect(),
            idle: carers.len() - busy.len(),
            visits: visits().count(),
            visit_minutes: visits().map(|visit| visit.span.length()).sum(),
            shared_prefix,
        }
    }

    /// The kinds of blocks that it has.
    pub(super) fn kinds(&self) -> BTreeSet<Kind> {
        self.lanes.iter().flat_map(|lane| &lane.blocks).map(|drawn| drawn.block.kind).collect()
    }

    /// The qualifications of its carers.
    pub(super) fn qualifications(&self) -> BTreeSet<Qualification> {
        self.lanes.iter().map(|lane| lane.qualification).collect()
    }
}

fn name(problem: &Problem, provider: ProviderId) -> String {
    let row = &problem.providers[provider];
    match &row.name {
        Some(name) if *name != row.id => format!("{name} ({})", row.id),
        _ => row.id.clone(),
    }
}

fn lane(problem: &Problem, work: &Work, (carer, prefix): (CarerId, usize)) -> Lane {
    let row = &problem.carers[carer];
    let label = |client: ClientId| problem.clients[client].id[prefix..].to_owned();
    let drawn = |block: &Block| {
        let day = block.span.start.day()?;
        Some(Drawn { block: *block, day, label: block.client(problem).map(label).unwrap_or_default() })
    };
    let blocks = work.carers[carer].iter().filter_map(drawn).collect();
    Lane { carer: row.id.clone(), qualification: row.qualification, blocks }
}

fn open_days<'a>(blocks: impl Iterator<Item = &'a Block>) -> Vec<OpenDay> {
    let mut days: BTreeMap<Day, OpenDay> = BTreeMap::new();
    for block in blocks {
        let Some(day) = block.span.start.day() else { continue };
        let midnight = day.span().start;
        let from_hour = (block.span.start - midnight).0.div_euclid(60);
        let to_hour = ((block.span.end - midnight).0 + 59).div_euclid(60);
        let open = days.entry(day).or_insert(OpenDay { day, from_hour, to_hour });
        open.from_hour = open.from_hour.min(from_hour);
        open.to_hour = open.to_hour.max(to_hour);
    }
    alike(days.into_values().collect())
}

/// The days with the same hours, unless one evening would widen them all by much.
fn alike(days: Vec<OpenDay>) -> Vec<OpenDay> {
    const WIDER_AT_MOST_PERCENT: i32 = 130;
    let from_hour = days.iter().map(|day| day.from_hour).min().unwrap_or(0);
    let to_hour = days.iter().map(|day| day.to_hour).max().unwrap_or(0);
    let hours: i32 = days.iter().map(|day| day.hours()).sum();
    let common: i32 = days.iter().map(|_| to_hour - from_hour).sum();
    if common * 100 > hours * WIDER_AT_MOST_PERCENT {
        return days;
    }
    days.into_iter().map(|day| OpenDay { from_hour, to_hour, ..day }).collect()
}

/// What all the ids begin with, up to a sign that divides them, as in `BA-C0012`.
fn shared_prefix(problem: &Problem, clients: impl Iterator<Item = ClientId>) -> String {
    let clients: BTreeSet<usize> = clients.map(Id::index).collect();
    let ids: Vec<&str> =
        clients.iter().map(|index| problem.clients[ClientId::from_index(*index)].id.as_str()).collect();
    let Some(first) = ids.first() else { return String::new() };
    let ends = first.char_indices().rev().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, c)| at + c.len_utf8());
    let is_shared = |end: &usize| ids.iter().all(|id| id.starts_with(&first[..*end]) && id.len() > *end);
    ends.into_iter().find(is_shared).map(|end| first[..end].to_owned()).unwrap_or_default()
}
