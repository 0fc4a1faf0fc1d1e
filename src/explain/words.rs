//! How answers speak of people, times and rules: in Danish and English, so that they can be read aloud.

use crate::diagnostic::Text;
use crate::ids::{CarerId, ClientId, GrantId, ProviderId};
use crate::language::Language;
use crate::plan::Terms;
use crate::problem::{Problem, Visit};
use crate::units::{Minutes, Points, Span};
use crate::words::{self as figures, Naming};

/// Speaks of one week.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub problem: &'a Problem,
    pub naming: Naming,
}

/// A text from what says it in either language.
pub(crate) fn both(say: impl Fn(Language) -> String) -> Text {
    Text::new(say(Language::Danish), say(Language::English))
}

impl Voice<'_> {
    /// A name with the id beside it where names are asked for and there is one; else the id with what it is the id of.
    fn call(&self, (kind, id): (&str, &str), name: Option<&String>) -> String {
        match (self.naming, name.filter(|name| !name.trim().is_empty())) {
            (Naming::Names, Some(name)) => format!("{name} ({id})"),
            _ => format!("{kind} {id}"),
        }
    }

    /// `medarbejder S012` or `Karen Lind (S012)`.
    pub fn carer(&self, carer: CarerId, language: Language) -> String {
        let row = &self.problem.carers[carer];
        self.call((language.pick("medarbejder", "carer"), &row.id), row.name.as_ref())
    }

    /// `S012` or `Karen Lind (S012)`: where it has been said that carers are meant.
    pub fn carer_alone(&self, carer: CarerId) -> String {
        let row = &self.problem.carers[carer];
        match (self.naming, &row.name) {
            (Naming::Names, Some(name)) if !name.trim().is_empty() => format!("{name} ({})", row.id),
            _ => row.id.clone(),
        }
    }

    /// The name alone, where names are asked for and there is one: what a family hears.
    pub fn carer_by_name(&self, carer: CarerId, language: Language) -> String {
        let name = self.problem.carers[carer].name.as_ref().filter(|name| !name.trim().is_empty());
        match (self.naming, name) {
            (Naming::Names, Some(name)) => name.clone(),
            _ => self.carer(carer, language),
        }
    }

    /// `medarbejder S012 (social- og sundhedsassistent, Omsorg)`, so that a planner knows who that is.
    pub fn carer_in_full(&self, carer: CarerId, language: Language) -> String {
        let row = &self.problem.carers[carer];
        let education = figures::qualification(row.qualification, language).to_lowercase();
        let more = format!("{education}, {}", self.provider(row.provider, language));
        beside(&self.carer(carer, language), &more)
    }

    /// `borger K031` or `Ellen Holm (K031)`.
    pub fn client(&self, client: ClientId, language: Language) -> String {
        let row = &self.problem.clients[client];
        self.call((language.pick("borger", "client"), &row.id), row.name.as_ref())
    }

    /// Providers are companies: their names are no secret.
    pub fn provider(&self, provider: ProviderId, language: Language) -> String {
        let row = &self.problem.providers[provider];
        match row.name.as_ref().filter(|name| !name.trim().is_empty()) {
            Some(name) => name.clone(),
            None => format!("{} {}", language.pick("udfører", "provider"), row.id),
        }
    }

    /// The client of a grant, with the service where the client has several grants.
    pub fn grant(&self, grant: GrantId, language: Language) -> String {
        let row = &self.problem.grants[grant];
        let of_client = self.problem.grants.values().iter().filter(|other| other.client == row.client).count();
        let client = self.client(row.client, language);
        if of_client == 1 { client } else { beside(&client, &self.which_grant(grant, language)) }
    }

    /// `Borger K031 (afløsning, højt behov, bevilling G031)`: what a paragraph begins with.
    pub fn grant_in_full(&self, grant: GrantId, language: Language) -> String {
        let row = &self.problem.grants[grant];
        let need = figures::need(row.need, language).to_lowercase();
        let more = format!("{}, {need}", self.which_grant(grant, language));
        capital(&beside(&self.client(row.client, language), &more))
    }

    fn which_grant(&self, grant: GrantId, language: Language) -> String {
        let row = &self.problem.grants[grant];
        let service = figures::service(row.service, language).to_lowercase();
        format!("{service}, {} {}", language.pick("bevilling", "grant"), row.id)
    }

    /// `tir. 24.11. kl. 10.00–11.30` or `Tue 24 Nov, 10:00–11:30`.
    pub fn time(&self, span: Span, language: Language) -> String {
        let Some(day) = span.start.day() else { return String::new() };
        let (date, times) = (figures::date(self.problem.week, day, language), figures::times(span, language));
        language.pick(format!("{date} kl. {times}"), format!("{date}, {times}"))
    }

    /// `tir. 24.11. kl. 10.00–11.30 med medarbejder S1`.
    pub fn visit(&self, visit: Visit, language: Language) -> String {
        let (time, carer) = (self.time(visit.span, language), self.carer(visit.carer, language));
        language.pick(format!("{time} med {carer}"), format!("{time} with {carer}"))
    }

    /// Several visits in one breath.
    pub fn visits(&self, visits: &[Visit], language: Language) -> String {
        let told: Vec<String> = visits.iter().map(|visit| self.visit(*visit, language)).collect();
        listed(&told, language)
    }
}

/// More about somebody: within the brackets that are there, or in some of its own.
fn beside(who: &str, more: &str) -> String {
    match who.strip_suffix(')') {
        Some(open) => format!("{open}, {more})"),
        None => format!("{who} ({more})"),
    }
}

/// The same with a capital letter to begin with.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `a, b og c`.
pub(crate) fn listed(items: &[String], language: Language) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} {} {last}", all.join(", "), language.pick("og", "and")),
    }
}

/// Minutes as they are said: `45 minutter`, `1,5 t`; what would have to be rounded in hours stands in hours and minutes.
pub(crate) fn spoken(minutes: Minutes, language: Language) -> String {
    let total = minutes.0.max(0);
    let of_minutes =
        |count: i32| figures::numbered(count as usize, ["minut", "minutter"], ["minute", "minutes"], language);
    match (total / 60, total % 60) {
        (1.., rest) if rest % 6 == 0 => figures::hours(Minutes(total), language),
        (2.., rest) => {
            let and = language.pick("og", "and");
            format!("{} {and} {}", figures::hours(Minutes(total - rest), language), of_minutes(rest))
        }
        _ => of_minutes(total),
    }
}

pub(crate) fn carers(count: usize, language: Language) -> String {
    figures::numbered(count, ["medarbejder", "medarbejdere"], ["carer", "carers"], language)
}

pub(crate) fn families(count: usize, language: Language) -> String {
    figures::numbered(count, ["familie", "familier"], ["family", "families"], language)
}

pub(crate) fn visits(count: usize, language: Language) -> String {
    figures::numbered(count, ["besøg", "besøg"], ["visit", "visits"], language)
}

pub(crate) fn points(points: Points, language: Language) -> String {
    let unit = language.pick("point", if points.0.abs() == 1 { "point" } else { "points" });
    format!("{} {unit}", figures::whole(points.0, language))
}

/// What a difference of points does to the plan: `840 point bedre`, `11 point dårligere`, `lige så god`.
pub(crate) fn better_or_worse(price: Points, language: Language) -> String {
    let told = points(Points(price.0.abs()), language);
    match price.0 {
        0 => language.pick("lige så god", "just as good").to_owned(),
        worse if worse > 0 => language.pick(format!("{told} dårligere"), format!("{told} worse")),
        _ => language.pick(format!("{told} bedre"), format!("{told} better")),
    }
}

/// The terms of a difference that are not 0: `ikke leveret +1.200, kørsel −8`.
pub(crate) fn terms(terms: Terms, language: Language) -> String {
    let named = figures::terms(&terms, language).into_iter();
    let told = named.filter(|(_, points)| points.0 != 0).map(|(name, points)| {
        let plus = if points.0 > 0 { "+" } else { "" };
        format!("{name} {plus}{}", figures::whole(points.0, language))
    });
    told.collect::<Vec<String>>().join(", ")
}

/// The same in brackets; nothing where no term differs.
pub(crate) fn terms_in_brackets(difference: Terms, language: Language) -> String {
    let told = terms(difference, language);
    if told.is_empty() { told } else { format!(" ({told})") }
}

/// How a list stands below its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In one paragraph, for a cell of a table.
    Paragraph,
    /// Each item on a line of its own.
    Lines,
    /// The same, with numbers.
    Numbered,
}

impl Layout {
    /// What stands between sentences that say different things.
    pub(crate) fn between(self) -> &'static str {
        if self == Layout::Paragraph { " " } else { "\n" }
    }
}

/// A sentence that ends with a colon or a full stop, and what it announces.
pub(crate) fn with_list(sentence: &str, items: &[String], layout: Layout) -> String {
    match layout {
        _ if items.is_empty() => sentence.to_owned(),
        Layout::Paragraph => format!("{sentence} {}.", items.join("; ")),
        Layout::Lines => {
            let lines = items.iter().map(|item| format!("\n  – {item}"));
            [sentence.to_owned()].into_iter().chain(lines).collect()
        }
        Layout::Numbered => {
            let lines = items.iter().zip(1..).map(|(item, number)| format!("\n  {number}. {item}"));
            [sentence.to_owned()].into_iter().chain(lines).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_said_as_people_say_them_and_never_rounded() {
        let said = |minutes| spoken(Minutes(minutes), Language::Danish);
        let expected = ["1 minut", "30 minutter", "75 minutter", "1,5 t", "2 t", "3,5 t", "2 t og 15 minutter"];
        assert_eq!([1, 30, 75, 90, 120, 210, 135].map(said), expected);
        assert_eq!(spoken(Minutes(61), Language::English), "61 minutes");
    }

    #[test]
    fn a_price_is_said_as_better_or_worse() {
        let said = |price| better_or_worse(Points(price), Language::Danish);
        assert_eq!([-1640, 1, 0].map(said), ["1.640 point bedre", "1 point dårligere", "lige så god"]);
    }

    #[test]
    fn lists_end_with_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&items, Language::English), "a, b and c");
        assert_eq!(listed(&items[..1], Language::Danish), "a");
    }

    #[test]
    fn only_terms_that_differ_are_told() {
        let difference = Terms { unmet: Points(1200), travel: Points(-8), ..Terms::default() };
        assert_eq!(terms(difference, Language::English), "undelivered +1,200, travel −8");
    }
}
