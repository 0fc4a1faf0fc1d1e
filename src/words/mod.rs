//! Words, dates and figures as a Danish or an English planner writes them, and the rules in words, with their sources.
//!
//! All that is made for people speaks like this: reports, answers to questions, and what the screen says.

pub(crate) mod clauses;
pub(crate) mod sources;

use chrono::{Datelike, NaiveDate};

use crate::calendar::{IsoWeek, public_holiday};
use crate::language::Language;
use crate::plan::Terms;
use crate::policy::Qualification;
use crate::problem::{Need, Service, Task, Transport};
use crate::rules::GrantState;
use crate::units::{Day, Minutes, Points, Span};

const DANISH_DAYS: [&str; 7] = ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."];
const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DANISH_LONG_DAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
const ENGLISH_LONG_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DANISH_MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const ENGLISH_LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ENGLISH_MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How people are called in what is made for reading. The files of the contract have ids whatever is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    #[default]
    Ids,
    /// Names and addresses as far as the week gives them; never a protected address.
    Names,
}

/// More minutes than these are told in hours.
const MINUTES_TOLD: Minutes = Minutes(120);

/// `man.` or `Mon`.
pub(crate) fn weekday(day: Day, language: Language) -> &'static str {
    language.pick(DANISH_DAYS, ENGLISH_DAYS)[usize::from(day.0)]
}

/// The whole name of a weekday given by its short one: `mandag` or `Monday`.
pub(crate) fn whole_weekday(short: &str, language: Language) -> &str {
    let days = language.pick(DANISH_DAYS, ENGLISH_DAYS);
    let at = days.iter().position(|day| *day == short);
    at.map_or(short, |at| language.pick(DANISH_LONG_DAYS, ENGLISH_LONG_DAYS)[at])
}

/// `man. 23.11.` or `Mon 23 Nov`.
pub(crate) fn date(week: IsoWeek, day: Day, language: Language) -> String {
    day_of(week.date(day), language)
}

/// A day of any week: `man. 23.11.` or `Mon 23 Nov`.
pub(crate) fn day_of(date: NaiveDate, language: Language) -> String {
    let weekday = language.pick(DANISH_DAYS, ENGLISH_DAYS)[date.weekday().num_days_from_monday() as usize];
    format!("{weekday} {}", day_and_month(date, language))
}

/// A date with its year: `23.11.2026` or `23 Nov 2026`.
pub(crate) fn full_date(date: NaiveDate, language: Language) -> String {
    let gap = language.pick("", " ");
    format!("{}{gap}{}", day_and_month(date, language), date.year())
}

/// `tirsdag den 24. november` or `Tuesday 24 November`.
pub(crate) fn long_date(week: IsoWeek, day: Day, language: Language) -> String {
    let (date, at) = (week.date(day), usize::from(day.0));
    let month = date.month0() as usize;
    match language {
        Language::Danish => format!("{} den {}. {}", DANISH_LONG_DAYS[at], date.day(), DANISH_MONTHS[month]),
        Language::English => format!("{} {} {}", ENGLISH_LONG_DAYS[at], date.day(), ENGLISH_LONG_MONTHS[month]),
    }
}

/// A time of day: `08.30` or `08:30`.
pub(crate) fn clock(time: Minutes, language: Language) -> String {
    let point = language.pick('.', ':');
    format!("{:02}{point}{:02}", time.0 / 60, time.0 % 60)
}

/// A time within its day: `08.30–10.00` or `08:30–10:00`; an end at midnight is 24.
pub(crate) fn times(span: Span, language: Language) -> String {
    let start = span.start.time_of_day();
    format!("{}–{}", clock(start, language), clock(start + span.length(), language))
}

/// A duration as it is said: `1 time og 30 minutter` or `1 hour and 30 minutes`.
pub(crate) fn duration(minutes: Minutes, language: Language) -> String {
    let [hours, rest] = [minutes.0 / 60, minutes.0 % 60].map(|part| usize::try_from(part).unwrap_or_default());
    let hours_said = || numbered(hours, ["time", "timer"], ["hour", "hours"], language);
    let rest_said = || numbered(rest, ["minut", "minutter"], ["minute", "minutes"], language);
    match (hours, rest) {
        (0, _) => rest_said(),
        (_, 0) => hours_said(),
        _ => format!("{} {} {}", hours_said(), language.pick("og", "and"), rest_said()),
    }
}

/// The date, and the holiday that falls on it.
pub(crate) fn date_and_holiday(week: IsoWeek, day: Day, language: Language) -> String {
    let date = date(week, day, language);
    match public_holiday(week.date(day)) {
        Some(holiday) => format!("{date} · {}", language.pick(holiday.danish, holiday.english)),
        None => date,
    }
}

fn day_and_month(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Danish => format!("{}.{}.", date.day(), date.month()),
        Language::English => format!("{} {}", date.day(), ENGLISH_MONTHS[date.month0() as usize]),
    }
}

/// `Uge 48 (23.11.–29.11.2026)` or `Week 48 (23 Nov – 29 Nov 2026)`.
pub(crate) fn week(week: IsoWeek, language: Language) -> String {
    format!("{} ({})", week_number(week, language), week_dates(week, language))
}

/// The text with a small letter first, as within a sentence.
pub(crate) fn lower(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

/// `Uge 48` or `Week 48`.
pub(crate) fn week_number(week: IsoWeek, language: Language) -> String {
    format!("{} {}", language.pick("Uge", "Week"), week.number())
}

/// `23.11.–29.11.2026` or `23 Nov – 29 Nov 2026`.
pub(crate) fn week_dates(week: IsoWeek, language: Language) -> String {
    let (monday, sunday) = (week.monday(), week.date(Day(6)));
    let [from, to] = [monday, sunday].map(|date| day_and_month(date, language));
    let year = sunday.year();
    let own_year = if monday.year() == year { String::new() } else { monday.year().to_string() };
    match language {
        Language::Danish => format!("{from}{own_year}–{to}{year}"),
        Language::English => {
            let gap = if own_year.is_empty() { "" } else { " " };
            format!("{from}{gap}{own_year} – {to} {year}")
        }
    }
}

/// Hours to a tenth: `117,5 t`, `1.905 t`, or `117.5 h`, `1,905 h`.
pub(crate) fn hours(minutes: Minutes, language: Language) -> String {
    format!("{} {}", hours_alone(minutes, language), language.pick("t", "h"))
}

/// Hours to a tenth without their unit: `117,5` or `117.5`.
pub(crate) fn hours_alone(minutes: Minutes, language: Language) -> String {
    let tenths = i64::from((minutes.0.abs() + 3) / 6);
    tenths_of(if minutes.0 < 0 { -tenths } else { tenths }, language)
}

/// A number of tenths: `1.905,5`, and `1.905` where there is none beside the whole.
fn tenths_of(tenths: i64, language: Language) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let all = whole(tenths.abs() / 10, language);
    match tenths.abs() % 10 {
        0 => format!("{sign}{all}"),
        tenth => format!("{sign}{all}{}{tenth}", language.pick(',', '.')),
    }
}

/// How much more any plan could deliver, rounded up where it is told in hours.
pub(crate) fn no_plan_delivers_more(more: Minutes, language: Language) -> String {
    if more == Minutes(0) {
        return language.pick("Ingen plan kan levere mere.", "No plan can deliver more.").to_owned();
    }
    let most = if more <= MINUTES_TOLD {
        let count = usize::try_from(more.0).unwrap_or_default();
        numbered(count, ["minut", "minutter"], ["minute", "minutes"], language)
    } else {
        let tenths = i64::from((more.0 + 5) / 6);
        format!("{} {}", tenths_of(tenths, language), language.pick("timer", "hours"))
    };
    language.pick(
        format!("Ingen plan kan levere mere end {most} mere."),
        format!("No plan can deliver more than {most} more."),
    )
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// A whole number: `1.905` or `1,905`.
pub(crate) fn whole(number: i64, language: Language) -> String {
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs(), language.pick('.', ',')))
}

/// A share of 0 to 1 in percent to a tenth, rounded down, so that only all of it is 100: `85,4 %` or `85.4%`.
pub(crate) fn share(share: f64, language: Language) -> String {
    let tenths = (share * 1000.0 + 1e-9).floor() as i64;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    language.pick(format!("{whole},{tenth} %"), format!("{whole}.{tenth}%"))
}

/// Weeks to a tenth: `7,5 uger`, `1 uge`, or `7.5 weeks`.
pub(super) fn weeks(weeks: f64, language: Language) -> String {
    let tenths = (weeks * 10.0).round() as i64;
    let unit = if tenths == 10 { language.pick("uge", "week") } else { language.pick("uger", "weeks") };
    format!("{} {unit}", tenths_of(tenths, language))
}

/// A share in whole percent, rounded down, so that only all of it is 100: `85 %` or `85%`.
pub(crate) fn percent(part: Minutes, whole: Minutes, language: Language) -> Option<String> {
    (whole > Minutes(0)).then(|| {
        let share = i64::from(part.0) * 100 / i64::from(whole.0);
        language.pick(format!("{share} %"), format!("{share}%"))
    })
}

pub(crate) fn qualification(qualification: Qualification, language: Language) -> &'static str {
    match qualification {
        Qualification::Untrained => language.pick("Ufaglært", "Untrained"),
        Qualification::Helper => language.pick("Social- og sundhedshjælper", "Social and health helper"),
        Qualification::Assistant => language.pick("Social- og sundhedsassistent", "Social and health assistant"),
        Qualification::Nurse => language.pick("Sygeplejerske", "Nurse"),
    }
}

/// As it stands beside a carer's id.
pub(crate) fn short_qualification(qualification: Qualification, language: Language) -> &'static str {
    match qualification {
        Qualification::Untrained => language.pick("ufagl.", "untr."),
        Qualification::Helper => language.pick("SSH", "helper"),
        Qualification::Assistant => language.pick("SSA", "assist."),
        Qualification::Nurse => language.pick("spl.", "nurse"),
    }
}

pub(crate) fn transport(transport: Transport, language: Language) -> &'static str {
    match transport {
        Transport::Car => language.pick("bil", "car"),
        Transport::Bike => language.pick("cykel", "bike"),
        Transport::Walk => language.pick("gang", "on foot"),
    }
}

pub(crate) fn service(service: Service, language: Language) -> &'static str {
    match service {
        Service::Relief => language.pick("Afløsning", "Relief"),
        Service::UrgentRelief => language.pick("Uopsættelig afløsning", "Urgent relief"),
        Service::PracticalRelief => language.pick("Praktisk afløsning", "Practical relief"),
    }
}

/// A booking's task; one that the files name otherwise keeps that name.
pub(crate) fn task(task: &Task, language: Language) -> String {
    let known = match task {
        Task::Care => language.pick("Personlig pleje", "Personal care"),
        Task::Practical => language.pick("Praktisk hjælp", "Practical help"),
        Task::Break => language.pick("Pause", "Break"),
        Task::Other(name) if name == "meeting" => language.pick("Møde", "Meeting"),
        Task::Other(name) if name.is_empty() => language.pick("Opgave", "Task"),
        Task::Other(name) => name,
    };
    known.to_owned()
}

pub(crate) fn need(need: Need, language: Language) -> &'static str {
    match need {
        Need::High => language.pick("Højt behov", "High need"),
        Need::Medium => language.pick("Middel behov", "Medium need"),
        Need::Low => language.pick("Lavt behov", "Low need"),
    }
}

/// The terms of a score by name.
pub(crate) fn terms(terms: &Terms, language: Language) -> [(&'static str, Points); 7] {
    [
        (language.pick("ikke leveret", "undelivered"), terms.unmet),
        (language.pick("nye medarbejdere", "new carers"), terms.new_carer),
        (language.pick("flere medarbejdere hos samme borger", "several carers for one client"), terms.extra_carer),
        (language.pick("uden for foretrukne tider", "outside preferred times"), terms.not_preferred),
        (language.pick("kørsel", "travel"), terms.travel),
        (language.pick("planlagt hjælp løst under besøget", "booked help done during the visit"), terms.absorbed),
        (language.pick("ændret i forhold til den udsendte plan", "changed from the published roster"), terms.changed),
    ]
}

/// Why something is due of a grant in the week, or not.
pub(crate) fn state(state: GrantState, language: Language) -> &'static str {
    match state {
        GrantState::Due => language.pick("Til levering", "Due"),
        GrantState::AwaitingAgreement => language.pick("Afventer aftale", "Awaiting agreement"),
        GrantState::Paused => language.pick("På pause", "Paused"),
        GrantState::NotEligible => language.pick("Opfylder ikke standarden", "Not eligible"),
        GrantState::NoPossibleDay => language.pick("Ingen mulig dag", "No possible day"),
    }
}

/// `1 besøg`, `1.200 medarbejdere`: a count with the words for one and for several in each language.
pub(crate) fn numbered(number: usize, danish: [&str; 2], english: [&str; 2], language: Language) -> String {
    let [one, several] = language.pick(danish, english);
    format!("{} {}", counted(number, language), if number == 1 { one } else { several })
}

/// How many: `1.200` or `1,200`.
pub(crate) fn counted(number: usize, language: Language) -> String {
    whole(i64::try_from(number).unwrap_or(i64::MAX), language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week_of(text: &str) -> IsoWeek {
        text.parse().expect("a week")
    }

    #[test]
    fn weeks_and_days_read_as_people_write_them() {
        let w48 = week_of("2026-W48");
        assert_eq!(week(w48, Language::Danish), "Uge 48 (23.11.–29.11.2026)");
        assert_eq!(week(w48, Language::English), "Week 48 (23 Nov – 29 Nov 2026)");
        assert_eq!(week(week_of("2026-W53"), Language::Danish), "Uge 53 (28.12.2026–3.1.2027)");
        assert_eq!(week(week_of("2026-W53"), Language::English), "Week 53 (28 Dec 2026 – 3 Jan 2027)");
        assert_eq!(date(w48, Day(5), Language::Danish), "lør. 28.11.");
        assert_eq!(date_and_holiday(week_of("2026-W14"), Day(3), Language::Danish), "tor. 2.4. · skærtorsdag");
    }

    #[test]
    fn words_fit_into_sentences() {
        assert_eq!(whole_weekday("tir.", Language::Danish), "tirsdag");
        assert_eq!(whole_weekday("Tue", Language::English), "Tuesday");
        assert_eq!(lower("Uge 48 (23.11.–29.11.2026)"), "uge 48 (23.11.–29.11.2026)");
        assert_eq!(lower(""), "");
    }

    #[test]
    fn hours_are_rounded_to_tenths() {
        let danish = |minutes| hours(Minutes(minutes), Language::Danish);
        assert_eq!([90, 60, 0, 7, -30].map(danish), ["1,5 t", "1 t", "0 t", "0,1 t", "−0,5 t"]);
        assert_eq!(danish(114_300), "1.905 t");
        assert_eq!(hours(Minutes(114_330), Language::English), "1,905.5 h");
        assert_eq!(danish(-2), "0 t");
    }

    #[test]
    fn weeks_are_rounded_to_tenths() {
        let danish = |number| weeks(number, Language::Danish);
        assert_eq!([0.0, 1.0, 7.46, 52.0].map(danish), ["0 uger", "1 uge", "7,5 uger", "52 uger"]);
        assert_eq!(weeks(1.5, Language::English), "1.5 weeks");
    }

    #[test]
    fn what_could_be_delivered_more_is_never_said_to_be_less() {
        let said = |minutes| no_plan_delivers_more(Minutes(minutes), Language::English);
        assert_eq!(said(0), "No plan can deliver more.");
        assert_eq!(said(40), "No plan can deliver more than 40 minutes more.");
        assert_eq!(said(121), "No plan can deliver more than 2.1 hours more.");
        let danish = no_plan_delivers_more(Minutes(750), Language::Danish);
        assert_eq!(danish, "Ingen plan kan levere mere end 12,5 timer mere.");
        assert_eq!(said(60_000), "No plan can deliver more than 1,000 hours more.");
    }

    #[test]
    fn times_and_durations_are_those_of_the_language() {
        let morning = Span::new(Day(1).at(Minutes(510)), Day(1).at(Minutes(600)));
        assert_eq!(times(morning, Language::Danish), "08.30–10.00");
        assert_eq!(times(morning, Language::English), "08:30–10:00");
        let late = Span::new(Day(6).at(Minutes(1380)), Day(6).at(Minutes(1440)));
        assert_eq!(times(late, Language::Danish), "23.00–24.00");
        assert_eq!(long_date(week_of("2026-W48"), Day(1), Language::Danish), "tirsdag den 24. november");
        assert_eq!(long_date(week_of("2026-W48"), Day(1), Language::English), "Tuesday 24 November");
        let said = |minutes| duration(Minutes(minutes), Language::Danish);
        assert_eq!(
            [60, 90, 121, 45, 0].map(said),
            ["1 time", "1 time og 30 minutter", "2 timer og 1 minut", "45 minutter", "0 minutter"]
        );
    }

    #[test]
    fn counts_have_a_separator_between_thousands() {
        let danish = |number| numbered(number, ["besøg", "besøg"], ["visit", "visits"], Language::Danish);
        assert_eq!(
            [0, 1, 999, 1000, 1_234_567].map(danish),
            ["0 besøg", "1 besøg", "999 besøg", "1.000 besøg", "1.234.567 besøg"]
        );
        assert_eq!(numbered(1, ["besøg", "besøg"], ["visit", "visits"], Language::English), "1 visit");
        assert_eq!(numbered(5_000_000_000, ["a", "b"], ["c", "d"], Language::English), "5,000,000,000 d");
        assert_eq!(whole(-1_200, Language::Danish), "−1.200");
    }

    #[test]
    fn only_the_whole_is_a_hundred_percent() {
        assert_eq!(percent(Minutes(999), Minutes(1000), Language::Danish).as_deref(), Some("99 %"));
        assert_eq!(percent(Minutes(0), Minutes(0), Language::English), None);
    }
}
