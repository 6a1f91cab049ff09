//! The summary at the end of a run, as text.

use std::{fmt::Write, time::Duration};

use annotate_snippets::renderer::{AnsiColor, Style};

use crate::{
    diag::human::{Color, visible},
    graph::{metrics::Tally, targets::Targets},
};

/// A number of things, and their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The name of one.
    pub one: &'static str,
    /// The name of several, or none.
    pub many: &'static str,
    /// How many.
    pub count: usize,
}

/// All that the summary tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The title of the site.
    pub title: String,
    /// The folder that was read.
    pub root: String,
    /// The folder that was written; `None` when nothing was to be written.
    pub output: Option<String>,
    /// What was found, by kind; kinds without any are left out.
    pub records: Vec<Count>,
    /// Pages of the site.
    pub pages: usize,
    /// Files written.
    pub written: usize,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files removed.
    pub removed: usize,
    /// Links whose target exists.
    pub links_resolved: usize,
    /// Links whose target does not.
    pub links_broken: usize,
    /// Citations whose lines exist.
    pub citations_resolved: usize,
    /// Citations whose lines do not.
    pub citations_broken: usize,
    /// The gaps.
    pub coverage: Tally,
    /// What the gaps name to fill them.
    pub targets: Targets,
    /// Errors found.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// Remarks found.
    pub infos: usize,
    /// How long it took; `None` when that is not to be told.
    pub elapsed: Option<Duration>,
}

/// Formats the summary, one fact a line, each line ended.
pub fn render(summary: &Summary, color: Color) -> String {
    let bold = Style::new().bold();
    let mut out = format!(
        "{}  {}\n",
        paint(&visible(&summary.title), bold, color),
        paint(&visible(&summary.root), Style::new().dimmed(), color),
    );
    for (name, text) in rows(summary) {
        let style = match name {
            "Findings" if summary.errors > 0 => AnsiColor::Red.on_default().bold(),
            "Findings" if summary.warnings > 0 => AnsiColor::Yellow.on_default().bold(),
            _ => Style::new(),
        };
        // A String takes every write.
        let _ = writeln!(out, "  {name:<10} {}", paint(&text, style, color));
    }
    out
}

fn rows(summary: &Summary) -> Vec<(&'static str, String)> {
    let found = summary.records.iter().filter(|record| record.count > 0);
    let records = list(found.map(|record| plural(record.count, record.one, record.many)));
    let mut rows = vec![
        ("Records", if records.is_empty() { "none".to_owned() } else { records }),
        ("Coverage", coverage(summary.coverage)),
        ("Targets", targets(summary.targets)),
        ("Links", resolved(summary.links_resolved, summary.links_broken)),
        ("Citations", resolved(summary.citations_resolved, summary.citations_broken)),
    ];
    if let Some(output) = &summary.output {
        let files = [
            Some(format!("{} written", number(summary.written))),
            some(summary.unchanged, "unchanged"),
            some(summary.removed, "removed"),
        ];
        rows.push(("Pages", number(summary.pages)));
        rows.push(("Files", list(files.into_iter().flatten())));
        rows.push(("Output", visible(output)));
    }
    let findings = [
        (summary.errors, "error", "errors"),
        (summary.warnings, "warning", "warnings"),
        (summary.infos, "remark", "remarks"),
    ];
    let findings = findings.iter().filter(|(count, ..)| *count > 0);
    let findings = list(findings.map(|(count, one, many)| plural(*count, one, many)));
    rows.push(("Findings", if findings.is_empty() { "none".to_owned() } else { findings }));
    rows.extend(summary.elapsed.map(|elapsed| ("Time", duration(elapsed))));
    rows
}

fn targets(targets: Targets) -> String {
    let Targets { named, missing } = targets;
    match (named, missing) {
        (0, _) => "none named".to_owned(),
        (_, 0) => format!("{} named, all exist", number(named)),
        _ => format!("{} of {} named do not exist", number(missing), number(named)),
    }
}

fn coverage(tally: Tally) -> String {
    let Tally { covered, partial, uncovered, waived } = tally;
    let rest = [some(partial, "partial"), some(uncovered, "uncovered"), some(waived, "waived")];
    let head = match (tally.percent(), tally.counted()) {
        (None, _) if waived == 0 => return "no gaps".to_owned(),
        (None, _) => None,
        (Some(percent), counted) => {
            let gaps = if counted == 1 { "gap" } else { "gaps" };
            let (covered, counted) = (number(covered), number(counted));
            Some(format!("{covered} of {counted} {gaps} covered ({percent} %)"))
        }
    };
    list(head.into_iter().chain(rest.into_iter().flatten()))
}

fn resolved(resolved: usize, broken: usize) -> String {
    match resolved + broken {
        0 => "none".to_owned(),
        _ => {
            let head = format!("{} resolved", number(resolved));
            list([head].into_iter().chain(some(broken, "broken")))
        }
    }
}

fn duration(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        millis @ 0..1000 => format!("{millis} ms"),
        millis @ 1000..60_000 => format!("{}.{:02} s", millis / 1000, millis % 1000 / 10),
        millis => format!("{} min {:02} s", number((millis / 60_000) as usize), millis / 1000 % 60),
    }
}

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

fn some(count: usize, word: &str) -> Option<String> {
    (count > 0).then(|| format!("{} {word}", number(count)))
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// A number with a comma between thousands.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub(super) fn paint(text: &str, style: Style, color: Color) -> String {
    match color {
        Color::Always => format!("{style}{text}{style:#}"),
        Color::Never => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
