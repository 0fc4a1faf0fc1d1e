//! Which rules stand behind a reason, in a sentence each, and where they come from (docs/rules.md).

use std::collections::BTreeSet;

use super::clauses;
use crate::ids::GrantId;
use crate::language::Language;
use crate::problem::{Problem, Service};
use crate::rules;

/// A rule in both languages: what it says, and its source.
pub(crate) struct Rule {
    /// `H1` … `H15`, or `S` for the order of the score.
    pub code: &'static str,
    words: (&'static str, &'static str),
    source: (&'static str, &'static str),
}

/// A document that rules come from.
pub(crate) struct Document {
    /// As it is quoted: `[B]`.
    pub mark: &'static str,
    words: (&'static str, &'static str),
}

impl Rule {
    pub(crate) fn words(&self, language: Language) -> &'static str {
        language.pick(self.words.0, self.words.1)
    }

    pub(crate) fn source(&self, language: Language) -> &'static str {
        language.pick(self.source.0, self.source.1)
    }
}

impl Document {
    pub(crate) fn words(&self, language: Language) -> &'static str {
        language.pick(self.words.0, self.words.1)
    }
}

/// The documents quoted.
pub(crate) const DOCUMENTS: [Document; 3] = [
    Document {
        mark: "[B]",
        words: (
            "»Kvalitetsstandard for afløsning og aflastning på ældreområdet 2025«, Ballerup Kommune",
            "“Kvalitetsstandard for afløsning og aflastning på ældreområdet 2025”, Ballerup Kommune",
        ),
    },
    Document {
        mark: "[K]",
        words: (
            "»Kvalitetsstandard for midlertidige ophold m.v.«, Køge Kommune, godkendt den 8. marts 2023",
            "“Kvalitetsstandard for midlertidige ophold m.v.”, Køge Kommune, approved on 8 March 2023",
        ),
    },
    Document {
        mark: "(A)",
        words: (
            "Antagelse: står ikke i kilderne, er en indstilling i policy.toml",
            "Assumption: not in the sources, a setting of policy.toml",
        ),
    },
];

/// The rules that keep relief from being delivered.
const RULES: [Rule; 13] = [
    Rule {
        code: "H1",
        words: (
            "Bevillingen gælder, og borgeren er omfattet af standarden",
            "The grant is valid, and the standard covers the client",
        ),
        source: ("voksen og ophold prøvet: [K]", "adults, stay tried: [K]"),
    },
    Rule {
        code: "H2",
        words: (
            "Højst bevillingens minutter, i besøg af de længder, der må gives",
            "At most the grant's minutes, in visits of the lengths allowed",
        ),
        source: ("1–3 timer om ugen [B], op til 2 [K]; længder (A)", "1–3 hours a week [B], up to 2 [K]; lengths (A)"),
    },
    Rule {
        code: "H3",
        words: ("Højst så mange besøg, på hver sin dag", "At most so many visits, on different days"),
        source: ("1–2 gange ugentligt [B]", "1–2 times a week [B]"),
    },
    Rule {
        code: "H4",
        words: (
            "På hverdage i dagtimerne, ikke på helligdage og lukkedage; uopsættelig afløsning kun som aftalt",
            "On weekdays in the daytime, not on holidays or closing days; urgent relief only as agreed",
        ),
        source: ("»på hverdage«, »i dagtimerne« [B]; klokkeslæt (A)", "»på hverdage«, »i dagtimerne« [B]; hours (A)"),
    },
    Rule {
        code: "H5",
        words: (
            "Inden for de aftalte tider, ellers de mulige; i Køge kun efter aftale",
            "Inside agreed windows, else possible ones; in Køge only by agreement",
        ),
        source: (
            "»kun efter forudgående konkret aftale« [K]; ellers (A)",
            "»kun efter forudgående konkret aftale« [K]; else (A)",
        ),
    },
    Rule {
        code: "H6",
        words: ("Borgeren er hjemme; ellers holder bevillingen pause", "The client is at home; else the grant pauses"),
        source: ("praktisk hjælp [B]; afløsning (A)", "practical help [B]; relief (A)"),
    },
    Rule {
        code: "H7",
        words: (
            "Fra den udfører, der kommer i hjemmet, eller som familien har valgt; i Køge kommunens egne",
            "Of the provider that comes to the home or that the family chose; in Køge the municipality's own",
        ),
        source: (
            "»en medarbejder fra samme sted«, frit valg [B]; [K]",
            "»en medarbejder fra samme sted«, free choice [B]; [K]",
        ),
    },
    Rule {
        code: "H8",
        words: (
            "Oplært i afløsning, og sundhedsfagligt uddannet ved komplekse behov",
            "Trained for relief, and with a health education where needs are complex",
        ),
        source: ("[B]; hvilke uddannelser (A)", "[B]; which educations (A)"),
    },
    Rule { code: "H9", words: ("Ikke en, der skal undgås", "Nobody to be avoided"), source: ("(A)", "(A)") },
    Rule {
        code: "H10–H12",
        words: (
            "I en vagt, med tid til kørsel og pause, uden om bookinger og faste besøg",
            "Within a shift, with time for travel and a break, beside bookings and fixed visits",
        ),
        source: ("(A); vagter og bookinger er givet", "(A); shifts and bookings are given"),
    },
    Rule {
        code: "H13",
        words: ("Inden for lofterne for medarbejdere og udførere", "Within the caps of carers and providers"),
        source: ("givet med ugen", "given with the week"),
    },
    Rule {
        code: "H15",
        words: ("Faste besøg bliver liggende", "Fixed visits stay as they are"),
        source: ("planlæggerens ord", "the planner's word"),
    },
    Rule {
        code: "S",
        words: (
            "Rækkefølgen: størst behov først, så anciennitet; dertil kendte medarbejdere, ønsker og kørsel",
            "The order: greatest need first, then seniority; besides, familiar carers, wishes and travel",
        ),
        source: ("behov og anciennitet [K]; vægtene (A)", "need and seniority [K]; weights (A)"),
    },
];

/// The rules with these codes, in their order.
pub(crate) fn rules<'c>(codes: &'c BTreeSet<&'static str>) -> impl Iterator<Item = &'static Rule> + 'c {
    RULES.iter().filter(|rule| codes.contains(rule.code))
}

/// The code under which a rule is listed: those of the shift stand together.
pub(crate) fn listed_under(code: &'static str) -> &'static str {
    if matches!(code, "H10" | "H11" | "H12") { "H10–H12" } else { code }
}

/// The rules behind a reason of `unmet.csv`.
pub(crate) fn codes(problem: &Problem, grant: GrantId, reason: &str) -> Vec<&'static str> {
    match reason {
        "no_carer" => excluding(problem, grant),
        "no_time" => vec!["H10–H12", "H13"],
        "less_time" => vec!["H2", "H3", "H5", "H10–H12", "H13"],
        "not_eligible" => vec!["H1"],
        "awaiting_agreement" if problem.grants[grant].service == Service::UrgentRelief => vec!["H4"],
        "awaiting_agreement" => vec!["H5"],
        "no_possible_day" => vec!["H1", "H4", "H5"],
        "paused" => vec!["H6"],
        "cut_to_standard" => vec!["H2"],
        // Nothing but the order of the score decided, as far as the search came.
        _ => vec!["S"],
    }
}

/// The rules that exclude carers from a grant.
fn excluding(problem: &Problem, grant: GrantId) -> Vec<&'static str> {
    let found = problem.carers.ids().filter_map(|carer| rules::excluded(problem, grant, carer));
    let codes: BTreeSet<&'static str> = found.map(clauses::rule_of).collect();
    codes.into_iter().collect()
}
