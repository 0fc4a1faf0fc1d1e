//! What a family's wishes leave of a grant's week (H5, and H4 for urgent relief).

use crate::policy::MunicipalityPolicy;
use crate::problem::{Grant, Service, WishKind};
use crate::units::{Span, join};

/// Where the wishes let a grant's visits lie. Windows that touch or overlap are joined.
#[derive(Debug)]
pub(super) enum Wished {
    /// Inside one of the windows agreed for the week.
    Agreed(Vec<Span>),
    /// Nowhere: the grant needs an agreed window and has none in the week.
    AgreementMissing,
    /// Inside one of the possible or preferred windows, which count as one kind.
    Possible(Vec<Span>),
    /// Anywhere.
    Anytime,
}

impl Wished {
    pub(super) fn of(grant: &Grant, standard: &MunicipalityPolicy) -> Wished {
        let agreed = windows(grant, &[WishKind::Agreed]);
        let possible = windows(grant, &[WishKind::Possible, WishKind::Preferred]);
        let needs_agreement = grant.service == Service::UrgentRelief || standard.requires_agreement;
        match (agreed.is_empty(), needs_agreement, possible.is_empty()) {
            (false, ..) => Wished::Agreed(agreed),
            (true, true, _) => Wished::AgreementMissing,
            (true, false, false) => Wished::Possible(possible),
            (true, false, true) => Wished::Anytime,
        }
    }

    /// The parts of some hours that the wishes leave.
    pub(super) fn within(&self, hours: Span) -> Vec<Span> {
        match self {
            Wished::Agreed(windows) | Wished::Possible(windows) => {
                windows.iter().filter_map(|window| window.intersection(hours)).collect()
            }
            Wished::AgreementMissing => Vec::new(),
            Wished::Anytime => vec![hours],
        }
    }

    /// The windows agreed for the week.
    pub(super) fn agreed(&self) -> &[Span] {
        if let Wished::Agreed(windows) = self { windows } else { &[] }
    }
}

/// The grant's windows of these kinds in the week, joined.
pub(super) fn windows(grant: &Grant, kinds: &[WishKind]) -> Vec<Span> {
    join(grant.wishes.iter().filter(|wish| kinds.contains(&wish.kind)).map(|wish| wish.span).collect())
}
