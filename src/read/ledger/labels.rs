//! The labels of a gap's block: `- **Status**: …`, with what stands under them.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    legend::Legend,
    lexicon::Words,
    page::Page,
    source::{self, At},
    status, target,
    vocabulary::{Meaning, Vocabulary},
};
use crate::{
    model::{
        Fact,
        gap::{Field, Gap, Intent, Target, Task, TaskState},
    },
    read::lines::{self, Line, LineKind, regex},
    text::Span,
};

const RULE: &str = "label";

static INNER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\s*[|·•;/]?\s*(?:\*\*|__)([^*_:：|]{1,40}?)\s*(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*",
    )
});
static CODE_NOTE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:#|//|--|;)\s*(.+)$"));

/// What labels are read with.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The words.
    pub words: &'a Vocabulary,
    /// The document's own levels.
    pub legend: &'a Legend,
}

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The text as written.
    pub text: &'a str,
    /// Its first byte in the file, and its line.
    pub at: At,
}

/// Reads every label of a block into the gap.
pub fn read(page: &Page, block: &[Line], reader: Reader, gap: &mut Gap) {
    let mut current: Option<(Option<Meaning>, usize)> = None;
    // Whether the last label has its value in the list below it.
    let mut opened = false;
    for line in block.iter().filter(|line| !line.is_blank()) {
        if line.kind == LineKind::Code {
            code(line, current.and_then(|(meaning, _)| meaning), reader, gap);
            continue;
        }
        if let Some(task) = task(line) {
            gap.tasks.push(task);
            continue;
        }
        let text = line.text.trim_start();
        if text.starts_with('#') {
            current = Some((page.words.label(text.trim_start_matches('#').trim()), 0));
            opened = true;
        } else if let Some(label) = lines::label(line.text) {
            let meaning = reader.words.label(label.name);
            let listed = opened && lines::marker_len(line.text) > line.indent();
            let nested = current.is_some_and(|(_, indent)| line.indent() > indent)
                || listed && meaning.is_none();
            if meaning.is_some() || !nested {
                current = Some((meaning, line.indent()));
                opened = label.value.is_empty();
            }
            let meaning = meaning.or(current.filter(|_| nested).and_then(|(own, _)| own));
            values(label.name, label.value, label.offset, line, meaning, reader, gap);
        } else if let Some((meaning, _)) = current {
            let offset = lines::marker_len(line.text);
            let more = line.text[offset..].trim();
            if let Some(field) = gap.fields.last_mut() {
                let join = if field.text.is_empty() { "" } else { "\n" };
                field.text.push_str(join);
                field.text.push_str(more);
            }
            let at = At { start: line.start + offset, line: line.number };
            // A list under "Status" or "Priority" speaks of many things.
            let own = meaning
                .filter(|m| !matches!(m, Meaning::Status | Meaning::Priority | Meaning::Severity));
            understand(own, Value { text: more, at }, reader, gap);
        }
    }
}

/// One line may hold several labels: `**Priority**: high | **Effort**: 2 days`.
fn values(
    name: &str,
    value: &str,
    offset: usize,
    line: &Line,
    meaning: Option<Meaning>,
    reader: Reader,
    gap: &mut Gap,
) {
    let mut pieces: Vec<(&str, Option<Meaning>, usize, usize)> =
        vec![(name, meaning, 0, value.len())];
    for found in INNER.captures_iter(value) {
        let (Some(all), Some(name)) = (found.get(0), found.get(1)) else { continue };
        if let Some(last) = pieces.last_mut() {
            last.3 = all.start();
        }
        pieces.push((name.as_str(), reader.words.label(name.as_str()), all.end(), value.len()));
    }
    for (name, meaning, from, to) in pieces {
        let own = value[from..to].trim_end_matches([' ', '|', '·', '•', '\\']);
        let at = At { start: line.start + offset + from, line: line.number };
        gap.fields.push(Field { label: name.to_owned(), text: own.to_owned(), line: line.number });
        understand(meaning, Value { text: own, at }, reader, gap);
    }
}

/// Reads one value by what its label or column means.
pub fn understand(meaning: Option<Meaning>, value: Value, reader: Reader, gap: &mut Gap) {
    let Value { text, at } = value;
    let words = reader.words;
    let raw = lines::plain(text);
    if raw.is_empty() {
        return;
    }
    let fact = || Fact::new(raw.clone(), text, at.line, RULE);
    match meaning {
        Some(Meaning::Status | Meaning::Percent) => {
            let _ = status::mention(&mut gap.claim, &raw, at.line, "status label", words);
        }
        Some(Meaning::Priority) => {
            if let Some(priority) = status::priority_by(&raw, reader.legend, words) {
                gap.priority = Some(Fact::new(priority, raw, at.line, "priority label"));
            }
        }
        Some(Meaning::Severity) if gap.priority.as_ref().is_none_or(is_weak) => {
            if let Some(priority) = status::priority_by(&raw, reader.legend, words) {
                gap.priority = Some(Fact::new(priority, raw, at.line, "severity label"));
            }
        }
        Some(Meaning::Impact) => {
            if gap.priority.is_none() {
                gap.priority = status::priority_at_start(&raw, words)
                    .map(|priority| Fact::new(priority, raw.clone(), at.line, IMPACT));
            }
            if gap.impact.is_none() {
                gap.impact = Some(fact());
            }
        }
        Some(Meaning::Category) if gap.category.is_none() => gap.category = Some(fact()),
        Some(Meaning::Phase) if gap.phase.is_none() && !words.is_nothing(&raw) => {
            gap.phase = Some(fact())
        }
        Some(Meaning::Effort) if !words.is_nothing(&raw) => gap.effort.push(fact()),
        Some(Meaning::Evidence) => source::named(text, at, gap, words),
        Some(Meaning::Target) => targets(text, at, Intent::Create, words, gap),
        Some(Meaning::Created) => targets(text, at, Intent::Created, words, gap),
        Some(Meaning::DependsOn) => gap.depends_on.extend(depends_on(&raw, at.line, words)),
        // `Present in the plan: ❌ No` claims; words about what is missing do not.
        Some(Meaning::Missing)
            if raw.chars().count() < 40 && status::sign(&raw, words).is_some() =>
        {
            let rule = "mark beside what is missing";
            let _ = status::mention(&mut gap.claim, &raw, at.line, rule, words);
        }
        _ => {}
    }
}

/// The rule of a priority that an impact stands in for: any other outranks it.
pub const IMPACT: &str = "impact at the beginning of its label";

fn is_weak<T>(fact: &Fact<T>) -> bool {
    fact.rule == IMPACT
}

/// A remark in code under "required implementation" may name what to write.
fn code(line: &Line, meaning: Option<Meaning>, reader: Reader, gap: &mut Gap) {
    if !matches!(meaning, Some(Meaning::Target | Meaning::Expected | Meaning::Tasks)) {
        return;
    }
    let Some(found) = CODE_NOTE.captures(line.text).and_then(|found| found.get(1)) else { return };
    if target::intent_before(found.as_str(), reader.words).is_none() {
        return;
    }
    let at = At { start: line.start + found.start(), line: line.number };
    if let Some((_, name)) = found.as_str().rsplit_once([':', '：'])
        && is_file_name(name.trim())
    {
        let from = found.end() - name.trim_start().len();
        let span = Span::new(line.start + from, line.start + from + name.trim().len());
        let target = Target {
            name: name.trim().to_owned(),
            intent: Intent::Create,
            part: None,
            group: 0,
            line: line.number,
            span,
        };
        return gap.add_targets(vec![target]);
    }
    let quoted = folder_as_code(found.as_str());
    if quoted.len() == found.as_str().len() {
        targets(found.as_str(), at, Intent::Create, reader.words, gap);
    } else {
        // The signs that were put in move the end of the name and not its beginning's line.
        let before = gap.targets.len();
        targets(&quoted, at, Intent::Create, reader.words, gap);
        for target in &mut gap.targets[before..] {
            let start = found.as_str().find(&target.name).unwrap_or_default();
            target.span = Span::new(at.start + start, at.start + start + target.name.len());
        }
    }
}

/// One word that begins with a capital, such as `Dockerfile`: a file without an extension.
fn is_file_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.len() > 2
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// In code a folder or a bare file name needs no signs around it.
fn folder_as_code(text: &str) -> String {
    let word = |word: &str| {
        let is_folder = word.len() > 1 && word.ends_with('/') && !word.contains("://");
        if is_folder { format!("`{word}`") } else { word.to_owned() }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
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

/// Ids in a list, words for nothing dropped.
pub fn depends_on(text: &str, line: u32, words: &Vocabulary) -> Vec<Fact<String>> {
    let parts = text.split([',', ';', '、', '，']).flat_map(|part| part.split(" and "));
    let ids = parts.map(|part| part.trim().trim_end_matches('.'));
    let start = |id: &&str| words.none.start(&Words::of(id)).is_some();
    let named = ids.filter(|id| !words.is_nothing(id) && !start(id));
    named.map(|id| Fact::new(id.to_owned(), id, line, "dependency")).collect()
}

fn targets(text: &str, at: At, default: Intent, words: &Vocabulary, gap: &mut Gap) {
    gap.add_targets(target::find(text, at.start, at.line, default, words));
    gap.effort.extend(target::sizes(text, at.line, words));
}
