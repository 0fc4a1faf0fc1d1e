//! Why this carer, why then: what else could have been done with one visit.
//!
//! The visit is taken out of the roster, and every other place for its grant is put in its stead and checked. Beside that
//! the week is planned once more without the carer for this grant: the bound on that says what another carer costs at
//! least, whatever else would be moved.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Turn;
use super::force::{Demand, Forced};
use super::slots::Slot;
use super::subject::Subject;
use crate::ids::CarerId;
use crate::plan::Terms;
use crate::problem::Visit;
use crate::rules::{self, Exclusion};
use crate::units::Points;

/// Another place for a visit, while all others stay.
#[derive(Clone, Debug)]
pub struct Alternative {
    pub visit: Visit,
    /// Points that the roster would have more: less than zero where it would be better.
    pub price: Points,
    /// The same by term.
    pub terms: Terms,
}

/// What else could have been done with a visit.
#[derive(Clone, Debug)]
pub struct Why {
    pub visit: Visit,
    /// The best other place of each carer, its own among them, best first.
    pub alternatives: Vec<Alternative>,
    /// Carers who may come and have no room while all others stay.
    pub full: Vec<CarerId>,
    /// Carers who may not come, by the clause that excludes them.
    pub excluded: BTreeMap<Exclusion, Vec<CarerId>>,
    /// The grant with as many minutes and without the carer, everything else free; `None` for a pin or where nobody else
    /// may come.
    pub without_carer: Option<Forced>,
}

/// Places that are looked at; more than any shift has.
const PLACES: usize = 400;

impl Subject {
    /// What else could have been done with a visit of the roster.
    pub fn why(&self, visit: Visit, turn: &Turn) -> Why {
        let rest = self.without(visit);
        let own = (self.score() - rest.score(), self.report.terms - rest.report.terms);
        let slots = rest.free_slots(visit.grant, PLACES);
        let others = slots.iter().filter(|slot| slot.visit != visit);
        let mut alternatives: Vec<Alternative> = others.map(|slot| alternative(slot, own)).collect();
        let mut seen = BTreeSet::new();
        alternatives.sort_by_key(|other| (other.price, other.visit));
        alternatives.retain(|other| seen.insert(other.visit.carer));
        let (mut excluded, mut full) = (BTreeMap::<Exclusion, Vec<CarerId>>::new(), Vec::new());
        for carer in self.problem.carers.ids().filter(|carer| *carer != visit.carer) {
            match rules::excluded(&self.problem, visit.grant, carer) {
                Some(exclusion) => excluded.entry(exclusion).or_default().push(carer),
                None if !seen.contains(&carer) => full.push(carer),
                None => {}
            }
        }
        let without_carer = (!self.problem.is_pinned(visit)).then(|| self.force_without(visit, turn));
        Why { visit, alternatives, full, excluded, without_carer: without_carer.flatten() }
    }

    /// The best plan in which the grant gets as much as now, but not by this carer.
    fn force_without(&self, visit: Visit, turn: &Turn) -> Option<Forced> {
        let demand = Demand { grant: visit.grant, minutes: self.report.grants[visit.grant].delivered };
        let others: Vec<CarerId> =
            self.book.grants[visit.grant].carers.iter().copied().filter(|carer| *carer != visit.carer).collect();
        (!others.is_empty()).then(|| self.force_by(demand, others, turn))
    }
}

fn alternative(slot: &Slot, (price, terms): (Points, Terms)) -> Alternative {
    Alternative { visit: slot.visit, price: slot.price - price, terms: slot.terms - terms }
}
