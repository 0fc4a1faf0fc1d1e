//! Run sheets: what a carer does on one day, on one page of paper.

use std::collections::BTreeSet;

use serde::Serialize;

use super::board::absorbed_words;
use super::figures::is_familiar;
use super::overview::counted;
use super::{Scene, words};
use crate::ids::{BookingId, CarerId, Id, ProviderId};
use crate::problem::Visit;
use crate::report::work::{Block, Kind, What};
use crate::units::{Day, Minutes};

#[derive(Serialize)]
pub(super) struct View {
    sheets: Vec<Sheet>,
    days: Vec<(u8, String)>,
    providers: Vec<(usize, String)>,
    /// Whether a column for addresses is worth its room.
    addresses: bool,
}

#[derive(Serialize)]
struct Sheet {
    anchor: String,
    carer: String,
    carer_id: Option<String>,
    provider: String,
    provider_number: usize,
    qualification: &'static str,
    day: u8,
    date: String,
    shifts: String,
    transport: &'static str,
    visits: String,
    travel: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    times: String,
    /// The class that lays it out: `stop`, `visit` or `between`.
    kind: &'static str,
    what: String,
    who: Option<String>,
    address: Option<String>,
    notes: Vec<String>,
}

pub(super) fn view(scene: &Scene<'_>) -> View {
    let sheets: Vec<Sheet> = scene.problem.carers.ids().flat_map(|carer| of_carer(scene, carer)).collect();
    let days: BTreeSet<u8> = sheets.iter().map(|sheet| sheet.day).collect();
    let providers: BTreeSet<usize> = sheets.iter().map(|sheet| sheet.provider_number).collect();
    let date = |day: u8| (day, words::date(scene.problem.week, Day(day), scene.language));
    let provider = |number: usize| (number, scene.people.provider(ProviderId::from_index(number)).to_owned());
    View {
        days: days.into_iter().map(date).collect(),
        providers: providers.into_iter().map(provider).collect(),
        addresses: sheets.iter().flat_map(|sheet| &sheet.rows).any(|row| row.address.is_some()),
        sheets,
    }
}

/// Whether there is anything to do on a day; on others there is nothing to run to.
pub(super) fn has_sheet(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| !matches!(block.what, What::Nothing))
}

/// Where the sheet of a day stands on its page.
pub(super) fn anchor(carer: CarerId, day: Day) -> String {
    format!("s{}-{}", carer.index(), day.0)
}

fn of_carer(scene: &Scene<'_>, carer: CarerId) -> Vec<Sheet> {
    let of_day = |day: Day| -> Vec<Block> {
        let blocks = scene.work.carers[carer].iter().filter(|block| block.span.start.day() == Some(day));
        blocks.copied().collect()
    };
    let days = Day::all().map(|day| (day, of_day(day)));
    days.filter(|(_, blocks)| has_sheet(blocks)).map(|(day, blocks)| sheet(scene, (carer, day), &blocks)).collect()
}

fn sheet(scene: &Scene<'_>, (carer, day): (CarerId, Day), blocks: &[Block]) -> Sheet {
    let (row, language) = (&scene.problem.carers[carer], scene.language);
    let of = |kind: Kind| blocks.iter().filter(move |block| block.kind == kind);
    let travel: Minutes = of(Kind::Travel).map(|way| way.span.length()).sum();
    let shifts: Vec<String> = of(Kind::Shift).map(|shift| words::times(shift.span, language)).collect();
    let visits = blocks.iter().filter(|block| matches!(block.what, What::Visit(_))).count();
    let visits = counted(scene, visits, ["afløsning", "afløsninger"], ["relief visit", "relief visits"]);
    Sheet {
        anchor: anchor(carer, day),
        carer: scene.people.carer(carer).to_owned(),
        carer_id: scene.people.carer_id_beside_name(carer).map(str::to_owned),
        provider: scene.people.provider(row.provider).to_owned(),
        provider_number: row.provider.index(),
        qualification: words::qualification(row.qualification, language),
        day: day.0,
        date: words::long_date(scene.problem.week, day, language),
        shifts: if shifts.is_empty() { "–".to_owned() } else { shifts.join(", ") },
        transport: words::transport(row.transport, language),
        visits,
        travel: language.pick(format!("{travel} min. kørsel"), format!("{travel} min of travel")),
        rows: rows(scene, carer, blocks),
    }
}

/// The stops in order, with what lies between them. What is done within a visit stands with the visit.
fn rows(scene: &Scene<'_>, carer: CarerId, blocks: &[Block]) -> Vec<Row> {
    let mut shown: Vec<&Block> =
        blocks.iter().filter(|block| !matches!(block.kind, Kind::Shift | Kind::Absorbed)).collect();
    shown.sort_by_key(|block| (block.span, block.kind));
    shown.into_iter().map(|block| row(scene, carer, block)).collect()
}

fn row(scene: &Scene<'_>, carer: CarerId, block: &Block) -> Row {
    let language = scene.language;
    let times = words::times(block.span, language);
    let minutes = block.span.length();
    match block.what {
        What::Visit(grant) => visit_row(scene, Visit { grant, carer, span: block.span }, block.kind),
        What::Booking(booking) => booking_row(scene, booking, block),
        What::Nothing => {
            let what = match block.kind {
                Kind::Travel => language.pick(format!("Kørsel {minutes} min."), format!("Travel {minutes} min")),
                Kind::Away => language.pick("Fravær".to_owned(), "Away".to_owned()),
                _ => language
                    .pick(format!("Plads til pause, {minutes} min."), format!("Room for a break, {minutes} min")),
            };
            Row { times, kind: "between", what, who: None, address: None, notes: Vec::new() }
        }
    }
}

fn visit_row(scene: &Scene<'_>, visit: Visit, kind: Kind) -> Row {
    let language = scene.language;
    let grant = &scene.problem.grants[visit.grant];
    let mut notes = Vec::new();
    let during = absorbed_words(scene, visit.grant, visit.span);
    if !during.is_empty() {
        notes.push(language.pick(format!("Undervejs: {during}"), format!("Meanwhile: {during}")));
    }
    let mut note = |holds: bool, danish: &str, english: &str| {
        if holds {
            notes.push(language.pick(danish, english).to_owned());
        }
    };
    note(!is_familiar(scene, visit), "Ny for familien: præsentér dig", "New to the family: introduce yourself");
    note(scene.problem.clients[grant.client].complex_needs, "Komplekse behov", "Complex needs");
    note(kind == Kind::Pinned, "Fast aftalt besøg", "Fixed visit");
    let service = words::service(grant.service, language);
    Row {
        times: words::times(visit.span, language),
        kind: "visit",
        what: format!("{service}, {}", words::duration(visit.span.length(), language)),
        who: Some(scene.people.client(grant.client).to_owned()),
        address: scene.people.address(grant.client).map(str::to_owned),
        notes,
    }
}

fn booking_row(scene: &Scene<'_>, booking: BookingId, block: &Block) -> Row {
    let language = scene.language;
    let released = language.pick(
        "Kan frigives: en anden gør det under afløsningen – spørg planlæggeren",
        "Can be released: somebody else does it during the relief – ask the planner",
    );
    let row = &scene.problem.bookings[booking];
    Row {
        times: words::times(block.span, language),
        kind: "stop",
        what: words::task(&row.task, language),
        who: row.client.map(|client| scene.people.client(client).to_owned()),
        address: row.client.filter(|_| row.at_home).and_then(|client| scene.people.address(client)).map(str::to_owned),
        notes: if block.kind == Kind::Released { vec![released.to_owned()] } else { Vec::new() },
    }
}
