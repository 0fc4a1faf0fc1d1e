//! The validated week: what it holds cannot be wrong.
//!
//! [`Problem::build`] takes the typed rows of all tables, checks that they fit together and either gives the
//! immutable problem or every fault it found. Everything later trusts it.

mod bookings;
mod build;
mod demand;
mod familiar;
mod grant_warnings;
mod index;
mod people;
mod place;
mod plausible;
mod shifts;
mod unread;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::calendar::IsoWeek;
use crate::ids::{BookingId, CarerId, ClientId, GrantId, IdVec, ProviderId, ShiftId};
use crate::policy::{MunicipalityPolicy, Policy, Qualification};
use crate::units::{Day, Minutes, Span};

pub use crate::tables::{AbsenceReason, Coordinates, LegalBasis, Need, Service, Transport, WishKind};
pub use build::Built;
pub(crate) use build::{ends_before_it_begins, ends_before_start};
pub use place::{Place, PlaceKey};
pub use unread::{Named, Reference, Unread, UnreadRows};

/// A week to plan: who was granted what, who can deliver it, and what is already fixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub week: IsoWeek,
    pub policy: Policy,
    pub providers: IdVec<ProviderId, Provider>,
    pub carers: IdVec<CarerId, Carer>,
    /// In the order of carer, then start; no two of one carer overlap.
    pub shifts: IdVec<ShiftId, Shift>,
    pub bookings: IdVec<BookingId, Booking>,
    pub clients: IdVec<ClientId, Client>,
    pub grants: IdVec<GrantId, Grant>,
    /// The visits that the planner has fixed, in order, each once; no two of one carer overlap.
    pub pins: Vec<Visit>,
    /// Who visited whom within the policy's `familiar_days` before Monday.
    pub familiar: HashSet<(ClientId, CarerId)>,
    /// The last day before Monday on which `history.csv` has a visit to a client, whoever came.
    pub last_visits: HashMap<ClientId, NaiveDate>,
    /// Days on which a municipality gives no relief.
    pub closing_days: BTreeSet<(String, NaiveDate)>,
    /// `travel.csv`: minutes from place to place that replace the computed ones.
    pub travel_overrides: HashMap<(PlaceKey, PlaceKey, Transport), Minutes>,
    /// The roster that was published before, when replanning.
    pub published: Option<Published>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    pub id: String,
    pub name: Option<String>,
    /// Where it is approved.
    pub municipalities: Vec<String>,
    /// The municipality's own home care.
    pub municipal: bool,
    /// Cap on the minutes of all its visits in the week.
    pub weekly_minutes_max: Option<Minutes>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Carer {
    pub id: String,
    pub name: Option<String>,
    pub provider: ProviderId,
    pub qualification: Qualification,
    pub relief_trained: bool,
    /// Cap on the minutes of this carer's visits in the week.
    pub relief_minutes_max: Option<Minutes>,
    pub transport: Transport,
    /// Where every shift starts and ends.
    pub start: Place,
    /// When the carer is away, whatever the reason.
    pub absences: Vec<Span>,
}

/// One stretch of work of a carer on one day of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    pub carer: CarerId,
    pub day: Day,
    pub span: Span,
}

/// Work that is already planned and does not move.
#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    pub id: String,
    pub carer: CarerId,
    pub span: Span,
    pub client: Option<ClientId>,
    pub place: Place,
    /// Within 50 m of the home of its client.
    pub at_home: bool,
    pub task: Task,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    Care,
    Practical,
    Break,
    /// Anything else, as the file names it.
    Other(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub id: String,
    pub name: Option<String>,
    pub address: Option<String>,
    pub protected_address: bool,
    pub municipality: String,
    pub home: Place,
    pub home_care_provider: Option<ProviderId>,
    pub chosen_provider: Option<ProviderId>,
    pub complex_needs: bool,
    pub avoid_staff: Vec<CarerId>,
    pub adult: bool,
    pub absences: Vec<Absence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    pub span: Span,
    pub reason: AbsenceReason,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    pub id: String,
    pub client: ClientId,
    pub service: Service,
    /// As granted; what the policy makes of it is for the rules.
    pub weekly_minutes: Minutes,
    pub max_visits: u32,
    /// Exactly these lengths, ascending; `None` where the planner chooses.
    pub split: Option<Vec<Minutes>>,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub granted_on: NaiveDate,
    pub need: Need,
    pub stay_tried: Option<bool>,
    pub legal_basis: Option<LegalBasis>,
    /// The wishes that fall in the week.
    pub wishes: Vec<Wish>,
}

/// A window of a grant in the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub kind: WishKind,
    pub span: Span,
}

/// One visit: a carer relieves for a grant. The order is that of the roster: start, end, then ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Visit {
    pub grant: GrantId,
    pub carer: CarerId,
    pub span: Span,
}

/// The published roster that a replanning starts from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// Its visits of grants and carers that the week still knows, as often as they stand there.
    pub visits: Vec<Visit>,
    /// Rows of grants or carers that the week no longer knows, or of another week: they count as changed whatever is
    /// planned.
    pub lost_rows: u32,
}

impl Problem {
    /// The client whom a grant is for.
    pub fn client_of(&self, grant: GrantId) -> &Client {
        &self.clients[self.grants[grant].client]
    }

    /// The quality standard that a grant goes by: that of its client's municipality.
    pub fn standard(&self, grant: GrantId) -> &MunicipalityPolicy {
        self.policy.of(&self.client_of(grant).municipality)
    }

    /// Whether a visit is one that the planner has fixed.
    pub fn is_pinned(&self, visit: Visit) -> bool {
        self.pins.binary_search(&visit).is_ok()
    }
}

impl Visit {
    fn key(self) -> (Span, CarerId, GrantId) {
        (self.span, self.carer, self.grant)
    }
}

impl Ord for Visit {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Visit {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
