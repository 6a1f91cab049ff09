//! The table of phases: what each lists, and a bar for when it is. Phases under one heading share
//! a scale.

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
pub fn table(place: &Place<'_>, ledger: &Ledger, of_kind: &[usize]) -> EntryTable {
    let entries: Vec<&Entry> = of_kind.iter().map(|n| &ledger.entries[*n]).collect();
    let columns = table::Columns::of(&entries);
    let plans = plans(ledger);
    let mut made = table::empty(EntryKind::Phase, of_kind.len());
    made.columns = columns.heads();
    if !plans.is_empty() {
        made.columns.push("Calendar".to_owned());
        made.notes.push("Assumed: a week is 5 working days, a month 4 weeks.".to_owned());
    }
    for n in of_kind {
        let entry = &ledger.entries[*n];
        let plan = plans.iter().find(|plan| plan.bars.contains_key(n));
        let mut cells = columns.cells(place, entry);
        if !plans.is_empty() {
            let bar = plan.and_then(|plan| Some((plan, *plan.bars.get(n)?)));
            cells.push(bar.map_or(Cell::Nothing, |(plan, bar)| cell(plan, bar)));
        }
        let row = table::row(place, entry, cells);
        let (title, href) = match &entry.section {
            Some(section) => (section.value.clone(), place.line(section.line).href),
            None => (String::new(), String::new()),
        };
        match made.groups.last_mut().filter(|group| group.href == href) {
            Some(group) => group.rows.push(row),
            None => {
                let axis = section_axis(&plans, ledger, *n);
                made.groups.push(EntryGroup { title, href, axis, rows: vec![row] });
            }
        }
    }
    made
}

/// The scale of the plan that the section of a phase has.
fn section_axis(plans: &[Plan], ledger: &Ledger, phase: usize) -> Option<Axis> {
    let section = |n: usize| ledger.entries[n].section.as_ref().map(|section| section.line);
    let same = |plan: &&Plan| plan.bars.keys().any(|n| section(*n) == section(phase));
    let plan = plans.iter().find(same)?;
    Some(Axis { from: "start".to_owned(), to: long(plan.length) })
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
    } else if minutes % WEEK == 0 {
        format!("{} weeks", minutes / WEEK)
    } else {
        days((minutes / DAY) as f64)
    }
}
