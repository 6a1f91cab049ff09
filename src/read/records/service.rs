//! Services: running parts with their state, and what they are for. Rows of an inventory.

use super::{table::Heads, words::Column};
use crate::model::ledger::{EntryKind, Role};

/// A table of services.
pub fn heads(heads: &Heads) -> bool {
    let known = heads.has(Column::Status) || heads.says(Role::Port) || heads.says(Role::Technology);
    heads.names(EntryKind::Service) && known
}
