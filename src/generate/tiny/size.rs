//! How many plans a week has at the most, by a count that never comes out too low.
//!
//! It knows only some of the rules, each of which a visit must keep: hours, windows, shifts, lengths, provider
//! and training. So it shares nothing with the rules that the solver goes by.

use crate::policy::MunicipalityPolicy;
use crate::tables::{AbsenceEnd, ClientRow, GrantRow, Service, ShiftRow, StaffRow, Tables, WishDay, WishKind};
use crate::units::{Day, Minutes, Moment, Span, join};

/// A bound on the number of plans: for each grant any choice of its visits, put together in any way.
pub(super) fn plans_at_most(week: &Tables) -> u64 {
    week.grants.iter().map(|grant| choices(visits_at_most(week, &grant.row), &grant.row)).fold(1, u64::saturating_mul)
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

fn visits_at_most(week: &Tables, grant: &GrantRow) -> u64 {
    let Some(client) = week.clients.iter().map(|c| &c.row).find(|c| c.client_id == grant.client_id) else { return 0 };
    let rules = week.policy.of(&client.municipality);
    let windows = windows(week, grant, rules);
    let lengths = lengths(grant, rules);
    let own = week.shifts.iter().map(|s| &s.row).filter(|shift| may_come(week, (grant, client), shift));
    own.map(|shift| visits_in(week, shift, &windows, &lengths)).sum()
}

/// The windows that the grant asks for, if any; without, the whole week or the hours of relief.
fn windows(week: &Tables, grant: &GrantRow, rules: &MunicipalityPolicy) -> Vec<Span> {
    let of = |kinds: &[WishKind]| -> Vec<Span> {
        let own =
            week.wishes.iter().map(|w| &w.row).filter(|w| w.grant_id == grant.grant_id && kinds.contains(&w.wish));
        let span = |day: Day, from, to| Span::new(day.at(from), day.at(to));
        let dated = own.filter_map(|w| match w.day {
            WishDay::Weekday(day) => Some(span(day, w.from, w.to)),
            WishDay::Date(date) => week.week.day_of(date).map(|day| span(day, w.from, w.to)),
        });
        join(dated.collect())
    };
    let (agreed, hoped) = (of(&[WishKind::Agreed]), of(&[WishKind::Possible, WishKind::Preferred]));
    let urgent = grant.service == Service::UrgentRelief;
    if !agreed.is_empty() || urgent || rules.requires_agreement {
        return if urgent { agreed } else { in_hours(&agreed, rules) };
    }
    let all: Vec<Span> = Day::all().map(Day::span).collect();
    in_hours(if hoped.is_empty() { &all } else { &hoped }, rules)
}

fn in_hours(windows: &[Span], rules: &MunicipalityPolicy) -> Vec<Span> {
    let days = Day::all().filter(|day| rules.days[usize::from(day.0)]);
    let hours: Vec<Span> = days.map(|day| Span::new(day.at(rules.day_from), day.at(rules.day_to))).collect();
    windows.iter().flat_map(|window| hours.iter().filter_map(|h| h.intersection(*window))).collect()
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
    let carer = week.staff.iter().map(|s| &s.row).find(|s| s.staff_id == shift.staff_id);
    carer.is_some_and(|c| {
        let trained = c.relief_trained || grant.service == Service::PracticalRelief;
        trained && !client.avoid_staff.contains(&c.staff_id) && works_for(week, client, c)
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
    let room: Vec<Span> = windows.iter().filter_map(|window| window.intersection(span)).collect();
    let starts = starts(week, span, windows);
    let fits = |visit: Span| room.iter().any(|part| part.covers(visit));
    starts.iter().map(|start| lengths.iter().filter(|l| fits(Span::new(*start, *start + **l))).count() as u64).sum()
}

/// The grid, and every moment at which an open window may begin.
fn starts(week: &Tables, shift: Span, windows: &[Span]) -> Vec<Moment> {
    let on_grid = |at: &i32| Moment(*at).time_of_day().0 % week.policy.start_grid.0 == 0;
    let mut starts: Vec<Moment> = (shift.start.0..shift.end.0).filter(on_grid).map(Moment).collect();
    starts.extend(windows.iter().map(|window| window.start));
    starts.extend(week.wishes.iter().filter_map(|wish| match wish.row.day {
        WishDay::Weekday(day) => Some(day.at(wish.row.to)),
        WishDay::Date(date) => week.week.day_of(date).map(|day| day.at(wish.row.to)),
    }));
    starts.extend(week.absences.iter().filter_map(|absence| match absence.row.to {
        Some(AbsenceEnd::Moment(to)) => {
            let midnight = week.week.midnight(to.date());
            Some(
                midnight
                    + Minutes(i32::try_from((to - to.date().and_time(chrono::NaiveTime::MIN)).num_minutes()).ok()?),
            )
        }
        _ => None,
    }));
    starts.sort_unstable();
    starts.dedup();
    starts
}
