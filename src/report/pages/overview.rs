//! The overview: the week in figures, how good the plan is, what to look at first.

use serde::Serialize;

use super::figures::{self, Figures, Share};
use super::first::{self, Item};
use super::{Scene, words};
use crate::plan::Status;
use crate::report::hours::{Hours, Tally};
use crate::units::Minutes;
use crate::words::sources::DOCUMENTS;

#[derive(Serialize)]
pub(super) struct View {
    /// What was granted, is due, is delivered and is not.
    hours: Vec<Figure>,
    besides: Vec<Figure>,
    quality: Vec<String>,
    first: Vec<Item>,
    any_grants: bool,
    any_visits: bool,
    /// Whether reasons quote sources, which stand with what is not delivered.
    quotes: bool,
    days: Vec<DayRow>,
    deliveries: Vec<Delivery>,
    files: Vec<String>,
}

/// A figure with what it counts.
#[derive(Serialize)]
struct Figure {
    name: &'static str,
    value: String,
    more: String,
    /// Whether it says that something is missing.
    missing: bool,
}

#[derive(Serialize)]
struct DayRow {
    date: String,
    visits: String,
    relief: String,
    carers: String,
    travel: String,
    /// Of the day with most relief, in percent.
    bar: i64,
}

/// Grants of one need or provider: due, delivered and undelivered.
#[derive(Serialize)]
struct Delivery {
    heading: &'static str,
    first_column: &'static str,
    rows: Vec<DeliveryRow>,
}

#[derive(Serialize)]
struct DeliveryRow {
    name: String,
    due: String,
    delivered: String,
    undelivered: String,
    /// Of what is due, in percent; nothing where nothing is.
    share: Option<String>,
    /// The delivered part of what is due, for the bar.
    bar: Option<i64>,
}

pub(super) fn view(scene: &Scene<'_>) -> View {
    let figures = Figures::of(scene);
    let first = first::items(scene, &figures);
    View {
        quotes: first.iter().any(|item| DOCUMENTS.iter().any(|document| item.reason.contains(document.mark))),
        first,
        any_grants: !scene.problem.grants.is_empty(),
        any_visits: figures.visits > 0,
        quality: quality(scene),
        days: days(scene),
        deliveries: deliveries(scene),
        files: charts(scene),
        hours: hours(scene, &figures),
        besides: besides(scene, &figures),
    }
}

fn hours(scene: &Scene<'_>, figures: &Figures) -> Vec<Figure> {
    let undelivered = of_share(scene, ["Leveres ikke", "Not delivered"], &figures.undelivered);
    vec![
        of_grants(scene, ["Bevilget", "Granted"], &figures.granted),
        of_grants(scene, ["Skal leveres i ugen", "Due in the week"], &figures.due),
        delivered(scene, figures),
        Figure { missing: figures.undelivered.grants > 0, ..undelivered },
    ]
}

fn besides(scene: &Scene<'_>, figures: &Figures) -> Vec<Figure> {
    let not_due = of_share(scene, ["Kan ikke gives i ugen", "Not possible this week"], &figures.otherwise_not_due);
    let shares = [
        Some(of_share(scene, ["På pause", "Paused"], &figures.paused)),
        Some(of_share(scene, ["Afventer aftale", "Awaiting agreement"], &figures.awaiting)),
        (figures.otherwise_not_due.grants > 0).then_some(not_due),
    ];
    let others = [driving(scene, figures), continuity(scene, figures)];
    shares.into_iter().flatten().chain(others).collect()
}

fn of_grants(scene: &Scene<'_>, name: [&'static str; 2], share: &Share) -> Figure {
    let grants = counted(scene, share.grants, ["bevilling", "bevillinger"], ["grant", "grants"]);
    figure(scene, name, (scene.hours(share.minutes), grants))
}

fn of_share(scene: &Scene<'_>, name: [&'static str; 2], share: &Share) -> Figure {
    let families = counted(scene, share.clients.len(), ["familie", "familier"], ["family", "families"]);
    figure(scene, name, (scene.hours(share.minutes), families))
}

/// All visits. Fixed ones may give more than is due, so that the sums do not add up without a word.
fn delivered(scene: &Scene<'_>, figures: &Figures) -> Figure {
    let language = scene.language;
    let visits = counted(scene, figures.visits, ["besøg", "besøg"], ["visit", "visits"]);
    let beyond = figures.delivered - (figures.due.minutes - figures.undelivered.minutes);
    let hours = scene.hours(beyond);
    let more = match beyond {
        Minutes(0) => visits,
        _ => language
            .pick(format!("{visits}, {hours} mere, end der skal"), format!("{visits}, {hours} more than is due")),
    };
    figure(scene, ["Leveres", "Delivered"], (scene.hours(figures.delivered), more))
}

fn figure(scene: &Scene<'_>, name: [&'static str; 2], (value, more): (String, String)) -> Figure {
    Figure { name: scene.language.pick(name[0], name[1]), value, more, missing: false }
}

fn driving(scene: &Scene<'_>, figures: &Figures) -> Figure {
    let visits = i32::try_from(figures.visits).unwrap_or(i32::MAX);
    let each = (figures.added_travel.0 + visits / 2).checked_div(visits);
    let each = each.map_or_else(
        || scene.language.pick("ingen besøg", "no visits").to_owned(),
        |each| scene.language.pick(format!("{each} min. pr. besøg"), format!("{each} min a visit")),
    );
    let name = ["Ekstra kørsel til besøgene", "Extra driving for the visits"];
    figure(scene, name, (scene.hours(figures.added_travel), each))
}

fn continuity(scene: &Scene<'_>, figures: &Figures) -> Figure {
    let language = scene.language;
    let percent = (figures.familiar_visits * 100).checked_div(figures.visits);
    let percent = percent.map_or("–".to_owned(), |share| language.pick(format!("{share} %"), format!("{share}%")));
    let of = language.pick("af", "of");
    let visits = language.pick("besøg", "visits");
    let [familiar, all] = [figures.familiar_visits, figures.visits].map(|count| words::counted(count, language));
    let counts = format!("{familiar} {of} {all} {visits}");
    figure(scene, ["Besøg af en kendt medarbejder", "Visits by a familiar carer"], (percent, counts))
}

pub(super) fn counted(scene: &Scene<'_>, number: usize, danish: [&str; 2], english: [&str; 2]) -> String {
    words::numbered(number, danish, english, scene.language)
}

/// What is proven of the plan, in hours first; then, of the order of the score.
fn quality(scene: &Scene<'_>) -> Vec<String> {
    let (language, planned) = (scene.language, scene.planned);
    if scene.problem.grants.is_empty() {
        let nothing = language.pick(
            "Ugen har ingen bevillinger, så der er intet at planlægge. Se efter, om grants.csv skulle være tom.",
            "The week has no grants, so there is nothing to plan. See whether grants.csv should be empty.",
        );
        return vec![nothing.to_owned()];
    }
    let hours = match more_at_most(scene) {
        _ if planned.report.undelivered_minutes() == Minutes(0) => language
            .pick("Alt, hvad der skal leveres i ugen, leveres.", "Everything that is due in the week is delivered.")
            .to_owned(),
        None => unproven(scene),
        Some(more) => words::no_plan_delivers_more(more, language),
    };
    let order = match planned.solved.status {
        Status::Optimal => language.pick(
            "Bevist: med ugens vægte af behov, anciennitet, kendte medarbejdere, ønsker og kørsel er ingen plan bedre.",
            "Proven: by the week's weights of need, seniority, familiar carers, wishes and driving no plan is better.",
        ),
        Status::Stopped if is_nearly_best(scene) => language.pick(
            "Søgningen sluttede ved sin grænse; med mere tid kan planen måske blive lidt bedre.",
            "The search ended at its limit; with more time the plan may become a little better.",
        ),
        Status::Stopped => language.pick(
            "Søgningen sluttede ved sin grænse, før det var vist, at planen er god. Planlæg igen med mere tid, før den bruges.",
            "The search ended at its limit before it had shown that the plan is good. Plan again with more time before it is used.",
        ),
        Status::Interrupted => language.pick(
            "Søgningen blev afbrudt; planlæg igen for at få en plan, der er søgt til ende.",
            "The search was interrupted; plan again for a plan that was searched to the end.",
        ),
    };
    vec![hours, order.to_owned()]
}

/// A plan is good that is proven to be no further from the best one than this share of its points.
const NEARLY_BEST: f64 = 0.01;

/// Whether the plan is proven to be nearly as good as the best one: by its points, or as no plan delivers more.
pub(super) fn is_nearly_best(scene: &Scene<'_>) -> bool {
    more_at_most(scene) == Some(Minutes(0)) || scene.planned.solved.gap().is_some_and(|gap| gap <= NEARLY_BEST)
}

pub(super) fn unproven(scene: &Scene<'_>) -> String {
    let words = scene.language.pick(
        "Det er ikke bevist, hvor meget mere en anden plan kunne levere.",
        "It was not proven how much more another plan could deliver.",
    );
    words.to_owned()
}

/// How much more any plan could deliver, where it is proven.
pub(super) fn more_at_most(scene: &Scene<'_>) -> Option<Minutes> {
    let undelivered = scene.planned.report.undelivered_minutes();
    let least = if undelivered == Minutes(0) { Some(undelivered) } else { scene.planned.undelivered_bound };
    least.map(|least| undelivered - least)
}

fn days(scene: &Scene<'_>) -> Vec<DayRow> {
    let days = figures::by_day(scene);
    let most = days.iter().map(|(_, figures)| figures.relief.0).max().unwrap_or(0).max(1);
    let row = |(day, figures): &(crate::units::Day, figures::DayFigures)| DayRow {
        // The day's name stays beside its number.
        date: words::date_and_holiday(scene.problem.week, *day, scene.language).replacen(' ', "\u{a0}", 1),
        visits: words::counted(figures.visits, scene.language),
        relief: scene.hours(figures.relief),
        carers: words::counted(figures.carers, scene.language),
        travel: scene.hours(figures.travel),
        bar: i64::from(figures.relief.0) * 100 / i64::from(most),
    };
    days.iter().map(row).collect()
}

fn deliveries(scene: &Scene<'_>) -> Vec<Delivery> {
    let language = scene.language;
    let hours = Hours::of(scene.problem, &scene.planned.book, &scene.planned.solved.plan);
    let by_need =
        hours.by_need.iter().map(|(need, tally)| delivery(scene, words::need(*need, language).to_owned(), *tally));
    let nobody = language.pick("Ingen udfører endnu", "No provider yet");
    let by_provider = hours.by_provider.iter().map(|(provider, tally)| {
        let name = provider.map_or(nobody, |provider| scene.people.provider(provider));
        delivery(scene, name.to_owned(), *tally)
    });
    vec![
        Delivery {
            heading: language.pick("Efter behov", "By need"),
            first_column: language.pick("Behov", "Need"),
            rows: by_need.collect(),
        },
        Delivery {
            heading: language.pick("Efter udfører", "By provider"),
            first_column: language.pick("Udfører", "Provider"),
            rows: by_provider.collect(),
        },
    ]
}

fn delivery(scene: &Scene<'_>, name: String, tally: Tally) -> DeliveryRow {
    let met = tally.due - tally.undelivered;
    let hours = |minutes| scene.hours(minutes);
    DeliveryRow {
        name,
        due: hours(tally.due),
        delivered: hours(tally.delivered),
        undelivered: hours(tally.undelivered),
        share: words::percent(met, tally.due, scene.language),
        bar: (tally.due > Minutes(0)).then(|| i64::from(met.0) * 100 / i64::from(tally.due.0)),
    }
}

/// The charts that stand beside the pages.
fn charts(scene: &Scene<'_>) -> Vec<String> {
    crate::report::charts::names(scene.problem).into_iter().map(|name| name + ".svg").collect()
}
