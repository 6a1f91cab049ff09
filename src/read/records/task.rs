//! Tasks: boxes to tick, wherever they stand, and rows of a table of tasks.

use super::{blank, page::Page, sense, shown, table::Heads};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind},
    },
    read::lines::{LineKind, marker_len},
};

const RULE: &str = "check box";

/// A table of tasks.
pub fn heads(heads: &Heads) -> bool {
    heads.names(EntryKind::Task)
}

/// Every check box outside code.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        let Some(status) = sense::ticked(line) else { continue };
        let text = shown(&line.text[marker_len(line.text)..]);
        if text.is_empty() {
            continue;
        }
        let title = Fact::new(text, line.text.trim(), line.number, RULE);
        let mut entry = blank(EntryKind::Task, title, (line.number, line.number));
        entry.section = page.section(line.number);
        entry.status = Some(Fact::new(status, line.text.trim(), line.number, RULE));
        entries.push(entry);
    }
    entries
}
