//! Verdicts in words.

use std::collections::BTreeSet;

use crate::diagnostic::Text;
use crate::explain::obstacles;
use crate::explain::verdict::{GrantVerdict, Instead, Level, Part, Verdict};
use crate::explain::words::{
    Layout, Voice, better_or_worse, both, families, points, spoken, terms_in_brackets, visits, with_list,
};
use crate::explain::{Change, Subject, changed_visits};
use crate::ids::{ClientId, GrantId};
use crate::language::Language;
use crate::units::{Minutes, Points};
use crate::words::sources;

/// More changes are counted, not listed.
const LISTED: usize = 6;

/// How a verdict is told.
#[derive(Clone, Copy)]
struct Teller<'a> {
    voice: Voice<'a>,
    verdict: &'a GrantVerdict,
    layout: Layout,
    language: Language,
}

/// Why a grant does not get more, a sentence or two for each kind of minutes.
pub fn verdict(voice: Voice<'_>, verdict: &GrantVerdict, layout: Layout) -> Text {
    both(|language| Teller { voice, verdict, layout, language }.all())
}

impl Teller<'_> {
    fn all(self) -> String {
        let (language, verdict) = (self.language, self.verdict);
        let missing = spoken(verdict.due - verdict.delivered, language);
        let due = spoken(verdict.due, language);
        let start = if verdict.delivered == Minutes(0) {
            language
                .pick(format!("Ugens {due} leveres ikke."), format!("None of the {due} due this week is delivered."))
        } else {
            language.pick(
                format!("Der mangler {missing} af ugens {due}."),
                format!("{missing} of the {due} due this week {} missing.", be(verdict.due - verdict.delivered)),
            )
        };
        let parts = verdict.parts.iter().map(|part| self.of_part(*part));
        [start].into_iter().chain(parts).collect::<Vec<String>>().join(self.layout.between())
    }

    fn of_part(self, part: Part) -> String {
        let minutes = spoken(part.minutes, self.language);
        match part.verdict {
            Verdict::ImpossibleAlone => self.impossible_alone(&minutes),
            Verdict::ImpossibleTogether => self.impossible_together(&minutes),
            Verdict::TradedOff => self.traded_off(&minutes),
            Verdict::AtNoCost => self.at_no_cost(&minutes),
            Verdict::NotProven => self.not_proven(&minutes),
        }
    }

    fn impossible_alone(self, minutes: &str) -> String {
        let (language, verdict) = (self.language, self.verdict);
        let most = spoken(verdict.possible_alone, language);
        let most = if verdict.possible_alone == Minutes(0) {
            String::new()
        } else {
            language.pick(format!(": mere end {most} er ikke muligt"), format!(": more than {most} is not possible"))
        };
        let sentence = language.pick(
            format!("{minutes} kan ikke leveres, heller ikke hvis ingen andre skulle have besøg{most}."),
            format!("{minutes} cannot be delivered, even if nobody else were to be visited{most}."),
        );
        let why = obstacles::told(self.voice.problem, &verdict.obstacles, self.layout);
        format!("{sentence} {}", why.in_language(language))
    }

    fn impossible_together(self, minutes: &str) -> String {
        let language = self.language;
        let taken = self.verdict.told(Verdict::ImpossibleTogether).and_then(|level| level.takes_at_least);
        let taken = spoken(taken.unwrap_or_default(), language);
        let sentence = language.pick(
            format!(
                "{minutes} kan kun leveres, hvis borgere med større behov eller længere ventetid tilsammen får mindst {taken} mindre."
            ),
            format!(
                "{minutes} can be delivered only if clients with greater need or a longer wait together get at least {taken} less."
            ),
        );
        self.with_the_plan_of(Verdict::ImpossibleTogether, sentence)
    }

    fn traded_off(self, minutes: &str) -> String {
        let language = self.language;
        let whole = self.price_of_all().map_or(String::new(), |price| {
            language.pick(
                format!(": leveres det hele, bliver den {price}"),
                format!(": with all of it the plan is {price}"),
            )
        });
        let sentence = language.pick(
            format!("{minutes} kunne leveres, men ikke uden at planen samlet bliver dårligere{whole}."),
            format!("{minutes} could be delivered, but not without the plan as a whole getting worse{whole}."),
        );
        self.with_the_plan_of(Verdict::TradedOff, sentence)
    }

    /// What the largest total that fits costs, where the one that is told is less.
    fn price_of_all(self) -> Option<String> {
        let told = self.verdict.told(Verdict::TradedOff)?;
        let such = self.verdict.levels.iter().filter(|level| level.verdict == Verdict::TradedOff);
        let (all, found) = such.filter_map(Level::with_plan).max_by_key(|(level, _)| level.minutes)?;
        (all.minutes > told.minutes).then(|| bare_price(all, found, self.language))
    }

    fn at_no_cost(self, minutes: &str) -> String {
        let sentence = self.language.pick(
            format!("{minutes} kunne leveres, uden at planen samlet bliver dårligere: planlæg igen."),
            format!("{minutes} could be delivered without the plan as a whole getting worse: plan again."),
        );
        self.with_the_plan_of(Verdict::AtNoCost, sentence)
    }

    fn not_proven(self, minutes: &str) -> String {
        let sentence = self.language.pick(
            format!("For {minutes} er svaret ikke bevist: tiden slap op. Giv mere tid med --time-limit."),
            format!("For {minutes} the answer is not proven: the time ran out. Give more with --time-limit."),
        );
        self.with_the_plan_of(Verdict::NotProven, sentence)
    }

    /// A sentence and the plan that is told where minutes of a verdict are, if one was found.
    fn with_the_plan_of(self, verdict: Verdict, sentence: String) -> String {
        match self.verdict.told(verdict).and_then(Level::with_plan) {
            Some(found) => format!("{sentence} {}", self.with_a_plan(found)),
            None => sentence,
        }
    }

    /// What becomes of the plan and of whom, where the grant gets the total.
    fn with_a_plan(self, (level, found): (&Level, &Instead)) -> String {
        let language = self.language;
        let more = spoken(level.minutes - self.verdict.delivered, language);
        let price = price(level, found, language);
        let sentence = language
            .pick(format!("Med {more} mere bliver planen {price}."), format!("With {more} more the plan is {price}."));
        let head = sentence + &self.effect(found);
        match &level.gentle {
            None => self.listing(head, found),
            Some(gentle) => {
                let price = better_or_worse(gentle.price, language) + &terms_in_brackets(gentle.terms, language);
                let between = self.layout.between();
                let sentence = language.pick(
                    format!("{head}.{between}Med langt færre ændringer bliver planen {price}."),
                    format!("{head}.{between}With far fewer changes the plan is {price}."),
                );
                self.listing(sentence + &self.effect(gentle), gentle)
            }
        }
    }

    /// What becomes of the client's own visits and of others', without the full stop.
    fn effect(self, found: &Instead) -> String {
        let own = found.changes.iter().find(|change| change.grant == self.verdict.grant);
        own.map(|own| self.own_visits(own)).unwrap_or_default() + &self.effect_on(&self.others(found))
    }

    fn others(self, found: &Instead) -> Vec<&Change> {
        found.changes.iter().filter(|change| change.grant != self.verdict.grant).collect()
    }

    /// The first of the others' changes below what is said of them.
    fn listing(self, head: String, found: &Instead) -> String {
        let (language, others) = (self.language, self.others(found));
        if others.is_empty() {
            return head + ".";
        }
        let told = others.iter().take(LISTED).map(|change| change_told(self.voice, change, language));
        let mut items: Vec<String> = told.collect();
        if others.len() > LISTED {
            let rest = others.len() - LISTED;
            items.push(language.pick(
                if rest == 1 { "og 1 ændring til".to_owned() } else { format!("og {rest} ændringer til") },
                if rest == 1 { "and 1 more change".to_owned() } else { format!("and {rest} more changes") },
            ));
        }
        with_list(&(head + ":"), &items, self.layout)
    }

    fn own_visits(self, change: &Change) -> String {
        let language = self.language;
        let after = self.voice.visits(&change.after, language);
        if change.before.is_empty() {
            return language.pick(format!(" Borgeren får besøg {after}."), format!(" The client is visited {after}."));
        }
        let before = self.voice.visits(&change.before, language);
        language.pick(
            format!(" Borgeren får besøg {after} i stedet for {before}."),
            format!(" The client is visited {after} instead of {before}."),
        )
    }

    /// How many other visits and families change, and what they lose and gain.
    fn effect_on(self, others: &[&Change]) -> String {
        let language = self.language;
        if others.is_empty() {
            return language.pick(" Ingen andre besøg ændrer sig", " No other visit changes").to_owned();
        }
        let count = visits(changed_visits(others.iter().copied()), language);
        let whom = families(self.clients(others.iter().map(|change| change.grant)).len(), language);
        let less = self.sum(others, |minutes| minutes < Minutes(0), ["mindre", "less"]);
        let more = self.sum(others, |minutes| minutes > Minutes(0), ["mere", "more"]);
        language.pick(
            format!(" Det ændrer {count} hos {whom}{less}{more}"),
            format!(" That changes {count} of {whom}{less}{more}"),
        )
    }

    fn clients(self, grants: impl Iterator<Item = GrantId>) -> BTreeSet<ClientId> {
        grants.map(|grant| self.voice.problem.grants[grant].client).collect()
    }

    /// `; 2 familier får tilsammen 1,5 t mindre`; nothing where nobody does.
    fn sum(self, others: &[&Change], wanted: fn(Minutes) -> bool, [danish, english]: [&str; 2]) -> String {
        let language = self.language;
        let such: Vec<&&Change> = others.iter().filter(|change| wanted(change.gained())).collect();
        let total: Minutes = such.iter().map(|change| change.gained()).sum();
        let clients = self.clients(such.iter().map(|change| change.grant)).len();
        if clients == 0 {
            return String::new();
        }
        let (whom, time) = (families(clients, language), spoken(Minutes(total.0.abs()), language));
        let (together, get) = match clients {
            1 => ("", "gets"),
            _ => (language.pick("tilsammen ", " together"), "get"),
        };
        language.pick(
            format!("; {whom} får {together}{time} {danish}"),
            format!("; {whom} {get}{together} {time} {english}"),
        )
    }
}

/// `1 h is`, `90 minutes are`.
pub(super) fn be(minutes: Minutes) -> &'static str {
    if [1, 60].contains(&minutes.0) { "is" } else { "are" }
}

/// What the plan becomes, and by which terms; where the search was cut short, how far it may be off.
fn price(level: &Level, found: &Instead, language: Language) -> String {
    bounded_price((level, found), &terms_in_brackets(found.terms, language), language)
}

/// The same without the terms.
fn bare_price(level: &Level, found: &Instead, language: Language) -> String {
    bounded_price((level, found), "", language)
}

fn bounded_price((level, found): (&Level, &Instead), terms: &str, language: Language) -> String {
    let told = better_or_worse(found.price, language);
    if found.is_proven || found.price <= Points(0) {
        return told + terms;
    }
    match level.price_at_least.filter(|least| *least > Points(0)) {
        Some(least) => {
            let least = points(least, language);
            language.pick(
                format!("højst {told}{terms}, og mindst {least} (bevist)"),
                format!("at most {told}{terms}, and at least {least} (proven)"),
            )
        }
        None => language.pick(format!("højst {told}{terms}"), format!("at most {told}{terms}")),
    }
}

/// One grant's change, such as `borger C2 får besøg tir. … i stedet for man. …`.
pub(crate) fn change_told(voice: Voice<'_>, change: &Change, language: Language) -> String {
    let who = voice.grant(change.grant, language);
    let (before, after) = (voice.visits(&change.before, language), voice.visits(&change.after, language));
    let the_visit = match change.before.len() {
        1 => language.pick("besøget", "the visit"),
        _ => language.pick("besøgene", "the visits"),
    };
    match (change.before.is_empty(), change.after.is_empty()) {
        (false, true) => {
            language.pick(format!("{who} mister {the_visit} {before}"), format!("{who} loses {the_visit} {before}"))
        }
        (true, _) => language.pick(format!("{who} får besøg {after}"), format!("{who} is visited {after}")),
        (false, false) => language.pick(
            format!("{who} får besøg {after} i stedet for {before}"),
            format!("{who} is visited {after} instead of {before}"),
        ),
    }
}

/// How many minutes of how many families have which verdict, a line for each.
pub fn overview(subject: &Subject, verdicts: &[GrantVerdict]) -> Text {
    let kinds = [
        Verdict::ImpossibleAlone,
        Verdict::ImpossibleTogether,
        Verdict::TradedOff,
        Verdict::AtNoCost,
        Verdict::NotProven,
    ];
    both(|language| {
        let line = |kind: Verdict| {
            let of_kind = verdicts.iter().filter(|verdict| verdict.minutes_of(kind) > Minutes(0));
            let minutes: Minutes = verdicts.iter().map(|verdict| verdict.minutes_of(kind)).sum();
            let clients = subject.families(of_kind.map(|verdict| verdict.grant)).len();
            let weight = |verdict: &GrantVerdict| subject.book.grants[verdict.grant].unmet_weight;
            let price: i64 = verdicts.iter().map(|verdict| (weight(verdict) * verdict.minutes_of(kind)).0).sum();
            let (time, whom) = (spoken(minutes, language), families(clients, language));
            let price = points(Points(price), language);
            (minutes > Minutes(0)).then(|| {
                language.pick(format!("  {time} hos {whom} ({price}) "), format!("  {time} of {whom} ({price}) "))
                    + name(kind, language)
            })
        };
        let lines: Vec<String> = kinds.into_iter().filter_map(line).collect();
        if lines.is_empty() {
            return language.pick("Alt er leveret.", "Everything is delivered.").to_owned();
        }
        let (score, families) = (points(subject.score(), language), families(all_short(subject), language));
        let undelivered = subject.report.undelivered_minutes();
        let (missing, be) = (spoken(undelivered, language), be(undelivered));
        let head = language.pick(
            format!("Planen har {score} (færre er bedre). Der mangler {missing} hos {families}:"),
            format!("The roster has {score} (fewer are better). {missing} of {families} {be} missing:"),
        );
        format!("{head}\n{}{}", lines.join("\n"), better_plan(verdicts, language))
    })
}

/// That the roster is not the best one, where that came to light: then the prices are made of two things.
fn better_plan(verdicts: &[GrantVerdict], language: Language) -> String {
    let found = verdicts.iter().flat_map(|verdict| &verdict.levels).filter_map(|level| level.found.as_ref());
    let best = found.map(|found| found.price).min().filter(|price| *price < Points(0));
    best.map_or(String::new(), |best| {
        let better = better_or_worse(best, language);
        language.pick(
            format!("\nUndervejs blev der fundet en plan, der er {better}: planlæg igen, og spørg så, for priserne nedenfor regner den forbedring med."),
            format!("\nOn the way a plan was found that is {better}: plan again and then ask, as the prices below count that improvement in."),
        )
    })
}

fn all_short(subject: &Subject) -> usize {
    subject.families(subject.undelivered()).len()
}

/// The rules that are named, their sources, and what points are.
pub fn sources(verdicts: &[GrantVerdict], language: Language) -> String {
    let rules = verdicts.iter().flat_map(|verdict| &verdict.obstacles).map(|obstacle| obstacle.rule);
    let codes: BTreeSet<&str> = rules.chain(["S", "H2", "H3", "H13"]).map(sources::listed_under).collect();
    let mut lines = vec![language.pick("Reglerne og deres kilder:", "The rules and their sources:").to_owned()];
    let source = language.pick("kilde", "source");
    lines.extend(
        sources::rules(&codes)
            .map(|rule| format!("  {}: {} ({source}: {})", rule.code, rule.words(language), rule.source(language))),
    );
    lines.extend(sources::DOCUMENTS.iter().map(|document| format!("  {} {}", document.mark, document.words(language))));
    lines.push(language.pick(POINTS[0], POINTS[1]).to_owned());
    lines.join("\n")
}

const POINTS: [&str; 2] = [
    "Point: færre er bedre. Hvert minut, der ikke leveres, koster efter behov og ventetid; dertil kommer nye og flere \
     medarbejdere i hjemmet, tider uden for de foretrukne og kørsel. Vægtene står i ugens policy.toml.",
    "Points: fewer are better. Each minute that is not delivered costs by need and waiting time; then come new and several \
     carers in the home, times outside the preferred ones, and travel. The weights stand in the week's policy.toml.",
];

/// A verdict in a few words.
fn name(verdict: Verdict, language: Language) -> &'static str {
    match verdict {
        Verdict::ImpossibleAlone => language.pick(
            "kan ikke leveres, heller ikke hvis der ingen andre var",
            "cannot be delivered, even if there were nobody else",
        ),
        Verdict::ImpossibleTogether => language.pick(
            "kan kun leveres på bekostning af borgere med større behov eller længere ventetid",
            "can be delivered only at the expense of clients with greater need or a longer wait",
        ),
        Verdict::TradedOff => language.pick(
            "kunne leveres, men planen ville samlet blive dårligere",
            "could be delivered, but the plan as a whole would be worse",
        ),
        Verdict::AtNoCost => language.pick(
            "kunne leveres, uden at planen bliver dårligere: planlæg igen",
            "could be delivered without making the plan worse: plan again",
        ),
        Verdict::NotProven => {
            language.pick("er der ikke bevist noget om: tiden slap op", "are not proven: the time ran out")
        }
    }
}
