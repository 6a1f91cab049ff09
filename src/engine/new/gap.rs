//! A new gap record with the next id of the prefix in use.

use std::collections::BTreeMap;

use super::{Known, Plan, Refusal, naming, titled};
use crate::{
    engine::import::{
        self,
        yaml::{Yaml, front_matter},
    },
    graph::{
        citation,
        files::Files,
        record::{Part, RecordKind},
    },
    path::RelPath,
    read,
};

/// Plans a gap record.
///
/// # Errors
/// When the title is no line of text, or a citation is none or leads nowhere.
pub fn gap(
    known: Known<'_>,
    title: &str,
    priority: Option<&str>,
    evidence: &[String],
) -> Result<Plan, Refusal> {
    let title = titled(title)?;
    let id = next_id(&known);
    let folder = import::folder(known.reading, known.options);
    let name = format!("{}-{}.md", id.to_lowercase(), naming::words(title, '-'));
    let path = RelPath::new(&format!("{folder}/{name}"))
        .ok_or_else(|| Refusal::new("the title gives no file name", "choose another title"))?;
    for cite in evidence {
        check(&known, &path, cite)?;
    }
    let entries = [
        ("id", Yaml::Text(id.clone())),
        ("title", Yaml::Text(title.to_owned())),
        ("priority", Yaml::Text(priority.unwrap_or_default().to_owned())),
        ("status", Yaml::Text("open".into())),
        ("evidence", Yaml::texts(evidence.iter().map(String::as_str))),
    ];
    let text = format!("{}\n# {title}\n", front_matter(&entries));
    Ok(Plan { create: Some((path, text)), id, ..Plan::default() })
}

/// Whether a citation is read as one and leads somewhere.
fn check(known: &Known<'_>, from: &RelPath, cite: &str) -> Result<(), Refusal> {
    let corpus = known.reading.corpus(known.options);
    let files = Files::new(corpus.outlines, corpus.assets);
    let found = read::citation::find(cite);
    let [one] = found.as_slice() else {
        return Err(Refusal::new(
            format!("`{cite}` is no citation"),
            "write a file and its lines, such as `research/ropes.md (lines 3-9)`",
        ));
    };
    let cited = citation::resolve(corpus, &files, from, &one.citation);
    if cited.state.holds() {
        return Ok(());
    }
    Err(Refusal::new(
        format!("`{cite}` leads nowhere: {}", cited.state.name().replace('_', " ")),
        "name a file of the project and lines that it has",
    ))
}

/// The next id of the prefix that most gap records have; without any, of `GAP`.
fn next_id(known: &Known<'_>) -> String {
    let records = &known.graph.records;
    let gaps = records.iter().filter(|(_, record)| record.kind == RecordKind::Gap);
    let mut prefixes: BTreeMap<&str, (usize, u32, usize)> = BTreeMap::new();
    for (_, record) in gaps.filter(|(_, record)| record.part == Part::Whole) {
        let id = record.id.as_str();
        let at = id.rfind(|letter: char| !letter.is_ascii_digit());
        let Some((prefix, digits)) = at.and_then(|at| {
            let end = at + id[at..].chars().next().map_or(1, char::len_utf8);
            id.split_at_checked(end)
        }) else {
            continue;
        };
        let Ok(number) = digits.parse::<u32>() else { continue };
        let entry = prefixes.entry(prefix).or_insert((0, 0, digits.len()));
        entry.0 += 1;
        if number > entry.1 {
            (entry.1, entry.2) = (number, digits.len());
        }
    }
    let most = prefixes
        .into_iter()
        .max_by_key(|(prefix, (count, ..))| (*count, std::cmp::Reverse(prefix.to_owned())));
    let (prefix, (_, last, width)) = most.unwrap_or(("GAP-", (0, 0, 3)));
    let mut number = last + 1;
    loop {
        let id = format!("{prefix}{number:0width$}");
        if records.named(&id).is_empty() {
            return id;
        }
        number += 1;
    }
}
