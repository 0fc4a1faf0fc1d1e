//! What a planner should look at first: at most ten things, each with its reason and where to go on.

use serde::Serialize;

use super::figures::{Figures, Share, is_familiar};
use super::overview::{counted, is_nearly_best, more_at_most};
use super::{NOTES, Scene, UNDELIVERED, words};
use crate::check::Finding;
use crate::ids::{GrantId, Id};
use crate::plan::Status;
use crate::units::{Minutes, Points};

/// One thing to look at.
#[derive(Serialize)]
pub(super) struct Item {
    pub title: String,
    pub reason: String,
    pub link: String,
}

/// More is not looked at on a Monday morning.
const MOST: usize = 10;
/// Rules broken by fixed visits are named one by one up to so many.
const OVERRIDES_NAMED: usize = 3;

/// Fixed visits that break rules, then the grants that miss most by the week's weights, then what concerns many. Before
/// all of that more time for the search, where without it the plan may be far from good: then what misses says little.
pub(super) fn items(scene: &Scene<'_>, figures: &Figures) -> Vec<Item> {
    let (first, later) = match more_time(scene) {
        more if is_nearly_best(scene) => (None, more),
        more => (more, None),
    };
    let mut items: Vec<Item> = first.into_iter().chain(overrides(scene)).collect();
    let many = [awaiting(scene, &figures.awaiting), later, released(scene), new_faces(scene, figures), warnings(scene)];
    let many: Vec<Item> = many.into_iter().flatten().collect();
    let room = MOST.saturating_sub(items.len() + many.len());
    items.extend(most_missing(scene).into_iter().take(room).map(|grant| missing(scene, grant)));
    items.extend(many);
    items
}

fn overrides(scene: &Scene<'_>) -> Vec<Item> {
    let findings = &scene.planned.report.overrides;
    let link = format!("{NOTES}#overrides");
    if findings.len() > OVERRIDES_NAMED {
        let rules = counted(scene, findings.len(), ["regel", "regler"], ["rule", "rules"]);
        let title = scene.language.pick(format!("Faste besøg bryder {rules}"), format!("Fixed visits break {rules}"));
        let reason = scene.language.pick(
            "De er planlagt, som de er fastlagt. Se efter, om det er meningen.",
            "They are planned as they were fixed. See whether that is meant.",
        );
        return vec![Item { title, reason: reason.to_owned(), link }];
    }
    findings.iter().map(|finding| of_override(scene, finding, &link)).collect()
}

fn of_override(scene: &Scene<'_>, finding: &Finding, link: &str) -> Item {
    let language = scene.language;
    let whom = finding.visit.map(|visit| super::notes::visit_words(scene, visit)).unwrap_or_default();
    let (rule, expected, got) =
        (finding.rule, finding.expected.in_language(language), finding.got.in_language(language));
    Item {
        title: language
            .pick(format!("Et fast besøg bryder en regel: {whom}"), format!("A fixed visit breaks a rule: {whom}")),
        reason: language.pick(
            format!("Forventet: {expected}. Fundet: {got} ({rule})."),
            format!("Expected: {expected}. Found: {got} ({rule})."),
        ),
        link: link.to_owned(),
    }
}

/// The grants with undelivered minutes, that with most points for them first.
fn most_missing(scene: &Scene<'_>) -> Vec<GrantId> {
    let report = &scene.planned.report.grants;
    let points = |grant: GrantId| -> Points {
        scene.planned.book.grants[grant].unmet_weight * (report[grant].due - report[grant].delivered)
    };
    let mut grants: Vec<GrantId> = scene.problem.grants.ids().collect();
    grants.retain(|grant| report[*grant].delivered < report[*grant].due);
    grants.sort_by_key(|grant| (std::cmp::Reverse(points(*grant)), grant.index()));
    grants
}

fn missing(scene: &Scene<'_>, grant: GrantId) -> Item {
    let language = scene.language;
    let (row, report) = (&scene.problem.grants[grant], &scene.planned.report.grants[grant]);
    let client = scene.people.client(row.client);
    let (hours, due) = (scene.hours(report.due - report.delivered), scene.hours(report.due));
    let need = words::need(row.need, language);
    let title = if report.delivered == Minutes(0) {
        language.pick(format!("{client} får intet af {due}"), format!("{client} gets nothing of {due}"))
    } else {
        language.pick(format!("{client} mangler {hours} af {due}"), format!("{client} misses {hours} of {due}"))
    };
    Item {
        title,
        reason: format!("{need}. {}.", scene.reasons.of_grant(grant).words.in_language(language)),
        link: format!("{UNDELIVERED}#g{}", grant.index()),
    }
}

fn awaiting(scene: &Scene<'_>, share: &Share) -> Option<Item> {
    let families = counted(scene, share.clients.len(), ["familie", "familier"], ["family", "families"]);
    let wait = scene.language.pick(
        "afventer en aftale",
        if share.clients.len() == 1 { "awaits an agreement" } else { "await an agreement" },
    );
    (share.grants > 0).then(|| Item {
        title: format!("{families} {wait} ({})", scene.hours(share.minutes)),
        reason: scene
            .language
            .pick(
                "Ring og aftal en tid; først så kan besøget planlægges.",
                "Call and agree on a time; only then can the visit be planned.",
            )
            .to_owned(),
        link: format!("{UNDELIVERED}#awaiting_agreement"),
    })
}

/// Where the search was cut short and more may be possible.
fn more_time(scene: &Scene<'_>) -> Option<Item> {
    let more = more_at_most(scene);
    if scene.planned.solved.status == Status::Optimal || more == Some(Minutes(0)) {
        return None;
    }
    Some(Item {
        title: scene.language.pick("Planlæg igen med mere tid", "Plan again with more time").to_owned(),
        reason: more.map_or_else(
            || super::overview::unproven(scene),
            |more| words::no_plan_delivers_more(more, scene.language),
        ),
        link: "#quality".to_owned(),
    })
}

fn released(scene: &Scene<'_>) -> Option<Item> {
    let released = &scene.planned.report.released;
    let minutes: Minutes = released.iter().map(|r| scene.problem.bookings[r.booking].span.length()).sum();
    let bookings = counted(scene, released.len(), ["booking", "bookinger"], ["booking", "bookings"]);
    let (danish, english) = (format!("{bookings} kan frigives"), format!("{bookings} can be released"));
    (!released.is_empty()).then(|| Item {
        title: format!("{} ({})", scene.language.pick(danish, english), words::duration(minutes, scene.language)),
        reason: scene
            .language
            .pick(
                "Hjælpen gives under afløsningen af en anden medarbejder, så tiden bliver fri.",
                "The help is given during the relief by another carer, so that the time becomes free.",
            )
            .to_owned(),
        link: format!("{NOTES}#releases"),
    })
}

fn new_faces(scene: &Scene<'_>, figures: &Figures) -> Option<Item> {
    let visits = scene.planned.solved.plan.visits().iter().filter(|visit| !is_familiar(scene, **visit)).count();
    let counted_visits = counted(scene, visits, ["besøg", "besøg"], ["visit", "visits"]);
    let shared = counted(scene, figures.shared_grants, ["bevilling", "bevillinger"], ["grant", "grants"]);
    let shared = match figures.shared_grants {
        0 => String::new(),
        _ => scene.language.pick(
            format!(" {shared} får besøg af flere forskellige i ugen."),
            format!(" {shared} shared by several carers in the week."),
        ),
    };
    let tell = scene.language.pick("Sig det til familierne i forvejen.", "Tell the families beforehand.");
    (visits > 0).then(|| Item {
        title: scene.language.pick(
            format!("{counted_visits} af en medarbejder, der er ny for familien"),
            format!("{counted_visits} by a carer who is new to the family"),
        ),
        reason: format!("{tell}{shared}"),
        link: format!("{NOTES}#new-faces"),
    })
}

fn warnings(scene: &Scene<'_>) -> Option<Item> {
    let warnings = counted(scene, scene.warnings.len(), ["advarsel", "advarsler"], ["warning", "warnings"]);
    (!scene.warnings.is_empty()).then(|| Item {
        title: scene.language.pick(format!("{warnings} fra indlæsningen"), format!("{warnings} from reading")),
        reason: scene
            .language
            .pick(
                "Planen er lavet trods dem; ret filerne, hvis de ikke siger det, der er ment.",
                "The plan was made in spite of them; mend the files if they do not say what is meant.",
            )
            .to_owned(),
        link: format!("{NOTES}#warnings"),
    })
}
