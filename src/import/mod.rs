//! Reads week folders and rosters from CSV, and writes week folders.
//!
//! Bytes become text in `source`, text becomes records in `records`, records become rows in `table` by way of their
//! `header`, a cell becomes a value in `value`, and one small `Row` for each table names its columns. Nothing stops at
//! the first fault.

mod demand;
mod folder;
mod header;
mod people;
mod published;
mod records;
mod roster;
mod source;
mod table;
mod value;
mod week;
mod work;
mod write;

pub use folder::{WeekRead, read_tables};
pub use published::{GivenRoster, PublishedSource, roster_of};
pub use roster::{RosterRow, read_roster};
pub use week::{Loaded, load_week};
pub use write::write_week;
