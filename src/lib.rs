//! Pusterum plans in-home relief for a week: who visits whom, when, and what cannot be delivered and why.

pub mod calendar;
pub mod check;
pub mod coded;
pub mod diagnostic;
pub mod generate;
pub mod ids;
pub mod import;
pub mod language;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod report;
pub mod rules;
pub mod solve;
pub mod tables;
pub mod travel;
pub mod units;
