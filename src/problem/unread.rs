//! Rows that could not be read: who names one of them names nothing unknown, and what they name is asked all the same.

/// What could not be read.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    pub providers: UnreadRows,
    pub staff: UnreadRows,
    pub clients: UnreadRows,
    pub grants: UnreadRows,
    pub bookings: UnreadRows,
    /// What the unread rows of all tables name in their readable cells.
    pub references: Vec<Reference>,
    /// Something else could not be read: a row that no other names, or the policy.
    pub elsewhere: bool,
}

/// The rows of one table that could not be read.
#[derive(Clone, Debug, Default)]
pub struct UnreadRows {
    /// Nothing of the table could be read, so any id may have stood there.
    pub whole_table: bool,
    /// Line and id of each.
    pub ids: Vec<(u64, String)>,
}

/// The tables whose rows others name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Provider,
    Carer,
    Client,
    Grant,
}

/// A cell that names a row of another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub to: Named,
    pub id: String,
    pub file: String,
    pub line: u64,
    pub column: &'static str,
}

impl Unread {
    /// Whether any row could not be read.
    pub fn any(&self) -> bool {
        let tables = [&self.providers, &self.staff, &self.clients, &self.grants, &self.bookings];
        self.elsewhere || tables.iter().any(|table| table.whole_table || !table.ids.is_empty())
    }
}
