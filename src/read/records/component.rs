//! Components: parts of the product with how far they are. Rows of an inventory, and headings or
//! items that give a percentage.

use std::sync::LazyLock;

use regex::Regex;

use super::{blank, page::Page, sense, shown, table, table::Heads, words::Column};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind, Role},
    },
    read::lines::regex,
};

/// The rule that reads a component from its heading.
pub const RULE: &str = "heading with a percentage";

/// `(20% complete)`, `- 80 %` at the end of a heading.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\s*(?:[(\[（]\s*(\d{1,3}\s*%[^()\[\]]*)[)\]）]|[-–—:]\s*(\d{1,3}\s*%))\s*$")
});

/// A table of components, or of features with a state.
pub fn heads(heads: &Heads) -> bool {
    let graded = heads.has(Column::Status) || heads.has(Column::Percent);
    let ranked = heads.says(Role::Priority);
    heads.names(EntryKind::Component) && (graded || ranked) || heads.is_neutral() && graded
}

/// Headings that are no gaps and give a percentage.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (n, heading) in page.headings.iter().enumerate().filter(|(_, h)| h.level > 1) {
        let text = shown(&heading.text);
        let Some(found) = SHARE.captures(&text) else { continue };
        let Some(share) = found.get(1).or_else(|| found.get(2)) else { continue };
        let before = &text[..found.get(0).map_or(0, |whole| whole.start())];
        let (title, _) = table::split_mark(before);
        let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || " .)".contains(c));
        if title.is_empty() {
            continue;
        }
        let fact = Fact::new(title.to_owned(), &heading.text, heading.line, RULE);
        let mut entry = blank(EntryKind::Component, fact, (heading.line, page.end(n)));
        entry.section = page.section(heading.line);
        entry.percent = sense::percent(share.as_str(), heading.line, RULE);
        entry.status = sense::status(&text[before.len()..], heading.line, RULE);
        entries.push(entry);
    }
    entries
}
