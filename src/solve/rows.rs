//! The rows of the master problem: what the visits of different shifts have to do with each other.
//!
//! For a group of shifts `k` with routes `r`, grants `g`, lengths `l`, days `d` and carers `c` the master is
//!
//! ```text
//! min  Σ_r cost_r x_r + Σ_g extra_carer · e_g
//!      Σ_{r of k} x_r                          ≤ 1                 every shift k        (one route a shift)
//!      Σ visits of g of length l − Σ_p n_pl y_gp = 0               every g, l           (H2: patterns of lengths)
//!      Σ_p y_gp                                ≤ 1                 every g
//!      Σ visits of g on days d…                − Σ_p y_gp ≤ 0      every g, run of days (H3: apart)
//!      Σ relief visits of a client on d        ≤ 1                 every client, d      (H3)
//!      Σ minutes of a carer, of a provider     ≤ what pins leave of the cap             (H13, in common parts)
//!      visits of g of length l on d            ≤ Σ_{p with l} y_gp every g, l, d        (as cuts)
//!      Σ_c visits of g by c on the day d(c)    − Σ_p y_gp ≤ e_g    for chosen d(·)      (extra_carer, as cuts)
//!      visits of g by c on d only − y_{one visit} ≤ e_g            every g, c, d        (extra_carer, as cuts: `returns`)
//!      Σ_{p of S} y_p − Σ_v α_v (visits v)     ≤ e_g               for chosen S, α     (extra_carer, as cuts: `pairs`)
//!      Σ_π visits of a client by provider π, of the grant and day chosen for π ≤ 1      (H7, as cuts)
//! ```
//!
//! A grant that can have one new visit only needs no patterns: one row `Σ visits of g ≤ 1` says it all. Every row
//! counts a visit by its shift, grant and length alone — by its *kind* — so pricing only needs one value a kind, and
//! the cuts, found as they are violated, do not change pricing (they are robust in the sense of Poggi and Uchoa 2003). Rows
//! of halves (`halves`) are the exception: they also count pairs of visits, and pricing has to remember who waits for a partner. Where
//! routes are listed, rows may also count a route by steps of what its visits count together (`stepped`): other parts of sums of rows
//! (`fractions`) and what a capped carer's shifts can take together (`levels`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::areas::{AreaId, Areas};
use super::counted::Counted;
use super::day::ShiftDay;
use super::halves::Halves;
use super::stepped::Stepped;
use crate::ids::{CarerId, ClientId, GrantId, ProviderId, ShiftId};
use crate::plan::proof::RowName;
use crate::problem::{Problem, Service};
use crate::rules::{GrantRules, Pattern, Rulebook, provider_is_open};
use crate::units::{Day, Minutes};

/// A row of the master, by position.
pub(super) type RowId = u32;

/// A kind of visit in a group: a shift's grant and length, by position.
pub(super) type KindId = u32;

/// `Σ coefficient · column` is at most, or exactly, the right-hand side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    AtMost,
    Exactly,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub sense: Sense,
    pub rhs: i64,
}

/// A column that is no route: a pattern of lengths, further carers, or whether a grant is visited at all.
#[derive(Clone, Debug)]
pub(super) struct SideColumn {
    pub grant: GrantId,
    pub meaning: Meaning,
    pub cost: i64,
    /// Of the columns of one choice at most one is taken; a column without is between `lower` and `upper`.
    pub choice: Option<u32>,
    pub lower: i64,
    pub upper: i64,
    pub rows: Vec<(RowId, i64)>,
}

/// What a side column says of its grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Its new visits have these lengths, descending.
    Pattern(Vec<i32>),
    /// It has new visits.
    Visited,
    /// So many carers beyond the first.
    ExtraCarers,
    /// So many visits of a set: what is branched on.
    Count,
    /// So many visits that a count lacks: no plan has any.
    Missing,
}

/// What a kind of visit is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// Index of the shift in its group.
    pub shift: usize,
    pub grant: GrantId,
    pub length: i32,
    pub carer: CarerId,
    pub provider: ProviderId,
    pub day: Day,
}

/// Rows and side columns of a group's master.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub kinds: Vec<Kind>,
    /// The kinds of each shift of the group.
    pub of_shift: Vec<Range<usize>>,
    /// The shifts, by position.
    pub shift_ids: Vec<ShiftId>,
    pub rows: Vec<Row>,
    /// What each row says, for whoever proves the bound again.
    pub names: Vec<RowName>,
    /// The rows that count a kind of visit, and how much.
    pub of_kind: Vec<Vec<(RowId, i64)>>,
    /// How many of the rows stand there from the start; those after them are cuts.
    pub first_cut: usize,
    pub side: Vec<SideColumn>,
    /// How many choices there are among the side columns.
    pub choices: u32,
    /// The rows that are caps (H13).
    pub caps: BTreeSet<RowId>,
    /// Grants whose visits follow patterns of lengths, by choice.
    pub patterned: Vec<PatternedGrant>,
    /// Grants whose continuity is still to be cut.
    pub shared: Vec<SharedGrant>,
    /// Clients who may have any approved provider, but one only.
    pub open_clients: Vec<OpenClient>,
    /// What the rows of halves count.
    pub halves: Halves,
    /// What rows count by steps.
    pub stepped: Stepped,
    /// All that visits of the group can save, in points.
    savings: i64,
    pub areas: Arc<Areas>,
    /// The rows that count how often routes enter an area.
    pub of_area: Vec<(RowId, AreaId)>,
}

/// No count is higher: of a grant's visits in a week, or of the visits with which routes of a group enter an area.
const COUNT_MAX: i64 = 10_000;

/// Points of a visit that is missing, and how many times all that visits can save it costs beside them. Where a cap lets a route be
/// taken but for a minute, so small a part of a visit is missing.
const MISSING_VISIT: i64 = 1_000_000;
const MISSING_SAVINGS: i64 = 2;
const MISSING_SAVINGS_BY_CAPS: i64 = 200;

/// A grant with patterns of lengths.
#[derive(Clone, Debug)]
pub(super) struct PatternedGrant {
    pub grant: GrantId,
    /// Its patterns' side columns.
    pub columns: Vec<usize>,
    pub kinds: Vec<KindId>,
}

/// A grant that several carers could come to share.
#[derive(Clone, Debug)]
pub(super) struct SharedGrant {
    pub grant: GrantId,
    /// The side column that counts further carers.
    pub extra: usize,
    /// The side columns of which one is taken where the grant is visited; empty where pins have a carer already.
    pub visited: Vec<usize>,
    /// Carers who come already, by pins.
    pub pinned: Vec<CarerId>,
    pub kinds: Vec<KindId>,
}

/// A client whose visits all come from one provider, whichever it is.
#[derive(Clone, Debug)]
pub(super) struct OpenClient {
    pub client: ClientId,
    pub kinds: Vec<KindId>,
}

impl Rows {
    /// The rows of a group of shifts, without cuts.
    pub fn new(problem: &Problem, book: &Rulebook, days: &[ShiftDay]) -> Self {
        let mut rows = Rows { shift_ids: days.iter().map(|day| day.shift).collect(), ..Rows::default() };
        for (shift, day) in days.iter().enumerate() {
            let first = rows.kinds.len();
            rows.kinds.extend(day.kinds.iter().map(|kind| Kind {
                shift,
                grant: kind.grant,
                length: kind.length,
                carer: day.carer,
                provider: problem.carers[day.carer].provider,
                day: day.day,
            }));
            rows.of_shift.push(first..rows.kinds.len());
        }
        rows.of_kind = vec![Vec::new(); rows.kinds.len()];
        for (grant, kinds) in rows.kinds_by(|kind| Some(kind.grant)) {
            rows.add_grant(problem, &book.grants[grant], grant, &kinds);
        }
        rows.add_client_days(problem);
        rows.add_caps(problem, days);
        rows.add_open_clients(problem);
        rows.first_cut = rows.rows.len();
        if let Some(day) = days.first() {
            let grants = rows.kinds.iter().map(|kind| kind.grant).collect();
            rows.areas = Arc::new(Areas::new(problem, &grants, problem.carers[day.carer].transport));
        }
        rows
    }

    fn kinds_by<K: Ord>(&self, key: impl Fn(&Kind) -> Option<K>) -> BTreeMap<K, Vec<KindId>> {
        let mut by_key: BTreeMap<K, Vec<KindId>> = BTreeMap::new();
        for (id, kind) in (0..).zip(&self.kinds) {
            if let Some(key) = key(kind) {
                by_key.entry(key).or_default().push(id);
            }
        }
        by_key
    }

    /// Adds a row that counts these kinds and side columns.
    pub fn add_row(&mut self, name: RowName, row: Row, kinds: &[(KindId, i64)], side: &[(usize, i64)]) -> RowId {
        let id = RowId::try_from(self.rows.len()).expect("fewer than 2^32 rows");
        self.rows.push(row);
        self.names.push(name);
        for (kind, coefficient) in kinds {
            self.of_kind[*kind as usize].push((id, *coefficient));
        }
        for (column, coefficient) in side {
            self.side[*column].rows.push((id, *coefficient));
        }
        id
    }

    /// Adds a column that counts something; a pattern's own column counts it already. Where it must count more than there is, it is missing, dearer than any plan: so the
    /// relaxation always has a solution.
    pub fn add_count(&mut self, set: Counted) -> usize {
        if let Counted::Pattern(column) = set {
            return column;
        }
        let (grant, kinds) = (set.grant(self), set.kinds(self));
        let times = if self.caps.is_empty() { MISSING_SAVINGS } else { MISSING_SAVINGS_BY_CAPS };
        let missing = MISSING_VISIT + times * self.savings;
        let count = self.add_side(SideColumn::free(grant, Meaning::Count, (0, COUNT_MAX)));
        let missing = self.add_side(SideColumn::free(grant, Meaning::Missing, (missing, COUNT_MAX)));
        let row = Row { sense: Sense::Exactly, rhs: 0 };
        let row = self.add_row(RowName::Inner, row, &once(&kinds), &[(count, -1), (missing, 1)]);
        if let Counted::Entries(area) = set {
            self.of_area.push((row, area));
        }
        count
    }

    /// Limits what a side column counts: at least, at most. Gives the side columns that are limited so.
    pub fn limit_count(&mut self, column: usize, (least, most): (i64, i64)) -> Vec<usize> {
        let Some(choice) = self.side[column].choice else {
            (self.side[column].lower, self.side[column].upper) = (least, most.min(COUNT_MAX));
            return vec![column];
        };
        // That a pattern is taken says no more than that no other one is: nothing at all must stay possible.
        let of_choice: Vec<usize> = (0..self.side.len()).filter(|at| self.side[*at].choice == Some(choice)).collect();
        for at in &of_choice {
            let is_itself = *at == column;
            match (least, most) {
                (1.., _) if is_itself => {}
                (1.., _) => self.side[*at].upper = 0,
                (_, 0) if is_itself => self.side[*at].upper = 0,
                (_, 0) => {}
                _ => self.side[*at].upper = 1,
            }
        }
        of_choice
    }

    /// Takes from the duals of counts what only rounding can have put there: a count that is not limited has no price.
    pub fn drop_noise(&self, duals: &mut [i64]) {
        for count in self.side.iter().filter(|column| column.meaning == Meaning::Count) {
            let Some((row, _)) = count.rows.first() else { continue };
            let dual = &mut duals[*row as usize];
            if (*dual < 0 && count.upper == COUNT_MAX) || (*dual > 0 && count.lower == 0) {
                *dual = 0;
            }
        }
    }

    fn add_side(&mut self, column: SideColumn) -> usize {
        self.side.push(column);
        self.side.len() - 1
    }

    fn add_grant(&mut self, problem: &Problem, rules: &GrantRules, grant: GrantId, kinds: &[KindId]) {
        self.savings += rules.unmet_weight.0 * i64::from(rules.lengths.most().0);
        if rules.lengths.visits == 1 {
            self.add_row(RowName::OneVisit(grant), at_most(1), &once(kinds), &[]);
            return;
        }
        let visited = match &rules.lengths.patterns {
            Some(patterns) => self.add_patterns(grant, patterns, kinds),
            None => self.add_totals(grant, rules, kinds),
        };
        self.add_days_apart(problem, grant, kinds, &visited);
        if problem.policy.weights.extra_carer.0 > 0 {
            self.add_shared(problem, rules, grant, (kinds, visited));
        }
    }

    /// H2 by patterns of lengths; gives the pattern columns.
    fn add_patterns(&mut self, grant: GrantId, patterns: &[Pattern], kinds: &[KindId]) -> Vec<usize> {
        let mut by_length: BTreeMap<i32, Vec<KindId>> = BTreeMap::new();
        for kind in kinds {
            by_length.entry(self.kinds[*kind as usize].length).or_default().push(*kind);
        }
        let usable = patterns.iter().filter(|p| p.lengths.iter().all(|l| by_length.contains_key(&l.0)));
        let choice = Some(self.choices);
        self.choices += 1;
        let columns: Vec<_> = usable.map(|p| (self.add_side(SideColumn::pattern(grant, p, choice)), p)).collect();
        for (length, kinds) in &by_length {
            let counts = columns.iter().map(|(column, p)| (*column, -(p.count(Minutes(*length)) as i64)));
            let counts: Vec<_> = counts.filter(|(_, n)| *n != 0).collect();
            let name = RowName::Length(grant, Minutes(*length));
            self.add_row(name, Row { sense: Sense::Exactly, rhs: 0 }, &once(kinds), &counts);
        }
        let columns: Vec<usize> = columns.into_iter().map(|(column, _)| column).collect();
        self.patterned.push(PatternedGrant { grant, columns: columns.clone(), kinds: kinds.to_vec() });
        columns
    }

    /// H2 by totals, where the patterns are too many; gives the column that says whether the grant is visited.
    fn add_totals(&mut self, grant: GrantId, rules: &GrantRules, kinds: &[KindId]) -> Vec<usize> {
        let visited = self.add_side(SideColumn::free(grant, Meaning::Visited, (0, 1)));
        let minutes: Vec<_> = kinds.iter().map(|k| (*k, i64::from(self.kinds[*k as usize].length))).collect();
        let most = [-i64::from(rules.lengths.minutes.0), -i64::from(rules.lengths.visits)];
        self.add_row(RowName::TotalMinutes(grant), at_most(0), &minutes, &[(visited, most[0])]);
        self.add_row(RowName::TotalVisits(grant), at_most(0), &once(kinds), &[(visited, most[1])]);
        let at_least_one: Vec<_> = kinds.iter().map(|k| (*k, -1)).collect();
        self.add_row(RowName::Visited(grant), at_most(0), &at_least_one, &[(visited, 1)]);
        vec![visited]
    }

    /// H3: in any run of `min_days_between` days at most one visit, and none where the grant is not visited.
    fn add_days_apart(&mut self, problem: &Problem, grant: GrantId, kinds: &[KindId], visited: &[usize]) {
        let run = problem.standard(grant).min_days_between as usize;
        let visited: Vec<_> = visited.iter().map(|column| (*column, -1)).collect();
        let last = 7_usize.saturating_sub(run);
        for first in Day::all().take(last + 1) {
            let days = usize::from(first.0)..usize::from(first.0).saturating_add(run);
            let is_within = |k: &KindId| days.contains(&usize::from(self.kinds[*k as usize].day.0));
            let within: Vec<KindId> = kinds.iter().copied().filter(is_within).collect();
            if !within.is_empty() {
                self.add_row(RowName::DaysApart(grant, first), at_most(0), &once(&within), &visited);
            }
        }
    }

    fn add_shared(
        &mut self,
        problem: &Problem,
        rules: &GrantRules,
        grant: GrantId,
        (kinds, visited): (&[KindId], Vec<usize>),
    ) {
        let pinned: Vec<CarerId> = rules.pins.iter().map(|pin| pin.carer).collect();
        let extra = self.add_side(SideColumn::free(
            grant,
            Meaning::ExtraCarers,
            (problem.policy.weights.extra_carer.0, i64::from(rules.lengths.visits)),
        ));
        let visited = if pinned.is_empty() { visited } else { Vec::new() };
        self.shared.push(SharedGrant { grant, extra, visited, pinned, kinds: kinds.to_vec() });
    }

    /// H3: one relief or urgent relief visit of a client a day, where the client has several such grants.
    fn add_client_days(&mut self, problem: &Problem) {
        let relief = |kind: &Kind| {
            let grant = &problem.grants[kind.grant];
            (grant.service != Service::PracticalRelief).then_some((grant.client, kind.day))
        };
        for ((client, day), kinds) in self.kinds_by::<(ClientId, Day)>(relief) {
            let grant = |kind: &KindId| self.kinds[*kind as usize].grant;
            if kinds.iter().any(|kind| grant(kind) != grant(&kinds[0])) {
                self.add_row(RowName::ClientDay(client, day), at_most(1), &once(&kinds), &[]);
            }
        }
    }

    /// H13, where the shifts are long enough for the cap to matter.
    fn add_caps(&mut self, problem: &Problem, days: &[ShiftDay]) {
        for (carer, kinds) in self.kinds_by(|kind| Some(kind.carer)) {
            let pinned = pinned_minutes(problem, |c| c == carer);
            let worked = |c: CarerId| c == carer;
            let cap = problem.carers[carer].relief_minutes_max.map(|cap| i64::from(cap.0) - pinned);
            self.add_cap(|part| RowName::CarerCap(carer, part), cap, &kinds, shift_minutes(days, worked));
        }
        for (provider, kinds) in self.kinds_by(|kind| Some(kind.provider)) {
            let works_there = |c: CarerId| problem.carers[c].provider == provider;
            let pinned = pinned_minutes(problem, works_there);
            let cap = problem.providers[provider].weekly_minutes_max.map(|cap| i64::from(cap.0) - pinned);
            self.add_cap(|part| RowName::ProviderCap(provider, part), cap, &kinds, shift_minutes(days, works_there));
        }
    }

    /// In parts of as many minutes as all lengths are made of: what is left over of the cap is of no use, and a row of minutes, which are
    /// even most of the time, has no halves.
    fn add_cap(&mut self, name: impl Fn(Minutes) -> RowName, left: Option<i64>, kinds: &[KindId], most: i64) {
        let Some(left) = left.filter(|left| *left < most) else { return };
        let length = |kind: &KindId| self.kinds[*kind as usize].length;
        let part = kinds.iter().map(length).fold(0, greatest_common_divisor);
        let parts: Vec<_> = kinds.iter().map(|kind| (*kind, i64::from(length(kind) / part))).collect();
        let row = self.add_row(name(Minutes(part)), at_most(left.max(0) / i64::from(part)), &parts, &[]);
        self.caps.insert(row);
    }

    fn add_open_clients(&mut self, problem: &Problem) {
        let open = |kind: &Kind| {
            let client = problem.grants[kind.grant].client;
            provider_is_open(problem, client).then_some(client)
        };
        for (client, kinds) in self.kinds_by(open) {
            let provider = |kind: &KindId| self.kinds[*kind as usize].provider;
            if kinds.iter().any(|kind| provider(kind) != provider(&kinds[0])) {
                self.open_clients.push(OpenClient { client, kinds });
            }
        }
    }

    /// The duals that are not 0, by the names of their rows.
    pub fn named(&self, duals: &[i64]) -> Vec<(RowName, i64)> {
        let named = self.names.iter().cloned().zip(duals.iter().copied());
        named.filter(|(_, dual)| *dual != 0).collect()
    }
}

impl SideColumn {
    /// Whether it stands for these lengths, descending.
    pub fn is_pattern(&self, lengths: &[i32]) -> bool {
        matches!(&self.meaning, Meaning::Pattern(pattern) if pattern == lengths)
    }

    /// Whether it is a pattern that holds this length.
    pub fn holds(&self, length: i32) -> bool {
        matches!(&self.meaning, Meaning::Pattern(pattern) if pattern.contains(&length))
    }

    /// Whether it is a pattern that holds both lengths, for two different visits.
    pub fn holds_both(&self, one: i32, other: i32) -> bool {
        let Meaning::Pattern(lengths) = &self.meaning else { return false };
        let count = |length: i32| lengths.iter().filter(|l| **l == length).count();
        count(one) > usize::from(one == other) && count(other) > 0
    }

    fn pattern(grant: GrantId, pattern: &Pattern, choice: Option<u32>) -> Self {
        let lengths = pattern.lengths.iter().map(|l| l.0).collect();
        SideColumn { grant, meaning: Meaning::Pattern(lengths), cost: 0, choice, lower: 0, upper: 1, rows: Vec::new() }
    }

    fn free(grant: GrantId, meaning: Meaning, (cost, upper): (i64, i64)) -> Self {
        SideColumn { grant, meaning, cost, choice: None, lower: 0, upper, rows: Vec::new() }
    }
}

pub(super) fn at_most(rhs: i64) -> Row {
    Row { sense: Sense::AtMost, rhs }
}

pub(super) fn once(kinds: &[KindId]) -> Vec<(KindId, i64)> {
    kinds.iter().map(|kind| (*kind, 1)).collect()
}

/// Of a number and 0 it is the number.
pub(super) fn greatest_common_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

fn pinned_minutes(problem: &Problem, by: impl Fn(CarerId) -> bool) -> i64 {
    problem.pins.iter().filter(|pin| by(pin.carer)).map(|pin| i64::from(pin.span.length().0)).sum()
}

fn shift_minutes(days: &[ShiftDay], of: impl Fn(CarerId) -> bool) -> i64 {
    days.iter().filter(|day| of(day.carer)).map(|day| i64::from(day.span.length().0)).sum()
}
