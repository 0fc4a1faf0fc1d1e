//! iCalendar as RFC 5545 has it: lines, texts and the time zone.
//!
//! The crates that write calendars could not say a time zone of one's own when this was written, so the few lines are
//! written here; the tests read them with a parser of another house.

use chrono::{DateTime, NaiveDateTime, Utc};

/// All times of a calendar are wall-clock times of this zone.
pub(super) const ZONE: &str = "Europe/Copenhagen";

/// The rules of the European Union since 1996: summer time from the last Sunday of March at 2 to the last of October at 3.
const TIME_ZONE: [(&str, &str); 16] = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", ZONE),
    ("BEGIN", "DAYLIGHT"),
    ("DTSTART", "19960331T020000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ("TZOFFSETFROM", "+0100"),
    ("TZOFFSETTO", "+0200"),
    ("TZNAME", "CEST"),
    ("END", "DAYLIGHT"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19961027T030000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ("TZOFFSETFROM", "+0200"),
    ("TZOFFSETTO", "+0100"),
    ("TZNAME", "CET"),
    ("END", "STANDARD"),
];

/// A line may have so many bytes, its end not counted.
const LONGEST_LINE: usize = 75;

/// A calendar file in the making.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A line of which the value stands as it is given.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        let mut taken = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if taken + character.len_utf8() > LONGEST_LINE {
                self.text.push_str("\r\n ");
                taken = 1;
            }
            self.text.push(character);
            taken += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A line with a text for people, which may hold anything.
    pub(super) fn add_text(&mut self, name: &str, text: &str) {
        self.add(name, &escaped(text));
    }

    /// A line with a wall-clock time.
    pub(super) fn add_local(&mut self, name: &str, moment: NaiveDateTime) {
        self.add(&format!("{name};TZID={ZONE}"), &moment.format("%Y%m%dT%H%M%S").to_string());
    }

    /// A line with a moment of the world's time.
    pub(super) fn add_moment(&mut self, name: &str, moment: DateTime<Utc>) {
        self.add(name, &moment.format("%Y%m%dT%H%M%SZ").to_string());
    }

    pub(super) fn add_time_zone(&mut self) {
        TIME_ZONE.iter().chain([&("END", "VTIMEZONE")]).for_each(|(name, value)| self.add(name, value));
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A text with nothing in it that could end its line or start a property.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.add_text("SUMMARY", &"ø".repeat(100));
        let text = String::from_utf8(lines.into_bytes()).expect("no character is cut");
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ø".repeat(100)));
    }

    #[test]
    fn a_text_can_add_no_line() {
        assert_eq!(escaped("a;b,c\\d\r\nEND:VEVENT\u{7}"), "a\\;b\\,c\\\\d\\nEND:VEVENT");
    }
}
