//! Who may visit whom, when and how long — the model's H1 to H9 and H15, grant by grant.
//!
//! [`Rulebook::of`] works out for every grant its state, its open windows, the lengths that its visits may have, the
//! carers who may come, and what its pins leave of all this. Travel, breaks and what else a carer does on a day are
//! not asked here. The optimiser plans with the book; `check` does not use it and recomputes all of it in its own way.

mod carers;
mod lengths;
mod windows;

use crate::ids::{BookingId, CarerId, ClientId, GrantId, IdVec, ProviderId};
use crate::problem::{Absence, AbsenceReason, Booking, Need, Problem, Service, Task, Visit};
use crate::units::{Day, Minutes, Points, Span};

pub use carers::{Exclusion, excluded};
pub use lengths::{Lengths, Pattern};
pub use windows::{Opening, opening};

/// What the model, section 5, says of a grant: the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantState {
    NotEligible,
    AwaitingAgreement,
    NoPossibleDay,
    Paused,
    Due,
}

impl GrantState {
    /// The code that `unmet.csv` uses.
    pub fn code(self) -> &'static str {
        match self {
            GrantState::NotEligible => "not_eligible",
            GrantState::AwaitingAgreement => "awaiting_agreement",
            GrantState::NoPossibleDay => "no_possible_day",
            GrantState::Paused => "paused",
            GrantState::Due => "due",
        }
    }
}

/// What the rules say of one grant.
#[derive(Clone, Debug)]
pub struct GrantRules {
    pub state: GrantState,
    /// The week's minutes after a cut to the standard (H2).
    pub minutes: Minutes,
    /// `minutes` if the state is due, else 0.
    pub due: Minutes,
    /// At most so many visits in the week (H3), pins included.
    pub max_visits: u32,
    /// Points per minute not delivered, seniority included.
    pub unmet_weight: Points,
    /// The open windows (H1, H4, H5, H6), in order; a visit lies inside one of them.
    pub windows: Vec<Span>,
    /// The preferred windows, joined; empty where there are none.
    pub preferred: Vec<Span>,
    /// Bookings of the client that a visit absorbs when it covers them (H14).
    pub absorbable: Vec<BookingId>,
    /// The grant's pinned visits.
    pub pins: Vec<Visit>,
    /// How long new visits may be; nothing where no visit may come.
    pub lengths: Lengths,
    /// The days on which no further visit may come, because of pins (H3).
    pub blocked: [bool; 7],
    /// The carers who may come (H7, H8, H9), pins' providers considered.
    pub carers: Vec<CarerId>,
}

/// What the rules say of every grant of a week.
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub grants: IdVec<GrantId, GrantRules>,
}

impl Rulebook {
    pub fn of(problem: &Problem) -> Self {
        let absorbable = absorbable_by_client(problem);
        let carers_by_provider = carers::by_provider(problem);
        let pins = pins_by_grant(problem);
        let grants = problem.grants.ids().map(|grant| {
            let mut rules = GrantRules::alone(problem, grant, &absorbable[problem.grants[grant].client]);
            rules.pins = pins[grant].clone();
            rules.carers = carers::of_grant(problem, grant, &carers_by_provider);
            rules.leave_to_pins(problem, grant);
            rules
        });
        Rulebook { grants: IdVec::new(grants.collect()) }
    }
}

impl GrantRules {
    fn alone(problem: &Problem, grant: GrantId, absorbable: &[BookingId]) -> Self {
        let (row, standard) = (&problem.grants[grant], problem.standard(grant));
        let capped = standard.cap_to_standard && row.service == Service::Relief;
        let (mut minutes, mut max_visits) = (row.weekly_minutes, row.max_visits);
        if capped {
            minutes = minutes.min(standard.weekly_minutes_max);
            max_visits = max_visits.min(standard.max_visits);
        }
        let open = windows::open(problem, grant);
        let state = windows::state(problem, grant, lengths::shortest(row, standard, minutes), &open);
        let absorbs = standard.absorb_tasks && row.service != Service::PracticalRelief;
        GrantRules {
            state,
            minutes,
            due: if state == GrantState::Due { minutes } else { Minutes(0) },
            max_visits,
            unmet_weight: unmet_weight(problem, grant),
            windows: windows::without(&open, &keeping_away(problem, grant)),
            preferred: windows::preferred(problem, grant),
            absorbable: if absorbs { absorbable.to_vec() } else { Vec::new() },
            pins: Vec::new(),
            lengths: Lengths::default(),
            blocked: [false; 7],
            carers: Vec::new(),
        }
    }

    /// What the pins leave: lengths, visits and days (H2, H3, H15).
    fn leave_to_pins(&mut self, problem: &Problem, grant: GrantId) {
        if self.state != GrantState::Due {
            return;
        }
        let longest = self.windows.iter().map(|w| w.length()).max().unwrap_or_default();
        self.lengths = lengths::beside_pins(problem, grant, self, longest);
        let apart = i32::try_from(problem.standard(grant).min_days_between).unwrap_or(i32::MAX);
        for (day, blocked) in Day::all().zip(&mut self.blocked) {
            *blocked = self.pins.iter().any(|pin| days_between(*pin, day).is_some_and(|days| days < apart));
        }
        if problem.grants[grant].service != Service::PracticalRelief {
            for day in relief_pin_days(problem, problem.grants[grant].client) {
                self.blocked[usize::from(day.0)] = true;
            }
        }
    }

    /// Whether a visit is sure to be by a further carer of the grant: pins have others already, and no more than one
    /// new visit can come that could share the carer with it (model, section 5, `extra_carer`).
    pub fn extra_carer_is_certain(&self, visit: Visit) -> bool {
        !self.pins.is_empty() && self.lengths.visits == 1 && self.pins.iter().all(|pin| pin.carer != visit.carer)
    }

    /// Minutes of the week that pins already deliver.
    pub fn pinned_minutes(&self) -> Minutes {
        self.pins.iter().map(|pin| pin.span.length()).sum()
    }
}

fn days_between(pin: Visit, day: Day) -> Option<i32> {
    let pinned = pin.span.start.day()?;
    Some((i32::from(pinned.0) - i32::from(day.0)).abs())
}

/// Days on which a pin already gives the client relief or urgent relief (H3).
fn relief_pin_days(problem: &Problem, client: ClientId) -> Vec<Day> {
    let of_client = problem.pins.iter().filter(|pin| {
        let grant = &problem.grants[pin.grant];
        grant.client == client && grant.service != Service::PracticalRelief
    });
    of_client.filter_map(|pin| pin.span.start.day()).collect()
}

/// Points per minute not delivered: the need's weight and a share of seniority (model, section 5).
fn unmet_weight(problem: &Problem, grant: GrantId) -> Points {
    let (row, weights) = (&problem.grants[grant], &problem.policy.weights);
    let weeks = (problem.week.monday() - row.granted_on).num_days().div_euclid(7).clamp(0, 52);
    let need = match row.need {
        Need::High => weights.unmet_high,
        Need::Medium => weights.unmet_medium,
        Need::Low => weights.unmet_low,
    };
    need + Points(weights.seniority.0 * weeks / 52)
}

/// The absences of its client that a grant's visits must not overlap (H6).
fn keeping_away(problem: &Problem, grant: GrantId) -> Vec<Span> {
    let practical = problem.grants[grant].service == Service::PracticalRelief;
    let absences = problem.client_of(grant).absences.iter();
    absences.filter(|a| !(practical && a.reason == AbsenceReason::DayCentre)).map(|a| a.span).collect()
}

/// Whether an absence is one that pauses a grant: hospital or a stay (model, section 5).
fn pauses(absence: &Absence) -> bool {
    matches!(absence.reason, AbsenceReason::Hospital | AbsenceReason::RespiteStay | AbsenceReason::ShortTermStay)
}

fn absorbable_by_client(problem: &Problem) -> IdVec<ClientId, Vec<BookingId>> {
    let mut by_client = IdVec::from_fn(problem.clients.len(), |_| Vec::new());
    for (id, booking) in problem.bookings.iter() {
        if let Some(client) = booking.client.filter(|_| is_absorbable(booking)) {
            by_client[client].push(id);
        }
    }
    by_client
}

fn is_absorbable(booking: &Booking) -> bool {
    booking.at_home && matches!(booking.task, Task::Care | Task::Practical)
}

fn pins_by_grant(problem: &Problem) -> IdVec<GrantId, Vec<Visit>> {
    let mut by_grant = IdVec::from_fn(problem.grants.len(), |_| Vec::new());
    for pin in &problem.pins {
        by_grant[pin.grant].push(*pin);
    }
    by_grant
}

/// Whether the one-provider clause of H7 is asked of a client, and not a provider that is settled.
pub fn provider_is_open(problem: &Problem, client: ClientId) -> bool {
    let row = &problem.clients[client];
    problem.policy.of(&row.municipality).municipal_only
        || (row.home_care_provider.is_none() && row.chosen_provider.is_none())
}

/// The providers of a client's pinned visits, each once.
fn pinned_providers(problem: &Problem, client: ClientId) -> Vec<ProviderId> {
    let of_client = problem.pins.iter().filter(|pin| problem.grants[pin.grant].client == client);
    let mut providers: Vec<ProviderId> = of_client.map(|pin| problem.carers[pin.carer].provider).collect();
    providers.sort_unstable();
    providers.dedup();
    providers
}
