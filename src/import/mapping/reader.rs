//! Typed access to the keys of one TOML table, in which nothing stops at the first fault.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::MAPPING;
use crate::diagnostic::{Diagnostic, Fault, codes, nearest};
use crate::import::settings::line_of;

/// The keys of a table; each is asked for once, and what nobody asked for is a fault.
pub(super) struct Keys<'t> {
    text: &'t str,
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
    pub faults: Vec<Diagnostic>,
}

impl<'t> Keys<'t> {
    pub(super) fn new(text: &'t str, table: &'t DeTable<'t>) -> Self {
        Keys { text, table, asked: Vec::new(), faults: Vec::new() }
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// Whether there is such a key; it is read elsewhere.
    pub(super) fn present(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    pub(super) fn string(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        self.typed(key, text, ["en tekst i anførselstegn", "a text in quotes", "\"Vagter.csv\""])
    }

    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let flag = self.value(key)?.get_ref().as_bool();
        self.typed(key, flag, ["sandt eller falsk", "true or false", "true"])
    }

    pub(super) fn line_number(&mut self, key: &'static str) -> Option<u64> {
        let value = self.value(key)?.get_ref();
        let number = value.as_integer().and_then(|n| n.as_str().parse().ok()).filter(|n| *n > 0);
        self.typed(key, number, ["et linjenummer fra 1", "the number of a line, from 1", "3"])
    }

    pub(super) fn words(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let words = strings(value.get_ref());
        self.typed(key, words, ["en liste af tekster", "a list of texts", "[\"Telefon\", \"E-mail\"]"])
            .unwrap_or_default()
    }

    /// A text or a list of texts; a wrong type is told by who asks.
    pub(super) fn one_or_more(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.value(key).and_then(|value| one_or_more(value.get_ref()))
    }

    /// The one of some known words that the key has.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let text = self.string(key)?;
        let chosen = known.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        let words: Vec<String> = known.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let list = words.join(", ");
        self.typed(key, chosen, [&format!("et af {list}"), &format!("one of {list}"), &words[0]])
    }

    /// The keys and values of a table within this one, each with its line.
    pub(super) fn inner(&mut self, key: &'static str) -> Vec<(&'t str, &'t Spanned<DeValue<'t>>, u64)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let table = value.get_ref().as_table();
        let table = self.typed(key, table, ["en tabel", "a table", "{ staff_id = \"Medarbejder\" }"]);
        let line = |key: &Spanned<_>| line_of(self.text, key.span().start);
        table.into_iter().flatten().map(|(name, value)| (name.get_ref().as_ref(), value, line(name))).collect()
    }

    /// Notes a wrong type where there is nothing.
    fn typed<T>(&mut self, key: &'static str, value: Option<T>, expected: [&str; 3]) -> Option<T> {
        if value.is_none() {
            let line = self.line(key);
            self.faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(key));
        }
        value
    }

    /// The line of a key, or of the table itself.
    pub(super) fn line(&self, key: &str) -> u64 {
        let at = self.table.get_key_value(key).map(|(key, _)| key.span().start);
        let first = || self.table.iter().map(|(key, _)| key.span().start).min();
        line_of(self.text, at.or_else(first).unwrap_or(0))
    }

    /// The faults, with one for every key that nobody asked for.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let strange = self.table.iter().filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref()));
        let unknown = strange.map(|(key, _)| {
            let known = self.asked.iter().copied();
            unknown_key(key.get_ref(), known)
                .in_file(MAPPING)
                .on_line(line_of(self.text, key.span().start))
                .in_column(key.get_ref())
        });
        let unknown: Vec<Diagnostic> = unknown.collect();
        self.faults.into_iter().chain(unknown).collect()
    }
}

/// The texts of a list, or a text alone.
pub(super) fn one_or_more(value: &DeValue<'_>) -> Option<Vec<String>> {
    strings(value).or_else(|| value.as_str().map(|word| vec![word.to_owned()]))
}

/// The texts of a list.
fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

pub(super) fn wrong([danish, english, example]: [&str; 3]) -> Fault {
    Fault::new(
        codes::BAD_MAPPING,
        [&format!("her skal stå {danish}"), &format!("expected {english}")],
        [&format!("Skriv det som {example}"), &format!("Write it like {example}")],
    )
}

pub(super) fn unknown_key<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Fault {
    let cure = match nearest(key, known) {
        Some(meant) => [format!("Mente du `{meant}`?"), format!("Did you mean `{meant}`?")],
        None => [
            "Slet den, eller se nøglerne i docs/import.md".to_owned(),
            "Delete it, or see the keys in docs/import.md".to_owned(),
        ],
    };
    Fault::new(codes::UNKNOWN_MAPPING_KEY, ["nøglen kendes ikke", "the key is not known"], [&cure[0], &cure[1]])
}
