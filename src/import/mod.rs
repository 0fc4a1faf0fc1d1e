//! Reads week folders and rosters from CSV, and writes week folders.

mod roster;
mod week;

pub use roster::{RosterRow, read_roster};
pub use week::{Loaded, PublishedSource, load_week, write_week};
