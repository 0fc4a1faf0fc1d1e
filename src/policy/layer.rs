//! TOML text as settings by section, every value with its line; one layer is laid over another.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parse::PolicyFault;
use crate::diagnostic::{Fault, codes, nearest};

/// A value as the rules can use it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Decimal(f64),
    Flag(bool),
    List(Vec<Value>),
    /// A date, a table or a number too large: no setting is any of these.
    Other,
}

/// A value, its own spelling and the line where it stands.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub value: Value,
    pub spelt: String,
    pub line: u64,
}

/// The settings of one table, by key, and the line of its header.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub line: u64,
    pub settings: BTreeMap<String, Setting>,
}

/// The settings of a whole file.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// By the table's name; those of no table under the empty name.
    pub sections: BTreeMap<String, Section>,
    pub municipalities: BTreeMap<String, Section>,
}

/// The key under which the municipalities' tables stand.
pub(super) const MUNICIPALITY: &str = "municipality";

/// Reads a text, with the faults of its syntax and structure.
pub(super) fn read(text: &str) -> (Layer, Vec<PolicyFault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = LayerReader { text, layer: Layer::default(), faults: Vec::new() };
    if errors.is_empty() {
        reader.document(table.get_ref());
    } else {
        reader.faults = errors.iter().map(|e| syntax_fault(text, e)).collect();
    }
    (reader.layer, reader.faults)
}

/// Reads a built-in file; its lines count as 0, before every line of a week's own file.
pub(super) fn built_in(text: &str) -> Layer {
    let (mut layer, faults) = read(text);
    assert!(faults.is_empty(), "a built-in policy is at fault: {faults:?}");
    for section in layer.sections.values_mut().chain(layer.municipalities.values_mut()) {
        section.line = 0;
        section.settings.values_mut().for_each(|setting| setting.line = 0);
    }
    layer
}

/// Puts quotes around municipalities such as `[municipality.Køge]`, which the model prints without.
///
/// TOML 1.0 takes only ASCII letters in a bare key; a planner need not know. Lines stay where they are.
pub(super) fn quote_names(text: &str) -> String {
    let quoted = |line: &str| {
        let (name, rest) = line.trim_start().strip_prefix("[municipality.")?.split_once(']')?;
        let bare = !name.is_ascii() && !name.contains(['"', '\'', '.']);
        bare.then(|| format!("[municipality.\"{}\"]{rest}", name.trim()))
    };
    text.split('\n').map(|line| quoted(line).unwrap_or_else(|| line.to_owned())).collect::<Vec<_>>().join("\n")
}

fn syntax_fault(text: &str, error: &toml::de::Error) -> PolicyFault {
    let message = error.message();
    let fault = Fault::new(
        codes::UNREADABLE_POLICY,
        ["linjen kan ikke læses", &format!("the line cannot be read ({message})")],
        [
            "Skriv den som nøgle = værdi, tabellers navne i [ ] og tekst i anførselstegn, eller slet den",
            "Write it as key = value, with names of tables in [ ] and text in quotes, or delete it",
        ],
    );
    PolicyFault::new(fault, "", error.span().map(|span| line_of(text, span.start)))
}

fn line_of(text: &str, offset: usize) -> u64 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    before.iter().filter(|b| **b == b'\n').count() as u64 + 1
}

struct LayerReader<'t> {
    text: &'t str,
    layer: Layer,
    faults: Vec<PolicyFault>,
}

impl LayerReader<'_> {
    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let (name, line) = (key.get_ref().as_ref(), self.line(key));
            match value.get_ref() {
                DeValue::Table(inner) if name == MUNICIPALITY => self.municipalities(inner),
                DeValue::Table(inner) => {
                    let section = self.section(inner, line);
                    self.layer.sections.insert(name.to_owned(), section);
                }
                _ if name == MUNICIPALITY => self.faults.push(no_table(name, line)),
                _ => {
                    let setting = self.setting(value, line);
                    self.layer.sections.entry(String::new()).or_default().settings.insert(name.to_owned(), setting);
                }
            }
        }
    }

    fn municipalities(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let (name, line) = (key.get_ref().as_ref(), self.line(key));
            match value.get_ref() {
                DeValue::Table(inner) => {
                    let section = self.section(inner, line);
                    self.layer.municipalities.insert(name.to_owned(), section);
                }
                _ => {
                    let fault = no_table(&joined(MUNICIPALITY, name), line);
                    self.faults.push(fault);
                }
            }
        }
    }

    fn section(&self, table: &DeTable<'_>, line: u64) -> Section {
        let mut section = Section { line, ..Section::default() };
        for (key, value) in table {
            section.settings.insert(key.get_ref().to_string(), self.setting(value, self.line(key)));
        }
        section
    }

    fn setting(&self, value: &Spanned<DeValue<'_>>, line: u64) -> Setting {
        let spelt = self.text.get(value.span()).unwrap_or_default().to_owned();
        Setting { value: value_of(value.get_ref()), spelt, line }
    }

    fn line<T>(&self, spanned: &Spanned<T>) -> u64 {
        line_of(self.text, spanned.span().start)
    }
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(Value::Other, Value::Whole),
        DeValue::Float(n) => n.as_str().parse().map_or(Value::Other, Value::Decimal),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Array(items) => Value::List(items.iter().map(|item| value_of(item.get_ref())).collect()),
        DeValue::Datetime(_) | DeValue::Table(_) => Value::Other,
    }
}

fn no_table(key: &str, line: u64) -> PolicyFault {
    let fault = Fault::new(
        codes::BAD_POLICY_TYPE,
        ["her skal stå en tabel", "a table is expected here"],
        ["Skriv den som [municipality.NAVN] med nøglerne under", "Write it as [municipality.NAME] with its keys below"],
    );
    PolicyFault::new(fault, key, Some(line))
}

/// Lays a section over another; keys that the lower one does not have are faults.
pub(super) fn lay_over(lower: &mut Section, upper: Section, path: &str) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    for (key, setting) in upper.settings {
        match lower.settings.get_mut(&key) {
            Some(below) => *below = setting,
            None => {
                let known = lower.settings.keys().map(String::as_str);
                faults.push(unknown_key(&joined(path, &key), &key, known, setting.line));
            }
        }
    }
    faults
}

/// The fault of a key that nobody reads, with the known key that it may be a slip of.
pub(super) fn unknown_key<'k>(path: &str, key: &str, known: impl Iterator<Item = &'k str>, line: u64) -> PolicyFault {
    let fault = Fault::of_slip(
        codes::UNKNOWN_POLICY_KEY,
        ["nøglen kendes ikke", "the key is not known"],
        nearest(key, known),
        ["Slet den; nøglerne står i docs/rules.md", "Delete it; docs/rules.md has the keys"],
    );
    PolicyFault::new(fault, path, Some(line))
}

/// A key's path within its table.
pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
