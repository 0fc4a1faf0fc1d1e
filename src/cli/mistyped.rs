//! What was typed and is no command, told in the language that was asked for.
//!
//! clap finds what is wrong and says it in English. In a Danish run the same is said in Danish, out of the kind of error
//! and its context; what it only says when options are asked of it that Pusterum has not, stays as it is.

use std::error::Error as _;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::ValueEnum as _;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::args::Unusable;
use crate::diagnostic::civil_number::masked;
use crate::language::Language;

/// Prints an error, or the help or version that were asked for, and says what the command ends with.
pub(super) fn tell(error: &Error, typed: &[OsString]) -> ExitCode {
    let danish = match language(typed) {
        Language::Danish => in_danish(error),
        Language::English => None,
    };
    let english = error.render().to_string();
    match (danish, masked(&english)) {
        (Some(text), _) => eprint!("{}", masked(&text)),
        (None, hidden) if hidden != english => eprint!("{hidden}"),
        // With the colours of a terminal. Where nobody listens nothing can be said.
        (None, _) => error.print().unwrap_or_default(),
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The language that is asked for, as far as that can be told of a line that is not understood.
fn language(typed: &[OsString]) -> Language {
    let words = typed.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    let mut named = Language::default();
    let mut is_next = false;
    for word in words {
        let value = if is_next { Some(&*word) } else { word.strip_prefix("--lang=") };
        if let Some(language) = value.and_then(|value| Language::from_str(value, false).ok()) {
            named = language;
        }
        is_next = word == "--lang";
    }
    named
}

/// The whole message; nothing where clap's own is shown.
fn in_danish(error: &Error) -> Option<String> {
    let what = what(error)?;
    let tips: String = tips(error).iter().map(|tip| format!("\n{tip}")).collect();
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => format!("\n\n{}", usage.to_string().replacen("Usage:", "Brug:", 1)),
        _ => String::new(),
    };
    Some(format!("fejl: {what}{tips}{usage}\n\nFå hjælp med '--help'.\n"))
}

fn what(error: &Error) -> Option<String> {
    let text = |kind| text(error, kind);
    let argument = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let argument = argument?;
            Some(match argument.starts_with('-') {
                true => format!("'{argument}' findes ikke."),
                false => format!("'{argument}' er et argument for meget."),
            })
        }
        ErrorKind::InvalidSubcommand => {
            Some(format!("kommandoen '{}' findes ikke.", text(ContextKind::InvalidSubcommand)?))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Some(value(error, argument?)),
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg);
            Some(format!("der mangler:{}", list(&missing)))
        }
        ErrorKind::ArgumentConflict => Some(conflict(argument?, &texts(error, ContextKind::PriorArg))),
        ErrorKind::TooManyValues => {
            Some(format!("værdien '{}' til '{}' er en for meget.", text(ContextKind::InvalidValue)?, argument?))
        }
        ErrorKind::WrongNumberOfValues => {
            let [wanted, got] = [ContextKind::ExpectedNumValues, ContextKind::ActualNumValues]
                .map(|kind| error.get(kind).map(ToString::to_string));
            Some(format!("'{}' skal have {} værdier og fik {}.", argument?, wanted?, got?))
        }
        ErrorKind::InvalidUtf8 => Some("et af argumenterne er ikke gyldig UTF-8.".to_owned()),
        _ => None,
    }
}

/// What is wrong with the value of an argument.
fn value(error: &Error, argument: &str) -> String {
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    if value.is_empty() {
        return format!("'{argument}' mangler en værdi.");
    }
    let why = match error.source().and_then(|source| source.downcast_ref::<Unusable>()) {
        Some(Unusable(why)) => format!(": {}", why.danish),
        None => String::new(),
    };
    let possible = texts(error, ContextKind::ValidValue);
    let possible = match possible.as_slice() {
        [] => String::new(),
        some => format!(" Mulige værdier: {}.", some.join(", ")),
    };
    format!("værdien '{value}' kan ikke bruges til '{argument}'{why}.{possible}")
}

fn conflict(argument: &str, others: &[&str]) -> String {
    match others {
        [other] if *other == argument => format!("'{argument}' kan kun angives én gang."),
        [other] => format!("'{argument}' kan ikke bruges sammen med '{other}'."),
        others => format!("'{argument}' kan ikke bruges sammen med:{}", list(others)),
    }
}

/// What somebody may have meant.
fn tips(error: &Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = kinds.into_iter().flat_map(|kind| texts(error, kind)).map(|meant| format!("Mente du '{meant}'?"));
    let sentences = match error.get(ContextKind::Suggested) {
        Some(ContextValue::StyledStrs(sentences)) => sentences.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    meant.chain(sentences.iter().filter_map(|sentence| tip(sentence))).collect()
}

/// A tip that clap gives as a sentence, by what it quotes.
fn tip(sentence: &str) -> Option<String> {
    let pieces: Vec<&str> = sentence.split('\'').collect();
    match pieces.as_slice() {
        ["to pass ", value, " as a value, use ", so, ""] => Some(format!("Er '{value}' en værdi, så skriv '{so}'.")),
        ["", there, " exists"] => Some(format!("Der findes '{there}'.")),
        _ => None,
    }
}

fn list(items: &[&str]) -> String {
    items.iter().map(|item| format!("\n  {item}")).collect()
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        _ => None,
    }
}

fn texts(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::args::Args;
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        std::iter::once("pusterum").chain(line.split_whitespace()).map(OsString::from).collect()
    }

    /// What is said first in Danish of a line that is not understood.
    fn said(line: &str) -> String {
        let error = Args::try_parse_from(words(line)).expect_err(line);
        let told = in_danish(&error).unwrap_or_else(|| panic!("{line}: {error}"));
        assert!(told.starts_with("fejl: ") && told.ends_with("\n\nFå hjælp med '--help'.\n"), "{told}");
        let english = ["error", "Usage", "argument '", "value '", "tip", "cannot", "required", "possible"];
        assert!(english.iter().all(|word| !told.contains(word)), "{told}");
        let first = told["fejl: ".len()..].split("\n\n").next().expect("a part");
        first.to_owned()
    }

    #[test]
    fn whatever_is_mistyped_is_told_in_danish() {
        for (line, told) in [
            ("plan", "der mangler:\n  --out <DIR>\n  <WEEK>..."),
            ("plan x --ou y", "'--ou' findes ikke.\nMente du '--out'?"),
            ("plan x --out", "'--out <DIR>' mangler en værdi."),
            (
                "plan x --out y --lang fr",
                "værdien 'fr' kan ikke bruges til '--lang <LANGUAGE>'. Mulige værdier: da, en.",
            ),
            (
                "plan x --out y --time-limit abc",
                "værdien 'abc' kan ikke bruges til '--time-limit <SECONDS>': ikke et antal sekunder som 30 eller 0.5.",
            ),
            (
                "plan x --out y --threads 0",
                "værdien '0' kan ikke bruges til '--threads <N>': ikke et helt tal fra 1 til 1.024.",
            ),
            ("plan x --out y --seed -1", "'-1' findes ikke.\nEr '-1' en værdi, så skriv '-- -1'."),
            ("plan x --out y --names --no-reports", "'--names' kan ikke bruges sammen med '--no-reports'."),
            ("plan x --out y --freeze-before 2026-11-25", "der mangler:\n  --published <ROSTER>"),
            ("plan x --out y --out z", "'--out <DIR>' kan kun angives én gang."),
            ("plan x --out y --quiet=1", "værdien '1' til '--quiet' er en for meget."),
            ("pln", "kommandoen 'pln' findes ikke.\nMente du 'plan'?"),
            ("check a b c", "'c' er et argument for meget."),
            (
                "report x --out y",
                "værdien 'x' kan ikke bruges til '<WEEK=RESULT>...': ikke to mapper som i WEEK=RESULT.",
            ),
            ("import x", "der mangler:\n  <--out <WEEK>|--learn>"),
            ("import x --out y --previous a", "'--previous <WEEK> <ROSTER>' skal have 2 værdier og fik 1."),
            (
                "generate x --country --week 48",
                "værdien '48' kan ikke bruges til '--week <WEEK>': ikke en uge som 2026-W48.",
            ),
            ("--lang da plan x", "'--lang' findes ikke.\nDer findes 'plan --lang'."),
        ] {
            assert_eq!(said(line), told, "{line}");
        }
    }

    #[test]
    fn the_usage_is_named_in_danish() {
        let error = Args::try_parse_from(words("plan")).expect_err("something is missing");
        let told = in_danish(&error).expect("it can be told");
        assert!(told.contains("\n\nBrug: pusterum plan --out <DIR> <WEEK>...\n\n"), "{told}");
    }

    #[test]
    fn help_and_version_stay_as_they_are() {
        for line in ["", "--help", "--version", "plan --help", "help plan"] {
            let error = Args::try_parse_from(words(line)).expect_err(line);
            assert_eq!(in_danish(&error), None, "{line}");
        }
    }

    #[test]
    fn the_language_is_that_asked_for_last() {
        for (line, asked) in [
            ("plan", Language::Danish),
            ("plan --lang en --ou", Language::English),
            ("plan --lang=en", Language::English),
            ("plan --lang=en --lang da", Language::Danish),
            ("plan --lang fr", Language::Danish),
            ("plan --lang", Language::Danish),
            ("plan -- --lang en", Language::Danish),
        ] {
            assert_eq!(language(&words(line)), asked, "{line}");
        }
    }
}
