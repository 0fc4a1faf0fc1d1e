//! Reports on made-up weeks: figures that add up to those of the check, and nothing about few people in what is shown.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::figures::{Figures, Measure, Shown};
use super::tables::{Cell, Tables};
use crate::check::check_plan;
use crate::generate::{Manners, Spec, generate, tiny};
use crate::import::LoadedResult;
use crate::language::Language;
use crate::plan::{Plan, Terms};
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::solve::{Board, Options, Stop, solve};
use crate::tables::Tables as WeekTables;

/// A week with a quick plan of it.
fn planned(tables: &WeekTables) -> LoadedResult {
    let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
    let (board, stop) = (Board::default(), Stop::never());
    solve(&problem, &Rulebook::of(&problem), (Options { effort: Some(0), ..Options::default() }, &stop), &board);
    let plan = Plan::new(&problem, board.snapshot().visits);
    LoadedResult { problem, plan, reasons: BTreeMap::new(), terms: Terms::default(), sha256: String::new() }
}

fn without_visits(tables: &WeekTables) -> LoadedResult {
    let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
    let plan = Plan::new(&problem, []);
    LoadedResult { problem, plan, reasons: BTreeMap::new(), terms: Terms::default(), sha256: String::new() }
}

fn results() -> Vec<LoadedResult> {
    let usual = |week: &str, seed| Spec { week: week.parse().expect("a week"), ..Spec::ballerup(40, seed) };
    let odd = (0..30).map(|seed| planned(&tiny(seed, Manners::Odd)));
    [planned(&generate(&usual("2026-W48", 1))), without_visits(&generate(&usual("2026-W49", 2)))]
        .into_iter()
        .chain(odd)
        .collect()
}

#[test]
fn every_total_is_the_sum_of_its_parts_and_that_of_the_check() {
    let results = results();
    let facts = Facts::of(&results);
    let figures = Figures::of(&facts);
    assert_eq!(figures.uneven(), Vec::<String>::new());
    let (mut due, mut undelivered) = (0, 0);
    for result in &results {
        let report = check_plan(&result.problem, &result.plan);
        due += i64::from(report.due_minutes.0);
        undelivered += i64::from(report.undelivered_minutes().0);
    }
    assert_eq!(figures.value(Measure::Due), due);
    assert_eq!(figures.value(Measure::Undelivered), undelivered);
    let visits: usize = results.iter().map(|result| result.plan.visits().len()).sum();
    assert_eq!(figures.value(Measure::Visits), visits as i64);
}

#[test]
fn of_a_week_of_few_people_nothing_is_told() {
    let results = [planned(&generate(&Spec::ballerup(3, 4)))];
    let facts = Facts::of(&results);
    let clients: std::collections::BTreeSet<u32> = facts.grants.iter().map(|grant| grant.client).collect();
    assert!((1..5).contains(&clients.len()));
    let figures = Figures::of(&facts);
    for measure in [Measure::Granted, Measure::Due, Measure::Families, Measure::Visits] {
        assert_eq!(figures.shown(measure, &Vec::new()), Shown::Masked, "{measure:?}");
    }
}

#[test]
fn no_figure_about_few_people_is_shown() {
    for seed in 0..6 {
        let results = [planned(&generate(&Spec::three_standards(30 + 25 * seed as usize, seed)))];
        let figures = Figures::of(&Facts::of(&results));
        assert_eq!(figures.indiscreet(), Vec::<String>::new());
    }
}

#[test]
fn a_share_is_masked_with_its_part() {
    let results = [planned(&generate(&Spec::three_standards(40, 2)))];
    let facts = Facts::of(&results);
    let figures = Figures::of(&facts);
    let tables = Tables { figures: &figures, facts: &facts, language: Language::English };
    let delivery = tables.chapters().into_iter().flat_map(|chapter| chapter.tables);
    let mut masked = 0;
    for table in delivery {
        let column = |head: &str| table.columns.iter().position(|column| column.head == head);
        let (Some(part), Some(share)) = (column("Delivered"), column("Share delivered")) else { continue };
        for row in table.rows.iter().chain(&table.total) {
            let [part, share] = [part, share].map(|at| row.cells[at]);
            assert!(part != Cell::Masked || matches!(share, Cell::Masked | Cell::Nothing), "{row:?}");
            masked += usize::from(share == Cell::Masked);
        }
    }
    assert!(masked > 0, "so small a week has something to mask");
}

#[test]
fn empty_weeks_and_weeks_without_a_plan_are_told_in_both_languages() {
    let mut empty = generate(&Spec::ballerup(10, 5));
    empty.grants.clear();
    empty.wishes.clear();
    empty.pins.clear();
    empty.shifts.clear();
    empty.bookings.clear();
    for results in [vec![without_visits(&empty)], vec![without_visits(&generate(&Spec::ballerup(10, 5)))]] {
        for language in [Language::Danish, Language::English] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            super::write(&results, language, folder.path()).expect("it can be written");
            let page = std::fs::read_to_string(folder.path().join(super::PAGE)).expect("it is there");
            assert!(page.contains(language.pick("Ingen tal at vise.", "No figures to show.")), "{page}");
        }
    }
}

#[test]
fn texts_of_the_week_stand_in_the_page_as_texts() {
    let mut tables = generate(&Spec::ballerup(40, 1));
    tables
        .providers
        .iter_mut()
        .for_each(|provider| provider.row.name = Some("<script>alert(1)</script> & Søn".repeat(4)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    super::write(&[planned(&tables)], Language::Danish, folder.path()).expect("it can be written");
    let page = std::fs::read_to_string(folder.path().join(super::PAGE)).expect("it is there");
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>"));
}
