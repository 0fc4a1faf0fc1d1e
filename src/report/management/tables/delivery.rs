//! What was granted, due and delivered, by week, municipality, provider, need, qualification and weekday.

use super::super::figures::{Measure, Part};
use super::asks::*;
use super::{Scale, Table, Tables, Words};
use crate::report::palette::{self, Paint};

/// Granted, due and delivered of any group of grants.
const DELIVERY: [&Asks; 6] = [&FAMILIES, &GRANTED, &DUE, &DELIVERED, &UNDELIVERED, &DELIVERED_SHARE];
/// Its chart: delivered, undelivered; what is granted but not due is in the table.
const DELIVERY_PARTS: [(usize, Paint); 2] = [(3, palette::DELIVERED), (4, palette::UNDELIVERED)];

impl Tables<'_> {
    pub(super) fn by_week(&self) -> Table {
        let columns =
            [&FAMILIES, &GRANTED, &AWAITING, &PAUSED, &NOT_DUE, &DUE, &DELIVERED, &UNDELIVERED, &DELIVERED_SHARE];
        let parts = [
            (6, palette::DELIVERED),
            (7, palette::UNDELIVERED),
            (2, palette::BREAK),
            (3, palette::BOOKING),
            (4, palette::NOT_DUE),
        ];
        let words = Words {
            id: "weeks",
            sheet: ["Uger", "Weeks"],
            title: ["Ventende og ikke leverede timer uge for uge", "Waiting and undelivered hours week by week"],
            about: &["Alle bevilgede timer, og hvad der blev af dem.", "All hours granted, and what became of them."],
            row_head: ["Uge", "Week"],
        };
        let rows = self.facts.weeks.iter().map(|week| Part::Week(*week)).collect();
        self.table(words, &columns, rows, (&parts, Scale::Common))
    }

    pub(super) fn by_municipality(&self) -> Table {
        let words = Words {
            id: "municipalities",
            sheet: ["Kommuner", "Municipalities"],
            title: ["Efter kommune", "By municipality"],
            about: &["Kommunen er den, borgeren bor i.", "The municipality is where the client lives."],
            row_head: ["Kommune", "Municipality"],
        };
        let rows =
            self.by_size(self.groups(&[Measure::Granted], |part| matches!(part, Part::Municipality(_))), Measure::Due);
        self.table(words, &DELIVERY, rows, (&DELIVERY_PARTS, Scale::Common))
    }

    pub(super) fn by_provider(&self) -> Table {
        let words = Words {
            id: "providers",
            sheet: ["Udførere", "Providers"],
            title: ["Efter udfører", "By provider"],
            about: &[
                "Timerne falder på den udfører, der er fast i hjemmet eller valgt, ellers den, der kommer i planen, ellers den eneste mulige.",
                "Hours fall to the provider that is settled for the home or chosen, else the one that comes in the plan, else the only one possible.",
            ],
            row_head: ["Udfører", "Provider"],
        };
        let rows =
            self.by_size(self.groups(&[Measure::Granted], |part| matches!(part, Part::Provider(_))), Measure::Due);
        self.table(words, &DELIVERY, rows, (&DELIVERY_PARTS, Scale::Common))
    }

    pub(super) fn by_need(&self) -> Table {
        let words = Words {
            id: "needs",
            sheet: ["Behov", "Needs"],
            title: ["Efter behov", "By need"],
            about: &["Behovet, som bevillingen angiver det.", "The need as the grant states it."],
            row_head: ["Behov", "Need"],
        };
        let rows = self.groups(&[Measure::Granted], |part| matches!(part, Part::Need(_)));
        self.table(words, &DELIVERY, rows, (&DELIVERY_PARTS, Scale::Common))
    }

    pub(super) fn by_asked(&self) -> Table {
        let words = Words {
            id: "qualifications",
            sheet: ["Krav", "Qualifications"],
            title: ["Efter krav til medarbejderens kvalifikation", "By the qualification that is asked for"],
            about: &[
                "Komplekse behov kræver en sundhedsfaglig uddannelse, anden afløsning oplæring i afløsning, praktisk afløsning ingen af delene.",
                "Complex needs ask for an education in health care, other relief for the training for relief, practical relief for neither.",
            ],
            row_head: ["Krav", "Asked for"],
        };
        let rows = self.groups(&[Measure::Granted], |part| matches!(part, Part::Asked(_)));
        self.table(words, &DELIVERY, rows, (&DELIVERY_PARTS, Scale::Common))
    }

    pub(super) fn by_day(&self) -> Table {
        let words = Words {
            id: "weekdays",
            sheet: ["Ugedage", "Weekdays"],
            title: ["Efter ugedag", "By weekday"],
            about: &[
                "Bevillinger har ingen ugedag; derfor besøg på dagen mod timer, der kunne have været leveret dér, og medarbejdernes ledige tid.",
                "Grants have no weekday; so visits of the day stand against hours that could have been delivered then, and the carers’ free time.",
            ],
            row_head: ["Ugedag", "Weekday"],
        };
        let rows = self
            .groups(&[Measure::Visited, Measure::Undelivered, Measure::Shifts], |part| matches!(part, Part::Day(_)));
        let parts = [(0, palette::DELIVERED), (1, palette::UNDELIVERED)];
        self.table(words, &[&VISITED, &MISSING_BY_DAY, &FREE], rows, (&parts, Scale::Common))
    }
}
