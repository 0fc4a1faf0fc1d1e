//! The words by which the files name a choice, such as `relief` or `car`.

use crate::policy::Qualification;
use crate::tables::{AbsenceReason, LegalBasis, Need, Service, Transport, WishKind};

/// A choice that files name by a code.
pub trait Coded: Copy + 'static {
    /// Every choice by its code.
    const CODES: &'static [(&'static str, Self)];

    /// The choice of that code, exactly as it is spelt.
    fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(name, _)| *name == code).map(|(_, choice)| *choice)
    }

    /// The code as the files spell it.
    fn code(self) -> &'static str;
}

macro_rules! coded {
    ($($choice:ident { $($code:literal => $variant:ident),* $(,)? })*) => {$(
        impl Coded for $choice {
            const CODES: &'static [(&'static str, Self)] = &[$(($code, $choice::$variant)),*];

            fn code(self) -> &'static str {
                match self {
                    $($choice::$variant => $code),*
                }
            }
        }
    )*};
}

coded! {
    Qualification { "untrained" => Untrained, "helper" => Helper, "assistant" => Assistant, "nurse" => Nurse }
    Transport { "car" => Car, "bike" => Bike, "walk" => Walk }
    Service { "relief" => Relief, "urgent_relief" => UrgentRelief, "practical_relief" => PracticalRelief }
    Need { "high" => High, "medium" => Medium, "low" => Low }
    LegalBasis { "sel84" => Sel84, "ael16" => Ael16 }
    WishKind { "possible" => Possible, "preferred" => Preferred, "agreed" => Agreed, "impossible" => Impossible }
    AbsenceReason {
        "hospital" => Hospital,
        "respite_stay" => RespiteStay,
        "short_term_stay" => ShortTermStay,
        "day_centre" => DayCentre,
        "sick" => Sick,
        "holiday" => Holiday,
        "course" => Course,
        "other" => Other,
    }
}

/// The weekdays, Monday first, as wishes and policies name them.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        assert_eq!(Service::from_code("urgent_relief"), Some(Service::UrgentRelief));
        assert_eq!(Service::from_code("Relief"), None);
        assert!(AbsenceReason::CODES.iter().all(|(code, reason)| reason.code() == *code));
    }
}
