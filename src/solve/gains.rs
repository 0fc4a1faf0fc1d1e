//! What branching has brought so far, so that good candidates are tried out first and known ones not again.
//!
//! Pseudo-costs, reliable once a set was tried out a few times (Achterberg, Koch and Martin 2005, *Operations Research
//! Letters* 33).

use std::collections::BTreeMap;

use super::counted::Counted;

/// A set that was tried out so often is known.
const RELIABLE: u32 = 4;

/// A gain counts for so many points at the most.
const GAIN_MAX: f64 = 50.0;

/// A half that gains nothing still leaves the other one's gain to tell candidates apart.
const GAIN_MIN: f64 = 1e-3;

/// By how many points each half of a branch raises the relaxation.
pub(super) type Halves = [f64; 2];

/// What branching on each set has brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Gains {
    of_set: BTreeMap<Counted, Gain>,
    all: Gain,
}

/// Points for each whole visit that a half takes away or adds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Gain {
    sums: Halves,
    tried: u32,
}

impl Gains {
    /// Notes what the halves of a set gained that the relaxation counted so often.
    pub fn note(&mut self, set: Counted, count: f64, [fewer, more]: Halves) {
        let part = count - count.floor();
        for gain in [self.of_set.entry(set).or_default(), &mut self.all] {
            gain.sums[0] += fewer.min(GAIN_MAX) / part;
            gain.sums[1] += more.min(GAIN_MAX) / (1.0 - part);
            gain.tried += 1;
        }
    }

    /// What the halves of a set will gain, if that is known well enough.
    pub fn known(&self, set: Counted, count: f64) -> Option<Halves> {
        self.of_set.get(&set).filter(|gain| gain.tried >= RELIABLE).map(|gain| gain.expected(count))
    }

    /// How promising it is to branch on a set.
    pub fn promise(&self, set: Counted, count: f64) -> f64 {
        match self.of_set.get(&set) {
            Some(gain) => score(gain.expected(count)),
            None => score(self.all.expected(count)) * set.weight(),
        }
    }
}

impl Gain {
    fn expected(&self, count: f64) -> Halves {
        let (tried, part) = (f64::from(self.tried.max(1)), count - count.floor());
        [self.sums[0] / tried * part, self.sums[1] / tried * (1.0 - part)]
    }
}

/// How good a branch is whose halves gain so much.
pub(super) fn score([fewer, more]: Halves) -> f64 {
    fewer.max(GAIN_MIN) * more.max(GAIN_MIN)
}
