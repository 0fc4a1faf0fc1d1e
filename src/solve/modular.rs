//! Finds violated parts of sums of rows: sums in which all that the relaxation takes counts a multiple of a number, and the
//! limit does not.
//!
//! The rows that are tight, over what is taken, modulo a prime; elimination makes the count of column after column a multiple, the most
//! taken first, and every sum that is left with a limit that is none is a cut, violated by what is left over of the limit less what is left over of
//! what is taken and what is left of its rows (for halves Koster, Zymolka and Kutschka 2009, *Algorithmica* 55, section 3; for
//! other primes Caprara, Fischetti and Letchford 2000, *Mathematical Programming* 87). Elimination finds few of the many violated sums, so it
//! is done several times in other orders: a single row may raise the bound by a whole way.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::column::Column;
use super::fractions::{Source, Times};
use super::master::Relaxed;
use super::rows::{Row, Rows};

/// A smaller violation is none.
const VIOLATION_MIN: f64 = 0.05;

/// The sums are looked for so often, each time in another order.
const PASSES: u64 = 6;

/// A row with more left than this is not tight.
const LEFT_MAX: f64 = 0.4;

/// Taken less than this is not taken.
const TAKEN_MIN: f64 = 1e-5;

/// In one round at most so many cuts, and so many of one row.
const CUTS_A_ROUND: usize = 40;
const CUTS_OF_A_ROW: usize = 4;

/// The most violated cuts of a solution: how often to take each row, before the sum is divided by the prime.
pub(super) fn separate<const PRIME: u8>(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Vec<Times> {
    let system = System::<PRIME>::new(rows, columns, relaxed);
    let found: Vec<Vec<(f64, Vec<u8>)>> =
        (0..PASSES).into_par_iter().map(|pass| system.clone().violated(pass)).collect();
    system.most_violated(found.into_iter().flatten())
}

/// A sum of rows modulo a prime.
#[derive(Clone, Debug)]
struct Sum {
    /// What each column counts.
    counts: Vec<u8>,
    limit: u8,
    /// How often each row is in it.
    times: Vec<u8>,
    /// What the solution leaves of the rows, together.
    left: f64,
    used: bool,
}

#[derive(Clone)]
struct System<const PRIME: u8> {
    sources: Vec<Source>,
    /// What the solution leaves of each row.
    left: Vec<f64>,
    /// How much of each column is taken, the most first.
    taken: Vec<f64>,
    sums: Vec<Sum>,
}

impl<const PRIME: u8> System<PRIME> {
    fn new(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Self {
        let taken = taken(rows, columns, relaxed);
        let tight = tight_rows(rows, &taken);
        let places: BTreeMap<Source, usize> =
            tight.iter().enumerate().map(|(at, (source, ..))| (*source, at)).collect();
        let empty = |at: usize, (_, row, left): &(Source, Row, f64)| {
            let mut times = vec![0; tight.len()];
            times[at] = 1;
            Sum { counts: vec![0; taken.len()], limit: modulo::<PRIME>(row.rhs), times, left: *left, used: false }
        };
        let mut sums: Vec<Sum> = tight.iter().enumerate().map(|(at, row)| empty(at, row)).collect();
        for (column, (_, counted)) in taken.iter().enumerate() {
            for (source, n) in counted {
                if let Some(place) = places.get(source) {
                    sums[*place].counts[column] = modulo::<PRIME>(*n);
                }
            }
        }
        let (sources, left) = tight.into_iter().map(|(source, _, left)| (source, left)).unzip();
        System { sources, left, taken: taken.into_iter().map(|(value, _)| value).collect(), sums }
    }

    /// The violated sums that elimination leaves, in the order of a pass, with their violations.
    fn violated(mut self, pass: u64) -> Vec<(f64, Vec<u8>)> {
        for column in self.order(pass) {
            self.eliminate(column);
        }
        let multiples = self.sums.iter().flat_map(|sum| (1..PRIME).map(move |n| (sum, n)));
        let violated =
            multiples.map(|(sum, n)| (self.violation(sum, n), sum, n)).filter(|(by, ..)| *by > VIOLATION_MIN);
        violated.map(|(by, sum, n)| (by, sum.times.iter().map(|times| times * n % PRIME).collect())).collect()
    }

    /// The columns, the most taken first: as they are in the first pass, more or less so in the others.
    fn order(&self, pass: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.taken.len()).collect();
        if pass > 0 {
            let mut random = ChaCha8Rng::seed_from_u64(pass);
            let mut shaken = |taken: &f64| taken * f64::from(random.next_u32()) / f64::from(u32::MAX);
            let taken: Vec<f64> = self.taken.iter().map(&mut shaken).collect();
            order.sort_by(|a, b| taken[*b].total_cmp(&taken[*a]));
        }
        order
    }

    /// Makes a column count a multiple in all sums but one.
    fn eliminate(&mut self, column: usize) {
        let counts = |sum: &&Sum| !sum.used && sum.counts[column] != 0;
        let candidates = self.sums.iter().enumerate().filter(|(_, sum)| counts(sum));
        let Some((pivot, _)) = candidates.min_by(|a, b| a.1.left.total_cmp(&b.1.left)) else { return };
        self.sums[pivot].used = true;
        let chosen = self.sums[pivot].clone();
        let less_one = (1..PRIME).find(|n| n * chosen.counts[column] % PRIME == PRIME - 1);
        let less_one = less_one.expect("nothing but 0 has no inverse modulo a prime");
        for sum in self.sums.iter_mut().filter(|sum| !sum.used && sum.counts[column] != 0) {
            let n = sum.counts[column] * less_one % PRIME;
            add::<PRIME>(&mut sum.counts, &chosen.counts, n);
            add::<PRIME>(&mut sum.times, &chosen.times, n);
            sum.limit = (sum.limit + n * chosen.limit) % PRIME;
            sum.left = sum.times.iter().zip(&self.left).map(|(times, left)| f64::from(*times) * left).sum();
        }
    }

    fn most_violated(&self, found: impl Iterator<Item = (f64, Vec<u8>)>) -> Vec<Times> {
        let by_times: BTreeMap<Vec<u8>, f64> = found.map(|(violation, times)| (times, violation)).collect();
        let rows = |times: &[u8]| times.iter().filter(|n| **n != 0).count();
        let mut found: Vec<(Vec<u8>, f64)> = by_times.into_iter().collect();
        // Of equally violated ones those of few rows: they cut more.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| rows(&a.0).cmp(&rows(&b.0))));
        let mut cuts = Vec::new();
        let mut uses = vec![0; self.sources.len()];
        for (times, _) in found {
            let of = || times.iter().enumerate().filter(|(_, n)| **n != 0);
            if cuts.len() < CUTS_A_ROUND && of().all(|(row, _)| uses[row] < CUTS_OF_A_ROW) {
                of().for_each(|(row, _)| uses[row] += 1);
                cuts.push(of().map(|(row, n)| (self.sources[row], i64::from(*n))).collect());
            }
        }
        cuts
    }

    /// What the solution takes more than a multiple of a sum, divided, allows.
    fn violation(&self, sum: &Sum, n: u8) -> f64 {
        let rest = |count: u8| f64::from(count * n % PRIME);
        let counted = sum.counts.iter().zip(&self.taken).map(|(count, taken)| rest(*count) * taken);
        let left = sum.times.iter().zip(&self.left).map(|(times, left)| rest(*times) * left);
        (rest(sum.limit) - counted.sum::<f64>() - left.sum::<f64>()) / f64::from(PRIME)
    }
}

/// Adds a sum so many times.
fn add<const PRIME: u8>(to: &mut [u8], of: &[u8], n: u8) {
    to.iter_mut().zip(of).for_each(|(to, of)| *to = (*to + n * of) % PRIME);
}

fn modulo<const PRIME: u8>(n: i64) -> u8 {
    n.rem_euclid(i64::from(PRIME)) as u8
}

/// What the solution takes, the most first: how much of it, and what it counts in each row.
type Taken = Vec<(f64, Vec<(Source, i64)>)>;

fn taken(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Taken {
    let routes = columns.iter().zip(&relaxed.routes).filter(|(_, value)| **value > TAKEN_MIN);
    let side = rows.side.iter().zip(&relaxed.side).filter(|(_, value)| **value > TAKEN_MIN);
    let routes = routes.map(|(column, value)| {
        let own = (Source::Shift(column.shift), 1);
        (*value, column.kind_rows(rows).into_iter().map(|(row, n)| (Source::Row(row), n)).chain([own]).collect())
    });
    let side = side.map(|(column, value)| {
        let own = column.choice.map(|choice| (Source::Choice(choice), 1));
        (*value, column.rows.iter().map(|(row, n)| (Source::Row(*row), *n)).chain(own).collect())
    });
    let mut taken: Taken = routes.chain(side).collect();
    taken.sort_by(|a, b| b.0.total_cmp(&a.0));
    taken
}

/// The rows of which little is left, and how much.
fn tight_rows(rows: &Rows, taken: &[(f64, Vec<(Source, i64)>)]) -> Vec<(Source, Row, f64)> {
    let mut activity: BTreeMap<Source, f64> = BTreeMap::new();
    for (value, counted) in taken {
        for (source, n) in counted {
            *activity.entry(*source).or_default() += value * *n as f64;
        }
    }
    let left = |source: Source, row: Row| Some((source, row, (row.rhs as f64 - activity.get(&source)?).max(0.0)));
    rows.sources().filter_map(|(source, row)| left(source, row)).filter(|(.., left)| *left < LEFT_MAX).collect()
}
