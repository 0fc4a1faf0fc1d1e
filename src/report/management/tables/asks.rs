//! The columns that tables are made of: heads, and what the figures below them mean.

use super::super::figures::Measure;
use super::Unit;
use crate::report::use_of_time::Use;

/// A column before its figures are known.
pub(super) struct Asks {
    pub head: &'static [&'static str; 2],
    pub meaning: &'static [&'static str; 2],
    pub shows: Shows,
}

/// What a column shows of a group.
#[derive(Clone, Copy)]
pub(super) enum Shows {
    Hours(Measure),
    Count(Measure),
    Share(Measure, Measure),
    /// Weeks in the mean: their sum, and how many they are of.
    Weeks(Measure, Measure),
}

impl Shows {
    pub(super) fn unit(self) -> Unit {
        match self {
            Shows::Hours(_) => Unit::Hours,
            Shows::Count(_) => Unit::Number,
            Shows::Share(..) => Unit::Share,
            Shows::Weeks(..) => Unit::Weeks,
        }
    }
}

const fn asks(shows: Shows, head: &'static [&'static str; 2], meaning: &'static [&'static str; 2]) -> Asks {
    Asks { head, meaning, shows }
}

pub(super) const FAMILIES: Asks = asks(
    Shows::Count(Measure::Families),
    &["Familier", "Families"],
    &["Borgere med en gyldig bevilling.", "Clients with a valid grant."],
);
pub(super) const GRANTED: Asks = asks(
    Shows::Hours(Measure::Granted),
    &["Bevilget", "Granted"],
    &["Bevilgede timer af bevillinger, der gælder i ugen.", "Hours granted by grants that are valid in the week."],
);
pub(super) const AWAITING: Asks = asks(
    Shows::Hours(Measure::Awaiting),
    &["Afventer aftale", "Awaiting agreement"],
    &[
        "Bevilgede timer, der først kan leveres, når et tidsrum er aftalt.",
        "Hours granted that cannot be delivered before a window is agreed.",
    ],
);
pub(super) const PAUSED: Asks = asks(
    Shows::Hours(Measure::Paused),
    &["På pause", "Paused"],
    &["Bevilgede timer hos borgere på ophold eller hospital.", "Hours granted to clients on a stay or in hospital."],
);
pub(super) const NOT_DUE: Asks = asks(
    Shows::Hours(Measure::OtherwiseNotDue),
    &["I øvrigt ikke til levering", "Otherwise not due"],
    &[
        "Over standarden, ingen mulig dag i ugen, eller standardens krav er ikke opfyldt.",
        "Above the standard, no possible day in the week, or not eligible by the standard.",
    ],
);
pub(super) const DUE: Asks = asks(
    Shows::Hours(Measure::Due),
    &["Til levering", "Due"],
    &[
        "Timer, der skal leveres i ugen: bevilget uden det foregående.",
        "Hours to be delivered in the week: granted less what is not due.",
    ],
);
pub(super) const DELIVERED: Asks = asks(
    Shows::Hours(Measure::Delivered),
    &["Leveret", "Delivered"],
    &["Planlagte timer af dem til levering.", "Hours planned of those due."],
);
pub(super) const UNDELIVERED: Asks = asks(
    Shows::Hours(Measure::Undelivered),
    &["Ikke leveret", "Undelivered"],
    &[
        "Timer til levering, som planen ikke dækker; mere til én opvejer ikke mindre til en anden.",
        "Hours due that the plan does not cover; more for one does not make up for less to another.",
    ],
);
pub(super) const DELIVERED_SHARE: Asks = asks(
    Shows::Share(Measure::Delivered, Measure::Due),
    &["Leveret, andel", "Share delivered"],
    &["Leveret af det, der er til levering.", "Delivered of what is due."],
);
pub(super) const WAITING: Asks = asks(
    Shows::Count(Measure::Waiting),
    &["Familier uden besøg", "Families without a visit"],
    &[
        "Familier, der har timer til levering og intet besøg får i ugen.",
        "Families with hours due who get no visit in the week.",
    ],
);
pub(super) const WAITING_DUE: Asks = asks(
    Shows::Hours(Measure::WaitingDue),
    &["Til levering", "Due"],
    &["Timer til levering hos disse familier i ugen.", "Hours due to these families in the week."],
);
pub(super) const WAITED: Asks = asks(
    Shows::Weeks(Measure::Waited, Measure::Waits),
    &["Ventetid, gennemsnit", "Waiting time, average"],
    &[
        "Hele uger i gennemsnit ved ugens begyndelse siden familiens sidste kendte besøg, dog tidligst siden bevillingen.",
        "Whole weeks on average at the beginning of the week since the last known visit to the family, but not before the grant.",
    ],
);
pub(super) const VISITED: Asks = asks(
    Shows::Hours(Measure::Visited),
    &["Besøg", "Visits"],
    &["Timer i planlagte besøg den dag.", "Hours of visits planned on that day."],
);
pub(super) const MISSING_BY_DAY: Asks = asks(
    Shows::Hours(Measure::Undelivered),
    &["Ikke leveret", "Undelivered"],
    &[
        "Manglende timer, fordelt ligeligt på de dage, hvor bevillingen kunne leveres og ikke har besøg.",
        "Missing hours, in equal parts on the days on which the grant could be delivered and has no visit.",
    ],
);
pub(super) const FREE: Asks = asks(
    Shows::Hours(Measure::Time(Use::Free)),
    &["Ledig tid", "Free time"],
    &[
        "Timer i vagter uden besøg, bookinger, transport, pause og fravær.",
        "Hours of shifts without visits, bookings, travel, breaks and absence.",
    ],
);
pub(super) const CARERS: Asks = asks(
    Shows::Count(Measure::Carers),
    &["Medarbejdere", "Carers"],
    &["Medarbejdere med vagter.", "Carers with shifts."],
);
pub(super) const SHIFTS: Asks =
    asks(Shows::Hours(Measure::Shifts), &["Vagter", "Shifts"], &["Timer i vagter.", "Hours of shifts."]);
pub(super) const TIME: [Asks; 6] = [
    asks(Shows::Hours(Measure::Time(Use::Visits)), &["Besøg", "Visits"], &["Afløsning.", "Relief."]),
    asks(
        Shows::Hours(Measure::Time(Use::Bookings)),
        &["Booket arbejde", "Booked work"],
        &["Arbejde, der var planlagt i forvejen.", "Work that was planned already."],
    ),
    asks(
        Shows::Hours(Measure::Time(Use::Travel)),
        &["Transport", "Travel"],
        &["Veje mellem vagtens start, besøg og bookinger.", "Ways between the shift’s start, visits and bookings."],
    ),
    asks(
        Shows::Hours(Measure::Time(Use::Breaks)),
        &["Pause", "Breaks"],
        &["Booket eller holdt fri.", "Booked or kept free."],
    ),
    asks(Shows::Hours(Measure::Time(Use::Free)), &["Ledig", "Free"], &["Resten af vagten.", "The rest of the shift."]),
    asks(
        Shows::Hours(Measure::Time(Use::Away)),
        &["Fravær", "Absence"],
        &["Fravær i vagten.", "Absence within the shift."],
    ),
];
pub(super) const TRAVEL_SHARE: Asks = asks(
    Shows::Share(Measure::Time(Use::Travel), Measure::Shifts),
    &["Transport, andel", "Travel share"],
    &["Transport af vagternes timer.", "Travel of the shifts’ hours."],
);
pub(super) const VISITS: Asks =
    asks(Shows::Count(Measure::Visits), &["Besøg", "Visits"], &["Antal planlagte besøg.", "Visits planned, a count."]);
pub(super) const FAMILIAR: Asks = asks(
    Shows::Count(Measure::Familiar),
    &["Kendt medarbejder", "Familiar carer"],
    &[
        "Besøg af en medarbejder, der har været hos borgeren før (inden for 84 dage, hvis kommunen ikke har valgt andet).",
        "Visits by a carer who has been with the client before (within 84 days, unless the municipality has chosen otherwise).",
    ],
);
pub(super) const UNFAMILIAR: Asks = asks(
    Shows::Count(Measure::Unfamiliar),
    &["Ny medarbejder", "New carer"],
    &["De øvrige besøg.", "The other visits."],
);
pub(super) const FAMILIAR_SHARE: Asks = asks(
    Shows::Share(Measure::Familiar, Measure::Visits),
    &["Kontinuitet", "Continuity"],
    &["Besøg af en kendt medarbejder af alle besøg.", "Visits by a familiar carer of all visits."],
);
