//! Answers about rosters: on tiny weeks against all their plans, and on the shared weeks by other means.

#[path = "../listing/mod.rs"]
mod listing;
mod places;
mod scenarios;
mod verdicts;
mod weeks;
