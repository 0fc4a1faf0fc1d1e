//! A carer is ill for a day: the week is planned again from the roster that was published, and changes as little as it
//! pays to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::judge::Verdict;
use super::measure::{Row, Run, Task};
use super::options::How;
use super::results::Results;
use super::{Outcome, PROJECT, options, table};

const USUAL: &str = "../shared/weeks/ballerup-150/2026-W48";
const ABSENCES: &str = "absences.csv";

/// A visit, as far as replanning asks whether it was kept: grant, date, start, end and carer.
type Visit = [String; 5];
const KEPT: [&str; 5] = ["grant_id", "date", "start", "end", "staff_id"];
const DATE: usize = 1;
const CARER: usize = 4;

/// What was measured.
#[derive(Debug, Serialize)]
struct Replanned {
    carer: String,
    date: String,
    /// Visits published.
    published: usize,
    /// Those of the carer on that day, which cannot be kept.
    lost: usize,
    /// Those of the published visits that the new plan does not have; one for each run.
    changed: Vec<usize>,
    row: Row,
}

/// All that was measured.
#[derive(Debug, Serialize)]
struct Measured {
    /// The carer and the day with the most visits.
    hardest: Replanned,
    /// Every carer on every day with a visit, once each.
    each: Vec<Replanned>,
}

/// A carer and the day on which this carer is ill.
type Absence = (String, String);

pub fn measure(options: &options::Replan) -> Outcome<()> {
    let week = options.week.clone().unwrap_or_else(|| Path::new(PROJECT).join(USUAL));
    let place = tempfile::tempdir()?;
    let first = place.path().join("published");
    Task::new(&week, &options.how)?.run(&first)?;
    let before = Before { week: &week, roster: first.join("roster.csv") };
    let published = visits(&before.roster)?;
    let hardest = busiest(&published).ok_or("the published roster has no visit")?;
    let hardest = before.replanned(hardest, &options.how)?;
    let once = How { runs: 1, ..options.how };
    let absences: BTreeSet<Absence> = published.into_iter().map(|[_, date, _, _, carer]| (carer, date)).collect();
    let each = absences.into_iter().map(|absence| before.replanned(absence, &once)).collect::<Outcome<_>>()?;
    let measured = Measured { hardest, each };
    let table = table_of(&measured);
    Results { name: "replan", table: &table, legend: &legend(&options.how), raw: &[measured] }.keep(&options.how)
}

/// A week and its published roster.
struct Before<'w> {
    week: &'w Path,
    roster: PathBuf,
}

impl Before<'_> {
    /// Plans the week again without a carer on a day.
    fn replanned(&self, (carer, date): Absence, how: &How) -> Outcome<Replanned> {
        let before = visits(&self.roster)?;
        let place = tempfile::tempdir()?;
        let name = self.week.parent().and_then(Path::file_name).unwrap_or_default();
        let ill = place.path().join(name).join(self.week.file_name().unwrap_or_default());
        with_absence(self.week, &ill, (&carer, &date))?;
        let task = Task { published: Some(self.roster.clone()), ..Task::new(&ill, how)? };
        let (row, results) = task.row_in(place.path(), how)?;
        let changed = |result: &PathBuf| Ok(before.difference(&visits(&result.join("roster.csv"))?).count());
        let lost = before.iter().filter(|visit| visit[CARER] == carer && visit[DATE] == date).count();
        let changed = results.iter().map(changed).collect::<Outcome<_>>()?;
        Ok(Replanned { carer, date, published: before.len(), lost, changed, row })
    }
}

fn visits(roster: &Path) -> Outcome<BTreeSet<Visit>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(roster)?;
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    let visit = |row: BTreeMap<String, String>| KEPT.map(|column| row.get(column).cloned().unwrap_or_default());
    Ok(rows.map(|row| row.map(visit)).collect::<Result<_, _>>()?)
}

/// The carer and the day with the most visits: the hardest to do without.
fn busiest(visits: &BTreeSet<Visit>) -> Option<Absence> {
    let mut counts: BTreeMap<(&String, &String), usize> = BTreeMap::new();
    for visit in visits {
        *counts.entry((&visit[CARER], &visit[DATE])).or_default() += 1;
    }
    let ((carer, date), _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some((carer.clone(), date.clone()))
}

/// Copies a week and adds that a carer is ill on a day.
fn with_absence(week: &Path, copy: &Path, (carer, date): (&str, &str)) -> Outcome<()> {
    fs::create_dir_all(copy)?;
    for file in fs::read_dir(week)? {
        let file = file?;
        fs::copy(file.path(), copy.join(file.file_name()))?;
    }
    let path = copy.join(ABSENCES);
    let text = fs::read_to_string(&path).unwrap_or_else(|_| "subject;id;from;to;reason".to_owned());
    let of = |column: &str| match column {
        "subject" => "staff",
        "id" => carer,
        "from" | "to" => date,
        "reason" => "sick",
        _ => "",
    };
    let head = text.lines().next().unwrap_or_default();
    let row: Vec<&str> = head.split(';').map(|column| of(column.trim())).collect();
    Ok(fs::write(path, format!("{}\n{}\n", text.trim_end(), row.join(";")))?)
}

fn table_of(measured: &Measured) -> String {
    let Replanned { published, lost, changed, row, .. } = &measured.hardest;
    let run = row.middle();
    let mut sorted = changed.clone();
    sorted.sort_unstable();
    format!(
        "| week | clients | visits published | lost with the carer | changed | score | bound | status | seconds | \
         memory | check | referee |\n\
         |---|--:|--:|--:|--:|--:|--:|---|--:|--:|---|---|\n\
         | `{}` | {} | {published} | {lost} | {} | {} | {} | {} | {} | {} | {} | {} |\n\n{}\n",
        row.name,
        row.clients,
        sorted[sorted.len() / 2],
        run.score,
        table::or_dash(run.bound),
        run.status,
        table::seconds(row, |run| run.seconds),
        table::memory(row.megabytes()),
        row.verdict(|run| run.check),
        row.verdict(|run| run.referee),
        all_in_words(&measured.each),
    )
}

/// What came of all absences, each planned again once.
fn all_in_words(each: &[Replanned]) -> String {
    let mut seconds: Vec<f64> = each.iter().map(|replanned| replanned.row.median(|run| run.seconds)).collect();
    seconds.sort_by(f64::total_cmp);
    let at = |part: f64| seconds.get((seconds.len() as f64 * part) as usize).copied().unwrap_or_default();
    let verdict =
        |of: fn(&Run) -> Verdict| each.iter().map(|one| one.row.verdict(of)).max().unwrap_or(Verdict::NotAsked);
    let proven = each.iter().filter(|replanned| replanned.row.middle().gap() == Some(0)).count();
    format!(
        "Each of the {} absences of a carer on a day with visits: {proven} proven optimal, {:.1} s in the median, 19 of 20 in \
         {:.1} s, the longest {:.1} s; check: {}, referee: {}.",
        each.len(),
        at(0.5),
        at(0.95),
        seconds.last().copied().unwrap_or_default(),
        verdict(|run| run.check),
        verdict(|run| run.referee),
    )
}

fn legend(how: &How) -> String {
    format!(
        "In the table the carer with the most visits on a day is ill on that day; `plan --published` plans the week again. Changed \
         are published visits that the new plan does not have, those lost with the carer among them. {} The other absences \
         were planned once each.",
        table::common(how)
    )
}
