//! `pusterum slots`.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::asked::{self, Asked};
use super::screen::tell;
use super::{Exit, answer, args};
use crate::diagnostic::Diagnostic;
use crate::explain::written::{self, SlotTold, Wanted};
use crate::explain::{self, Clock, NoPlan, Slot, Subject, Voice};
use crate::ids::GrantId;
use crate::problem::Visit;

/// Proposals for a grant, and to each family of a call list.
const PLACES: u16 = 5;
const TIMES: u16 = 3;

/// So many places may lie where the visit that has to move lies now, of several lengths.
const OWN_PLACES: usize = 20;

/// Moving others is tried for so long; a planner is on the phone.
const PATIENCE: Duration = Duration::from_millis(900);

/// The places for one grant.
struct Found {
    /// The roster, without the visit that has to move, and with the agreement that is still to be made.
    subject: Subject,
    grant: GrantId,
    /// The visit that has to move.
    visit: Option<Visit>,
    free: Vec<Slot>,
    moving: Vec<Slot>,
}

#[derive(Serialize)]
struct Places {
    grant_id: String,
    needs_agreement: bool,
    without_moving: Vec<SlotTold>,
    with_moves: Vec<SlotTold>,
}

#[derive(Serialize)]
struct OfferTold {
    grant_id: String,
    times: Vec<SlotTold>,
}

pub(super) fn run(options: &args::Slots) -> Exit {
    let language = options.asking.speech.language;
    let asked = match asked::read(&options.week, &options.roster, &options.asking) {
        Ok(asked) => asked,
        Err(found) => return answer::bad_input(&found, language),
    };
    let told = if options.awaiting { Ok(call_list(&asked.subject, options)) } else { places(&asked, options) };
    match told {
        Ok(told) => {
            tell(told);
            Exit::Done
        }
        Err(found) => answer::bad_input(&found, language),
    }
}

fn call_list(subject: &Subject, options: &args::Slots) -> String {
    let offers = explain::offers(subject, usize::from(options.count.unwrap_or(TIMES)));
    if options.json {
        let told = offers.iter().map(|offer| OfferTold {
            grant_id: subject.problem.grants[offer.grant].id.clone(),
            times: offer.slots.iter().map(|slot| SlotTold::new(subject, slot)).collect(),
        });
        return answer::json(&told.collect::<Vec<OfferTold>>());
    }
    let voice = Voice { problem: &subject.problem, naming: options.asking.naming() };
    written::offers_told(voice, &offers, options.asking.speech.language)
}

fn places(asked: &Asked, options: &args::Slots) -> Result<String, Vec<Diagnostic>> {
    let found = find(asked, options)?;
    let Found { subject, grant, visit, free, moving } = &found;
    if options.json {
        let told = |slots: &[Slot]| slots.iter().map(|slot| SlotTold::new(subject, slot)).collect();
        return Ok(answer::json(&Places {
            grant_id: subject.problem.grants[*grant].id.clone(),
            needs_agreement: asked.subject.book.grants[*grant].state != subject.book.grants[*grant].state,
            without_moving: told(free),
            with_moves: told(moving),
        }));
    }
    let voice = Voice { problem: &subject.problem, naming: options.asking.naming() };
    let (missing, delivered) = (subject.missing(*grant), subject.report.grants[*grant].delivered);
    let wanted = Wanted { grant: *grant, visit: *visit, missing, delivered };
    Ok(written::slots_told(voice, wanted, (free, moving), options.asking.speech.language))
}

fn find(asked: &Asked, options: &args::Slots) -> Result<Found, Vec<Diagnostic>> {
    let begun = Instant::now();
    let visit = options.visit.as_ref().map(|id| asked.visit(id)).transpose()?;
    let (grant, subject) = match visit {
        Some(visit) => (visit.grant, asked.subject.without(visit)),
        None => (asked.grant(options.grant.as_deref().unwrap_or_default())?, asked.subject.clone()),
    };
    let subject = subject.if_agreed(grant).unwrap_or_else(|NoPlan(_)| subject.clone());
    let count = usize::from(options.count.unwrap_or(PLACES));
    // Where the visit lies now is no place to move it to.
    let is_elsewhere = |slot: &Slot| {
        visit.is_none_or(|visit| slot.visit.carer != visit.carer || !slot.visit.span.overlaps(visit.span))
    };
    let against = visit.map(|_| &asked.subject);
    let told = |slots: Vec<Slot>| -> Vec<Slot> {
        slots.into_iter().filter(is_elsewhere).map(|slot| slot.against(&subject, against)).collect()
    };
    let mut free = told(subject.free_slots(grant, count + OWN_PLACES));
    let clock = Clock { deadline: Some(begun + PATIENCE), threads: options.asking.threads(), ..Clock::default() };
    let mut moving = explain::worth_moving(told(subject.slots_with_moves(grant, clock)), &free);
    free.truncate(count);
    moving.truncate(count);
    Ok(Found { subject, grant, visit, free, moving })
}
