//! `--certificate FILE` of `pusterum plan`.

use std::path::Path;

use super::job::Written;
use super::screen::tell;
use super::{Exit, args};
use crate::certificate::{self, Certificate, NoPlace, Place};
use crate::diagnostic;
use crate::language::Language;
use crate::pipeline::Planned;
use crate::words::whole;

/// The place for the certificate, if one was asked for.
pub(super) fn place(week: &Path, options: &args::Plan) -> Result<Option<Place>, NoPlace> {
    let open = |file: &Path| Place::open(file, &[week, &options.out]);
    options.certificate.as_deref().map(open).transpose()
}

/// Why the certificate cannot be written where it was asked for.
pub(super) fn refused(why: &NoPlace, options: &args::Plan) -> String {
    let language = options.speech.language;
    let file = options.certificate.as_deref().unwrap_or(Path::new("")).display();
    let what = match why {
        NoPlace::AnotherFile => language.pick(
            "dér står noget andet end et certifikat. Vælg et andet navn.".to_owned(),
            "something else than a certificate stands there. Choose another name.".to_owned(),
        ),
        NoPlace::InsideFolder => language.pick(
            "ligger i ugens eller resultatets mappe. Vælg et andet sted.".to_owned(),
            "lies in the folder of the week or of the result. Choose a place elsewhere.".to_owned(),
        ),
        NoPlace::Io(error) => {
            let error = diagnostic::unwritable(error);
            let error = error.in_language(language);
            language.pick(
                format!("kan ikke skrives ({error}). Se efter, at mappen findes, og at du må skrive dér."),
                format!("cannot be written ({error}). See that the folder is there and that you may write to it."),
            )
        }
    };
    format!("--certificate {file}: {what}")
}

/// Writes what proves the plan's bound, and says how far it goes. Where nothing is proven there is nothing to write.
pub(super) fn write(place: &Place, written: &Written, options: &args::Plan) -> Exit {
    let (planned, inputs) = (&written.planned, written.inputs.clone());
    let language = options.speech.language;
    let Some(proof) = &planned.proof else {
        say(options, &nothing_proven(language));
        return Exit::Done;
    };
    let frozen_before = options.published().and_then(|source| source.frozen_before());
    let bound = proof.bound();
    let certificate = Certificate { bound, inputs, frozen_before, proof: proof.clone() };
    if let Err(error) = place.write(&certificate::text(&planned.problem, &certificate)) {
        eprintln!("{}: {}", language.pick("fejl", "error"), refused(&error.into(), options));
        return Exit::Failed;
    }
    say(options, &told(bound, planned, options));
    Exit::Done
}

fn say(options: &args::Plan, text: &str) {
    if options.speaks() {
        tell(text);
    }
}

fn nothing_proven(language: Language) -> String {
    language.pick(
        "Der er intet certifikat: søgningen nåede ikke at bevise noget.".to_owned(),
        "There is no certificate: the search had not yet proven anything.".to_owned(),
    )
}

fn told(bound: i64, planned: &Planned, options: &args::Plan) -> String {
    let language = options.speech.language;
    let file = options.certificate.as_deref().unwrap_or(Path::new("")).display();
    let searched = planned.solved.bound.filter(|searched| searched.0 != bound);
    let bound = whole(bound, language);
    let more = searched.map_or(String::new(), |searched| {
        let searched = whole(searched.0, language);
        language.pick(format!("; søgningen selv beviste {searched}"), format!("; the search itself proved {searched}"))
    });
    language.pick(
        format!("Certifikat: {file} beviser {bound} point{more}."),
        format!("Certificate: {file} proves {bound} points{more}."),
    )
}
