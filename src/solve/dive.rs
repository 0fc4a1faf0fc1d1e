//! Diving: a plan out of the relaxation, by taking for certain what it nearly takes.
//!
//! The routes that the relaxation takes most of are fixed, the master is solved again, new routes are priced for what
//! is left, and so on until every route is taken or not (pure diving of Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa
//! 2019, *INFORMS Journal on Computing* 31(2), section 3). All fixings are undone at the end.

use std::collections::BTreeSet;

use super::colgen::Generation;
use super::day::ShiftDay;
use super::master::Relaxed;
use super::pricing::Effort;
use super::stop::Stop;

/// Taken at least so much, a route is fixed.
const NEARLY: f64 = 0.8;

/// In every step at least this share of the open shifts is fixed.
const SHARE_A_STEP: usize = 25;

/// Values nearer to a whole number than this are whole.
const WHOLE: f64 = 1e-6;

/// The routes of a plan near the relaxation, as positions in the pool; nothing where the clock or a dead end came first.
pub(super) fn dive(generation: &mut Generation, days: &[ShiftDay], stop: &Stop) -> Option<Vec<usize>> {
    let mut fixed = Vec::new();
    let plan = descend(generation, days, &mut fixed, stop);
    generation.master().release(&fixed);
    plan
}

fn descend(generation: &mut Generation, days: &[ShiftDay], fixed: &mut Vec<usize>, stop: &Stop) -> Option<Vec<usize>> {
    loop {
        let relaxed = generation.solve(stop)?;
        if generation.separate(&relaxed) > 0 {
            continue;
        }
        let (added, _) = generation.price(days, &relaxed.duals, Effort::Quick, stop)?;
        let step = next_fixings(generation, &relaxed, fixed);
        if step.is_empty() && added == 0 {
            let taken = relaxed.routes.iter().enumerate().filter(|(_, value)| **value > 0.5);
            return Some(taken.map(|(at, _)| at).collect());
        }
        generation.master().fix(&step);
        fixed.extend(step);
    }
}

/// The routes to fix next: none where all are whole already.
fn next_fixings(generation: &Generation, relaxed: &Relaxed, fixed: &[usize]) -> Vec<usize> {
    let columns = &generation.pool.columns;
    let closed: BTreeSet<usize> = fixed.iter().map(|at| columns[*at].shift).collect();
    let mut open: Vec<(f64, usize)> = relaxed
        .routes
        .iter()
        .enumerate()
        .filter(|(at, value)| **value > WHOLE && !closed.contains(&columns[*at].shift))
        .map(|(at, value)| (*value, at))
        .collect();
    if open.iter().all(|(value, _)| *value > 1.0 - WHOLE) {
        return Vec::new();
    }
    open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let least = (generation.rows.of_shift.len() - closed.len()).div_ceil(SHARE_A_STEP);
    let mut shifts = BTreeSet::new();
    let chosen = open
        .iter()
        .enumerate()
        .filter(|(n, (value, at))| (*value > NEARLY || *n < least) && shifts.insert(columns[*at].shift));
    chosen.map(|(_, (_, at))| *at).collect()
}
