//! Reads `mapping.toml`, with everything that is wrong with it at once.

use std::path::{Component, Path};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::{Keys, one_or_more, unknown_key, wrong};
use super::{Entry, FileName, MAPPING, Mapping, Origin, Rule, normal};
use crate::diagnostic::{Diagnostic, Fault, codes};
use crate::import::encoding::Encoding;
use crate::import::settings::{civil_numbers, line_of};
use crate::import::shape::{SHAPES, Shape};
use crate::import::survey::{Part, Settled};
use crate::import::value::{Mark, Order, Unit};

const TABLE: &str = "table";
const IGNORE_FILES: &str = "ignore_files";
const ORDERS: [(&str, Order); 3] =
    [("day-first", Order::Day), ("month-first", Order::Month), ("year-first", Order::Year)];
const MARKS: [(&str, Mark); 2] = [(",", Mark::Comma), (".", Mark::Point)];
const DELIMITERS: [(&str, u8); 4] = [(";", b';'), (",", b','), ("\t", b'\t'), ("|", b'|')];
const UNITS: [(&str, Unit); 2] = [("hours", Unit::Hours), ("minutes", Unit::Minutes)];
const PARTS: [(&str, Part); 2] = [("date", Part::Date), ("time", Part::Time)];
const ENCODINGS: [(&str, Encoding); 3] =
    [("utf-8", Encoding::Utf8), ("windows-1252", Encoding::Windows1252), ("utf-16", Encoding::Utf16Little)];

/// The mapping that a text says.
///
/// # Errors
/// Every fault at once.
pub(in crate::import) fn parse(text: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults: Vec<Diagnostic> = civil_numbers(MAPPING, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        faults.extend(errors.iter().map(|error| syntax(text, error)));
        return Err(faults);
    }
    let mut mapping = Mapping::default();
    let mut keys = Keys::new(text, document.get_ref());
    mapping.ignored_files = keys.words(IGNORE_FILES);
    for table in tables(text, document.get_ref(), &mut faults) {
        let mut reader = EntryReader { text, keys: Keys::new(text, table), faults: Vec::new() };
        let entry = reader.entry();
        faults.extend(reader.faults);
        faults.extend(reader.keys.finish());
        mapping.entries.extend(entry);
    }
    let _ = keys.present(TABLE);
    faults.extend(keys.finish());
    faults.extend(repeated(&mapping));
    if faults.is_empty() { Ok(mapping) } else { Err(faults) }
}

/// The `[[table]]`s.
fn tables<'t>(text: &str, document: &'t DeTable<'t>, faults: &mut Vec<Diagnostic>) -> Vec<&'t DeTable<'t>> {
    let Some(value) = document.get(TABLE) else { return Vec::new() };
    let all = value.get_ref().as_array().and_then(|items| items.iter().map(|item| item.get_ref().as_table()).collect());
    all.unwrap_or_else(|| {
        let line = line_of(text, value.span().start);
        let expected = ["en eller flere [[table]]", "one or more [[table]]", "[[table]] med sine nøgler under"];
        faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(TABLE));
        Vec::new()
    })
}

fn syntax(text: &str, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    let fault = Fault::new(
        codes::UNREADABLE_MAPPING,
        [&format!("filen er ikke gyldig TOML ({message})"), &format!("the file is no valid TOML ({message})")],
        [
            "Ret linjen; tekst og navne med æ, ø, å eller blanke skrives i anførselstegn",
            "Mend the line; texts, and names with blanks or letters like æ, are written in quotes",
        ],
    );
    let mut diagnostic = fault.in_file(MAPPING);
    diagnostic.line = error.span().map(|span| line_of(text, span.start));
    diagnostic
}

/// A table may be read from several places, but from none of them twice in the same way.
fn repeated(mapping: &Mapping) -> Vec<Diagnostic> {
    let placeless = |entry: &Entry| Entry { line: 0, ..entry.clone() };
    let same = |one: &Entry, other: &Entry| placeless(one) == placeless(other);
    let earlier = |(place, entry): &(usize, &Entry)| mapping.entries[..*place].iter().any(|e| same(e, entry));
    let repeated = mapping.entries.iter().enumerate().filter(earlier);
    repeated.map(|(_, entry)| two_sources(entry.table).in_file(MAPPING).on_line(entry.line).in_column("name")).collect()
}

/// The fault of a table that is there twice.
pub(in crate::import) fn two_sources(table: &str) -> Fault {
    let table = table.trim_end_matches(".csv");
    Fault::new(
        codes::TWO_SOURCES,
        [&format!("tabellen {table} står der to gange"), &format!("the table {table} is there twice")],
        [
            "Fjern den ene fil, eller skriv i mapping.toml, hvilken der gælder; skal begge læses, så skriv dem begge dér: file = [\"…\", \"…\"]",
            "Remove one of the files, or write into mapping.toml which one counts; if both are to be read, write both there: file = [\"…\", \"…\"]",
        ],
    )
}

struct EntryReader<'t> {
    text: &'t str,
    keys: Keys<'t>,
    faults: Vec<Diagnostic>,
}

impl<'t> EntryReader<'t> {
    fn entry(&mut self) -> Option<Entry> {
        let shape = self.shape();
        let files = self.files();
        let mut entry = Entry {
            line: self.keys.line("name"),
            sheet: self.keys.string("sheet"),
            header_line: self.keys.line_number("header_line"),
            encoding: self.keys.choice("encoding", &ENCODINGS),
            delimiter: self.keys.choice("delimiter", &DELIMITERS),
            settled: Settled { order: self.keys.choice("dates", &ORDERS), mark: self.keys.choice("decimal", &MARKS) },
            ignore: self.keys.words("ignore"),
            only: self.only(),
            distinct: self.keys.flag("distinct").unwrap_or(false),
            ..Entry::default()
        };
        let columns = self.keys.inner("columns");
        let shape = shape?;
        entry.rules = columns.into_iter().filter_map(|column| self.rule(shape, column)).collect();
        (entry.table, entry.files) = (shape.file, files?);
        Some(entry)
    }

    fn shape(&mut self) -> Option<&'static Shape> {
        let name = self.keys.string("name");
        let known = || SHAPES.iter().map(Shape::name);
        let Some(name) = name else {
            let list = known().collect::<Vec<_>>().join(", ");
            self.refuse("name", [&format!("en tabel: {list}"), &format!("a table: {list}"), "name = \"staff\""]);
            return None;
        };
        let found = SHAPES.iter().find(|shape| shape.name() == name);
        if found.is_none() {
            let line = self.keys.line("name");
            self.faults
                .push(unknown_key(&name, known()).in_file(MAPPING).on_line(line).in_column("name").with_value(&name));
        }
        found
    }

    /// Plain names, one or more: a path could lead out of the folder.
    fn files(&mut self) -> Option<Vec<FileName>> {
        let files =
            self.keys.one_or_more("file").filter(|files| !files.is_empty() && files.iter().all(|f| is_plain(f)));
        if files.is_none() {
            let expected = [
                "navnet på en fil i mappen, uden sti, eller en liste af navne",
                "the name of a file in the folder, without a path, or a list of names",
                "file = \"Vagter.csv\", file = \"Vagter uge *.csv\", file = [\"Øst.csv\", \"Vest.csv\"]",
            ];
            self.refuse("file", expected);
        }
        Some(files?.iter().map(|file| FileName::new(file)).collect())
    }

    fn refuse(&mut self, key: &str, expected: [&str; 3]) {
        let line = self.keys.line(key);
        self.faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(key));
    }

    fn only(&mut self) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for (column, value, line) in self.keys.inner("only") {
            match one_or_more(value.get_ref()) {
                Some(words) => all.push((column.to_owned(), words.iter().map(|word| normal(word)).collect())),
                None => {
                    let expected = ["en liste af tekster", "a list of texts", "[\"Afløsning\"]"];
                    self.faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(column));
                }
            }
        }
        all
    }

    fn rule(
        &mut self,
        shape: &'static Shape,
        (name, value, line): (&str, &'t Spanned<DeValue<'t>>, u64),
    ) -> Option<(&'static str, Rule)> {
        let Some(column) = shape.columns.iter().find(|column| column.name == name) else {
            let known = shape.columns.iter().map(|column| column.name);
            self.faults.push(unknown_key(name, known).in_file(MAPPING).on_line(line).in_column(name));
            return None;
        };
        let rule = match value.get_ref() {
            DeValue::String(header) => Some(Rule { source: Origin::Column(header.to_string()), ..Rule::default() }),
            DeValue::Table(table) => self.long_rule(table),
            _ => None,
        };
        if rule.is_none() {
            let expected = [
                "navnet på en kolonne i filen, eller en tabel med enten column eller value",
                "the name of a column of the file, or a table with either column or value",
                "staff_id = \"Medarbejder\", { column = \"Stilling\", values = { \"Vikar\" = \"helper\" } } eller { value = \"car\" }",
            ];
            self.faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(name));
        }
        Some((column.name, rule?))
    }

    fn long_rule(&mut self, table: &'t DeTable<'t>) -> Option<Rule> {
        let mut keys = Keys::new(self.text, table);
        let source = match (keys.string("column"), keys.string("value")) {
            (Some(column), None) => Some(Origin::Column(column)),
            (None, Some(value)) => Some(Origin::Constant(value)),
            _ => None,
        };
        let unit = keys.choice("unit", &UNITS).unwrap_or_default();
        let part = keys.choice("part", &PARTS).unwrap_or_default();
        let mut values = Vec::new();
        for (word, value, line) in keys.inner("values") {
            match value.get_ref().as_str() {
                Some(value) => values.push((normal(word), value.to_owned())),
                None => {
                    let expected = ["en tekst i anførselstegn", "a text in quotes", "\"SSA\" = \"assistant\""];
                    self.faults.push(wrong(expected).in_file(MAPPING).on_line(line).in_column(word));
                }
            }
        }
        self.faults.extend(keys.finish());
        Some(Rule { source: source?, values, unit, part })
    }
}

fn is_plain(file: &str) -> bool {
    let mut parts = Path::new(file).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !file.contains(['/', '\\', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
ignore_files = ["noter.csv"]

[[table]]
name = "staff"
file = "Personale.csv"
encoding = "windows-1252"
delimiter = ";"
dates = "day-first"
decimal = ","
header_line = 3
ignore = ["Telefon"]
only = { "Afdeling" = ["Hjemmeplejen "], "Aktiv" = "Ja" }
distinct = true

[table.columns]
staff_id = "Nr."
provider_id = { value = "KO-kommunen" }
qualification = { column = "Stilling", values = { "SSA  Vikar" = "assistant" } }
relief_minutes_max = { column = "Timer", unit = "hours" }
"#;

    #[test]
    fn a_whole_mapping_is_read() {
        let mapping = parse(WHOLE).expect("it is right");
        let entry = &mapping.entries[0];
        assert_eq!((entry.table, entry.line), ("staff.csv", 5));
        assert_eq!(entry.files, [FileName::new("Personale.csv")]);
        assert_eq!((entry.header_line, entry.delimiter, entry.distinct), (Some(3), Some(b';'), true));
        assert_eq!(entry.only, [("Afdeling".into(), vec!["hjemmeplejen".into()]), ("Aktiv".into(), vec!["ja".into()])]);
        assert_eq!(entry.rule("provider_id").map(|rule| &rule.source), Some(&Origin::Constant("KO-kommunen".into())));
        let rule = entry.rule("qualification").expect("a rule");
        assert_eq!(rule.translated("ssa vikar"), Some("assistant"));
        assert_eq!(entry.rule("relief_minutes_max").map(|rule| rule.unit), Some(Unit::Hours));
        assert_eq!(mapping.ignored_files, ["noter.csv"]);
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = "ignore = []\n[[table]]\nname = \"staf\"\nfile = \"../secret.csv\"\ndates = \"soon\"\nheader_line = 0\n\
                    [[table]]\nfile = 3\n[table.columns]\n[[table]]\nname = \"shifts\"\nfile = \"v.csv\"\n[table.columns]\nstaf_id = \"Nr\"\n\
                    date = 4\nstart = { column = \"a\", value = \"b\" }\n[[table]]\nname = \"shifts\"\nfile = \"v.csv\"\n";
        let found = parse(text).expect_err("many faults");
        let mut places: Vec<_> = found.iter().map(|d| (d.line.unwrap_or(0), d.code)).collect();
        places.sort_unstable();
        let expected = [
            (1, codes::UNKNOWN_MAPPING_KEY),
            (3, codes::UNKNOWN_MAPPING_KEY),
            (4, codes::BAD_MAPPING),
            (5, codes::BAD_MAPPING),
            (6, codes::BAD_MAPPING),
            (8, codes::BAD_MAPPING),
            (8, codes::BAD_MAPPING),
            (14, codes::UNKNOWN_MAPPING_KEY),
            (15, codes::BAD_MAPPING),
            (16, codes::BAD_MAPPING),
            (18, codes::TWO_SOURCES),
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn several_files_and_several_entries_feed_one_table() {
        let text = "[[table]]\nname = \"shifts\"\nfile = [\"Øst.csv\", \"Vest uge *.csv\"]\n\
                    [[table]]\nname = \"shifts\"\nfile = \"Nat.xlsx\"\n";
        let mapping = parse(text).expect("it is right");
        let files = mapping.entries.iter().map(|entry| entry.files.iter().map(FileName::written).collect::<Vec<_>>());
        assert_eq!(files.collect::<Vec<_>>(), [vec!["Øst.csv", "Vest uge *.csv"], vec!["Nat.xlsx"]]);
        assert!(parse("[[table]]\nname = \"shifts\"\nfile = []\n").is_err());
    }

    #[test]
    fn paths_lead_nowhere() {
        for file in ["../a.csv", "/etc/passwd", "a/b.csv", "*/b.csv", "..", ".", "", "a\\\\b.csv"] {
            let text = format!("[[table]]\nname = \"staff\"\nfile = \"{file}\"\n");
            assert!(parse(&text).is_err_and(|found| found[0].code == codes::BAD_MAPPING), "{file}");
        }
    }

    #[test]
    fn broken_toml_is_one_fault_with_its_line() {
        let found = parse("[[table]]\nname = staff\n").expect_err("no quotes");
        assert_eq!((found[0].code, found[0].line), (codes::UNREADABLE_MAPPING, Some(2)));
    }
}
