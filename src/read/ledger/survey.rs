//! What a document without gaps was searched for, and what came nearest: "0 gaps" is never silent.

use super::{candidate::Candidate, page::Page};

/// What was looked at, in one clause.
pub fn looked_at(page: &Page) -> String {
    let titled = page.columns.iter().filter(|columns| {
        columns.title.is_some()
            && (columns.lacks.is_some() || columns.says_gap || columns.has_statuses())
    });
    let of_gaps = page.sections.iter().filter(|section| section.sense.lists_gaps()).count();
    format!(
        "looked at {}, {} about gaps; {}; {}, {} with a column of gaps or statuses",
        count(page.sections.len(), "heading"),
        of_gaps,
        count(page.items.len(), "list item"),
        count(page.tables.len(), "table"),
        titled.count(),
    )
}

/// The nearest misses, and how to write a gap so that it is found.
pub fn nearest(page: &Page, mentions: &[Candidate]) -> String {
    let near: Vec<String> = mentions
        .iter()
        .take(3)
        .map(|candidate| {
            format!(
                "line {} `{}` ({})",
                candidate.line,
                short(&candidate.name.title),
                candidate.rule
            )
        })
        .collect();
    let advice = "give each gap a heading or an item with a number or an id, a title in a part whose heading says gaps, or a row in a table of gaps";
    if !near.is_empty() {
        return format!("the nearest were {}; {advice}", near.join(", "));
    }
    let tables = page.tables.iter().take(3).map(|table| {
        let heads: Vec<&str> = table.head.cells.iter().map(|cell| cell.text).take(5).collect();
        format!("line {} `{}`", table.head.line.number, heads.join(" | "))
    });
    let tables: Vec<String> = tables.collect();
    if tables.is_empty() {
        advice.to_owned()
    } else {
        format!("no column says gap in the tables at {}; {advice}", tables.join(", "))
    }
}

fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

fn short(title: &str) -> String {
    title.chars().take(50).collect()
}
