//! What was read from a gap analysis: for each gap the rule that read each field, and its line; and
//! when there is none, what was looked for and what came nearest.

use super::report::plural;
use crate::{
    diag::codes,
    engine::Reading,
    model::{
        Fact,
        gap::{Gap, TaskState},
        source::Outline,
    },
    read::sought::SHAPES,
};

/// Longer texts are cut: the file itself shows them whole.
const LONGEST: usize = 70;

/// Every gap of a ledger, one field a line.
pub fn of_ledger(reading: &Reading, outline: &Outline, ids: &[String]) -> String {
    let gaps = outline.facts.gaps();
    if gaps.is_empty() {
        return nothing(reading, outline);
    }
    let count = plural(gaps.len(), "gap", "gaps");
    let mut out = format!("\n{count}; each field with its line and the rule that read it\n");
    for (gap, id) in gaps.iter().zip(ids) {
        out.push_str(&of_gap(id, gap));
    }
    out
}

fn of_gap(id: &str, gap: &Gap) -> String {
    let mut out = format!("\n{id}  {}\n", cut(&gap.title));
    let mut line = |name: &str, at: u32, value: &str, rule: &str| {
        out.push_str(&format!("  {name:<9} {at:>5}  {value:<32}  {rule}\n"));
    };
    for found in &gap.read_by {
        line("found", found.line, "", found.rule);
    }
    if let Some(own) = &gap.priority {
        line("priority", own.line, own.value.name(), &with_raw(own));
    }
    for own in &gap.claim.mentions {
        line("claim", own.line, own.value.name(), &with_raw(own));
    }
    let texts = [("impact", &gap.impact), ("category", &gap.category), ("phase", &gap.phase)];
    for (name, own) in texts {
        if let Some(own) = own {
            line(name, own.line, &cut(&own.value), own.rule);
        }
    }
    for own in &gap.effort {
        line("effort", own.line, &cut(&own.value), own.rule);
    }
    for own in &gap.evidence {
        let lines = own.citation.lines.map(|(a, b)| format!(":{a}-{b}")).unwrap_or_default();
        line("evidence", own.line, &cut(&format!("{}{lines}", own.citation.target)), "citation");
    }
    for own in &gap.targets {
        line("target", own.line, &cut(&own.name), "name in a recommendation");
    }
    for own in &gap.depends_on {
        line("waits for", own.line, &cut(&own.value), own.rule);
    }
    for own in &gap.tasks {
        let state =
            if own.state == TaskState::Done { "check box, ticked" } else { "check box, open" };
        line("task", own.line, &cut(&own.text), state);
    }
    out
}

fn with_raw<T>(fact: &Fact<T>) -> String {
    format!("{}: {}", fact.rule, cut(&fact.raw))
}

/// What was looked for, and the nearest misses.
fn nothing(reading: &Reading, outline: &Outline) -> String {
    let mut out = String::from("\n0 gaps\n");
    let own = reading.diagnostics.iter().filter(|found| found.path == outline.path);
    for found in own.filter(|found| found.code == &codes::LEDGER_EMPTY) {
        out.push_str(&format!("  {}\n", found.message));
        if let Some(help) = &found.help {
            out.push_str(&format!("  {help}\n"));
        }
    }
    out.push_str("\na gap may be written as\n");
    for shape in SHAPES {
        out.push_str(&format!("  {:<44} {}\n", shape.what, shape.example));
    }
    out
}

fn cut(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", one_line[..end].trim_end()),
        None => one_line,
    }
}
