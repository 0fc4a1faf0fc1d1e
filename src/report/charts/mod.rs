//! Charts of a plan as SVG and PNG: each provider's week, hours granted and delivered, and the use of carers' time.
//!
//! First a chart's figures are worked out (`hours`, `timeline`, `use_of_time`), then its picture is laid out as
//! a list of shapes (`…_picture`), and `render` draws that list with either of plotters' backends. Carers and clients
//! appear by their ids alone.

mod bars;
mod font;
mod hours_picture;
mod layout;
mod lettering;
mod picture;
mod render;
#[cfg(test)]
mod tests;
mod timeline;
mod timeline_grid;
mod timeline_picture;
mod use_of_time_picture;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::of_file;
use crate::language::Language;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::report::file_names;
use crate::report::hours::Hours;
use crate::report::use_of_time::UseOfTime;
use crate::report::work::Work;
use crate::rules::Rulebook;

pub(super) use bars::{BarChart, BarRow, Shape as ChartShape, Stretch};
use picture::Picture;
use timeline::Timeline;

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
/// The first chart that cannot be drawn or written, with the name of its file.
pub fn write_all(
    problem: &Problem,
    book: &Rulebook,
    plan: &Plan,
    language: Language,
    folder: &Path,
) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let charts = charts(problem, book, plan, language);
    let files: Vec<[PathBuf; 2]> = charts.par_iter().map(|chart| write(chart, folder)).collect::<Result<_, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

fn write(chart: &Chart, folder: &Path) -> io::Result<[PathBuf; 2]> {
    let [svg, png] = ["svg", "png"].map(|ending| format!("{}.{ending}", chart.name));
    let (vector, bitmap) = rayon::join(
        || put(render::svg(&chart.picture), folder, &svg),
        || put(render::png(&chart.picture), folder, &png),
    );
    Ok([vector?, bitmap?])
}

/// Writes a picture's file into a folder.
fn put(picture: io::Result<Vec<u8>>, folder: &Path, name: &str) -> io::Result<PathBuf> {
    let path = folder.join(name);
    picture.and_then(|bytes| std::fs::write(&path, bytes)).map_err(|error| of_file(name, &error))?;
    Ok(path)
}

/// The style that charts within a page need.
pub(super) fn fonts() -> String {
    render::font_faces()
}

fn charts(problem: &Problem, book: &Rulebook, plan: &Plan, language: Language) -> Vec<Chart> {
    let (week, work) = (problem.week, Work::of(problem, book, plan));
    let timelines = problem.providers.ids().map(|provider| {
        let timeline = Timeline::of(problem, &work, provider);
        timeline_picture::picture(&timeline, week, language)
    });
    let hours = hours_picture::picture(problem, &Hours::of(problem, book, plan), language);
    let time = use_of_time_picture::picture(&UseOfTime::of(problem, &work), week, language);
    let pictures = timelines.chain([hours, time]);
    names(problem).into_iter().zip(pictures).map(|(name, picture)| Chart { name, picture }).collect()
}

/// The names of the charts' files without their endings, in the order of interest.
pub(super) fn names(problem: &Problem) -> Vec<String> {
    let mut taken = HashSet::new();
    let providers = problem.providers.values().iter();
    let timelines =
        providers.map(|row| file_names::unique(format!("timeline-{}", file_names::safe(&row.id)), &mut taken));
    timelines.chain(["hours".to_owned(), "use-of-time".to_owned()]).collect()
}
