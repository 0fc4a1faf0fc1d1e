//! Reads week folders and rosters, and writes week folders.
//!
//! `inventory` says which file is which table, with `mapping` and the `words` for what somebody else named. Bytes become
//! text in `encoding`, text becomes records in `records`, or sheets do in `workbook`; records become rows in `table` by
//! way of their `header`, a cell becomes a value in `value`, where a column decides what a cell alone leaves open
//! (`survey`), and one small `Row` for each table names its columns. Nothing stops at the first fault. `origin` tells
//! what was read from where, in the words of the files.

mod delimiter;
mod demand;
mod encoding;
mod folder;
mod grid;
mod header;
mod history;
mod inspect;
mod inventory;
mod learn;
mod mapping;
mod origin;
mod people;
mod published;
mod records;
mod result;
mod roster;
mod settings;
mod shape;
mod source;
mod survey;
mod table;
mod value;
mod week;
mod words;
mod work;
mod workbook;
mod write;

pub use folder::{Reading, WeekRead, read_folder, read_tables};
pub use history::{Carried, Previous, carry_over};
pub use inspect::{Inspected, inspect};
pub use learn::{Proposal, learn};
pub use mapping::MAPPING;
pub use origin::TableSource;
pub use published::{GivenRoster, PublishedSource, roster_of};
pub use result::{LoadedResult, edited_roster, load_result};
pub use roster::{RosterRow, read_roster};
pub use week::{Imported, Loaded, import_week, load_week};
pub use write::write_week;
