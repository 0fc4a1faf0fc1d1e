//! What lack of capacity lies behind hours that are not delivered, as the reasons of `unmet.csv` tell it.

use crate::language::Language;

/// What was missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// `no_carer`: nobody may come.
    NobodyMayCome,
    /// `no_time`: nobody who may come has time when it is possible.
    NoTime,
    /// `less_time`: there is time for a part.
    LessTime,
    /// `time_to_others`: the time went to others.
    TimeToOthers,
    /// `not_worth`, `not_found`, and what later versions may say.
    Other,
}

impl Cause {
    pub(super) const ALL: [Cause; 5] =
        [Cause::NobodyMayCome, Cause::NoTime, Cause::LessTime, Cause::TimeToOthers, Cause::Other];

    /// The cause that a reason's code tells.
    pub(super) fn of(code: Option<&str>) -> Cause {
        match code {
            Some("no_carer") => Cause::NobodyMayCome,
            Some("no_time") => Cause::NoTime,
            Some("less_time") => Cause::LessTime,
            Some("time_to_others") => Cause::TimeToOthers,
            _ => Cause::Other,
        }
    }

    pub(super) fn name(self, language: Language) -> &'static str {
        match self {
            Cause::NobodyMayCome => language.pick("Ingen må komme", "Nobody may come"),
            Cause::NoTime => language.pick("Ingen har tid, når det kan være", "Nobody has time when it is possible"),
            Cause::LessTime => language.pick("Kun tid til en del", "Time for a part only"),
            Cause::TimeToOthers => language.pick("Tiden gik til andre", "The time went to others"),
            Cause::Other => language.pick("Andet", "Other"),
        }
    }

    /// What would help.
    pub(super) fn help(self, language: Language) -> &'static str {
        match self {
            Cause::NobodyMayCome => language.pick(
                "flere oplærte eller uddannede medarbejdere, eller flere godkendte udførere",
                "more trained or educated carers, or more approved providers",
            ),
            Cause::NoTime => language.pick("vagter på andre tider", "shifts at other times"),
            Cause::LessTime => {
                language.pick("længere vagter eller færre bindinger", "longer shifts or fewer fixed times")
            }
            Cause::TimeToOthers => language.pick("flere medarbejdertimer", "more hours of carers"),
            Cause::Other => language.pick(
                "se siden »Ikke leveret« i ugens mappe",
                "see the page “Not delivered” in the folder of the week",
            ),
        }
    }
}
