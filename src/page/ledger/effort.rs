//! The table of effort: working time as written and in days, what comes before, and a bar for when
//! each row is, so that the table is the Gantt chart.

use std::ops::Range;

use super::{Place, days, layout::List, range, table};
use crate::{
    graph::schedule::{Before, Place as When, Schedule, Slack, Step, StepOf},
    model::ledger::{EntryKind, Ledger, Role, in_days},
    page::model::{Axis, Cell, EntryGroup, EntryRow, EntryTable, RelationRow, Said},
};

/// So many steps of a critical path are named in a sentence.
const NAMED: usize = 12;

/// The rows of a plan.
pub fn table(
    place: &Place<'_>,
    ledger: &Ledger,
    plan: &Schedule,
    here: &Range<usize>,
) -> EntryTable {
    let mut made = table::empty(EntryKind::Effort, plan.steps.len(), here);
    made.notes = notes(plan);
    let ranked = plan.steps.iter().any(|step| priority(ledger, step).is_some());
    // Where nothing comes after anything, everything is at the beginning: that is no plan.
    let linked = is_linked(plan);
    let mut columns = vec!["Effort".to_owned()];
    if linked {
        columns.extend(["Comes after".to_owned(), "When".to_owned()]);
    }
    if ranked {
        columns.insert(0, "Priority".to_owned());
    }
    let rows = plan.steps.iter().enumerate().skip(here.start).take(here.len()).map(|(n, step)| {
        let mut cells = vec![effort(ledger, step)];
        if linked {
            cells.extend([after(place, plan, ledger, n), when(plan, step)]);
        }
        if ranked {
            cells.insert(0, priority(ledger, step).unwrap_or(Cell::Nothing));
        }
        row(place, ledger, step, cells)
    });
    let rows: Vec<EntryRow> = rows.collect();
    let axis = (linked && plan.length.high > 0).then(|| Axis {
        from: "day 0".to_owned(),
        to: format!("day {}", in_days(plan.length.high)),
    });
    made.push(columns, EntryGroup { title: String::new(), href: String::new(), axis, rows });
    made
}

fn notes(plan: &Schedule) -> Vec<String> {
    let mut notes = vec![format!("{} of work in all.", capital(&range(plan.total)))];
    let mut chain: Vec<&str> = plan.chain().iter().map(|n| plan.steps[*n].title.as_str()).collect();
    if chain.len() > NAMED {
        chain.splice(NAMED / 2..chain.len() - NAMED / 2, ["…"]);
    }
    if plan.length.high > 0 && is_linked(plan) {
        notes.push(format!(
            "The critical path takes {}: {}.",
            range(plan.length),
            chain.join(" → ")
        ));
        notes.push(
            "Assumed: every row starts as soon as what it comes after is done, with as many \
             people as rows; a week is 5 working days. Of a range, the bar shows the most."
                .to_owned(),
        );
    }
    let unknown = plan.steps.iter().filter(|step| step.effort.is_none()).count();
    match unknown {
        0 => {}
        1 => notes.push("1 row gives no time that can be read; it counts as nought.".to_owned()),
        n => notes.push(format!("{n} rows give no time that can be read; they count as nought.")),
    }
    if !plan.circle.is_empty() {
        let names: Vec<&str> = plan.round().iter().map(|step| step.title.as_str()).collect();
        notes.push(format!(
            "{}: each waits for the next, so these rows, and what comes after them, have no place.",
            names.join(" → ")
        ));
    }
    notes
}

fn is_linked(plan: &Schedule) -> bool {
    plan.steps.iter().any(|step| !step.after.is_empty())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn row(place: &Place<'_>, ledger: &Ledger, step: &Step, cells: Vec<Cell>) -> EntryRow {
    match step.of {
        StepOf::Entry(n) => table::row(place, ledger, &ledger.entries[n], cells),
        StepOf::Gap(n) => EntryRow {
            anchor: format!("lc-effort-gap-{}", n + 1),
            id: ledger.gaps[n].number.clone().unwrap_or_default(),
            title: step.title.clone(),
            gap: place.gap(n),
            cells,
            line: place.line(step.line),
        },
    }
}

fn priority(ledger: &Ledger, step: &Step) -> Option<Cell> {
    let StepOf::Entry(n) = step.of else { return None };
    let fact = ledger.entries[n].say(Role::Priority)?;
    let said = Said { label: String::new(), text: fact.value.clone(), line: None };
    Some(Cell::Text { parts: vec![said] })
}

fn effort(ledger: &Ledger, step: &Step) -> Cell {
    let written = match step.of {
        StepOf::Entry(n) => ledger.entries[n].effort.as_ref().map(|effort| effort.raw.clone()),
        StepOf::Gap(n) => ledger.gaps[n].effort.first().map(|effort| effort.value.clone()),
    };
    let Some(written) = written else { return Cell::Nothing };
    let days = step.effort.map_or("unknown".to_owned(), range);
    // `20` under a head that says days is no news beside "20 days".
    let written = if days.starts_with(&written) { days.clone() } else { written };
    Cell::Effort { written, days }
}

fn after(place: &Place<'_>, plan: &Schedule, ledger: &Ledger, n: usize) -> Cell {
    let names: Vec<RelationRow> = plan.steps[n]
        .after
        .iter()
        .map(|(name, before)| match before {
            Before::Step(other) => RelationRow {
                label: "row",
                title: name.value.clone(),
                href: Some(format!(
                    "{}#{}",
                    place.page_href(List::Table(EntryKind::Effort), *other),
                    anchor(ledger, &plan.steps[*other])
                )),
            },
            Before::Gap(gap) => RelationRow {
                label: "gap",
                title: name.value.clone(),
                href: place.gap(*gap).map(|link| link.href),
            },
            Before::Unknown => {
                RelationRow { label: "unknown", title: name.value.clone(), href: None }
            }
        })
        .collect();
    if names.is_empty() { Cell::Nothing } else { Cell::After { names } }
}

fn anchor(ledger: &Ledger, step: &Step) -> String {
    match step.of {
        StepOf::Entry(n) => ledger.entries[n].anchor(),
        StepOf::Gap(n) => format!("lc-effort-gap-{}", n + 1),
    }
}

fn when(plan: &Schedule, step: &Step) -> Cell {
    let When::At { start, end, slack } = step.place else {
        return words("no place: it waits for a circle");
    };
    if step.effort.is_none() {
        return words("unknown");
    }
    let span = format!("day {} to {}", in_days(start), in_days(end));
    let (tone, words) = match slack {
        Slack::Critical => ("critical", format!("{span}, critical")),
        Slack::Spare(spare) => ("spare", format!("{span}, {} to spare", days(in_days(spare)))),
    };
    Cell::Bar { total: plan.length.high, start, width: end - start, tone, words }
}

fn words(text: &str) -> Cell {
    let said = Said { label: String::new(), text: text.to_owned(), line: None };
    Cell::Text { parts: vec![said] }
}
