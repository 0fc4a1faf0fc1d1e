//! Rows that could not be read, so that a reference to one of them is not called unknown.

use std::collections::HashSet;

/// What could not be read: the ids of the rows that others may name, and whether there was more.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    pub providers: UnreadIds,
    pub staff: UnreadIds,
    pub clients: UnreadIds,
    pub grants: UnreadIds,
    pub bookings: UnreadIds,
    /// Something else could not be read: a row that no other names, or the policy.
    pub elsewhere: bool,
}

/// The ids of one table whose rows could not be read.
#[derive(Clone, Debug, Default)]
pub struct UnreadIds {
    /// Nothing of the table could be read, so any id may have stood there.
    pub whole_table: bool,
    pub ids: HashSet<String>,
}

impl Unread {
    /// Whether any row could not be read.
    pub fn any(&self) -> bool {
        let tables = [&self.providers, &self.staff, &self.clients, &self.grants, &self.bookings];
        self.elsewhere || tables.iter().any(|table| table.whole_table || !table.ids.is_empty())
    }
}

impl UnreadIds {
    /// Whether a row of that id may have stood there.
    pub fn may_hold(&self, id: &str) -> bool {
        self.whole_table || self.ids.contains(id)
    }
}
