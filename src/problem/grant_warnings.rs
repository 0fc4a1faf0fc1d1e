//! What is worth a look about a grant though it can be planned.

use super::Wish;
use super::index::cell;
use crate::calendar::IsoWeek;
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::policy::MunicipalityPolicy;
use crate::tables::{GrantRow, Located, Service, WishKind};
use crate::units::{Day, Minutes};

const GRANTS: &str = "grants.csv";
const WISHES: &str = "wishes.csv";

/// A warning for each impossible window that takes something off an agreed one (H5).
pub(super) fn cut_agreements(wishes: &[Located<Wish>]) -> Vec<Diagnostic> {
    let of = |kind: WishKind| wishes.iter().filter(move |wish| wish.row.kind == kind);
    of(WishKind::Impossible)
        .filter(|no| of(WishKind::Agreed).any(|yes| yes.row.span.overlaps(no.row.span)))
        .map(|no| cell(WISHES, no, "wish").warning("impossible", agreed_window_cut()))
        .collect()
}

/// Warnings about a grant that is valid in the week: what it leaves open, and where it leaves the standard.
pub(super) fn against_standard(
    row: &Located<GrantRow>,
    standard: &MunicipalityPolicy,
    week: IsoWeek,
) -> Vec<Diagnostic> {
    let GrantRow { valid_from, valid_to, service, .. } = row.row;
    let (monday, sunday) = (week.monday(), week.date(Day(6)));
    if valid_from > sunday || valid_to.is_some_and(|last| last < monday) {
        return Vec::new();
    }
    let mut warnings: Vec<Diagnostic> = split_differs(row).into_iter().collect();
    if service == Service::Relief {
        warnings.extend(stay_not_stated(row, standard));
        warnings.extend(minutes_outside(row, standard));
        warnings.extend(visits_outside(row, standard));
    }
    warnings
}

fn split_differs(row: &Located<GrantRow>) -> Option<Diagnostic> {
    let split = row.row.split.as_ref()?;
    let sum: Minutes = split.iter().copied().sum();
    let shown = split.iter().map(Minutes::to_string).collect::<Vec<_>>().join("+");
    (sum != row.row.weekly_minutes)
        .then(|| cell(GRANTS, row, "split").warning(&shown, split_fault(sum, row.row.weekly_minutes)))
}

fn stay_not_stated(row: &Located<GrantRow>, standard: &MunicipalityPolicy) -> Option<Diagnostic> {
    let open = standard.requires_stay_tried && row.row.stay_tried.is_none();
    open.then(|| cell(GRANTS, row, "stay_tried").warning("", stay_fault()))
}

fn minutes_outside(row: &Located<GrantRow>, standard: &MunicipalityPolicy) -> Option<Diagnostic> {
    let (minutes, most) = (row.row.weekly_minutes, standard.weekly_minutes_max);
    let fault = if minutes > most && standard.cap_to_standard {
        cut_fault(most.0.unsigned_abs(), ["minutter", "minutes"])
    } else if minutes > most || minutes < standard.weekly_minutes_min {
        let range = format!("{}–{most}", standard.weekly_minutes_min);
        outside_fault(&range, ["minutter om ugen", "minutes a week"])
    } else {
        return None;
    };
    Some(cell(GRANTS, row, "weekly_minutes").warning(&minutes.to_string(), fault))
}

fn visits_outside(row: &Located<GrantRow>, standard: &MunicipalityPolicy) -> Option<Diagnostic> {
    let (visits, most) = (row.row.max_visits, standard.max_visits);
    let fault = if visits <= most {
        return None;
    } else if standard.cap_to_standard {
        cut_fault(most, ["besøg", "visits"])
    } else {
        outside_fault(&format!("0–{most}"), ["besøg om ugen", "visits a week"])
    };
    Some(cell(GRANTS, row, "max_visits").warning(&visits.to_string(), fault))
}

fn agreed_window_cut() -> Fault {
    Fault::new(
        codes::AGREED_WINDOW_CUT,
        ["fjerner noget af et aftalt tidsrum", "takes something off an agreed window"],
        ["Tal med familien; det umulige tidsrum vinder", "Ask the family; the impossible window wins"],
    )
}

fn split_fault(sum: Minutes, granted: Minutes) -> Fault {
    Fault::new(
        codes::SPLIT_DIFFERS,
        [
            &format!("opdelingen giver {sum} minutter, men bevilget er {granted}"),
            &format!("the split adds up to {sum} minutes, but {granted} are granted"),
        ],
        ["Ret split eller weekly_minutes", "Mend split or weekly_minutes"],
    )
}

fn stay_fault() -> Fault {
    Fault::new(
        codes::STAY_NOT_STATED,
        [
            "kommunen kræver, at et ophold er prøvet; tomt tæller som ja",
            "the municipality asks that a stay was tried; empty counts as yes",
        ],
        ["Skriv yes eller no i stay_tried", "Write yes or no in stay_tried"],
    )
}

fn cut_fault(most: u32, unit: [&str; 2]) -> Fault {
    Fault::new(
        codes::CUT_TO_STANDARD,
        [
            &format!("skæres ned til kvalitetsstandardens {most} {}", unit[0]),
            &format!("is cut down to the {most} {} of the quality standard", unit[1]),
        ],
        ["Slå cap_to_standard fra for at planlægge som bevilget", "Set cap_to_standard to false to plan as granted"],
    )
}

fn outside_fault(range: &str, unit: [&str; 2]) -> Fault {
    Fault::new(
        codes::OUTSIDE_STANDARD,
        [
            &format!("uden for kvalitetsstandarden ({range} {}); planlægges som bevilget", unit[0]),
            &format!("outside the quality standard ({range} {}); planned as granted", unit[1]),
        ],
        ["Se efter, at det er en individuel afgørelse", "See that it is an individual decision"],
    )
}
