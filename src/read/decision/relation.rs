//! What a decision says of others: supersedes, amends, relates, and the other way round.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    details, front_line, status, title,
    words::{WORDS, bare},
};
use crate::{
    model::{
        decision::{Extent, Relation, RelationKind},
        source::{FrontMatter, Heading, Value},
    },
    read::lines::{self, Line, LineKind, regex},
    text::{LineIndex, Span},
};

static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:[\s:*_`(|\]–—-]|\b(?:parts? of|some of|portions of|the|in part|partly|partially|by|decisions?|records?|adrs|von|durch|par|por|da|door)\b)*",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:\[(?<text>[^\]]*)\]\((?<href>[^)\s]+)[^)]*\)|\[\[(?<wiki>[^\]|]+)[^\]]*\]\]|(?<adr>(?:m?adrs?|edr)[\s_-]*#?(?<number>\d{1,5}))\b|(?<slug>\d{1,8}-[\w-]*[a-z][\w-]*(?:\.md)?)|#?(?<bare>\d{1,4})(?:\b|$))",
    )
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^[*_]*(?:\s*[,/&+;]\s*(?:(?:and|or)\s+)?|\s+(?:and|or|und|et|y|e|en|и)\s+)")
});
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bthis (?:adr|decision|record|document|rfc)\b|^(?:it )?(?:has (?:since )?been|was|is|were)(?: in part| partly| partially)?\s*$|^(?:in part|partly|partially)?\s*$",
    )
});

/// Where a reference stands decides how it may be spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The status, a label: a bare number is a decision.
    Stated,
    /// Anywhere else: only a link or an id is.
    Prose,
}

/// The relations the lines of a decision state.
pub fn read(headings: &[Heading], block: &[Line]) -> Vec<Relation> {
    let stated: Vec<u32> =
        status::section(headings, block).iter().map(|line| line.number).collect();
    let is_label = |line: &&Line| {
        lines::label(line.text).is_some()
            || lines::marker_len(line.text) > 0
            || line.text.trim_start().starts_with('|')
    };
    let top: Vec<u32> =
        details::top(headings, block).iter().filter(is_label).map(|line| line.number).collect();
    let sections = sections(headings);
    let mut relations = Vec::new();
    for line in block.iter().filter(|line| line.kind == LineKind::Prose) {
        let number = line.number;
        if let Some((kind, ..)) = sections.iter().find(|(_, a, b)| (*a..*b).contains(&number)) {
            let at = lines::marker_len(line.text);
            let before = relations.len();
            items(line, at, Place::Stated, (*kind, Extent::Whole), &mut relations);
            if relations.len() > before {
                continue;
            }
        }
        let is_stated = stated.binary_search(&number).is_ok() || top.binary_search(&number).is_ok();
        let place = if is_stated { Place::Stated } else { Place::Prose };
        of_line(line, place, &mut relations);
    }
    relations
}

/// The sections whose heading is a relation, with the lines between which they stand.
fn sections(headings: &[Heading]) -> Vec<(RelationKind, u32, u32)> {
    let of = |(index, heading): (usize, &Heading)| {
        let name = bare(&heading.text);
        let verb = *WORDS.relations.find(&name).first()?;
        let end = headings.get(index + 1).map_or(u32::MAX, |next| next.line);
        let whole = verb.start == 0 && verb.end == name.len();
        (whole && heading.level > 1).then_some((verb.means, heading.line + 1, end))
    };
    headings.iter().enumerate().filter_map(of).collect()
}

/// The relations that front matter gives by key: `supersedes: [3]`.
pub fn of_front(front: &FrontMatter, text: &str) -> Vec<Relation> {
    let mut relations = Vec::new();
    let index = LineIndex::new(text);
    for (key, value) in &front.extra {
        let name = bare(key);
        let verb = WORDS.relations.find(&name).into_iter().next();
        let Some(verb) = verb.filter(|verb| verb.start == 0 && verb.end == name.len()) else {
            continue;
        };
        let number = front_line(text, key);
        let span = index.span(number, text);
        for written in texts(value) {
            let line = Line { number, start: 0, text: &written, kind: LineKind::Prose };
            let before = relations.len();
            items(&line, 0, Place::Stated, (verb.means, Extent::Whole), &mut relations);
            if relations.len() == before && !status::is_template(&written) {
                let (kind, extent) = (verb.means, Extent::Whole);
                relations.push(Relation { kind, extent, to: written, line: number, span });
            }
            relations[before..].iter_mut().for_each(|relation| relation.span = span);
        }
    }
    if let Some(raw) = front.status.as_deref().filter(|raw| !status::is_template(raw)) {
        let number = front_line(text, "status");
        let span = index.span(number, text);
        let own = text.get(span.start..span.end).unwrap_or_default();
        if own.contains(raw.trim()) {
            let line = Line { number, start: span.start, text: own, kind: LineKind::Prose };
            of_line(&line, Place::Stated, &mut relations);
        }
    }
    relations
}

/// Drops what is said twice.
pub fn unique(relations: Vec<Relation>) -> Vec<Relation> {
    let mut kept: Vec<Relation> = Vec::new();
    for relation in relations {
        if !kept.iter().any(|own| own.kind == relation.kind && own.to == relation.to) {
            kept.push(relation);
        }
    }
    kept
}

fn of_line(line: &Line, place: Place, relations: &mut Vec<Relation>) {
    let skip = lines::marker_len(line.text);
    if place == Place::Stated && status::is_template(stated_value(line.text)) {
        return;
    }
    for verb in WORDS.relations.find(line.text).into_iter().filter(|verb| !verb.negated) {
        let before = &line.text[skip.min(verb.start)..verb.start];
        let sentence = before.rsplit(". ").next().unwrap_or(before);
        if place == Place::Prose && !OWN.is_match(sentence.trim_start_matches(['*', '_', '['])) {
            continue;
        }
        let at = after(line.text, verb.end);
        let near = &line.text[verb.start - sentence.len()..at];
        let part = !WORDS.parts.find(near).is_empty();
        let extent = if part { Extent::Part } else { Extent::Whole };
        let several = line.text[verb.end..at].to_ascii_lowercase().contains("adrs");
        let place = if several { Place::Stated } else { place };
        items(line, at, place, (verb.means, extent), relations);
    }
}

/// The value of a label, or the line.
fn stated_value(text: &str) -> &str {
    lines::label(text).map_or(&text[lines::marker_len(text)..], |label| label.value)
}

/// The byte after the words that may stand between a verb and what it names.
fn after(text: &str, at: usize) -> usize {
    at + FILLER.find(&text[at..]).map_or(0, |found| found.end())
}

/// The decisions named from byte `at` on.
fn items(
    line: &Line,
    at: usize,
    place: Place,
    (kind, extent): (RelationKind, Extent),
    relations: &mut Vec<Relation>,
) {
    let mut at = after(line.text, at);
    let mut bare = place == Place::Stated;
    while let Some(item) = ITEM.captures(&line.text[at..]) {
        let Some(whole) = item.get(0) else { break };
        let to = if let Some(href) = item.name("href") {
            target_of_link(href.as_str(), &item["text"]).unwrap_or_default()
        } else if let Some(wiki) = item.name("wiki") {
            wiki.as_str().trim().to_owned()
        } else if let Some(adr) = item.name("adr") {
            bare = true;
            adr.as_str().to_owned()
        } else if let Some(slug) = item.name("slug") {
            slug.as_str().to_owned()
        } else if bare {
            whole.as_str().to_owned()
        } else {
            break;
        };
        let start = line.start + at;
        let span = Span::new(start, start + whole.len());
        if !to.is_empty() {
            relations.push(Relation { kind, extent, to, line: line.number, span });
        }
        at += whole.len();
        let Some(between) = BETWEEN.find(&line.text[at..]) else { break };
        at += between.end();
        at = after(line.text, at);
    }
}

/// The file of a link. Where the link leaves the project, the file it ends in, else its text when
/// that names a decision: an issue is none.
fn target_of_link(href: &str, text: &str) -> Option<String> {
    let file = href.split(['#', '?']).next().unwrap_or_default();
    if href.contains("://") {
        let last = file.rsplit('/').next().unwrap_or_default();
        let names_file = last.ends_with(".md");
        return names_file
            .then(|| last.to_owned())
            .or_else(|| title::record(text).then(|| text.to_owned()));
    }
    if file.is_empty() { Some(text.to_owned()) } else { Some(href.to_owned()) }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Number(text) => vec![text.clone()],
        Value::Integer(number) => vec![number.to_string()],
        Value::List(values) => values.iter().flat_map(texts).collect(),
        Value::Bool(_) | Value::Map(_) | Value::Null => Vec::new(),
    }
}
