//! The management report over one or many weeks: whether what was granted is delivered, and where capacity is missing.
//!
//! ```text
//! results ──facts──▶ an entry for each grant, visit and shift ──figures──▶ sums, each with its people ──mask──▶ what
//!                                                   may be shown ──tables──▶ page, charts, workbook
//! ```
//!
//! Figures about fewer than five people are masked, and as many others as it takes that they cannot be worked out.

mod chart;
mod facts;
mod figures;
mod findings;
mod mask;
mod page;
mod reasons;
mod tables;
#[cfg(test)]
mod tests;
mod waiting;
mod workbook;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::about;
use super::charts::BarChart;
use super::words;
use crate::import::LoadedResult;
use crate::language::Language;
use facts::Facts;
use figures::Figures;
use tables::{Chapter, Tables};

/// The page to open first.
pub const PAGE: &str = "index.html";
/// The file that names all others of a report.
pub const MANIFEST: &str = "report.json";
const WORKBOOK: &str = "report.xlsx";
const CHARTS: &str = "charts";

/// The version of the manifest's format.
const FORMAT: u32 = 1;

/// More municipalities are counted, not listed.
const MUNICIPALITIES_LISTED: usize = 4;

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    version: &'static str,
    /// The weeks reported on.
    weeks: Vec<String>,
    /// How many figures were masked.
    masked: usize,
    /// SHA-256 in hex of the `summary.json` of each result, which names its inputs.
    results: BTreeMap<String, &'a str>,
    files: &'a [String],
}

/// Writes the report on these results, at least one, into an empty folder.
///
/// # Errors
/// What the file system says, with the file.
pub fn write(results: &[LoadedResult], language: Language, folder: &Path) -> io::Result<()> {
    let facts = Facts::of(results);
    let figures = Figures::of(&facts);
    let tables = Tables { figures: &figures, facts: &facts, language };
    let chapters = tables.chapters();
    let (head, notes) = (head(&facts, language), |medium| notes(results.len(), medium, language));
    let charts = charts(&chapters, &head.weeks, language);

    let mut files = Vec::new();
    let page = page::html(&head, &tables, &chapters, (&charts, &notes(Medium::Page)));
    let title = format!("{} · {}", head.title, head.weeks);
    let book = workbook::bytes(&title, &chapters, &notes(Medium::Workbook), language);
    for (name, bytes) in [(PAGE, page), (WORKBOOK, book)] {
        bytes.and_then(|bytes| std::fs::write(folder.join(name), bytes)).map_err(|error| about(&error, name))?;
        files.push(name.to_owned());
    }
    files.extend(draw(&charts, &folder.join(CHARTS))?);
    files.push(MANIFEST.to_owned());
    let manifest = manifest(results, (&facts, &figures), &files)?;
    std::fs::write(folder.join(MANIFEST), manifest).map_err(|error| about(&error, MANIFEST))
}

fn charts(chapters: &[Chapter], weeks: &str, language: Language) -> Vec<(&'static str, BarChart)> {
    let tables = chapters.iter().flat_map(|chapter| &chapter.tables);
    tables.map(|table| (table.id, chart::chart(table, weeks, language))).collect()
}

/// Writes all charts; gives their names within the report.
fn draw(charts: &[(&'static str, BarChart)], folder: &Path) -> io::Result<Vec<String>> {
    std::fs::create_dir(folder).map_err(|error| about(&error, CHARTS))?;
    let drawn = charts.par_iter().map(|(id, chart)| chart.write(folder, id)).collect::<io::Result<Vec<_>>>();
    let drawn = drawn?.into_iter().flatten();
    Ok(drawn.filter_map(|path| Some(format!("{CHARTS}/{}", path.file_name()?.to_string_lossy()))).collect())
}

fn manifest(results: &[LoadedResult], (facts, figures): (&Facts, &Figures), files: &[String]) -> io::Result<Vec<u8>> {
    let named =
        (1..).zip(results).map(|(number, result)| (format!("{} {number}", result.problem.week), &*result.sha256));
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION"),
        weeks: facts.weeks.iter().map(ToString::to_string).collect(),
        masked: figures.masked(),
        results: named.collect(),
        files,
    };
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    Ok(text)
}

fn head(facts: &Facts, language: Language) -> page::Head {
    let weeks = match facts.weeks.as_slice() {
        [] => String::new(),
        [week] => words::week(*week, language),
        [first, .., last] => {
            let count = facts.weeks.len();
            let (first, last) = (words::week(*first, language), words::lower(&words::week(*last, language)));
            language.pick(format!("{first} til {last}, {count} uger"), format!("{first} to {last}, {count} weeks"))
        }
    };
    let municipalities = match facts.municipalities.as_slice() {
        few if few.len() <= MUNICIPALITIES_LISTED => few.join(", "),
        many => words::numbered(many.len(), ["kommune", "kommuner"], ["municipality", "municipalities"], language),
    };
    let title = language.pick("Ledelsesrapport: afløsning i hjemmet", "Management report: relief in the home");
    page::Head { title: title.to_owned(), weeks, municipalities }
}

/// Where figures are read.
#[derive(Clone, Copy)]
enum Medium {
    Page,
    Workbook,
}

/// What holds for all figures.
fn notes(results: usize, medium: Medium, language: Language) -> Vec<String> {
    let fewest = mask::FEWEST;
    let plans = words::numbered(results, ["plan", "planer"], ["plan", "plans"], language);
    let rounding = match medium {
        Medium::Page => {
            language.pick("Timer er afrundet til tiendedele; andele er rundet ned.", "Hours are rounded to tenths, shares down.")
        }
        Medium::Workbook => language.pick(
            "Timer står i decimaler: 1,5 er en time og 30 minutter. Cellerne har tallene uden afrunding; kun visningen er afrundet.",
            "Hours are decimal: 1.5 is an hour and 30 minutes. The cells have the figures unrounded; only what is shown is rounded.",
        ),
    };
    let notes = language.pick(
        [
            format!("Tallene er fra {plans}; planernes filer er kontrolleret mod ugernes (SHA-256). Der er talt, hvad der er planlagt, ikke hvad der siden er sket."),
            format!("Et tal om færre end {fewest} personer er skjult, og så mange andre, at det ikke kan regnes ud ved at trække fra eller lægge sammen. Nul er ingen og vises. Sammenlign ikke rapporter, der kun adskiller sig ved få personer: det kan røbe dem."),
            format!("{rounding} Den samme borger i flere uger er én familie."),
        ],
        [
            format!("The figures are from {plans}; their files have been checked against the weeks’ (SHA-256). What is counted is what was planned, not what happened since."),
            format!("A figure about fewer than {fewest} people is masked, and so many others that it cannot be worked out by subtracting or adding. Nought is about nobody and is shown. Do not compare reports that differ by few people only: that can give them away."),
            format!("{rounding} The same client in several weeks is one family."),
        ],
    );
    notes.to_vec()
}
