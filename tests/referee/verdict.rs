//! What check and referee say of a roster, brought to one form.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pusterum::calendar::IsoWeek;
use pusterum::check::{Finding, Report};
use pusterum::import::RosterRow;
use pusterum::problem::{Problem, Visit};
use pusterum::units::clock;
use serde_json::Value;

use super::mutant::Mutant;

/// What must be the same.
#[derive(Debug, PartialEq)]
pub struct Verdict {
    exit: i64,
    visits: i64,
    due: i64,
    delivered: i64,
    terms: BTreeMap<String, i64>,
    /// Rules and whom they concern, as far as the referee tells them apart.
    broken: BTreeSet<(String, String)>,
}

impl Verdict {
    /// What this verdict and another say differently.
    pub fn differences(&self, other: &Verdict) -> Vec<String> {
        let counts = |v: &Verdict| format!("{} {} {} {} {:?}", v.exit, v.visits, v.due, v.delivered, v.terms);
        let mut differences: Vec<String> =
            self.broken.symmetric_difference(&other.broken).map(|key| format!("{key:?}")).collect();
        if counts(self) != counts(other) {
            differences.push(format!("check {}, referee {}", counts(self), counts(other)));
        }
        differences
    }
}

/// Runs the referee's command line for each line of tab-separated arguments, reading each week once.
const DRIVER: &str = r#"
import functools, importlib.util, sys
spec = importlib.util.spec_from_file_location("check", sys.argv[1])
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)
check.Week = functools.cache(check.Week)
for line in sys.stdin.read().splitlines():
    sys.argv = ["check.py", *line.split("\t"), "--json"]
    print("EXIT", check.main())
"#;

/// The referee program.
pub struct Referee {
    shared: PathBuf,
}

impl Referee {
    /// The referee, where it is there; says so where it is not.
    pub fn beside_the_project() -> Option<Referee> {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        if shared.join("check.py").exists() && shared.join("weeks").exists() {
            return Some(Referee { shared });
        }
        println!("skipped: there is no ../shared/check.py beside the project");
        None
    }

    pub fn week(&self, case: &str) -> PathBuf {
        super::week_folder(&self.shared.join("weeks").join(case))
    }

    /// Its verdict on each roster.
    pub fn judge(&self, week: &Path, mutants: &[Mutant]) -> Vec<Verdict> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut tasks = String::new();
        for (i, mutant) in mutants.iter().enumerate() {
            let roster = write(folder.path(), &format!("roster-{i}.csv"), &mutant.rows);
            let _ = write!(tasks, "{}\t{}", week.display(), roster.display());
            if let Some(published) = &mutant.published {
                let baseline = write(folder.path(), &format!("published-{i}.csv"), published);
                let _ = write!(tasks, "\t--baseline\t{}", baseline.display());
            }
            tasks.push('\n');
        }
        self.run(&tasks)
    }

    /// Its verdict on a roster that stands in a file.
    pub fn judge_file(&self, week: &Path, roster: &Path, baseline: Option<&Path>) -> Verdict {
        let mut task = format!("{}\t{}", week.display(), roster.display());
        if let Some(baseline) = baseline {
            let _ = write!(task, "\t--baseline\t{}", baseline.display());
        }
        self.run(&task).pop().expect("one verdict")
    }

    fn run(&self, tasks: &str) -> Vec<Verdict> {
        let mut python = Command::new("python3");
        python.args(["-B", "-c", DRIVER]).arg(self.shared.join("check.py"));
        let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        child.stdin.take().expect("piped").write_all(tasks.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), tasks.lines().count() * 2, "it reads every roster");
        lines.chunks(2).map(|pair| of_referee(pair[0], pair[1])).collect()
    }
}

fn write(folder: &Path, name: &str, rows: &[RosterRow]) -> PathBuf {
    let mut text = "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status\n".to_owned();
    for (i, row) in rows.iter().enumerate() {
        let RosterRow { date, grant_id, client_id, provider_id, staff_id, .. } = row;
        let (start, end) = (clock(row.start), clock(row.end));
        let _ = writeln!(text, "V{i};{date};{start};{end};{grant_id};{client_id};{provider_id};{staff_id};;");
    }
    let path = folder.join(name);
    std::fs::write(&path, text).expect("it can be written");
    path
}

fn of_referee(json: &str, exit: &str) -> Verdict {
    let said: Value = serde_json::from_str(json).expect("JSON");
    let number = |key: &str| said[key].as_i64().expect("a whole number");
    let terms = said["terms"].as_object().expect("terms").iter();
    let week: IsoWeek = said["week"].as_str().expect("a week").parse().expect("a week");
    let lines = said["rules_broken"].as_array().expect("rules").iter().map(|line| line.as_str().expect("a line"));
    Verdict {
        exit: exit.trim_start_matches("EXIT ").parse().expect("an exit code"),
        visits: number("visits"),
        due: number("due_minutes"),
        delivered: number("delivered_minutes"),
        terms: terms.map(|(key, value)| (key.clone(), value.as_i64().expect("whole points"))).collect(),
        broken: lines.map(said_by_referee).filter(|key| !is_h3_of_another_week(week, key)).collect(),
    }
}

/// The referee asks H3 also of rows outside the week, which break H1 and which the check then counts nowhere.
fn is_h3_of_another_week(week: IsoWeek, (rule, date): &(String, String)) -> bool {
    rule == "H3" && week.day_of(date.parse().expect("a date")).is_none()
}

/// A line of the referee's as a rule and whom it concerns.
fn said_by_referee(line: &str) -> (String, String) {
    let (who, what) = line.split_once(": ").unwrap_or(("", line));
    let rule = what.split(' ').next().unwrap_or_default();
    let visit = who.replace(" by ", " ");
    let key = match rule {
        _ if what.contains("not in this week") => ("H1 week", String::new()),
        "H1" => ("H1 eligible", visit),
        "H1/H4/H5/H6" => ("window", visit),
        "H3" => ("H3", who.split(' ').next().unwrap_or_default().to_owned()),
        "H7" | "H13" if !who.contains(" by ") => (rule, who.split(' ').nth(1).unwrap_or_default().to_owned()),
        "H15" => ("H15", String::new()),
        "H2" | "H7" | "H8" | "H9" => (rule, visit),
        "H10" if what.contains("overlap") => ("H10 overlap", visit),
        "H10" | "H11" | "H12" => (rule, visit),
        _ => ("roster", String::new()),
    };
    (key.0.to_owned(), key.1)
}

pub fn of_report(problem: &Problem, report: &Report) -> Verdict {
    let terms = serde_json::to_value(report.terms).expect("terms are plain");
    let terms = terms.as_object().expect("terms").iter();
    Verdict {
        exit: i64::from(!report.is_kept()),
        visits: i64::try_from(report.visits).expect("few"),
        due: i64::from(report.due_minutes.0),
        delivered: i64::from(report.delivered_minutes.0),
        terms: terms.map(|(key, value)| (key.clone(), value.as_i64().expect("whole points"))).collect(),
        broken: only_first_of_carer_rules(&report.broken).map(|f| said_by_check(problem, f)).collect(),
    }
}

/// The referee names only the first of H7 to H9 that a visit's carer breaks; the check names each.
fn only_first_of_carer_rules(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    findings.iter().filter(move |finding| {
        let of_visit = finding.who.canonical.contains(' ');
        let of_carer = matches!(finding.rule, "H7" | "H8" | "H9");
        !of_carer || !of_visit || seen.insert(&finding.who.canonical)
    })
}

fn said_by_check(problem: &Problem, finding: &Finding) -> (String, String) {
    let Some(visit) = finding.visit else {
        let rule = if finding.rule == "H1" { "H1 week" } else { finding.rule };
        return (rule.to_owned(), String::new());
    };
    let expected = &finding.expected.english;
    let (rule, who) = match finding.rule {
        "H1" if expected.contains("adult") || expected.contains("stay") => ("H1 eligible", name(problem, visit)),
        "H1" | "H4" | "H5" | "H6" => ("window", name(problem, visit)),
        "H3" => ("H3", date(problem, visit)),
        "H7" | "H13" if !finding.who.canonical.contains(' ') => (finding.rule, finding.who.canonical.clone()),
        "H10" if expected.contains("other work") => ("H10 overlap", shift(problem, visit)),
        "H11" | "H12" => (finding.rule, shift(problem, visit)),
        rule => (rule, name(problem, visit)),
    };
    (rule.to_owned(), who)
}

fn date(problem: &Problem, visit: Visit) -> String {
    problem.week.date(visit.span.start.day().expect("in the week")).to_string()
}

fn name(problem: &Problem, visit: Visit) -> String {
    let start = clock(visit.span.start.time_of_day());
    let (grant, carer) = (&problem.grants[visit.grant].id, &problem.carers[visit.carer].id);
    format!("{} {start} {grant} {carer}", date(problem, visit))
}

fn shift(problem: &Problem, visit: Visit) -> String {
    format!("{} {}", problem.carers[visit.carer].id, date(problem, visit))
}
