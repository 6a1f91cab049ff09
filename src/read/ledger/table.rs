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
    read::{
        grid::{self, Cell, Row},
        lines::plain,
    },
};

const RULE: &str = "summary table";

/// The rows of every table of gaps.
pub fn read(page: &Page, narrative: &[Gap]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for table in grid::tables(&page.lines) {
        let place = table.head.line.number;
        let inside = narrative.iter().any(|gap| (gap.lines.0..=gap.lines.1).contains(&place));
        if let Some(columns) = columns(page, &table.head).filter(|_| !inside) {
            gaps.extend(table.rows.iter().filter_map(|line| row(line, &columns)));
        }
    }
    gaps
}

/// A column: what it says, and its head as written.
struct Column {
    meaning: Option<Meaning>,
    head: String,
}

/// The columns of a table, when it is one of gaps.
fn columns(page: &Page, head: &Row) -> Option<Vec<Column>> {
    let column =
        |cell: &Cell| Column { meaning: vocabulary::column(cell.text), head: plain(cell.text) };
    let columns: Vec<Column> = head.cells.iter().map(column).collect();
    let has = |wanted: Meaning| columns.iter().any(|column| column.meaning == Some(wanted));
    let says_gap = columns.iter().any(|column| vocabulary::has_word(&column.head, GAP))
        || page
            .above(head.line.number)
            .any(|heading| heading.level > 1 && vocabulary::has_word(&heading.text, GAP));
    let graded = has(Meaning::Priority) || has(Meaning::Status) || has(Meaning::Severity);
    (has(Meaning::Title) && has(Meaning::Number) && graded && says_gap).then_some(columns)
}

fn row(row: &Row, columns: &[Column]) -> Option<Gap> {
    let line = &row.line;
    let mut gap = blank(String::new(), (line.number, line.number));
    for (&Cell { offset, text: cell }, column) in row.cells.iter().zip(columns) {
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
