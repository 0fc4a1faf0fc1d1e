//! Areas: grants whose clients live near each other.
//!
//! How often carers drive into an area is a whole number, and it decides much of the driving, whoever drives there on which
//! day. So it is a good count to branch on where shifts are much alike (for vehicles that enter a set of customers, Augerat,
//! Belenguer, Benavent, Corberán and Naddef 1998, *European Journal of Operational Research* 106(2-3)). The areas are the
//! clusters of single linkage at every distance, so of two of them one holds the other or they have nothing in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::GrantId;
use crate::problem::{Problem, Visit};
use crate::tables::Transport;
use crate::travel;

/// An area, by position.
pub(super) type AreaId = u32;

/// With more grants than this there are no areas: finding them takes the square of it.
const GRANTS_MAX: usize = 600;

/// The areas of a group, each with two grants at the least.
#[derive(Clone, Debug, Default)]
pub(super) struct Areas {
    /// The first grant of each area.
    pub first: Vec<GrantId>,
    /// The areas that each grant lies in, ascending.
    of_grant: BTreeMap<GrantId, Vec<AreaId>>,
}

impl Areas {
    /// The areas of these grants, by the minutes that this transport takes between their clients.
    pub fn new(problem: &Problem, grants: &BTreeSet<GrantId>, transport: Transport) -> Self {
        let mut areas = Areas::default();
        if grants.len() > GRANTS_MAX {
            return areas;
        }
        for members in clusters(problem, grants, transport) {
            let area = AreaId::try_from(areas.first.len()).expect("fewer areas than grants");
            areas.first.extend(members.first());
            members.into_iter().for_each(|grant| areas.of_grant.entry(grant).or_default().push(area));
        }
        areas
    }

    /// The areas that a route enters, one after another; the way from a visit to the next counts as one, whatever lies between.
    pub fn entered(&self, visits: &[Visit]) -> impl Iterator<Item = AreaId> {
        let of = |visit: &Visit| self.of_grant.get(&visit.grant).map_or(&[][..], Vec::as_slice);
        let before = [&[][..]].into_iter().chain(visits.iter().map(of));
        visits
            .iter()
            .map(of)
            .zip(before)
            .flat_map(|(here, before)| here.iter().filter(|area| !before.contains(area)).copied())
    }

    /// How often a route enters an area.
    pub fn entries(&self, area: AreaId, visits: &[Visit]) -> i64 {
        self.entered(visits).filter(|entered| *entered == area).count() as i64
    }
}

/// The sets of grants that hang together when ways of some minutes or fewer join them, for any number of minutes.
fn clusters(problem: &Problem, grants: &BTreeSet<GrantId>, transport: Transport) -> BTreeSet<Vec<GrantId>> {
    let grants: Vec<GrantId> = grants.iter().copied().collect();
    let home = |at: usize| problem.client_of(grants[at]).home;
    let ways = (0..grants.len()).flat_map(|one| (one + 1..grants.len()).map(move |other| (one, other)));
    let mut ways: Vec<(i32, usize, usize)> =
        ways.map(|(one, other)| (travel::minutes(problem, transport, home(one), home(other)).0, one, other)).collect();
    ways.sort_unstable();
    let mut cluster_of: Vec<usize> = (0..grants.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..grants.len()).map(|at| vec![at]).collect();
    let mut clusters = BTreeSet::new();
    for same in ways.chunk_by(|a, b| a.0 == b.0) {
        let mut grown = BTreeSet::new();
        for (_, one, other) in same {
            let (kept, joined) = (cluster_of[*one], cluster_of[*other]);
            if kept != joined {
                let moved = std::mem::take(&mut members[joined]);
                moved.iter().for_each(|at| cluster_of[*at] = kept);
                members[kept].extend(moved);
                grown.insert(kept);
            }
        }
        for cluster in grown.into_iter().filter(|cluster| !members[*cluster].is_empty()) {
            let mut cluster: Vec<GrantId> = members[cluster].iter().map(|at| grants[*at]).collect();
            cluster.sort_unstable();
            clusters.insert(cluster);
        }
    }
    clusters
}
