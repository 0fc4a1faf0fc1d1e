//! What is counted to branch on it: sets of visits, how often routes enter an area, and patterns of lengths.

use super::areas::AreaId;
use super::column::Column;
use super::rows::{Kind, KindId, Rows};
use crate::ids::{CarerId, GrantId, ShiftId};
use crate::plan::proof::VisitSet;
use crate::units::{Day, Minutes};

/// Visits of a grant: all, by a carer, on a day, of a length, or of one length in one shift. Or entries into an area: these can only be
/// counted where routes are listed, as no visit has them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    OfGrant(GrantId),
    ByCarer(GrantId, CarerId),
    OnDay(GrantId, Day),
    OfLength(GrantId, i32),
    OfKind(KindId),
    Entries(AreaId),
    /// A pattern of lengths, by its side column: also only where routes are listed, as it is no count of visits.
    Pattern(usize),
}

/// What of a column's visits can be counted; several times what it has several times.
pub(super) fn of_visits<'c>(rows: &'c Rows, column: &'c Column) -> impl Iterator<Item = Counted> + 'c {
    column.kinds.iter().flat_map(|kind| sets_of(*kind, &rows.kinds[*kind as usize]))
}

impl Counted {
    /// Its grant, or one of several.
    pub fn grant(self, rows: &Rows) -> GrantId {
        match self {
            Counted::OfGrant(grant)
            | Counted::ByCarer(grant, _)
            | Counted::OnDay(grant, _)
            | Counted::OfLength(grant, _) => grant,
            Counted::OfKind(kind) => rows.kinds[kind as usize].grant,
            Counted::Entries(area) => rows.areas.first[area as usize],
            Counted::Pattern(column) => rows.side[column].grant,
        }
    }

    /// The kinds of visits in it.
    pub fn kinds(self, rows: &Rows) -> Vec<KindId> {
        let all = (0..).zip(&rows.kinds);
        all.filter(|(id, kind)| sets_of(*id, kind).contains(&self)).map(|(id, _)| id).collect()
    }

    /// The set in the words of the week, if it is one of visits; `shifts` are the group's.
    pub fn visits(self, rows: &Rows, shifts: &[ShiftId]) -> Option<VisitSet> {
        let of_grant = VisitSet { grant: Some(self.grant(rows)), ..VisitSet::default() };
        Some(match self {
            Counted::OfGrant(_) => of_grant,
            Counted::ByCarer(_, carer) => VisitSet { carer: Some(carer), ..of_grant },
            Counted::OnDay(_, day) => VisitSet { day: Some(day), ..of_grant },
            Counted::OfLength(_, length) => VisitSet { length: Some(Minutes(length)), ..of_grant },
            Counted::OfKind(kind) => {
                let kind = &rows.kinds[kind as usize];
                VisitSet { shift: Some(shifts[kind.shift]), length: Some(Minutes(kind.length)), ..of_grant }
            }
            Counted::Entries(_) | Counted::Pattern(_) => return None,
        })
    }

    /// Wide sets decide more.
    pub fn weight(self) -> f64 {
        match self {
            Counted::OfGrant(_) | Counted::ByCarer(..) | Counted::Entries(_) | Counted::Pattern(_) => 1.0,
            Counted::OnDay(..) => 0.9,
            Counted::OfLength(..) => 0.8,
            Counted::OfKind(_) => 0.6,
        }
    }
}

/// The sets that a kind of visit is in.
fn sets_of(id: KindId, kind: &Kind) -> [Counted; 5] {
    [
        Counted::OfGrant(kind.grant),
        Counted::ByCarer(kind.grant, kind.carer),
        Counted::OnDay(kind.grant, kind.day),
        Counted::OfLength(kind.grant, kind.length),
        Counted::OfKind(id),
    ]
}
