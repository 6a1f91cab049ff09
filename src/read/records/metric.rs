//! Figures: what is measured, its value now and the one that is wanted. Tables, and items that
//! are a name and a percentage.

use std::sync::LazyLock;

use regex::Regex;

use super::{blank, list, page::Page, sense, shown, table::Heads, words::Column};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind, Role},
    },
    read::lines::{self, LineKind, regex},
};

const RULE: &str = "item with a percentage";

static SHARE: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{1,3}(?:[.,]\d+)?\s*%)(.*)$"));

/// A table of figures: a column of names and one of values.
pub fn heads(heads: &Heads) -> bool {
    let valued = heads.says(Role::Current) || heads.says(Role::Wanted);
    heads.names(EntryKind::Metric) && (valued || heads.has(Column::Percent))
}

/// `- Coverage: 40%` outside every gap.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        if !list::is_item(line.text) || page.gap_at(line.number).is_some() {
            continue;
        }
        let Some(label) = lines::label(line.text) else { continue };
        let Some(found) = SHARE.captures(label.value) else { continue };
        let name = Fact::new(shown(label.name), label.name, line.number, RULE);
        let mut entry = blank(EntryKind::Metric, name, (line.number, line.number));
        entry.section = page.section(line.number);
        let value = found[1].trim();
        let fact = Fact::new(value.to_owned(), value, line.number, RULE);
        entry.percent = sense::percent(value, line.number, RULE);
        entry.said.push((Role::Current, fact));
        let rest = found[2].trim().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
        if !rest.is_empty() {
            entry.said.push((Role::Note, Fact::new(shown(rest), rest, line.number, RULE)));
        }
        entries.push(entry);
    }
    entries
}
