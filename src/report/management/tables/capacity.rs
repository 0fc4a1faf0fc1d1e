//! What capacity is missing where: undelivered hours by reason, qualification, weekday and provider.

use super::super::facts::Asked;
use super::super::figures::{Group, Measure, Part};
use super::super::reasons::Cause;
use super::asks::{Shows, UNDELIVERED};
use super::{Chart, Column, Row, Scale, Table, Tables, Unit, Words};
use crate::report::palette::{self, Paint};

impl Tables<'_> {
    pub(super) fn causes(&self) -> Table {
        let words = Words {
            id: "missing-reasons",
            sheet: ["Mangler, årsag og udfører", "Missing, reason and provider"],
            title: ["Ikke leverede timer efter udfører og årsag", "Undelivered hours by provider and reason"],
            about: &[
                "Årsagen er den, planen gav for bevillingen.",
                "The reason is the one that the plan gave for the grant.",
            ],
            row_head: ["Udfører", "Provider"],
        };
        let columns = Cause::ALL.map(|cause| {
            let help = self.language.pick("Det ville hjælpe", "What would help");
            (
                Part::Cause(cause),
                cause.name(self.language).to_owned(),
                format!("{help}: {}.", cause.help(self.language)),
            )
        });
        let paints = [palette::AWAY, palette::DUE, palette::BOOKING, palette::UNDELIVERED, palette::NOT_DUE];
        self.crossed(words, &columns, &paints)
    }

    pub(super) fn causes_alone(&self) -> Table {
        let words = Words {
            id: "reasons",
            sheet: ["Årsager", "Reasons"],
            title: ["Ikke leverede timer efter årsag", "Undelivered hours by reason"],
            about: &[
                "Årsagen er den, planen gav for bevillingen.",
                "The reason is the one that the plan gave for the grant.",
            ],
            row_head: ["Årsag", "Reason"],
        };
        let rows = self.groups(&[Measure::Undelivered], |part| matches!(part, Part::Cause(_)));
        let help = |cause: Cause| {
            let helps = self.language.pick("det ville hjælpe", "what would help");
            format!("{} – {helps}: {}.", cause.name(self.language), cause.help(self.language))
        };
        let known: Vec<Cause> = Cause::ALL.into_iter().filter(|cause| rows.contains(&Part::Cause(*cause))).collect();
        let mut table = self.table(words, &[&UNDELIVERED], rows, (&[(0, palette::UNDELIVERED)], Scale::Common));
        table.about.extend(known.into_iter().map(help));
        table
    }

    pub(super) fn missing_by_asked(&self) -> Table {
        let words = Words {
            id: "missing-qualifications",
            sheet: ["Mangler, krav og udfører", "Missing, qualif. and provider"],
            title: [
                "Ikke leverede timer efter udfører og krævet kvalifikation",
                "Undelivered hours by provider and qualification",
            ],
            about: &["Hvem der mangler timer fra hvem.", "Whose hours are missing where."],
            row_head: ["Udfører", "Provider"],
        };
        let columns = [Asked::HealthEducation, Asked::ReliefTraining, Asked::Nothing]
            .map(|asked| (Part::Asked(asked), self.asked(asked).to_owned(), String::new()));
        self.crossed(words, &columns, &[palette::DUE, palette::UNDELIVERED, palette::NOT_DUE])
    }

    pub(super) fn missing_by_day(&self) -> Table {
        let words = Words {
            id: "missing-weekdays",
            sheet: ["Mangler, dag og udfører", "Missing, day and provider"],
            title: ["Ikke leverede timer efter udfører og ugedag", "Undelivered hours by provider and weekday"],
            about: &[
                "Manglende timer, fordelt ligeligt på de dage, hvor bevillingen kunne leveres og ikke har besøg.",
                "Missing hours, in equal parts on the days on which the grant could be delivered and has no visit.",
            ],
            row_head: ["Udfører", "Provider"],
        };
        let days = self.groups(&[Measure::Undelivered], |part| matches!(part, Part::Day(_)));
        let columns: Vec<(Part, String, String)> =
            days.into_iter().map(|day| (day.clone(), self.name(&day), String::new())).collect();
        let paints = [
            palette::DUE,
            palette::BOOKING,
            palette::VISIT,
            palette::BREAK,
            palette::UNDELIVERED,
            palette::NOT_DUE,
            palette::AWAY,
        ];
        self.crossed(words, &columns, &paints)
    }

    /// Undelivered hours of providers, with a column for each of the other property's values and one for their sum.
    fn crossed(&self, words: Words<'_>, columns: &[(Part, String, String)], paints: &[Paint]) -> Table {
        let rows = self.groups(&[Measure::Undelivered], |part| matches!(part, Part::Provider(_)));
        let rows = self.by_size(rows, Measure::Undelivered);
        let row = |name: String, group: &Group| {
            let crossed = columns.iter().map(|(part, ..)| [group.as_slice(), std::slice::from_ref(part)].concat());
            let groups = crossed.chain([group.clone()]);
            Row { name, cells: groups.map(|group| self.cell(Shows::Hours(Measure::Undelivered), &group)).collect() }
        };
        let heads = columns.iter().map(|(_, head, meaning)| Column {
            head: head.clone(),
            meaning: meaning.clone(),
            unit: Unit::Hours,
        });
        let sum = Column { head: self.pick(&["I alt", "Total"]), meaning: String::new(), unit: Unit::Hours };
        Table {
            id: words.id,
            sheet: self.pick(&words.sheet),
            title: self.pick(&words.title),
            about: vec![self.pick(words.about)],
            row_head: self.pick(&words.row_head),
            columns: heads.chain([sum]).collect(),
            total: (rows.len() > 1).then(|| row(self.pick(&["I alt", "Total"]), &Group::new())),
            rows: rows.into_iter().map(|part| row(self.name(&part), &vec![part])).collect(),
            chart: Chart { parts: (0..columns.len()).zip(paints.iter().copied()).collect(), scale: Scale::Common },
        }
    }
}
