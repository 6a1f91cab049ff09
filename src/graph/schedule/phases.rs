//! The calendar that the phases of a ledger give: those under one heading are one plan. A phase
//! that says when it is stands there; one that only says how long follows the one before.

use std::collections::BTreeMap;

use crate::model::ledger::{EntryKind, Ledger, Stretch, WEEK};

/// The plans of a ledger, in the order of their headings; a plan has two phases or more.
pub fn plans(ledger: &Ledger) -> Vec<Plan> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, entry) in ledger.entries.iter().enumerate() {
        if entry.kind == EntryKind::Phase {
            let section = entry.section.as_ref().map_or(0, |section| section.line);
            groups.entry(section).or_default().push(n);
        }
    }
    groups.into_values().filter_map(|phases| plan(ledger, &phases)).collect()
}

/// Phases one after another, in working minutes from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Each phase that can be placed, by its place among the entries.
    pub bars: BTreeMap<usize, Bar>,
    /// The end of the last.
    pub length: u64,
}

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its start.
    pub start: u64,
    /// Its end.
    pub end: u64,
    /// Whether the text says when it ends.
    pub close: Close,
}

/// Whether a phase has an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The text gives it.
    Given,
    /// The text leaves it open; the bar is a week long, to be seen at all.
    Open,
}

fn plan(ledger: &Ledger, phases: &[usize]) -> Option<Plan> {
    let mut bars = BTreeMap::new();
    let mut last = 0;
    for n in phases {
        let Some(stretch) = &ledger.entries[*n].stretch else { continue };
        let bar = match stretch.value {
            Stretch::Between { from, to: Some(to) } => {
                Bar { start: from, end: to.max(from), close: Close::Given }
            }
            Stretch::Between { from, to: None } => {
                Bar { start: from, end: from + WEEK, close: Close::Open }
            }
            Stretch::Lasting(effort) => {
                Bar { start: last, end: last + effort.high, close: Close::Given }
            }
        };
        last = bar.end;
        bars.insert(*n, bar);
    }
    // Quarters count from year one: the first of the plan is its first day.
    let first = bars.values().map(|bar| bar.start).min()?;
    for bar in bars.values_mut() {
        bar.start -= first;
        bar.end -= first;
    }
    let length = bars.values().map(|bar| bar.end).max()?;
    (bars.len() > 1 && length > 0).then_some(Plan { bars, length })
}
