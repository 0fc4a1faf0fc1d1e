//! The charts of tables: a bar for each row.

use super::tables::{Cell, Row, Scale, Table};
use crate::language::Language;
use crate::report::charts::{BarChart, BarRow, Stretch};
use crate::report::palette::Paint;
use crate::units::Minutes;
use crate::words;

/// More rows are in the table alone.
const MOST_ROWS: usize = 40;

/// The chart of a table over the weeks that the subtitle names.
pub(super) fn chart(table: &Table, weeks: &str, language: Language) -> BarChart {
    let whole = table.rows.iter().map(|row| amount(table, row)).max().unwrap_or(0).max(1);
    let rows: Vec<BarRow> = table.rows.iter().take(MOST_ROWS).map(|row| bar(table, row, (whole, language))).collect();
    let left_out = table.rows.len().saturating_sub(MOST_ROWS);
    let more =
        language.pick(format!("{left_out} flere står i tabellen."), format!("{left_out} more stand in the table."));
    BarChart {
        title: table.title.clone(),
        subtitle: format!("{weeks} · {}", table.about.first().cloned().unwrap_or_default()),
        legend: legend(table),
        rows: if rows.iter().all(|row| row.stretches.is_empty()) { Vec::new() } else { rows },
        notes: (left_out > 0).then_some(more).into_iter().collect(),
        nothing: if table.is_empty() { nothing(language) } else { all_masked(language) },
    }
}

fn all_masked(language: Language) -> String {
    language
        .pick("Alle tal er skjult: de er om for få personer.", "All figures are masked: they are about too few people.")
        .to_owned()
}

/// What is said in place of an empty chart or table.
pub(super) fn nothing(language: Language) -> String {
    language.pick("Ingen tal at vise.", "No figures to show.").to_owned()
}

fn legend(table: &Table) -> Vec<(Paint, String)> {
    let parts = table.chart.parts.iter();
    let there = parts.filter(|(column, _)| table.rows.iter().any(|row| row.cells[*column].amount() > 0));
    there.map(|(column, paint)| (*paint, table.columns[*column].head.clone())).collect()
}

fn is_masked(table: &Table, row: &Row) -> bool {
    table.chart.parts.iter().any(|(column, _)| row.cells[*column] == Cell::Masked)
}

fn amount(table: &Table, row: &Row) -> i64 {
    table.chart.parts.iter().map(|(column, _)| row.cells[*column].amount()).sum()
}

fn bar(table: &Table, row: &Row, (whole, language): (i64, Language)) -> BarRow {
    let parts = table.chart.parts.iter().map(|(column, paint)| (row.cells[*column], *paint));
    let stretches: Vec<Stretch> = parts
        .filter(|(cell, _)| cell.amount() > 0)
        .map(|(cell, paint)| Stretch { amount: cell.amount(), paint, label: cell.said(language) })
        .collect();
    let (stretches, whole) = match table.chart.scale {
        Scale::Common => (stretches, whole),
        // Shares of what is left would say something else.
        Scale::Shares if is_masked(table, row) => (Vec::new(), 1),
        Scale::Shares => (stretches, amount(table, row)),
    };
    BarRow { name: row.name.clone(), figures: figures(table, row, language), stretches, whole }
}

/// The sum of the bar, and the share that the table has beside it.
fn figures(table: &Table, row: &Row, language: Language) -> String {
    let sum = amount(table, row);
    if is_masked(table, row) {
        return match (sum, &table.chart.scale) {
            (0, _) => language.pick("skjult: for få personer", "masked: too few people"),
            (_, Scale::Common) => language.pick("resten skjult", "the rest masked"),
            (_, Scale::Shares) => language.pick("delvis skjult, se tabellen", "partly masked, see the table"),
        }
        .to_owned();
    }
    let sum = match row.cells[table.chart.parts[0].0] {
        Cell::Count(_) => Cell::Count(sum),
        _ => Cell::Hours(Minutes(i32::try_from(sum).unwrap_or(i32::MAX))),
    };
    let share = table.columns.iter().zip(&row.cells).find_map(|(column, cell)| match cell {
        Cell::Share(_) | Cell::Weeks(_) => Some(format!("{}: {}", column.head.to_lowercase(), cell.said(language))),
        _ => None,
    });
    [Some(sum.said(language)), share].into_iter().flatten().collect::<Vec<String>>().join(" · ")
}

impl Table {
    /// Whether there is nothing to see in it.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.amount() == 0 && *cell != Cell::Masked)
    }
}

impl Cell {
    /// Minutes or a count.
    fn amount(self) -> i64 {
        match self {
            Cell::Hours(minutes) => i64::from(minutes.0),
            Cell::Count(count) => count,
            Cell::Share(_) | Cell::Weeks(_) | Cell::Nothing | Cell::Masked => 0,
        }
    }

    /// As people read it.
    pub(super) fn said(self, language: Language) -> String {
        match self {
            Cell::Hours(minutes) => words::hours(minutes, language),
            Cell::Count(count) => words::whole(count, language),
            Cell::Share(share) => words::share(share, language),
            Cell::Weeks(weeks) => words::weeks(weeks, language),
            Cell::Nothing => "–".to_owned(),
            Cell::Masked => language.pick("skjult", "masked").to_owned(),
        }
    }
}
