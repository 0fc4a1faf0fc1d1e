//! Granted against delivered hours, by need and by provider.

use crate::ids::{ClientId, GrantId, IdVec, ProviderId};
use crate::plan::Plan;
use crate::problem::{Need, Problem};
use crate::rules::Rulebook;
use crate::units::{Day, Minutes};

/// What grants say and what the plan makes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// As granted, of grants that are valid in the week.
    pub granted: Minutes,
    /// What is to be delivered in the week.
    pub due: Minutes,
    pub delivered: Minutes,
    /// What is missing from what is due, grant by grant: more for one does not make up for another.
    pub undelivered: Minutes,
}

/// The tallies of the week.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    pub by_need: Vec<(Need, Tally)>,
    /// The providers that have grants, in the order of the week's files; last those that no provider has.
    pub by_provider: Vec<(Option<ProviderId>, Tally)>,
    pub total: Tally,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.granted += other.granted;
        self.due += other.due;
        self.delivered += other.delivered;
        self.undelivered += other.undelivered;
    }

    /// What was granted but is not to be delivered in the week: paused, waiting for an agreement, beyond the standard.
    pub(super) fn not_due(self) -> Minutes {
        (self.granted - self.due).max(Minutes(0))
    }
}

impl Hours {
    pub(super) fn of(problem: &Problem, book: &Rulebook, plan: &Plan) -> Self {
        let tallies = tallies(problem, book, plan);
        let providers = providers(problem, book, plan);
        let sum = |counts: &dyn Fn(GrantId) -> bool| {
            let mut sum = Tally::default();
            tallies.iter().filter(|(grant, _)| counts(*grant)).for_each(|(_, tally)| sum.add(*tally));
            sum
        };
        let needs = [Need::High, Need::Medium, Need::Low];
        let by_need = needs.map(|need| (need, sum(&|grant| problem.grants[grant].need == need)));
        let groups = problem.providers.ids().map(Some).chain([None]);
        let by_provider = groups.map(|provider| (provider, sum(&|grant| providers[grant] == provider)));
        Hours {
            by_need: by_need.to_vec(),
            by_provider: by_provider.filter(|(_, tally)| *tally != Tally::default()).collect(),
            total: sum(&|_| true),
        }
    }
}

pub(super) fn tallies(problem: &Problem, book: &Rulebook, plan: &Plan) -> IdVec<GrantId, Tally> {
    let mut delivered = IdVec::from_fn(problem.grants.len(), |_| Minutes(0));
    for visit in plan.visits() {
        delivered[visit.grant] += visit.span.length();
    }
    IdVec::from_fn(problem.grants.len(), |grant| {
        let due = book.grants[grant].due;
        let granted = if is_valid(problem, grant) { problem.grants[grant].weekly_minutes } else { due };
        let delivered = delivered[grant];
        Tally { granted, due, delivered, undelivered: (due - delivered).max(Minutes(0)) }
    })
}

/// Whether a grant is valid on any day of the week.
fn is_valid(problem: &Problem, grant: GrantId) -> bool {
    let row = &problem.grants[grant];
    row.valid_from <= problem.week.date(Day(6)) && row.valid_to.is_none_or(|last| last >= problem.week.monday())
}

/// The provider to whom a grant's hours fall: the one who is settled, who comes in the plan, or who alone could.
pub(super) fn providers(problem: &Problem, book: &Rulebook, plan: &Plan) -> IdVec<GrantId, Option<ProviderId>> {
    let mut coming: IdVec<ClientId, Option<ProviderId>> = IdVec::from_fn(problem.clients.len(), |_| None);
    for visit in plan.visits() {
        let client = problem.grants[visit.grant].client;
        coming[client].get_or_insert(problem.carers[visit.carer].provider);
    }
    IdVec::from_fn(problem.grants.len(), |grant| {
        let client = problem.grants[grant].client;
        settled(problem, grant).or(coming[client]).or_else(|| only_one(problem, book, grant))
    })
}

/// The provider whom home care or the family's choice settles (H7).
fn settled(problem: &Problem, grant: GrantId) -> Option<ProviderId> {
    let client = problem.client_of(grant);
    let settled = client.home_care_provider.or(client.chosen_provider);
    settled.filter(|_| !problem.standard(grant).municipal_only)
}

fn only_one(problem: &Problem, book: &Rulebook, grant: GrantId) -> Option<ProviderId> {
    let mut providers = book.grants[grant].carers.iter().map(|carer| problem.carers[*carer].provider);
    let first = providers.next()?;
    providers.all(|provider| provider == first).then_some(first)
}
