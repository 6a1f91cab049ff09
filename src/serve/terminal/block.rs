//! The lines of a status, as a block for a person and as lines for a log.

use super::Status;
use super::line::fitted;
use crate::diag::human::Color;

/// The room on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Whether the line that explains the keys is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    Shown,
    Hidden,
}

const KEYS: &str = "o open  r rebuild  c clear  q quit";

/// The block: never wider or higher than the room, so that it can be rewritten in place. What
/// does not fit is taken from the findings first.
pub(super) fn block(status: &Status, room: Room, keys: Keys, color: Color) -> Vec<String> {
    let mut head = vec![strong(&status.address, color)];
    head.extend(status.notes.iter().map(|note| one_line(note)));
    head.extend(status.last.as_deref().map(one_line));
    if !status.problems.summary.is_empty() {
        head.push(one_line(&status.problems.summary));
    }
    let findings = findings(status);
    let foot: Vec<String> = match keys {
        Keys::Shown => vec![String::new(), KEYS.to_owned()],
        Keys::Hidden => Vec::new(),
    };
    // The cursor stands in the line below the block.
    let rows = room.rows.saturating_sub(1);
    let left = rows.saturating_sub(head.len() + foot.len());
    let mut lines = head;
    match findings.len() + 1 {
        1 => {}
        needed if needed <= left => {
            lines.push(String::new());
            lines.extend(findings);
        }
        // An empty line, one of a finding, and the line that counts the others.
        _ if left >= 3 => {
            let shown = left - 2;
            let hidden = findings.len() - shown;
            lines.push(String::new());
            lines.extend(findings.into_iter().take(shown));
            lines.push(format!("… {hidden} more lines"));
        }
        _ => {}
    }
    lines.extend(foot);
    lines.truncate(rows);
    lines.iter().map(|line| fitted(line, room.columns, color)).collect()
}

/// What is new in `status` after `before`, a line each, without any escape code.
///
/// An event is told once, also when it is word for word the one before.
pub(super) fn news(status: &Status, before: Option<&Status>) -> Vec<String> {
    let mut lines = Vec::new();
    if before.is_none_or(|before| before.address != status.address) {
        lines.push(status.address.clone());
    }
    let is_new = |note: &&String| before.is_none_or(|before| !before.notes.contains(*note));
    lines.extend(status.notes.iter().filter(is_new).cloned());
    if before.is_none_or(|before| before.events != status.events) {
        lines.extend(status.last.clone());
    }
    if before.is_none_or(|before| before.problems != status.problems) {
        let summary = Some(status.problems.summary.clone());
        lines.extend(summary.filter(|summary| !summary.is_empty()));
        let lines_of = findings(status);
        let lines = &mut lines;
        lines.extend(lines_of);
    }
    lines.iter().map(|line| fitted(&one_line(line), usize::MAX, Color::Never)).collect()
}

/// The lines of the findings; they are rendered already and have line ends of their own. An empty
/// line keeps one from the next.
fn findings(status: &Status) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in &status.problems.first {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text.trim_end().lines().map(str::to_owned));
    }
    lines
}

fn strong(text: &str, color: Color) -> String {
    match color {
        Color::Always => format!("\x1b[1m{}\x1b[0m", one_line(text)),
        Color::Never => one_line(text),
    }
}

/// The text with its line ends spelled out: a name of a file cannot add a line.
fn one_line(text: &str) -> String {
    text.replace('\n', "\u{240a}")
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
