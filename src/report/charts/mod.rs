//! Charts of a plan as SVG and PNG: each provider's week, hours granted and delivered, and the use of carers' time.
//!
//! First a chart's figures are worked out (`hours`, `timeline`, `use_of_time`), then its picture is laid out as
//! a list of shapes (`…_picture`), and `render` draws that list with either of plotters' backends. Carers and clients
//! appear by their ids alone.

mod bars;
mod font;
mod hours;
mod hours_picture;
mod layout;
mod lettering;
mod palette;
mod picture;
mod render;
#[cfg(test)]
mod tests;
mod timeline;
mod timeline_grid;
mod timeline_picture;
mod use_of_time;
mod use_of_time_picture;
pub(crate) mod words;
mod work;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use plotters_backend::DrawingErrorKind;
use rayon::prelude::*;

use crate::language::Language;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rules::Rulebook;

pub use bars::{Bar, Bars};
use hours::Hours;
use picture::Picture;
use timeline::Timeline;
use use_of_time::UseOfTime;
use work::Work;

/// A chart that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    #[error("cannot write the chart {path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot draw the chart {path}: {reason}")]
    Draw { path: PathBuf, reason: String },
}

impl ChartError {
    fn draw<E: std::error::Error + Send + Sync>(path: &Path, error: &DrawingErrorKind<E>) -> Self {
        ChartError::Draw { path: path.to_owned(), reason: error.to_string() }
    }
}

/// Longer ids are cut in file names.
const LONGEST_NAME: usize = 80;

/// A picture and the name of its files, without the ending.
struct Chart {
    name: String,
    picture: Picture,
}

/// Writes all charts of a plan into a folder, each as SVG and as PNG.
///
/// Returns the files in the order of interest: the providers' weeks, the hours, the use of time; SVG before PNG.
///
/// # Errors
/// The first chart that cannot be drawn or written.
pub fn write_all(
    problem: &Problem,
    book: &Rulebook,
    plan: &Plan,
    language: Language,
    folder: &Path,
) -> Result<Vec<PathBuf>, ChartError> {
    std::fs::create_dir_all(folder).map_err(|source| ChartError::Write { path: folder.to_owned(), source })?;
    let charts = charts(problem, book, plan, language);
    let files: Vec<[PathBuf; 2]> = charts.par_iter().map(|chart| write(chart, folder)).collect::<Result<_, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// Writes a chart of alternatives into a folder, as SVG and as PNG; gives the files' names.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn write_bars(bars: &Bars, (name, language): (&str, Language), folder: &Path) -> Result<Vec<String>, ChartError> {
    let chart = Chart { name: name.to_owned(), picture: bars::picture(bars, language) };
    write(&chart, folder)?;
    Ok(["svg", "png"].map(|ending| format!("{name}.{ending}")).to_vec())
}

fn write(chart: &Chart, folder: &Path) -> Result<[PathBuf; 2], ChartError> {
    let [svg, png] = ["svg", "png"].map(|ending| folder.join(format!("{}.{ending}", chart.name)));
    let (vector, bitmap) = rayon::join(|| render::svg(&chart.picture, &svg), || render::png(&chart.picture, &png));
    vector.and(bitmap)?;
    Ok([svg, png])
}

fn charts(problem: &Problem, book: &Rulebook, plan: &Plan, language: Language) -> Vec<Chart> {
    let (week, work) = (problem.week, Work::of(problem, book, plan));
    let mut names = HashSet::new();
    let mut charts: Vec<Chart> = Vec::new();
    for (provider, row) in problem.providers.iter() {
        let timeline = Timeline::of(problem, &work, provider);
        let name = unique(format!("timeline-{}", file_safe(&row.id)), &mut names);
        charts.push(Chart { name, picture: timeline_picture::picture(&timeline, week, language) });
    }
    let hours = hours_picture::picture(problem, &Hours::of(problem, book, plan), language);
    let time = use_of_time_picture::picture(&UseOfTime::of(problem, &work), week, language);
    charts.push(Chart { name: "hours".into(), picture: hours });
    charts.push(Chart { name: "use-of-time".into(), picture: time });
    charts
}

/// An id with nothing in it that a file's name must not have on any system.
fn file_safe(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    id.chars().take(LONGEST_NAME).map(safe).collect()
}

/// The name, with a number where another one differs at most in capitals.
fn unique(name: String, names: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| names.insert(name.to_lowercase()));
    free.unwrap_or(name)
}
