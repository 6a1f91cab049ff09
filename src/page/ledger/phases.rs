//! The table of phases: what each lists, and a bar for when it is. Phases under one heading share
//! a scale.

use std::ops::Range;

use super::{Place, days, table};
use crate::{
    graph::schedule::phases::{Bar, Close, Plan, plans},
    model::ledger::{DAY, Entry, EntryKind, Ledger, WEEK, in_days},
    page::model::{Axis, Cell, EntryGroup, EntryTable},
};

/// Plans longer than this are measured in months.
const LONG: u64 = 26 * WEEK;
/// Working days of a month, as in the efforts.
const MONTH: f64 = 20.0;

/// The phases of a ledger.
pub fn table(
    place: &Place<'_>,
    ledger: &Ledger,
    of_kind: &[usize],
    here: &Range<usize>,
) -> EntryTable {
    let plans = plans(ledger);
    let mut made = table::empty(EntryKind::Phase, of_kind.len(), here);
    if !plans.is_empty() {
        made.notes.push("Assumed: a week is 5 working days, a month 4 weeks.".to_owned());
    }
    for (title, href, of_group) in table::groups(place, ledger, &of_kind[here.clone()]) {
        let entries: Vec<&Entry> = of_group.iter().map(|n| &ledger.entries[*n]).collect();
        let columns = table::Columns::of(&entries);
        let mut heads = columns.heads();
        let in_group = |plan: &&Plan| of_group.iter().any(|n| plan.bars.contains_key(n));
        let plan = plans.iter().find(in_group);
        if plan.is_some() {
            heads.push("Calendar".to_owned());
        }
        let rows = of_group.iter().map(|n| {
            let entry = &ledger.entries[*n];
            let mut cells = columns.cells(place, entry);
            cells.extend(
                plan.map(|plan| plan.bars.get(n).map_or(Cell::Nothing, |b| cell(plan, *b))),
            );
            table::row(place, ledger, entry, cells)
        });
        let rows = rows.collect();
        let axis = plan.map(|plan| Axis { from: "start".to_owned(), to: long(plan.length) });
        made.push(heads, EntryGroup { title, href, axis, rows });
    }
    made
}

fn cell(plan: &Plan, bar: Bar) -> Cell {
    let (start, end) = (in_days(bar.start), in_days(bar.end));
    let (tone, words) = match bar.close {
        Close::Given => ("given", format!("day {start} to {end}, {}", days(end - start))),
        Close::Open => ("open", format!("from day {start}, no end given")),
    };
    Cell::Bar { total: plan.length, start: bar.start, width: bar.end - bar.start, tone, words }
}

fn long(minutes: u64) -> String {
    if minutes > LONG {
        format!("{} months", (in_days(minutes) / MONTH * 10.0).round() / 10.0)
    } else if minutes.is_multiple_of(WEEK) {
        format!("{} weeks", minutes / WEEK)
    } else {
        days((minutes / DAY) as f64)
    }
}
