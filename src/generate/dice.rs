//! Random numbers that are the same on every machine and with every release.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A share of a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub u32);

/// A stream of random numbers.
///
/// ChaCha8 is a fixed algorithm, but how a library maps its words to ranges may change between releases.
/// So that mapping stands here, and a spec gives the same week for ever.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one concern: streams of one seed are independent, so more bookings leave the clients as they are.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut words = ChaCha8Rng::from_seed(key);
        words.set_stream(stream);
        Dice(words)
    }

    /// A number from 0 up to `sides` − 1; 0 where there are no sides.
    pub(super) fn below(&mut self, sides: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * sides as u128;
        usize::try_from(wide >> 64).expect("below `sides`")
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let sides = usize::try_from(high - low + 1).expect("low is at most high");
        low + i32::try_from(self.below(sides)).expect("within an i32's range")
    }

    /// Yes in so many cases of a hundred.
    pub(super) fn chance(&mut self, share: Percent) -> bool {
        self.below(100) < share.0 as usize
    }

    /// One of the choices.
    pub(super) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// One of the choices, if there are any.
    pub(super) fn pick_any<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// One of the choices, each as likely as its weight says.
    pub(super) fn weighted<T: Clone>(&mut self, choices: &[(T, usize)]) -> T {
        let mut left = self.below(choices.iter().map(|(_, weight)| weight).sum());
        for (choice, weight) in choices {
            if left < *weight {
                return choice.clone();
            }
            left -= weight;
        }
        unreachable!("the weights add up to more than what was thrown")
    }

    /// So many different ones of the choices, in random order; all of them where there are fewer.
    pub(super) fn some<T: Clone>(&mut self, choices: &[T], count: usize) -> Vec<T> {
        let mut left = choices.to_vec();
        let mut chosen = Vec::new();
        while chosen.len() < count && !left.is_empty() {
            chosen.push(left.swap_remove(self.below(left.len())));
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers that every week rests on: should they change, every fixture would.
    #[test]
    fn the_stream_never_changes() {
        let mut dice = Dice::new(7, 3);
        let thrown: Vec<usize> = (0..8).map(|_| dice.below(1000)).collect();
        assert_eq!(thrown, [662, 504, 736, 43, 1, 636, 405, 43]);
    }

    #[test]
    fn weights_of_zero_are_never_chosen() {
        let mut dice = Dice::new(1, 1);
        assert!((0..100).all(|_| dice.weighted(&[('a', 0), ('b', 1), ('c', 0)]) == 'b'));
    }

    #[test]
    fn some_are_all_different() {
        let mut dice = Dice::new(1, 2);
        let mut some = dice.some(&[1, 2, 3, 4, 5], 9);
        some.sort_unstable();
        assert_eq!(some, [1, 2, 3, 4, 5]);
    }
}
