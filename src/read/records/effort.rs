//! Effort: rows of a table with working time and what comes before.

use super::{table::Heads, words::Column};
use crate::model::ledger::Entry;

/// A table with a column of working time. That of risks or questions was taken before.
pub fn heads(heads: &Heads) -> bool {
    heads.has(Column::Effort)
}

/// Whether the column says working time at all: sizes of documents are no effort.
pub fn is_readable(rows: &[Entry]) -> bool {
    let timed = |row: &Entry| row.effort.as_ref().is_some_and(|effort| effort.value.high > 0);
    rows.iter().any(timed)
}
