//! How a mapping names the files of a table, so that it holds next week too.

use std::collections::BTreeSet;

use super::propose::quoted;
use super::sample::Sample;
use crate::import::mapping::FileName;
use crate::language::Language;

/// The line that names the table's files.
pub(super) fn file_line(samples: &[Sample<'_>], own: &[usize], language: Language) -> String {
    let names: BTreeSet<&str> = own.iter().map(|place| samples[*place].file.as_str()).collect();
    let every_file: BTreeSet<&str> = samples.iter().map(|sample| sample.file.as_str()).collect();
    let alone =
        |any: &String, name: &str| every_file.iter().all(|file| *file == name || !FileName::new(any).fits(file));
    let files: Vec<String> = names
        .iter()
        .map(|name| every_week(name).filter(|any| alone(any, name)).unwrap_or_else(|| (*name).to_owned()))
        .collect();
    let mut why = Vec::new();
    if files.len() > 1 {
        why.push(language.pick(
            "filer med de samme kolonner læses sammen; slet dem, der ikke skal med",
            "files with the same columns are read together; delete those that are not wanted",
        ));
    }
    if files.iter().any(|file| !names.contains(file.as_str())) {
        why.push(language.pick("* er det, der skifter fra uge til uge", "* is what changes from week to week"));
    }
    let written = match files.as_slice() {
        [file] => quoted(file),
        files => format!("[{}]", files.iter().map(|file| quoted(file)).collect::<Vec<_>>().join(", ")),
    };
    let note = if why.is_empty() { String::new() } else { format!("  # {}", why.join("; ")) };
    format!("file = {written}{note}")
}

/// The name with a `*` for each number or date in it; `None` where it has none.
fn every_week(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let part_of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
    let mut any = String::new();
    for part in stem.split_inclusive(|c: char| !part_of_number(c)) {
        let (number, rest) = part.split_at(part.find(|c: char| !part_of_number(c)).unwrap_or(part.len()));
        match (number.find(|c: char| c.is_ascii_digit()), number.rfind(|c: char| c.is_ascii_digit())) {
            (Some(first), Some(last)) => {
                any.extend([&number[..first], "*", &number[last + 1..], rest]);
            }
            _ => any.push_str(part),
        }
    }
    (any != stem).then(|| format!("{any}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_from_week_to_week_is_a_star() {
        let cases = [
            ("Vagter uge 48.csv", Some("Vagter uge *.csv")),
            ("2026-11-23_vagter.xlsx", Some("*_vagter.xlsx")),
            ("udtræk_20261123_0830.csv", Some("udtræk_*.csv")),
            ("v48 vagter (2).csv", Some("v* vagter (*).csv")),
            ("Vagter - øst.csv", None),
            ("staff", None),
        ];
        for (name, expected) in cases {
            assert_eq!(every_week(name).as_deref(), expected, "{name}");
        }
    }
}
