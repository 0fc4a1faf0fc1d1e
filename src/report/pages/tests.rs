//! Pages of made-up weeks: figures that add up, names only where they are asked for, and weeks of unusual shape.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::figures::Figures;
use super::{FAMILIES, OVERVIEW, SHEETS, Scene, UNDELIVERED, files, first};
use crate::check::check_plan;
use crate::explain::{self, Clock, GrantVerdict, Layout, Subject, Voice, written};
use crate::generate::{Bookings, District, Manners, Spec, generate, long_days, tiny};
use crate::language::Language;
use crate::pipeline::{self, Hours, Limits, Planned, Watch};
use crate::plan::{Plan, Solved, Status};
use crate::problem::Problem;
use crate::report::reasons::Reasons;
use crate::report::{Naming, Outcome, Reports, Run};
use crate::rules::Rulebook;
use crate::solve::{Options, Snapshot};
use crate::tables::Tables;
use crate::units::{Minutes, Points};

const LANGUAGES: [Language; 2] = [Language::Danish, Language::English];
const NAMINGS: [Naming; 2] = [Naming::Ids, Naming::Names];
const RUN: Run = Run { seconds: 1.0, seed: 0, effort: None, time_limit: None };

/// Looks on in silence.
struct Nobody;

impl Watch for Nobody {
    fn look(&mut self, _: &Snapshot) {}

    fn wants_end(&self) -> bool {
        false
    }
}

fn planned(tables: &Tables) -> Planned {
    let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
    let options = Options { effort: Some(0), ..Options::default() };
    let limits = Limits { options, hours: Hours::Unbounded, ..Limits::default() };
    pipeline::plan(problem, limits, &mut Nobody).expect("the plan keeps the rules")
}

/// The same week with nothing but its pins.
fn without_visits(tables: &Tables) -> Planned {
    let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
    let plan = Plan::new(&problem, []);
    let report = check_plan(&problem, &plan);
    let solved = Solved { plan, terms: report.terms, bound: None, status: Status::Interrupted };
    let book = Arc::new(Rulebook::of(&problem));
    let (proof, undelivered_bound, searches) = (None, None, Vec::new());
    Planned { problem: Arc::new(problem), book, solved, proof, report, undelivered_bound, searches }
}

/// Something with all that pages show.
fn small() -> Tables {
    generate(&Spec { bookings: Bookings::Dense, pins: 4, ..Spec::ballerup(24, 7) })
}

/// Calls with what pages are made of.
fn outcome<R>(planned: &Planned, language: Language, look: impl FnOnce(&Outcome<'_>, &Reasons<'_>) -> R) -> R {
    explained((planned, None), language, look)
}

/// The same with verdicts.
fn explained<R>(
    (planned, verdicts): (&Planned, Option<&[GrantVerdict]>),
    language: Language,
    look: impl FnOnce(&Outcome<'_>, &Reasons<'_>) -> R,
) -> R {
    let (inputs, reports) = (BTreeMap::new(), Reports::LeftOut);
    let (warnings, published) = (&[], &[]);
    let outcome =
        Outcome { planned, warnings, inputs: &inputs, sources: &[], run: &RUN, published, language, reports, verdicts };
    look(&outcome, &Reasons::of(planned, verdicts.unwrap_or_default()))
}

fn scene<R>(planned: &Planned, look: impl FnOnce(&Scene<'_>) -> R) -> R {
    outcome(planned, Language::English, |outcome, reasons| look(&Scene::of(outcome, reasons, Naming::Ids)))
}

/// The pages as text, by file name.
fn pages(planned: &Planned, language: Language, naming: Naming) -> BTreeMap<String, String> {
    let pages = outcome(planned, language, |outcome, reasons| files(outcome, reasons, naming));
    let text = |(name, bytes)| (name, String::from_utf8(bytes).expect("pages are UTF-8"));
    pages.expect("the templates are sound").into_iter().map(text).collect()
}

/// What of a page can be read: no tags, and nothing of what stands in them.
fn readable(page: &str) -> String {
    let body = page.split_once("<body").expect("a body").1.split("<script").next().expect("a part");
    let outside_tags = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside_tags.collect::<Vec<&str>>().join(" ")
}

#[test]
fn the_shares_of_what_was_granted_add_up() {
    for seed in 0..40 {
        let planned = planned(&tiny(seed, Manners::Plain));
        scene(&planned, |scene| {
            let figures = Figures::of(scene);
            let cut: Minutes = planned
                .problem
                .grants
                .iter()
                .filter(|(id, _)| planned.report.grants[*id].due > Minutes(0))
                .map(|(id, grant)| grant.weekly_minutes - planned.report.grants[id].due)
                .sum();
            let parts = [&figures.due, &figures.paused, &figures.awaiting, &figures.otherwise_not_due];
            let sum: Minutes = parts.iter().map(|share| share.minutes).sum();
            assert_eq!(figures.granted.minutes, sum + cut, "seed {seed}");
            assert_eq!(figures.granted.grants, parts.iter().map(|share| share.grants).sum::<usize>(), "seed {seed}");
            assert_eq!(figures.undelivered.minutes, planned.report.undelivered_minutes(), "seed {seed}");
            assert_eq!(figures.visits, planned.report.visits, "seed {seed}");
            let weights = &planned.problem.policy.weights;
            let new = i64::try_from(figures.visits - figures.familiar_visits).expect("few visits");
            assert_eq!(planned.report.terms.new_carer, weights.new_carer * new, "seed {seed}");
        });
    }
}

#[test]
fn at_most_ten_things_are_to_be_looked_at_and_what_is_missing_most_comes_before_what_is_missing_less() {
    let planned = without_visits(&small());
    scene(&planned, |scene| {
        let items = first::items(scene, &Figures::of(scene));
        assert_eq!(items.len(), 10);
        let missing: Vec<&str> = items.iter().filter_map(|item| item.link.strip_prefix("undelivered.html#g")).collect();
        assert!(missing.len() > 4);
        let points = |at: &&str| {
            let grant = crate::ids::Id::from_index(at.parse().expect("a position"));
            planned.book.grants[grant].unmet_weight * planned.report.grants[grant].due
        };
        assert!(missing.is_sorted_by_key(|at| std::cmp::Reverse(points(at))), "{missing:?}");
    });
}

#[test]
fn more_time_comes_first_where_the_plan_may_be_far_from_good() {
    let mut planned = without_visits(&small());
    planned.solved.status = Status::Stopped;
    planned.undelivered_bound = None;
    let score = planned.solved.terms.score();
    let again = |planned: &Planned| {
        let page = &pages(planned, Language::Danish, Naming::Ids)[OVERVIEW];
        let at = scene(planned, |scene| {
            let items = first::items(scene, &Figures::of(scene));
            items.iter().position(|item| item.link == "#quality")
        });
        (at, page.contains("kan planen måske blive lidt bedre"))
    };
    for bound in [None, Some(Points(score.0 / 2))] {
        planned.solved.bound = bound;
        assert_eq!(again(&planned), (Some(0), false), "{bound:?}");
    }
    planned.solved.bound = Some(score - Points(1));
    let (at, a_little) = again(&planned);
    assert!(at > Some(4) && a_little, "{at:?}");
}

#[test]
fn without_names_no_page_says_who_anybody_is_or_where_they_live() {
    let planned = planned(&small());
    let names = planned.problem.clients.values().iter().flat_map(|client| [&client.name, &client.address]);
    let names: BTreeSet<&str> = names
        .chain(planned.problem.carers.values().iter().map(|carer| &carer.name))
        .filter_map(Option::as_deref)
        .collect();
    assert!(names.len() > 40);
    for (page, text) in pages(&planned, Language::Danish, Naming::Ids) {
        for name in &names {
            assert!(!text.contains(name), "{page}: {name}");
        }
    }
}

#[test]
fn with_names_everybody_is_named_and_a_protected_address_is_still_not_given() {
    let mut tables = small();
    for (at, client) in tables.clients.iter_mut().enumerate() {
        client.row.protected_address = at % 2 == 0;
        client.row.address = Some(format!("Testvej {at}x, 2750 Ballerup"));
    }
    let planned = planned(&tables);
    for language in LANGUAGES {
        let pages = pages(&planned, language, Naming::Names);
        for (id, client) in planned.problem.clients.iter() {
            let address = client.address.as_deref().expect("it was given");
            let found = pages.iter().find(|(_, text)| text.contains(address)).map(|(page, _)| page);
            assert!(!client.protected_address || found.is_none(), "{found:?} gives {address}");
            let has_grant = planned.problem.grants.values().iter().any(|grant| grant.client == id);
            assert!(client.protected_address || !has_grant || pages[FAMILIES].contains(address), "{address}");
        }
        let protected = language.pick("Beskyttet adresse", "Protected address");
        assert!(pages[SHEETS].contains(protected));
        assert!(!readable(&pages[FAMILIES]).contains(protected), "a family knows where it lives");
    }
}

#[test]
fn families_read_no_ids_codes_or_rules_where_they_are_named() {
    for planned in [planned(&small()), without_visits(&small())] {
        for language in LANGUAGES {
            let text = readable(&pages(&planned, language, Naming::Names)[FAMILIES]);
            let ids = planned.problem.clients.values().iter().map(|client| &client.id);
            let ids = ids.chain(planned.problem.carers.values().iter().map(|carer| &carer.id));
            for id in ids.chain(planned.problem.grants.values().iter().map(|grant| &grant.id)) {
                assert!(!text.contains(id.as_str()), "{id}");
            }
            for jargon in ["[B]", "[K]", "policy.toml", "cap_to_standard", "point", "lofter", "H5"] {
                assert!(!text.contains(jargon), "{jargon}");
            }
        }
    }
}

#[test]
fn pages_of_families_without_a_name_are_not_called_ready_to_send() {
    let mut tables = small();
    let ready = |tables: &Tables, naming| {
        let text = readable(&pages(&without_visits(tables), Language::Danish, naming)[FAMILIES]);
        [text.contains("klar til at sende"), text.contains("Familier uden navn")]
    };
    assert_eq!(ready(&tables, Naming::Names), [true, false]);
    assert_eq!(ready(&tables, Naming::Ids), [false, false]);
    tables.clients[0].row.name = None;
    assert_eq!(ready(&tables, Naming::Names), [false, true]);
}

#[test]
fn every_undelivered_grant_stands_once_with_its_reason_and_a_rule() {
    let planned = without_visits(&small());
    let text = &pages(&planned, Language::Danish, Naming::Ids)[UNDELIVERED];
    let grants = planned.problem.grants.iter();
    let less = grants.filter(|(id, grant)| planned.report.grants[*id].delivered < grant.weekly_minutes);
    let less: Vec<_> = less.collect();
    assert_eq!(text.matches("<tr id=\"g").count(), less.len());
    for (id, grant) in less {
        let reason = outcome(&planned, Language::Danish, |_, reasons| reasons.of_grant(id));
        let escaped = minijinja::HtmlEscape(&reason.words.danish).to_string();
        let row = text.split("<tr id=\"g").find(|row| row.contains(&format!("<td>{}<br>", grant.id)));
        let row = row.unwrap_or_else(|| panic!("{} has no row", grant.id));
        assert!(row.contains(&escaped) && row.contains("href=\"#rule-"), "{row}");
    }
}

#[test]
fn weeks_of_unusual_shape_have_all_their_pages() {
    let mut nothing = small();
    nothing.shifts.clear();
    nothing.grants.clear();
    nothing.wishes.clear();
    nothing.pins.clear();
    nothing.bookings.clear();
    let mut nobody = small();
    nobody.shifts.clear();
    nobody.pins.clear();
    nobody.bookings.clear();
    let mut long = small();
    long.clients.iter_mut().for_each(|client| client.row.name = Some("Æ".repeat(300)));
    let district = District {
        carers: Some(60),
        private_providers: 0,
        ..District::with_standard("Åbjerg", "", long_days()).of_size(80)
    };
    let spec = Spec::new("2026-W53".parse().expect("a week"), 3, vec![district]);
    let crowded = generate(&Spec { bookings: Bookings::Dense, pins: 10, ..spec });
    for (tables, said) in
        [(nothing, Some("Ugen har ingen bevillinger")), (nobody, Some("får intet af")), (long, None), (crowded, None)]
    {
        for planned in [without_visits(&tables), planned(&tables)] {
            for naming in NAMINGS {
                let pages = pages(&planned, Language::Danish, naming);
                assert_eq!(pages.len(), 6);
                assert!(said.is_none_or(|said| pages[OVERVIEW].contains(said)), "{said:?}");
                for (name, page) in &pages {
                    let filters = page.contains("class=\"filters\"");
                    assert!(!filters || page.contains("data-item"), "{name} has filters and nothing to filter");
                }
            }
        }
    }
}

#[test]
fn the_overview_stays_small_however_much_there_is() {
    let mut tables = small();
    let provider = tables.providers[0].clone();
    for number in 0..200 {
        let mut copy = provider.clone();
        copy.row.provider_id = format!("{}-{number}", copy.row.provider_id);
        tables.providers.push(copy);
    }
    let page = &pages(&without_visits(&tables), Language::Danish, Naming::Names)[OVERVIEW];
    assert!(page.len() < 300_000, "{} bytes", page.len());
}

#[test]
fn undelivered_hours_show_what_was_found_out_where_it_was_asked() {
    let planned = without_visits(&small());
    let subject = Subject::of_planned(&planned);
    let clock = Clock { effort: Some(1), ..Clock::default() };
    let verdicts = explain::verdicts(&subject, clock);
    assert!(!verdicts.is_empty(), "nothing is delivered");
    let show = |verdicts| {
        let shown = explained((&planned, verdicts), Language::English, |outcome, reasons| {
            let pages = files(outcome, reasons, Naming::Ids).expect("the templates are sound");
            pages.into_iter().find(|(name, _)| name == UNDELIVERED).expect("the page").1
        });
        readable(&String::from_utf8(shown).expect("pages are UTF-8")).replace("&#x2f;", "/")
    };
    let (asked, not_asked) = (show(Some(&verdicts)), show(None));
    let voice = Voice { problem: &planned.problem, naming: Naming::Ids };
    for verdict in &verdicts {
        let told = written::told(voice, verdict, Layout::Lines).english;
        let start = told.lines().next().expect("a sentence");
        assert!(asked.contains(start), "{start}");
        assert!(!not_asked.contains("due this week"));
    }
}
