//! A native gap record: one file, all of it said in front matter.

mod targets;

use std::collections::BTreeMap;

use self::targets::Place;
use super::{
    citation,
    ledger::{labels, status, vocabulary::Vocabulary},
};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        Fact,
        gap::{
            Claim, ClaimStatus, Definition, Evidence, Gap, Intent, Priority, Target, Task,
            TaskState, Waiver,
        },
        reference::Citation,
        source::{Body, Facts, FrontMatter, Source, Value},
    },
    text::{LineIndex, Span},
};

const RULE: &str = "front matter";

/// Reads the record of a file that was read as Markdown.
pub fn read(source: &mut Source, words: &Vocabulary) {
    let Body::Markdown { text, start } = &source.body else { return };
    let outline = &source.outline;
    let head = Head {
        front: &outline.front,
        text: text.get(..*start).unwrap_or_default(),
        index: LineIndex::new(text),
    };
    let claim = head.claim(words);
    let waiver = outline.front.extra.get("waived").and_then(|value| waiver(value, &head));
    let first = |key: &str| head.facts(key).into_iter().next();
    // The first counts; a ledger may have given several.
    let priorities: Vec<Fact<Priority>> = head
        .facts("priority")
        .into_iter()
        .filter_map(|raw| {
            Some(Fact::new(status::priority(&raw.value, words)?, raw.raw, raw.line, RULE))
        })
        .collect();
    let (targets, odd) = head.targets();
    let misread: Vec<Diagnostic> = odd
        .into_iter()
        .map(|key| {
            let message = format!("`{key}` of the front matter has a value of the wrong shape");
            Diagnostic::new(&codes::FRONT_MATTER_INVALID, &outline.path, message)
                .at(head.index.span(head.line(key), head.text))
                .help("write paths, or tables with `any`, `all`, or `path` and `section`")
        })
        .collect();
    let gap = Gap {
        id: outline.front.id.clone(),
        number: first("number").map(|number| number.value).or_else(|| outline.front.id.clone()),
        title: outline.title.clone(),
        defined_at: vec![head.line("id")],
        read_by: vec![Definition { line: head.line("id"), rule: RULE }],
        lines: (1, outline.lines.max(1)),
        anchor: None,
        priority: priorities.first().cloned(),
        priorities,
        claim,
        impact: first("impact"),
        category: first("category"),
        phase: first("phase"),
        effort: head.facts("effort"),
        evidence: head.evidence(),
        targets,
        depends_on: head.facts("depends_on"),
        tasks: head.facts("tasks").into_iter().map(task).collect(),
        waiver,
        fields: Vec::new(),
    };
    source.diagnostics.extend(misread);
    source.outline.facts = Facts::Gap(Box::new(gap));
}

/// The front matter and where it stands.
struct Head<'a> {
    front: &'a FrontMatter,
    text: &'a str,
    index: LineIndex,
}

impl Head<'_> {
    /// The line that gives a key.
    fn line(&self, key: &str) -> u32 {
        let gives = |line: &str| {
            let line = line.trim_start_matches('[');
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with([':', '=', ']', '.']))
        };
        self.text.lines().position(gives).map_or(1, |index| index as u32 + 1)
    }

    /// The texts of a key, one or a list, each with its line.
    fn facts(&self, key: &str) -> Vec<Fact<String>> {
        let values = match self.front.extra.get(key) {
            Some(Value::List(values)) => values.iter().filter_map(scalar).collect(),
            Some(value) => scalar(value).into_iter().collect::<Vec<_>>(),
            None => Vec::new(),
        };
        let from = self.line(key);
        let facts = values.into_iter().map(|value| {
            let line = self.find(&value, from).map_or(from, |span| self.index.line(span.start));
            Fact::new(value.clone(), value, line, RULE)
        });
        facts.collect()
    }

    /// Where a text stands, from a line on.
    fn find(&self, value: &str, from: u32) -> Option<Span> {
        let start = self.index.span(from, self.text).start;
        let at = start + self.text.get(start..)?.find(value)?;
        Some(Span::new(at, at + value.len()))
    }

    /// `claims` are the earlier statements and `status` is the last; the weightiest wins, as in a
    /// ledger. A `percent` of its own is needed where none of them gives one.
    fn claim(&self, words: &Vocabulary) -> Claim {
        let mut claim = Claim::default();
        for said in self.facts("claims") {
            let _ = status::mention(&mut claim, &said.value, said.line, RULE, words);
        }
        if let Some(status) = &self.front.status {
            let _ = status::mention(&mut claim, status, self.line("status"), RULE, words);
        }
        status::settle(&mut claim, words);
        let percent = self.facts("percent").into_iter().next();
        let value = |fact: &Fact<String>| {
            let number = fact.value.trim().trim_end_matches('%').trim_end();
            number.parse::<u8>().ok().filter(|percent| *percent <= 100)
        };
        if let Some(fact) = percent
            && let Some(value) = value(&fact)
        {
            claim.percent = Some(Fact::new(value, fact.raw, fact.line, RULE));
        }
        claim
    }

    /// Citations in words, or tables of `file` with `lines` or `section`.
    fn evidence(&self) -> Vec<Evidence> {
        let values = match self.front.extra.get("evidence") {
            Some(Value::List(values)) => values.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        let from = self.line("evidence");
        let mut all = Vec::new();
        for value in values {
            let table = match value {
                Value::Map(map) => cited(map),
                _ => None,
            };
            let words = scalar(value).or_else(|| table.as_ref().map(|cited| cited.target.clone()));
            let Some(words) = words else { continue };
            let place = self.find(&words, from);
            let line = place.map_or(from, |span| self.index.line(span.start));
            let place = place.unwrap_or_default();
            match table {
                Some(citation) => all.push(Evidence { citation, line, span: place }),
                None => all.extend(citation::find(&words).into_iter().map(|found| Evidence {
                    citation: found.citation,
                    line,
                    span: found.span.shift(place.start),
                })),
            }
        }
        all
    }

    /// The targets of `targets` and `created`, and the keys with a value that means nothing.
    fn targets(&self) -> (Vec<Target>, Vec<&'static str>) {
        let mut all: Vec<Target> = Vec::new();
        let mut odd = Vec::new();
        for (key, intent) in [("targets", Intent::Create), ("created", Intent::Created)] {
            let Some(value) = self.front.extra.get(key) else { continue };
            let place = Place { text: self.text, index: &self.index, line: self.line(key) };
            let (found, misread) = targets::read(value, intent, place);
            let first = all.iter().map(|target| target.group + 1).max().unwrap_or(0);
            all.extend(found.into_iter().map(|t| Target { group: t.group + first, ..t }));
            odd.extend(misread.then_some(key));
        }
        (all, odd)
    }
}

/// `waived`: a table of reason, owner and last day, a reason alone, or the bare word `true`.
fn waiver(value: &Value, head: &Head<'_>) -> Option<Waiver> {
    let line = head.line("waived");
    let span = head.index.span(line, head.text);
    let bare = Waiver { reason: None, owner: None, until: None, line, span };
    match value {
        Value::Map(map) => {
            let said = |key: &str| map.get(key).and_then(scalar);
            Some(Waiver {
                reason: said("reason"),
                owner: said("owner"),
                until: said("until"),
                ..bare
            })
        }
        Value::Text(reason) => Some(Waiver { reason: Some(reason.clone()), ..bare }),
        Value::Bool(true) => Some(bare),
        _ => None,
    }
}

/// What the words of a status claim, as every reader of records takes them: the state, and the
/// percentage when they give one.
pub fn claimed(text: &str, words: &Vocabulary) -> Option<(ClaimStatus, Option<u8>)> {
    let mut claim = Claim::default();
    status::mention(&mut claim, text, 1, RULE, words)?;
    let status = claim.mentions.first()?.value;
    Some((status, claim.percent.map(|percent| percent.value)))
}

/// The priority that words mean, as every reader of records takes them.
pub fn ranked(text: &str, words: &Vocabulary) -> Option<Priority> {
    status::priority(text, words)
}

/// `{ file: a.txt, lines: [3, 9] }`, `{ file: a.md, section: Limits }`.
fn cited(map: &BTreeMap<String, Value>) -> Option<Citation> {
    let line = |value: &Value| scalar(value)?.trim().parse::<u32>().ok().filter(|line| *line > 0);
    let lines = match map.get("lines") {
        Some(Value::List(values)) => match values.as_slice() {
            [first, last] => line(first).zip(line(last)),
            [one] => line(one).zip(line(one)),
            _ => None,
        },
        Some(value) => {
            let text = scalar(value)?;
            let (first, last) = text.split_once('-').unwrap_or((&text, &text));
            first.trim().parse().ok().zip(last.trim().parse().ok())
        }
        None => None,
    };
    let target = map.get("file").and_then(scalar).filter(|file| !file.trim().is_empty())?;
    Some(Citation { target, lines, section: map.get("section").and_then(scalar) })
}

fn task(fact: Fact<String>) -> Task {
    let (state, text) = labels::box_of(&fact.value).unwrap_or((TaskState::Open, &fact.value));
    Task { text: text.to_owned(), state, line: fact.line }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::List(_) | Value::Map(_) | Value::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{
            gap::{ClaimStatus, Priority},
            source::{Classified, Kind},
        },
        path::RelPath,
        read::markdown,
    };

    #[test]
    fn a_record_says_all_in_its_front_matter() {
        let text = "---\nid: LAC-1\ntitle: Knots\nstatus: open\npriority: P1\nevidence:\n  \
                    - Chunk-002.txt (lines 3-9)\ntargets: [docs/knots.md]\ntasks:\n  \
                    - \"[x] read\"\n  - write\nwaived:\n  reason: later\n---\nWords.\n";
        let path = RelPath::new("gaps/knots.md").expect("a good path");
        let classified = Classified { kind: Kind::Gap, why: String::new() };
        let mut source = markdown::read(&path, classified, &Arc::from(text));
        read(&mut source, &Vocabulary::default());
        let Facts::Gap(gap) = source.outline.facts else { panic!("no gap") };
        assert_eq!((gap.id.as_deref(), gap.title.as_str()), (Some("LAC-1"), "Knots"));
        assert_eq!(gap.defined_at, [2]);
        assert_eq!(gap.claim.status, ClaimStatus::Open);
        assert_eq!(gap.priority.as_ref().map(|p| (p.value, p.line)), Some((Priority::P1, 5)));
        assert_eq!((gap.evidence[0].citation.lines, gap.evidence[0].line), (Some((3, 9)), 7));
        assert_eq!((gap.targets[0].name.as_str(), gap.targets[0].line), ("docs/knots.md", 8));
        assert_eq!(
            gap.tasks.iter().map(|task| task.state).collect::<Vec<_>>(),
            [TaskState::Done, TaskState::Open]
        );
        let waiver = gap.waiver.as_ref().expect("a waiver");
        assert_eq!((waiver.reason.as_deref(), waiver.line), (Some("later"), 12));
    }

    #[test]
    fn a_record_can_say_what_a_ledger_says_in_several_places() {
        let text = "---\nid: LAC-1\nnumber: 7\ntitle: Knots\nclaims: [60 %]\nstatus: open\n\
                    percent: 65\nevidence:\n  - file: a b.txt\n    lines: [3, 9]\n  \
                    - { file: x.md, section: Two words }\n  - { lines: 3 }\n---\nWords.\n";
        let path = RelPath::new("gaps/knots.md").expect("a good path");
        let classified = Classified { kind: Kind::Gap, why: String::new() };
        let mut source = markdown::read(&path, classified, &Arc::from(text));
        read(&mut source, &Vocabulary::default());
        let gap = &source.outline.facts.gaps()[0];
        assert_eq!(gap.number.as_deref(), Some("7"));
        assert_eq!(gap.claim.status, ClaimStatus::Partial, "a percentage weighs more than a word");
        assert_eq!(gap.claim.percent.as_ref().map(|p| (p.value, p.line)), Some((65, 7)));
        let cited: Vec<_> = gap.evidence.iter().map(|e| (&e.citation, e.line)).collect();
        assert_eq!(
            cited.iter().map(|(c, line)| (c.target.as_str(), c.lines, *line)).collect::<Vec<_>>(),
            [("a b.txt", Some((3, 9)), 9), ("x.md", None, 11)]
        );
        assert_eq!(cited[1].0.section.as_deref(), Some("Two words"));
    }
}
