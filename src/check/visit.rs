//! The rules that are asked of every visit by itself.

use super::facts::Facts;
use super::finding::Fault;
use super::grant::{is_adult_enough, is_stay_tried_enough};
use super::roster::Listed;
use super::{serving, timing};
use crate::diagnostic::Text;
use crate::language::Language;
use crate::units::Minutes;
use crate::words;

/// One rule's word on one visit.
type Rule = fn(&Facts, &Listed) -> Option<Fault>;

const RULES: [Rule; 18] = [
    timing::valid_dates,
    adult,
    stay_tried,
    positive_length,
    allowed_length,
    timing::open_day,
    timing::daytime,
    timing::urgent_needs_agreement,
    timing::wished,
    timing::not_impossible,
    timing::client_present,
    serving::provider,
    serving::relief_education,
    serving::complex_education,
    serving::not_avoided,
    serving::on_the_grid,
    serving::carer_present,
    serving::in_a_shift,
];

/// Every rule that the visit breaks by itself.
pub(super) fn faults(facts: &Facts, listed: &Listed) -> impl Iterator<Item = Fault> {
    RULES.iter().filter_map(|rule| rule(facts, listed))
}

/// H1: the client is an adult where the policy asks for it.
fn adult(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let expected = || Text::new("en voksen borger", "an adult client");
    let got = || Text::new("borgeren er under 18 år", "the client is under 18");
    (!is_adult_enough(facts.problem, listed.visit.grant)).then(|| Fault::new("H1", expected(), got()))
}

/// H1: a stay outside the home was tried where the policy asks for it.
fn stay_tried(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let expected = || Text::new("et ophold uden for hjemmet er afprøvet", "a stay outside the home was tried");
    let got = || Text::new("det er ikke afprøvet", "it was not tried");
    (!is_stay_tried_enough(facts.problem, listed.visit.grant)).then(|| Fault::new("H1", expected(), got()))
}

/// H2: a visit takes time.
fn positive_length(_: &Facts, listed: &Listed) -> Option<Fault> {
    let length = listed.visit.span.length();
    let expected = || Text::new("mindst 1 minut", "at least 1 minute");
    (length <= Minutes(0)).then(|| Fault::new("H2", expected(), minutes(length)))
}

/// H2: without a split, a visit is long enough and a multiple of the step, or delivers the whole grant in one go.
fn allowed_length(facts: &Facts, listed: &Listed) -> Option<Fault> {
    let grant = listed.visit.grant;
    let (standard, length) = (facts.problem.standard(grant), listed.visit.span.length());
    let (least, step, whole) = (standard.visit_minutes_min, standard.visit_minutes_step, facts.grants[grant].minutes);
    let allowed = length >= least && length.0 % step.0 == 0;
    if facts.problem.grants[grant].split.is_some() || allowed || length == whole {
        return None;
    }
    let expected = Text::new(
        format!("mindst {least} minutter i trin à {step}, eller hele bevillingens {whole}"),
        format!("at least {least} minutes in steps of {step}, or all {whole} of the grant"),
    );
    Some(Fault::new("H2", expected, minutes(length)))
}

/// The minutes that a week's visits come to at most.
pub(super) fn at_most(most: Minutes) -> Text {
    let Text { danish, english } = minutes(most);
    Text::new(format!("højst {danish} i ugen"), format!("at most {english} in the week"))
}

/// A number of minutes in words.
pub(super) fn minutes(minutes: Minutes) -> Text {
    let said = |language| words::whole(minutes.0.into(), language);
    Text::new(format!("{} minutter", said(Language::Danish)), format!("{} minutes", said(Language::English)))
}
