//! Puts one value, of a cell or a label, into an entry by what its head means.

use super::{
    amount, sense, shown, stretch,
    words::{self, Column},
};
use crate::model::{
    Fact,
    gap::Field,
    ledger::{Entry, EntryKind, Role},
};

/// A value with its head and its place.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The head of the column, or the label, as written.
    pub head: &'a str,
    /// The value as written.
    pub text: &'a str,
    /// Line, from 1.
    pub line: u32,
    /// The rule that read it.
    pub rule: &'static str,
}

/// Adds a value to the entry. A value that says "nothing" is left out.
pub fn fill(entry: &mut Entry, column: Option<Column>, value: Value<'_>) {
    let Value { head, text, line, rule } = value;
    let raw = shown(text);
    if words::is_none(&raw) {
        return;
    }
    let fact = || Fact::new(raw.clone(), text.trim(), line, rule);
    match column {
        Some(Column::Status) => {
            entry.status = entry.status.take().or_else(|| sense::status(&raw, line, rule));
            entry.percent = entry.percent.take().or_else(|| sense::percent(&raw, line, rule));
            if entry.status.is_none() {
                entry.more.push(field(head, text, line));
            }
        }
        Some(Column::Percent) => {
            entry.percent = entry.percent.take().or_else(|| sense::percent(&raw, line, rule));
            if entry.percent.is_none() {
                entry.more.push(field(head, text, line));
            }
        }
        Some(Column::Effort) if entry.kind == EntryKind::Phase => time(entry, value, fact()),
        Some(Column::Said(Role::Time)) => time(entry, value, fact()),
        Some(Column::Effort) => {
            let effort = amount::read(&raw, amount::unit_of(head)).unwrap_or_default();
            // An estimate that is no time, as `XL`, is kept as written: nought minutes.
            entry.effort.get_or_insert_with(|| Fact::new(effort, text.trim(), line, rule));
        }
        Some(Column::Depends) => entry.depends_on.extend(names(&raw, line, rule)),
        Some(Column::Items) => entry.items.extend(parts(&raw, line, rule)),
        Some(Column::Said(role)) => entry.said.push((role, fact())),
        Some(Column::Number) if entry.id.is_none() && is_id(&raw) => {
            entry.id = Some(raw.trim_end_matches('.').to_owned());
        }
        Some(Column::Number | Column::Title) | None => entry.more.push(field(head, text, line)),
    }
}

/// A label or column kept as written.
pub fn field(head: &str, text: &str, line: u32) -> Field {
    Field { label: shown(head), text: shown(text), line }
}

/// Whether a text is one word with a digit, as ids and numbers are: `R-1`, `Q3`, `12`.
pub fn is_id(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let signs = |c: char| c.is_alphanumeric() || "-_.#/".contains(c);
    text.len() <= 24 && text.chars().all(signs) && text.chars().any(|c| c.is_ascii_digit())
}

fn time(entry: &mut Entry, value: Value<'_>, fact: Fact<String>) {
    let Value { text, line, rule, head } = value;
    let read = stretch::read(&fact.value, amount::unit_of(head));
    let read = read.map(|stretch| Fact::new(stretch, text.trim(), line, rule));
    entry.stretch = entry.stretch.take().or(read);
    entry.said.push((Role::Time, fact));
}

/// Names in a list, as dependencies are written.
pub fn names(text: &str, line: u32, rule: &'static str) -> Vec<Fact<String>> {
    let parts = text.split([',', ';', '、', '，']).flat_map(|part| part.split(" and "));
    let named = parts.map(str::trim).filter(|name| !words::is_none(name));
    named.map(|name| Fact::new(name.trim_end_matches('.').to_owned(), name, line, rule)).collect()
}

/// Items in one cell.
fn parts(text: &str, line: u32, rule: &'static str) -> Vec<Fact<String>> {
    let parts = text.split([',', ';', '、']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Fact::new(part.to_owned(), part, line, rule)).collect()
}
