//! Why a grant is not delivered in full, in a code and in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::GrantReport;
use crate::diagnostic::Text;
use crate::explain::{GrantVerdict, Layout, Voice, written};
use crate::ids::{CarerId, GrantId};
use crate::pipeline::Planned;
use crate::plan::Status;
use crate::rules::GrantState;
use crate::solve;
use crate::units::Minutes;
use crate::words::{Naming, clauses, sources};

/// A reason as `unmet.csv` gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub code: &'static str,
    pub words: Text,
}

impl Reason {
    fn new(code: &'static str, danish: impl Into<String>, english: impl Into<String>) -> Self {
        Reason { code, words: Text::new(danish, english) }
    }
}

/// What is needed to tell the reasons of all undelivered grants.
pub(super) struct Reasons<'a> {
    planned: &'a Planned,
    /// What was found out of the due minutes that are missing; empty where nobody asked.
    verdicts: &'a [GrantVerdict],
    /// Minutes of new visits that could be delivered to a grant alone.
    possible: BTreeMap<GrantId, Minutes>,
}

impl<'a> Reasons<'a> {
    pub fn of(planned: &'a Planned, verdicts: &'a [GrantVerdict]) -> Self {
        let open = planned.report.grants.iter().filter(|(_, grant)| grant.delivered < grant.due);
        let open: Vec<GrantId> = open.map(|(grant, _)| grant).collect();
        Reasons { planned, verdicts, possible: solve::possible_alone(&planned.problem, &planned.book, &open) }
    }

    /// Why, for people: what was found out by planning where that was asked for, else the reason.
    pub fn told(&self, grant: GrantId, (naming, layout): (Naming, Layout)) -> Text {
        let voice = Voice { problem: &self.planned.problem, naming };
        let verdict = self.verdicts.iter().find(|verdict| verdict.grant == grant);
        verdict.map_or_else(|| self.of_grant(grant).words, |verdict| written::told(voice, verdict, layout))
    }

    /// The rules behind it, in their order.
    pub fn rules(&self, grant: GrantId, code: &str) -> Vec<&'static str> {
        let verdict = self.verdicts.iter().find(|verdict| verdict.grant == grant);
        let obstacles = verdict.into_iter().flat_map(|verdict| &verdict.obstacles).map(|obstacle| obstacle.rule);
        let own = sources::codes(&self.planned.problem, grant, code).into_iter();
        let codes: BTreeSet<&str> = own.chain(obstacles.map(sources::listed_under)).collect();
        sources::rules(&codes).map(|rule| rule.code).collect()
    }

    /// Why the grant is delivered less than it was granted.
    pub fn of_grant(&self, grant: GrantId) -> Reason {
        let report = &self.planned.report.grants[grant];
        match self.planned.book.grants[grant].state {
            GrantState::Due if report.delivered < report.due => self.undelivered(grant, report),
            GrantState::Due => cut_to_standard(report),
            state => Reason { code: state.code(), words: clauses::not_due(&self.planned.problem, grant, state) },
        }
    }

    fn undelivered(&self, grant: GrantId, report: &GrantReport) -> Reason {
        let rules = &self.planned.book.grants[grant];
        let alone = self.possible.get(&grant).copied().unwrap_or_default();
        if rules.carers.is_empty() {
            no_carer(&clauses::exclusions(&self.planned.problem, grant))
        } else if alone == Minutes(0) && report.delivered == Minutes(0) {
            if self.has_shift(&rules.carers) { no_time(rules.carers.len()) } else { no_shift(rules.carers.len()) }
        } else if rules.pinned_minutes() + alone <= report.delivered {
            less_time(report.delivered)
        } else {
            let (possible, status) = (rules.pinned_minutes() + alone, self.planned.solved.status);
            if self.others_are_visited(grant) { time_to_others(possible, status) } else { not_worth(possible, status) }
        }
    }

    /// Whether any of the carers has a shift in the week.
    fn has_shift(&self, carers: &[CarerId]) -> bool {
        self.planned.problem.shifts.values().iter().any(|shift| carers.binary_search(&shift.carer).is_ok())
    }

    /// Whether a carer who may serve this grant visits somebody else in the plan.
    fn others_are_visited(&self, grant: GrantId) -> bool {
        let carers = &self.planned.book.grants[grant].carers;
        self.planned.solved.plan.visits().iter().any(|v| v.grant != grant && carers.binary_search(&v.carer).is_ok())
    }
}

fn no_carer(why: &Text) -> Reason {
    Reason::new(
        "no_carer",
        format!("Ingen medarbejder må komme: {}", why.danish),
        format!("No carer may come: {}", why.english),
    )
}

fn no_time(carers: usize) -> Reason {
    Reason::new(
        "no_time",
        format!(
            "{carers} må komme, men intet besøg passer i deres vagter: bevillingens tidsrum, bookinger, faste \
             besøg, fravær og timelofter levner ikke plads"
        ),
        format!(
            "{carers} may come, but no visit fits into their shifts: the grant's windows, bookings, fixed \
             visits, absences and caps leave no room"
        ),
    )
}

/// The simplest case of [`no_time`].
fn no_shift(carers: usize) -> Reason {
    let (danish, english) = match carers {
        1 => ("men har ingen vagt i ugen", "but has no shift in the week"),
        _ => ("men ingen af dem har en vagt i ugen", "but none of them has a shift in the week"),
    };
    Reason::new("no_time", format!("{carers} må komme, {danish}"), format!("{carers} may come, {english}"))
}

fn less_time(most: Minutes) -> Reason {
    Reason::new(
        "less_time",
        format!(
            "Mere end {most} minutter kunne ikke leveres, heller ikke hvis der ikke var andre: tidsrum, \
             besøgslængder, vagter og timelofter levner ikke mere"
        ),
        format!(
            "More than {most} minutes could not be delivered even if there were nobody else: windows, lengths \
             of visits, shifts and caps leave no more"
        ),
    )
}

/// Where the search was cut short, it has not shown that the others had to have the time.
fn time_to_others(possible: Minutes, status: Status) -> Reason {
    let (cut_da, cut_en) = match status {
        Status::Optimal => ("", ""),
        Status::Stopped | Status::Interrupted => (
            "; søgningen sluttede, før det var bevist, at der ikke er en bedre plan",
            "; the search ended before it was proven that there is no better plan",
        ),
    };
    Reason::new(
        "time_to_others",
        format!(
            "Alene kunne der leveres op til {possible} minutter; i denne plan gik medarbejdernes tid til andre{cut_da}"
        ),
        format!(
            "Alone, up to {possible} minutes could be delivered; in this plan the carers' time went to others{cut_en}"
        ),
    )
}

/// Nobody else has the carers' time: a visit would cost more points than it saves, or the search ended too soon.
fn not_worth(possible: Minutes, status: Status) -> Reason {
    let (code, danish, english) = match status {
        Status::Optimal => (
            "not_worth",
            "ingen andre har tiden, men et besøg ville koste flere point, end det sparer (vægtene i policy.toml)",
            "nobody else has the time, but a visit would cost more points than it saves (the weights in policy.toml)",
        ),
        Status::Stopped | Status::Interrupted => (
            "not_found",
            "søgningen sluttede, før der var fundet plads; planlæg igen med mere tid",
            "the search ended before a place was found; plan again with more time",
        ),
    };
    Reason::new(
        code,
        format!("Alene kunne der leveres op til {possible} minutter; {danish}"),
        format!("Alone, up to {possible} minutes could be delivered; {english}"),
    )
}

pub(super) fn cut_to_standard(report: &GrantReport) -> Reason {
    let due = report.due;
    Reason::new(
        "cut_to_standard",
        format!("Skåret ned til kvalitetsstandardens {due} minutter (cap_to_standard), og de er leveret"),
        format!("Cut down to the {due} minutes of the quality standard (cap_to_standard), and they are delivered"),
    )
}
