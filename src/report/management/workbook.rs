//! `report.xlsx`: a sheet for each table, so that whoever wants to can go on with the figures.

use std::io;

use super::tables::{Cell, Chapter, Column, Row, Table, Unit};
use crate::language::Language;
use crate::report::sheets::{self, Sheet, workbook};

/// The workbook: definitions first, then the tables in the report's order.
pub(super) fn bytes(title: &str, chapters: &[Chapter], notes: &[String], language: Language) -> io::Result<Vec<u8>> {
    let tables = || chapters.iter().flat_map(|chapter| &chapter.tables);
    let all: Vec<Sheet> = [definitions(tables(), notes, language)]
        .into_iter()
        .chain(tables().map(|table| sheet(table, language)))
        .collect();
    workbook(title, &all, language)
}

/// What every column means.
fn definitions<'a>(tables: impl Iterator<Item = &'a Table>, notes: &[String], language: Language) -> Sheet {
    let text = |text: &str| sheets::Cell::text(text);
    let mut rows: Vec<Vec<sheets::Cell>> = notes.iter().map(|note| vec![text(""), text(""), text(note)]).collect();
    for table in tables {
        rows.extend(table.about.iter().map(|about| vec![text(&table.sheet), text(""), text(about)]));
        let columns = table.columns.iter().filter(|column| !column.meaning.is_empty());
        rows.extend(columns.map(|column| vec![text(&table.sheet), text(&column.head), text(&column.meaning)]));
    }
    let heads = language.pick(["Ark", "Kolonne", "Hvad tallene er"], ["Sheet", "Column", "What the figures are"]);
    Sheet {
        name: language.pick("Forklaring", "Definitions").to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        frozen_columns: 0,
        rows,
        total: None,
    }
}

fn sheet(table: &Table, language: Language) -> Sheet {
    let unit = |column: &Column| match column.unit {
        Unit::Hours => language.pick(", timer", ", hours"),
        Unit::Weeks => language.pick(", uger", ", weeks"),
        Unit::Number | Unit::Share => "",
    };
    let heads = table.columns.iter().map(|column| format!("{}{}", column.head, unit(column)));
    Sheet {
        name: table.sheet.clone(),
        heads: [table.row_head.clone()].into_iter().chain(heads).collect(),
        frozen_columns: 1,
        rows: table.rows.iter().map(|row| cells(row, language)).collect(),
        total: table.total.as_ref().map(|row| cells(row, language)),
    }
}

fn cells(row: &Row, language: Language) -> Vec<sheets::Cell> {
    let cell = |cell: &Cell| match cell {
        Cell::Hours(minutes) => sheets::Cell::Hours(*minutes),
        Cell::Count(count) => sheets::Cell::Count(*count),
        Cell::Share(share) => sheets::Cell::Share(*share),
        Cell::Weeks(weeks) => sheets::Cell::Mean(*weeks),
        Cell::Nothing => sheets::Cell::Empty,
        Cell::Masked => sheets::Cell::Word(cell.said(language)),
    };
    [sheets::Cell::text(&row.name)].into_iter().chain(row.cells.iter().map(cell)).collect()
}
