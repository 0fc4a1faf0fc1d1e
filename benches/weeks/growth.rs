//! How time and memory grow with the size of a week.

use std::fmt::Write as _;

use super::measure::{Row, TIGHT};
use super::results::Results;
use super::{Outcome, chart, made_up, options, rows, table};

/// Fewer points give no exponent.
const FEWEST: usize = 3;

/// A power law: `factor` × clients ^ `exponent`.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    pub factor: f64,
    pub exponent: f64,
}

impl Power {
    /// The best one for points of (clients, amount): least squares on the logarithms of both.
    pub fn through(points: &[(f64, f64)]) -> Option<Self> {
        let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
        let count = logs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|point| point.0), mean(|point| point.1));
        let spread: f64 = logs.iter().map(|point| (point.0 - x).powi(2)).sum();
        let together: f64 = logs.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
        let exponent = together / spread;
        (logs.len() >= FEWEST && spread > 0.0).then(|| Power { factor: (y - exponent * x).exp(), exponent })
    }

    pub fn at(self, clients: f64) -> f64 {
        self.factor * clients.powf(self.exponent)
    }
}

/// What grows: points of (clients, amount).
pub struct Curves {
    /// Seconds until the optimum was proven; sizes that were not are left out.
    pub proven: Vec<(f64, f64)>,
    /// Seconds until score and bound were within [`TIGHT`].
    pub tight: Vec<(f64, f64)>,
    pub megabytes: Vec<(f64, f64)>,
}

impl Curves {
    fn of(rows: &[Row]) -> Self {
        let curve = |amount: fn(&Row) -> Option<f64>| {
            rows.iter().filter_map(|row| Some((row.clients as f64, amount(row)?))).collect()
        };
        Curves {
            proven: curve(|row| (row.middle().status == "optimal").then(|| row.median(|run| run.seconds))),
            tight: curve(tight),
            megabytes: curve(|row| row.megabytes().map(|megabytes| megabytes as f64)),
        }
    }
}

/// The median of the seconds until the gap was small; `None` where it was not in every run.
fn tight(row: &Row) -> Option<f64> {
    let all: Option<Vec<f64>> = row.runs.iter().map(|run| run.tight_after).collect();
    all.map(super::median)
}

pub fn measure(options: &options::Growth) -> Outcome<()> {
    let weeks = options.clients.iter().map(|clients| made_up::municipality(*clients, options.seed));
    let mut rows = rows(&weeks.collect::<Outcome<Vec<_>>>()?, &options.how)?;
    rows.sort_by_key(|row| row.clients);
    let curves = Curves::of(&rows);
    chart::draw(&curves)?;
    let table = format!("![Time and memory against the number of clients]({})\n\n{}", chart::FILE, table_of(&rows));
    let legend = format!("{} {}", table::legend(&options.how), exponents(&curves));
    Results { name: "growth", table: &table, legend: &legend, raw: &rows }.keep(&options.how)
}

fn table_of(rows: &[Row]) -> String {
    let mut text = format!(
        "| clients | carers | score | gap | status | limit | seconds | gap below {:.0} % after | near after | memory | \
         check | referee |\n|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|---|---|\n",
        TIGHT * 100.0
    );
    for row in rows {
        let run = row.middle();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} s | {} | {} | {} | {} | {} | {} |",
            row.clients,
            row.carers,
            run.score,
            table::gap(run.score, run.bound),
            run.status,
            row.limit,
            table::seconds(row, |run| run.seconds),
            tight(row).map_or("–".to_owned(), |seconds| format!("{seconds:.1} s")),
            table::near(row),
            table::memory(row.megabytes()),
            row.verdict(|run| run.check),
            row.verdict(|run| run.referee),
        );
    }
    text
}

/// The exponents in words, each with what it rests on.
fn exponents(curves: &Curves) -> String {
    let fitted = |what: &str, points: &[(f64, f64)]| {
        let sizes = points.len();
        match Power::through(points) {
            Some(power) => {
                format!("{what} grows as the number of clients to the power of {:.2} ({sizes} sizes)", power.exponent)
            }
            None => format!("{what} is known of {sizes} sizes only, too few for an exponent"),
        }
    };
    format!(
        "By least squares on the logarithms, {}, {}, and {}.",
        fitted("the time until the optimum is proven", &curves.proven),
        fitted("the time until the gap is below 1 %", &curves.tight),
        fitted("memory", &curves.megabytes),
    )
}
