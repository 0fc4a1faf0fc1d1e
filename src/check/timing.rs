//! When a visit may be: the grant's dates, weekday and daytime, wishes, the client's absences (H1, H4, H5, H6).

use super::facts::Facts;
use super::finding::{Fault, hours, list_hours};
use super::grant::{Closed, absences_that_stop, closed_on, hours_of, is_valid_on};
use super::roster::Listed;
use super::wishes::Wished;
use crate::diagnostic::Text;
use crate::language::Language;
use crate::problem::Service;
use crate::units::{Day, Span};
use crate::words;

/// H1: the date is one of the grant's.
pub(super) fn valid_dates(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let grant = &facts.problem.grants[listed.visit.grant];
    if is_valid_on(facts.problem, grant, listed.day) {
        return None;
    }
    let expected = |language: Language| {
        let from = words::full_date(grant.valid_from, language);
        match grant.valid_to.map(|to| words::full_date(to, language)) {
            Some(to) => language.pick(format!("en dato {from}–{to}"), format!("a date {from} – {to}")),
            None => language.pick(format!("en dato fra {from}"), format!("a date from {from}")),
        }
    };
    let date = facts.problem.week.date(listed.day);
    Some(Fault::new("H1", Text::spoken(expected), Text::spoken(|language| words::full_date(date, language))))
}

/// H4: the day is a day of relief, no public holiday and no closing day. Not asked of urgent relief.
pub(super) fn open_day(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let closed = closed_on(facts.problem, listed.visit.grant, listed.day)?;
    let expected = Text::new("en dag, hvor der gives afløsning", "a day on which relief is given");
    let got = match closed {
        Closed::Weekday => weekday(listed.day),
        Closed::Holiday(holiday) => Text::new(holiday.danish, holiday.english),
        Closed::ClosingDay => Text::new("en lukkedag", "a closing day"),
    };
    Some(Fault::new("H4", expected, got))
}

/// H4: the visit lies within the hours of relief, urgent relief within its day.
pub(super) fn daytime(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let grant = listed.visit.grant;
    let allowed = hours_of(facts.problem.grants[grant].service, facts.problem.standard(grant), listed.day);
    let outside = !allowed.covers(listed.visit.span);
    outside.then(|| Fault::new("H4", within(&[allowed]), list_hours([listed.visit.span])))
}

/// H4: urgent relief is given inside an agreed window only.
pub(super) fn urgent_needs_agreement(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let grant = listed.visit.grant;
    let agreed = facts.grants[grant].wished.agreed();
    let urgent = facts.problem.grants[grant].service == Service::UrgentRelief;
    (urgent && !lies_in_one(listed.visit.span, agreed)).then(|| {
        let expected = Text::new("inden for et aftalt tidsrum", "inside an agreed window");
        Fault::new("H4", expected, list_hours([listed.visit.span]))
    })
}

/// H5: the visit lies inside a window of the kind that decides: agreed, or else possible and preferred.
pub(super) fn wished(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let grant = listed.visit.grant;
    let span = listed.visit.span;
    let today = |windows: &[Span]| on(listed.day, windows);
    match &facts.grants[grant].wished {
        Wished::Agreed(windows) | Wished::Possible(windows) if !lies_in_one(span, windows) => {
            Some(Fault::new("H5", within(&today(windows)), list_hours([span])))
        }
        Wished::AgreementMissing if facts.problem.standard(grant).requires_agreement => {
            let expected = Text::new("et aftalt tidsrum i ugen", "an agreed window in the week");
            Some(Fault::new("H5", expected, Text::new("der er ikke aftalt noget", "nothing is agreed")))
        }
        _ => None,
    }
}

/// H5: no visit overlaps an impossible window.
pub(super) fn not_impossible(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let (span, impossible) = (listed.visit.span, &facts.grants[listed.visit.grant].impossible);
    let hit: Vec<Span> = impossible.iter().copied().filter(|window| window.overlaps(span)).collect();
    (!hit.is_empty()).then(|| {
        let Text { danish, english } = list_hours(hit);
        let expected = Text::new(format!("ikke i {danish}"), format!("not in {english}"));
        Fault::new("H5", expected, list_hours([span]))
    })
}

/// H6: the client is at home.
pub(super) fn client_present(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let span = listed.visit.span;
    let away = absences_that_stop(facts.problem, listed.visit.grant).into_iter().find(|away| away.overlaps(span))?;
    let expected = Text::new("borgeren er hjemme", "the client is at home");
    let got = match listed.day.span().intersection(away) {
        Some(today) => {
            let Text { danish, english } = hours(today);
            Text::new(format!("borgeren er væk {danish}"), format!("the client is away {english}"))
        }
        None => Text::new("borgeren er væk", "the client is away"),
    };
    Some(Fault::new("H6", expected, got))
}

fn lies_in_one(span: Span, windows: &[Span]) -> bool {
    windows.iter().any(|window| window.covers(span))
}

/// The parts of windows that fall on a day.
fn on(day: Day, windows: &[Span]) -> Vec<Span> {
    windows.iter().filter_map(|window| window.intersection(day.span())).collect()
}

fn within(windows: &[Span]) -> Text {
    if windows.is_empty() {
        return Text::new("ingen tidsrum denne dag", "no window on this day");
    }
    let Text { danish, english } = list_hours(windows.iter().copied());
    Text::new(format!("inden for {danish}"), format!("within {english}"))
}

fn weekday(day: Day) -> Text {
    const NAMES: [(&str, &str); 7] = [
        ("mandag", "Monday"),
        ("tirsdag", "Tuesday"),
        ("onsdag", "Wednesday"),
        ("torsdag", "Thursday"),
        ("fredag", "Friday"),
        ("lørdag", "Saturday"),
        ("søndag", "Sunday"),
    ];
    let (danish, english) = NAMES[usize::from(day.0)];
    Text::new(danish, english)
}
