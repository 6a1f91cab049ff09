//! Citations and their findings as text.

use std::fmt::Write as _;

use annotate_snippets::renderer::{AnsiColor, Style};

use crate::{
    diag::human::{Color, visible},
    graph::anchor::{Anchored, DiffLine, Finding, LockState, Side, range},
};

/// So many lines of a difference are printed.
const MOST_LINES: usize = 60;

/// How bad a finding is; the worst is printed last.
pub(super) fn weight(finding: &Finding) -> u8 {
    match finding {
        Finding::Exact => 0,
        Finding::New => 1,
        Finding::Moved(_) => 2,
        Finding::Ambiguous(_) => 3,
        Finding::Edited(_) => 4,
        Finding::Lost => 5,
        Finding::FileMissing => 6,
    }
}

/// One citation: where it stands, what it cites, its state, why, and what changed.
pub(super) fn anchored(one: &Anchored, color: Color) -> String {
    let line = one.places.first().map_or(0, |place| place.0);
    let state = paint(&one.finding.name().replace('_', " "), state_color(&one.finding), color);
    let mut out = String::new();
    // A String takes every write.
    let _ = writeln!(
        out,
        "{}:{line}: {} {}: {state}",
        visible(one.key.file.as_str()),
        visible(&one.key.target),
        range(one.key.lines),
    );
    if let Some(also) = also(one) {
        let _ = writeln!(out, "  {also}");
    }
    let _ = writeln!(out, "  {}", visible(&one.reason()));
    if let Finding::Edited(edit) = &one.finding {
        out.push_str(&diff(&edit.diff, color));
    }
    out
}

/// The other places of the same citation.
fn also(one: &Anchored) -> Option<String> {
    let lines: Vec<String> = one.places.iter().skip(1).map(|place| place.0.to_string()).collect();
    (!lines.is_empty()).then(|| format!("also on line {}", lines.join(", ")))
}

fn diff(lines: &[DiffLine], color: Color) -> String {
    let mut out = String::new();
    for line in lines.iter().take(MOST_LINES) {
        let number = line.line.map_or_else(String::new, |number| number.to_string());
        let text = format!("  {} {number:>5}  {}", line.side.sign(), visible(&line.text));
        let tone = match line.side {
            Side::Both => None,
            Side::Accepted => Some(AnsiColor::Red),
            Side::Now => Some(AnsiColor::Green),
        };
        let _ = writeln!(out, "{}", paint(text.trim_end(), tone, color));
    }
    if lines.len() > MOST_LINES {
        let _ = writeln!(out, "    … and {} more lines", lines.len() - MOST_LINES);
    }
    out
}

/// A changed line of a citing file.
pub(in crate::cli) fn changed(
    path: &str,
    number: u32,
    was: &str,
    is: &str,
    color: Color,
) -> String {
    let (was, is) = (format!("- {}", visible(was)), format!("+ {}", visible(is)));
    format!(
        "{}:{number}\n{}\n{}\n",
        visible(path),
        paint(&was, Some(AnsiColor::Red), color),
        paint(&is, Some(AnsiColor::Green), color)
    )
}

/// How many citations there are, by state.
pub(super) fn summary<'a>(
    all: impl Iterator<Item = &'a Anchored>,
    lock: LockState,
    unused: usize,
) -> String {
    let mut counts = [0_usize; 7];
    for one in all {
        counts[usize::from(weight(&one.finding))] += 1;
    }
    let names = ["exact", "new", "moved", "ambiguous", "edited", "lost", "without file"];
    let total: usize = counts.iter().sum();
    let parts: Vec<String> = counts
        .iter()
        .zip(names)
        .filter(|(count, _)| **count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let mut out = match total {
        0 => "No citation names lines that exist\n".to_owned(),
        1 => format!("1 citation of lines: {}\n", parts.join(", ")),
        _ => format!("{total} citations of lines: {}\n", parts.join(", ")),
    };
    if unused > 0 {
        let _ = writeln!(out, "{unused} in the lock that no file has any more");
    }
    if lock == LockState::Absent && total > 0 {
        out.push_str("There is no lacuna.lock yet; `lacuna cite --accept` writes it\n");
    }
    out
}

/// What can be done about what was found.
pub(super) fn hint<'a>(all: impl Iterator<Item = &'a Anchored>) -> String {
    let (mut moved, mut changed, mut new) = (false, false, false);
    for one in all {
        match &one.finding {
            Finding::Exact => {}
            Finding::New => new = true,
            Finding::Moved(to) if to.write.is_some() => moved = true,
            _ => changed = true,
        }
    }
    let mut out = String::new();
    if moved {
        out.push_str("help: `lacuna cite --fix` writes the new numbers of what moved\n");
    }
    if changed {
        out.push_str(
            "help: correct the citations, or accept the lines: `lacuna cite --accept --only ID`\n",
        );
    }
    if new {
        out.push_str("help: `lacuna cite --accept` takes the new ones into the lock\n");
    }
    out
}

fn state_color(finding: &Finding) -> Option<AnsiColor> {
    match finding {
        Finding::Exact => Some(AnsiColor::Green),
        Finding::New => None,
        Finding::Moved(_) => Some(AnsiColor::Yellow),
        _ => Some(AnsiColor::Red),
    }
}

fn paint(text: &str, tone: Option<AnsiColor>, color: Color) -> String {
    match (tone, color) {
        (Some(tone), Color::Always) => {
            let style = Style::new().fg_color(Some(tone.into()));
            format!("{style}{text}{style:#}")
        }
        _ => text.to_owned(),
    }
}
