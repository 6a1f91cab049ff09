//! Risks: what may go wrong, how likely, how bad, and what lessens it. Registers and lists.

use std::collections::BTreeMap;

use super::{
    list,
    page::Page,
    shown,
    table::Heads,
    words::{self, WORDS},
};
use crate::model::{
    Fact,
    ledger::{Entry, EntryKind, Role},
};

const SAME: &str = "mitigation of the same number";

/// A register of risks.
pub fn heads(heads: &Heads) -> bool {
    let weighed =
        heads.says(Role::Likelihood) || heads.says(Role::Mitigation) || heads.says(Role::Impact);
    weighed && (heads.names(EntryKind::Risk) || heads.stands_under(EntryKind::Risk))
}

/// Lists under headings and labels of risks.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    list::read(page, EntryKind::Risk, "list of risks")
}

/// Gives each risk of a numbered list the mitigation with the same number, when the list of
/// mitigations under the same heading is numbered too and of the same length.
pub fn pair_mitigations(page: &Page<'_>, entries: &mut [Entry]) {
    let parent = |line: u32| page.above(line).nth(1).map(|heading| heading.line);
    let mut beside: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, entry) in entries.iter().enumerate().filter(|(_, e)| e.kind == EntryKind::Risk) {
        if let Some(parent) = entry.section.as_ref().and_then(|section| parent(section.line)) {
            beside.entry(parent).or_default().push(n);
        }
    }
    for (n, heading) in page.headings.iter().enumerate() {
        let advises = words::mentions(&heading.text, &WORDS.mitigation);
        if !advises || words::section(&heading.text).is_some() {
            continue;
        }
        let Some(risks) = parent(heading.line).and_then(|line| beside.remove(&line)) else {
            continue;
        };
        let items = list::items(page.lines(heading.line + 1, page.end(n)));
        if risks.len() != items.len() || items.iter().any(|item| item.number.is_none()) {
            continue;
        }
        for (risk, item) in risks.into_iter().zip(&items) {
            if entries[risk].say(Role::Mitigation).is_none() {
                let line = item.line.number;
                let fact = Fact::new(shown(item.text), item.text, line, SAME);
                entries[risk].said.push((Role::Mitigation, fact));
            }
        }
    }
}
