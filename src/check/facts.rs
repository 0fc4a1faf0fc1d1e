//! The problem with what every rule asks of it again and again, found once.

use super::grant::GrantFacts;
use crate::ids::{BookingId, CarerId, ClientId, GrantId, IdVec, ShiftId};
use crate::problem::{Problem, Service, Task};

pub(super) struct Facts<'a> {
    pub problem: &'a Problem,
    pub grants: IdVec<GrantId, GrantFacts>,
    /// A carer's shifts in the order of time, as the problem has them.
    pub shifts: IdVec<CarerId, Vec<ShiftId>>,
    /// The carer's bookings that overlap a shift, in the order of the week's files.
    pub bookings: IdVec<ShiftId, Vec<BookingId>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(problem: &'a Problem) -> Facts<'a> {
        let shifts = shifts_by_carer(problem);
        let bookings = bookings_by_shift(problem, &shifts);
        let done_at_home = done_at_home(problem);
        let grants = IdVec::from_fn(problem.grants.len(), |id| {
            GrantFacts::of(problem, id, absorbable(problem, id, &done_at_home))
        });
        Facts { problem, grants, shifts, bookings }
    }
}

fn shifts_by_carer(problem: &Problem) -> IdVec<CarerId, Vec<ShiftId>> {
    let mut shifts = IdVec::from_fn(problem.carers.len(), |_| Vec::new());
    for (id, shift) in problem.shifts.iter() {
        shifts[shift.carer].push(id);
    }
    shifts
}

fn bookings_by_shift(problem: &Problem, shifts: &IdVec<CarerId, Vec<ShiftId>>) -> IdVec<ShiftId, Vec<BookingId>> {
    let mut bookings: IdVec<ShiftId, Vec<BookingId>> = IdVec::from_fn(problem.shifts.len(), |_| Vec::new());
    for (id, booking) in problem.bookings.iter() {
        for shift in &shifts[booking.carer] {
            if problem.shifts[*shift].span.overlaps(booking.span) {
                bookings[*shift].push(id);
            }
        }
    }
    bookings
}

/// The bookings of each client that a relief visit can do instead (H14): care and practical help at home.
fn done_at_home(problem: &Problem) -> IdVec<ClientId, Vec<BookingId>> {
    let mut done = IdVec::from_fn(problem.clients.len(), |_| Vec::new());
    for (id, booking) in problem.bookings.iter() {
        if let Some(client) = booking.client
            && booking.at_home
            && matches!(booking.task, Task::Care | Task::Practical)
        {
            done[client].push(id);
        }
    }
    done
}

fn absorbable(problem: &Problem, id: GrantId, done_at_home: &IdVec<ClientId, Vec<BookingId>>) -> Vec<BookingId> {
    let grant = &problem.grants[id];
    let absorbs = problem.standard(id).absorb_tasks && grant.service != Service::PracticalRelief;
    if absorbs { done_at_home[grant.client].clone() } else { Vec::new() }
}
