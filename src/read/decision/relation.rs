//! What a decision says of others: supersedes, amends, relates, and the other way round.

use std::sync::LazyLock;

use regex::Regex;

use super::{front_line, status};
use crate::{
    model::{
        decision::{Relation, RelationKind},
        source::{FrontMatter, Heading, Value},
    },
    read::lines::{self, Line, LineKind, regex},
    text::Span,
};

/// The verbs, the longer before the shorter they begin with.
const VERBS: &[(&str, RelationKind)] = &[
    ("superseded by", RelationKind::SupersededBy),
    ("superceded by", RelationKind::SupersededBy),
    ("replaced by", RelationKind::SupersededBy),
    ("amended by", RelationKind::AmendedBy),
    ("supersedes", RelationKind::Supersedes),
    ("supercedes", RelationKind::Supersedes),
    ("replaces", RelationKind::Supersedes),
    ("amends", RelationKind::Amends),
    ("clarified by", RelationKind::Relates),
    ("clarifies", RelationKind::Relates),
    ("relates to", RelationKind::Relates),
    ("related to", RelationKind::Relates),
    ("relates", RelationKind::Relates),
    ("related", RelationKind::Relates),
];

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    let verbs: Vec<String> = VERBS.iter().map(|(verb, _)| verb.replace(' ', r"[\s_-]+")).collect();
    regex(&format!(r"(?i)\b(?:{})\b", verbs.join("|")))
});
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(?:[\s:*_(]|\b(?:parts? of|the|in part|decisions?|records?|adrs)\b(?:\s|:))*")
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:\[(?<text>[^\]]*)\]\((?<href>[^)\s]+)[^)]*\)|\[\[(?<wiki>[^\]|]+)[^\]]*\]\]|(?<adr>adrs?[\s_-]*#?(?<number>\d{1,5}))\b|(?<dated>\d{8}-[\w-]+)|(?<bare>\d{1,4})(?:\b|$))",
    )
});
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^[*_]*(?:\s*[,/&+]\s*(?:and\s+)?|\s+(?:and|or)\s+)"));
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\bthis (?:adr|decision|record|document|rfc)\b|^(?:it )?(?:has been|was|is) $|^$")
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
    let top: Vec<u32> = status::top(headings, block)
        .iter()
        .filter(|line| lines::label(line.text).is_some() || lines::marker_len(line.text) > 0)
        .map(|line| line.number)
        .collect();
    let mut relations = Vec::new();
    for line in block.iter().filter(|line| line.kind == LineKind::Prose) {
        let is_stated = stated.contains(&line.number) || top.contains(&line.number);
        let place = if is_stated { Place::Stated } else { Place::Prose };
        of_line(line, place, &mut relations);
    }
    relations
}

/// The relations that front matter gives by key: `supersedes: [3]`.
pub fn of_front(front: &FrontMatter, text: &str) -> Vec<Relation> {
    let mut relations = Vec::new();
    let index = crate::text::LineIndex::new(text);
    for (key, value) in &front.extra {
        let name = key.replace(['_', '-'], " ").to_lowercase();
        let Some((_, kind)) = VERBS.iter().find(|(verb, _)| *verb == name) else { continue };
        let line = front_line(text, key);
        let span = index.span(line, text);
        relations.extend(texts(value).into_iter().map(|to| Relation {
            kind: *kind,
            to,
            line,
            span,
        }));
    }
    if let Some(raw) = &front.status {
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
    for verb in VERB.find_iter(line.text) {
        let before = &line.text[lines::marker_len(line.text).min(verb.start())..verb.start()];
        let sentence = before.rsplit(". ").next().unwrap_or(before);
        if place == Place::Prose && !OWN.is_match(sentence.trim_start_matches(['*', '_'])) {
            continue;
        }
        let spelled = verb.as_str().to_lowercase().replace(['_', '-'], " ");
        let spelled = spelled.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((_, kind)) = VERBS.iter().find(|(own, _)| *own == spelled) else { continue };
        let mut at = verb.end();
        at += FILLER.find(&line.text[at..]).map_or(0, |found| found.end());
        let mut bare = place == Place::Stated || line.text[verb.end()..at].contains("ADRs");
        while let Some(item) = ITEM.captures(&line.text[at..]) {
            let Some(whole) = item.get(0) else { break };
            let to = if let Some(href) = item.name("href") {
                target_of_link(href.as_str(), &item["text"])
            } else if let Some(wiki) = item.name("wiki") {
                wiki.as_str().trim().to_owned()
            } else if let Some(adr) = item.name("adr") {
                bare = true;
                adr.as_str().to_owned()
            } else if let Some(dated) = item.name("dated") {
                dated.as_str().to_owned()
            } else if bare {
                item["bare"].to_owned()
            } else {
                break;
            };
            let start = line.start + at;
            let span = Span::new(start, start + whole.len());
            relations.push(Relation { kind: *kind, to, line: line.number, span });
            at += whole.len();
            let Some(between) = BETWEEN.find(&line.text[at..]) else { break };
            at += between.end();
        }
    }
}

/// The file of a link; its text where the link leaves the project.
fn target_of_link(href: &str, text: &str) -> String {
    let file = href.split('#').next().unwrap_or_default();
    if file.is_empty() || file.contains("://") { text.to_owned() } else { file.to_owned() }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Number(text) => vec![text.clone()],
        Value::Integer(number) => vec![number.to_string()],
        Value::List(values) => values.iter().flat_map(texts).collect(),
        Value::Bool(_) | Value::Map(_) | Value::Null => Vec::new(),
    }
}
