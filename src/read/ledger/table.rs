//! Gaps as rows: a summary table with a column of gaps, and a number, priority or status.

use super::{
    Page, blank, labels, section, status,
    vocabulary::{self, GAP, Meaning},
};
use crate::{
    model::{
        Fact,
        gap::{Field, Gap},
    },
    read::lines::{Line, LineKind, plain},
};

const RULE: &str = "summary table";

/// The rows of every table of gaps.
pub fn read(page: &Page, narrative: &[Gap]) -> Vec<Gap> {
    let mut rows = Vec::new();
    let mut index = 0;
    while index + 1 < page.lines.len() {
        let (head, ruler) = (&page.lines[index], &page.lines[index + 1]);
        index += 1;
        if !is_row(head) || !is_ruler(ruler) {
            continue;
        }
        let body = page.lines[index + 1..].iter().take_while(|line| is_row(line));
        let body: Vec<&Line> = body.collect();
        index += body.len();
        let inside = narrative.iter().any(|gap| (gap.lines.0..=gap.lines.1).contains(&head.number));
        if let Some(columns) = columns(page, head).filter(|_| !inside) {
            rows.extend(body.iter().filter_map(|line| row(line, &columns)));
        }
    }
    rows
}

/// A column: what it says, and its head as written.
struct Column {
    meaning: Option<Meaning>,
    head: String,
}

/// The columns of a table, when it is one of gaps.
fn columns(page: &Page, head: &Line) -> Option<Vec<Column>> {
    let columns: Vec<Column> = cells(head.text)
        .into_iter()
        .map(|(_, cell)| Column { meaning: vocabulary::column(cell), head: plain(cell) })
        .collect();
    let has = |wanted: Meaning| columns.iter().any(|column| column.meaning == Some(wanted));
    let says_gap = columns.iter().any(|column| vocabulary::has_word(&column.head, GAP))
        || page
            .above(head.number)
            .any(|heading| heading.level > 1 && vocabulary::has_word(&heading.text, GAP));
    let graded = has(Meaning::Priority) || has(Meaning::Status) || has(Meaning::Severity);
    (has(Meaning::Title) && has(Meaning::Number) && graded && says_gap).then_some(columns)
}

fn row(line: &Line, columns: &[Column]) -> Option<Gap> {
    let mut gap = blank(String::new(), (line.number, line.number));
    for ((offset, cell), column) in cells(line.text).into_iter().zip(columns) {
        let raw = plain(cell);
        match column.meaning {
            Some(Meaning::Number) => gap.number = number(&raw),
            Some(Meaning::Title) if gap.title.is_empty() => {
                let (title, mark) = section::split_mark(&raw);
                gap.title = title;
                let _ = status::mention(&mut gap.claim, &mark, line.number, RULE);
            }
            Some(Meaning::Status) => {
                let _ = status::mention(&mut gap.claim, &raw, line.number, RULE);
            }
            Some(Meaning::Priority | Meaning::Severity) if gap.priority.is_none() => {
                gap.priority = status::priority(&raw)
                    .map(|priority| Fact::new(priority, raw.clone(), line.number, RULE));
            }
            Some(Meaning::Effort) if !is_nothing(&raw) => {
                gap.effort.push(Fact::new(raw.clone(), cell, line.number, RULE));
            }
            Some(Meaning::Effort) => {}
            meaning => labels::understand(meaning, cell, line, offset, &mut gap),
        }
        if column.meaning.is_some() || !raw.is_empty() {
            let (label, text) = (column.head.clone(), cell.to_owned());
            gap.fields.push(Field { label, text, line: line.number });
        }
    }
    gap.id = gap.number.clone().filter(|number| number.contains('-'));
    (!gap.title.is_empty() && gap.number.is_some()).then_some(gap)
}

/// `12`, `#12`, `GAP-003`: what counts a row; sums and remarks do not.
fn number(cell: &str) -> Option<String> {
    let number = cell.trim_start_matches('#').trim().trim_end_matches('.');
    let one_word = !number.contains(char::is_whitespace);
    (one_word && number.ends_with(|letter: char| letter.is_ascii_digit()))
        .then(|| number.to_owned())
}

fn is_nothing(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "-" | "–" | "—" | "n/a" | "none" | "tbd")
}

fn is_row(line: &Line) -> bool {
    line.kind == LineKind::Prose && line.text.trim_start().starts_with('|')
}

fn is_ruler(line: &Line) -> bool {
    is_row(line)
        && line.text.contains('-')
        && line.text.trim().bytes().all(|sign| matches!(sign, b'|' | b'-' | b':' | b' '))
}

/// The cells of a row, each with its byte in the line.
fn cells(line: &str) -> Vec<(usize, &str)> {
    let mut cells = Vec::new();
    let mut from = line.find('|').map_or(0, |at| at + 1);
    let bytes = line.as_bytes();
    let first = from;
    for at in first..=line.len() {
        let ends = at == line.len() || (bytes[at] == b'|' && bytes[at.saturating_sub(1)] != b'\\');
        if ends && (at < line.len() || !line[from..].trim().is_empty()) {
            let cell = &line[from..at];
            let lead = cell.len() - cell.trim_start().len();
            cells.push((from + lead, cell.trim()));
            from = at + 1;
        }
    }
    cells
}
