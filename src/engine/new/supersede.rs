//! The other side of a supersession: which decision is meant, how the log refers to it, and the one
//! line that gives it its new status.

use super::{
    Edit, Known, Refusal,
    decision::Log,
    naming::{Lead, Naming},
    skeleton,
};
use crate::{
    graph::{
        decisions::decision_of,
        record::{Part, Record, RecordIx, RecordKind},
    },
    model::decision::Decision,
    path::RelPath,
    text::LineIndex,
};

/// The new decision, as the old one names it.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its file.
    pub path: &'a RelPath,
    /// Its title with its number.
    pub heading: &'a str,
}

/// The decision that a number, an id or a file means.
pub fn find(known: &Known<'_>, name: &str) -> Result<RecordIx, Refusal> {
    let corpus = known.reading.corpus(known.options);
    let records = &known.graph.records;
    let number: Option<u32> = name.trim_start_matches('#').parse().ok();
    let fits = |record: &Record| {
        let by_number = number.is_some()
            && decision_of(corpus, record).is_some_and(|decision| decision.number == number);
        let file = record.part == Part::Whole
            && (record.path.as_str() == name
                || record.path.name() == name
                || record.path.stem() == name);
        by_number || file || record.id.eq_ignore_ascii_case(name)
    };
    let decisions = records.iter().filter(|(_, record)| record.kind == RecordKind::Decision);
    let found: Vec<(RecordIx, &Record)> = decisions.filter(|(_, record)| fits(record)).collect();
    match found.as_slice() {
        [(ix, _)] => Ok(*ix),
        [] => Err(Refusal::new(
            format!("no decision is `{name}`"),
            "name it by its number, its id or its file",
        )),
        several => {
            let paths: Vec<&str> = several.iter().map(|(_, r)| r.path.as_str()).collect();
            Err(Refusal::new(
                format!("`{name}` is the number of several decisions: {}", paths.join(", ")),
                "name it by its file",
            ))
        }
    }
}

/// How the log refers to a decision, as seen from the file `from`.
pub fn reference(known: &Known<'_>, log: &Log<'_>, record: &Record, from: &RelPath) -> String {
    let corpus = known.reading.corpus(known.options);
    let decision = decision_of(corpus, record);
    let outline = &known.reading.outlines[record.file];
    let heading = outline.headings.iter().find(|heading| heading.line >= record.lines.0);
    let heading = heading.map_or(record.title.as_str(), |heading| heading.text.as_str());
    let anchor = record.anchor.as_deref().filter(|_| record.part != Part::Whole);
    let to = New { id: &record.id, path: &record.path, heading };
    let by_section = decision
        .and_then(|decision| decision.status.as_ref())
        .is_some_and(|status| status.rule == "status section");
    link(log, to, from, anchor, by_section && anchor.is_none())
}

/// A link in the manner of the log: the title with its number, the name of the file, the id; the
/// id alone where the log writes it so.
fn link(log: &Log<'_>, to: New<'_>, from: &RelPath, anchor: Option<&str>, titles: bool) -> String {
    let others: Vec<&str> = log.superseded().collect();
    let plain = !others.is_empty() && others.iter().all(|raw| !raw.contains("]("));
    if plain || (to.path == from && anchor.is_none()) {
        return to.id.to_owned();
    }
    let file = if to.path == from { String::new() } else { to.path.relative_to(from) };
    let href = anchor.map_or_else(|| file.clone(), |anchor| format!("{file}#{anchor}"));
    // A part of a file has no name of its own.
    let dated =
        anchor.is_none() && matches!(Naming::of(to.path).lead, Lead::Day(_) | Lead::Nothing);
    let text = match (dated, titles) {
        (true, _) => to.path.stem(),
        (_, true) => to.heading,
        _ => to.id,
    };
    let href = if href.contains(' ') { format!("<{href}>") } else { href };
    format!("[{}]({href})", text.replace(['[', ']'], ""))
}

/// The line of the old decision that states its status, with the new one.
///
/// # Errors
/// A sentence, when the old decision has no such line.
pub fn edit(known: &Known<'_>, log: &Log<'_>, old: &Record, new: New<'_>) -> Result<Edit, String> {
    let corpus = known.reading.corpus(known.options);
    let none = || {
        format!(
            "{} states no status, so nothing was changed there; say in it that {} supersedes it",
            old.path, new.id
        )
    };
    let decision = decision_of(corpus, old).ok_or_else(none)?;
    let text = known.reading.text(&old.path).ok_or_else(none)?;
    let index = LineIndex::new(text);
    let line = |number: u32| {
        let span = index.span(number, text);
        text.get(span.start..span.end).unwrap_or_default().trim_end_matches('\r').to_owned()
    };
    let path = old.path.clone();
    let Some(status) = &decision.status else {
        return marked(known, log, old, decision).ok_or_else(none);
    };
    let anchor = None;
    let by_section = status.rule == "status section";
    let word = if log.says("superc") { "superceded" } else { "superseded" };
    let word = crate::engine::new::spelling::Case::of(&status.raw).write(word);
    let words = format!("{word} by {}", link(log, new, &old.path, anchor, by_section));
    let own = line(status.line);
    let text = match status.rule {
        "front matter" => in_front(&own, &words),
        "status table" => own.replacen(status.raw.as_str(), &words, 1),
        "status heading" => own.replacen(status.raw.as_str(), &words, 1),
        "mark in the title" => own.replacen(status.raw.as_str(), "superseded", 1),
        _ => skeleton::with_status(&own, decision, &words),
    };
    if text == own {
        return Err(none());
    }
    Ok(Edit::Replace { path, line: status.line, old: own, text })
}

/// The value of a key with another text, in the same quotes.
fn in_front(line: &str, words: &str) -> String {
    let Some(at) = line.find([':', '=']) else { return line.to_owned() };
    let (key, value) = line.split_at(at + 1);
    let value = value.trim();
    let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''));
    match quote {
        Some('"') => format!("{key} \"{}\"", words.replace('"', "\\\"")),
        Some(quote) => format!("{key} {quote}{}{quote}", words.replace('\'', "''")),
        None => format!("{key} {words}"),
    }
}

/// `[superseded]` in the title, in a log that marks its titles.
fn marked(known: &Known<'_>, log: &Log<'_>, old: &Record, decision: &Decision) -> Option<Edit> {
    if !log.marks_titles() {
        return None;
    }
    let text = known.reading.text(&old.path)?;
    let title = decision.title.as_str();
    let (number, line) = (1_u32..).zip(text.lines()).find(|(_, line)| {
        let names = line.starts_with("title") || line.starts_with('#');
        names && line.contains(title)
    })?;
    let was = line.trim_end_matches('\r').to_owned();
    let text = was.replacen(title, &format!("[superseded] {title}"), 1);
    Some(Edit::Replace { path: old.path.clone(), line: number, old: was, text })
}
