//! What each file may be, and the mapping that says so.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use super::amount;
use super::file_line::file_line;
use super::sample::Sample;
use crate::diagnostic::{civil_number, nearest};
use crate::import::encoding::Encoding;
use crate::import::grid::Grid;
use crate::import::shape::{Codes, Column, Kind, SHAPES, Shape};
use crate::import::survey::{Asked, Part};
use crate::import::value::{self, Unit, key};
use crate::import::words;
use crate::language::Language;

/// Why a column is taken for one of the table's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Name,
    NearName,
    Content,
    /// Its heading speaks of hours where the table has minutes.
    Hours,
}

/// A table that a sample may be.
#[derive(Clone)]
pub(super) struct Proposed<'s> {
    pub sample: usize,
    /// Samples with the same headings: further files or sheets of the table, such as one for each team.
    alike: Vec<usize>,
    pub shape: &'static Shape,
    header: &'s [String],
    /// The place of each of the table's columns in the sample, and why.
    columns: Vec<Option<(usize, Reason)>>,
}

/// A heading says more than the content, and the name of the file is worth as much as two headings.
const NAMED_FILE: usize = 4;
const REQUIRED: usize = 2;

impl<'s> Proposed<'s> {
    /// All samples that feed the table.
    pub(super) fn samples(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.sample).chain(self.alike.iter().copied())
    }

    /// The samples that are read in the very same way, the others as proposals of their own.
    fn parted(&self, samples: &[Sample<'_>]) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for place in self.samples() {
            let same = |part: &&mut Self| samples[part.sample].is_read_like(&samples[place]);
            match parts.iter_mut().find(same) {
                Some(part) => part.alike.push(place),
                None => parts.push(Proposed { sample: place, alike: Vec::new(), ..self.clone() }),
            }
        }
        parts
    }

    /// The columns that the table needs and nothing was found for.
    pub(super) fn open(&self) -> usize {
        let columns = self.shape.columns.iter().zip(&self.columns);
        columns.filter(|(column, found)| column.required && found.is_none()).count()
    }

    fn score(&self, is_named: bool) -> usize {
        let columns = self.shape.columns.iter().zip(&self.columns).filter(|(_, found)| found.is_some());
        let found: usize = columns.map(|(column, _)| if column.required { REQUIRED } else { 1 }).sum();
        found + if is_named { NAMED_FILE } else { 0 }
    }

    /// Whether it is more than a guess: half of what the table needs is there, or its name is.
    fn is_likely(&self, is_named: bool) -> bool {
        let needed = self.shape.columns.iter().filter(|column| column.required).count();
        is_named || 2 * (needed - self.open()) > needed
    }
}

/// The likeliest sample of each table, a sample for as many tables as it has all columns for.
pub(super) fn propose<'s>(samples: &'s [Sample<'_>]) -> Vec<Proposed<'s>> {
    let mut all: Vec<(usize, bool, Proposed<'s>)> = Vec::new();
    for (place, sample) in samples.iter().enumerate() {
        for shape in &SHAPES {
            let columns = columns(sample, shape);
            let proposed = Proposed { sample: place, alike: Vec::new(), shape, header: &sample.header, columns };
            let is_named = sample.table_named() == Some(shape.file);
            if proposed.is_likely(is_named) {
                all.push((proposed.score(is_named), is_named, proposed));
            }
        }
    }
    all.sort_by_key(|(score, is_named, _)| (!is_named, Reverse(*score)));
    let (mut tables, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut chosen: Vec<Proposed<'s>> = Vec::new();
    for (_, _, mut proposed) in all {
        // Bookings have all that a history needs too, so a second table is one that no week can do without.
        let free = !used.contains(&proposed.sample) || proposed.open() == 0 && proposed.shape.required;
        if free && tables.insert(proposed.shape.file) {
            proposed.alike = alike(samples, &proposed);
            used.extend(proposed.samples());
            chosen.push(proposed);
        }
    }
    chosen.sort_by_key(|proposed| SHAPES.iter().position(|shape| shape.file == proposed.shape.file));
    chosen
}

/// The other samples with the same headings, unless they are named for another table.
fn alike(samples: &[Sample<'_>], proposed: &Proposed<'_>) -> Vec<usize> {
    let others = samples.iter().enumerate().filter(|(place, _)| *place != proposed.sample);
    let same = others.filter(|(_, sample)| {
        sample.header == proposed.header && sample.table_named().is_none_or(|table| table == proposed.shape.file)
    });
    same.map(|(place, _)| place).collect()
}

/// Which column of a sample is which of the table's.
fn columns(sample: &Sample<'_>, shape: &'static Shape) -> Vec<Option<(usize, Reason)>> {
    let mut found: Vec<Option<(usize, Reason)>> =
        shape.columns.iter().map(|column| by_name(sample, shape, column)).collect();
    for (place, column) in shape.columns.iter().enumerate() {
        let free = |found: &[Option<(usize, Reason)>]| {
            let taken: Vec<usize> = found.iter().flatten().map(|(place, _)| *place).collect();
            (0..sample.header.len())
                .filter(|place| !taken.contains(place) && !sample.header[*place].is_empty())
                .collect::<Vec<_>>()
        };
        if found[place].is_none() {
            // A heading of hours is often spelt nearly like one of minutes.
            let near = near_name(sample, shape, column, &free(&found)).map(|place| (place, Reason::NearName));
            let hours = || in_hours(sample, column, &free(&found)).map(|place| (place, Reason::Hours));
            let content = || by_content(sample, column, &free(&found)).map(|place| (place, Reason::Content));
            found[place] = hours().or(near).or_else(content);
        }
    }
    found
}

fn by_name(sample: &Sample<'_>, shape: &Shape, column: &Column) -> Option<(usize, Reason)> {
    let fits = sample.header.iter().enumerate();
    let fits = fits.filter_map(|(place, name)| Some((words::fit(shape.file, column.name, name)?, place)));
    fits.min().map(|(_, place)| (place, Reason::Name))
}

/// A heading that is spelt nearly like a word for the column.
fn near_name(sample: &Sample<'_>, shape: &Shape, column: &Column, free: &[usize]) -> Option<usize> {
    let known = words::column_words(shape.file, column.name).iter().copied().chain([column.name]);
    let known: Vec<&str> = known.filter(|word| word.len() > 4).collect();
    let is_near = |place: &usize| nearest(&key(&sample.header[*place]), known.iter().copied()).is_some();
    free.iter().copied().filter(|place| may_hold(sample, *place, column)).find(is_near)
}

/// A heading that speaks of hours.
fn in_hours(sample: &Sample<'_>, column: &Column, free: &[usize]) -> Option<usize> {
    let speaks_of_hours = |place: &usize| amount::says_hours(&sample.header[*place]);
    free.iter().copied().filter(|_| column.required && matches!(column.kind, Kind::Minutes)).find(speaks_of_hours)
}

/// The only column whose cells all are what the table's column needs, where that says enough.
fn by_content(sample: &Sample<'_>, column: &Column, free: &[usize]) -> Option<usize> {
    let fits = free.iter().copied().filter(|place| holds(sample, *place, column));
    let fits: Vec<usize> = fits.collect();
    match fits[..] {
        [only] if column.required => Some(only),
        _ => None,
    }
}

/// Whether at least half of a column's cells are what the table's column needs, where its kind can tell.
fn may_hold(sample: &Sample<'_>, place: usize, column: &Column) -> bool {
    let asked = &Asked::ALONE;
    let fits = |cell: &str| match column.kind {
        Kind::Date => value::date(cell, asked).is_ok(),
        Kind::Moment => value::absence_end(cell, asked).is_ok(),
        Kind::WishDay => value::wish_day(cell, asked).is_ok(),
        Kind::Time => value::time(cell, asked).is_ok(),
        Kind::Minutes => value::minutes(cell, &asked.turned(Unit::Hours, Part::Whole)).is_ok(),
        Kind::Count => value::count(cell, asked).is_ok(),
        Kind::YesNo => value::yes_no(cell, asked).is_ok(),
        Kind::Degrees => value::latitude(cell, asked).is_ok() || value::longitude(cell, asked).is_ok(),
        Kind::Text | Kind::Private | Kind::Id | Kind::List | Kind::Split | Kind::Place | Kind::Code(_) => true,
    };
    let (all, fitting) =
        sample.column(place).fold((0, 0), |(all, fitting), cell| (all + 1, fitting + usize::from(fits(cell))));
    2 * fitting >= all
}

fn holds(sample: &Sample<'_>, place: usize, column: &Column) -> bool {
    let mut cells = sample.column(place).peekable();
    let asked = &Asked::ALONE;
    cells.peek().is_some()
        && match column.kind {
            Kind::Date => cells.all(|cell| value::date(cell, asked).is_ok()),
            Kind::Degrees if column.name.ends_with("lat") => cells.all(|cell| in_denmark(cell, (54.0, 58.5))),
            Kind::Degrees => cells.all(|cell| in_denmark(cell, (7.5, 15.5))),
            // A number alone may be anything.
            Kind::Minutes => {
                cells.all(|cell| cell.contains(char::is_alphabetic) && value::minutes(cell, asked).is_ok())
            }
            Kind::Code(Codes { knows, .. }) => cells.all(knows),
            _ => false,
        }
}

fn in_denmark(cell: &str, (least, most): (f64, f64)) -> bool {
    let is_whole = cell.bytes().all(|byte| byte.is_ascii_digit());
    !is_whole && value::latitude(cell, &Asked::ALONE).is_ok_and(|degrees| (least..=most).contains(&degrees))
}

/// The text of the mapping.
pub(super) fn written(samples: &[Sample<'_>], proposed: &[Proposed<'_>], language: Language) -> String {
    let mut text = opening(language);
    for table in proposed {
        let shared = proposed.iter().filter(|other| other.sample == table.sample).count() > 1;
        for part in table.parted(samples) {
            text.push_str(&one_table(samples, &part, (shared, language)));
        }
    }
    let unused: Vec<&Sample<'_>> = samples
        .iter()
        .enumerate()
        .filter(|(place, _)| proposed.iter().all(|table| table.samples().all(|own| own != *place)))
        .map(|(_, sample)| sample)
        .collect();
    if let Some(missing) = not_found(proposed, language) {
        let _ = writeln!(text, "\n# {missing}");
    }
    for sample in unused {
        let headings = sample
            .header
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| comment(name))
            .collect::<Vec<_>>()
            .join(" | ");
        let known = language.pick("ikke genkendt; kolonner", "not recognised; columns");
        let _ = writeln!(text, "\n# {}: {known}: {headings}", sample.shown());
    }
    text
}

/// The tables that every week needs and no file seems to be, in a sentence.
pub(super) fn not_found(proposed: &[Proposed<'_>], language: Language) -> Option<String> {
    let found = |shape: &Shape| proposed.iter().any(|table| table.shape.file == shape.file);
    let missing: Vec<&str> = SHAPES.iter().filter(|shape| shape.required && !found(shape)).map(Shape::name).collect();
    let list = missing.join(", ");
    (!missing.is_empty()).then(|| {
        language.pick(
            format!("Ikke fundet, og hver uge skal have dem: {list}. Læg filerne i mappen, eller beskriv dem i mapping.toml."),
            format!("Not found, and every week needs them: {list}. Put the files into the folder, or describe them in mapping.toml."),
        )
    })
}

fn opening(language: Language) -> String {
    language
        .pick(
            "# Forslag fra `pusterum import --learn`. Ret det, der er forkert, og udfyld linjer med `# ?`.\n\
         # Brug: pusterum import MAPPE --mapping mapping.toml --out 2026-W48\n\
         # Nøglerne er beskrevet i docs/import.md.\n",
            "# A proposal of `pusterum import --learn`. Correct what is wrong, and fill in the lines with `# ?`.\n\
         # Use: pusterum import FOLDER --mapping mapping.toml --out 2026-W48\n\
         # The keys are described in docs/import.md.\n",
        )
        .to_owned()
}

fn one_table(samples: &[Sample<'_>], table: &Proposed<'_>, (shared, language): (bool, Language)) -> String {
    let sample = &samples[table.sample];
    let files = file_line(samples, &table.samples().collect::<Vec<_>>(), language);
    let mut text = format!("\n[[table]]\nname = \"{}\"\n{files}\n", table.shape.name());
    if let Some(sheet) = &sample.sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    text.push_str(&dialect(sample, language));
    if shared {
        let why = language.pick(
            "filen giver flere tabeller, så ens rækker tælles én gang",
            "the file feeds several tables, so equal rows count once",
        );
        let _ = writeln!(text, "distinct = true  # {why}");
    }
    let ignored: Vec<String> = unused(table).into_iter().map(quoted).collect();
    if !ignored.is_empty() {
        let why = match table.open() {
            0 => language.pick("kolonner, som tabellen ikke har brug for", "columns that the table has no need of"),
            _ => language.pick(
                "kolonner, som ikke er brugt; måske er det, der mangler nedenfor, en af dem",
                "columns that are not used; perhaps what is missing below is one of them",
            ),
        };
        let _ = writeln!(text, "ignore = [{}]  # {why}", ignored.join(", "));
    }
    text.push_str("[table.columns]\n");
    for (column, found) in table.shape.columns.iter().zip(&table.columns) {
        let own: Vec<&Sample<'_>> = table.samples().map(|place| &samples[place]).collect();
        text.push_str(&one_column(&own, (table.shape, column), (*found, language)));
    }
    text
}

/// The headings that no column of the table takes.
fn unused<'s>(table: &Proposed<'s>) -> Vec<&'s str> {
    let used: Vec<usize> = table.columns.iter().flatten().map(|(place, _)| *place).collect();
    let names = table.header.iter().enumerate().filter(|(place, name)| !used.contains(place) && !name.is_empty());
    let mut names: Vec<&str> =
        names.map(|(_, name)| name.as_str()).filter(|name| !civil_number::stands_in(name)).collect();
    names.dedup();
    names
}

fn dialect(sample: &Sample<'_>, language: Language) -> String {
    let mut text = String::new();
    // Not settled: next week's file may be written otherwise, and is looked at anew.
    let found = language.pick("fundet i filen, hver uge på ny", "found in the file, anew each week");
    if let Some(encoding) = sample.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
        let _ = writeln!(text, "# encoding = \"{}\"  # {found}", encoding.name().to_lowercase());
    }
    if let Grid::Text { delimiter, .. } = sample.grid {
        let _ = writeln!(text, "# delimiter = {}  # {found}", quoted(&char::from(delimiter).to_string()));
    }
    if sample.header_line > 1 {
        let why = language.pick("overskriften står ikke øverst", "the header is not on top");
        let _ = writeln!(text, "header_line = {}  # {why}", sample.header_line);
    }
    text
}

fn one_column(
    samples: &[&Sample<'_>],
    (shape, column): (&Shape, &Column),
    (found, language): (Option<(usize, Reason)>, Language),
) -> String {
    let sample = samples[0];
    let Some((place, reason)) = found else {
        return missing_line(column, language);
    };
    let header = &sample.header[place];
    let amount = amount::of(samples, place, (shape.file, column));
    let reason = amount.reason(language).unwrap_or_else(|| match reason {
        Reason::Name => language.pick("kendt navn", "known name"),
        Reason::NearName => language.pick("navnet ligner; se efter", "a similar name; check it"),
        Reason::Content => language.pick("indholdet passer; se efter", "the content fits; check it"),
        Reason::Hours => language.pick("navnet siger timer; se efter", "the name says hours; check it"),
    });
    let example = example(sample, place, column).map(|cell| {
        let such_as = language.pick("fx", "such as");
        format!("; {such_as} {}", comment(cell))
    });
    let note = format!("# {reason}{}", example.unwrap_or_default());
    if amount.is_hours() {
        let header = quoted(header);
        return format!("{} = {{ column = {header}, unit = \"hours\" }}  {note}\n", column.name);
    }
    match unknown_words(samples, place, column) {
        words if words.is_empty() => format!("{} = {}  {note}\n", column.name, quoted(header)),
        words => {
            let values: Vec<String> = words.iter().map(|word| format!("{} = \"?\"", quoted(word))).collect();
            let Kind::Code(Codes { all, .. }) = column.kind else { return String::new() };
            let write = language.pick("skriv for hvert ? et af", "write for each ? one of");
            let values = values.join(", ");
            format!(
                "{note}; {write}: {}\n{} = {{ column = {}, values = {{ {values} }} }}\n",
                all().join(", "),
                column.name,
                quoted(header)
            )
        }
    }
}

fn missing_line(column: &Column, language: Language) -> String {
    let what = if column.required {
        language.pick("? skal udfyldes", "? has to be filled in")
    } else {
        language.pick("kan udelades", "can be left out")
    };
    let or = language.pick("eller", "or");
    format!("# {} = \"…\" {or} {{ value = \"…\" }}  # {what}\n", column.name)
}

/// A cell of the column that may stand in a file for everybody to read: no text that could name a person.
fn example<'s>(sample: &'s Sample<'_>, place: usize, column: &Column) -> Option<&'s str> {
    let open = !matches!(column.kind, Kind::Private | Kind::Text | Kind::List | Kind::Degrees);
    let short = |cell: &&str| cell.chars().count() <= 24 && !civil_number::stands_in(cell);
    // Ids have no blanks; names of people have.
    let one_word = |cell: &&str| {
        !matches!(column.kind, Kind::Id)
            || !cell.contains(char::is_whitespace) && cell.contains(|c: char| c.is_ascii_digit())
    };
    sample.column(place).filter(short).find(one_word).filter(|_| open)
}

/// The most words of a column that are listed to be translated.
const WORDS_MAX: usize = 20;

/// The words of a column of codes that nobody knows.
fn unknown_words(samples: &[&Sample<'_>], place: usize, column: &Column) -> Vec<String> {
    let Kind::Code(Codes { knows, .. }) = column.kind else { return Vec::new() };
    let unknown = samples
        .iter()
        .flat_map(|sample| sample.column(place))
        .filter(|cell| !knows(cell) && !civil_number::stands_in(cell));
    let words: BTreeSet<String> = unknown.map(str::to_owned).collect();
    // So many different words are no codes, and may name people.
    if words.len() > WORDS_MAX { Vec::new() } else { words.into_iter().collect() }
}

/// A text as TOML has it between quotes.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.replace(['\r', '\n'], " ")).to_string()
}

/// A text as it can stand in a comment.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
