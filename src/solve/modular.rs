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
    /// The rows of which the solution leaves something, and how much.
    left: Vec<(usize, f64)>,
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
        let left = tight.iter().map(|(.., left)| *left).enumerate().filter(|(_, left)| *left > 0.0).collect();
        let sources = tight.into_iter().map(|(source, ..)| source).collect();
        System { sources, left, taken: taken.into_iter().map(|(value, _)| value).collect(), sums }
    }

    /// The violated sums that elimination leaves, in the order of a pass, with their violations.
    fn violated(mut self, pass: u64) -> Vec<(f64, Vec<u8>)> {
        for column in self.order(pass) {
            self.eliminate(column);
        }
        let multiples = self.sums.iter().flat_map(|sum| (1..PRIME).map(move |n| (sum, n)));
        let violated = multiples.filter_map(|(sum, n)| Some((self.violation(sum, n)?, sum, n)));
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
        let multiples: Vec<Sum> = (0..PRIME).map(|n| self.sums[pivot].multiple::<PRIME>(n)).collect();
        let count = self.sums[pivot].counts[column];
        for sum in self.sums.iter_mut().filter(|sum| !sum.used && sum.counts[column] != 0) {
            let is_none = |n: &u8| (sum.counts[column] + n * count).is_multiple_of(PRIME);
            let n = (1..PRIME).find(is_none).expect("modulo a prime any count but 0 divides all others");
            sum.add::<PRIME>(&multiples[usize::from(n)]);
            sum.left = self.left.iter().map(|(row, left)| f64::from(sum.times[*row]) * left).sum();
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

    /// What the solution takes more than a multiple of a sum, divided, allows; nothing where that is no violation.
    fn violation(&self, sum: &Sum, n: u8) -> Option<f64> {
        let rest = |count: u8| f64::from(count * n % PRIME);
        let most = rest(sum.limit) - VIOLATION_MIN * f64::from(PRIME);
        let left: f64 = self.left.iter().map(|(row, left)| rest(sum.times[*row]) * left).sum();
        let mut counted = 0.0;
        for (count, taken) in sum.counts.iter().zip(&self.taken).filter(|(count, _)| **count != 0) {
            if counted + left >= most {
                return None;
            }
            counted += rest(*count) * taken;
        }
        let by = (rest(sum.limit) - counted - left) / f64::from(PRIME);
        (by > VIOLATION_MIN).then_some(by)
    }
}

impl Sum {
    /// So many times the sum.
    fn multiple<const PRIME: u8>(&self, n: u8) -> Self {
        let times = |counts: &[u8]| counts.iter().map(|count| count * n % PRIME).collect();
        let (counts, times) = (times(&self.counts), times(&self.times));
        Sum { counts, limit: self.limit * n % PRIME, times, ..*self }
    }

    fn add<const PRIME: u8>(&mut self, other: &Sum) {
        add::<PRIME>(&mut self.counts, &other.counts);
        add::<PRIME>(&mut self.times, &other.times);
        self.limit = (self.limit + other.limit) % PRIME;
    }
}

/// Adds counts to others, all smaller than the prime.
fn add<const PRIME: u8>(to: &mut [u8], of: &[u8]) {
    for (to, of) in to.iter_mut().zip(of) {
        let sum = to.wrapping_add(*of);
        // Less than nothing wraps around to more than the sum.
        *to = sum.min(sum.wrapping_sub(PRIME));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sum_of_all_pairs<const PRIME: u8>(n: u8) {
        let all: Vec<u8> = (0..PRIME).collect();
        for shift in all.clone() {
            let mut rotated = all.clone();
            rotated.rotate_left(usize::from(shift));
            let sum = |counts: &[u8], limit| Sum {
                counts: counts.to_vec(),
                limit,
                times: counts.to_vec(),
                left: 0.0,
                used: false,
            };
            let mut added = sum(&all, shift);
            added.add::<PRIME>(&sum(&rotated, 1).multiple::<PRIME>(n));
            let expected: Vec<u8> = all.iter().zip(&rotated).map(|(a, b)| (a + n * b) % PRIME).collect();
            assert_eq!((&added.counts, &added.times, added.limit), (&expected, &expected, (shift + n) % PRIME));
        }
    }

    #[test]
    fn sums_are_added_modulo_the_prime() {
        (0..2).for_each(sum_of_all_pairs::<2>);
        (0..3).for_each(sum_of_all_pairs::<3>);
        (0..5).for_each(sum_of_all_pairs::<5>);
    }
}
