//! What is proven of hours alone.

use pusterum::problem::{Problem, Visit};
use pusterum::solve::{self, HoursBoard, Stop};
use pusterum::units::Minutes;

/// The proven least undelivered minutes of any plan, where a plan of these visits is known.
pub fn undelivered_bound(problem: &Problem, planned: &[Visit]) -> Minutes {
    let board = HoursBoard::default();
    let new: Vec<Visit> = planned.iter().copied().filter(|visit| !problem.is_pinned(*visit)).collect();
    solve::least_undelivered(problem, &new, &Stop::never(), &board);
    board.least().expect("a search without a clock proves a bound")
}
