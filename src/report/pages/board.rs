//! The board: a lane for each carer and day, by provider, with all that is known of each stretch of time.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::figures::is_familiar;
use super::overview::counted;
use super::{Scene, sheets, words};
use crate::ids::{CarerId, GrantId, Id, ProviderId};
use crate::problem::{Visit, WishKind};
use crate::report::work::{Block, Kind, What};
use crate::units::{Day, Minutes, Span};

#[derive(Serialize)]
pub(super) struct View {
    axis: Axis,
    providers: Vec<Provider>,
    days: Vec<DayChoice>,
    legend: Vec<Legend>,
    lanes: usize,
    /// What the script tells of visits and bookings.
    details: Details,
}

/// The time of day that all lanes show, in minutes after midnight.
#[derive(Clone, Copy, Serialize)]
struct Axis {
    from: i32,
    length: i32,
}

#[derive(Serialize)]
struct DayChoice {
    number: u8,
    date: String,
}

#[derive(Serialize)]
struct Legend {
    kind: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Provider {
    number: usize,
    name: String,
    place: String,
    summary: String,
    hours: Vec<Hour>,
    lanes: Vec<Lane>,
}

/// A whole hour on the axis.
#[derive(Clone, Serialize)]
struct Hour {
    label: String,
    /// From the left, in percent of the axis.
    at: f64,
}

#[derive(Serialize)]
struct Lane {
    carer: String,
    /// The carer's position in the week's files.
    number: usize,
    qualification: &'static str,
    day: u8,
    date: String,
    /// Whether the lane before is another carer's.
    first: bool,
    /// Names and ids to find the lane by.
    find_carer: String,
    find_client: String,
    sheet: Option<String>,
    shapes: Vec<Shape>,
    labels: Vec<Label>,
    summary: String,
}

/// A stretch of time, in minutes after midnight.
#[derive(Serialize)]
struct Shape {
    kind: &'static str,
    at: i32,
    length: i32,
    /// Position in the details.
    detail: Option<usize>,
}

/// Text on a visit, in percent of the axis.
#[derive(Serialize)]
struct Label {
    at: f64,
    length: f64,
    text: String,
}

/// One row a visit or booking: a heading, then the values of the labels; empty where there is nothing to say.
#[derive(Default, Serialize)]
struct Details {
    labels: [&'static str; 7],
    rows: Vec<Vec<String>>,
    /// What each kind of shape is called.
    kinds: BTreeMap<&'static str, &'static str>,
}

const KINDS: [(Kind, &str, (&str, &str)); 10] = [
    (Kind::Visit, "visit", ("Besøg", "Visit")),
    (Kind::Pinned, "pinned", ("Fast besøg", "Fixed visit")),
    (Kind::Booking, "booking", ("Booking", "Booking")),
    (Kind::Released, "released", ("Kan frigives", "Can be released")),
    (Kind::Absorbed, "absorbed", ("Udføres under besøget", "Done during the visit")),
    (Kind::Travel, "travel", ("Kørsel", "Travel")),
    (Kind::BookedBreak, "pause", ("Pause", "Break")),
    (Kind::RoomForBreak, "room", ("Plads til pause", "Room for a break")),
    (Kind::Shift, "shift", ("Vagt", "Shift")),
    (Kind::Away, "away", ("Fraværende", "Away")),
];

/// The hours of a day that has nothing in it.
const USUAL_HOURS: (i32, i32) = (8, 16);

pub(super) fn view(scene: &Scene<'_>) -> View {
    let axis = axis(scene);
    let kinds = KINDS.iter().map(|(_, kind, name)| (*kind, scene.language.pick(name.0, name.1)));
    let mut details = Details { labels: labels(scene), rows: Vec::new(), kinds: kinds.collect() };
    let providers: Vec<Provider> =
        scene.problem.providers.ids().filter_map(|id| provider(scene, id, axis, &mut details)).collect();
    let lanes = || providers.iter().flat_map(|provider| &provider.lanes);
    let days: BTreeSet<u8> = lanes().map(|lane| lane.day).collect();
    let kinds: BTreeSet<&str> = lanes().flat_map(|lane| &lane.shapes).map(|shape| shape.kind).collect();
    let date = |number: u8| words::date_and_holiday(scene.problem.week, Day(number), scene.language);
    View {
        axis,
        days: days.into_iter().map(|number| DayChoice { number, date: date(number) }).collect(),
        legend: legend(scene, &kinds),
        lanes: lanes().count(),
        details,
        providers,
    }
}

/// The whole hours that hold everything of the week.
fn axis(scene: &Scene<'_>) -> Axis {
    let blocks = || scene.work.carers.values().iter().flatten();
    let start = |span: Span| span.start.time_of_day().0;
    let from = blocks().map(|block| start(block.span)).min().map_or(USUAL_HOURS.0, |first| first / 60);
    let ends = blocks().map(|block| start(block.span) + block.span.length().0);
    let to = ends.max().map_or(USUAL_HOURS.1, |last| (last + 59) / 60).clamp(from + 1, 24);
    Axis { from: from * 60, length: (to - from) * 60 }
}

impl Axis {
    /// Where a time of day is, in percent.
    fn percent(self, minutes: i32) -> f64 {
        (f64::from(minutes) * 10_000.0 / f64::from(self.length)).round() / 100.0
    }

    fn hours(self, scene: &Scene<'_>) -> Vec<Hour> {
        let hours = (self.from / 60)..((self.from + self.length) / 60);
        // A label every second hour leaves room for them on a long axis.
        let step = if self.length > 14 * 60 { 2 } else { 1 };
        let hour = |hour: i32| Hour {
            label: scene.language.pick(format!("{hour:02}"), format!("{hour:02}:00")),
            at: self.percent(hour * 60 - self.from),
        };
        hours.step_by(step).map(hour).collect()
    }
}

fn labels(scene: &Scene<'_>) -> [&'static str; 7] {
    scene.language.pick(
        ["Bevilling", "Ydelse", "Behov", "Leveres i ugen", "Kender familien", "Tidspunktet", "Undervejs"],
        ["Grant", "Service", "Need", "Delivered this week", "Knows the family", "The time", "Done meanwhile"],
    )
}

fn legend(scene: &Scene<'_>, there: &BTreeSet<&str>) -> Vec<Legend> {
    let shown = KINDS.iter().filter(|(_, kind, _)| there.contains(kind));
    shown.map(|(_, kind, name)| Legend { kind, name: scene.language.pick(name.0, name.1) }).collect()
}

fn provider(scene: &Scene<'_>, id: ProviderId, axis: Axis, details: &mut Details) -> Option<Provider> {
    let row = &scene.problem.providers[id];
    let carers = || scene.problem.carers.iter().filter(|(_, carer)| carer.provider == id).map(|(carer, _)| carer);
    let lanes: Vec<Lane> = carers().flat_map(|carer| lanes(scene, carer, axis, details)).collect();
    if lanes.is_empty() {
        return None;
    }
    let visits = scene.planned.solved.plan.visits().iter();
    let visits: Vec<&Visit> = visits.filter(|visit| scene.problem.carers[visit.carer].provider == id).collect();
    let relief: Minutes = visits.iter().map(|visit| visit.span.length()).sum();
    let carers = counted(scene, carers().count(), ["medarbejder", "medarbejdere"], ["carer", "carers"]);
    let visits = counted(scene, visits.len(), ["besøg", "besøg"], ["visit", "visits"]);
    Some(Provider {
        number: id.index(),
        name: scene.people.provider(id).to_owned(),
        place: row.municipalities.join(", "),
        summary: format!("{carers} · {visits} · {}", scene.hours(relief)),
        hours: axis.hours(scene),
        lanes,
    })
}

/// The days of a carer on which there is anything.
fn lanes(scene: &Scene<'_>, carer: CarerId, axis: Axis, details: &mut Details) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for day in Day::all() {
        let of_day = scene.work.carers[carer].iter().filter(|block| block.span.start.day() == Some(day));
        let blocks: Vec<Block> = of_day.copied().collect();
        if !blocks.is_empty() {
            let lane = lane(scene, (carer, day), &blocks, (axis, details));
            lanes.push(Lane { first: lanes.is_empty(), ..lane });
        }
    }
    lanes
}

fn lane(
    scene: &Scene<'_>,
    (carer, day): (CarerId, Day),
    blocks: &[Block],
    (axis, details): (Axis, &mut Details),
) -> Lane {
    let clients: BTreeSet<String> = blocks.iter().filter_map(|block| client_words(scene, block)).collect();
    let clients: Vec<String> = clients.into_iter().collect();
    let id = scene.people.carer_id_beside_name(carer);
    let name = scene.people.carer(carer);
    Lane {
        carer: name.to_owned(),
        number: carer.index(),
        qualification: words::short_qualification(scene.problem.carers[carer].qualification, scene.language),
        day: day.0,
        date: words::date(scene.problem.week, day, scene.language),
        first: false,
        find_carer: [Some(name), id].into_iter().flatten().collect::<Vec<&str>>().join("\n"),
        find_client: clients.join("\n"),
        sheet: sheets::has_sheet(blocks).then(|| sheets::anchor(carer, day)),
        shapes: blocks.iter().map(|block| shape(scene, carer, block, details)).collect(),
        labels: blocks.iter().filter_map(|block| label(scene, block, axis)).collect(),
        summary: summary(scene, blocks),
    }
}

/// The client of a visit or booking, by name and id.
fn client_words(scene: &Scene<'_>, block: &Block) -> Option<String> {
    let client = match block.what {
        What::Visit(grant) => scene.problem.grants[grant].client,
        What::Booking(booking) => scene.problem.bookings[booking].client?,
        What::Nothing => return None,
    };
    let parts = [Some(scene.people.client(client)), scene.people.client_id_beside_name(client)];
    Some(parts.into_iter().flatten().collect::<Vec<&str>>().join(" "))
}

fn shape(scene: &Scene<'_>, carer: CarerId, block: &Block, details: &mut Details) -> Shape {
    let row = match block.what {
        What::Visit(grant) => Some(of_visit(scene, Visit { grant, carer, span: block.span }, block)),
        What::Booking(_) => Some(vec![booking_words(scene, block)]),
        What::Nothing => None,
    };
    let detail = row.map(|row| {
        details.rows.push(row);
        details.rows.len() - 1
    });
    let kind = KINDS.iter().find(|(kind, ..)| *kind == block.kind).map_or("shift", |(_, name, _)| name);
    Shape { kind, at: block.span.start.time_of_day().0, length: block.span.length().0, detail }
}

fn label(scene: &Scene<'_>, block: &Block, axis: Axis) -> Option<Label> {
    let client = block.client(scene.problem)?;
    Some(Label {
        at: axis.percent(block.span.start.time_of_day().0 - axis.from),
        length: axis.percent(block.span.length().0),
        text: scene.people.client(client).to_owned(),
    })
}

/// The lane in words, for those who do not see it.
fn summary(scene: &Scene<'_>, blocks: &[Block]) -> String {
    let language = scene.language;
    let times = |block: &Block| words::times(block.span, language);
    let of = |kind: Kind| blocks.iter().filter(move |block| block.kind == kind);
    let shifts: Vec<String> = of(Kind::Shift).map(times).collect();
    let mut parts = vec![format!("{} {}", language.pick("vagt", "shift"), shifts.join(", "))];
    if shifts.is_empty() {
        parts.clear();
    }
    parts.extend(of(Kind::Away).map(|block| format!("{} {}", language.pick("fraværende", "away"), times(block))));
    let visits = blocks.iter().filter_map(|block| Some((block, block.client(scene.problem)?)));
    parts.extend(visits.map(|(block, client)| {
        format!("{} {} {}", language.pick("besøg", "visit"), times(block), scene.people.client(client))
    }));
    parts.join("; ")
}

/// What a booking is and for whom.
pub(super) fn booking_words(scene: &Scene<'_>, block: &Block) -> String {
    let What::Booking(booking) = block.what else { return String::new() };
    let row = &scene.problem.bookings[booking];
    let task = words::task(&row.task, scene.language);
    row.client.map_or(task.clone(), |client| format!("{task} · {}", scene.people.client(client)))
}

fn of_visit(scene: &Scene<'_>, visit: Visit, block: &Block) -> Vec<String> {
    let language = scene.language;
    let row = &scene.problem.grants[visit.grant];
    let (report, yes) = (&scene.planned.report.grants[visit.grant], is_familiar(scene, visit));
    let hours = |minutes| scene.hours(minutes);
    let heading = scene.people.client(row.client);
    let beside = scene.people.client_id_beside_name(row.client).map(|id| format!(" ({id})")).unwrap_or_default();
    vec![
        format!("{heading}{beside}"),
        row.id.clone(),
        words::service(row.service, language).to_owned(),
        words::need(row.need, language).to_owned(),
        language.pick(
            format!("{} af {}", hours(report.delivered), hours(report.due)),
            format!("{} of {}", hours(report.delivered), hours(report.due)),
        ),
        if yes { language.pick("Ja", "Yes") } else { language.pick("Nej, ny for familien", "No, new to the family") }
            .to_owned(),
        wish_words(scene, visit.grant, block.span),
        absorbed_words(scene, visit.grant, block.span),
    ]
}

/// What the family has said of the time.
fn wish_words(scene: &Scene<'_>, grant: GrantId, span: Span) -> String {
    let row = &scene.problem.grants[grant];
    let covered = |kind: WishKind| row.wishes.iter().any(|wish| wish.kind == kind && wish.span.covers(span));
    let language = scene.language;
    let words = if covered(WishKind::Agreed) {
        language.pick("Aftalt med familien", "Agreed with the family")
    } else if covered(WishKind::Preferred) {
        language.pick("Familiens ønske", "As the family prefers")
    } else if covered(WishKind::Possible) {
        language.pick("Muligt for familien", "Possible for the family")
    } else {
        ""
    };
    words.to_owned()
}

/// The booked help that is given during a visit.
pub(super) fn absorbed_words(scene: &Scene<'_>, grant: GrantId, span: Span) -> String {
    let bookings = scene.planned.book.grants[grant].absorbable.iter().map(|id| &scene.problem.bookings[*id]);
    let done = bookings.filter(|booking| span.covers(booking.span)).map(|booking| {
        format!("{} {}", words::task(&booking.task, scene.language), words::times(booking.span, scene.language))
    });
    // The same help can stand twice, booked with two carers.
    let done: BTreeSet<String> = done.collect();
    done.into_iter().collect::<Vec<String>>().join(", ")
}
