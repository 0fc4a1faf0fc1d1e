//! Notes: rules that fixed visits break, bookings to release, new faces, and the warnings of reading.

use serde::Serialize;

use super::figures::is_familiar;
use super::{Scene, words};
use crate::problem::Visit;
use crate::report::work::{Block, Kind, What};
use crate::units::{Day, Span};

#[derive(Serialize)]
pub(super) struct View {
    overrides: Vec<Override>,
    releases: Vec<Release>,
    new_faces: Vec<NewFace>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Override {
    rule: &'static str,
    who: String,
    expected: String,
    got: String,
}

#[derive(Serialize)]
struct Release {
    when: String,
    booking: String,
    what: String,
    carer: String,
    done_by: String,
}

#[derive(Serialize)]
struct NewFace {
    when: String,
    client: String,
    carer: String,
}

pub(super) fn view(scene: &Scene<'_>) -> View {
    let (report, language) = (&scene.planned.report, scene.language);
    let visits = scene.planned.solved.plan.visits().iter();
    let overrides = report.overrides.iter().map(|finding| Override {
        rule: finding.rule,
        who: finding
            .visit
            .map_or_else(|| finding.who.told.in_language(language).to_owned(), |visit| visit_words(scene, visit)),
        expected: finding.expected.in_language(language).to_owned(),
        got: finding.got.in_language(language).to_owned(),
    });
    let mut released: Vec<_> = report.released.iter().collect();
    released.sort_by_key(|released| scene.problem.bookings[released.booking].span);
    View {
        overrides: overrides.collect(),
        releases: released.into_iter().map(|released| release(scene, released)).collect(),
        new_faces: visits.filter(|visit| !is_familiar(scene, **visit)).map(|visit| new_face(scene, *visit)).collect(),
        warnings: scene.warnings.iter().map(|warning| warning.render(language)).collect(),
    }
}

fn release(scene: &Scene<'_>, released: &crate::check::Released) -> Release {
    let span = scene.problem.bookings[released.booking].span;
    let block = Block { kind: Kind::Released, span, what: What::Booking(released.booking) };
    Release {
        when: when(scene, span),
        booking: scene.problem.bookings[released.booking].id.clone(),
        what: super::board::booking_words(scene, &block),
        carer: scene.people.carer(released.carer).to_owned(),
        done_by: scene.people.carer(released.absorbed_by.carer).to_owned(),
    }
}

fn new_face(scene: &Scene<'_>, visit: Visit) -> NewFace {
    NewFace {
        when: when(scene, visit.span),
        client: scene.people.client(scene.problem.grants[visit.grant].client).to_owned(),
        carer: scene.people.carer(visit.carer).to_owned(),
    }
}

/// A visit in a few words: when, who, by whom.
pub(super) fn visit_words(scene: &Scene<'_>, visit: Visit) -> String {
    let client = scene.people.client(scene.problem.grants[visit.grant].client);
    let carer = scene.people.carer(visit.carer);
    scene.language.pick(
        format!("{} hos {client} ved {carer}", when(scene, visit.span)),
        format!("{} at {client} by {carer}", when(scene, visit.span)),
    )
}

fn when(scene: &Scene<'_>, span: Span) -> String {
    let day = span.start.day().unwrap_or(Day(0));
    let (date, times) = (words::date(scene.problem.week, day, scene.language), words::times(span, scene.language));
    format!("{date} {times}")
}
