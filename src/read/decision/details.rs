//! Facts that stand above the text of a decision: labels, small tables, `## Status: accepted`.

use super::words::{Named, WORDS};
use crate::{
    model::source::Heading,
    read::lines::{self, Line, LineKind},
};

/// A fact as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Detail<'a> {
    /// What it is.
    pub named: Named,
    /// Its name, as written.
    pub name: &'a str,
    /// Its value, as written.
    pub value: &'a str,
    /// Its line, from 1.
    pub line: u32,
    /// How it was found.
    pub rule: &'static str,
}

/// The facts before the first section, then those of headings that hold one.
pub fn read<'a>(headings: &'a [Heading], block: &'a [Line<'a>]) -> Vec<Detail<'a>> {
    let top = top(headings, block);
    let mut found = Vec::new();
    for (index, line) in top.iter().enumerate() {
        if line.kind != LineKind::Prose {
            continue;
        }
        if line.text.trim_start().starts_with('|') {
            found.extend(of_row(top, index));
        } else if let Some(label) = lines::label(line.text) {
            let named = WORDS.label(label.name);
            found.extend(named.map(|named| Detail {
                named,
                name: label.name,
                value: label.value,
                line: line.number,
                rule: "label",
            }));
        }
    }
    let inside = headings.iter().filter(|heading| heading.level > 1);
    found.extend(inside.filter_map(|heading| {
        let (name, value) = heading.text.split_once(':')?;
        let named = WORDS.label(name).filter(|_| !value.trim().is_empty())?;
        Some(Detail { named, name, value: value.trim(), line: heading.line, rule: "heading" })
    }));
    found
}

/// The lines before the first section, where labels stand.
pub fn top<'a>(headings: &[Heading], block: &'a [Line<'a>]) -> &'a [Line<'a>] {
    let end = headings.iter().find(|heading| heading.level > 1).map_or(u32::MAX, |h| h.line);
    &block[..block.partition_point(|line| line.number < end)]
}

/// `| Status | Accepted |`, and `| Status | Date |` over the rows that say it.
fn of_row<'a>(top: &'a [Line<'a>], index: usize) -> Vec<Detail<'a>> {
    let line = &top[index];
    let cells = cells(line.text);
    let detail = |name, value, line| {
        let named = WORDS.label(name)?;
        Some(Detail { named, name, value, line, rule: "table" })
    };
    let below = |by: usize| top.get(index + by).filter(|line| line.text.contains('|'));
    if below(1).is_some_and(|line| is_ruler(line.text))
        && cells.iter().any(|cell| WORDS.label(cell) == Some(Named::Status))
        // Two columns of which only the first names something are names and values.
        && (cells.len() > 2 || cells.last().is_some_and(|cell| WORDS.label(cell).is_some()))
        && let Some(values) = below(2)
    {
        let values = self::cells(values.text);
        let both = cells.iter().zip(values);
        return both.filter_map(|(name, value)| detail(name, value, line.number + 2)).collect();
    }
    match cells.as_slice() {
        [name, value] => detail(name, value, line.number).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).split('|').map(str::trim).collect()
}

fn is_ruler(row: &str) -> bool {
    row.contains('-') && row.chars().all(|sign| matches!(sign, '|' | '-' | ':' | ' '))
}
