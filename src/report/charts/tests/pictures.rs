//! Laid-out pictures: no text is cut or lies on another one, whatever the week.

use super::super::charts;
use super::{LANGUAGES, Planned, crowded, small};
use crate::generate::{Spec, generate};
use crate::language::Language;
use crate::problem::Need;
use crate::tables::Tables;

fn assert_tidy(planned: &Planned) {
    for language in LANGUAGES {
        for chart in charts(&planned.problem, &planned.book, &planned.plan, language) {
            let picture = &chart.picture;
            assert_eq!(picture.misplaced(), Vec::<String>::new(), "{}", chart.name);
            assert!((900..=2400).contains(&picture.width), "{}: {}", chart.name, picture.width);
        }
    }
}

/// All texts of the charts whose names begin so.
fn texts(planned: &Planned, name: &str) -> Vec<String> {
    let charts = charts(&planned.problem, &planned.book, &planned.plan, Language::Danish);
    let named = charts.iter().filter(|chart| chart.name.starts_with(name));
    named.flat_map(|chart| chart.picture.labels().map(|label| label.text.clone())).collect()
}

fn says(planned: &Planned, name: &str, sentence: &str) -> bool {
    texts(planned, name).iter().any(|text| text.contains(sentence))
}

#[test]
fn no_text_is_cut_or_overlaps() {
    assert_tidy(&Planned::of(&small()));
    assert_tidy(&Planned::without_visits(&crowded()));
    assert_tidy(&Planned::without_visits(&generate(&Spec::three_standards(60, 5))));
}

#[test]
fn long_names_are_shortened() {
    let mut tables = small();
    for provider in &mut tables.providers {
        provider.row.name = Some("Det Selvejende Plejehjemsfællesskab på Østerbro & Omegn <afdeling 12> ".repeat(3));
    }
    assert_tidy(&Planned::without_visits(&tables));
}

#[test]
fn nobody_is_named() {
    let planned = Planned::of(&small());
    let names = planned.problem.carers.values().iter().filter_map(|carer| carer.name.clone());
    let names: Vec<String> =
        names.chain(planned.problem.clients.values().iter().filter_map(|c| c.name.clone())).collect();
    assert!(!names.is_empty());
    for text in texts(&planned, "") {
        assert!(names.iter().all(|name| !text.contains(name)), "{text}");
    }
}

fn without_work(tables: &mut Tables) {
    tables.shifts.clear();
    tables.bookings.clear();
    tables.pins.clear();
}

#[test]
fn a_week_without_shifts_says_so() {
    let mut tables = small();
    without_work(&mut tables);
    let planned = Planned::without_visits(&tables);
    assert_tidy(&planned);
    assert!(says(&planned, "timeline", "Ingen vagter og ingen besøg"));
    assert!(says(&planned, "use-of-time", "Ingen vagter"));
}

#[test]
fn a_provider_without_carers_says_so() {
    let mut tables = small();
    let mut lonely = tables.providers[0].clone();
    lonely.row.provider_id = "tom".into();
    tables.providers.push(lonely);
    let planned = Planned::without_visits(&tables);
    assert_tidy(&planned);
    assert!(says(&planned, "timeline-tom", "ingen medarbejdere"));
}

#[test]
fn a_week_with_nothing_due_says_so() {
    let mut tables = small();
    tables.clients.iter_mut().for_each(|client| client.row.adult = false);
    let strict = &mut tables.policy;
    strict.fallback.adults_only = true;
    strict.municipalities.values_mut().for_each(|standard| standard.adults_only = true);
    tables.pins.clear();
    let planned = Planned::without_visits(&tables);
    assert_tidy(&planned);
    assert!(says(&planned, "hours", "intet til levering"));
    tables.grants.clear();
    tables.wishes.clear();
    let planned = Planned::without_visits(&tables);
    assert_tidy(&planned);
    assert!(says(&planned, "hours", "Ingen bevillinger"));
}

#[test]
fn all_needs_stand_in_the_hours() {
    let planned = Planned::of(&small());
    for need in [Need::High, Need::Medium, Need::Low] {
        assert!(says(&planned, "hours", crate::words::need(need, Language::Danish)));
    }
}
