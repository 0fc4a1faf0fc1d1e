//! Rosters made up at random: some nearly in order, some breaking every rule there is.

use pusterum::check::check_roster;
use pusterum::ids::{CarerId, GrantId, Id, ShiftId};
use pusterum::import::RosterRow;
use pusterum::problem::{Problem, Published, Visit};
use pusterum::units::{Day, Minutes, Moment, Span};

use super::random::Random;

/// A roster and perhaps a published roster before it.
pub struct Mutant {
    /// The week, with the published roster if there is one.
    pub problem: Problem,
    pub rows: Vec<RosterRow>,
    pub published: Option<Vec<RosterRow>>,
}

impl Mutant {
    /// Same week and seed, same roster.
    pub fn new(problem: &Problem, seed: u64) -> Mutant {
        let mut make = Maker { problem, random: Random::new(seed), wildness: 1 + seed % 4 * 30 };
        let mut rows = if seed.is_multiple_of(3) { make.orderly_rows() } else { make.wild_rows() };
        make.spoil(&mut rows);
        let published = make.random.one_in(2).then(|| make.earlier(&rows));
        let mut problem = problem.clone();
        problem.published = published.as_ref().map(|rows| as_published(&problem, rows));
        Mutant { problem, rows, published }
    }
}

/// What a replanning would know of the rows; here all of them name known grants and carers.
fn as_published(problem: &Problem, rows: &[RosterRow]) -> Published {
    let visit = |row: &RosterRow| {
        let grant = problem.grants.iter().find(|(_, grant)| grant.id == row.grant_id)?.0;
        let carer = problem.carers.iter().find(|(_, carer)| carer.id == row.staff_id)?.0;
        let midnight = problem.week.midnight(row.date);
        Some(Visit { grant, carer, span: Span::new(midnight + row.start, midnight + row.end) })
    };
    let visits: Vec<Visit> = rows.iter().filter_map(visit).collect();
    let lost_rows = u32::try_from(rows.len() - visits.len()).expect("few rows");
    Published { visits, lost_rows }
}

struct Maker<'a> {
    problem: &'a Problem,
    random: Random,
    /// Per cent of the choices that ask no rule.
    wildness: u64,
}

impl Maker<'_> {
    /// The pins and whatever visits keep the rules beside them.
    fn orderly_rows(&mut self) -> Vec<RosterRow> {
        let mut rows: Vec<RosterRow> = self.problem.pins.iter().map(|pin| row(self.problem, *pin)).collect();
        for _ in 0..self.problem.grants.len().min(80) * 4 {
            rows.push(self.row());
            if !check_roster(self.problem, &rows).is_kept() {
                rows.pop();
            }
        }
        rows
    }

    fn wild_rows(&mut self) -> Vec<RosterRow> {
        let pins = self.problem.pins.clone();
        let kept: Vec<Visit> = pins.into_iter().filter(|_| !self.random.one_in(8)).collect();
        let count = self.random.below(self.problem.grants.len() as u64 * 2 + 2);
        let mut rows: Vec<RosterRow> = kept.into_iter().map(|pin| row(self.problem, pin)).collect();
        rows.extend((0..count).map(|_| self.row()));
        rows
    }

    /// Rows that no plan would have: twice there, of nobody's, of another client's, of another week.
    fn spoil(&mut self, rows: &mut Vec<RosterRow>) {
        if rows.is_empty() || !self.random.one_in(3) {
            return;
        }
        for _ in 0..1 + self.random.below(3) {
            let chosen = self.random.below(rows.len() as u64) as usize;
            match self.random.below(7) {
                0 => rows.push(rows[chosen].clone()),
                1 => rows[chosen].grant_id = "nobody's".to_owned(),
                2 => {
                    // With its grant: the referee would still ask H3 of a known grant's visit by nobody.
                    rows[chosen].grant_id = "nobody's".to_owned();
                    rows[chosen].staff_id = "nobody".to_owned();
                }
                3 => rows[chosen].client_id = "somebody".to_owned(),
                4 => rows[chosen].provider_id.clear(),
                5 => rows[chosen].date += chrono::Duration::days(7),
                _ => rows[chosen].end = rows[chosen].start,
            }
        }
    }

    /// A roster that shares some rows with this one.
    fn earlier(&mut self, rows: &[RosterRow]) -> Vec<RosterRow> {
        let known = |row: &&RosterRow| !row.grant_id.starts_with("nobody") && !row.staff_id.starts_with("nobody");
        let mut earlier: Vec<RosterRow> = rows.iter().filter(known).cloned().collect();
        earlier.retain(|_| !self.random.one_in(4));
        earlier.extend((0..self.random.below(5)).map(|_| self.row()));
        earlier
    }

    fn row(&mut self) -> RosterRow {
        let grant = GrantId::from_index(self.random.below(self.problem.grants.len() as u64) as usize);
        let carer = self.carer(grant);
        let length = self.length(grant);
        let mut window = self.window(grant, carer);
        window.end = window.end.max(window.start + Minutes(1));
        let slack = u64::from((window.length() - length).0.max(1).unsigned_abs());
        let grid = if self.wild() { 1 } else { self.problem.policy.start_grid.0 };
        let after = i32::try_from(self.random.below(slack)).expect("within a week") / grid * grid;
        let start = window.start + Minutes(after);
        let midnight = start - start.time_of_day();
        let end = (start + length).min(midnight + pusterum::units::DAY);
        row(self.problem, Visit { grant, carer, span: Span::new(start, end) })
    }

    fn wild(&mut self) -> bool {
        self.random.below(100) < self.wildness
    }

    /// Any carer, or one who was there before, or one of a provider who may come.
    fn carer(&mut self, grant: GrantId) -> CarerId {
        let client = self.problem.grants[grant].client;
        let named = self.problem.client_of(grant).home_care_provider.or(self.problem.client_of(grant).chosen_provider);
        let mut carers: Vec<CarerId> = self.problem.carers.ids().collect();
        if !self.wild() {
            carers.retain(|id| named.is_none_or(|provider| self.problem.carers[*id].provider == provider));
        }
        if !self.wild() && carers.iter().any(|id| self.problem.familiar.contains(&(client, *id))) {
            carers.retain(|id| self.problem.familiar.contains(&(client, *id)));
        }
        if carers.is_empty() { CarerId(0) } else { carers[self.random.below(carers.len() as u64) as usize] }
    }

    fn length(&mut self, grant: GrantId) -> Minutes {
        let grant = &self.problem.grants[grant];
        if self.wild() {
            return Minutes(i32::try_from(1 + self.random.below(200)).expect("small"));
        }
        if let Some(split) = &grant.split {
            return split[self.random.below(split.len() as u64) as usize];
        }
        let choices = [grant.weekly_minutes, Minutes(grant.weekly_minutes.0 / 2), Minutes(60), Minutes(90)];
        choices[self.random.below(4) as usize]
    }

    /// A day, a shift of the carer, or what a wish leaves of it.
    fn window(&mut self, grant: GrantId, carer: CarerId) -> Span {
        let own = |id: &ShiftId| self.problem.shifts[*id].carer == carer;
        let shifts: Vec<ShiftId> = self.problem.shifts.ids().filter(own).collect();
        if shifts.is_empty() || self.wild() {
            let day = Day(u8::try_from(self.random.below(7)).expect("below 7"));
            return day.span();
        }
        let shift = self.problem.shifts[shifts[self.random.below(shifts.len() as u64) as usize]].span;
        let wishes = self.problem.grants[grant].wishes.iter();
        let wished: Vec<Span> = wishes.filter_map(|wish| wish.span.intersection(shift)).collect();
        if wished.is_empty() || self.wild() { shift } else { wished[self.random.below(wished.len() as u64) as usize] }
    }
}

fn row(problem: &Problem, visit: Visit) -> RosterRow {
    let days = visit.span.start.0.div_euclid(pusterum::units::DAY.0);
    let midnight = Moment(days * pusterum::units::DAY.0);
    RosterRow {
        line: 0,
        visit_id: String::new(),
        date: problem.week.monday() + chrono::Duration::days(i64::from(days)),
        start: visit.span.start - midnight,
        end: visit.span.end - midnight,
        grant_id: problem.grants[visit.grant].id.clone(),
        client_id: problem.client_of(visit.grant).id.clone(),
        provider_id: problem.providers[problem.carers[visit.carer].provider].id.clone(),
        staff_id: problem.carers[visit.carer].id.clone(),
    }
}
