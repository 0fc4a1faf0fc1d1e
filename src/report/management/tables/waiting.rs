//! Families who get no visit though something is due to them, and for how long they have waited.

use super::super::figures::{Measure, Part};
use super::asks::*;
use super::{Scale, Table, Tables, Words};
use crate::report::palette;

const ABOUT: [&str; 2] = [
    "Familier, der har timer til levering og intet besøg får i ugen.",
    "Families with hours due who get no visit in the week.",
];

impl Tables<'_> {
    pub(super) fn waiting_by_week(&self) -> Table {
        let words = Words {
            id: "waiting-weeks",
            sheet: ["Ventetid, uger", "Waiting, weeks"],
            title: ["Familier uden besøg uge for uge", "Families without a visit week by week"],
            about: &ABOUT,
            row_head: ["Uge", "Week"],
        };
        self.waiting(words, self.facts.weeks.iter().map(|week| Part::Week(*week)).collect())
    }

    pub(super) fn waiting_by_time(&self) -> Table {
        let words = Words {
            id: "waiting-times",
            sheet: ["Ventetid, varighed", "Waiting, how long"],
            title: ["Familier uden besøg efter ventetid", "Families without a visit by waiting time"],
            about: &ABOUT,
            row_head: ["Ventetid", "Waiting time"],
        };
        self.waiting(words, self.groups(&[Measure::Waiting], |part| matches!(part, Part::Wait(_))))
    }

    pub(super) fn waiting_by_municipality(&self) -> Table {
        let words = Words {
            id: "waiting-municipalities",
            sheet: ["Ventetid, kommuner", "Waiting, municipalities"],
            title: ["Familier uden besøg efter kommune", "Families without a visit by municipality"],
            about: &ABOUT,
            row_head: ["Kommune", "Municipality"],
        };
        let rows = self.groups(&[Measure::Waiting], |part| matches!(part, Part::Municipality(_)));
        self.waiting(words, self.by_size(rows, Measure::Waiting))
    }

    fn waiting(&self, words: Words<'_>, rows: Vec<Part>) -> Table {
        let parts = [(0, palette::UNDELIVERED)];
        self.table(words, &[&WAITING, &WAITING_DUE, &WAITED], rows, (&parts, Scale::Common))
    }
}
