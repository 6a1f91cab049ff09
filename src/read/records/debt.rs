//! Technical debt: a shortcut, the way round it, the way out. Tables and lists.

use super::{list, page::Page, table::Heads};
use crate::model::ledger::{Entry, EntryKind, Role};

/// A table of debt.
pub fn heads(heads: &Heads) -> bool {
    let ways = heads.says(Role::Workaround) || heads.says(Role::Fix);
    heads.names(EntryKind::Debt) || heads.stands_under(EntryKind::Debt) && ways
}

/// Lists under headings and labels of debt.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    list::read(page, EntryKind::Debt, "list of debt")
}
