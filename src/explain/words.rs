//! How answers speak of people, times and rules: in Danish and English, so that they can be read aloud.

use crate::diagnostic::Text;
use crate::ids::{CarerId, ClientId, GrantId, ProviderId};
use crate::language::Language;
use crate::plan::Terms;
use crate::problem::{Problem, Service, Visit};
use crate::rules::GrantRules;
use crate::units::{Day, Minutes, Points, Span, clock};
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
    fn call(&self, id: &str, name: Option<&String>) -> String {
        match (self.naming, name) {
            (Naming::Names, Some(name)) => format!("{name} ({id})"),
            _ => id.to_owned(),
        }
    }

    pub fn carer(&self, carer: CarerId) -> String {
        let row = &self.problem.carers[carer];
        self.call(&row.id, row.name.as_ref())
    }

    pub fn client(&self, client: ClientId) -> String {
        let row = &self.problem.clients[client];
        self.call(&row.id, row.name.as_ref())
    }

    /// Providers are companies: their names are no secret.
    pub fn provider(&self, provider: ProviderId) -> String {
        let row = &self.problem.providers[provider];
        let name = row.name.as_ref().filter(|name| **name != row.id);
        name.map_or_else(|| row.id.clone(), |name| format!("{name} ({})", row.id))
    }

    /// The client of a grant, with the service where the client has several grants.
    pub fn grant(&self, grant: GrantId, language: Language) -> String {
        let row = &self.problem.grants[grant];
        let of_client = self.problem.grants.values().iter().filter(|other| other.client == row.client).count();
        let client = self.client(row.client);
        if of_client == 1 { client } else { format!("{client}, {} {}", service(row.service, language), row.id) }
    }

    /// `tirsdag 24.11. kl. 10:00–11:30` or `Tuesday 24 Nov, 10:00–11:30`.
    pub fn time(&self, span: Span, language: Language) -> String {
        let Some(day) = span.start.day() else { return String::new() };
        let start = span.start.time_of_day();
        let (from, to) = (clock(start), clock(start + span.length()));
        let date = self.day(day, language);
        language.pick(format!("{date} kl. {from}–{to}"), format!("{date}, {from}–{to}"))
    }

    /// `tirsdag 24.11.` or `Tuesday 24 Nov`.
    pub fn day(&self, day: Day, language: Language) -> String {
        let date = figures::date(self.problem.week, day, language);
        let rest = date.split_once(' ').map_or("", |(_, rest)| rest);
        format!("{} {rest}", weekday(day, language))
    }

    /// `tirsdag 24.11. kl. 10:00–11:30 med S1`.
    pub fn visit(&self, visit: Visit, language: Language) -> String {
        let (time, carer) = (self.time(visit.span, language), self.carer(visit.carer));
        language.pick(format!("{time} med {carer}"), format!("{time} with {carer}"))
    }

    /// Several visits in one breath.
    pub fn visits(&self, visits: &[Visit], language: Language) -> String {
        let told: Vec<String> = visits.iter().map(|visit| self.visit(*visit, language)).collect();
        listed(&told, language)
    }
}

/// `a, b og c`.
pub(crate) fn listed(items: &[String], language: Language) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} {} {last}", all.join(", "), language.pick("og", "and")),
    }
}

pub(crate) fn weekday(day: Day, language: Language) -> &'static str {
    const DANISH: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
    const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    language.pick(DANISH, ENGLISH)[usize::from(day.0)]
}

fn service(service: Service, language: Language) -> &'static str {
    match service {
        Service::Relief => language.pick("afløsning", "relief"),
        Service::UrgentRelief => language.pick("uopsættelig afløsning", "urgent relief"),
        Service::PracticalRelief => language.pick("praktisk hjælp", "practical relief"),
    }
}

/// Minutes as they are said: `90 minutter`, `3 timer`, `3 timer og 30 minutter`.
pub(crate) fn spoken(minutes: Minutes, language: Language) -> String {
    let of_minutes =
        |count: i32| figures::count(count as usize, language.pick(["minut", "minutter"], ["minute", "minutes"]));
    let total = minutes.0.max(0);
    let (hours, rest) = (total / 60, total % 60);
    let of_hours = || figures::count(hours as usize, language.pick(["time", "timer"], ["hour", "hours"]));
    match (hours, rest) {
        _ if total < 120 => of_minutes(total),
        (_, 0) => of_hours(),
        _ => format!("{} {} {}", of_hours(), language.pick("og", "and"), of_minutes(rest)),
    }
}

/// Many hours in short: `117,5 t`.
pub(crate) fn hours(minutes: Minutes, language: Language) -> String {
    figures::hours(minutes, language)
}

pub(crate) fn carers(count: usize, language: Language) -> String {
    figures::count(count, language.pick(["medarbejder", "medarbejdere"], ["carer", "carers"]))
}

pub(crate) fn families(count: usize, language: Language) -> String {
    figures::count(count, language.pick(["familie", "familier"], ["family", "families"]))
}

pub(crate) fn visits(count: usize, language: Language) -> String {
    figures::count(count, language.pick(["besøg", "besøg"], ["visit", "visits"]))
}

pub(crate) fn points(points: Points, language: Language) -> String {
    let unit = language.pick("point", if points.0.abs() == 1 { "point" } else { "points" });
    format!("{} {unit}", points.0.to_string().replace('-', "−"))
}

/// The terms of a difference that are not 0: `ikke leveret +1200, kørsel −8`.
pub(crate) fn terms(terms: Terms, language: Language) -> String {
    let named = [
        (terms.unmet, ["ikke leveret", "undelivered"]),
        (terms.new_carer, ["nye medarbejdere", "new carers"]),
        (terms.extra_carer, ["flere medarbejdere i samme hjem", "several carers in one home"]),
        (terms.not_preferred, ["uden for foretrukne tider", "outside preferred times"]),
        (terms.travel, ["transport", "travel"]),
        (terms.absorbed, ["planlagt hjælp gjort undervejs", "booked help done on the way"]),
        (terms.changed, ["ændret i forhold til den udsendte plan", "changed from the published roster"]),
    ];
    let told = named.into_iter().filter(|(points, _)| points.0 != 0);
    let told = told.map(|(points, [danish, english])| format!("{} {:+}", language.pick(danish, english), points.0));
    told.map(|text| text.replace('-', "−")).collect::<Vec<String>>().join(", ")
}

pub(crate) fn clause_of_hours() -> Text {
    Text::new(
        "ligger uden for bevillingens dage og dagtimerne ([B] »på hverdage«, »i dagtimerne«; klokkeslættene er en antagelse)",
        "lie outside the grant's days and the daytime ([B] »på hverdage«, »i dagtimerne«; the hours are an assumption)",
    )
}

pub(crate) fn clause_of_wishes(problem: &Problem, grant: GrantId) -> Text {
    if problem.standard(grant).requires_agreement {
        return Text::new(
            "ligger uden for de tider, der er aftalt med familien ([K] »efter forudgående konkret aftale«)",
            "lie outside the times agreed with the family ([K] »efter forudgående konkret aftale«)",
        );
    }
    Text::new(
        "ligger uden for de tider, familien har aftalt eller ønsket (en antagelse)",
        "lie outside the times that the family agreed or asked for (an assumption)",
    )
}

pub(crate) fn clause_of_presence() -> Text {
    Text::new(
        "ligger, mens borgeren ikke er hjemme (på ophold og hospital holder bevillingen pause, [B]; ellers en antagelse)",
        "lie while the client is not at home (on a stay and in hospital the grant pauses, [B]; else an assumption)",
    )
}

pub(crate) fn clause_of_days() -> Text {
    Text::new(
        "ligger på dage, hvor faste besøg udelukker flere ([B] »fordelt på 1-2 gange ugentligt«; dage imellem er en antagelse)",
        "lie on days on which fixed visits rule out more ([B] »fordelt på 1-2 gange ugentligt«; days apart are an assumption)",
    )
}

pub(crate) fn clause_of_absence() -> Text {
    Text::new("ligger, mens medarbejderen selv er væk (en antagelse)", "lie while the carer is away (an assumption)")
}

pub(crate) fn clause_of_work() -> Text {
    Text::new(
        "er optaget af planlagt arbejde eller faste besøg (en antagelse; faste besøg er planlæggerens ord)",
        "are taken by booked work or fixed visits (an assumption; fixed visits are the planner's word)",
    )
}

/// Free time that is left: too little, or in pieces too short for a visit with the way there and back and the break.
pub(crate) fn clause_of_gaps(rules: &GrantRules) -> Text {
    let shortest = rules.lengths.each.first().copied().unwrap_or(rules.minutes);
    both(|language| {
        let shortest = spoken(shortest, language);
        language.pick(
            format!(
                "er ledige, når familien kan få besøg; men et besøg tager mindst {shortest} og skal rummes sammen med \
                 transport, pause og lofter (antagelser)"
            ),
            format!(
                "are free while the family may be visited; but a visit takes at least {shortest} and has to fit with \
                 travel, break and caps (assumptions)"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_said_as_people_say_them() {
        let said = |minutes| spoken(Minutes(minutes), Language::Danish);
        assert_eq!([1, 90, 120, 210].map(said), ["1 minut", "90 minutter", "2 timer", "3 timer og 30 minutter"]);
        assert_eq!(spoken(Minutes(61), Language::English), "61 minutes");
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
        assert_eq!(terms(difference, Language::English), "undelivered +1200, travel −8");
    }
}
