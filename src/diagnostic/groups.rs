//! Diagnostics with the same cause as one: a slip that was copied down a column is told once, with the first of its lines.

use std::collections::HashMap;

use super::{Diagnostic, Severity, Text, shown};
use crate::language::Language;
use crate::words;

/// Diagnostics of the same cause, in the order of their lines.
#[derive(Clone, Debug)]
pub struct Group<'d> {
    members: Vec<&'d Diagnostic>,
}

/// So many lines of a cause are named.
const LINES_NAMED: usize = 5;
/// So many values with the same fault are told each on its own; more are one cause.
const VALUES_APART: usize = 3;
/// So many causes of one code are told; the rest is only counted.
const CAUSES_TOLD: usize = 20;

/// What the diagnostics of one cause have in common: a fault of a column, whatever the value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Cause<'d> {
    severity: Severity,
    code: &'static str,
    file: &'d str,
    column: Option<&'d str>,
    problem: &'d Text,
    cure: &'d Text,
}

/// Groups diagnostics by cause, errors first, each group where its first member stood.
pub fn groups(found: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut values: HashMap<Cause<'_>, Vec<Option<&str>>> = HashMap::new();
    for diagnostic in found {
        let known = values.entry(Cause::of(diagnostic)).or_default();
        if known.len() <= VALUES_APART && !known.contains(&diagnostic.value.as_deref()) {
            known.push(diagnostic.value.as_deref());
        }
    }
    let mut places: HashMap<(Cause<'_>, Option<&str>), usize> = HashMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for diagnostic in found {
        let cause = Cause::of(diagnostic);
        let value = diagnostic.value.as_deref().filter(|_| values[&cause].len() <= VALUES_APART);
        let place = *places.entry((cause, value)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.members.push(diagnostic),
            None => groups.push(Group { members: vec![diagnostic] }),
        }
    }
    groups.sort_by_key(|group| group.first().severity);
    groups
}

/// The groups as lines for people; of a code with very many causes the first, and how many more there are.
pub fn lines(found: &[Diagnostic], language: Language) -> Vec<String> {
    let groups = groups(found);
    let mut told: HashMap<(Severity, &str), usize> = HashMap::new();
    let mut untold: Vec<(Severity, &str, usize)> = Vec::new();
    let mut lines = Vec::new();
    for group in &groups {
        let (severity, code) = (group.first().severity, group.first().code);
        let count = told.entry((severity, code)).or_default();
        *count += 1;
        if *count <= CAUSES_TOLD {
            lines.push((severity, group.render(language)));
            continue;
        }
        match untold.iter_mut().find(|(s, c, _)| (*s, *c) == (severity, code)) {
            Some((.., more)) => *more += group.members.len(),
            None => untold.push((severity, code, group.members.len())),
        }
    }
    lines.extend(untold.into_iter().map(|(severity, code, more)| (severity, and_more(more, code, language))));
    lines.sort_by_key(|(severity, _)| *severity);
    lines.into_iter().map(|(severity, line)| format!("{}: {line}", severity.name(language))).collect()
}

fn and_more(more: usize, code: &str, language: Language) -> String {
    let more = words::counted(more, language);
    language.pick(
        format!("og {more} til af samme slags; med --json vises alle. [{code}]"),
        format!("and {more} more of the same kind; --json shows all. [{code}]"),
    )
}

impl<'d> Cause<'d> {
    fn of(diagnostic: &'d Diagnostic) -> Self {
        Cause {
            severity: diagnostic.severity,
            code: diagnostic.code,
            file: &diagnostic.file,
            column: diagnostic.column.as_deref(),
            problem: &diagnostic.problem,
            cure: &diagnostic.cure,
        }
    }
}

impl Group<'_> {
    fn first(&self) -> &Diagnostic {
        self.members[0]
    }

    /// One line for people: how many, where, the values, what is wrong and what to do.
    pub fn render(&self, language: Language) -> String {
        let first = self.first();
        if self.members.len() == 1 {
            return first.render(language);
        }
        let count = self.count(language);
        if self.members.iter().all(|member| member.value == first.value) {
            return format!("{count}: {}{}{}", self.lines(language), first.shown_value(), first.advice(language));
        }
        format!("{count}: {}{} – {}", first.place(None, language), self.values(language), first.advice(language))
    }

    /// `37 rows`; places where several stand on one line.
    fn count(&self, language: Language) -> String {
        let number = self.members.len();
        let on_lines_of_their_own = self.members.windows(2).all(|pair| pair[0].line < pair[1].line);
        let danish = if on_lines_of_their_own { "rækker" } else { "steder" };
        let english = if on_lines_of_their_own { "rows" } else { "places" };
        format!("{} {}", words::counted(number, language), language.pick(danish, english))
    }

    /// `staff.csv lines 2, 3, 4, 5, 6 and 31 more, column provider_id: `.
    fn lines(&self, language: Language) -> String {
        let mut lines: Vec<u64> = self.members.iter().filter_map(|member| member.line).collect();
        lines.dedup();
        let named: Vec<String> = lines.iter().take(LINES_NAMED).map(u64::to_string).collect();
        let word = if lines.len() == 1 { ["linje", "line"] } else { ["linje", "lines"] };
        let text = format!(" {} {}", language.pick(word[0], word[1]), listed(&named, lines.len(), language));
        self.first().place((!lines.is_empty()).then_some(&text), language)
    }

    /// ``line 2 `200`, line 5 `210`, … and 31 more``.
    fn values(&self, language: Language) -> String {
        let told = |member: &&Diagnostic| {
            let line = member.line.map(|line| format!("{} {line} ", language.pick("linje", "line")));
            let value = member.value.as_deref().map(|value| format!("`{}`", shown(value)));
            line.into_iter().chain(value).collect::<String>().trim_end().to_owned()
        };
        let named: Vec<String> = self.members.iter().take(LINES_NAMED).map(told).collect();
        listed(&named, self.members.len(), language)
    }
}

/// `2, 3, 4 and 31 more`.
fn listed(named: &[String], all: usize, language: Language) -> String {
    let more = match all.saturating_sub(named.len()) {
        0 => String::new(),
        more => {
            let more = words::counted(more, language);
            language.pick(format!(" og {more} til"), format!(" and {more} more"))
        }
    };
    named.join(", ") + &more
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Fault, codes};
    use super::*;

    fn strange(line: u64, value: &str) -> Diagnostic {
        let fault = Fault::new(codes::UNKNOWN_PROVIDER, ["findes ikke", "is not there"], ["Ret id'et", "Mend the id"]);
        Cell { file: "staff.csv", line, column: "provider_id" }.error(value, fault)
    }

    #[test]
    fn a_slip_copied_down_a_column_is_one_cause() {
        let found: Vec<Diagnostic> = (2..=38).map(|line| strange(line, "Omsorg A/S")).collect();
        assert_eq!(
            lines(&found, Language::Danish),
            [
                "fejl: 37 rækker: staff.csv linje 2, 3, 4, 5, 6 og 32 til, kolonne provider_id: `Omsorg A/S` – findes ikke. \
              Ret id'et. [unknown-provider]"
            ]
        );
        assert_eq!(
            lines(&found[..2], Language::English),
            ["error: 2 rows: staff.csv lines 2, 3, column provider_id: `Omsorg A/S` – is not there. Mend the id. \
              [unknown-provider]"]
        );
    }

    #[test]
    fn few_values_are_told_each_and_many_are_one_cause() {
        let few: Vec<Diagnostic> = (2..=4).map(|line| strange(line, &format!("P{line}"))).collect();
        assert_eq!(lines(&few, Language::English).len(), 3);
        let many: Vec<Diagnostic> = (2..=8).map(|line| strange(line, &format!("P{line}"))).collect();
        assert_eq!(
            lines(&many, Language::English),
            [
                "error: 7 rows: staff.csv, column provider_id: line 2 `P2`, line 3 `P3`, line 4 `P4`, line 5 `P5`, line 6 \
              `P6` and 2 more – is not there. Mend the id. [unknown-provider]"
            ]
        );
    }

    #[test]
    fn errors_come_first_and_warnings_apart() {
        let found = [strange(2, "A").as_warning(), strange(3, "B"), strange(4, "A").as_warning()];
        let starts: Vec<String> = lines(&found, Language::English).iter().map(|line| line[..7].to_owned()).collect();
        assert_eq!(starts, ["error: ", "warning"]);
    }

    #[test]
    fn a_code_with_very_many_causes_ends_with_a_count() {
        let cause = |line: u64| {
            let fault = Fault::new(codes::OVERLAPPING_SHIFTS, ["a", &format!("line {line}")], ["b", "b"]);
            Cell { file: "shifts.csv", line, column: "start" }.error("S1", fault)
        };
        let found: Vec<Diagnostic> = (2..=31).map(cause).collect();
        let told = lines(&found, Language::English);
        assert_eq!(told.len(), CAUSES_TOLD + 1);
        assert!(told[CAUSES_TOLD].contains("and 10 more"), "{}", told[CAUSES_TOLD]);
    }

    #[test]
    fn every_diagnostic_is_in_one_group() {
        let found: Vec<Diagnostic> = (2..40).map(|line| strange(line, &format!("P{}", line % 5))).collect();
        let counted: usize = groups(&found).iter().map(|group| group.members.len()).sum();
        assert_eq!(counted, found.len());
    }
}
