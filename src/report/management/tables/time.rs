//! What carers' time is used for, and how often somebody comes whom the client knows.

use super::super::figures::{Measure, Part};
use super::asks::*;
use super::{Scale, Table, Tables, Words};
use crate::report::palette::{self, Paint};

impl Tables<'_> {
    pub(super) fn time_by_week(&self) -> Table {
        let words = Words {
            id: "time-weeks",
            sheet: ["Tid, uger", "Time, weeks"],
            title: ["Medarbejdernes tid uge for uge", "Carers’ time week by week"],
            about: &["Hvad vagternes timer bruges til.", "What the hours of shifts are used for."],
            row_head: ["Uge", "Week"],
        };
        self.time(words, self.facts.weeks.iter().map(|week| Part::Week(*week)).collect())
    }

    pub(super) fn time_by_provider(&self) -> Table {
        let words = Words {
            id: "time-providers",
            sheet: ["Tid, udførere", "Time, providers"],
            title: ["Medarbejdernes tid efter udfører", "Carers’ time by provider"],
            about: &["Hvad vagternes timer bruges til.", "What the hours of shifts are used for."],
            row_head: ["Udfører", "Provider"],
        };
        let rows =
            self.by_size(self.groups(&[Measure::Shifts], |part| matches!(part, Part::Provider(_))), Measure::Shifts);
        self.time(words, rows)
    }

    pub(super) fn time_by_qualification(&self) -> Table {
        let words = Words {
            id: "time-qualifications",
            sheet: ["Tid, uddannelser", "Time, qualifications"],
            title: ["Medarbejdernes tid efter uddannelse", "Carers’ time by qualification"],
            about: &[
                "Hvem der leverer afløsningen, og hvem der har tid.",
                "Who delivers the relief, and who has time.",
            ],
            row_head: ["Uddannelse", "Qualification"],
        };
        self.time(words, self.groups(&[Measure::Shifts], |part| matches!(part, Part::Qualification(_))))
    }

    pub(super) fn time(&self, words: Words<'_>, rows: Vec<Part>) -> Table {
        let columns: Vec<&Asks> = [&CARERS, &SHIFTS].into_iter().chain(&TIME).chain([&TRAVEL_SHARE]).collect();
        let paints = [palette::VISIT, palette::BOOKING, palette::TRAVEL, palette::BREAK, palette::FREE, palette::AWAY];
        let parts: Vec<(usize, Paint)> = (2..).zip(paints).collect();
        self.table(words, &columns, rows, (&parts, Scale::Shares))
    }

    pub(super) fn continuity_by_week(&self) -> Table {
        let words = Words {
            id: "continuity-weeks",
            sheet: ["Kontinuitet, uger", "Continuity, weeks"],
            title: ["Besøg af kendte medarbejdere uge for uge", "Visits by familiar carers week by week"],
            about: &[
                "Hvor tit der kommer nogen, som borgeren kender.",
                "How often somebody comes whom the client knows.",
            ],
            row_head: ["Uge", "Week"],
        };
        self.continuity(words, self.facts.weeks.iter().map(|week| Part::Week(*week)).collect())
    }

    pub(super) fn continuity_by_municipality(&self) -> Table {
        let words = Words {
            id: "continuity-municipalities",
            sheet: ["Kontinuitet, kommuner", "Continuity, municipalities"],
            title: ["Besøg af kendte medarbejdere efter kommune", "Visits by familiar carers by municipality"],
            about: &[
                "Hvor tit der kommer nogen, som borgeren kender.",
                "How often somebody comes whom the client knows.",
            ],
            row_head: ["Kommune", "Municipality"],
        };
        let rows = self.groups(&[Measure::Visits], |part| matches!(part, Part::Municipality(_)));
        self.continuity(words, self.by_size(rows, Measure::Visits))
    }

    pub(super) fn continuity(&self, words: Words<'_>, rows: Vec<Part>) -> Table {
        let columns = [&VISITS, &FAMILIAR, &UNFAMILIAR, &FAMILIAR_SHARE];
        self.table(words, &columns, rows, (&[(1, palette::VISIT), (2, palette::BOOKING)], Scale::Shares))
    }
}
