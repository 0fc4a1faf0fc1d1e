//! Families who wait: something is due to them in a week, and nobody comes.

use std::collections::BTreeMap;

use super::facts::GrantFact;
use crate::calendar::IsoWeek;
use crate::language::Language;
use crate::units::Minutes;

/// For how long a family has waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wait {
    UnderFourWeeks,
    UnderAQuarter,
    UnderHalfAYear,
    UnderAYear,
    AYearOrMore,
}

impl Wait {
    /// By whole weeks.
    pub(super) fn of(weeks: i64) -> Wait {
        match weeks {
            ..4 => Wait::UnderFourWeeks,
            4..13 => Wait::UnderAQuarter,
            13..26 => Wait::UnderHalfAYear,
            26..52 => Wait::UnderAYear,
            52.. => Wait::AYearOrMore,
        }
    }

    pub(super) fn name(self, language: Language) -> &'static str {
        match self {
            Wait::UnderFourWeeks => language.pick("Under 4 uger", "Under 4 weeks"),
            Wait::UnderAQuarter => language.pick("4–12 uger", "4–12 weeks"),
            Wait::UnderHalfAYear => language.pick("13–25 uger", "13–25 weeks"),
            Wait::UnderAYear => language.pick("26–51 uger", "26–51 weeks"),
            Wait::AYearOrMore => language.pick("52 uger og mere", "52 weeks and more"),
        }
    }
}

/// A family that waits in one of the weeks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Waiting<'a> {
    pub week: IsoWeek,
    pub client: u32,
    pub municipality: &'a str,
    pub due: Minutes,
    /// Whole weeks, of the grant of which they are most.
    pub weeks: i64,
}

/// The families to whom something is due in a week and nothing at all is delivered, once for each such week.
pub(super) fn families(grants: &[GrantFact]) -> impl Iterator<Item = Waiting<'_>> {
    let mut families: BTreeMap<(IsoWeek, u32), (Waiting<'_>, Minutes)> = BTreeMap::new();
    for grant in grants {
        let (week, client) = (grant.week, grant.client);
        let nothing =
            || (Waiting { week, client, municipality: &grant.municipality, due: Minutes(0), weeks: 0 }, Minutes(0));
        let (family, delivered) = families.entry((week, client)).or_insert_with(nothing);
        family.due += grant.due;
        *delivered += grant.delivered + grant.beyond;
        if grant.due > Minutes(0) {
            family.weeks = family.weeks.max(grant.waited_weeks);
        }
    }
    let waits = |(family, delivered): &(Waiting<'_>, Minutes)| family.due > Minutes(0) && *delivered == Minutes(0);
    families.into_values().filter(waits).map(|(family, _)| family)
}
