//! When the families would like relief, and what was agreed.

use super::dice::{Dice, Percent};
use super::rows::time;
use super::site::{Concern, Site};
use crate::tables::{GrantRow, Service, WishDay, WishKind, WishRow};
use crate::units::{Day, Minutes};

/// Windows of the day, where the standard's hours have room for them.
const POSSIBLE: [(Minutes, Minutes); 7] = [
    (time(8, 0), time(12, 0)),
    (time(9, 0), time(13, 0)),
    (time(10, 0), time(15, 0)),
    (time(12, 0), time(16, 0)),
    (time(8, 0), time(16, 0)),
    (time(14, 0), time(18, 0)),
    (time(17, 0), time(21, 0)),
];

/// When events begin that cannot be put off, by day and in the evening.
const EVENTS: [Minutes; 7] =
    [time(9, 0), time(10, 0), time(12, 0), time(16, 0), time(17, 0), time(17, 30), time(18, 0)];
const AGREED: [Minutes; 4] = [time(8, 0), time(10, 0), time(11, 0), time(13, 0)];
const IMPOSSIBLE: [Minutes; 5] = [time(9, 0), time(10, 0), time(11, 0), time(13, 0), time(14, 0)];

/// Room around a visit in its window.
const ROOM: [Minutes; 4] = [Minutes(0), Minutes(30), Minutes(60), Minutes(120)];
/// How much later a preferred window may begin than the hour.
const LATER: [Minutes; 3] = [Minutes(0), Minutes(0), Minutes(15)];
/// Agreements made for this week only, by date.
const BY_DATE: Percent = Percent(15);
const EVENT_AT_WEEKEND: Percent = Percent(15);

/// The wishes of a district, grant by grant.
pub(super) fn wishes(site: &Site<'_>, grants: &[GrantRow]) -> Vec<WishRow> {
    let mut dice = site.dice(Concern::Wishes);
    grants.iter().flat_map(|grant| wishes_of(site, grant, &mut dice)).collect()
}

fn wishes_of(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> Vec<WishRow> {
    let mut rows = match grant.service {
        Service::UrgentRelief => vec![event(site, grant, dice)],
        _ if site.rules.requires_agreement => agreements(site, grant, dice),
        _ => hopes(site, grant, dice),
    };
    if dice.chance(site.spec.shares.impossible) {
        rows.push(impossible(site, grant, dice));
    }
    rows
}

/// One agreed window around an event that cannot be put off, on any day and at any hour.
fn event(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> WishRow {
    let weekend = dice.chance(EVENT_AT_WEEKEND);
    let day = Day(if weekend { dice.pick(&[5, 6]) } else { dice.pick(&[0, 1, 2, 3, 4]) });
    let from = dice.pick(&EVENTS);
    let to = (from + grant.weekly_minutes + dice.pick(&ROOM[..3])).min(time(23, 0));
    agreed(site, grant, (day, from, to), dice)
}

/// Two or three agreed windows on different days; none where the agreement is still to come.
fn agreements(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> Vec<WishRow> {
    if dice.chance(site.spec.shares.not_agreed) {
        return Vec::new();
    }
    let count = dice.pick(&[2, 3, 3, 3]);
    let days = dice.some(&site.days(), count);
    days.into_iter()
        .map(|day| {
            let from = dice.pick(&AGREED).max(site.rules.day_from);
            let length = visit_minutes(grant) + dice.pick(&ROOM);
            agreed(site, grant, (day, from, (from + length).min(site.rules.day_to)), dice)
        })
        .filter(|wish| wish.from < wish.to)
        .collect()
}

/// Where nothing needs to be agreed: some possible windows, perhaps a preferred one, or no word at all.
fn hopes(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> Vec<WishRow> {
    let mut rows = Vec::new();
    if dice.chance(site.spec.shares.possible) {
        let count = dice.pick(&[2, 3, 3, 4, 5]);
        let days = dice.some(&site.days(), count);
        rows.extend(days.into_iter().map(|day| possible(site, grant, day, dice)));
    }
    if dice.chance(site.spec.shares.preferred) {
        rows.push(preferred(site, grant, dice));
    }
    rows
}

fn possible(site: &Site<'_>, grant: &GrantRow, day: Day, dice: &mut Dice) -> WishRow {
    let day_of_relief = (site.rules.day_from, site.rules.day_to);
    let fitting: Vec<_> = POSSIBLE.into_iter().filter(|w| day_of_relief.0 <= w.0 && w.1 <= day_of_relief.1).collect();
    let (from, to) = dice.pick_any(&fitting).copied().unwrap_or(day_of_relief);
    WishRow { grant_id: grant.grant_id.clone(), day: WishDay::Weekday(day), from, to, wish: WishKind::Possible }
}

fn preferred(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> WishRow {
    let length = visit_minutes(grant) + dice.pick(&ROOM);
    let last_hour = (site.rules.day_to - visit_minutes(grant)).0 / 60;
    let first_hour = (site.rules.day_from.0 + 59) / 60;
    let from = time(dice.between(first_hour, last_hour.max(first_hour)), 0) + dice.pick(&LATER);
    WishRow {
        grant_id: grant.grant_id.clone(),
        day: WishDay::Weekday(dice.pick(&site.days())),
        from,
        to: from + length,
        wish: WishKind::Preferred,
    }
}

fn impossible(site: &Site<'_>, grant: &GrantRow, dice: &mut Dice) -> WishRow {
    let from = dice.pick(&IMPOSSIBLE);
    WishRow {
        grant_id: grant.grant_id.clone(),
        day: WishDay::Weekday(dice.pick(&site.days())),
        from,
        to: from + dice.pick(&ROOM[1..]),
        wish: WishKind::Impossible,
    }
}

fn agreed(site: &Site<'_>, grant: &GrantRow, (day, from, to): (Day, Minutes, Minutes), dice: &mut Dice) -> WishRow {
    let once = dice.chance(BY_DATE);
    let day = if once { WishDay::Date(site.spec.week.date(day)) } else { WishDay::Weekday(day) };
    WishRow { grant_id: grant.grant_id.clone(), day, from, to, wish: WishKind::Agreed }
}

/// How long a visit is where the grant is spread evenly.
fn visit_minutes(grant: &GrantRow) -> Minutes {
    let longest = grant.split.as_ref().and_then(|split| split.iter().max().copied());
    longest.unwrap_or(Minutes((grant.weekly_minutes.0 / grant.max_visits.cast_signed()).max(60)))
}
