//! Tables whose rows are entries. What a row is follows from the heads of the columns, and where
//! those fit several kinds, from the heading above.

use super::{
    blank, component, debt, effort,
    fill::{Value, fill, is_id},
    metric,
    page::Page,
    phase, question, risk, sense, service, shown, task,
    words::{self, Column},
};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind, Role},
    },
    read::grid::{self, Row, Table},
};

const RULE: &str = "table";

/// The head of a table, understood.
#[derive(Debug)]
pub struct Heads {
    /// What each column says, from the left.
    columns: Vec<(String, Option<Column>)>,
    /// The column of titles.
    title: usize,
    /// The kinds that the head of the titles names.
    kinds: &'static [EntryKind],
    /// The kind that the headings above name.
    section: Option<EntryKind>,
}

impl Heads {
    /// Whether a column says this.
    pub fn has(&self, wanted: Column) -> bool {
        self.columns.iter().enumerate().any(|(n, (_, own))| n != self.title && *own == Some(wanted))
    }

    /// Whether a column says something in this role.
    pub fn says(&self, role: Role) -> bool {
        self.has(Column::Said(role))
    }

    /// Whether the head of the titles names this kind.
    pub fn names(&self, kind: EntryKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether the head of the titles fits any kind.
    pub fn is_neutral(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Whether the rows are of this kind by the heading above, the head of the titles being neutral.
    pub fn stands_under(&self, kind: EntryKind) -> bool {
        self.is_neutral() && self.section == Some(kind)
    }
}

/// A kind, and whether a table with these heads holds its entries.
type Shape = (EntryKind, fn(&Heads) -> bool);

/// The kinds in the order in which a table is tried, the more particular first.
const KINDS: [Shape; 9] = [
    (EntryKind::Question, question::heads),
    (EntryKind::Debt, debt::heads),
    (EntryKind::Risk, risk::heads),
    (EntryKind::Phase, phase::heads),
    (EntryKind::Effort, effort::heads),
    (EntryKind::Metric, metric::heads),
    (EntryKind::Service, service::heads),
    (EntryKind::Component, component::heads),
    (EntryKind::Task, task::heads),
];

/// The rows of every table that holds entries.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for table in grid::tables(&page.lines) {
        let Some(heads) = heads(page, &table) else { continue };
        let Some((kind, _)) = KINDS.iter().find(|(_, fits)| fits(&heads)) else { continue };
        let mut rows: Vec<Entry> =
            table.rows.iter().filter_map(|row| entry(page, *kind, row, &heads)).collect();
        if *kind == EntryKind::Effort && !effort::is_readable(&rows) {
            rows.clear();
        }
        entries.extend(rows);
    }
    entries
}

fn heads(page: &Page<'_>, table: &Table<'_>) -> Option<Heads> {
    let columns: Vec<(String, Option<Column>)> =
        table.head.cells.iter().map(|cell| (shown(cell.text), words::column(cell.text))).collect();
    let kinds = |n: &usize| words::kinds(&columns[*n].0);
    let by_kind = (0..columns.len()).find(|n| !kinds(n).is_empty() && !is_plain(columns[*n].1));
    let neutral = (0..columns.len()).find(|n| columns[*n].1 == Some(Column::Title));
    // A head that is a role too ("action") names the titles only where nothing else does.
    let title = by_kind
        .filter(|n| neutral.is_none_or(|other| *n < other))
        .or(neutral)
        .or_else(|| (0..columns.len()).find(|n| !kinds(n).is_empty()))?;
    Some(Heads {
        kinds: kinds(&title),
        section: section_kind(page, table.head.line.number),
        columns,
        title,
    })
}

/// Whether the column says something about an entry rather than naming it.
fn is_plain(column: Option<Column>) -> bool {
    column.is_some_and(|column| column != Column::Title)
}

/// The kind that the nearest telling heading names.
fn section_kind(page: &Page<'_>, line: u32) -> Option<EntryKind> {
    page.above(line).filter(|heading| heading.level > 1).find_map(|h| words::section(&h.text))
}

fn entry(page: &Page<'_>, kind: EntryKind, row: &Row<'_>, heads: &Heads) -> Option<Entry> {
    let line = row.line.number;
    let name = row.cells.get(heads.title)?.text;
    let (title, mark) = split_mark(&shown(name));
    if title.is_empty() || is_sum(name) {
        return None;
    }
    let mut entry = blank(kind, Fact::new(title, name, line, RULE), (line, line));
    entry.section = page.section(line);
    if let Some(mark) = mark {
        entry.status = sense::status(&mark, line, RULE);
    }
    for (n, cell) in row.cells.iter().enumerate().filter(|(n, _)| *n != heads.title) {
        let (head, column) = heads.columns.get(n).map_or(("", None), |(h, c)| (h.as_str(), *c));
        fill(&mut entry, column, Value { head, text: cell.text, line, rule: RULE });
    }
    // `R-1: Title` where there is no column of ids.
    if entry.id.is_none()
        && let Some((id, rest)) = entry.title.value.split_once([':', ' '])
        && is_id(id)
        && id.contains(|c: char| c.is_alphabetic())
        && !rest.trim().is_empty()
    {
        let rest = rest.trim_start_matches([' ', ':', '-', '–', '—']).to_owned();
        entry.id = Some(id.to_owned());
        entry.title.value = rest;
    }
    Some(entry)
}

/// A row of totals is about the others: `**Total**`, `Summe`.
fn is_sum(name: &str) -> bool {
    let name = words::normal(name);
    let first = name.split([' ', ':', '(']).next().unwrap_or_default();
    #[rustfmt::skip]
    let sums = ["total", "totals", "sum", "summe", "gesamt", "somme", "suma", "soma", "totale", "totaal", "итого", "всего", "合计", "总计", "合計"];
    sums.contains(&first)
}

/// A title and the mark before or after it.
pub fn split_mark(text: &str) -> (String, Option<String>) {
    let Some((_, at)) = sense::mark(text) else { return (text.trim().to_owned(), None) };
    let (before, after) = (text[..at].trim(), text[at..].trim());
    let sign: String = after.chars().take_while(|c| !c.is_alphanumeric()).collect();
    let (title, mark) = match before.is_empty() {
        true => (after[sign.len()..].trim(), sign.trim()),
        false => (before, after),
    };
    let title = title.trim_end_matches([' ', '-', '–', '—', ':', '(', '\u{fe0f}']);
    (title.to_owned(), Some(mark.to_owned()))
}
