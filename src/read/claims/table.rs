//! Tables of counts (`| Critical | 5 |`), and the rows of tables that say the total or the mean of
//! their column.

use super::{
    amount::{self, Found},
    count,
    page::{self, Page, Table, only_figure},
    prose::Segment,
    words::Sense,
};
use crate::model::statement::{Group, Part, Reach, Statement, Subject};

/// Everything that the tables state.
pub fn read(page: &Page<'_>) -> Vec<Statement> {
    let mut found = Vec::new();
    for table in page.tables().values() {
        found.extend(counts(page, table));
        found.extend(last_rows(page, table));
    }
    found
}

/// The rows of a table that counts gaps by group.
fn counts(page: &Page<'_>, table: &Table<'_>) -> Vec<Statement> {
    let Some((column, of_gaps)) = count_column(page, table) else { return Vec::new() };
    let mut rows: Vec<(Group, &Segment, Found)> = Vec::new();
    for row in table.rows() {
        let Some(cell) = table.cell(row, column) else { continue };
        let Some((figure, _)) = only_figure(page, cell).filter(|(f, _)| count::is_count(f)) else {
            return Vec::new();
        };
        let label = (0..column).find_map(|column| table.cell(row, column));
        let Some(label) = label else { return Vec::new() };
        rows.push((count::named(page, page.words(label), label.line), cell, figure));
    }
    let plain = |group: &Group| !matches!(group, Group::Named(_));
    let known = rows.iter().filter(|(group, ..)| plain(group)).count();
    // Without the word, only a division by priority or state is one of gaps.
    if rows.len() < 2 || !of_gaps && (known < rows.len() || known < 3) {
        return Vec::new();
    }
    rows.into_iter()
        .map(|(group, cell, figure)| {
            let subject = Subject::Gaps { group, section: None };
            let what = (subject, figure.amount, Reach::Whole);
            page.statement(cell, figure.range, "table of counts", what)
        })
        .collect()
}

/// The column of counts, and whether the table speaks of gaps.
fn count_column(page: &Page<'_>, table: &Table<'_>) -> Option<(usize, bool)> {
    let head = |column: usize| table.cell(0, column).map(|cell| page.words(cell));
    let columns = table.columns();
    let fit = |column: &&usize| {
        **column > 0
            && head(**column).is_some_and(|head| {
                let words = amount::words_of(head);
                !words.is_empty()
                    && words.iter().all(|word| {
                        word.is(Sense::Count) || word.is(Sense::Total) || count::is_gap(word)
                    })
            })
    };
    let column = *columns.iter().find(fit)?;
    let says = |segment: Option<&Segment>| {
        segment
            .is_some_and(|segment| amount::words_of(page.words(segment)).iter().any(count::is_gap))
    };
    let in_head = columns.iter().any(|column| says(table.cell(0, *column)));
    let in_total = table.rows().iter().any(|row| {
        let label = table.cell(*row, 0);
        says(label) && label.is_some_and(|label| page::has(page.words(label), Sense::Total))
    });
    let above = page
        .heading(table.line())
        .is_some_and(|heading| amount::words_of(&heading.text).iter().any(count::is_gap));
    Some((column, in_head || in_total || above))
}

/// What a row is to the rows above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closing {
    Total,
    Mean,
}

/// Rows that begin with "Total" or "Average".
fn last_rows(page: &Page<'_>, table: &Table<'_>) -> Vec<Statement> {
    let rows = table.rows();
    let mut found = Vec::new();
    let mut open = 0;
    for (at, row) in rows.iter().enumerate() {
        let Some((closing, label)) = closing(page, table, *row) else { continue };
        for column in table.columns().into_iter().filter(|column| *column > label) {
            let sum = closing_cell(page, table, (*row, column), (closing, &rows[open..at]));
            found.extend(sum);
        }
        // A total after a total adds up what lies between.
        if closing == Closing::Total {
            open = at + 1;
        }
    }
    found
}

fn closing(page: &Page<'_>, table: &Table<'_>, row: usize) -> Option<(Closing, usize)> {
    let column = table.columns().into_iter().find(|column| table.cell(row, *column).is_some())?;
    let words = amount::words_of(page.words(table.cell(row, column)?));
    let first = words.first().filter(|_| words.len() <= 4)?;
    // "Overall" may close a table of parts that do not add up, such as weighted scores.
    if first.is(Sense::Total) && !matches!(first.text.as_str(), "overall" | "all" | "found") {
        Some((Closing::Total, column))
    } else if first.is(Sense::Mean) {
        Some((Closing::Mean, column))
    } else {
        None
    }
}

fn closing_cell(
    page: &Page<'_>,
    table: &Table<'_>,
    (row, column): (usize, usize),
    (closing, above): (Closing, &[usize]),
) -> Option<Statement> {
    let cell = table.cell(row, column)?;
    let (stated, unit) = only_figure(page, cell)?;
    let mut parts = Vec::new();
    for row in above {
        let Some(cell) = table.cell(*row, column) else { continue };
        let words = page.words(cell);
        if !words.contains(|sign: char| sign.is_ascii_digit()) {
            continue;
        }
        let (figure, own) = only_figure(page, cell)?;
        if own != unit || figure.percent != stated.percent || figure.currency != stated.currency {
            return None;
        }
        parts.push(Part { amount: figure.amount, unit: unit.unwrap_or_default(), line: cell.line });
    }
    // Percentages of different wholes do not add up.
    if parts.len() < 2 || stated.percent && closing == Closing::Total {
        return None;
    }
    let head = table.cell(0, column).map(|head| page.words(head).split_whitespace());
    let head = head.map(|words| words.collect::<Vec<_>>().join(" ")).unwrap_or_default();
    let of = format!("column `{head}`, {} rows", parts.len());
    let (subject, rule) = match closing {
        Closing::Total => (Subject::Sum { parts, of }, "total of a column"),
        Closing::Mean => (Subject::Mean { parts, of }, "mean of a column"),
    };
    Some(page.statement(cell, stated.range, rule, (subject, stated.amount, Reach::Whole)))
}
