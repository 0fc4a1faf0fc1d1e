//! The last gap, over every route that a better plan could use.
//!
//! Once these routes are listed, pricing is looking them up, so rows may count routes in any way, not only by kinds of
//! visits. Subset-row cuts (Jepsen, Petersen, Spoorendonk and Pisinger 2008, *Operations Research* 56(2), section 3)
//! raise the bound: of three rows "at most once" a plan can use no two twice,
//!
//! ```text
//! Σ_r ⌊(rows of the three that route r uses) / 2⌋ x_r ≤ 1.
//! ```
//!
//! Every rise of the bound makes more routes too dear for a better plan; what is left is small enough for branching.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bound;
use super::column::Column;
use super::cuts;
use super::master::{Master, Relaxed};
use super::pricing::MICRO;
use super::rows::{Element, Rows};
use super::stop::Stop;

/// New columns of a shift in one round.
const COLUMNS_A_ROUND: usize = 8;

/// A subset-row cut must be violated by so much.
const VIOLATION_MIN: f64 = 0.03;

/// In one round at most so many subset-row cuts, and of them so many of one row.
const CUTS_A_ROUND: usize = 60;
const CUTS_OF_AN_ELEMENT: usize = 6;

/// Cutting ends when so many rounds of cuts have raised the bound by less than a fifth of a point.
const TAIL_ROUNDS: usize = 6;
const TAIL_GAIN: i64 = MICRO / 5;

/// All routes that a better plan could use, and the relaxation over them.
pub(super) struct Settlement {
    pub rows: Rows,
    columns: Vec<Column>,
    /// Their positions in the group's pool.
    pub at: Vec<usize>,
    master: Master,
    /// The columns of the master, in order.
    entered: Vec<usize>,
    is_entered: Vec<bool>,
    pub bound: i64,
    duals: Vec<i64>,
    least: Vec<i64>,
}

impl Settlement {
    /// `columns` are all routes that a plan of fewer points can use, with their positions in the pool.
    pub fn new(rows: &Rows, columns: Vec<Column>, at: Vec<usize>, start: &[usize], (bound, duals): (i64, &[i64])) -> Self {
        let rows = rows.clone();
        let mut all = Settlement {
            master: Master::new(&rows),
            is_entered: vec![false; columns.len()],
            entered: Vec::new(),
            bound,
            duals: duals.to_vec(),
            least: Vec::new(),
            rows,
            columns,
            at,
        };
        let (costs, _) = all.inspect(duals);
        all.enter(start.to_vec());
        let fresh = all.dearer_than(&costs, i64::MAX);
        all.enter(fresh);
        all
    }

    /// Raises the bound by cuts until they hardly help.
    pub fn cut(&mut self, stop: &Stop) {
        let mut bounds = Vec::new();
        let t0 = std::time::Instant::now();
        loop {
            let Some(relaxed) = self.solve(stop) else { return };
            bounds.push(self.bound);
            let n = bounds.len();
            let linear = { let columns = self.master_columns(); cuts::separate(&mut self.rows, &columns, &relaxed) };
            let found = self.separate(&relaxed);
            eprintln!("TRACE cut round {n} bound {} ({} linear, {found} sr) columns {} of {} t {:?}", self.bound / MICRO, linear, self.entered.len(), self.columns.len(), t0.elapsed());
            if linear + found == 0 || (n > TAIL_ROUNDS && self.bound - bounds[n - 1 - TAIL_ROUNDS] < TAIL_GAIN) {
                if std::env::var("DUMP").is_ok() { self.dump(&relaxed); }
                return;
            }
            self.duals.resize(self.rows.rows.len(), 0);
        }
    }

    fn dump(&self, relaxed: &Relaxed) {
        let mut g: BTreeMap<_, Vec<(u32, usize, i32, usize, f64)>> = BTreeMap::new();
        let mut m: BTreeMap<usize, f64> = BTreeMap::new();
        for (c, v) in self.entered.iter().map(|a| &self.columns[*a]).zip(&relaxed.routes) {
            if *v > 1e-4 { for k in &c.kinds { *m.entry(*k as usize).or_default() += v; } }
        }
        for (k, v) in &m { let k = self.rows.kinds[*k]; g.entry(k.grant).or_default().push((k.carer.0, k.day, k.length, k.shift, (v*1000.0).round()/1000.0)); }
        for (id, l) in &g { if l.iter().any(|x| x.4 < 0.999) { eprintln!("  g{} {:?} side {:?}", id.0, l, self.rows.side.iter().zip(&relaxed.side).filter(|(s, v)| s.grant == *id && **v > 1e-4).map(|(s, v)| (format!("{:?}", s.meaning), (v*1000.0).round()/1000.0)).collect::<Vec<_>>()); } }
        let mut sh: BTreeMap<usize, Vec<(f64, i64, Vec<(u32, i32)>)>> = BTreeMap::new();
        for cap in &self.rows.caps {
            let act: f64 = self.entered.iter().map(|a| &self.columns[*a]).zip(&relaxed.routes).filter(|(_, v)| **v > 1e-6).map(|(c, v)| v * c.rows(&self.rows).iter().find(|r| r.0 == *cap).map_or(0, |r| r.1) as f64).sum();
            let k = self.rows.of_kind.iter().position(|r| r.iter().any(|x| x.0 == *cap)).unwrap();
            eprintln!("  cap {} carer {} rhs {} act {:.3} dual {}", cap, self.rows.kinds[k].carer.0, self.rows.rows[*cap as usize].rhs, act, relaxed.duals[*cap as usize]);
        }
        for (c, v) in self.entered.iter().map(|a| &self.columns[*a]).zip(&relaxed.routes) {
            if *v > 1e-4 && *v < 0.9999 { sh.entry(c.shift).or_default().push(((v*1000.0).round()/1000.0, c.cost, c.kinds.iter().map(|k| (self.rows.kinds[*k as usize].grant.0, self.rows.kinds[*k as usize].length)).collect())); }
        }
        for (s, l) in sh { eprintln!("  s{s} {l:?}"); }
    }

    fn master_columns(&self) -> Vec<Column> {
        self.entered.iter().map(|at| self.columns[*at].clone()).collect()
    }

    /// Solves the relaxation over all columns.
    fn solve(&mut self, stop: &Stop) -> Option<Relaxed> {
        let columns = self.master_columns();
        self.master.add_new_rows(&self.rows, &columns);
        loop {
            let relaxed = self.master.solve(&self.rows, stop)?;
            let (costs, least) = self.inspect(&relaxed.duals);
            let proven = bound::lagrangian(&self.rows, &relaxed.duals, &least);
            if proven > self.bound || self.least.is_empty() {
                self.bound = proven;
                self.duals.clone_from(&relaxed.duals);
                self.least = least;
            }
            let fresh = self.dearer_than(&costs, 0);
            if fresh.is_empty() {
                return Some(relaxed);
            }
            self.enter(fresh);
        }
    }

    fn enter(&mut self, fresh: Vec<usize>) {
        for at in fresh {
            if !std::mem::replace(&mut self.is_entered[at], true) {
                self.master.add_column(&self.rows, &self.columns[at]);
                self.entered.push(at);
            }
        }
    }

    /// The reduced cost of every column, and the least of each shift.
    fn inspect(&self, duals: &[i64]) -> (Vec<i64>, Vec<i64>) {
        let values = self.rows.all_values(duals);
        let costs: Vec<i64> =
            { let rows = &self.rows; self.columns.par_iter().with_min_len(4096).map(|c| c.reduced_cost_by(rows, &values, duals)).collect() };
        let mut least = vec![0; self.rows.of_shift.len()];
        for (column, cost) in self.columns.iter().zip(&costs) {
            least[column.shift] = least[column.shift].min(*cost);
        }
        (costs, least)
    }

    /// Columns that are not in the master and cheaper than those of their shift that are.
    fn dearer_than(&self, costs: &[i64], most: i64) -> Vec<usize> {
        let mut entered = vec![most.min(0); self.rows.of_shift.len()];
        if most == 0 {
            for at in &self.entered {
                let shift = self.columns[*at].shift;
                entered[shift] = entered[shift].min(costs[*at]);
            }
        } else {
            entered = vec![most; self.rows.of_shift.len()];
        }
        let mut of_shift: BTreeMap<usize, Vec<(i64, usize)>> = BTreeMap::new();
        for (at, column) in self.columns.iter().enumerate() {
            if !self.is_entered[at] && costs[at] < entered[column.shift] - 10 {
                of_shift.entry(column.shift).or_default().push((costs[at], at));
            }
        }
        let mut fresh = Vec::new();
        for mut found in of_shift.into_values() {
            found.sort_unstable();
            fresh.extend(found.into_iter().take(COLUMNS_A_ROUND).map(|(_, at)| at));
        }
        fresh
    }

    /// Adds the subset-row cuts that the solution violates most.
    fn separate(&mut self, relaxed: &Relaxed) -> usize {
        let mut elements: BTreeMap<Element, usize> = BTreeMap::new();
        let mut routes: Vec<(f64, Vec<usize>)> = Vec::new();
        for (at, value) in self.entered.iter().zip(&relaxed.routes) {
            if *value < 1e-4 || *value > 1.0 - 1e-4 {
                continue;
            }
            let column = &self.columns[*at];
            let mut of = vec![Element::Shift(column.shift)];
            of.extend(column.kinds.iter().flat_map(|k| self.rows.packing[*k as usize].iter().map(|row| Element::Row(*row))));
            let ids = of.into_iter().map(|e| { let n = elements.len(); *elements.entry(e).or_insert(n) });
            let mut ids: Vec<usize> = ids.collect();
            ids.sort_unstable();
            ids.dedup();
            routes.push((*value, ids));
        }
        let names: BTreeMap<usize, Element> = elements.iter().map(|(e, n)| (*n, *e)).collect();
        let count = names.len();
        let mut together: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
        for (value, ids) in &routes {
            for a in ids { for b in ids { if a != b { *together[*a].entry(*b).or_default() += value; } } }
        }
        let mut of_element: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (r, (_, ids)) in routes.iter().enumerate() { ids.iter().for_each(|e| of_element[*e].push(r)); }
        let mut found: Vec<(i64, [usize; 3])> = Vec::new();
        for b in 0..count {
            let near: Vec<(usize, f64)> = together[b].iter().map(|(a, w)| (*a, *w)).collect();
            for (i, (a, wab)) in near.iter().enumerate() {
                for (c, wbc) in &near[i + 1..] {
                    let wac = together[*a].get(c).copied().unwrap_or(0.0);
                    // Each triple once: from its first element where all three pairs meet.
                    if wac > 0.0 && (b > *a || b > *c) { continue; }
                    if wab + wbc + wac <= 1.0 + VIOLATION_MIN { continue; }
                    let all: f64 = of_element[b].iter().map(|r| &routes[*r]).filter(|(_, ids)| ids.binary_search(a).is_ok() && ids.binary_search(c).is_ok()).map(|(v, _)| v).sum();
                    let violation = wab + wbc + wac - 2.0 * all - 1.0;
                    if violation > VIOLATION_MIN {
                        let mut triple = [*a, b, *c];
                        triple.sort_unstable();
                        found.push(((violation * 1e6) as i64, triple));
                    }
                }
            }
        }
        found.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        let mut used = vec![0; count];
        let mut added = 0;
        for (_, triple) in found {
            if added == CUTS_A_ROUND { break; }
            if triple.iter().any(|e| used[*e] >= CUTS_OF_AN_ELEMENT) { continue; }
            triple.iter().for_each(|e| used[*e] += 1);
            self.rows.add_subset_row(triple.map(|e| names[&e]));
            added += 1;
        }
        added
    }

    /// The columns that a plan with fewer than `points` can use.
    pub fn promising(&self, points: i64) -> Vec<usize> {
        let (costs, least) = self.inspect(&self.duals);
        let proven = bound::lagrangian(&self.rows, &self.duals, &least);
        let gap = (points - 1) * MICRO - proven;
        (0..self.columns.len()).filter(|at| costs[*at] <= gap + least[self.columns[*at].shift]).collect()
    }
}
