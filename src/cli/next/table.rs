//! The plan as text for a terminal.

use std::fmt::Write;

use annotate_snippets::renderer::{AnsiColor, Style};

use super::{helpless, nothing, weight, work};
use crate::{
    cli::{
        layout::{WIDTH, fit, percent},
        report::{number, paint, plural},
    },
    diag::human::Color,
    page::model::{PlanEvidence, PlanGap, PlanStep, PlanView},
};

/// So many gaps and places of one document are named; the site and the other forms have all.
const NAMED: usize = 6;
const INDENT: usize = 11;

/// The documents, the best first, then what is left.
pub fn render(view: &PlanView, all: usize, color: Color) -> String {
    let mut out = String::new();
    if view.steps.is_empty() {
        out = nothing(view.coverage.total, view.without_target.len()) + "\n";
    }
    view.steps.iter().for_each(|step| of_step(&mut out, step, color));
    let more = all - view.steps.len();
    if more > 0 {
        let documents = plural(more, "more document", "more documents");
        // A String takes every write.
        let _ = writeln!(out, "… and {documents}: `lacuna next --max {all}`");
    }
    out.extend(helpless(view.without_target.len()).map(|line| line + "\n"));
    out
}

fn of_step(out: &mut String, step: &PlanStep, color: Color) {
    let gain = format!("weight {}, then {}", weight(step.gain), percent(step.after.percent));
    let head = format!("{:>2}. {} ", step.number, work(step.work));
    let room = WIDTH.saturating_sub(head.len() + gain.len() + 3);
    let name = fit(&step.document, room);
    let name = paint(&name, Style::new().bold(), color);
    let gain = paint(&format!("({gain})"), Style::new().dimmed(), color);
    let _ = writeln!(out, "{head}{name} {gain}");
    gaps(out, "fills", &step.fills, color);
    gaps(out, "helps", &step.helps, color);
    places(out, &step.evidence, color);
    out.push('\n');
}

fn gaps(out: &mut String, word: &str, gaps: &[PlanGap], color: Color) {
    for (n, gap) in gaps.iter().take(NAMED).enumerate() {
        let priority = if gap.priority.is_empty() { "--" } else { gap.priority };
        let mut facts = gap.effort.clone();
        if !gap.waits_for.is_empty() {
            facts.push(format!("after {}", gap.waits_for.join(", ")));
        }
        let facts = match facts.is_empty() {
            true => String::new(),
            false => format!(" ({})", facts.join("; ")),
        };
        let id = &gap.id;
        let text = format!("{priority} {id} {}", gap.link.title);
        let facts = fit(&facts, WIDTH / 2);
        let facts = if facts.is_empty() { facts } else { format!(" {facts}") };
        let room = WIDTH - INDENT - facts.chars().count();
        let lead = if n == 0 { word } else { "" };
        let facts = paint(&facts, Style::new().dimmed(), color);
        let _ = writeln!(out, "{}{}{facts}", margin(lead, color), fit(&text, room));
    }
    rest(out, gaps.len(), "gap", "gaps");
}

fn places(out: &mut String, places: &[PlanEvidence], color: Color) {
    for (n, place) in places.iter().take(NAMED).enumerate() {
        let lead = if n == 0 { "from" } else { "" };
        let for_gaps = format!(" for {}", place.gaps.join(", "));
        let text = format!("{}{for_gaps}", address(place));
        let _ = writeln!(out, "{}{}", margin(lead, color), fit(&text, WIDTH - INDENT));
        if !place.words.is_empty() {
            let words = fit(&format!("“{}”", place.words), WIDTH - INDENT - 2);
            let words = paint(&words, Style::new().dimmed(), color);
            let _ = writeln!(out, "{}  {words}", margin("", color));
        }
    }
    rest(out, places.len(), "place", "places");
}

/// `docs/a.txt:3-9`, which editors and terminals open.
fn address(place: &PlanEvidence) -> String {
    let section = place.section.as_ref().map(|s| format!(" § {s}")).unwrap_or_default();
    let lines = match place.lines {
        Some((start, end)) if start == end => format!(":{start}"),
        Some((start, end)) => format!(":{start}-{end}"),
        None => String::new(),
    };
    let lost = if place.href.is_none() { format!(" ({})", place.state) } else { String::new() };
    format!("{}{lines}{section}{lost}", place.path)
}

fn margin(word: &str, color: Color) -> String {
    let padded = format!("{word:>9}  ");
    paint(&padded, AnsiColor::Cyan.on_default(), color)
}

fn rest(out: &mut String, count: usize, one: &str, many: &str) {
    if count > NAMED {
        let more = count - NAMED;
        let noun = if more == 1 { one } else { many };
        let _ = writeln!(out, "{}… and {} more {noun}", " ".repeat(INDENT), number(more));
    }
}
