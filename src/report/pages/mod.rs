//! The week as pages: an overview, the board, run sheets, a page for each family, what is not delivered, and notes.
//!
//! [`files`] gives each page with its name. One file of this module makes what one page shows, already in words; the
//! template of the same name lays it out.

mod board;
mod families;
mod figures;
mod first;
mod notes;
mod overview;
mod plain;
mod sheets;
#[cfg(test)]
mod tests;
mod undelivered;

use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::html::Pages;
use super::people;
use super::reasons::Reasons;
use super::work::Work;
use super::{Naming, Outcome, words};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::pipeline::Planned;
use crate::problem::Problem;
use crate::units::Minutes;
use people::People;

pub(super) const OVERVIEW: &str = "index.html";
const BOARD: &str = "board.html";
const SHEETS: &str = "run-sheets.html";
const FAMILIES: &str = "families.html";
const UNDELIVERED: &str = "undelivered.html";
const NOTES: &str = "notes.html";

const TEMPLATES: [(&str, &str); 8] = [
    ("week.html", include_str!("templates/week.html")),
    ("hatches.html", include_str!("templates/hatches.html")),
    (OVERVIEW, include_str!("templates/index.html")),
    (BOARD, include_str!("templates/board.html")),
    (SHEETS, include_str!("templates/run-sheets.html")),
    (FAMILIES, include_str!("templates/families.html")),
    (UNDELIVERED, include_str!("templates/undelivered.html")),
    (NOTES, include_str!("templates/notes.html")),
];

/// Shows those items of a page that its filters ask for.
const FILTER: &str = include_str!("filter.js");
/// Details and keys of the board; the filter comes before it.
const BOARD_SCRIPT: &str = concat!(include_str!("filter.js"), include_str!("board.js"));

/// More municipalities are counted, not listed.
const MUNICIPALITIES_LISTED: usize = 4;

/// What all pages are made of.
struct Scene<'a> {
    planned: &'a Planned,
    problem: &'a Problem,
    reasons: &'a Reasons<'a>,
    warnings: &'a [Diagnostic],
    work: Work,
    people: People<'a>,
    language: Language,
}

/// What stands above every page.
#[derive(Serialize)]
struct Head {
    /// `Uge 48`.
    week: String,
    /// `23.11.–29.11.2026`.
    dates: String,
    municipalities: String,
    /// The page's own file, for the list of pages.
    here: &'static str,
}

/// The pages of a result as (file name, HTML).
///
/// # Errors
/// Only mistakes in the templates.
pub(super) fn files(
    outcome: &Outcome<'_>,
    reasons: &Reasons<'_>,
    naming: Naming,
) -> io::Result<Vec<(String, Vec<u8>)>> {
    let scene = Scene::of(outcome, reasons, naming);
    let pages = Pages::new(&TEMPLATES, outcome.language)?;
    let names = [OVERVIEW, BOARD, SHEETS, FAMILIES, UNDELIVERED, NOTES];
    names.into_par_iter().map(|name| Ok((name.to_owned(), page(&scene, &pages, name)?))).collect()
}

fn page(scene: &Scene<'_>, pages: &Pages, name: &'static str) -> io::Result<Vec<u8>> {
    let head = scene.head(name);
    match name {
        OVERVIEW => pages.page(name, (head, overview::view(scene)), ""),
        BOARD => pages.page(name, (head, board::view(scene)), BOARD_SCRIPT),
        SHEETS => pages.page(name, (head, sheets::view(scene)), FILTER),
        FAMILIES => pages.page(name, (head, families::view(scene)), FILTER),
        UNDELIVERED => pages.page(name, (head, undelivered::view(scene)), FILTER),
        _ => pages.page(name, (head, notes::view(scene)), ""),
    }
}

impl<'a> Scene<'a> {
    fn of(outcome: &Outcome<'a>, reasons: &'a Reasons<'a>, naming: Naming) -> Self {
        let planned = outcome.planned;
        let problem: &'a Problem = &planned.problem;
        Scene {
            planned,
            problem,
            reasons,
            warnings: outcome.warnings,
            work: Work::of(problem, &planned.book, &planned.solved.plan),
            people: People::new(problem, naming, outcome.language),
            language: outcome.language,
        }
    }

    /// Hours whose unit stays on their line.
    fn hours(&self, minutes: Minutes) -> String {
        words::hours(minutes, self.language).replace(' ', "\u{a0}")
    }

    fn head(&self, here: &'static str) -> Head {
        let (week, language) = (self.problem.week, self.language);
        let municipalities: BTreeSet<&str> =
            self.problem.clients.values().iter().map(|client| client.municipality.as_str()).collect();
        let listed = match municipalities.len() {
            0..=MUNICIPALITIES_LISTED => municipalities.into_iter().collect::<Vec<&str>>().join(", "),
            number => words::numbered(number, ["kommune", "kommuner"], ["municipality", "municipalities"], language),
        };
        Head {
            week: words::week_number(week, language),
            dates: words::week_dates(week, language),
            municipalities: listed,
            here,
        }
    }
}
