//! What the clients were granted.

use chrono::{Days, NaiveDate};

use super::dice::{Dice, Percent};
use super::site::{Concern, Site};
use super::spec::Visits;
use crate::tables::{ClientRow, GrantRow, LegalBasis, Need, Service};
use crate::units::Minutes;

const NEEDS: [(Need, usize); 3] = [(Need::High, 22), (Need::Medium, 50), (Need::Low, 28)];
const LEGAL_BASES: [(Option<LegalBasis>, usize); 3] =
    [(Some(LegalBasis::Ael16), 60), (Some(LegalBasis::Sel84), 35), (None, 5)];

/// Grants come in half hours of at least an hour.
const STEP: Minutes = Minutes(30);
const LEAST: Minutes = Minutes(60);
/// From here on a grant may be spread over two visits.
const TWO_VISITS: Minutes = Minutes(120);
const SPREAD: Percent = Percent(68);
/// Grants that end; of those, one in ten within the week.
const ENDING: Percent = Percent(18);
/// Grants that begin in the course of the week.
const STARTING: Percent = Percent(2);
/// Where a stay must have been tried, the grants that do not say.
const STAY_UNKNOWN: Percent = Percent(2);
/// Days since the oldest grant.
const OLDEST: i32 = 600;

/// The grants of a district: one a client, for some a second one of another service.
pub(super) fn grants(site: &Site<'_>, clients: &[ClientRow]) -> Vec<GrantRow> {
    let mut dice = site.dice(Concern::Grants);
    let mut rows = Vec::new();
    for client in clients {
        let service = service(site, &mut dice);
        rows.push(grant(site, client, service, &mut dice));
        if dice.chance(site.spec.shares.second_grant) {
            let second = grant(site, client, another(service), &mut dice);
            rows.push(GrantRow { grant_id: format!("{}-2", second.grant_id), ..second });
        }
    }
    rows
}

fn service(site: &Site<'_>, dice: &mut Dice) -> Service {
    let mix = site.spec.services;
    dice.weighted(&[
        (Service::Relief, mix.relief),
        (Service::UrgentRelief, mix.urgent_relief),
        (Service::PracticalRelief, mix.practical_relief),
    ])
}

fn another(service: Service) -> Service {
    if service == Service::Relief { Service::PracticalRelief } else { Service::Relief }
}

fn grant(site: &Site<'_>, client: &ClientRow, service: Service, dice: &mut Dice) -> GrantRow {
    let weekly_minutes = weekly_minutes(site, service, dice);
    let max_visits = visits(site, service, weekly_minutes, dice);
    let (valid_from, valid_to) = validity(site, dice);
    GrantRow {
        grant_id: format!("G-{}", client.client_id),
        client_id: client.client_id.clone(),
        service,
        weekly_minutes,
        max_visits,
        split: split(site, weekly_minutes, max_visits, dice),
        valid_from,
        valid_to,
        granted_on: back(site, dice.between(12, OLDEST)),
        need: dice.weighted(&NEEDS),
        stay_tried: stay_tried(site, dice),
        legal_basis: dice.weighted(&LEGAL_BASES),
    }
}

/// Some of the hours that the standard gives, more often the round ones; sometimes an hour more than that.
fn weekly_minutes(site: &Site<'_>, service: Service, dice: &mut Dice) -> Minutes {
    let most = if service == Service::Relief { site.rules.weekly_minutes_max } else { TWO_VISITS };
    if service == Service::Relief && dice.chance(site.spec.shares.beyond_standard) {
        return most + Minutes(60);
    }
    let least = LEAST.max(site.rules.weekly_minutes_min);
    let lengths: Vec<Minutes> = (0..).map(|n| Minutes(least.0 + n * STEP.0)).take_while(|m| *m <= most).collect();
    let weight = |minutes: Minutes| if minutes.0 % 60 == 0 { 4 } else { 1 };
    let weighted: Vec<_> = lengths.iter().map(|m| (*m, weight(*m))).collect();
    if weighted.is_empty() { most } else { dice.weighted(&weighted) }
}

fn visits(site: &Site<'_>, service: Service, minutes: Minutes, dice: &mut Dice) -> u32 {
    let spread = service == Service::Relief && minutes >= TWO_VISITS && dice.chance(SPREAD);
    if spread && site.spec.visits == Visits::AsGranted { site.rules.max_visits } else { 1 }
}

/// The exact lengths of the visits, where the grant has them.
fn split(site: &Site<'_>, minutes: Minutes, max_visits: u32, dice: &mut Dice) -> Option<Vec<Minutes>> {
    match site.spec.visits {
        Visits::One => Some(vec![minutes]),
        Visits::AsGranted => (max_visits == 2 && dice.chance(site.spec.shares.split)).then(|| halves(minutes)),
    }
}

/// Two exact lengths on whole half hours, the longer one last.
fn halves(minutes: Minutes) -> Vec<Minutes> {
    let first = Minutes(minutes.0 / 2 / STEP.0 * STEP.0);
    vec![first, minutes - first]
}

/// Most are old and open-ended; some begin in the week, some end in it or later.
fn validity(site: &Site<'_>, dice: &mut Dice) -> (NaiveDate, Option<NaiveDate>) {
    let (old, end) = (back(site, 200), back(site, -dice.weighted(&[(3, 1), (30, 4), (60, 5)])));
    if dice.chance(STARTING) {
        return (back(site, -dice.between(1, 3)), None);
    }
    (old, dice.chance(ENDING).then_some(end))
}

fn stay_tried(site: &Site<'_>, dice: &mut Dice) -> Option<bool> {
    if !site.rules.requires_stay_tried {
        return Some(true);
    }
    let tried = !dice.chance(site.spec.shares.stay_not_tried);
    (!dice.chance(STAY_UNKNOWN)).then_some(tried)
}

/// So many days before the week's Monday.
fn back(site: &Site<'_>, days: i32) -> NaiveDate {
    let monday = site.spec.week.monday();
    let by = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { monday + by } else { monday - by }
}
