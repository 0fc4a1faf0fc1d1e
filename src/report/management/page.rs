//! `index.html`: the report as one page with its charts in it.

use std::io;

use serde::Serialize;

use super::tables::{Cell, Chapter, Row, Table, Tables, Whole};
use super::{chart, findings};
use crate::language::Language;
use crate::report::charts::{self, BarChart, ChartShape};
use crate::report::html::Pages;

const TEMPLATE: (&str, &str) = ("report.html", include_str!("report.html"));
const STYLE: &str = include_str!("report.css");

/// What stands above everything.
#[derive(Serialize)]
pub(super) struct Head {
    pub title: String,
    pub weeks: String,
    pub municipalities: String,
}

#[derive(Serialize)]
struct Page<'a> {
    chapters: Vec<Section>,
    key_figures: Vec<KeyFigure>,
    findings: Vec<String>,
    notes: &'a [String],
    masked: String,
}

#[derive(Serialize)]
struct KeyFigure {
    name: &'static str,
    value: String,
    about: &'static str,
}

#[derive(Serialize)]
struct Section {
    id: &'static str,
    title: &'static str,
    tables: Vec<Shown>,
}

/// A table in words.
#[derive(Serialize)]
struct Shown {
    id: &'static str,
    title: String,
    about: Vec<String>,
    /// The chart as it stands in a page of any width; none where there is nothing to show.
    chart: Option<Drawn>,
    nothing: String,
    row_head: String,
    heads: Vec<String>,
    meanings: Vec<[String; 2]>,
    rows: Vec<Line>,
    total: Option<Line>,
}

/// A chart for a desk and for paper, and the same for a telephone.
#[derive(Serialize)]
struct Drawn {
    wide: String,
    narrow: String,
}

#[derive(Serialize)]
struct Line {
    name: String,
    cells: Vec<String>,
}

/// The page.
pub(super) fn html(
    head: &Head,
    tables: &Tables<'_>,
    chapters: &[Chapter],
    (charts, notes): (&[(&'static str, BarChart)], &[String]),
) -> io::Result<Vec<u8>> {
    let language = tables.language;
    let sections: Vec<Section> = chapters
        .iter()
        .map(|chapter| {
            let shown = chapter.tables.iter().map(|table| shown(table, charts, language));
            Ok(Section { id: chapter.id, title: chapter.title, tables: shown.collect::<io::Result<_>>()? })
        })
        .collect::<io::Result<_>>()?;
    let page = Page {
        chapters: sections,
        key_figures: key_figures(tables),
        findings: findings::sentences(tables, chapters),
        notes,
        masked: Cell::Masked.said(language),
    };
    let pages = Pages::new(&[TEMPLATE], language)?.with_style(&format!("{}{STYLE}", charts::fonts()));
    pages.page(TEMPLATE.0, (head, page), "")
}

fn shown(table: &Table, charts: &[(&'static str, BarChart)], language: Language) -> io::Result<Shown> {
    let line =
        |row: &Row| Line { name: row.name.clone(), cells: row.cells.iter().map(|cell| cell.said(language)).collect() };
    let chart = charts.iter().find(|(id, _)| *id == table.id && !table.is_empty());
    let drawn = |(_, chart): &(&str, BarChart)| -> io::Result<Drawn> {
        Ok(Drawn { wide: chart.inline(ChartShape::Wide)?, narrow: chart.inline(ChartShape::Narrow)? })
    };
    let columns = table.columns.iter().filter(|column| !column.meaning.is_empty());
    Ok(Shown {
        id: table.id,
        title: table.title.clone(),
        about: table.about.clone(),
        chart: chart.map(drawn).transpose()?,
        nothing: chart::nothing(language),
        row_head: table.row_head.clone(),
        heads: table.columns.iter().map(|column| column.head.clone()).collect(),
        meanings: columns.map(|column| [column.head.clone(), column.meaning.clone()]).collect(),
        rows: table.rows.iter().map(line).collect(),
        total: table.total.as_ref().map(line),
    })
}

fn key_figures(tables: &Tables<'_>) -> Vec<KeyFigure> {
    let language = tables.language;
    let figure = |which: Whole, name: [&'static str; 2], about: [&'static str; 2]| KeyFigure {
        name: language.pick(name[0], name[1]),
        value: tables.whole(which).said(language),
        about: language.pick(about[0], about[1]),
    };
    vec![
        figure(Whole::Delivered, ["Leveret", "Delivered"], ["af timerne til levering", "of the hours due"]),
        figure(Whole::Undelivered, ["Ikke leveret", "Undelivered"], ["i planerne", "in the plans"]),
        figure(Whole::Due, ["Til levering", "Due"], ["timer i alt", "hours in all"]),
        figure(Whole::Families, ["Familier", "Families"], ["med en gyldig bevilling", "with a valid grant"]),
        figure(Whole::Awaiting, ["Afventer aftale", "Awaiting agreement"], ["bevilgede timer", "hours granted"]),
        figure(
            Whole::Waited,
            ["Ventetid", "Waiting time"],
            ["i gennemsnit, familier uden besøg", "on average, families without a visit"],
        ),
        figure(Whole::Travel, ["Transport", "Travel"], ["af vagternes timer", "of the shifts’ hours"]),
        figure(
            Whole::Continuity,
            ["Kontinuitet", "Continuity"],
            ["besøg af en kendt medarbejder", "visits by a familiar carer"],
        ),
    ]
}
