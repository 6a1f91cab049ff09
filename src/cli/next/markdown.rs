//! The plan as Markdown: a list of tasks for an issue or a comment.

use std::fmt::Write;

use super::{helpless, nothing, weight, work};
use crate::{
    cli::layout::{cell, percent},
    page::model::{PlanEvidence, PlanGap, PlanStep, PlanView},
};

/// The documents as boxes to tick, each with its gaps and its evidence.
pub fn render(view: &PlanView, all: usize) -> String {
    let mut out = String::from("### What to write next\n\n");
    if view.steps.is_empty() {
        let _ = writeln!(out, "{}.", nothing(view.coverage.total, view.without_target.len()));
    }
    view.steps.iter().for_each(|step| of_step(&mut out, step));
    let more = all - view.steps.len();
    if more > 0 {
        // A String takes every write.
        let _ = writeln!(out, "\nAnd {more} more: `lacuna next --max {all}`.");
    }
    if let Some(line) = helpless(view.without_target.len()) {
        let _ = writeln!(out, "\n{line}.");
    }
    out
}

fn of_step(out: &mut String, step: &PlanStep) {
    let (gain, share) = (weight(step.gain), percent(step.after.percent));
    let work = work(step.work);
    let name = cell(&step.document);
    let _ = writeln!(out, "- [ ] {work} **{name}**: weight {gain}, then {share} covered");
    for (word, gaps) in [("fills", &step.fills), ("brings nearer", &step.helps)] {
        gaps.iter().for_each(|gap| of_gap(out, word, gap));
    }
    step.evidence.iter().for_each(|place| of_place(out, place));
}

fn of_gap(out: &mut String, word: &str, gap: &PlanGap) {
    let mut facts = vec![];
    facts.extend(Some(gap.priority.to_owned()).filter(|priority| !priority.is_empty()));
    facts.extend(gap.effort.iter().map(|effort| cell(effort)));
    if !gap.waits_for.is_empty() {
        facts.push(format!("after {}", cell(&gap.waits_for.join(", "))));
    }
    let facts = match facts.is_empty() {
        true => String::new(),
        false => format!(" ({})", facts.join(", ")),
    };
    let _ = writeln!(out, "  - {word} {} {}{facts}", cell(&gap.id), cell(&gap.link.title));
}

fn of_place(out: &mut String, place: &PlanEvidence) {
    let lines = match place.lines {
        Some((start, end)) if start == end => format!(", line {start}"),
        Some((start, end)) => format!(", lines {start} to {end}"),
        None => String::new(),
    };
    let section = place.section.as_ref().map(|s| format!(" § {}", cell(s))).unwrap_or_default();
    let words = match place.words.is_empty() {
        true => String::new(),
        false => format!(": “{}”", cell(&place.words)),
    };
    let _ = writeln!(out, "  - from {}{section}{lines}{words}", cell(&place.path));
}
