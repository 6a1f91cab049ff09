//! Lists whose items are entries: numbered or bulleted, a title in bold or the whole item, labels
//! underneath. They stand under a heading or a label that names their kind.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    blank,
    fill::{Value, fill},
    page::Page,
    sense, shown, table,
    words::{self, Column},
};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind, Role},
    },
    read::lines::{self, Line, LineKind, regex},
};

static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:[-*+]|(\d{1,4})[.)])\s+(.*)$"));
static STRONG: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:\*\*|__)(.+?)(?:\*\*|__)\s*(.*)$"));
/// `(Priority: HIGH)` after a title.
static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^[(（]\s*([\p{L}][\p{L} ]{1,24})[:：]\s*([^()]{1,40})[)）]\s*"));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| regex(r"^\p{Lu}{1,5}-?\d{1,4}$"));

/// One item of a list, with the lines that belong to it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// Its first line.
    pub line: Line<'a>,
    /// Its number, when the list counts.
    pub number: Option<&'a str>,
    /// Its text after the list sign.
    pub text: &'a str,
    /// The lines under it.
    pub below: Vec<Line<'a>>,
}

impl Item<'_> {
    /// Its last line.
    pub fn last(&self) -> u32 {
        self.below.last().map_or(self.line.number, |line| line.number)
    }
}

/// Whether a line begins with the sign of a list.
pub fn is_item(line: &str) -> bool {
    ITEM.is_match(line)
}

/// The items of the outermost list among the lines, code aside.
pub fn items<'a>(block: &[Line<'a>]) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut margin: Option<usize> = None;
    let mut inside = false;
    for line in block.iter().filter(|line| line.kind == LineKind::Prose && !line.is_blank()) {
        let found = ITEM.captures(line.text).filter(|_| margin.is_none_or(|m| line.indent() <= m));
        if let Some(found) = found {
            margin = Some(margin.map_or(line.indent(), |m| m.min(line.indent())));
            let text = found.get(2).map_or("", |text| text.as_str());
            let number = found.get(1).map(|number| number.as_str());
            items.push(Item { line: *line, number, text, below: Vec::new() });
            inside = true;
        } else if margin.is_some_and(|m| line.indent() > m) && inside {
            if let Some(item) = items.last_mut() {
                item.below.push(*line);
            }
        } else {
            inside = false;
        }
    }
    items
}

/// Entries of one kind from lists under its headings and labels.
pub fn read(page: &Page<'_>, kind: EntryKind, rule: &'static str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for block in blocks(page, kind) {
        for item in items(page.lines(block.0, block.1)) {
            entries.extend(entry(page, kind, &item, rule));
        }
    }
    entries
}

/// The lines that hold lists of a kind: right under a heading that names it, or under a label.
fn blocks(page: &Page<'_>, kind: EntryKind) -> Vec<(u32, u32)> {
    let mut blocks = Vec::new();
    for (n, heading) in page.headings.iter().enumerate() {
        if under(page, heading.line) == Some(kind) {
            // Headings below speak for themselves.
            let next = page.headings.get(n + 1).map_or(u32::MAX, |next| next.line - 1);
            blocks.push((heading.line + 1, next));
        }
    }
    for label in labels(page) {
        if !is_advice(&label.1) && words::section(&label.1) == Some(kind) {
            blocks.push((label.0, label.2));
        }
    }
    blocks
}

/// The kind of a list under the heading on this line, by the nearest heading that tells.
fn under(page: &Page<'_>, line: u32) -> Option<EntryKind> {
    for heading in page.above(line).filter(|heading| heading.level > 1) {
        if is_advice(&heading.text) {
            return None;
        }
        if let Some(kind) = words::section(&heading.text) {
            return Some(kind);
        }
    }
    None
}

fn is_advice(heading: &str) -> bool {
    words::mentions(heading, &words::WORDS.advice)
}

/// Lines that are nothing but a label in bold, with the block that follows: first line, label,
/// last line.
pub fn labels(page: &Page<'_>) -> Vec<(u32, String, u32)> {
    let mut found: Vec<(u32, String, u32)> = Vec::new();
    let mut open = false;
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose && !line.is_blank()) {
        if let Some(label) = lone_label(line) {
            found.push((line.number + 1, label, line.number));
            open = true;
        } else if line.text.starts_with('#') || is_ruler(line.text) {
            open = false;
        } else if open && (ITEM.is_match(line.text) || line.indent() > 1) {
            if let Some(last) = found.last_mut() {
                last.2 = line.number;
            }
        } else {
            open = false;
        }
    }
    found
}

/// `**Open questions**:`, `**Risks:**`, with nothing after it.
fn lone_label(line: &Line<'_>) -> Option<String> {
    if line.indent() > 0 || ITEM.is_match(line.text) {
        return None;
    }
    let found = STRONG.captures(line.text.trim())?;
    let rest = found.get(2).map_or("", |rest| rest.as_str());
    let alone = matches!(rest, "" | ":" | "：");
    alone.then(|| shown(found[1].trim_end_matches([':', '：', ' '])))
}

fn is_ruler(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 3 && text.bytes().all(|sign| matches!(sign, b'-' | b'*' | b'_'))
}

/// One item as an entry; `None` when it is a remark about the others.
pub fn entry(
    page: &Page<'_>,
    kind: EntryKind,
    item: &Item<'_>,
    rule: &'static str,
) -> Option<Entry> {
    let number = item.line.number;
    let mut lines_below = item.below.as_slice();
    let mut text = item.text.trim().to_owned();
    if !text.starts_with("**") {
        // An item without a title is its own title, however many lines it takes.
        let more = wrapped(item);
        lines_below = &lines_below[more.len()..];
        for line in more {
            text.push(' ');
            text.push_str(line.text.trim());
        }
    }
    let (strong, rest) = split(&text);
    let labelled = strong.ends_with([':', '：']) || rest.starts_with([':', '：']);
    let strong = strong.trim_end_matches([':', '：', ' ']);
    // `- **Mitigation**: …` is said of the list, not an entry of it.
    if labelled && (words::column(strong).is_some() || is_advice(strong)) || strong.is_empty() {
        return None;
    }
    let (title, mark) = table::split_mark(&shown(strong));
    let mut entry = blank(kind, Fact::new(title, strong, number, rule), (number, item.last()));
    entry.section = page.section(number);
    entry.status = mark.and_then(|mark| sense::status(&mark, number, rule));
    let mut rest = rest.trim();
    while let Some(found) = BRACKETS.captures(rest) {
        let whole = found.get(0).map_or(0, |whole| whole.end());
        let (head, text) = (found.get(1)?.as_str(), found.get(2)?.as_str());
        fill(&mut entry, words::column(head), Value { head, text, line: number, rule });
        rest = rest[whole..].trim();
    }
    let rest = rest.trim_start_matches([':', '：', '-', '–', '—', ' ']);
    if NUMBERED.is_match(&entry.title.value) && !rest.is_empty() {
        // `**Q1**: How long is a rope?`
        entry.id = Some(std::mem::take(&mut entry.title.value));
        entry.title = Fact::new(shown(rest), rest, number, rule);
    } else if !rest.is_empty() {
        note(&mut entry, rest, number, rule);
    }
    below(&mut entry, lines_below, rule);
    Some(entry)
}

/// The lines right under an item that only go on with its text.
fn wrapped<'i, 'a>(item: &'i Item<'a>) -> &'i [Line<'a>] {
    let goes_on = |line: &&Line<'_>| !is_item(line.text) && lines::label(line.text).is_none();
    &item.below[..item.below.iter().take_while(goes_on).count()]
}

/// Reads the lines under an entry: labels, and remarks.
pub fn below(entry: &mut Entry, lines: &[Line<'_>], rule: &'static str) {
    for line in lines.iter().filter(|line| line.kind == LineKind::Prose && !line.is_blank()) {
        if sense::ticked(line).is_some() {
            continue;
        }
        if let Some(label) = lines::label(line.text) {
            // "Debt: …" under an item of debt repeats what it is.
            let column = words::column(label.name).filter(|c| *c != Column::Title);
            let value = Value { head: label.name, text: label.value, line: line.number, rule };
            fill(entry, column, value);
        } else {
            let text = line.text[lines::marker_len(line.text)..].trim();
            match is_item(line.text) {
                true => entry.items.push(Fact::new(shown(text), text, line.number, rule)),
                false => note(entry, text, line.number, rule),
            }
        }
    }
}

/// Adds a remark, or goes on with the one of the line before.
fn note(entry: &mut Entry, text: &str, line: u32, rule: &'static str) {
    let (_, mark) = table::split_mark(text);
    if entry.status.is_none()
        && let Some(mark) = mark
    {
        entry.status = sense::status(&mark, line, rule);
    }
    let text = text.trim();
    match entry.said.last_mut() {
        Some((Role::Note, fact)) if !text.starts_with("**") => {
            fact.value.push(' ');
            fact.value.push_str(&shown(text));
            fact.raw.push('\n');
            fact.raw.push_str(text);
        }
        _ => entry.said.push((Role::Note, Fact::new(shown(text), text, line, rule))),
    }
}

/// An item's title and the rest: the part in bold, or all of it.
pub fn split(text: &str) -> (String, &str) {
    match STRONG.captures(text) {
        Some(found) => (found[1].to_owned(), found.get(2).map_or("", |rest| rest.as_str())),
        None => (text.to_owned(), ""),
    }
}
