//! Tables of a Markdown text (GFM section 4.10), read by lines so that every cell keeps its place
//! and cells beyond the head are kept too.

use super::lines::{Line, LineKind};

/// A table: its head and its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'a> {
    /// The row above the ruler.
    pub head: Row<'a>,
    /// The rows under it. They may have more or fewer cells than the head.
    pub rows: Vec<Row<'a>>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The line it stands on.
    pub line: Line<'a>,
    /// Its cells, from the left.
    pub cells: Vec<Cell<'a>>,
}

/// A cell, trimmed, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The byte of the line at which the text begins.
    pub offset: usize,
    /// The text.
    pub text: &'a str,
}

/// Every table among the lines, in order. Tables in code are none.
pub fn tables<'a>(lines: &[Line<'a>]) -> Vec<Table<'a>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index + 1 < lines.len() {
        let (head, ruler) = (&lines[index], &lines[index + 1]);
        index += 1;
        if !is_row(head) || !is_ruler(ruler) {
            continue;
        }
        let body = lines[index + 1..].iter().take_while(|line| is_row(line));
        let rows: Vec<Row> = body.map(row).collect();
        index += 1 + rows.len();
        found.push(Table { head: row(head), rows });
    }
    found
}

fn row<'a>(line: &Line<'a>) -> Row<'a> {
    Row { line: *line, cells: cells(line.text) }
}

fn is_row(line: &Line) -> bool {
    line.kind == LineKind::Prose && line.text.contains('|')
}

fn is_ruler(line: &Line) -> bool {
    is_row(line)
        && line.text.contains('-')
        && line.text.trim().bytes().all(|sign| matches!(sign, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The cells of a line; a pipe after a backslash is text.
fn cells(line: &str) -> Vec<Cell<'_>> {
    let bytes = line.as_bytes();
    let lead = line.len() - line.trim_start().len();
    let first = lead + usize::from(bytes.get(lead) == Some(&b'|'));
    let mut from = first;
    let mut cells = Vec::new();
    for at in first..=line.len() {
        let ends = at == line.len() || (bytes[at] == b'|' && bytes[at.saturating_sub(1)] != b'\\');
        if ends && (at < line.len() || !line[from..].trim().is_empty()) {
            let cell = &line[from..at];
            let blank = cell.len() - cell.trim_start().len();
            cells.push(Cell { offset: from + blank, text: cell.trim() });
            from = at + 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lines;

    fn texts(text: &str) -> Vec<Vec<Vec<&str>>> {
        tables(&lines::scan(text, 0))
            .into_iter()
            .map(|table| {
                let rows = std::iter::once(table.head).chain(table.rows);
                rows.map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect()
            })
            .collect()
    }

    #[test]
    fn rows_keep_extra_and_missing_cells() {
        let text = "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n\nno table | here\n";
        assert_eq!(texts(text), [vec![vec!["a", "b"], vec!["1"], vec!["1", "2", "3"]]]);
    }

    #[test]
    fn outer_pipes_may_lack_and_escaped_pipes_are_text() {
        let text = "a | b\n--|--\n1 | 2\\|3\n|  | x\n";
        assert_eq!(texts(text), [vec![vec!["a", "b"], vec!["1", "2\\|3"], vec!["", "x"]]]);
    }

    #[test]
    fn tables_in_code_are_text() {
        assert!(texts("```\n| a | b |\n|---|---|\n```\n").is_empty());
    }

    #[test]
    fn cells_know_their_place() {
        let lines = lines::scan("| a |  bc |\n|---|---|\n", 0);
        let cell = tables(&lines)[0].head.cells[1];
        assert_eq!(&lines[0].text[cell.offset..cell.offset + 2], "bc");
    }
}
