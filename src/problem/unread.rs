//! Rows that could not be read, so that a reference to one of them is not called unknown.

use std::collections::HashSet;

/// The ids of each table whose rows could not be read.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    pub providers: UnreadIds,
    pub staff: UnreadIds,
    pub clients: UnreadIds,
    pub grants: UnreadIds,
    pub bookings: UnreadIds,
}

/// The ids of one table whose rows could not be read.
#[derive(Clone, Debug, Default)]
pub struct UnreadIds {
    /// Nothing of the table could be read, so any id may have stood there.
    pub whole_table: bool,
    pub ids: HashSet<String>,
}

impl UnreadIds {
    /// Whether a row of that id may have stood there.
    pub fn may_hold(&self, id: &str) -> bool {
        self.whole_table || self.ids.contains(id)
    }
}
