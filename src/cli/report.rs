//! `pusterum report`.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::args::WeekAndResult;
use super::inputs::{self, Form};
use super::screen::tell;
use super::{Exit, args, interrupt, job};
use crate::calendar::IsoWeek;
use crate::check::check_plan;
use crate::diagnostic::Diagnostic;
use crate::import::{self, LoadedResult};
use crate::language::Language;
use crate::plan::Terms;
use crate::problem::Client;
use crate::report::folder::{Refusal, Target};
use crate::report::management;
use crate::units::Points;
use crate::words::numbered;

pub(super) fn run(options: &args::Report) -> Exit {
    let language = options.speech.language;
    if let Err(error) = interrupt::listen(1) {
        eprintln!("{}", job::internal(&error.to_string(), language));
        return Exit::Failed;
    }
    let twice = twice(&options.weeks);
    let sources: Vec<&Path> = options.weeks.iter().flat_map(|both| [&*both.week, &*both.result]).collect();
    let target = Target::open_for(management::MANIFEST, &options.out, &sources);
    let read: Vec<_> = options.weeks.par_iter().map(load).collect();
    let (results, faults) = parted(read, &options.weeks);
    match target {
        Ok(target) if faults.is_empty() && twice.is_empty() => match copy(&results) {
            None => finish(&results, target, options),
            Some(copy) => refuse_copy(copy, language),
        },
        target => refuse(target.err().as_ref(), (&twice, &faults), options),
    }
}

/// A week with its plan, which has to be the one that was planned: a roster of which a visit was moved has another score.
fn load(both: &WeekAndResult) -> Result<LoadedResult, Vec<Diagnostic>> {
    let result = import::load_result(&both.week, &both.result)?;
    // What has changed since the published roster can only be told with that roster.
    let comparable = |terms: Terms| Terms { changed: Points(0), ..terms };
    if comparable(check_plan(&result.problem, &result.plan).terms) == comparable(result.terms) {
        Ok(result)
    } else {
        Err(vec![import::edited_roster()])
    }
}

/// What is wrong with one of the weeks or its result.
type Faults<'a> = (&'a WeekAndResult, Vec<Diagnostic>);

fn parted(
    read: Vec<Result<LoadedResult, Vec<Diagnostic>>>,
    weeks: &[WeekAndResult],
) -> (Vec<LoadedResult>, Vec<Faults<'_>>) {
    let (mut results, mut faults) = (Vec::new(), Vec::new());
    for (read, both) in read.into_iter().zip(weeks) {
        match read {
            Ok(result) => results.push(result),
            Err(found) => faults.push((both, found)),
        }
    }
    (results, faults)
}

/// Folders that were given more than once: their hours would count twice.
fn twice(weeks: &[WeekAndResult]) -> Vec<&Path> {
    let [mut seen_weeks, mut seen_results] = [HashSet::new(), HashSet::new()];
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut twice = Vec::new();
    for both in weeks {
        twice.extend((!seen_weeks.insert(real(&both.week))).then_some(&*both.week));
        twice.extend((!seen_results.insert(real(&both.result))).then_some(&*both.result));
    }
    twice
}

/// A week of which the clients stand in that of an earlier result too, such as a copy: their hours would count twice.
fn copy(results: &[LoadedResult]) -> Option<(IsoWeek, &str)> {
    let mut seen = HashSet::new();
    results.iter().find_map(|result| {
        let clients = result.problem.clients.values();
        let client = |client: &Client| (result.problem.week, client.municipality.clone(), client.id.clone());
        let own: HashSet<_> = clients.iter().map(client).collect();
        let known = clients.iter().find(|known| seen.contains(&client(known)));
        seen.extend(own);
        known.map(|known| (result.problem.week, known.municipality.as_str()))
    })
}

/// Says everything that is wrong.
fn refuse(refusal: Option<&Refusal>, (twice, faults): (&[&Path], &[Faults<'_>]), options: &args::Report) -> Exit {
    let language = options.speech.language;
    let error = language.pick("fejl", "error");
    if let Some(refusal) = refusal {
        eprintln!("{error}: {}", refused(refusal, &options.out, language));
    }
    for folder in twice {
        let folder = folder.display();
        let text = language.pick(
            format!(
                "{folder}: er angivet to gange, så timerne ville tælle dobbelt. Angiv hver uge og hver plan én gang."
            ),
            format!(
                "{folder}: is given twice, so that its hours would count double. Give each week and each plan once."
            ),
        );
        eprintln!("{error}: {text}");
    }
    for (both, found) in faults {
        eprintln!("{}={}:", both.week.display(), both.result.display());
        inputs::list(found, Form::Text, language);
    }
    eprintln!("{}", language.pick("Ingen rapport er skrevet.", "No report was written."));
    Exit::BadInput
}

fn refuse_copy((week, municipality): (IsoWeek, &str), language: Language) -> Exit {
    let text = language.pick(
        format!(
            "fejl: borgere i {municipality} står i to af planerne for {week}, så deres timer ville tælle dobbelt. Angiv \
             hver uge én gang.\nIngen rapport er skrevet."
        ),
        format!(
            "error: clients in {municipality} stand in two of the plans for {week}, so that their hours would count \
             double. Give each week once.\nNo report was written."
        ),
    );
    eprintln!("{text}");
    Exit::BadInput
}

fn finish(results: &[LoadedResult], target: Target, options: &args::Report) -> Exit {
    let language = options.speech.language;
    match write(results, target, language) {
        Ok(()) if options.quiet => Exit::Done,
        Ok(()) => {
            tell(told(results, options));
            Exit::Done
        }
        Err(error) => {
            eprintln!("{}: {}", language.pick("fejl", "error"), job::unwritable(&error, &options.out, language));
            Exit::Failed
        }
    }
}

/// Puts the report together and brings it to its place.
fn write(results: &[LoadedResult], target: Target, language: Language) -> io::Result<()> {
    let staging = target.stage()?;
    let scratch = staging.scratch().to_owned();
    interrupt::writes_to(&scratch);
    management::write(results, language, staging.folder())?;
    interrupt::while_installing(&scratch, || staging.install()).map(drop)
}

fn told(results: &[LoadedResult], options: &args::Report) -> String {
    let language = options.speech.language;
    let plans = numbered(results.len(), ["plan", "planer"], ["plan", "plans"], language);
    let page = options.out.join(management::PAGE);
    let page = page.display();
    language
        .pick(format!("Rapport over {plans}.\nÅbn først: {page}"), format!("Report on {plans}.\nOpen first: {page}"))
}

fn refused(refusal: &Refusal, out: &Path, language: Language) -> String {
    let place = out.display();
    match refusal {
        Refusal::ForeignFiles(files) => {
            let files = files.join(", ");
            language.pick(
                format!("--out {place}: mappen rummer andre filer ({files}). Vælg en ny eller tom mappe eller en tidligere rapport."),
                format!("--out {place}: the folder holds other files ({files}). Choose a new or empty folder or an earlier report."),
            )
        }
        Refusal::NotAFolder => language.pick(
            format!("--out {place}: er ikke en mappe. Vælg en ny eller tom mappe eller en tidligere rapport."),
            format!("--out {place}: is no folder. Choose a new or empty folder or an earlier report."),
        ),
        Refusal::InsideWeek => language.pick(
            format!("--out {place}: ligger i en uges eller en plans mappe. Vælg en mappe et andet sted."),
            format!("--out {place}: lies in the folder of a week or a plan. Choose a folder elsewhere."),
        ),
        Refusal::Io(error) => job::unwritable(error, out, language),
    }
}
