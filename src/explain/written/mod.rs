//! Verdicts as files and as text: `explain.json`, the further columns of `unmet.csv`, and words.
//!
//! Texts are made once, in both languages; every figure stands in points and in hours, visits and families.

mod cures;
mod difference;
mod figures;
mod json;
mod slots;
mod told;
mod why;

pub use cures::{CureTold, all as cures_told};
pub use difference::{FamilyTold, difference as difference_told, families_told};
pub use figures::{
    COLUMNS, Kind as RowKind, Row, absences as absence_rows, scenarios as scenario_rows, values as value_rows,
};
pub use json::{Explained, explained};
pub use slots::{SlotTold, Wanted, offers as offers_told, slots as slots_told};
pub use told::{overview, sources, verdict as told};
pub use why::{WhyTold, why as why_told};
