//! A native gap record: one file, all of it said in front matter.

mod targets;

use self::targets::Place;
use super::{
    citation,
    ledger::{labels, status, vocabulary::Vocabulary},
};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        Fact,
        gap::{Claim, Definition, Evidence, Gap, Intent, Target, Task, TaskState, Waiver},
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
    let mut claim = Claim::default();
    if let Some(status) = &outline.front.status {
        let _ = status::mention(&mut claim, status, head.line("status"), RULE, words);
        status::settle(&mut claim, words);
    }
    let waiver = outline.front.extra.get("waived").and_then(|value| waiver(value, &head));
    let first = |key: &str| head.facts(key).into_iter().next();
    let priority = first("priority").and_then(|raw| {
        Some(Fact::new(status::priority(&raw.value, words)?, raw.raw, raw.line, RULE))
    });
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
        number: outline.front.id.clone(),
        title: outline.title.clone(),
        defined_at: vec![head.line("id")],
        read_by: vec![Definition { line: head.line("id"), rule: RULE }],
        lines: (1, outline.lines.max(1)),
        anchor: None,
        priority,
        priorities: Vec::new(),
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

    fn evidence(&self) -> Vec<Evidence> {
        let mut all = Vec::new();
        for fact in self.facts("evidence") {
            let place = self.find(&fact.value, fact.line).unwrap_or_default();
            all.extend(citation::find(&fact.value).into_iter().map(|found| Evidence {
                citation: found.citation,
                line: fact.line,
                span: found.span.shift(place.start),
            }));
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
}
