//! Words, dates and figures as a Danish or an English planner writes them.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{IsoWeek, public_holiday};
use crate::language::Language;
use crate::policy::Qualification;
use crate::problem::Need;
use crate::units::{Day, Minutes};

const DANISH_DAYS: [&str; 7] = ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."];
const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const ENGLISH_MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `man.` or `Mon`.
pub(crate) fn weekday(day: Day, language: Language) -> &'static str {
    language.pick(DANISH_DAYS, ENGLISH_DAYS)[usize::from(day.0)]
}

/// `man. 23.11.` or `Mon 23 Nov`.
pub(crate) fn date(week: IsoWeek, day: Day, language: Language) -> String {
    format!("{} {}", weekday(day, language), day_and_month(week.date(day), language))
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
    let (monday, sunday) = (week.monday(), week.date(Day(6)));
    let [from, to] = [monday, sunday].map(|date| day_and_month(date, language));
    let (number, year) = (week.number(), sunday.year());
    let own_year = if monday.year() == year { String::new() } else { monday.year().to_string() };
    match language {
        Language::Danish => format!("Uge {number} ({from}{own_year}–{to}{year})"),
        Language::English => {
            let gap = if own_year.is_empty() { "" } else { " " };
            format!("Week {number} ({from}{gap}{own_year} – {to} {year})")
        }
    }
}

/// Hours to a tenth: `117,5 t`, `1.905 t`, or `117.5 h`, `1,905 h`.
pub(crate) fn hours(minutes: Minutes, language: Language) -> String {
    let (point, thousands, unit) = language.pick((',', '.', "t"), ('.', ',', "h"));
    let tenths = (minutes.0.abs() + 3) / 6;
    let sign = if minutes.0 < 0 && tenths > 0 { "−" } else { "" };
    let whole = grouped(tenths / 10, thousands);
    match tenths % 10 {
        0 => format!("{sign}{whole} {unit}"),
        tenth => format!("{sign}{whole}{point}{tenth} {unit}"),
    }
}

fn grouped(number: i32, separator: char) -> String {
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

pub(crate) fn need(need: Need, language: Language) -> &'static str {
    match need {
        Need::High => language.pick("Højt behov", "High need"),
        Need::Medium => language.pick("Middel behov", "Medium need"),
        Need::Low => language.pick("Lavt behov", "Low need"),
    }
}

/// `1 besøg`, `12 medarbejdere`: a count with the word for one and for several.
pub(crate) fn count(number: usize, [one, several]: [&str; 2]) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
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
    fn hours_are_rounded_to_tenths() {
        let danish = |minutes| hours(Minutes(minutes), Language::Danish);
        assert_eq!([90, 60, 0, 7, -30].map(danish), ["1,5 t", "1 t", "0 t", "0,1 t", "−0,5 t"]);
        assert_eq!(danish(114_300), "1.905 t");
        assert_eq!(hours(Minutes(114_330), Language::English), "1,905.5 h");
    }

    #[test]
    fn only_the_whole_is_a_hundred_percent() {
        assert_eq!(percent(Minutes(999), Minutes(1000), Language::Danish).as_deref(), Some("99 %"));
        assert_eq!(percent(Minutes(0), Minutes(0), Language::English), None);
    }
}
