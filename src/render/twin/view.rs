//! A view in the twin of a document: the same answer as a table or a list.

use super::{escape, fence, link, needs, ticks};
use crate::{
    model::view::Shape,
    page::model::{ViewAnswer, ViewContent, ViewData, ViewRow},
};

/// The Markdown of a view; `source` is its block, shown when it cannot be answered.
pub(super) fn write(content: &ViewContent, source: &str) -> String {
    let answer = match content {
        ViewContent::Wrong(problems) => {
            let told = problems.iter().map(|problem| {
                let (line, column) = problem.place;
                format!("- line {line}, column {column}: {}", ticks(&problem.message))
            });
            let told = told.collect::<Vec<_>>().join("\n");
            return format!("This view cannot be shown:\n\n{told}\n\n{}", fence(source, "text"));
        }
        ViewContent::Answer(answer) => answer,
    };
    let name = answer.kind.name();
    let body = match &answer.data {
        _ if answer.total == 0 => return format!("No {name} answer this."),
        ViewData::Rows { columns, rows } => rows_of(answer, columns, rows),
        ViewData::Counts { field, counts } => {
            let rows =
                counts.iter().map(|c| vec![escape(&c.value).into_owned(), c.count.to_string()]);
            table(&[(*field).to_owned(), name.to_owned()], rows)
        }
        ViewData::Matrix { fields: (down, across), columns, rows } => {
            let heads = columns.iter().map(|column| escape(column).into_owned());
            let heads: Vec<String> =
                std::iter::once(format!("{down} by {across}")).chain(heads).collect();
            let rows = rows.iter().map(|(row, numbers)| {
                let numbers = numbers.iter().map(usize::to_string);
                std::iter::once(escape(row).into_owned()).chain(numbers).collect()
            });
            table(&heads, rows)
        }
        ViewData::Graph(drawing) => needs(drawing),
    };
    match answer.shown < answer.total {
        true => format!(
            "{body}\n\n{} of {} {name} shown. {}",
            answer.shown,
            answer.total,
            link(&escape(&answer.all.title), &answer.all.href)
        ),
        false => body,
    }
}

fn rows_of(answer: &ViewAnswer, columns: &[&'static str], rows: &[ViewRow]) -> String {
    let of = |name: &str| columns.iter().position(|column| *column == name);
    let linked = of("title").or_else(|| of("id")).unwrap_or_default();
    let cells = |row: &ViewRow| -> Vec<String> {
        let cell = |(n, value): (usize, &String)| match n == linked {
            true => link(&escape(value), &row.href),
            false => escape(value).into_owned(),
        };
        row.cells.iter().enumerate().map(cell).collect()
    };
    if answer.shape == Shape::List {
        let line = |row: &ViewRow| {
            let said: Vec<String> =
                cells(row).into_iter().filter(|cell| !cell.is_empty()).collect();
            format!("- {}", said.join(" "))
        };
        return rows.iter().map(line).collect::<Vec<_>>().join("\n");
    }
    let heads: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    table(&heads, rows.iter().map(cells))
}

fn table(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let marks = vec!["---".to_owned(); heads.len()];
    let mut lines = vec![line(heads), line(&marks)];
    lines.extend(rows.map(|row| line(&row)));
    lines.join("\n")
}
