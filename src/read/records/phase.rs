//! Phases: `### Phase 1: Title (Weeks 3-6)`, `**Wave 2**`, `### Short-term (weeks 2-6)`, a list of
//! phases, a table of them; with what they list.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    blank,
    list::{self, Item},
    page::Page,
    sense, shown, stretch, table,
    table::Heads,
    words::{self, Column, WORDS},
};
use crate::{
    model::{
        Fact,
        ledger::{Entry, EntryKind, Role, Stretch},
    },
    read::lines::{Line, LineKind, marker_len, regex},
};

const RULE: &str = "heading of a phase";
const LISTED: &str = "list of phases";

/// The number of a phase after its word: `1`, `2.1`, `1-2`, `IV`, `4+`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^\s*#?\s*((?:\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}\b)(?:\s*[-–—]\s*\d{1,2})?\+?)\s*(.*)$")
});
/// Time in brackets, or after a dash at the end.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| regex(r"[(（]([^()（）]+)[)）]"));
static DASH: LazyLock<Regex> = LazyLock::new(|| regex(r"\s[-–—]\s"));

/// A table of phases.
pub fn heads(heads: &Heads) -> bool {
    let planned = heads.says(Role::Time) || heads.has(Column::Items) || heads.has(Column::Effort);
    heads.names(EntryKind::Phase) && planned
}

/// Headings, lone labels and lists of phases.
pub fn read(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (n, heading) in page.headings.iter().enumerate().filter(|(_, h)| h.level > 1) {
        let Some(name) = name(&shown(&heading.text)) else { continue };
        let last = page.end(n);
        entries.push(entry(page, &name, (&heading.text, heading.line), last));
    }
    for (line, label, last) in list::labels(page) {
        let Some(name) = name(&label) else { continue };
        let written = page.lines(line - 1, line - 1).first().map_or("", |line| line.text.trim());
        entries.push(entry(page, &name, (written, line - 1), last));
    }
    entries.extend(listed(page));
    entries
}

/// The name of a phase: its title, when it is, and a mark.
struct Name {
    title: String,
    time: Option<(String, Stretch)>,
    mark: Option<String>,
}

/// Reads a heading as the name of a phase: a word and a number, or a horizon with its time.
fn name(text: &str) -> Option<Name> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || ". )".contains(c));
    let (title, mark) = table::split_mark(text);
    let counted = counted(&title);
    let horizon = words::mentions(&title, &WORDS.horizons);
    if !counted && !horizon {
        return None;
    }
    let read = |time: &str| match horizon {
        true => stretch::horizon(time),
        false => stretch::read(time, None),
    };
    let timed = |text: &str| Some((text.trim().to_owned(), read(text)?));
    let brackets = BRACKETS.captures_iter(&title).find_map(|found| timed(&found[1]));
    let dashed = || DASH.split(&title).skip(1).last().and_then(timed);
    let first = title.split(':').next().unwrap_or(&title).trim();
    let own = || timed(first).filter(|_| counted);
    let time = brackets.or_else(dashed).or_else(own);
    // "Short-term" alone is a word of prose; with a time it is a stretch of a plan.
    if !counted && time.is_none() {
        return None;
    }
    let title = match &time {
        Some((time, _)) if time != first => without(&title, time),
        _ => title.clone(),
    };
    Some(Name { title, time, mark })
}

/// Whether a text begins with a word for phases and a number.
fn counted(text: &str) -> bool {
    let lower = words::normal(text);
    WORDS.phases.iter().any(|word| {
        lower.strip_prefix(word.as_str()).is_some_and(|rest| {
            let apart =
                rest.starts_with([' ', '#', '-']) || rest.starts_with(|c: char| c.is_ascii_digit());
            let found = NUMBER.captures(rest.trim_start_matches('-')).filter(|_| apart);
            // "Phase 1 starts when …" is a sentence.
            found.is_some_and(|found| !found[2].starts_with(char::is_alphanumeric))
        })
    })
}

/// A title without the time that stands in brackets or after a dash.
fn without(title: &str, time: &str) -> String {
    let at = title.rfind(time).unwrap_or(title.len());
    let before = title[..at].trim_end_matches([' ', '(', '（', '-', '–', '—', ':']);
    let after = title[at..].strip_prefix(time).unwrap_or_default();
    let after = after.trim_start_matches([')', '）', ' ']);
    format!("{before} {after}").trim().to_owned()
}

fn entry(page: &Page<'_>, name: &Name, (written, line): (&str, u32), last: u32) -> Entry {
    let title = Fact::new(name.title.clone(), written, line, RULE);
    let mut entry = blank(EntryKind::Phase, title, (line, last));
    entry.section = page.section(line);
    entry.status = name.mark.as_ref().and_then(|mark| sense::status(mark, line, RULE));
    if let Some((time, stretch)) = &name.time {
        entry.stretch = Some(Fact::new(*stretch, time, line, RULE));
        entry.said.push((Role::Time, Fact::new(time.clone(), time, line, RULE)));
    }
    let block = page.lines(line + 1, last);
    entry.items = list::items(block).iter().map(item).collect();
    if entry.items.is_empty() {
        entry.items = coded(block);
    }
    entry
}

fn item(item: &Item<'_>) -> Fact<String> {
    let line = &item.line;
    let text = &line.text[marker_len(line.text)..];
    Fact::new(shown(text), text.trim(), line.number, "item of a phase")
}

/// Items in a block of code, where a plan is written as a script of comments.
fn coded(block: &[Line<'_>]) -> Vec<Fact<String>> {
    let code = block.iter().filter(|line| line.kind == LineKind::Code);
    let items = code.filter_map(|line| Some((line, line.text.trim_start().strip_prefix("- ")?)));
    items
        .map(|(line, text)| {
            Fact::new(shown(text), text.trim(), line.number, "item of a phase, in code")
        })
        .collect()
}

/// Items of one list of which two or more begin with a phase: one alone may be anything.
fn listed(page: &Page<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut run: Vec<Entry> = Vec::new();
    let mut close = |run: &mut Vec<Entry>| {
        let list = std::mem::take(run);
        entries.extend((list.len() > 1).then_some(list).into_iter().flatten());
    };
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose && !line.is_blank()) {
        match listed_one(page, line) {
            Some(entry) => run.push(entry),
            None if line.indent() == 0 => close(&mut run),
            None => {}
        }
    }
    close(&mut run);
    entries
}

fn listed_one(page: &Page<'_>, line: &Line<'_>) -> Option<Entry> {
    if line.indent() > 0 || !list::is_item(line.text) {
        return None;
    }
    let text = &line.text[marker_len(line.text)..];
    let (strong, rest) = list::split(text);
    if rest.is_empty() {
        return None;
    }
    let name = name(&shown(strong.trim_end_matches([':', ' '])))?;
    let title = Fact::new(name.title.clone(), strong.trim(), line.number, LISTED);
    let mut entry = blank(EntryKind::Phase, title, (line.number, line.number));
    entry.section = page.section(line.number);
    let (said, mark) = table::split_mark(&shown(rest));
    entry.status = mark.and_then(|mark| sense::status(&mark, line.number, LISTED));
    let time = name.time.or_else(|| {
        let found = BRACKETS.captures(&said)?;
        Some((found[1].to_owned(), stretch::read(&found[1], None)?))
    });
    if let Some((time, stretch)) = time {
        entry.stretch = Some(Fact::new(stretch, &time, line.number, LISTED));
        entry.said.push((Role::Time, Fact::new(time.clone(), time, line.number, LISTED)));
    }
    let said = match &entry.stretch {
        Some(stretch) => said.replacen(&format!("({})", stretch.raw), "", 1),
        None => said,
    };
    let said = said.trim_start_matches([':', ' ', '-', '–', '—']).to_owned();
    if !said.is_empty() {
        entry.said.push((Role::Note, Fact::new(said, rest.trim(), line.number, LISTED)));
    }
    Some(entry)
}
