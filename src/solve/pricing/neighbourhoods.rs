//! What a label remembers after each slot: the neighbourhoods of the ng-route relaxation, which grow where they are too small.

use super::super::day::{BASE, ShiftDay};

/// What a shift's neighbourhoods have grown to; kept from one pricing to the next.
#[derive(Clone, Debug, Default)]
pub(in crate::solve) struct Neighbourhoods {
    /// For each slot the slots that a label still remembers after visiting it.
    pub of_slot: Vec<Vec<bool>>,
}

/// Each slot's memory starts with this many of the nearest slots.
const NEAREST: usize = 8;

impl Neighbourhoods {
    /// Every slot remembers itself and the nearest ones.
    pub fn nearest(day: &ShiftDay) -> Self {
        let mut node_of = vec![BASE; day.slots];
        for choice in &day.choices {
            node_of[usize::from(choice.slot)] = choice.node;
        }
        let of = |slot: usize| {
            let mut others: Vec<usize> = (0..day.slots).collect();
            others.sort_by_key(|other| (*other != slot, day.leg(node_of[slot], node_of[*other]), *other));
            let mut kept = vec![false; day.slots];
            others.iter().take(NEAREST + 1).for_each(|other| kept[*other] = true);
            kept
        };
        Neighbourhoods { of_slot: (0..day.slots).map(of).collect() }
    }

    /// Lets the slots between two visits of one slot remember it. Returns whether the route had such a cycle.
    pub fn grow(&mut self, slots: &[u16]) -> bool {
        let mut cyclic = false;
        for (at, slot) in slots.iter().enumerate() {
            let Some(again) = slots[at + 1..].iter().position(|s| s == slot) else { continue };
            cyclic = true;
            for between in &slots[at..at + 1 + again] {
                self.of_slot[usize::from(*between)][usize::from(*slot)] = true;
            }
        }
        cyclic
    }
}
