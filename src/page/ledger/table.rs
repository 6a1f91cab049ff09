//! A table for each kind of entry that a ledger has: columns only for what its entries say.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Place, effort, layout::List, phases};
use crate::{
    graph::schedule::Schedule,
    model::{
        gap::{ClaimStatus, Field},
        ledger::{Entry, EntryKind, Ledger, Role},
    },
    page::model::{Cell, EntryGroup, EntryRow, EntryTable, Said},
};

/// So many labels without a meaning become columns, when most rows have them.
const EXTRA: usize = 3;

/// The tables of a ledger, in the order of the kinds.
/// Those without a row on this page are left out.
pub fn tables(place: &Place<'_>, ledger: &Ledger, plan: Option<&Schedule>) -> Vec<EntryTable> {
    let mut by_kind: BTreeMap<EntryKind, Vec<usize>> = BTreeMap::new();
    for (n, entry) in ledger.entries.iter().enumerate() {
        by_kind.entry(entry.kind).or_default().push(n);
    }
    let table = |kind: EntryKind| {
        let of_kind = by_kind.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let here = place.layout.window(List::Table(kind), place.page);
        let made = match kind {
            EntryKind::Effort => plan.map(|plan| effort::table(place, ledger, plan, &here)),
            _ if here.is_empty() => None,
            EntryKind::Phase => Some(phases::table(place, ledger, of_kind, &here)),
            _ => Some(plain(place, ledger, (kind, of_kind), &here)),
        };
        made.filter(|_| !here.is_empty())
    };
    EntryKind::ALL.into_iter().filter_map(table).collect()
}

fn plain(
    place: &Place<'_>,
    ledger: &Ledger,
    (kind, of_kind): (EntryKind, &[usize]),
    here: &Range<usize>,
) -> EntryTable {
    let mut table = empty(kind, of_kind.len(), here);
    let entries: Vec<&Entry> = of_kind.iter().map(|n| &ledger.entries[*n]).collect();
    table.notes.extend(note(kind, &entries));
    for (title, href, of_group) in groups(place, ledger, &of_kind[here.clone()]) {
        let entries: Vec<&Entry> = of_group.iter().map(|n| &ledger.entries[*n]).collect();
        let columns = Columns::of(&entries);
        let rows = entries.iter().map(|e| row(place, ledger, e, columns.cells(place, e))).collect();
        table.push(columns.heads(), EntryGroup { title, href, axis: None, rows });
    }
    table
}

/// Entries that follow each other under one gap or heading, with its title and address.
pub fn groups(
    place: &Place<'_>,
    ledger: &Ledger,
    of_kind: &[usize],
) -> Vec<(String, String, Vec<usize>)> {
    let mut groups: Vec<(String, String, Vec<usize>)> = Vec::new();
    for n in of_kind {
        let (title, href) = group_of(place, ledger, &ledger.entries[*n]);
        match groups.last_mut().filter(|group| group.1 == href) {
            Some(group) => group.2.push(*n),
            None => groups.push((title, href, vec![*n])),
        }
    }
    groups
}

/// A table of which only the kind is known, and which of its rows are shown.
pub fn empty(kind: EntryKind, count: usize, here: &Range<usize>) -> EntryTable {
    let (noun, title) = names(kind);
    EntryTable {
        kind: kind.label(),
        noun,
        title,
        anchor: anchor(kind),
        count,
        shown: (here.len() < count).then_some((here.start + 1, here.end)),
        notes: Vec::new(),
        parts: Vec::new(),
    }
}

/// The fragment of a table.
pub fn anchor(kind: EntryKind) -> String {
    format!("lc-{}", kind.label())
}

/// The head of the column of titles, and the title of the table.
pub fn names(kind: EntryKind) -> (&'static str, &'static str) {
    match kind {
        EntryKind::Component => ("Component", "Components"),
        EntryKind::Phase => ("Phase", "Phases"),
        EntryKind::Effort => ("Work", "Effort"),
        EntryKind::Risk => ("Risk", "Risks"),
        EntryKind::Question => ("Question", "Questions"),
        EntryKind::Debt => ("Debt", "Technical debt"),
        EntryKind::Service => ("Service", "Services"),
        EntryKind::Metric => ("Figure", "Figures"),
        EntryKind::Task => ("Task", "Tasks"),
    }
}

/// One sentence on all entries of a kind.
fn note(kind: EntryKind, entries: &[&Entry]) -> Option<String> {
    let says = |status: ClaimStatus| {
        entries.iter().filter(|e| e.status.as_ref().is_some_and(|s| s.value == status)).count()
    };
    let (done, partial) = (says(ClaimStatus::Done), says(ClaimStatus::Partial));
    let all = entries.len();
    match kind {
        EntryKind::Task => Some(format!("{done} of {all} ticked, as written.")),
        EntryKind::Service | EntryKind::Component if done + partial > 0 => Some(format!(
            "As written, {done} of {all} are ready and {partial} in part. Nothing here checks that."
        )),
        _ => None,
    }
}

/// What an entry stands under: the gap in whose block it is, or its heading.
fn group_of(place: &Place<'_>, ledger: &Ledger, entry: &Entry) -> (String, String) {
    if let Some(gap) = around(ledger, entry).and_then(|gap| place.gap(gap)) {
        return (gap.title, gap.href);
    }
    match &entry.section {
        Some(section) => (section.value.clone(), place.line(section.line).href),
        None => (String::new(), String::new()),
    }
}

/// The gap in whose block an entry stands without being that gap.
fn around(ledger: &Ledger, entry: &Entry) -> Option<usize> {
    let gap = entry.gap?;
    let defines = ledger.gaps.get(gap)?.defined_at.contains(&entry.title.line);
    let inner = matches!(entry.kind, EntryKind::Task | EntryKind::Question | EntryKind::Risk);
    (inner && !defines).then_some(gap)
}

/// An entry with its cells.
pub fn row(place: &Place<'_>, ledger: &Ledger, entry: &Entry, cells: Vec<Cell>) -> EntryRow {
    let gap = entry.gap.filter(|_| around(ledger, entry).is_none());
    EntryRow {
        anchor: entry.anchor(),
        id: entry.id.clone().unwrap_or_default(),
        title: entry.title.value.clone(),
        gap: gap.and_then(|gap| place.gap(gap)),
        cells,
        line: place.line(entry.title.line),
    }
}

/// The columns of a table.
pub struct Columns {
    status: Shown,
    percent: Shown,
    roles: Vec<Role>,
    extra: Vec<String>,
    others: Shown,
    items: Shown,
}

/// Whether a column is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Yes,
    No,
}

impl From<bool> for Shown {
    fn from(shown: bool) -> Self {
        if shown { Self::Yes } else { Self::No }
    }
}

impl Columns {
    /// The columns that the entries fill.
    pub fn of(entries: &[&Entry]) -> Self {
        let any = |has: fn(&Entry) -> bool| Shown::from(entries.iter().any(|entry| has(entry)));
        let roles: BTreeSet<Role> =
            entries.iter().flat_map(|entry| entry.said.iter().map(|(role, _)| *role)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for field in entries.iter().flat_map(|entry| &entry.more) {
            *counts.entry(&field.label).or_default() += 1;
        }
        let most = counts.iter().filter(|(_, count)| **count * 2 > entries.len());
        let extra: Vec<String> = most.map(|(label, _)| (*label).to_owned()).take(EXTRA).collect();
        let rest = entries.iter().flat_map(|entry| &entry.more);
        let others = Shown::from(rest.clone().any(|field| !extra.contains(&field.label)));
        Self {
            status: any(|entry| entry.status.is_some()),
            percent: any(|entry| entry.percent.is_some()),
            roles: roles.into_iter().collect(),
            extra,
            others,
            items: any(|entry| !entry.items.is_empty()),
        }
    }

    /// The heads, from the left.
    pub fn heads(&self) -> Vec<String> {
        let mut heads = Vec::new();
        let mut add = |shown: Shown, head: &str| {
            if shown == Shown::Yes {
                heads.push(head.to_owned());
            }
        };
        add(self.status, "Status, as written");
        add(self.percent, "Percent");
        self.roles.iter().for_each(|role| add(Shown::Yes, head(*role)));
        self.extra.iter().for_each(|label| add(Shown::Yes, label));
        add(self.items, "Items");
        add(self.others, "Also says");
        heads
    }

    /// The cells of an entry, as many as there are heads.
    pub fn cells(&self, place: &Place<'_>, entry: &Entry) -> Vec<Cell> {
        let mut cells = Vec::new();
        if self.status == Shown::Yes {
            cells.push(status(entry));
        }
        if self.percent == Shown::Yes {
            let text = entry.percent.as_ref().map(|percent| format!("{} %", percent.value));
            cells.push(text_cell(text.map(|text| said("", &text, None)).into_iter().collect()));
        }
        let line = |number: u32| (number != entry.title.line).then(|| place.line(number));
        for role in &self.roles {
            let facts = entry.said.iter().filter(|(own, _)| own == role);
            let parts = facts.map(|(_, fact)| said("", &fact.value, line(fact.line)));
            cells.push(text_cell(parts.collect()));
        }
        for label in &self.extra {
            let fields = entry.more.iter().filter(|field| field.label == *label);
            cells.push(text_cell(fields.map(|f| said("", &f.text, line(f.line))).collect()));
        }
        if self.items == Shown::Yes {
            let items = entry.items.iter();
            cells.push(text_cell(items.map(|i| said("", &i.value, line(i.line))).collect()));
        }
        if self.others == Shown::Yes {
            let other = |field: &&Field| !self.extra.contains(&field.label);
            let fields = entry.more.iter().filter(other);
            cells.push(text_cell(fields.map(|f| said(&f.label, &f.text, line(f.line))).collect()));
        }
        cells
    }
}

fn head(role: Role) -> &'static str {
    match role {
        Role::Priority => "Priority",
        Role::Likelihood => "Likelihood",
        Role::Impact => "Impact",
        Role::Mitigation => "Mitigation",
        Role::Hypothesis => "Hypothesis",
        Role::Verification => "Verification",
        Role::Workaround => "Workaround",
        Role::Fix => "Fix",
        Role::Time => "When",
        Role::Purpose => "Purpose",
        Role::Technology => "Technology",
        Role::Port => "Port",
        Role::Owner => "Owner",
        Role::Current => "Now",
        Role::Wanted => "Wanted",
        Role::Note => "Remark",
    }
}

/// The state of an entry; a box needs no words beside its mark.
pub fn status(entry: &Entry) -> Cell {
    let Some(status) = &entry.status else { return Cell::Nothing };
    let boxed = status.rule == "check box";
    let claim = match status.value {
        ClaimStatus::Open => "open",
        ClaimStatus::Partial => "partial",
        ClaimStatus::Done => "done",
        ClaimStatus::Unknown => "unknown",
    };
    let written = if boxed { String::new() } else { status.raw.clone() };
    Cell::Status { claim, written }
}

fn text_cell(parts: Vec<Said>) -> Cell {
    if parts.is_empty() { Cell::Nothing } else { Cell::Text { parts } }
}

fn said(label: &str, text: &str, line: Option<crate::page::model::LineLink>) -> Said {
    Said { label: label.to_owned(), text: text.to_owned(), line }
}
