//! The state of the gaps as a comment on a pull request: the worst first, and not too long.

use std::fmt::Write;

use super::{claims, summary};
use crate::{
    cli::{
        layout::{cell, percent},
        report::{number, plural},
    },
    diag::Diagnostic,
    graph::{
        coverage::Coverage,
        metrics::{Group, Tally},
        verdict,
    },
    page::{drift, model::DriftRow, site::Site, sought},
};

/// So many rows of a table are shown: GitHub takes comments of 65,536 characters.
const ROWS: usize = 50;

/// The comment; `empty` are the findings about gap analyses without a gap.
pub fn render(site: &Site<'_>, empty: &[&Diagnostic]) -> String {
    let metrics = &site.graph.metrics;
    let mut out = format!("### {}\n\n", cell(&format!("{}: {}", site.title, summary(metrics))));
    if metrics.overall.total() == 0 {
        looked_for(&mut out, site);
        without_gaps(&mut out, empty);
        return out;
    }
    // A String takes every write.
    let _ = writeln!(out, "Claims: {}.\n", claims(metrics));
    out.push_str("| | Covered | Partial | Uncovered | Waived | Share |\n");
    out.push_str("|---|--:|--:|--:|--:|--:|\n");
    let groups = metrics.by_priority.iter().chain(metrics.by_ledger.iter().take(ROWS));
    groups.for_each(|group| row(&mut out, group));
    out.push('\n');
    board(&mut out, site);
    open(&mut out, site);
    without_gaps(&mut out, empty);
    out
}

fn row(out: &mut String, group: &Group) {
    let Tally { covered, partial, uncovered, waived } = group.tally;
    let counts = [covered, partial, uncovered, waived].map(number).join(" | ");
    let _ =
        writeln!(out, "| {} | {counts} | {} |", cell(&group.label), percent(group.tally.percent()));
}

/// Claims that do not hold.
fn board(out: &mut String, site: &Site<'_>) {
    let rows = drift::rows(site, &site.route.home(), usize::MAX);
    if rows.is_empty() {
        return;
    }
    out.push_str("#### Claims that do not hold\n\n");
    out.push_str("| Gap | Priority | The text claims | The files show |\n|---|---|---|---|\n");
    for row in rows.iter().take(ROWS) {
        let _ = writeln!(
            out,
            "| {} {} | {} | {} | {}: {} |",
            cell(&row.id),
            cell(&row.link.title),
            row.priority,
            claim(row),
            row.coverage,
            cell(&row.reason)
        );
    }
    more(out, rows.len());
}

fn claim(row: &DriftRow) -> String {
    let words = row.words.iter().map(|w| format!("{} (line {})", cell(&w.text), w.line));
    words.collect::<Vec<_>>().join(", ")
}

/// What is open, folded.
fn open(out: &mut String, site: &Site<'_>) {
    let mut verdicts = verdict::worst_last(site.corpus, site.graph);
    verdicts.retain(|v| matches!(v.coverage, Coverage::Partial | Coverage::Uncovered));
    if verdicts.is_empty() {
        return;
    }
    let gaps = if verdicts.len() == 1 { "gap" } else { "gaps" };
    let _ = writeln!(
        out,
        "<details><summary>{} open {gaps}</summary>\n\n| Gap | Priority | Coverage | Why \
         |\n|---|---|---|---|",
        number(verdicts.len())
    );
    for verdict in verdicts.iter().rev().take(ROWS) {
        let record = site.record(verdict.gap);
        let _ = writeln!(
            out,
            "| {} {} | {} | {} | {} |",
            cell(&record.id),
            cell(&record.title),
            verdict.priority.map_or("", |priority| priority.name()),
            verdict.coverage.name(),
            cell(&verdict.reason)
        );
    }
    more(out, verdicts.len());
    out.push_str("</details>\n");
}

fn more(out: &mut String, rows: usize) {
    out.push('\n');
    if rows > ROWS {
        let _ = writeln!(out, "And {} more: `lacuna status` has all.\n", number(rows - ROWS));
    }
}

/// Gap analyses that hold no gap, with what their reader says of it.
fn without_gaps(out: &mut String, empty: &[&Diagnostic]) {
    for diagnostic in empty.iter().take(ROWS) {
        let (path, message) = (cell(diagnostic.path.as_str()), cell(&diagnostic.message));
        let _ = writeln!(out, "\n{path}: {message}.");
    }
}

fn looked_for(out: &mut String, site: &Site<'_>) {
    let sought = sought::of(site, &site.route.home());
    let _ = writeln!(out, "Read {}. Looked for:\n", plural(sought.files, "file", "files"));
    for point in sought::points(&sought) {
        let _ = writeln!(out, "- {}", cell(&point));
    }
    let _ = writeln!(out, "\nTo tell what a file is, write into `lacuna.toml`:\n");
    let _ = writeln!(out, "```toml\n{}\n```", sought.help);
}
