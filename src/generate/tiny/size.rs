//! How many plans a tiny week has at the most, by a count that never comes out too low.
//!
//! It reads the rows by itself and shares nothing with the rules that a solver goes by. It looks at one visit at a
//! time (windows, shift, length, provider, education) and leaves out what visits do to each other.

use crate::calendar::{IsoWeek, public_holiday};
use crate::policy::MunicipalityPolicy;
use crate::tables::{
    AbsenceEnd, AbsenceReason, AbsenceRow, AbsenceSubject, ClientRow, GrantRow, Service, ShiftRow, StaffRow, Tables,
    WishDay, WishKind,
};
use crate::units::{DAY, Day, Minutes, Moment, Span, join, subtract};

/// A bound on the number of plans: for each grant any choice of its visits, put together in any way.
pub(super) fn plans_at_most(week: &Tables) -> u64 {
    week.grants.iter().map(|grant| choices(visits_of(week, &grant.row), &grant.row)).fold(1, u64::saturating_mul)
}

/// The ways to choose at most `max_visits` out of so many visits.
fn choices(visits: u64, grant: &GrantRow) -> u64 {
    let mut ways = 1;
    let mut chosen = 1;
    for nth in 0..u64::from(grant.max_visits).min(visits) {
        chosen = chosen * (visits - nth) / (nth + 1);
        ways += chosen;
    }
    ways
}

/// The visits that a grant may have, each looked at alone.
fn visits_of(week: &Tables, grant: &GrantRow) -> u64 {
    let Some(client) = week.clients.iter().map(|c| &c.row).find(|c| c.client_id == grant.client_id) else { return 0 };
    let rules = week.policy.of(&client.municipality);
    let barred = rules.adults_only && !client.adult
        || rules.requires_stay_tried && grant.service == Service::Relief && grant.stay_tried == Some(false);
    if barred {
        return 0;
    }
    let windows = open_windows(week, (grant, client), rules);
    let lengths = lengths(grant, rules);
    let own = week.shifts.iter().map(|s| &s.row).filter(|shift| may_come(week, (grant, client), shift));
    own.map(|shift| visits_in(week, shift, &windows, &lengths)).sum()
}

/// When the grant may be delivered, as far as grant and client have a say.
fn open_windows(week: &Tables, (grant, client): (&GrantRow, &ClientRow), rules: &MunicipalityPolicy) -> Vec<Span> {
    let agreed = wished(week, grant, &[WishKind::Agreed]);
    let hoped = wished(week, grant, &[WishKind::Possible, WishKind::Preferred]);
    let urgent = grant.service == Service::UrgentRelief;
    let wanted = if !agreed.is_empty() || urgent || rules.requires_agreement {
        agreed
    } else if hoped.is_empty() {
        Day::all().map(Day::span).collect()
    } else {
        hoped
    };
    let mut holes = wished(week, grant, &[WishKind::Impossible]);
    holes.extend(away(week, &AbsenceSubject::Client(client.client_id.clone()), grant.service));
    let valid = Day::all().filter(|day| is_valid(grant, week.week, *day));
    let hours =
        valid.filter_map(|day| if urgent { Some(day.span()) } else { hours_of_relief(week, client, rules, day) });
    let open: Vec<Span> = hours.flat_map(|h| wanted.iter().filter_map(move |w| w.intersection(h))).collect();
    open.into_iter().flat_map(|window| subtract(window, &holes)).collect()
}

fn wished(week: &Tables, grant: &GrantRow, kinds: &[WishKind]) -> Vec<Span> {
    let own = week.wishes.iter().map(|w| &w.row).filter(|w| w.grant_id == grant.grant_id && kinds.contains(&w.wish));
    let spans = own.filter_map(|wish| {
        let day = match wish.day {
            WishDay::Weekday(day) => day,
            WishDay::Date(date) => week.week.day_of(date)?,
        };
        Some(Span::new(day.at(wish.from), day.at(wish.to)))
    });
    join(spans.collect())
}

fn is_valid(grant: &GrantRow, week: IsoWeek, day: Day) -> bool {
    grant.valid_from <= week.date(day) && grant.valid_to.is_none_or(|to| week.date(day) <= to)
}

fn hours_of_relief(week: &Tables, client: &ClientRow, rules: &MunicipalityPolicy, day: Day) -> Option<Span> {
    let date = week.week.date(day);
    let closed = week.closing_days.iter().any(|c| c.row.municipality == client.municipality && c.row.date == date);
    let open = rules.days[usize::from(day.0)] && public_holiday(date).is_none() && !closed;
    open.then(|| Span::new(day.at(rules.day_from), day.at(rules.day_to)))
}

fn away(week: &Tables, subject: &AbsenceSubject, service: Service) -> Vec<Span> {
    let own = week.absences.iter().map(|a| &a.row).filter(|a| a.subject == *subject);
    let stops = own.filter(|a| a.reason != AbsenceReason::DayCentre || service != Service::PracticalRelief);
    stops.map(|absence| span_of(absence, week.week)).collect()
}

fn span_of(absence: &AbsenceRow, week: IsoWeek) -> Span {
    let at = |end: AbsenceEnd, whole_day: Minutes| match end {
        AbsenceEnd::Day(date) => week.midnight(date) + whole_day,
        AbsenceEnd::Moment(moment) => {
            let since_midnight = (moment.time() - chrono::NaiveTime::MIN).num_minutes();
            week.midnight(moment.date()) + Minutes(i32::try_from(since_midnight).expect("minutes of a day"))
        }
    };
    Span::new(at(absence.from, Minutes(0)), absence.to.map_or(Moment::FAR, |to| at(to, DAY)))
}

fn lengths(grant: &GrantRow, rules: &MunicipalityPolicy) -> Vec<Minutes> {
    let most = match grant.service {
        Service::Relief if rules.cap_to_standard => grant.weekly_minutes.min(rules.weekly_minutes_max),
        _ => grant.weekly_minutes,
    };
    let mut lengths = grant.split.clone().unwrap_or_else(|| {
        let fits = |m: &i32| *m >= rules.visit_minutes_min.0 && m % rules.visit_minutes_step.0 == 0;
        (1..=most.0).filter(|m| fits(m) || *m == most.0).map(Minutes).collect()
    });
    lengths.sort_unstable();
    lengths.dedup();
    lengths
}

fn may_come(week: &Tables, (grant, client): (&GrantRow, &ClientRow), shift: &ShiftRow) -> bool {
    let rules = week.policy.of(&client.municipality);
    let carer = week.staff.iter().map(|s| &s.row).find(|s| s.staff_id == shift.staff_id);
    carer.is_some_and(|c| {
        let relieves = c.relief_trained && rules.relief_qualifications.contains(&c.qualification);
        let educated = !client.complex_needs || rules.complex_qualifications.contains(&c.qualification);
        let qualified = relieves && educated || grant.service == Service::PracticalRelief;
        qualified && !client.avoid_staff.contains(&c.staff_id) && works_for(week, client, c)
    })
}

fn works_for(week: &Tables, client: &ClientRow, carer: &StaffRow) -> bool {
    let provider = week.providers.iter().map(|p| &p.row).find(|p| p.provider_id == carer.provider_id);
    let named = client.home_care_provider.as_ref().or(client.chosen_provider.as_ref());
    if week.policy.of(&client.municipality).municipal_only {
        provider.is_some_and(|p| p.municipal && p.municipalities.contains(&client.municipality))
    } else if let Some(named) = named {
        *named == carer.provider_id
    } else {
        provider.is_some_and(|p| p.municipalities.contains(&client.municipality))
    }
}

fn visits_in(week: &Tables, shift: &ShiftRow, windows: &[Span], lengths: &[Minutes]) -> u64 {
    let span = shift.span(week.week);
    let absent = away(week, &AbsenceSubject::Staff(shift.staff_id.clone()), Service::Relief);
    let fits = |visit: Span| {
        span.covers(visit) && windows.iter().any(|w| w.covers(visit)) && !absent.iter().any(|a| a.overlaps(visit))
    };
    let starts = starts(week, span, windows);
    starts.iter().map(|start| lengths.iter().filter(|l| fits(Span::new(*start, *start + **l))).count() as u64).sum()
}

/// The grid, and every moment at which an open window begins.
fn starts(week: &Tables, shift: Span, windows: &[Span]) -> Vec<Moment> {
    let on_grid = |at: &Moment| at.time_of_day().0 % week.policy.start_grid.0 == 0;
    let mut starts: Vec<Moment> = (shift.start.0..shift.end.0).map(Moment).filter(on_grid).collect();
    starts.extend(windows.iter().map(|window| window.start));
    starts.sort_unstable();
    starts.dedup();
    starts
}
