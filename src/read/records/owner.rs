//! Whose line it is: that of a gap, or that of another record.
//!
//! A check box, a phase or a heading that defines a gap is that gap and nothing else. A table or a
//! list is kept whole or not at all: when all its lines define gaps it is a list of gaps, and
//! when some do not, leaving those that do would show half an inventory, so all are kept and name
//! their gap. Debt is a gap and debt at once, as ledgers count it; effort is about a gap.

use std::collections::BTreeMap;

use super::{component, page::Page};
use crate::model::ledger::{Entry, EntryKind};

/// Leaves out what is a gap and nothing else, and gives every other entry its gap.
pub fn settle(page: &Page<'_>, entries: &mut Vec<Entry>) {
    let mut mixed: BTreeMap<Set, bool> = BTreeMap::new();
    for entry in entries.iter() {
        let free = !page.defines_gap(entry.title.line);
        *mixed.entry(Set::of(entry)).or_default() |= free;
    }
    entries.retain(|entry| {
        !page.defines_gap(entry.title.line)
            || match entry.kind {
                EntryKind::Debt | EntryKind::Effort => true,
                EntryKind::Task | EntryKind::Phase => false,
                _ if entry.title.rule == component::RULE => false,
                _ => mixed.get(&Set::of(entry)).copied().unwrap_or_default(),
            }
    });
    for entry in entries {
        entry.gap = page.gap_at(entry.title.line);
    }
}

/// Entries that stand together: of one kind and rule, under one heading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    kind: EntryKind,
    rule: &'static str,
    section: u32,
}

impl Set {
    fn of(entry: &Entry) -> Self {
        let section = entry.section.as_ref().map_or(0, |section| section.line);
        Self { kind: entry.kind, rule: entry.title.rule, section }
    }
}
