//! The curves of growth as a picture, both axes logarithmic.

use std::error::Error;
use std::fs;
use std::path::Path;

use plotters::coord::Shift;
use plotters::coord::combinators::IntoLogRange;
use plotters::prelude::*;

use super::growth::{Curves, Power};
use super::{Outcome, PROJECT};

/// Where it lies in the project.
pub const FILE: &str = "docs/pictures/growth.svg";

const SIZE: (u32, u32) = (1000, 420);
const FONT: &str = "sans-serif";
/// From Okabe and Ito's palette, as the charts of a week.
const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
const VERMILION: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
const GRID: RGBColor = RGBColor(0xE1, 0xE4, 0xE8);

type Drawn = Result<(), Box<dyn Error>>;

/// Points of one kind.
struct Series<'s> {
    name: &'s str,
    points: &'s [(f64, f64)],
    colour: RGBColor,
}

pub fn draw(curves: &Curves) -> Outcome<()> {
    let path = Path::new(PROJECT).join(FILE);
    fs::create_dir_all(path.parent().unwrap_or(Path::new(PROJECT)))?;
    let area = SVGBackend::new(&path, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let (left, right) = area.split_horizontally(SIZE.0 / 2);
    let times = [
        Series { name: "until the gap is below 1 %", points: &curves.tight, colour: VERMILION },
        Series { name: "until the optimum is proven", points: &curves.proven, colour: BLUE },
    ];
    panel(&left, "seconds", &times)?;
    panel(&right, "memory in MB", &[Series { name: "peak", points: &curves.megabytes, colour: BLUE }])?;
    area.present()?;
    Ok(())
}

/// One pair of axes, with points and the power laws through them.
fn panel(area: &DrawingArea<SVGBackend<'_>, Shift>, title: &str, series: &[Series<'_>]) -> Drawn {
    let points = || series.iter().flat_map(|series| series.points.iter().copied());
    let (Some(clients), Some(amounts)) = (span(points().map(|p| p.0)), span(points().map(|p| p.1))) else {
        return Ok(());
    };
    let mut chart = ChartBuilder::on(area)
        .margin(14)
        .caption(title, (FONT, 18).into_font().color(&INK))
        .x_label_area_size(42)
        .y_label_area_size(54)
        .build_cartesian_2d((clients.0..clients.1).log_scale(), (amounts.0..amounts.1).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("clients")
        .label_style((FONT, 13).into_font().color(&INK))
        .bold_line_style(GRID)
        .light_line_style(RGBColor(0xF4, 0xF5, 0xF6))
        .x_label_formatter(&|clients| format!("{clients:.0}"))
        .y_label_formatter(&|amount| if *amount < 1.0 { format!("{amount:.1}") } else { format!("{amount:.0}") })
        .draw()?;
    for Series { name, points, colour } in series {
        let style = colour.stroke_width(2);
        let dots = points.iter().map(|point| Circle::new(*point, 4, colour.filled()));
        let label = named(name, Power::through(points));
        chart.draw_series(dots)?.label(label).legend(move |(x, y)| Circle::new((x + 10, y), 4, style.filled()));
        if let Some(power) = Power::through(points) {
            let line = points.iter().map(|(clients, _)| (*clients, power.at(*clients))).collect::<Vec<_>>();
            chart.draw_series([PathElement::new(line, colour.stroke_width(1))])?;
        }
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .label_font((FONT, 13).into_font().color(&INK))
        .background_style(WHITE.mix(0.85))
        .border_style(GRID)
        .draw()?;
    Ok(())
}

fn named(name: &str, power: Option<Power>) -> String {
    power.map_or_else(|| name.to_owned(), |power| format!("{name}: ~ n^{:.2}", power.exponent))
}

/// Some room below the least and above the most; `None` without numbers.
fn span(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (least, most) = numbers.fold((f64::MAX, 0.0_f64), |(least, most), n| (least.min(n), most.max(n)));
    (most > 0.0).then_some((least / 1.6, most * 2.5))
}
