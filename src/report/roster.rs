//! `roster.csv`: every visit of the week (model, section 6).

use std::io;

use serde::Serialize;

use super::table;
use crate::coded::Coded;
use crate::pipeline::Planned;
use crate::problem::{Problem, Visit};
use crate::units::{Day, clock};

const COLUMNS: [&str; 10] =
    ["visit_id", "date", "start", "end", "grant_id", "client_id", "provider_id", "staff_id", "service", "status"];

#[derive(Serialize)]
struct Row<'a> {
    visit_id: String,
    date: String,
    start: String,
    end: String,
    grant_id: &'a str,
    client_id: &'a str,
    provider_id: &'a str,
    staff_id: &'a str,
    service: &'static str,
    status: &'static str,
}

/// The roster, sorted by date, start and carer.
pub(super) fn csv(planned: &Planned) -> io::Result<Vec<u8>> {
    table::csv(&COLUMNS, visits(planned).into_iter().map(|(id, visit)| row(&planned.problem, id, visit)))
}

/// The visits in the roster's order, each with its id.
pub(super) fn visits(planned: &Planned) -> Vec<(String, Visit)> {
    let problem = &planned.problem;
    let mut visits = planned.solved.plan.visits().to_vec();
    visits.sort_by_key(|visit| {
        let (carer, grant) = (&problem.carers[visit.carer].id, &problem.grants[visit.grant].id);
        (visit.span.start, carer.clone(), visit.span.end, grant.clone())
    });
    (1..).zip(visits).map(|(number, visit)| (format!("V{number:03}"), visit)).collect()
}

fn row(problem: &Problem, visit_id: String, visit: Visit) -> Row<'_> {
    let (grant, carer) = (&problem.grants[visit.grant], &problem.carers[visit.carer]);
    let day = visit.span.start.day().unwrap_or(Day(0));
    let start = visit.span.start - day.span().start;
    Row {
        visit_id,
        date: problem.week.date(day).to_string(),
        start: clock(start),
        end: clock(start + visit.span.length()),
        grant_id: &grant.id,
        client_id: &problem.clients[grant.client].id,
        provider_id: &problem.providers[carer.provider].id,
        staff_id: &carer.id,
        service: grant.service.code(),
        status: if problem.is_pinned(visit) { "pinned" } else { "planned" },
    }
}
