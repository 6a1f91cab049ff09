//! What a gap analysis records beside its gaps: components, phases, tasks, effort, risks,
//! questions, debt, services and figures. One file a kind; the words are data in `words.toml`.
//!
//! What is a gap and what is not is decided in [`owner`]; an entry inside the block of a gap names
//! that gap.

pub mod amount;
mod component;
mod debt;
mod effort;
mod fill;
mod list;
mod metric;
mod owner;
mod page;
mod phase;
mod question;
mod risk;
mod sense;
mod service;
mod stretch;
mod table;
mod task;
pub mod words;

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind},
        source::{Body, Facts, Source},
    },
    read::lines::{plain, regex},
};
use page::Page;

/// Adds to a ledger whose gaps are read what it records beside them.
pub fn read(source: &mut Source) {
    let Body::Markdown { text, start } = &source.body else { return };
    let Facts::Ledger(ledger) = &mut source.outline.facts else { return };
    let page = Page::new(text, *start, &source.outline.headings, &ledger.gaps);
    let mut entries = table::read(&page);
    for read in [
        phase::read,
        task::read,
        risk::read,
        question::read,
        debt::read,
        component::read,
        metric::read,
    ] {
        entries.extend(read(&page));
    }
    owner::settle(&page, &mut entries);
    risk::pair_mitigations(&page, &mut entries);
    // The first reading of a line in a kind is the one by its own shape.
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert((entry.kind, entry.title.line)));
    entries.sort_by_key(|entry| (entry.kind, entry.title.line));
    ledger.entries = entries;
}

/// An entry of which only title and place are known.
fn blank(kind: EntryKind, title: Fact<String>, lines: (u32, u32)) -> Entry {
    Entry {
        kind,
        id: None,
        title,
        lines,
        section: None,
        status: None,
        percent: None,
        said: Vec::new(),
        items: Vec::new(),
        effort: None,
        stretch: None,
        depends_on: Vec::new(),
        more: Vec::new(),
        gap: None,
    }
}

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"\[([^\[\]]*)\]\([^()\s]*\)"));
static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| regex(r"\*([^*\s](?:[^*]*[^*\s])?)\*"));
static BREAK: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\s*<br\s*/?>\s*"));

/// Text as a reader sees it: without emphasis, code signs, strikes and the addresses of links.
fn shown(text: &str) -> String {
    let text = LINK.replace_all(text, "$1");
    let text = BREAK.replace_all(&text, " ");
    let text = text.replace("**", "").replace("~~", "").replace("\\|", "|");
    plain(&EMPHASIS.replace_all(&text, "$1"))
}
