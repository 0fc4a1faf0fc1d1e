//! What can still be visited at each minute of a shift: dominance need not look beyond it.

use super::super::day::ShiftDay;
use super::super::tariff::{Parity, Tariff};
use super::Memory;

/// What can still be visited.
#[derive(Clone, Copy, Default)]
pub struct Reach {
    /// The remembered slots.
    pub slots: Memory,
    /// The rows of halves in which a visit is odd.
    pub odd: Parity,
}

/// For each gap and minute of the shift what can still be visited from then on.
pub fn reachable(
    day: &ShiftDay,
    tariff: &Tariff,
    (by_gap, bit_of): (&[Vec<u32>], &[Option<u32>]),
    minutes: usize,
) -> Vec<Vec<Reach>> {
    let mut later = Reach::default();
    let mut by_minute = vec![Vec::new(); by_gap.len()];
    for gap in (0..by_gap.len()).rev() {
        let mut reach = vec![Reach::default(); minutes];
        for index in &by_gap[gap] {
            let choice = &day.choices[*index as usize];
            let last = usize::try_from(choice.last - day.span.start.0).unwrap_or(0).min(minutes - 1);
            reach[last].add(Reach {
                slots: bit_of[usize::from(choice.slot)].map_or(0, |bit| 1 << bit),
                odd: tariff.odd[choice.kind as usize],
            });
        }
        for minute in (0..minutes - 1).rev() {
            let after = reach[minute + 1];
            reach[minute].add(after);
        }
        let here = reach[0];
        reach.iter_mut().for_each(|reach| reach.add(later));
        later.add(here);
        by_minute[gap] = reach;
    }
    by_minute
}

impl Reach {
    fn add(&mut self, other: Reach) {
        self.slots |= other.slots;
        self.odd |= other.odd;
    }
}
