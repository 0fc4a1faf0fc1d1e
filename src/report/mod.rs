//! What a planner gets to see of a plan: one module for each kind of output.

pub mod charts;
