//! Finds violated rows of halves: sums of rows in which all that the relaxation takes counts evenly, and the limit is odd.
//!
//! The rows that are tight, over what is taken, modulo two; elimination makes column after column even, the most taken
//! first, and every row that is left with an odd limit is a cut, violated by half of one less what is taken oddly and
//! what is left of its rows (Koster, Zymolka and Kutschka 2009, *Algorithmica* 55, section 3). Elimination finds few of the
//! many violated sums, so it is done several times in other orders: a single row may raise the bound by a whole way.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::column::Column;
use super::halves::Source;
use super::master::Relaxed;
use super::rows::{Row, Rows};

/// Twice a violation smaller than this is none.
const VIOLATION_MIN: f64 = 0.1;

/// The sums are looked for so often, each time in another order.
const PASSES: u64 = 6;

/// A row with more left than this is not tight.
const LEFT_MAX: f64 = 0.4;

/// Taken less than this is not taken.
const TAKEN_MIN: f64 = 1e-5;

/// In one round at most so many cuts, and so many of one row.
const CUTS_A_ROUND: usize = 40;
const CUTS_OF_A_ROW: usize = 4;

/// The most violated cuts of a solution, as the rows to halve.
pub(super) fn separate(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Vec<BTreeSet<Source>> {
    let system = System::new(rows, columns, relaxed);
    let found: Vec<Vec<(f64, Sum)>> = (0..PASSES).into_par_iter().map(|pass| system.clone().violated(pass)).collect();
    system.most_violated(found.into_iter().flatten())
}

/// A set of small numbers; adding twice removes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(size: usize) -> Self {
        Bits(vec![0; size.div_ceil(64)])
    }

    fn flip(&mut self, at: usize) {
        self.0[at / 64] ^= 1 << (at % 64);
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    fn add(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word ^= other);
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(at, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit))
    }
}

/// A sum of rows modulo two.
#[derive(Clone, Debug)]
struct Sum {
    /// The columns that count oddly.
    odd: Bits,
    /// Whether the limit is odd.
    odd_limit: bool,
    /// What the solution leaves of the rows, together.
    left: f64,
    /// The rows of the sum.
    of: Bits,
    used: bool,
}

#[derive(Clone)]
struct System {
    sources: Vec<Source>,
    /// How much of each column is taken, the most first.
    taken: Vec<f64>,
    sums: Vec<Sum>,
}

impl System {
    fn new(rows: &Rows, columns: &[&Column], relaxed: &Relaxed) -> Self {
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
        let mut taken: Vec<(f64, Vec<(Source, i64)>)> = routes.chain(side).collect();
        taken.sort_by(|a, b| b.0.total_cmp(&a.0));
        let tight = tight_rows(rows, &taken);
        let places: BTreeMap<Source, usize> =
            tight.iter().enumerate().map(|(at, (source, ..))| (*source, at)).collect();
        let empty = |at: usize, (_, row, left): &(Source, Row, f64)| {
            let mut of = Bits::new(tight.len());
            of.flip(at);
            Sum { odd: Bits::new(taken.len()), odd_limit: row.rhs % 2 != 0, left: *left, of, used: false }
        };
        let mut sums: Vec<Sum> = tight.iter().enumerate().map(|(at, row)| empty(at, row)).collect();
        for (column, (_, counted)) in taken.iter().enumerate() {
            for (source, _) in counted.iter().filter(|(_, n)| n % 2 != 0) {
                if let Some(place) = places.get(source) {
                    sums[*place].odd.flip(column);
                }
            }
        }
        let sources = tight.into_iter().map(|(source, ..)| source).collect();
        System { sources, taken: taken.into_iter().map(|(value, _)| value).collect(), sums }
    }

    /// The violated sums that elimination leaves, in the order of a pass, with their violations.
    fn violated(mut self, pass: u64) -> Vec<(f64, Sum)> {
        for column in self.order(pass) {
            self.eliminate(column);
        }
        let violations: Vec<f64> = self.sums.iter().map(|sum| self.violation(sum)).collect();
        violations.into_iter().zip(self.sums).filter(|(violation, _)| *violation > VIOLATION_MIN).collect()
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

    /// Makes a column even in all rows but one.
    fn eliminate(&mut self, column: usize) {
        let odd = |sum: &&Sum| !sum.used && sum.odd.has(column);
        let candidates = self.sums.iter().enumerate().filter(|(_, sum)| odd(sum));
        let Some((pivot, _)) = candidates.min_by(|a, b| a.1.left.total_cmp(&b.1.left)) else { return };
        self.sums[pivot].used = true;
        let chosen = self.sums[pivot].clone();
        for sum in self.sums.iter_mut().filter(|sum| !sum.used && sum.odd.has(column)) {
            sum.odd.add(&chosen.odd);
            sum.of.add(&chosen.of);
            sum.odd_limit ^= chosen.odd_limit;
            sum.left += chosen.left;
        }
    }

    fn most_violated(&self, found: impl Iterator<Item = (f64, Sum)>) -> Vec<BTreeSet<Source>> {
        let mut by_rows: BTreeMap<Bits, f64> = BTreeMap::new();
        for (violation, sum) in found {
            by_rows.entry(sum.of).or_insert(violation);
        }
        let mut found: Vec<(Bits, f64)> = by_rows.into_iter().collect();
        // Of equally violated ones those of few rows: they cut more.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.all().count().cmp(&b.0.all().count())));
        let mut cuts = Vec::new();
        let mut uses = vec![0; self.sources.len()];
        for (of, _) in found {
            if cuts.len() < CUTS_A_ROUND && of.all().all(|row| uses[row] < CUTS_OF_A_ROW) {
                of.all().for_each(|row| uses[row] += 1);
                cuts.push(of.all().map(|row| self.sources[row]).collect());
            }
        }
        cuts
    }

    /// Twice what the solution takes more than the halved sum allows.
    fn violation(&self, sum: &Sum) -> f64 {
        if !sum.odd_limit {
            return 0.0;
        }
        1.0 - sum.left - sum.odd.all().map(|column| self.taken[column]).sum::<f64>()
    }
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
