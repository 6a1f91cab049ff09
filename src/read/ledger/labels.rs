//! The labels of a gap's block: `- **Status**: …`, with what stands under them.

use super::{
    status, target,
    vocabulary::{self, Meaning},
};
use crate::{
    model::{
        Fact,
        gap::{Evidence, Field, Gap, Intent, Task, TaskState},
    },
    read::{
        citation,
        lines::{self, Label, Line, LineKind},
    },
};

const RULE: &str = "label";

/// How many labels of the block are those of a gap.
pub fn count(block: &[Line]) -> usize {
    let prose = block.iter().filter(|line| line.kind == LineKind::Prose);
    prose.filter_map(|line| vocabulary::label(lines::label(line.text)?.name)).count()
}

/// Reads every label of the block into the gap.
pub fn read(block: &[Line], gap: &mut Gap) {
    let mut current: Option<(Option<Meaning>, usize)> = None;
    for line in block.iter().filter(|line| line.kind == LineKind::Prose && !line.is_blank()) {
        if let Some(task) = task(line) {
            gap.tasks.push(task);
            continue;
        }
        if let Some(label) = lines::label(line.text) {
            let meaning = vocabulary::label(label.name);
            let nested = current.is_some_and(|(_, indent)| line.indent() > indent);
            if meaning.is_some() || !nested {
                current = Some((meaning, line.indent()));
            }
            gap.fields.push(Field {
                label: label.name.to_owned(),
                text: label.value.to_owned(),
                line: line.number,
            });
            let Label { value, offset, .. } = label;
            let meaning = meaning.or(current.filter(|_| nested).and_then(|(own, _)| own));
            understand(meaning, value, line, offset, gap);
        } else if line.text.starts_with('#') {
            current = None;
        } else if let Some((meaning, _)) = current {
            let offset = lines::marker_len(line.text);
            let more = line.text[offset..].trim();
            if let Some(field) = gap.fields.last_mut() {
                let join = if field.text.is_empty() { "" } else { "\n" };
                field.text.push_str(join);
                field.text.push_str(more);
            }
            understand(meaning, more, line, offset, gap);
        }
    }
}

/// Reads one value by what its label or column means.
pub fn understand(
    meaning: Option<Meaning>,
    value: &str,
    line: &Line,
    offset: usize,
    gap: &mut Gap,
) {
    let (start, number) = (line.start + offset, line.number);
    let raw = lines::plain(value);
    if raw.is_empty() {
        return;
    }
    let fact = || Fact::new(raw.clone(), value, number, RULE);
    match meaning {
        Some(Meaning::Status) => {
            let _ = status::mention(&mut gap.claim, &raw, number, "status label");
        }
        Some(Meaning::Priority) => {
            if let Some(priority) = status::priority(&raw) {
                gap.priority = Some(Fact::new(priority, raw, number, "priority label"));
            }
        }
        Some(Meaning::Severity) if gap.priority.is_none() => {
            gap.priority = status::priority(&raw)
                .map(|priority| Fact::new(priority, raw, number, "severity label"));
        }
        Some(Meaning::Impact) if gap.impact.is_none() => gap.impact = Some(fact()),
        Some(Meaning::Category) if gap.category.is_none() => gap.category = Some(fact()),
        Some(Meaning::Effort) => gap.effort.push(fact()),
        Some(Meaning::Evidence) => evidence(value, start, number, gap),
        Some(Meaning::Target) => targets(value, start, number, Intent::Create, gap),
        Some(Meaning::Created) => targets(value, start, number, Intent::Created, gap),
        Some(Meaning::DependsOn) => gap.depends_on.extend(depends_on(&raw, number)),
        _ => {}
    }
}

/// A check box and the step beside it.
pub fn task(line: &Line) -> Option<Task> {
    let text = line.text.trim_start();
    let text = text.strip_prefix(['-', '*', '+'])?.trim_start();
    let (state, text) = box_of(text)?;
    Some(Task { text: lines::plain(text), state, line: line.number })
}

/// `[x] words`, `[ ] words`.
pub fn box_of(text: &str) -> Option<(TaskState, &str)> {
    let rest = text.strip_prefix('[')?;
    let (sign, rest) = rest.split_once(']')?;
    match sign {
        "x" | "X" => Some((TaskState::Done, rest.trim())),
        " " | "" => Some((TaskState::Open, rest.trim())),
        _ => None,
    }
}

/// Adds the citations of `text`, which begins at byte `start` of the file.
pub fn evidence(text: &str, start: usize, line: u32, gap: &mut Gap) {
    for found in citation::find(text) {
        if !gap.evidence.iter().any(|own| own.citation == found.citation) {
            let span = found.span.shift(start);
            gap.evidence.push(Evidence { citation: found.citation, line, span });
        }
    }
}

/// Ids in a list, `None` dropped.
pub fn depends_on(text: &str, line: u32) -> Vec<Fact<String>> {
    let parts = text.split([',', ';']).flat_map(|part| part.split(" and "));
    let ids = parts.map(|part| part.trim().trim_end_matches('.'));
    let named = ids.filter(|id| {
        !id.is_empty() && !matches!(id.to_lowercase().as_str(), "none" | "-" | "—" | "n/a")
    });
    named.map(|id| Fact::new(id.to_owned(), id, line, "dependency")).collect()
}

fn targets(text: &str, start: usize, line: u32, default: Intent, gap: &mut Gap) {
    gap.add_targets(target::find(text, start, line, default));
    gap.effort.extend(target::sizes(text, line));
}
