//! The state of every gap as text for a terminal: the worst nearest to the prompt.

use std::fmt::Write;

use annotate_snippets::renderer::{AnsiColor, Style};

use super::{claims, summary};
use crate::{
    cli::{
        args::Verbosity,
        layout::{WIDTH, fit, left, percent, right, wrap},
        report::{number, paint, plural},
    },
    diag::{Diagnostic, human::Color},
    graph::{
        coverage::Coverage,
        metrics::{Group, Tally},
        verdict::{self, Verdict},
    },
    page::{model::Sought, site::Site, sought},
};

/// The columns of the state, and of the longest id that is not cut.
const STATE: usize = 9;
const ID: usize = 16;

/// The columns of figures, with their widths.
const COLUMNS: [(&str, usize); 5] =
    [("covered", 9), ("partial", 8), ("uncovered", 10), ("waived", 7), ("share", 7)];

/// The whole report; only its last line when it has to be quiet. `empty` are the findings about gap
/// analyses without a gap.
pub fn render(
    site: &Site<'_>,
    empty: &[&Diagnostic],
    verbosity: Verbosity,
    color: Color,
) -> String {
    let metrics = &site.graph.metrics;
    let bold = Style::new().bold();
    let last = paint(&fit(&summary(metrics), WIDTH), bold, color) + "\n";
    if verbosity == Verbosity::Quiet {
        return last;
    }
    if metrics.overall.total() == 0 {
        let sought = sought::of(site, &site.route.home());
        return looked_for(&sought) + &without_gaps(empty) + &last;
    }
    let mut out = String::new();
    for (name, groups) in [
        ("Ledger", &metrics.by_ledger),
        ("Priority", &metrics.by_priority),
        ("Category", &metrics.by_category),
        ("Phase", &metrics.by_phase),
    ] {
        let is_shown = !groups.is_empty()
            && (matches!(name, "Ledger" | "Priority") || verbosity == Verbosity::Verbose);
        if is_shown {
            groups_table(&mut out, name, groups, color);
        }
    }
    let verdicts = verdict::worst_last(site.corpus, site.graph);
    let width = verdicts.iter().map(|v| site.record(v.gap).id.chars().count()).max();
    let width = width.unwrap_or_default().min(ID);
    for verdict in &verdicts {
        of_gap(&mut out, site, verdict, width, color);
    }
    out.push('\n');
    out.push_str(&without_gaps(empty));
    // A String takes every write.
    let _ = writeln!(out, "{}", fit(&format!("Claims: {}", claims(metrics)), WIDTH));
    out + &last
}

fn groups_table(out: &mut String, name: &str, groups: &[Group], color: Color) {
    let label = WIDTH - COLUMNS.iter().map(|(_, width)| width).sum::<usize>();
    let head = COLUMNS.map(|(word, width)| right(word, width)).concat();
    let head = format!("{}{head}", left(name, label));
    let _ = writeln!(out, "{}", paint(&head, Style::new().dimmed(), color));
    for group in groups {
        let Tally { covered, partial, uncovered, waived } = group.tally;
        let mut cells: Vec<String> =
            [covered, partial, uncovered, waived].into_iter().map(number).collect();
        cells.push(percent(group.tally.percent()));
        let cells = COLUMNS.iter().zip(cells).map(|((_, width), cell)| right(&cell, *width));
        let _ = writeln!(out, "{}{}", left(&group.label, label), cells.collect::<String>());
    }
    out.push('\n');
}

/// The gap on one line, its reason on the next.
fn of_gap(out: &mut String, site: &Site<'_>, verdict: &Verdict, id: usize, color: Color) {
    let record = site.record(verdict.gap);
    let style = match verdict.coverage {
        Coverage::Covered => AnsiColor::Green.on_default(),
        Coverage::Partial => AnsiColor::Yellow.on_default(),
        Coverage::Uncovered => AnsiColor::Red.on_default(),
        Coverage::Waived => Style::new().dimmed(),
    };
    let state = paint(&left(verdict.coverage.name(), STATE), style, color);
    let priority = verdict.priority.map_or("--", |priority| priority.name());
    let drift = match verdict.drift.disagrees() {
        true => format!("  {}", verdict.drift.name()),
        false => String::new(),
    };
    let indent = STATE + 2 + 2 + 2;
    let room = WIDTH - indent - id - 2 - drift.len();
    let title = fit(&record.title, room);
    let drift = paint(&drift, AnsiColor::Red.on_default(), color);
    let _ = writeln!(out, "{state}  {priority}  {}  {title}{drift}", left(&record.id, id));
    let reason = fit(&verdict.reason, WIDTH - indent);
    let reason = paint(&reason, Style::new().dimmed(), color);
    let _ = writeln!(out, "{}{reason}", " ".repeat(indent));
}

/// What was looked for, and what to do, when there is no gap.
fn looked_for(sought: &Sought) -> String {
    let mut lines = vec![format!("Read {}. Looked for:", plural(sought.files, "file", "files"))];
    let mut point = |text: String| {
        let wrapped = wrap(&text, WIDTH - 4);
        lines.extend(wrapped.iter().enumerate().map(|(n, line)| match n {
            0 => format!("  - {line}"),
            _ => format!("    {line}"),
        }));
    };
    sought::points(sought).into_iter().for_each(&mut point);
    lines.push("`lacuna explain FILE` tells what a file is taken for. To tell it yourself,".into());
    lines.push("write into lacuna.toml:".to_owned());
    lines.extend(sought.help.lines().map(|line| format!("    {line}")));
    lines.join("\n") + "\n\n"
}

/// Gap analyses that hold no gap, with what their reader says of it.
fn without_gaps(empty: &[&Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in empty {
        let said = format!("{}: {}", diagnostic.path, diagnostic.message);
        let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
        for text in [said].into_iter().chain(help) {
            out.extend(wrap(&text, WIDTH).into_iter().map(|line| line + "\n"));
        }
        out.push('\n');
    }
    out
}
