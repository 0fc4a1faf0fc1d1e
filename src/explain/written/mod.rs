//! Verdicts as files and as text: `explain.json`, the further columns of `unmet.csv`, and words.
//!
//! Texts are made once, in both languages; every figure stands in points and in hours, visits and families.

mod json;
mod told;

pub use json::{Explained, explained};
pub use told::{overview, verdict as told};
