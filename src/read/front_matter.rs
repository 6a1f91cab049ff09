//! Metadata at the top of a Markdown file: YAML between `---` lines or TOML between `+++` lines.

mod yaml;

use std::collections::BTreeMap;

use crate::{
    diag::{Diagnostic, codes},
    model::source::{Cover, FrontMatter, Value},
    path::RelPath,
    read::covers::{self, Understood},
    text::{LineIndex, Span},
};

/// How many lines front matter may have: a `---` further down is a thematic break.
const MAX_LINES: usize = 200;

/// A file cut in two.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// The metadata; empty when there is none, or none that can be read.
    pub front: FrontMatter,
    /// Gaps it says the document fills.
    pub covers: Vec<Cover>,
    /// Byte offset of the first character after the front matter.
    pub start: usize,
    /// What was wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Cuts the front matter off a file.
///
/// Front matter begins on the first line and is closed within 200 lines. Text between two
/// thematic breaks that is no mapping stays text. A block that cannot be read is still cut off.
pub fn split(path: &RelPath, text: &str) -> Split {
    let Some(block) = block(text) else { return Split::default() };
    let parsed = match block.syntax {
        Syntax::Yaml => yaml::parse(&text[..block.close], block.open),
        Syntax::Toml => parse_toml(&text[block.open..block.close], block.open),
    };
    let mut result = Split { start: block.end, ..Split::default() };
    match parsed {
        Ok(mut entries) => {
            let declared = entries.remove("covers");
            let (front, mut odd) = sort_out(entries);
            if let Some(declared) = declared {
                let key = key_span(&text[block.open..block.close], "covers").shift(block.open);
                let (covers, understood) =
                    covers::of_front_matter(&declared, &text[..block.close], key.start);
                result.covers = covers;
                odd.extend((understood == Understood::Part).then_some("covers"));
            }
            result.front = front;
            result.diagnostics.extend(odd.into_iter().map(|key| {
                Diagnostic::new(
                    &codes::FRONT_MATTER_INVALID,
                    path,
                    format!("`{key}` of the front matter has a value of the wrong shape"),
                )
                .at(key_span(&text[block.open..block.close], key).shift(block.open))
                .help(match key {
                    "covers" => "write ids, or tables with an `id` and a `section`",
                    _ if LISTS.contains(&key) => "write text or a list of texts",
                    _ => "write text on one line",
                })
            }));
        }
        Err(_)
            if block.syntax == Syntax::Yaml && reads_as_prose(&text[block.open..block.close]) =>
        {
            result.start = 0;
        }
        Err(fault) => {
            let index = LineIndex::new(&text[..block.end]);
            let last = index.line(block.close).saturating_sub(1).max(1);
            let line = index.line(fault.offset).clamp(1, last);
            let mut diagnostic = Diagnostic::new(
                &codes::FRONT_MATTER_INVALID,
                path,
                format!("the front matter cannot be read: {}", fault.message),
            )
            .at(index.span(line, text));
            diagnostic.help = fault.help.map(str::to_owned);
            result.diagnostics.push(diagnostic);
        }
    }
    result
}

/// A mapping in YAML or JSON, read as strictly as front matter; none when it cannot be read.
pub fn mapping(text: &str) -> Option<BTreeMap<String, Value>> {
    yaml::parse(text, 0).ok()
}

/// Why a block cannot be read.
#[derive(Debug)]
struct Fault {
    message: String,
    /// A byte of the file on the line at fault.
    offset: usize,
    help: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Toml,
}

/// Where a block stands: it opens at `open`, its closing line begins at `close` and ends at `end`.
#[derive(Debug)]
struct Block {
    syntax: Syntax,
    open: usize,
    close: usize,
    end: usize,
}

fn block(text: &str) -> Option<Block> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let syntax = match first.trim_start_matches('\u{feff}').trim_end() {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return None,
    };
    let open = first.len();
    let mut close = open;
    for line in lines.take(MAX_LINES) {
        let closes = match (syntax, line.trim_end()) {
            (Syntax::Yaml, fence) => fence == "---" || fence == "...",
            (Syntax::Toml, fence) => fence == "+++",
        };
        if closes {
            let inner = &text[open..close];
            let fits = syntax == Syntax::Toml || opens_mapping(inner);
            return fits.then_some(Block { syntax, open, close, end: close + line.len() });
        }
        close += line.len();
    }
    None
}

/// Whether the first line that says anything is an entry of a mapping.
fn opens_mapping(inner: &str) -> bool {
    if inner.lines().next().is_some_and(|line| line.trim().is_empty()) {
        return false;
    }
    let first = inner.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_none_or(|line| line.starts_with('{') || is_entry(line))
}

/// `key: …`, `"key": …` or `key:`, with a key of at most four words.
fn is_entry(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    let key = key.trim();
    (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
        && key.starts_with(|letter: char| letter.is_alphanumeric() || "\"'_$@&".contains(letter))
        && key.split_whitespace().count() <= 4
        && !key.contains(['*', '`', '[', '('])
}

/// Whether a block that is no YAML has a paragraph of its own: "Note: …", a blank line, and prose.
fn reads_as_prose(inner: &str) -> bool {
    let mut after_blank = false;
    for line in inner.lines() {
        let begins = after_blank && line.starts_with(|letter: char| letter.is_alphabetic());
        if begins && !is_entry(line) && line.split_whitespace().count() > 2 {
            return true;
        }
        after_blank = line.trim().is_empty();
    }
    false
}

fn parse_toml(inner: &str, open: usize) -> Result<BTreeMap<String, Value>, Fault> {
    let table: toml::Table = inner.parse().map_err(|error: toml::de::Error| Fault {
        message: error.message().trim().replace('\n', ", "),
        offset: open + error.span().map_or(0, |span| span.start),
        help: None,
    })?;
    Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Integer(number) => Value::Integer(number),
        toml::Value::Float(number) => Value::Number(number.to_string()),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::Text(date.to_string()),
        toml::Value::Array(items) => Value::List(items.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            Value::Map(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
        }
    }
}

const LISTS: [&str; 2] = ["aliases", "tags"];

/// Moves the keys with a meaning to their fields; returns those whose value does not fit.
fn sort_out(mut entries: BTreeMap<String, Value>) -> (FrontMatter, Vec<&'static str>) {
    let mut front = FrontMatter::default();
    let mut odd = Vec::new();
    for (key, field) in [
        ("id", &mut front.id),
        ("title", &mut front.title),
        ("description", &mut front.description),
        ("date", &mut front.date),
        ("status", &mut front.status),
    ] {
        match entries.remove(key) {
            None | Some(Value::Null) => {}
            Some(value) => match scalar(value) {
                Some(text) => *field = Some(text).filter(|text| !text.is_empty()),
                None => odd.push(key),
            },
        }
    }
    for (key, field) in LISTS.into_iter().zip([&mut front.aliases, &mut front.tags]) {
        let items = match entries.remove(key) {
            None | Some(Value::Null) => continue,
            Some(Value::List(items)) => items,
            Some(one) => vec![one],
        };
        let count = items.len();
        *field = items.into_iter().filter_map(scalar).filter(|text| !text.is_empty()).collect();
        if field.len() < count {
            odd.push(key);
        }
    }
    front.extra = entries;
    (front, odd)
}

/// The text of a value that has one.
fn scalar(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim().to_owned()),
        Value::Number(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::List(_) | Value::Map(_) | Value::Null => None,
    }
}

/// The line of a key in the block.
fn key_span(inner: &str, key: &str) -> Span {
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let rest = line.trim_start_matches(['"', '\'', '[']).strip_prefix(key);
        if rest.is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'']).trim().starts_with([':', '=', ']'])
        }) {
            return Span::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    Span::new(0, inner.lines().next().map_or(0, str::len))
}

#[cfg(test)]
mod tests;
