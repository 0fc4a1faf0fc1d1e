//! Whatever stands around it, a civil registration number is found in every spelling; what cannot be a date is not.

use proptest::prelude::*;
use proptest::sample::select;
use pusterum::diagnostic::civil_number::{find, masked, stands_in};

/// A day that exists in every year, a month, a year and a serial number.
#[derive(Clone, Copy, Debug)]
struct Person {
    day: u32,
    month: u32,
    year: u32,
    serial: u32,
}

/// Born from 1900 to 1999, so that every serial number is possible; also replacement numbers.
fn people() -> impl Strategy<Value = Person> {
    let day = (1u32..=28, any::<bool>()).prop_map(|(day, replaced)| if replaced { day + 60 } else { day });
    (day, 1u32..=12, 1900u32..=1999, 0u32..=9999).prop_map(|(day, month, year, serial)| Person {
        day,
        month,
        year,
        serial,
    })
}

/// What stands between date and serial number.
const SEPARATORS: [&str; 14] =
    ["", " ", "-", ".", "/", "_", "\u{2013}", "\u{a0}", " - ", "\u{2011}", "\u{2212}", "\u{202f}", ". ", "\t"];
/// What stands between day, month and year where anything does.
const DATE_SEPARATORS: [&str; 6] = [".", "-", "/", "\u{2013}", ". ", " - "];

fn spellings() -> impl Strategy<Value = (Person, String)> {
    let zero = any::<bool>();
    (people(), select(&SEPARATORS[..]), select(&DATE_SEPARATORS[..]), 0..5, zero).prop_map(
        |(person, between, within, style, zero)| {
            let Person { day, month, year, serial } = person;
            let short = year % 100;
            let day_text = if zero { format!("{day:02}") } else { day.to_string() };
            let text = match style {
                0 => format!("{day_text}{month:02}{short:02}{between}{serial:04}"),
                1 => format!("{day_text}{month:02}{year}{between}{serial:04}"),
                2 => format!("{day_text}{within}{month:02}{within}{short:02}{between}{serial:04}"),
                3 => format!("{day_text}{within}{month}{within}{year}{between}{serial:04}"),
                _ => format!("{day:02} {month:02} {short:02}-{serial:04}"),
            };
            (person, text)
        },
    )
}

/// Text that neither ends nor begins with a digit; what it holds is no coordinate.
fn surroundings() -> impl Strategy<Value = (String, String)> {
    let words = "[a-zæøåA-ZÆØÅ ,;:!?()\"'-]{0,12}";
    let numbers = select(vec!["", "tlf. 98 76 54 32 og ", "kl. 08.30: ", "2026-11-23, ", "æøå 55.7333 ", "(C-0017) "]);
    let before = (numbers, words).prop_map(|(number, words)| format!("{number}{words}x"));
    let after = (words, select(vec!["", " 12:00", ". 4600 Køge", ", 87654321"]))
        .prop_map(|(words, number)| format!("x{words}{number}"));
    (before, after)
}

/// Ten digits as officially written, in any text.
fn official(person: Person) -> String {
    format!("{:02}{:02}{:02}{:04}", person.day, person.month, person.year % 100, person.serial)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn every_spelling_is_found_in_any_text((_, number) in spellings(), (before, after) in surroundings()) {
        prop_assert!(stands_in(&number), "{number}");
        let text = format!("{before}{number}{after}");
        prop_assert!(stands_in(&text), "{text}");
        let shown = masked(&text);
        prop_assert!(!shown.contains(&number) && !stands_in(&shown), "{shown}");
        prop_assert_eq!(shown.chars().count(), text.chars().count());
    }

    #[test]
    fn every_number_of_a_text_is_found(numbers in proptest::collection::vec(people(), 1..6), gap in "[a-zæøå;, ]{1,9}") {
        let numbers: Vec<String> = numbers.into_iter().map(official).collect();
        let text = numbers.join(&format!("x{gap}x"));
        prop_assert_eq!(find(&text).map(|found| text[found.place].to_owned()).collect::<Vec<_>>(), numbers);
    }

    /// Ids and phone numbers whose digits are no date, as the day or the month does not exist.
    #[test]
    fn what_cannot_be_a_date_passes(
        day in prop_oneof![Just(0u32), 32u32..=60, 92u32..=99],
        month in prop_oneof![Just(0u32), 13u32..=99],
        rest in 0u32..=999_999,
        separator in select(&SEPARATORS[..]),
        (before, after) in surroundings(),
    ) {
        let date = format!("{day:02}{month:02}{:02}", rest / 10_000);
        let text = format!("{before}{date}{separator}{:04}{after}", rest % 10_000);
        prop_assert!(!stands_in(&text), "{text}");
    }

    /// Eight digits are a Danish phone number, not a person's, however they are grouped.
    #[test]
    fn phone_numbers_pass(digits in 20_000_000u32..=99_999_999, country in select(vec!["", "+45 ", "0045 ", "(45) "])) {
        let text = digits.to_string();
        let pairs: Vec<&str> = [0, 2, 4, 6].map(|at| &text[at..at + 2]).to_vec();
        let halves = format!("{} {}", &text[..4], &text[4..]);
        for written in [text.clone(), pairs.join(" "), pairs.join("."), halves] {
            let written = format!("{country}{written}");
            prop_assert!(!stands_in(&written), "{written}");
        }
    }

    #[test]
    fn coordinates_pass(lat in -90.0f64..=90.0, lon in -180.0f64..=180.0, decimals in 1usize..=15) {
        let pair = format!("{lat:.decimals$}, {lon:.decimals$}");
        for text in [format!("{lat:.decimals$}"), format!("{lon:.decimals$}").replace('.', ","), pair] {
            prop_assert!(!stands_in(&text), "{text}");
        }
    }

    #[test]
    fn moments_of_this_century_pass(year in 2000u32..=2057, month in 1u32..=12, day in 1u32..=28, minute in 0u32..1440) {
        let (hour, minute) = (minute / 60, minute % 60);
        for text in [
            format!("{year}-{month:02}-{day:02} {hour:02}{minute:02}"),
            format!("{day:02}-{month:02}-{year} {hour:02}{minute:02}"),
            format!("{day:02}.{month:02}.{year} {hour:02}.{minute:02}"),
            format!("{day:02}/{month:02}-{year} kl. {hour:02}:{minute:02}"),
        ] {
            prop_assert!(!stands_in(&text), "{text}");
        }
    }

    #[test]
    fn any_text_is_looked_at_without_harm(text in "\\PC{0,60}") {
        let shown = masked(&text);
        prop_assert!(!stands_in(&shown), "{shown}");
    }
}
