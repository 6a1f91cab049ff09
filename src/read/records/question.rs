//! Questions somebody has to answer: with a hypothesis and how to check it, where the text gives
//! them. Tables and lists.

use super::{list, page::Page, table::Heads};
use crate::model::ledger::{Entry, EntryKind};

/// A table of questions.
pub fn heads(heads: &Heads) -> bool {
    heads.names(EntryKind::Question)
}

/// Lists under headings and labels of questions.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    list::read(page, EntryKind::Question, "list of questions")
}
