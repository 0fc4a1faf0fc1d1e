//! Recognises what looks like a Danish civil registration number (CPR): this tool needs none and keeps none.
//!
//! A number is `DDMMYY` and four digits; the spellings that people, spreadsheets and other systems make of it stand in
//! `spelling`. The day may have 60 added (replacement numbers). The modulus-11 test is not asked: since 2007 it no
//! longer holds for every number, so it would let some through.
//!
//! What cannot be a date passes, such as phone numbers with another beginning and ids.

mod runs;
mod spelling;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use runs::{Run, Runs};

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CivilNumber {
    /// Where it stands, in bytes, from its first digit to its last.
    pub place: Range<usize>,
    digits: [u8; DIGITS],
}

/// `DDMMYYNNNN`.
const DIGITS: usize = 10;
/// The fewest digits of a spelling: `1.2.60-1234`.
const FEWEST_DIGITS: usize = 8;
/// Spellings have so many runs of digits at most.
const RUNS: usize = 4;
/// Stands in a text for a digit that must not be shown.
const HIDDEN: char = '•';
/// No longitude is farther from zero.
const DEGREES_MAX: u32 = 180;

impl CivilNumber {
    /// The ten digits as they are written officially, whatever the spelling; never to be shown or kept.
    pub(crate) fn digits(&self) -> &[u8; DIGITS] {
        &self.digits
    }
}

/// Whether such a number stands anywhere in the text.
pub fn stands_in(text: &str) -> bool {
    find(text).next().is_some()
}

/// The numbers that stand in the text, in order. Digits that are part of a longer run of digits are none.
///
/// A text that is a coordinate, or a pair of them, holds no number of a person, however many decimals it has.
pub fn find(text: &str) -> impl Iterator<Item = CivilNumber> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let possible = digits >= FEWEST_DIGITS && !is_coordinates(text);
    Numbers { text, runs: Runs::of(if possible { text } else { "" }), window: Window::default() }
}

/// The text with a dot for every digit of such a number; what else it says stays.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut after = 0;
    for number in find(text) {
        masked.push_str(&text[after..number.place.start]);
        after = number.place.end;
        masked.extend(text[number.place].chars().map(|c| if c.is_ascii_digit() { HIDDEN } else { c }));
    }
    if after == 0 { Cow::Borrowed(text) } else { Cow::Owned(masked + &text[after..]) }
}

/// Looks at every run of digits with those before it.
struct Numbers<'t> {
    text: &'t str,
    runs: Runs<'t>,
    window: Window,
}

/// The latest runs, oldest first.
#[derive(Default)]
struct Window {
    runs: [Run; RUNS],
    length: usize,
}

impl Iterator for Numbers<'_> {
    type Item = CivilNumber;

    fn next(&mut self) -> Option<CivilNumber> {
        for run in self.runs.by_ref() {
            self.window.push(run);
            if let Some(number) = spelling::ending_here(self.text, self.window.latest()) {
                // What belongs to one number is not the beginning of another.
                self.window.length = 0;
                return Some(number);
            }
        }
        None
    }
}

impl Window {
    fn push(&mut self, run: Run) {
        if self.length == RUNS {
            self.runs.rotate_left(1);
            self.length -= 1;
        }
        self.runs[self.length] = run;
        self.length += 1;
    }

    fn latest(&self) -> &[Run] {
        &self.runs[..self.length]
    }
}

/// Whether the text is one decimal number of degrees or a pair of them, such as `55.7333, 12.3566`.
fn is_coordinates(text: &str) -> bool {
    let mut parts =
        text.split([' ', ';', '/']).map(|part| part.trim_matches([',', '(', ')'])).filter(|p| !p.is_empty());
    let first_two = parts.by_ref().take(2).fold(0, |count, part| if is_coordinate(part) { count + 1 } else { RUNS });
    (1..=2).contains(&first_two) && parts.next().is_none()
}

fn is_coordinate(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((whole, part)) = unsigned.split_once(['.', ',']) else { return false };
    whole.len() <= 3 && digits(whole) && digits(part) && whole.parse().is_ok_and(|degrees: u32| degrees <= DEGREES_MAX)
}
