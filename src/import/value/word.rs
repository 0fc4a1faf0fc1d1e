//! Words of cells: yes and no, weekdays, and what makes two spellings the same word.

use crate::units::Day;

/// What of a word counts: its letters and digits in lower case, with `ae`, `oe` and `aa` for the Danish letters, so
/// that `Medarbejder-ID`, `medarbejder_id` and `MEDARBEJDER ID` are one word.
pub(in crate::import) fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'æ' => key.push_str("ae"),
            'ø' => key.push_str("oe"),
            'å' => key.push_str("aa"),
            letter if letter.is_alphanumeric() => key.push(letter),
            _ => {}
        }
    }
    key
}

/// What `ja`, `nej`, `x`, `1` or `sand` says.
pub(super) fn yes_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "ja" | "j" | "y" | "x" | "1" | "sand" | "true" => Some(true),
        "no" | "nej" | "n" | "0" | "falsk" | "false" => Some(false),
        _ => None,
    }
}

/// Each weekday, Monday first, in every spelling.
const WEEKDAYS: [&[&str]; 7] = [
    &["mon", "monday", "ma", "man", "mandag"],
    &["tue", "tuesday", "ti", "tir", "tirs", "tirsdag"],
    &["wed", "wednesday", "on", "ons", "onsdag"],
    &["thu", "thursday", "to", "tor", "tors", "torsdag"],
    &["fri", "friday", "fr", "fre", "fredag"],
    &["sat", "saturday", "lø", "lør", "lørdag"],
    &["sun", "sunday", "sø", "søn", "søndag"],
];

/// The weekday that `mon`, `mandag`, `man`, `Ma.` names.
pub(super) fn weekday(cell: &str) -> Option<Day> {
    let word = cell.trim_end_matches('.').to_lowercase();
    Day::all().zip(WEEKDAYS).find(|(_, names)| names.contains(&word.as_str())).map(|(day, _)| day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coded::WEEKDAYS as CODES;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        for word in ["Medarbejder-ID", "medarbejder_id", " MEDARBEJDER  id "] {
            assert_eq!(key(word), "medarbejderid", "{word}");
        }
        assert_eq!((key("Udfører"), key("Fravær i går")), ("udfoerer".into(), "fravaerigaar".into()));
    }

    #[test]
    fn weekdays_are_known_in_both_languages() {
        for (day, code) in Day::all().zip(CODES) {
            assert_eq!(weekday(code), Some(day));
        }
        assert_eq!((weekday("Mandag"), weekday("Lør."), weekday("m")), (Some(Day(0)), Some(Day(5)), None));
    }
}
